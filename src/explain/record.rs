//! The recorder: what the stages considered, and what of it they kept.

use super::{Explanation, Query, Spans, Topics, passage, relation, topic};
use super::{source::Sources, units::Units};
use crate::annotation::Extraction;
use crate::extractor::Input;
use crate::recognize::model::Reason;
use crate::recognize::{Context, Found};

/// Why a proposal was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dropped {
    /// A user's stop list has it, in this line and for this reason.
    StopList(String),
    /// A blank line stands inside it.
    Paragraphs,
}

/// Takes down what one extraction considers.
pub(crate) struct Recorder<'t> {
    query: Query,
    /// What reached the last settling.
    pub(super) proposed: Vec<Found<'t>>,
    /// What settling let stand.
    pub(super) settled: Vec<Found<'t>>,
    /// That without idle roles.
    pub(super) kept: Vec<Found<'t>>,
    /// What was taken back before.
    pub(super) dropped: Vec<(Found<'t>, Dropped)>,
    /// What the model made of its candidates.
    pub(super) judged: Vec<Reason>,
    explanation: Option<Explanation<'t>>,
}

/// What the parts of an explanation are made from.
#[derive(Clone, Copy)]
pub(super) struct Seen<'r, 's, 't> {
    pub(super) ctx: &'r Context<'s, 't>,
    pub(super) record: &'r Recorder<'t>,
    pub(super) extraction: &'r Extraction<'t>,
    pub(super) units: &'r Units<'s>,
}

impl<'r, 's, 't> Seen<'r, 's, 't> {
    pub(super) fn sources(&self) -> Sources<'t> {
        Sources(self.ctx.table)
    }
}

impl<'t> Recorder<'t> {
    pub(crate) fn new(query: &Query) -> Recorder<'t> {
        Recorder {
            query: query.clone(),
            proposed: Vec::new(),
            settled: Vec::new(),
            kept: Vec::new(),
            dropped: Vec::new(),
            judged: Vec::new(),
            explanation: None,
        }
    }

    /// Takes down what was taken back, and why.
    pub(crate) fn drop_all(&mut self, dropped: impl Iterator<Item = (Found<'t>, Dropped)>) {
        self.dropped.extend(dropped);
    }

    /// Takes down what the model made of its candidates.
    pub(crate) fn judge(&mut self, judged: Vec<Reason>) {
        self.judged = judged;
    }

    /// Takes down the last settling.
    pub(crate) fn settle(&mut self, proposed: &[Found<'t>], settled: &[Found<'t>], kept: &[Found<'t>]) {
        self.proposed = proposed.to_vec();
        self.settled = settled.to_vec();
        self.kept = kept.to_vec();
    }

    /// Works the explanation out, while tokens and hits are still there.
    pub(crate) fn finish(&mut self, ctx: &Context<'_, 't>, offset: usize, input: &Input<'t>, extraction: &Extraction<'t>) {
        let units = Units::new(ctx.text, offset, input.title.is_some() && offset > 0, self.query.offsets);
        let seen = Seen { ctx, record: self, extraction, units: &units };
        let spans = passage::explain(&seen, &self.query.spans);
        let all = self.query.spans == Spans::All;
        let mut explanation = Explanation::empty(extraction, &self.query);
        explanation.relations = match &self.query.spans {
            Spans::None => Vec::new(),
            _ => relation::explain(&seen, |place| {
                all || spans.iter().any(|s| s.place.within == place.within && s.place.start < place.end && place.start < s.place.end)
            }),
        };
        explanation.spans = spans;
        explanation.topics = match &self.query.topics {
            Topics::Found => topic::found(&seen),
            Topics::One(slug) => vec![topic::one(&seen, slug)],
            Topics::None => Vec::new(),
        };
        self.explanation = Some(explanation);
    }

    pub(crate) fn into_explanation(self) -> Option<Explanation<'t>> {
        self.explanation
    }
}
