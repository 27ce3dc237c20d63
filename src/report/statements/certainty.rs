//! How certain a statement is.

use serde::{Deserialize, Serialize};

/// How certain an article is of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// It is a rumor.
    Rumored,
    /// It is being negotiated.
    InTalks,
    /// The article says so, or reports that others do.
    Reported,
    /// It was announced or confirmed.
    Confirmed,
    /// It was denied.
    Denied,
    /// It has happened.
    Happened,
}

impl Certainty {
    /// Its name as the command line and JSON spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rumored => "rumored",
            Self::InTalks => "in-talks",
            Self::Reported => "reported",
            Self::Confirmed => "confirmed",
            Self::Denied => "denied",
            Self::Happened => "happened",
        }
    }
}
