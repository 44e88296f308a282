//! A readable summary of one document, for a terminal. Not a format for programs: it may change.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::annotation::{EntityRef, Evidence, Extraction, Id, Mention, Role};
use crate::error::Failure;

/// Longest text shown of one thing, in characters.
const WIDTH: usize = 100;

/// Writes the summary; parts that hold nothing are left out.
///
/// # Errors
/// When `out` does not take it.
pub fn write(record: &Extraction<'_>, color: bool, out: &mut impl Write) -> io::Result<()> {
    let styles = Styles::new(color);
    let mut summary = Summary { record, styles, out };
    summary.head()?;
    summary.people()?;
    summary.offices_without_holder()?;
    summary.things()?;
    summary.dates()?;
    summary.topics()?;
    summary.relations()?;
    summary.warnings()
}

/// Writes a document that failed.
///
/// # Errors
/// When `out` does not take it.
pub fn write_failure(failure: &Failure, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}: {}", shown(&failure.id), shown(&failure.message))
}

#[derive(Clone, Copy)]
struct Styles {
    head: Style,
    title: Style,
    faint: Style,
}

impl Styles {
    fn new(color: bool) -> Styles {
        match color {
            true => Styles { head: AnsiColor::Cyan.on_default().bold(), title: Style::new().bold(), faint: Style::new().dimmed() },
            false => Styles { head: Style::new(), title: Style::new(), faint: Style::new() },
        }
    }
}

struct Summary<'s, 't, W> {
    record: &'s Extraction<'t>,
    styles: Styles,
    out: &'s mut W,
}

impl<W: Write> Summary<'_, '_, W> {
    fn head(&mut self) -> io::Result<()> {
        let Styles { title, faint, .. } = self.styles;
        let doc = &self.record.doc;
        match &doc.title {
            Some(name) => writeln!(self.out, "{title}{}{title:#}  {faint}{}{faint:#}", shown(name), shown(&doc.id))?,
            None => writeln!(self.out, "{title}{}{title:#}", shown(&doc.id))?,
        }
        if let Some(date) = &doc.date {
            writeln!(self.out, "  {} {faint}({}){faint:#}", shown(&date.value), date.from)?;
        }
        if let Some(issuer) = &doc.issuer {
            let org = issuer.org.and_then(|id| self.org(id));
            let who: Vec<String> = [org, issuer.state.map(|code| self.state(code))].into_iter().flatten().collect();
            writeln!(self.out, "  issued by {} {faint}({}){faint:#}", who.join(", "), shown(issuer.basis))?;
        }
        if self.record.is_empty() {
            writeln!(self.out, "  {faint}nothing found{faint:#}")?;
        }
        Ok(())
    }

    fn section(&mut self, name: &str) -> io::Result<()> {
        let head = self.styles.head;
        writeln!(self.out, "{head}{name}{head:#}")
    }

    fn people(&mut self) -> io::Result<()> {
        if !self.record.people.is_empty() {
            self.section("People")?;
        }
        for person in &self.record.people {
            writeln!(self.out, "  {}{}", shown(&person.name), times(person.count))?;
            for role in self.record.roles.iter().filter(|role| role.person == Some(person.id)) {
                self.role(role, "    ")?;
            }
        }
        Ok(())
    }

    fn offices_without_holder(&mut self) -> io::Result<()> {
        let mut roles = self.record.roles.iter().filter(|role| role.person.is_none()).peekable();
        if roles.peek().is_some() {
            self.section("Offices without a name")?;
        }
        roles.try_for_each(|role| self.role(role, "  "))
    }

    /// Title, organisation, state, and what that rests on.
    fn role(&mut self, role: &Role<'_>, indent: &str) -> io::Result<()> {
        let faint = self.styles.faint;
        let mut line = shown(&role.title);
        let org = role.org.and_then(|id| self.org(id)).filter(|name| !line.contains(name.as_str()));
        for part in org.into_iter().chain(role.state.map(|code| self.state(code))) {
            line.push_str(", ");
            line.push_str(&part);
        }
        let mut basis = Vec::new();
        if role.status != "current" {
            basis.push(role.status.to_owned());
        }
        if let Some(from) = role.state_basis {
            basis.push(format!("state by {from}"));
        }
        if let Some(list) = &role.on_list {
            let as_of = list.as_of.map(|day| format!(" as of {day}")).unwrap_or_default();
            basis.push(format!("list: {}{as_of}", list.verdict));
        }
        match basis.is_empty() {
            true => writeln!(self.out, "{indent}{line}"),
            false => writeln!(self.out, "{indent}{line} {faint}({}){faint:#}", basis.join("; ")),
        }
    }

    fn things(&mut self) -> io::Result<()> {
        let record = self.record;
        let states = record.states.iter().map(|e| (shown(e.name), Some(e.id), e.count)).collect();
        let organizations = record.organizations.iter().map(|e| (shown(&e.name), e.kind, e.count)).collect();
        let places = record.places.iter().map(|e| (shown(&e.name), e.kind, e.count)).collect();
        let agreements = record.agreements.iter().map(|e| (shown(&e.name), e.kind, e.count)).collect();
        let events = record.events.iter().map(|e| (shown(&e.name), e.kind, e.count)).collect();
        self.list("States", states)?;
        self.list("Organisations", organizations)?;
        self.list("Places", places)?;
        self.list("Agreements", agreements)?;
        self.list("Events", events)
    }

    fn list(&mut self, name: &str, things: Vec<(String, Option<&str>, usize)>) -> io::Result<()> {
        if !things.is_empty() {
            self.section(name)?;
        }
        let faint = self.styles.faint;
        for (name, kind, count) in things {
            let kind = kind.map(|kind| format!(" {faint}{kind}{faint:#}")).unwrap_or_default();
            writeln!(self.out, "  {name}{kind}{}", times(count))?;
        }
        Ok(())
    }

    fn dates(&mut self) -> io::Result<()> {
        if self.record.dates.is_empty() {
            return Ok(());
        }
        self.section("Dates")?;
        let faint = self.styles.faint;
        let mentions: BTreeMap<Id, &Mention<'_>> = self.record.mentions.iter().map(|mention| (mention.id, mention)).collect();
        for date in &self.record.dates {
            let words = date.mentions.first().and_then(|id| mentions.get(id)).map(|mention| shown(mention.text)).unwrap_or_default();
            writeln!(self.out, "  {} {faint}{words}{faint:#}{}", shown(&date.value), times(date.mentions.len()))?;
        }
        Ok(())
    }

    fn topics(&mut self) -> io::Result<()> {
        if !self.record.topics.is_empty() {
            self.section("Topics")?;
        }
        let faint = self.styles.faint;
        for topic in &self.record.topics {
            let cue = |evidence: &Evidence<'_>| evidence.text.map(shown).or_else(|| evidence.by.map(|by| self.name(by)));
            let cues: Vec<String> = topic.evidence.iter().filter_map(cue).take(3).collect();
            writeln!(self.out, "  {:.2} {} {faint}{}{faint:#}", topic.score.0, topic.label, cues.join(", "))?;
        }
        Ok(())
    }

    fn relations(&mut self) -> io::Result<()> {
        if !self.record.relations.is_empty() {
            self.section("Relations")?;
        }
        let faint = self.styles.faint;
        for relation in &self.record.relations {
            let sides: Vec<String> = relation.participants.iter().map(|p| self.name(p.entity)).collect();
            let mut basis: Vec<String> = relation.date.iter().map(|date| shown(date)).collect();
            basis.extend(relation.place.map(|place| self.name(place)));
            if relation.tense != "past" {
                basis.push(relation.tense.to_owned());
            }
            basis.extend(relation.attributed_by.map(|who| format!("says {}", self.name(who))));
            write!(self.out, "  {}: {}", relation.kind, sides.join(", "))?;
            if !basis.is_empty() {
                write!(self.out, " {faint}{}{faint:#}", basis.join("; "))?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    /// Name of what a relation or a topic refers to, or its id when the array has been filtered away.
    fn name(&self, reference: EntityRef<'_>) -> String {
        let id = match reference {
            EntityRef::State(code) => return self.state(code),
            EntityRef::Id(id) => id,
        };
        let person = || self.record.people.iter().find(|e| e.id == id).map(|e| shown(&e.name));
        let place = || self.record.places.iter().find(|e| e.id == id).map(|e| shown(&e.name));
        let agreement = || self.record.agreements.iter().find(|e| e.id == id).map(|e| shown(&e.name));
        let event = || self.record.events.iter().find(|e| e.id == id).map(|e| shown(&e.name));
        self.org(id).or_else(person).or_else(place).or_else(agreement).or_else(event).unwrap_or_else(|| id.to_string())
    }

    fn warnings(&mut self) -> io::Result<()> {
        let faint = self.styles.faint;
        self.record.doc.warnings.iter().try_for_each(|warning| writeln!(self.out, "{faint}warning: {}{faint:#}", shown(warning)))
    }

    fn org(&self, id: Id) -> Option<String> {
        self.record.organizations.iter().find(|org| org.id == id).map(|org| shown(&org.name))
    }

    /// A state's name, or its code when the array has been filtered away.
    fn state(&self, code: &str) -> String {
        self.record.states.iter().find(|state| state.id == code).map_or_else(|| code.to_owned(), |state| shown(state.name))
    }
}

/// ` ×3` from the second on.
fn times(count: usize) -> String {
    if count > 1 { format!(" ×{count}") } else { String::new() }
}

/// Text on one line, cut to a width, without control characters: what a document says must not move the cursor.
fn shown(text: &str) -> String {
    let mut words = String::with_capacity(text.len().min(4 * WIDTH));
    for (i, word) in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).enumerate() {
        if i > 0 {
            words.push(' ');
        }
        words.push_str(word);
        if words.len() > 4 * WIDTH {
            break;
        }
    }
    match words.char_indices().nth(WIDTH) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(shown("a\n\u{1b}[2Jb\u{7}  c"), "a [2Jb c");
        assert_eq!(shown(&"é".repeat(200)).chars().count(), WIDTH + 1);
    }
}
