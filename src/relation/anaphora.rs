//! Who "he", "the sides" and "we" are: what the text told before.

use super::actor::{Actor, Kind};
use super::words::{Class, class_end};
use super::{Finished, Side, Who, Words};
use crate::annotation::Label;
use crate::token::{Case, Gap};

/// Tokens at the top in which the author's line is looked for.
const TOP: usize = 80;
/// Tokens in which the colon behind a speaker's label is looked for.
const LABEL: usize = 8;

/// What earlier sentences left in mind.
#[derive(Default)]
pub(super) struct Memory<'a> {
    /// The person spoken of last.
    pub(super) person: Option<Who>,
    /// Sides of the meeting or call told last.
    pub(super) sides: Vec<Side<'a>>,
    /// Subject of the verb before in the same sentence.
    pub(super) shared: Vec<Side<'a>>,
    /// A heading's meeting that names one side, by place among what was told.
    pub(super) heading: Option<usize>,
    /// Who speaks as "we" and "I".
    pub(super) author: Vec<Side<'a>>,
}

impl<'a> Memory<'a> {
    pub(super) fn new(doc: &Finished<'_, 'a>, actors: &[Actor]) -> Memory<'a> {
        Memory { author: author(doc, actors), ..Memory::default() }
    }

    /// Notes whose turn a line of a transcript opens ("MS. DOE:", "Q"): who "I" is from here on. A speaker in capitals who is nobody
    /// known ("AUDIENCE MEMBER:") leaves it open.
    pub(super) fn note_turn(&mut self, ctx: Words<'_, '_>, first: usize, actors: &[Actor]) {
        if first > 0 && ctx.tokens[first].gap < Gap::Line || ctx.tokens[first].case != Case::Upper {
            return;
        }
        let colon = (first..first + LABEL).find(|i| ctx.word(*i) == ":");
        let is_label = |end: usize| (first..end).all(|i| ctx.same_line(i + 1) && (ctx.tokens[i].case == Case::Upper || !ctx.tokens[i].is_word()));
        let is_question = || ctx.word(first) == "Q" && ctx.same_line(first + 1) && ctx.tokens[first + 1].is_word();
        if let Some(colon) = colon.filter(|colon| *colon > first && is_label(*colon)) {
            let speaker = actors.iter().find(|a| a.end == colon && a.kind.acts());
            self.author = speaker.map(|a| Side { who: a.who, office: a.office, part: "speaker" }).into_iter().collect();
        } else if is_question() {
            self.author.clear();
        }
    }

    /// Notes who a sentence's subject was.
    pub(super) fn note_subject(&mut self, subject: &[Side<'a>], doc: &Finished<'_, 'a>) {
        self.shared = subject.to_vec();
        if let [one] = subject
            && let Who::Entity(e) = one.who
            && doc.entities[e].label == Label::Person
        {
            self.person = Some(one.who);
        }
    }
}

/// The author: "Statement by X" in the heading, or a person and an office alone on a line at the top.
fn author<'a>(doc: &Finished<'_, 'a>, actors: &[Actor]) -> Vec<Side<'a>> {
    let ctx = doc.ctx;
    let side = |actor: &Actor| Side { who: actor.who, office: actor.office, part: "speaker" };
    let top = |actor: &&Actor| actor.first < TOP;
    let titled = actors.iter().take_while(top).find(|a| {
        a.kind.acts() && a.first >= 2 && ctx.is_any(a.first - 1, &["by", "from", "of"]) && {
            let by = a.first - 1;
            (by.saturating_sub(4)..by).any(|k| class_end(ctx, k, Class::Authored).is_some_and(|end| end == by) && ctx.tokens[k].is_capitalized())
        }
    });
    if let Some(a) = titled {
        return vec![side(a)];
    }
    let line = actors.iter().take_while(top).find(|a| {
        a.kind == Kind::Person
            && ctx.tokens[a.first].gap >= Gap::Line
            && a.first > 0
            && ctx.tokens.get(a.end).is_none_or(|t| t.gap >= Gap::Line)
            && a.end - a.first > 3
            && doc.held.iter().any(|h| h.person.is_some_and(|p| doc.entity_of[p].map(Who::Entity) == Some(a.who)))
    });
    if let Some(a) = line {
        return vec![side(a)];
    }
    // Without a named author the issuer speaks.
    let issuer = doc.issuer.filter(|i| i.is_sure() && !matches!(i.basis, "dateline" | "publisher"));
    let who = issuer.map(|i| i.org.and_then(|o| doc.entity_of[o]).map_or(Who::State(i.state), Who::Entity));
    who.map(|who| Side { who, office: None, part: "speaker" }).into_iter().collect()
}
