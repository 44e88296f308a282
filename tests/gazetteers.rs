//! Every list of `gazetteers/`: form, order, ids, dates, references, and how much it must hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

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

/// Fails with all problems, at most 40 shown.
fn none(problems: Vec<String>) {
    let rest = problems.len().saturating_sub(40);
    let shown: Vec<String> = problems.into_iter().take(40).collect();
    assert!(shown.is_empty(), "\n{}\n{}", shown.join("\n"), if rest > 0 { format!("and {rest} more") } else { String::new() });
}

#[test]
fn files_have_their_form() {
    let mut problems = Vec::new();
    for schema in SCHEMAS {
        let file = format!("gazetteers/{}", schema.file);
        match fs::read(path(&file)).map(String::from_utf8) {
            Ok(Ok(text)) => form(schema, &file, &text, &mut problems),
            Ok(Err(error)) => problems.push(format!("{file}: byte {} is no UTF-8: save the file as UTF-8", error.utf8_error().valid_up_to())),
            Err(error) => problems.push(format!("{file}: {error}: src/gazetteer/schema.rs names it")),
        }
    }
    none(problems);
}

fn form(schema: &Schema, file: &str, text: &str, problems: &mut Vec<String>) {
    let header = schema.columns.join("\t");
    if text.lines().next() != Some(&header) {
        problems.push(format!("{file}:1: the header must be, with tabs: {}", schema.columns.join(" ")));
    }
    if !text.ends_with('\n') || text.contains('\r') {
        problems.push(format!("{file}: every line ends with a line feed alone"));
    }
    let mut before: Option<(Vec<&[u8]>, &str)> = None;
    for (i, line) in text.lines().enumerate().skip(1) {
        let at = format!("{file}:{}", i + 1);
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != schema.columns.len() {
            problems.push(format!("{at}: {} columns, not {}: count the tabs", cells.len(), schema.columns.len()));
            continue;
        }
        if let Some(cell) = cells.iter().find(|cell| cell.trim() != **cell || cell.split('|').any(|part| part.trim() != part)) {
            problems.push(format!("{at}: blanks around {cell:?}: remove them"));
        }
        if cells.iter().any(|cell| cell.contains('|') && cell.split('|').any(str::is_empty)) {
            problems.push(format!("{at}: nothing between two |: remove one"));
        }
        if cells.first().is_some_and(|cell| cell.is_empty()) {
            problems.push(format!("{at}: the first cell is empty"));
        }
        if cells.last().is_some_and(|cell| cell.is_empty()) {
            problems.push(format!("{at}: `source` is empty: say where it comes from (gazetteers/SOURCES.md)"));
        }
        let key = order(schema, &cells);
        if let Some((earlier, earlier_line)) = before {
            if earlier_line == line {
                problems.push(format!("{at}: stands there twice: remove one"));
            } else if earlier > key {
                problems.push(format!("{at}: out of order ({}): sort by bytes, `LC_ALL=C sort`", cells[0]));
            }
        }
        before = Some((key, line));
    }
}

/// What a list is sorted by: the first column, then the row; tenures by person, then beginning.
fn order<'c>(schema: &Schema, cells: &[&'c str]) -> Vec<&'c [u8]> {
    let second = if schema.list == List::Tenures { schema.column("from") } else { None };
    [0].into_iter().chain(second).chain(1..cells.len()).map(|column| cells[column].as_bytes()).collect()
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
fn ids_are_unique() {
    let mut problems = Vec::new();
    for schema in SCHEMAS.iter().filter(|schema| schema.columns[0] == "id") {
        let mut seen = BTreeMap::new();
        let states = schema.list == List::States;
        for (place, id) in Table::new(schema.list).column("id") {
            let code = |c: char| c.is_ascii_uppercase();
            let fits = match states {
                true => id.len() == 2 && id.chars().all(code) || id.strip_prefix("X-").is_some_and(|name| name.chars().all(code)),
                false => id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            };
            if !fits {
                problems.push(format!(
                    "{place}: the id {id:?} must be {}",
                    if states { "an alpha-2 code, or X-NAME of a former state" } else { "of a-z, 0-9 and -" }
                ));
            }
            if let Some(first) = seen.insert(id.to_owned(), place.clone()) {
                problems.push(format!("{place}: the id {id} is taken by {first}: give another"));
            }
        }
    }
    none(problems);
}

#[test]
fn dates_are_dates_in_order() {
    let mut problems = Vec::new();
    for (list, columns) in
        [(List::Agreements, &["signed"][..]), (List::Events, &["start", "end"]), (List::Tenures, &["from", "to"]), (List::Tenures, &["as_of"])]
    {
        let table = Table::new(list);
        for (line, cells) in &table.rows {
            let place = table.place(*line);
            let dates: Vec<&str> = columns.iter().map(|column| cells[table.at(column)].as_str()).filter(|cell| !cell.is_empty()).collect();
            problems.extend(dates.iter().filter(|date| !is_date(date)).map(|date| format!("{place}: {date:?} is no day: write YYYY, YYYY-MM or YYYY-MM-DD")));
            if let [from, to] = dates[..]
                && from[..from.len().min(to.len())] > to[..from.len().min(to.len())]
            {
                problems.push(format!("{place}: {from} is after {to}"));
            }
        }
    }
    none(problems);
}

/// A year, month or day that the calendar has.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |i: usize, width: usize| {
        parts.get(i).filter(|part| part.len() == width && part.bytes().all(|b| b.is_ascii_digit())).and_then(|part| part.parse::<u32>().ok())
    };
    let Some(year) = number(0, 4) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = |month: u32| match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    match (parts.len(), number(1, 2), number(2, 2)) {
        (1, ..) => true,
        (2, Some(month), _) => (1..=12).contains(&month),
        (3, Some(month), Some(day)) => (1..=12).contains(&month) && (1..=days(month)).contains(&day),
        _ => false,
    }
}

#[test]
fn references_lead_somewhere() {
    /// List, column, list and column that it points to.
    const REFERENCES: &[(List, &str, List, &str)] = &[
        (List::Organizations, "state", List::States, "id"),
        (List::Organizations, "parent", List::Organizations, "id"),
        (List::Agreements, "parent", List::Agreements, "id"),
        (List::Agreements, "parties", List::States, "id"),
        (List::Series, "under", List::Agreements, "id"),
        (List::Series, "body", List::Organizations, "id"),
        (List::Events, "series", List::Series, "id"),
        (List::Events, "under", List::Agreements, "id"),
        (List::Events, "host", List::States, "id"),
        (List::Places, "state", List::States, "id"),
        (List::Tenures, "person", List::People, "id"),
        (List::Tenures, "state", List::States, "id"),
        (List::Tenures, "org", List::Organizations, "id"),
        (List::Tenures, "portfolio", List::Portfolios, "portfolio"),
        (List::Roles, "portfolio", List::Portfolios, "portfolio"),
        (List::Roles, "state", List::States, "id"),
        (List::Portfolios, "topics", List::TopicMap, "form"),
        (List::Topics, "topic", List::TopicMap, "form"),
    ];
    let mut problems = Vec::new();
    for (list, column, to, key) in REFERENCES {
        let target = Table::new(*to);
        let known = target.values(key);
        for (place, cell) in Table::new(*list).column(column) {
            let lost = cell.split('|').filter(|id| !id.is_empty() && !known.contains(id));
            problems.extend(lost.map(|id| format!("{place}: {column} {id} is not in gazetteers/{}: add it there or correct it here", to.schema().file)));
        }
    }
    let table = Table::new(List::States);
    let states = table.values("id");
    for names in [List::GivenNames, List::Surnames].map(Table::new) {
        for (place, cell) in names.column("states") {
            // Names of the Union's officials come with EU.
            let lost = cell.split('|').find(|id| !id.is_empty() && *id != "EU" && !states.contains(id));
            problems.extend(lost.map(|id| format!("{place}: {id} is no state of gazetteers/states.tsv: correct it")));
        }
    }
    let lists: BTreeSet<&str> = SCHEMAS.iter().map(|schema| schema.name).collect();
    for (place, list) in Table::new(List::Guards).column("list") {
        if !lists.contains(list) {
            problems.push(format!("{place}: no list is called {list}: one of {lists:?}"));
        }
    }
    none(problems);
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
