//! Ids: their form, who points where, kinds and classes, guards that guard nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Entry, Findings, List, Lists, SCHEMAS, Severity};
use crate::gazetteer::inspect::{forms, key};

use Severity::{Error, Note, Warning};

/// List, column, and the list and column its values stand in.
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
    (List::Tenures, "class", List::Roles, "class"),
    (List::Roles, "portfolio", List::Portfolios, "portfolio"),
    (List::Roles, "state", List::States, "id"),
    (List::Portfolios, "topics", List::TopicMap, "form"),
    (List::Topics, "topic", List::TopicMap, "form"),
    (List::TopicEntities, "topics", List::TopicMap, "form"),
    (List::GivenNames, "states", List::States, "id"),
    (List::Surnames, "states", List::States, "id"),
];

/// Names of the Union's officials come with EU.
const NO_STATES: [&str; 1] = ["EU"];

/// Classes of offices that no role head names by itself.
const CLASSES: [&str; 1] = ["royal"];

pub(super) fn check(lists: &Lists<'_>, findings: &mut Findings<'_>) {
    for schema in SCHEMAS.iter().filter(|schema| schema.columns[0] == "id") {
        unique(lists, schema.list, findings);
        same_wikidata(lists, schema.list, findings);
        kinds(lists, schema.list, findings);
    }
    for reference in REFERENCES {
        lead_somewhere(lists, reference, findings);
    }
    parents(lists, List::Organizations, findings);
    parents(lists, List::Agreements, findings);
    guards(lists, findings);
}

fn unique(lists: &Lists<'_>, list: List, findings: &mut Findings<'_>) {
    let mut seen: HashMap<&str, &Entry<'_>> = HashMap::new();
    for entry in lists.of(list).iter().filter(|entry| !entry.cell("id").is_empty()) {
        let id = entry.cell("id");
        if entry.source.is_some() && !fits(list, id) {
            let wanted = if list == List::States { "two capitals (ISO 3166-1 alpha-2), or X-NAME for a former state" } else { "made of a-z, 0-9 and -" };
            findings.of(entry, if entry.strict { Error } else { Warning }, "id-form", format!("the id `{id}` must be {wanted}"));
        }
        if let Some(first) = seen.insert(id, entry) {
            findings.of(entry, Error, "duplicate-id", format!("the id `{id}` is taken by {}: give another", first.place(findings)));
        }
    }
}

fn fits(list: List, id: &str) -> bool {
    let capitals = |text: &str| text.bytes().all(|b| b.is_ascii_uppercase());
    match list {
        List::States => id.len() == 2 && capitals(id) || id.strip_prefix("X-").is_some_and(|name| !name.is_empty() && capitals(name)),
        _ => id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
    }
}

/// One thing of the world is one entry.
fn same_wikidata(lists: &Lists<'_>, list: List, findings: &mut Findings<'_>) {
    let columns: Vec<&str> = ["wikidata", "geonames"].into_iter().filter(|column| list.schema().column(column).is_some()).collect();
    for column in columns {
        let mut seen: HashMap<&str, &Entry<'_>> = HashMap::new();
        for entry in lists.of(list).iter().filter(|entry| !entry.cell(column).is_empty()) {
            if let Some(first) = seen.insert(entry.cell(column), entry) {
                let message =
                    format!("{} has the {column} id {} too ({}): make them one entry, or correct it", first.label(), entry.cell(column), first.place(findings));
                findings.of(entry, Warning, "same-thing", message);
            }
        }
    }
}

/// Users' rows: a kind that no built-in entry has is likely a slip.
fn kinds(lists: &Lists<'_>, list: List, findings: &mut Findings<'_>) {
    if list.schema().column("kind").is_none() {
        return;
    }
    let known: BTreeSet<&str> = lists.of(list).iter().filter(|entry| entry.strict).map(|entry| entry.cell("kind")).collect();
    for entry in lists.checked(list) {
        let kind = entry.cell("kind");
        if entry.strict && kind.is_empty() {
            findings.of(entry, Error, "no-kind", "`kind` is empty: gazetteers/README.md names the kinds".to_owned());
        } else if !entry.strict && !kind.is_empty() && !known.is_empty() && !known.contains(kind) {
            let known: Vec<&str> = known.iter().copied().filter(|kind| !kind.is_empty()).collect();
            findings.of(entry, Note, "new-kind", format!("no built-in entry has the kind `{kind}`; they have: {}", known.join(", ")));
        }
    }
}

fn lead_somewhere(lists: &Lists<'_>, (list, column, to, key): &(List, &str, List, &str), findings: &mut Findings<'_>) {
    let known: HashSet<&str> = lists.of(*to).iter().map(|entry| entry.cell(key)).collect();
    let mut given = Vec::new();
    for entry in lists.checked(*list) {
        let lost = |id: &&str| {
            !id.is_empty() && !known.contains(id) && !(*column == "states" && NO_STATES.contains(id)) && !(*column == "class" && CLASSES.contains(id))
        };
        given.extend(entry.cell(column).split('|').filter(lost).map(|id| (entry, id)));
    }
    for (entry, id) in given {
        // Codes of three letters and names of states are what people write first.
        let state = lists
            .of(List::States)
            .iter()
            .find(|state| *to == List::States && [state.cell("iso3"), state.cell("name")].contains(&id))
            .map(|state| state.cell("id"));
        let known = match state.or_else(|| near(id, &known)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if entry.strict => "add it there or correct it here".to_owned(),
            None => "correct it, or give a row of your own for it".to_owned(),
        };
        findings.of(entry, Error, "unresolved", format!("`{column}` `{id}` is not in {}: {known}", to.schema().file));
    }
}

/// A known id one slip away: letters of another case, or one letter more, less or other.
fn near<'k>(id: &str, known: &HashSet<&'k str>) -> Option<&'k str> {
    known.iter().copied().filter(|other| other.eq_ignore_ascii_case(id) || id.len() > 3 && one_slip(id.as_bytes(), other.as_bytes())).min()
}

fn one_slip(a: &[u8], b: &[u8]) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let skip = |s: &'_ [u8], n: usize| s.get(n..).map(<[u8]>::to_vec);
    skip(a, usize::from(a.len() >= b.len())) == skip(b, usize::from(b.len() >= a.len()))
}

/// Nothing is part of itself.
fn parents(lists: &Lists<'_>, list: List, findings: &mut Findings<'_>) {
    let parent: HashMap<&str, &str> = lists.of(list).iter().map(|entry| (entry.cell("id"), entry.cell("parent"))).collect();
    for entry in lists.checked(list).filter(|entry| !entry.cell("parent").is_empty()) {
        let mut above = entry.cell("parent");
        for _ in 0..parent.len() {
            if above == entry.cell("id") {
                findings.of(entry, Error, "parent-cycle", format!("`parent` leads from `{above}` back to itself: correct one of the chain"));
                break;
            }
            match parent.get(above) {
                Some(next) if !next.is_empty() => above = next,
                _ => break,
            }
        }
    }
}

/// A guard names a list, holds for a form of it, and sets a condition.
fn guards(lists: &Lists<'_>, findings: &mut Findings<'_>) {
    let checked: Vec<&Entry<'_>> = lists.checked(List::Guards).collect();
    if checked.is_empty() {
        return;
    }
    let names: BTreeMap<&str, List> = SCHEMAS.iter().map(|schema| (schema.name, schema.list)).collect();
    let guarded: HashSet<&str> = checked.iter().map(|guard| guard.cell("list")).collect();
    let mut known: HashSet<(List, String)> = HashSet::new();
    for list in guarded.iter().filter_map(|name| names.get(name)) {
        known.extend(lists.of(*list).iter().flat_map(|entry| forms(&entry.row)).map(|form| (*list, key(form.text))));
    }
    const SAYS_WHAT: [&str; 4] = ["form", "list", "note", "source"];
    for guard in checked {
        let form = guard.cell("form").trim_start_matches(['=', '~']);
        match names.get(guard.cell("list")) {
            None => {
                let names: Vec<&str> = names.keys().copied().collect();
                findings.of(guard, Error, "unresolved", format!("no list is called `{}`: one of {}", guard.cell("list"), names.join(", ")));
            }
            Some(list) if !known.contains(&(*list, key(form))) => {
                findings.of(
                    guard,
                    Warning,
                    "idle-guard",
                    format!("`{form}` is no form of {}: the guard guards nothing; correct its form or remove it", list.name()),
                );
            }
            Some(_) => {}
        }
        let schema = List::Guards.schema();
        if schema.columns.iter().zip(&guard.row.cells).all(|(column, cell)| SAYS_WHAT.contains(column) || cell.is_empty()) {
            findings.of(
                guard,
                Warning,
                "idle-guard",
                format!("the guard of `{form}` sets no condition: fill `not_after`, `not_before` or `needs`, or remove it"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all, found, list};
    use super::one_slip;

    fn organizations(rows: &[&str]) -> String {
        list("organizations.tsv", "id name kind state parent wikidata", rows)
    }

    fn states() -> String {
        list("states.tsv", "id name kind", &["AZ\tAzerbaijan\tstate", "GE\tGeorgia\tstate"])
    }

    #[test]
    fn ids_are_unique_and_well_formed() {
        let cases = [
            (vec!["a\tAlpha Bank\tbank", "b\tBeta Bank\tbank"], ""),
            (vec!["a\tAlpha Bank\tbank", "a\tBeta Bank\tbank"], "3 duplicate-id"),
            (vec!["A\tAlpha Bank\tbank"], "2 id-form"),
            (vec!["a\tAlpha Bank\tbank\t\t\tQ1", "b\tBeta Bank\tbank\t\t\tQ1"], "3 same-thing"),
            (vec!["a\tAlpha Bank\t"], "2 no-kind"),
        ];
        for (rows, wanted) in cases {
            assert_eq!(found(&[("organizations.tsv", &organizations(&rows))]), wanted, "{rows:?}");
        }
    }

    #[test]
    fn references_lead_somewhere() {
        let cases = [
            (vec!["a\tAlpha Bank\tbank\tAZ"], ""),
            (vec!["a\tAlpha Bank\tbank\tXX"], "2 unresolved"),
            (vec!["a\tAlpha Bank\tbank\t\tb", "b\tBeta Bank\tbank"], ""),
            (vec!["a\tAlpha Bank\tbank\t\tc"], "2 unresolved"),
            (vec!["a\tAlpha Bank\tbank\t\tb", "b\tBeta Bank\tbank\t\ta"], "2 parent-cycle, 3 parent-cycle"),
            (vec!["a\tAlpha Bank\tbank\t\ta"], "2 parent-cycle"),
        ];
        for (rows, wanted) in cases {
            assert_eq!(found(&[("states.tsv", &states()), ("organizations.tsv", &organizations(&rows))]), wanted, "{rows:?}");
        }
        let findings = all(&[("states.tsv", &states()), ("organizations.tsv", &organizations(&["a\tAlpha Bank\tbank\taz"]))]);
        assert_eq!(findings[0].message, "`state` `az` is not in states.tsv: did you mean `AZ`?");
    }

    #[test]
    fn a_slip_is_one_letter() {
        for (a, b, wanted) in
            [("minister", "minster", true), ("paris", "baris", true), ("paris", "pariss", true), ("paris", "barist", false), ("", "ab", false)]
        {
            assert_eq!(one_slip(a.as_bytes(), b.as_bytes()), wanted, "{a} {b}");
        }
    }

    #[test]
    fn users_references_and_kinds_are_held_against_the_lists_below() {
        let strict = states();
        let user = "id\tname\tstate\tkind\nx\tX Bank\tAZ\tbank\ny\tY Bank\tZZ\tbank\n";
        assert_eq!(found(&[("states.tsv", &strict), ("our.organizations.tsv", user)]), "3 unresolved");
    }

    #[test]
    fn guards_guard_something() {
        let guards = |row: &str| list("guards.tsv", "form list not_after not_before needs", &[row]);
        let cases = [
            ("Georgia\tstates\t\t\ttbilisi", ""),
            ("georgia\tstates\t\ttech", ""),
            ("Georgia\tstates", "2 idle-guard"),
            ("Gorgia\tstates\t\ttech", "2 idle-guard"),
            ("Georgia\tstate\t\ttech", "2 unresolved"),
        ];
        for (row, wanted) in cases {
            assert_eq!(found(&[("guards.tsv", &guards(row)), ("states.tsv", &states())]), wanted, "{row}");
        }
    }
}
