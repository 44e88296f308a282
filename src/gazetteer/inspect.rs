//! Looking into a table: rows, forms, who held which office, what each list holds.
//!
//! For people and for lint, not for extraction: every search here goes over whole lists.

use crate::gazetteer::Column;
use std::collections::BTreeMap;

use serde::Serialize;

use super::compile::case_rule;
use super::rows::Row;
use super::schema::{CaseRule, List, SCHEMAS, Schema, Strength};
use super::table::{EntryId, Table};
use crate::token::fold::fold_into;

/// The rows of a list, in file order; their lines count entries.
pub fn rows<'t>(table: &'t Table, list: List) -> impl Iterator<Item = Row<'t>> {
    table.entries(list).enumerate().map(move |(i, entry)| row(table, list, entry, i + 2))
}

fn row<'t>(table: &'t Table, list: List, entry: EntryId, line: usize) -> Row<'t> {
    let cells = (0..list.schema().columns.len()).map(|place| table.cell_at(list, entry, place)).collect();
    Row { list, line, cells }
}

/// A form of a row, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form<'t> {
    /// As written, without its case prefix.
    pub text: &'t str,
    /// The column it stands in.
    pub column: &'static str,
    /// How much it says alone.
    pub strength: Strength,
    /// Which letters' case must agree.
    pub case: CaseRule,
}

/// The forms of a row, with the strength and case rule that the compiler gives them.
pub fn forms<'t>(row: &Row<'t>) -> Vec<Form<'t>> {
    let schema = row.list.schema();
    let weak = if schema.column("weak").is_some() { row.cell("weak") } else { "" };
    let mut found = Vec::new();
    for forms in schema.forms {
        for written in row.cell(forms.column).split('|').filter(|form| !form.is_empty()) {
            let strength = if forms.column != "weak" && weak.split('|').any(|form| form == written) { Strength::Weak } else { forms.strength };
            let (text, case) = case_rule(written, schema.case, strength);
            found.push(Form { text, column: forms.column, strength, case });
        }
    }
    found
}

/// What two forms have in common that match the same text, case aside: folded, one blank between words,
/// blanks for hyphens between letters.
pub fn key(form: &str) -> String {
    let mut folded = String::with_capacity(form.len());
    fold_into(form, &mut folded);
    if !folded.contains(['-', '\u{a0}']) && !folded.contains("  ") && folded.trim().len() == folded.len() {
        return folded;
    }
    let chars: Vec<char> = folded.chars().collect();
    let letter = |i: usize| chars.get(i).is_some_and(|c| c.is_alphabetic());
    let joined = |i: usize| chars[i] == '-' && i > 0 && letter(i - 1) && letter(i + 1);
    let blanked: String = (0..chars.len()).map(|i| if joined(i) { ' ' } else { chars[i] }).collect();
    blanked.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An entry that a name leads to.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    /// Name of the list.
    pub list: &'static str,
    /// The entry's first cell: its id, or its form.
    pub id: String,
    /// Its name, else its form.
    pub name: String,
    /// The other filled cells, but for forms and source.
    pub about: BTreeMap<&'static str, String>,
    /// All forms of the entry.
    pub forms: Vec<FoundForm>,
    /// Of a person: the offices held, oldest first. Of a state or an organisation: its offices with their holders.
    /// Of a role with a portfolio: who holds it, by state.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<Office>,
    /// Where the row comes from.
    pub source: String,
}

/// A form of a [`Found`].
#[derive(Clone, Debug, Serialize)]
pub struct FoundForm {
    /// As written in the list, without its case prefix.
    pub form: String,
    /// The column.
    pub column: &'static str,
    /// `strong`, `acronym` or `weak`.
    pub strength: &'static str,
    /// `capitals`, `any` or `exact`.
    pub case: &'static str,
    /// Whether it is what was asked for.
    pub hit: bool,
}

/// An office held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Office {
    /// Id of the holder in `people`.
    pub person: String,
    /// The holder's name.
    pub name: String,
    /// Title without the state.
    pub title: String,
    /// Class of office.
    pub class: String,
    /// Field of a minister.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub portfolio: String,
    /// State code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// Id of the organisation.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub org: String,
    /// First day, as far as known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// Last day; none: in office when checked.
    pub to: Option<String>,
    /// Day on which the source was checked.
    pub as_of: String,
    /// With a date: `held`, `not-yet`, `ended`, or `unknown` (open, but checked before that date).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_date: Option<&'static str>,
}

/// What to look for.
#[derive(Clone, Copy, Debug)]
pub struct Query<'q> {
    /// A form, or an id (`az-bayramov-jeyhun`, `people/az-bayramov-jeyhun`).
    pub name: &'q str,
    /// Also forms that hold the name as whole words.
    pub contains: bool,
    /// The day (ISO, any precision) on which offices are judged.
    pub date: Option<&'q str>,
}

/// Every entry of every list that a name leads to, in the order of the lists.
pub fn find(table: &Table, query: &Query<'_>) -> Vec<Found> {
    let wanted = key(query.name.trim());
    let (of_list, id) = match query.name.trim().split_once('/') {
        Some((list, id)) => (SCHEMAS.iter().find(|schema| schema.name == list), id),
        None => (None, query.name.trim()),
    };
    let mut found = Vec::new();
    for schema in SCHEMAS.iter().filter(|schema| schema.list != List::Tenures) {
        let by_id = of_list.is_none_or(|list| list.list == schema.list);
        for row in rows(table, schema.list) {
            let forms = forms(&row);
            let hit = |form: &str| is_hit(form, &wanted, query.contains);
            if by_id && row.cells.first() == Some(&id) || forms.iter().any(|form| hit(form.text)) {
                found.push(entry(table, schema, &row, &forms, query, &hit));
            }
        }
    }
    found
}

fn is_hit(form: &str, wanted: &str, contains: bool) -> bool {
    // Folding is the dear part; most forms are ruled out by their first letter.
    if !contains
        && form.is_ascii()
        && wanted.is_ascii()
        && !form.as_bytes().first().is_some_and(|b| wanted.as_bytes().first().is_some_and(|w| b.eq_ignore_ascii_case(w)))
    {
        return false;
    }
    let key = key(form);
    key == wanted || contains && !wanted.is_empty() && holds_words(&key, wanted)
}

/// Whether `words` stands in `text` with no letter or digit on either side.
fn holds_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let open = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        open(text[..at].chars().next_back()) && open(text[at + words.len()..].chars().next())
    })
}

fn entry(table: &Table, schema: &Schema, row: &Row<'_>, forms: &[Form<'_>], query: &Query<'_>, hit: &dyn Fn(&str) -> bool) -> Found {
    let is_form = |column: &str| schema.forms.iter().any(|forms| forms.column == column);
    let about =
        schema.columns.iter().zip(&row.cells).skip(1).filter(|(column, cell)| !cell.is_empty() && !is_form(column) && !matches!(**column, "source" | "name"));
    let id = row.cells.first().copied().unwrap_or_default();
    let name = if schema.column("name").is_some() { row.cell("name") } else { id.trim_start_matches(['=', '~']) };
    let offices = match row.list {
        List::People => table.tenures_of(id).map(|tenure| office(table, tenure, query.date)).collect(),
        List::States => posts(table, Column::State, id, query.date),
        List::Organizations => posts(table, Column::Org, id, query.date),
        List::Roles if !row.cell("portfolio").is_empty() => {
            let mut holders = posts(table, Column::Portfolio, row.cell("portfolio"), query.date);
            holders.retain(|office| office.class == row.cell("class"));
            holders.sort_by(|a, b| (&a.state, &a.org, &a.from, &a.person).cmp(&(&b.state, &b.org, &b.from, &b.person)));
            holders
        }
        _ => Vec::new(),
    };
    Found {
        list: schema.name,
        id: id.to_owned(),
        name: name.to_owned(),
        about: about.map(|(column, cell)| (*column, (*cell).to_owned())).collect(),
        forms: forms.iter().map(|form| found_form(form, hit(form.text))).collect(),
        offices,
        source: row.cell("source").to_owned(),
    }
}

fn found_form(form: &Form<'_>, hit: bool) -> FoundForm {
    FoundForm {
        form: form.text.to_owned(),
        column: form.column,
        strength: strength_name(form.strength),
        case: match form.case {
            CaseRule::Capitals => "capitals",
            CaseRule::Fold => "any",
            CaseRule::Exact => "exact",
        },
        hit,
    }
}

fn strength_name(strength: Strength) -> &'static str {
    match strength {
        Strength::Strong => "strong",
        Strength::Acronym => "acronym",
        Strength::Weak => "weak",
    }
}

fn office(table: &Table, tenure: EntryId, date: Option<&str>) -> Office {
    let cell = |column| table.cell(List::Tenures, tenure, column).to_owned();
    let (person, to) = (cell(Column::Person), cell(Column::To));
    let name = table.entry(List::People, &person).map_or_else(|| person.clone(), |entry| table.cell(List::People, entry, Column::Name).to_owned());
    let mut office = Office {
        name,
        person,
        title: cell(Column::Title),
        class: cell(Column::Class),
        portfolio: cell(Column::Portfolio),
        state: cell(Column::State),
        org: cell(Column::Org),
        from: cell(Column::From),
        to: Some(to).filter(|to| !to.is_empty()),
        as_of: cell(Column::AsOf),
        on_date: None,
    };
    office.on_date = date.map(|day| judge(&office, day));
    office
}

/// Whether an office was held on a day, at the precision both dates share.
fn judge(office: &Office, day: &str) -> &'static str {
    if before(day, &office.from) {
        "not-yet"
    } else if office.to.as_deref().is_some_and(|to| before(to, day)) {
        "ended"
    } else if office.from.is_empty() || office.to.is_none() && before(&office.as_of, day) {
        "unknown"
    } else {
        "held"
    }
}

/// Whether `a` ends before `b` begins, at the precision both share.
pub fn before(a: &str, b: &str) -> bool {
    let n = a.len().min(b.len());
    a.get(..n) < b.get(..n)
}

/// The offices of a state or an organisation: by class, portfolio, title, beginning.
fn posts(table: &Table, column: Column, id: &str, date: Option<&str>) -> Vec<Office> {
    let of_it = table.entries(List::Tenures).filter(|tenure| table.cell(List::Tenures, *tenure, column) == id);
    // Tenures of a state's organisation belong to the organisation.
    let own = of_it.filter(|tenure| column != Column::State || table.cell(List::Tenures, *tenure, Column::Org).is_empty());
    let mut offices: Vec<Office> = own.map(|tenure| office(table, tenure, date)).collect();
    offices.sort_by(|a, b| {
        (class_rank(&a.class), &a.class, &a.portfolio, &a.title, &a.from, &a.person).cmp(&(
            class_rank(&b.class),
            &b.class,
            &b.portfolio,
            &b.title,
            &b.from,
            &b.person,
        ))
    });
    offices
}

/// Heads first, then ministers; the others by name.
fn class_rank(class: &str) -> usize {
    ["head-of-state", "head-of-government", "head-of-agency", "minister", "speaker"].iter().position(|known| *known == class).unwrap_or(usize::MAX)
}

/// What a list holds.
#[derive(Clone, Debug, Serialize)]
pub struct ListStats {
    /// Its name.
    pub list: &'static str,
    /// Its file below `gazetteers/`.
    pub file: &'static str,
    /// Rows.
    pub entries: usize,
    /// Forms by strength.
    pub strong: usize,
    /// See `strong`.
    pub acronyms: usize,
    /// See `strong`.
    pub weak: usize,
    /// Oldest and newest state of the data: of tenures the day they were checked, of others that of their dated sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<[String; 2]>,
    /// Tenures without an end: in office when checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<usize>,
    /// Rows by source, the most frequent first.
    pub sources: Vec<(String, usize)>,
}

impl ListStats {
    /// Counts the rows of a list.
    pub fn new<'t>(list: List, rows: impl Iterator<Item = Row<'t>>) -> ListStats {
        let schema = list.schema();
        let mut stats =
            ListStats { list: schema.name, file: schema.file, entries: 0, strong: 0, acronyms: 0, weak: 0, as_of: None, open: None, sources: Vec::new() };
        let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
        for row in rows {
            stats.entries += 1;
            for form in forms(&row) {
                match form.strength {
                    Strength::Strong => stats.strong += 1,
                    Strength::Acronym => stats.acronyms += 1,
                    Strength::Weak => stats.weak += 1,
                }
            }
            *sources.entry(row.cell("source")).or_default() += 1;
            if list == List::Tenures {
                stats.date(row.cell("as_of"));
                *stats.open.get_or_insert(0) += usize::from(row.cell("to").is_empty());
            }
        }
        if list != List::Tenures {
            sources.keys().flat_map(|source| dates_of(source)).for_each(|date| stats.date(date));
        }
        stats.sources = sources.into_iter().map(|(source, count)| (source.to_owned(), count)).collect();
        stats.sources.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
        stats
    }

    fn date(&mut self, as_of: &str) {
        if as_of.is_empty() {
            return;
        }
        match &mut self.as_of {
            Some([oldest, newest]) => {
                if as_of < oldest.as_str() {
                    as_of.clone_into(oldest);
                }
                if as_of > newest.as_str() {
                    as_of.clone_into(newest);
                }
            }
            None => self.as_of = Some([as_of.to_owned(), as_of.to_owned()]),
        }
    }

    /// Forms of any strength.
    pub fn forms(&self) -> usize {
        self.strong + self.acronyms + self.weak
    }
}

/// State of the upstream tables that `source` names without a date; `gazetteers/SOURCES.md` says the same.
pub const UPSTREAM: &[(&str, &str)] = &[
    ("rigour", "2026-07"),
    ("country-codes", "2026-05"),
    ("factbook", "2026-01-22"),
    ("geonames", "2025-12"),
    ("congress-legislators", "2026-06"),
    ("pocom", "2026-06"),
];

/// The dates that a `source` names, by itself or by the tables it names.
fn dates_of(source: &str) -> impl Iterator<Item = &str> {
    let named = |part: &'_ str| UPSTREAM.iter().find(|(table, _)| *table == part).map(|(_, date)| *date);
    let is_date = |word: &str| word.len() >= 7 && word.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    source.split([',', ';']).map(str::trim).filter_map(move |part| named(part).or_else(|| part.rsplit(' ').next().filter(|word| is_date(word))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_is_what_matching_forms_share() {
        for (a, b) in [
            ("Asia-Pacific", "asia pacific"),
            ("İlham  Əliyev", "ilham aliyev"),
            ("COVID-19", "covid-19"),
            ("O’Brien", "o'brien"),
            (" Côte d’Ivoire", "cote d'ivoire"),
        ] {
            assert_eq!(key(a), b);
        }
    }

    #[test]
    fn sources_tell_their_date() {
        let dates = |source: &'static str| dates_of(source).collect::<Vec<_>>().join(" ");
        assert_eq!(dates("factbook, wikidata 2022-07; end = successor"), "2026-01-22 2022-07");
        assert_eq!(dates("general knowledge, unsure"), "");
        assert_eq!(dates("US Census 1990"), "");
    }

    #[test]
    fn words_are_whole() {
        assert!(holds_words("jeyhun bayramov", "bayramov") && holds_words("bayramov", "bayramov") && !holds_words("bayramova", "bayramov"));
    }

    #[test]
    fn offices_are_judged_at_shared_precision() {
        let office = |from: &str, to: Option<&str>| Office {
            person: String::new(),
            name: String::new(),
            title: String::new(),
            class: String::new(),
            portfolio: String::new(),
            state: String::new(),
            org: String::new(),
            from: from.to_owned(),
            to: to.map(str::to_owned),
            as_of: "2025-11".to_owned(),
            on_date: None,
        };
        let cases = [
            ("2020", None, "2019-12-31", "not-yet"),
            ("2020", None, "2020-01-01", "held"),
            ("2020", None, "2025-11-30", "held"),
            ("2020", None, "2025-12-01", "unknown"),
            ("2020", Some("2021-05-03"), "2021-05-03", "held"),
            ("2020", Some("2021-05-03"), "2021-05-04", "ended"),
            ("", Some("2021"), "1990-01-01", "unknown"),
        ];
        for (from, to, day, wanted) in cases {
            assert_eq!(judge(&office(from, to), day), wanted, "{from} {to:?} {day}");
        }
    }
}
