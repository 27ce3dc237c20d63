//! Runs a record reader on bytes in memory.

use std::collections::BTreeMap;

use crate::read::error::{ReadError, ReadErrorKind};
use crate::read::limits::Limits;
use crate::read::member::Member;
use crate::read::record::RawRecord;
use crate::read::sink::RecordSink;

/// Records and errors in file order.
pub(super) type Records = Vec<Result<RawRecord, ReadError>>;

/// What `reader` makes of a file `a` with this content, with records of at most
/// 1,000 bytes.
pub(super) fn read(
    content: &[u8],
    reader: impl FnOnce(&mut RecordSink<'_>, Member<'_>) -> Result<(), ReadErrorKind>,
) -> Result<Records, ReadErrorKind> {
    let mut records = Vec::new();
    let mut callback = |record| records.push(record);
    let mut sink = RecordSink::new(Limits::default().with_record(1000), &mut callback);
    reader(&mut sink, Member::new("a", true, content))?;
    Ok(records)
}

/// As [`summary`], with the keys of JSON objects in alphabetical order.
pub(super) fn sorted_summary(records: &Records) -> Vec<String> {
    let sorted = |line: String| match line.split_once(" {") {
        Some((place, rest)) => {
            let fields: BTreeMap<String, serde_json::Value> = serde_json::from_str(&format!("{{{rest}")).expect("JSON");
            format!("{place} {}", serde_json::to_string(&fields).expect("JSON"))
        }
        None => line,
    };
    summary(records).into_iter().map(sorted).collect()
}

/// The records as `place text`, errors as `place error: reason`; no place is 0.
pub(super) fn summary(records: &Records) -> Vec<String> {
    let line = |record: &Result<RawRecord, ReadError>| match record {
        Ok(record) => format!("{} {}", record.place.unwrap_or(0), record.text),
        Err(error) => format!("{} error: {}", error.place.unwrap_or(0), error.kind.reason()),
    };
    records.iter().map(line).collect()
}
