//! Explanations: why a span, a topic or a relation is in the result, and why another is not.
//!
//! The stages run as always; a `Recorder` takes down what they proposed, and what became of it is worked out from the
//! same rules that decided it. Nothing of this runs unless it is asked for.

mod candidate;
mod lexicon;
mod passage;
mod record;
mod relation;
mod role;
mod source;
mod topic;
mod units;

use serde::Serialize;

use crate::annotation::{Extraction, Form, Label, OffsetUnit, OnList, Score};

pub(crate) use record::{Dropped, Recorder};
pub use source::{RuleText, rule_text};

/// The schema every explanation declares.
pub const SCHEMA: &str = "extract-explain/1";

/// What is to be explained.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Which spans.
    pub spans: Spans,
    /// Which topics.
    pub topics: Topics,
    /// Unit of the offsets, asked and given.
    pub offsets: OffsetUnit,
}

/// Spans to explain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Spans {
    /// Every outermost mention.
    #[default]
    All,
    /// What stands at an offset of the text.
    At(u32),
    /// Each place where the text says this.
    Text(String),
    /// None.
    None,
}

/// Topics to explain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Topics {
    /// Those found.
    #[default]
    Found,
    /// This one, found or not.
    One(String),
    /// None.
    None,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation<'t> {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// The document's id.
    pub id: String,
    /// Unit of the offsets.
    pub offsets: OffsetUnit,
    /// The document's date.
    pub date: Option<String>,
    /// The spans asked for, in text order.
    pub spans: Vec<Passage<'t>>,
    /// The topics asked for, best first.
    pub topics: Vec<TopicReason>,
    /// The relations whose trigger or participants stand in the spans.
    pub relations: Vec<RelationReason>,
    /// Warnings of the extraction.
    pub warnings: Vec<String>,
}

/// A place in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Start.
    pub start: u32,
    /// End (exclusive).
    pub end: u32,
    /// The text there.
    pub text: String,
    /// `title` when the offsets point into a title that came apart from the text.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub within: Option<&'static str>,
}

/// A span asked for and all that was considered there.
#[derive(Clone, Debug, Serialize)]
pub struct Passage<'t> {
    /// The span.
    #[serde(flatten)]
    pub place: Place,
    /// Whether a mention stands over any of it.
    pub claimed: bool,
    /// Why not, when nothing claims it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not: Option<String>,
    /// Every candidate; those that stand come first.
    pub candidates: Vec<Candidate<'t>>,
    /// Words of the lexicons (titles, heads, cues, words of grammar) found there.
    pub lexicon: Vec<LexiconHit>,
}

/// What became of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is a mention of the result.
    Stands,
    /// It was proposed; another mention went first.
    Lost,
    /// It was proposed and taken back.
    Dropped,
    /// A list has it; no recognizer proposed it.
    NotProposed,
}

/// Something that a span could have been.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate<'t> {
    /// Its span.
    #[serde(flatten)]
    pub place: Place,
    /// Its type.
    #[serde(rename = "type")]
    pub label: Label,
    /// How it names its entity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// Where it comes from.
    pub source: Source,
    /// Confidence, of what was proposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conf: Option<Score>,
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    pub because: String,
    /// The mention that went first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beaten_by: Option<Rival>,
    /// Guards that watch over the form.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub guards: Vec<GuardSeen>,
    /// The mention's id in the result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mention: Option<String>,
    /// What the mention names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<Named>,
    /// What the trained model made of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelReason>,
    /// Of a date, its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Of a role, its holders and state.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleReason<'t>>,
}

/// Why the trained model takes a candidate for a name of its type, or not. The weights are natural logarithms: together they are
/// the logarithm of the odds of the type against no name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModelReason {
    /// The type's share among all types and none, from 0 to 1.
    pub share: Score,
    /// The share of no name.
    pub none: Score,
    /// The share from which a candidate stands.
    pub needed: Score,
    /// The features that weigh most, the heaviest first.
    pub features: Vec<FeatureReason>,
    /// Number and sum of the other features.
    pub others: (usize, Score),
    /// What the other places of the same words add.
    pub elsewhere: Score,
}

/// A feature of a candidate and what it adds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeatureReason {
    /// What it says.
    pub says: String,
    /// What it adds to the logarithm of the odds.
    pub w: Score,
}

/// Where a candidate comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Source {
    /// A form of a list's entry.
    List(Listed),
    /// A rule.
    Rule(RuleText),
    /// Coreference.
    Coreference(RuleText),
    /// A trained model.
    Model(RuleText),
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The list.
    pub list: &'static str,
    /// First cell of the entry: its id, or its form.
    pub entry: String,
    /// The list's file: of a built-in list below `gazetteers/`, of a user's list as it was given.
    pub file: String,
    /// Line of the file; not known of lists that were compiled before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The column in which the form stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<&'static str>,
    /// How much the form says alone: strong, acronym or weak.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<&'static str>,
}

/// A mention that went before another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rival {
    /// Its span.
    #[serde(flatten)]
    pub place: Place,
    /// Its type.
    #[serde(rename = "type")]
    pub label: Label,
    /// Where it comes from.
    pub source: Source,
}

/// A guard of an ambiguous form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GuardSeen {
    /// The form guarded.
    pub form: String,
    /// Its row.
    pub row: Listed,
    /// Whether it kept the candidate from standing.
    pub fired: bool,
    /// Column of the condition that decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<&'static str>,
    /// The value met there; of `needs` all values, of which none is met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What the guard is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// An entity by its id in the result and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Id in the result; a state's code.
    pub id: String,
    /// Name.
    pub name: String,
    /// Its entry.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// Why a role has its holder, state and verdict.
#[derive(Clone, Debug, Serialize)]
pub struct RoleReason<'t> {
    /// Id in the result.
    pub id: String,
    /// Class of office.
    pub class: &'t str,
    /// Field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portfolio: Option<&'t str>,
    /// What the text says: current, former, acting, designate, late.
    pub status: &'t str,
    /// Who holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<Named>,
    /// The holder is not named here: the list or the text elsewhere gives it.
    pub inferred: bool,
    /// The rule that joined title and holder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<RuleText>,
    /// The organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<Named>,
    /// The state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<&'t str>,
    /// How the state was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_basis: Option<RuleText>,
    /// What the dated list says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_list: Option<OnList<'t>>,
    /// What that verdict means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<RuleText>,
    /// The tenures looked up: the holder's of this post, else the post's latest.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tenures: Vec<TenureRow>,
}

/// A row of the dated list of office-holders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TenureRow {
    /// The row.
    pub row: Listed,
    /// Title of the office.
    pub title: String,
    /// Start.
    pub from: String,
    /// End; empty while it is open.
    pub to: String,
    /// Day up to which it was checked.
    pub as_of: String,
}

/// A word of a lexicon in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LexiconHit {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// The row.
    pub row: Listed,
    /// What it says: the row's filled cells.
    pub says: String,
}

/// Why a topic has its score.
#[derive(Clone, Debug, Serialize)]
pub struct TopicReason {
    /// Slug.
    pub id: String,
    /// Whether it is in the result.
    pub found: bool,
    /// Whether it is the first.
    pub main: bool,
    /// Score.
    pub score: Score,
    /// Why it is not found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not: Option<String>,
    /// The evidence, whose weights sum to the score.
    pub evidence: Vec<TopicCue>,
    /// Cues in the text that did not count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unused: Vec<TopicCue>,
}

/// A cue of a topic in the text.
#[derive(Clone, Debug, Serialize)]
pub struct TopicCue {
    /// First place.
    #[serde(flatten)]
    pub place: Place,
    /// Share of the score; of unused cues nothing.
    pub w: Score,
    /// How often it stands in the text.
    pub count: usize,
    /// The row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<Listed>,
    /// The row's weight, and for unused cues why they do not count.
    pub says: String,
}

/// Why a relation is there.
#[derive(Clone, Debug, Serialize)]
pub struct RelationReason {
    /// Id in the result.
    pub id: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The words that name it.
    pub trigger: Place,
    /// The trigger's row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<Listed>,
    /// What the trigger's row asks for: its filled cells.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub says: String,
    /// Who takes part, and in which part.
    pub participants: Vec<ParticipantReason>,
    /// past, planned, ongoing, negated or hypothetical.
    pub tense: &'static str,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// What the date rests on, when the sentence holds none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_basis: Option<RuleText>,
    /// The sentence that tells of it.
    pub evidence: Place,
    /// Confidence.
    pub conf: Score,
}

/// A side of a relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParticipantReason {
    /// Who.
    #[serde(flatten)]
    pub who: Named,
    /// Part taken.
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The office that names the side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

impl Explanation<'_> {
    /// Of a result with nothing recorded.
    pub(crate) fn empty(extraction: &Extraction<'_>, query: &Query) -> Self {
        Explanation {
            schema: SCHEMA,
            id: extraction.doc.id.to_string(),
            offsets: query.offsets,
            date: extraction.doc.date.as_ref().map(|date| date.value.clone()),
            spans: Vec::new(),
            topics: Vec::new(),
            relations: Vec::new(),
            warnings: extraction.doc.warnings.clone(),
        }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty() && self.topics.is_empty() && self.relations.is_empty()
    }
}
