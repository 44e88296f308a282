//! From results to bytes: filters and offset units first, then the formats.

mod compact;
mod filter;
pub mod json;
pub mod mentions;
mod offsets;
#[cfg(feature = "cli")]
pub mod text;

pub use filter::{Filter, Part};

/// The JSON Schema (draft 2020-12) of the records, error records included.
pub const JSON_SCHEMA: &str = include_str!("schema.json");
