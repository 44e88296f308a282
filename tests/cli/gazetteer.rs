//! `extract gazetteer lint`, `stats`, `find`, `compile`.

use serde_json::Value;

use super::util::{Files, run};

const GAZETTEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/gazetteers");

fn lint(name: &str, text: &str) -> super::util::Run {
    Files::new(&[(name, text.as_bytes())]).run(&["gazetteer", "lint", name])
}

#[test]
fn lint_passes_a_good_list_and_names_what_is_wrong_in_others() {
    let cases: &[(&str, &str, i32, &str)] = &[
        ("our.people.tsv", "id\tname\tfamily\tsource\nxx-orrwell-ada\tAda Orrwell\tOrrwell\tour files\n", 0, ""),
        ("our.people.tsv", "name\nAda Orrwell\n", 0, "our.people.tsv: note[no-source]"),
        ("our.people.tsv", "name\tfamly\nAda Orrwell\tOrrwell\n", 1, "our.people.tsv:1: error[format]: unknown column `famly`; people has: id, name"),
        ("names.tsv", "name\nAda Orrwell\n", 1, "names.tsv:1: error[format]: which list is it?"),
        (
            "our.organizations.tsv",
            "id\tname\tstate\nours\tOrrwell Trust\tAZE\n",
            1,
            "our.organizations.tsv:2: error[unresolved]: `state` `AZE` is not in states.tsv: did you mean `AZ`?",
        ),
        ("our.organizations.tsv", "id\tname\nours\tMeeting\n", 0, "our.organizations.tsv:2: warning[common-word]: `Meeting` is also a common word ("),
        (
            "our.organizations.tsv",
            "id\tname\nun\tUnited Nations\n",
            0,
            "our.organizations.tsv:2: note[override]: takes the place of the built-in organizations/un",
        ),
        (
            "our.organizations.tsv",
            "id\tname\nours\tUnited Nations\n",
            0,
            "our.organizations.tsv:2: warning[form-clash]: `United Nations` names built-in organizations/un too",
        ),
        (
            "our.tenures.tsv",
            "person\ttitle\tclass\tstate\tfrom\tto\tas_of\nnobody\tPresident\thead-of-state\tAZ\t2020-05\t2020-04\t2025\n",
            1,
            "our.tenures.tsv:2: error[unresolved]: `person` `nobody`",
        ),
        ("our.people.tsv", "name\tsource\nAda Orrwell\tx\nAda Orrwell\tx\n", 1, "our.people.tsv:3: error[duplicate-row]: says the same as our.people.tsv:2"),
    ];
    for (name, text, status, wanted) in cases {
        let run = lint(name, text);
        assert_eq!(run.status, *status, "{text}\n{}{}", run.stdout, run.stderr);
        assert!(run.stdout.contains(wanted) && (!wanted.is_empty() || run.stdout.is_empty()), "{text}\n{}", run.stdout);
        assert!(run.stderr.starts_with("extract: 1 list: "), "{}", run.stderr);
    }
}

#[test]
fn lint_writes_json_and_can_be_strict() {
    let files = Files::new(&[("our.organizations.tsv", b"id\tname\tsource\nours\tMeeting\tx\n")]);
    let run = files.run(&["gazetteer", "lint", "--json", "our.organizations.tsv"]);
    let finding: Value = serde_json::from_str(run.stdout.lines().next().unwrap()).unwrap();
    assert_eq!((run.status, &finding["file"], &finding["line"]), (0, &"our.organizations.tsv".into(), &2.into()));
    assert_eq!((&finding["severity"], &finding["check"]), (&"warning".into(), &"common-word".into()));
    assert_eq!(files.run(&["gazetteer", "lint", "--deny-warnings", "our.organizations.tsv"]).status, 1);
}

#[test]
fn lint_goes_on_after_a_file_it_cannot_read() {
    let files = Files::new(&[("our.people.tsv", b"name\tshoe\nAda\t1\n"), ("latin.people.tsv", b"name\nJos\xe9 Orrwell\n"), ("empty/readme.txt", b"")]);
    let run = files.run(&["gazetteer", "lint", "missing.tsv", "our.people.tsv", "latin.people.tsv", "empty"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("extract: missing.tsv: ") && run.stderr.contains("empty: no .tsv file"), "{}", run.stderr);
    assert!(run.stdout.contains("unknown column `shoe`") && run.stdout.contains("latin.people.tsv:2: error[encoding]: byte 4"), "{}", run.stdout);
    let run = files.run(&["gazetteer", "lint"]);
    assert!(run.status == 2 && run.stderr.contains("extract gazetteer lint our.people.tsv"), "{}", run.stderr);
}

#[test]
fn lint_reads_a_folder_of_users_lists_and_one_like_the_built_in() {
    let files = Files::new(&[("ours/a.people.tsv", b"name\tsource\nAda Orrwell\tx\n"), ("ours/b.places.tsv", b"name\tkind\tsource\nOrrwell\tcity\tx\n")]);
    assert_eq!(files.run(&["gazetteer", "lint", "ours"]).status, 0);
    let files = Files::new(&[("lists/states.tsv", b"id\tname\n"), ("lists/lexicon/shoes.tsv", b"form\tsource\n")]);
    let run = files.run(&["gazetteer", "lint", "lists"]);
    for wanted in ["lists/states.tsv:1: error[header]", "lists/people.tsv: error[missing-file]", "lists/lexicon/shoes.tsv: warning[stray-file]"] {
        assert!(run.stdout.contains(wanted), "{wanted}\n{}", run.stdout);
    }
    assert_eq!(run.status, 1);
}

#[test]
fn lint_of_one_built_in_file_tells_of_that_file_alone() {
    let run = run(&["gazetteer", "lint", &format!("{GAZETTEERS}/lexicon/roles.tsv")], "");
    assert_eq!(run.status, 0, "{}", run.stdout);
    assert!(run.stdout.lines().all(|line| line.contains("/lexicon/roles.tsv:")), "{}", run.stdout);
}

#[test]
fn stats_count_the_built_in_lists() {
    let stats: Value = serde_json::from_str(&run(&["gazetteer", "stats", "--json", "--date", "2999-01-01"], "").stdout).unwrap();
    let list = |name: &str| stats["lists"].as_array().unwrap().iter().find(|list| list["list"] == name).unwrap().clone();
    let people = list("people");
    assert!(people["entries"].as_u64().unwrap() > 10_000 && people["strong"].as_u64() >= people["entries"].as_u64());
    assert_eq!(stats["on_date"]["open"], stats["on_date"]["checked_before"], "nobody knows the far future");
    assert_eq!(list("tenures")["open"], stats["on_date"]["open"]);
    assert_eq!(list("states")["as_of"][1], "2026-07");
    let version: Value = serde_json::from_str(&run(&["--version", "--json"], "").stdout).unwrap();
    assert_eq!(stats["checksum"], version["gazetteers"]);
    let text = run(&["gazetteer", "stats", "--date", "2999-01-01"], "").stdout;
    assert!(text.contains("warning: on 2999-01-01 ") && text.contains("organizations "), "{text}");
    assert!(run(&["gazetteer", "stats", "--date", "2000-01-01"], "").stdout.contains("are known"), "{text}");
}

#[test]
fn stats_count_a_users_list() {
    let files = Files::new(&[("our.people.tsv", b"name\tweak\tsource\nAda Orrwell\tOrrwell\tsite 2026-03\n"), ("bad.people.tsv", b"name\tshoe\n")]);
    let stats: Value = serde_json::from_str(&files.run(&["gazetteer", "stats", "--json", "our.people.tsv"]).stdout).unwrap();
    let list = &stats["lists"][0];
    assert_eq!((&list["entries"], &list["strong"], &list["weak"], &list["as_of"][0]), (&1.into(), &1.into(), &1.into(), &"2026-03".into()));
    let run = files.run(&["gazetteer", "stats", "bad.people.tsv"]);
    assert!(run.status == 2 && run.stderr.contains("bad.people.tsv:1: unknown column `shoe`"), "{}", run.stderr);
}

#[test]
fn find_follows_the_folding_rule_ids_and_parts() {
    let first = |args: &[&str]| -> Vec<Value> { run(&[&["gazetteer", "find"], args].concat(), "").records() };
    let ids = |found: &[Value]| found.iter().map(|found| format!("{}/{}", found["list"].as_str().unwrap(), found["id"].as_str().unwrap())).collect::<Vec<_>>();
    for name in ["Jeyhun Bayramov", "JEYHUN  BAYRAMOV", "az-bayramov-jeyhun", "people/az-bayramov-jeyhun"] {
        assert_eq!(ids(&first(&[name])), ["people/az-bayramov-jeyhun"], "{name}");
    }
    assert!(ids(&first(&["türkiye"])).contains(&"states/TR".to_owned()));
    assert!(ids(&first(&["asia pacific economic cooperation"])).contains(&"organizations/apec".to_owned()));
    assert!(ids(&first(&["--contains", "Bayramov"])).contains(&"people/az-bayramov-jeyhun".to_owned()));
    let missing = run(&["gazetteer", "find", "Ada Orrwell"], "");
    assert!(missing.status == 1 && missing.stdout.is_empty() && missing.stderr.contains("no list has `Ada Orrwell`"), "{}", missing.stderr);
}

#[test]
fn find_judges_offices_by_date() {
    let on = |name: &str, day: &str, title: &str| {
        let found = run(&["gazetteer", "find", name, "--date", day], "").record();
        let offices = found["offices"].as_array().unwrap().clone();
        offices.iter().filter(|office| office["title"] == title).map(|office| office["on_date"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    let title = "Minister of Foreign Affairs";
    assert_eq!(on("az-bayramov-jeyhun", "2024-09-18", title), "held");
    assert_eq!(on("az-bayramov-jeyhun", "2020-01-01", title), "not-yet");
    assert_eq!(on("az-bayramov-jeyhun", "2999-01-01", title), "unknown");
    let holders = run(&["gazetteer", "find", "states/AZ", "--date", "2024-09-18"], "").record();
    let held: Vec<&Value> = holders["offices"].as_array().unwrap().iter().filter(|office| office["on_date"] == "held" && office["title"] == title).collect();
    assert_eq!((held.len(), &held[0]["person"]), (1, &"az-bayramov-jeyhun".into()));
}

#[test]
fn a_damaged_compiled_list_ends_the_run_when_it_is_met() {
    let names: String = (0..3000).map(|i| format!("p{i:04}\tOrrwell{i:04} Vance\n")).collect();
    let files = Files::new(&[("our.people.tsv", format!("id\tname\n{names}").as_bytes())]);
    let compiled = files.run(&["gazetteer", "compile", "our.people.tsv", "-o", "our.gaz"]);
    assert_eq!(compiled.status, 0, "{}", compiled.stderr);
    let people = |found: &Value| found["people"].as_array().unwrap().iter().map(|p| p["ref"].clone()).collect::<Vec<_>>();
    let read = |text: &str| files.run_with(&["--gazetteer", "our.gaz", "--format", "jsonl"], text);
    assert_eq!(people(&read("Orrwell0007 Vance and Orrwell2990 Vance met.").record()), ["people/p0007", "people/p2990"]);

    let mut bytes = std::fs::read(files.join("our.gaz")).unwrap();
    let name = b"Orrwell2990 Vance";
    let at = bytes.windows(name.len()).position(|window| window == name).unwrap();
    bytes[at] = b'X';
    std::fs::write(files.join("our.gaz"), &bytes).unwrap();
    let far = read("Orrwell0007 Vance met them.");
    assert_eq!((far.status, people(&far.record())), (0, vec!["people/p0007".into()]), "what is read is whole: {}", far.stderr);
    let lines = "{\"text\":\"Orrwell0007 Vance met them.\"}\n{\"text\":\"Orrwell2990 Vance came.\"}\n{\"text\":\"Nobody came.\"}\n";
    let near = files.run_with(&["--gazetteer", "our.gaz", "--input", "jsonl", "--format", "jsonl", "--jobs", "1"], lines);
    assert!(near.status == 2 && near.stderr.contains("our.gaz: damaged: ") && near.stderr.contains("compile it again"), "{}", near.stderr);
    assert!(near.records().iter().all(|record| people(record) == ["people/p0007"]), "no wrong record is written: {}", near.stdout);
    let whole = files.run_with(&["explain", "--gazetteer", "our.gaz"], "Nobody came.");
    assert!(whole.status == 2 && whole.stderr.contains("our.gaz: damaged: "), "explain looks at the whole list: {}", whole.stderr);

    std::fs::write(files.join("our.gaz"), &bytes[..bytes.len() - 5]).unwrap();
    let cut = read("Nobody came.");
    assert!(cut.status == 2 && cut.stderr.contains("our.gaz: truncated: "), "{}", cut.stderr);
}
