//! Assembly: settled mentions, entities and ties become the result of schema `extract/1`.

mod organization;
mod person;
mod relation;
mod role;

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::annotation::{
    Agreement, Anchor, Date, Doc, DocDate, EntityRef, Event, Evidence, Extraction, Form, Id, Identity, Issuer, Label, Mention, MentionDate, OffsetUnit, Place,
    Range, SCHEMA, Score, State, Text, TimexKind, Topic, TopicMaps,
};
use crate::extractor::{Dated, Input};
use crate::gazetteer::{Column, EntryId, List, Tables};
use crate::recognize::timex::TimexAnchor;
use crate::recognize::{Context, Found, Via};
use crate::relation::Happening;
use crate::resolve::coreference::Entity;
use crate::resolve::holder::Held;
use crate::resolve::issuer::IssuerState;
use crate::resolve::metonym;
use crate::resolve::similar::NearLetters;
use crate::resolve::tenure::Tenures;
use crate::span::Span;
use crate::topic::{Cause, Scored};

/// What the stages found.
pub(crate) struct Parts<'p, 't> {
    pub(crate) ctx: &'p Context<'p, 't>,
    /// Bytes of the title read before the text; 0 when the text came alone.
    pub(crate) offset: usize,
    pub(crate) input: &'p Input<'t>,
    pub(crate) lang: &'t str,
    pub(crate) title: Option<Text<'t>>,
    pub(crate) dated: Dated,
    pub(crate) found: Vec<Found<'t>>,
    pub(crate) entities: Vec<Entity<'t>>,
    pub(crate) entity_of: Vec<Option<usize>>,
    pub(crate) held: Vec<Held<'t>>,
    pub(crate) issuer: Option<IssuerState>,
    pub(crate) topics: Vec<Scored<'t>>,
    /// What the dated list says.
    pub(crate) tenures: Tenures<'t>,
    pub(crate) near_letters: &'p NearLetters,
    pub(crate) relations: Vec<Happening<'t>>,
}

/// Builds the result.
pub(crate) fn assemble<'t>(mut parts: Parts<'_, 't>) -> Extraction<'t> {
    add_deictics(&mut parts);
    let order = text_order(&parts.found);
    let mut number = vec![0u32; order.len()];
    for (n, i) in order.iter().enumerate() {
        number[*i] = n as u32;
    }
    let mut builder = Builder {
        number,
        ids: Vec::with_capacity(parts.entities.len()),
        dates: Vec::new(),
        date_of: FxHashMap::default(),
        role_of: FxHashMap::default(),
        out: empty(&parts),
        parts: &parts,
    };
    builder.number_entities();
    builder.add_dates(&order);
    builder.add_roles();
    builder.add_entities();
    builder.add_mentions(&order);
    builder.add_topics();
    builder.add_relations();
    builder.finish()
}

/// "our country" in a text whose issuer is known.
fn add_deictics(parts: &mut Parts<'_, '_>) {
    let Some(issuer) = parts.issuer else { return };
    let ctx = parts.ctx;
    let starts = (0..ctx.tokens.len()).filter(|i| ctx.has(*i, List::Deictics));
    let hits: Vec<_> = starts.flat_map(|i| ctx.lookups.at(i)).filter(|h| h.list == List::Deictics && ctx.cell(h, Column::Kind) == "issuer").copied().collect();
    for hit in hits {
        if parts.found.iter().any(|f| f.span.overlaps(hit.span)) {
            continue;
        }
        let mut found = ctx.by_rule(hit.first as usize, hit.end as usize, Label::State, Form::Deictic, "deixis.our_country->issuer", 0.75);
        found.entry = Some((List::States, issuer.state));
        let entity = parts.entities.iter().position(|e| e.entry == found.entry);
        let entity = entity.unwrap_or_else(|| {
            parts.entities.push(Entity { label: Label::State, mentions: Vec::new(), entry: found.entry, kind: "", ordinal: None, rivals: Vec::new() });
            parts.entities.len() - 1
        });
        parts.entities[entity].mentions.push(parts.found.len());
        parts.entity_of.push(Some(entity));
        parts.found.push(found);
    }
}

fn text_order(found: &[Found<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|i| (found[*i].span.start, std::cmp::Reverse(found[*i].span.end), found[*i].label != Label::Role));
    order
}

fn empty<'t>(parts: &Parts<'_, 't>) -> Extraction<'t> {
    let input = parts.input;
    Extraction {
        schema: SCHEMA,
        doc: Doc {
            id: input.id.clone(),
            source: None,
            title: parts.title.clone(),
            sha256: hexadecimal(&Sha256::digest(input.text.as_bytes())),
            bytes: input.text.len(),
            offsets: OffsetUnit::Utf8Byte,
            lang: parts.lang,
            complete: true,
            date: None,
            issuer: None,
            extract: Identity { version: env!("CARGO_PKG_VERSION"), gazetteers: format!("{:016x}", parts.ctx.table.checksum()) },
            warnings: input.warnings.clone(),
        },
        people: Vec::new(),
        roles: Vec::new(),
        states: Vec::new(),
        organizations: Vec::new(),
        places: Vec::new(),
        agreements: Vec::new(),
        events: Vec::new(),
        dates: Vec::new(),
        topics: Vec::new(),
        relations: Vec::new(),
        mentions: Vec::with_capacity(parts.found.len()),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)] as char, DIGITS[usize::from(b & 15)] as char]).collect()
}

struct Builder<'b, 't> {
    parts: &'b Parts<'b, 't>,
    /// Mention number of each found mention.
    number: Vec<u32>,
    /// Reference of each entity.
    ids: Vec<EntityRef<'t>>,
    /// Mentions of each date value.
    dates: Vec<Vec<Id>>,
    /// Date id of each date mention.
    date_of: FxHashMap<usize, u32>,
    /// Role id of each role mention.
    role_of: FxHashMap<usize, Id>,
    out: Extraction<'t>,
}

impl<'t> Builder<'_, 't> {
    fn table(&self) -> &'t Tables {
        self.parts.ctx.table
    }

    fn mention_id(&self, found: usize) -> Id {
        Id { letter: 'm', number: self.number[found] }
    }

    /// The text under a span, from the caller's own strings.
    fn slice(&self, span: Span) -> &'t str {
        let (start, end, text) = self.place(span);
        text.get(start as usize..end as usize).unwrap_or("")
    }

    /// Offsets in the title or the text, and which of them.
    fn place(&self, span: Span) -> (u32, u32, &'t str) {
        let offset = self.parts.offset as u32;
        match self.parts.input.title {
            Some(title) if span.end <= offset => (span.start, span.end, title),
            _ => (span.start - offset, span.end - offset, self.parts.input.text),
        }
    }

    fn in_title(&self, span: Span) -> bool {
        span.end <= self.parts.offset as u32
    }

    fn number_entities(&mut self) {
        let mut counts: FxHashMap<char, u32> = FxHashMap::default();
        for entity in &self.parts.entities {
            let letter = match entity.label {
                Label::Person => 'p',
                Label::Organization => 'o',
                Label::Place => 'l',
                Label::Agreement => 'a',
                Label::Event => 'e',
                _ => {
                    self.ids.push(EntityRef::State(self.state_code(entity.entry)));
                    continue;
                }
            };
            let count = counts.entry(letter).or_default();
            *count += 1;
            self.ids.push(EntityRef::Id(Id { letter, number: *count }));
        }
    }

    fn state_code(&self, entry: Option<(List, EntryId)>) -> &'t str {
        match entry {
            Some((List::States, e)) => {
                let code = self.parts.ctx.table.cell(List::States, e, Column::Id);
                if code.len() == 2 { code } else { "--" }
            }
            _ => "--",
        }
    }

    fn add_dates(&mut self, order: &[usize]) {
        let mut by_value: FxHashMap<(&str, TimexKind), u32> = FxHashMap::default();
        for i in order.iter().copied().filter(|i| self.parts.found[*i].label == Label::Date) {
            let Some(timex) = self.parts.found[i].link.and_then(|t| self.parts.dated.timexes.get(t as usize)) else { continue };
            let next = self.dates.len() as u32 + 1;
            let number = *by_value.entry((timex.value.as_str(), timex.kind)).or_insert(next);
            if number == next {
                self.dates.push(Vec::new());
                let id = Id { letter: 'd', number };
                self.out.dates.push(Date { id, value: Cow::Owned(timex.value.clone()), kind: timex.kind, grain: timex.grain, mentions: Vec::new() });
            }
            let mention = self.mention_id(i);
            self.dates[number as usize - 1].push(mention);
            self.date_of.insert(i, number);
            if let Some(warning) = &timex.warning {
                self.out.doc.warnings.push(warning.clone());
            }
        }
        for (date, mentions) in self.out.dates.iter_mut().zip(std::mem::take(&mut self.dates)) {
            date.mentions = mentions;
        }
    }

    fn entity_id(&self, found: usize) -> Option<Id> {
        match self.parts.entity_of[found].map(|e| self.ids[e]) {
            Some(EntityRef::Id(id)) => Some(id),
            _ => None,
        }
    }

    fn add_entities(&mut self) {
        for e in 0..self.parts.entities.len() {
            match self.parts.entities[e].label {
                Label::Person => self.add_person(e),
                Label::State => self.add_state(e),
                Label::Organization => self.add_organization(e),
                Label::Place => self.add_place(e),
                Label::Agreement => self.add_agreement(e),
                Label::Event => self.add_event(e),
                Label::Role | Label::Date => {}
            }
        }
    }

    fn id(&self, e: usize) -> Id {
        match self.ids[e] {
            EntityRef::Id(id) => id,
            EntityRef::State(_) => Id { letter: 's', number: e as u32 },
        }
    }

    fn mentions(&self, e: usize) -> Vec<Id> {
        let mut ids: Vec<Id> = self.parts.entities[e].mentions.iter().map(|m| self.mention_id(*m)).collect();
        ids.sort_unstable();
        ids
    }

    /// How much an entity weighs: how often, how early, whether in the title.
    fn salience(&self, e: usize) -> Score {
        let mentions = &self.parts.entities[e].mentions;
        let count = mentions.len() as f32;
        let first = mentions.iter().map(|m| self.parts.found[*m].span.start).min().unwrap_or(0) as f32;
        let length = (self.parts.ctx.text.len() as f32).max(1.0);
        let early = 1.0 - (first / length).min(1.0);
        let titled = self.parts.title.as_ref().is_some_and(|t| mentions.iter().any(|m| t.contains(self.slice(self.parts.found[*m].span))));
        Score((0.5 * (count / (count + 3.0)) + 0.3 * early + if titled { 0.2 } else { 0.0 }).min(1.0))
    }

    fn cell(&self, entry: Option<(List, EntryId)>, column: Column) -> Option<&'t str> {
        entry.filter(|(list, _)| list.position(column).is_some()).map(|(list, e)| self.table().cell(list, e, column)).filter(|c| !c.is_empty())
    }

    fn reference(&self, entry: Option<(List, EntryId)>) -> Option<String> {
        entry.filter(|(list, _)| *list != List::Series).map(|(list, e)| [list.name(), "/", self.table().cell(list, e, Column::Id)].concat())
    }

    /// Fullest form in the text.
    fn longest(&self, e: usize) -> &'t str {
        let texts = self.parts.entities[e].mentions.iter().map(|m| self.slice(self.parts.found[*m].span));
        texts.max_by(|a, b| a.len().cmp(&b.len()).then(b.cmp(a))).unwrap_or("")
    }

    fn name(&self, e: usize) -> Text<'t> {
        let entry = self.parts.entities[e].entry.filter(|(list, _)| *list != List::Series);
        self.cell(entry, Column::Name).map_or_else(|| Cow::Borrowed(self.longest(e)), Cow::Borrowed)
    }

    /// The list's acronyms, then other forms in the text.
    fn aliases(&self, e: usize) -> Vec<Text<'t>> {
        let entity = &self.parts.entities[e];
        let name = self.name(e);
        let mut out: Vec<Text<'t>> = Vec::new();
        let listed = self.cell(entity.entry, Column::Acronyms).unwrap_or("").split('|').filter(|a| !a.is_empty() && entity.label != Label::Event).take(1);
        let seen = entity.mentions.iter().filter(|m| !matches!(self.parts.found[**m].form, Form::Definite)).map(|m| self.slice(self.parts.found[*m].span));
        for alias in listed.chain(seen) {
            let alias = alias.trim_start_matches(['=', '~']);
            if alias != name && !out.iter().any(|known| known == alias) {
                out.push(Cow::Borrowed(alias));
            }
        }
        out.truncate(6);
        out
    }

    fn add_state(&mut self, e: usize) {
        let entry = self.parts.entities[e].entry;
        let mentions = self.mentions(e);
        let state = State {
            id: self.state_code(entry),
            name: self.cell(entry, Column::Name).unwrap_or(""),
            iso3: self.cell(entry, Column::Iso3),
            wikidata: self.cell(entry, Column::Wikidata),
            salience: self.salience(e),
            count: mentions.len(),
            mentions,
        };
        self.out.states.push(state);
    }

    fn add_place(&mut self, e: usize) {
        let entity = &self.parts.entities[e];
        let entry = entity.entry;
        let mentions = self.mentions(e);
        let place = Place {
            id: self.id(e),
            name: self.name(e),
            kind: self.cell(entry, Column::Kind).or(Some(entity.kind)).filter(|k| !k.is_empty()),
            state: self.cell(entry, Column::State).filter(|s| s.len() == 2),
            geonames: self.cell(entry, Column::Geonames),
            known: entry.is_some(),
            salience: self.salience(e),
            count: mentions.len(),
            mentions,
        };
        self.out.places.push(place);
    }

    fn add_agreement(&mut self, e: usize) {
        let entity = &self.parts.entities[e];
        let entry = entity.entry;
        let mentions = self.mentions(e);
        let agreement = Agreement {
            id: self.id(e),
            name: self.name(e),
            aliases: self.aliases(e),
            kind: self.cell(entry, Column::Kind).or(Some(entity.kind)).filter(|k| !k.is_empty()),
            signed: self.cell(entry, Column::Signed),
            parties: self.cell(entry, Column::Parties).map(|p| p.split('|').collect()).unwrap_or_default(),
            known: entry.is_some(),
            reference: self.reference(entry),
            salience: self.salience(e),
            count: mentions.len(),
            mentions,
        };
        self.out.agreements.push(agreement);
    }

    fn add_event(&mut self, e: usize) {
        let entity = &self.parts.entities[e];
        let entry = entity.entry;
        let listed = entry.filter(|(list, _)| *list == List::Events);
        let mentions = self.mentions(e);
        let series = match entry {
            Some((List::Series, _)) => self.cell(entry, Column::Id),
            _ => self.cell(listed, Column::Series),
        };
        let event = Event {
            id: self.id(e),
            name: self.name(e),
            aliases: self.aliases(e),
            kind: self.cell(entry, Column::Kind).or(Some(entity.kind)).filter(|k| !k.is_empty()),
            series,
            ordinal: self.cell(listed, Column::Ordinal).and_then(|o| o.parse().ok()).or(entity.ordinal),
            under: self.cell(entry, Column::Under).map(|id| self.under(id)),
            host: self.cell(listed, Column::Host).filter(|s| s.len() == 2),
            place: self.cell(listed, Column::Place),
            start: self.cell(listed, Column::Start),
            end: self.cell(listed, Column::End),
            known: listed.is_some(),
            reference: self.reference(listed),
            salience: self.salience(e),
            count: mentions.len(),
            mentions,
        };
        self.out.events.push(event);
    }

    /// An agreement by list id: its entity here when the text names it, else its reference.
    fn under(&self, id: &'t str) -> Text<'t> {
        let listed = self.table().entry(List::Agreements, id).map(|entry| (List::Agreements, entry));
        let here = self.parts.entities.iter().position(|e| e.entry.is_some() && e.entry == listed);
        Cow::Owned(match here {
            Some(e) => self.id(e).to_string(),
            None => ["agreements/", id].concat(),
        })
    }

    fn add_mentions(&mut self, order: &[usize]) {
        let mut open: Vec<(u32, Id)> = Vec::new(); // end and id of the mentions around
        for i in order.iter().copied() {
            let found = &self.parts.found[i];
            while open.last().is_some_and(|(end, _)| *end < found.span.end || *end <= found.span.start) {
                open.pop();
            }
            let id = self.mention_id(i);
            let (start, end, text) = self.place(found.span);
            let entity = match found.label {
                Label::Date => EntityRef::Id(Id { letter: 'd', number: self.date_of.get(&i).copied().unwrap_or(0) }),
                Label::Role => match self.role_of.get(&i) {
                    Some(role) => EntityRef::Id(*role),
                    None => continue,
                },
                _ => match self.parts.entity_of[i] {
                    Some(e) => self.ids[e],
                    None => continue,
                },
            };
            let stands_for = metonym::state_of(self.parts.ctx, found);
            let form = if stands_for.is_some() && found.label == Label::Place { Form::Metonym } else { found.form };
            let mention = Mention {
                id,
                start,
                end,
                text: text.get(start as usize..end as usize).unwrap_or(""),
                label: found.label,
                entity,
                form: (!matches!(found.label, Label::Date | Label::Role)).then_some(form),
                stands_for: stands_for.map(|state| self.state_code(Some((List::States, state)))).filter(|code| *code != "--"),
                nested_in: open.last().map(|(_, id)| *id),
                within: self.in_title(found.span).then_some("title"),
                via: self.via(found.via),
                conf: Score(found.conf),
                date: self.mention_date(found),
            };
            open.push((found.span.end, id));
            self.out.mentions.push(mention);
        }
    }

    fn via(&self, via: Via) -> Text<'t> {
        Cow::Owned(match via {
            Via::Gazetteer(list, entry) => ["gaz:", list.name(), "/", self.table().cell_at(list, entry, 0)].concat(),
            Via::Rule(rule) => ["rule:", rule].concat(),
            Via::Coreference(why) => ["coref:", why].concat(),
            Via::Model(name) => ["model:", name].concat(),
        })
    }

    fn mention_date(&self, found: &Found<'_>) -> Option<MentionDate<'t>> {
        let timex = found.link.filter(|_| found.label == Label::Date).and_then(|t| self.parts.dated.timexes.get(t as usize))?;
        Some(MentionDate {
            value: Cow::Owned(timex.value.clone()),
            kind: timex.kind,
            grain: timex.grain,
            range: timex.range.as_ref().map(|(begin, end)| Range { begin: Cow::Owned(begin.clone()), end: Cow::Owned(end.clone()) }),
            anchor: self.anchor(timex.anchor),
            completed: timex.completed,
        })
    }

    fn anchor(&self, anchor: TimexAnchor) -> Option<Anchor> {
        match anchor {
            TimexAnchor::Document => Some(self.dateline().map_or(Anchor::Doc, Anchor::Mention)),
            TimexAnchor::Itself => Some(Anchor::Itself),
            TimexAnchor::Timex(t) => {
                let earlier = self.parts.found.iter().position(|f| f.label == Label::Date && f.link == Some(t as u32));
                earlier.map(|i| Anchor::Mention(self.mention_id(i)))
            }
            TimexAnchor::None => None,
        }
    }

    /// The mention that gave the document's date.
    fn dateline(&self) -> Option<Id> {
        let at = self.parts.dated.mention_at?;
        let i = self.parts.found.iter().position(|f| f.label == Label::Date && f.span.start == at)?;
        Some(self.mention_id(i))
    }

    fn add_topics(&mut self) {
        for (i, scored) in self.parts.topics.iter().enumerate() {
            let entry = self.table().entry(List::TopicMap, scored.slug);
            let cell = |column| entry.map_or("", |e| self.table().cell(List::TopicMap, e, column));
            let evidence = self.evidence(scored);
            let score = evidence.iter().map(|e| (e.w.0 * 100.0).round() as u32).sum::<u32>() as f32 / 100.0;
            let maps = TopicMaps {
                iptc: cell(Column::Iptc).split('|').filter(|c| !c.is_empty()).collect(),
                plover: cell(Column::Plover).split('|').next().filter(|c| !c.is_empty()),
            };
            self.out.topics.push(Topic {
                id: scored.slug,
                label: scored.label.unwrap_or_else(|| entry.map_or(scored.slug, |e| self.table().cell(List::TopicMap, e, Column::Label))),
                main: i == 0,
                score: Score(score),
                evidence,
                maps: entry.map(|_| maps),
            });
        }
    }

    /// Evidence with weights of two decimals that sum to the topic's score, rounded; what rounds to nothing is left out,
    /// and the first takes up the difference.
    fn evidence(&self, scored: &Scored<'_>) -> Vec<Evidence<'t>> {
        let mut left = (scored.score * 100.0).round() as i32;
        let mut out = Vec::with_capacity(scored.evidence.len());
        for (cause, weight) in &scored.evidence {
            let w = ((weight * 100.0).round() as i32).clamp(i32::from(out.is_empty()), left);
            if w <= 0 {
                continue;
            }
            left -= w;
            let w = Score(w as f32 / 100.0);
            out.push(match cause {
                Cause::Cue(_, span) => {
                    let (start, end, text) = self.place(*span);
                    Evidence { span: (!self.in_title(*span)).then_some([start, end]), text: text.get(start as usize..end as usize), by: None, w }
                }
                Cause::Entity(e) => Evidence { span: None, text: None, by: Some(self.ids[*e]), w },
            });
        }
        if let Some(first) = out.first_mut() {
            first.w.0 += left as f32 / 100.0;
        }
        out
    }

    fn finish(mut self) -> Extraction<'t> {
        if let Some(given) = &self.parts.dated.given {
            self.out.doc.date = Some(DocDate { value: given.value.clone(), from: given.from, mention: self.dateline() });
        } else if self.out.mentions.iter().any(|m| m.date.as_ref().is_some_and(|d| d.value.contains("XX"))) {
            self.out.doc.warnings.push("no document date: relative dates stay unresolved (X); give --date or a date field".to_owned());
        }
        if let Some(issuer) = self.parts.issuer {
            self.out.doc.issuer = Some(Issuer {
                org: issuer.org.and_then(|o| self.entity_id(o)),
                state: Some(self.state_code(Some((List::States, issuer.state)))).filter(|c| *c != "--"),
                basis: issuer.basis,
                conf: Score(issuer.conf),
            });
        }
        if self.parts.lang != "en" {
            self.out.doc.warnings.push(format!("the text is not English ({}): only listed names and ISO dates are marked, no topics", self.parts.lang));
        }
        self.out
    }
}
