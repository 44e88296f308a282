//! Reasons of the model: what each feature of a candidate adds to the score of its type, in words. For explanations only.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::candidate::{Candidate, Runs};
use super::features::{Evidence, hash, list_name, manner};
use super::{CLASSES, Judged, SpanModel, TYPES};
use crate::annotation::Label;
use crate::recognize::{Context, Names};
use crate::span::Span;

/// Tokens on each side among which the word of a feature is looked for.
const REACH: usize = 3;

/// What the model makes of a candidate.
#[derive(Clone, Debug)]
pub struct Reason {
    /// The candidate.
    pub span: Span,
    /// The type that is likeliest.
    pub label: Label,
    /// Its share among all types and none, from 0 to 1.
    pub share: f32,
    /// The share of no name.
    pub none: f32,
    /// The share from which it stands.
    pub needed: f32,
    /// Whether its capitals say anything: not in a line where all words have them.
    pub is_marked: bool,
    /// The features and what each adds to the logarithm of the odds of the type against no name; the heaviest first.
    pub features: Vec<Feature>,
    /// What the other places of the same words add.
    pub elsewhere: f32,
}

/// A feature of a candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// What it says, and of what.
    pub says: String,
    /// What it adds, in natural logarithms.
    pub weight: f32,
}

/// How the value of a kind of features is put in words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    None,
    Word,
    Letters,
    List,
    Lists,
    Forms,
    Mention,
    Manners,
    Switch,
}

/// Kinds of features by number, read from `kinds.tsv`.
fn kinds() -> &'static FxHashMap<u64, (Value, &'static str)> {
    static KINDS: OnceLock<FxHashMap<u64, (Value, &'static str)>> = OnceLock::new();
    KINDS.get_or_init(|| include_str!("kinds.tsv").lines().skip(1).filter_map(kind).collect())
}

fn kind(line: &'static str) -> Option<(u64, (Value, &'static str))> {
    let mut cells = line.split('\t');
    let (number, value, says) = (cells.next()?, cells.next()?, cells.next()?);
    let value = match value {
        "none" => Value::None,
        "word" => Value::Word,
        "letters" => Value::Letters,
        "list" => Value::List,
        "lists" => Value::Lists,
        "forms" => Value::Forms,
        "mention" => Value::Mention,
        "manners" => Value::Manners,
        "switch" => Value::Switch,
        _ => return None,
    };
    Some((number.parse().ok()?, (value, says)))
}

impl SpanModel {
    /// What the model makes of each candidate for which some type is likelier than no name, in text order.
    pub fn reasons<'a>(&self, ctx: &Context<'_, 'a>, names: &Names<'a>) -> Vec<Reason> {
        let runs = Runs::find(ctx, names);
        let evidence = Evidence::new(ctx, names, &runs);
        self.likely(&evidence).iter().map(|judged| self.reason(&evidence, judged)).collect()
    }

    fn reason(&self, evidence: &Evidence<'_, '_, '_>, judged: &Judged) -> Reason {
        let Judged { span, class, share, none, .. } = judged;
        let (mut features, mut own): (Vec<Feature>, f32) = (Vec::new(), 0.0);
        evidence.of(span, &mut |kind, value| {
            let row = self.weights.row(hash(kind, value)).map(f32::from);
            let weight = self.odds(&row, *class);
            own += weight;
            let says = says(evidence.ctx, span, kind, value);
            match features.iter_mut().find(|f| f.says == says) {
                Some(known) => known.weight += weight,
                None => features.push(Feature { says, weight }),
            }
        });
        features.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        Reason {
            span: evidence.ctx.span(span.first as usize, span.end as usize),
            label: TYPES[*class],
            share: *share,
            none: *none,
            needed: judged.needed(),
            is_marked: evidence.is_marked(span),
            features,
            elsewhere: self.odds(&judged.scores, *class) - own,
        }
    }

    /// What scores say of a class against none.
    fn odds(&self, scores: &[f32; CLASSES], class: usize) -> f32 {
        (scores[class] - scores[TYPES.len()]) * self.weights.scale()
    }
}

/// A feature in words.
fn says(ctx: &Context<'_, '_>, span: &Candidate, kind: u64, value: u64) -> String {
    let Some((form, says)) = kinds().get(&kind) else { return format!("feature {kind}") };
    let said = match form {
        Value::None => None,
        Value::Word => word(ctx, span, value).map(|word| format!("“{word}”")),
        Value::Letters => Some(format!("“{}”", letters(value, matches!(kind, 7 | 17)))),
        Value::List => list_name(value).map(str::to_owned),
        Value::Lists => list_name(value >> 1).map(str::to_owned),
        Value::Forms => list_name(value >> 2).map(str::to_owned),
        Value::Mention => Some(value.checked_sub(1).and_then(Label::of_number).map_or("none", Label::name).to_owned()),
        Value::Manners => manner(value >> 1).map(str::to_owned),
        Value::Switch => Some(if value == 0 { "no" } else { "yes" }.to_owned()),
    };
    said.map_or_else(|| (*says).to_owned(), |said| format!("{says} {said}"))
}

/// The word of this hash in or beside a candidate.
fn word<'s>(ctx: &Context<'s, '_>, span: &Candidate, hash: u64) -> Option<&'s str> {
    let (first, end) = ((span.first as usize).saturating_sub(REACH), (span.end as usize + REACH).min(ctx.tokens.len()));
    (first..end).find(|i| ctx.tokens[*i].hash == hash).map(|i| ctx.word(i))
}

/// The letters packed into a value; the shorter endings have a bit behind them.
fn letters(value: u64, may_be_short: bool) -> String {
    let value = if may_be_short && value < 1 << 25 { value >> 1 } else { value };
    let bytes: Vec<u8> = value.to_be_bytes().into_iter().skip_while(|b| *b == 0).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_described_once() {
        let lines: Vec<&str> = include_str!("kinds.tsv").lines().skip(1).collect();
        assert!(lines.iter().all(|line| kind(line).is_some()) && kinds().len() == lines.len());
    }

    #[test]
    fn letters_are_read_back() {
        let pack = |word: &str| word.bytes().fold(0, |value, b| value << 8 | u64::from(b));
        assert_eq!(letters(pack("yev") << 1 | 1, true), "yev");
        assert_eq!(letters(pack("ov") << 1, true), "ov");
        assert_eq!(letters(pack("dzer"), true), "dzer");
        assert_eq!(letters(pack("kha"), false), "kha");
    }
}
