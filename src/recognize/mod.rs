//! Recognizers: each finds the mentions of one type.
//!
//! They run in listed order, import no sibling, and see the document, its tokens, the gazetteer
//! hits and the mentions found before through [`Context`].

pub mod acronym;
pub mod agreement;
pub mod common;
pub mod event;
mod guard;
pub mod model;
pub mod organization;
pub mod person;
mod phrase;
pub mod place;
pub mod role;
pub mod state;
pub mod timex;

use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, EntryId, List, Lookup, Lookups, Tables};
use crate::span::Span;
use crate::token::{Gap, Token};
use common::CommonWords;

/// Why a mention is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A form of a list's entry.
    Gazetteer(List, EntryId),
    /// A rule, by its stable id.
    Rule(&'static str),
    /// Coreference, by its reason.
    Coreference(&'static str),
    /// A trained model, by its name.
    Model(&'static str),
}

/// A mention a recognizer proposes.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The text, in bytes.
    pub span: Span,
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// Its type.
    pub label: Label,
    /// How it names its entity.
    pub form: Form,
    /// The listed thing it names.
    pub entry: Option<(List, EntryId)>,
    /// Kind of thing (ministry, summit…); empty when unknown.
    pub kind: &'a str,
    /// For a role, a timex or a bracketed acronym: index of what it belongs to.
    pub link: Option<u32>,
    /// Why it is there.
    pub via: Via,
    /// Confidence.
    pub conf: f32,
}

/// What a recognizer sees.
#[derive(Clone, Copy)]
pub struct Context<'s, 'a> {
    /// The text.
    pub text: &'s str,
    /// Its tokens.
    pub tokens: &'s [Token],
    /// First tokens of the sentences, ascending; the first is 0.
    pub sentences: &'s [u32],
    /// Gazetteer hits.
    pub lookups: &'s Lookups,
    /// The gazetteer.
    pub table: &'a Tables,
    /// Common words of running text.
    pub common: &'a CommonWords,
    /// Per token: starts a sentence, stands in a line of capitals.
    pub marks: &'s [Marks],
    /// The capitalised tokens, ascending: most names begin with one, and few tokens are.
    pub capitals: &'s [u32],
}

/// What is known of a token's place before recognition.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marks {
    /// First word of a sentence, of a quotation or of a list item.
    pub opens: bool,
    /// Stands in a line that is all capitals, where capitals say nothing.
    pub shouted: bool,
    /// Stands in a title or heading whose words are nearly all capitalised.
    pub titled: bool,
}

/// A set of lists, a bit each as [`Lookups::lists`] gives them.
pub(crate) const fn bits(lists: &[List]) -> u64 {
    let (mut set, mut k) = (0, 0);
    while k < lists.len() {
        set |= 1 << lists[k] as u64;
        k += 1;
    }
    set
}

/// The names settled so far, findable by token.
#[derive(Default)]
pub struct Names<'a> {
    /// The mentions, in text order.
    pub found: Vec<Found<'a>>,
    /// Per token, 1 + index of the outermost mention that covers it; 0 = none.
    cover: Vec<u32>,
}

impl<'a> Names<'a> {
    /// Indexes `found`, which must not cross, for a text of `tokens` tokens.
    pub fn new(found: Vec<Found<'a>>, tokens: usize) -> Names<'a> {
        let mut cover = vec![0u32; tokens];
        for (i, f) in found.iter().enumerate() {
            for slot in &mut cover[f.first as usize..f.end as usize] {
                // Outer mentions come before those nested in them and keep the tokens.
                if *slot == 0 {
                    *slot = i as u32 + 1;
                }
            }
        }
        Names { found, cover }
    }

    /// The outermost mention over token `i`.
    #[inline]
    pub fn over(&self, i: usize) -> Option<&Found<'a>> {
        self.cover.get(i).and_then(|c| c.checked_sub(1)).map(|c| &self.found[c as usize])
    }

    /// Index of the outermost mention over token `i`.
    #[inline]
    pub fn index_over(&self, i: usize) -> Option<usize> {
        self.cover.get(i).and_then(|c| c.checked_sub(1)).map(|c| c as usize)
    }

    /// The mention that starts at token `i`.
    pub fn starting(&self, i: usize) -> Option<&Found<'a>> {
        self.over(i).filter(|f| f.first as usize == i)
    }

    /// The mention that ends before token `i`.
    pub fn ending(&self, i: usize) -> Option<&Found<'a>> {
        self.over(i.checked_sub(1)?).filter(|f| f.end as usize == i)
    }
}

impl<'s, 'a> Context<'s, 'a> {
    /// The text of token `i` without a possessive ending; empty past the end.
    #[inline]
    pub fn word(&self, i: usize) -> &'s str {
        self.tokens.get(i).map_or("", |t| t.core().slice(self.text))
    }

    /// Whether token `i` is one of `words` (ASCII case ignored).
    #[inline]
    pub fn is_any(&self, i: usize, words: &[&str]) -> bool {
        let word = self.word(i);
        words.iter().any(|w| w.len() == word.len() && word.eq_ignore_ascii_case(w))
    }

    /// Whether a form of `list` starts at token `i`.
    #[inline]
    pub fn has(&self, i: usize, list: List) -> bool {
        self.lookups.any_of(i, list)
    }

    /// Whether token `i` as a whole is a form of `list`.
    #[inline]
    pub fn is_in(&self, i: usize, list: List) -> bool {
        self.lookups.any_of(i, list) && self.lookups.at(i).iter().any(|hit| hit.list == list && hit.len() == 1)
    }

    /// Whether token `i` as a whole is a form of one of `lists`, a set of [`bits`].
    #[inline]
    pub(crate) fn is_in_any(&self, i: usize, lists: u64) -> bool {
        self.has_any(i, lists) && self.lookups.at(i).iter().any(|hit| lists >> hit.list as u64 & 1 == 1 && hit.len() == 1)
    }

    /// Whether a form of one of `lists`, a set of [`bits`], starts at token `i`.
    #[inline]
    pub(crate) fn has_any(&self, i: usize, lists: u64) -> bool {
        self.lookups.lists(i) & lists != 0
    }

    /// The hits of `list` that end before token `end` and start at most `reach` tokens before it.
    pub(crate) fn ending(&self, end: usize, list: List, reach: usize) -> impl Iterator<Item = &'s Lookup> {
        let (lookups, starts) = (self.lookups, end.saturating_sub(reach)..end);
        starts.filter(move |i| lookups.any_of(*i, list)).flat_map(|i| lookups.at(i)).filter(move |hit| hit.list == list && hit.end as usize == end)
    }

    /// Whether token `i` is a word of grammar ("the", "of", "however").
    #[inline]
    pub fn is_function_word(&self, i: usize) -> bool {
        self.is_in(i, List::FunctionWords)
    }

    /// A cell of the entry that a hit names.
    #[inline]
    pub fn cell(&self, hit: &Lookup, column: Column) -> &'a str {
        self.table.cell(hit.list, hit.entry, column)
    }

    /// Whether white space, at most a line break, stands before token `i`, or nothing.
    #[inline]
    pub fn joined(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.gap < Gap::Paragraph)
    }

    /// Whether no blank line stands between the tokens `first..end`: nothing is named over two paragraphs.
    pub fn in_one_paragraph(&self, first: u32, end: u32) -> bool {
        self.tokens[first as usize + 1..end as usize].iter().all(|t| t.gap < Gap::Paragraph)
    }

    /// Whether token `i` stands on the same line as the one before it.
    #[inline]
    pub fn same_line(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.gap < Gap::Line)
    }

    /// Whether token `i` opens a sentence, quotation or list item.
    #[inline]
    pub fn opens(&self, i: usize) -> bool {
        self.marks.get(i).is_some_and(|m| m.opens)
    }

    /// The capitalised tokens from `first` on.
    pub fn capitals_from(&self, first: usize) -> impl Iterator<Item = usize> + use<'s, 'a> {
        let from = if first == 0 { 0 } else { self.capitals.partition_point(|i| (*i as usize) < first) };
        self.capitals[from..].iter().map(|i| *i as usize)
    }

    /// Whether token `i` stands in a line of capitals.
    #[inline]
    pub fn shouted(&self, i: usize) -> bool {
        self.marks.get(i).is_some_and(|m| m.shouted)
    }

    /// Whether token `i` stands in a line whose words are nearly all capitalised.
    #[inline]
    pub fn titled(&self, i: usize) -> bool {
        self.marks.get(i).is_some_and(|m| m.titled)
    }

    /// The span from the start of token `first` to the end of token `end - 1`, possessive ending left out.
    #[inline]
    pub fn span(&self, first: usize, end: usize) -> Span {
        Span::new(self.tokens[first].start, self.tokens[end - 1].core_end())
    }

    /// A mention made by a rule.
    pub fn by_rule(&self, first: usize, end: usize, label: Label, form: Form, rule: &'static str, conf: f32) -> Found<'a> {
        Found { span: self.span(first, end), first: first as u32, end: end as u32, label, form, entry: None, kind: "", link: None, via: Via::Rule(rule), conf }
    }

    /// A mention made by a gazetteer hit.
    pub fn by_hit(&self, hit: &Lookup, label: Label, form: Form, conf: f32) -> Found<'a> {
        let kind = if hit.list.position(Column::Kind).is_some() { self.cell(hit, Column::Kind) } else { "" };
        Found {
            span: hit.span,
            first: hit.first,
            end: hit.end,
            label,
            form,
            entry: Some((hit.list, hit.entry)),
            kind,
            link: None,
            via: Via::Gazetteer(hit.list, hit.entry),
            conf,
        }
    }
}

/// How a hit of a list of names names its entry, by the column it stands in.
pub(crate) fn form_of(hit: &Lookup) -> Form {
    match hit.column_name() {
        "acronyms" => Form::Acronym,
        "weak" => Form::Variant,
        _ => Form::Name,
    }
}

/// Whether token `i` can be part of a name: a capitalised word that is none of grammar.
pub fn is_name_word_at(ctx: &Context<'_, '_>, i: usize) -> bool {
    phrase::is_name_word(ctx, i)
}
