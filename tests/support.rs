//! What the test files share: one extractor, the checkout's files, extraction with a given date.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use extract::annotation::{Extraction, Label, Mention};
use extract::{Extractor, GivenDate, Input};

/// The default extractor, built once.
pub(crate) fn extractor() -> &'static Extractor {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    EXTRACTOR.get_or_init(|| Extractor::builder().build().unwrap())
}

/// Extracts with a document date that came apart from the text.
pub(crate) fn extract_at<'t>(text: &'t str, date: &str) -> Extraction<'t> {
    let date = Some(GivenDate { value: date.to_owned(), from: "field" });
    extractor().extract_document(&Input { id: "-".into(), text, date, ..Input::default() })
}

/// A path below the project's root.
pub(crate) fn path(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// The files of a folder below the root whose name ends so, sorted.
pub(crate) fn files(folder: &str, end: &str) -> Vec<PathBuf> {
    let folder = path(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|file| name(file).ends_with(end)).collect();
    files.sort();
    files
}

/// The name of a file.
pub(crate) fn name(file: &Path) -> String {
    file.file_name().unwrap().to_string_lossy().into_owned()
}

/// A text file's content.
pub(crate) fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// A file's content as it can be had: bytes that are no UTF-8 become replacement characters.
pub(crate) fn read_odd(file: &Path) -> String {
    String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned()
}

/// A type's name in the output.
pub(crate) fn type_name(label: Label) -> &'static str {
    match label {
        Label::Person => "person",
        Label::Role => "role",
        Label::State => "state",
        Label::Organization => "organization",
        Label::Place => "place",
        Label::Agreement => "agreement",
        Label::Event => "event",
        Label::Date => "date",
    }
}

/// The type with a name.
pub(crate) fn label(name: &str) -> Label {
    let all = [Label::Person, Label::Role, Label::State, Label::Organization, Label::Place, Label::Agreement, Label::Event, Label::Date];
    all.into_iter().find(|label| type_name(*label) == name).unwrap_or_else(|| panic!("no type is called {name:?}"))
}

/// A mention as messages show it.
pub(crate) fn shown(mention: &Mention<'_>) -> String {
    format!("[{} {}] via {}", type_name(mention.label), mention.text, mention.via)
}
