//! Where record readers send records and errors.

use super::decode::Decoded;
use super::error::{ReadError, ReadErrorKind};
use super::limits::Limits;
use super::record::RawRecord;

/// The callback of a caller: every record and every error, in file order.
pub(super) type Callback<'a> = &'a mut dyn FnMut(Result<RawRecord, ReadError>);

/// Passes records and errors of one file on to the caller.
pub(super) struct RecordSink<'s> {
    /// The limits that readers must keep.
    pub(super) limits: Limits,
    callback: Callback<'s>,
}

impl<'s> RecordSink<'s> {
    pub(super) fn new(limits: Limits, callback: Callback<'s>) -> Self {
        Self { limits, callback }
    }

    pub(super) fn record(&mut self, record: RawRecord) {
        (self.callback)(Ok(record));
    }

    /// The text of a record, with a warning before it if bytes of it were bad.
    pub(super) fn text(&mut self, path: &str, place: Option<usize>, decoded: Decoded) -> String {
        if let Some(warning) = decoded.warning {
            self.error(path, place, warning);
        }
        decoded.text
    }

    pub(super) fn error(&mut self, path: &str, place: Option<usize>, kind: ReadErrorKind) {
        (self.callback)(Err(ReadError { path: path.to_owned(), place, kind }));
    }
}
