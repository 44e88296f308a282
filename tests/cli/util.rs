//! Running the program and reading what it says.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Holds something for every engine to find.
pub(crate) const TEXT: &str = "Baku, 18 September 2024. President of Azerbaijan Ilham Aliyev received the Ambassador of Armenia at the Embassy of Armenia.\n";

/// The program, without colour or a terminal's habits from the environment.
pub(crate) fn extract() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_extract"));
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// What a finished run gave.
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

impl Run {
    pub(crate) fn records(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"))).collect()
    }

    /// The only record.
    pub(crate) fn record(&self) -> Value {
        let mut records = self.records();
        assert_eq!(records.len(), 1, "one record is wanted: {}\n{}", self.stdout, self.stderr);
        records.remove(0)
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        self.records().iter().map(|record| record["doc"]["id"].as_str().unwrap().to_owned()).collect()
    }
}

pub(crate) fn run(args: &[&str], stdin: impl Into<Vec<u8>>) -> Run {
    finish(extract().args(args).write_stdin(stdin.into()))
}

pub(crate) fn finish(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        status: output.status.code().unwrap(),
    }
}

/// A directory of files for a test.
pub(crate) struct Files {
    dir: TempDir,
}

impl Files {
    pub(crate) fn new(files: &[(&str, &[u8])]) -> Files {
        let dir = TempDir::new().unwrap();
        for (name, content) in files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        Files { dir }
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Runs inside the directory.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        finish(extract().current_dir(self.path()).args(args))
    }

    pub(crate) fn run_with(&self, args: &[&str], stdin: impl Into<Vec<u8>>) -> Run {
        finish(extract().current_dir(self.path()).args(args).write_stdin(stdin.into()))
    }

    /// Every file below a directory, sorted, with `/`.
    pub(crate) fn list(&self, below: &str) -> Vec<String> {
        let root = self.join(below);
        let mut found: Vec<String> = walkdir_files(&root).iter().map(|path| path.strip_prefix(&root).unwrap().to_string_lossy().into_owned()).collect();
        found.sort();
        found
    }
}

fn walkdir_files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walkdir_files(&path) } else { vec![path] }).collect()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// The warnings of a record, in one string.
pub(crate) fn warnings(record: &Value) -> String {
    record["doc"]["warnings"].to_string()
}
