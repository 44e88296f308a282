//! The lists of `gazetteers/`: file, columns, and which columns hold matchable forms.
//!
//! This is the one place that knows the columns; the compiler checks every header against it,
//! and the recognizers name columns through [`List`] and [`Column`].

/// How much a form says on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Strength {
    /// Fires alone.
    Strong = 0,
    /// An acronym or code: exact case, fires alone.
    Acronym = 1,
    /// Never fires alone: needs context or an earlier strong mention.
    Weak = 2,
}

/// Which letters' case must agree for a form to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum CaseRule {
    /// Words capitalised in the form must be capitalised in the text (or all capitals).
    Capitals = 0,
    /// Any case.
    Fold = 1,
    /// Letter for letter.
    Exact = 2,
}

/// How the case rule of a column's forms is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnCase {
    /// All-capital forms of up to six letters are exact, others follow their capitals.
    Auto,
    /// Any case unless the form holds a capital; then as `Auto`.
    Lexicon,
}

/// A column whose cells hold forms to match, `|` between them.
pub struct Forms {
    /// Name of the column.
    pub column: &'static str,
    /// Strength of its forms.
    pub strength: Strength,
}

/// Description of one list.
pub struct Schema {
    /// The list.
    pub list: List,
    /// Its name in `via` and in messages.
    pub name: &'static str,
    /// Its file below `gazetteers/`.
    pub file: &'static str,
    /// The columns in order.
    pub columns: &'static [&'static str],
    /// The columns to match.
    pub forms: &'static [Forms],
    /// Case rule of the forms.
    pub case: ColumnCase,
}

macro_rules! columns {
    ($($column:ident $name:literal)+) => {
        /// A column of the lists. Columns of one name say the same kind of thing in all lists that have them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "the lists below, and gazetteers/README.md, say what each holds")]
        pub enum Column { $($column),+ }

        const COLUMN_NAMES: &[&str] = &[$($name),+];
    };
}

columns! {
    Id "id"
    Name "name"
    Iso3 "iso3"
    Kind "kind"
    Aliases "aliases"
    Weak "weak"
    Acronyms "acronyms"
    Adjectives "adjectives"
    Nouns "nouns"
    Capital "capital"
    Wikidata "wikidata"
    Source "source"
    State "state"
    Parent "parent"
    Signed "signed"
    Parties "parties"
    Forms "forms"
    Under "under"
    Body "body"
    Series "series"
    Ordinal "ordinal"
    Host "host"
    Place "place"
    Start "start"
    End "end"
    Region "region"
    Population "population"
    Geonames "geonames"
    Given "given"
    Family "family"
    Person "person"
    Title "title"
    Class "class"
    Portfolio "portfolio"
    Org "org"
    From "from"
    To "to"
    AsOf "as_of"
    Form "form"
    List "list"
    Entry "entry"
    NotAfter "not_after"
    NotBefore "not_before"
    NotIf "not_if"
    Needs "needs"
    Unless "unless"
    Prefer "prefer"
    Note "note"
    Plurals "plurals"
    Abbreviations "abbreviations"
    Complement "complement"
    Alone "alone"
    Idiom "idiom"
    Use "use"
    Position "position"
    Inside "inside"
    Status "status"
    Topics "topics"
    Gender "gender"
    States "states"
    Clash "clash"
    Split "split"
    Lemma "lemma"
    Type "type"
    Pos "pos"
    Left "left"
    Right "right"
    Links "links"
    Takes "takes"
    Tense "tense"
    Plover "plover"
    Numbered "numbered"
    Small "small"
    Value "value"
    Lang "lang"
    Topic "topic"
    Weight "weight"
    Learned "learned"
    Negative "negative"
    Tier "tier"
    Label "label"
    Iptc "iptc"
    Ref "ref"
    Next "next"
    Others "others"
    PerMillion "per_million"
}

macro_rules! lists {
    ($($(#[$doc:meta])* $list:ident $name:literal $file:literal $case:ident [$($column:ident)+] ($($form:ident $strength:ident),*);)+) => {
        /// A list of the gazetteers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum List { $($(#[$doc])* $list),+ }

        /// All lists, in the order of [`List`].
        pub static SCHEMAS: &[Schema] = &[$(Schema {
            list: List::$list, name: $name, file: $file,
            columns: &[$(stringify!($column)),+],
            forms: &[$(Forms { column: stringify!($form), strength: Strength::$strength }),*],
            case: ColumnCase::$case,
        }),+];
    };
}

lists! {
    /// States and territories.
    States "states" "states.tsv" Auto [id name iso3 kind aliases weak acronyms adjectives nouns capital wikidata source] (name Strong, aliases Strong, weak Weak, acronyms Acronym, adjectives Strong, nouns Strong);
    /// Organisations.
    Organizations "organizations" "organizations.tsv" Auto [id name kind state parent aliases weak acronyms wikidata source] (name Strong, aliases Strong, weak Weak, acronyms Acronym);
    /// Agreements, treaties, laws.
    Agreements "agreements" "agreements.tsv" Auto [id name kind aliases weak acronyms signed parent parties source] (name Strong, aliases Strong, weak Weak, acronyms Acronym);
    /// Event series counted by ordinals.
    Series "series" "series.tsv" Auto [id name kind forms acronyms under body source] (forms Weak, acronyms Weak);
    /// Events.
    Events "events" "events.tsv" Auto [id name kind series ordinal under host place start end aliases weak acronyms source] (name Strong, aliases Strong, weak Weak, acronyms Acronym);
    /// Places that are no states.
    Places "places" "places.tsv" Auto [id name kind state region population aliases weak geonames source] (name Strong, aliases Strong, weak Weak);
    /// People.
    People "people" "people.tsv" Auto [id name given family aliases weak wikidata source] (name Strong, aliases Strong, weak Weak);
    /// Offices held: no forms, looked up by person or post.
    Tenures "tenures" "tenures.tsv" Auto [person title class portfolio state org from to as_of source] ();
    /// Guards of ambiguous forms.
    Guards "guards" "guards.tsv" Auto [form list entry not_after not_before not_if needs unless prefer note source] (form Strong);
    /// Role heads.
    Roles "roles" "lexicon/roles.tsv" Lexicon [form plurals abbreviations class portfolio complement alone state idiom use source] (form Strong, plurals Strong, abbreviations Acronym);
    /// Words before or after a role head that belong to it or give its status.
    RankWords "rank-words" "lexicon/rank_words.tsv" Lexicon [form position inside status source] (form Strong);
    /// Ministers' portfolios.
    Portfolios "portfolios" "lexicon/portfolios.tsv" Lexicon [form portfolio topics source] (form Strong);
    /// Forms of address.
    Honorifics "honorifics" "lexicon/honorifics.tsv" Lexicon [form kind gender source] (form Strong);
    /// Particles inside names.
    NameParticles "name-particles" "lexicon/name_particles.tsv" Lexicon [form position source] (form Strong);
    /// What may follow a name.
    NameSuffixes "name-suffixes" "lexicon/name_suffixes.tsv" Lexicon [form kind inside source] (form Strong);
    /// Given names.
    GivenNames "given-names" "lexicon/given_names.tsv" Auto [form gender states clash source] (form Weak);
    /// Surnames.
    Surnames "surnames" "lexicon/surnames.tsv" Auto [form states clash source] (form Weak);
    /// Abbreviations with a point.
    Abbreviations "abbreviations" "lexicon/abbreviations.tsv" Lexicon [form kind split source] (form Strong);
    /// Verbs of saying.
    SpeechVerbs "speech-verbs" "lexicon/speech_verbs.tsv" Lexicon [form lemma kind source] (form Strong);
    /// Words that open a relation, and what it takes.
    RelationTriggers "relation-triggers" "lexicon/relation_triggers.tsv" Lexicon [form type pos left right links takes needs tense plover source] (form Strong);
    /// Words of the relations' grammar.
    RelationWords "relation-words" "lexicon/relation_words.tsv" Lexicon [form class source] (form Strong);
    /// Heads of organisation names.
    OrgHeads "org-heads" "lexicon/org_heads.tsv" Lexicon [form kind position complement alone source] (form Strong);
    /// Heads of agreement names.
    AgreementHeads "agreement-heads" "lexicon/agreement_heads.tsv" Lexicon [form kind position complement alone source] (form Strong);
    /// Heads of event names.
    EventHeads "event-heads" "lexicon/event_heads.tsv" Lexicon [form kind position complement numbered small source] (form Strong);
    /// Heads of place names.
    PlaceHeads "place-heads" "lexicon/place_heads.tsv" Lexicon [form kind position complement source] (form Strong);
    /// Legal forms of companies.
    CompanySuffixes "company-suffixes" "lexicon/company_suffixes.tsv" Lexicon [form kind source] (form Strong);
    /// Phrases that point at the issuer's state.
    Deictics "deictics" "lexicon/deictics.tsv" Lexicon [form kind source] (form Strong);
    /// Words of time expressions.
    TimexWords "timex-words" "lexicon/timex_words.tsv" Lexicon [form class value source] (form Strong);
    /// Cue words around time expressions: asked for where they stand.
    TimexCues "timex-cues" "lexicon/timex_cues.tsv" Lexicon [form class source] ();
    /// Words of grammar: articles, prepositions, pronouns…
    FunctionWords "function-words" "lexicon/function_words.tsv" Lexicon [form kind source] (form Strong);
    /// Frequent words that tell a text's language.
    LanguageWords "language-words" "lexicon/language_words.tsv" Lexicon [form lang source] (form Strong);
    /// Topic cues.
    Topics "topics" "lexicon/topics.tsv" Lexicon [form topic weight learned negative needs tier source] (form Strong);
    /// Topics: labels and maps to other schemes.
    TopicMap "topic-map" "lexicon/topic_map.tsv" Lexicon [form label iptc plover source] ();
    /// Entities that speak for topics.
    TopicEntities "topic-entities" "lexicon/topic_entities.tsv" Lexicon [ref topics weight source] ();
    /// Words that head what stands in every release of a sender.
    BoilerplateHeads "boilerplate-heads" "lexicon/boilerplate_heads.tsv" Lexicon [form next source] (form Strong);
    /// Letters that are taken for one another in spellings of a name.
    NearLetters "near-letters" "lexicon/near_letters.tsv" Lexicon [form others source] ();
    /// Common words of running text with their frequency: what lint holds names against.
    CommonWords "common-words" "lexicon/common_words.tsv" Lexicon [form per_million source] ();
}

impl List {
    /// The list's description.
    pub fn schema(self) -> &'static Schema {
        &SCHEMAS[self as usize]
    }

    /// Position of a column, if the list has it. Cost: one load.
    #[inline]
    pub fn position(self, column: Column) -> Option<usize> {
        match PLACES[self as usize][column as usize] {
            ABSENT => None,
            place => Some(usize::from(place)),
        }
    }

    /// The list's name, as `via` shows it.
    pub fn name(self) -> &'static str {
        self.schema().name
    }
}

/// Marks in [`PLACES`] that a list lacks a column.
const ABSENT: u8 = u8::MAX;

/// For each list the position of each column.
static PLACES: [[u8; COLUMN_NAMES.len()]; SCHEMAS.len()] = places();

const fn places() -> [[u8; COLUMN_NAMES.len()]; SCHEMAS.len()] {
    let mut places = [[ABSENT; COLUMN_NAMES.len()]; SCHEMAS.len()];
    let mut list = 0;
    while list < SCHEMAS.len() {
        let columns = SCHEMAS[list].columns;
        let mut place = 0;
        while place < columns.len() {
            places[list][number(columns[place])] = place as u8;
            place += 1;
        }
        list += 1;
    }
    places
}

/// Number of a column; a list's column that is not declared does not compile.
const fn number(name: &str) -> usize {
    let mut i = 0;
    while !same(COLUMN_NAMES[i].as_bytes(), name.as_bytes()) {
        i += 1;
    }
    i
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

impl Schema {
    /// Position of a column, if the list has it.
    #[inline]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.len() == name.len() && *c == name)
    }
}
