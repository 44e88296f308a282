//! Forms: those that several entries claim, those that are common words, those that never count.
//!
//! Two forms clash when one text can be both. Letter case tells apart what is written differently (`=AGRA`, `Agra`);
//! a guard, or weakness in all entries but one, settles the rest.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Entry, Findings, List, Lists, Severity};
use crate::gazetteer::inspect::{self, Form, key};
use crate::gazetteer::schema::{CaseRule, Strength};

use Severity::{Error, Note, Warning};

/// Lists of names that are looked for in texts.
const NAMES: [List; 6] = [List::States, List::Organizations, List::Agreements, List::Events, List::Places, List::People];

/// Lists whose weak forms count only beside a strong one of the same entry.
const NEED_STRONG: [List; 4] = [List::States, List::Organizations, List::Agreements, List::Events];

/// A common word stands at least this often among a million words of running press text.
const COMMON: u32 = 20;

/// A form in a row.
struct Claim<'l> {
    entry: &'l Entry<'l>,
    form: Form<'l>,
}

pub(super) fn check(lists: &Lists<'_>, findings: &mut Findings<'_>) {
    let words = Words::new(lists);
    let guards: HashSet<(&str, String)> =
        lists.of(List::Guards).iter().map(|guard| (guard.cell("list"), key(guard.cell("form").trim_start_matches(['=', '~'])))).collect();
    let mut claims: BTreeMap<String, Vec<Claim<'_>>> = BTreeMap::new();
    // Only what is checked can clash: forms of the lists below are looked at when a new row has them too.
    let is_user = !lists.is_folder;
    let new: HashSet<String> = match is_user {
        true => NAMES.iter().flat_map(|list| lists.checked(*list)).flat_map(|entry| inspect::forms(&entry.row)).map(|form| key(form.text)).collect(),
        false => HashSet::new(),
    };
    for list in NAMES {
        for entry in lists.of(list) {
            let forms = inspect::forms(&entry.row);
            if entry.source.is_some() {
                alone(entry, &forms, findings);
            }
            for form in forms {
                let key = key(form.text);
                if !is_user || entry.source.is_some() || new.contains(&key) {
                    claims.entry(key).or_default().push(Claim { entry, form });
                }
            }
        }
    }
    let mut told = HashSet::new();
    for (key, claims) in &claims {
        let is_guarded = |list: List| guards.contains(&(list.name(), key.clone()));
        let firing: Vec<&Claim<'_>> = claims.iter().filter(|claim| claim.form.strength != Strength::Weak && !is_guarded(claim.entry.row.list)).collect();
        for claim in firing.iter().filter(|claim| claim.entry.source.is_some()) {
            common_word(claim, key, &words, findings);
        }
        clashes(&firing, &mut told, findings);
    }
    overrides(lists, findings);
    lexicon(lists, findings);
}

/// Words of running text and how often they stand there.
struct Words<'l> {
    per_million: HashMap<&'l str, u32>,
    grammar: HashSet<&'l str>,
}

impl<'l> Words<'l> {
    fn new(lists: &'l Lists<'_>) -> Words<'l> {
        let common = lists.of(List::CommonWords).iter();
        Words {
            per_million: common.filter_map(|word| Some((word.cell("form"), word.cell("per_million").parse().ok()?))).collect(),
            grammar: lists.of(List::FunctionWords).iter().map(|word| word.cell("form")).collect(),
        }
    }
}

/// A name that running text is full of is found everywhere.
fn common_word(claim: &Claim<'_>, key: &str, words: &Words<'_>, findings: &mut Findings<'_>) {
    let often = words.per_million.get(key).copied();
    let Some(often) = often.filter(|often| *often >= COMMON).or_else(|| words.grammar.contains(key).then_some(0)) else { return };
    let text = claim.form.text;
    let measured = if often > 0 { format!("{often} of a million words of press text") } else { "a word of grammar".to_owned() };
    let in_lower_case = match claim.form.case {
        CaseRule::Fold => true,
        CaseRule::Capitals | CaseRule::Exact => !text.chars().any(char::is_uppercase),
    };
    if in_lower_case {
        let message = format!("`{text}` is a common word ({measured}) and counts in lower case: write it with a capital, put it into `weak`, or remove it");
        findings.of(claim.entry, Error, "common-word", message);
    } else if text.chars().any(char::is_lowercase) || text.chars().count() == 1 {
        // All capitals, letter for letter, is how an acronym differs from a word.
        let message = format!(
            "`{text}` is also a common word ({measured}): it counts at the start of every sentence and in titles; put it into `weak`, or guard it in guards.tsv"
        );
        findings.of(claim.entry, Warning, "common-word", message);
    }
}

/// What one row's forms say by themselves.
fn alone(entry: &Entry<'_>, forms: &[Form<'_>], findings: &mut Findings<'_>) {
    let list = entry.row.list;
    for form in forms {
        let visible = form.text.chars().filter(|c| c.is_alphanumeric()).count();
        if visible == 0 {
            findings.of(entry, Error, "no-letters", format!("the form `{}` in `{}` holds no letter and no digit: remove it", form.text, form.column));
        } else if visible == 1 && form.text.chars().count() == 1 && form.strength != Strength::Weak {
            findings.of(entry, Warning, "one-letter", format!("`{}` is one letter: it stands everywhere; put it into `weak` or remove it", form.text));
        }
        if form.text.starts_with("the ") {
            findings.of(entry, Warning, "article", format!("`{}`: write names without \"the\"", form.text));
        }
    }
    if NEED_STRONG.contains(&list) && !forms.is_empty() && forms.iter().all(|form| form.strength == Strength::Weak) {
        findings.of(
            entry,
            Warning,
            "never-counts",
            format!("all forms of {} are weak, and a weak form counts only beside a strong one of its entry: add an alias that is sure", entry.label()),
        );
    }
    if forms.is_empty() && entry.row.cells.first().is_some_and(|id| !id.is_empty()) {
        findings.of(entry, Warning, "never-counts", format!("{} has no form: fill `name`", entry.label()));
    }
    for (i, form) in forms.iter().enumerate() {
        // A name repeated in `weak` makes it weak; a value twice in a cell is told by its shape.
        let is_repeated = |other: &Form<'_>| other.text == form.text && (other.column == form.column || form.column == "weak");
        let same = |other: &&Form<'_>| other.strength == form.strength && !is_repeated(other) && key(other.text) == key(form.text) && covers(other, form);
        let covered = forms[..i].iter().find(same);
        if let Some(other) = covered {
            let message = format!(
                "`{}` ({}) matches what `{}` ({}) matches: accents, dashes and hyphens need no variants; remove it",
                form.text, form.column, other.text, other.column
            );
            findings.of(entry, Warning, "same-form", message);
        }
    }
}

/// Whether `a` matches every text that `b` (the same letters, folded) matches.
fn covers(a: &Form<'_>, b: &Form<'_>) -> bool {
    match (a.case, b.case) {
        (CaseRule::Fold, _) => true,
        (CaseRule::Capitals, CaseRule::Capitals | CaseRule::Exact) => satisfies(b.text, a),
        (CaseRule::Exact, CaseRule::Exact) => a.text == b.text,
        _ => false,
    }
}

/// Whether the text `text`, folded the same as the form, has the letters' case that the form wants.
fn satisfies(text: &str, form: &Form<'_>) -> bool {
    let words = |of: &'_ str| {
        of.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| word.chars().next().is_some_and(char::is_uppercase))
            .collect::<Vec<_>>()
    };
    match form.case {
        CaseRule::Fold => true,
        CaseRule::Exact => text == form.text,
        CaseRule::Capitals => words(form.text).into_iter().take(8).zip(words(text)).all(|(wanted, is)| is || !wanted),
    }
}

/// Whether one text, written as usual, is both forms.
fn meet(a: &Form<'_>, b: &Form<'_>) -> bool {
    let shouted = |form: &Form<'_>| !form.text.chars().any(char::is_lowercase);
    shouted(a) == shouted(b) && (satisfies(a.text, b) || satisfies(b.text, a))
}

/// Claims of other entries of the same list, and of other lists; `told` holds the pairs of entries already spoken of.
fn clashes(firing: &[&Claim<'_>], told: &mut HashSet<(usize, usize)>, findings: &mut Findings<'_>) {
    let identity = |entry: &Entry<'_>| std::ptr::from_ref(entry).addr();
    for (i, later) in firing.iter().enumerate() {
        for earlier in &firing[..i] {
            let (one, two) = (earlier.entry, later.entry);
            // The same row twice is told by its shape.
            let is_same = identity(one) == identity(two) || one.row.list == two.row.list && one.row.cells == two.row.cells;
            if is_same || one.source.is_none() && two.source.is_none() || !meet(&earlier.form, &later.form) || !told.insert((identity(one), identity(two))) {
                continue;
            }
            let (new, other) = if two.source.is_some() { (later, earlier) } else { (earlier, later) };
            let is_builtin = other.entry.source.is_none();
            let (text, list) = (new.form.text, other.entry.row.list.name());
            let whom = if is_builtin {
                format!("built-in {list}/{}", other.entry.label())
            } else {
                format!("{} ({})", other.entry.label(), other.entry.place(findings))
            };
            let (id, message) = match one.row.list == two.row.list {
                true if is_builtin => (
                    "form-clash",
                    format!(
                        "`{text}` names {whom} too: give this row the id `{}` if it is the same thing; else put the rarer of the two into `weak` or guard it",
                        other.entry.label()
                    ),
                ),
                true if is_one_thing(one, two) => (
                    "form-clash",
                    format!(
                        "`{text}` names {whom} too, of the same kind and state: make them one row if they are the same thing; else put it into `weak` where it is rarer, or guard it"
                    ),
                ),
                true => (
                    "form-clash",
                    format!(
                        "`{text}` names {whom} too, and the first in the list always wins: put it into `weak` where it is rarer, write it longer, or guard it"
                    ),
                ),
                false => (
                    "form-clash-lists",
                    format!("`{text}` names {whom} of {list} too, and one list always wins: put it into `weak` in one of them, or guard it"),
                ),
            };
            findings.of(new.entry, Warning, id, message);
            // One clash of a row is enough to look at it.
            break;
        }
    }
}

/// Whether kind and state say that two entries may be one.
fn is_one_thing(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    ["kind", "state"].iter().all(|column| a.row.list.schema().column(column).is_some() && a.cell(column) == b.cell(column))
}

/// Users' rows that take the place of a built-in entry are told: it may be meant, or not.
fn overrides(lists: &Lists<'_>, findings: &mut Findings<'_>) {
    for (entry, name) in &lists.overridden {
        let (list, id) = (entry.0.name(), entry.1);
        let Some(row) = lists.checked(entry.0).find(|row| !row.strict && row.cell("id") == id) else { continue };
        findings.of(row, Note, "override", format!("takes the place of the built-in {list}/{id} ({name})"));
    }
}

/// Words of the lexicon that are listed twice with another meaning: the first one is taken.
fn lexicon(lists: &Lists<'_>, findings: &mut Findings<'_>) {
    const ONE_MEANING: [List; 8] =
        [List::Roles, List::Portfolios, List::GivenNames, List::Surnames, List::OrgHeads, List::PlaceHeads, List::FunctionWords, List::CommonWords];
    for list in ONE_MEANING {
        let mut seen: HashMap<&str, &Entry<'_>> = HashMap::new();
        for entry in lists.checked(list) {
            if let Some(first) = seen.insert(entry.label(), entry) {
                let message = format!("`{}` is listed at {} too, with other values: make them one row", entry.label(), first.place(findings));
                findings.of(entry, Warning, "duplicate-form", message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all, found, list};

    fn run(list_of: &str, rows: &[&str], guards: &[&str]) -> String {
        let text = list(&format!("{list_of}.tsv"), "id name kind aliases weak acronyms", rows);
        let guards = list("guards.tsv", "form list needs", guards);
        let words = list("lexicon/common_words.tsv", "form per_million", &["march\t300", "orange\t25", "reading\t40", "seldom\t7", "visa\t31"]);
        let grammar = list("lexicon/function_words.tsv", "form kind", &["it\tpronoun"]);
        found(&[(&format!("{list_of}.tsv"), &text), ("guards.tsv", &guards), ("lexicon/common_words.tsv", &words), ("lexicon/function_words.tsv", &grammar)])
    }

    #[test]
    fn one_form_one_entry() {
        let cases: &[(&[&str], &[&str], &str)] = &[
            (&["a\tAlpha Bank\tbank", "b\tBeta Bank\tbank"], &[], ""),
            (&["a\tAlpha Bank\tbank", "b\tÁlpha-Bank\tbank"], &[], "3 form-clash"),
            (&["a\tAlpha Bank\tbank\t\t\t=AB", "b\tBeta Bank\tbank\tBeta\t\t=AB"], &[], "3 form-clash"),
            (&["a\tAlpha Bank\tbank\t\t\t=AB", "b\tBeta Bank\tbank\t\t=AB"], &[], ""),
            (&["a\tAlpha Bank\tbank\t\t\t=AB", "b\tBeta Bank\tbank\t\t\t=AB"], &["AB\torganizations\talpha"], ""),
            // Letter case tells them apart.
            (&["a\tAlpha Green Fund\tbank\t\t\t=AGRA", "b\tAgra\tbank"], &[], ""),
        ];
        for (rows, guards, wanted) in cases {
            assert_eq!(run("organizations", rows, guards), *wanted, "{rows:?}");
        }
    }

    #[test]
    fn lists_do_not_claim_one_form() {
        let organizations = list("organizations.tsv", "id name kind", &["a\tYad Vashem\tinstitution"]);
        for (name, wanted) in [("Yad Vashem", "2 form-clash-lists"), ("Yad Vashem Hall", "")] {
            let places = list("places.tsv", "id name kind", &[&format!("b\t{name}\tsite")]);
            assert_eq!(found(&[("organizations.tsv", &organizations), ("places.tsv", &places)]), wanted, "{name}");
        }
    }

    #[test]
    fn common_words_are_told() {
        let cases: &[(&str, &[&str], &str)] = &[
            ("a\tOrange\tcompany", &[], "2 common-word"),
            ("a\tOrange\tcompany", &["Orange\torganizations\ttelecom"], ""),
            ("a\tOrange S.A.\tcompany\t\tOrange", &[], ""),
            ("a\tOrange\tcompany\tOrange S.A.\tOrange", &[], ""),
            ("a\tSeldom\tcompany", &[], ""),
            ("a\tOrange County\tcompany", &[], ""),
            ("a\tReading Group\tcompany\t~reading", &[], "2 common-word"),
            ("a\tVisa\tcompany", &[], "2 common-word"),
            ("a\tInformation Technology Board\tagency\t\t\t=IT", &[], ""),
            ("a\tInformation Technology Board\tagency\tIt", &[], "2 common-word"),
        ];
        for (row, guards, wanted) in cases {
            assert_eq!(run("organizations", &[row], guards), *wanted, "{row}");
        }
        let text = list("places.tsv", "id name kind", &["a\t~reading\tcity"]);
        let words = list("lexicon/common_words.tsv", "form per_million", &["reading\t40"]);
        let findings = all(&[("places.tsv", &text), ("lexicon/common_words.tsv", &words)]);
        assert!(findings[0].message.starts_with("`reading` is a common word (40 of a million words of press text) and counts in lower case"), "{findings:?}");
    }

    #[test]
    fn forms_can_count() {
        let cases = [
            ("a\tPorsche\tcompany\t\tPorsche", "2 never-counts"),
            ("a\tPorsche\tcompany\tPorsche AG\tPorsche", ""),
            ("a\tX\tcompany\tX Corp", "2 one-letter"),
            ("a\t—\tcompany\tDash Corp", "2 no-letters"),
            ("a\tLight\tcompany\tthe Light Company", "2 article"),
            ("a\tÅland Bank\tcompany\tAland Bank", "2 same-form"),
            ("a\tAsia-Pacific Bank\tcompany\tAsia Pacific Bank", "2 same-form"),
            ("a\tAsia-Pacific Bank\tcompany\t~asia pacific bank", ""),
        ];
        for (row, wanted) in cases {
            assert_eq!(run("organizations", &[row], &[]), wanted, "{row}");
        }
        assert_eq!(run("places", &["a\tSpringfield\tcity"], &[]), "");
    }

    #[test]
    fn users_forms_are_held_against_the_lists_below() {
        let strict = list("people.tsv", "id name family", &["az-orrwell-ada\tAda Orrwell\tOrrwell", "az-sallow-bea\tBea Sallow\tSallow"]);
        let cases = [("id\tname\nme-orrwell\tAda Orrwell\n", "2 form-clash"), ("id\tname\naz-orrwell-ada\tAda Orrwell\n", ""), ("name\nCleo Fenn\n", "")];
        for (user, wanted) in cases {
            assert_eq!(found(&[("people.tsv", &strict), ("our.people.tsv", user)]), wanted, "{user}");
        }
        let findings = all(&[("people.tsv", &strict), ("our.people.tsv", "id\tname\tsource\naz-orrwell-ada\tAda Orrwell\tsite\n")]);
        assert_eq!(findings[0].to_string(), "our.people.tsv:2: note[override]: takes the place of the built-in people/az-orrwell-ada (Ada Orrwell)");
    }
}
