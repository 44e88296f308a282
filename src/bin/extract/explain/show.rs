//! An explanation for people.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use extract::explain::{
    Candidate, Explanation, GuardSeen, Listed, ModelReason, Named, Outcome, Passage, Place, RelationReason, RoleReason, RuleText, Source, TopicCue, TopicReason,
};

/// How things look on a terminal; without colour every style is empty.
#[derive(Clone, Copy, Default)]
pub(super) struct Styles {
    head: Style,
    title: Style,
    faint: Style,
    bad: Style,
}

impl Styles {
    pub(super) fn new(color: bool) -> Styles {
        if !color {
            return Styles::default();
        }
        Styles { head: AnsiColor::Cyan.on_default().bold(), title: Style::new().bold(), faint: Style::new().dimmed(), bad: AnsiColor::Yellow.on_default() }
    }
}

/// Writes all of it.
pub(super) fn explanation(explanation: &Explanation<'_>, styles: Styles, out: &mut impl Write) -> io::Result<()> {
    let Styles { faint, .. } = styles;
    let date = explanation.date.as_deref().map_or("no date".to_owned(), |date| format!("date {date}"));
    writeln!(out, "{faint}{}  {date}{faint:#}", explanation.id)?;
    explanation.spans.iter().try_for_each(|span| passage(span, styles, out))?;
    explanation.relations.iter().try_for_each(|one| relation(one, styles, out))?;
    explanation.topics.iter().try_for_each(|one| topic(one, styles, out))?;
    explanation.warnings.iter().try_for_each(|warning| writeln!(out, "{faint}warning: {warning}{faint:#}"))
}

fn span(place: &Place) -> String {
    let within = place.within.map_or(String::new(), |within| format!(" of the {within}"));
    format!("{}–{}{within}", place.start, place.end)
}

fn passage(passage: &Passage<'_>, styles: Styles, out: &mut impl Write) -> io::Result<()> {
    let Styles { head, faint, bad, .. } = styles;
    writeln!(out, "\n{head}“{}”{head:#}  {faint}{}{faint:#}", flat(&passage.place.text), span(&passage.place))?;
    if let Some(why) = &passage.why_not {
        writeln!(out, "  {bad}{why}{bad:#}")?;
    }
    passage.candidates.iter().try_for_each(|one| candidate(one, styles, out))?;
    for hit in &passage.lexicon {
        let says = if hit.says.is_empty() { String::new() } else { format!(": {}", hit.says) };
        writeln!(out, "  {faint}lexicon   “{}” {}{says}{faint:#}", flat(&hit.place.text), row(&hit.row))?;
    }
    Ok(())
}

fn candidate(candidate: &Candidate<'_>, styles: Styles, out: &mut impl Write) -> io::Result<()> {
    let Styles { title, faint, bad, .. } = styles;
    let (word, style) = match candidate.outcome {
        Outcome::Stands => ("stands", title),
        Outcome::Lost => ("lost", bad),
        Outcome::Dropped => ("dropped", bad),
        Outcome::NotProposed => ("not taken", faint),
    };
    let conf = candidate.conf.map_or(String::new(), |conf| format!("  {:.2}", conf.0));
    let place = &candidate.place;
    writeln!(out, "  {style}{word:9}{style:#} {} “{}” {faint}{}{conf}{faint:#}", candidate.label.name(), flat(&place.text), span(place))?;
    writeln!(out, "            from    {}", source(&candidate.source))?;
    writeln!(out, "            because {}", candidate.because)?;
    if let Some(rival) = &candidate.beaten_by {
        writeln!(
            out,
            "            lost to {} “{}” {faint}{}{faint:#} {}",
            rival.label.name(),
            flat(&rival.place.text),
            span(&rival.place),
            source(&rival.source)
        )?;
    }
    if let Some(entity) = &candidate.entity {
        writeln!(out, "            is      {}", named(entity))?;
    }
    if let Some(value) = &candidate.value {
        writeln!(out, "            value   {value}")?;
    }
    candidate.guards.iter().try_for_each(|one| guard(one, out))?;
    candidate.model.iter().try_for_each(|one| model(one, styles, out))?;
    candidate.roles.iter().try_for_each(|one| role(one, out))
}

fn model(model: &ModelReason, Styles { faint, .. }: Styles, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "            model   share {:.2}, {:.2} needed (no name: {:.2}); what speaks for it (+) and against it (−):",
        model.share.0, model.needed.0, model.none.0
    )?;
    let mut line = |w: f32, says: &str| writeln!(out, "            {faint}{:>7}  {says}{faint:#}", signed(w));
    model.features.iter().try_for_each(|feature| line(feature.w.0, &feature.says))?;
    let (count, sum) = &model.others;
    if *count > 0 {
        line(sum.0, &format!("{count} other features"))?;
    }
    if model.elsewhere.0.abs() >= 0.005 { line(model.elsewhere.0, "the other places of these words") } else { Ok(()) }
}

fn signed(weight: f32) -> String {
    let sign = if weight < 0.0 { '−' } else { '+' };
    format!("{sign}{:.2}", weight.abs())
}

fn guard(guard: &GuardSeen, out: &mut impl Write) -> io::Result<()> {
    let said = match (guard.condition, &guard.value) {
        (Some("needs"), Some(value)) => format!("fired: the text says none of `{value}`"),
        (Some(condition), Some(value)) => format!("fired: {condition} `{value}`"),
        _ => "agrees".to_owned(),
    };
    let note = if guard.note.is_empty() { String::new() } else { format!(" ({})", guard.note) };
    writeln!(out, "            guard   {} {said}{note}", row(&guard.row))
}

fn role(role: &RoleReason<'_>, out: &mut impl Write) -> io::Result<()> {
    let class = if role.class.is_empty() { "no class" } else { role.class };
    let portfolio = role.portfolio.map_or(String::new(), |portfolio| format!(", {portfolio}"));
    writeln!(out, "            role    {} {class}{portfolio}, {}", role.id, role.status)?;
    let inferred = if role.inferred { ", not named here" } else { "" };
    let holder = role.holder.as_ref().map_or(format!("none{inferred}"), |holder| format!("{}{inferred}", named(holder)));
    writeln!(out, "            holder  {holder}{}", by(role.link.as_ref()))?;
    if let Some(org) = &role.org {
        writeln!(out, "            body    {}", named(org))?;
    }
    if let Some(state) = role.state {
        writeln!(out, "            state   {state}{}", by(role.state_basis.as_ref()))?;
    }
    if let Some(verdict) = &role.verdict {
        writeln!(out, "            on list {}: {}", verdict.id, verdict.description)?;
    }
    for tenure in &role.tenures {
        let (from, to) = (or(&tenure.from, "?"), or(&tenure.to, "open"));
        writeln!(out, "            tenure  {} {}, {from} – {to}, checked {}", row(&tenure.row), tenure.title, tenure.as_of)?;
    }
    Ok(())
}

fn relation(relation: &RelationReason, styles: Styles, out: &mut impl Write) -> io::Result<()> {
    let Styles { head, faint, .. } = styles;
    let trigger = &relation.trigger;
    writeln!(out, "\n{head}{} {}{head:#}  {faint}{:.2}{faint:#}", relation.id, relation.kind, relation.conf.0)?;
    let says = if relation.says.is_empty() { String::new() } else { format!(": {}", relation.says) };
    let listed = relation.row.as_ref().map_or(String::new(), |listed| format!(" {}{says}", row(listed)));
    writeln!(out, "  trigger   “{}” {faint}{}{faint:#}{listed}", flat(&trigger.text), span(trigger))?;
    for side in &relation.participants {
        let part = side.part.as_deref().map_or(String::new(), |part| format!(" as {part}"));
        let office = side.role.as_deref().map_or(String::new(), |role| format!(", by the office {role}"));
        writeln!(out, "  side      {}{part}{office}", named(&side.who))?;
    }
    let date = relation.date.as_deref().map_or(String::new(), |date| format!(", {date}{}", by(relation.date_basis.as_ref())));
    writeln!(out, "  tense     {}{date}", relation.tense)?;
    writeln!(out, "  evidence  {faint}{}{faint:#} {}", span(&relation.evidence), flat(&relation.evidence.text))
}

fn topic(topic: &TopicReason, styles: Styles, out: &mut impl Write) -> io::Result<()> {
    let Styles { head, faint, bad, .. } = styles;
    let main = if topic.main { ", main" } else { "" };
    writeln!(out, "\n{head}topic {}{head:#}  {faint}{:.2}{main}{faint:#}", topic.id, topic.score.0)?;
    if let Some(why) = &topic.why_not {
        writeln!(out, "  {bad}not found: {why}{bad:#}")?;
    }
    topic.evidence.iter().try_for_each(|one| cue(&format!("{:.2}", one.w.0), one, styles, out))?;
    topic.unused.iter().try_for_each(|one| cue("–", one, styles, out))
}

fn cue(weight: &str, cue: &TopicCue, Styles { faint, .. }: Styles, out: &mut impl Write) -> io::Result<()> {
    let times = if cue.count > 1 { format!(" ×{}", cue.count) } else { String::new() };
    let listed = cue.row.as_ref().map_or(String::new(), |listed| format!(" {}", row(listed)));
    writeln!(out, "  {weight:9} “{}”{times} {faint}{}{listed}: {}{faint:#}", flat(&cue.place.text), span(&cue.place), cue.says)
}

fn by(rule: Option<&RuleText>) -> String {
    rule.map_or(String::new(), |rule| format!(" by {} ({})", rule.id, rule.description))
}

fn source(source: &Source) -> String {
    match source {
        Source::List(listed) => {
            let column = listed.column.map_or(String::new(), |column| format!(", {column}"));
            let strength = listed.strength.map_or(String::new(), |strength| format!(", {strength}"));
            format!("{}/{} {}{column}{strength}", listed.list, listed.entry, row(listed))
        }
        Source::Rule(rule) => format!("rule {}: {}", rule.id, rule.description),
        Source::Coreference(rule) => format!("coreference {}: {}", rule.id, rule.description),
        Source::Model(model) => format!("model {}: {}", model.id, model.description),
    }
}

fn row(listed: &Listed) -> String {
    listed.line.map_or(listed.file.clone(), |line| format!("{}:{line}", listed.file))
}

fn named(named: &Named) -> String {
    let reference = named.reference.as_deref().map_or(String::new(), |reference| format!(" ({reference})"));
    format!("{} {}{reference}", named.id, named.name)
}

/// On one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn or<'t>(text: &'t str, other: &'t str) -> &'t str {
    if text.is_empty() { other } else { text }
}
