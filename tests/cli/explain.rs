//! `extract explain`.

use super::util::{Files, run};

const TEXT: &str = "Zürich, 18 September 2024. Foreign Minister Jeyhun Bayramov met Ilham Aliyev. The zonkers slept.\n";

#[test]
fn explain_says_why_and_why_not() {
    let files = Files::new(&[("a.txt", TEXT.as_bytes())]);
    let record = files.run(&["explain", "a.txt", "--text", "Jeyhun Bayramov"]).record();
    let winner = &record["spans"][0]["candidates"][0];
    assert_eq!((&winner["outcome"], &winner["source"]["kind"], &winner["source"]["file"]), (&"stands".into(), &"list".into(), &"people.tsv".into()));
    let record = files.run(&["explain", "a.txt", "--text", "zonkers", "--json"]).record();
    assert_eq!(record["spans"][0]["claimed"], false);
    assert!(record["spans"][0]["why_not"].as_str().unwrap().starts_with("nothing claims it"), "{record}");
    let record = files.run(&["explain", "a.txt", "--topic", "arms-control"]).record();
    assert_eq!((record["topics"][0]["found"].as_bool(), record["spans"].as_array().map(Vec::len)), (Some(false), Some(0)));
}

#[test]
fn explain_takes_offsets_in_the_unit_asked_for() {
    let bytes = TEXT.find("Bayramov").unwrap();
    for (at, unit) in [(bytes - 1, "code-point"), (bytes, "utf8-byte"), (bytes - 1, "utf16")] {
        let record = run(&["explain", "--at", &at.to_string(), "--offsets", unit], TEXT).record();
        assert_eq!((&record["spans"][0]["text"], &record["spans"][0]["start"]), (&"Bayramov".into(), &at.into()), "{unit}");
    }
}

#[test]
fn explain_uses_the_date() {
    let verdict = |date: &str| {
        let text = "Foreign Minister Jeyhun Bayramov of Azerbaijan arrived.";
        let record = run(&["explain", "--text", "Foreign Minister", "--date", date], text).record();
        record["spans"][0]["candidates"][0]["roles"][0]["verdict"]["id"].as_str().unwrap().to_owned()
    };
    assert_eq!((verdict("2024-09-18").as_str(), verdict("2019-01-01") == "confirmed"), ("confirmed", false));
}

#[test]
fn explain_has_a_status() {
    assert_eq!(run(&["explain"], TEXT).status, 0);
    let none = run(&["explain", "--text", "Xanadu"], TEXT);
    assert_eq!((none.status, none.record()["spans"].as_array().map(Vec::len)), (1, Some(0)));
    let missing = run(&["explain", "missing.txt"], "");
    assert!(missing.status == 2 && missing.stderr.contains("missing.txt"), "{}", missing.stderr);
    assert_eq!(run(&["explain", "--at", "1", "--text", "a"], TEXT).status, 2);
}

#[test]
fn explain_reads_lists_of_ones_own_and_names_their_lines() {
    let topics = b"topic\tform\n\nzonks\tzonker\n";
    let files = Files::new(&[("a.txt", b"Zonkers met a zonker in Baku."), ("t.tsv", topics), ("stop.tsv", b"Baku\tplace\tours\n")]);
    let record = files.run(&["explain", "a.txt", "--topics", "t.tsv", "--topic", "zonks"]).record();
    assert_eq!(
        (record["topics"][0]["evidence"][0]["row"]["file"].as_str(), record["topics"][0]["evidence"][0]["row"]["line"].as_u64()),
        (Some("t.tsv"), Some(3))
    );
    let record = files.run(&["explain", "a.txt", "--stop", "stop.tsv", "--text", "Baku"]).record();
    assert_eq!(record["spans"][0]["candidates"][0]["because"], "the stop list has it (stop.tsv:1, ours)");
}
