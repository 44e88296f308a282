//! Roles: the words that name an office or job.
//!
//! Finds: rank words, a head and its complements ("Deputy Assistant Secretary of State for
//! European and Eurasian Affairs"), with the status the text gives. Misses on purpose: plurals
//! of people in general, mere nouns ("leader"), verbs ("to chair").
//! Needs: `lexicon/roles.tsv`, `lexicon/rank_words.tsv`, `lexicon/portfolios.tsv`.

use super::phrase::is_name_word;
use super::{Context, Found, Names, bits};
use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, List, Lookup};
use crate::token::{Case, Gap, Kind};

/// Classes of office whose titles may begin with the region they are for ("Latin America Marketing Manager").
const CORPORATE: &[&str] = &["executive", "manager", "official", "other"];

/// A role span and what its words say.
#[derive(Clone, Copy, Debug)]
pub struct RoleFound<'a> {
    /// The mention; its `link` is the index of this role.
    pub found: Found<'a>,
    /// The head's hit.
    pub head: Lookup,
    /// Class of office.
    pub class: &'a str,
    /// Field of the office; empty when none.
    pub portfolio: &'a str,
    /// State that the title is an idiom of; empty when none.
    pub idiom: &'a str,
    /// What the text says: current, former, acting, designate, late.
    pub status: &'a str,
    /// Several holders may follow ("Presidents of A and B").
    pub plural: bool,
    /// Whether it counts without a named holder.
    pub standing: bool,
}

impl RoleFound<'_> {
    /// Whether it is an office that a state has, so that it may be the issuer's when it stands alone.
    pub fn is_of_state(&self) -> bool {
        matches!(self.class, "head-of-state" | "head-of-government" | "minister" | "deputy-minister" | "speaker")
    }
}

/// Proposes every role.
pub fn find<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>) -> Vec<RoleFound<'a>> {
    let mut out: Vec<RoleFound<'_>> = Vec::new();
    let mut i = 0;
    // Few tokens start a form of the list: a bit tells.
    while let Some(at) = (i..ctx.tokens.len()).find(|i| ctx.has(*i, List::Roles)) {
        i = at + 1;
        if let Some((hit, use_)) = head_at(ctx, names, at) {
            let floor = out.last().map_or(0, |r| r.found.end as usize);
            i = hit.end as usize;
            if let Some(mut role) = build(ctx, names, &hit, use_, floor) {
                role.found.link = Some(out.len() as u32);
                out.push(role);
            }
        }
    }
    out
}

/// The longest role head that starts at token `i` and does not lie inside another name, and its use.
fn head_at<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, i: usize) -> Option<(Lookup, &'a str)> {
    let hit = ctx.lookups.longest(i, List::Roles).copied()?;
    let inside = names.over(i).is_some_and(|f| match f.label {
        // "State" of "Secretary of State" is no name; a head that is a name's word ("Chief Election Office") is no role.
        Label::Person | Label::Organization | Label::Agreement | Label::Event => f.end > hit.first + 1 || f.first < hit.first,
        Label::Place => f.end as usize > i + 1,
        _ => false,
    });
    // "the Prime Minister's Office" is an organisation; "Azerbaijan's President's" is not a name.
    if inside {
        return None;
    }
    let use_ = ctx.cell(&hit, Column::Use);
    (use_ != "stop").then_some((hit, use_))
}

fn build<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, hit: &Lookup, use_: &str, floor: usize) -> Option<RoleFound<'a>> {
    let (head, head_end) = (hit.first as usize, hit.end as usize);
    let capital = ctx.tokens[head].is_capitalized();
    let plural = hit.column_name() == "plurals";
    if is_verb(ctx, hit, capital) {
        return None;
    }
    let class = ctx.cell(hit, Column::Class);
    let first = extend_left(ctx, names, head, floor, capital, class);
    let possessive = ctx.tokens[head_end - 1].clitic > 0;
    let mut portfolio = ctx.cell(hit, Column::Portfolio);
    let end = if possessive { head_end } else { extend_right(ctx, names, hit, &mut portfolio, plural) };
    if portfolio.is_empty() && first < head {
        portfolio = (first..head)
            .find_map(|i| ctx.lookups.longest(i, List::Portfolios).filter(|p| p.end as usize <= head))
            .map_or("", |p| ctx.cell(p, Column::Portfolio));
    }
    if plural && !holders_follow(ctx, names, end) {
        return None;
    }
    let mut found = ctx.by_rule(first, end, Label::Role, Form::Name, rule(first < head, end > head_end), 0.9);
    if hit.span.end > found.span.end {
        found.span.end = hit.span.end;
    }
    Some(RoleFound {
        found,
        head: *hit,
        class,
        portfolio,
        idiom: ctx.cell(hit, Column::State),
        status: status(ctx, names, first, end),
        plural,
        standing: !plural && stands(ctx, names, hit, [use_, class], first, end > head_end, capital),
    })
}

fn rule<'a>(left: bool, right: bool) -> &'a str {
    match (left, right) {
        (false, false) => "role.title",
        (true, false) => "role.rank+title",
        (false, true) => "role.title_of_complement",
        (true, true) => "role.rank+title_of_complement",
    }
}

/// "to chair", "will head", "guides us": a verb, not a title.
fn is_verb(ctx: &Context<'_, '_>, hit: &Lookup, capital: bool) -> bool {
    let first = hit.first as usize;
    if capital || hit.len() > 1 || first == 0 {
        return false;
    }
    ctx.is_any(
        first - 1,
        &[
            "to", "will", "would", "can", "could", "should", "must", "may", "might", "shall", "we", "they", "i", "you", "not", "jointly", "also", "who",
            "which", "in", "on", "at",
        ],
    )
}

/// Rank words and portfolio words before the head.
fn extend_left<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, head: usize, floor: usize, capital: bool, class: &str) -> usize {
    let mut first = head;
    while first > floor && ctx.same_line(first) {
        let j = first - 1;
        if ctx.word(j) == "-" && ctx.tokens[j].gap == Gap::None && j > floor && is_rank(ctx, j - 1) {
            first = j - 1;
            continue;
        }
        if ctx.tokens[j].clitic > 0 || !ctx.tokens[j].is_word() {
            break;
        }
        if let Some(start) = portfolio_before(ctx, names, first, floor) {
            first = start;
            continue;
        }
        if is_rank(ctx, j) && !(capital && ctx.tokens[j].case == Case::Lower) || capital && is_modifier(ctx, names, j, class) {
            first = j;
        } else {
            break;
        }
    }
    first
}

fn is_rank(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.has(i, List::RankWords)
        && ctx
            .lookups
            .at(i)
            .iter()
            .any(|h| h.list == List::RankWords && h.len() == 1 && ctx.cell(h, Column::Position) == "pre" && ctx.cell(h, Column::Inside) == "1")
}

/// First token of a portfolio phrase that ends right before `end`: "Foreign Affairs" Minister.
fn portfolio_before<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, end: usize, floor: usize) -> Option<usize> {
    let from = end.saturating_sub(5).max(floor);
    (from..end).find(|i| {
        names.over(*i).is_none_or(|f| f.end as usize >= end || f.label != Label::Organization)
            && ctx.has(*i, List::Portfolios)
            && ctx.lookups.at(*i).iter().any(|h| h.list == List::Portfolios && h.end as usize == end)
    })
}

/// A capitalised word before a capitalised head that belongs to the title: "Department
/// Spokesperson", "Latin America Marketing Manager". Names of others do not.
fn is_modifier<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, j: usize, class: &str) -> bool {
    if !is_name_word(ctx, j) || ctx.shouted(j) {
        return false;
    }
    if let Some(over) = names.over(j) {
        return over.label == Label::Place && over.kind == "region" && CORPORATE.contains(&class);
    }
    // The last word of a body's name ("Communist Party Secretary") and a body on the list ("Senate President") stand before the title.
    let is_body = || j > 0 && ctx.same_line(j) && is_name_word(ctx, j - 1) && ctx.tokens[j - 1].clitic == 0 || ctx.is_in(j, List::Organizations);
    ctx.is_in(j, List::OrgHeads) && !is_body()
        || ctx.is_in(j, List::Portfolios)
        || is_rank(ctx, j)
        || ctx.is_in(j, List::Roles) && !ctx.tokens[j].is(ctx.text, "mr")
}

/// Complements after the head: portfolios, organisations, states, places, capitalised runs.
fn extend_right<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, hit: &Lookup, portfolio: &mut &'a str, plural: bool) -> usize {
    let mut end = hit.end as usize;
    let mut opened = false;
    loop {
        let next = post_rank(ctx, end).or_else(|| complement_end(ctx, names, hit, end, opened, portfolio));
        match next {
            Some(next) => {
                opened = true;
                end = if plural { past_states(ctx, names, next) } else { next };
                if ctx.tokens[end - 1].clitic > 0 {
                    return end;
                }
            }
            None => return end,
        }
    }
}

/// "Presidents of A, B and C": the states listed behind the one that ends before `end`.
fn past_states<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, mut end: usize) -> usize {
    if !names.ending(end).is_some_and(|f| f.label == Label::State) {
        return end;
    }
    loop {
        let mut next = end;
        while ctx.is_any(next, &[",", "and", "&", "the"]) && ctx.joined(next) {
            next += 1;
        }
        match names.starting(next).filter(|f| next > end && f.label == Label::State && f.form != Form::Demonym) {
            Some(f) => end = f.end as usize,
            None => return end,
        }
    }
}

/// "ad interim", "-at-large": ranks that stand behind.
fn post_rank(ctx: &Context<'_, '_>, at: usize) -> Option<usize> {
    let hits = if ctx.has(at, List::RankWords) { ctx.lookups.at(at) } else { &[] };
    hits.iter()
        .find(|h| h.list == List::RankWords && ctx.cell(h, Column::Position) == "post" && ctx.cell(h, Column::Inside) == "1" && ctx.same_line(at))
        .map(|h| h.end as usize)
}

fn complement_end<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, hit: &Lookup, at: usize, opened: bool, portfolio: &mut &'a str) -> Option<usize> {
    if !ctx.joined(at) || !ctx.joined(at + 1) || !ctx.tokens[at].is_word() {
        return None;
    }
    let word = ctx.word(at);
    let own = || ctx.cell(hit, Column::Complement).split('|').any(|w| !w.is_empty() && word.eq_ignore_ascii_case(w));
    let links = opened && matches!(word, "of" | "for" | "to" | "at") || own();
    if !links {
        return None;
    }
    let mut start = at + 1;
    while ctx.is_any(start, &["the", "its", "his", "her", "their"]) {
        start += 1;
    }
    // "a message from the Prime Minister of Japan to President X": another office is no complement behind a complement.
    if !ctx.joined(start) || opened && word.eq_ignore_ascii_case("to") && ctx.has(start, List::Roles) {
        return None;
    }
    object_end(ctx, names, start, portfolio)
}

/// End of a complement's object at `start`, lists included.
fn object_end<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, start: usize, portfolio: &mut &'a str) -> Option<usize> {
    let mut end = member_end(ctx, names, start, portfolio)?;
    loop {
        if ctx.tokens[end - 1].clitic > 0 {
            return Some(end);
        }
        let joint = ctx.word(end);
        let next = end + 1;
        let goes_on = match joint {
            "," => ctx.joined(end) && ctx.joined(next) && list_goes_on(ctx, next),
            "and" | "AND" | "&" => ctx.joined(end) && ctx.joined(next) && is_list_member(ctx, names, next),
            _ => false,
        };
        if !goes_on {
            return Some(end);
        }
        match member_end(ctx, names, next, portfolio) {
            Some(later) => end = later,
            None => return Some(end),
        }
    }
}

/// After "and" or a comma only a further portfolio belongs to the title: "Economy, Trade and Industry".
fn is_list_member<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, i: usize) -> bool {
    (ctx.has(i, List::Portfolios) || is_name_word(ctx, i))
        && !ctx.has(i, List::Roles)
        && !ctx.has(i, List::Honorifics)
        && !is_initial(ctx, i)
        && (!ctx.is_in(i, List::GivenNames) || ctx.has(i, List::Portfolios))
        && !names.over(i).is_some_and(|f| matches!(f.label, Label::Person | Label::State | Label::Organization))
        && ctx.tokens[i].is_capitalized()
}

fn list_goes_on(ctx: &Context<'_, '_>, start: usize) -> bool {
    let mut i = start;
    for _ in 0..10 {
        if !ctx.joined(i) || !ctx.joined(i + 1) {
            return false;
        }
        if ctx.is_any(i, &["and"]) {
            return ctx.has(i + 1, List::Portfolios) && ctx.tokens[i + 1].is_capitalized();
        }
        if ctx.word(i) != "," && !(is_name_word(ctx, i) && ctx.joined(i)) || ctx.is_in(i, List::GivenNames) && !ctx.has(i, List::Portfolios) {
            return false;
        }
        i += 1;
    }
    false
}

/// One object: a name, a portfolio phrase, a nested role, or a capitalised run.
fn member_end<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, start: usize, portfolio: &mut &'a str) -> Option<usize> {
    let phrase = ctx.lookups.longest(start, List::Portfolios).copied();
    if let Some(p) = phrase
        && portfolio.is_empty()
    {
        *portfolio = ctx.cell(&p, Column::Portfolio);
    }
    let named = names.starting(start).filter(|f| !matches!(f.label, Label::Person | Label::Date)).map(|f| f.end as usize);
    let office = if named.is_none() && phrase.is_none() { role_inside(ctx, start) } else { None };
    let mut end = match (named.or(office), phrase.map(|p| p.end as usize)) {
        (Some(a), Some(b)) => a.max(b),
        (Some(a), None) => a,
        (None, Some(b)) => b,
        (None, None) if is_name_word(ctx, start) && !names.over(start).is_some_and(|f| f.label == Label::Person) => start + 1,
        (None, None) => return None,
    };
    let complete = named.is_some() || phrase.is_some() || office.is_some();
    while ctx.tokens[end - 1].clitic == 0
        && ctx.same_line(end)
        && is_name_word(ctx, end)
        && !names.over(end).is_some_and(|f| f.label == Label::Person)
        && !starts_person(ctx, end)
        && !(complete && opens_other(ctx, names, end))
    {
        end = names.starting(end).map_or(end + 1, |f| f.end as usize);
    }
    Some(end)
}

/// "Secretary to the President": a lower-case office as object.
fn role_inside(ctx: &Context<'_, '_>, start: usize) -> Option<usize> {
    ctx.lookups
        .longest(start, List::Roles)
        .filter(|h| ctx.cell(h, Column::Use) == "role" && ctx.cell(h, Column::Alone) == "1" && h.column_name() != "plurals")
        // "Administrator of General Services"
        .filter(|h| !ctx.tokens[start].is_capitalized() || h.len() > 1 || !ctx.same_line(start + 1) || !has_institution(ctx, start + 1))
        .map(|h| h.end as usize)
}

/// Words that go on with a name of a body.
const INSTITUTIONS: u64 =
    bits(&[List::Portfolios, List::OrgHeads, List::PlaceHeads, List::EventHeads, List::AgreementHeads, List::Topics, List::CompanySuffixes]);

fn has_institution(ctx: &Context<'_, '_>, i: usize) -> bool {
    is_name_word(ctx, i) && ctx.has_any(i, INSTITUTIONS)
}

/// Behind a whole portfolio or name only a word of institutions goes on with it; any other is the holder's name, or a headline's verb.
fn opens_other<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, i: usize) -> bool {
    names.starting(i).is_none() && (ctx.has(i, List::Roles) && !ctx.has(i, List::Portfolios) || !ctx.has_any(i, INSTITUTIONS))
}

/// "J" or "K.N.M", before the point of an initial.
fn is_initial(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.word(i + 1) == "." && ctx.tokens[i + 1].gap == Gap::None && ctx.word(i).split('.').all(|part| part.chars().count() == 1)
}

/// A given name, an initial or an honorific opens the holder's name.
fn starts_person(ctx: &Context<'_, '_>, i: usize) -> bool {
    is_initial(ctx, i) || ctx.has(i, List::Honorifics) || ctx.is_in(i, List::GivenNames) && is_name_word(ctx, i + 1) && !ctx.has(i, List::Portfolios)
}

/// A plural title counts when names follow it.
fn holders_follow<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, end: usize) -> bool {
    let at = if matches!(ctx.word(end), "." | "," | ":") { end + 1 } else { end };
    // "Presidents Aliyev and Erdoğan".
    let surname = |i: usize| ctx.is_in(i, List::Surnames) && is_name_word(ctx, i);
    if at == end && surname(at) && ctx.is_any(at + 1, &["and", ","]) && is_name_word(ctx, at + 2) && ctx.same_line(at) {
        return true;
    }
    names.over(at).is_some_and(|f| f.label == Label::Person) || is_name_word(ctx, at) && ctx.is_in(at, List::GivenNames) && ctx.same_line(at)
}

/// Status words before the title (over a state or organisation in between) or behind it.
fn status<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, first: usize, end: usize) -> &'a str {
    for i in first..end {
        if let Some(status) = status_at(ctx, i, true) {
            return status;
        }
    }
    let mut i = first;
    for _ in 0..5 {
        if i == 0 || !ctx.same_line(i) {
            break;
        }
        i = names.ending(i).filter(|f| matches!(f.label, Label::State | Label::Organization | Label::Place)).map_or(i - 1, |f| f.first as usize);
        if let Some(status) = status_at(ctx, i, false) {
            return status;
        }
        if !(is_name_word(ctx, i) || ctx.word(i) == "-" || names.over(i).is_some()) {
            break;
        }
    }
    let after = if ctx.word(end) == "-" || ctx.word(end) == "," { end + 1 } else { end };
    match ctx.lookups.longest(after, List::RankWords) {
        Some(h) if ctx.cell(h, Column::Position) == "post" && ctx.same_line(after) => known_status(ctx.cell(h, Column::Status)).unwrap_or("current"),
        _ => "current",
    }
}

fn status_at<'a>(ctx: &Context<'_, 'a>, i: usize, inside: bool) -> Option<&'a str> {
    let hit = ctx.lookups.longest(i, List::RankWords)?;
    (ctx.cell(hit, Column::Inside) == if inside { "1" } else { "0" }).then(|| known_status(ctx.cell(hit, Column::Status))).flatten()
}

fn known_status(status: &str) -> Option<&str> {
    (!status.is_empty() && status != "current").then_some(status)
}

/// "Premier Inn", "Director's Cut": a title that goes on with a capitalised word which is no name of a person, state or body
/// is itself a word of a name.
fn part_of_name<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, end: usize) -> bool {
    ctx.same_line(end) && is_name_word(ctx, end) && names.over(end).is_none() && !ctx.has(end, List::Roles) && !ctx.has(end, List::Honorifics)
}

/// Whether the title counts although no holder is named beside it.
fn stands<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, hit: &Lookup, [use_, class]: [&str; 2], first: usize, complement: bool, capital: bool) -> bool {
    if matches!(use_, "military" | "honorific-role") || ctx.cell(hit, Column::Alone) != "1" {
        return false;
    }
    let before = first.wrapping_sub(1);
    let owned = first > 0 && (names.ending(first).is_some_and(|f| matches!(f.label, Label::State | Label::Organization)) || ctx.tokens[before].clitic > 0);
    let definite = first > 0 && ctx.is_any(before, &["the", "his", "her", "its", "our", "their"]);
    let class_counts = matches!(
        class,
        "minister"
            | "head-of-state"
            | "head-of-government"
            | "ambassador"
            | "spokesperson"
            | "deputy-minister"
            | "speaker"
            | "head-of-agency"
            | "governor"
            | "envoy"
            | "royal"
            | "religious"
    );
    if capital {
        let indefinite = first > 0 && ctx.is_any(before, &["a", "an", "any", "every", "each", "no"]);
        let names_thing = !ctx.titled(first) && part_of_name(ctx, names, hit.end as usize);
        return !indefinite
            && (complement || !names_thing)
            && (ctx.tokens[hit.first as usize].kind == Kind::Word || complement)
            && (!ctx.shouted(first) || class_counts);
    }
    (owned || definite) && class_counts || owned && complement
}
