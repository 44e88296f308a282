//! x
pub mod annotation;
pub mod error;
pub mod extractor;
pub mod gazetteer;
pub mod output;
pub mod recognize;
#[cfg(feature = "cli")]
pub mod source;
pub mod span;
pub mod token;

pub use error::{Error, Failure, FailureKind};
pub use extractor::{Extractor, ExtractorBuilder, GivenDate, Input, TimexMode};
