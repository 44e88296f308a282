//! Time expressions: recognized by a grammar over tokens and resolved to TIMEX3 / ISO 8601 values.
//!
//! The words come from `lexicon/timex_words.tsv`, the cues around them from `lexicon/timex_cues.tsv`; the grammar files hold one phenomenon each.
//! Expressions are found left to right, the longest first, and resolved against the document's
//! date or the date before in the text.

mod calendar;
#[cfg(test)]
mod cases;
mod clock;
mod cues;
mod dateline;
mod duration;
mod grammar;
mod holidays;
mod lexicon;
mod meaning;
mod nth;
mod number;
mod numeric;
mod offset;
mod periods;
mod range;
mod reader;
mod relative;
mod resolve;
mod sets;
mod tense;
mod value;
mod years;

use jiff::civil::Date;

use self::cues::Cues;
use self::lexicon::{Unit, Word};
use self::meaning::{Base, Meaning, Piece, Point, When};
use self::reader::Reader;
use self::resolve::{Anchors, Reference, Resolved};
use self::tense::Direction;
use super::Context;
use crate::annotation::{Grain, TimexKind};
use crate::gazetteer::{List, Table};
use crate::span::Span;
use crate::token::Kind;

pub use self::dateline::dateline;

/// What counts as a time expression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Dates, times, lengths and sets; a range is one expression.
    #[default]
    Extract,
    /// As TimeML has it: references ("now") too, both ends of a range apart, articles inside.
    TimeMl,
}

/// The date from which relative expressions are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentDate {
    /// The day, or the first day when only the month or year is known.
    pub date: Date,
    /// How exact it is: day, month or year.
    pub grain: Grain,
}

impl DocumentDate {
    /// An exact day.
    pub fn day(date: Date) -> DocumentDate {
        DocumentDate { date, grain: Grain::Day }
    }

    /// Reads an ISO 8601 value: `2024-09-18`, `2024-09-18T16:58+04:00`, `2024-09`, `2024`.
    pub fn parse(value: &str) -> Option<DocumentDate> {
        let (year, month, day) = numeric::parse_iso(value)?;
        let grain = match (month, day) {
            (0, _) => Grain::Year,
            (_, 0) => Grain::Month,
            _ => Grain::Day,
        };
        let date = Date::new(year, month.max(1) as i8, day.max(1) as i8).ok()?;
        Some(DocumentDate { date, grain })
    }
}

/// What a value was resolved against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimexAnchor {
    /// The document's date.
    Document,
    /// Nothing: the expression is complete.
    Itself,
    /// An earlier expression, by its index.
    Timex(usize),
    /// Nothing was there to resolve it against.
    None,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// The text.
    pub span: Span,
    /// First token and one past the last.
    pub tokens: (u32, u32),
    /// TIMEX3 / ISO 8601 value.
    pub value: String,
    /// DATE, TIME, DURATION or SET.
    pub kind: TimexKind,
    /// Granularity.
    pub grain: Grain,
    /// Both ends of an interval.
    pub range: Option<(String, String)>,
    /// What it was resolved against.
    pub anchor: TimexAnchor,
    /// What the anchor filled in.
    pub completed: &'static [&'static str],
    /// The rule, as `rule:…` shows it.
    pub rule: &'static str,
    /// Confidence, 0 to 1.
    pub conf: f32,
    /// A contradiction in the text; the date wins.
    pub warning: Option<String>,
}

/// Finds time expressions. Built once per table.
pub struct TimexRecognizer {
    words: Vec<Word>,
    first: u32,
    cues: Cues,
}

impl TimexRecognizer {
    /// Resolves the classes of the listed words.
    pub fn new(table: &Table<'static>) -> TimexRecognizer {
        let (first, words) = lexicon::read(table);
        TimexRecognizer { words, first, cues: Cues::new(table) }
    }

    /// All time expressions in text order; none overlaps another.
    pub fn find(&self, ctx: &Context<'_, '_>, anchor: Option<&DocumentDate>, mode: Mode) -> Vec<Timex> {
        let reader = Reader { text: ctx.text, tokens: ctx.tokens, lookups: ctx.lookups, words: &self.words, cues: &self.cues, first: self.first };
        let mut finder = Finder {
            r: reader,
            anchors: Anchors { document: anchor, today: anchor.map(|a| a.date), reference: None, direction: Direction::Unknown, history: false },
            mode,
            month_first: None,
            old: 0,
            recent: 0,
            // About one expression in so many tokens of a release.
            found: Vec::with_capacity(ctx.tokens.len() / 64),
        };
        finder.run();
        finder.found
    }
}

/// One document's search.
struct Finder<'a> {
    r: Reader<'a>,
    anchors: Anchors<'a>,
    mode: Mode,
    /// Order of day and month as an earlier unambiguous date had it.
    month_first: Option<bool>,
    /// Complete dates so far that lie a generation back, and all others.
    old: u32,
    recent: u32,
    found: Vec<Timex>,
}

impl Finder<'_> {
    fn run(&mut self) {
        let (mut i, mut floor) = (0, 0);
        while let Some(next) = self.r.lookups.next_of_or_number(i, List::TimexWords) {
            i = next;
            let Some(token) = self.r.tokens.get(i) else { break };
            if token.kind == Kind::Punctuation || token.kind == Kind::Word && !matches!(self.r.word(i), Some((word, _)) if word.starts()) {
                i += 1;
                continue;
            }
            let (today, known) = (self.anchors.today, self.month_first);
            let order = |first: u8, second: u8, year: i16| month_first(first, second, year, today, known);
            let Some(piece) = grammar::expression(&self.r, i, floor, &order) else {
                i += 1;
                continue;
            };
            if let Meaning::Point(Point { when: When::Calendar(c), .. }) = piece.meaning
                && piece.rule == "date.numeric"
                && c.day > 12
            {
                let first = self.r.digits(piece.start).is_some_and(|(n, _)| n == u32::from(c.month));
                self.month_first = Some(first && c.month != c.day);
            }
            i = piece.end.max(i + 1);
            floor = i;
            let numbered = self.numbered_day(&piece);
            self.emit(&piece);
            // "15, 16 and 17", "every Monday and Friday"
            let mut next = numbered.or_else(|| self.listed_with(&piece));
            while let Some(more) = next {
                self.emit(&more);
                (i, floor) = (more.end, more.end);
                next = self.listed_with(&more);
            }
        }
    }

    /// The day or weekday that stands in one list with the expression.
    fn listed_with(&self, piece: &Piece) -> Option<Piece> {
        match piece.rule {
            "date.day_list" => calendar::second_day(&self.r, &Piece { rule: "date.month_day", ..*piece }),
            _ => calendar::second_day(&self.r, piece).or_else(|| sets::second_weekday(&self.r, piece)),
        }
    }

    /// The day of the month in brackets behind "today": `today (02)`. It corrects what "today" is.
    fn numbered_day(&mut self, piece: &Piece) -> Option<Piece> {
        let Some(Point { when: When::Shift { base: Base::Document, unit: Unit::Day, by }, .. }) = piece.as_point() else { return None };
        let (open, at) = (piece.end, piece.end + 1);
        if !self.r.mark(open, "(") || !(self.r.mark(at + 1, ")")) {
            return None;
        }
        let (day, _) = number::day_of_month(&self.r, at)?;
        if let Some(today) = self.anchors.today
            && let Some(found) = resolve::nearest_day(today, day)
            && let Ok(moved) = found.checked_sub(jiff::Span::new().days(i64::from(by)))
            && moved.since(today).is_ok_and(|s| s.get_days().abs() <= 4)
        {
            self.anchors.today = Some(moved);
        }
        Some(Piece::day(at, at + 1, When::DayOfMonth(day), "date.numbered_day", 0.93))
    }

    fn emit(&mut self, piece: &Piece) {
        let (start, end) = (self.with_article(piece), piece.end);
        let (Some(first), Some(last)) = (self.r.token(start), end.checked_sub(1).and_then(|e| self.r.token(e))) else { return };
        // A possessive ending stays outside.
        let span = Span::new(first.start, last.core_end());
        let index = self.found.len();
        self.anchors.direction = if directed(&piece.meaning) { tense::direction(&self.r, piece.start, piece.end) } else { Direction::Unknown };
        if let Some(mut reference) = self.anchors.reference {
            reference.near = reference.near && !self.far(reference.seen, piece.start);
            reference.seen = piece.start;
            reference.listed = reference.near && self.listed(reference.index, piece.start);
            self.anchors.reference = if bare_time(&piece.meaning) && !reference.near { None } else { Some(reference) };
        }
        let base = Timex {
            span,
            tokens: (start as u32, end as u32),
            value: String::new(),
            kind: TimexKind::Date,
            grain: Grain::Day,
            range: None,
            anchor: TimexAnchor::Itself,
            completed: &[],
            rule: piece.rule,
            conf: piece.conf,
            warning: None,
        };
        match piece.meaning {
            Meaning::Point(point) => {
                let mut resolved = self.resolve(&point);
                if self.mode == Mode::TimeMl && resolved.value.ends_with("+00:00") {
                    resolved.value.truncate(resolved.value.len() - 6);
                    resolved.value.push('Z');
                }
                self.refer(&resolved, index, end);
                self.found.push(self.filled(base, &point, resolved));
            }
            Meaning::Range(first, last) => self.emit_range(base, first, last),
            Meaning::Offset(n, unit, point) => {
                let resolved = self.anchors.offset(self.resolve(&point), n, unit);
                self.refer(&resolved, index, end);
                self.found.push(self.filled(base, &point, resolved));
            }
            Meaning::Length(length) => {
                self.found.push(Timex { value: value::length(&length), kind: TimexKind::Duration, grain: resolve::grain_of(length.unit), ..base });
            }
            Meaning::Lengths(a, b, unit) => {
                let write = |amount| value::length(&meaning::Length::of(amount, unit));
                let (a, b, grain) = (write(a), write(b), resolve::grain_of(unit));
                self.found.push(Timex { value: format!("{a}/{b}"), kind: TimexKind::Duration, grain, range: Some((a, b)), ..base });
            }
            Meaning::Repeat(repeat) => {
                let grain = match repeat {
                    meaning::Repeat::Every(_, unit) => resolve::grain_of(unit),
                    meaning::Repeat::Weekday(_, None) => Grain::Day,
                    meaning::Repeat::Weekday(..) | meaning::Repeat::Part(_) => Grain::PartOfDay,
                    meaning::Repeat::Month(_) => Grain::Month,
                    meaning::Repeat::Season(_) => Grain::Season,
                    meaning::Repeat::At(..) => Grain::Minute,
                };
                self.found.push(Timex { value: value::repeat(repeat), kind: TimexKind::Set, grain, ..base });
            }
            Meaning::Reference(reference) => {
                if self.mode == Mode::TimeMl {
                    let value = match reference {
                        lexicon::Reference::Past => "PAST_REF",
                        lexicon::Reference::Present => "PRESENT_REF",
                        lexicon::Reference::Future => "FUTURE_REF",
                    };
                    self.found.push(Timex { value: value.to_owned(), ..base });
                }
            }
        }
    }

    fn resolve(&self, point: &Point) -> Resolved {
        let mut resolved = self.anchors.point(point, None);
        if point.when == When::Nothing && point.part.is_some() && resolved.anchor == TimexAnchor::None {
            // "in the afternoon" belongs to the document's day
            let day = When::Shift { base: Base::Document, unit: Unit::Day, by: 0 };
            resolved = self.anchors.point(&Point { when: day, ..*point }, None);
        }
        resolved
    }

    /// Both ends of a range as one expression, or each apart in TimeML.
    fn emit_range(&mut self, base: Timex, first: Point, last: Point) {
        let index = self.found.len();
        let open = |p: &Point| {
            p.calendar().is_some_and(|c| c.year == meaning::Year::Unknown && c.weekday == 0)
                || matches!(p.when, When::Period { year: meaning::Year::Unknown, .. })
        };
        let month = |p: &Point| p.calendar().is_some_and(|c| c.day == 0 && c.month > 0);
        // "will be open from August to October", said in September: the last month is to come
        let ahead = month(&first) && month(&last) && self.anchors.direction.ahead();
        let (begin, end) = if open(&first) && (!open(&last) && last.when != When::Nothing || open(&last) && ahead) {
            // The year stands behind the second end only, or is the second end's.
            let end = self.anchors.point(&last, None);
            let begin = self.anchors.point(&first, Some(&end));
            (self.back_a_year(begin, &first, &end), end)
        } else {
            let begin = self.resolve(&first);
            let end = self.anchors.point(&last, Some(&begin));
            (begin, end)
        };
        self.refer(&begin, index, base.tokens.1 as usize);
        let kind = if first.clock.is_some() && last.clock.is_some() || first.part.is_some() { TimexKind::Time } else { TimexKind::Date };
        if self.mode == Mode::TimeMl
            && let Some([left, right]) = self.ends(&base)
        {
            self.found.push(Timex {
                span: left.0,
                tokens: left.1,
                value: begin.value,
                kind,
                grain: begin.grain,
                anchor: begin.anchor,
                completed: begin.completed,
                ..base.clone()
            });
            self.found.push(Timex {
                span: right.0,
                tokens: right.1,
                value: end.value,
                kind,
                grain: end.grain,
                anchor: end.anchor,
                completed: end.completed,
                ..base
            });
            return;
        }
        if first.part.is_some() {
            self.found.push(Timex { value: begin.value, kind, grain: begin.grain, anchor: begin.anchor, completed: begin.completed, ..base });
            return;
        }
        let value = format!("{}/{}", begin.value, end.value);
        self.found.push(Timex {
            value,
            kind,
            grain: begin.grain,
            range: Some((begin.value, end.value)),
            anchor: begin.anchor,
            completed: begin.completed,
            ..base
        });
    }

    /// A first end that came out later than the second lies in the year before.
    fn back_a_year(&self, begin: Resolved, first: &Point, end: &Resolved) -> Resolved {
        let (Some(a), Some(b), Some(mut calendar)) = (begin.day, end.day, first.calendar()) else { return begin };
        if a <= b {
            return begin;
        }
        let year = if calendar.month > b.month() as u8 { b.year() - 1 } else { b.year() };
        calendar.year = meaning::Year::Given(year);
        Resolved { anchor: begin.anchor, completed: begin.completed, ..self.anchors.point(&Point { when: When::Calendar(calendar), ..*first }, None) }
    }

    /// The two ends of a range, cut at its link: each one's span and tokens.
    fn ends(&self, range: &Timex) -> Option<[(Span, (u32, u32)); 2]> {
        let (mut first, last) = (range.tokens.0 as usize, range.tokens.1 as usize);
        while self.r.is_any(first, &["from", "between", "the"]) {
            first += 1;
        }
        let mut inner = first + 1..last.saturating_sub(1);
        // A word links surely; a dash may also stand inside a date.
        let word = inner.clone().find(|i| self.r.is_any(*i, &["to", "through", "until", "till", "and", "thru"]));
        let link = word.or_else(|| inner.find(|i| self.r.dash(*i) || self.r.core(*i) == "/"))?;
        let mut next = link + 1;
        while next + 1 < last && (self.r.dash(next) || self.r.is_any(next, &["to", "the"])) {
            next += 1;
        }
        let (a, z, b) = (self.r.token(first)?, self.r.token(link - 1)?, self.r.token(next)?);
        let left = (Span::new(a.start, z.core_end()), (first as u32, link as u32));
        let right = (Span::new(b.start, range.span.end), (next as u32, last as u32));
        Some([left, right])
    }

    /// TimeML keeps the article before descriptions: "the next four years".
    fn with_article(&self, piece: &Piece) -> usize {
        let described = matches!(
            piece.rule,
            "duration.relative_count"
                | "duration.relative_one"
                | "duration.relative_vague"
                | "date.portion_unit"
                | "date.relative_unit"
                | "date.quarter"
                | "date.half"
                | "date.relative_fiscal"
        );
        let floor = self.found.last().map_or(0, |t| t.tokens.1 as usize);
        if self.mode == Mode::TimeMl && described && piece.start > floor && self.r.joined(piece.start) && self.r.is(piece.start - 1, "the") {
            piece.start - 1
        } else {
            piece.start
        }
    }

    fn filled(&self, base: Timex, point: &Point, resolved: Resolved) -> Timex {
        let warning = resolved.wrong_weekday.then(|| {
            let day = resolved.day.map_or(0, resolve::weekday_of);
            let names = ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
            format!("\"{}\": {} is a {}", base.span.slice(self.r.text), resolved.value, names[usize::from(day.min(7))])
        });
        let kind = if point.clock.is_some() || point.part.is_some() { TimexKind::Time } else { TimexKind::Date };
        let range = resolved.value.split_once('/').map(|(a, b)| (a.to_owned(), b.to_owned()));
        Timex { value: resolved.value, kind, grain: resolved.grain, range, anchor: resolved.anchor, completed: resolved.completed, warning, ..base }
    }

    fn refer(&mut self, resolved: &Resolved, index: usize, end: usize) {
        if let Some(day) = resolved.day {
            self.anchors.reference = Some(Reference { day, grain: resolved.grain, index, near: true, seen: end, listed: false });
            self.count(day, resolved.anchor);
        }
    }

    /// Notes whether the text tells of times long past only.
    fn count(&mut self, day: Date, anchor: TimexAnchor) {
        const GENERATION: i16 = 20;
        let Some(today) = self.anchors.today else { return };
        match anchor {
            TimexAnchor::Itself if day.year() < today.year() - GENERATION => self.old += 1,
            TimexAnchor::Itself | TimexAnchor::Document => self.recent += 1,
            TimexAnchor::Timex(_) | TimexAnchor::None => {}
        }
        self.anchors.history = self.old >= 3 && self.recent * 4 <= self.old;
    }

    /// Whether the expression `index` is the one before token `at`, in the same sentence and not far from it.
    fn listed(&self, index: usize, at: usize) -> bool {
        const REACH: usize = 14;
        let Some(before) = self.found.last().filter(|_| index + 1 == self.found.len()) else { return false };
        let end = before.tokens.1 as usize;
        at.saturating_sub(end) <= REACH && !(end + 1..=at).any(|i| tense::closes(&self.r, i))
    }

    /// Whether a paragraph ends between the tokens `from`, which the reference reaches, and `at`.
    fn far(&self, from: usize, at: usize) -> bool {
        (from..=at).any(|i| !self.r.joined(i))
    }
}

/// Whether tense decides where the expression lies.
fn directed(meaning: &Meaning) -> bool {
    let open = |point: &Point| match point.when {
        When::Calendar(c) => c.year == meaning::Year::Unknown,
        When::Period { year: meaning::Year::Unknown, .. } | When::Nth { year: meaning::Year::Unknown, .. } | When::Weekend => true,
        _ => false,
    };
    match meaning {
        Meaning::Point(point) | Meaning::Range(point, _) | Meaning::Offset(_, _, point) => open(point),
        _ => false,
    }
}

/// Whether only a time of day is said.
fn bare_time(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Point(Point { when: When::Nothing, .. }) | Meaning::Range(Point { when: When::Nothing, .. }, _))
}

/// Whether the month stands first in `first/second/year`: the reading near the document's date, else that of earlier dates, else not.
fn month_first(first: u8, second: u8, year: i16, today: Option<Date>, known: Option<bool>) -> bool {
    if let Some(known) = known {
        return known;
    }
    let Some(today) = today else { return false };
    let distance = |month: u8, day: u8| Date::new(year, month as i8, day as i8).ok().and_then(|d| today.until(d).ok()).map_or(i32::MAX, |s| s.get_days().abs());
    let (month_first, day_first) = (distance(first, second), distance(second, first));
    month_first < day_first && month_first <= 45
}
