//! Overlap: which of the proposed mentions stand.
//!
//! One order decides: longer before shorter, then the more confident, then the type's rank in
//! [`RANK`]. A mention inside another stands only where [`may_nest`] says so; crossing mentions
//! never stand together.

use crate::annotation::Label;
use crate::gazetteer::{EntryId, List};
use crate::recognize::Found;

/// Who wins among equals: earlier stands.
const RANK: &[Label] = &[Label::Event, Label::Agreement, Label::State, Label::Organization, Label::Person, Label::Place, Label::Role, Label::Date];

/// Whether `inner` may stand inside `outer` (the guidelines' nesting rule).
pub fn may_nest(outer: Label, inner: Label) -> bool {
    match outer {
        Label::Role => true,
        Label::Organization | Label::Agreement => inner == Label::State,
        Label::Event => matches!(inner, Label::State | Label::Agreement | Label::Organization),
        _ => false,
    }
}

/// The mentions that stand, in text order, outer before inner. `tokens` is the number of tokens.
pub fn resolve<'a>(proposed: &[Found<'a>], tokens: usize) -> Vec<Found<'a>> {
    let mut order: Vec<(Order, u32)> = proposed.iter().zip(0..).map(|(found, i)| (Order::of(found), i)).collect();
    order.sort_unstable();
    let mut standing: Vec<&Found<'a>> = Vec::with_capacity(proposed.len());
    let mut over = Cover { heads: vec![0; tokens], links: Vec::with_capacity(2 * proposed.len()) };
    for (_, i) in order {
        let found = &proposed[i as usize];
        if fits(found, &standing, &over) {
            over.add(found, standing.len() as u32);
            standing.push(found);
        }
    }
    let mut placed: Vec<((u32, u32, u8), u32)> = standing.iter().zip(0..).map(|(found, i)| (place(found), i)).collect();
    placed.sort_unstable();
    placed.into_iter().map(|(_, i)| *standing[i as usize]).collect()
}

/// Where a mention stands among those that stand: in text order, outer before inner.
fn place(found: &Found<'_>) -> (u32, u32, u8) {
    (found.span.start, u32::MAX - found.span.end, outer_rank(found.label))
}

/// The order in which mentions are let in: longer first, then more confident, then by rank, place and entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    /// Length and confidence, both turned round.
    size: u64,
    /// Rank and first token.
    place: u64,
    entry: Option<(List, EntryId)>,
}

impl Order {
    fn of(found: &Found<'_>) -> Order {
        let size = u64::from(u32::MAX - (found.end - found.first)) << 32 | u64::from(u32::MAX - found.conf.to_bits());
        Order { size, place: (rank(found.label) as u64) << 32 | u64::from(found.first), entry: found.entry }
    }
}

/// Whether two mentions cannot stand together.
pub fn clash(a: &Found<'_>, b: &Found<'_>) -> bool {
    a.first < b.end && b.first < a.end && !together(a, b)
}

/// What puts `winner` before `loser`.
pub fn advantage(winner: &Found<'_>, loser: &Found<'_>) -> &'static str {
    if winner.end - winner.first > loser.end - loser.first {
        "longer"
    } else if winner.conf > loser.conf {
        "more confident"
    } else if rank(winner.label) < rank(loser.label) {
        "type goes first"
    } else if winner.first < loser.first {
        "starts earlier"
    } else {
        "first on the list"
    }
}

fn rank(label: Label) -> usize {
    RANK.iter().position(|l| *l == label).unwrap_or(RANK.len())
}

/// Of two mentions over the same text the role is the outer one.
fn outer_rank(label: Label) -> u8 {
    u8::from(label != Label::Role)
}

/// Which standing mentions cover each token: linked lists in one arena, since most tokens have none.
struct Cover {
    /// 1 + index of the token's first link; 0 = none.
    heads: Vec<u32>,
    /// A mention and 1 + index of the next link.
    links: Vec<(u32, u32)>,
}

impl Cover {
    fn add(&mut self, found: &Found<'_>, mention: u32) {
        for head in &mut self.heads[found.first as usize..found.end as usize] {
            self.links.push((mention, *head));
            *head = self.links.len() as u32;
        }
    }

    fn over(&self, token: usize) -> impl Iterator<Item = u32> + '_ {
        let mut next = self.heads[token];
        std::iter::from_fn(move || {
            let (mention, rest) = *self.links.get(next.checked_sub(1)? as usize)?;
            next = rest;
            Some(mention)
        })
    }
}

fn fits<'a>(found: &Found<'a>, standing: &[&Found<'a>], over: &Cover) -> bool {
    (found.first as usize..found.end as usize).flat_map(|token| over.over(token)).all(|i| together(standing[i as usize], found))
}

/// Whether two mentions that share tokens may both stand.
fn together(a: &Found<'_>, b: &Found<'_>) -> bool {
    // "Secretary" as a role and a name with the same extent cannot both stand.
    a.span != b.span && (a.span.contains(b.span) && may_nest(a.label, b.label) || b.span.contains(a.span) && may_nest(b.label, a.label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Form;
    use crate::recognize::Via;
    use crate::span::Span;

    fn found(first: u32, end: u32, label: Label, conf: f32) -> Found<'static> {
        Found { span: Span::new(10 * first, 10 * end), first, end, label, form: Form::Name, entry: None, kind: "", link: None, via: Via::Rule("test"), conf }
    }

    fn labels(proposed: Vec<Found<'_>>) -> Vec<(u32, u32, Label)> {
        resolve(&proposed, 20).iter().map(|f| (f.first, f.end, f.label)).collect()
    }

    #[test]
    fn overlap_nests_and_never_crosses() {
        let state = found(3, 4, Label::State, 0.9);
        assert_eq!(labels(vec![found(0, 4, Label::Organization, 0.5), state]), [(0, 4, Label::Organization), (3, 4, Label::State)]);
        assert_eq!(labels(vec![found(0, 4, Label::Place, 0.5), state]), [(0, 4, Label::Place)]);
        assert_eq!(labels(vec![found(0, 4, Label::Organization, 0.5), found(3, 6, Label::Event, 0.9)]), [(0, 4, Label::Organization)]);
        assert_eq!(labels(vec![found(0, 2, Label::Person, 0.5), found(0, 2, Label::Place, 0.9)]), [(0, 2, Label::Place)]);
        assert_eq!(labels(vec![found(0, 5, Label::Role, 0.5), found(2, 5, Label::Organization, 0.5), found(4, 5, Label::State, 0.5)]).len(), 3);
    }
}
