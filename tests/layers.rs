//! The one-way rule of the modules: each stage may use those before it, none after it.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{path, read};

/// The stages, in the order in which data flows through them.
const ORDER: [&str; 9] = ["source", "document", "token", "gazetteer", "recognize", "resolve", "topic", "relation", "output"];
/// What every stage may use; of themselves these use only each other.
const SHARED: [&str; 3] = ["error", "span", "annotation"];
/// What may use every stage.
const ABOVE: [&str; 5] = ["lib", "reload", "extractor", "assemble", "explain"];

/// Who, what beyond the rule, why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("document", "token", "layout reads tokens: where a title, a list or a line begins"),
    ("document", "gazetteer", "language is told by the words of lexicon/language_words.tsv"),
    ("document", "recognize::Marks", "the marks it sets are part of the recognizers' Context"),
    ("recognize/person", "recognize::role", "a name beside a role is a person: it reads the RoleFound, not the rules"),
];

#[test]
fn stages_use_only_earlier_ones() {
    let mut used = BTreeSet::new();
    let mut wrong = Vec::new();
    for (file, module, line, target) in imports() {
        let mut may = allowed(&module, &target);
        for (i, (who, what, _)) in EXCEPTIONS.iter().enumerate() {
            if module.starts_with(who) && (target == *what || target.starts_with(&format!("{what}::"))) && !may {
                used.insert(i);
                may = true;
            }
        }
        if !may {
            wrong.push(format!("{file}:{line}: {module} must not use {target}: move what is shared to an earlier stage of {ORDER:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let idle: Vec<_> = EXCEPTIONS.iter().enumerate().filter(|(i, _)| !used.contains(i)).map(|(_, exception)| exception).collect();
    assert!(idle.is_empty(), "tests/layers.rs: no longer needed, remove them: {idle:?}");
}

fn allowed(module: &str, target: &str) -> bool {
    let stage = |path: &str| ORDER.iter().position(|stage| *stage == path);
    let (own, other) = (module.split('/').next().unwrap_or_default(), target.split("::").next().unwrap_or_default());
    if ABOVE.contains(&own) {
        return true;
    }
    // Recognizers do not know each other; what they share stands in mod.rs and phrase.rs.
    if own == "recognize" && other == "recognize" {
        let named = target.split("::").nth(1).unwrap_or_default();
        let folder = module.split('/').nth(1).unwrap_or_default();
        let sibling = ["agreement", "event", "model", "organization", "person", "place", "role", "state", "timex"].contains(&named);
        return module == "recognize" || !sibling || named == folder;
    }
    own == other || SHARED.contains(&other) || stage(own).zip(stage(other)).is_some_and(|(own, other)| other < own)
}

/// File, module, line and target (`token::fold`) of every `crate::` and `super::` path.
fn imports() -> Vec<(String, String, usize, String)> {
    let mut found = Vec::new();
    for (file, text) in sources(&path("src")) {
        let module = file.trim_end_matches(".rs").trim_end_matches("/mod").to_owned();
        let code = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
        // Tests may use what they like.
        for (i, line) in code.take_while(|(_, line)| !line.contains("mod tests")) {
            found.extend(targets(line, &module).into_iter().map(|target| (file.clone(), module.clone(), i + 1, target)));
        }
    }
    assert!(found.len() > 100, "src/ was not read");
    found
}

/// The paths in a line, from the crate's root; `{a, b::c}` stands for several.
fn targets(line: &str, module: &str) -> Vec<String> {
    let words = |from: &str| from.chars().take_while(|c| c.is_alphanumeric() || "_:".contains(*c)).collect::<String>();
    let mut targets = Vec::new();
    for (at, _) in line.match_indices("crate::").chain(line.match_indices("super::")) {
        if line[..at].ends_with("super::") || line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue; // counted from its first `super`
        }
        let (mut base, mut left) = (module.replace('/', "::"), &line[at..]);
        while let Some(rest) = left.strip_prefix("super::") {
            base = base.rsplit_once("::").map_or(String::new(), |(parent, _)| parent.to_owned() + "::");
            base = base.trim_end_matches("::").to_owned();
            left = rest;
        }
        if let Some(rest) = left.strip_prefix("crate::") {
            (base, left) = (String::new(), rest);
        }
        let prefix = words(left);
        let group = left[prefix.len()..].strip_prefix('{').and_then(|group| group.split('}').next());
        let ends: Vec<String> = group.map_or(vec![String::new()], |group| group.split(',').map(|part| words(part.trim())).collect());
        targets.extend(ends.into_iter().map(|end| format!("{base}::{prefix}{end}").trim_start_matches("::").to_owned()));
    }
    targets
}

#[test]
fn paths_are_read_as_written() {
    let read = |line: &str| targets(line, "recognize/timex/grammar").join(" ");
    assert_eq!(read("use crate::token::{Kind, fold::hash};"), "token::Kind token::fold::hash");
    assert_eq!(read("use super::{Unit, super_word};"), "recognize::timex::Unit recognize::timex::super_word");
    assert_eq!(read("let x = super::super::role::find(crate::token::Gap::None);"), "token::Gap::None recognize::role::find");
    assert!(!allowed("recognize/person", "recognize::role::find") && allowed("recognize/person", "recognize::phrase::headed"));
    assert!(!allowed("token", "gazetteer::List") && allowed("gazetteer/matcher", "token::Token") && !allowed("error", "token::Token"));
}

/// Path below `src/` and text of the library's files.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() && !entry.ends_with("src/bin") {
            found.extend(sources(&entry));
        } else if entry.extension().is_some_and(|end| end == "rs") {
            let below = entry.strip_prefix(path("src")).unwrap().to_string_lossy().replace('\\', "/");
            found.push((below, read(&entry)));
        }
    }
    found
}

#[test]
fn the_library_prints_nothing() {
    for (file, text) in sources(&path("src")) {
        for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let prints = ["println!", "eprintln!", "print!(", "eprint!(", "dbg!("].iter().find(|name| line.contains(**name));
            assert!(prints.is_none(), "src/{file}:{}: {} in library code: return it, or warn in `doc.warnings`", i + 1, prints.unwrap_or(&""));
        }
    }
}
