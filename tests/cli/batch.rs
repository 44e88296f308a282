//! Many documents: order, `--jobs`, `--output-dir`.

use std::fs;

use super::util::{Files, TEXT, run};

fn many() -> String {
    // Of very different size, so that later ones are ready first.
    (0..200usize).map(|i| format!("{{\"id\":\"{i}\",\"text\":\"{}\"}}\n", "Azerbaijan and Armenia. ".repeat(i * 7919 % 211))).collect()
}

#[test]
fn any_number_of_jobs_gives_the_same_bytes() {
    let one = run(&["--jobs", "1"], many());
    let four = run(&["--jobs", "4"], many());
    assert_eq!(one.ids(), (0..200).map(|i| i.to_string()).collect::<Vec<_>>());
    assert!(one.stdout == four.stdout);
    assert_eq!(run(&["--jobs", "0"], "").status, 2);
}

#[test]
fn output_dir_mirrors_the_tree() {
    let files = Files::new(&[("in/a.txt", TEXT.as_bytes()), ("in/sub/b.txt", b""), ("in/c.jsonl", b"{\"text\":\"\"}\n{\"text\":\"\"}\n")]);
    let first = files.run(&["in", "--output-dir", "out"]);
    assert_eq!((first.status, first.stdout.as_str(), first.stderr.as_str()), (0, "", ""));
    let written = ["a.txt.json", "c.jsonl/1.json", "c.jsonl/2.json", "sub/b.txt.json"];
    assert_eq!(files.list("out"), written, "and no temporary file is left");
    let line = fs::read_to_string(files.join("out/a.txt.json")).unwrap();
    assert_eq!(line, files.run(&["in/a.txt"]).stdout);

    fs::write(files.join("out/a.txt.json"), "mine").unwrap();
    let again = files.run(&["in", "--output-dir", "out"]);
    assert_eq!(again.status, 2);
    assert!(again.stderr.contains("--force"));
    assert_eq!(fs::read_to_string(files.join("out/a.txt.json")).unwrap(), "mine");
    assert_eq!(files.run(&["in", "--output-dir", "out", "--force"]).status, 0);
    assert_eq!(fs::read_to_string(files.join("out/a.txt.json")).unwrap(), line);
}

#[test]
fn output_dir_inside_the_input_is_not_read() {
    let files = Files::new(&[("a.txt", b"")]);
    for force in [&[][..], &["--force"]] {
        let run = files.run(&[&[".", "--output-dir", "out"], force].concat());
        assert_eq!((run.status, files.list("out")), (0, vec!["a.txt.json".to_owned()]), "{}", run.stderr);
    }
}

#[test]
fn documents_do_not_share_an_output_file() {
    let files = Files::new(&[("x/a.txt", TEXT.as_bytes()), ("y/a.txt", b"")]);
    let run = files.run(&["x/a.txt", "y/a.txt", "--output-dir", "out", "--force"]);
    assert_eq!(run.status, 2);
    assert!(fs::read_to_string(files.join("out/a.txt.json")).unwrap().contains("x/a.txt"), "the first stays");
}

#[test]
fn output_never_leaves_its_directory() {
    let files = Files::new(&[("in/a.txt", b""), ("work/keep", b"")]);
    let run = super::util::finish(super::util::extract().current_dir(files.join("work")).args(["../in/a.txt", "../in/missing", "--output-dir", "out"]));
    assert_eq!((run.status, files.list("work")), (2, vec!["keep".to_owned(), "out/a.txt.json".to_owned(), "out/missing.json".to_owned()]));
}
