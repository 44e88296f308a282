//! Tenures: two holders of one post at a time, one tenure told twice, tenures of a lifetime.

use std::collections::BTreeMap;

use super::dates::is_date;
use super::{Entry, Findings, List, Lists, Severity};

use Severity::Warning;

/// A hand-over may take this many days; dates of different sources disagree by as much.
const HANDOVER: i64 = 31;

/// Offices longer than this many years are rare outside palaces and churches.
const LONG: i64 = 40;

/// Classes of whose posts (state, organisation, portfolio and title being the same) there is one holder at a time.
const SINGLE: &[&str] = &["head-of-state", "head-of-government", "minister", "speaker", "governor", "head-of-agency", "ambassador", "mayor"];

/// Beginnings of titles that several people hold at once, whatever their class.
const SHARED: &[&str] = &[
    "Ambassador-at-Large",
    "Ambassador at Large",
    "Assistant ",
    "Associate ",
    "Captain Regent",
    "Co-",
    "Commissioner",
    "Councillor",
    "Counsellor",
    "Deputy ",
    "European Commissioner",
    "Executive Vice",
    "Federal Councillor",
    "First Deputy",
    "First Vice",
    "Government Commissioner",
    "Governor", // of a state's bank, or of a province that is not named
    "Junior ",
    "Managing Director",
    "Member",
    "Minister in the ",
    "Minister in Charge of Special Duties",
    "Minister of State",
    "Minister without",
    "President of the Legislative Council", // of the states of Australia
    "Secretary of State",
    "Senior ",
    "State Minister",
    "State Secretary",
    "Under-Secretary",
    "Vice ",
    "Vice-",
];

/// Titles that name no post: "Ambassador" to where?
const UNSAID: &[&str] = &["Ambassador", "Minister", "Head", "Director", "Chairman", "Chief", "Attorney-General", "Treasurer", "Chief of Staff"];

/// Offices for life.
const FOR_LIFE: &[&str] = &["royal", "religious", "head-of-state"];

/// Titles for life.
const FOR_LIFE_TITLES: &[&str] = &["Member of the House of Lords"];

pub(super) fn check(lists: &Lists<'_>, findings: &mut Findings<'_>) {
    let mut posts: BTreeMap<[&str; 5], Vec<Tenure<'_>>> = BTreeMap::new();
    for entry in lists.of(List::Tenures) {
        long(entry, findings);
        let key = ["state", "org", "class", "portfolio", "title"].map(|column| entry.cell(column));
        posts.entry(key).or_default().extend(Tenure::new(entry));
    }
    for (post, mut tenures) in posts {
        if tenures.iter().all(|tenure| tenure.entry.source.is_none()) {
            continue;
        }
        tenures.sort_by_key(|tenure| (tenure.starts, tenure.entry.row.line));
        for (i, later) in tenures.iter().enumerate() {
            for earlier in &tenures[..i] {
                doubled(earlier, later, findings);
            }
            if is_single(post) {
                overlapping(&tenures[..i], later, findings);
            }
        }
    }
}

fn is_single([state, org, class, portfolio, title]: [&str; 5]) -> bool {
    let of_whom = !state.is_empty() || !org.is_empty();
    let of_what = class != "minister" || !portfolio.is_empty();
    SINGLE.contains(&class) && of_whom && of_what && !UNSAID.contains(&title) && !SHARED.iter().any(|shared| title.starts_with(shared))
}

/// A tenure with the days between which it certainly lasted.
struct Tenure<'l> {
    entry: &'l Entry<'l>,
    /// The latest day on which it may have begun.
    starts: i64,
    /// The earliest day on which it may have ended; of an open one the day it was checked.
    ends: i64,
}

impl<'l> Tenure<'l> {
    /// Nothing is said of tenures without dates.
    fn new(entry: &'l Entry<'l>) -> Option<Tenure<'l>> {
        let from = entry.cell("from");
        let to = Some(entry.cell("to")).filter(|to| !to.is_empty()).unwrap_or(entry.cell("as_of"));
        (is_date(from) && is_date(to)).then(|| Tenure { entry, starts: day(from, "12", "31"), ends: day(to, "01", "01") })
    }
}

/// Number of a day; what a date leaves open is filled in. Days of short months run over into the next: no matter here.
fn day(date: &str, month: &str, day_of_month: &str) -> i64 {
    let mut parts = date.split('-');
    let mut number = |or: &str| parts.next().unwrap_or(or).parse::<i64>().unwrap_or(0);
    let (year, month, day) = (number("0"), number(month), number(day_of_month));
    // Years from March on, so that the leap day stands at their end.
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day
}

/// The one before that overlaps most is told.
fn overlapping(before: &[Tenure<'_>], later: &Tenure<'_>, findings: &mut Findings<'_>) {
    let others = before.iter().filter(|earlier| earlier.entry.cell("person") != later.entry.cell("person"));
    let days = |earlier: &Tenure<'_>| earlier.ends.min(later.ends) - earlier.starts.max(later.starts);
    let Some(earlier) = others.filter(|earlier| days(earlier) > HANDOVER).max_by_key(|earlier| days(earlier)) else { return };
    let (title, whose) = (later.entry.cell("title"), [later.entry.cell("state"), later.entry.cell("org")].concat());
    let period = |entry: &Entry<'_>| match entry.cell("to") {
        "" => format!("from {}, open on {}", entry.cell("from"), entry.cell("as_of")),
        to => format!("{} to {to}", entry.cell("from")),
    };
    let (one, two) = (earlier.entry, later.entry);
    let message = format!(
        "two holders of {title} ({whose}) for {} days: {} ({}, {}) and {} ({}): give the first an end, correct a date, or give the posts titles that tell them apart",
        days(earlier),
        one.cell("person"),
        period(one),
        one.place(findings),
        two.cell("person"),
        period(two)
    );
    // Of a pair the one that is being checked is told.
    let at = if two.source.is_some() { two } else { one };
    findings.of(at, Warning, "overlap", message);
}

/// One person in one post twice at the same time.
fn doubled(earlier: &Tenure<'_>, later: &Tenure<'_>, findings: &mut Findings<'_>) {
    let (one, two) = (earlier.entry, later.entry);
    if one.cell("person") == two.cell("person") && earlier.ends.min(later.ends) - earlier.starts.max(later.starts) > HANDOVER {
        let message = format!("{} holds {} twice at the same time ({}): make them one row", two.cell("person"), two.cell("title"), one.place(findings));
        findings.of(if two.source.is_some() { two } else { one }, Warning, "doubled-tenure", message);
    }
}

fn long(entry: &Entry<'_>, findings: &mut Findings<'_>) {
    let years = Tenure::new(entry).map_or(0, |tenure| (tenure.ends - tenure.starts) / 365);
    if entry.source.is_some() && years > LONG && !FOR_LIFE.contains(&entry.cell("class")) && !FOR_LIFE_TITLES.contains(&entry.cell("title")) {
        findings.of(entry, Warning, "long-tenure", format!("{} is {} for {years} years: is an end missing?", entry.cell("person"), entry.cell("title")));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all, found, list};
    use super::day;

    fn run(rows: &[&str]) -> String {
        let tenures = list("tenures.tsv", "person title class portfolio state from to as_of", rows);
        let people = list("people.tsv", "id name family", &["ada\tAda Orrwell\tOrrwell", "bea\tBea Sallow\tSallow"]);
        let states = list("states.tsv", "id name kind", &["AZ\tAzerbaijan\tstate"]);
        let roles = list(
            "lexicon/roles.tsv",
            "form class",
            &["deputy minister\tdeputy-minister", "minister\tminister", "president\thead-of-state", "prime minister\thead-of-government"],
        );
        let portfolios = list("lexicon/portfolios.tsv", "form portfolio", &["energy\tenergy"]);
        let files = [
            ("people.tsv", &*people),
            ("tenures.tsv", &tenures),
            ("states.tsv", &states),
            ("lexicon/roles.tsv", &roles),
            ("lexicon/portfolios.tsv", &portfolios),
        ];
        found(&files)
    }

    #[test]
    fn days_are_counted() {
        assert_eq!(day("2024-03-01", "", "") - day("2024-02-28", "", ""), 2);
        assert_eq!(day("2023-03-01", "", "") - day("2023-02-28", "", ""), 1);
        assert_eq!(day("2025", "01", "01") - day("2024", "01", "01"), 366);
        assert_eq!(day("2024", "12", "31") - day("2024-12", "", "31"), 0);
    }

    #[test]
    fn one_post_has_one_holder() {
        let cases = [
            // In turn, with a hand-over within a month.
            (["ada\tPresident\thead-of-state\t\tAZ\t2010\t2020-03-31\t2025-11", "bea\tPresident\thead-of-state\t\tAZ\t2020-03-15\t\t2025-11"], ""),
            (["ada\tPresident\thead-of-state\t\tAZ\t2010\t2021-03-31\t2025-11", "bea\tPresident\thead-of-state\t\tAZ\t2020-03-15\t\t2025-11"], "3 overlap"),
            // Both open when checked.
            (["ada\tPresident\thead-of-state\t\tAZ\t2010\t\t2025-11", "bea\tPresident\thead-of-state\t\tAZ\t2020-03-15\t\t2025-11"], "3 overlap"),
            // The first was checked before the second began.
            (["ada\tPresident\thead-of-state\t\tAZ\t2010\t\t2019-11", "bea\tPresident\thead-of-state\t\tAZ\t2020-03-15\t\t2025-11"], ""),
            // Years alone prove nothing.
            (["ada\tPresident\thead-of-state\t\tAZ\t2010\t2020\t2025-11", "bea\tPresident\thead-of-state\t\tAZ\t2020\t\t2025-11"], ""),
            // Another portfolio, another title, titles for several.
            (["ada\tMinister of Energy\tminister\tenergy\tAZ\t2010\t\t2025-11", "bea\tMinister of Industry\tminister\tenergy\tAZ\t2012\t\t2025-11"], ""),
            (["ada\tMinister of Energy\tminister\tenergy\tAZ\t2010\t\t2025-11", "bea\tMinister of Energy\tminister\tenergy\tAZ\t2012\t\t2025-11"], "3 overlap"),
            (["ada\tMinister of State\tminister\tenergy\tAZ\t2010\t\t2025-11", "bea\tMinister of State\tminister\tenergy\tAZ\t2012\t\t2025-11"], ""),
            (["ada\tDeputy Minister\tdeputy-minister\tenergy\tAZ\t2010\t\t2025-11", "bea\tDeputy Minister\tdeputy-minister\tenergy\tAZ\t2012\t\t2025-11"], ""),
            // Two terms of one person, in turn and at once.
            (["ada\tPresident\thead-of-state\t\tAZ\t2010\t2015\t2025-11", "ada\tPresident\thead-of-state\t\tAZ\t2018\t\t2025-11"], ""),
            (["ada\tPresident\thead-of-state\t\tAZ\t2010\t2019\t2025-11", "ada\tPresident\thead-of-state\t\tAZ\t2015\t\t2025-11"], "3 doubled-tenure"),
            // A lifetime.
            (["ada\tPresident\thead-of-state\t\tAZ\t1950\t2009\t2025-11", "bea\tPrime Minister\thead-of-government\t\tAZ\t1970\t\t2025-11"], "3 long-tenure"),
        ];
        for (rows, wanted) in cases {
            assert_eq!(run(&rows), wanted, "{rows:?}");
        }
        assert_eq!(run(&["ada\tPresident\thead-of-state\t\tAZ\t2010-05-02\t2010-05-01\t2025-11"]), "2 end-before-start");
        assert_eq!(run(&["ada\tPresident\thead-of-state\t\tAZ\t2026-01\t\t2025-11"]), "2 checked-before-start");
        assert_eq!(run(&["ada\tPresident\thead-of-state\t\tAZ\t2020\t\t"]), "2 no-as-of");
        assert_eq!(run(&["cleo\tPresident\thead-of-stat\t\tAZ\t2020\t\t2025-11"]), "2 unresolved, 2 unresolved");
    }

    #[test]
    fn an_overlap_says_who_and_for_how_long() {
        let rows = ["ada\tPresident\thead-of-state\t\tAZ\t2010-01-01\t2020-12-31\t2025-11", "bea\tPresident\thead-of-state\t\tAZ\t2020-10-01\t\t2025-11"];
        let findings = all(&[("tenures.tsv", &list("tenures.tsv", "person title class portfolio state from to as_of", &rows))]);
        let overlap = findings.iter().find(|finding| finding.check == "overlap").unwrap();
        assert!(
            overlap.message.starts_with(
                "two holders of President (AZ) for 91 days: ada (2010-01-01 to 2020-12-31, tenures.tsv:2) and bea (from 2020-10-01, open on 2025-11)"
            ),
            "{overlap}"
        );
    }
}
