//! Tenures: what the dated list says about a holder and an office at a date.
//!
//! The day of appointment and the day of hand-over count as in office. Dates of lower precision
//! are compared as far as they go ("2024" touches every day of 2024). An open tenure is no
//! evidence after the day up to which the list was checked.

use std::cell::RefCell;
use std::rc::Rc;

use crate::annotation::OnList;
use crate::gazetteer::{Column, EntryId, List, Tables};

/// The office a role names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Post<'a> {
    /// Class of office.
    pub class: &'a str,
    /// Field; empty when none.
    pub portfolio: &'a str,
    /// State code; empty when unknown.
    pub state: &'a str,
    /// Organisation entry id; empty when unknown.
    pub org: &'a str,
}

/// Verdicts on a tenure, the weightiest first.
const VERDICTS: [&str; 4] = ["confirmed", "unverified-since", "expired", "not-yet"];
/// Classes whose posts have one holder at a time.
const SINGLE: &[&str] = &["head-of-state", "head-of-government"];

/// The dated list as one document asks for it: what was looked up once is kept.
pub struct Tenures<'a> {
    table: &'a Tables,
    of_people: RefCell<Vec<(EntryId, Rc<[EntryId]>)>>,
    of_posts: RefCell<Vec<(Post<'a>, Rc<[EntryId]>)>>,
}

impl<'a> Tenures<'a> {
    /// Over the tables in use.
    pub fn new(table: &'a Tables) -> Tenures<'a> {
        Tenures { table, of_people: RefCell::default(), of_posts: RefCell::default() }
    }

    /// The verdict on `person` (a people entry) in `post` at `date` (ISO, any precision).
    pub fn verdict(&self, person: Option<EntryId>, post: &Post<'a>, date: Option<&str>) -> Option<OnList<'a>> {
        // Without a date the list has nothing to say.
        let day = date.map(|d| d.get(..10).unwrap_or(d))?;
        match person {
            Some(person) => self.of_person(person, post, day),
            None => self.of_post(post, day),
        }
    }

    /// The one person on the list who holds a post of one holder at `date`, and what the list says of that; none when the
    /// post or its holder at that date is not certain.
    pub fn sole_holder(&self, post: &Post<'a>, date: Option<&str>) -> Option<(EntryId, OnList<'a>)> {
        let table = self.table;
        let day = date.map(|d| d.get(..10).unwrap_or(d))?;
        let is_post = !post.class.is_empty() && (!post.state.is_empty() || !post.org.is_empty());
        let single =
            SINGLE.contains(&post.class) || post.class == "minister" && !post.portfolio.is_empty() || post.class == "head-of-agency" && !post.org.is_empty();
        if !is_post || !single {
            return None;
        }
        let all = self.holders_of(post);
        let mut holders = all.iter().copied().filter(|t| matches!(judge(table, *t, day), "confirmed" | "unverified-since"));
        let tenure = holders.next()?;
        let person = cell(table, tenure, Column::Person);
        if holders.any(|other| cell(table, other, Column::Person) != person) {
            return None;
        }
        let entry = table.entry(List::People, person)?;
        Some((entry, on_list(table, tenure, judge(table, tenure, day), Some(["people/", person].concat()))))
    }

    /// Whether a state has the office that a title of a class names, as far as the list knows its heads: the United States have
    /// no prime minister and no queen.
    pub fn has_office(&self, state: &'a str, class: &'a str, title: &str) -> bool {
        let holders = |class| self.holders_of(&Post { class, portfolio: "", state, org: "" });
        if !SINGLE.contains(&class) || SINGLE.iter().all(|class| holders(class).is_empty()) {
            return true;
        }
        let says = |title: &str, word: &str| title.to_ascii_lowercase().contains(word);
        let is_elected = says(title, "president");
        let fits =
            |tenure: &EntryId| class != "head-of-state" || says(title, "head") || says(cell(self.table, *tenure, Column::Title), "president") == is_elected;
        holders(class).iter().any(fits)
    }

    /// Whether a person holds any office at `date`, as far as the list knows.
    pub fn in_office(&self, person: EntryId, date: &str) -> bool {
        let day = date.get(..10).unwrap_or(date);
        self.of(person).iter().any(|t| matches!(judge(self.table, *t, day), "confirmed" | "unverified-since"))
    }

    /// The tenures of a person that are the post, as far as the post is known.
    pub fn matching(&self, person: EntryId, post: &Post<'_>) -> Vec<EntryId> {
        self.of(person).iter().copied().filter(|t| is_post(self.table, *t, post)).collect()
    }

    /// The tenure of a person in a post that bears most on `date`, and what the list says of it: see [`Tenures::verdict`].
    pub fn latest(&self, person: EntryId, post: &Post<'_>, date: Option<&str>) -> Option<(EntryId, &'static str)> {
        let matching = self.matching(person, post);
        let Some(date) = date else { return matching.last().map(|tenure| (*tenure, "unverified-since")) };
        let day = date.get(..10).unwrap_or(date);
        let judged: Vec<_> = matching.into_iter().map(|tenure| (judge(self.table, tenure, day), tenure)).collect();
        VERDICTS.iter().find_map(|wanted| {
            let mut fitting = judged.iter().filter(|(verdict, _)| verdict == wanted);
            let pick = if *wanted == "not-yet" { fitting.next() } else { fitting.next_back() };
            pick.map(|(verdict, tenure)| (*tenure, *verdict))
        })
    }

    /// Code of the state of a tenure; empty when it is an organisation's.
    pub fn state(&self, tenure: EntryId) -> &'a str {
        cell(self.table, tenure, Column::State)
    }

    /// Tenures of a person, oldest first.
    fn of(&self, person: EntryId) -> Rc<[EntryId]> {
        let mut known = self.of_people.borrow_mut();
        if let Some((_, tenures)) = known.iter().find(|(other, _)| *other == person) {
            return Rc::clone(tenures);
        }
        let tenures: Rc<[EntryId]> = self.table.tenures_of(self.table.cell(List::People, person, Column::Id)).into();
        known.push((person, Rc::clone(&tenures)));
        tenures
    }

    /// Tenures of a post, oldest first.
    fn holders_of(&self, post: &Post<'a>) -> Rc<[EntryId]> {
        let mut known = self.of_posts.borrow_mut();
        if let Some((_, tenures)) = known.iter().find(|(other, _)| other == post) {
            return Rc::clone(tenures);
        }
        let tenures: Rc<[EntryId]> = self.table.holders_of(post.state, post.org, post.class, post.portfolio).into();
        known.push((*post, Rc::clone(&tenures)));
        tenures
    }

    fn of_person(&self, person: EntryId, post: &Post<'a>, day: &str) -> Option<OnList<'a>> {
        let table = self.table;
        match self.latest(person, post, Some(day)) {
            Some((tenure, verdict)) => Some(on_list(table, tenure, verdict, Some(["people/", table.cell(List::People, person, Column::Id)].concat()))),
            None => self.of_post(post, day),
        }
    }

    /// The verdict when the holder is on no list: is the post listed, and with another holder?
    fn of_post(&self, post: &Post<'a>, day: &str) -> Option<OnList<'a>> {
        if post.state.is_empty() && post.org.is_empty() || post.class.is_empty() {
            return None;
        }
        let table = self.table;
        let holders = self.holders_of(post);
        let as_of = holders.iter().map(|t| cell(table, *t, Column::AsOf)).max().filter(|v| !v.is_empty());
        let single = SINGLE.contains(&post.class) || post.class == "minister" && !post.portfolio.is_empty();
        let other = holders.iter().filter(|_| single).find(|t| judge(table, **t, day) == "confirmed");
        if let Some(tenure) = other {
            let reference = ["people/", cell(table, *tenure, Column::Person)].concat();
            return Some(on_list(table, *tenure, "other-holder", Some(reference)));
        }
        let verdict = if holders.is_empty() { "post-not-listed" } else { "person-not-listed" };
        Some(OnList { verdict, from: None, to: None, as_of, reference: None })
    }
}

fn cell(table: &Tables, tenure: EntryId, column: Column) -> &str {
    table.cell(List::Tenures, tenure, column)
}

fn is_post<'a>(table: &'a Tables, tenure: EntryId, post: &Post<'a>) -> bool {
    let same = |column, wanted: &str| {
        let value = cell(table, tenure, column);
        wanted.is_empty() || value.is_empty() || value == wanted
    };
    same_class(cell(table, tenure, Column::Class), post.class)
        && same(Column::Portfolio, post.portfolio)
        && same(Column::State, post.state)
        && same(Column::Org, post.org)
}

/// Presidents and heads of organisations share the word, so those classes count as one here.
fn same_class(listed: &str, class: &str) -> bool {
    const HEADS: &[&str] = &["head-of-state", "head-of-agency", "speaker", "executive"];
    listed == class || HEADS.contains(&listed) && HEADS.contains(&class)
}

fn judge(table: &Tables, tenure: EntryId, day: &str) -> &'static str {
    let (from, to, as_of) = (cell(table, tenure, Column::From), cell(table, tenure, Column::To), cell(table, tenure, Column::AsOf));
    if !from.is_empty() && before(day, from) {
        "not-yet"
    } else if !to.is_empty() && before(to, day) {
        "expired"
    } else if to.is_empty() && before(as_of, day) {
        "unverified-since"
    } else {
        "confirmed"
    }
}

/// Whether `a` ends before `b` begins, at the precision both share.
fn before(a: &str, b: &str) -> bool {
    let n = a.len().min(b.len());
    a.get(..n) < b.get(..n)
}

fn on_list<'a>(table: &'a Tables, tenure: EntryId, verdict: &'static str, reference: Option<String>) -> OnList<'a> {
    let filled = |column| Some(cell(table, tenure, column)).filter(|v: &&str| !v.is_empty());
    OnList { verdict, from: filled(Column::From), to: Some(filled(Column::To)), as_of: filled(Column::AsOf), reference }
}

#[cfg(test)]
mod tests {
    use super::{Tenures, before};
    use crate::gazetteer::{Tables, builtin};

    #[test]
    fn states_have_the_offices_whose_holders_are_listed() -> Result<(), String> {
        let tables = Tables::new(builtin()?);
        let tenures = Tenures::new(&tables);
        for (state, class, title, has) in [
            ("US", "head-of-government", "Prime Minister", false),
            ("US", "head-of-state", "President", true),
            ("US", "head-of-state", "Head of State", true),
            ("US", "head-of-state", "Queen", false),
            ("NO", "head-of-state", "King", true),
            ("NO", "head-of-state", "President", false),
            ("DE", "head-of-government", "Chancellor", true),
            ("DE", "head-of-state", "FEDERAL PRESIDENT", true),
            ("US", "minister", "Secretary", true),
            ("XX", "head-of-government", "Prime Minister", true),
        ] {
            assert_eq!(tenures.has_office(state, class, title), has, "{state} {title}");
        }
        Ok(())
    }

    #[test]
    fn tenure_dates_compare_at_shared_precision() {
        assert!(before("2020-07-15", "2020-07-16"));
        assert!(!before("2020-07-16", "2020-07-16"), "the day of appointment counts");
        assert!(!before("2020", "2020-07-16"), "a year touches its days");
        assert!(before("2019-12", "2020"));
    }
}
