//! Where record readers send records and errors.

use super::error::{ReadError, ReadErrorKind};
use super::limits::Limits;
use super::record::RawRecord;

/// The callback of a caller: every record and every error, in file order.
pub(super) type Callback<'a> = &'a mut dyn FnMut(Result<RawRecord, ReadError>);

/// Passes records and errors of one file on to the caller.
pub(super) struct RecordSink<'s> {
    /// The limits that readers must keep.
    pub(super) limits: Limits,
    /// What the file or member that is read now was taken for.
    pub(super) read_as: &'static str,
    /// How many records and errors were passed on.
    pub(super) passed: u64,
    callback: Callback<'s>,
}

impl<'s> RecordSink<'s> {
    pub(super) fn new(limits: Limits, callback: Callback<'s>) -> Self {
        Self { limits, read_as: "", passed: 0, callback }
    }

    pub(super) fn record(&mut self, record: RawRecord) {
        self.passed += 1;
        (self.callback)(Ok(RawRecord { read_as: self.read_as, ..record }));
    }

    pub(super) fn error(&mut self, path: &str, place: Option<usize>, kind: ReadErrorKind) {
        self.passed += 1;
        (self.callback)(Err(ReadError { path: path.to_owned(), place, kind }));
    }
}
