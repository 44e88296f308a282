//! Holders: which person holds a role, and for which state or organisation.
//!
//! Every tie names its rule, every state its basis. What the text says beside the title comes
//! first, then what it says elsewhere, then the list, then the issuer.

use crate::annotation::Label;
use crate::gazetteer::{Column, EntryId, List};
use crate::recognize::role::RoleFound;
use crate::recognize::{Context, Found};
use crate::token::{Case, Gap};

/// A settled role and its ties, by index into the settled mentions.
#[derive(Clone, Debug)]
pub struct Held<'a> {
    /// What the role's words say.
    pub role: RoleFound<'a>,
    /// Index of its mention.
    pub mention: usize,
    /// Index of the holder's mention.
    pub person: Option<usize>,
    /// Further holders of a shared title.
    pub others: Vec<usize>,
    /// Rule that tied the holder.
    pub link: Option<&'static str>,
    /// Index of the organisation's mention.
    pub org: Option<usize>,
    /// The state's entry, and how it was found.
    pub state: Option<(EntryId, &'static str)>,
    /// Of a plural title with several states ("Presidents of A and B") all of them, in text order.
    pub states: Vec<EntryId>,
}

impl Held<'_> {
    /// Whether it neither stands alone nor has a holder beside it.
    pub fn is_idle(&self) -> bool {
        !self.role.standing && self.person.is_none()
    }
}

/// Ties for all roles among the settled mentions `found` (text order), where the holder is named beside the title.
pub fn tie<'a>(ctx: &Context<'_, 'a>, found: &[Found<'a>], roles: &[RoleFound<'a>]) -> Vec<Held<'a>> {
    let map = Map::new(found);
    let mut held: Vec<Held<'_>> = Vec::new();
    for (mention, f) in found.iter().enumerate() {
        let Some(role) = f.link.filter(|_| f.label == Label::Role).and_then(|i| roles.get(i as usize)) else { continue };
        let (org, state) = owner(ctx, &map, role, mention);
        let states = if role.plural { states_inside(&map, role, mention) } else { Vec::new() };
        held.push(Held { role: *role, mention, person: None, others: Vec::new(), link: None, org, state, states });
    }
    tie_beside(ctx, &map, &mut held);
    tie_coordinated(ctx, found, &mut held);
    held
}

/// Mentions by first and by last token.
struct Map<'m, 'a> {
    /// In text order.
    found: &'m [Found<'a>],
    /// End token and index, ascending.
    ends: Vec<(u32, u32)>,
}

impl<'m, 'a> Map<'m, 'a> {
    fn new(found: &'m [Found<'a>]) -> Map<'m, 'a> {
        let mut ends: Vec<(u32, u32)> = found.iter().enumerate().map(|(i, f)| (f.end, i as u32)).collect();
        ends.sort_unstable();
        Map { found, ends }
    }

    fn person_at(&self, token: usize) -> Option<usize> {
        self.starting_with(token, Label::Person)
    }

    fn starting_with(&self, token: usize, label: Label) -> Option<usize> {
        let from = self.found.partition_point(|f| (f.first as usize) < token);
        (from..self.found.len()).take_while(|i| self.found[*i].first as usize == token).find(|i| self.found[*i].label == label)
    }

    fn person_before(&self, token: usize) -> Option<usize> {
        self.ending_with(token, &[Label::Person])
    }

    fn ending_with(&self, token: usize, labels: &[Label]) -> Option<usize> {
        let from = self.ends.partition_point(|(end, _)| (*end as usize) < token);
        self.ends[from..].iter().take_while(|(end, _)| *end as usize == token).map(|(_, i)| *i as usize).find(|i| labels.contains(&self.found[*i].label))
    }
}

/// The organisation and state a role's words and what stands right before it name.
fn owner<'a>(ctx: &Context<'_, 'a>, map: &Map<'_, 'a>, role: &RoleFound<'a>, mention: usize) -> (Option<usize>, Option<(EntryId, &'static str)>) {
    let (mut org, mut state) = before(ctx, map, role);
    let span = role.found.span;
    let sent_to = matches!(role.class, "ambassador" | "envoy");
    for (i, f) in map.found.iter().enumerate().skip(mention + 1).take_while(|(_, f)| f.span.start < span.end) {
        let target = sent_to && (role.head.end..f.first).any(|k| matches!(ctx.word(k as usize), "to" | "for"));
        match f.label {
            Label::Organization if org.is_none() && !target => org = Some(i),
            Label::State if state.is_none() && !target && !inside_name(map.found, mention, i) => state = entry(f).map(|e| (e, "complement")),
            _ => {}
        }
    }
    if state.is_none() {
        // "Minister of Foreign Affairs of Armenia" may leave the state behind the span's end: none here.
        if let Some(o) = org {
            state = org_state(ctx, map.found, o).map(|e| (e, "org"));
        }
    }
    if state.is_none() && !role.idiom.is_empty() && ctx.tokens[role.head.first as usize].is_capitalized() {
        let strong = ctx.cell(&role.head, Column::Idiom) == "strong" || named_in_text(map.found, ctx, role.idiom);
        state = state_entry(ctx, role.idiom).filter(|_| strong).map(|e| (e, "title"));
    }
    (org, state)
}

/// The states that a title's complement names.
fn states_inside<'a>(map: &Map<'_, 'a>, role: &RoleFound<'a>, mention: usize) -> Vec<EntryId> {
    let inside = map.found[mention + 1..].iter().take_while(|f| f.span.start < role.found.span.end);
    inside.filter(|f| f.label == Label::State).filter_map(entry).collect()
}

fn entry<'a>(found: &Found<'a>) -> Option<EntryId> {
    found.entry.map(|(_, e)| e)
}

/// Whether mention `i` lies in an organisation (agreement, event) that lies in the role's mention.
fn inside_name<'a>(found: &[Found<'a>], role: usize, i: usize) -> bool {
    found[role + 1..i].iter().any(|f| f.label != Label::Role && f.span.contains(found[i].span) && f.label != Label::Organization)
}

/// What stands right before the title: "Azerbaijan's", "Armenian", "UN".
fn before<'a>(ctx: &Context<'_, 'a>, map: &Map<'_, 'a>, role: &RoleFound<'a>) -> (Option<usize>, Option<(EntryId, &'static str)>) {
    let (mut org, mut state) = (None, None);
    let mut at = role.found.first as usize;
    for _ in 0..4 {
        if at == 0 || !ctx.same_line(at) {
            break;
        }
        if let Some(i) = map.ending_with(at, &[Label::State, Label::Organization, Label::Place]) {
            let f = &map.found[i];
            let possessive = ctx.tokens[at - 1].clitic > 0;
            match f.label {
                Label::State => state = state.or(entry(f).map(|e| (e, if possessive { "possessive" } else { "demonym" }))),
                Label::Organization => org = org.or(Some(i)),
                _ => {}
            }
            at = f.first as usize;
        } else if ctx.is_any(at - 1, &["former", "then", "new", "acting", "late", "outgoing", "incoming", "current", "and", "'"])
            || ctx.has(at - 1, List::RankWords)
        {
            if ctx.is_any(at - 1, &["and"]) {
                break;
            }
            at -= 1;
        } else {
            break;
        }
    }
    (org, state)
}

/// The state of a listed organisation, or the one named inside its name.
fn org_state<'a>(ctx: &Context<'_, 'a>, found: &[Found<'a>], org: usize) -> Option<EntryId> {
    let f = &found[org];
    if let Some((List::Organizations, e)) = f.entry {
        let code = ctx.table.cell(List::Organizations, e, Column::State);
        return state_entry(ctx, code);
    }
    found[org + 1..].iter().take_while(|n| n.span.start < f.span.end).find(|n| n.label == Label::State).and_then(entry)
}

fn state_entry(ctx: &Context<'_, '_>, code: &str) -> Option<EntryId> {
    ctx.table.entry(List::States, code)
}

fn named_in_text<'a>(found: &[Found<'a>], ctx: &Context<'_, 'a>, code: &str) -> bool {
    found.iter().any(|f| matches!(f.entry, Some((List::States, e)) if ctx.table.cell(List::States, e, Column::Id) == code))
}

/// Holders named right after or right before the title.
fn tie_beside<'a>(ctx: &Context<'_, 'a>, map: &Map<'_, 'a>, held: &mut [Held<'a>]) {
    let role_spans: Vec<(u32, u32)> = held.iter().map(|h| (h.role.found.first, h.role.found.end)).collect();
    let mut outer = 0;
    for h in held.iter_mut() {
        let (first, end) = (h.role.found.first as usize, h.role.found.end as usize);
        // "Secretary to the President, Jane Doe": she is no president, but the office is named.
        let is_complement = first > 0 && ctx.is_any(first - 1, &["to", "of", "for", "the"]);
        if end <= outer && is_complement {
            h.role.standing |= !matches!(h.role.class, "military" | "other");
            continue;
        }
        outer = outer.max(end);
        let tie = person_after(ctx, map, &h.role)
            .map(|p| (p, "role.premodifier"))
            .or_else(|| apposed_before(ctx, map, first).map(|p| (p, "role.apposition_after")))
            .or_else(|| copula_before(ctx, map, first).map(|p| (p, "role.copula")))
            .or_else(|| apposed_after(ctx, map, end, &role_spans).map(|p| (p, "role.apposition_before")))
            .or_else(|| as_before(ctx, map, first).map(|p| (p, "role.as")))
            .or_else(|| signature(ctx, map, first, end).map(|p| (p, "role.signature")))
            .or_else(|| letterhead(ctx, map, first, end).map(|p| (p, "role.signature")));
        if let Some((person, rule)) = tie {
            h.person = Some(person);
            h.link = Some(rule);
            if rule == "role.premodifier" && h.state.is_none() && h.org.is_none() {
                h.state = state_behind(ctx, map, &h.role, person);
            }
            if h.role.plural {
                h.others = further(ctx, map, person);
            }
        }
    }
}

/// "President Jane Doe of Latvia": the state behind the holder's name.
fn state_behind<'a>(ctx: &Context<'_, 'a>, map: &Map<'_, 'a>, role: &RoleFound<'a>, person: usize) -> Option<(EntryId, &'static str)> {
    let has_state = role.is_of_state() || matches!(role.class, "deputy-head" | "ambassador" | "envoy");
    let end = map.found[person].end as usize;
    if !has_state || ctx.word(end) != "of" || !ctx.joined(end) || !ctx.joined(end + 1) {
        return None;
    }
    let at = if ctx.is_any(end + 1, &["the"]) { end + 2 } else { end + 1 };
    map.starting_with(at, Label::State).and_then(|state| entry(&map.found[state])).map(|state| (state, "complement"))
}

/// Past honorifics: "H.E. Mr." between title and name.
fn past_honorifics(ctx: &Context<'_, '_>, start: usize) -> usize {
    let mut at = start;
    for _ in 0..5 {
        if let Some(hit) = ctx.lookups.longest(at, List::Honorifics) {
            at = hit.end as usize;
        } else if at > start && ctx.word(at) == "." && ctx.tokens[at].gap == Gap::None {
            at += 1;
        } else {
            break;
        }
    }
    at
}

fn person_after(ctx: &Context<'_, '_>, map: &Map<'_, '_>, role: &RoleFound<'_>) -> Option<usize> {
    let mut end = role.found.end as usize;
    if ctx.tokens[end - 1].clitic > 0 || !ctx.joined(end) {
        return None;
    }
    // "Sen. Orrwell": the point of an abbreviation; any other ends a sentence.
    let is_short = role.head.column_name() == "abbreviations" || role.head.end as usize == end && ctx.word(end - 1).chars().count() <= 4;
    if is_short && ctx.word(end) == "." && ctx.tokens[end].gap == Gap::None {
        end += 1;
    }
    let at = past_honorifics(ctx, end);
    ctx.joined(at).then(|| map.person_at(at)).flatten()
}

/// "the State Secretariat (SIF), Jane Doe": past an acronym in brackets.
fn past_acronym(ctx: &Context<'_, '_>, end: usize) -> usize {
    let is_acronym = ctx.word(end) == "(" && ctx.word(end + 2) == ")" && ctx.tokens[end + 1].case == Case::Upper && ctx.tokens[end - 1].clitic == 0;
    if is_acronym && ctx.joined(end) { end + 3 } else { end }
}

/// "The foreign minister, Jeyhun Bayramov, said"; "Spokesperson: Jane Doe".
fn apposed_after(ctx: &Context<'_, '_>, map: &Map<'_, '_>, end: usize, roles: &[(u32, u32)]) -> Option<usize> {
    let end = past_acronym(ctx, end);
    // "THE PRESIDENT: Ann, please": who speaks, in a transcript.
    let is_label = ctx.word(end) == ":" && ctx.tokens[end - 1].case == Case::Upper && ctx.tokens[end - 1].end - ctx.tokens[end - 1].start > 3;
    if !matches!(ctx.word(end), "," | ":" | "–" | "—" | "(") || !ctx.joined(end) || is_label {
        return None;
    }
    let at = past_honorifics(ctx, end + 1);
    let person = map.person_at(at).filter(|_| ctx.joined(at))?;
    let after = map.found[person].end;
    // "the minister, John Smith, president of …": the name belongs to the title behind it.
    let is_apposed = |first: u32| {
        (after + 1..first)
            .all(|i| ctx.tokens[i as usize].is_capitalized() || ctx.is_any(i as usize, &["the", "a", "an"]) || ctx.has(i as usize, List::RankWords))
    };
    let claimed = ctx.word(after as usize) == "," && roles.iter().any(|(first, _)| *first > after && *first <= after + 3 && is_apposed(*first));
    (!claimed).then_some(person)
}

/// "Jane Doe, the former Armenian minister", "Jane Doe (minister", "Jane Doe – minister".
fn apposed_before(ctx: &Context<'_, '_>, map: &Map<'_, '_>, first: usize) -> Option<usize> {
    let mut at = first;
    for _ in 0..8 {
        if at == 0 || !ctx.joined(at) {
            return None;
        }
        if let Some(person) = map.person_before(at).filter(|_| at == first) {
            return (ctx.tokens[at - 1].clitic == 0 && ctx.same_line(at)).then_some(person);
        }
        if matches!(ctx.word(at - 1), "," | "(" | "–" | "—" | "-") {
            return past_affixes(ctx, map, at - 1);
        }
        at = match map.ending_with(at, &[Label::State, Label::Organization, Label::Place]) {
            Some(i) => map.found[i].first as usize,
            None if ctx.is_any(at - 1, &["the", "a", "an", "and", "as", "also", "who", "is", "currently"])
                || ctx.has(at - 1, List::RankWords)
                || at < first + 1 && ctx.tokens[at - 1].clitic > 0 && ctx.tokens[at - 1].case == Case::Lower
                || ctx.word(at - 1) == "'" =>
            {
                at - 1
            }
            None => return None,
        };
    }
    None
}

/// The person before a comma, over name suffixes and bracketed remarks ("(D-NY)", "MP", "PhD").
fn past_affixes(ctx: &Context<'_, '_>, map: &Map<'_, '_>, comma: usize) -> Option<usize> {
    if let Some(person) = map.person_before(comma) {
        return Some(person);
    }
    // "Jane Doe, 52, mayor of …".
    if comma > 2 && ctx.word(comma - 2) == "," && ctx.word(comma - 1).parse::<u8>().is_ok() {
        return map.person_before(comma - 2);
    }
    if comma > 0 && ctx.word(comma - 1) == ")" {
        let open = (comma.saturating_sub(8)..comma).rev().find(|i| ctx.word(*i) == "(")?;
        return map.person_before(open);
    }
    let suffix = (comma.saturating_sub(3)..comma).find(|i| ctx.lookups.at(*i).iter().any(|h| h.list == List::NameSuffixes && h.end as usize == comma))?;
    map.person_before(suffix).or_else(|| (ctx.word(suffix.wrapping_sub(1)) == ",").then(|| map.person_before(suffix - 1)).flatten())
}

/// "Jane Doe is / was appointed / serves as / became the minister".
fn copula_before(ctx: &Context<'_, '_>, map: &Map<'_, '_>, first: usize) -> Option<usize> {
    const LINKS: &[&str] = &[
        "is",
        "was",
        "are",
        "were",
        "as",
        "be",
        "been",
        "has",
        "had",
        "have",
        "who",
        "the",
        "a",
        "an",
        "currently",
        "also",
        "now",
        "serves",
        "served",
        "serving",
        "became",
        "becomes",
        "appointed",
        "elected",
        "named",
        "re-elected",
        "nominated",
        "sworn",
        "in",
        "acting",
        "former",
        "works",
        "worked",
        ",",
        "-",
        "to",
        "will",
        "remains",
        "new",
    ];
    let mut at = first;
    let mut linked = false;
    for _ in 0..9 {
        if at == 0 || !ctx.joined(at) {
            return None;
        }
        if let Some(person) = map.person_before(at) {
            return linked.then_some(successor(ctx, map, person).unwrap_or(person));
        }
        if let Some(i) = map.ending_with(at, &[Label::State, Label::Organization]) {
            at = map.found[i].first as usize;
            continue;
        }
        let owner = is_lower_owner(ctx, at - 1);
        if !ctx.is_any(at - 1, LINKS) && !ctx.has(at - 1, List::RankWords) && !owner {
            return None;
        }
        linked |= ctx.is_any(at - 1, &["is", "was", "as", "became", "becomes", "appointed", "elected", "named", "nominated", "remains", "been", "be"]);
        at -= 1;
    }
    None
}

/// "named the company's director": a lower-case possessive before the title.
fn is_lower_owner(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.tokens[i].clitic > 0 && ctx.tokens[i].case == Case::Lower
}

/// "Jane Doe succeeded John Smith as minister": the one who holds the office now.
fn successor(ctx: &Context<'_, '_>, map: &Map<'_, '_>, predecessor: usize) -> Option<usize> {
    const VERBS: &[&str] = &["succeeds", "succeeded", "succeed", "succeeding", "replaces", "replaced", "replace", "replacing"];
    let verb = (map.found[predecessor].first as usize).checked_sub(1).filter(|i| ctx.is_any(*i, VERBS))?;
    (verb.saturating_sub(3)..=verb).rev().find_map(|at| map.person_before(at))
}

/// "the appointment of Jane Doe as minister": the nearest person before "as" in the sentence part.
fn as_before(ctx: &Context<'_, '_>, map: &Map<'_, '_>, first: usize) -> Option<usize> {
    let mut at = first;
    while at > 0 && (ctx.is_any(at - 1, &["the", "a", "an", "its", "new", "next"]) || map.ending_with(at, &[Label::State]).is_some()) {
        at -= 1;
    }
    if at == 0 || !ctx.is_any(at - 1, &["as"]) {
        return None;
    }
    (at.saturating_sub(9)..at).rev().take_while(|i| !matches!(ctx.word(*i), "." | ";")).find_map(|i| map.person_before(i))
}

/// A name alone on a line, the title alone on the next.
fn signature(ctx: &Context<'_, '_>, map: &Map<'_, '_>, first: usize, end: usize) -> Option<usize> {
    let starts_line = first > 0 && ctx.tokens[first].gap >= Gap::Line;
    let ends_line = ctx.tokens.get(end).is_none_or(|t| t.gap >= Gap::Line || matches!(ctx.word(end), "," | "."));
    if !starts_line {
        return None;
    }
    let name_end = if ctx.word(first - 1) == "," { first - 1 } else { first };
    let before = map.person_before(name_end).filter(|p| ctx.tokens[map.found[*p].first as usize].gap >= Gap::Line);
    before.filter(|_| ends_line)
}

/// A title alone on a line, the name alone on the next: the head of a letter.
fn letterhead(ctx: &Context<'_, '_>, map: &Map<'_, '_>, first: usize, end: usize) -> Option<usize> {
    let starts_line = first == 0 || ctx.tokens[first].gap >= Gap::Line;
    if !starts_line || ctx.tokens.get(end).is_none_or(|t| t.gap < Gap::Line) {
        return None;
    }
    // "The Hon. Jane Doe MP".
    let at = past_honorifics(ctx, end + usize::from(ctx.is_any(end, &["the"])));
    let person = map.person_at(at).filter(|_| (end + 1..=at).all(|i| ctx.same_line(i)))?;
    let after = map.found[person].end as usize;
    let letters = (after..ctx.tokens.len()).take_while(|i| ctx.same_line(*i) && ctx.tokens[*i].case == Case::Upper).count();
    ctx.tokens.get(after + letters).is_none_or(|t| t.gap >= Gap::Line).then_some(person)
}

/// Further names after a shared title: "A, B and C".
fn further(ctx: &Context<'_, '_>, map: &Map<'_, '_>, person: usize) -> Vec<usize> {
    let mut out = Vec::new();
    let mut at = map.found[person].end as usize;
    loop {
        while ctx.word(at) == "(" {
            match (at..at + 8).find(|i| ctx.word(*i) == ")") {
                Some(close) => at = close + 1,
                None => return out,
            }
        }
        let joint = matches!(ctx.word(at), "," | "and" | "&");
        let mut next = at + 1;
        if ctx.word(at) == "," && ctx.is_any(next, &["and"]) {
            next += 1;
        }
        let next = past_honorifics(ctx, next);
        match map.person_at(next).filter(|_| joint) {
            Some(p) => {
                out.push(p);
                at = map.found[p].end as usize;
            }
            None => return out,
        }
    }
}

/// "President and CEO Jane Doe", "Jane Doe, Secretary of A and President of B": one holder for both.
fn tie_coordinated<'a>(ctx: &Context<'_, 'a>, found: &[Found<'a>], held: &mut [Held<'a>]) {
    for k in 0..held.len() {
        let Some(other) = k.checked_add(1).filter(|o| *o < held.len()) else { continue };
        let (a, b) = (held[k].role.found, held[other].role.found);
        if b.first < a.end {
            continue;
        }
        let gap: Vec<usize> = (a.end as usize..b.first as usize).collect();
        let joined = !gap.is_empty()
            && gap.len() <= 3
            && gap.iter().all(|i| ctx.is_any(*i, &["and", "&", ",", "the", "also"]) || ctx.word(*i) == "/")
            && gap.iter().any(|i| ctx.is_any(*i, &["and", "&"]) || ctx.word(*i) == "/");
        if !joined {
            continue;
        }
        match (held[k].person, held[other].person) {
            (None, Some(person)) if found[person].first >= b.end && !is_told_apart(ctx, held, k) => tie_to(&mut held[k], person),
            (Some(person), None) if found[person].end <= a.first => tie_to(&mut held[other], person),
            _ => {}
        }
        if held[k].person.is_some() && held[k].person == held[other].person {
            let (org, state) = (held[k].org, held[k].state);
            let second = &mut held[other];
            if second.org.is_none() && second.state.is_none() {
                (second.org, second.state) = (org, state);
            }
        }
    }
}

/// "The Vice President and Prime Minister Doe": two people, when the text names the holder of the first title beside it elsewhere.
fn is_told_apart(ctx: &Context<'_, '_>, held: &[Held<'_>], k: usize) -> bool {
    let first = held[k].role.found.first as usize;
    let named = |other: &Held<'_>| other.person.is_some() && other.link != Some("role.coordination") && other.role.head.entry == held[k].role.head.entry;
    first > 0 && ctx.is_any(first - 1, &["the"]) && held.iter().any(named)
}

fn tie_to(held: &mut Held<'_>, person: usize) {
    held.person = Some(person);
    held.link = Some("role.coordination");
}
