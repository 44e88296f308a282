//! Why a role has its holder and state, and which tenures were looked up.

use super::candidate::named;
use super::record::Seen;
use super::{RoleReason, TenureRow, source};
use crate::annotation::{EntityRef, Id, Role};
use crate::gazetteer::{Column, EntryId, List};
use crate::resolve::tenure::{Post, Tenures};

/// Most tenures shown.
const MOST: usize = 6;

/// The roles that a mention names.
pub(super) fn of_mention<'t>(seen: &Seen<'_, '_, 't>, mention: Id) -> Vec<RoleReason<'t>> {
    seen.extraction.roles.iter().filter(|role| role.mention == mention).map(|role| reason(seen, role)).collect()
}

fn reason<'t>(seen: &Seen<'_, '_, 't>, role: &Role<'t>) -> RoleReason<'t> {
    let name = |id: Id| named(seen, EntityRef::Id(id));
    RoleReason {
        id: role.id.to_string(),
        class: role.class,
        portfolio: role.portfolio,
        status: role.status,
        holder: role.person.map(name),
        inferred: role.inferred,
        link: role.link.map(source::rule),
        org: role.org.map(name),
        state: role.state,
        state_basis: role.state_basis.map(source::rule),
        on_list: role.on_list.clone(),
        verdict: role.on_list.as_ref().map(|on_list| source::rule(on_list.verdict)),
        tenures: tenures(seen, role),
    }
}

/// The holder's tenures of the post, else the latest of the post.
fn tenures(seen: &Seen<'_, '_, '_>, role: &Role<'_>) -> Vec<TenureRow> {
    let table = seen.ctx.table;
    let entry_of = |reference: Option<String>, list: List| reference.and_then(|r| table.entry(list, r.split_once('/')?.1));
    let reference = |id: Id| named(seen, EntityRef::Id(id)).reference;
    let inferred = role.on_list.as_ref().and_then(|on_list| on_list.reference.clone());
    let person = entry_of(role.person.and_then(reference).or(inferred), List::People);
    let org = entry_of(role.org.and_then(reference), List::Organizations).map_or("", |entry| table.cell(List::Organizations, entry, Column::Id));
    let (class, portfolio, state) = (role.class, role.portfolio.unwrap_or(""), role.state.unwrap_or(""));
    let mut rows = person.map(|person| Tenures::new(table).matching(person, &Post { class, portfolio, state, org })).unwrap_or_default();
    if rows.is_empty() && person.is_some() {
        rows = person.map(|person| Tenures::new(table).matching(person, &Post { class, portfolio, state, org: "" })).unwrap_or_default();
    }
    if rows.is_empty() && !class.is_empty() && (!state.is_empty() || !org.is_empty()) {
        rows = table.holders_of(state, org, class, portfolio);
    }
    let hidden = rows.len().saturating_sub(MOST);
    rows.into_iter().skip(hidden).map(|entry| row(seen, entry)).collect()
}

fn row(seen: &Seen<'_, '_, '_>, entry: EntryId) -> TenureRow {
    let cell = |column| seen.ctx.table.cell(List::Tenures, entry, column).to_owned();
    TenureRow {
        row: seen.sources().row(List::Tenures, entry),
        title: cell(Column::Title),
        from: cell(Column::From),
        to: cell(Column::To),
        as_of: cell(Column::AsOf),
    }
}
