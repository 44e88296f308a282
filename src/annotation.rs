//! The result of an extraction: the schema `extract/1` as Rust types.
//!
//! Everything serialises with serde in the key order of the schema. Spans are half-open, in the
//! unit that [`Doc::offsets`] declares (bytes until [`Extraction::convert_offsets`] changes it).

use std::borrow::Cow;
use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// The schema every result declares.
pub const SCHEMA: &str = "extract/1";

/// A text of the result: borrowed from the document, from the gazetteers, or owned.
pub type Text<'t> = Cow<'t, str>;

/// Unit of the offsets in a result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum OffsetUnit {
    /// Unicode code points (characters in Python's sense).
    #[default]
    #[serde(rename = "code-point")]
    CodePoint,
    /// Bytes of the UTF-8 text.
    #[serde(rename = "utf8-byte")]
    Utf8Byte,
    /// UTF-16 code units (JavaScript, Java).
    #[serde(rename = "utf16")]
    Utf16,
}

/// Type of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    /// The name of one human.
    Person,
    /// Words that name an office or job held by a person.
    Role,
    /// A state or territory, or its demonym.
    State,
    /// A named organisation.
    Organization,
    /// A named place that is no state.
    Place,
    /// A named treaty, law, resolution.
    Agreement,
    /// A named conference, summit, war, day.
    Event,
    /// A time expression.
    Date,
}

impl Label {
    const NAMED: [(&'static str, Label); 8] = [
        ("person", Label::Person),
        ("role", Label::Role),
        ("state", Label::State),
        ("organization", Label::Organization),
        ("place", Label::Place),
        ("agreement", Label::Agreement),
        ("event", Label::Event),
        ("date", Label::Date),
    ];

    /// The type with a name as the records show it (`person`).
    pub fn named(name: &str) -> Option<Label> {
        Label::NAMED.iter().find(|(known, _)| *known == name).map(|(_, label)| *label)
    }

    /// The name as the records show it.
    pub fn name(self) -> &'static str {
        Label::NAMED[self as usize].0
    }

    /// The type that stands in this place of the declaration.
    pub(crate) fn of_number(number: u64) -> Option<Label> {
        Label::NAMED.get(number as usize).map(|(_, label)| *label)
    }

    /// All names, for messages.
    pub fn names() -> String {
        Label::NAMED.map(|(name, _)| name).join(", ")
    }
}

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Its usual name.
    Name,
    /// A person's full name, an event's full title.
    Full,
    /// A person's surname alone.
    Surname,
    /// A person's given name alone.
    Given,
    /// An acronym.
    Acronym,
    /// An abbreviation ("US").
    Abbreviation,
    /// A demonym ("Armenian").
    Demonym,
    /// A capital or building that stands for a government.
    Metonym,
    /// "our country".
    Deictic,
    /// A definite description ("the Ministry").
    Definite,
    /// Another spelling or name.
    Variant,
}

/// Identifier of an entity or mention within one result: a letter and a number (`p1`, `m0`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id {
    /// Kind of thing: `p` person, `r` role, `o` organisation, `l` place, `a` agreement, `e` event, `d` date, `x` relation, `m` mention.
    pub letter: char,
    /// Number, from 1 (mentions from 0).
    pub number: u32,
}

impl Id {
    /// The id as text, put together in `room`, whose end it fills.
    fn text(self, room: &mut [u8; 14]) -> &str {
        let mut first = room.len();
        let mut rest = self.number;
        loop {
            first -= 1;
            room[first] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        first -= self.letter.len_utf8();
        self.letter.encode_utf8(&mut room[first..]);
        // It is UTF-8: a character and digits.
        str::from_utf8(&room[first..]).unwrap_or_default()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text(&mut [0; 14]))
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text(&mut [0; 14]))
    }
}

/// What a mention or participant points to: a numbered entity, or a state by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum EntityRef<'t> {
    /// An entity of this document.
    Id(Id),
    /// A state by ISO 3166-1 alpha-2 code.
    State(&'t str),
}

/// A share or confidence between 0 and 1, shown with two decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Score(pub f32);

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64((f64::from(self.0) * 100.0).round() / 100.0)
    }
}

/// One document's annotations.
#[derive(Clone, Debug, Serialize)]
pub struct Extraction<'t> {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// The document.
    pub doc: Doc<'t>,
    /// People, in text order.
    pub people: Vec<Person<'t>>,
    /// Office-holdings, in text order.
    pub roles: Vec<Role<'t>>,
    /// States, in text order.
    pub states: Vec<State<'t>>,
    /// Organisations, in text order.
    pub organizations: Vec<Organization<'t>>,
    /// Places, in text order.
    pub places: Vec<Place<'t>>,
    /// Agreements, in text order.
    pub agreements: Vec<Agreement<'t>>,
    /// Events, in text order.
    pub events: Vec<Event<'t>>,
    /// Distinct date values, in text order.
    pub dates: Vec<Date<'t>>,
    /// Topics, best first.
    pub topics: Vec<Topic<'t>>,
    /// Relations, in text order.
    pub relations: Vec<Relation<'t>>,
    /// Every span, in text order; a span before those nested in it.
    pub mentions: Vec<Mention<'t>>,
}

/// The document.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Doc<'t> {
    /// The record's id, the path, or `-`.
    pub id: Text<'t>,
    /// Where it came from, when the id does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Text<'t>>,
    /// Title, given or found at the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text<'t>>,
    /// SHA-256 of the text's UTF-8 bytes, hexadecimal.
    pub sha256: String,
    /// Length of the text in bytes.
    pub bytes: usize,
    /// Unit of all offsets.
    pub offsets: OffsetUnit,
    /// Language of the text, ISO 639-1.
    pub lang: &'t str,
    /// Whether the whole text was read.
    pub complete: bool,
    /// The document's date: anchor of relative dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<DocDate>,
    /// On whose behalf the text speaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Issuer<'t>>,
    /// Program and data.
    pub extract: Identity,
    /// Contradictions, replaced bytes and the like.
    pub warnings: Vec<String>,
}

/// The document's date and where it was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocDate {
    /// ISO 8601 value.
    pub value: String,
    /// `option`, `field`, `dateline` or `file-name`.
    pub from: &'static str,
    /// The mention, when it stands in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mention: Option<Id>,
}

/// On whose behalf the text speaks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Issuer<'t> {
    /// The issuing organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<Id>,
    /// The issuing state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<&'t str>,
    /// What speaks for it.
    pub basis: &'static str,
    /// Confidence.
    pub conf: Score,
}

/// Identity of program and data.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Identity {
    /// Version of the program.
    pub version: &'static str,
    /// Checksum of the gazetteers.
    pub gazetteers: String,
}

/// A near spelling or an alternative.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// Gazetteer entry.
    #[serde(rename = "ref")]
    pub reference: String,
    /// How well it fits.
    pub score: Score,
    /// Why it is considered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// A person.
#[derive(Clone, Debug, Serialize)]
pub struct Person<'t> {
    /// `p1`…
    pub id: Id,
    /// Fullest form.
    pub name: Text<'t>,
    /// Whether a gazetteer lists the person.
    pub known: bool,
    /// Gazetteer entry.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Wikidata item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<&'t str>,
    /// Near spellings on the lists; never merged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub similar: Vec<Candidate>,
    /// Alternatives, when the link is not certain.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
    /// Weight in the document, 0 to 1.
    pub salience: Score,
    /// Its mentions.
    pub mentions: Vec<Id>,
    /// Number of mentions.
    pub count: usize,
}

/// One office-holding.
#[derive(Clone, Debug, Serialize)]
pub struct Role<'t> {
    /// `r1`…
    pub id: Id,
    /// Text of the role mention.
    pub title: Text<'t>,
    /// Class of office.
    pub class: &'t str,
    /// Field of the office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portfolio: Option<&'t str>,
    /// The role mention.
    pub mention: Id,
    /// The holder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Id>,
    /// Whether the holder is not said by the text but taken from the dated list: `on_list` names whom.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub inferred: bool,
    /// The organisation it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<Id>,
    /// The state it acts for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<&'t str>,
    /// What the text says: current, former, acting, designate, late.
    pub status: &'t str,
    /// Rule that joined title and name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<&'static str>,
    /// How the state was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_basis: Option<&'static str>,
    /// What the dated list says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_list: Option<OnList<'t>>,
    /// Confidence.
    pub conf: Score,
}

/// What the dated list of office-holders says at the document's date.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OnList<'t> {
    /// confirmed, expired, not-yet, other-holder, person-not-listed, post-not-listed or unverified-since.
    pub verdict: &'static str,
    /// Start of the tenure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<&'t str>,
    /// End of the tenure; `Some(None)` (null) = still in office as far as the list knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Option<&'t str>>,
    /// Date up to which the entry was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<&'t str>,
    /// The tenure's person entry.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// A state or territory.
#[derive(Clone, Debug, Serialize)]
pub struct State<'t> {
    /// ISO 3166-1 alpha-2, or `--`.
    pub id: &'t str,
    /// English short name.
    pub name: &'t str,
    /// ISO 3166-1 alpha-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iso3: Option<&'t str>,
    /// Wikidata item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<&'t str>,
    /// Weight in the document, 0 to 1.
    pub salience: Score,
    /// Its mentions.
    pub mentions: Vec<Id>,
    /// Number of mentions.
    pub count: usize,
}

/// An organisation.
#[derive(Clone, Debug, Serialize)]
pub struct Organization<'t> {
    /// `o1`…
    pub id: Id,
    /// Fullest form.
    pub name: Text<'t>,
    /// Kind: igo, ministry, agency, company, media…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'t str>,
    /// The state it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<&'t str>,
    /// Whether a gazetteer lists it.
    pub known: bool,
    /// Gazetteer entry.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Wikidata item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<&'t str>,
    /// Other names in the text or acronym on the list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Text<'t>>,
    /// Not in the text: a role implies it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub implicit: bool,
    /// Alternatives, when the link is not certain.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
    /// Weight in the document, 0 to 1.
    pub salience: Score,
    /// Its mentions.
    pub mentions: Vec<Id>,
    /// Number of mentions.
    pub count: usize,
}

/// A place that is no state.
#[derive(Clone, Debug, Serialize)]
pub struct Place<'t> {
    /// `l1`…
    pub id: Id,
    /// Name.
    pub name: Text<'t>,
    /// Kind: city, region, sea, venue…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'t str>,
    /// The state it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<&'t str>,
    /// GeoNames id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geonames: Option<&'t str>,
    /// Whether a gazetteer lists it.
    pub known: bool,
    /// Weight in the document, 0 to 1.
    pub salience: Score,
    /// Its mentions.
    pub mentions: Vec<Id>,
    /// Number of mentions.
    pub count: usize,
}

/// An agreement, law or resolution.
#[derive(Clone, Debug, Serialize)]
pub struct Agreement<'t> {
    /// `a1`…
    pub id: Id,
    /// Fullest form.
    pub name: Text<'t>,
    /// Other names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Text<'t>>,
    /// Kind: convention, protocol, law…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'t str>,
    /// Date of signature or adoption.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<&'t str>,
    /// Parties, for agreements of a few.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<&'t str>,
    /// Whether a gazetteer lists it.
    pub known: bool,
    /// Gazetteer entry.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Weight in the document, 0 to 1.
    pub salience: Score,
    /// Its mentions.
    pub mentions: Vec<Id>,
    /// Number of mentions.
    pub count: usize,
}

/// An event.
#[derive(Clone, Debug, Serialize)]
pub struct Event<'t> {
    /// `e1`…
    pub id: Id,
    /// Fullest form.
    pub name: Text<'t>,
    /// Other names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Text<'t>>,
    /// Kind: conference, summit, war, day…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'t str>,
    /// Series it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<&'t str>,
    /// Number in its series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<u32>,
    /// Agreement under which it meets: an entity of this document, else a gazetteer reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<Text<'t>>,
    /// Host state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<&'t str>,
    /// Where it takes place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<&'t str>,
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<&'t str>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<&'t str>,
    /// Whether a gazetteer lists it.
    pub known: bool,
    /// Gazetteer entry.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Weight in the document, 0 to 1.
    pub salience: Score,
    /// Its mentions.
    pub mentions: Vec<Id>,
    /// Number of mentions.
    pub count: usize,
}

/// A distinct date value.
#[derive(Clone, Debug, Serialize)]
pub struct Date<'t> {
    /// `d1`…
    pub id: Id,
    /// TIMEX3 / ISO 8601 value.
    pub value: Text<'t>,
    /// DATE, TIME, DURATION or SET.
    pub kind: TimexKind,
    /// Granularity.
    pub grain: Grain,
    /// Its mentions.
    pub mentions: Vec<Id>,
}

/// TIMEX3 type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexKind {
    /// A point at day level or coarser.
    Date,
    /// A point finer than a day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// Granularity of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grain {
    /// Second.
    Second,
    /// Minute.
    Minute,
    /// Hour.
    Hour,
    /// Morning, afternoon…
    PartOfDay,
    /// Day.
    Day,
    /// Weekend.
    Weekend,
    /// Week.
    Week,
    /// Month.
    Month,
    /// Season.
    Season,
    /// Quarter.
    Quarter,
    /// Half-year.
    Half,
    /// Year.
    Year,
    /// Decade.
    Decade,
    /// Century.
    Century,
}

/// A topic of the document.
#[derive(Clone, Debug, Serialize)]
pub struct Topic<'t> {
    /// Slug.
    pub id: &'t str,
    /// Label.
    pub label: &'t str,
    /// Set on the first.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub main: bool,
    /// 0 to 1; the evidence's weights sum to it.
    pub score: Score,
    /// What speaks for it.
    pub evidence: Vec<Evidence<'t>>,
    /// The topic in other schemes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maps: Option<TopicMaps<'t>>,
}

/// What speaks for a topic: a cue in the text or an entity.
#[derive(Clone, Debug, Serialize)]
pub struct Evidence<'t> {
    /// Where the cue first stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<[u32; 2]>,
    /// The cue as written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'t str>,
    /// The entity that speaks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<EntityRef<'t>>,
    /// Weight.
    pub w: Score,
}

/// A topic's codes in other schemes.
#[derive(Clone, Debug, Serialize)]
pub struct TopicMaps<'t> {
    /// IPTC Media Topics codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub iptc: Vec<&'t str>,
    /// PLOVER context.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plover: Option<&'t str>,
}

/// What the text reports as happening between named sides.
#[derive(Clone, Debug, Serialize)]
pub struct Relation<'t> {
    /// `x1`…
    pub id: Id,
    /// Type: meeting, call, visit, statement, signing…
    #[serde(rename = "type")]
    pub kind: &'t str,
    /// PLOVER event class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plover: Option<&'t str>,
    /// The words that name it.
    pub trigger: Trigger,
    /// `title` when its spans point into [`Doc::title`] instead of the text.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub within: Option<&'static str>,
    /// When: a TIMEX3 / ISO 8601 value that the text gives for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Text<'t>>,
    /// What the date rests on, when the words that tell of it hold none: `meeting`, at which it was said, or `lead`, the day
    /// that the report's beginning names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_basis: Option<&'static str>,
    /// Where: a place, a state or the organisation whose house it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<EntityRef<'t>>,
    /// Who takes part; at least one.
    pub participants: Vec<Participant<'t>>,
    /// States of the sides and of the place.
    pub states: Vec<&'t str>,
    /// past, planned, ongoing, negated or hypothetical.
    pub tense: &'static str,
    /// Who says so, when it is told inside a statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributed_by: Option<EntityRef<'t>>,
    /// The sentence that tells of it first.
    pub evidence: [u32; 2],
    /// What is said, in a statement: the quotation, else the words that report it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<[u32; 2]>,
    /// Confidence.
    pub conf: Score,
}

/// The words that name a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Trigger {
    /// Start, in the unit of [`Doc::offsets`].
    pub start: u32,
    /// End (exclusive), in the same unit.
    pub end: u32,
}

/// A side of a relation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Participant<'t> {
    /// A person, else the organisation or state that acts; an office-holder without a name is given by the state's code.
    pub entity: EntityRef<'t>,
    /// The office held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Id>,
    /// States and organisations that a person acts for.
    #[serde(rename = "for", skip_serializing_if = "Vec::is_empty")]
    pub acts_for: Vec<EntityRef<'t>>,
    /// Part taken: host, guest, speaker, target…
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    pub part: Option<&'t str>,
}

/// A span of the text and what it is. A date's fields stand beside its own in the record.
#[derive(Clone, Debug)]
pub struct Mention<'t> {
    /// `m0`…
    pub id: Id,
    /// Start, in the unit of [`Doc::offsets`].
    pub start: u32,
    /// End (exclusive), in the same unit.
    pub end: u32,
    /// The text there.
    pub text: &'t str,
    /// Type.
    pub label: Label,
    /// The entity; for a role its first entry in `roles`.
    pub entity: EntityRef<'t>,
    /// How it names the entity.
    pub form: Option<Form>,
    /// State a metonym stands for.
    pub stands_for: Option<&'t str>,
    /// Smallest enclosing mention.
    pub nested_in: Option<Id>,
    /// `title` when the span points into [`Doc::title`] instead of the text.
    pub within: Option<&'static str>,
    /// Why it is there: list entry, rule or coreference.
    pub via: Text<'t>,
    /// Confidence.
    pub conf: Score,
    /// Date fields.
    pub date: Option<MentionDate<'t>>,
}

impl Serialize for Mention<'_> {
    // By hand, as a structure: what serde derives for flattened fields looks every name up at run time.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let date = self.date.as_ref();
        let optional = [self.form.is_some(), self.stands_for.is_some(), self.nested_in.is_some(), self.within.is_some()];
        let of_date = date.map_or(0, |d| 3 + usize::from(d.range.is_some()) + usize::from(d.anchor.is_some()) + usize::from(!d.completed.is_empty()));
        let mut record = serializer.serialize_struct("Mention", 8 + optional.iter().filter(|is| **is).count() + of_date)?;
        record.serialize_field("id", &self.id)?;
        record.serialize_field("start", &self.start)?;
        record.serialize_field("end", &self.end)?;
        record.serialize_field("text", self.text)?;
        record.serialize_field("type", &self.label)?;
        record.serialize_field("entity", &self.entity)?;
        if let Some(form) = &self.form {
            record.serialize_field("form", form)?;
        }
        if let Some(state) = self.stands_for {
            record.serialize_field("stands_for", state)?;
        }
        if let Some(outer) = &self.nested_in {
            record.serialize_field("nested_in", outer)?;
        }
        if let Some(within) = self.within {
            record.serialize_field("in", within)?;
        }
        record.serialize_field("via", &self.via)?;
        record.serialize_field("conf", &self.conf)?;
        if let Some(date) = date {
            date.fields(&mut record)?;
        }
        record.end()
    }
}

/// What a mention of a date adds.
#[derive(Clone, Debug)]
pub struct MentionDate<'t> {
    /// TIMEX3 / ISO 8601 value.
    pub value: Text<'t>,
    /// DATE, TIME, DURATION or SET.
    pub kind: TimexKind,
    /// Granularity.
    pub grain: Grain,
    /// Both ends of an interval.
    pub range: Option<Range<'t>>,
    /// What it was resolved against: a mention, `doc` or `self`.
    pub anchor: Option<Anchor>,
    /// What the anchor filled in.
    pub completed: &'static [&'static str],
}

impl MentionDate<'_> {
    fn fields<R: SerializeStruct>(&self, record: &mut R) -> Result<(), R::Error> {
        record.serialize_field("value", &self.value)?;
        record.serialize_field("kind", &self.kind)?;
        record.serialize_field("grain", &self.grain)?;
        if let Some(range) = &self.range {
            record.serialize_field("range", range)?;
        }
        if let Some(anchor) = &self.anchor {
            record.serialize_field("anchor", anchor)?;
        }
        if !self.completed.is_empty() {
            record.serialize_field("completed", self.completed)?;
        }
        Ok(())
    }
}

impl Serialize for MentionDate<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let optional = [self.range.is_some(), self.anchor.is_some(), !self.completed.is_empty()];
        let mut record = serializer.serialize_struct("MentionDate", 3 + optional.iter().filter(|is| **is).count())?;
        self.fields(&mut record)?;
        record.end()
    }
}

/// Both ends of an interval.
#[derive(Clone, Debug, Serialize)]
pub struct Range<'t> {
    /// First point.
    pub begin: Text<'t>,
    /// Last point.
    pub end: Text<'t>,
}

/// What a date was resolved against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Anchor {
    /// The document's date as given from outside.
    Doc,
    /// Nothing: the expression is complete.
    #[serde(rename = "self")]
    Itself,
    /// Another mention.
    #[serde(untagged)]
    Mention(Id),
}

impl Extraction<'_> {
    /// Whether anything was found.
    pub fn is_empty(&self) -> bool {
        self.mentions.is_empty() && self.topics.is_empty() && self.relations.is_empty()
    }
}
