//! Coreference: repeats of names (acronyms, surnames, short company names, headline forms) and
//! the entities that mentions share.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::people;
use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, EntryId, List, Strength};
use crate::recognize::{Context, Found, Names, Via, is_name_word_at};
use crate::token::fold::{fold_into, hash_sequence};
use crate::token::{Case, Gap, Kind, Token};

/// A token sequence that names an entity again.
struct Pattern {
    /// The tokens that have its words: a range of them, and one more that may stand apart.
    words: Range<usize>,
    last: Option<usize>,
    /// Index of the mention it repeats, in text order.
    of: u32,
    form: Form,
    rule: &'static str,
}

impl Pattern {
    fn len(&self) -> usize {
        self.words.len() + usize::from(self.last.is_some())
    }

    /// The hashes of its words.
    fn hashes(&self, tokens: &[Token]) -> impl Iterator<Item = u64> {
        self.words.clone().chain(self.last).map(|i| tokens[i].hash)
    }
}

/// What stands before a head that means a thing named before.
const ARTICLES: &[&str] = &["the", "this", "new"];

/// Proposes acronyms in brackets and all repeats of settled names; `link` of a repeat is the
/// index of the mention it repeats. Only mentions that `of` lets pass are looked for again.
pub fn find_repeats<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, of: impl Fn(&Found<'a>) -> bool) -> Vec<Found<'a>> {
    let mut out = Vec::new();
    let mut patterns: Vec<Pattern> = Vec::new();
    for (i, found) in names.found.iter().enumerate().filter(|(_, found)| of(found)) {
        match found.label {
            Label::Person => person_patterns(ctx, found, i as u32, &mut patterns),
            Label::Organization | Label::Agreement | Label::Event => {
                name_patterns(ctx, found, i as u32, &mut patterns);
                if let Some(acronym) = bracketed(ctx, found, i as u32).or_else(|| before_bracket(ctx, names, found, i as u32)) {
                    let words = acronym.first as usize..acronym.end as usize;
                    patterns.push(Pattern { words, last: None, of: i as u32, form: Form::Acronym, rule: "acronym" });
                    out.push(acronym);
                }
            }
            _ => {}
        }
    }
    if patterns.is_empty() {
        return out;
    }
    let first_words = FirstWords::new(ctx.tokens, &patterns);
    let starts = |i: usize| ctx.tokens[i].is_capitalized() || ctx.tokens[i].case == Case::Lower && ctx.has(i, List::NameParticles);
    let mut repeat = |i: usize| {
        let candidates = first_words.with(ctx.tokens[i].hash);
        if !candidates.is_empty()
            && let Some(found) = best_repeat(ctx, names, &patterns, candidates, i)
        {
            out.push(found);
        }
    };
    // A particle in small letters may open a surname ("de Vries"), but few texts have a name with one.
    if patterns.iter().any(|pattern| !ctx.tokens[pattern.words.start].is_capitalized()) {
        (0..ctx.tokens.len()).filter(|i| starts(*i)).for_each(repeat);
    } else {
        ctx.capitals_from(0).for_each(&mut repeat);
    }
    out
}

/// The patterns by the hashes of their first words.
struct FirstWords {
    /// A bit per upper six bits of a hash: most words of a text start no pattern.
    seen: u64,
    /// Hash and pattern, ascending.
    patterns: Vec<(u64, usize)>,
}

impl FirstWords {
    fn new(tokens: &[Token], patterns: &[Pattern]) -> FirstWords {
        let mut by_hash: Vec<(u64, usize)> = patterns.iter().enumerate().map(|(k, pattern)| (tokens[pattern.words.start].hash, k)).collect();
        by_hash.sort_unstable();
        FirstWords { seen: by_hash.iter().fold(0, |seen, (hash, _)| seen | 1 << (hash >> 58)), patterns: by_hash }
    }

    /// The patterns that start with a word of this hash.
    fn with(&self, hash: u64) -> &[(u64, usize)] {
        if self.seen >> (hash >> 58) & 1 == 0 {
            return &[];
        }
        let from = self.patterns.partition_point(|(other, _)| *other < hash);
        let count = self.patterns[from..].iter().take_while(|(other, _)| *other == hash).count();
        &self.patterns[from..from + count]
    }
}

/// The longest pattern at token `i`; among equals the nearest mention before it, else the first after it.
fn best_repeat<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, patterns: &[Pattern], candidates: &[(u64, usize)], i: usize) -> Option<Found<'a>> {
    let fits = candidates.iter().map(|(_, k)| &patterns[*k]).filter(|p| stands_at(ctx, names, p, i));
    let best = fits.max_by_key(|p| {
        let at = names.found[p.of as usize].first as usize;
        (p.len(), if at <= i { at as i64 } else { -(at as i64) - 1 })
    })?;
    let target = &names.found[best.of as usize];
    let mut found =
        ctx.by_rule(i, i + best.len(), target.label, best.form, best.rule, (target.conf - 0.05).max(if target.label == Label::Person { 0.5 } else { 0.82 }));
    found.via = Via::Coreference(best.rule);
    found.link = Some(best.of);
    found.kind = target.kind;
    found.entry = target.entry;
    Some(found)
}

fn stands_at<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, pattern: &Pattern, i: usize) -> bool {
    let end = i + pattern.len();
    let Some(tokens) = ctx.tokens.get(i..end) else { return false };
    let is_name = tokens[0].is_capitalized() || tokens.last().is_some_and(Token::is_capitalized);
    if !tokens.iter().map(|t| t.hash).eq(pattern.hashes(ctx.tokens)) || !is_name || !(i..end).all(|k| is_open(names, k)) {
        return false;
    }
    if !ctx.in_one_paragraph(i as u32, end as u32) {
        return false;
    }
    match pattern.form {
        Form::Acronym => tokens[0].case == Case::Upper || tokens[0].kind == Kind::Alphanumeric,
        Form::Surname => !continues_other_name(ctx, i, end),
        // A surname that the list has for a leader is all there is of the name.
        Form::Full if pattern.len() == 1 => !continues_other_name(ctx, i, end),
        Form::Given => !continues_other_name(ctx, i, end) && !goes_on(ctx, end) && !ctx.shouted(i) && !may_be_word(ctx, i) && !follows_name(ctx, i),
        _ => true,
    }
}

/// Whether no name covers token `i`, or only a head that stands for one.
fn is_open<'a>(names: &Names<'a>, i: usize) -> bool {
    names.over(i).is_none_or(|f| f.form == Form::Definite)
}

/// A surname that is part of a longer, different name: a given name before it or a name after it.
fn continues_other_name(ctx: &Context<'_, '_>, i: usize, end: usize) -> bool {
    let before = i > 0
        && ctx.same_line(i)
        && ctx.is_in(i - 1, List::GivenNames)
        && ctx.tokens[i - 1].is_capitalized()
        && !ctx.is_in(i - 1, List::Roles)
        && !ctx.is_function_word(i - 1);
    let is_name = goes_on(ctx, end) && ctx.tokens[end].case == Case::Capital && !ctx.is_in(end, List::OrgHeads);
    let hyphenated = || ctx.word(end + 1) == "-" && ctx.tokens[end + 1].gap == Gap::None;
    let after =
        is_name && (ctx.is_in(end, List::Surnames) && !ctx.is_in(i, List::Surnames) || hyphenated() || ctx.is_in(end, List::GivenNames) && !ctx.opens(i));
    before || after
}

/// Whether a capitalised word that is no form of address stands before token `i` on the line, with nothing between.
fn follows_name(ctx: &Context<'_, '_>, i: usize) -> bool {
    i > 0
        && ctx.same_line(i)
        && ctx.tokens[i - 1].clitic == 0
        && is_name_word_at(ctx, i - 1)
        && !ctx.is_in(i - 1, List::Honorifics)
        && !ctx.has(i - 1, List::Roles)
        || i > 0 && ctx.word(i - 1) == "-" && ctx.tokens[i].gap == Gap::None
}

/// Whether a capitalised word follows on the line, with nothing between.
fn goes_on(ctx: &Context<'_, '_>, end: usize) -> bool {
    ctx.tokens[end - 1].clitic == 0 && ctx.same_line(end) && is_name_word_at(ctx, end)
}

fn person_patterns<'a>(ctx: &Context<'_, 'a>, found: &Found<'a>, index: u32, patterns: &mut Vec<Pattern>) {
    let tokens = found.first as usize..found.end as usize;
    let words: Vec<usize> = tokens.clone().filter(|i| ctx.tokens[*i].is_word()).collect();
    let mut add = |words: Range<usize>, last: Option<usize>, form: Form, rule: &'static str| patterns.push(Pattern { words, last, of: index, form, rule });
    add(tokens, None, Form::Full, "same_name");
    if words.len() < 2 {
        return;
    }
    // A middle name or initial left out: first and last word.
    if words.len() > 2 {
        add(words[0]..words[0] + 1, words.last().copied(), Form::Variant, "short_name");
    }
    let surnames = surnames(ctx, found, &words);
    if let Some(given) = given_name(ctx, &words).filter(|i| !surnames.contains(i)) {
        add(given..given + 1, None, Form::Given, "given_name");
    }
    for surname in surnames {
        if ctx.word(surname).chars().count() > 1 && !is_mere_word(ctx, surname) {
            add(surname..surname + 1, None, Form::Surname, "surname");
        }
    }
    for from in words[1..words.len() - 1].iter().copied() {
        // "von der Leyen", "Al Nahyan": the name from a later word on.
        if found.end as usize - from >= 2 {
            add(from..found.end as usize, None, Form::Surname, "surname");
        }
    }
}

/// The given name, if it is long enough to tell the person and no state or place.
fn given_name(ctx: &Context<'_, '_>, words: &[usize]) -> Option<usize> {
    let first = words[0];
    let is_other = [List::States, List::TimexWords, List::Roles].iter().any(|list| ctx.has(first, *list));
    let is_long = ctx.word(first).chars().count() > 2 && ctx.tokens[first].case == Case::Capital;
    (is_long && ctx.is_in(first, List::GivenNames) && !is_other).then_some(first)
}

/// A given name that is also another word counts inside of sentences only.
fn may_be_word(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.opens(i) && ctx.lookups.longest(i, List::GivenNames).is_some_and(|h| ctx.cell(h, Column::Clash) == "1")
}

/// A common word that is no listed surname hardly stands for the person.
fn is_mere_word(ctx: &Context<'_, '_>, i: usize) -> bool {
    !ctx.is_in(i, List::Surnames) && ctx.commonness(i) > 20
}

/// The words that may stand for the person alone: the listed family name, else the last word.
fn surnames<'a>(ctx: &Context<'_, 'a>, found: &Found<'a>, words: &[usize]) -> Vec<usize> {
    if let Some((List::People, entry)) = found.entry {
        let family = ctx.table.cell(List::People, entry, Column::Family);
        if let Some(listed) = words.iter().copied().find(|i| same_folded(ctx.word(*i), family)) {
            return vec![listed];
        }
    }
    let mut last = words[words.len() - 1];
    if matches!(ctx.word(last), "Jr" | "Sr" | "II" | "III" | "IV") && words.len() > 2 {
        last = words[words.len() - 2];
    }
    let first_is_family = ctx.is_in(words[0], List::Surnames) && !ctx.is_in(words[0], List::GivenNames) && words.len() <= 3;
    if first_is_family { vec![words[0], last] } else { vec![last] }
}

fn same_folded(a: &str, b: &str) -> bool {
    let mut folded = (String::new(), String::new());
    fold_into(a, &mut folded.0);
    fold_into(b, &mut folded.1);
    folded.0 == folded.1
}

/// The name itself, and a company's name without its legal form.
fn name_patterns<'a>(ctx: &Context<'_, 'a>, found: &Found<'a>, index: u32, patterns: &mut Vec<Pattern>) {
    let (first, end) = (found.first as usize, found.end as usize);
    let mut add = |end: usize, form: Form, rule: &'static str| patterns.push(Pattern { words: first..end, last: None, of: index, form, rule });
    if end - first >= 2 || is_coined(ctx, found) {
        add(end, Form::Name, "same_name");
    }
    if found.label != Label::Organization {
        return;
    }
    if let Some(suffix) = (first + 1..end).find(|i| ctx.lookups.longest(*i, List::CompanySuffixes).is_some_and(|h| h.end as usize >= end - 1)) {
        let stop = if ctx.word(suffix - 1) == "," { suffix - 1 } else { suffix };
        if stop > first && !(stop == first + 1 && ctx.is_in(first, List::Topics)) {
            add(stop, Form::Variant, "short_company");
            let legal = ctx.lookups.longest(suffix, List::CompanySuffixes).is_some_and(|h| ctx.cell(h, Column::Kind) != "descriptive");
            if stop - first >= 2
                && legal
                && ctx.word(first).chars().count() > 2
                && !ctx.has(first, List::States)
                && !ctx.has(first, List::Places)
                && !ctx.is_in(first, List::GivenNames)
                && !ctx.is_in(first, List::OrgHeads)
                && !ctx.is_in(first, List::RankWords)
                && !ctx.is_in(first, List::Portfolios)
            {
                add(first + 1, Form::Variant, "short_company");
            }
        }
    }
}

/// A name of one word that a rule found and no list knows as anything else: it means the same wherever it stands.
fn is_coined<'a>(ctx: &Context<'_, 'a>, found: &Found<'a>) -> bool {
    let first = found.first as usize;
    const OTHERS: &[List] = &[List::Topics, List::OrgHeads, List::EventHeads, List::AgreementHeads, List::PlaceHeads, List::Roles, List::GivenNames];
    found.entry.is_none() && found.form != Form::Definite && ctx.word(first).chars().count() > 2 && !OTHERS.iter().any(|list| ctx.is_in(first, *list))
}

/// "(COP29)", "(AWG-LCA)" right behind a name: an acronym that stands for it.
fn bracketed<'a>(ctx: &Context<'_, 'a>, found: &Found<'a>, index: u32) -> Option<Found<'a>> {
    let open = found.end as usize;
    if ctx.word(open) != "(" || ctx.tokens[open - 1].clitic > 0 {
        return None;
    }
    let mut at = open + 1;
    if ctx.is_any(at, &["the"]) {
        at += 1;
    }
    let quoted = matches!(ctx.word(at), "\"" | "“" | "'" | "‘");
    at += usize::from(quoted);
    let end = acronym_end(ctx, at)?;
    let close = end + usize::from(quoted);
    // "Summit on Artificial Intelligence (AI) Safety": behind the bracket the name goes on.
    let goes_on = ctx.same_line(close + 1) && is_name_word_at(ctx, close + 1) && !ctx.has(close + 1, List::Roles);
    if ctx.word(close) != ")" || !shares_initial(ctx, found, at) || goes_on && found.label != Label::Organization {
        return None;
    }
    Some(acronym(ctx, found, index, at, end))
}

/// "UNVIM (UN Verification and Inspection Mechanism)": the acronym stands before the bracket that holds its name.
fn before_bracket<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, found: &Found<'a>, index: u32) -> Option<Found<'a>> {
    let open = (found.first as usize).checked_sub(1)?;
    let at = open.checked_sub(1).filter(|_| ctx.word(open) == "(" && ctx.word(found.end as usize) == ")")?;
    let fits = acronym_end(ctx, at) == Some(open) && names.over(at).is_none() && spells_initials(ctx, found, ctx.word(at));
    fits.then(|| acronym(ctx, found, index, at, open))
}

fn acronym<'a>(ctx: &Context<'_, 'a>, found: &Found<'a>, index: u32, first: usize, end: usize) -> Found<'a> {
    let mut acronym = ctx.by_rule(first, end, found.label, Form::Acronym, "acronym_in_brackets", 0.95);
    acronym.via = Via::Coreference("acronym_in_brackets");
    acronym.link = Some(index);
    acronym.kind = found.kind;
    acronym.entry = found.entry;
    acronym
}

/// One past the acronym at token `at`: a word with two capitals, or words of capitals with blanks or hyphens between them.
fn acronym_end(ctx: &Context<'_, '_>, at: usize) -> Option<usize> {
    let token = ctx.tokens.get(at).filter(|t| t.is_word() && t.clitic == 0)?;
    let capitals = ctx.word(at).chars().filter(|c| c.is_uppercase()).count();
    if capitals < 2 {
        return None;
    }
    let mut end = at + 1;
    let goes_on = |i: usize| ctx.tokens.get(i).is_some_and(|t| t.case == Case::Upper && t.clitic == 0 && t.gap < crate::token::Gap::Line);
    while token.case == Case::Upper && end < at + 5 {
        if goes_on(end) {
            end += 1;
        } else if ctx.word(end) == "-" && goes_on(end + 1) {
            end += 2;
        } else {
            break;
        }
    }
    Some(end)
}

/// The acronym's first letter begins a word of the name.
fn shares_initial<'a>(ctx: &Context<'_, 'a>, found: &Found<'a>, at: usize) -> bool {
    let first = ctx.word(at).chars().next();
    (found.first as usize..found.end as usize).any(|i| ctx.word(i).chars().next().map(|c| c.to_ascii_uppercase()) == first)
}

/// Whether all capitals of `acronym` begin words of the name, in their order.
fn spells_initials<'a>(ctx: &Context<'_, 'a>, found: &Found<'a>, acronym: &str) -> bool {
    let mut words = (found.first as usize..found.end as usize).filter_map(|i| ctx.word(i).chars().next());
    acronym.chars().filter(|c| c.is_uppercase()).all(|c| words.any(|w| w.to_ascii_uppercase() == c))
}

/// An entity: what some mentions share.
#[derive(Clone, Debug)]
pub struct Entity<'a> {
    /// Its type.
    pub label: Label,
    /// Its mentions, as indices, in text order.
    pub mentions: Vec<usize>,
    /// The listed thing it is.
    pub entry: Option<(List, EntryId)>,
    /// Its kind.
    pub kind: &'a str,
    /// Number in its series, for events.
    pub ordinal: Option<u32>,
    /// Other entities that a mention of it may as well be of.
    pub rivals: Vec<usize>,
}

impl Entity<'_> {
    /// Its entry, when it is one of this list.
    pub fn listed(&self, list: List) -> Option<EntryId> {
        self.entry.filter(|(own, _)| *own == list).map(|(_, entry)| entry)
    }
}

/// Groups the settled mentions into entities (dates and roles have none here); gives the entities
/// in text order and for each mention the index of its entity.
///
/// `link` of a mention made by coreference must be the span start of the mention it repeats.
pub fn entities<'a>(ctx: &Context<'_, 'a>, found: &[Found<'a>]) -> (Vec<Entity<'a>>, Vec<Option<usize>>) {
    let mut entities: Vec<Entity<'a>> = Vec::new();
    let mut by_key: FxHashMap<Key, usize> = FxHashMap::default();
    let mut of = vec![None; found.len()];
    // Names first, repeats after them, so that a headline's surname finds the full name below it.
    let order = (0..found.len()).filter(|i| !is_repeat(&found[*i])).chain((0..found.len()).filter(|i| is_repeat(&found[*i])));
    let mut at_start: FxHashMap<(u32, Label), usize> = FxHashMap::default();
    for i in order {
        let f = &found[i];
        if matches!(f.label, Label::Date | Label::Role) {
            continue;
        }
        let target = is_repeat(f).then(|| f.link.and_then(|start| at_start.get(&(start, f.label)).copied())).flatten();
        let keys = keys(ctx, f);
        let entity = target.or_else(|| keys.iter().flatten().find_map(|k| by_key.get(k).copied())).unwrap_or_else(|| {
            entities.push(Entity { label: f.label, mentions: Vec::new(), entry: f.entry, kind: f.kind, ordinal: ordinal(f), rivals: Vec::new() });
            entities.len() - 1
        });
        for key in keys.into_iter().flatten() {
            by_key.entry(key).or_insert(entity);
        }
        at_start.insert((f.span.start, f.label), entity);
        let entry = &mut entities[entity];
        if entry.entry.is_none() || matches!(entry.entry, Some((List::Series, _))) {
            entry.entry = f.entry.or(entry.entry);
        }
        entry.ordinal = entry.ordinal.or(ordinal(f));
        entry.mentions.push(i);
        of[i] = Some(entity);
    }
    people::join_short_forms(ctx, found, &mut entities, &mut of);
    in_text_order(entities, of)
}

fn is_repeat<'a>(found: &Found<'a>) -> bool {
    matches!(found.via, Via::Coreference(_)) && found.link.is_some()
}

fn ordinal<'a>(found: &Found<'a>) -> Option<u32> {
    matches!(found.via, Via::Rule("event.ordinal_of_series")).then_some(found.link).flatten()
}

/// By what two mentions are known to be one thing.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    /// The same entry (and number, in a series).
    Entry(EntryId, Option<u32>),
    /// The same folded words, by the hash of their sequence.
    Name(Label, u64),
}

fn keys(ctx: &Context<'_, '_>, found: &Found<'_>) -> [Option<Key>; 2] {
    let (first, end) = (found.first as usize, found.end as usize);
    let end = if found.label == Label::Organization { before_legal_form(ctx, first, end) } else { end };
    let tokens = &ctx.tokens[first..end];
    let name = Some(Key::Name(found.label, tokens.iter().fold(0, |hash, t| hash_sequence(hash, t.hash, true))));
    match found.entry {
        // A state's name and demonym share the entry; equal words may be different states.
        Some((List::States, entry)) => [Some(Key::Entry(entry, None)), None],
        Some((List::Series, entry)) => [Some(Key::Entry(entry, found.link)), None],
        Some((_, entry)) => [Some(Key::Entry(entry, None)), name],
        None => [name, None],
    }
}

/// Where a company's name ends without its legal form: "Kestrel Robotics Inc." is "Kestrel Robotics".
fn before_legal_form(ctx: &Context<'_, '_>, first: usize, end: usize) -> usize {
    let is_form = |i: usize| {
        let mut hits = ctx.lookups.at(i).iter().filter(|h| h.list == List::CompanySuffixes && h.end as usize + 1 >= end);
        hits.any(|h| ctx.cell(h, Column::Kind) != "descriptive")
    };
    match (first + 1..end).find(|i| is_form(*i)) {
        Some(i) if i > first + 1 && ctx.word(i - 1) == "," => i - 1,
        Some(i) => i,
        None => end,
    }
}

fn in_text_order<'a>(mut entities: Vec<Entity<'a>>, mut of: Vec<Option<usize>>) -> (Vec<Entity<'a>>, Vec<Option<usize>>) {
    for entity in &mut entities {
        entity.mentions.sort_unstable();
    }
    let mut order: Vec<usize> = (0..entities.len()).collect();
    order.retain(|e| !entities[*e].mentions.is_empty());
    order.sort_by_key(|e| entities[*e].mentions.first().copied());
    let mut place = vec![0; entities.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    for entity in of.iter_mut().flatten() {
        *entity = place[*entity];
    }
    for rival in entities.iter_mut().flat_map(|entity| &mut entity.rivals) {
        *rival = place[*rival];
    }
    let mut sorted: Vec<Option<Entity>> = entities.into_iter().map(Some).collect();
    let entities = order.iter().filter_map(|old| sorted[*old].take()).collect();
    (entities, of)
}

/// Capitalised short forms of a named thing ("the Ministry", "the Convention"): definite
/// descriptions of the nearest earlier name with that head; `link` is that mention's span start.
pub fn find_definite<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>) -> Vec<Found<'a>> {
    const HEADS: &[(List, Label)] = &[(List::OrgHeads, Label::Organization), (List::AgreementHeads, Label::Agreement), (List::EventHeads, Label::Event)];
    let mut out = Vec::new();
    for i in ctx.capitals_from(1) {
        let is_head = || HEADS.iter().any(|(list, _)| ctx.has(i, *list));
        if !is_head() || ctx.shouted(i) || !is_open(names, i) || !ctx.is_any(i - 1, ARTICLES) {
            continue;
        }
        for (list, label) in HEADS {
            let Some(hit) = ctx.lookups.longest(i, *list).filter(|h| h.strength == Strength::Strong && h.len() == 1) else { continue };
            if is_name_word_at(ctx, hit.end as usize) && ctx.same_line(hit.end as usize) {
                continue;
            }
            if let Some(antecedent) = latest_with(ctx, names, i, *label) {
                let target = &names.found[antecedent];
                let mut found = ctx.by_rule(i, hit.end as usize, *label, Form::Definite, "definite", 0.82);
                found.via = Via::Coreference("definite");
                found.link = Some(antecedent as u32);
                found.kind = target.kind;
                found.entry = target.entry;
                out.push(found);
                break;
            }
        }
    }
    out
}

/// The last name of a type before token `i` that has its word.
fn latest_with<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, i: usize, label: Label) -> Option<usize> {
    let before = names.found.iter().take_while(|f| f.end as usize <= i).count();
    let has_word = |f: &Found<'a>| ctx.tokens[f.first as usize..f.end as usize].iter().any(|t| t.hash == ctx.tokens[i].hash);
    names.found[..before].iter().rposition(|f| f.label == label && f.form != Form::Definite && has_word(f))
}
