//! x
pub mod annotation;
pub mod gazetteer;
pub mod recognize;
pub mod span;
pub mod token;
