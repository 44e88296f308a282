//! The model of unknown names, seen from outside.

use extract::Extractor;
use extract::annotation::{Extraction, Label};
use extract::recognize::model::Weights;

const TEXT: &str = "In the village of Harrowmere, the flood took three houses. The novelist lives near Eskelby.";

fn by_model(found: &Extraction<'_>) -> Vec<(String, Label)> {
    found.mentions.iter().filter(|m| m.via == "model:span").map(|m| (m.text.to_owned(), m.label)).collect()
}

#[test]
fn the_model_adds_names_and_can_be_left_out() {
    let with = Extractor::builder().build().unwrap();
    assert_eq!(by_model(&with.extract(TEXT)), [("Harrowmere".to_owned(), Label::Place), ("Eskelby".to_owned(), Label::Place)]);
    let without = Extractor::builder().model(false).build().unwrap();
    assert!(without.extract(TEXT).places.is_empty());
}

#[test]
fn what_lists_and_rules_claim_is_not_judged() {
    let extractor = Extractor::builder().build().unwrap();
    let text = "Foreign Minister Jeyhun Bayramov met the head of the Asian Development Bank in Baku. Bayramov thanked the Bank.";
    assert_eq!(by_model(&extractor.extract(text)), []);
    assert!(extractor.span_samples(text).is_empty());
    assert!(extractor.span_samples("no capitals here, none at all.").is_empty());
}

#[test]
fn features_are_those_the_weights_were_trained_on() {
    let extractor = Extractor::builder().build().unwrap();
    let samples = extractor.span_samples(TEXT);
    let spans: Vec<&str> = samples.iter().map(|s| s.span.slice(TEXT)).collect();
    assert_eq!(spans, ["Harrowmere", "Eskelby"]);
    // The order does not count.
    let sum = samples.iter().flat_map(|s| &s.features).fold(0u64, |sum, f| sum.wrapping_add(*f));
    assert_eq!(sum, 10_801_762_245_842_113_029, "the features changed: train the weights anew (src/recognize/model/MODEL.md), then write the new sum here");
}

#[test]
fn weights_say_why_they_are_refused() {
    let error = Weights::read(vec![0; 40].into()).unwrap_err();
    assert_eq!(error, "no weights of this version");
    let blank = Weights::read(Weights::write(&[0; 6 << 4], 4, 0.01).into()).unwrap();
    let extractor = Extractor::builder().weights(blank).build().unwrap();
    assert_eq!(by_model(&extractor.extract(TEXT)), [], "weights that say nothing add nothing");
}

#[test]
fn confidence_is_a_share() {
    let extractor = Extractor::builder().build().unwrap();
    let found = extractor.extract(TEXT);
    let confidences: Vec<f32> = found.mentions.iter().filter(|m| m.via == "model:span").map(|m| m.conf.0).collect();
    assert!(confidences.iter().all(|c| (0.6..=1.0).contains(c)), "{confidences:?}");
    assert_eq!(confidences, extractor.extract(TEXT).mentions.iter().filter(|m| m.via == "model:span").map(|m| m.conf.0).collect::<Vec<_>>());
}
