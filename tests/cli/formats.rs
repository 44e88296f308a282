//! `--format`, `--color`, `--version`.

use serde_json::Value;

use super::util::{Files, TEXT, extract, finish, run};

#[test]
fn piped_text_gives_one_object_on_one_line() {
    let run = run(&[], TEXT);
    assert_eq!((run.status, run.stdout.lines().count(), run.stderr.as_str()), (0, 1, ""));
    let record = run.record();
    assert_eq!((record["schema"].as_str(), record["doc"]["id"].as_str()), (Some("extract/1"), Some("-")));
    assert!(!record["mentions"].as_array().unwrap().is_empty());
}

#[test]
fn json_is_an_object_for_one_document_and_an_array_for_several() {
    let files = Files::new(&[("d/a.txt", TEXT.as_bytes()), ("d/b.txt", b"")]);
    let one: Value = serde_json::from_str(&files.run(&["d/a.txt", "--format", "json"]).stdout).unwrap();
    assert_eq!(one["doc"]["id"], "d/a.txt");
    let several: Value = serde_json::from_str(&files.run(&["d", "--format", "json"]).stdout).unwrap();
    assert_eq!(several.as_array().unwrap().len(), 2);
    let none: Value = serde_json::from_str(&files.run_with(&["--input", "jsonl", "--format", "json"], "").stdout).unwrap();
    assert_eq!(none, serde_json::json!([]));
    let lone: Value = serde_json::from_str(&files.run_with(&["--format", "json"], "{\"text\":\"\"}\n").stdout).unwrap();
    assert!(lone.is_array(), "a stream of records stays an array when it happens to hold one");
}

#[test]
fn json_and_jsonl_say_the_same() {
    let record = "{\"text\":\"Azerbaijan\",\"big\":12345678901234567890123456789,\"z\":[\" }\\n\"]}\n";
    let line = run(&["--keep-fields"], record);
    let pretty = run(&["--keep-fields", "--format", "json"], record);
    let pretty_value: Value = serde_json::from_str(&pretty.stdout).unwrap();
    assert_eq!(pretty_value[0], line.record());
    for text in [&line.stdout, &pretty.stdout] {
        assert!(text.contains("\"big\":12345678901234567890123456789"), "digits pass through: {text}");
    }
}

#[test]
fn mentions_are_a_line_each_with_the_document() {
    let mentions = run(&["--format", "mentions"], TEXT).records();
    let record = run(&[], TEXT).record();
    assert_eq!(mentions.len(), record["mentions"].as_array().unwrap().len());
    for (line, mention) in mentions.iter().zip(record["mentions"].as_array().unwrap()) {
        assert_eq!(line["doc"], "-");
        let mut line = line.as_object().unwrap().clone();
        line.remove("doc");
        assert_eq!(&Value::Object(line), mention);
    }
}

#[test]
fn text_is_readable_and_plain_unless_asked() {
    let plain = run(&["--format", "text"], TEXT);
    assert!(plain.stdout.contains("Azerbaijan") && !plain.stdout.contains('\x1b'));
    assert!(run(&["--format", "text", "--color", "always"], TEXT).stdout.contains('\x1b'));
    assert!(!run(&["--format", "jsonl", "--color", "always"], TEXT).stdout.contains('\x1b'));
    let with = |name: &str, value: &str, args: &[&str]| {
        finish(extract().env(name, value).args(["--format", "text"]).args(args).write_stdin(TEXT)).stdout.contains('\x1b')
    };
    assert!(with("CLICOLOR_FORCE", "1", &[]));
    assert!(!with("NO_COLOR", "1", &[]));
    assert!(with("NO_COLOR", "1", &["--color", "always"]), "the flag beats the variable");
}

#[test]
fn text_shows_no_control_characters() {
    let files = Files::new(&[("a.jsonl", b"{\"id\":\"\\u001b[2J\",\"title\":\"\\u001b]0;x\\u0007\",\"text\":\"\"}\n")]);
    let run = files.run(&["a.jsonl", "--format", "text"]);
    assert!(run.stdout.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", run.stdout);
}

#[test]
fn version_is_one_line_or_json() {
    let plain = run(&["--version"], "");
    assert_eq!((plain.status, plain.stdout), (0, format!("extract {}\n", env!("CARGO_PKG_VERSION"))));
    let json = run(&["--version", "--json"], "").record();
    assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
    assert!(json["gazetteers"].as_str().is_some_and(|hash| !hash.is_empty()));
}

#[test]
fn text_names_what_speaks_for_a_topic_and_ends_no_line_in_a_blank() {
    let text = run(&["--format", "text", "--date", "2024-11-12"], "COP29 opened in Baku. Minister Jane Orrwell met Minister Ben Quill.\n").stdout;
    assert!(text.contains("Climate change 2024 United Nations Climate Change Conference"), "{text}");
    assert!(text.contains("\n  meeting: Jane Orrwell, Ben Quill"), "{text}");
    assert!(text.lines().all(|line| !line.ends_with(' ')), "{text}");
}
