//! Surnames that name a leader alone, made when the lists are compiled: "Putin", "von der Leyen".
//!
//! A head of state or of government, a foreign minister, the head of an international organisation is
//! called by the surname from the first line on. The surname becomes a weak form of the person unless
//! it is also a given name, a word of running text or a place. A surname that is marked as a word as well ("Trump")
//! counts for heads of state and government only.

use std::collections::{HashMap, HashSet};

use super::schema::List;

/// A tenure that ended before this day no longer makes a surname speak for itself.
const SINCE: &str = "2000";
/// Most leaders who may share a surname.
const MOST: usize = 4;
/// Fewest letters of a surname that speaks for itself.
const FEWEST_LETTERS: usize = 5;

/// The lists that are read for it, as texts.
pub struct Lists<'t> {
    /// `tenures.tsv`.
    pub tenures: &'t str,
    /// `organizations.tsv`.
    pub organizations: &'t str,
    /// `places.tsv`.
    pub places: &'t str,
    /// `states.tsv`.
    pub states: &'t str,
    /// `lexicon/given_names.tsv`.
    pub given_names: &'t str,
    /// `lexicon/surnames.tsv`.
    pub surnames: &'t str,
    /// `guards.tsv`: what has a guard is several things.
    pub guards: &'t str,
    /// `lexicon/common_words.tsv`.
    pub common_words: &'t str,
}

/// The text of `people.tsv` with the surnames of leaders added to `weak`.
pub fn extend(people: &str, lists: &Lists<'_>) -> String {
    let leaders = leaders(lists);
    let barred = barred(lists);
    let clashing: HashSet<&str> = rows(lists.surnames, List::Surnames).filter(|row| row.cell("clash") == "1").map(|row| row.cell("form")).collect();
    let mut holders: HashMap<&str, usize> = HashMap::new();
    for row in rows(people, List::People).filter(|row| leaders.contains_key(row.cell("id"))) {
        for family in families(&row) {
            *holders.entry(family).or_default() += 1;
        }
    }
    let speaks = |family: &str| {
        family.chars().count() >= FEWEST_LETTERS
            && holders.get(family).is_some_and(|count| *count <= MOST)
            && !barred.contains(family)
            && !barred.contains(family.to_lowercase().as_str())
            && family.chars().next().is_some_and(char::is_uppercase)
    };
    let mut out = String::with_capacity(people.len() + people.len() / 20);
    let column = List::People.schema().column("weak").unwrap_or_default();
    for line in people.lines() {
        let row = Cells { list: List::People, line };
        let known = row.cell("weak");
        let is_new = |family: &&str| {
            speaks(family) && (!clashing.contains(family) || leaders.get(row.cell("id")) == Some(&true)) && !known.split('|').any(|weak| weak == *family)
        };
        let added: Vec<&str> = if leaders.contains_key(row.cell("id")) { families(&row).into_iter().filter(is_new).collect() } else { Vec::new() };
        if added.is_empty() {
            out.push_str(line);
        } else {
            let cell = |(i, cell): (usize, &str)| match i {
                _ if i != column => cell.to_owned(),
                _ if cell.is_empty() => added.join("|"),
                _ => format!("{cell}|{}", added.join("|")),
            };
            out.push_str(&line.split('\t').enumerate().map(cell).collect::<Vec<_>>().join("\t"));
        }
        out.push('\n');
    }
    out
}

/// The surnames of a person: the listed one without "al-", and the last words of other spellings that begin with the same given name.
fn families<'t>(row: &Cells<'t>) -> Vec<&'t str> {
    let family = row.cell("family");
    let bare = |word: &'t str| ["al-", "Al-", "el-", "El-"].iter().find_map(|article| word.strip_prefix(article)).unwrap_or(word);
    let mut out = vec![bare(family)];
    let words = row.cell("name").split(' ').count();
    if row.cell("name").ends_with(family) {
        let others = row.cell("aliases").split('|').filter(|alias| alias.split(' ').count() == words);
        out.extend(others.filter_map(|alias| alias.rsplit(' ').next()).map(bare));
    }
    out.retain(|word| !word.is_empty() && !word.contains(' '));
    out.sort_unstable();
    out.dedup();
    out
}

/// Ids of people who held a leading office since [`SINCE`], and whether they headed a state or a government.
fn leaders<'t>(lists: &Lists<'t>) -> HashMap<&'t str, bool> {
    let international: HashSet<&str> =
        rows(lists.organizations, List::Organizations).filter(|row| row.cell("kind") == "igo").map(|row| row.cell("id")).collect();
    let leads = |row: &Cells<'t>| match row.cell("class") {
        "head-of-state" | "head-of-government" => row.cell("org").is_empty(),
        "minister" => row.cell("portfolio") == "foreign-affairs",
        "head-of-agency" | "executive" => international.contains(row.cell("org")),
        _ => false,
    };
    let recent = |row: &Cells<'t>| row.cell("to").is_empty() && row.cell("as_of") >= SINCE || row.cell("to") >= SINCE;
    let mut out = HashMap::new();
    for row in rows(lists.tenures, List::Tenures).filter(|row| leads(row) && recent(row)) {
        *out.entry(row.cell("person")).or_insert(false) |= row.cell("class").starts_with("head-of-") && row.cell("class") != "head-of-agency";
    }
    out
}

/// Words that are something else as well.
fn barred<'t>(lists: &Lists<'t>) -> HashSet<&'t str> {
    let mut out: HashSet<&str> = HashSet::new();
    let first = |text: &'t str, list| rows(text, list).map(|row| row.line.split('\t').next().unwrap_or_default());
    out.extend(first(lists.given_names, List::GivenNames));
    out.extend(first(lists.common_words, List::CommonWords));
    out.extend(first(lists.guards, List::Guards));
    for (text, list) in [(lists.places, List::Places), (lists.states, List::States), (lists.organizations, List::Organizations)] {
        for column in ["name", "aliases", "weak", "acronyms", "adjectives", "nouns"] {
            out.extend(rows(text, list).flat_map(|row| row.cell(column).split('|')).map(|form| form.trim_start_matches(['=', '~'])));
        }
    }
    out
}

/// A line of a list.
struct Cells<'t> {
    list: List,
    line: &'t str,
}

impl<'t> Cells<'t> {
    fn cell(&self, column: &str) -> &'t str {
        self.list.schema().column(column).and_then(|i| self.line.split('\t').nth(i)).unwrap_or_default()
    }
}

fn rows(text: &str, list: List) -> impl Iterator<Item = Cells<'_>> {
    text.lines().skip(1).map(move |line| Cells { list, line })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surname_of_a_leader_speaks_for_itself() {
        let tenures = "person\ttitle\tclass\tportfolio\tstate\torg\tfrom\tto\tas_of\tsource\n\
            a\tPresident\thead-of-state\t\tAA\t\t2010\t\t2025\tx\n\
            b\tPresident\thead-of-state\t\tBB\t\t1970\t1980\t2025\tx\n\
            c\tPrime Minister\thead-of-government\t\tCC\t\t2010\t2014\t2025\tx\n\
            d\tMinister\tminister\thealth\tCC\t\t2010\t2014\t2025\tx\n";
        let people = "id\tname\tgiven\tfamily\taliases\tweak\twikidata\tsource\n\
            a\tXu Orrovin\tXu\tOrrovin\t\t\t\tx\n\
            b\tYu Pallasen\tYu\tPallasen\t\t\t\tx\n\
            c\tZu Market\tZu\tMarket\t\t\t\tx\n\
            d\tWu Dellarte\tWu\tDellarte\t\t\t\tx\n";
        let common = "form\tper_million\tsource\nmarket\t100\tx\n";
        let lists = Lists { tenures, organizations: "", places: "", states: "", given_names: "", surnames: "", guards: "", common_words: common };
        let weak: Vec<String> = rows(&extend(people, &lists), List::People).map(|row| row.cell("weak").to_owned()).collect();
        assert_eq!(weak, ["Orrovin", "", "", ""], "in office since 2000, no common word, a leading office");
    }
}
