//! Reads press releases and government news and says who is in them, in which office and for
//! which state or organisation, which states, organisations, places, agreements and events they
//! name, when, what they are about, and who did what.
//!
//! ```
//! let extractor = extract::Extractor::builder().build()?;
//! let found = extractor.extract("On 12 November 2024, UN Secretary-General António Guterres spoke at COP29 in Baku.");
//! assert_eq!(found.people[0].name, "António Guterres");
//! assert_eq!(found.events[0].host, Some("AZ"));
//! # Ok::<(), extract::Error>(())
//! ```
//!
//! The main types: [`Extractor`] (built once, shared by threads), [`Input`] (a text with its id,
//! title and date), [`Extraction`](annotation::Extraction) (the result, schema `extract/1`).
//! Data flows one way through the modules:
//! source → document → token → gazetteer → recognize → resolve → topic → relation → output.

#![deny(missing_docs)]

pub mod annotation;
mod assemble;
mod document;
mod error;
pub mod explain;
mod extractor;
#[doc(hidden)]
pub mod gazetteer;
pub mod output;
#[doc(hidden)]
pub mod recognize;
mod relation;
mod reload;
mod resolve;
#[cfg(feature = "cli")]
pub mod source;
#[doc(hidden)]
pub mod span;
#[doc(hidden)]
pub mod token;
mod topic;

pub use document::GivenDate;
pub use error::{Error, Failure, FailureKind};
pub use extractor::{Extractor, ExtractorBuilder, Input, TimexMode};
pub use reload::ReloadingExtractor;
