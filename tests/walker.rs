//! Holds a record against our JSON Schema, strictly: a key it does not know fails.

use serde_json::Value;

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
