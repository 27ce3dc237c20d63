//! Results to text and JSON.

pub mod annotation;

/// The version of the JSON output; a breaking change raises it.
pub const SCHEMA: u32 = 1;
