//! How a run ends: exit status, closed pipes, Ctrl-C.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use super::util::{Files, TEXT, run};

#[test]
fn exit_status_tells_whether_anything_was_found_when_asked() {
    assert_eq!(run(&["-e"], TEXT).status, 0);
    assert_eq!(run(&["-e"], "").status, 1);
    assert_eq!(run(&[], "").status, 0);
    let files = Files::new(&[("a.txt", TEXT.as_bytes()), ("b.txt", b"")]);
    assert_eq!(files.run(&["-e", "b.txt", "a.txt"]).status, 0);
    assert_eq!(files.run(&["-e", "b.txt", "missing"]).status, 2);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let record = format!("{{\"text\":{}}}\n", serde_json::json!(TEXT.repeat(20)));
    let mut child = Command::new(env!("CARGO_BIN_EXE_extract")).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    // As `producer | extract | head -c 100`: the producer goes on until it is told to stop, and keeps the pipe open.
    let feeder = std::thread::spawn(move || while input.write_all(record.as_bytes()).is_ok() {});
    let mut output = child.stdout.take().unwrap();
    output.read_exact(&mut [0; 100]).unwrap();
    drop(output);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
    feeder.join().unwrap();
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_failure_of_help_and_schema() {
    for args in ["--help", "schema", "--version"] {
        let script = format!("'{}' {args} | true; echo ${{PIPESTATUS[0]}}", env!("CARGO_BIN_EXE_extract"));
        let output = Command::new("bash").args(["-c", &script]).output().unwrap();
        assert_eq!((output.stdout.as_slice(), output.stderr.as_slice()), (&b"0\n"[..], &b""[..]), "{args}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_extract")).stdin(Stdio::null()).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("space"));
}

#[cfg(unix)]
#[test]
fn interrupt_finishes_the_record_and_stops() {
    use std::io::{BufRead, BufReader};
    let mut child = Command::new(env!("CARGO_BIN_EXE_extract")).arg("--lines").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    writeln!(input, "{{\"id\":\"a\",\"text\":\"x\"}}").unwrap();
    let mut first = String::new();
    output.read_line(&mut first).unwrap();
    // Standard input stays open: the reader hangs in it, and the run must end all the same.
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert_eq!((child.wait().unwrap().code(), rest.as_str()), (Some(130), ""));
    assert!(first.ends_with("}\n"));
    drop(input);
}

#[cfg(unix)]
#[test]
fn interrupt_in_a_batch_leaves_whole_records() {
    use std::os::unix::process::CommandExt;
    let record = format!("{{\"text\":{}}}\n", serde_json::json!(TEXT.repeat(20)));
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_extract")).args(["--jobs", "4"]).process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let feeder = std::thread::spawn(move || while input.write_all(record.as_bytes()).is_ok() {});
    let mut output = child.stdout.take().unwrap();
    let mut start = [0; 100];
    output.read_exact(&mut start).unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let mut all = start.to_vec();
    output.read_to_end(&mut all).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(all.last(), Some(&b'\n'));
    for line in all.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        serde_json::from_slice::<serde_json::Value>(line).unwrap();
    }
    feeder.join().unwrap();
}
