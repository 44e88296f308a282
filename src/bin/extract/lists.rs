//! What an extractor is built from besides the built-in lists: options that all commands share.

use std::path::PathBuf;

use clap::Args;
use extract::{Error, Extractor, ExtractorBuilder};

#[derive(Debug, Args)]
pub(crate) struct Lists {
    /// Names of your own, TSV or compiled (repeatable): adds to the built-in ones, an entry with the same id overrides
    #[arg(long, value_name = "FILE", help_heading = "Extraction")]
    gazetteer: Vec<PathBuf>,

    /// Leave the built-in names out; words of grammar (titles, months, topic cues) stay
    #[arg(long, help_heading = "Extraction")]
    no_builtin: bool,

    /// Topics of your own, TSV (repeatable): topic, form, weight, negative, needs, label, replace
    #[arg(long, value_name = "FILE", help_heading = "Extraction")]
    topics: Vec<PathBuf>,

    /// Leave out the trained model, which looks at unknown names: lists and rules alone
    #[arg(long, help_heading = "Extraction")]
    no_model: bool,

    /// What must not be marked, TSV (repeatable): text, type (empty: all), reason
    #[arg(long, value_name = "FILE", help_heading = "Extraction")]
    stop: Vec<PathBuf>,
}

impl Lists {
    /// # Errors
    /// When a list cannot be read.
    pub(crate) fn extractor(self, builder: ExtractorBuilder) -> Result<Extractor, Error> {
        let builder = self.gazetteer.into_iter().fold(builder.model(!self.no_model), ExtractorBuilder::gazetteer);
        let builder = self.topics.into_iter().fold(builder, ExtractorBuilder::topics);
        let builder = self.stop.into_iter().fold(builder, ExtractorBuilder::stop_list);
        if self.no_builtin { builder.no_builtin().build() } else { builder.build() }
    }
}
