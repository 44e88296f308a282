//! Names that the text repeats in a web or mail address: "Acme Robotics … www.acmerobotics.com".

use super::company::is_ordinary;
use crate::annotation::{Form, Label};
use crate::gazetteer::List;
use crate::recognize::phrase::is_name_word;
use crate::recognize::{Context, Found, Names};
use crate::token::{Case, Gap};

/// Shortest name in an address that tells something.
const MIN_BYTES: usize = 3;
/// Most words of a name.
const MAX_WORDS: usize = 5;
/// Ends of addresses whose owners are firms and societies; states' own ("gov") say nothing of a name.
const DOMAINS: &[&str] = &["com", "net", "org", "io", "ai", "co", "eu", "info", "biz", "app", "tech", "news", "media"];

/// Proposes capitalised words that, written together, are the owner's part of an address in the text.
pub(super) fn find<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, out: &mut Vec<Found<'a>>) {
    let owners = owners(ctx);
    if owners.is_empty() {
        return;
    }
    for i in 0..ctx.tokens.len() {
        if !is_name_word(ctx, i) || names.over(i).is_some() {
            continue;
        }
        if let Some(end) = owners.iter().find_map(|owner| spelled(ctx, names, i, owner)) {
            let mut found = ctx.by_rule(i, end, Label::Organization, Form::Name, "organization.web_address", 0.85);
            found.kind = "company";
            out.push(found);
        }
    }
}

/// The owners of all addresses. Points tell where they are: few tokens have one inside.
fn owners<'s>(ctx: &Context<'s, '_>) -> Vec<&'s str> {
    let bytes = ctx.text.as_bytes();
    let mut owners = Vec::new();
    let mut done = 0;
    for point in memchr::memchr_iter(b'.', bytes) {
        if point < done || !bytes.get(point + 1).is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        let at = ctx.tokens.partition_point(|t| t.end as usize <= point);
        let Some(token) = ctx.tokens.get(at) else { break };
        done = token.end as usize;
        owners.extend(Some(token).filter(|t| (t.end - t.start) as usize > MIN_BYTES + 2).and_then(|t| owner(t.span().slice(ctx.text))));
    }
    owners
}

/// "acme" of "www.acme.com", "acme.co.uk", "news.acme.org".
fn owner(word: &str) -> Option<&str> {
    if word.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let mut parts = word.rsplit('.');
    let mut owner = parts.by_ref().find(|part| !DOMAINS.contains(part) && part.len() > 2)?;
    if owner == "www" || !DOMAINS.iter().any(|domain| word.contains(&format!(".{domain}"))) {
        return None;
    }
    owner = owner.trim_matches('-');
    (owner.len() >= MIN_BYTES && owner != "gov").then_some(owner)
}

/// One past the words from `first` on that together are `owner`.
fn spelled<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, first: usize, owner: &str) -> Option<usize> {
    let mut left = owner;
    for i in first..ctx.tokens.len().min(first + MAX_WORDS) {
        let word = ctx.word(i);
        let glue = matches!(word, "-" | "&" | ".");
        if !glue {
            let head = left.get(..word.len())?;
            if !head.eq_ignore_ascii_case(word) || names.over(i).is_some() || i > first && !ctx.same_line(i) {
                return None;
            }
            left = &left[word.len()..];
        }
        if left.is_empty() {
            let single = i == first;
            let ordinary = single && (is_ordinary(ctx, i) || ctx.is_in(i, List::GivenNames) || ctx.tokens[i].case == Case::Upper && ctx.shouted(i));
            let person = i == first + 1 && ctx.is_in(first, List::GivenNames);
            let goes_on = ctx.tokens.get(i + 1).is_some_and(|t| t.gap == Gap::None && t.is_word());
            return (!ordinary && !person && !goes_on).then_some(i + 1);
        }
    }
    None
}
