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
        if tokens[i].gap >= Gap::Line || !tokens[i].is_word() && is_opener(tokens[i].span().slice(text)) {
            open_from(text, tokens, i, marks);
        }
    }
    mark_shouting(tokens, marks);
}

fn is_opener(mark: &str) -> bool {
    matches!(mark, "“" | "\"" | "‘" | ":" | "•" | "*" | "|")
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
    while start < tokens.len() {
        let mut line = Line::default();
        let mut end = start;
        while end < tokens.len() && (end == start || tokens[end].gap < Gap::Line) {
            line.add(&tokens[end]);
            end += 1;
        }
        let (shouted, titled) = (line.is_shouted(), line.is_titled());
        if shouted || titled {
            marks[start..end].iter_mut().for_each(|m| {
                m.shouted |= shouted;
                m.titled |= titled;
            });
        }
        start = end;
    }
}

/// A line's words of letters by their capitals.
#[derive(Default)]
struct Line {
    words: u32,
    upper: u32,
    /// Words of more than three bytes that are capitalised, and those that are not.
    capitals: u32,
    small: u32,
}

impl Line {
    fn add(&mut self, token: &Token) {
        let len = token.end - token.start;
        if token.case == Case::None || len < 2 {
            return;
        }
        self.words += 1;
        self.upper += u32::from(token.case == Case::Upper);
        let (long, capital) = (len > 3, token.is_capitalized());
        self.capitals += u32::from(long && capital);
        self.small += u32::from(long && !capital);
    }

    fn is_shouted(&self) -> bool {
        self.words >= 4 && self.upper * 10 >= self.words * 7
    }

    fn is_titled(&self) -> bool {
        self.capitals >= 3 && self.small * 4 <= self.capitals
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
