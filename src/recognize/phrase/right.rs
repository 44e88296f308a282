//! What may follow a head: "Ministry | of Education, Science and Culture | of the Republic of Korea".

use super::{is_hyphen, is_name_word, is_named};
use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, List, Lookup};
use crate::recognize::{Context, Names};
use crate::token::Case;

/// One past the name whose head is `hit`: complements "of …", "for … and …".
pub(super) fn end<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, hit: &Lookup) -> usize {
    let complement = ctx.cell(hit, Column::Complement);
    let person_fits = ctx.cell(hit, Column::Kind) == "institution";
    let mut end = hit.end as usize;
    while let Some(next) =
        complement_end(ctx, names, end, person_fits || end > hit.end as usize, |word| complement.split('|').any(|w| w.eq_ignore_ascii_case(word)))
    {
        end = next;
        let whole = names.ending(end).is_some_and(|f| f.label == Label::Organization);
        if ctx.tokens[end - 1].clitic > 0 || whole {
            break;
        }
    }
    end
}

/// One past the complements that follow token `at - 1` with one of `prepositions`, if any does.
pub(super) fn complemented<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, at: usize, prepositions: &[&str]) -> Option<usize> {
    let takes = |word: &str| prepositions.contains(&word);
    let mut end = complement_end(ctx, names, at, false, takes)?;
    while let Some(next) = complement_end(ctx, names, end, false, takes).filter(|_| ctx.tokens[end - 1].clitic == 0) {
        end = next;
    }
    Some(end)
}

/// End of one more complement after `at`.
fn complement_end<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, at: usize, person_fits: bool, takes: impl Fn(&str) -> bool) -> Option<usize> {
    if !ctx.joined(at) || !ctx.joined(at + 1) || ctx.word(at).is_empty() || !takes(ctx.word(at)) {
        return None;
    }
    let mut start = at + 1;
    if ctx.is_any(start, &["the"]) {
        start += 1;
    }
    if !ctx.joined(start) || !is_name_word(ctx, start) {
        return None;
    }
    let named = names.starting(start);
    // A person after "of" ends the name before it: "the Office of John Doe" is rare, "Statement of Jane Doe" is not.
    if named.is_some_and(|f| f.label == Label::Person) && !person_fits {
        return None;
    }
    // "The Federal Reserve on Wednesday", "the session of June": a date is no complement.
    if named.is_some_and(|f| f.label == Label::Date) {
        return None;
    }
    Some(run_end(ctx, names, start))
}

/// End of the run of name words that starts at `start`, lists and hyphens included.
fn run_end<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, start: usize) -> usize {
    // "the Office of the Attorney General": a title is taken whole.
    let title = ctx.lookups.longest(start, List::Roles).filter(|h| is_name_word(ctx, h.end as usize - 1));
    let mut end = title.map_or(start, |h| h.end as usize - 1);
    loop {
        let in_name = names.over(end).filter(|f| {
            let begins = f.first as usize == end && matches!(f.label, Label::State | Label::Place | Label::Agreement);
            begins || f.label == Label::Organization
        });
        end = match in_name {
            Some(f) => f.end as usize,
            None => end + 1,
        };
        if ctx.tokens[end - 1].clitic > 0 && (in_name.is_some() || !is_name_word(ctx, end)) {
            return end;
        }
        if let Some(next) = hyphenated_end(ctx, end) {
            end = next;
        }
        let closed = in_name.is_some_and(|f| f.label == Label::State && f.form != Form::Demonym) && !ctx.has(end, List::OrgHeads);
        if !closed && ctx.same_line(end) && is_name_word(ctx, end) && !starts_other(ctx, names, end) {
            continue;
        }
        match after_joint(ctx, names, start, end) {
            Some(next) => end = next,
            None => return end,
        }
    }
}

/// "Film-makers", "French-speaking": the small word after a hyphen belongs to the word before it.
fn hyphenated_end(ctx: &Context<'_, '_>, at: usize) -> Option<usize> {
    (is_hyphen(ctx, at) && ctx.tokens[at + 1].case == Case::Lower && ctx.tokens[at + 1].is_word()).then_some(at + 2)
}

/// Where the run goes on after a hyphen, ampersand, comma or "and", if it does.
fn after_joint<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, start: usize, at: usize) -> Option<usize> {
    let next = at + 1;
    if !ctx.same_line(at) || !ctx.same_line(next) || !is_name_word(ctx, next) || starts_other(ctx, names, next) || is_initial(ctx, next) {
        return None;
    }
    match ctx.word(at) {
        "-" | "–" if is_hyphen(ctx, at) => Some(next),
        "&" => Some(next),
        "and" => (!is_named(names, next) && !run_has_head(ctx, next) && !is_given(ctx, next)).then_some(next),
        "," => (!is_named(names, next) && list_goes_on(ctx, names, start, next)).then_some(next),
        _ => None,
    }
}

/// A given name that is no field: "the Committee on Trade and | Jean Example".
fn is_given(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.is_in(i, List::GivenNames) && !ctx.has(i, List::Portfolios) && is_name_word(ctx, i + 1)
}

fn is_initial(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.word(i + 1) == "." && ctx.tokens[i].case == Case::Upper && ctx.word(i).split('.').all(|part| part.len() == 1)
}

/// A word that opens something else: an honorific, a role or a person.
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

/// Whether a comma list of fields comes to its "and" with capitalised members only.
fn list_goes_on<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, start: usize, next: usize) -> bool {
    let field = ctx.has(start, List::Portfolios);
    let mut i = next;
    for _ in 0..14 {
        match ctx.word(i) {
            "and" | "&" => return is_name_word(ctx, i + 1) && !is_named(names, i + 1) && (field || ctx.has(i + 1, List::Portfolios)),
            "," => {}
            _ if is_name_word(ctx, i) && !is_named(names, i) => {}
            _ => return false,
        }
        i += 1;
    }
    false
}
