//! `extract gazetteer lint`: which files, and how findings are shown.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use extract::gazetteer::lint::{Finding, Layout, Severity, Source, lint};
use extract::gazetteer::schema::SCHEMAS;

use super::{Styles, count, json_line, say};
use crate::FAILED;

pub(super) fn run(paths: &[PathBuf], json: bool, deny_warnings: bool, styles: Styles, out: &mut impl Write) -> Result<u8, Box<dyn std::error::Error>> {
    if paths.is_empty() {
        return Err("which lists? Name files or a folder: `extract gazetteer lint our.people.tsv`, `extract gazetteer lint gazetteers/`".into());
    }
    let files = Files::read(paths);
    let table = super::builtin()?;
    let sources: Vec<Source<'_>> = files.files.iter().map(|file| Source { file: file.name.clone(), bytes: &file.bytes, layout: file.layout }).collect();
    let mut findings = lint(&sources, Some(&table));
    findings.retain(|finding| files.files.iter().all(|file| file.name != finding.file || file.is_asked));
    if files.is_single {
        findings.retain(|finding| finding.check != "missing-file");
    }
    for finding in &findings {
        match json {
            true => json_line(out, finding)?,
            false => show(finding, styles, out)?,
        }
    }
    out.flush()?;
    let number = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, notes) = (number(Severity::Error), number(Severity::Warning), number(Severity::Note));
    let asked = files.files.iter().filter(|file| file.is_asked).count();
    if asked > 0 {
        let notes = if notes > 0 { format!(", {}", count(notes, "note")) } else { String::new() };
        say(&format!("{}: {}, {}{notes}", count(asked, "list"), count(errors, "error"), count(warnings, "warning")));
    }
    Ok(match (errors, warnings) {
        _ if files.failed => FAILED,
        (0, 0) => 0,
        (0, _) if !deny_warnings => 0,
        _ => 1,
    })
}

fn show(finding: &Finding, styles: Styles, out: &mut impl Write) -> io::Result<()> {
    let Styles { title, faint, bad, doubtful, .. } = styles;
    let Finding { file, line, severity, check, message } = finding;
    let place = if *line > 0 { format!("{file}:{line}") } else { file.clone() };
    let style = match severity {
        Severity::Error => bad,
        Severity::Warning => doubtful,
        Severity::Note => faint,
    };
    writeln!(out, "{title}{place}:{title:#} {style}{severity}{style:#}{faint}[{check}]{faint:#}: {message}")
}

/// A list that was read.
pub(super) struct ListFile {
    /// Its path as it is shown.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) layout: Layout,
    /// Whether it was named, not only read for the sake of another.
    pub(super) is_asked: bool,
}

/// All lists that paths lead to.
#[derive(Default)]
pub(super) struct Files {
    pub(super) files: Vec<ListFile>,
    /// Whether a path could not be read; it has been said which.
    pub(super) failed: bool,
    /// Whether single files of a folder are meant, not the folder.
    is_single: bool,
}

impl Files {
    pub(super) fn read(paths: &[PathBuf]) -> Files {
        let mut files = Files::default();
        for path in paths {
            match (path.is_dir(), folder_of(path)) {
                (true, _) if is_folder_of_lists(path) => files.add_folder(path, None),
                (true, _) => files.add_directory(path),
                (false, Some((folder, file))) => {
                    files.is_single = true;
                    files.add_folder(&folder, Some(&file));
                }
                (false, None) => files.add(path, Layout::User, true),
            }
        }
        files
    }

    fn add(&mut self, path: &Path, layout: Layout, is_asked: bool) {
        let name = path.display().to_string();
        if let Some(known) = self.files.iter_mut().find(|file| file.name == name) {
            known.is_asked |= is_asked;
            return;
        }
        match fs::read(path) {
            Ok(bytes) => self.files.push(ListFile { name, bytes, layout, is_asked }),
            Err(error) => self.fail(&format!("{name}: {error}")),
        }
    }

    fn fail(&mut self, message: &str) {
        say(message);
        self.failed = true;
    }

    /// A folder laid out like `gazetteers/`; with `only`, one of its files is asked for.
    fn add_folder(&mut self, folder: &Path, only: Option<&str>) {
        for schema in SCHEMAS {
            let path = folder.join(schema.file);
            if path.exists() {
                self.add(&path, Layout::Builtin(schema.list), only.is_none_or(|only| only == schema.file));
            }
        }
        for (below, dir) in [("", folder.to_owned()), ("lexicon/", folder.join("lexicon"))] {
            for name in lists_in(&dir) {
                let file = format!("{below}{name}");
                if only.is_none() && !SCHEMAS.iter().any(|schema| schema.file == file) {
                    self.add(&folder.join(file), Layout::Stray, true);
                }
            }
        }
    }

    /// Any other folder holds lists of a user.
    fn add_directory(&mut self, folder: &Path) {
        let names = lists_in(folder);
        if names.is_empty() {
            self.fail(&format!("{}: no .tsv file is in this folder", folder.display()));
        }
        for name in names {
            self.add(&folder.join(name), Layout::User, true);
        }
    }
}

/// Names of the `.tsv` files in a folder, sorted.
fn lists_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| name.ends_with(".tsv")).collect();
    names.sort();
    names
}

/// The lists of the program have a lexicon beside them.
fn is_folder_of_lists(folder: &Path) -> bool {
    folder.join("lexicon").is_dir()
}

/// The folder of lists that a file belongs to, and its name there.
fn folder_of(path: &Path) -> Option<(PathBuf, String)> {
    let name = path.file_name()?.to_str()?;
    let parent = match path.parent()? {
        empty if empty.as_os_str().is_empty() => Path::new("."),
        parent => parent,
    };
    let above = || parent.parent().map(|above| if above.as_os_str().is_empty() { Path::new(".") } else { above });
    let (folder, file) = match is_folder_of_lists(parent) {
        true => (parent, name.to_owned()),
        false => (above().filter(|above| parent.ends_with("lexicon") && is_folder_of_lists(above))?, format!("lexicon/{name}")),
    };
    SCHEMAS.iter().any(|schema| schema.file == file).then(|| (folder.to_owned(), file))
}
