//! Articles that could not be indexed, with the reason.

use crate::extract::ExtractError;
use crate::panic_guard::PanicReport;
use crate::read::{LimitKind, ReadError, ReadErrorKind};

/// A file or record that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// One or two words for counting: “empty”, “binary”, “malformed”.
    pub reason: &'static str,
    /// The file, with the member of an archive: `archive.zip!/a.html`.
    pub path: String,
    /// 1-based line or item, where the file holds many records.
    pub place: Option<usize>,
    /// Path, place, what was expected and what to do.
    pub message: String,
    /// The limit that would have to be raised, if that is the reason.
    pub limit: Option<LimitKind>,
    /// Whether a later attempt may succeed: the operating system or the
    /// destination refused.
    pub may_pass: bool,
}

impl Failure {
    /// A record or article that made a stage panic.
    pub(super) fn panicked(path: String, place: Option<usize>, panic: &PanicReport) -> Self {
        let line = place.map(|place| format!(":{place}")).unwrap_or_default();
        let message = format!("{path}{line}: internal error: {panic}; please report this with the file");
        Self { reason: "unreadable", path, place, message, limit: None, may_pass: false }
    }
}

impl From<&ReadError> for Failure {
    fn from(error: &ReadError) -> Self {
        Self {
            reason: error.kind.reason(),
            path: error.path.clone(),
            place: error.place,
            message: error.to_string(),
            limit: error.kind.limit(),
            may_pass: matches!(error.kind, ReadErrorKind::Io(_)),
        }
    }
}

impl From<&ExtractError> for Failure {
    fn from(error: &ExtractError) -> Self {
        Self {
            reason: error.kind.reason(),
            path: error.path.clone(),
            place: error.place,
            message: error.to_string(),
            limit: None,
            may_pass: false,
        }
    }
}
