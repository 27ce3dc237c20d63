//! Where record readers send records and errors.

use super::date_order::OrderEvidence;
use super::decode::Decoded;
use super::error::{ReadError, ReadErrorKind};
use super::format::Format;
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
    /// What the dates of the file tell so far.
    dates: OrderEvidence,
}

impl<'s> RecordSink<'s> {
    pub(super) fn new(limits: Limits, callback: Callback<'s>) -> Self {
        Self { limits, read_as: "", passed: 0, callback, dates: OrderEvidence::default() }
    }

    /// Learns from the start of a file with many records how it writes its dates.
    pub(super) fn look_ahead(&mut self, start: &[u8]) {
        self.dates = OrderEvidence::default();
        self.dates.observe(start);
    }

    pub(super) fn record(&mut self, mut record: RawRecord) {
        self.passed += 1;
        record.read_as = self.read_as;
        if record.format == Format::Json {
            self.dates.observe(record.text.as_bytes());
            record.date_order = self.dates.order();
        }
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
        self.passed += 1;
        (self.callback)(Err(ReadError { path: path.to_owned(), place, kind }));
    }
}
