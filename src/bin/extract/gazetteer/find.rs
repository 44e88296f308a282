//! `extract gazetteer find`: what a name leads to.

use std::io::{self, Write};

use extract::gazetteer::inspect::{self, Found, Office, Query};

use super::{Styles, count, json_line, say};

/// Offices without a date asked for: those open when checked, if there are more than this many.
const MANY: usize = 12;

/// Longest cell and longest title shown, in characters; JSON has all.
const CELL: usize = 160;
const TITLE: usize = 56;

pub(super) fn run(query: &Query<'_>, json: bool, styles: Styles, out: &mut impl Write) -> Result<u8, Box<dyn std::error::Error>> {
    let table = super::builtin()?;
    let found = inspect::find(&table, query);
    for (i, entry) in found.iter().enumerate() {
        match json {
            true => json_line(out, entry)?,
            false => {
                if i > 0 {
                    writeln!(out)?;
                }
                show(entry, query, styles, out)?;
            }
        }
    }
    if found.is_empty() {
        let more = if query.contains { "" } else { "; --contains finds it inside longer names too" };
        say(&format!("no list has `{}`{more}", query.name.trim()));
        return Ok(1);
    }
    Ok(0)
}

fn show(entry: &Found, query: &Query<'_>, styles: Styles, out: &mut impl Write) -> io::Result<()> {
    let Styles { title, faint, .. } = styles;
    writeln!(out, "{title}{}{title:#}  {faint}{}/{}{faint:#}", entry.name, entry.list, entry.id)?;
    // A name repeated in `weak` is said once.
    let is_repeated = |i: usize| entry.forms[..i].iter().any(|form| form.form == entry.forms[i].form && form.strength == entry.forms[i].strength);
    for (i, form) in entry.forms.iter().enumerate().filter(|(i, _)| !is_repeated(*i)) {
        let label = if i == 0 { "forms" } else { "" };
        let case = match form.case {
            "exact" => ", letter for letter",
            "any" => ", in any case",
            _ => "",
        };
        let hit = if form.hit { title } else { faint };
        let plain = anstyle::Style::new();
        let text = if form.hit { hit } else { plain };
        writeln!(out, "  {faint}{label:8}{faint:#} {text}{}{text:#}  {faint}{}, {}{case}{faint:#}", form.form, form.column, form.strength)?;
    }
    if !entry.about.is_empty() {
        let about: Vec<String> = entry.about.iter().map(|(column, cell)| format!("{faint}{column}{faint:#} {}", cut(&cell.replace('|', ", "), CELL))).collect();
        writeln!(out, "  {faint}{:8}{faint:#} {}", "about", about.join("  "))?;
    }
    offices(entry, query, styles, out)?;
    writeln!(out, "  {faint}{:8}{faint:#} {}", "source", entry.source)
}

/// Of a person all offices; of others those of the day asked for, else those open when checked.
fn offices(entry: &Found, query: &Query<'_>, Styles { faint, title, .. }: Styles, out: &mut impl Write) -> io::Result<()> {
    let is_person = entry.list == "people";
    let is_shown = |office: &&Office| match office.on_date {
        _ if is_person || query.date.is_none() && entry.offices.len() <= MANY => true,
        Some(on_date) => matches!(on_date, "held" | "unknown"),
        None => office.to.is_none(),
    };
    let shown: Vec<&Office> = entry.offices.iter().filter(is_shown).collect();
    let titles: Vec<String> = shown.iter().map(|office| cut(&titled(office, entry), TITLE)).collect();
    let width = titles.iter().map(|title| title.chars().count()).max().unwrap_or(0);
    let names = if is_person { 0 } else { shown.iter().map(|office| office.name.chars().count()).max().unwrap_or(0).min(40) + 2 };
    for (i, (office, held)) in shown.iter().zip(&titles).enumerate() {
        let label = if i == 0 { "offices" } else { "" };
        let name = if is_person { "" } else { office.name.as_str() };
        let style = if office.on_date == Some("held") { title } else { anstyle::Style::new() };
        let pad = width.saturating_sub(held.chars().count());
        let period = format!("{} – {}", or(&office.from, "?"), office.to.as_deref().unwrap_or(""));
        let note = match (office.on_date, &office.to) {
            (Some("held"), _) => "in office",
            (Some("not-yet"), _) => "not yet",
            (Some("ended"), _) => "ended",
            (Some(_), _) => "not known",
            (None, None) => "open",
            _ => "",
        };
        let checked = if office.to.is_none() || office.on_date == Some("unknown") { format!("checked {}", office.as_of) } else { String::new() };
        let end = [note, &checked].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let end = if end.is_empty() { end } else { format!("  {faint}{end}{faint:#}") };
        writeln!(out, "  {faint}{label:8}{faint:#} {style}{held}{style:#}{:pad$}  {name:names$}{period:23}{end}", "")?;
    }
    let hidden = entry.offices.len() - shown.len();
    if hidden > 0 {
        let hint = if query.date.is_some() { "not held on that day" } else { "ended; --date shows a day, --json all" };
        writeln!(
            out,
            "  {faint}{:8} {} {hint}{faint:#}",
            if shown.is_empty() { "offices" } else { "" },
            count(hidden, if shown.is_empty() { "office" } else { "other" })
        )?;
    }
    Ok(())
}

/// The title, with whose office it is where the entry does not say it.
fn titled(office: &Office, entry: &Found) -> String {
    let whose = [&office.state, &office.org].into_iter().filter(|id| !id.is_empty() && **id != entry.id).cloned().collect::<Vec<_>>().join(", ");
    if whose.is_empty() { office.title.clone() } else { format!("{} ({whose})", office.title) }
}

/// A text cut to a number of characters.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text[..at].trim_end_matches([' ', ','])),
        None => text.to_owned(),
    }
}

fn or<'t>(text: &'t str, other: &'t str) -> &'t str {
    if text.is_empty() { other } else { text }
}
