//! The command line as its users meet it. One file per promise of its help text.

mod batch;
mod encoding;
mod endings;
mod explain;
mod formats;
mod gazetteer;
mod inputs;
mod jsonl;
mod schema;
mod util;
mod views;
