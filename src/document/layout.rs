//! Layout: title line, lines of capitals, places where a capital letter says nothing.

use crate::recognize::Marks;
use crate::token::{Case, Gap, Token};

/// Longest title, in bytes.
const TITLE_BYTES: usize = 220;

/// Fills `marks`, one per token.
pub fn mark(text: &str, tokens: &[Token], sentences: &[u32], marks: &mut Vec<Marks>) {
    marks.clear();
    marks.resize(tokens.len(), Marks::default());
    for start in sentences {
        open_from(text, tokens, *start as usize, marks);
    }
    for i in 0..tokens.len() {
        let opener = !tokens[i].is_word() && matches!(tokens[i].span().slice(text), "“" | "\"" | "‘" | ":" | "•" | "*" | "|");
        if tokens[i].gap >= Gap::Line || opener {
            open_from(text, tokens, i, marks);
        }
    }
    mark_shouting(tokens, marks);
}

/// Marks the first word at or after token `i` as opening, over quotes and bullets.
fn open_from(text: &str, tokens: &[Token], i: usize, marks: &mut [Marks]) {
    let word = (i..tokens.len().min(i + 3)).find(|k| tokens[*k].is_word() && !tokens[*k].span().slice(text).is_empty());
    if let Some(word) = word {
        marks[word].opens = true;
    }
}

/// Marks lines of at least four words, most of them all capitals, and titles, whose longer words are nearly all capitalised.
fn mark_shouting(tokens: &[Token], marks: &mut [Marks]) {
    let mut start = 0;
    for i in 1..=tokens.len() {
        if i == tokens.len() || tokens[i].gap >= Gap::Line {
            let line = &tokens[start..i];
            let letters = |t: &&Token| matches!(t.case, Case::Upper | Case::Lower | Case::Capital | Case::Mixed) && t.end - t.start > 1;
            let words = line.iter().filter(letters).count();
            let upper = line.iter().filter(letters).filter(|t| t.case == Case::Upper).count();
            if words >= 4 && upper * 10 >= words * 7 {
                marks[start..i].iter_mut().for_each(|m| m.shouted = true);
            }
            let long = |t: &&Token| letters(t) && t.end - t.start > 3;
            let capitals = line.iter().filter(long).filter(|t| t.is_capitalized()).count();
            let small = line.iter().filter(long).count() - capitals;
            if capitals >= 3 && small * 4 <= capitals {
                marks[start..i].iter_mut().for_each(|m| m.titled = true);
            }
            start = i;
        }
    }
}

/// The title: the first line when an empty line (or a date line) follows it and it is no running
/// sentence.
pub fn title(text: &str) -> Option<&str> {
    let trimmed = text.trim_start();
    let line = trimmed.lines().next()?.trim();
    let rest = trimmed.get(line.len()..)?;
    let alone = rest.trim_start_matches(['\r', ' ']).starts_with("\n\n") || rest.starts_with("\r\n\r\n") || rest.starts_with("\n");
    let ends_like_title = !line.ends_with(['.', ',', ';']) || line.len() < 80;
    let has_words = line.split_whitespace().count() >= 3;
    (alone && ends_like_title && has_words && line.len() <= TITLE_BYTES && !starts_with_date_word(line) && !rest.trim().is_empty()).then_some(line)
}

fn starts_with_date_word(line: &str) -> bool {
    let head = line.split_whitespace().next().unwrap_or("").to_ascii_lowercase();
    head == "date" || head == "published" || head == "on" || line.bytes().next().is_some_and(|b| b.is_ascii_digit())
}
