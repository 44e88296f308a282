//! The clause around a trigger: who stands before its verb, whom it concerns after it.

use super::actor::Actor;
use super::trigger::Takes;
use super::words::{Class, Words, class_before, class_end, is_beside_verb, is_class, is_determiner, is_preposition};
use crate::annotation::Label;
use crate::gazetteer::List;
use crate::recognize::Found;
use crate::token::{Case, Gap};

/// Tokens looked at to either side of a trigger.
const REACH: usize = 30;

/// A sentence and the actors in it.
#[derive(Clone, Copy)]
pub(super) struct Clause<'c, 'a> {
    pub(super) ctx: Words<'c, 'a>,
    pub(super) found: &'c [Found<'a>],
    /// The dates among them that may reach into the sentence.
    pub(super) dates: &'c [&'c Found<'a>],
    /// First token and one past the last.
    pub(super) first: usize,
    pub(super) end: usize,
    /// All actors of the document, and which of them stand here.
    pub(super) actors: &'c [Actor],
    pub(super) here: (usize, usize),
}

/// Who stands before a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Actors, by index: first and one past the last of a joined group.
    Named(usize, usize),
    /// "he", "she", by its token.
    Pronoun(usize),
    /// "the sides", "they".
    Sides,
    /// "we", "I", by its token.
    Author(usize),
    /// "the ministry", by its token.
    House(usize),
    /// The subject of the verb before ("… and said").
    Shared,
}

impl Clause<'_, '_> {
    fn actor_ending(&self, end: usize) -> Option<usize> {
        (self.here.0..self.here.1).find(|a| self.actors[*a].end == end)
    }

    fn actor_starting(&self, from: usize, until: usize) -> Option<usize> {
        (self.here.0..self.here.1).find(|a| (from..until).contains(&self.actors[*a].first))
    }

    /// Whether token `i` lies in a date.
    fn date_over(&self, i: usize) -> Option<&Found<'_>> {
        self.dates.iter().copied().find(|f| f.first as usize + 12 >= i && f.first as usize <= i && i < f.end as usize)
    }

    /// The token before `i`, over auxiliaries, adverbs, dates and what stands in brackets.
    fn before_verb(&self, mut i: usize) -> usize {
        while i > self.first {
            let j = i - 1;
            if let Some(date) = self.date_over(j) {
                let mut first = (date.first as usize).max(self.first);
                while first > self.first && (is_preposition(self.ctx, first - 1) || is_determiner(self.ctx, first - 1)) {
                    first -= 1;
                }
                i = first;
            } else if self.ctx.word(j) == ")" {
                match (self.first..j).rev().take(12).find(|k| self.ctx.word(*k) == "(") {
                    Some(open) => i = open,
                    None => return i,
                }
            } else if self.ctx.word(j) == "." && j > self.first + 1 && self.ctx.has(j - 1, List::NameSuffixes) {
                i = if self.ctx.word(j - 2) == "," { j - 2 } else { j - 1 };
            } else if is_beside_verb(self.ctx, j) || is_class(self.ctx, j, Class::Intent) {
                i = j;
            } else if let Some(first) = class_before(self.ctx, i, Class::Intent).filter(|k| *k >= self.first) {
                i = first;
            } else {
                return i;
            }
        }
        i
    }

    /// Who stands before the verb at token `verb`.
    pub(super) fn subject(&self, verb: usize) -> Option<Subject> {
        let i = self.before_verb(verb);
        if i <= self.first {
            return (verb > self.first || self.first == verb).then_some(Subject::Shared).filter(|_| i > self.first);
        }
        self.phrase_before(i, verb)
    }

    fn phrase_before(&self, i: usize, verb: usize) -> Option<Subject> {
        let j = i - 1;
        if let Some(a) = self.actor_ending(i) {
            return self.named_before(a, verb);
        }
        if let Some(pronoun) = self.pronoun_before(i) {
            return Some(pronoun);
        }
        let word = self.ctx.word(j);
        match word {
            "," | "–" | "—" | "-" => self.before_insertion(j, word).or(Some(Subject::Shared)),
            "and" | "but" | "then" | "while" | "or" => Some(Subject::Shared),
            "who" | "which" | "that" | "as" => {
                let at = if j > self.first && self.ctx.word(j - 1) == "," { j - 1 } else { j };
                self.actor_ending(at).map(|a| self.joined_left(a)).filter(|_| word != "as")
            }
            "”" | "\"" | "’" => None,
            _ => self.behind_complement(i).or_else(|| self.before_open_title(i)),
        }
    }

    fn pronoun_before(&self, i: usize) -> Option<Subject> {
        let j = i - 1;
        if is_class(self.ctx, j, Class::Pronoun) && class_end(self.ctx, j, Class::Pronoun) == Some(i) {
            return Some(Subject::Pronoun(j));
        }
        if is_class(self.ctx, j, Class::Author) {
            return Some(Subject::Author(j));
        }
        if is_class(self.ctx, j, Class::House) && j > self.first && is_determiner(self.ctx, j - 1) {
            return Some(Subject::House(j));
        }
        class_before(self.ctx, i, Class::Sides).filter(|k| *k >= self.first).map(|_| Subject::Sides)
    }

    /// A named subject; one that a preposition leads to is none, but what it complements may be.
    fn named_before(&self, a: usize, verb: usize) -> Option<Subject> {
        let actor = &self.actors[a];
        if actor.possessive || !actor.kind.acts() {
            return self.behind_complement(actor.end);
        }
        let group = self.joined_left(a);
        let Subject::Named(first, _) = group else { return None };
        if self.is_object(self.actors[first].first) {
            return None;
        }
        match self.governor(self.actors[first].first) {
            Some(_) => self.behind_complement(self.actors[first].first),
            // "X said Y met Z": the nearest stands by itself.
            None => (verb >= actor.end).then_some(group),
        }
    }

    /// "To receive alerts", "to meet Doe": a phrase right behind an infinitive is its object.
    fn is_object(&self, first: usize) -> bool {
        let ctx = self.ctx;
        first >= self.first + 2
            && ctx.is_any(first - 2, &["to"])
            && ctx.tokens[first - 1].case == Case::Lower
            && !is_determiner(ctx, first - 1)
            && !is_class(ctx, first - 1, Class::Title)
    }

    /// The preposition that leads to the phrase that starts at `first`.
    fn governor(&self, first: usize) -> Option<usize> {
        let mut at = first;
        while at > self.first && (is_determiner(self.ctx, at - 1) || self.ctx.tokens[at - 1].case == Case::Lower && is_class(self.ctx, at - 1, Class::Title)) {
            at -= 1;
        }
        (at > self.first && is_preposition(self.ctx, at - 1) && !self.ctx.is_any(at - 1, &["after", "before", "as", "according"])).then(|| at - 1)
    }

    /// The actor before a complement that ends at `end`: "X of Z said", "X from the Y institute added"; nothing but
    /// small words and names may stand between.
    fn behind_complement(&self, end: usize) -> Option<Subject> {
        let mut i = end;
        let mut prepositions = 0;
        while i > self.first && end - i < 14 {
            if let Some(a) = self.actor_ending(i).filter(|a| self.actors[*a].kind.acts() && !self.actors[*a].possessive) {
                let group = self.joined_left(a);
                let Subject::Named(first, _) = group else { return None };
                if self.governor(self.actors[first].first).is_none() {
                    return (prepositions > 0).then_some(group);
                }
                i = self.actors[first].first;
                continue;
            }
            let j = i - 1;
            if is_preposition(self.ctx, j) {
                prepositions += 1;
            } else if matches!(self.ctx.word(j), "," | ";" | ":" | "(" | ")" | "“" | "”" | "\"" | "." | "and" | "that" | "who" | "which")
                || is_beside_verb(self.ctx, j)
                || self.ctx.has(j, List::SpeechVerbs)
                || self.ctx.has(j, List::RelationTriggers) && self.ctx.word(j).ends_with("ed")
            {
                return None;
            }
            i = j;
        }
        None
    }

    /// "Jane Doe, Director – Sales said": a title behind a comma that no comma closes.
    fn before_open_title(&self, end: usize) -> Option<Subject> {
        let mut i = end;
        while i > self.first + 1 && end - i < 12 {
            let j = i - 1;
            if self.ctx.word(j) == "," {
                return self
                    .actor_ending(j)
                    .filter(|a| self.actors[*a].kind == super::actor::Kind::Person && !self.actors[*a].possessive)
                    .map(|a| self.joined_left(a));
            }
            if !self.ctx.tokens[j].is_capitalized()
                && !is_preposition(self.ctx, j)
                && !is_determiner(self.ctx, j)
                && !matches!(self.ctx.word(j), "–" | "-" | "&" | "and")
            {
                return None;
            }
            i = j;
        }
        None
    }

    /// "Hugh Hill, a doctor, said": the actor before an insertion that ends with the mark at `j`.
    fn before_insertion(&self, j: usize, mark: &str) -> Option<Subject> {
        if let Some(a) = self.actor_ending(j).filter(|a| self.actors[*a].apposed && self.governor(self.actors[*a].first).is_none()) {
            return Some(self.joined_left(a));
        }
        for k in (self.first + 1..j).rev().take(REACH) {
            let word = self.ctx.word(k);
            if matches!(word, "“" | "”" | "\"" | ";" | ":") {
                return None;
            }
            if word == mark
                && let Some(a) = self.actor_ending(k).filter(|a| self.actors[*a].kind.acts() && !self.actors[*a].possessive)
            {
                let group = self.joined_left(a);
                let Subject::Named(first, _) = group else { return None };
                if self.governor(self.actors[first].first).is_none() {
                    return Some(group);
                }
            }
        }
        None
    }

    /// The group that ends with actor `a`: "X", "X and Y", "X, Y and Z".
    pub(super) fn joined_left(&self, a: usize) -> Subject {
        let mut first = a;
        let mut and_seen = false;
        while first > self.here.0 {
            let (left, right) = (&self.actors[first - 1], &self.actors[first]);
            match self.joint(left, right) {
                Some("and") => and_seen = true,
                Some("with") if !and_seen => and_seen = true,
                Some(",") if and_seen => {}
                _ => break,
            }
            first -= 1;
        }
        Subject::Named(first, a + 1)
    }

    /// The group that starts with actor `a`.
    pub(super) fn joined_right(&self, a: usize) -> (usize, usize) {
        let mut end = a + 1;
        let mut commas = 0;
        while end < self.here.1 {
            match self.joint(&self.actors[end - 1], &self.actors[end]) {
                Some("and" | "with") => commas = 0,
                Some(",") => commas += 1,
                _ => break,
            }
            end += 1;
        }
        // A list ends with "and"; what stands behind commas alone is something else.
        (a, end - commas)
    }

    /// What joins two neighbours of like kind: "and", "with", ",".
    fn joint(&self, left: &Actor, right: &Actor) -> Option<&'static str> {
        if !left.kind.acts() || !right.kind.acts() || left.possessive {
            return None;
        }
        let mut joint = None;
        let mut i = left.end;
        while i < right.first {
            if let Some(end) = class_end(self.ctx, i, Class::Joint) {
                joint = Some("and");
                i = end;
            } else if self.ctx.word(i) == "," {
                joint = joint.or(Some(","));
                i += 1;
            } else if is_determiner(self.ctx, i) || is_class(self.ctx, i, Class::Title) {
                i += 1;
            } else if self.ctx.word(i) == "(" {
                i = (i..right.first.min(i + 10)).find(|k| self.ctx.word(*k) == ")")? + 1;
            } else {
                return None;
            }
        }
        joint
    }

    /// The actors a frame takes after its trigger's end.
    pub(super) fn after(&self, end: usize, links: &str, takes: Takes) -> Option<(usize, usize)> {
        let accepts = |word: &str| links.split('|').any(|link| !link.is_empty() && link.eq_ignore_ascii_case(word));
        let any = accepts("*");
        let mut open = any;
        let mut direct = true;
        let mut i = end;
        let mut plain = 0;
        let mut about = false;
        let mut next = self.here.0;
        while i < self.end.min(end + REACH) {
            while next < self.here.1 && self.actors[next].first < i {
                next += 1;
            }
            if let Some(a) = Some(next).filter(|a| *a < self.here.1 && self.actors[*a].first == i) {
                let actor = &self.actors[a];
                if open && fits(actor, takes) && !(direct && plain > 2 && takes == Takes::Holder) {
                    if self.describes(actor) {
                        open = false;
                    } else if !actor.possessive {
                        return Some(self.joined_right(a));
                    }
                    // "Ukraine's needs" are no side; "Ukraine's President" never comes here.
                    if direct {
                        return None;
                    }
                }
                if direct && any && open && takes != Takes::Place && !is_place(actor) {
                    return None;
                }
                open = false;
                direct = false;
                i = actor.end.max(i + 1);
                continue;
            }
            if let Some(date) = self.date_over(i) {
                i = (date.end as usize).max(i + 1);
                continue;
            }
            if let Some(next) = class_end(self.ctx, i, Class::Led) {
                open = true;
                i = next;
                continue;
            }
            let word = self.ctx.word(i);
            let token = &self.ctx.tokens[i];
            if matches!(word, ";" | ":" | "“" | "”" | "\"" | "that" | "who" | "which" | "where" | "when" | "while" | "because") || token.gap == Gap::Paragraph
            {
                return None;
            }
            if is_preposition(self.ctx, i) {
                let of_group = self.ctx.is_any(i, &["of", "from"]) && class_before(self.ctx, i, Class::Group).is_some() && (open || any && direct);
                about |= self.ctx.is_any(i, &["on", "about", "regarding", "concerning", "over"]) && links.contains("between");
                // "discussions on relations between X and Y" are no talks of theirs.
                open = accepts(word) && !(about && !self.ctx.is_any(i, &["with"])) || of_group;
                direct = false;
            } else if word.eq_ignore_ascii_case("and") && direct && plain == 0 {
                return None;
            } else if matches!(word, "and" | ",") {
                if direct && any && !links.contains('|') {
                    return None;
                }
                if i > end {
                    open = false;
                }
                direct = false;
            } else if !is_determiner(self.ctx, i)
                && !is_class(self.ctx, i, Class::Title)
                && !is_beside_verb(self.ctx, i)
                && !is_class(self.ctx, i, Class::Group)
            {
                plain += 1;
                if self.ctx.has(i, List::SpeechVerbs) && self.ctx.word(i).ends_with("ed") {
                    return None;
                }
            }
            i += 1;
        }
        None
    }

    /// Whether a state or organisation only describes the noun behind it: "the OECD standard".
    fn describes(&self, actor: &Actor) -> bool {
        use super::actor::Kind;
        let next = actor.end;
        if !matches!(actor.kind, Kind::State | Kind::Organization) || actor.group || actor.possessive || next >= self.end || !self.ctx.same_line(next) {
            return false;
        }
        let word = self.ctx.word(next);
        let verb = word.ends_with("ed") || word.ends_with("ing") || self.ctx.has(next, List::SpeechVerbs) || self.ctx.has(next, List::RelationTriggers);
        self.ctx.tokens[next].case == Case::Lower
            && !verb
            && !self.ctx.is_function_word(next)
            && !is_beside_verb(self.ctx, next)
            && !self.ctx.has(next, List::RelationWords)
            && self.date_over(next).is_none()
    }

    /// The actor that stands behind an inverted verb: `said Foreign Minister X`.
    pub(super) fn behind_verb(&self, end: usize) -> Option<Subject> {
        let a = self.actor_starting(end, end + 2)?;
        let small = self.actors[a].first == end || is_determiner(self.ctx, end) && !self.ctx.is_any(end, &["that"]);
        let actor = &self.actors[a];
        if !small || !actor.kind.acts() || actor.possessive {
            return None;
        }
        let (first, end) = self.joined_right(a);
        Some(Subject::Named(first, end))
    }

    /// The states of "Iran-US talks", "Armenian-Turkish border talks".
    pub(super) fn pair(&self, noun: usize) -> Option<(&Found<'_>, &Found<'_>)> {
        let state_ending = |end: usize| {
            let next = self.found.partition_point(|f| (f.first as usize) < end);
            self.found[..next].iter().rev().take(8).find(|f| f.label == Label::State && f.end as usize == end)
        };
        let mut i = noun;
        while i > self.first && noun - i < 4 {
            if let Some(right) = state_ending(i) {
                let dash = (right.first as usize).checked_sub(1).filter(|d| *d > self.first && matches!(self.ctx.word(*d), "-" | "–" | "‑"))?;
                return state_ending(dash).map(|left| (left, right));
            }
            if self.ctx.tokens[i - 1].case != Case::Lower || is_preposition(self.ctx, i - 1) {
                return None;
            }
            i -= 1;
        }
        None
    }

    /// The state, organisation or person concerned by what stands behind a verb, as an owner or an adjective too:
    /// "condemned Russia's attacks".
    pub(super) fn concerned(&self, end: usize) -> Option<&Found<'_>> {
        let until = (end..self.end.min(end + 12)).find(|i| matches!(self.ctx.word(*i), "," | ";" | "that" | "“" | "”")).unwrap_or(self.end.min(end + 12));
        let from = self.found.partition_point(|f| (f.first as usize) < end);
        let here = self.found[from..].iter().take_while(|f| (f.first as usize) < until);
        here.filter(|f| matches!(f.label, Label::State | Label::Organization | Label::Person)).find(|f| {
            let before = (f.first as usize).saturating_sub(1);
            !(self.ctx.is_any(before, &["in", "at", "with"])
                || self.ctx.is_any(before.saturating_sub(1), &["in", "at", "with"]) && is_determiner(self.ctx, before))
        })
    }

    /// The only other state named in the sentence.
    pub(super) fn other_state(&self, than: &dyn Fn(&Found<'_>) -> bool) -> Option<&Found<'_>> {
        let from = self.found.partition_point(|f| (f.first as usize) < self.first);
        let mut states = self.found[from..].iter().take_while(|f| (f.first as usize) < self.end).filter(|f| f.label == Label::State && !than(f));
        let first = states.next()?;
        states.all(|other| other.entry == first.entry).then_some(first)
    }

    /// The demonym right before a noun: "Russian aggression", "Israeli military strikes".
    pub(super) fn adjective(&self, noun: usize) -> Option<&Found<'_>> {
        let mut i = noun;
        while i > self.first && noun - i < 3 {
            let next = self.found.partition_point(|f| (f.first as usize) < i);
            if let Some(f) = self.found[..next].iter().rev().take(4).find(|f| f.end as usize == i && f.label == Label::State) {
                return Some(f);
            }
            if self.ctx.tokens[i - 1].case != Case::Lower || is_preposition(self.ctx, i - 1) || is_determiner(self.ctx, i - 1) {
                return None;
            }
            i -= 1;
        }
        None
    }

    /// States, people or organisations that own or describe the noun at `noun`: "Russia's full-scale", "Russian".
    pub(super) fn owner(&self, noun: usize) -> Option<usize> {
        let mut i = noun;
        for _ in 0..5 {
            if i <= self.first || self.ctx.tokens[i].gap >= Gap::Line {
                return None;
            }
            if let Some(a) = self.actor_ending(i) {
                return (self.actors[a].possessive && self.actors[a].kind.acts()).then_some(a);
            }
            let j = i - 1;
            if self.ctx.tokens[j].is_word() && !is_preposition(self.ctx, j) && !is_determiner(self.ctx, j) || self.ctx.word(j) == "-" {
                i = j;
            } else {
                return None;
            }
        }
        None
    }
}

fn is_place(actor: &Actor) -> bool {
    matches!(actor.kind, super::actor::Kind::Place | super::actor::Kind::Event)
}

fn fits(actor: &Actor, takes: Takes) -> bool {
    use super::actor::Kind;
    match takes {
        Takes::Actor | Takes::Aid | Takes::Target => actor.kind.acts(),
        Takes::Person => actor.kind == Kind::Person,
        Takes::Holder => matches!(actor.kind, Kind::Person | Kind::Office) || actor.group && actor.kind.acts(),
        Takes::Place => matches!(actor.kind, Kind::Place | Kind::State | Kind::Organization),
        Takes::Event => actor.kind == Kind::Event,
        Takes::Agreement => actor.kind == Kind::Agreement,
        Takes::Nothing => false,
    }
}
