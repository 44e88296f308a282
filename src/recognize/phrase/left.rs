//! What may stand before a head: "U.S.-Japan Security Consultative | Committee".

use super::{is_hyphen, is_name_word, is_named};
use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, List, Strength};
use crate::recognize::{Context, Names};
use crate::token::{Case, Gap, Kind};

/// Most tokens before a head.
const MAX_TOKENS: usize = 12;
/// Most words before an "and" that no portfolio speaks for.
const MAX_CONJUNCT: usize = 4;
/// Classes of offices whose title before a name is no part of it ("Director | Finance Ministry").
const TITLES: &[&str] = &["minister", "deputy-minister", "head-of-agency", "deputy-head", "head-of-state", "head-of-government", "governor", "ambassador"];
/// Ordinals that begin a name ("Second Committee", "Fifth Fleet").
const ORDINALS: &[&str] = &["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"];

/// The side before a head.
pub(super) struct Left<'c, 's, 'a> {
    pub(super) ctx: &'c Context<'s, 'a>,
    pub(super) names: &'c Names<'a>,
    /// First token of the head.
    pub(super) head: usize,
    /// First token that the name may take up.
    pub(super) floor: usize,
    /// Whether a complement follows the head.
    pub(super) complete: bool,
    /// Whether things of the head's kind are numbered ("2nd Battalion").
    pub(super) is_numbered: bool,
    /// Whether the title of an office before the head is no part of the name; of a place's ("Queen Street") it is.
    pub(super) titles_stop: bool,
    /// Whether the head is an agreement's or law's, before which states may stand in a list.
    pub(super) is_law: bool,
}

impl<'a> Left<'_, '_, 'a> {
    /// First token of the name.
    pub(super) fn start(&self) -> usize {
        let mut first = self.head;
        while first > self.floor && self.ctx.same_line(first) && self.head - first < MAX_TOKENS {
            match self.before(first) {
                Some(earlier) => first = earlier,
                None => break,
            }
        }
        while first < self.head && drops_at_start(self.ctx, first) {
            first += 1;
        }
        first
    }

    /// Where the name starts if it takes up what ends before `first`.
    fn before(&self, first: usize) -> Option<usize> {
        let (ctx, names, floor) = (self.ctx, self.names, self.floor);
        let j = first - 1;
        if ctx.tokens[j].clitic > 0 && !possessive_may_lead(names, j) {
            return None;
        }
        if let Some(whole) = whole_name(ctx, names, first, floor) {
            return Some(whole);
        }
        if is_hyphen(ctx, j) && j > floor {
            let state = names.ending(j).filter(|f| f.label == Label::State && f.first as usize >= floor);
            if let Some(state) = state {
                return Some(state.first as usize);
            }
        }
        if let Some(state) = state_of_list(ctx, names, first, floor).filter(|_| self.is_law) {
            return Some(state);
        }
        if self.is_law && ctx.word(j) == ")" {
            return bracketed(ctx, j, floor);
        }
        if self.is_numbered && is_ordinal_number(ctx.word(j)) {
            return Some(j);
        }
        if is_name_word(ctx, j) {
            return (!self.stops(j)).then_some(j);
        }
        if ORDINALS.contains(&ctx.word(j)) && !ctx.opens(j) && ctx.tokens[j].clitic == 0 {
            return Some(j);
        }
        if ctx.word(j) == "." && j > floor && is_initial(ctx, j) {
            return Some(j - 1);
        }
        if let Some(format) = with_plus(ctx, j, floor) {
            return Some(format);
        }
        self.joins(j, first).then(|| names.ending(j).filter(|f| f.first as usize >= floor).map_or(j - 1, |f| f.first as usize))
    }

    /// Whether token `j` cannot stand inside the name.
    fn stops(&self, j: usize) -> bool {
        stops(self.ctx, self.names, j) || self.titles_stop && ends_title(self.ctx, j)
    }

    /// Whether a hyphen, an ampersand or "and" at token `j` stands between two capitalised words of one name.
    fn joins(&self, j: usize, first: usize) -> bool {
        let (ctx, names, floor) = (self.ctx, self.names, self.floor);
        if j <= floor || !ctx.same_line(j) || !is_name_word(ctx, j - 1) || !is_name_word(ctx, first) || ctx.tokens[j - 1].clitic > 0 || self.stops(j - 1) {
            return false;
        }
        match ctx.word(j) {
            "-" | "–" => is_hyphen(ctx, j),
            "&" => true,
            "and" => {
                let portfolio = ctx.has(j - 1, List::Portfolios) || first < self.head && ctx.has(first, List::Portfolios);
                !is_named(names, j - 1)
                    && !ends_head(ctx, j)
                    && !names.over(first).is_some_and(|f| f.label == Label::State)
                    && !(self.complete && first == self.head)
                    && (portfolio || first < self.head && leads_from_article(ctx, names, j, floor))
            }
            "," => !is_named(names, j - 1) && ctx.has(j - 1, List::Portfolios) && ends_with_and(ctx, j, self.head) && first < self.head,
            _ => false,
        }
    }
}

/// A listed name of several tokens, or a state with points in it, that ends before `first`.
fn whole_name<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, first: usize, floor: usize) -> Option<usize> {
    let named = names.ending(first).filter(|f| f.first as usize >= floor && f.end - f.first > 1)?;
    let joins = match named.label {
        Label::State | Label::Place => true,
        Label::Organization => named.form != Form::Definite,
        _ => false,
    };
    (joins && ctx.tokens[first - 1].clitic == 0).then_some(named.first as usize)
}

/// "Iran, North Korea, and | Syria Nonproliferation Act": a state before the comma or "and" when one follows.
fn state_of_list<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, first: usize, floor: usize) -> Option<usize> {
    let mut joint = first - 1;
    if ctx.word(joint) == "and" && joint > floor {
        joint -= usize::from(ctx.word(joint - 1) == ",");
    } else if ctx.word(joint) != "," {
        return None;
    }
    let is_state = |f: &&crate::recognize::Found<'a>| f.label == Label::State && f.form != Form::Demonym;
    names.starting(first).filter(is_state)?;
    let state = names.ending(joint).filter(is_state).filter(|f| f.first as usize >= floor)?;
    // In "between Iran, Iraq and Syria Agreement" the list is none of the name.
    let open = state.first as usize;
    let listed = ctx.word(open.wrapping_sub(1)) == "," || ctx.is_any(open.wrapping_sub(1), &["the"]);
    listed.then_some(open)
}

/// "(" of "House of Lords (Hereditary Peers) | Bill", where a name stands before it.
fn bracketed(ctx: &Context<'_, '_>, close: usize, floor: usize) -> Option<usize> {
    let open = (close.saturating_sub(6)..close).rev().find(|i| ctx.word(*i) == "(")?;
    (open > floor && is_name_word(ctx, open - 1)).then_some(open)
}

/// "2nd", "158th".
fn is_ordinal_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th")
}

/// "V" of "V. Dahl Museum", "Univ" of "Univ. of Tokyo".
fn is_initial(ctx: &Context<'_, '_>, point: usize) -> bool {
    let token = &ctx.tokens[point - 1];
    ctx.tokens[point].gap == Gap::None && token.case == Case::Upper && token.kind == Kind::Word && token.end - token.start == 1
}

/// "Prime Minister's Office", "People's Bank" keep the possessive; "Azerbaijan's Ministry" does not.
fn possessive_may_lead<'a>(names: &Names<'a>, i: usize) -> bool {
    !names.over(i).is_some_and(|f| matches!(f.label, Label::State | Label::Person | Label::Organization | Label::Place))
}

/// First token of "C5+1", "3+3", which ends with token `j`.
fn with_plus(ctx: &Context<'_, '_>, j: usize, floor: usize) -> Option<usize> {
    let glued = |i: usize| ctx.tokens[i].gap == Gap::None;
    (j >= floor + 2 && ctx.tokens[j].kind == Kind::Number && ctx.word(j - 1) == "+" && glued(j) && glued(j - 1) && ctx.tokens[j - 2].is_word()).then_some(j - 2)
}

/// Whether a head ends before token `j`: what stands there is a name of its own.
fn ends_head(ctx: &Context<'_, '_>, j: usize) -> bool {
    ctx.ending(j, List::OrgHeads, 3).next().is_some()
}

/// "the Joint Monitoring | and Evaluation Commission": before the "and" few words after an article, none a head or a name.
fn leads_from_article<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, and: usize, floor: usize) -> bool {
    let mut i = and;
    while i > floor && and - i <= MAX_CONJUNCT {
        i -= 1;
        if ctx.is_any(i, &["the"]) {
            return i + 1 < and;
        }
        if !ctx.same_line(i) || !is_name_word(ctx, i) || ctx.has(i, List::OrgHeads) || is_named(names, i) && i + 1 == and || ctx.tokens[i].clitic > 0 {
            return false;
        }
    }
    false
}

/// "Culture, Youth | and Sports Committee": between the comma and the head stands an "and".
fn ends_with_and(ctx: &Context<'_, '_>, comma: usize, head: usize) -> bool {
    (comma + 1..head).any(|i| ctx.word(i) == "and")
}

/// A word that cannot stand inside a name to the left of its head.
fn stops<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, j: usize) -> bool {
    if ctx.is_in(j, List::Honorifics) || ctx.is_in(j, List::SpeechVerbs) && ctx.opens(j) {
        return true;
    }
    names.over(j).is_some_and(|f| f.label == Label::Date && f.end as usize > j + 1)
}

/// Whether the title of an office ends with token `j`.
fn ends_title(ctx: &Context<'_, '_>, j: usize) -> bool {
    ctx.tokens[j].clitic == 0
        && (j.saturating_sub(3)..=j).any(|k| {
            ctx.lookups.at(k).iter().any(|h| {
                h.list == List::Roles
                    && h.end as usize == j + 1
                    && h.strength == Strength::Strong
                    && h.column_name() == "form"
                    && ctx.tokens[k].is_capitalized()
                    && TITLES.contains(&ctx.cell(h, Column::Class))
            })
        })
}

/// A sentence's first word that is capitalised only for standing there, or a rank of a person.
fn drops_at_start(ctx: &Context<'_, '_>, first: usize) -> bool {
    ctx.opens(first) && (ctx.is_function_word(first) || ctx.is_in(first, List::SpeechVerbs))
        || ctx.is_in(first, List::FunctionWords) && !ORDINALS.contains(&ctx.word(first))
        || !ctx.tokens[first].is_word()
}
