//! The compiler: TSV lists in, one flat table out. `build.rs` and the library share it.

use std::collections::HashMap;
use std::path::Path;

use super::format::{FIRST_SECTION_WORD, KEYED, MAX_ENTRIES, MAX_PARTS, POSTS, Packed, SECTIONS, Section, key_hash, plain_capitals};
use super::layout::{Alias, Pool, build_trie, group, join, key_slots, references, words};
use super::origin::Origin;
use super::rows::{self, Row};
use super::schema::{CaseRule, ColumnCase, List, SCHEMAS, Schema, Strength};
use super::{prominent, variants};
use crate::token::fold::{fold_into, fold_words, hash_possessive, hash_sequence};
use crate::token::{Case, Gap, Token, tokenize};

/// What is wrong with a list, and where.
#[derive(Debug)]
pub struct CompileError {
    /// File, relative to the folder of lists.
    pub file: String,
    /// Line, counted from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl std::fmt::Display for CompileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for CompileError {}

/// Everything gathered while the lists are read.
#[derive(Default)]
struct Draft {
    pool: Pool,
    /// Folded forms, numbered by first sight.
    folded: HashMap<String, u32>,
    directory: Vec<u32>,
    cells: Vec<u32>,
    aliases: Vec<Alias>,
    posts: Vec<(String, u32)>,
    /// Keys of rows and posts, where they are wanted.
    keys: Option<Vec<(u64, u32)>>,
    entries: u32,
    tokens: Vec<Token>,
    scratch: String,
}

/// Compiles the lists of folder `dir`; a list whose file is missing is empty.
///
/// # Errors
/// The first row that breaks the format, with file and line.
pub fn compile(dir: &Path) -> Result<Vec<u8>, CompileError> {
    let mut draft = Draft { keys: Some(Vec::new()), ..Draft::new() };
    let rules = variants::Rules::parse(&read_file(dir, variants::FILE)?, &read_file(dir, List::GivenNames.schema().file)?)
        .map_err(|(line, message)| CompileError { file: variants::FILE.to_owned(), line, message })?;
    for schema in SCHEMAS {
        let fail = |line: usize, message: String| CompileError { file: schema.file.to_owned(), line, message };
        let text = variants::extend(schema, read_file(dir, schema.file)?, &rules);
        let text = if schema.list == List::People { with_leaders(dir, &text)? } else { text };
        let rows = rows::read(schema, &text).map_err(|e| fail(e.line, e.message))?;
        draft.add_list(schema, &rows).map_err(|(row, message)| fail(rows[row].line, message))?;
    }
    draft.lay_out().map_err(|message| CompileError { file: String::new(), line: 0, message })
}

/// Where the strings, the last section, begin in a compiled table.
pub fn strings_at(bytes: &[u8]) -> usize {
    let (words, _) = bytes.as_chunks::<4>();
    let offset = words.get(FIRST_SECTION_WORD + 2 * Section::Strings as usize);
    offset.map_or(bytes.len(), |word| bytes.len().min(u32::from_le_bytes(*word) as usize))
}

/// The list of people with the surnames that name a leader alone.
fn with_leaders(dir: &Path, people: &str) -> Result<String, CompileError> {
    let read = |list: List| read_file(dir, list.schema().file);
    let (tenures, organizations, places, states) = (read(List::Tenures)?, read(List::Organizations)?, read(List::Places)?, read(List::States)?);
    let (given_names, surnames, common_words) = (read(List::GivenNames)?, read(List::Surnames)?, read(List::CommonWords)?);
    let guards = read(List::Guards)?;
    let lists = prominent::Lists {
        tenures: &tenures,
        organizations: &organizations,
        places: &places,
        states: &states,
        given_names: &given_names,
        surnames: &surnames,
        guards: &guards,
        common_words: &common_words,
    };
    Ok(prominent::extend(people, &lists))
}

/// A user's list as it was read: the name of its file, for messages and to tell the list, and its bytes.
#[derive(Clone, Debug)]
pub struct UserFile {
    /// Name or path of the file.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Users' lists as one compiled table.
#[derive(Debug)]
pub struct Compiled {
    /// The table.
    pub bytes: Vec<u8>,
    /// Where its rows stood.
    pub origin: Origin,
}

/// Compiles users' lists into one table; see [`rows::read_user`] for what a file may hold.
///
/// Rows need not be sorted. A row without an id gets its name for one. Cost: about two microseconds a name.
///
/// # Errors
/// The first row that breaks the format, with file and line.
pub fn compile_user(files: Vec<UserFile>) -> Result<Compiled, CompileError> {
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        let text = utf8(file.bytes).map_err(|line| CompileError { file: file.name.clone(), line, message: "not valid UTF-8".to_owned() })?;
        texts.push((file.name, text));
    }
    let mut lists: Vec<Vec<(usize, Row<'_>)>> = SCHEMAS.iter().map(|_| Vec::new()).collect();
    for (number, (name, text)) in texts.iter().enumerate() {
        for mut row in rows::read_user(name, text).map_err(|e| CompileError { file: name.clone(), line: e.line, message: e.message })? {
            complete(&mut row).map_err(|message| CompileError { file: name.clone(), line: row.line, message })?;
            lists[row.list as usize].push((number, row));
        }
    }
    let mut draft = Draft::new();
    let mut places = Vec::new();
    for (schema, mut list) in SCHEMAS.iter().zip(lists) {
        list.sort_by(|a, b| sort_key(&a.1).cmp(&sort_key(&b.1)));
        let (numbers, rows): (Vec<usize>, Vec<Row<'_>>) = list.into_iter().unzip();
        let fail = |(row, message): (usize, String)| CompileError { file: texts[numbers[row]].0.clone(), line: rows[row].line, message };
        no_id_twice(schema, &rows).map_err(fail)?;
        draft.add_list(schema, &rows).map_err(fail)?;
        places.extend(numbers.iter().zip(&rows).map(|(file, row)| (*file as u32, row.line as u32)));
    }
    let bytes = draft.lay_out().map_err(|message| CompileError { file: String::new(), line: 0, message })?;
    Ok(Compiled { bytes, origin: Origin::of_rows(texts.into_iter().map(|(name, _)| name).collect(), places) })
}

/// Compiles rows of one list, in the list's order, into a table.
///
/// # Errors
/// The first row that cannot be matched, by its number, and why.
pub fn compile_rows(list: List, rows: &[Row<'_>]) -> Result<Vec<u8>, (usize, String)> {
    let mut draft = Draft::new();
    for schema in SCHEMAS {
        draft.add_list(schema, if schema.list == list { rows } else { &[] })?;
    }
    draft.lay_out().map_err(|message| (0, message))
}

/// The text of a file, or the line of its first wrong byte.
fn utf8(bytes: Vec<u8>) -> Result<String, usize> {
    String::from_utf8(bytes).map_err(|e| 1 + e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count())
}

/// Gives a user's row the id it lacks: its name.
fn complete(row: &mut Row<'_>) -> Result<(), String> {
    let first = row.list.schema().columns[0];
    if row.cells[0].is_empty() {
        row.cells[0] = row.cell("name");
    }
    if row.cells[0].is_empty() {
        return Err(format!("neither `{first}` nor `name` is given"));
    }
    Ok(())
}

/// The order in which a list is searched: by its first column, tenures also by date.
fn sort_key<'t>(row: &Row<'t>) -> (&'t str, &'t str) {
    (row.cells[0], row.cell("from"))
}

/// Entries are overridden and referred to by id, so an id may stand once; equal names without ids are two entries.
fn no_id_twice(schema: &Schema, rows: &[Row<'_>]) -> Result<(), (usize, String)> {
    if schema.columns[0] != "id" {
        return Ok(());
    }
    let twice = rows.windows(2).position(|w| w[0].cells[0] == w[1].cells[0] && w[0].cells[0] != w[0].cell("name"));
    twice.map_or(Ok(()), |i| Err((i + 1, format!("the id `{}` stands in line {} already", rows[i].cells[0], rows[i].line))))
}

/// The text of a file of `dir`; empty when there is none.
fn read_file(dir: &Path, file: &str) -> Result<String, CompileError> {
    let fail = |line: usize, message: String| CompileError { file: file.to_owned(), line, message };
    match std::fs::read(dir.join(file)) {
        Ok(bytes) => utf8(bytes).map_err(|line| fail(line, "not valid UTF-8".to_owned())),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(e) => Err(fail(0, e.to_string())),
    }
}

/// Where a form stands in its row.
struct Place {
    column: u8,
    /// Which of the cell's forms it is.
    part: u8,
    /// Whether it is all of the cell.
    is_whole: bool,
}

impl Draft {
    fn new() -> Draft {
        let mut draft = Draft::default();
        // Offset 0 is the empty text, whatever is in the lists.
        draft.pool.bytes.push(0);
        draft
    }

    /// Adds a list's rows, which stand in its order.
    fn add_list(&mut self, schema: &Schema, rows: &[Row<'_>]) -> Result<(), (usize, String)> {
        let mask = stored_columns(schema, rows);
        self.directory.extend([self.entries, rows.len() as u32, self.cells.len() as u32, mask]);
        if let Some(keys) = self.keys.as_mut().filter(|_| KEYED.contains(&schema.list)) {
            let first = |i: usize| i == 0 || rows[i - 1].cells[0] != rows[i].cells[0];
            keys.extend((0..rows.len()).filter(|i| first(*i)).map(|i| (key_hash(schema.list as u8, &[rows[i].cells[0]]), self.entries + i as u32)));
        }
        for (i, row) in rows.iter().enumerate() {
            self.add_row(schema, &row.cells, mask).map_err(|message| (i, message))?;
        }
        Ok(())
    }

    fn add_row(&mut self, schema: &Schema, row: &[&str], mask: u32) -> Result<(), String> {
        let entry = self.entries;
        self.entries += 1;
        if self.entries > MAX_ENTRIES {
            return Err(format!("more than {MAX_ENTRIES} rows"));
        }
        for (column, cell) in row.iter().enumerate() {
            if mask & 1 << column != 0 {
                let offset = if cell.is_empty() { 0 } else { self.pool.add(cell)? };
                self.cells.push(offset);
            }
        }
        if schema.list == List::Tenures {
            self.posts.push((post_key(schema, row), entry));
        }
        let weak: Vec<&str> = schema.column("weak").map(|c| row[c].split('|').collect()).unwrap_or_default();
        for forms in schema.forms {
            let Some(column) = schema.column(forms.column) else { continue };
            for (part, form) in row[column].split('|').enumerate().filter(|(_, f)| !f.is_empty()) {
                let part = u8::try_from(part).map_err(|_| format!("more than {MAX_PARTS} forms in `{}`", forms.column))?;
                // A name repeated in `weak` is a weak name.
                let strength = if weak.contains(&form) { Strength::Weak } else { forms.strength };
                self.add_form(schema, form, entry, Place { column: column as u8, part, is_whole: form == row[column] }, strength)?;
            }
        }
        Ok(())
    }

    fn add_form(&mut self, schema: &Schema, form: &str, entry: u32, place: Place, strength: Strength) -> Result<(), String> {
        let Place { column, part, is_whole } = place;
        let (raw, case) = case_rule(form, schema.case, strength);
        let packed = Packed::new(schema.list as u8, column, strength as u8, case as u8, capitals(raw), part);
        // The cell is read whole then, so the name must be all of it, and its capitals must be told from it.
        let is_name = is_whole && raw == form && schema.column("name") == Some(usize::from(column));
        let plain = is_name && strength == Strength::Strong && case == CaseRule::Capitals && packed.capitals() == plain_capitals(form);
        self.add_alias(raw, entry, (case, plain), packed)?;
        if case != CaseRule::Exact && has_inner_hyphen(raw) {
            let spaced = raw.replace('-', " ");
            let packed = Packed::new(schema.list as u8, column, strength as u8, case as u8, capitals(&spaced), part);
            self.add_alias(&spaced, entry, (case, false), Packed(packed.0 | Packed::BLANKS))?;
        }
        Ok(())
    }

    fn add_alias(&mut self, raw: &str, entry: u32, (case, plain): (CaseRule, bool), packed: Packed) -> Result<(), String> {
        let mut tokens = std::mem::take(&mut self.tokens);
        tokenize(raw, &mut tokens);
        if tokens.is_empty() {
            return Err(format!("the form {raw:?} holds no visible character"));
        }
        self.scratch.clear();
        let prefixes = prefix_hashes(raw, &tokens, &mut self.scratch);
        let second = tokens.get(1).map(|token| token.hash);
        let lower = [0, 1].map(|i| may_be_lower(&tokens, i, case, packed));
        self.tokens = tokens;
        // The matcher folds the form as it is written, so both ways must agree.
        let mut whole = String::with_capacity(raw.len());
        fold_words(raw, false, &mut whole);
        if whole != self.scratch {
            return Err(format!("the form {raw:?} holds characters that cannot be matched"));
        }
        let next = self.folded.len() as u32;
        let folded = match self.folded.get(&self.scratch) {
            Some(number) => *number,
            None => *self.folded.entry(self.scratch.clone()).or_insert(next),
        };
        self.aliases.push(Alias { folded, entry, packed, plain, second, lower, prefixes });
        Ok(())
    }

    /// Adds the keys of the posts, which stand in order.
    fn add_post_keys(&mut self) {
        let Some(keys) = &mut self.keys else { return };
        for (i, (key, _)) in self.posts.iter().enumerate() {
            let post = self::post(key);
            if i == 0 || self::post(&self.posts[i - 1].0) != post {
                keys.push((key_hash(POSTS, &post), i as u32));
            }
        }
    }

    fn lay_out(mut self) -> Result<Vec<u8>, String> {
        group(&mut self.aliases);
        self.posts.sort();
        self.add_post_keys();
        let (references, kept) = references(&self.aliases);
        let trie = build_trie(&self.aliases, &references);
        let sections: [Vec<u8>; SECTIONS - 1] = [
            words(self.directory.iter().copied()),
            words(self.cells.iter().copied()),
            words(kept.iter().flat_map(|a| [a.entry, a.packed.0])),
            words(self.posts.iter().map(|(_, entry)| *entry)),
            trie.firsts.any,
            trie.firsts.lower,
            trie.seconds.any,
            trie.seconds.lower,
            trie.pairs,
            words(key_slots(self.keys.as_deref().unwrap_or_default()).into_iter()),
            words(trie.buckets.into_iter().flatten().flatten()),
            self.pool.bytes,
        ];
        join(&sections)
    }
}

/// State, organisation, class and portfolio of a [`post_key`].
fn post(key: &str) -> Vec<&str> {
    key.split('\u{1}').take(4).collect()
}

/// Bit k: column k holds something in some row. An id that is always the name is not stored either.
fn stored_columns(schema: &Schema, rows: &[Row<'_>]) -> u32 {
    let name = schema.column("name");
    let is_name = |row: &Row<'_>| name.is_some_and(|name| row.cells[name] == row.cells[0]);
    (0..schema.columns.len())
        .filter(|column| rows.iter().any(|row| !row.cells[*column].is_empty()) && !(*column == 0 && name != Some(0) && rows.iter().all(is_name)))
        .fold(0, |mask, column| mask | 1 << column)
}

/// Key by which tenures of one post stand together, oldest first.
fn post_key(schema: &Schema, row: &[&str]) -> String {
    ["state", "org", "class", "portfolio", "from", "person"]
        .iter()
        .filter_map(|name| schema.column(name))
        .map(|column| row[column])
        .collect::<Vec<_>>()
        .join("\u{1}")
}

/// Strips the case prefix of a form and decides its rule.
pub(super) fn case_rule(form: &str, case: ColumnCase, strength: Strength) -> (&str, CaseRule) {
    if let Some(exact) = form.strip_prefix('=') {
        return (exact, CaseRule::Exact);
    }
    if let Some(any) = form.strip_prefix('~') {
        return (any, CaseRule::Fold);
    }
    let capitals = form.chars().any(char::is_uppercase);
    if strength == Strength::Acronym && capitals {
        return (form, CaseRule::Exact);
    }
    let letters = form.chars().filter(|c| c.is_alphabetic()).count();
    if capitals && letters <= 6 && !form.contains(' ') && form.chars().all(|c| !c.is_lowercase()) {
        return (form, CaseRule::Exact);
    }
    if case == ColumnCase::Lexicon && !capitals { (form, CaseRule::Fold) } else { (form, CaseRule::Capitals) }
}

/// Bit k is set when the form's k-th word starts with a capital; only the first eight are held to it.
fn capitals(form: &str) -> u8 {
    let mut tokens = Vec::new();
    tokenize(form, &mut tokens);
    let words = tokens.iter().filter(|t| t.is_word()).take(8).enumerate();
    words.filter(|(_, t)| t.span().slice(form).chars().next().is_some_and(char::is_uppercase)).fold(0, |mask, (k, _)| mask | 1 << k)
}

/// Whether the `i`-th token of a form may stand in small letters in a text.
fn may_be_lower(tokens: &[Token], i: usize, case: CaseRule, packed: Packed) -> bool {
    let Some(token) = tokens.get(i) else { return false };
    let word = tokens[..i].iter().filter(|t| t.is_word()).count();
    match case {
        CaseRule::Exact => token.case == Case::Lower,
        CaseRule::Capitals => packed.capitals() & 1 << word == 0,
        CaseRule::Fold => true,
    }
}

/// Whether a hyphen stands between two letters, so that a blank may replace it.
fn has_inner_hyphen(form: &str) -> bool {
    let chars: Vec<char> = form.chars().collect();
    chars.windows(3).any(|w| w[1] == '-' && w[0].is_alphabetic() && w[2].is_alphabetic())
}

/// Hashes of all prefixes of a form; `folded` receives its folded text.
fn prefix_hashes(raw: &str, tokens: &[Token], folded: &mut String) -> Vec<u64> {
    let mut prefixes = Vec::with_capacity(tokens.len());
    let mut hash = 0;
    for (i, token) in tokens.iter().enumerate() {
        let spaced = token.gap != Gap::None;
        if i == 0 {
            hash = token.hash;
        } else {
            hash = hash_sequence(hash, token.hash, spaced);
            if spaced {
                folded.push(' ');
            }
        }
        if token.clitic > 0 {
            // Both steps are prefixes: the matcher goes from the bare token to its possessive.
            prefixes.push(hash);
            hash = hash_possessive(hash);
        }
        fold_into(token.span().slice(raw), folded);
        prefixes.push(hash);
    }
    prefixes
}
