//! Times seen from the document's date or from the date before in the text.

use super::clock::with_time;
use super::cues::Cue;
use super::duration::{length, piece as length_piece};
use super::lexicon::{Part, Relation, Shift, Unit, Word};
use super::meaning::{Base, Length, Meaning, Period, Piece, Point, Toward, When, Year};
use super::number::{Amount, amount};
use super::periods;
use super::reader::Reader;

fn shift(base: Base, unit: Unit, by: i32) -> When {
    When::Shift { base, unit, by }
}

/// `today`, `yesterday`, `tomorrow morning`; "today's world" and "today more than ever" are no dates.
pub(super) fn day_word(r: &Reader<'_>, i: usize, offset: i8, end: usize) -> Option<Piece> {
    if offset == 0 || offset == 1 {
        let generic = |at| matches!(r.next_word(at), Some((Word::Generic, _)));
        let possessive = r.possessive(end - 1);
        if possessive && (generic(end) || r.joined(end) && generic(end + 1)) || r.is(end, "than") || r.is(end, "more") && r.is(end + 1, "than") {
            return None;
        }
        if offset == 0 && r.before_is_any(i, &["world", "of"]) && !r.before_is_any(i.wrapping_sub(1), &["as"]) {
            return None;
        }
        if i >= 2 && r.hyphen(i - 1) || r.hyphen(end) {
            return None;
        }
        // "as strong as it is today"
        let state = offset == 0 && i >= 2 && r.joined(i) && r.joined(i - 1) && r.is_any(i - 1, &["is", "are"]) && r.cue(i - 2, Cue::Pronoun);
        // "still read today", "known today as": nowadays
        let lasting = offset == 0
            && (1..=7)
                .take_while(|back| i >= *back && r.joined(i - back + 1) && !matches!(r.core(i - back), "." | ";" | "!" | "?"))
                .any(|back| r.is(i - back, "still") || back == 1 && r.cue(i - 1, Cue::Nowadays));
        if lasting || state {
            return None;
        }
    }
    let found = Piece::day(i, end, shift(Base::Document, Unit::Day, i32::from(offset)), "date.deictic", 0.96);
    Some(with_time(r, found))
}

/// `tonight`.
pub(super) fn tonight(r: &Reader<'_>, i: usize, end: usize) -> Option<Piece> {
    // "The Tonight Show"
    if r.capital(i) && r.capital(end) && !r.opens(i) {
        return None;
    }
    let point = Point { when: shift(Base::Document, Unit::Day, 0), part: Some(Part::Night), clock: None };
    Some(Piece::point(i, end, point, "time.tonight", 0.95))
}

/// `last year`, `this Friday 23rd May`, `next two weeks`, `past years`, `this morning`, `that day`, `this financial year`.
pub(super) fn relation(r: &Reader<'_>, i: usize, relation: Relation, end: usize, floor: usize) -> Option<Piece> {
    let found = related(r, i, relation, end)?;
    // "later this year", "earlier this spring"
    if matches!(relation, Relation::This | Relation::Next | Relation::That | Relation::Last | Relation::Same)
        && matches!(found.meaning, Meaning::Point(_))
        && i > floor
        && r.joined(i)
        && matches!(r.word(i - 1), Some((Word::Shift(Shift::Earlier | Shift::Later), _)))
        && r.is_any(i - 1, &["earlier", "later"])
    {
        return Some(Piece { start: i - 1, rule: "date.portion_relative", ..found });
    }
    Some(found)
}

fn related(r: &Reader<'_>, i: usize, relation: Relation, end: usize) -> Option<Piece> {
    let toward = match relation {
        Relation::Last | Relation::Past | Relation::ThisPast | Relation::Previous => Toward::Last,
        Relation::This => Toward::This,
        Relation::Next | Relation::Coming => Toward::Next,
        _ => Toward::Open,
    };
    let (word, next) = match r.next_word(end) {
        Some(found) => found,
        None => return counted(r, i, relation, end).or_else(|| described(r, i, relation, end)),
    };
    match word {
        Word::Unit(unit) => singular(r, i, relation, unit, next),
        // "following days of rain": a preposition
        Word::Units(_) if relation == Relation::Following && !r.before_is_any(i, &["the"]) => None,
        // "this years fair", an apostrophe short
        Word::Units(unit @ (Unit::Year | Unit::Month | Unit::Week)) if relation == Relation::This && r.lower(next) => {
            Some(Piece::day(i, next, shift(Base::Document, unit, 0), "date.relative_unit", 0.8))
        }
        Word::Units(unit) => plural(i, relation, unit, next),
        Word::Weekday { .. } if toward != Toward::Open => {
            let mut found = super::calendar::date(r, end)?;
            if let Meaning::Point(mut point) = found.meaning {
                if let Some(mut calendar) = point.calendar() {
                    calendar.toward = toward;
                    point.when = When::Calendar(calendar);
                    found.meaning = Meaning::Point(point);
                }
            } else {
                return None;
            }
            Some(with_time(r, Piece { start: i, rule: "date.relative_weekday", conf: 0.92, ..found }))
        }
        Word::Month { .. } if toward != Toward::Open => {
            let mut found = super::calendar::date(r, end).or_else(|| super::calendar::bare_month(r, end))?;
            let Meaning::Point(mut point) = found.meaning else { return None };
            let mut calendar = point.calendar()?;
            calendar.toward = toward;
            point.when = When::Calendar(calendar);
            found.meaning = Meaning::Point(point);
            Some(Piece { start: i, rule: "date.relative_month", conf: 0.92, ..found })
        }
        Word::Season(season) => {
            let (year, toward) = match relation {
                // "that fall" may be a fall
                Relation::That if r.is_any(end, &["fall", "spring"]) => return None,
                Relation::Same | Relation::That => (Year::Same, Toward::Open),
                Relation::Following => (Year::Same, Toward::Next),
                _ if toward == Toward::Open => return None,
                _ => (Year::Unknown, toward),
            };
            let when = When::Period { year, period: Period::Season(season), toward };
            Some(Piece::day(i, next, when, "date.relative_season", 0.92))
        }
        Word::Holiday(holiday) if toward != Toward::Open => {
            Some(Piece::day(i, next, When::Holiday { holiday, year: Year::Unknown, toward }, "date.relative_holiday", 0.9))
        }
        Word::Part(part) => {
            let (base, by) = match relation {
                Relation::This => (Base::Document, 0),
                Relation::Last if matches!(part, Part::Night | Part::Evening) => (Base::Document, -1),
                Relation::Same | Relation::That => (Base::Text, 0),
                Relation::Next | Relation::Following => (Base::Text, 1),
                _ => return None,
            };
            if r.possessive(i) || !r.core(end).is_empty() && r.core(end).ends_with('s') {
                return None;
            }
            let point = Point { when: shift(base, Unit::Day, by), part: Some(part), clock: None };
            Some(with_time_kept(r, Piece::point(i, next, point, "time.relative_part", 0.94)))
        }
        Word::Fiscal(kind) => {
            let (Word::Unit(Unit::Year), stop) = r.next_word(next)? else { return None };
            let by = match relation {
                Relation::This => 0,
                Relation::Last | Relation::Previous | Relation::Past => -1,
                Relation::Next | Relation::Coming | Relation::Following => 1,
                _ => return None,
            };
            let when = match kind {
                super::lexicon::Fiscal::January => shift(Base::Document, Unit::Year, i32::from(by)),
                _ => When::Fiscal { year: Year::Shift(by), kind },
            };
            Some(Piece::day(i, stop, when, "date.relative_fiscal", 0.92))
        }
        Word::Half => None,
        Word::Between if relation == Relation::This => described(r, i, relation, end),
        _ => counted(r, i, relation, end),
    }
}

fn with_time_kept(r: &Reader<'_>, piece: Piece) -> Piece {
    let timed = with_time(r, piece);
    if timed.rule == "time.day_part" { piece } else { timed }
}

/// `last two years`, `past 18 months`, `next few weeks`, `first 100 days`.
fn counted(r: &Reader<'_>, i: usize, relation: Relation, end: usize) -> Option<Piece> {
    if matches!(relation, Relation::This | Relation::That | Relation::Same | Relation::ThisPast) || !r.joined(end) {
        return None;
    }
    amount(r, end)?;
    let found = length(r, end)?;
    match found.meaning {
        Meaning::Length(_) | Meaning::Lengths(..) => Some(Piece { start: i, rule: "duration.relative_count", conf: 0.93, ..found }),
        _ => None,
    }
}

/// `first 100 days`, `first two weeks`.
pub(super) fn first_units(r: &Reader<'_>, i: usize, end: usize) -> Option<Piece> {
    counted(r, i, Relation::Edge, end)
}

/// `this decisive decade`: one adjective before a long unit.
fn described(r: &Reader<'_>, i: usize, relation: Relation, end: usize) -> Option<Piece> {
    if relation != Relation::This || !r.lower(end) {
        return None;
    }
    match r.next_word(end + 1)? {
        (Word::Unit(unit @ (Unit::Decade | Unit::Century)), next) => Some(Piece::day(i, next, shift(Base::Document, unit, 0), "date.relative_unit", 0.85)),
        _ => None,
    }
}

fn plural(i: usize, relation: Relation, unit: Unit, end: usize) -> Option<Piece> {
    matches!(relation, Relation::Past | Relation::Recent | Relation::Coming | Relation::Last | Relation::Previous | Relation::Next | Relation::Following)
        .then(|| length_piece(i, end, Amount::Vague, if unit == Unit::Decade { Unit::Year } else { unit }, "duration.relative_vague", 0.9))
        .filter(|_| !(matches!(unit, Unit::Minute | Unit::Second) || unit == Unit::Day && matches!(relation, Relation::Last | Relation::Next)))
}

fn singular(r: &Reader<'_>, i: usize, relation: Relation, unit: Unit, end: usize) -> Option<Piece> {
    let point = |base, by| Some(Piece::day(i, end, shift(base, unit, by), "date.relative_unit", 0.95));
    let one = || {
        let length = Length::of(Amount::whole(1), unit);
        Some(Piece { start: i, end, meaning: Meaning::Length(length), rule: "duration.relative_one", conf: 0.92 })
    };
    // "over the last year" is a length, "last year" a date
    let lasting = i >= 2 && r.joined(i) && r.is(i - 1, "the") && r.is_any(i - 2, &["over", "within", "during", "in", "for", "throughout", "of"]);
    match (relation, unit) {
        (_, Unit::Second) => None,
        // "on this day in 1945" is another day
        (Relation::This, Unit::Day) if r.before_is_any(i, &["on"]) && !r.is_any(end, &["in", "of"]) => point(Base::Document, 0),
        (Relation::This, Unit::Day | Unit::Hour | Unit::Minute) => None,
        (Relation::This, _) => point(Base::Document, 0),
        (Relation::Past, _) => one(),
        (Relation::Last | Relation::Next, Unit::Decade | Unit::Hour | Unit::Minute) => one(),
        (Relation::Last, Unit::Day) => None,
        (Relation::Last | Relation::Next, Unit::Year | Unit::Month | Unit::Week) if lasting && !r.possessive(end - 1) => one(),
        (Relation::Last | Relation::ThisPast, _) => point(Base::Document, -1),
        (Relation::Next, Unit::Day) => point(Base::Text, 1),
        (Relation::Next | Relation::Coming, _) => point(Base::Document, 1),
        (Relation::Following, Unit::Hour | Unit::Minute) | (Relation::Recent | Relation::Edge, _) => None,
        (Relation::Following, _) => point(Base::Text, 1),
        (Relation::Previous, _) => point(Base::Text, -1),
        (Relation::Same | Relation::That, Unit::Hour | Unit::Minute) => None,
        (Relation::Same | Relation::That, _) => point(Base::Text, 0),
    }
}

/// `week after next`, `year before last`, `weekend` behind `over the`, `year before` that ends its clause, `later in the year`.
pub(super) fn unit_phrase(r: &Reader<'_>, i: usize, unit: Unit, end: usize, floor: usize) -> Option<Piece> {
    let long = matches!(unit, Unit::Day | Unit::Week | Unit::Weekend | Unit::Month | Unit::Quarter | Unit::Year);
    if !long || !r.before_is_any(i, &["the"]) || r.possessive(end - 1) {
        return None;
    }
    let at = if r.is(end + 1, "the") { end + 2 } else { end + 1 };
    let by = if r.is(end, "after") && r.is(at, "next") {
        2
    } else if r.is(end, "before") && r.is(at, "last") {
        -2
    } else {
        0
    };
    if by != 0
        && r.joined(end)
        && r.joined(at)
        && !matches!(r.next_word(at + 1), Some((Word::Unit(_) | Word::Units(_) | Word::Weekday { .. } | Word::Month { .. }, _)))
    {
        return Some(Piece::day(i, at + 1, shift(Base::Document, unit, by), "date.unit_after_next", 0.94));
    }
    // "the day before," "the year after."
    let lone =
        r.is_any(end, &["before", "after"]) && r.joined(end) && (!r.joined(end + 1) || matches!(r.core(end + 1), "." | "," | ";" | ":" | ")" | "!" | "?"));
    if lone && unit != Unit::Weekend {
        let by = if r.is(end, "before") { -1 } else { 1 };
        return Some(Piece::day(i, end + 1, shift(Base::Text, unit, by), "date.unit_before", 0.85));
    }
    let before = i.checked_sub(2).filter(|at| *at >= floor && r.joined(at + 1))?;
    if unit == Unit::Weekend {
        let lead = r.is_any(before, &["over", "during", "throughout", "at"]) && !r.capital(end);
        return lead.then(|| Piece::day(i, end, When::Weekend, "date.weekend", 0.85));
    }
    // "later in the year", "early in the week"
    let start = before.checked_sub(1).filter(|at| *at >= floor && r.joined(at + 1) && r.is(before, "in"))?;
    let portion = r.is_any(start, &["later", "earlier", "early", "late"]) && unit != Unit::Day && !r.is(end, "of");
    portion.then(|| Piece::point(start, end, periods::current(unit), "date.portion_unit", 0.88))
}

/// `early 2022`, `mid-March`, `late last year`, `end of October`, `beginning of the century`, `end-December 2023`.
pub(super) fn portion(r: &Reader<'_>, i: usize, noun: bool, end: usize, point: impl Fn(&Reader<'_>, usize) -> Option<Piece>) -> Option<Piece> {
    let mut at = end;
    if r.hyphen(at) {
        at += 1;
    } else if noun {
        if !r.is(at, "of") || !r.joined(at) {
            return None;
        }
        at += 1;
    }
    let the = r.is(at, "the") && r.joined(at);
    if the {
        at += 1;
    }
    if !r.joined(at) {
        return None;
    }
    if noun
        && r.is_any(i, &["rest", "remainder"])
        && let Some((Word::Unit(Unit::Day), _)) = r.word(at)
    {
        return None;
    }
    if noun
        && let Some((Word::Unit(unit @ (Unit::Year | Unit::Month | Unit::Week | Unit::Decade | Unit::Century | Unit::Quarter)), stop)) =
            r.word(at).filter(|_| the)
        && super::number::year(r, stop).is_none()
    {
        if r.is(stop, "of") || r.is(i, "turn") && unit != Unit::Century && unit != Unit::Year {
            return None;
        }
        return Some(Piece::point(i, stop, periods::current(unit), "date.portion_unit", 0.9));
    }
    let found = point(r, at).filter(periods::divisible)?;
    // "end of the June session" is no end of June
    let plain = found.as_point().and_then(|p| p.calendar()).is_some_and(|c| c.day == 0);
    if the && (!noun || plain) {
        return None;
    }
    Some(Piece { start: i, rule: "date.portion", ..found })
}

#[cfg(test)]
mod tests {
    use super::super::cases::check;

    #[test]
    fn relative_times() -> Result<(), String> {
        check(&[
            ("2024-09-18", "[date Later this year=2024], [date early next week=2024-W39], [date mid-March=2024-03], [date end-December 2023=2023-12]."),
            ("2024-09-18", "Over the [date last year=P1Y] it rose; [date last year=2023] it fell; the [date past week=P1W], the [date next decade=P10Y]."),
            ("2024-09-18", "It opened in [date 2014=2014]; [date that year=2014] it burned; the [date following year=2015] it closed."),
            ("2025-01-17", "[date This morning=2025-01-16TMO] ([date 16=2025-01-16]) and [date tomorrow=2025-01-17]."),
            ("2024-09-18", "Today's world changed; [date today=2024-09-18]'s vote did not."),
            ("2024-09-18", "[date this decisive decade=202], [date this Friday=2024-09-20], [date next Friday, 20 September=2024-09-20]."),
        ])
    }
}
