//! Archives in memory.

use std::io::{Cursor, Write};

/// A zip archive of these files.
pub(super) fn zip(files: &[(&str, &str)]) -> Cursor<Vec<u8>> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("memory");
        writer.write_all(text.as_bytes()).expect("memory");
    }
    Cursor::new(writer.finish().expect("memory").into_inner())
}
