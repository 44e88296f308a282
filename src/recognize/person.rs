//! People: listed ones, and unknown ones by the evidence around a capitalised run.
//!
//! Finds: names on the list; runs of capitalised words backed by an honorific, a role, a given
//! name, a surname, a verb of saying. Misses on purpose: capitalised words without evidence,
//! names inside other names ("Nobel Prize"). Needs: `people.tsv`, `lexicon/given_names.tsv`,
//! `lexicon/surnames.tsv`, `lexicon/honorifics.tsv`, `lexicon/name_particles.tsv`.

use super::guard::Personal;
use super::phrase::is_name_word;
use super::role::RoleFound;
use super::{Context, Found, Names};
use crate::annotation::{Form, Label};
use crate::gazetteer::{EntryId, List, Strength};
use crate::token::fold::{fold_into, hash_sequence};
use crate::token::{Case, Gap, Kind};

/// Evidence that makes a run a person.
const THRESHOLD: f32 = 2.4;
/// Most words in a name.
const MAX_WORDS: usize = 7;

/// Proposes listed people.
pub fn find<'a>(ctx: &Context<'_, 'a>, out: &mut Vec<Found<'a>>) {
    for hit in ctx.lookups.iter().filter(|h| h.list == List::People && h.strength != Strength::Weak) {
        let first = hit.first as usize;
        let longer = first > 0
            && ctx.same_line(first)
            && ctx.is_in(first - 1, List::GivenNames)
            && is_name_word(ctx, first - 1)
            && ctx.tokens[first - 1].clitic == 0
            && !ctx.has(first - 1, List::Roles)
            && !ctx.has(first - 1, List::Honorifics);
        if !longer && !(hit.column_name() == "aliases" && goes_on(ctx, hit.end as usize)) && ctx.guards_agree(hit) {
            out.push(ctx.by_hit(hit, Label::Person, Form::Full, 0.97));
        }
    }
}

/// Whether a name that ends before token `end` goes on with another given name, as Arabic names do:
/// it is then hardly the alias.
fn goes_on(ctx: &Context<'_, '_>, end: usize) -> bool {
    let sure = |i: usize| ctx.lookups.longest(i, List::GivenNames).is_some_and(|h| ctx.cell(h, "clash") != "1");
    ctx.tokens.get(end).is_some_and(|t| t.case == Case::Capital && t.gap == Gap::Space)
        && ctx.tokens[end - 1].clitic == 0
        && sure(end)
        && is_name_word(ctx, end)
        && !ctx.has(end, List::Roles)
        && !ctx.has(end, List::Honorifics)
}

/// Proposes unknown people and weak forms of listed ones, given the names and roles found.
pub fn find_unknown<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, roles: &[RoleFound<'a>], out: &mut Vec<Found<'a>>) {
    let around = Around::new(ctx, roles);
    let mut i = 0;
    while i < ctx.tokens.len() {
        let end = run_end(ctx, names, &around, i);
        if end == i {
            i += 1;
            continue;
        }
        if let Some(found) = judge_run(ctx, names, &around, i, end) {
            out.push(found);
        }
        i = end;
    }
}

/// Where roles begin and end, by token.
struct Around {
    inside: Vec<bool>,
    ends: Vec<bool>,
    starts: Vec<bool>,
}

impl Around {
    fn new(ctx: &Context<'_, '_>, roles: &[RoleFound<'_>]) -> Around {
        let n = ctx.tokens.len() + 1;
        let mut around = Around { inside: vec![false; n], ends: vec![false; n], starts: vec![false; n] };
        for role in roles {
            around.inside[role.found.first as usize..role.found.end as usize].fill(true);
            around.ends[role.found.end as usize] = true;
            around.starts[role.found.first as usize] = true;
        }
        around
    }
}

/// Whether token `i` may be a word of a person's name.
fn is_part<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, around: &Around, i: usize) -> bool {
    let Some(token) = ctx.tokens.get(i) else { return false };
    if token.kind != Kind::Word
        || !matches!(token.case, Case::Capital | Case::Upper)
        || around.inside[i]
        || ctx.has_honorific(i)
        || ctx.is_function_word(i) && !is_named_month(ctx, i)
    {
        return false;
    }
    match names.over(i) {
        None => true,
        // A lone city or state may be a given name or surname when a name goes on; a longer name is its own.
        Some(f) => {
            f.end == f.first + 1 && f.label == Label::Place && ctx.is_in(i, List::GivenNames) && f.conf < 0.98
                || f.label == Label::Place && f.end == f.first + 1 && ctx.is_in(i, List::Surnames) && i > 0 && ctx.is_in(i - 1, List::GivenNames)
        }
    }
}

/// "Mrs May": a month that is a word of grammar too.
fn is_named_month(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.is_month(i) && (ctx.personal(i) == Personal::Sure || ctx.is_addressed(i) && ctx.joined(i) && !(ctx.same_line(i + 1) && is_name_word(ctx, i + 1)))
}

impl Context<'_, '_> {
    fn has_honorific(&self, i: usize) -> bool {
        self.lookups.longest(i, List::Honorifics).is_some()
    }
}

/// End of the run of name parts that starts at `i`; `i` when none starts there.
fn run_end<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, around: &Around, i: usize) -> usize {
    if !is_part(ctx, names, around, i) {
        return i;
    }
    let mut end = i + 1;
    while end < ctx.tokens.len() && end - i < 2 * MAX_WORDS {
        if ctx.tokens[end - 1].clitic > 0 {
            break;
        }
        if is_initial(ctx, end - 1) && ctx.word(end) == "." && ctx.tokens[end].gap == Gap::None {
            end += 1;
        } else if ctx.same_line(end) && is_part(ctx, names, around, end) {
            end += 1;
        } else if matches!(ctx.word(end), "-" | "‐" | "‑")
            && ctx.tokens[end].gap == Gap::None
            && ctx.tokens.get(end + 1).is_some_and(|t| t.gap == Gap::None && t.kind == Kind::Word)
            && (is_part(ctx, names, around, end + 1) || ctx.word(end + 1).len() <= 3)
        {
            end += 2;
        } else if let Some(next) = after_particles(ctx, names, around, end) {
            end = next;
        } else {
            break;
        }
    }
    end
}

fn is_initial(ctx: &Context<'_, '_>, i: usize) -> bool {
    let word = ctx.word(i);
    word.chars().count() == 1 && word.chars().all(char::is_uppercase)
}

/// One past the name part that follows lower-case particles at `at` ("von der Leyen", "bin Salman").
fn after_particles<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, around: &Around, at: usize) -> Option<usize> {
    let mut i = at;
    while i < at + 3
        && ctx.same_line(i)
        && ctx.tokens[i].case == Case::Lower
        && ctx.lookups.longest(i, List::NameParticles).is_some_and(|h| ctx.cell(h, "position") != "final")
    {
        i += 1;
        if matches!(ctx.word(i), "-") && ctx.tokens[i].gap == Gap::None {
            i += 1;
        }
    }
    if i == at && ctx.same_line(at) && ctx.lookups.longest(at, List::NameParticles).is_some_and(|h| ctx.cell(h, "position") == "final") {
        return Some(at + 1);
    }
    (i > at && is_part(ctx, names, around, i) && !ctx.is_any(at, &["and", "of"])).then_some(i + 1)
}

/// Weighs the evidence for a run and trims what does not belong to it.
fn judge_run<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, around: &Around, start: usize, end: usize) -> Option<Found<'a>> {
    let first = trim_left(ctx, around, start, end);
    let end = trim_right(ctx, first, end);
    let words = (first..end).filter(|i| ctx.tokens[*i].kind == Kind::Word && !is_initial(ctx, *i)).count();
    if words == 0 || words > MAX_WORDS || end <= first {
        return None;
    }
    // "Robert E." of "Robert E. Lee Bridge": the rest of the name belongs to a longer one.
    let last = (first..end).rfind(|i| ctx.tokens[*i].is_word());
    if last.is_some_and(|i| is_initial(ctx, i)) && ctx.joined(end) && names.starting(end).is_some_and(|f| f.label != Label::Person) {
        return None;
    }
    if let Some(entry) = without_initials(ctx, first, end) {
        let mut found = ctx.by_rule(first, end, Label::Person, Form::Full, "person.middle_initial", 0.93);
        found.entry = Some((List::People, entry));
        return Some(found);
    }
    let before = evidence_before(ctx, around, first);
    let after = evidence_after(ctx, names, around, end);
    if words == 1 && !(first..end).any(|i| is_initial(ctx, i)) {
        return judge_single(ctx, names, first, end, before, after);
    }
    if (first..end).all(|i| ctx.tokens[i].case != Case::Capital) && !ctx.shouted(first) && before < 2.0 {
        return None;
    }
    let score = name_evidence(ctx, first, end) + before + after + penalties(ctx, names, first, end);
    (score >= THRESHOLD).then(|| {
        let conf = (0.55 + 0.07 * score).min(0.95);
        ctx.by_rule(first, end, Label::Person, Form::Full, rule(ctx, around, first, end, before), conf)
    })
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

fn rule(ctx: &Context<'_, '_>, around: &Around, first: usize, end: usize, before: f32) -> &'static str {
    if first > 0 && around.ends[first] {
        "person.after_role"
    } else if before >= 2.5 {
        "person.after_honorific"
    } else if ctx.word(end) == "," && around.starts[end + 1] {
        "person.before_apposed_role"
    } else if ctx.is_in(first, List::GivenNames) {
        "person.given_name"
    } else {
        "person.context"
    }
}

/// A surname alone counts behind an honorific or a role, or as the known form of a listed person.
fn judge_single<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, first: usize, end: usize, before: f32, after: f32) -> Option<Found<'a>> {
    let token = &ctx.tokens[first];
    if token.case == Case::Upper && token.end - token.start <= 4 || names.over(first).is_some() {
        return None;
    }
    if let Some(hit) = ctx.lookups.at(first).iter().find(|h| h.list == List::People && h.end as usize == end) {
        let clash = ctx.lookups.longest(first, List::Surnames).is_some_and(|h| ctx.cell(h, "clash") == "1");
        if before >= 2.0 || !clash && !ctx.opens(first) || !clash && after > 0.5 {
            return Some(ctx.by_hit(hit, Label::Person, Form::Surname, 0.75));
        }
    }
    let blocked = ctx.is_in(first, List::OrgHeads)
        || ctx.is_in(first, List::EventHeads)
        || ctx.is_in(first, List::AgreementHeads)
        || ctx.has(first, List::Roles)
        || ctx.has(first, List::TimexWords) && (!ctx.is_in(first, List::Surnames) || is_name_word(ctx, end))
        || ctx.has(first, List::Portfolios)
        || ctx.shouted(first) && surname(ctx, first) == 0.0;
    (before >= 2.0 && !blocked)
        .then(|| ctx.by_rule(first, end, Label::Person, Form::Surname, if before >= 2.5 { "person.after_honorific" } else { "person.after_role" }, 0.75))
}

/// Drops leading words that only a sentence's start or a headline capitalises.
fn trim_left(ctx: &Context<'_, '_>, around: &Around, start: usize, end: usize) -> usize {
    if evidence_before(ctx, around, start) >= 2.0 || given(ctx, start) > 0.0 {
        return start;
    }
    let later = (start + 1..end.saturating_sub(1)).find(|i| given(ctx, *i) >= 1.5 && !is_initial(ctx, *i) && ctx.tokens[*i].gap == Gap::Space);
    match later {
        Some(i) if surname(ctx, start) == 0.0 => i,
        _ => start,
    }
}

/// Drops trailing words that belong to a name's context ("Biden Administration").
fn trim_right(ctx: &Context<'_, '_>, first: usize, end: usize) -> usize {
    let mut end = end;
    while end > first + 2
        && (ctx.is_in(end - 1, List::OrgHeads) || ctx.is_in(end - 1, List::SpeechVerbs) || ctx.is_in(end - 1, List::Roles))
        && surname(ctx, end - 1) == 0.0
    {
        end -= 1;
    }
    end
}

fn evidence_before(ctx: &Context<'_, '_>, around: &Around, first: usize) -> f32 {
    if first == 0 || !ctx.joined(first) {
        return 0.0;
    }
    if around.ends[first] && ctx.tokens[first - 1].clitic == 0 {
        return 2.2;
    }
    let point = usize::from(ctx.word(first - 1) == ".");
    let from = first.saturating_sub(4);
    let honorific = (from..first)
        .any(|i| ctx.lookups.at(i).iter().any(|h| h.list == List::Honorifics && (h.end as usize == first || point == 1 && h.end as usize + 1 == first)));
    if honorific {
        return 3.0;
    }
    if ctx.is_in(first - 1, List::SpeechVerbs) {
        return 1.0;
    }
    if ctx.word(first - 1) == "," && around.ends[first - 1] { 1.0 } else { 0.0 }
}

fn evidence_after<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, around: &Around, end: usize) -> f32 {
    if !ctx.joined(end) || end >= ctx.tokens.len() {
        return if end < ctx.tokens.len() && around.starts[end] { 1.2 } else { 0.0 };
    }
    let mut at = end;
    let comma = matches!(ctx.word(at), "," | "(" | "–" | "—");
    if comma {
        at += 1;
        if ctx.is_any(at, &["the", "a", "an", "former", "then"]) {
            at += 1;
        }
        if let Some(f) = names.starting(at).filter(|f| matches!(f.label, Label::State | Label::Organization)) {
            at = f.end as usize;
        }
        return if around.starts.get(at) == Some(&true) {
            2.0
        } else if ctx.is_any(end + 1, &["who", "whose"]) || ctx.word(end) == "," && is_age(ctx, end + 1) {
            1.5
        } else {
            0.0
        };
    }
    if ctx.is_in(at, List::SpeechVerbs) && ctx.tokens[at].case == Case::Lower {
        return 1.3;
    }
    if ctx.is_any(at, &["is", "was", "has", "will", "who", "met", "and"]) { 0.3 } else { 0.0 }
}

/// "34,": an age between commas.
fn is_age(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.word(i).parse::<u8>().is_ok_and(|age| (10..110).contains(&age)) && ctx.word(i + 1) == ","
}

/// How much a word speaks for being a given name.
fn given(ctx: &Context<'_, '_>, i: usize) -> f32 {
    match ctx.lookups.longest(i, List::GivenNames) {
        _ if ctx.personal(i) == Personal::Sure => 1.8,
        _ if ctx.personal(i) == Personal::Likely => 1.5,
        Some(h) if ctx.cell(h, "clash") == "1" => 0.8,
        Some(_) => 1.8,
        None => 0.0,
    }
}

fn surname(ctx: &Context<'_, '_>, i: usize) -> f32 {
    match ctx.lookups.longest(i, List::Surnames) {
        _ if ctx.personal(i) == Personal::Sure => 1.0,
        Some(h) if ctx.cell(h, "clash") == "1" => 0.4,
        Some(_) => 1.0,
        None if has_surname_ending(ctx.word(i)) => 0.9,
        None => 0.0,
    }
}

/// Endings that are surnames' or patronymics' in the languages press releases transliterate.
fn has_surname_ending(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "yan", "ov", "ova", "ev", "eva", "enko", "shvili", "adze", "idze", "sson", "oğlu", "oglu", "ić", "vić", "vich", "vna", "ovic", "evic", "escu",
        "opoulos", "akis", "poulou", "zadeh", "zade", "ska", "ski", "sky", "skyi", "uulu", "qızı", "qizi", "bekov", "stein",
    ];
    word.len() > 5 && ENDINGS.iter().any(|e| word.ends_with(e))
}

fn name_evidence(ctx: &Context<'_, '_>, first: usize, end: usize) -> f32 {
    let mut last = end - 1;
    while last > first && !ctx.tokens[last].is_word() {
        last -= 1;
    }
    let initial = (first..end).any(|i| is_initial(ctx, i) && ctx.word(i + 1) == ".");
    let mut score = given(ctx, first).max(if is_initial(ctx, first) { 0.8 } else { 0.0 }) + surname(ctx, last);
    if score < 1.8 {
        score += 0.5 * surname(ctx, first); // family name first
        score += 0.5 * given(ctx, last);
    }
    if initial && score > 0.0 {
        score += 1.0;
    }
    score
}

fn penalties<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, first: usize, end: usize) -> f32 {
    let mut score = 0.0;
    for i in first..end {
        let known = given(ctx, i) > 1.0 || surname(ctx, i) > 0.9;
        if names.over(i).is_some() {
            score -= 0.8;
        }
        if !known
            && (ctx.is_in(i, List::OrgHeads)
                || ctx.is_in(i, List::PlaceHeads)
                || ctx.is_in(i, List::EventHeads)
                || ctx.is_in(i, List::AgreementHeads)
                || ctx.is_in(i, List::CompanySuffixes)
                || ctx.is_in(i, List::Portfolios)
                || ctx.is_in(i, List::Topics))
        {
            score -= 1.6;
        }
        if ctx.tokens[i].case == Case::Upper && !is_initial(ctx, i) && !ctx.shouted(i) && i == first {
            score -= 1.0;
        }
    }
    if ctx.opens(first) && given(ctx, first) == 0.0 {
        score -= 0.6;
    }
    if ctx.shouted(first) {
        score -= 0.6;
    }
    score
}
