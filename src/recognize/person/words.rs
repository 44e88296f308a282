//! What each word of a run says by itself: read once, asked often.

use super::super::Context;
use super::super::guard::Personal;
use super::run::{Run, is_initial};
use crate::gazetteer::{Column, List};

/// The words of a run.
#[derive(Default)]
pub(super) struct Words {
    first: usize,
    words: Vec<Word>,
}

/// What a word says.
#[derive(Clone, Copy, Default)]
struct Word {
    given: f32,
    surname: f32,
    is_initial: bool,
}

impl Words {
    /// Reads the words of `run` in place of those of an earlier one.
    pub(super) fn read(&mut self, ctx: &Context<'_, '_>, run: Run) {
        self.first = run.first;
        self.words.clear();
        self.words.extend((run.first..run.end).map(|i| Word::of(ctx, i)));
    }

    fn at(&self, i: usize) -> Word {
        i.checked_sub(self.first).and_then(|at| self.words.get(at)).copied().unwrap_or_default()
    }

    /// How much token `i` of the run speaks for being a given name.
    #[inline]
    pub(super) fn given(&self, i: usize) -> f32 {
        self.at(i).given
    }

    /// How much token `i` of the run speaks for being a surname.
    #[inline]
    pub(super) fn surname(&self, i: usize) -> f32 {
        self.at(i).surname
    }

    /// Whether token `i` of the run is an initial, or several.
    #[inline]
    pub(super) fn is_initial(&self, i: usize) -> bool {
        self.at(i).is_initial
    }
}

impl Word {
    fn of(ctx: &Context<'_, '_>, i: usize) -> Word {
        let personal = ctx.personal(i);
        Word { given: given(ctx, i, personal), surname: surname(ctx, i, personal), is_initial: is_initial(ctx, i) }
    }
}

fn given(ctx: &Context<'_, '_>, i: usize, personal: Personal) -> f32 {
    match (personal, ctx.lookups.longest(i, List::GivenNames)) {
        (Personal::Sure, _) => 1.8,
        (Personal::Likely, _) => 1.5,
        (Personal::No, Some(h)) if ctx.cell(h, Column::Clash) == "1" => 0.8,
        (Personal::No, Some(_)) => 1.8,
        (Personal::No, None) => 0.0,
    }
}

fn surname(ctx: &Context<'_, '_>, i: usize, personal: Personal) -> f32 {
    match ctx.lookups.longest(i, List::Surnames) {
        _ if personal == Personal::Sure => 1.0,
        Some(h) if ctx.cell(h, Column::Clash) == "1" => 0.4,
        Some(_) => 1.0,
        None if has_surname_ending(ctx.word(i)) => 0.9,
        None => 0.0,
    }
}

/// Endings that are surnames' or patronymics' in the languages press releases transliterate, found by their last byte.
fn has_surname_ending(word: &str) -> bool {
    const I_ACUTE: u8 = "ć".as_bytes()[1];
    const I_DOTLESS: u8 = "ı".as_bytes()[1];
    let bytes = word.as_bytes();
    let endings: &[&str] = match bytes {
        [_, _, _, _, _, .., last] => match *last {
            b'a' => &["ova", "eva", "vna", "ska"],
            b'c' => &["ovic", "evic"],
            b'e' => &["adze", "idze", "zade"],
            b'h' => &["vich", "zadeh"],
            b'i' => &["shvili", "ski", "skyi", "qizi"],
            b'n' => &["yan", "sson", "stein"],
            b'o' => &["enko"],
            b's' => &["opoulos", "akis"],
            b'u' => &["oğlu", "oglu", "escu", "poulou", "uulu"],
            b'v' => &["ov", "ev"],
            b'y' => &["sky"],
            I_ACUTE => &["ić"],
            I_DOTLESS => &["qızı"],
            _ => &[],
        },
        _ => &[],
    };
    endings.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::has_surname_ending;

    #[test]
    fn endings_tell_surnames() {
        for word in
            ["Petrosyan", "Sokolov", "Orlova", "Kravenko", "Marešić", "Aliqızı", "Tavadze", "Oğuzoğlu", "Dimakis", "Lindsson", "Qasimzadeh", "Verbitsky"]
        {
            assert!(has_surname_ending(word), "{word}");
        }
        for word in ["Orrwell", "Harbour", "Ministry", "Lov", "Sov", "", "ć", "Market", "Nation"] {
            assert!(!has_surname_ending(word), "{word}");
        }
    }
}
