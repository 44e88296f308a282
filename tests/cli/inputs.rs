//! Paths, directories, lists, packed files, dates of documents.

use super::util::{Files, TEXT, gzip, run};

#[test]
fn empty_input_is_one_record() {
    let run = run(&[], "");
    assert_eq!((run.status, run.record()["doc"]["bytes"].as_u64()), (0, Some(0)));
}

#[test]
fn a_missing_file_does_not_stop_the_others() {
    let files = Files::new(&[("a.txt", TEXT.as_bytes()), ("b.txt", TEXT.as_bytes())]);
    let run = files.run(&["a.txt", "missing.txt", "b.txt"]);
    assert_eq!((run.status, run.ids()), (2, vec!["a.txt".into(), "missing.txt".into(), "b.txt".into()]));
    let failed = &run.records()[1];
    assert_eq!((&failed["error"]["kind"], &failed["doc"]["complete"]), (&"read".into(), &false.into()));
    assert!(run.stderr.contains("missing.txt"));
    assert_eq!(files.run(&["missing.txt", "-q"]).stderr, "");
}

#[test]
fn a_directory_is_walked_in_sorted_order() {
    let files =
        Files::new(&[("d/b.txt", b""), ("d/a/z.txt", b""), ("d/.hidden", b""), ("d/a/c.txt.gz", &gzip(TEXT.as_bytes())), ("d/c.jsonl", b"{\"text\":\"\"}\n")]);
    let run = files.run(&["d"]);
    assert_eq!(run.ids(), ["d/.hidden", "d/a/c.txt.gz", "d/a/z.txt", "d/b.txt", "d/c.jsonl:1"]);
    assert_eq!(run.status, 0);
    let empty = Files::new(&[]);
    let run = empty.run(&["."]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""));
    assert!(run.stderr.contains("no files"));
}

#[cfg(unix)]
#[test]
fn links_are_followed_when_asked_and_never_passed_over_in_silence() {
    use std::os::unix::fs::symlink;
    let files = Files::new(&[("d/a.txt", b""), ("other/b.txt", b"")]);
    symlink(files.join("other"), files.join("d/link")).unwrap();
    let run = files.run(&["d"]);
    assert_eq!((run.status, run.ids()), (0, vec!["d/a.txt".to_owned()]));
    assert!(run.stderr.contains("d/link") && run.stderr.contains("-L"));
    assert_eq!(files.run(&["-L", "d"]).ids(), ["d/a.txt", "d/link/b.txt"]);
    assert_eq!(files.run(&["d/link"]).ids(), ["d/link/b.txt"], "a link given as such is followed");
    symlink(files.join("d"), files.join("d/loop")).unwrap();
    assert_eq!(files.run(&["-L", "d"]).status, 2, "a loop is a failure, not a hang");
}

#[test]
fn binary_files_are_error_records() {
    let files =
        Files::new(&[("d/a.pdf", b"%PDF-1.7 x"), ("d/b.bin", b"\x7fELF\0\0\0\0\0\0\0"), ("d/c.zst", b"\x28\xB5\x2F\xFDxx"), ("d/d.txt", TEXT.as_bytes())]);
    let run = files.run(&["d"]);
    let kinds: Vec<_> = run.records().iter().map(|record| record["error"]["kind"].as_str().map(str::to_owned)).collect();
    let binary = Some("binary".to_owned());
    assert_eq!((run.status, kinds), (2, vec![binary.clone(), binary.clone(), binary, None]));
}

#[test]
fn lists_of_files() {
    let files = Files::new(&[("a.txt", b""), ("b c.txt", b""), ("d/x.txt", b""), ("list", b"b c.txt\n\na.txt\nd\n")]);
    assert_eq!(files.run(&["--files-from", "list"]).ids(), ["b c.txt", "a.txt", "d/x.txt"]);
    assert_eq!(files.run_with(&["--files-from", "-", "-0"], "a.txt\0b c.txt\0").ids(), ["a.txt", "b c.txt"]);
    assert_eq!(files.run(&["-0", "a.txt"]).status, 2, "-0 is about a list");
    assert_eq!(files.run(&["--files-from", "nowhere"]).status, 2);
}

#[test]
fn gzip_is_known_by_its_bytes() {
    let files = Files::new(&[("plain-name.txt", &gzip(TEXT.as_bytes())), ("plain.txt", TEXT.as_bytes())]);
    let packed = files.run(&["plain-name.txt", "--format", "mentions"]).stdout.replace("plain-name.txt", "plain.txt");
    assert_eq!(packed, files.run(&["plain.txt", "--format", "mentions"]).stdout);
    let two_members = [gzip(TEXT.as_bytes()), gzip(TEXT.as_bytes())].concat();
    assert_eq!(run(&[], two_members).record()["doc"]["bytes"], TEXT.len() * 2);
    let mut cut = gzip(TEXT.as_bytes());
    cut.truncate(cut.len() / 2);
    let run = run(&[], cut);
    assert_eq!((run.status, &run.record()["error"]["kind"]), (2, &"read".into()));
}

#[test]
fn large_documents_are_refused_not_read() {
    let files = Files::new(&[("a.txt", &[b'a'; 2000]), ("b.txt.gz", &gzip(&[b'a'; 2000])), ("c.txt", b"small")]);
    let run = files.run(&["a.txt", "b.txt.gz", "c.txt", "--max-doc-bytes", "1K"]);
    let kinds: Vec<_> = run.records().iter().map(|record| record["error"]["kind"].clone()).collect();
    assert_eq!((run.status, kinds), (2, vec!["too-large".into(), "too-large".into(), serde_json::Value::Null]));
    assert_eq!(files.run_with(&["--max-doc-bytes", "4"], "12345").status, 2);
    assert_eq!(files.run_with(&["--max-doc-bytes", "5"], "12345").status, 0);
}

#[test]
fn dates_from_option_and_file_name() {
    let files = Files::new(&[("2024-09-18-foo.txt", b"He spoke yesterday.")]);
    let date = |args: &[&str]| files.run(args).record()["doc"]["date"].clone();
    assert_eq!(date(&["2024-09-18-foo.txt"]), serde_json::json!({"value": "2024-09-18", "from": "file-name"}));
    assert_eq!(date(&["2024-09-18-foo.txt", "--date", "2023-01-02"]), serde_json::json!({"value": "2023-01-02", "from": "option"}));
    let today = date(&["2024-09-18-foo.txt", "--date", "today"]);
    assert_eq!((today["from"].as_str(), today["value"].as_str().map(str::len)), (Some("option"), Some(10)));
    assert_eq!(files.run(&["--date", "tomorrow", "2024-09-18-foo.txt"]).status, 2);
}

#[test]
fn wrong_usage() {
    let files = Files::new(&[("a.txt", b"")]);
    for args in ["--lines --format text", "--lines --input text", "--lines --output-dir d", "--max-doc-bytes 5G", "--offsets words", "--force a.txt"] {
        let run = files.run(&args.split(' ').collect::<Vec<_>>());
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{args}");
        assert!(run.stderr.contains("error:"));
    }
    assert_eq!(files.run(&["--files-from", "a.txt", "a.txt"]).status, 2);
    assert_eq!(files.run(&["--no-such-option"]).status, 2);
    assert_eq!(files.run(&["--help"]).status, 0);
}
