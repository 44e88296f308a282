//! Sentences: where they start, and where capitals say nothing.

use super::{Case, Gap, Kind, Token};

/// Appends the first tokens of the sentences to `starts` (cleared first): ascending, the first is 0.
///
/// `is_abbreviation(i)` tells whether token `i` with the point after it is an abbreviation that
/// does not end a sentence ("Dr.", "No.").
pub fn split(text: &str, tokens: &[Token], is_abbreviation: impl Fn(usize) -> bool, starts: &mut Vec<u32>) {
    starts.clear();
    if tokens.is_empty() {
        return;
    }
    starts.push(0);
    for i in 1..tokens.len() {
        let token = &tokens[i];
        if token.gap == Gap::Paragraph
            || token.gap == Gap::Line && starts_item(text, token)
            || token.gap > Gap::None && ends_sentence(text, tokens, i, &is_abbreviation)
        {
            starts.push(i as u32);
        }
    }
}

fn starts_item(text: &str, token: &Token) -> bool {
    matches!(token.span().slice(text), "*" | "•" | "-" | "–" | "·" | "▪")
}

/// Whether the token before `i` closes a sentence and token `i` can open one.
fn ends_sentence(text: &str, tokens: &[Token], i: usize, is_abbreviation: &impl Fn(usize) -> bool) -> bool {
    if tokens[i - 1].is_word() {
        return false;
    }
    let mut last = i - 1;
    while last > 0 && is_closer(tokens[last].span().slice(text)) && tokens[last].gap == Gap::None {
        last -= 1;
    }
    let opens = tokens[i].is_capitalized() || tokens[i].kind == Kind::Number || !tokens[i].is_word();
    match tokens[last].span().slice(text) {
        "!" | "?" => opens,
        "." => opens && last > 0 && !is_initial(text, tokens, last - 1) && !is_abbreviation(last - 1),
        _ => false,
    }
}

fn is_closer(mark: &str) -> bool {
    matches!(mark, "\"" | "'" | "”" | "’" | ")" | "]" | "»")
}

/// A single capital before the point: an initial, unless a small word stands before it.
fn is_initial(text: &str, tokens: &[Token], i: usize) -> bool {
    let word = tokens[i].span().slice(text);
    word.chars().count() == 1 && tokens[i].case == Case::Upper && word != "I"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    fn sentences(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens);
        let mut starts = Vec::new();
        split(text, &tokens, |i| matches!(tokens[i].span().slice(text), "Dr" | "Mr" | "No"), &mut starts);
        let mut bounds: Vec<usize> = starts.iter().map(|s| tokens[*s as usize].start as usize).collect();
        bounds.push(text.len());
        bounds.windows(2).map(|w| text[w[0]..w[1]].trim()).collect()
    }

    #[test]
    fn sentence_boundaries() {
        assert_eq!(sentences("He met Dr. Aliyeva. “Talks went well.” She left!"), ["He met Dr. Aliyeva.", "“Talks went well.”", "She left!"]);
        assert_eq!(sentences("John F. Kennedy spoke. See No. 5 there."), ["John F. Kennedy spoke.", "See No. 5 there."]);
        assert_eq!(sentences("HEADLINE\n\nBody text\nwraps here."), ["HEADLINE", "Body text\nwraps here."]);
        assert_eq!(sentences("* one\n* two"), ["* one", "* two"]);
        assert_eq!(sentences(""), [""; 0]);
    }
}
