//! Stand-in for the engine: finds a handful of literal strings. Replaced at merge.
#![allow(missing_docs)]

use std::borrow::Cow;

use crate::annotation::*;
use crate::error::Error;

#[derive(Clone, Debug)]
pub struct Extractor;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimexMode {
    #[default]
    Extract,
    TimeMl,
}

#[derive(Clone, Debug, Default)]
pub struct Input<'t> {
    pub id: Cow<'t, str>,
    pub text: &'t str,
    pub title: Option<&'t str>,
    pub date: Option<GivenDate>,
    pub warnings: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct GivenDate {
    pub value: String,
    pub from: &'static str,
}

#[derive(Clone, Debug, Default)]
pub struct ExtractorBuilder;

impl ExtractorBuilder {
    pub fn timex(self, _mode: TimexMode) -> Self {
        self
    }
    pub fn build(self) -> Result<Extractor, Error> {
        Ok(Extractor)
    }
}

impl Extractor {
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder
    }

    pub fn extract<'t>(&self, text: &'t str) -> Extraction<'t> {
        self.extract_document(&Input { id: "-".into(), text, ..Input::default() })
    }

    pub fn extract_document<'t>(&self, doc: &Input<'t>) -> Extraction<'t> {
        let mut out = Extraction {
            schema: SCHEMA,
            doc: Doc {
                id: doc.id.clone(),
                title: doc.title.map(Cow::Borrowed),
                sha256: "0".repeat(64),
                bytes: doc.text.len(),
                offsets: OffsetUnit::Utf8Byte,
                lang: "en",
                complete: true,
                date: doc.date.as_ref().map(|d| DocDate { value: d.value.clone(), from: d.from, mention: None }),
                extract: Identity { version: env!("CARGO_PKG_VERSION"), gazetteers: "stand-in".to_owned() },
                warnings: doc.warnings.clone(),
                ..Doc::default()
            },
            people: vec![],
            roles: vec![],
            states: vec![],
            organizations: vec![],
            places: vec![],
            agreements: vec![],
            events: vec![],
            dates: vec![],
            topics: vec![],
            relations: vec![],
            mentions: vec![],
        };
        let mut found = vec![];
        for (within, text) in [(Some("title"), doc.title.unwrap_or("")), (None, doc.text)] {
            for name in ["Embassy of Armenia", "Armenia", "Azerbaijan", "Ilham Aliyev", "18 September 2024"] {
                found.extend(text.match_indices(name).map(|(at, name)| (within.is_none(), at, std::cmp::Reverse(name.len()), name)));
            }
        }
        found.sort();
        let mut outer: Option<(usize, Id)> = None;
        for (i, (in_text, start, _, name)) in found.into_iter().enumerate() {
            let id = Id { letter: 'm', number: i as u32 };
            let end = start + name.len();
            let nested_in = outer.filter(|(to, _)| in_text && end <= *to).map(|(_, id)| id);
            let first = |letter| Id { letter, number: 1 };
            let (label, entity) = match name {
                "Armenia" => (Label::State, EntityRef::State("AM")),
                "Azerbaijan" => (Label::State, EntityRef::State("AZ")),
                "Ilham Aliyev" => (Label::Person, EntityRef::Id(first('p'))),
                "Embassy of Armenia" => (Label::Organization, EntityRef::Id(first('o'))),
                _ => (Label::Date, EntityRef::Id(first('d'))),
            };
            if name.starts_with("Emb") {
                outer = Some((end, id));
            }
            let date = (label == Label::Date).then(|| MentionDate {
                value: "2024-09-18".into(),
                kind: TimexKind::Date,
                grain: Grain::Day,
                range: None,
                anchor: Some(Anchor::Itself),
                completed: &[],
            });
            out.mentions.push(Mention {
                id,
                start: start as u32,
                end: end as u32,
                text: name,
                label,
                entity,
                form: Some(Form::Name),
                stands_for: None,
                nested_in,
                within: if in_text { None } else { Some("title") },
                via: "rule:stand-in".into(),
                conf: Score(0.9),
                date,
            });
        }
        let of = |out: &Extraction<'_>, entity| out.mentions.iter().filter(|m| m.entity == entity).map(|m| m.id).collect::<Vec<_>>();
        for (code, name) in [("AM", "Armenia"), ("AZ", "Azerbaijan")] {
            let mentions = of(&out, EntityRef::State(code));
            if !mentions.is_empty() {
                out.states.push(State {
                    id: code,
                    name,
                    iso3: None,
                    wikidata: None,
                    salience: Score(0.5),
                    count: mentions.len(),
                    mentions,
                });
            }
        }
        let id = Id { letter: 'p', number: 1 };
        let mentions = of(&out, EntityRef::Id(id));
        if !mentions.is_empty() {
            out.people.push(Person {
                id,
                name: "Ilham Aliyev".into(),
                known: true,
                reference: None,
                wikidata: None,
                similar: vec![],
                candidates: vec![],
                salience: Score(0.5),
                count: mentions.len(),
                mentions,
            });
        }
        let id = Id { letter: 'o', number: 1 };
        let mentions = of(&out, EntityRef::Id(id));
        if !mentions.is_empty() {
            out.organizations.push(Organization {
                id,
                name: "Embassy of Armenia".into(),
                kind: None,
                state: Some("AM"),
                known: false,
                reference: None,
                wikidata: None,
                aliases: vec![],
                implicit: false,
                candidates: vec![],
                salience: Score(0.5),
                count: mentions.len(),
                mentions,
            });
        }
        let id = Id { letter: 'd', number: 1 };
        let mentions = of(&out, EntityRef::Id(id));
        if !mentions.is_empty() {
            out.dates.push(Date { id, value: "2024-09-18".into(), kind: TimexKind::Date, grain: Grain::Day, mentions });
        }
        out
    }
}
