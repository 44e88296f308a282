//! Gazetteers: names of things and cue words, compiled into one flat table and matched on tokens.

mod blocks;
mod builtin;
pub mod compile;
pub mod format;
pub mod inspect;
mod layout;
pub mod lint;
mod load;
mod matcher;
mod memo;
mod origin;
mod owned;
pub mod prominent;
pub mod rows;
pub mod schema;
mod search;
mod table;
mod tables;
pub mod variants;
mod verify;

pub use builtin::{builtin, builtin_bytes};
pub use load::{load, load_text};
pub use matcher::{Lookup, Lookups};
pub use origin::Origin;
pub use owned::OwnedTable;
pub use schema::{Column, List, Strength};
pub use table::{EntryId, Table};
pub use tables::Tables;
