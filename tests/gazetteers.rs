//! Every list of `gazetteers/`: lint finds no error, and the lists hold what they must.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use extract::gazetteer::lint::{Layout, Severity, Source, lint};
use extract::gazetteer::schema::{List, SCHEMAS, Schema};

use crate::support::{path, read};

/// ISO 3166-1 alpha-2, all officially assigned codes.
const ISO: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF \
    GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW \
    KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL \
    NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST \
    SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Listed as states, but no members of the United Nations.
const NOT_IN_UN: [&str; 4] = ["PS", "TW", "VA", "XK"];

const TOPICS: &str = "bilateral-relations international-organisations climate-change environment oceans-water energy peace-process armed-conflict \
    defence arms-control terrorism landmines territorial-integrity human-rights humanitarian-aid migration trade economy finance-investment \
    development sanctions transport agriculture-food health education science-technology digital-cyber space culture-heritage tourism sport \
    elections government-politics law-justice crime-corruption labour gender youth-children disasters media religion business consular-visa \
    housing-urban indigenous-minorities";

/// A list as it stands in its file.
struct Table {
    schema: &'static Schema,
    /// Number of the line and its cells.
    rows: Vec<(usize, Vec<String>)>,
}

impl Table {
    fn new(list: List) -> Table {
        let schema = list.schema();
        let text = read(&path("gazetteers").join(schema.file));
        let rows = text.lines().enumerate().skip(1).map(|(i, line)| (i + 1, line.split('\t').map(str::to_owned).collect())).collect();
        Table { schema, rows }
    }

    /// Place (`gazetteers/file:line`) and cell of every row.
    fn column(&self, name: &str) -> impl Iterator<Item = (String, &str)> {
        let column = self.at(name);
        self.rows.iter().map(move |(line, cells)| (self.place(*line), cells[column].as_str()))
    }

    fn at(&self, name: &str) -> usize {
        self.schema.column(name).unwrap_or_else(|| panic!("{} has no column {name}", self.schema.file))
    }

    fn place(&self, line: usize) -> String {
        format!("gazetteers/{}:{line}", self.schema.file)
    }

    fn values(&self, name: &str) -> BTreeSet<&str> {
        self.column(name).map(|(_, cell)| cell).collect()
    }
}

/// How many warnings may stand: what is doubtful is looked at bit by bit, and must not grow unseen.
const WARNINGS: usize = 1000;

#[test]
fn lint_finds_no_error() {
    let texts: Vec<(String, Vec<u8>, List)> = SCHEMAS
        .iter()
        .map(|schema| {
            let file = format!("gazetteers/{}", schema.file);
            let bytes = fs::read(path(&file)).unwrap_or_else(|error| panic!("{file}: {error}: src/gazetteer/schema.rs names it"));
            (file, bytes, schema.list)
        })
        .collect();
    let sources: Vec<Source<'_>> = texts.iter().map(|(file, bytes, list)| Source { file: file.clone(), bytes, layout: Layout::Builtin(*list) }).collect();
    let findings = lint(&sources, None);
    let errors: Vec<String> = findings.iter().filter(|finding| finding.severity == Severity::Error).map(ToString::to_string).collect();
    let shown = errors.iter().take(40).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(errors.is_empty(), "\n{shown}\n{} errors: `extract gazetteer lint gazetteers` shows all", errors.len());
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in &findings {
        *counts.entry((finding.file.as_str(), finding.check)).or_default() += 1;
    }
    for ((file, check), count) in counts {
        println!("{file}: {count} {check}");
    }
    assert!(findings.len() <= WARNINGS, "{} warnings, {WARNINGS} may stand: `extract gazetteer lint gazetteers` shows them", findings.len());
}

#[test]
fn upstream_dates_are_those_of_the_table_of_sources() {
    let sources = read(&path("gazetteers/SOURCES.md"));
    for (name, date) in extract::gazetteer::inspect::UPSTREAM {
        let is_told = sources.lines().any(|line| line.contains(name) && line.contains(date));
        assert!(is_told, "gazetteers/SOURCES.md does not say that {name} is of {date}: correct it there or in src/gazetteer/inspect.rs");
    }
}

#[test]
fn no_file_is_forgotten() {
    fn walk(folder: &Path, below: &str, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
            let name = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name);
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&path("gazetteers"), "", &mut found);
    let known: BTreeSet<String> =
        SCHEMAS.iter().map(|schema| schema.file.to_owned()).chain(["README.md", "SOURCES.md", "lexicon/name_variants.tsv"].map(str::to_owned)).collect();
    let orphans: Vec<&String> = found.difference(&known).collect();
    assert!(orphans.is_empty(), "gazetteers/ holds files that nobody reads: {orphans:?}: name them in src/gazetteer/schema.rs or remove them");
}

#[test]
fn topics_are_the_agreed_ones() {
    let table = Table::new(List::TopicMap);
    let agreed: BTreeSet<&str> = TOPICS.split_whitespace().collect();
    assert_eq!(agreed.len(), 45);
    assert_eq!(table.values("form"), agreed, "gazetteers/lexicon/topic_map.tsv holds these slugs and no others");
    let cues = Table::new(List::Topics);
    let without: Vec<&&str> = agreed.iter().filter(|slug| !cues.values("topic").contains(**slug)).collect();
    assert!(without.is_empty(), "gazetteers/lexicon/topics.tsv has no cue for {without:?}");
}

#[test]
fn states_are_complete() {
    let table = Table::new(List::States);
    let ids = table.values("id");
    let iso: Vec<&str> = ISO.split_whitespace().collect();
    assert_eq!(iso.len(), 249);
    let missing: Vec<&&str> = iso.iter().filter(|code| !ids.contains(**code)).collect();
    assert!(missing.is_empty(), "gazetteers/states.tsv: add {missing:?}");
    assert!(un_members().len() == 193, "gazetteers/states.tsv: {} members of the United Nations, not 193", un_members().len());
}

fn un_members() -> BTreeSet<String> {
    let table = Table::new(List::States);
    let states = table.rows.iter().filter(|(_, cells)| cells[table.at("kind")] == "state").map(|(_, cells)| cells[0].clone());
    states.filter(|code| !NOT_IN_UN.contains(&code.as_str())).collect()
}

/// Tenures that touch 2018 to 2026, as far as their dates tell: person, class, portfolio, state.
fn recent_tenures() -> Vec<[String; 4]> {
    let table = Table::new(List::Tenures);
    let [from, to, as_of] = ["from", "to", "as_of"].map(|column| table.at(column));
    let recent = table.rows.iter().filter(|(_, cells)| {
        // An open tenure lasted at least until it was checked.
        let last = if cells[to].is_empty() { &cells[as_of] } else { &cells[to] };
        last.as_str() >= "2018" && cells[from].as_str() < "2027"
    });
    recent.map(|(_, cells)| ["person", "class", "portfolio", "state"].map(|column| cells[table.at(column)].clone())).collect()
}

#[test]
fn people_are_many_and_recent() {
    let people: BTreeSet<String> = recent_tenures().into_iter().map(|[person, ..]| person).collect();
    assert!(people.len() >= 3000, "gazetteers/tenures.tsv: {} people in office between 2018 and 2026, 3,000 are wanted", people.len());
}

#[test]
fn foreign_ministers_are_known() {
    let known: BTreeSet<String> = recent_tenures()
        .into_iter()
        .filter(|[_, class, portfolio, _]| class == "minister" && portfolio == "foreign-affairs")
        .map(|[.., state]| state)
        .collect();
    let members = un_members();
    let missing: Vec<&String> = members.difference(&known).collect();
    let count = members.len() - missing.len();
    assert!(count >= 180, "gazetteers/tenures.tsv: foreign ministers since 2018 of {count} UN members, 180 are wanted; missing: {missing:?}");
}

#[test]
fn organizations_agreements_and_conferences_are_many() {
    let organizations = Table::new(List::Organizations);
    let count = organizations.column("acronyms").filter(|(_, cell)| !cell.is_empty()).count();
    assert!(count >= 400, "gazetteers/organizations.tsv: {count} with an acronym, 400 are wanted");
    let count = Table::new(List::Agreements).rows.len();
    assert!(count >= 150, "gazetteers/agreements.tsv: {count}, 150 are wanted");
    let events = Table::new(List::Events);
    let [series, ordinal, under] = ["series", "ordinal", "under"].map(|column| events.at(column));
    for number in 1..=30 {
        let held = events.rows.iter().any(|(_, cells)| cells[under] == "unfccc" && cells[series] == "unfccc-cop" && cells[ordinal] == number.to_string());
        assert!(held, "gazetteers/events.tsv: add cop{number}, series unfccc-cop, ordinal {number}, under unfccc");
    }
}
