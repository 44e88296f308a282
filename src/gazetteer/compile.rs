//! The compiler: TSV lists in, one flat table out. `build.rs` and the library share it.

use std::collections::HashMap;
use std::path::Path;

use super::format::{BITMAP_BITS, CONTINUES, HEADER_WORDS, MAGIC, SECTIONS, VERSION, bitmap_place, checksum, pack, slot_of, tag_of};
use super::schema::{CaseRule, ColumnCase, List, SCHEMAS, Schema, Strength};
use super::variants;
use crate::token::fold::{fold_into, hash_possessive, hash_sequence};
use crate::token::{Gap, Token, tokenize};

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

/// One alias, before it is laid out.
struct Alias {
    folded: u32,
    raw: u32,
    entry: u32,
    packed: u32,
    /// Whether its case rule lets a lower-case first word match.
    starts_lower: bool,
    /// Hashes of all prefixes of the token sequence; the last is the form itself.
    prefixes: Vec<u64>,
}

/// String pool: equal texts share one offset.
#[derive(Default)]
struct Pool {
    bytes: Vec<u8>,
    known: HashMap<String, u32>,
}

impl Pool {
    fn add(&mut self, text: &str) -> Result<u32, String> {
        if let Some(offset) = self.known.get(text) {
            return Ok(*offset);
        }
        let len = u16::try_from(text.len()).map_err(|_| format!("a cell of {} bytes is too long (65,535 at most)", text.len()))?;
        let offset = self.bytes.len() as u32;
        self.bytes.extend_from_slice(&len.to_le_bytes());
        self.bytes.extend_from_slice(text.as_bytes());
        self.known.insert(text.to_owned(), offset);
        Ok(offset)
    }
}

/// Everything gathered while the lists are read.
#[derive(Default)]
struct Draft {
    pool: Pool,
    directory: Vec<u32>,
    cells: Vec<u32>,
    aliases: Vec<Alias>,
    posts: Vec<(String, u32)>,
    entries: u32,
    tokens: Vec<Token>,
    scratch: String,
}

/// Compiles the lists of folder `dir`; a list whose file is missing is empty.
///
/// # Errors
/// The first row that breaks the format, with file and line.
pub fn compile(dir: &Path) -> Result<Vec<u8>, CompileError> {
    let mut draft = Draft::default();
    draft.pool.add("").map_err(|message| CompileError { file: String::new(), line: 0, message })?;
    let rules = variants::Rules::parse(&read_file(dir, variants::FILE)?, &read_file(dir, List::GivenNames.schema().file)?)
        .map_err(|(line, message)| CompileError { file: variants::FILE.to_owned(), line, message })?;
    for schema in SCHEMAS {
        let text = variants::extend(schema, read_file(dir, schema.file)?, &rules);
        draft.read_list(schema, &text)?;
    }
    Ok(draft.lay_out())
}

/// The text of a file of `dir`; empty when there is none.
fn read_file(dir: &Path, file: &str) -> Result<String, CompileError> {
    match std::fs::read(dir.join(file)) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|e| CompileError {
            file: file.to_owned(),
            line: 1 + e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count(),
            message: "not valid UTF-8".to_owned(),
        }),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(e) => Err(CompileError { file: file.to_owned(), line: 0, message: e.to_string() }),
    }
}

impl Draft {
    fn read_list(&mut self, schema: &Schema, text: &str) -> Result<(), CompileError> {
        let fail = |line: usize, message: String| CompileError { file: schema.file.to_owned(), line, message };
        let first_entry = self.entries;
        let first_cell = self.cells.len() as u32;
        let mut lines = text.lines().enumerate();
        if let Some((_, header)) = lines.next() {
            let wanted = schema.columns.join("\t");
            if header != wanted {
                return Err(fail(1, format!("the header must be: {}", wanted.replace('\t', " "))));
            }
        }
        for (i, line) in lines {
            let row: Vec<&str> = line.split('\t').collect();
            if row.len() != schema.columns.len() {
                return Err(fail(i + 1, format!("{} columns instead of {}", row.len(), schema.columns.len())));
            }
            self.read_row(schema, &row).map_err(|message| fail(i + 1, message))?;
        }
        self.directory.extend([first_entry, self.entries - first_entry, first_cell]);
        Ok(())
    }

    fn read_row(&mut self, schema: &Schema, row: &[&str]) -> Result<(), String> {
        let entry = self.entries;
        self.entries += 1;
        for cell in row {
            let offset = self.pool.add(cell)?;
            self.cells.push(offset);
        }
        if schema.list == List::Tenures {
            self.posts.push((post_key(schema, row), entry));
        }
        let weak: Vec<&str> = schema.column("weak").map(|c| row[c].split('|').collect()).unwrap_or_default();
        for forms in schema.forms {
            let Some(column) = schema.column(forms.column) else { continue };
            for form in row[column].split('|').filter(|f| !f.is_empty()) {
                // A name repeated in `weak` is a weak name.
                let strength = if weak.contains(&form) { Strength::Weak } else { forms.strength };
                self.add_form(schema, form, entry, column as u8, strength)?;
            }
        }
        Ok(())
    }

    fn add_form(&mut self, schema: &Schema, form: &str, entry: u32, column: u8, strength: Strength) -> Result<(), String> {
        let (raw, case) = case_rule(form, schema.case, strength);
        let packed = pack(schema.list as u8, column, strength as u8, case as u8, capitals(raw));
        self.add_alias(raw, entry, packed)?;
        if case != CaseRule::Exact && has_inner_hyphen(raw) {
            self.add_alias(&raw.replace('-', " "), entry, packed)?;
        }
        Ok(())
    }

    fn add_alias(&mut self, raw: &str, entry: u32, packed: u32) -> Result<(), String> {
        let mut tokens = std::mem::take(&mut self.tokens);
        tokenize(raw, &mut tokens);
        if tokens.is_empty() {
            return Err(format!("the form {raw:?} holds no visible character"));
        }
        self.scratch.clear();
        let prefixes = prefix_hashes(raw, &tokens, &mut self.scratch);
        self.tokens = tokens;
        let folded = self.pool.add(&self.scratch)?;
        let [_, _, rules, capitals] = packed.to_le_bytes();
        let first_upper = raw.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        let starts_lower = match rules >> 4 {
            rule if rule == CaseRule::Exact as u8 => !first_upper,
            rule if rule == CaseRule::Capitals as u8 => capitals & 1 == 0,
            _ => true,
        };
        let offset = self.pool.add(raw)?;
        self.aliases.push(Alias { folded, raw: offset, entry, packed, starts_lower, prefixes });
        Ok(())
    }

    fn lay_out(mut self) -> Vec<u8> {
        self.aliases.sort_by_key(|a| (a.folded, a.entry, a.packed, a.raw));
        self.aliases.dedup_by_key(|a| (a.folded, a.entry, a.packed));
        self.posts.sort();
        let (bitmap, slots) = build_trie(&self.aliases);
        let words = |values: &mut dyn Iterator<Item = u32>| values.flat_map(u32::to_le_bytes).collect::<Vec<u8>>();
        let sections: [Vec<u8>; SECTIONS] = [
            self.pool.bytes,
            words(&mut self.directory.iter().copied()),
            words(&mut self.cells.iter().copied()),
            words(&mut self.aliases.iter().flat_map(|a| [a.folded, a.raw, a.entry, a.packed])),
            words(&mut self.posts.iter().map(|(_, entry)| *entry)),
            bitmap,
            words(&mut slots.iter().flat_map(|(tag, payload)| [*tag, *payload])),
        ];
        join(&sections)
    }
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
fn case_rule(form: &str, case: ColumnCase, strength: Strength) -> (&str, CaseRule) {
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

fn build_trie(aliases: &[Alias]) -> (Vec<u8>, Vec<(u32, u32)>) {
    let mut nodes: HashMap<u64, u32> = HashMap::new();
    let half = (1usize << BITMAP_BITS) / 8;
    let mut bitmap = vec![0u8; 2 * half];
    for (i, alias) in aliases.iter().enumerate() {
        let Some((last, inner)) = alias.prefixes.split_last() else { continue };
        let (byte, bit) = bitmap_place(alias.prefixes[0]);
        bitmap[byte] |= bit;
        if alias.starts_lower {
            bitmap[half + byte] |= bit;
        }
        for prefix in inner {
            *nodes.entry(*prefix).or_default() |= CONTINUES;
        }
        let node = nodes.entry(*last).or_default();
        // Aliases with one folded form stand together: the first names them all.
        if *node & !CONTINUES == 0 {
            *node |= i as u32 + 1;
        }
    }
    let size = (nodes.len() * 2).next_power_of_two().max(2);
    let mut slots = vec![(0u32, 0u32); size];
    let mut sorted: Vec<_> = nodes.into_iter().collect();
    sorted.sort_unstable();
    for (hash, payload) in sorted {
        let mut place = slot_of(hash, size);
        while slots[place].0 != 0 {
            place = (place + 1) & (size - 1);
        }
        slots[place] = (tag_of(hash), payload);
    }
    (bitmap, slots)
}

fn join(sections: &[Vec<u8>; SECTIONS]) -> Vec<u8> {
    let mut body = Vec::new();
    let mut places = Vec::new();
    for section in sections {
        while body.len() % 8 != 0 {
            body.push(0);
        }
        places.push((HEADER_WORDS * 4 + body.len(), section.len()));
        body.extend_from_slice(section);
    }
    let sum = checksum(&body);
    let mut out = Vec::with_capacity(HEADER_WORDS * 4 + body.len());
    let mut word = |value: u32| out.extend_from_slice(&value.to_le_bytes());
    word(MAGIC);
    word(VERSION);
    word((HEADER_WORDS * 4 + body.len()) as u32);
    word(sum as u32);
    word((sum >> 32) as u32);
    for (offset, len) in places {
        word(offset as u32);
        word(len as u32);
    }
    out.extend_from_slice(&body);
    out
}
