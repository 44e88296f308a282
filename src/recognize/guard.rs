//! Guards: where an ambiguous form does not count, or only counts.
//!
//! What is ambiguous, and between what, is data (`guards.tsv`); here is the grammar of its
//! conditions: words beside the form, kinds of neighbours ([`CONDITIONS`]), and what the document
//! says elsewhere.

use super::{Context, phrase};
use crate::gazetteer::{Column, EntryId, List, Lookup, Strength};
use crate::token::fold::hash_folded;
use crate::token::{Case, Gap, Kind};

/// What `not_if` may hold, and what tells it.
const CONDITIONS: &[(&str, Condition)] = &[
    ("given", |ctx, hit| ctx.leads_name(hit)),
    ("surname", |ctx, hit| ctx.follows_name(hit)),
    ("region", |ctx, hit| ctx.region_behind(hit) || ctx.region_of_town(hit)),
    ("shouted", |ctx, hit| ctx.is_lost_in_capitals(hit)),
    ("label", |ctx, hit| ctx.ends_label(hit)),
    ("shouted-inside", |ctx, hit| !ctx.opens(hit.first as usize) && ctx.is_lost_in_capitals(hit)),
];

/// What the neighbours of a word say for its being part of a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Personal {
    /// Nothing.
    No,
    /// A verb of saying or an apposition stands behind the capitalised word that follows.
    Likely,
    /// A given name stands before it or a surname behind it.
    Sure,
}

type Condition = fn(&Context<'_, '_>, &Lookup) -> bool;

/// Tokens on each side that tell whether a word stands among capitals.
const SHOUTING: usize = 10;
/// Classes of roles that stand straight before a surname, while others may stand before a state's name.
const PERSONAL: &[&str] = &["legislator", "judge", "mayor", "governor", "head-of-state", "head-of-government", "royal", "party-leader"];

impl<'a> Context<'_, 'a> {
    /// The hits of `list` that may stand: guards agree, and a weak form has a strong one of the same entry
    /// somewhere in the text.
    pub fn standing(&self, list: List) -> Vec<Lookup> {
        let mut hits: Vec<Lookup> = self.lookups.named(&[list]).filter(|h| self.guards_agree(h)).copied().collect();
        if hits.iter().any(|h| h.strength == Strength::Weak) {
            let mut strong: Vec<EntryId> = hits.iter().filter(|h| h.strength != Strength::Weak).map(|h| h.entry).collect();
            strong.sort_unstable();
            hits.retain(|h| h.strength != Strength::Weak || strong.binary_search(&h.entry).is_ok());
        }
        hits
    }

    /// Whether the guards of an ambiguous form let it stand here for its list.
    pub fn guards_agree(&self, hit: &Lookup) -> bool {
        self.guards_of(hit).all(|guard| self.objection(guard, hit).is_none())
    }

    /// The guards that watch over a hit: those of its form and list.
    pub fn guards_of(&self, hit: &Lookup) -> impl Iterator<Item = &Lookup> {
        let here = if self.lookups.any_of(hit.first as usize, List::Guards) { self.lookups.at(hit.first as usize) } else { &[] };
        let (end, list) = (hit.end, hit.list);
        here.iter().filter(move |g| g.list == List::Guards && g.end == end && self.cell(g, Column::List) == list.name())
    }

    /// What a guard has against a hit: the column of its condition, and the value there that is met (for `needs` all, of
    /// which none is met).
    pub fn objection(&self, guard: &Lookup, hit: &Lookup) -> Option<(&'static str, &'a str)> {
        let entry = self.cell(guard, Column::Entry);
        if !entry.is_empty() && self.cell(hit, Column::Id) != entry {
            return None;
        }
        let (first, end) = (hit.first as usize, hit.end as usize);
        let before = |words: &&str| self.ends_with(first, words);
        if first > 0
            && self.joined(first)
            && let Some(words) = values(self.cell(guard, Column::NotAfter)).find(before)
        {
            return Some(("not_after", words));
        }
        let possessive = self.tokens[end - 1].clitic > 0;
        let behind = |words: &&str| match words.strip_prefix("'s ") {
            Some(words) => possessive && self.starts_with(end, words),
            None => !possessive && self.starts_with(end, words),
        };
        if self.joined(end)
            && let Some(words) = values(self.cell(guard, Column::NotBefore)).find(behind)
        {
            return Some(("not_before", words));
        }
        if let Some(condition) = values(self.cell(guard, Column::NotIf)).find(|condition| self.holds(condition, hit)) {
            return Some(("not_if", condition));
        }
        let needs = self.cell(guard, Column::Needs);
        if !needs.is_empty() && !values(needs).any(|sign| self.says(sign, hit)) {
            return Some(("needs", needs));
        }
        values(self.cell(guard, Column::Unless)).find(|sign| self.says(sign, hit)).map(|sign| ("unless", sign))
    }

    /// Whether the condition of this name is met at `hit`.
    fn holds(&self, name: &str, hit: &Lookup) -> bool {
        CONDITIONS.iter().any(|(known, condition)| *known == name && condition(self, hit))
    }

    /// Whether the text says `sign` somewhere: words, `@ID` an entry of the hit's list by another form than the hit's,
    /// `@ID/OTHER` the one entry and not the other.
    fn says(&self, sign: &str, hit: &Lookup) -> bool {
        match sign.strip_prefix('@').map(|ids| ids.split_once('/').unwrap_or((ids, ""))) {
            Some((id, other)) => self.names(id, hit) && (other.is_empty() || !self.names(other, hit)),
            None => self.holds_words(sign),
        }
    }

    /// Whether a name of the entry `id` stands in the text that is neither the hit's form nor part of a longer name.
    fn names(&self, id: &str, hit: &Lookup) -> bool {
        let form = |h: &Lookup| self.tokens[h.first as usize..h.end as usize].iter().map(|t| t.hash);
        self.lookups.iter().any(|h| {
            h.list == hit.list
                && matches!(h.column_name(), "name" | "aliases" | "acronyms")
                && self.cell(h, Column::Id) == id
                && !form(h).eq(form(hit))
                && !self.is_within_longer(h)
        })
    }

    fn is_within_longer(&self, hit: &Lookup) -> bool {
        let first = hit.first as usize;
        (first.saturating_sub(8)..=first).any(|i| self.lookups.at(i).iter().any(|h| h.list == hit.list && h.end >= hit.end && h.len() > hit.len()))
    }

    /// "Michael Jordan", "Mr. Jordan", "Sen. Jordan", "Vernon E. Jordan": a name goes on with the hit.
    fn follows_name(&self, hit: &Lookup) -> bool {
        let first = hit.first as usize;
        if first == 0 || !self.same_line(first) {
            return false;
        }
        let mut before = first - 1;
        if self.word(before) == "." && before > 0 && is_letter(self.word(before - 1)) && self.tokens[before].gap == Gap::None {
            before -= 1; // the point of an initial
        }
        if is_letter(self.word(before)) && before > 0 && self.same_line(before) {
            before -= 1;
        }
        self.is_after_given_name(before + 1) || self.is_addressed(first)
    }

    /// How much the words beside token `i`, which may be a state, a place or a month, say for its being a word of a person's
    /// name: nothing, something (a verb of saying, an apposition), or all (a sure given name or surname).
    pub(super) fn personal(&self, i: usize) -> Personal {
        let guard = |wanted: &str| {
            let guards = |g: &&Lookup| g.list == List::Guards && g.len() == 1 && values(self.cell(g, Column::NotIf)).any(|condition| condition == wanted);
            self.lookups.at(i).iter().find(guards)
        };
        let month = self.is_month(i);
        if !month && !self.has(i, List::Guards) {
            return Personal::No;
        }
        let surname = guard("surname").is_some() || month && self.is_in(i, List::Surnames);
        if surname && self.is_after_given_name(i) {
            return Personal::Sure;
        }
        let given = guard("given");
        let behind = self.tokens[i].clitic == 0
            && self.same_line(i + 1)
            && self.is_sure_name(i + 1, List::Surnames)
            && !self.is_no_name_before(i)
            && !(self.same_line(i + 2) && phrase::is_name_word(self, i + 2));
        if behind && (given.is_some() || month && self.is_in(i, List::GivenNames)) {
            return Personal::Sure;
        }
        if given.is_some_and(|g| self.leads_name(g)) { Personal::Likely } else { Personal::No }
    }

    /// Whether token `i` is the name of a month.
    pub(super) fn is_month(&self, i: usize) -> bool {
        self.has(i, List::TimexWords) && self.lookups.longest(i, List::TimexWords).is_some_and(|h| self.cell(h, Column::Class) == "month")
    }

    /// A capitalised word of `names` that is no other word, place or head.
    fn is_sure_name(&self, i: usize, names: List) -> bool {
        const OTHERS: &[List] = &[List::States, List::Places, List::Organizations, List::Roles, List::OrgHeads, List::EventHeads, List::PlaceHeads];
        self.lookups.longest(i, names).is_some_and(|h| h.len() == 1 && self.cell(h, Column::Clash) != "1")
            && phrase::is_name_word(self, i)
            && self.tokens[i].case == Case::Capital
            && !OTHERS.iter().any(|list| self.has(i, *list))
    }

    /// Whether a form of address or a personal title ends before token `i`.
    pub(super) fn is_addressed(&self, i: usize) -> bool {
        let point = usize::from(i > 1 && self.word(i - 1) == "." && self.tokens[i - 1].gap == Gap::None);
        (i.saturating_sub(4)..i).any(|k| {
            self.lookups.at(k).iter().any(|h| {
                (h.end as usize == i || h.end as usize + point == i)
                    && self.tokens[h.end as usize - 1].clitic == 0
                    && self.tokens[k].is_capitalized()
                    && match h.list {
                        List::Honorifics => true,
                        List::Roles => PERSONAL.contains(&self.cell(h, Column::Class)),
                        _ => false,
                    }
            })
        })
    }

    /// "Israel Katz", "Chad F. Wolf", "Kenya Harmon said": a surname goes on from the hit.
    fn leads_name(&self, hit: &Lookup) -> bool {
        let mut next = hit.end as usize;
        let first = hit.first as usize;
        if !self.same_line(next) || self.tokens[next - 1].clitic > 0 || self.is_no_name_before(first) {
            return false;
        }
        let initial = is_letter(self.word(next)) && self.word(next + 1) == "." && self.tokens[next + 1].gap == Gap::None;
        if initial {
            next += 2;
        }
        if !self.same_line(next) || !phrase::is_name_word(self, next) || self.tokens[next].kind != Kind::Word || self.tokens[next].case != Case::Capital {
            return false;
        }
        if phrase::is_name_word(self, next + 1) && self.same_line(next + 1) {
            return false; // "President of Kenya William Ruto": a whole name follows
        }
        if initial || self.is_sure_name(next, List::Surnames) {
            return true;
        }
        // Any other capitalised word needs something beside it that speaks of a person.
        const OTHERS: &[List] = &[
            List::Roles,
            List::OrgHeads,
            List::EventHeads,
            List::AgreementHeads,
            List::PlaceHeads,
            List::CompanySuffixes,
            List::Portfolios,
            List::States,
            List::Organizations,
            List::TimexWords,
        ];
        if OTHERS.iter().any(|list| self.has(next, *list)) {
            return false;
        }
        let said = first > 0 && self.joined(first) && self.is_in(first - 1, List::SpeechVerbs) && self.tokens[first - 1].case == Case::Lower;
        let speaks = said || self.joined(next + 1) && self.is_in(next + 1, List::SpeechVerbs) && self.tokens[next + 1].case == Case::Lower;
        speaks || self.is_apposed(next + 1) || self.is_addressed(first)
    }

    /// "in", or the "of" of a title: what follows is no person.
    fn is_no_name_before(&self, first: usize) -> bool {
        first > 0
            && (self.is_any(first - 1, &["in"]) || first > 1 && self.is_any(first - 1, &["of"]) && self.ending(first - 1, List::Roles, 5).next().is_some())
    }

    /// Whether a given name stands before token `i`, and no name before that: in "Ali Hassan Jordan" of a table the last is a state.
    fn is_after_given_name(&self, i: usize) -> bool {
        let Some(given) = i.checked_sub(1).filter(|_| self.same_line(i)) else { return false };
        let longer = given > 0
            && self.same_line(given)
            && [List::GivenNames, List::Surnames].iter().any(|list| self.is_in(given - 1, *list))
            && phrase::is_name_word(self, given - 1);
        self.tokens[given].clitic == 0 && self.is_sure_name(given, List::GivenNames) && !longer
    }

    /// ", a teacher", ", who", ", 41,": what stands behind a person's name.
    fn is_apposed(&self, comma: usize) -> bool {
        if self.word(comma) != "," || !self.joined(comma + 1) {
            return false;
        }
        let at = comma + 1 + usize::from(self.is_any(comma + 1, &["a", "an", "the", "former"]));
        self.is_any(at, &["who", "whose"]) || self.has(at, List::Roles) || self.word(at).parse::<u8>().is_ok() && self.word(at + 1) == ","
    }

    /// "Lebanon, Pennsylvania": behind the comma a region that lies elsewhere.
    pub(super) fn region_behind(&self, hit: &Lookup) -> bool {
        let end = hit.end as usize;
        let own = if hit.list == List::States { self.cell(hit, Column::Id) } else { self.cell(hit, Column::State) };
        self.word(end) == ","
            && self.same_line(end + 1)
            && self.lookups.at(end + 1).iter().any(|h| {
                h.list == List::Places && self.cell(h, Column::Kind) == "region" && !matches!(self.cell(h, Column::State), s if s.is_empty() || s == own)
            })
    }

    /// "Atlanta, Georgia": before the comma a town of a region that is called like the hit.
    pub(super) fn region_of_town(&self, hit: &Lookup) -> bool {
        let first = hit.first as usize;
        let form = hit.span.slice(self.text);
        first > 1
            && self.word(first - 1) == ","
            && self.joined(first)
            && (first.saturating_sub(6)..first - 1).any(|i| {
                self.lookups
                    .at(i)
                    .iter()
                    .any(|h| h.list == List::Places && h.end as usize == first - 1 && self.cell(h, Column::Region).eq_ignore_ascii_case(form))
            })
    }

    /// Whether a form in capitals stands among capitals, where it may be a plain word, and nothing says that it is not:
    /// no mention of the entry outside capitals, no article, no title, state or organisation beside it.
    fn is_lost_in_capitals(&self, hit: &Lookup) -> bool {
        let (first, end) = (hit.first as usize, hit.end as usize);
        if !self.among_capitals(first, end) || first > 0 && self.same_line(first) && self.is_any(first - 1, &["the"]) {
            return false;
        }
        let named = |i: usize| self.same_line(i) && (self.has(i, List::States) || self.has(i, List::Organizations));
        let head = self.same_line(end) && (self.has(end, List::Roles) || self.has(end, List::OrgHeads));
        let joint = |i: usize| self.same_line(i) && matches!(self.word(i), "-" | "–" | "/" | "&" | "," | "and" | "AND");
        if head || named(end) || joint(end) && named(end + 1) || joint(first) && first > 1 && self.is_named_before(first - 1) {
            return false;
        }
        if first > 1 && joint(first - 1) && self.is_named_before(first - 1) {
            return false;
        }
        !self
            .lookups
            .iter()
            .any(|h| h.list == hit.list && h.entry == hit.entry && h.strength != Strength::Weak && !self.among_capitals(h.first as usize, h.end as usize))
    }

    /// "Contact US": the form ends a line of two words.
    fn ends_label(&self, hit: &Lookup) -> bool {
        let (first, end) = (hit.first as usize, hit.end as usize);
        let ends_line = self.tokens.get(end).is_none_or(|t| t.gap >= Gap::Line);
        ends_line && self.same_line(first) && first > 0 && self.tokens[first - 1].is_capitalized() && (first == 1 || self.tokens[first - 1].gap >= Gap::Line)
    }

    /// Whether a state or an organisation ends before token `i`.
    fn is_named_before(&self, i: usize) -> bool {
        (i.saturating_sub(4)..i).any(|k| {
            self.lookups.at(k).iter().any(|h| matches!(h.list, List::States | List::Organizations) && h.end as usize == i && h.strength != Strength::Weak)
        })
    }

    /// Whether the words around `first..end` on its line are nearly all capitals.
    fn among_capitals(&self, first: usize, end: usize) -> bool {
        let from = (first.saturating_sub(SHOUTING)..first).rev().take_while(|i| self.same_line(i + 1)).last().unwrap_or(first);
        let to = (end..self.tokens.len().min(end + SHOUTING)).take_while(|i| self.same_line(*i)).last().map_or(end, |i| i + 1);
        let (mut words, mut upper) = (0, 0);
        for token in self.tokens[from..first].iter().chain(&self.tokens[end..to]).filter(|t| t.is_word() && t.end - t.start > 1) {
            words += 1;
            upper += usize::from(token.case == Case::Upper);
        }
        words > 0 && upper * 10 >= words * 7
    }

    /// Whether the tokens from `at` on are `words`.
    fn starts_with(&self, at: usize, words: &str) -> bool {
        // Most words are told by their first letter.
        same_letter(self.word(at).as_bytes().first(), words.as_bytes().first()) && self.end_of(at, words).is_some()
    }

    /// Whether the tokens before `at` are `words`.
    fn ends_with(&self, at: usize, words: &str) -> bool {
        let last = at.checked_sub(1).and_then(|i| self.word(i).as_bytes().last());
        if !same_letter(last, words.as_bytes().last()) {
            return false;
        }
        let fewest = words.split(' ').count();
        (fewest..=fewest + words.bytes().filter(u8::is_ascii_punctuation).count()).any(|n| at >= n && self.end_of(at - n, words) == Some(at))
    }

    /// One past the tokens from `at` on that are `words`: blanks stand between them, marks ("mr.", ", ohio") are tokens of
    /// their own. Small letters match any case, capitals only themselves.
    fn end_of(&self, at: usize, words: &str) -> Option<usize> {
        let (mut i, mut left) = (at, words);
        while !left.is_empty() {
            let word = self.word(i);
            let piece = left.get(..word.len()).filter(|_| !word.is_empty())?;
            let same = if piece.bytes().any(|b| b.is_ascii_uppercase()) { piece == word } else { piece.eq_ignore_ascii_case(word) };
            let rest = &left[piece.len()..];
            left = rest.trim_start_matches(' ');
            i += 1;
            let glued = self.tokens.get(i).is_none_or(|t| t.gap == Gap::None);
            if !same || left.len() == rest.len() && !left.is_empty() && !glued {
                return None;
            }
        }
        Some(i)
    }

    /// Whether `words` stand somewhere in the text, in any case. Cost: one pass.
    pub fn holds_words(&self, words: &str) -> bool {
        let first = words.split([' ', '-', ',']).next().unwrap_or("");
        let first = hash_folded(first.as_bytes());
        self.lookups.may_hold(first) && self.tokens.iter().enumerate().any(|(i, t)| t.hash == first && self.starts_with(i, words))
    }
}

/// The values of a cell.
fn values(cell: &str) -> impl Iterator<Item = &str> {
    let mut rest = cell;
    std::iter::from_fn(move || {
        // Values are short: looking at each byte is faster than a search made for long texts.
        while let Some(after) = rest.strip_prefix('|') {
            rest = after;
        }
        let end = rest.bytes().position(|byte| byte == b'|').unwrap_or(rest.len());
        let (value, after) = rest.split_at(end);
        rest = after;
        (!value.is_empty()).then_some(value)
    })
}

/// Whether two bytes are there and differ at most in case.
fn same_letter(a: Option<&u8>, b: Option<&u8>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a.eq_ignore_ascii_case(b))
}

fn is_letter(word: &str) -> bool {
    word.len() == 1 && word.as_bytes()[0].is_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::builtin;

    #[test]
    fn guards_name_known_lists_conditions_and_entries() {
        let table = builtin().unwrap();
        for entry in table.entries(List::Guards) {
            let cell = |column| table.cell(List::Guards, entry, column);
            let list = crate::gazetteer::schema::SCHEMAS.iter().find(|s| s.name == cell(Column::List));
            let list = list.unwrap_or_else(|| panic!("{}: no list {}", cell(Column::Form), cell(Column::List))).list;
            let known = |id: &str| list.position(Column::Id).is_some() && table.entries(list).any(|e| table.cell(list, e, Column::Id) == id);
            for condition in values(cell(Column::NotIf)) {
                assert!(CONDITIONS.iter().any(|(known, _)| *known == condition), "{}: no condition {condition}", cell(Column::Form));
            }
            let signs = values(cell(Column::Needs)).chain(values(cell(Column::Unless))).filter_map(|sign| sign.strip_prefix('@'));
            for id in signs.flat_map(|ids| ids.split('/')).chain(values(cell(Column::Entry))) {
                assert!(known(id), "{}: no entry {id} in {}", cell(Column::Form), cell(Column::List));
            }
        }
    }
}
