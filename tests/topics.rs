//! Topics: users' own, evidence from entities, boilerplate, and IPTC codes as another's judgement.

use std::collections::{BTreeMap, BTreeSet};

use extract::annotation::{EntityRef, Extraction};
use extract::{Error, Extractor};
use serde_json::Value;

use crate::eval::data;
use crate::support::{extractor, path, read};

const TEXT: &str = "The saiga antelope is back on the steppe. Rangers counted more antelopes and lynx than ever, and tariffs on exports will fall.";

fn with(tsv: &str) -> Result<Extractor, Error> {
    Extractor::builder().topics_text("our.tsv", tsv).build()
}

fn slugs<'r>(result: &'r Extraction<'_>) -> Vec<&'r str> {
    result.topics.iter().map(|topic| topic.id).collect()
}

#[test]
fn users_topics_stand_beside_the_built_in_ones() {
    let ours = with("topic\tform\tweight\tlabel\nsteppe-wildlife\tsaiga antelope\t5\tSteppe wildlife\nsteppe-wildlife\tlynx\t5\t\n").unwrap();
    let result = ours.extract(TEXT);
    let topic = result.topics.iter().find(|topic| topic.id == "steppe-wildlife").unwrap();
    assert_eq!((topic.label, topic.maps.is_none(), topic.evidence.len()), ("Steppe wildlife", true, 2), "{topic:?}");
    assert!(slugs(&result).contains(&"trade"));
    assert!(!slugs(&extractor().extract(TEXT)).contains(&"steppe-wildlife"));
}

#[test]
fn users_topics_replace_one_or_all() {
    let one = with("topic\tform\treplace\ntrade\tlynx\t1\n").unwrap();
    let result = one.extract(TEXT);
    let trade = result.topics.iter().find(|topic| topic.id == "trade").unwrap();
    assert_eq!((trade.label, trade.evidence.len(), trade.evidence[0].text), ("Trade", 1, Some("lynx")));
    let all = with("topic\tform\treplace\n*\t\t1\nsteppe\tsaiga antelope\t\n").unwrap();
    assert_eq!(slugs(&all.extract(TEXT)), ["steppe"]);
}

#[test]
fn users_cues_are_cancelled_and_need_context() {
    let text = "The lynx project, a software, runs on the antelope server.";
    let negative = with("topic\tform\tnegative\twildlife\nx\tlynx\t0\t\n").err().map(|e| e.to_string());
    assert!(negative.is_some_and(|message| message.starts_with("our.tsv:1: unknown column `wildlife`")));
    let cases = [
        ("wild\tlynx\t0\t\n", true),
        ("wild\tlynx\t0\t\nwild\tlynx project\t1\t\n", false),
        ("wild\tlynx\t0\tsteppe|forest\n", false),
        ("wild\tlynx\t0\tsteppe|softwar\n", true),
    ];
    for (rows, wanted) in cases {
        let ours = with(&format!("topic\tform\tnegative\tneeds\n{rows}")).unwrap();
        assert_eq!(slugs(&ours.extract(text)).contains(&"wild"), wanted, "{rows}");
    }
}

#[test]
fn a_form_that_cannot_be_matched_is_named_with_its_line() {
    let error = with("topic\tform\nwild\tlynx\nwild\t=\n").err().map(|e| e.to_string()).unwrap_or_default();
    assert!(error.starts_with("our.tsv:3: "), "{error}");
}

#[test]
fn entities_are_evidence_and_weights_sum_to_the_score() {
    let climate = "Delegates arrived for COP29. The host of COP29 welcomed them.";
    let nuclear = "The International Atomic Energy Agency sent inspectors, and the director of the IAEA spoke.";
    for (text, slug, letter) in [(climate, "climate-change", 'e'), (nuclear, "arms-control", 'o')] {
        let result = extractor().extract(text);
        let topic = result.topics.iter().find(|topic| topic.id == slug).unwrap_or_else(|| panic!("{slug}: {:?}", result.topics));
        let is_entity = |by: Option<EntityRef<'_>>| matches!(by, Some(EntityRef::Id(id)) if id.letter == letter && id.number == 1);
        assert!(topic.evidence.iter().any(|evidence| is_entity(evidence.by) && evidence.span.is_none()), "{topic:?}");
        assert!((topic.evidence.iter().map(|evidence| evidence.w.0).sum::<f32>() - topic.score.0).abs() < 0.001);
    }
}

#[test]
fn a_ministry_speaks_for_its_portfolio() {
    let result = extractor().extract("The Ministry of Energy of Azerbaijan published its yearly report on Monday.");
    let energy = result.topics.iter().find(|topic| topic.id == "energy").unwrap();
    assert!(energy.evidence.iter().any(|evidence| evidence.by.is_some()), "{energy:?}");
}

#[test]
fn boilerplate_counts_less() {
    let body = "Museum opens exhibition of carpets\n\nThe museum opened an exhibition of carpets on Monday. Visitors may see it until June, the director said in the hall.\n\n";
    let tail = "Acme is a software company that sells cybersecurity and digital services.";
    let score = |text: &str| extractor().extract(text).topics.iter().find(|topic| topic.id == "digital-cyber").map_or(0.0, |topic| topic.score.0);
    let (plain, about) = (score(&format!("{body}{tail}")), score(&format!("{body}About Acme\n{tail}")));
    assert!(about < plain, "{about} {plain}");
}

/// The topics of foreign-affairs news whose editors gave IPTC codes, by the codes that `fixtures/iptc-topics.tsv` maps. The
/// editors give a few codes, not all that fit, so precision is a lower bound.
#[test]
fn topics_agree_with_iptc_codes() {
    let Some(file) = data("gold/ner/dwie-train.jsonl") else { return };
    let map = read(&path("fixtures/iptc-topics.tsv"));
    let map: BTreeMap<&str, &str> =
        map.lines().skip(1).filter_map(|line| line.split_once('\t')).map(|(code, rest)| (code, rest.split('\t').next().unwrap())).collect();
    let mapped: BTreeSet<&str> = map.values().copied().collect();
    let (mut hits, mut gold, mut found) = (0, 0, 0);
    let mut by_topic: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for line in read(&file).lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let codes = record["iptc"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let wanted: BTreeSet<&str> = codes.filter_map(|code| map.get(code).copied()).collect();
        // A document whose codes all stay outside the map says nothing about the topics inside it.
        if wanted.is_empty() {
            continue;
        }
        let result = extractor().extract(record["text"].as_str().unwrap());
        let there: BTreeSet<&str> = slugs(&result).into_iter().filter_map(|slug| mapped.get(slug).copied()).collect();
        let right = there.intersection(&wanted).count();
        (hits, gold, found) = (hits + right, gold + wanted.len(), found + there.len());
        for slug in &mapped {
            let counts = by_topic.entry(slug).or_default();
            counts[0] += usize::from(there.contains(slug) && wanted.contains(slug));
            counts[1] += usize::from(wanted.contains(slug));
            counts[2] += usize::from(there.contains(slug));
        }
    }
    let share = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
    for (slug, [hits, gold, found]) in by_topic {
        println!("{slug:20} P {:5.1} R {:5.1} of {gold}", share(hits, found), share(hits, gold));
    }
    let (precision, recall) = (share(hits, found), share(hits, gold));
    println!("IPTC codes: precision {precision:.1}, recall {recall:.1}, {gold} topics");
    assert!(precision >= 35.0 && recall >= 50.0, "precision {precision:.1}, recall {recall:.1}");
}
