//! The record that `read` hands to `extract`.

use super::date_order::DateOrder;
use super::format::Format;

/// One article as found in a file: decoded to text, not yet parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRecord {
    /// The file, as the user named it, and the member within an archive:
    /// `archive.zip!/a.html`.
    pub path: String,
    /// 1-based line or item, if the file holds several records.
    pub place: Option<usize>,
    /// What the file or member was taken for: `a table`, `HTML`. Set as it is passed on.
    pub read_as: &'static str,
    /// How to parse the text.
    pub format: Format,
    /// The address the record was saved from, if the file states it.
    pub url: Option<String>,
    /// What comes first in dates such as 04/05/2019, if the file tells. Set by the
    /// sink: readers leave it open.
    pub date_order: Option<DateOrder>,
    /// The decoded text of the record.
    pub text: String,
}

impl RawRecord {
    /// A record whose address is not stated and whose file has no dates that tell their order.
    pub fn new(path: impl Into<String>, place: Option<usize>, format: Format, text: impl Into<String>) -> Self {
        Self { path: path.into(), place, read_as: "", format, url: None, date_order: None, text: text.into() }
    }
}
