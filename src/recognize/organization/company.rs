//! Companies told by what stands beside their names: a legal form, a ticker, an office, the heading "About …".

use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, List};
use crate::recognize::phrase::{capital_run, is_name_word};
use crate::recognize::{Context, Found, Names};
use crate::token::{Case, Gap, Kind};

/// Stock exchanges, as a ticker names them.
const EXCHANGES: &[&str] =
    &["NYSE", "NASDAQ", "Nasdaq", "OTC", "OTCQB", "OTCQX", "TSX", "LSE", "AIM", "ASX", "TSXV", "CSE", "FSE", "HKEX", "SGX", "BSE", "NSE", "Euronext", "HoSE"];
/// Offices that only organisations have.
const OFFICES: &[&str] = &["executive"];

/// Proposes companies.
pub(super) fn find<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, out: &mut Vec<Found<'a>>) {
    for i in 1..ctx.tokens.len() {
        if let Some(hit) = ctx.lookups.longest(i, List::CompanySuffixes) {
            if let Some(first) = company_start(ctx, i, ctx.cell(hit, Column::Kind) == "descriptive") {
                let mut found = company(ctx, first, hit.end as usize, "organization.legal_form", 0.88);
                found.span.end = hit.span.end;
                out.push(found);
            }
        } else if !ctx.tokens[i].is_word() && is_ticker(ctx, i) && is_name_word(ctx, i - 1) && !names.over(i - 1).is_some_and(|f| f.label == Label::State) {
            let (first, end) = capital_run(ctx, i - 1);
            out.push(company(ctx, first, end, "organization.ticker", 0.9));
        } else if let Some(found) = of_office(ctx, names, i).or_else(|| about(ctx, names, i)) {
            out.push(found);
        }
    }
}

fn company<'a>(ctx: &Context<'_, 'a>, first: usize, end: usize, rule: &'static str, conf: f32) -> Found<'a> {
    let mut found = ctx.by_rule(first, end, Label::Organization, Form::Name, rule, conf);
    found.kind = "company";
    found
}

/// First token of the company name whose legal form stands at `suffix`; one that only describes ("Industries") is none in a title,
/// where any word is capitalised.
fn company_start(ctx: &Context<'_, '_>, suffix: usize, is_descriptive: bool) -> Option<usize> {
    // "Jane Doe, Co-Founder": half a word is no legal form.
    let half = ctx.word(suffix + 1) == "-" && ctx.tokens[suffix + 1].gap == Gap::None;
    if !ctx.tokens[suffix].is_capitalized() || ctx.shouted(suffix) || half || is_descriptive && ctx.titled(suffix) {
        return None;
    }
    let mut last = suffix;
    if ctx.word(last - 1) == "," && ctx.tokens[last - 1].gap == Gap::None {
        last -= 1;
    }
    if last == 0 || !ctx.same_line(last) || !is_name_word(ctx, last - 1) || ctx.tokens[last - 1].clitic > 0 {
        return None;
    }
    let mut first = capital_run(ctx, last - 1).0;
    while first >= 2 && matches!(ctx.word(first - 1), "&" | "-") && is_name_word(ctx, first - 2) && ctx.same_line(first) {
        first = capital_run(ctx, first - 2).0;
    }
    Some(first)
}

/// "(NYSE: ACM)" starting at the bracket.
fn is_ticker(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.word(i) == "(" && ctx.is_any(i + 1, EXCHANGES) && (2..=4).any(|k| ctx.word(i + k) == ":")
}

/// "co-founder of Acme", "chief executive at Acme Robotics": the preposition stands at `i`.
fn of_office<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, i: usize) -> Option<Found<'a>> {
    // Most tokens are told by their length.
    if ctx.tokens[i].end - ctx.tokens[i].start != 2 || !ctx.is_any(i, &["of", "at"]) || !ctx.joined(i + 1) {
        return None;
    }
    let office = |k: usize| ctx.lookups.at(k).iter().any(|h| h.list == List::Roles && h.end as usize == i && OFFICES.contains(&ctx.cell(h, Column::Class)));
    let chief = (i.saturating_sub(4)..i).any(office) || ctx.is_any(i - 1, &["CEO", "CFO", "COO", "CTO"]);
    let (first, end) = free_run(ctx, names, i + 1).filter(|_| chief)?;
    Some(company(ctx, first, end, "organization.of_office", 0.75))
}

/// "About Acme", alone on its line.
fn about<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, i: usize) -> Option<Found<'a>> {
    if ctx.tokens[i].gap < Gap::Line || ctx.word(i) != "About" {
        return None;
    }
    let (first, end) = free_run(ctx, names, i + 1)?;
    let ends_line = ctx.tokens.get(end).is_none_or(|t| t.gap >= Gap::Line);
    ends_line.then(|| company(ctx, first, end, "organization.about", 0.75))
}

/// The capitalised words from `first` on if none of them is named or an ordinary word of offices and fields.
fn free_run<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, first: usize) -> Option<(usize, usize)> {
    if !is_name_word(ctx, first) || ctx.shouted(first) || ctx.tokens[first].gap >= Gap::Paragraph {
        return None;
    }
    let end = capital_run(ctx, first).1;
    let end = (first + 1..end).find(|i| ctx.is_in(*i, List::GivenNames) && !ctx.is_in(*i, List::CompanySuffixes)).unwrap_or(end);
    let free =
        (first..end).all(|i| names.over(i).is_none() && !ctx.has(i, List::Roles) && ctx.tokens[i].kind == Kind::Word && ctx.tokens[i].case != Case::None);
    let ordinary = (first..end).all(|i| is_ordinary(ctx, i));
    let letters = end > first + 1 || ctx.word(first).len() > 2;
    (free && letters && !ordinary && end - first <= 5).then_some((first, end))
}

/// A word that lists know as something common: a field, a topic, a head.
pub(super) fn is_ordinary(ctx: &Context<'_, '_>, i: usize) -> bool {
    [List::Portfolios, List::Topics, List::OrgHeads, List::EventHeads, List::AgreementHeads, List::PlaceHeads, List::TimexWords, List::Roles]
        .iter()
        .any(|list| ctx.is_in(i, *list))
}
