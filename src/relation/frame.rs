//! Frames: each trigger's sides, found in its clause.

use super::actor::{self, Actor, Kind};
use super::anaphora::Memory;
use super::clause::{Clause, Subject};
use super::quote::Quotes;
use super::trigger::{Needs, Shape, Takes, Trigger};
use super::words::{Class, class_before, is_class};
use super::{Finished, Happening, Side, Who, setting};
use crate::annotation::Label;
use crate::gazetteer::List;
use crate::recognize::Found;
use crate::resolve::people::{self, Gender};
use crate::span::Span;
use crate::token::{self, Gap};

/// Every relation that a trigger opens, in text order, not yet merged.
pub(super) fn tell<'a>(doc: &Finished<'_, 'a>, triggers: &[Trigger<'a>]) -> Vec<Happening<'a>> {
    let actors = actor::all(doc);
    if actors.is_empty() {
        return Vec::new();
    }
    let memory = Memory::new(doc, &actors);
    let mut teller = Teller { doc, actors: &actors, quotes: Quotes::find(doc.ctx), memory, out: Vec::new() };
    let sentences = doc.ctx.sentences;
    let dates: Vec<&Found<'a>> = doc.found.iter().filter(|f| f.label == Label::Date).collect();
    let (mut t, mut a, mut d) = (0, 0, 0);
    for (s, first) in sentences.iter().enumerate() {
        let (first, end) = (*first as usize, sentences.get(s + 1).map_or(doc.ctx.tokens.len(), |next| *next as usize));
        let from = t;
        while t < triggers.len() && triggers[t].first < end {
            t += 1;
        }
        let here = a;
        while a < actors.len() && actors[a].first < end {
            a += 1;
        }
        while d < dates.len() && (dates[d].end as usize) <= first {
            d += 1;
        }
        let ahead = dates[d..].iter().take_while(|f| (f.first as usize) < end).count();
        let clause = Clause { ctx: doc.ctx, found: doc.found, dates: &dates[d..d + ahead], first, end, actors: &actors, here: (here, a) };
        teller.sentence(&clause, &triggers[from..t]);
    }
    if let Some(heading) = teller.memory.heading {
        teller.out.remove(heading); // one side is no meeting
    }
    teller.out
}

/// "expressed condolences", "announced new sanctions": the noun tells, the verb carries it.
fn carries(clause: &Clause<'_, '_>, verb: &Trigger<'_>, next: Option<&Trigger<'_>>) -> bool {
    next.is_some_and(|noun| {
        noun.shape == Shape::Noun
            && matches!(noun.kind, "condolence" | "congratulation" | "sanction" | "condemnation")
            && noun.first < verb.end + 5
            && !(verb.end..noun.first).any(|i| clause.ctx.is_any(i, &["that", "on", "for", "of", ","]))
    })
}

/// Whether a date belongs to the verb of saying and not to what is said: beside it, or at the sentence's start.
fn is_beside(clause: &Clause<'_, '_>, trigger: (usize, usize), date: usize) -> bool {
    let opens = date < clause.first + 6 && trigger.0 < clause.first + 40;
    date >= trigger.1 && date < trigger.1 + 4 || date < trigger.0 && (date + 5 > trigger.0 || opens)
}

struct Teller<'t, 'd, 'a> {
    doc: &'t Finished<'d, 'a>,
    actors: &'t [Actor],
    quotes: Quotes,
    memory: Memory<'a>,
    out: Vec<Happening<'a>>,
}

impl<'a> Teller<'_, '_, 'a> {
    fn sentence(&mut self, clause: &Clause<'_, 'a>, triggers: &[Trigger<'a>]) {
        self.memory.shared.clear();
        self.memory.note_turn(self.doc.ctx, clause.first, &self.actors[clause.here.0..clause.here.1]);
        self.label(clause);
        for (t, trigger) in triggers.iter().enumerate() {
            if trigger.shape == Shape::Speech && carries(clause, trigger, triggers.get(t + 1)) {
                continue;
            }
            match trigger.shape {
                Shape::Verb => self.verb(clause, trigger),
                Shape::Noun => self.noun(clause, trigger),
                Shape::Speech => self.speech(clause, trigger),
                Shape::Joining => self.joining(clause, trigger),
            }
        }
        // The person a sentence opens with is the one "he" will be.
        let opening = self.actors[clause.here.0..clause.here.1].iter().find(|a| a.kind == Kind::Person && !a.possessive && a.first < clause.first + 4);
        if let Some(actor) = opening {
            self.memory.person = Some(actor.who);
        }
    }

    /// "President X: Good morning …": a speaker's label in a transcript.
    fn label(&mut self, clause: &Clause<'_, 'a>) {
        let Some(a) = (clause.here.0..clause.here.1).next().filter(|a| self.actors[*a].kind == Kind::Person && self.actors[*a].first <= clause.first) else {
            return;
        };
        let actor = self.actors[a];
        let colon = actor.end;
        if clause.ctx.tokens[clause.first].gap < Gap::Line
            || clause.ctx.word(colon) != ":"
            || colon + 6 > clause.end
            || !clause.ctx.same_line(colon + 1)
            || (colon..clause.end).any(|i| clause.ctx.word(i) == "@")
        {
            return;
        }
        let label = Trigger {
            first: actor.first,
            end: actor.end,
            shape: Shape::Speech,
            kind: "statement",
            left: "speaker",
            right: "",
            links: "",
            takes: Takes::Nothing,
            needs: Needs::Left,
            tense: "",
            plover: "",
        };
        let left = vec![self.side(a, "speaker")];
        self.note_subject(&left);
        self.add(clause, &label, actor.first, left, Vec::new(), None);
        if let Some(told) = self.out.last_mut() {
            told.content = Some(clause.ctx.span(colon + 1, clause.end));
            told.place = None;
        }
    }

    /// "X met Y", "X and Y met", "Y was received by X".
    fn verb(&mut self, clause: &Clause<'_, 'a>, trigger: &Trigger<'a>) {
        let mut left = self.left(clause, trigger.first, trigger.left);
        if matches!(trigger.kind, "sanction" | "aid") && matches!(clause.subject(trigger.first), Some(Subject::Author(_))) {
            left.iter_mut().for_each(|side| side.who = self.state_behind(side.who));
        }
        if trigger.kind == "vote" && trigger.takes == Takes::Agreement && !left.iter().any(|side| self.is_chamber(side.who)) {
            return;
        }
        let (right, place) = self.right(clause, trigger);
        if !left.is_empty() {
            self.note_subject(&left);
        }
        self.add(clause, trigger, trigger.first, left, right, place);
    }

    /// "We impose sanctions", an official writes: the state does.
    fn state_behind(&self, who: Who) -> Who {
        let Who::Entity(e) = who else { return who };
        let held = self.doc.held.iter().find(|h| h.state.is_some() && h.person.is_some_and(|p| self.doc.entity_of[p] == Some(e)));
        held.and_then(|h| h.state).map_or(who, |(state, _)| Who::State(state))
    }

    /// Whether it is a body that votes.
    fn is_chamber(&self, who: Who) -> bool {
        let Who::Entity(e) = who else { return false };
        let entity = &self.doc.entities[e];
        entity.kind == "legislature"
            || entity
                .mentions
                .iter()
                .any(|m| (self.doc.found[*m].first as usize..self.doc.found[*m].end as usize).any(|i| is_class(self.doc.ctx, i, Class::Chamber)))
    }

    /// "X held talks with Y", "talks between X and Y", "X's visit to Z".
    fn noun(&mut self, clause: &Clause<'_, 'a>, trigger: &Trigger<'a>) {
        let quoted = (trigger.kind == "statement").then(|| self.content(clause, trigger)).flatten();
        let mut verb = trigger.first;
        let mut left = Vec::new();
        if trigger.left.is_empty() {
            // Who acts stands behind it, if at all.
        } else if let Some(owner) = clause.owner(trigger.first) {
            left.push(self.side(owner, trigger.left));
        } else if let Some(pair) = self.pair(clause, trigger) {
            left = pair;
        } else if let Some(adjective) = clause.adjective(trigger.first).filter(|_| matches!(trigger.kind, "attack" | "sanction" | "aid" | "condemnation")) {
            left.extend(adjective.entry.map(|(_, entry)| Side { who: Who::State(entry), office: None, part: trigger.left }));
        } else if let Some(light) = self.light_verb(clause, trigger.first).filter(|_| trigger.kind != "attack") {
            verb = light;
            left = self.left(clause, light, trigger.left);
            if !left.is_empty() {
                self.note_subject(&left);
            }
        }
        let (mut right, place) = self.right(clause, trigger);
        if trigger.kind == "attack"
            && right.is_empty()
            && let [Side { who: attacker, .. }] = left[..]
        {
            right.extend(self.target_in_sentence(clause, attacker, trigger.right));
        }
        self.add(clause, trigger, verb, left, right, place);
        if let Some(told) = self.out.last_mut().filter(|told| told.at == trigger.first && told.content.is_none()) {
            told.content = quoted
                .filter(|(first, end)| self.quotes.around(*first).is_some_and(|(_, close)| close == *end))
                .map(|(first, end)| clause.ctx.span(first, end));
        }
    }

    /// Whom an attack is on when its own words do not say it: the only other state in the sentence.
    fn target_in_sentence(&self, clause: &Clause<'_, 'a>, attacker: Who, part: &'a str) -> Option<Side<'a>> {
        let state = match attacker {
            Who::State(entry) => Some(entry),
            Who::Entity(e) => self.doc.held.iter().find(|h| h.person.is_some_and(|p| self.doc.entity_of[p] == Some(e))).and_then(|h| h.state).map(|(s, _)| s),
        }?;
        let subject = |entry| self.memory.shared.iter().any(|side| side.who == Who::State(entry));
        let other = clause.other_state(&|f| f.entry.is_some_and(|(_, entry)| entry == state || subject(entry)))?;
        Some(Side { who: Who::State(other.entry?.1), office: None, part })
    }

    /// "Iran-US talks": two states that describe the noun.
    fn pair(&self, clause: &Clause<'_, 'a>, trigger: &Trigger<'a>) -> Option<Vec<Side<'a>>> {
        if trigger.needs != Needs::Two {
            return None;
        }
        let (left, right) = clause.pair(trigger.first)?;
        let side = |entry| Side { who: Who::State(entry), office: None, part: trigger.left };
        Some(vec![side(left.entry?.1), side(right.entry?.1)])
    }

    /// The verb that carries a noun: "held", "paid", "is on".
    fn light_verb(&self, clause: &Clause<'_, 'a>, noun: usize) -> Option<usize> {
        let mut i = noun;
        while i > clause.first && noun - i < 9 {
            let j = i - 1;
            if let Some(first) = class_before(clause.ctx, i, Class::Light).filter(|k| *k >= clause.first) {
                return Some(first);
            }
            if matches!(clause.ctx.word(j), "," | ";" | ":" | "“" | "”" | "\"" | "." | "(" | ")" | "that") {
                return None;
            }
            i = j;
        }
        None
    }

    /// "X said", "said X", "he said", "according to X".
    fn speech(&mut self, clause: &Clause<'_, 'a>, trigger: &Trigger<'a>) {
        if self.quotes.around(trigger.first).is_some() {
            return;
        }
        let ctx = clause.ctx;
        let passive = self.is_passive(clause, trigger.first);
        let behind_quote = trigger.first > 0 && matches!(ctx.word(trigger.first - 1), "”" | "\"" | "’" | ",") || trigger.first == clause.first;
        let mut left = Vec::new();
        if passive {
            left.extend(self.house_of_agentless(clause, trigger.first));
        } else if behind_quote && let Some(subject) = clause.behind_verb(trigger.end) {
            let before =
                if ctx.word(trigger.first.saturating_sub(1)) == "," { clause.subject(trigger.first).filter(|s| matches!(s, Subject::Named(..))) } else { None };
            left = self.resolve(clause, trigger.first, before.unwrap_or(subject), trigger.left);
        } else {
            left = self.left(clause, trigger.first, trigger.left);
        }
        if left.is_empty() {
            return;
        }
        if !passive {
            self.note_subject(&left);
        }
        let counted = |i: usize| ctx.tokens.get(i).is_some_and(|t| t.kind == token::Kind::Number);
        if is_class(ctx, trigger.first, Class::Receiving) && (trigger.end..trigger.end + 4).any(counted) {
            return; // "welcomed more than 300 guests"
        }
        let addressees = match trigger.right {
            "" => Vec::new(),
            _ => self.addressees(clause, trigger),
        };
        if is_class(ctx, trigger.first, Class::WeakSpeech) && addressees.is_empty() && !self.tells(clause, trigger) {
            return;
        }
        let content = self.content(clause, trigger);
        self.add(clause, trigger, trigger.first, left, addressees, None);
        if let Some(told) = self.out.last_mut().filter(|told| told.at == trigger.first) {
            told.content = content.map(|(first, end)| ctx.span(first, end));
            told.place = None;
        }
    }

    /// To whom it is said: who stands right behind the verb, outlets left out.
    fn addressees(&self, clause: &Clause<'_, 'a>, trigger: &Trigger<'a>) -> Vec<Side<'a>> {
        let near = clause.after(trigger.end, trigger.links, trigger.takes).filter(|(first, _)| self.actors[*first].first < trigger.end + 5);
        let sides = near.map(|_| self.right(clause, trigger).0).unwrap_or_default();
        sides.into_iter().filter(|side| !super::merge::is_outlet(self.doc, side.who)).collect()
    }

    /// Whether a verb that may mean something else ("continued", "maintained") introduces what is said.
    fn tells(&self, clause: &Clause<'_, 'a>, trigger: &Trigger<'a>) -> bool {
        (trigger.end..trigger.end + 3).any(|i| clause.ctx.is_any(i, &["that"]) || clause.ctx.word(i) == ":")
            || self.quotes.ending_before(trigger.first, 8).is_some_and(|(_, end)| end >= clause.first)
            || self.quotes.starting_after(trigger.end, 5).is_some()
            || clause.ctx.word(trigger.end) == "." && trigger.end + 2 >= clause.end
    }

    fn is_passive(&self, clause: &Clause<'_, 'a>, verb: usize) -> bool {
        let mut i = verb;
        while i > clause.first && super::words::is_beside_verb(clause.ctx, i - 1) {
            i -= 1;
            if clause.ctx.is_any(i, &["is", "are", "was", "were", "be", "been", "being"]) {
                return true;
            }
        }
        false
    }

    /// "It was noted": the release's own house says so.
    fn house_of_agentless(&self, clause: &Clause<'_, 'a>, verb: usize) -> Option<Side<'a>> {
        let it = clause.first..verb;
        let agentless = it.rev().take(4).any(|i| clause.ctx.is_any(i, &["it"]));
        let issuer = self.doc.issuer.filter(|_| agentless)?;
        let who = issuer.org.and_then(|o| self.doc.entity_of[o]).map_or(Who::State(issuer.state), Who::Entity);
        Some(Side { who, office: None, part: "speaker" })
    }

    /// What is said: the quotation beside the verb, else the words behind it, else those before it.
    fn content(&self, clause: &Clause<'_, 'a>, trigger: &Trigger<'a>) -> Option<(usize, usize)> {
        let ctx = clause.ctx;
        if let Some((open, close)) = self.quotes.ending_before(trigger.first, 14).filter(|(open, _)| ctx.in_one_paragraph(*open as u32, trigger.end as u32)) {
            return Some((open + 1, close)).filter(|(first, end)| first < end);
        }
        let last = (clause.end - 1).max(trigger.end);
        if let Some((open, close)) = self.quotes.starting_after(trigger.end, 14).filter(|(open, _)| *open < clause.end) {
            return Some((open + 1, close)).filter(|(first, end)| first < end);
        }
        let said_at_end = trigger.end + 3 > last
            || trigger.first > clause.first
                && ctx.word(trigger.first - 1) == ","
                && clause.behind_verb(trigger.end).is_some_and(|s| matches!(s, Subject::Named(_, end) if self.actors[end - 1].end + 1 >= last));
        if said_at_end {
            let mut end = trigger.first;
            while end > clause.first && ctx.word(end) != "," {
                end -= 1;
            }
            return (end > clause.first).then_some((clause.first, end));
        }
        let first = trigger.end + usize::from(ctx.is_any(trigger.end, &["that", ":"]));
        (first < last).then_some((first, last))
    }

    /// "The meeting was attended by X": X joins what was told last.
    fn joining(&mut self, clause: &Clause<'_, 'a>, trigger: &Trigger<'a>) {
        let sides = match trigger.takes {
            Takes::Nothing => self.left(clause, trigger.first, trigger.left),
            _ => self.right(clause, trigger).0,
        };
        let latest = self.out.iter_mut().rev().take(6).find(|told| matches!(told.kind, "meeting" | "call" | "hosting" | "visit"));
        if let Some(told) = latest {
            for side in sides {
                if !told.sides.iter().any(|known| known.who == side.who) {
                    told.sides.push(side);
                }
            }
        }
    }

    fn side(&self, actor: usize, part: &'a str) -> Side<'a> {
        let actor = &self.actors[actor];
        Side { who: actor.who, office: actor.office, part }
    }

    /// The sides before a verb.
    fn left(&mut self, clause: &Clause<'_, 'a>, verb: usize, part: &'a str) -> Vec<Side<'a>> {
        if part.is_empty() {
            return Vec::new();
        }
        match clause.subject(verb) {
            Some(subject) => self.resolve(clause, verb, subject, part),
            None => Vec::new(),
        }
    }

    fn resolve(&mut self, clause: &Clause<'_, 'a>, verb: usize, subject: Subject, part: &'a str) -> Vec<Side<'a>> {
        let as_part = |sides: &[Side<'a>]| sides.iter().map(|side| Side { part, ..*side }).collect::<Vec<_>>();
        match subject {
            Subject::Named(first, end) => (first..end).map(|a| self.side(a, part)).collect(),
            Subject::Pronoun(token) => {
                let mut people = clause.actors[..clause.here.0].iter().rev().filter(|a| a.kind == Kind::Person).map(|a| a.who);
                let known = self.memory.person.filter(|who| self.may_be(*who, token)).or_else(|| people.find(|who| self.may_be(*who, token)));
                known.map(|who| Side { who, office: None, part }).into_iter().collect()
            }
            Subject::Sides => as_part(&self.memory.sides),
            Subject::Author(_) if self.quotes.around(verb).is_some() => Vec::new(),
            // A state or a body says "we".
            Subject::Author(token) if clause.ctx.is_any(token, &["i"]) && !self.memory.author.iter().any(|side| self.is_person(side)) => Vec::new(),
            Subject::Author(_) => as_part(&self.memory.author),
            Subject::House(word) => self.house(word, verb).map(|who| Side { who, office: None, part }).into_iter().collect(),
            Subject::Shared if !self.memory.shared.is_empty() => as_part(&self.memory.shared),
            Subject::Shared => self.opening(clause, verb).map(|a| self.side(a, part)).into_iter().collect(),
        }
    }

    fn is_person(&self, side: &Side<'a>) -> bool {
        side.office.is_some() || matches!(side.who, Who::Entity(e) if self.doc.entities[e].label == Label::Person)
    }

    /// Whether a person may be the "he" or "she" at a token, by what forms of address and the given name say.
    fn may_be(&self, who: Who, pronoun: usize) -> bool {
        let Who::Entity(entity) = who else { return true };
        let gender = people::gender_of(&self.doc.ctx, self.doc.found, &self.doc.entities[entity]);
        match gender {
            Gender::Unknown => true,
            Gender::Female => !self.doc.ctx.is_any(pronoun, &["he"]),
            Gender::Male => !self.doc.ctx.is_any(pronoun, &["she"]),
        }
    }

    /// The actor a sentence opens with, where no verb told of it yet.
    fn opening(&self, clause: &Clause<'_, 'a>, verb: usize) -> Option<usize> {
        (clause.here.0..clause.here.1).find(|a| {
            let actor = &self.actors[*a];
            actor.kind.acts() && !actor.possessive && actor.first < clause.first + 2 && actor.end <= verb
        })
    }

    /// "the ministry": the organisation named last whose name has the word.
    fn house(&self, word: usize, verb: usize) -> Option<Who> {
        let hash = self.doc.ctx.tokens[word].hash;
        let named = self.actors.iter().rev().filter(|a| a.end <= verb && a.kind == Kind::Organization);
        named.filter(|a| (a.first..a.end).any(|i| self.doc.ctx.tokens[i].hash == hash)).map(|a| a.who).next()
    }

    /// The sides, or the place, behind a trigger.
    fn right(&self, clause: &Clause<'_, 'a>, trigger: &Trigger<'a>) -> (Vec<Side<'a>>, Option<Who>) {
        if trigger.takes == Takes::Target {
            let concerned = clause.concerned(trigger.end);
            let who = concerned.and_then(|f| match f.label {
                Label::State => f.entry.map(|(_, entry)| Who::State(entry)),
                _ => self.doc.found.iter().position(|g| g.span == f.span && g.label == f.label).and_then(|i| self.doc.entity_of[i]).map(Who::Entity),
            });
            return (who.map(|who| Side { who, office: None, part: trigger.right }).into_iter().collect(), None);
        }
        let takes = if trigger.takes == Takes::Agreement && !trigger.right.is_empty() { Takes::Actor } else { trigger.takes };
        let Some((first, end)) = clause.after(trigger.end, trigger.links, takes) else { return (Vec::new(), None) };
        match takes {
            Takes::Place => (Vec::new(), Some(self.actors[first].who)),
            Takes::Event | Takes::Agreement => (Vec::new(), None),
            _ => ((first..end).map(|a| self.side(a, trigger.right)).collect(), None),
        }
    }

    /// Whether what a frame takes stands behind it: a named event or agreement, or a word for one.
    fn object_stands(&self, clause: &Clause<'_, 'a>, trigger: &Trigger<'a>) -> bool {
        let until = clause.end.min(trigger.end + 12);
        let (list, kind) = match trigger.takes {
            Takes::Event => (List::EventHeads, Kind::Event),
            Takes::Agreement => (List::AgreementHeads, Kind::Agreement),
            Takes::Aid => return (trigger.end..until).any(|i| is_class(clause.ctx, i, Class::Aid)),
            _ => return true,
        };
        self.actors[clause.here.0..clause.here.1].iter().any(|a| a.kind == kind && a.first >= trigger.end && a.first < until)
            || (trigger.end..until)
                .take_while(|i| !matches!(clause.ctx.word(*i), "," | "." | ";" | "that"))
                .any(|i| clause.ctx.has(i, list) || is_class(clause.ctx, i, Class::Object))
    }

    fn add(&mut self, clause: &Clause<'_, 'a>, trigger: &Trigger<'a>, verb: usize, left: Vec<Side<'a>>, right: Vec<Side<'a>>, place: Option<Who>) {
        let stands = match trigger.needs {
            Needs::Left => !left.is_empty(),
            Needs::Right => !right.is_empty(),
            Needs::Both => !left.is_empty() && (!right.is_empty() || place.is_some()),
            Needs::Two => left.len() + right.len() >= 2,
        };
        // A heading may name the other side alone: "Telephone conversation with X".
        if clause.first == 0 && trigger.shape == Shape::Noun && trigger.needs == Needs::Two && left.is_empty() && right.len() == 1 && trigger.first < 3 {
            self.push(clause, trigger, verb, right, place, 0.6);
            self.memory.heading = Some(self.out.len() - 1);
            return;
        }
        if !stands || !self.object_stands(clause, trigger) {
            return;
        }
        let conf = if right.is_empty() { 0.7 } else { 0.8 };
        let mut sides: Vec<Side<'a>> = Vec::with_capacity(left.len() + right.len());
        for side in left.into_iter().chain(right) {
            if !sides.iter().any(|known| known.who == side.who) {
                sides.push(side);
            }
        }
        if trigger.needs == Needs::Two && sides.len() < 2 || trigger.needs == Needs::Both && place.is_none() && sides.len() < 2 {
            return;
        }
        if matches!(trigger.kind, "meeting" | "call") {
            self.memory.sides = sides.clone();
        }
        self.push(clause, trigger, verb, sides, place, conf);
    }

    /// Remembers a subject; the first person but the one named there completes a heading's meeting.
    fn note_subject(&mut self, subject: &[Side<'a>]) {
        self.memory.note_subject(subject, self.doc);
        let (Some(heading), [side]) = (self.memory.heading, subject) else { return };
        let Who::Entity(e) = side.who else { return };
        let told = &mut self.out[heading];
        if self.doc.entities[e].label == Label::Person && told.sides.iter().all(|known| known.who != side.who) && self.doc.entities[e].entry.is_some() {
            let part = told.sides[0].part;
            told.sides.insert(0, Side { part, ..*side });
            self.memory.sides = told.sides.clone();
            self.memory.heading = None;
        }
    }

    fn push(&mut self, clause: &Clause<'_, 'a>, trigger: &Trigger<'a>, verb: usize, sides: Vec<Side<'a>>, place: Option<Who>, conf: f32) {
        let at = (trigger.first, trigger.end);
        let last = clause.end.saturating_sub(1).max(clause.first);
        self.out.push(Happening {
            kind: trigger.kind,
            plover: trigger.plover,
            trigger: clause.ctx.span(trigger.first, trigger.end),
            at: trigger.first,
            date: setting::date(self.doc, clause, at, |i| !super::merge::is_spoken(trigger.kind) || is_beside(clause, at, i)),
            basis: None,
            place: place.or_else(|| setting::place(clause, at).filter(|_| !super::merge::is_spoken(trigger.kind))),
            sides,
            tense: setting::tense(clause, verb, trigger.tense),
            attributed: None,
            evidence: Span::new(clause.ctx.tokens[clause.first].start, clause.ctx.tokens[last].core_end()),
            content: None,
            conf,
        });
    }
}
