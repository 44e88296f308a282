//! Tenures: what the dated list says about a holder and an office at a date.
//!
//! The day of appointment and the day of hand-over count as in office. Dates of lower precision
//! are compared as far as they go ("2024" touches every day of 2024). An open tenure is no
//! evidence after the day up to which the list was checked.

use crate::annotation::OnList;
use crate::gazetteer::{Column, EntryId, List, Tables};

/// The office a role names.
#[derive(Clone, Copy, Debug)]
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

/// Classes whose posts have one holder at a time.
const SINGLE: &[&str] = &["head-of-state", "head-of-government"];

/// The verdict on `person` (a people entry) in `post` at `date` (ISO, any precision).
pub fn verdict<'a>(table: &'a Tables, person: Option<EntryId>, post: &Post<'a>, date: Option<&str>) -> Option<OnList<'a>> {
    let day = date.map(|d| d.get(..10).unwrap_or(d));
    match person {
        Some(person) => of_person(table, person, post, day),
        None => of_post(table, post, day),
    }
}

fn cell(table: &Tables, tenure: EntryId, column: Column) -> &str {
    table.cell(List::Tenures, tenure, column)
}

/// The one person on the list who holds a post of one holder at `date`, and what the list says of that; none when the
/// post or its holder at that date is not certain.
pub fn sole_holder<'a>(table: &'a Tables, post: &Post<'a>, date: Option<&str>) -> Option<(EntryId, OnList<'a>)> {
    let day = date.map(|d| d.get(..10).unwrap_or(d))?;
    let is_post = !post.class.is_empty() && (!post.state.is_empty() || !post.org.is_empty());
    let single =
        SINGLE.contains(&post.class) || post.class == "minister" && !post.portfolio.is_empty() || post.class == "head-of-agency" && !post.org.is_empty();
    if !is_post || !single {
        return None;
    }
    let held = |t: &EntryId| matches!(judge(table, *t, day), "confirmed" | "unverified-since");
    let mut holders = table.holders_of(post.state, post.org, post.class, post.portfolio).into_iter().filter(held);
    let tenure = holders.next()?;
    let person = cell(table, tenure, Column::Person);
    if holders.any(|other| cell(table, other, Column::Person) != person) {
        return None;
    }
    let entry = table.entry(List::People, person)?;
    Some((entry, on_list(table, tenure, judge(table, tenure, day), Some(format!("people/{person}")))))
}

/// Whether a person holds any office at `date`, as far as the list knows.
pub fn in_office(table: &Tables, person: EntryId, date: &str) -> bool {
    let day = date.get(..10).unwrap_or(date);
    let id = table.cell(List::People, person, Column::Id);
    table.tenures_of(id).into_iter().any(|t| matches!(judge(table, t, day), "confirmed" | "unverified-since"))
}

/// The tenures of a person that are the post, as far as the post is known.
pub fn matching<'a>(table: &'a Tables, person: EntryId, post: &Post<'a>) -> Vec<EntryId> {
    let id = table.cell(List::People, person, Column::Id);
    table.tenures_of(id).into_iter().filter(|t| is_post(table, *t, post)).collect()
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

fn of_person<'a>(table: &'a Tables, person: EntryId, post: &Post<'a>, day: Option<&str>) -> Option<OnList<'a>> {
    let tenures = matching(table, person, post);
    let reference = Some(format!("people/{}", table.cell(List::People, person, Column::Id)));
    // Without a date the list has nothing to say.
    let day = day?;
    let judged: Vec<_> = tenures.iter().map(|t| (judge(table, *t, day), *t)).collect();
    for wanted in ["confirmed", "unverified-since", "expired", "not-yet"] {
        let pick = if wanted == "not-yet" { judged.iter().find(|(v, _)| *v == wanted) } else { judged.iter().rev().find(|(v, _)| *v == wanted) };
        if let Some((verdict, tenure)) = pick {
            return Some(on_list(table, *tenure, verdict, reference));
        }
    }
    of_post(table, post, Some(day))
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

/// The verdict when the holder is on no list: is the post listed, and with another holder?
fn of_post<'a>(table: &'a Tables, post: &Post<'a>, day: Option<&str>) -> Option<OnList<'a>> {
    if day.is_none() || post.state.is_empty() && post.org.is_empty() || post.class.is_empty() {
        return None;
    }
    let holders: Vec<EntryId> = table.holders_of(post.state, post.org, post.class, post.portfolio);
    let as_of = holders.iter().map(|t| cell(table, *t, Column::AsOf)).max().filter(|v| !v.is_empty());
    let single = SINGLE.contains(&post.class) || post.class == "minister" && !post.portfolio.is_empty();
    let other = day.filter(|_| single).and_then(|day| holders.iter().find(|t| judge(table, **t, day) == "confirmed"));
    if let Some(tenure) = other {
        let reference = format!("people/{}", cell(table, *tenure, Column::Person));
        return Some(on_list(table, *tenure, "other-holder", Some(reference)));
    }
    let verdict = if holders.is_empty() { "post-not-listed" } else { "person-not-listed" };
    Some(OnList { verdict, from: None, to: None, as_of, reference: None })
}

#[cfg(test)]
mod tests {
    use super::before;

    #[test]
    fn tenure_dates_compare_at_shared_precision() {
        assert!(before("2020-07-15", "2020-07-16"));
        assert!(!before("2020-07-16", "2020-07-16"), "the day of appointment counts");
        assert!(!before("2020", "2020-07-16"), "a year touches its days");
        assert!(before("2019-12", "2020"));
    }
}
