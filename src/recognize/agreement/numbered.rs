//! Acts told by their numbers: "UN Security Council resolution 2231", "Executive Order 13846", "S. 367", "22 U.S.C. 2778".

use crate::annotation::{Form, Label};
use crate::recognize::{Context, Found, Names};
use crate::token::{Case, Gap, Kind};

/// Heads that a number follows.
const HEADS: &[&str] = &["resolution", "resolutions", "order", "directive", "regulation", "decree"];

/// Proposes numbered acts.
pub(super) fn find<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, out: &mut Vec<Found<'a>>) {
    for i in 0..ctx.tokens.len() {
        let initial = ctx.text.as_bytes().get(ctx.tokens[i].start as usize).map(u8::to_ascii_lowercase);
        match initial {
            Some(b'r' | b'o' | b'd') if ctx.is_any(i, HEADS) && is_numbered(ctx, i + 1) => numbered(ctx, names, i, out),
            Some(b's' | b'h') if ctx.tokens[i].case == Case::Upper || ctx.tokens[i].case == Case::Capital => out.extend(bill(ctx, i)),
            Some(b'u') if ctx.tokens[i].case == Case::Upper => out.extend(code(ctx, i)),
            _ => {}
        }
    }
}

fn is_numbered(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.tokens.get(i).is_some_and(|t| t.kind != Kind::Word || t.is(ctx.text, "no") || t.is(ctx.text, "number"))
}

/// "resolution 2231", "UN Security Council Resolution 2758 (XXVI)", "Executive Order 13846".
fn numbered<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, i: usize, out: &mut Vec<Found<'a>>) {
    let mut number = i + 1;
    if ctx.word(number) == "(" && ctx.word(number + 1) == "E.O" {
        number += 4; // "Executive Order (E.O.) 13846"
    }
    if ctx.is_any(number, &["no", "number"]) {
        number += if ctx.word(number + 1) == "." { 2 } else { 1 };
    }
    if !ctx.tokens.get(number).is_some_and(|t| matches!(t.kind, Kind::Number | Kind::Alphanumeric)) || !ctx.joined(number) {
        return;
    }
    let mut end = number + 1;
    if ctx.word(end) == "/" && ctx.tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Number) {
        end += 2;
    }
    let mut first = i;
    if let Some(body) = names.ending(i).filter(|f| f.label == Label::Organization) {
        first = body.first as usize;
    } else if i > 0 && ctx.is_any(i - 1, &["executive", "presidential", "council", "commission"]) {
        first = i - 1;
    } else if !ctx.is_any(i, &["resolution"]) {
        return;
    }
    let mut found = ctx.by_rule(first, end, Label::Agreement, Form::Name, "agreement.numbered", 0.85);
    found.kind = if ctx.is_any(i, &["resolution"]) { "resolution" } else { "law" };
    out.push(found);
}

/// "S. 367", "H.R. 1158": bills of the US Congress.
fn bill<'a>(ctx: &Context<'_, 'a>, i: usize) -> Option<Found<'a>> {
    let chamber = matches!(ctx.word(i), "S" | "H.R" | "H.Res" | "S.Res") && ctx.word(i + 1) == "." && ctx.tokens[i + 1].gap == Gap::None;
    let number = ctx.tokens.get(i + 2).filter(|t| t.kind == Kind::Number && ctx.same_line(i + 2) && (2..=4).contains(&(t.end - t.start)));
    // "J. S. 12" goes on from an initial.
    let initial = i > 0 && ctx.word(i - 1) == ".";
    (chamber && number.is_some() && !initial).then(|| law(ctx, i, i + 3))
}

/// "22 U.S.C. 2778": a section of the US code.
fn code<'a>(ctx: &Context<'_, 'a>, i: usize) -> Option<Found<'a>> {
    let title = i.checked_sub(1).filter(|t| ctx.word(i) == "U.S.C" && ctx.tokens[*t].kind == Kind::Number && ctx.same_line(i))?;
    let point = i + 1 + usize::from(ctx.word(i + 1) == ".");
    let section = point + usize::from(matches!(ctx.word(point), "§" | "§§"));
    ctx.tokens.get(section).filter(|t| matches!(t.kind, Kind::Number | Kind::Alphanumeric) && ctx.same_line(section))?;
    Some(law(ctx, title, section + 1))
}

fn law<'a>(ctx: &Context<'_, 'a>, first: usize, end: usize) -> Found<'a> {
    let mut found = ctx.by_rule(first, end, Label::Agreement, Form::Name, "agreement.numbered", 0.85);
    found.kind = "law";
    found
}
