//! Bare titles: who "the President" is.
//!
//! A title without a name beside it points back to a holder named with it before, to the issuer's own office-holder, or, in a
//! headline, to one named later. What several could be meant by, and what the dated list contradicts, stays open.

use super::coreference::Entity;
use super::holder::Held;
use super::tenure::{Post, Tenures};
use crate::gazetteer::{EntryId, List};
use crate::recognize::role::RoleFound;
use crate::recognize::{Context, Found, is_name_word_at};
use crate::token::Gap;

/// Classes whose titles all mean one office of a state ("the President", "the Head of State").
const STATE_OFFICES: &[&str] = &["head-of-state", "head-of-government", "minister"];
/// Words right before a title by which it points at nobody named: "a President", "as Minister", "if he was President".
const POINTS_NOWHERE: &[&str] = &[
    "a",
    "an",
    "any",
    "no",
    "every",
    "each",
    "another",
    "some",
    "most",
    "first",
    "next",
    "previous",
    "last",
    "as",
    "for",
    "is",
    "was",
    "be",
    "been",
    "being",
    "am",
    "are",
    "were",
    "become",
    "became",
    "becomes",
    "becoming",
    "former",
    "just",
    "like",
    "than",
    "which",
    "what",
    "whose",
    "other",
    "elected",
    "named",
    "appointed",
    "not",
    "either",
    "neither",
    "both",
    "two",
    "three",
    "many",
    "several",
    "future",
    "then",
];
/// Words right before a small-letter title by which it points at somebody.
const POINTS: &[&str] = &["the", "this", "that", "his", "her", "its", "their", "our", "said"];
/// Words that make another office of the title behind them.
const LESSER: &[&str] = &["deputy", "vice", "assistant", "associate", "under", "sub", "junior"];
/// Tokens from which a text has room for more presidents than it names with their title.
const LONG: usize = 1500;
/// Sentences back in which a foreign holder, or one whose time is over, may be meant.
const NEAR: usize = 2;

/// What is known of a document besides its mentions.
#[derive(Clone, Copy)]
pub struct Circumstances<'d, 'a> {
    /// The entities.
    pub entities: &'d [Entity<'a>],
    /// Entity of each mention.
    pub entity_of: &'d [Option<usize>],
    /// The dated list.
    pub tenures: &'d Tenures<'a>,
    /// The issuing state, when it is sure enough.
    pub issuer: Option<EntryId>,
    /// The document's date.
    pub date: Option<&'d str>,
}

/// A title whose holder is known.
#[derive(Clone, Copy)]
struct Known {
    /// Index among the held roles.
    at: usize,
    /// The holder's mention.
    person: usize,
    entity: usize,
    state: Option<EntryId>,
    /// The list has the holder in this office, but at another time.
    is_over: bool,
}

/// Ties bare titles to their holders.
pub fn tie<'a>(ctx: &Context<'_, 'a>, found: &[Found<'a>], held: &mut [Held<'a>], about: &Circumstances<'_, 'a>) {
    if held.iter().all(|h| h.person.is_some()) {
        return;
    }
    let text = Text { ctx, found, about };
    let named: Vec<Known> = held.iter().enumerate().filter_map(|(at, h)| text.known(at, h)).collect();
    let mut before: Vec<Known> = Vec::with_capacity(named.len());
    let mut later = named.as_slice();
    for k in 0..held.len() {
        while let Some((next, rest)) = later.split_first().filter(|(next, _)| next.at <= k) {
            before.push(*next);
            later = rest;
        }
        let h = &held[k];
        // "the President, Ann?" may speak to Ann.
        let is_loose = h.link == Some("role.apposition_before") && text.is_nobody_listed(h);
        if h.person.is_some() && !is_loose || h.role.plural || h.role.status == "former" || !text.points(h) {
            continue;
        }
        let tied = if is_loose { text.own_holder(held, h) } else { text.holder(held, k, &before, later) };
        if let Some((person, link)) = tied {
            held[k].person = Some(person);
            held[k].link = Some(link);
            // What stands near now is near for the next one too, but for a foreign holder, who soon is another one.
            before.extend(text.known(k, &held[k]).filter(|known| !text.is_foreign(held, known, &held[k])));
        }
    }
}

/// A text and what is known of it.
struct Text<'d, 's, 'a> {
    ctx: &'d Context<'s, 'a>,
    found: &'d [Found<'a>],
    about: &'d Circumstances<'d, 'a>,
}

impl<'a> Text<'_, '_, 'a> {
    fn known(&self, at: usize, h: &Held<'a>) -> Option<Known> {
        let person = h.person?;
        let entity = self.about.entity_of[person]?;
        let state = h.state.map(|(state, _)| state);
        let (mut of_list, mut is_over) = (None, false);
        if let Some(person) = self.about.entities[entity].listed(List::People) {
            let post = Post { class: h.role.class, portfolio: h.role.portfolio, state: state.map_or("", |s| self.code(s)), org: "" };
            if let Some((tenure, verdict)) = self.about.tenures.latest(person, &post, self.about.date) {
                of_list = self.ctx.table.entry(List::States, self.about.tenures.state(tenure));
                is_over = matches!(verdict, "expired" | "not-yet");
            }
        }
        (h.role.status != "former" || is_over).then_some(Known { at, person, entity, state: state.or(of_list), is_over: is_over || h.role.status == "former" })
    }

    /// Whether the list does not have the holder in such an office at any time.
    fn is_nobody_listed(&self, h: &Held<'a>) -> bool {
        let Some(entity) = h.person.and_then(|person| self.about.entity_of[person]) else { return false };
        let post = Post { class: h.role.class, portfolio: h.role.portfolio, state: "", org: "" };
        self.about.entities[entity].listed(List::People).is_none_or(|person| self.about.tenures.latest(person, &post, self.about.date).is_none())
    }

    /// Whether a holder is another state's, or a body's, where the bare title of `h` should mean the issuer's.
    fn is_foreign(&self, held: &[Held<'a>], known: &Known, h: &Held<'a>) -> bool {
        let own = self.about.issuer.filter(|_| is_of_state(h));
        // The head of a body is no office-holder of the issuing state either.
        own.is_some_and(|own| known.state.map_or(held[known.at].org.is_some(), |state| state != own))
    }

    fn code(&self, state: EntryId) -> &'a str {
        self.ctx.table.cell_at(List::States, state, 0)
    }

    /// Whether a bare title can mean somebody named: it is no predicate, no office in general, no part of a name.
    fn points(&self, h: &Held<'a>) -> bool {
        let (ctx, first, end) = (self.ctx, h.role.found.first as usize, h.role.found.end as usize);
        let head = h.role.head.first as usize;
        let follows = first > 0 && ctx.joined(first);
        if follows && ctx.is_any(first - 1, POINTS_NOWHERE) {
            return false;
        }
        let is_told =
            || first < head || h.org.is_some() || owned_state(h).is_some() || follows && (ctx.is_any(first - 1, POINTS) || ctx.tokens[first - 1].clitic > 0);
        if !ctx.tokens[head].is_capitalized() && !is_told() {
            return false;
        }
        let goes_on = ctx.tokens[end - 1].clitic == 0 && ctx.same_line(end);
        let of_other = goes_on && ctx.is_any(end, &["of"]);
        let of_name = goes_on && is_name_word_at(ctx, end) && !ctx.titled(first) && !ctx.shouted(first) && ctx.tokens[end].gap != Gap::None;
        !of_other && !of_name
    }

    /// The holder of the bare title `k` by those named `before` and `later`, and the rule that says so.
    fn holder(&self, held: &[Held<'a>], k: usize, before: &[Known], later: &[Known]) -> Option<(usize, &'static str)> {
        let h = &held[k];
        let is_foreign = |known: &Known| self.is_foreign(held, known, h);
        let owned = owned_state(h);
        let near = |known: &Known| self.sentence(held[known.at].mention) + NEAR >= self.sentence(h.mention);
        let fits = |known: &&Known| {
            let other = &held[known.at];
            let fits_state = owned.is_none_or(|state| known.state.map_or_else(|| near(known), |of| of == state));
            // "the President, Ann?" names no president.
            let is_loose = matches!(other.link, Some("role.apposition_before" | "role.apposition_after")) && self.complement(other).is_empty();
            let is_holder = !is_loose || !is_of_state(h) || !self.is_nobody_listed(other);
            known.at != k && is_holder && fits_state && self.is_same_office(h, other)
        };
        let mut back = before.iter().rev().filter(fits);
        let definite = |known: &Known| (known.person, "role.definite");
        let ahead = || {
            let mut ahead = later.iter().filter(|_| self.is_heading(h)).filter(fits).filter(|known| !known.is_over);
            let next = ahead.next().filter(|next| owned.is_some() || !is_foreign(next))?;
            ahead.all(|other| other.entity == next.entity).then(|| definite(next))
        };
        if owned.is_some() {
            // "The President of Latvia" is whom the text or the list gives to Latvia, before one whose state nothing says.
            let of_state = back.clone().find(|known| known.state == owned && !known.is_over).map(definite);
            return of_state.or_else(|| self.own_holder(held, h)).or_else(|| back.next().map(definite)).or_else(ahead);
        }
        match back.next() {
            Some(last) if !is_foreign(last) && !last.is_over => Some(definite(last)),
            Some(last) => {
                let goes_by = |known: &&Known| h.role.class != "minister" || held[known.at].role.head.entry == h.role.head.entry;
                let of_own = back.clone().find(|known| !is_foreign(known) && !known.is_over && goes_by(known)).map(definite);
                let mut is_one = || !last.is_over && self.ctx.tokens.len() < LONG && back.all(|other| other.entity == last.entity);
                of_own.or_else(|| self.own_holder(held, h)).or_else(|| (near(last) || is_one()).then(|| definite(last)))
            }
            None => ahead().or_else(|| self.own_holder(held, h)),
        }
    }

    /// Whether a title stands in a heading or the lead, which may tell the name later, and is no speaker's label ("THE PRESIDENT:").
    fn is_heading(&self, h: &Held<'a>) -> bool {
        let (ctx, first, end) = (self.ctx, h.role.found.first as usize, h.role.found.end as usize);
        ctx.word(end) != ":" && (ctx.titled(first) || ctx.shouted(first) || self.sentence(h.mention) <= 1 + NEAR)
    }

    /// The issuer's office-holder at the document's date, by the list, when the text names that person, and not by another title.
    fn own_holder(&self, held: &[Held<'a>], h: &Held<'a>) -> Option<(usize, &'static str)> {
        if h.org.is_some() || h.role.status != "current" {
            return None;
        }
        let state = owned_state(h).or(self.about.issuer)?;
        let post = Post { class: h.role.class, portfolio: h.role.portfolio, state: self.code(state), org: "" };
        let (holder, _) = self.about.tenures.sole_holder(&post, self.about.date)?;
        let entity = self.about.entities.iter().position(|e| e.entry == Some((List::People, holder)))?;
        let person = *self.about.entities[entity].mentions.first()?;
        let of_holder = |other: &&Held<'a>| other.person.and_then(|p| self.about.entity_of[p]) == Some(entity) && other.role.class == h.role.class;
        if h.role.class == "minister" && held.iter().filter(of_holder).any(|other| other.role.head.entry != h.role.head.entry) {
            return None;
        }
        Some((person, "role.issuer_holder"))
    }

    /// Whether a bare title can mean the office of another one.
    fn is_same_office(&self, bare: &Held<'a>, other: &Held<'a>) -> bool {
        let (a, b) = (&bare.role, &other.role);
        let of_state = STATE_OFFICES.contains(&a.class) && a.class == b.class;
        let is_one_office = of_state
            && match a.class {
                "head-of-state" => self.is_head_of_state_of_a_kind(a, b),
                "minister" => !a.portfolio.is_empty() && a.portfolio == b.portfolio,
                _ => true,
            };
        if a.head.entry != b.head.entry && !is_one_office && !(a.class == b.class && self.is_short_for(a, b)) {
            return false;
        }
        if !a.portfolio.is_empty() && !b.portfolio.is_empty() && a.portfolio != b.portfolio {
            return false;
        }
        if a.portfolio.is_empty() && !of_state && !self.complement(bare).is_empty() && !same_words(self.complement(bare), self.complement(other)) {
            return false;
        }
        let org = |h: &Held<'a>| h.org.and_then(|org| self.about.entity_of[org]);
        if org(bare).is_some_and(|own| org(other).map_or(!self.complement(other).is_empty(), |theirs| theirs != own)) {
            return false;
        }
        let (rank, theirs) = (self.rank(bare), self.rank(other));
        same_words(rank, theirs) || rank.is_empty() && !says_lesser(theirs)
    }

    /// "Federal President" is "the President", and any of them "the Head of State"; a queen or a supreme leader is no president.
    fn is_head_of_state_of_a_kind(&self, a: &RoleFound<'a>, b: &RoleFound<'a>) -> bool {
        let says = |role: &RoleFound<'a>, word: &str| role.head.span.slice(self.ctx.text).split([' ', '-']).any(|own| own.eq_ignore_ascii_case(word));
        says(a, "head") || says(b, "head") || says(a, "president") && says(b, "president")
    }

    /// "Minister" of "Trade Minister", but not "President" of "Vice President".
    fn is_short_for(&self, short: &RoleFound<'a>, full: &RoleFound<'a>) -> bool {
        let (short, full) = (short.head.span.slice(self.ctx.text), full.head.span.slice(self.ctx.text));
        let at = full.len().saturating_sub(short.len());
        let is_tail = full.get(at..).is_some_and(|tail| tail.eq_ignore_ascii_case(short));
        is_tail && full.get(..at).is_some_and(|rest| rest.ends_with([' ', '-']) && !says_lesser(rest))
    }

    /// What a title says before its head.
    fn rank(&self, h: &Held<'a>) -> &str {
        let text = &self.ctx.text[h.role.found.span.start as usize..];
        text.get(..(h.role.head.span.start - h.role.found.span.start) as usize).unwrap_or("").trim()
    }

    /// What a title says behind its head.
    fn complement(&self, h: &Held<'a>) -> &str {
        self.ctx.text.get(h.role.head.span.end as usize..h.role.found.span.end as usize).unwrap_or("").trim()
    }

    /// Number of the sentence in which a mention begins.
    fn sentence(&self, mention: usize) -> usize {
        self.ctx.sentences.partition_point(|first| *first <= self.found[mention].first)
    }
}

/// Whether a bare title may mean the issuing state's office.
fn is_of_state(h: &Held<'_>) -> bool {
    h.role.is_of_state() || h.role.class == "deputy-head"
}

/// The state that a title's own words or neighbours give it.
fn owned_state(h: &Held<'_>) -> Option<EntryId> {
    h.state.filter(|(_, basis)| *basis != "title").map(|(state, _)| state)
}

fn says_lesser(words: &str) -> bool {
    words.split([' ', '-']).any(|word| LESSER.iter().any(|lesser| lesser.eq_ignore_ascii_case(word)))
}

fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().map(str::to_lowercase).eq(b.split_whitespace().map(str::to_lowercase))
}
