//! The code that all fuzz targets share: reads and extracts arbitrary bytes as a
//! file with a given name. Nothing may panic, records must keep the limits, and
//! every span must be within its text.

use std::io::Cursor;
use std::path::PathBuf;

use newsearch::internals::extract::Extractor;
use newsearch::Limits;
use newsearch::internals::read::CorpusReader;

/// Small, so that decompression bombs are found quickly.
const LIMITS: Limits = Limits::DEFAULT.with_record(1 << 20).with_expanded(8 << 20);

/// Reads the bytes as a file of this name.
pub fn read(name: &str, bytes: &[u8]) {
    let reader = CorpusReader::new(Vec::<PathBuf>::new()).with_limits(LIMITS);
    reader.read_input(name, Cursor::new(bytes), &mut |record| {
        let Ok(record) = record else { return };
        assert!(record.text.len() as u64 <= 4 * LIMITS.record, "a record larger than its limit");
        let Ok(article) = Extractor::new().extract(record) else { return };
        assert!(article.text.get(article.body.start..article.body.end).is_some());
        assert!(article.text.get(article.title_span.start..article.title_span.end).is_some());
    });
}
