//! Time expressions (stand-in until the grammar is merged).
use super::Context;
use crate::annotation::{Grain, TimexKind};
use crate::gazetteer::Table;
use crate::span::Span;

/// stand-in
pub struct TimexRecognizer;
/// stand-in
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// stand-in
    #[default]
    Extract,
    /// stand-in
    TimeMl,
}
/// stand-in
pub struct DocumentDate {
    /// stand-in
    pub date: jiff::civil::Date,
}
/// stand-in
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimexAnchor {
    /// stand-in
    Document,
    /// stand-in
    Itself,
    /// stand-in
    Timex(usize),
    /// stand-in
    None,
}
/// stand-in
#[derive(Clone, Debug)]
pub struct Timex {
    /// stand-in
    pub span: Span,
    /// stand-in
    pub tokens: (u32, u32),
    /// stand-in
    pub value: String,
    /// stand-in
    pub kind: TimexKind,
    /// stand-in
    pub grain: Grain,
    /// stand-in
    pub range: Option<(String, String)>,
    /// stand-in
    pub anchor: TimexAnchor,
    /// stand-in
    pub completed: &'static [&'static str],
    /// stand-in
    pub rule: &'static str,
    /// stand-in
    pub conf: f32,
    /// stand-in
    pub warning: Option<String>,
}
impl TimexRecognizer {
    /// stand-in
    pub fn new(_table: &Table) -> TimexRecognizer {
        TimexRecognizer
    }
    /// stand-in
    pub fn find(&self, _ctx: &Context<'_>, _anchor: Option<&DocumentDate>, _mode: Mode) -> Vec<Timex> {
        Vec::new()
    }
}
/// stand-in
pub fn dateline(_ctx: &Context<'_>, _timexes: &[Timex]) -> Option<usize> {
    None
}
impl DocumentDate {
    /// stand-in
    pub fn parse(value: &str) -> Option<DocumentDate> {
        value.get(..10)?.parse().ok().map(|date| DocumentDate { date })
    }
}
