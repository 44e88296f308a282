//! Ordinals, and sessions of a body that they count: "12th meeting of the Climate Council".

use super::LOOSE;
use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, Lookup};
use crate::recognize::phrase::{complemented, is_name_word};
use crate::recognize::{Context, Found, Names};

/// What else may count a session.
const COUNTED: &[&str] = &["inaugural"];
/// Most words between the number and the head ("49th regular session").
const MAX_BETWEEN: usize = 3;

/// "65th session of the General Assembly of the United Nations", "the Council's 49th regular session".
pub(super) fn session<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, hit: &Lookup) -> Option<Found<'a>> {
    let kind = ctx.cell(hit, Column::Kind);
    if !(LOOSE.contains(&kind) || matches!(kind, "summit" | "conference" | "forum")) || names.over(hit.first as usize).is_some() {
        return None;
    }
    let (mut first, mut end) = (numbered_from(ctx, hit.first as usize)?, hit.end as usize);
    let owner = names.ending(first).filter(|f| f.label == Label::Organization && ctx.tokens[first - 1].clitic > 0);
    let bare_owner = first > 0 && ctx.tokens[first - 1].clitic > 0 && is_name_word(ctx, first - 1) && ctx.has(first - 1, crate::gazetteer::List::OrgHeads);
    if let Some(owner) = owner {
        first = owner.first as usize;
    } else if bare_owner {
        first -= 1;
    } else {
        end = complemented(ctx, names, end, &["of", "to"])?;
    }
    let mut found = ctx.by_rule(first, end, Label::Event, Form::Full, "event.numbered_session", 0.85);
    found.kind = kind;
    Some(found)
}

/// First token of the number that stands at most [`MAX_BETWEEN`] words before token `head`.
fn numbered_from(ctx: &Context<'_, '_>, head: usize) -> Option<usize> {
    for i in (head.saturating_sub(MAX_BETWEEN + 1)..head).rev() {
        if !ctx.same_line(i + 1) || !ctx.tokens[i].is_word() || ctx.tokens[i].clitic > 0 {
            return None;
        }
        if let Some((_, start)) = ordinal(ctx, i) {
            return Some(start);
        }
        if ctx.is_any(i, COUNTED) {
            return Some(i);
        }
        if ctx.is_function_word(i) {
            return None;
        }
    }
    None
}

const ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// Value of an ordinal that ends at token `i` and its first token: "29th", "Seventy-ninth".
pub(super) fn ordinal(ctx: &Context<'_, '_>, i: usize) -> Option<(u32, usize)> {
    let word = ctx.word(i);
    let digits: &str = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !digits.is_empty() && digits.len() < word.len() && matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH") {
        return digits.parse().ok().map(|n| (n, i));
    }
    let unit = ORDINALS.iter().position(|o| word.eq_ignore_ascii_case(o)).map(|n| n as u32 + 1);
    if let Some(unit) = unit {
        if i >= 2
            && ctx.word(i - 1) == "-"
            && unit < 10
            && let Some(tens) = tens(ctx.word(i - 2))
        {
            return Some((tens + unit, i - 2));
        }
        return Some((unit, i));
    }
    ["twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"]
        .iter()
        .position(|o| word.eq_ignore_ascii_case(o))
        .map(|n| (20 + 10 * n as u32, i))
}

fn tens(word: &str) -> Option<u32> {
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"].iter().position(|t| word.eq_ignore_ascii_case(t)).map(|n| 20 + 10 * n as u32)
}
