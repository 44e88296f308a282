//! Options of an extractor, and building it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::{Engine, Extractor, TimexMode};
use crate::error::Error;
use crate::gazetteer::schema::SCHEMAS;
use crate::gazetteer::{List, Table, Tables, builtin, load, load_text};
use crate::recognize::common::CommonWords;
use crate::recognize::model::{SpanModel, Weights};
use crate::recognize::timex::{Mode, TimexRecognizer};
use crate::relation::WordClasses;
use crate::resolve::StopList;
use crate::resolve::similar::NearLetters;
use crate::topic::{TopicScorer, UserTopics};

/// Options of an [`Extractor`].
#[derive(Clone, Debug, Default)]
pub struct ExtractorBuilder {
    timex: TimexMode,
    lists: Vec<UserList>,
    stop: Vec<PathBuf>,
    topics: Vec<UserList>,
    checked_as_read: bool,
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

    /// Compares compiled lists with their checksums part by part, when a part is first read, instead of whole when the
    /// extractor is built; default false. A list of a million names is ready in a millisecond so, not in six. A damage may
    /// then show in the middle of the work: ask [`Extractor::check_lists`] before a result is used.
    pub fn checked_as_read(mut self, on: bool) -> Self {
        self.checked_as_read = on;
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
                UserList::File(path) => load(path, self.checked_as_read)?,
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
                UserList::File(path) => named_text(path)?,
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
            let (name, text) = named_text(path)?;
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

/// The name of a file, for messages, and its text.
fn named_text(path: &Path) -> Result<(String, String), Error> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => Ok((name, text)),
        Err(e) => Err(Error::data(name, None, e.to_string(), None)),
    }
}
