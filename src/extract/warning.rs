//! What of a record was not understood although its article is kept.

/// Something in a record that was not understood. The article is kept without it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractWarning {
    /// A date in no known form.
    #[error("its {field} {text:?} was not understood: the article has none; write it as YYYY-MM-DD")]
    DateUnread {
        /// Which date: `date` or `modified`.
        field: &'static str,
        /// What the record has there.
        text: String,
    },
    /// A date such as 04/05/2019 whose record and file leave open what comes first.
    #[error("its date {text:?} was read as {read}: whether day or month comes first is open")]
    DateOrderOpen {
        /// What the record has there.
        text: String,
        /// The day that was taken, `YYYY-MM-DD`.
        read: String,
    },
    /// A date that states no day, such as 2022-03.
    #[error("its date {text:?} states no day: {read} was taken")]
    DateWithoutDay {
        /// What the record has there.
        text: String,
        /// The first day of the month, `YYYY-MM-DD`.
        read: String,
    },
    /// A record with text under keys that are not known.
    #[error("its text may be under keys that are not known: {}; name one with --map text=KEY", keys.join(", "))]
    TextUnderOtherKeys {
        /// The keys, with dots for those of objects within.
        keys: Vec<String>,
    },
}

impl ExtractWarning {
    /// A few words to count warnings by.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::DateUnread { .. } => "date not understood",
            Self::DateOrderOpen { .. } => "day or month first",
            Self::DateWithoutDay { .. } => "date without a day",
            Self::TextUnderOtherKeys { .. } => "text under other keys",
        }
    }
}
