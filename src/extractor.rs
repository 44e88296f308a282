//! The extractor: the one place that knows the order of the stages.

mod builder;
mod mentions;

use std::borrow::Cow;
use std::sync::{Arc, Mutex};

use crate::annotation::Extraction;
use crate::assemble::{Parts, assemble};
use crate::document::{GivenDate, language, mark, title};
use crate::explain::{Explanation, Query, Recorder};
use crate::gazetteer::{Column, List, Lookups, Tables};
use crate::recognize::common::CommonWords;
use crate::recognize::model::{Sample, SpanModel};
use crate::recognize::timex::{DocumentDate, Mode, Timex, TimexRecognizer, dateline};
use crate::recognize::{Context, Found, Marks, Names};
use crate::relation::{self, Finished, WordClasses};
use crate::resolve::coreference::Entity;
use crate::resolve::definite::{self, Circumstances};
use crate::resolve::holder::Held;
use crate::resolve::issuer::IssuerState;
use crate::resolve::similar::NearLetters;
use crate::resolve::tenure::Tenures;
use crate::resolve::{StopList, body, coreference, issuer};
use crate::token::{Token, sentence, tokenize};
use crate::topic::{Mentions, TopicCue, TopicScorer};
pub use builder::ExtractorBuilder;

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

impl Extractor {
    /// Starts with the default options.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder::default()
    }

    /// Checksum of the gazetteers in use.
    pub fn gazetteers(&self) -> String {
        format!("{:016x}", self.engine.tables.checksum())
    }

    /// Whether the compiled lists that are [checked as they are read](ExtractorBuilder::checked_as_read) are whole, as far as they
    /// have been read: if not, results may be wrong. Cost: a load per list.
    ///
    /// # Errors
    /// The file and what to do.
    pub fn check_lists(&self) -> Result<(), crate::Error> {
        match self.engine.tables.damage() {
            None => Ok(()),
            Some((file, what)) => Err(crate::Error::data(file, None, what, None)),
        }
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
        let Resolved { dated, found, entities, entity_of, held, issuer, tenures } = self.resolve(&ctx, input, lang, watch);
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
            tenures,
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
        let (found, mut held) = self.recognize(ctx, &dated.timexes, lang, watch);
        let (mut entities, entity_of) = coreference::entities(ctx, &found);
        let tenures = Tenures::new(ctx.table);
        let issuer = issuer::find(ctx, &found, &held, &tenures);
        let own = issuer.filter(IssuerState::is_sure).map(|i| i.state);
        body::link(ctx, &found, &mut entities, own);
        let date = dated.given.as_ref().map(|given| given.value.as_str());
        definite::tie(ctx, &found, &mut held, &Circumstances { entities: &entities, entity_of: &entity_of, tenures: &tenures, issuer: own, date });
        Resolved { dated, found, entities, entity_of, held, issuer, tenures }
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
    /// What was looked up in the dated list so far.
    tenures: Tenures<'a>,
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
