//! `extract schema` and real output held against it, strictly: a key it does not know fails.

use std::collections::BTreeSet;

use serde_json::Value;

use super::util::{Files, TEXT, run};

/// Enough of JSON Schema for our own: types, properties, required, enum, const, items, bounds, `$ref`, `oneOf`.
pub(crate) fn check(value: &Value, schema: &Value, root: &Value, at: &str) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        let target = name.strip_prefix('#').and_then(|pointer| root.pointer(pointer));
        check(value, target.unwrap_or_else(|| panic!("{name} leads nowhere")), root, at)?;
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let results: Vec<_> = choices.iter().map(|choice| check(value, choice, root, at)).collect();
        let fitting = results.iter().filter(|result| result.is_ok()).count();
        if fitting != 1 {
            return Err(format!("{at}: {fitting} of oneOf fit: {results:?}"));
        }
    }
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    };
    let types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        other => other.as_str().into_iter().collect(),
    };
    if !types.is_empty() && !types.iter().any(|name| is(name)) {
        return Err(format!("{at}: {value} is not {types:?}"));
    }
    if schema["enum"].as_array().is_some_and(|values| !values.contains(value)) || schema.get("const").is_some_and(|only| only != value) {
        return Err(format!("{at}: {value} is not among the values"));
    }
    if let Some(number) = value.as_f64()
        && (schema["minimum"].as_f64().is_some_and(|least| number < least) || schema["maximum"].as_f64().is_some_and(|most| number > most))
    {
        return Err(format!("{at}: {number} is out of bounds"));
    }
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        values.iter().enumerate().try_for_each(|(i, value)| check(value, items, root, &format!("{at}[{i}]")))?;
    }
    if let (Some(properties), Some(object)) = (schema["properties"].as_object(), value.as_object()) {
        for (key, value) in object {
            match properties.get(key) {
                Some(property) => check(value, property, root, &format!("{at}.{key}"))?,
                None if schema["additionalProperties"] == false => return Err(format!("{at}: the schema does not know `{key}`")),
                None => {}
            }
        }
        let mut required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        if let Some(missing) = required.find(|key| !object.contains_key(*key)) {
            return Err(format!("{at}: `{missing}` is missing"));
        }
    }
    Ok(())
}

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
    let runs = [
        files.run(&["."]),
        files.run(&[".", "--timex", "timeml", "--flat"]),
        files.run_with(&["--keep-fields", "--lines"], records),
        files.run(&["missing"]),
    ];
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
