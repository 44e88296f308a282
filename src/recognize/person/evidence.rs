//! What speaks for and against a run of capitalised words being a person's name.
//!
//! Each sign has a weight; a run counts from [`THRESHOLD`] on.

use super::super::phrase::is_name_word;
use super::super::{Context, Names, bits};
use super::repeats::{Lone, Manner};
use super::run::{self, MAX_WORDS, Run, is_initial};
use super::words::Words;
use super::{Around, THRESHOLD, Verdict};
use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, EntryId, List};
use crate::token::fold::{fold_into, hash_sequence};
use crate::token::{Case, Gap, Kind};

/// Tokens back in which a title in the plural is looked for.
const SHARED: usize = 14;

/// What the signs are read from.
pub(super) struct Evidence<'e, 's, 'a> {
    pub(super) ctx: &'e Context<'s, 'a>,
    pub(super) names: &'e Names<'a>,
    pub(super) around: &'e Around,
    pub(super) lone: &'e Lone,
    /// The words of the run that is judged.
    pub(super) words: Words,
}

impl<'a> Evidence<'_, '_, 'a> {
    /// Weighs the evidence for a run and trims what does not belong to it.
    pub(super) fn judge(&mut self, run: Run) -> Verdict<'a> {
        self.words.read(self.ctx, run);
        self.weigh(run)
    }

    fn weigh(&self, run: Run) -> Verdict<'a> {
        let Evidence { ctx, names, .. } = self;
        let before = self.before(run.first);
        let first = self.trim_left(run, before);
        let before = if first == run.first { before } else { self.before(first) };
        let end = self.trim_right(first, run.end);
        let words = (first..end).filter(|i| ctx.tokens[*i].kind == Kind::Word && ctx.tokens[*i].is_capitalized() && !self.words.is_initial(*i)).count();
        if words == 0 || words > MAX_WORDS || end <= first {
            return Verdict::No;
        }
        // "Robert E." of "Robert E. Lee Bridge": the rest of the name belongs to a longer one.
        let last = (first..end).rfind(|i| ctx.tokens[*i].is_word());
        if last.is_some_and(|i| self.words.is_initial(i)) && ctx.joined(end) && names.starting(end).is_some_and(|f| f.label != Label::Person) {
            return Verdict::No;
        }
        let whole = run::past_suffix(ctx, end);
        let has_initial = (first..end).any(|i| self.words.is_initial(i));
        if has_initial && let Some(entry) = without_initials(ctx, first, end) {
            let mut found = ctx.by_rule(first, whole, Label::Person, Form::Full, "person.middle_initial", 0.93);
            found.entry = Some((List::People, entry));
            return Verdict::Person(found);
        }
        let after = self.after(whole);
        if words == 1 && !has_initial {
            return self.judge_single(first, end, before, after);
        }
        if (first..end).all(|i| ctx.tokens[i].case != Case::Capital) && !ctx.shouted(first) && before < 2.0 {
            return Verdict::No;
        }
        let score = self.name(first, end) + before + after + self.repeated(first, end) + self.penalties(first, end);
        if score < THRESHOLD {
            if let Some(verdict) = self.before_headline(first, end, before) {
                return verdict;
            }
            return Verdict::Doubt(Run { first, end: whole }, score);
        }
        let conf = (0.55 + 0.07 * score).min(0.95);
        Verdict::Person(ctx.by_rule(first, whole, Label::Person, Form::Full, self.rule(first, end, before), conf))
    }

    /// "President Orrwell Welcoming Guests": a headline's capitals go on behind a surname with its title.
    fn before_headline(&self, first: usize, end: usize, before: f32) -> Option<Verdict<'a>> {
        let Evidence { ctx, words, .. } = self;
        let goes_on = words.given(first + 1) == 0.0 && words.surname(first + 1) < 0.9 && ctx.tokens[first + 1].is_word();
        let is_one = before >= 2.0 && end > first + 1 && ctx.titled(first) && goes_on && words.surname(first) >= 0.9;
        is_one.then(|| self.judge_single(first, first + 1, before, 0.0)).filter(|verdict| matches!(verdict, Verdict::Person(_)))
    }

    fn rule(&self, first: usize, end: usize, before: f32) -> &'static str {
        let Evidence { ctx, around, .. } = self;
        if first > 0 && around.ends(first) {
            "person.after_role"
        } else if before >= 2.5 {
            "person.after_honorific"
        } else if ctx.word(end) == "," && around.starts(end + 1) {
            "person.before_apposed_role"
        } else if ctx.is_in(first, List::GivenNames) {
            "person.given_name"
        } else {
            "person.context"
        }
    }

    /// Drops leading words that only a sentence's start, a headline or another name's end capitalises.
    fn trim_left(&self, run: Run, before: f32) -> usize {
        let Evidence { ctx, words, .. } = self;
        let start = run.first;
        if words.given(start) > 0.0 || before >= 2.0 && ctx.commonness(start) == 0 {
            return start;
        }
        let later = (start + 1..run.end.saturating_sub(1)).find(|i| words.given(*i) >= 1.5 && !words.is_initial(*i) && ctx.tokens[*i].gap == Gap::Space);
        match later {
            Some(i) if words.surname(start) == 0.0 => i,
            _ => start,
        }
    }

    /// Drops trailing words that belong to a name's context ("Biden Administration", "Orrwell Welcomes Progress").
    fn trim_right(&self, first: usize, end: usize) -> usize {
        const FOREIGN: u64 = bits(&[List::OrgHeads, List::EventHeads, List::PlaceHeads, List::SpeechVerbs, List::Roles, List::CompanySuffixes]);
        let Evidence { ctx, words, .. } = self;
        let mut end = end;
        while end > first + 2 && ctx.tokens[end - 1].gap != Gap::None && words.surname(end - 1) < 0.9 && !words.is_initial(end - 1) && ctx.word(end - 1) != "."
        {
            let at = end - 1;
            let honour = || {
                ctx.has(at, List::NameSuffixes)
                    && ctx.lookups.at(at).iter().any(|h| h.list == List::NameSuffixes && ctx.cell(h, Column::Inside) != "1" && h.end as usize >= end)
            };
            // "Catharine O. Fan": behind an initial stands the surname, whatever else the word is.
            if ctx.word(at - 1) == "." && at > first + 2 && words.is_initial(at - 2) && words.given(first) >= 1.5 {
                break;
            }
            if !(ctx.is_in_any(at, FOREIGN) || honour() || words.given(at) == 0.0 && ctx.commonness(at) > 0) {
                break;
            }
            end = at;
        }
        end
    }

    /// What stands before token `first`.
    fn before(&self, first: usize) -> f32 {
        let Evidence { ctx, around, .. } = self;
        if first == 0 || !ctx.joined(first) {
            return 0.0;
        }
        if around.ends(first) && ctx.tokens[first - 1].clitic == 0 {
            return 2.2;
        }
        if matches!(ctx.word(first - 1), "," | "and" | "&") && self.shares_title(first) {
            return 2.2;
        }
        let point = usize::from(ctx.word(first - 1) == ".");
        let ends = |list: List| {
            (first.saturating_sub(4)..first)
                .filter(move |i| ctx.has(*i, list))
                .flat_map(|i| ctx.lookups.at(i))
                .filter(move |h| h.list == list && (h.end as usize == first || point == 1 && h.end as usize + 1 == first))
        };
        if ends(List::Honorifics).next().is_some() {
            return 3.0;
        }
        if ends(List::Roles).any(|h| h.column_name() != "plurals" && (ctx.cell(h, Column::Use) == "stop" || ctx.tokens[h.first as usize].case == Case::Lower)) {
            return 1.3; // "midfielder", "student": said of people, but no office
        }
        if ctx.is_in(first - 1, List::SpeechVerbs) && ctx.tokens[first - 1].case == Case::Lower {
            return 1.0;
        }
        if ctx.word(first - 1) == "," && around.ends(first - 1) {
            return 1.0;
        }
        if is_byline(ctx, first) { 1.5 } else { 0.0 }
    }

    /// "Senators Orrwell, Quill and Varnell": a list of capitalised words behind a title in the plural.
    fn shares_title(&self, first: usize) -> bool {
        let Evidence { ctx, around, words, .. } = self;
        // "Senators, Democrats and Republicans": a plural is hardly a surname that no list has.
        if words.surname(first) == 0.0 && words.given(first) == 0.0 && (!self.is_unknown(first) || ctx.word(first).ends_with('s')) {
            return false;
        }
        let mut at = first;
        while at > first.saturating_sub(SHARED) && ctx.same_line(at) {
            if around.ends(at) {
                return at < first && ctx.ending(at, List::Roles, 4).any(|hit| hit.column_name() == "plurals");
            }
            let is_listed = matches!(ctx.word(at - 1), "," | "and" | "&") || is_name_word(ctx, at - 1) && ctx.tokens[at - 1].clitic == 0;
            if !is_listed {
                return false;
            }
            at -= 1;
        }
        false
    }

    /// What stands behind a name that ends before token `end`.
    fn after(&self, end: usize) -> f32 {
        let Evidence { ctx, around, .. } = self;
        if end >= ctx.tokens.len() {
            return 0.0;
        }
        if !ctx.joined(end) {
            return if around.starts(end) { 1.2 } else { 0.0 };
        }
        if matches!(ctx.word(end), "," | "(" | "–" | "—") {
            return self.apposed(end);
        }
        if ctx.is_in(end, List::SpeechVerbs) && ctx.tokens[end].case == Case::Lower {
            return 1.3;
        }
        // "Jane Doe Secretary of Labor": a list of appointments.
        if around.starts(end) && ctx.tokens[end - 1].clitic == 0 {
            return 1.0;
        }
        if ctx.is_any(end, &["as"]) && (end + 1..end + 4).any(|i| around.starts(i)) {
            return 1.2;
        }
        if is_telephone(ctx, end) {
            return 1.3;
        }
        if ctx.is_any(end, &["who", "whose", "born"]) {
            return 1.0;
        }
        if ctx.is_any(end, &["is", "was", "has", "had", "will", "met", "and"]) { 0.3 } else { 0.0 }
    }

    /// What stands behind a comma, bracket or dash after a name.
    fn apposed(&self, mark: usize) -> f32 {
        let Evidence { ctx, names, around, .. } = self;
        let mut at = mark + 1;
        if is_telephone(ctx, at) || is_age(ctx, at, ctx.word(mark)) {
            return 1.5;
        }
        if ctx.is_any(at, &["who", "whose", "aged", "born", "pictured"]) {
            return 1.5;
        }
        while ctx.is_any(at, &["the", "a", "an", "former", "then", "also", "now", "its", "his", "her", "their", "our"]) {
            at += 1;
        }
        let mut steps = 0;
        while steps < 2
            && let Some(f) = names.starting(at).filter(|f| matches!(f.label, Label::State | Label::Organization | Label::Place))
        {
            at = f.end as usize;
            steps += 1;
        }
        if around.starts(at) {
            return 2.0;
        }
        let is_human = ctx.has(at, List::Roles)
            && ctx.tokens[at].case == Case::Lower
            && ctx.lookups.at(at).iter().any(|h| h.list == List::Roles && h.column_name() == "form");
        if is_human { 1.5 } else { 0.0 }
    }

    /// Whether the last word stands alone elsewhere, as surnames do.
    fn repeated(&self, first: usize, end: usize) -> f32 {
        let ctx = self.ctx;
        let last = (0..end).rev().find(|i| ctx.tokens[*i].is_word()).unwrap_or(0);
        let hash = ctx.tokens[last].hash;
        // "CoinW" is no given name, and nobody is called "Quill Quill".
        let is_plain = |i: usize| ctx.word(i).chars().skip(1).all(char::is_lowercase);
        let opens_name = first < last && self.is_unknown(first) && !ctx.titled(first) && is_plain(first) && ctx.tokens[first].hash != hash;
        match self.lone.met(hash) {
            Some(Manner::Personal) if opens_name => 1.9,
            Some(Manner::Personal) => 1.3,
            Some(Manner::Plain) if self.names.over(last).is_none() && ctx.commonness(last) == 0 => 0.5,
            _ => 0.0,
        }
    }

    /// What the words of the name themselves say.
    fn name(&self, first: usize, end: usize) -> f32 {
        let Evidence { ctx, words, .. } = self;
        let mut last = end - 1;
        while last > first && !ctx.tokens[last].is_word() {
            last -= 1;
        }
        let (given, surname) = (|i| words.given(i), |i| words.surname(i));
        let particle = (first..last).any(|i| ctx.tokens[i].case == Case::Lower && ctx.has(i, List::NameParticles));
        let plain = if self.is_unknown(last) {
            0.7
        } else if last == first + 1 && given(first) > 1.0 && surname(last) > 0.0 && !ctx.titled(last) {
            0.7 // a surname that is also a word
        } else {
            0.0
        };
        let family = surname(last).max(if particle { 0.9 } else { 0.0 }).max(plain);
        let initial = (first..end).any(|i| words.is_initial(i) && ctx.word(i + 1) == ".");
        let mut score = given(first).max(if words.is_initial(first) { 0.8 } else { 0.0 }) + family;
        if score < 1.8 {
            score += 0.5 * surname(first); // family name first
            score += 0.5 * given(last);
        }
        if given(first) > 0.0 && !ctx.opens(first) && score < 2.4 && !ctx.shouted(first) {
            score += 0.5; // a word that is also another one is none at the head of a sentence only
        }
        if initial && score > 0.0 {
            score += 1.0;
        }
        if has_syllables(ctx, first, end) {
            score += 1.4;
        }
        score
    }

    /// A word that is on no list and no word of running text: like most surnames.
    fn is_unknown(&self, i: usize) -> bool {
        const OTHERS: u64 = bits(&[
            List::Surnames,
            List::Roles,
            List::OrgHeads,
            List::EventHeads,
            List::AgreementHeads,
            List::PlaceHeads,
            List::CompanySuffixes,
            List::Portfolios,
            List::Topics,
            List::States,
            List::Places,
            List::Organizations,
            List::TimexWords,
            List::Honorifics,
        ]);
        let ctx = self.ctx;
        ctx.tokens[i].case == Case::Capital
            && ctx.word(i).chars().count() >= 3
            && self.names.over(i).is_none()
            && !ctx.is_in_any(i, OTHERS)
            && ctx.commonness(i) == 0
    }

    fn penalties(&self, first: usize, end: usize) -> f32 {
        const HEADS: u64 =
            bits(&[List::OrgHeads, List::PlaceHeads, List::EventHeads, List::AgreementHeads, List::CompanySuffixes, List::Portfolios, List::Topics]);
        let Evidence { ctx, names, words, .. } = self;
        let known = |i: usize| words.given(i) > 1.0 || words.surname(i) > 0.9;
        let mut score = 0.0;
        for i in first..end {
            if let Some(over) = names.over(i) {
                // "Mori Takeo": a family name, and a given name that is also a town.
                let is_given = over.label == Label::Place && i > first && ctx.is_in(i, List::GivenNames) && words.surname(first) > 0.0;
                score -= if is_given { 0.2 } else { 0.8 };
            }
            // Behind a sure given name, in running text, a common word is a surname more often than not.
            let follows_given = || i > first && words.given(i - 1) > 1.0 && !ctx.opens(i) && !ctx.titled(i);
            if !known(i) && ctx.is_in_any(i, HEADS) {
                score -= 1.6;
            } else if !known(i) && ctx.tokens[i].is_capitalized() && !words.is_initial(i) && words.given(i) == 0.0 && ctx.commonness(i) > 0 {
                // The head of a sentence has its own penalty.
                score -= if follows_given() || i == first && ctx.opens(i) && !ctx.titled(i) { 0.1 } else { 0.8 };
            }
            if ctx.tokens[i].case == Case::Upper && !words.is_initial(i) && !ctx.shouted(i) && i == first {
                score -= 1.0;
            }
        }
        if ctx.opens(first) && words.given(first) == 0.0 {
            score -= 0.6;
        }
        if ctx.shouted(first) {
            score -= if (first..end).any(known) { 0.6 } else { 1.6 };
        }
        score
    }
}

/// The one listed person whose name the run is but for middle initials (and "Jr." and the like).
fn without_initials(ctx: &Context<'_, '_>, first: usize, end: usize) -> Option<EntryId> {
    let words: Vec<usize> = (first..end).filter(|i| ctx.tokens[*i].is_word()).collect();
    let (head, rest) = words.split_first()?;
    let kept: Vec<usize> = std::iter::once(*head).chain(rest.iter().copied().filter(|i| !is_initial(ctx, *i))).collect();
    if kept.len() < 2 || kept.len() == words.len() || is_initial(ctx, *head) {
        return None;
    }
    let last = ctx.word(kept[kept.len() - 1]).trim_end_matches('.');
    let bare = kept.len() - usize::from(kept.len() > 2 && matches!(last, "Jr" | "Sr" | "II" | "III" | "IV"));
    listed_as(ctx, &kept).or_else(|| listed_as(ctx, &kept[..bare]))
}

/// The one person listed under the name that these tokens make.
fn listed_as(ctx: &Context<'_, '_>, words: &[usize]) -> Option<EntryId> {
    let (first, rest) = words.split_first()?;
    let mut hash = ctx.tokens[*first].hash;
    let mut folded = String::new();
    fold_into(ctx.word(*first), &mut folded);
    for i in rest {
        hash = hash_sequence(hash, ctx.tokens[*i].hash, true);
        folded.push(' ');
        fold_into(ctx.word(*i), &mut folded);
    }
    ctx.table.only_entry(List::People, hash, &folded)
}

/// "By Jane Doe", "Contact: Jane Doe": a line of its own that names its writer or whom to ask.
fn is_byline(ctx: &Context<'_, '_>, first: usize) -> bool {
    let colon = usize::from(ctx.word(first - 1) == ":");
    let Some(word) = first.checked_sub(1 + colon) else { return false };
    let is_line = word == 0 || ctx.tokens[word].gap >= Gap::Line;
    if colon == 0 {
        return ctx.is_any(word, &[if is_line { "by" } else { "contact" }]);
    }
    const CUES: &[&str] = &["by", "contact", "contacts", "author", "editor", "photo", "reporter", "enquiries", "inquiries", "spokesperson"];
    (is_line || ctx.tokens[word].is_capitalized()) && ctx.is_any(word, CUES)
}

/// A telephone number at token `at`: digits of four places or more, a plus sign before or more digits behind.
fn is_telephone(ctx: &Context<'_, '_>, at: usize) -> bool {
    let plus = matches!(ctx.word(at), "+" | "(");
    let at = at + usize::from(plus);
    let digits = |i: usize| ctx.tokens.get(i).is_some_and(|t| t.kind == Kind::Number) && ctx.word(i).bytes().all(|b| b.is_ascii_digit());
    ctx.joined(at) && digits(at) && (plus || ctx.word(at).len() >= 3 && (digits(at + 1) || digits(at + 2)) && matches!(ctx.word(at).len(), 3 | 4))
}

/// ", 34,", "(34)", ", 34 years": an age.
fn is_age(ctx: &Context<'_, '_>, i: usize, mark: &str) -> bool {
    let close = if mark == "(" { ")" } else { "," };
    ctx.word(i).parse::<u8>().is_ok_and(|age| (10..110).contains(&age)) && matches!(ctx.word(i + 1), c if c == close || c == ".")
}

/// "Kim Dong-kwan": a capitalised word, then two syllables with a hyphen, the second in small letters: written so for people alone.
fn has_syllables(ctx: &Context<'_, '_>, first: usize, end: usize) -> bool {
    end == first + 4 && ctx.tokens[first + 1].is_capitalized() && ctx.tokens[first + 2].kind == Kind::Punctuation && ctx.tokens[first + 3].case == Case::Lower
}

/// Whether a name word stands at `i` on the same line.
pub(super) fn goes_on(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.same_line(i) && is_name_word(ctx, i)
}
