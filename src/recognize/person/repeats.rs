//! Words that stand alone elsewhere in the text as a person would: "Mr Orrwell said", "Orrwell told".

use rustc_hash::FxHashMap;

use super::super::Context;
use super::super::phrase::is_name_word;
use crate::gazetteer::List;
use crate::token::{Case, Gap, Kind};

/// Capitalised words without a capitalised neighbour, by hash.
pub(super) struct Lone {
    seen: FxHashMap<u64, Manner>,
}

/// How a lone word was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manner {
    /// In the middle of a sentence.
    Plain,
    /// Behind a form of address, or before a verb of saying.
    Personal,
}

impl Lone {
    pub(super) fn new(ctx: &Context<'_, '_>) -> Lone {
        let mut seen = FxHashMap::default();
        for i in ctx.capitals_from(0) {
            let token = &ctx.tokens[i];
            if token.case != Case::Capital || token.kind != Kind::Word || ctx.is_function_word(i) {
                continue;
            }
            let behind_name = i > 0 && ctx.same_line(i) && is_name_word(ctx, i - 1) && ctx.tokens[i - 1].clitic == 0 && !ctx.has(i - 1, List::Honorifics);
            let before_name = token.clitic == 0 && ctx.same_line(i + 1) && is_name_word(ctx, i + 1);
            if behind_name || before_name {
                continue;
            }
            let manner = if speaks(ctx, i) || is_called(ctx, i) {
                Manner::Personal
            } else if ctx.opens(i) && token.clitic == 0 {
                continue;
            } else {
                Manner::Plain
            };
            let known = seen.entry(token.hash).or_insert(manner);
            *known = manner.max(*known);
        }
        Lone { seen }
    }

    /// How the word of this hash was met alone, if it was.
    pub(super) fn met(&self, hash: u64) -> Option<Manner> {
        self.seen.get(&hash).copied()
    }
}

/// "X said", "said X": a verb of saying beside token `i`.
fn speaks(ctx: &Context<'_, '_>, i: usize) -> bool {
    let verb = |at: usize| ctx.is_in(at, List::SpeechVerbs) && ctx.tokens[at].case == Case::Lower;
    ctx.tokens[i].clitic == 0 && ctx.joined(i + 1) && verb(i + 1) || i > 0 && ctx.joined(i) && verb(i - 1)
}

/// "Mr X".
fn is_called(ctx: &Context<'_, '_>, i: usize) -> bool {
    let point = || usize::from(ctx.word(i - 1) == "." && ctx.tokens[i - 1].gap == Gap::None);
    i > 0
        && ctx.joined(i)
        && (i.saturating_sub(3)..i)
            .filter(|k| ctx.has(*k, List::Honorifics))
            .any(|k| ctx.lookups.at(k).iter().any(|h| h.list == List::Honorifics && (h.end as usize == i || h.end as usize + point() == i)))
}
