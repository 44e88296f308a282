//! The spans asked for.

use super::record::Seen;
use super::{Candidate, Outcome, Passage, Spans, candidate, lexicon};
use crate::span::Span;

/// Every span asked for, with what was considered there.
pub(super) fn explain<'t>(seen: &Seen<'_, '_, 't>, spans: &Spans) -> Vec<Passage<'t>> {
    match spans {
        Spans::All => outermost(seen).into_iter().map(|span| passage(seen, span)).collect(),
        Spans::At(offset) => at(seen, *offset).into_iter().map(|span| passage(seen, span)).collect(),
        Spans::Text(text) => occurrences(seen.ctx.text, text).into_iter().map(|span| passage(seen, span)).collect(),
        Spans::None => Vec::new(),
    }
}

fn outermost(seen: &Seen<'_, '_, '_>) -> Vec<Span> {
    let outer = seen.extraction.mentions.iter().filter(|mention| mention.nested_in.is_none());
    let mut spans: Vec<Span> = outer.map(|mention| seen.units.span(mention.start, mention.end, mention.within.is_some())).collect();
    spans.dedup();
    spans
}

/// The token at an offset; between tokens the character alone.
fn at(seen: &Seen<'_, '_, '_>, offset: u32) -> Option<Span> {
    let byte = seen.units.byte(offset)?;
    let token = seen.ctx.tokens.iter().find(|token| token.start <= byte && byte < token.end).map(|token| Span::new(token.start, token.end));
    token.or_else(|| {
        let width = seen.ctx.text.get(byte as usize..)?.chars().next()?.len_utf8();
        Some(Span::new(byte, byte + width as u32))
    })
}

fn occurrences(text: &str, wanted: &str) -> Vec<Span> {
    let found = text.match_indices(wanted).filter(|_| !wanted.is_empty());
    found.map(|(start, part)| Span::new(start as u32, (start + part.len()) as u32)).collect()
}

fn passage<'t>(seen: &Seen<'_, '_, 't>, span: Span) -> Passage<'t> {
    let candidates = candidate::over(seen, span);
    let claimed = candidates.iter().any(|candidate| candidate.outcome == Outcome::Stands);
    let lexicon = lexicon::over(seen, span);
    let why_not = (!claimed).then(|| why_not(seen, &candidates, lexicon.len()));
    Passage { place: seen.units.place(span), claimed, why_not, candidates, lexicon }
}

/// Why nothing claims a span.
fn why_not(seen: &Seen<'_, '_, '_>, candidates: &[Candidate<'_>], words: usize) -> String {
    let lang = seen.extraction.doc.lang;
    let foreign = if lang == "en" { String::new() } else { format!("; the text is not English ({lang}), so that rules do not run") };
    let said = match (candidates.is_empty(), words) {
        (false, _) => "nothing claims it: no candidate stands",
        (true, 0) => "nothing claims it: no list and no lexicon has these words, and no rule proposed them",
        (true, _) => "nothing claims it: no list of names has these words, and no rule made a name of the lexicon's",
    };
    format!("{said}{foreign}")
}
