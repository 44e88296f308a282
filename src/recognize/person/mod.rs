//! People: listed ones, and unknown ones by the evidence around a capitalised run.
//!
//! Finds: names on the list; runs of capitalised words backed by an honorific, a role, a given
//! name, a surname, a verb of saying, a list of other people, a repeat. Misses on purpose: capitalised
//! words without evidence, names inside other names ("Nobel Prize"). Needs: `people.tsv`,
//! `lexicon/given_names.tsv`, `lexicon/surnames.tsv`, `lexicon/honorifics.tsv`, `lexicon/name_particles.tsv`,
//! `lexicon/name_suffixes.tsv`, `lexicon/common_words.tsv`.

mod evidence;
mod listed;
mod repeats;
mod run;
mod single;
mod words;

pub use listed::find;

use evidence::Evidence;
use repeats::Lone;
use run::Run;
use words::Words;

use super::role::RoleFound;
use super::{Context, Found, Names};
use crate::annotation::{Form, Label};

/// Evidence that makes a run a person.
const THRESHOLD: f32 = 2.4;
/// Evidence that does when another person stands beside it in a list.
const LISTED_THRESHOLD: f32 = 1.3;

/// Proposes unknown people and weak forms of listed ones, given the names and roles found.
pub fn find_unknown<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, roles: &[RoleFound<'a>], out: &mut Vec<Found<'a>>) {
    let around = Around::new(ctx, roles);
    let lone = Lone::new(ctx);
    let mut evidence = Evidence { ctx, names, around: &around, lone: &lone, words: Words::default() };
    let mut people: Vec<Found<'a>> = Vec::new();
    let mut doubtful: Vec<(Run, f32)> = Vec::new();
    let mut i = 0;
    while let Some(start) = run::next_start(ctx, i) {
        let Some(run) = run::at(ctx, names, &around, start) else {
            i = start + 1;
            continue;
        };
        i = run.end;
        match evidence.judge(run) {
            Verdict::Person(found) => people.push(found),
            Verdict::Doubt(run, score) => doubtful.push((run, score)),
            Verdict::No => {}
        }
    }
    join_lists(&evidence, &mut people, &mut doubtful);
    out.extend(people);
}

/// What is thought of a run.
enum Verdict<'a> {
    Person(Found<'a>),
    /// A name of two words or more without enough evidence of its own.
    Doubt(Run, f32),
    No,
}

/// "A, B and C": who stands beside a person in a list needs less evidence.
fn join_lists<'a>(evidence: &Evidence<'_, '_, 'a>, people: &mut Vec<Found<'a>>, doubtful: &mut Vec<(Run, f32)>) {
    let Evidence { ctx, names, .. } = evidence;
    loop {
        let is_person = |first: usize, people: &[Found<'a>]| {
            names.starting(first).is_some_and(|f| f.label == Label::Person) || people.iter().any(|f| f.first as usize == first)
        };
        let ends_person =
            |end: usize, people: &[Found<'a>]| names.ending(end).is_some_and(|f| f.label == Label::Person) || people.iter().any(|f| f.end as usize == end);
        let joined = doubtful.iter().position(|(run, score)| {
            *score >= LISTED_THRESHOLD
                && (run::before_joint(ctx, run.first).is_some_and(|end| ends_person(end, people))
                    || run::after_joint(ctx, run.end).is_some_and(|first| is_person(first, people)))
        });
        let Some(at) = joined else { return };
        let (run, score) = doubtful.remove(at);
        people.push(ctx.by_rule(run.first, run.end, Label::Person, Form::Full, "person.in_list", (0.5 + 0.07 * score).min(0.8)));
    }
}

/// Where roles begin and end, by token.
pub(super) struct Around {
    roles: Vec<u8>,
}

/// A token lies inside a role.
const INSIDE: u8 = 1;
/// A role begins with a token.
const STARTS: u8 = 2;
/// A role ends before a token.
const ENDS: u8 = 4;

impl Around {
    fn new(ctx: &Context<'_, '_>, roles: &[RoleFound<'_>]) -> Around {
        let mut around = vec![0; ctx.tokens.len() + 1];
        for role in roles {
            let (first, end) = (role.found.first as usize, role.found.end as usize);
            around[first..end].iter_mut().for_each(|flags| *flags |= INSIDE);
            around[first] |= STARTS;
            around[end] |= ENDS;
        }
        Around { roles: around }
    }

    fn has(&self, i: usize, flag: u8) -> bool {
        self.roles.get(i).is_some_and(|flags| flags & flag != 0)
    }

    fn starts(&self, i: usize) -> bool {
        self.has(i, STARTS)
    }

    fn ends(&self, i: usize) -> bool {
        self.has(i, ENDS)
    }

    fn inside(&self, i: usize) -> bool {
        self.has(i, INSIDE)
    }
}
