//! Names composed around a head word: "Ministry of Health", "Asian Development Bank",
//! "Convention on Biological Diversity", "7th Antalya Diplomacy Forum".
//!
//! The heads are data; what may stand before and after them is the grammar here, shared by the
//! recognizers of organisations, agreements, events and places.

use super::{Context, Names};
use crate::annotation::Label;
use crate::gazetteer::{List, Lookup};
use crate::token::{Case, Kind};

/// Longest name, in tokens: beyond it the capitals are a headline.
const MAX_TOKENS: usize = 18;

/// A composed name.
pub(crate) struct Headed {
    /// First token.
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) end: usize,
    /// The head's hit.
    pub(crate) head: Lookup,
}

/// All composed names whose heads are in `list`, with something before or after the head.
pub(crate) fn headed<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, list: List) -> Vec<Headed> {
    let mut out: Vec<Headed> = Vec::new();
    let mut i = 0;
    while i < ctx.tokens.len() {
        if !ctx.tokens[i].is_capitalized() {
            i += 1;
            continue;
        }
        let Some(hit) = ctx.lookups.longest(i, list).copied() else {
            i += 1;
            continue;
        };
        i = hit.end as usize;
        if ctx.shouted(hit.first as usize) {
            continue;
        }
        let position = ctx.cell(&hit, "position");
        let floor = out.last().map_or(0, |h| h.end);
        let first = extend_left(ctx, names, hit.first as usize, floor);
        let end = if position == "suffix" || hit_is_possessive(ctx, &hit) { hit.end as usize } else { extend_right(ctx, names, &hit) };
        if (first < hit.first as usize || end > hit.end as usize) && end - first <= MAX_TOKENS {
            i = end;
            out.push(Headed { first, end, head: hit });
        }
    }
    out
}

fn hit_is_possessive(ctx: &Context<'_, '_>, hit: &Lookup) -> bool {
    ctx.tokens[hit.end as usize - 1].clitic > 0
}

/// Whether token `i` can be part of a name: a capitalised word that is none of grammar.
pub(crate) fn is_name_word(ctx: &Context<'_, '_>, i: usize) -> bool {
    let Some(token) = ctx.tokens.get(i) else { return false };
    match token.kind {
        Kind::Word | Kind::Alphanumeric => token.case != Case::Lower && token.case != Case::None && !ctx.is_function_word(i),
        _ => false,
    }
}

/// First token of the name that ends with the head at `head`.
fn extend_left<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, head: usize, floor: usize) -> usize {
    let mut first = head;
    while first > floor && ctx.same_line(first) && head - first < 9 {
        let j = first - 1;
        if ctx.tokens[j].clitic > 0 && !possessive_may_lead(names, j) {
            break;
        }
        if is_name_word(ctx, j) && !stops_left(ctx, names, j) {
            first = j;
        } else if joins_left(ctx, names, j, first, floor) {
            first = j - 1;
        } else {
            break;
        }
    }
    while first < head && drops_at_start(ctx, first) {
        first += 1;
    }
    first
}

/// "Prime Minister's Office", "People's Bank" keep the possessive; "Azerbaijan's Ministry" does not.
fn possessive_may_lead<'a>(names: &Names<'a>, i: usize) -> bool {
    !names.over(i).is_some_and(|f| matches!(f.label, Label::State | Label::Person | Label::Organization | Label::Place))
}

/// A hyphen, an ampersand or "and" between two capitalised words of one name.
fn joins_left<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, j: usize, first: usize, floor: usize) -> bool {
    if j <= floor
        || !ctx.same_line(j)
        || !is_name_word(ctx, j - 1)
        || !is_name_word(ctx, first)
        || ctx.tokens[j - 1].clitic > 0
        || stops_left(ctx, names, j - 1)
    {
        return false;
    }
    match ctx.word(j) {
        "-" | "–" => ctx.tokens[j].gap == crate::token::Gap::None,
        "&" => true,
        "and" => {
            !names.over(j - 1).is_some_and(|f| !matches!(f.label, Label::Date))
                && !names.over(first).is_some_and(|f| f.label == Label::State)
                && (ctx.has(j - 1, List::Portfolios) || ctx.has(first, List::Portfolios))
        }
        _ => false,
    }
}

/// A word that cannot stand inside a name to the left of its head.
fn stops_left<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, j: usize) -> bool {
    if ctx.is_in(j, List::Honorifics) || ctx.is_in(j, List::SpeechVerbs) && ctx.opens(j) {
        return true;
    }
    names.over(j).is_some_and(|f| f.label == Label::Date && f.end as usize > j + 1)
}

/// A sentence's first word that is capitalised only for standing there, or a rank of a person.
fn drops_at_start(ctx: &Context<'_, '_>, first: usize) -> bool {
    ctx.opens(first) && (ctx.is_function_word(first) || ctx.is_in(first, List::SpeechVerbs)) || ctx.is_in(first, List::FunctionWords)
}

/// End of the name whose head is `hit`: complements "of …", "for … and …", a number.
fn extend_right<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, hit: &Lookup) -> usize {
    let complement = ctx.cell(hit, "complement");
    let mut end = hit.end as usize;
    while let Some(next) = complement_end(ctx, names, end, hit, complement) {
        end = next;
        if ctx.tokens[end - 1].clitic > 0 {
            break;
        }
    }
    end
}

/// End of one more complement after `at`.
fn complement_end<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, at: usize, hit: &Lookup, complement: &str) -> Option<usize> {
    if !ctx.joined(at) || !ctx.joined(at + 1) || !complement.split('|').any(|w| !w.is_empty() && ctx.word(at) == w) {
        return None;
    }
    let mut start = at + 1;
    if ctx.is_any(start, &["the"]) {
        start += 1;
    }
    if !ctx.joined(start) || !is_name_word(ctx, start) {
        return None;
    }
    // A person after "of" ends the name before it: "the Office of John Doe" is rare, "Statement of Jane Doe" is not.
    if names.starting(start).is_some_and(|f| f.label == Label::Person) && at == hit.end as usize && !hit.is_empty() && ctx.cell(hit, "kind") != "institution" {
        return None;
    }
    Some(run_end(ctx, names, start))
}

/// End of the run of name words that starts at `start`, lists and hyphens included.
fn run_end<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, start: usize) -> usize {
    let mut end = start;
    loop {
        let in_name =
            names.over(end).filter(|f| f.first as usize == end && matches!(f.label, Label::State | Label::Place | Label::Organization | Label::Agreement));
        end = match in_name {
            Some(f) => f.end as usize,
            None => end + 1,
        };
        if ctx.tokens[end - 1].clitic > 0 && !is_name_word(ctx, end) {
            return end;
        }
        if ctx.same_line(end) && is_name_word(ctx, end) && !starts_other(ctx, names, end) {
            continue;
        }
        match continues_after_joint(ctx, names, end) {
            Some(next) => end = next,
            None => return end,
        }
    }
}

/// Where the run goes on after a hyphen, ampersand, comma or "and", if it does.
fn continues_after_joint<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, at: usize) -> Option<usize> {
    let next = at + 1;
    if !ctx.same_line(at) || !ctx.same_line(next) || !is_name_word(ctx, next) || starts_other(ctx, names, next) {
        return None;
    }
    match ctx.word(at) {
        "-" | "–" if ctx.tokens[at].gap == crate::token::Gap::None => Some(next),
        "&" => Some(next),
        "and" => (!is_named(names, next) && !run_has_head(ctx, next)).then_some(next),
        "," => (!is_named(names, next) && list_goes_on(ctx, names, next)).then_some(next),
        _ => None,
    }
}

fn is_named<'a>(names: &Names<'a>, i: usize) -> bool {
    names.over(i).is_some_and(|f| f.label != Label::Date)
}

/// A word that opens something else: an honorific, or a person.
fn starts_other<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, i: usize) -> bool {
    ctx.is_in(i, List::Honorifics) || ctx.has(i, List::Roles) || names.starting(i).is_some_and(|f| f.label == Label::Person)
}

/// Whether the capitalised run from `i` holds a head of its own ("… and Ministry of Trade").
fn run_has_head(ctx: &Context<'_, '_>, i: usize) -> bool {
    let mut j = i;
    while is_name_word(ctx, j) && j < i + 5 {
        if ctx.has(j, List::OrgHeads) && !ctx.has(i, List::Portfolios) {
            return true;
        }
        j += 1;
    }
    false
}

/// Whether a comma list comes to its "and" with capitalised members only.
fn list_goes_on<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, start: usize) -> bool {
    let mut i = start;
    for _ in 0..12 {
        match ctx.word(i) {
            "and" | "&" => return is_name_word(ctx, i + 1) && !is_named(names, i + 1) && ctx.has(i + 1, List::Portfolios),
            "," => {}
            _ if is_name_word(ctx, i) && !is_named(names, i) => {}
            _ => return false,
        }
        i += 1;
    }
    false
}

/// A capitalised run around `i` without any head: from its first to one past its last token.
pub(crate) fn capital_run(ctx: &Context<'_, '_>, i: usize) -> (usize, usize) {
    let (mut first, mut end) = (i, i + 1);
    while first > 0 && ctx.same_line(first) && is_name_word(ctx, first - 1) && ctx.tokens[first - 1].clitic == 0 {
        first -= 1;
    }
    while ctx.same_line(end) && is_name_word(ctx, end) && ctx.tokens[end - 1].clitic == 0 {
        end += 1;
    }
    (first, end)
}
