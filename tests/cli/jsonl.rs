//! Records in, records out.

use super::util::{Files, gzip, run};

#[test]
fn fields_by_name() {
    let line = r#"{"url":"u1","body":"Azerbaijan","when":"Wed, 18 Sep 2024 16:58:00 +0400","head":"Armenia","n":1.10,"tags":["a","b"]}"#;
    let args = ["--text-field", "body", "--id-field", "url", "--date-field", "when", "--title-field", "head", "--keep-fields"];
    let record = run(&args, line).record();
    assert_eq!((&record["doc"]["id"], &record["doc"]["source"]), (&"u1".into(), &"-:1".into()));
    assert_eq!(record["doc"]["date"], serde_json::json!({"value": "2024-09-18T16:58+04:00", "from": "field"}));
    assert_eq!(record["doc"]["title"], "Armenia");
    assert_eq!(record["doc"]["fields"], serde_json::json!({"n": 1.10, "tags": ["a", "b"]}));
    assert!(run(&args[..8], line).record()["doc"].get("fields").is_none());
}

#[test]
fn standard_input_is_known_by_its_first_line() {
    assert_eq!(run(&[], "\n \n{\"text\":\"a\"}\n{\"text\":\"b\"}").ids(), ["-:3", "-:4"]);
    assert_eq!(run(&[], "\u{FEFF}{\"id\":\"x\",\"text\":\"a\"}\n").ids(), ["x"]);
    let text = run(&[], "{\"no\":\"text field\"}\nmore\n");
    assert_eq!(text.ids(), ["-"]);
    assert!(text.stdout.contains("read as plain text"), "and says so");
    assert_eq!(run(&["--input", "text"], "{\"text\":\"a\"}\n{\"text\":\"b\"}\n").ids(), ["-"]);
}

#[test]
fn bad_lines_are_records_of_their_own() {
    let records = "{\"id\":\"a\",\"text\":\"x\"}\n\nnonsense\n{\"id\":\"b\"}\n{\"id\":\"c\",\"text\":7}\n{\"id\":\"d\",\"text\":\"y\"}\n";
    let run_ = run(&["--input", "jsonl"], records);
    assert_eq!((run_.status, run_.ids()), (2, ["a", "-:3", "b", "c", "d"].map(str::to_owned).to_vec()));
    assert_eq!(run_.records()[1]["error"]["kind"], "record");
    assert!(run_.stderr.contains("-:3: no JSON"));
}

#[test]
fn blank_lines_cost_no_record() {
    let records = "\n{\"text\":\"a\"}\n \n\n{\"text\":\"b\"}\n\n\r\n";
    assert_eq!(run(&["--input", "jsonl"], records).ids(), ["-:2", "-:5"]);
    assert_eq!(run(&["--lines"], records).records().len(), 7);
}

#[test]
fn lines_gives_one_record_per_line_whatever_it_holds() {
    let lines: [&[u8]; 8] = [b"{\"text\":\"x\"}", b"", b"   ", b"nonsense", b"[]", b"\xFF\xFE\x00", b"{\"text\":\"\\ud800\"}", b"{\"id\":9,\"text\":\"last\"}"];
    let run = run(&["--lines"], lines.join(&b'\n'));
    assert_eq!(run.records().len(), lines.len());
    assert_eq!(run.status, 0, "a line contract does not end a Spark task over a bad line");
    assert_eq!(run.ids().last().map(String::as_str), Some("9"));
    assert_eq!(super::util::run(&["--lines"], "").stdout, "");
}

#[test]
fn a_record_is_answered_before_the_next_line_comes() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_extract")).args(["--input", "jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in ["first", "second"] {
        writeln!(input, "{{\"id\":\"{id}\",\"text\":\"x\"}}\n").unwrap(); // a blank line after it must not hold it back
        assert!(output.next().unwrap().unwrap().contains(id));
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_line_over_the_limit_costs_only_itself() {
    let long = format!("{{\"text\":\"{}\"}}\n", "a".repeat(5000));
    let records = format!("{{\"id\":\"a\",\"text\":\"x\"}}\n{long}{{\"id\":\"b\",\"text\":\"y\"}}\n");
    let run_ = run(&["--max-doc-bytes", "1K"], records);
    assert_eq!((run_.status, run_.ids()), (2, vec!["a".into(), "-:2".into(), "b".into()]));
    assert_eq!(run_.records()[1]["error"]["kind"], "too-large");
    let first = run(&["--max-doc-bytes", "1K"], format!("{long}{{\"id\":\"b\",\"text\":\"y\"}}\n"));
    assert_eq!(first.ids(), ["-:1", "b"]);
}

#[test]
fn a_very_long_line_works() {
    let size = if cfg!(debug_assertions) { 8 << 20 } else { 50 << 20 };
    let filler = "The delegation discussed the agenda of the coming meeting at length. ";
    let line = format!("{{\"id\":\"long\",\"text\":\"{}\"}}\n", filler.repeat(size / filler.len()));
    let record = run(&[], line).record();
    assert!(record["doc"]["bytes"].as_u64().unwrap() as usize > size - 100);
    assert_eq!(record["doc"]["complete"], true);
}

#[test]
fn files_of_records_by_extension_also_packed() {
    let content = b"{\"text\":\"a\"}\r\n{\"id\":\"x\",\"text\":\"b\"}\r\n";
    let files = Files::new(&[("a.jsonl", content), ("b.ndjson.gz", &gzip(content)), ("c.dat", content), ("e.jsonl", b"")]);
    let run = files.run(&["a.jsonl", "b.ndjson.gz", "e.jsonl"]);
    assert_eq!(run.ids(), ["a.jsonl:1", "x", "b.ndjson.gz:1", "x"]);
    assert_eq!(run.records()[1]["doc"]["source"], "a.jsonl:2");
    assert_eq!(files.run(&["c.dat"]).ids(), ["c.dat"]);
    assert_eq!(files.run(&["c.dat", "--input", "jsonl"]).ids(), ["c.dat:1", "x"]);
}

#[test]
fn damaged_packed_records_keep_what_was_read() {
    let many: Vec<u8> = (0..5000).flat_map(|i| format!("{{\"id\":\"{i}\",\"text\":\"t{}\"}}\n", i * 7919 % 4001).into_bytes()).collect();
    let mut packed = gzip(&many);
    packed.truncate(packed.len() / 2);
    let files = Files::new(&[("a.jsonl.gz", &packed), ("b.txt", b"")]);
    let run = files.run(&["a.jsonl.gz", "b.txt"]);
    let ids = run.ids();
    assert_eq!((run.status, ids.first().map(String::as_str), ids.last().map(String::as_str)), (2, Some("0"), Some("b.txt")));
    assert_eq!(run.records()[ids.len() - 2]["error"]["kind"], "read");
}
