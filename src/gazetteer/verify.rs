//! Verification: whether the text at a place really is one of a table's forms. A hash that agrees is only a candidate.

use super::matcher::Lookup;
use super::schema::CaseRule;
use super::table::{Alias, Table};
use crate::span::Span;
use crate::token::fold::{fold_into, fold_words};
use crate::token::{Case, Gap, Token};

/// A text with its tokens.
#[derive(Clone, Copy)]
pub(super) struct Tokenized<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
}

/// A run of tokens whose hash is that of a form.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    /// First token.
    pub(super) first: u32,
    /// Last token.
    pub(super) last: u32,
    /// One past the last byte: a form may or may not have the possessive ending of the last token.
    pub(super) end: u32,
    /// Reference of the form: see [`Table::node`].
    pub(super) form: u32,
}

/// Compares candidates with the text; it keeps memory for folded text.
#[derive(Default)]
pub(super) struct Verifier {
    text: String,
    form: String,
}

impl Verifier {
    /// Adds the hits of a candidate: one for each alias whose case rule and folded bytes agree with the text.
    pub(super) fn report(&mut self, table: &Table<'_>, text: Tokenized<'_>, candidate: Candidate, hits: &mut Vec<Lookup>) {
        let Candidate { first, last, end, form } = candidate;
        let tokens = &text.tokens[first as usize..=last as usize];
        let span = Span::new(tokens[0].start, end);
        let mut verified = false;
        let mut reference = form;
        while let Some(alias) = table.alias(reference) {
            reference += 1;
            if case_agrees(text.text, tokens, span, &alias, table) {
                // The bytes are looked at once, and only when some alias's case agrees: all fold to the same.
                if !verified && !self.folds_to(text.text, tokens, span, table, &alias) {
                    return;
                }
                verified = true;
                let Alias { entry, list, column, strength, .. } = alias;
                hits.push(Lookup { first, end: last + 1, span, entry, list, column, strength });
            }
            if alias.last {
                return;
            }
        }
    }

    /// Whether the text under `span` folds to the same as the form: compared in place when only ASCII case differs.
    fn folds_to(&mut self, text: &str, tokens: &[Token], span: Span, table: &Table<'_>, alias: &Alias) -> bool {
        let written = &text.as_bytes()[span.start as usize..span.end as usize];
        let bytes = table.form_bytes(alias);
        if !alias.blanks() && written.eq_ignore_ascii_case(bytes) {
            return true;
        }
        if tokens.len() == 1 && written.is_ascii() && bytes.is_ascii() {
            return false;
        }
        fold_tokens(text, tokens, span.end, &mut self.text);
        self.form.clear();
        fold_words(table.form(alias), alias.blanks(), &mut self.form);
        self.text == self.form
    }
}

/// The folded text of a token run, one blank per gap.
fn fold_tokens(text: &str, tokens: &[Token], end: u32, out: &mut String) {
    out.clear();
    for (i, token) in tokens.iter().enumerate() {
        if i > 0 && token.gap != Gap::None {
            out.push(' ');
        }
        let stop = token.end.min(end);
        fold_into(&text[token.start as usize..stop as usize], out);
    }
}

fn case_agrees(text: &str, tokens: &[Token], span: Span, form: &Alias, table: &Table<'_>) -> bool {
    match form.case {
        CaseRule::Fold => true,
        CaseRule::Exact => same_letters(span.slice(text), table.form(form)),
        CaseRule::Capitals => capitals_agree(tokens, form.capitals),
    }
}

/// Letter for letter, white space runs being equal.
fn same_letters(text: &str, form: &str) -> bool {
    text == form || text.split_whitespace().eq(form.split_whitespace())
}

/// Every word that the form's mask wants capitalised is.
fn capitals_agree(tokens: &[Token], mut mask: u8) -> bool {
    for token in tokens.iter().filter(|t| t.is_word()) {
        if mask & 1 != 0 && token.case == Case::Lower {
            return false;
        }
        mask >>= 1;
    }
    true
}
