//! `--only`, `--min-conf`, `--flat`, `--offsets`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::util::{TEXT, run};

const ARRAYS: [(&str, &str); 8] = [
    ("people", "person"),
    ("roles", "role"),
    ("states", "state"),
    ("organizations", "organization"),
    ("places", "place"),
    ("agreements", "agreement"),
    ("events", "event"),
    ("dates", "date"),
];

fn list<'v>(record: &'v Value, key: &str) -> &'v [Value] {
    record[key].as_array().map_or(&[], Vec::as_slice)
}

/// Every id that a record refers to is in it.
fn assert_consistent(record: &Value) {
    let mentions: BTreeSet<&str> = list(record, "mentions").iter().filter_map(|mention| mention["id"].as_str()).collect();
    let entities: BTreeSet<&str> = ARRAYS.iter().flat_map(|(key, _)| list(record, key)).filter_map(|entity| entity["id"].as_str()).collect();
    let has = |set: &BTreeSet<&str>, value: &Value| value.as_str().is_none_or(|id| set.contains(id));
    for mention in list(record, "mentions") {
        assert!(has(&entities, &mention["entity"]) && has(&mentions, &mention["nested_in"]), "{mention}");
        let anchor = &mention["anchor"];
        assert!(anchor == "doc" || anchor == "self" || has(&mentions, anchor), "{mention}");
    }
    for (key, _) in ARRAYS {
        for entity in list(record, key) {
            assert!(list(entity, "mentions").iter().all(|id| has(&mentions, id)), "{entity}");
            assert!(entity["count"].is_null() || entity["count"] == list(entity, "mentions").len(), "{entity}");
        }
    }
    for role in list(record, "roles") {
        assert!(has(&mentions, &role["mention"]) && has(&entities, &role["person"]) && has(&entities, &role["org"]), "{role}");
    }
    for evidence in list(record, "topics").iter().flat_map(|topic| list(topic, "evidence")) {
        let by = &evidence["by"];
        assert!(by.as_str().is_none_or(|id| id.len() == 2 && id.starts_with(char::is_uppercase) || entities.contains(id)), "{evidence}");
    }
    assert!(has(&mentions, &record["doc"]["date"]["mention"]) && has(&entities, &record["doc"]["issuer"]["org"]));
}

#[test]
fn every_view_is_consistent() {
    for args in [
        &[][..],
        &["--flat"],
        &["--only", "people"],
        &["--only", "roles"],
        &["--only", "states,dates", "--flat"],
        &["--only", "topics"],
        &["--min-conf", "0.95"],
        &["--min-conf", "0.9", "--flat"],
        &["--min-conf", "1"],
    ] {
        assert_consistent(&run(args, TEXT).record());
    }
}

#[test]
fn only_keeps_what_is_asked_for() {
    let record = run(&["--only", "states,date"], TEXT).record();
    assert!(!list(&record, "states").is_empty() && list(&record, "people").is_empty() && list(&record, "topics").is_empty());
    assert!(list(&record, "mentions").iter().all(|mention| mention["type"] == "state" || mention["type"] == "date"));
    let all = run(&[], TEXT).record();
    assert_eq!(record["states"], all["states"], "ids and salience stay");
    assert_eq!(run(&["--only", "cities"], TEXT).status, 2);
}

#[test]
fn flat_keeps_the_outermost_and_looks_through_roles() {
    let record = run(&["--flat"], TEXT).record();
    let mentions = list(&record, "mentions");
    for inner in mentions {
        let outer = mentions.iter().find(|mention| mention["id"] == inner["nested_in"]);
        assert!(outer.is_none_or(|outer| outer["type"] == "role"), "{inner}");
    }
    let all = run(&[], TEXT).record();
    assert!(mentions.len() < list(&all, "mentions").len(), "\"Embassy of Armenia\" holds a state");
}

#[test]
fn min_conf_drops_the_unsure() {
    let sure = run(&["--min-conf", "0.85"], TEXT).record();
    assert!(list(&sure, "mentions").iter().all(|mention| mention["conf"].as_f64().unwrap() >= 0.85));
    assert_eq!(run(&["--min-conf", "0"], TEXT).stdout, run(&[], TEXT).stdout);
    assert_eq!(run(&["--min-conf", "2"], TEXT).status, 2);
}

#[test]
fn offsets_slice_the_text_in_every_unit() {
    let title = "😀 İlham: Armenia";
    let text = format!("\u{FEFF}é 😀 İ e\u{301}\r\n\u{a0}{TEXT}👩‍👩‍👧 Armenia\u{ad} Azerbaijan");
    let line = serde_json::json!({"title": title, "text": text}).to_string();
    for unit in ["code-point", "utf8-byte", "utf16"] {
        let record = run(&["--offsets", unit], line.clone()).record();
        assert_eq!(record["doc"]["offsets"], unit);
        let slice = |whole: &str, start: usize, end: usize| match unit {
            "code-point" => whole.chars().skip(start).take(end - start).collect::<String>(),
            "utf8-byte" => whole[start..end].to_owned(),
            _ => String::from_utf16(&whole.encode_utf16().collect::<Vec<_>>()[start..end]).unwrap(),
        };
        let at = |value: &Value| value.as_u64().unwrap() as usize;
        assert!(!list(&record, "mentions").is_empty());
        for mention in list(&record, "mentions") {
            let whole = if mention["in"] == "title" { title } else { &text };
            assert_eq!(slice(whole, at(&mention["start"]), at(&mention["end"])), mention["text"].as_str().unwrap(), "{unit}: {mention}");
        }
        for evidence in list(&record, "topics").iter().flat_map(|topic| list(topic, "evidence")).filter(|evidence| evidence["text"].is_string()) {
            let cue = slice(&text, at(&evidence["span"][0]), at(&evidence["span"][1]));
            let in_title = || slice(title, at(&evidence["span"][0]), at(&evidence["span"][1]));
            assert!(cue == evidence["text"] || in_title() == evidence["text"], "{unit}: {evidence}");
        }
    }
    assert_eq!(run(&[], "Azerbaijan").record()["doc"]["offsets"], "code-point", "the default");
}
