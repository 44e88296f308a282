//! `extract schema` and real output held against it, strictly: a key it does not know fails.

use std::collections::BTreeSet;

use serde_json::Value;

use super::util::{Files, TEXT, run};
use crate::walker::check;

fn schema() -> Value {
    let run = run(&["schema"], "");
    assert_eq!(run.status, 0);
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn schema_denies_unknown_fields_everywhere() {
    fn walk(node: &Value, at: &str, open: &mut BTreeSet<String>) {
        if node["type"] == "object" && node["additionalProperties"] != false {
            open.insert(at.to_owned());
        }
        match node {
            Value::Object(map) => map.iter().for_each(|(key, node)| walk(node, &format!("{at}/{key}"), open)),
            Value::Array(list) => list.iter().for_each(|node| walk(node, at, open)),
            _ => {}
        }
    }
    let mut open = BTreeSet::new();
    walk(&schema()["$defs"], "", &mut open);
    assert_eq!(open.into_iter().collect::<Vec<_>>(), ["/doc/properties/fields"], "only what the user passes through is open");
}

#[test]
fn output_fits_the_schema() {
    let schema = schema();
    let files = Files::new(&[("2024-09-18.txt", TEXT.as_bytes()), ("bad.bin", b"\0\0\0\0\0\0\0\0\0"), ("empty.txt", b"")]);
    let records = "{\"id\":1,\"title\":\"Armenia\",\"text\":\"Azerbaijan\",\"x\":{\"y\":[1]},\"date\":\"2024-09-18\"}\n{}\nnonsense\n";
    let runs =
        [files.run(&["."]), files.run(&[".", "--timex", "timeml", "--flat"]), files.run_with(&["--keep-fields", "--lines"], records), files.run(&["missing"])];
    let mut seen = 0;
    for record in runs.iter().flat_map(|run| run.records()) {
        check(&record, &schema, &schema, "record").unwrap_or_else(|error| panic!("{error}\nadd it to src/output/schema.json\n{record}"));
        seen += 1;
    }
    assert_eq!(seen, 3 + 3 + 3 + 1);
}

/// The project's reviewed texts, as far as the checkout has them.
#[test]
fn fixtures_fit_the_schema() {
    let schema = schema();
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    for record in run(&[fixtures, "-q"], "").records() {
        let id = record["doc"]["id"].clone();
        check(&record, &schema, &schema, "record").unwrap_or_else(|error| panic!("{id}: {error}"));
    }
}
