//! The extractor: the one place that knows the order of the stages.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::annotation::{Extraction, Form, Label};
use crate::assemble::{Parts, assemble};
use crate::document::{GivenDate, language, mark, title};
use crate::error::Error;
use crate::explain::{Dropped, Explanation, Query, Recorder};
use crate::gazetteer::schema::SCHEMAS;
use crate::gazetteer::{Column, List, Lookups, Table, Tables, builtin, load, load_text};
use crate::recognize::common::CommonWords;
use crate::recognize::model::{Sample, SpanModel, Weights};
use crate::recognize::role::RoleFound;
use crate::recognize::timex::{DocumentDate, Mode, Timex, TimexRecognizer, dateline};
use crate::recognize::{Context, Found, Marks, Names, Via, agreement, event, organization, person, place, role, state};
use crate::relation::{self, Finished, WordClasses};
use crate::resolve::coreference::Entity;
use crate::resolve::holder::Held;
use crate::resolve::issuer::IssuerState;
use crate::resolve::similar::NearLetters;
use crate::resolve::{StopList, body, coreference, holder, issuer, overlap};
use crate::token::{Token, sentence, tokenize};
use crate::topic::{Mentions, TopicCue, TopicScorer, UserTopics};

/// Tokens in which a date line is looked for.
const DATELINE_TOKENS: usize = 300;

/// How dates are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimexMode {
    /// Ranges whole, references ("now") left out.
    #[default]
    Extract,
    /// TimeML's view: ranges split into both ends, PAST/PRESENT/FUTURE_REF added.
    TimeMl,
}

/// A document to read.
#[derive(Clone, Debug, Default)]
pub struct Input<'t> {
    /// Identifier: a record's id, a path, or `-`.
    pub id: Cow<'t, str>,
    /// The text.
    pub text: &'t str,
    /// A title that came apart from the text.
    pub title: Option<&'t str>,
    /// A date that came apart from the text.
    pub date: Option<GivenDate>,
    /// Warnings of the reader, passed on.
    pub warnings: Vec<String>,
}

/// Finds people, roles, states, organisations, places, agreements, events, dates and topics.
///
/// Built once, cheap to clone, `Send + Sync`; [`Extractor::extract`] never fails and never prints.
///
/// ```
/// let extractor = extract::Extractor::builder().build()?;
/// let found = extractor.extract("Baku, 18 September 2024. Foreign Minister Jeyhun Bayramov received the envoy.");
/// assert_eq!(found.people[0].name, "Jeyhun Bayramov");
/// assert_eq!(found.roles[0].state, Some("AZ"));
/// # Ok::<(), extract::Error>(())
/// ```
#[derive(Clone)]
pub struct Extractor {
    engine: Arc<Engine>,
}

struct Engine {
    tables: Tables,
    stops: StopList,
    timex: TimexRecognizer,
    topics: TopicScorer,
    near_letters: NearLetters,
    word_classes: WordClasses,
    common: CommonWords,
    mode: Mode,
    /// Judges unknown names; none when switched off.
    model: Option<SpanModel>,
    /// Buffers of earlier documents, one set per thread at work: their memory is reused.
    buffers: Mutex<Vec<Buffers>>,
}

/// What a document's first stages fill.
#[derive(Default)]
struct Buffers {
    tokens: Vec<Token>,
    lookups: Lookups,
    sentences: Vec<u32>,
    marks: Vec<Marks>,
    capitals: Vec<u32>,
}

/// Buffers larger than this many tokens are freed, so that one huge document does not stay.
const KEPT_TOKENS: usize = 200_000;

/// Options of an [`Extractor`].
#[derive(Clone, Debug, Default)]
pub struct ExtractorBuilder {
    timex: TimexMode,
    lists: Vec<UserList>,
    stop: Vec<PathBuf>,
    topics: Vec<UserList>,
    no_builtin: bool,
    no_model: bool,
    weights: Option<Weights>,
}

/// A user's list and where it is.
#[derive(Clone, Debug)]
enum UserList {
    File(PathBuf),
    Text { name: String, tsv: String },
}

impl ExtractorBuilder {
    /// How dates are shown; default [`TimexMode::Extract`].
    pub fn timex(mut self, mode: TimexMode) -> Self {
        self.timex = mode;
        self
    }

    /// Adds a list from a file, TSV or compiled; entries of later lists override those of earlier ones and built-in
    /// ones that have the same id. At most 15 lists. See `gazetteers/README.md` for what a list may hold.
    pub fn gazetteer(mut self, path: impl Into<PathBuf>) -> Self {
        self.lists.push(UserList::File(path.into()));
        self
    }

    /// Adds a list from TSV text; `name` tells the list (`people.tsv`) unless a column `list` does.
    pub fn gazetteer_text(mut self, name: impl Into<String>, tsv: impl Into<String>) -> Self {
        self.lists.push(UserList::Text { name: name.into(), tsv: tsv.into() });
        self
    }

    /// Adds a file of topics of your own: TSV with the columns `topic`, `form` and, as needed, `weight`, `negative`, `needs`,
    /// `label`, `replace`. See `gazetteers/README.md`.
    pub fn topics(mut self, path: impl Into<PathBuf>) -> Self {
        self.topics.push(UserList::File(path.into()));
        self
    }

    /// Adds topics of your own from TSV text; `name` stands in messages.
    pub fn topics_text(mut self, name: impl Into<String>, tsv: impl Into<String>) -> Self {
        self.topics.push(UserList::Text { name: name.into(), tsv: tsv.into() });
        self
    }

    /// Leaves the built-in names out: people, tenures, states, organisations, places, agreements, events. Words of
    /// grammar (titles, months, heads of names, topic cues) stay.
    pub fn no_builtin(mut self) -> Self {
        self.no_builtin = true;
        self
    }

    /// Whether the trained model looks at unknown names that lists and rules leave; default true.
    pub fn model(mut self, on: bool) -> Self {
        self.no_model = !on;
        self
    }

    /// Other weights of the model than the built-in ones, to measure them.
    #[doc(hidden)]
    pub fn weights(mut self, weights: Weights) -> Self {
        self.weights = Some(weights);
        self
    }

    /// Adds a file of texts that must not be marked: text, type (empty for all), reason, with tabs between.
    pub fn stop_list(mut self, path: impl Into<PathBuf>) -> Self {
        self.stop.push(path.into());
        self
    }

    /// The files that the extractor is built from.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        let lists = self.lists.iter().chain(&self.topics).filter_map(|list| match list {
            UserList::File(path) => Some(path.as_path()),
            UserList::Text { .. } => None,
        });
        lists.chain(self.stop.iter().map(PathBuf::as_path))
    }

    fn tables(&self, table: Table<'static>) -> Result<Tables, Error> {
        let mut tables = Tables::new(table);
        if self.no_builtin {
            tables.hide(SCHEMAS.iter().map(|schema| schema.list).filter(|list| *list < List::Guards));
        }
        for list in &self.lists {
            let loaded = match list {
                UserList::File(path) => load(path)?,
                UserList::Text { name, tsv } => load_text(name.clone(), tsv.clone().into_bytes())?,
            };
            tables.push(loaded).map_err(|what| Error::option("gazetteer", what))?;
        }
        Ok(tables)
    }

    /// The users' topics; their cues go on top of the tables.
    fn topics_into(&self, tables: &mut Tables) -> Result<(UserTopics, usize), Error> {
        let mut files = Vec::with_capacity(self.topics.len());
        for list in &self.topics {
            files.push(match list {
                UserList::File(path) => {
                    let name = path.display().to_string();
                    let text = std::fs::read_to_string(path).map_err(|e| Error::data(&name, None, e.to_string(), None))?;
                    (name, text)
                }
                UserList::Text { name, tsv } => (name.clone(), tsv.clone()),
            });
        }
        let topics = UserTopics::read(&files)?;
        if let Some(cues) = topics.compile(&files)? {
            tables.push(cues).map_err(|what| Error::option("topics", what))?;
        }
        Ok((topics, tables.iter().count() - 1))
    }

    fn stops(&self) -> Result<StopList, Error> {
        let mut stops = StopList::default();
        for path in &self.stop {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(path).map_err(|e| Error::data(&name, None, e.to_string(), None))?;
            stops.read(&name, &text)?;
        }
        Ok(stops)
    }

    fn span_model(&mut self) -> Result<Option<SpanModel>, Error> {
        if self.no_model {
            return Ok(None);
        }
        let weights = match self.weights.take() {
            Some(weights) => weights,
            None => Weights::builtin().map_err(Error::builtin)?,
        };
        Ok(Some(SpanModel::new(weights)))
    }

    /// Builds the extractor. Cost: some milliseconds, and the compilation of users' TSV lists.
    ///
    /// # Errors
    /// When the embedded gazetteers or a user's list cannot be read; the message names file and line.
    pub fn build(mut self) -> Result<Extractor, Error> {
        let table = builtin().map_err(Error::builtin)?;
        let (mut tables, stops) = (self.tables(table)?, self.stops()?);
        let (user_topics, number) = self.topics_into(&mut tables)?;
        let model = self.span_model()?;
        let mode = match self.timex {
            TimexMode::Extract => Mode::Extract,
            TimexMode::TimeMl => Mode::TimeMl,
        };
        let (timex, topics) = (TimexRecognizer::new(&table), TopicScorer::new(&table, &user_topics, number));
        let (near_letters, word_classes, common) = (NearLetters::new(&tables), WordClasses::new(&tables), CommonWords::default());
        let buffers = Mutex::default();
        Ok(Extractor { engine: Arc::new(Engine { timex, topics, near_letters, word_classes, common, tables, stops, mode, model, buffers }) })
    }
}

impl Extractor {
    /// Starts with the default options.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder::default()
    }

    /// Checksum of the gazetteers in use.
    pub fn gazetteers(&self) -> String {
        format!("{:016x}", self.engine.tables.checksum())
    }

    /// Annotates a text. Offsets of the result are bytes until converted.
    pub fn extract<'t>(&'t self, text: &'t str) -> Extraction<'t> {
        self.engine.run(text, 0, &Input { id: Cow::Borrowed("-"), text, ..Input::default() })
    }

    /// What each topic cue and entity counts in a text, and the text's number of tokens: for `examples/train-topics.rs`.
    #[doc(hidden)]
    pub fn topic_cues(&self, text: &str) -> (usize, Vec<TopicCue>) {
        self.engine.topic_cues(text)
    }

    /// What the model would judge in a text, with its features: for the trainer.
    #[doc(hidden)]
    pub fn span_samples(&self, text: &str) -> Vec<Sample> {
        self.engine.samples(text)
    }

    /// Annotates a document: as [`Extractor::extract`], with its id, title and date.
    pub fn extract_document<'t>(&'t self, input: &Input<'t>) -> Extraction<'t> {
        let (whole, offset) = whole(input);
        self.engine.run(&whole, offset, input)
    }

    /// Says why spans, topics and relations of a document are found or not. Cost: an extraction, and a record of what it
    /// considered.
    pub fn explain<'t>(&'t self, input: &Input<'t>, query: &Query) -> Explanation<'t> {
        let (whole, offset) = whole(input);
        let mut watch = Some(Recorder::new(query));
        let extraction = self.engine.run_in(&mut Buffers::default(), &whole, offset, input, &mut watch);
        let given = watch.and_then(Recorder::into_explanation);
        given.unwrap_or_else(|| Explanation::empty(&extraction, query))
    }
}

/// The text with a title that came apart and does not already open it as its first paragraph, and where the text begins.
fn whole<'t>(input: &Input<'t>) -> (Cow<'t, str>, usize) {
    let apart = input.title.filter(|t| !t.trim().is_empty() && !input.text.trim_start().starts_with(t.trim()));
    match apart {
        Some(title) => (Cow::Owned(format!("{title}\n\n{}", input.text)), title.len() + 2),
        None => (Cow::Borrowed(input.text), 0),
    }
}

impl Engine {
    /// All stages over `whole`, whose first `offset` bytes are a title from outside.
    fn run<'t>(&'t self, whole: &str, offset: usize, input: &Input<'t>) -> Extraction<'t> {
        let mut buffers = self.buffers.lock().ok().and_then(|mut free| free.pop()).unwrap_or_default();
        let extraction = self.run_in(&mut buffers, whole, offset, input, &mut None);
        if buffers.tokens.capacity() <= KEPT_TOKENS
            && let Ok(mut free) = self.buffers.lock()
        {
            free.push(buffers);
        }
        extraction
    }

    /// All stages; `watch` takes down what they consider, when someone asked.
    fn run_in<'t>(&'t self, buffers: &mut Buffers, whole: &str, offset: usize, input: &Input<'t>, watch: &mut Option<Recorder<'t>>) -> Extraction<'t> {
        let lang = self.prepare(buffers, whole);
        let ctx = self.context(buffers, whole);
        let Resolved { dated, found, entities, entity_of, held, issuer } = self.resolve(&ctx, input, lang, watch);
        let topics = if lang == "en" { self.topics.score(&ctx, Mentions { found: &found, entities: &entities }) } else { Vec::new() };
        let relations = if lang == "en" {
            let (timexes, dateline) = (&dated.timexes, dated.mention_at);
            let finished = Finished {
                ctx: self.word_classes.over(&ctx),
                found: &found,
                entities: &entities,
                entity_of: &entity_of,
                held: &held,
                timexes,
                dateline,
                date: dated.given.as_ref().map(|g| g.value.as_str()),
                issuer,
            };
            relation::find(&finished)
        } else {
            Vec::new()
        };
        let title = input.title.map(Cow::Borrowed).or_else(|| if offset == 0 { title(input.text).map(Cow::Borrowed) } else { None });
        let extraction = assemble(Parts {
            ctx: &ctx,
            offset,
            input,
            lang,
            title,
            dated,
            found,
            entities,
            entity_of,
            held,
            issuer,
            topics,
            relations,
            near_letters: &self.near_letters,
        });
        if let Some(watch) = watch {
            watch.finish(&ctx, offset, input, &extraction);
        }
        extraction
    }

    /// Fills the buffers with what the recognizers read; gives the language.
    fn prepare<'a>(&'a self, buffers: &mut Buffers, whole: &str) -> &'a str {
        let Buffers { tokens, lookups, sentences, marks, capitals } = buffers;
        tokenize(whole, tokens);
        lookups.find(&self.tables, whole, tokens);
        let lang = language(whole, tokens, lookups, &self.tables);
        sentence::split(whole, tokens, |i| self.is_abbreviation(lookups, i), sentences);
        mark(whole, tokens, sentences, marks);
        capitals.clear();
        capitals.extend((0..).zip(tokens.iter()).filter(|(_, token)| token.is_capitalized()).map(|(i, _)| i));
        lang
    }

    /// Dates, mentions, and what they stand for.
    fn resolve<'a>(&self, ctx: &Context<'_, 'a>, input: &Input<'_>, lang: &str, watch: &mut Option<Recorder<'a>>) -> Resolved<'a> {
        let dated = self.date(ctx, input);
        let (found, roles) = self.recognize(ctx, &dated.timexes, lang, watch);
        let (mut entities, entity_of) = coreference::entities(ctx, &found);
        let held = holder::tie(ctx, &found, &roles, &entity_of);
        let issuer = issuer::find(ctx, &found, &held);
        body::link(ctx, &found, &mut entities, issuer.filter(|i| i.conf >= 0.55).map(|i| i.state));
        Resolved { dated, found, entities, entity_of, held, issuer }
    }

    /// What the trainer of topic weights learns from: the number of tokens, and what each cue and entity counts.
    fn topic_cues(&self, text: &str) -> (usize, Vec<TopicCue>) {
        let mut buffers = Buffers::default();
        let lang = self.prepare(&mut buffers, text);
        let ctx = self.context(&buffers, text);
        let Resolved { found, entities, .. } = self.resolve(&ctx, &Input { text, ..Input::default() }, lang, &mut None);
        (ctx.tokens.len(), self.topics.counted(&ctx, Mentions { found: &found, entities: &entities }))
    }

    fn context<'s, 'a>(&'a self, buffers: &'s Buffers, whole: &'s str) -> Context<'s, 'a> {
        let Buffers { tokens, lookups, sentences, marks, capitals } = buffers;
        Context { text: whole, tokens, sentences, lookups, table: &self.tables, common: &self.common, marks, capitals }
    }

    /// What the model would judge in a text, with the features it sees.
    fn samples(&self, text: &str) -> Vec<Sample> {
        let Some(model) = &self.model else { return Vec::new() };
        let mut buffers = Buffers::default();
        self.prepare(&mut buffers, text);
        let ctx = self.context(&buffers, text);
        let timexes = self.timex.find(&ctx, None, self.mode);
        let mut proposed = self.listed(&ctx, &timexes, true, &mut None);
        let roles = self.composed(&ctx, &mut proposed, &mut None);
        model.samples(&ctx, &Names::new(self.with_repeats(&ctx, &mut proposed, &roles, &mut None), ctx.tokens.len()))
    }

    fn is_abbreviation(&self, lookups: &Lookups, i: usize) -> bool {
        lookups.at(i).iter().any(|h| {
            h.len() == 2
                && (h.list == List::Honorifics || h.list == List::Abbreviations && self.tables.cell(List::Abbreviations, h.entry, Column::Split) == "never")
        })
    }

    /// The document's date and its time expressions.
    fn date(&self, ctx: &Context<'_, '_>, input: &Input<'_>) -> Dated {
        let given = input.date.clone();
        if let Some(given) = given.as_ref().filter(|g| g.from != "file-name") {
            return self.dated(ctx, Some(given.clone()), None);
        }
        // A date line stands at the top: only that part is read without an anchor.
        let top = Context { tokens: &ctx.tokens[..ctx.tokens.len().min(DATELINE_TOKENS)], ..*ctx };
        let unanchored = self.timex.find(&top, None, self.mode);
        match dateline(ctx.text, ctx.tokens, &unanchored).map(|i| (i, unanchored[i].value.clone())) {
            Some((i, value)) => self.dated(ctx, Some(GivenDate { value, from: "dateline" }), Some(unanchored[i].span.start)),
            None if given.is_some() => self.dated(ctx, given, None),
            None => Dated { given: None, mention_at: None, timexes: self.timex.find(ctx, None, self.mode) },
        }
    }

    fn dated(&self, ctx: &Context<'_, '_>, given: Option<GivenDate>, mention_at: Option<u32>) -> Dated {
        let anchor = given.as_ref().and_then(|g| DocumentDate::parse(&g.value));
        Dated { timexes: self.timex.find(ctx, anchor.as_ref(), self.mode), given, mention_at }
    }

    /// All mentions, settled, and the roles among them.
    fn recognize<'a>(&self, ctx: &Context<'_, 'a>, timexes: &[Timex], lang: &str, watch: &mut Option<Recorder<'a>>) -> (Vec<Found<'a>>, Vec<RoleFound<'a>>) {
        let n = ctx.tokens.len();
        let english = lang == "en";
        let mut proposed = self.listed(ctx, timexes, english, watch);
        if !english {
            let listed = overlap::resolve(&proposed, n);
            if let Some(watch) = watch {
                watch.settle(&proposed, &listed, &listed);
            }
            return (listed, Vec::new());
        }
        let roles = self.composed(ctx, &mut proposed, watch);
        let settled = self.with_repeats(ctx, &mut proposed, &roles, watch);
        let settled = self.with_unknown(ctx, settled, &mut proposed, watch);
        let asked = watch.is_some().then(|| settled.clone());
        let kept = without_idle_roles(ctx, settled, &roles);
        if let (Some(watch), Some(settled)) = (watch, asked) {
            watch.settle(&proposed, &settled, &kept);
        }
        (kept, roles)
    }

    /// What stands of the proposed mentions and of their repeats; `proposed` is kept for `watch` alone.
    fn with_repeats<'a>(
        &self,
        ctx: &Context<'_, 'a>,
        proposed: &mut Vec<Found<'a>>,
        roles: &[RoleFound<'a>],
        watch: &mut Option<Recorder<'a>>,
    ) -> Vec<Found<'a>> {
        let n = ctx.tokens.len();
        let first = Names::new(overlap::resolve(proposed, n), n);
        let first = Names::new(without_idle_roles(ctx, first.found, roles), n);
        let repeats = coreference::find_repeats(ctx, &first, |_| true).into_iter().chain(coreference::find_definite(ctx, &first));
        proposed.extend(repeats.map(|repeat| Found { link: repeat.link.map(|i| first.found[i as usize].span.start), ..repeat }));
        self.drop_stopped(ctx, proposed, watch);
        overlap::resolve(proposed, n)
    }

    /// The mentions with the unknown names that the model adds, and the repeats of these; both are noted in `proposed` for `watch`.
    fn with_unknown<'a>(
        &self,
        ctx: &Context<'_, 'a>,
        found: Vec<Found<'a>>,
        proposed: &mut Vec<Found<'a>>,
        watch: &mut Option<Recorder<'a>>,
    ) -> Vec<Found<'a>> {
        let Some(model) = &self.model else { return found };
        let n = ctx.tokens.len();
        let known = Names::new(found, n);
        let mut unknown = model.find(ctx, &known);
        self.drop_stopped(ctx, &mut unknown, watch);
        if unknown.is_empty() {
            return known.found;
        }
        if watch.is_some() {
            proposed.extend(unknown.iter().copied());
        }
        unknown.extend(known.found);
        let all = Names::new(overlap::resolve(&unknown, n), n);
        let mut repeats = coreference::find_repeats(ctx, &all, |found| matches!(found.via, Via::Model(_)));
        repeats.iter_mut().for_each(|repeat| repeat.link = repeat.link.map(|i| all.found[i as usize].span.start));
        self.drop_stopped(ctx, &mut repeats, watch);
        if repeats.is_empty() {
            return all.found;
        }
        if watch.is_some() {
            proposed.extend(repeats.iter().copied());
        }
        repeats.extend(all.found);
        overlap::resolve(&repeats, n)
    }

    /// Time expressions and what the lists name.
    fn listed<'a>(&self, ctx: &Context<'_, 'a>, timexes: &[Timex], english: bool, watch: &mut Option<Recorder<'a>>) -> Vec<Found<'a>> {
        let mut proposed: Vec<Found<'a>> = timexes.iter().enumerate().filter(|(_, t)| english || t.rule == "date.iso").map(|(i, t)| date_found(i, t)).collect();
        state::find(ctx, &mut proposed);
        organization::find(ctx, &mut proposed);
        agreement::find(ctx, &mut proposed);
        event::find(ctx, &mut proposed);
        place::find(ctx, &mut proposed);
        person::find(ctx, &mut proposed);
        self.drop_stopped(ctx, &mut proposed, watch);
        proposed
    }

    /// What the rules add to the listed names; gives the roles, which are among it.
    fn composed<'a>(&self, ctx: &Context<'_, 'a>, proposed: &mut Vec<Found<'a>>, watch: &mut Option<Recorder<'a>>) -> Vec<RoleFound<'a>> {
        let n = ctx.tokens.len();
        let listed = Names::new(overlap::resolve(proposed, n), n);
        organization::find_composed(ctx, &listed, proposed);
        agreement::find_composed(ctx, &listed, proposed);
        event::find_composed(ctx, &listed, proposed);
        place::find_composed(ctx, &listed, proposed);
        self.drop_stopped(ctx, proposed, watch);
        let named = Names::new(overlap::resolve(proposed, n), n);
        let mut roles = role::find(ctx, &named);
        if let Some(watch) = watch {
            watch.drop_all(roles.iter().map(|r| &r.found).filter(|f| self.is_stopped(ctx, f)), Dropped::StopList);
            watch.drop_all(roles.iter().map(|r| &r.found).filter(|f| !ctx.in_one_paragraph(f.first, f.end)), Dropped::Paragraphs);
        }
        roles.retain(|r| ctx.in_one_paragraph(r.found.first, r.found.end) && !self.is_stopped(ctx, &r.found));
        person::find_unknown(ctx, &named, &roles, proposed);
        if let Some(watch) = watch {
            watch.drop_all(proposed.iter().filter(|f| !ctx.in_one_paragraph(f.first, f.end)), Dropped::Paragraphs);
        }
        proposed.retain(|f| ctx.in_one_paragraph(f.first, f.end));
        self.drop_stopped(ctx, proposed, watch);
        proposed.extend(roles.iter().map(|r| r.found));
        roles
    }
}

impl Engine {
    fn is_stopped(&self, ctx: &Context<'_, '_>, found: &Found<'_>) -> bool {
        !self.stops.is_empty() && self.stops.holds(found.span.slice(ctx.text), found.label)
    }

    fn drop_stopped<'a>(&self, ctx: &Context<'_, 'a>, proposed: &mut Vec<Found<'a>>, watch: &mut Option<Recorder<'a>>) {
        if !self.stops.is_empty() {
            if let Some(watch) = watch {
                watch.drop_all(proposed.iter().filter(|f| self.is_stopped(ctx, f)), Dropped::StopList);
            }
            proposed.retain(|f| !self.is_stopped(ctx, f));
        }
    }
}

/// A document's dates and settled mentions, and what these stand for.
struct Resolved<'a> {
    dated: Dated,
    found: Vec<Found<'a>>,
    entities: Vec<Entity<'a>>,
    /// For each mention its entity.
    entity_of: Vec<Option<usize>>,
    held: Vec<Held<'a>>,
    issuer: Option<IssuerState>,
}

/// A document's date and time expressions.
pub(crate) struct Dated {
    /// The date, from outside or from the text.
    pub(crate) given: Option<GivenDate>,
    /// Start of the mention that gave it.
    pub(crate) mention_at: Option<u32>,
    /// All time expressions.
    pub(crate) timexes: Vec<Timex>,
}

fn date_found<'a>(i: usize, timex: &Timex) -> Found<'a> {
    Found {
        span: timex.span,
        first: timex.tokens.0,
        end: timex.tokens.1,
        label: Label::Date,
        form: Form::Name,
        entry: None,
        kind: "",
        link: Some(i as u32),
        via: Via::Rule(timex.rule),
        conf: timex.conf,
    }
}

/// Drops the roles that neither stand alone nor have a holder beside them.
fn without_idle_roles<'a>(ctx: &Context<'_, 'a>, found: Vec<Found<'a>>, roles: &[RoleFound<'a>]) -> Vec<Found<'a>> {
    let tied = holder::tie(ctx, &found, roles, &vec![None; found.len()]);
    let idle: Vec<usize> = tied.iter().filter(|h| !h.role.standing && (h.person.is_none() || h.link == Some("role.definite"))).map(|h| h.mention).collect();
    found.into_iter().enumerate().filter(|(i, _)| idle.binary_search(i).is_err()).map(|(_, f)| f).collect()
}
