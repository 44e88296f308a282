//! Gazetteers: names of things and cue words, compiled into one flat table and matched on tokens.

mod builtin;
pub mod compile;
pub mod format;
mod matcher;
pub mod schema;
mod table;
pub mod variants;

pub use builtin::builtin;
pub use matcher::{Lookup, Lookups};
pub use schema::{List, Strength};
pub use table::{EntryId, Table};
