//! What every fuzz target does: any bytes under a name go through reading and
//! extraction; nothing may panic, and every span must fit its text.

use std::io::Cursor;
use std::path::PathBuf;

use newsearch::extract::Extractor;
use newsearch::read::{CorpusReader, Limits};

/// Small enough that a bomb is found at once.
const LIMITS: Limits = Limits::DEFAULT.with_record(1 << 20).with_expanded(8 << 20);

/// Reads the bytes as a file of this name.
pub fn read(name: &str, bytes: &[u8]) {
    let reader = CorpusReader::new(Vec::<PathBuf>::new()).with_limits(LIMITS);
    reader.read_input(name, Cursor::new(bytes), &mut |record| {
        let Ok(record) = record else { return };
        assert!(record.text.len() as u64 <= 4 * LIMITS.record, "a record beyond its limit");
        let Ok(article) = Extractor::new().extract(record) else { return };
        assert!(article.text.get(article.body.start..article.body.end).is_some());
        assert!(article.text.get(article.title_span.start..article.title_span.end).is_some());
    });
}
