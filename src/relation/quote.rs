//! Direct speech: the stretches in quotation marks.

use super::words::Words;
use crate::token::Gap;

/// Words from which a quotation is speech and no quoted term.
const SPEECH: usize = 4;

/// Direct speech, by tokens: the opening mark and the closing one (or one past the last token of the paragraph).
pub(super) struct Quotes(Vec<(usize, usize)>);

impl Quotes {
    /// All of a document.
    pub(super) fn find(ctx: Words<'_, '_>) -> Quotes {
        let mut out = Vec::new();
        let mut open: Option<usize> = None;
        for (i, token) in ctx.tokens.iter().enumerate() {
            if token.gap == Gap::Paragraph
                && let Some(first) = open.take()
            {
                out.push((first, i)); // goes on in the next paragraph, which opens it anew
            }
            // No other mark begins with one of these bytes.
            if token.is_word() || !matches!(ctx.text.as_bytes()[token.start as usize], b'"' | 0xc2 | 0xe2) {
                continue;
            }
            match open {
                None if opens(ctx, i) => open = Some(i),
                Some(first) if closes(ctx, i) => {
                    out.push((first, i));
                    open = None;
                }
                _ => {}
            }
        }
        out.extend(open.map(|first| (first, ctx.tokens.len())));
        out.retain(|(first, end)| end - first > SPEECH);
        Quotes(out)
    }

    /// The quotation around token `i`.
    pub(super) fn around(&self, i: usize) -> Option<(usize, usize)> {
        let next = self.0.partition_point(|(first, _)| *first <= i);
        self.0[..next].last().copied().filter(|(_, end)| i < *end)
    }

    /// The quotation that ends within `reach` tokens before token `i`.
    pub(super) fn ending_before(&self, i: usize, reach: usize) -> Option<(usize, usize)> {
        let next = self.0.partition_point(|(first, _)| *first < i);
        self.0[..next].last().copied().filter(|(_, end)| *end <= i && i - end <= reach)
    }

    /// The quotation that starts within `reach` tokens from token `i`.
    pub(super) fn starting_after(&self, i: usize, reach: usize) -> Option<(usize, usize)> {
        let next = self.0.partition_point(|(first, _)| *first < i);
        self.0.get(next).copied().filter(|(first, _)| first - i <= reach)
    }
}

fn opens(ctx: Words<'_, '_>, i: usize) -> bool {
    match ctx.word(i) {
        "“" | "«" | "„" => true,
        "\"" => ctx.tokens[i].gap > Gap::None || i == 0 || !ctx.tokens[i - 1].is_word(),
        _ => false,
    }
}

fn closes(ctx: Words<'_, '_>, i: usize) -> bool {
    matches!(ctx.word(i), "”" | "»" | "\"" | "“") && (ctx.word(i) != "“" || ctx.tokens[i].gap == Gap::None)
}
