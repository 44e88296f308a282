//! Users' own topics: a TSV file of topics and their cues, checked line by line.

use std::collections::BTreeSet;

use crate::error::Error;
use crate::gazetteer::compile::compile_rows;
use crate::gazetteer::rows::Row;
use crate::gazetteer::{List, Origin, OwnedTable};

/// Topics of the users, from one or more files.
#[derive(Default)]
pub struct UserTopics {
    /// The topics named, in the order of their first line.
    pub topics: Vec<UserTopic>,
    /// The cues, in the order of the compiled table.
    pub cues: Vec<UserCue>,
    /// Whether all built-in topics are left out.
    pub replaces_all: bool,
}

/// A topic that users name.
pub struct UserTopic {
    /// Its slug.
    pub slug: String,
    /// Its label.
    pub label: Option<String>,
    /// Whether the built-in cues of this topic are left out.
    pub replaced: bool,
}

/// A cue of the users.
#[derive(Clone)]
pub struct UserCue {
    /// File and line.
    at: (usize, usize),
    /// The form, written as in the lists.
    form: String,
    /// The topic's slug.
    pub topic: String,
    /// Points.
    pub weight: f32,
    /// The phrase cancels the cues inside it.
    pub negative: bool,
    /// Words of which one must stand in the text.
    pub needs: String,
}

/// The columns of a file.
const COLUMNS: [&str; 7] = ["topic", "form", "weight", "negative", "needs", "label", "replace"];
/// Weight of a cue without one.
const WEIGHT: f32 = 3.0;
/// Stands for all built-in topics.
const ALL: &str = "*";

impl UserTopics {
    /// Reads files, each as its name and text.
    ///
    /// # Errors
    /// The first line that breaks the format, with what to do.
    pub fn read(files: &[(String, String)]) -> Result<UserTopics, Error> {
        let mut out = UserTopics::default();
        for (number, (name, text)) in files.iter().enumerate() {
            out.read_file(number, text).map_err(|(line, what)| Error::data(name, Some(line), what, None))?;
        }
        let inflected: Vec<UserCue> = out.cues.iter().filter_map(|cue| Some(UserCue { form: plural(&cue.form)?, ..cue.clone() })).collect();
        let given: BTreeSet<(String, String)> = out.cues.iter().map(|cue| (cue.form.clone(), cue.topic.clone())).collect();
        out.cues.extend(inflected.into_iter().filter(|cue| !given.contains(&(cue.form.clone(), cue.topic.clone()))));
        out.cues.sort_by(|a, b| (&a.form, &a.topic).cmp(&(&b.form, &b.topic)));
        Ok(out)
    }

    /// The cues as a table to match; none when there are no cues.
    ///
    /// # Errors
    /// A form that cannot be matched, with file and line.
    pub fn compile(&self, files: &[(String, String)]) -> Result<Option<OwnedTable>, Error> {
        if self.cues.is_empty() {
            return Ok(None);
        }
        let weights: Vec<String> = self.cues.iter().map(|cue| cue.weight.to_string()).collect();
        let rows: Vec<Row<'_>> = self.cues.iter().zip(&weights).map(|(cue, weight)| row(cue, weight)).collect();
        let place = |i: usize| self.cues.get(i).map_or((0, 0), |cue| cue.at);
        let name = |file: usize| files.get(file).map_or("topics", |(name, _)| name.as_str());
        let bytes = compile_rows(List::Topics, &rows).map_err(|(i, what)| Error::data(name(place(i).0), Some(place(i).1), what, None))?;
        let table = OwnedTable::new(bytes).map_err(|what| Error::data(name(0), None, what, None))?;
        let lines = self.cues.iter().map(|cue| (cue.at.0 as u32, cue.at.1 as u32)).collect();
        Ok(Some(table.with_origin(Origin::of_rows(files.iter().map(|(name, _)| name.clone()).collect(), lines))))
    }

    fn read_file(&mut self, number: usize, text: &str) -> Result<(), (usize, String)> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let Some((at, header)) = lines.next() else { return Ok(()) };
        let header: Vec<&str> = header.split('\t').map(str::trim).collect();
        check_header(&header).map_err(|what| (at + 1, what))?;
        for (i, line) in lines {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            if cells.len() != header.len() {
                return Err((i + 1, format!("{} columns instead of {}", cells.len(), header.len())));
            }
            let cell = |name: &str| header.iter().position(|column| *column == name).map_or("", |c| cells[c]);
            self.add((number, i + 1), &cell).map_err(|what| (i + 1, what))?;
        }
        Ok(())
    }

    fn add<'l>(&mut self, at: (usize, usize), cell: &dyn Fn(&str) -> &'l str) -> Result<(), String> {
        let (topic, form) = (cell("topic"), cell("form"));
        let replace = flag("replace", cell("replace"))?;
        let negative = flag("negative", cell("negative"))?;
        if topic == ALL {
            if !replace || !form.is_empty() {
                return Err("the topic `*` only says that all built-in topics are left out: `replace` 1 and no form".to_owned());
            }
            self.replaces_all = true;
            return Ok(());
        }
        check_slug(topic)?;
        let weight = weight(cell("weight"))?;
        if form.is_empty() && cell("label").is_empty() && !replace {
            return Err("the line says nothing: give a form, a label, or `replace` 1".to_owned());
        }
        let known = match self.topics.iter().position(|t| t.slug == topic) {
            Some(i) => i,
            None => {
                self.topics.push(UserTopic { slug: topic.to_owned(), label: None, replaced: false });
                self.topics.len() - 1
            }
        };
        self.topics[known].replaced |= replace;
        if !cell("label").is_empty() {
            self.topics[known].label = Some(cell("label").to_owned());
        }
        if self.cues.iter().any(|cue| cue.form == form && cue.topic == topic) {
            return Err(format!("`{form}` is a cue of {topic} already"));
        }
        if !form.is_empty() {
            self.cues.push(UserCue { at, form: form.to_owned(), topic: topic.to_owned(), weight, negative, needs: cell("needs").to_owned() });
        }
        Ok(())
    }
}

fn row<'c>(cue: &'c UserCue, weight: &'c str) -> Row<'c> {
    let cell = |column: &&'static str| match *column {
        "form" => cue.form.as_str(),
        "topic" => cue.topic.as_str(),
        "weight" => weight,
        "negative" if cue.negative => "1",
        "needs" => cue.needs.as_str(),
        _ => "",
    };
    let cells = List::Topics.schema().columns.iter().map(cell).collect();
    Row { list: List::Topics, line: cue.at.1, cells }
}

fn check_header(header: &[&str]) -> Result<(), String> {
    if let Some(unknown) = header.iter().find(|column| !COLUMNS.contains(column)) {
        return Err(format!("unknown column `{unknown}`; a file of topics has: {}", COLUMNS.join(", ")));
    }
    if let Some(twice) = header.iter().enumerate().find(|(i, column)| header[..*i].contains(column)) {
        return Err(format!("column `{}` stands twice", twice.1));
    }
    match ["topic", "form"].iter().find(|column| !header.contains(column)) {
        Some(missing) => Err(format!("the first line names the columns; `{missing}` is missing; a file of topics has: {}", COLUMNS.join(", "))),
        None => Ok(()),
    }
}

fn check_slug(slug: &str) -> Result<(), String> {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if slug.is_empty() || !slug.bytes().all(fits) || slug.starts_with('-') || slug.ends_with('-') {
        return Err(format!("`{slug}` is no topic: write small letters, digits and hyphens, as in `climate-change`"));
    }
    Ok(())
}

fn flag(column: &str, cell: &str) -> Result<bool, String> {
    match cell {
        "" | "0" => Ok(false),
        "1" => Ok(true),
        _ => Err(format!("`{column}` is `{cell}`: write 1 for yes, 0 or nothing for no")),
    }
}

fn weight(cell: &str) -> Result<f32, String> {
    if cell.is_empty() {
        return Ok(WEIGHT);
    }
    let value = cell.parse().ok().filter(|w: &f32| *w > 0.0 && *w <= 10.0);
    value.ok_or_else(|| format!("`weight` is `{cell}`: write a number above 0, at most 10 (the built-in cues have 1 to 5)"))
}

/// The plural of a form in small letters; none for names, exact forms and what ends in no plain letter or in s.
fn plural(form: &str) -> Option<String> {
    let word = form.rsplit([' ', '-']).next()?;
    if word.len() < 3 || !form.is_ascii() || form.bytes().any(|b| b.is_ascii_uppercase() || b == b'=') || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let after_vowel = |tail: &str| word[..word.len() - tail.len()].ends_with(['a', 'e', 'i', 'o', 'u']);
    Some(match word {
        _ if word.ends_with('s') => return None,
        _ if word.ends_with('y') && !after_vowel("y") => format!("{}ies", &form[..form.len() - 1]),
        _ if word.ends_with('x') || word.ends_with("ch") || word.ends_with("sh") => format!("{form}es"),
        _ => format!("{form}s"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<UserTopics, Error> {
        UserTopics::read(&[("our.tsv".to_owned(), text.to_owned())])
    }

    #[test]
    fn topics_are_read_with_their_plurals() {
        let topics = read("# ours\nform\ttopic\tlabel\treplace\nsaiga antelope\tsteppe-wildlife\tSteppe wildlife\t\n\ttrade\t\t1\n").unwrap();
        let forms: Vec<&str> = topics.cues.iter().map(|cue| cue.form.as_str()).collect();
        assert_eq!(forms, ["saiga antelope", "saiga antelopes"]);
        assert_eq!(topics.topics[0].label.as_deref(), Some("Steppe wildlife"));
        assert!(topics.topics[1].replaced && !topics.topics[0].replaced && !topics.replaces_all);
        assert!(read("topic\tform\treplace\n*\t\t1\n").unwrap().replaces_all);
    }

    #[test]
    fn plurals_follow_the_rules_of_spelling() {
        for (form, wanted) in [
            ("tax treaty", Some("tax treaties")),
            ("railway", Some("railways")),
            ("gearbox", Some("gearboxes")),
            ("Green Deal", None),
            ("=AI", None),
            ("news", None),
        ] {
            assert_eq!(plural(form).as_deref(), wanted, "{form}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let cases = [
            ("topic\nx\n", "our.tsv:1: the first line names the columns; `form` is missing"),
            ("topic\tform\tshoe\n", "our.tsv:1: unknown column `shoe`"),
            ("topic\tform\ttopic\n", "our.tsv:1: column `topic` stands twice"),
            ("topic\tform\n\na\n", "our.tsv:3: 1 columns instead of 2"),
            ("topic\tform\nBig Topic\tx\n", "our.tsv:2: `Big Topic` is no topic"),
            ("topic\tform\tweight\na\tx\theavy\n", "our.tsv:2: `weight` is `heavy`"),
            ("topic\tform\tweight\na\tx\t-1\n", "our.tsv:2: `weight` is `-1`"),
            ("topic\tform\tnegative\na\tx\tno\n", "our.tsv:2: `negative` is `no`"),
            ("topic\tform\na\tx\na\tx\n", "our.tsv:3: `x` is a cue of a already"),
            ("topic\tform\na\t\n", "our.tsv:2: the line says nothing"),
            ("topic\tform\n*\tx\n", "our.tsv:2: the topic `*` only says"),
        ];
        for (text, start) in cases {
            let error = read(text).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(error.starts_with(start), "{text:?}: {error}");
        }
    }
}
