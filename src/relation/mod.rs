//! Relations: what the text reports as happening between named sides.
//!
//! A trigger ("met", "telephone conversation") opens a frame from `lexicon/relation_triggers.tsv`; a verb of saying
//! opens the frame of a statement. The clause around it fills the frame with people, office-holders, states and
//! organisations; sentences around it give date, place, tense and who says so. What tells of one happening is merged.
//! Reads the settled mentions and ties; changes none of them.

mod actor;
mod anaphora;
mod clause;
mod dating;
mod frame;
mod merge;
mod per_entry;
mod quote;
mod setting;
mod trigger;
mod words;

pub use words::{WordClasses, Words};

use crate::gazetteer::EntryId;
use crate::recognize::Found;
use crate::recognize::timex::Timex;
use crate::resolve::coreference::Entity;
use crate::resolve::holder::Held;
use crate::resolve::issuer::IssuerState;
use crate::span::Span;

/// A document whose mentions are settled.
#[derive(Clone, Copy)]
pub struct Finished<'d, 'a> {
    /// Tokens, sentences and gazetteer hits.
    pub ctx: Words<'d, 'a>,
    /// The settled mentions in text order.
    pub found: &'d [Found<'a>],
    /// The entities.
    pub entities: &'d [Entity<'a>],
    /// Entity of each mention.
    pub entity_of: &'d [Option<usize>],
    /// The offices held.
    pub held: &'d [Held<'a>],
    /// The time expressions; a date mention's `link` counts them.
    pub timexes: &'d [Timex],
    /// Start of the mention that dates the document.
    pub dateline: Option<u32>,
    /// The document's date.
    pub date: Option<&'d str>,
    /// On whose behalf the text speaks.
    pub issuer: Option<IssuerState>,
}

/// One side of a relation, a speaker, a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// An entity, by index.
    Entity(usize),
    /// A state, by entry: the text may name its office-holder alone.
    State(EntryId),
}

/// A participant.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Who takes part.
    pub who: Who,
    /// The role mention, when the text names the office alone.
    pub office: Option<usize>,
    /// In which part: host, speaker, target…
    pub part: &'a str,
}

/// When something happens, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// It happened.
    Past,
    /// It is going on.
    Ongoing,
    /// It is announced.
    Planned,
    /// It would or could happen.
    Hypothetical,
    /// It did not happen.
    Negated,
}

impl Tense {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Tense::Past => "past",
            Tense::Ongoing => "ongoing",
            Tense::Planned => "planned",
            Tense::Hypothetical => "hypothetical",
            Tense::Negated => "negated",
        }
    }
}

/// What a date rests on that stands elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateBasis {
    /// It is the date of the meeting at which it happened.
    Meeting,
    /// It is the day that the lead reports.
    Lead,
}

impl DateBasis {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            DateBasis::Meeting => "meeting",
            DateBasis::Lead => "lead",
        }
    }
}

/// A relation found.
#[derive(Clone, Debug)]
pub struct Happening<'a> {
    /// Type: meeting, statement…
    pub kind: &'a str,
    /// PLOVER event class; empty when it has none.
    pub plover: &'a str,
    /// The words that name it.
    pub trigger: Span,
    /// First token of the trigger.
    at: usize,
    /// Index of the time expression that dates it.
    pub date: Option<usize>,
    /// What the date rests on, when the words that tell of it hold none.
    pub basis: Option<DateBasis>,
    /// Where it happens.
    pub place: Option<Who>,
    /// Who takes part.
    pub sides: Vec<Side<'a>>,
    /// When, and how sure.
    pub tense: Tense,
    /// Who says so.
    pub attributed: Option<Who>,
    /// The sentence that tells of it.
    pub evidence: Span,
    /// What is said, in a statement.
    pub content: Option<Span>,
    /// Confidence.
    pub conf: f32,
}

/// All relations of a document, in text order.
pub fn find<'a>(doc: &Finished<'_, 'a>) -> Vec<Happening<'a>> {
    let triggers = trigger::all(doc.ctx);
    if triggers.is_empty() {
        return Vec::new();
    }
    let told = frame::tell(doc, &triggers);
    merge::settle(doc, told)
}
