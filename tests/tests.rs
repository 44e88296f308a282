//! All integration tests, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]
#![allow(clippy::print_stdout, reason = "tests show their rates; cargo keeps the output of those that pass")]

mod cases;
#[cfg(feature = "cli")]
mod cli;
mod dates;
mod eval;
mod explain;
mod gazetteers;
mod layers;
mod library;
mod linking;
mod matching;
mod model;
mod press;
mod properties;
mod recognizers;
mod relations;
mod score;
mod support;
mod topics;
mod walker;
