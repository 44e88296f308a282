//! Roles: holders, states and organisations as the text says them, and what the dated list says.

use std::borrow::Cow;

use super::Builder;
use crate::annotation::{Id, OnList, Role, Score};
use crate::gazetteer::{Column, EntryId, List};
use crate::resolve::coreference::Entity;
use crate::resolve::holder::Held;
use crate::resolve::tenure::Post;

impl<'t> Builder<'_, 't> {
    pub(super) fn add_roles(&mut self) {
        let mut held: Vec<&Held<'t>> = self.parts.held.iter().collect();
        held.sort_by_key(|h| self.number[h.mention]);
        self.out.roles.reserve(held.len());
        let mut count = 0;
        for h in held {
            let holders: Vec<Option<usize>> = std::iter::once(h.person).chain(h.others.iter().copied().map(Some)).collect();
            let each = h.states.len() > 1 && h.states.len() == holders.len();
            for (i, person) in holders.into_iter().enumerate() {
                count += 1;
                let id = Id { letter: 'r', number: count };
                self.role_of.entry(h.mention).or_insert(id);
                // "Presidents of A and B, X and Y": to each holder his own state.
                let own = each.then(|| Held { state: Some((h.states[i], "complement")), ..(*h).clone() });
                let role = self.role(id, own.as_ref().unwrap_or(h), person);
                self.out.roles.push(role);
            }
        }
    }

    fn role(&self, id: Id, h: &Held<'t>, person: Option<usize>) -> Role<'t> {
        let table = self.table();
        let entity = |mention: usize| self.parts.entity_of[mention].map(|e| &self.parts.entities[e]);
        let listed = person.and_then(entity).and_then(|e| e.listed(List::People));
        let org_entry = h.org.and_then(entity).and_then(|e| e.listed(List::Organizations));
        let mut post = Post {
            class: h.role.class,
            portfolio: h.role.portfolio,
            state: h.state.map_or("", |(e, _)| table.cell(List::States, e, Column::Id)),
            org: org_entry.map_or("", |e| table.cell(List::Organizations, e, Column::Id)),
        };
        let mut state = h.state.map(|(e, basis)| (self.state_code(Some((List::States, e))), basis));
        if state.is_none() && org_entry.is_none() {
            state = self.inferred_state(h, listed, &post);
            post.state = state.map_or("", |(code, _)| code);
        }
        let date = self.parts.dated.given.as_ref().map(|g| g.value.as_str());
        let named = person.is_some() || h.person.is_some();
        let said = state.is_none_or(|(_, basis)| !matches!(basis, "issuer" | "gazetteer"));
        let inferred = if !named && said && h.role.status == "current" && !h.role.plural { self.parts.tenures.sole_holder(&post, date) } else { None };
        let on_list = match &inferred {
            Some((_, on_list)) => Some(on_list.clone()),
            None if named => self.on_list(listed, &post, date),
            None => None,
        };
        let here = match &inferred {
            Some((holder, _)) => self.entity_listed(*holder),
            None if !named && said && h.role.status == "current" && !h.role.plural => self.known_holder(&post),
            None => None,
        };
        Role {
            id,
            title: Cow::Borrowed(self.slice(h.role.found.span)),
            class: h.role.class,
            portfolio: Some(h.role.portfolio).filter(|p| !p.is_empty()),
            mention: self.mention_id(h.mention),
            person: person.and_then(|p| self.entity_id(p)).or(here),
            inferred: inferred.is_some() || here.is_some(),
            org: h.org.and_then(|o| self.entity_id(o)),
            state: state.map(|(code, _)| code),
            status: h.role.status,
            link: if here.is_some() { Some("role.listed_holder") } else { h.link.filter(|_| person.is_some()) },
            state_basis: state.map(|(_, basis)| basis),
            on_list,
            conf: Score(if person.is_some() { h.role.found.conf } else { h.role.found.conf - 0.15 }),
        }
    }

    /// The person of this text who is this entry of the list.
    fn entity_listed(&self, person: EntryId) -> Option<Id> {
        self.parts.entities.iter().position(|e| e.entry == Some((List::People, person))).map(|e| self.id(e))
    }

    /// The one person of this text who ever held a post, by the list.
    fn known_holder(&self, post: &Post<'t>) -> Option<Id> {
        if post.class.is_empty() || post.state.is_empty() && post.org.is_empty() {
            return None;
        }
        let held = |e: &&Entity<'t>| matches!(e.entry, Some((List::People, person)) if !self.parts.tenures.matching(person, post).is_empty());
        let mut holders = self.parts.entities.iter().enumerate().filter(|(_, e)| held(e));
        let (holder, _) = holders.next()?;
        holders.next().is_none().then(|| self.id(holder))
    }

    /// The list's word on the office; the organisation is dropped when the list ties the post to the state alone.
    fn on_list(&self, listed: Option<EntryId>, post: &Post<'t>, date: Option<&str>) -> Option<OnList<'t>> {
        let direct = self.parts.tenures.verdict(listed, post, date);
        if listed.is_some()
            && direct.as_ref().is_none_or(|v| matches!(v.verdict, "post-not-listed" | "person-not-listed" | "other-holder"))
            && !post.state.is_empty()
            && !post.org.is_empty()
        {
            return self.parts.tenures.verdict(listed, &Post { org: "", ..*post }, date);
        }
        direct
    }

    /// A state for a bare title: from the listed holder's office, else the issuer's for state offices.
    fn inferred_state(&self, h: &Held<'t>, listed: Option<EntryId>, post: &Post<'t>) -> Option<(&'t str, &'static str)> {
        if let Some(person) = listed {
            let tenures = self.parts.tenures.matching(person, post);
            let date = self.parts.dated.given.as_ref().map(|g| g.value.as_str());
            let current = tenures.iter().rev().find(|t| date.is_none_or(|d| self.table().cell(List::Tenures, **t, Column::From) <= d)).or(tenures.last());
            let state = current.map(|t| self.table().cell(List::Tenures, *t, Column::State)).filter(|s| s.len() == 2);
            if state.is_some() {
                return state.map(|s| (s, "gazetteer"));
            }
        }
        if h.org.is_some() {
            return None;
        }
        let office_of_state = h.role.is_of_state() && (h.role.class != "head-of-state" || listed.is_none());
        let issuer = self.parts.issuer.filter(|i| office_of_state && i.is_sure())?;
        let state = self.state_code(Some((List::States, issuer.state)));
        self.parts.tenures.has_office(state, h.role.class, self.slice(h.role.head.span)).then_some((state, "issuer"))
    }
}
