//! Articles that could not be indexed, with the reason.

use crate::extract::{ExtractError, ExtractWarning};
use crate::index::IdCollision;
use crate::panic_guard::PanicReport;
use crate::read::{LimitKind, ReadError, ReadErrorKind, shown};

/// The reason of [`Failure::kept_root`].
pub(crate) const EMPTY_ROOT: &str = "empty folder";

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
    /// Whether the article is kept: something in it was not understood.
    pub is_warning: bool,
}

impl Failure {
    /// A root that is empty or gone while the index has files of it.
    pub(super) fn kept_root(root: &str, files: usize) -> Self {
        let path = shown(root).into_owned();
        let plural = if files == 1 { "file" } else { "files" };
        let message = format!(
            "{path}: nothing is there, but the index has {files} {plural} of it, which are kept in case its disk is not mounted"
        );
        Self { reason: EMPTY_ROOT, path, place: None, message, limit: None, may_pass: true, is_warning: false }
    }

    /// A file of a kind that is not read.
    pub(super) fn skipped(path: &str, kind: &str) -> Self {
        let path = shown(path).into_owned();
        let message = format!("{path}: not read: {kind}");
        Self { reason: "not read", path, place: None, message, limit: None, may_pass: false, is_warning: true }
    }

    /// An article whose id another one has.
    pub(super) fn id_collision(collision: &IdCollision) -> Self {
        let IdCollision { id, dropped, kept } = collision;
        let (path, kept) = (shown(dropped).into_owned(), shown(kept));
        let message =
            format!("{path}: its article {id} is left out: {kept} has another text under this id, and comes later");
        Self { reason: "id taken", path, place: None, message, limit: None, may_pass: false, is_warning: false }
    }

    /// An article whose text of `found` bytes was cut after `kept`.
    pub(super) fn cut(path: &str, place: Option<usize>, (found, kept): (usize, usize)) -> Self {
        let path = shown(path).into_owned();
        let line = place.map(|place| format!(":{place}")).unwrap_or_default();
        let message = format!(
            "{path}{line}: a text of {found} bytes, of which the first {kept} are indexed; split it into articles"
        );
        Self { reason: "cut", path, place, message, limit: Some(LimitKind::Text), may_pass: false, is_warning: false }
    }

    /// Something in a record that was not understood, while its article is kept.
    pub(super) fn warning(path: &str, place: Option<usize>, warning: &ExtractWarning) -> Self {
        let path = shown(path).into_owned();
        let line = place.map(|place| format!(":{place}")).unwrap_or_default();
        let message = format!("{path}{line}: {warning}");
        Self { reason: warning.reason(), path, place, message, limit: None, may_pass: false, is_warning: true }
    }

    /// A record or article that made a stage panic.
    pub(super) fn panicked(path: String, place: Option<usize>, panic: &PanicReport) -> Self {
        let path = shown(&path).into_owned();
        let line = place.map(|place| format!(":{place}")).unwrap_or_default();
        let message = format!("{path}{line}: internal error: {panic}; please report this with the file");
        Self { reason: "unreadable", path, place, message, limit: None, may_pass: false, is_warning: false }
    }
}

impl From<&ReadError> for Failure {
    fn from(error: &ReadError) -> Self {
        Self {
            reason: error.kind.reason(),
            path: shown(&error.path).into_owned(),
            place: error.place,
            message: error.message(&shown(&error.path)),
            limit: error.kind.limit(),
            may_pass: matches!(error.kind, ReadErrorKind::Io(_)),
            is_warning: error.kind.is_warning(),
        }
    }
}

impl From<&ExtractError> for Failure {
    fn from(error: &ExtractError) -> Self {
        Self {
            reason: error.kind.reason(),
            path: shown(&error.path).into_owned(),
            place: error.place,
            message: error.message(&shown(&error.path)),
            limit: None,
            may_pass: false,
            is_warning: false,
        }
    }
}
