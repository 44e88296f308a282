//! Resolution: from proposed mentions to settled ones, their entities, holders and links.

pub mod body;
pub mod coreference;
pub mod definite;
pub mod holder;
pub mod issuer;
pub mod metonym;
pub mod overlap;
pub mod people;
pub mod similar;
mod stop;
pub mod tenure;

pub use stop::StopList;
