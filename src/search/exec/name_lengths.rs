//! How many words names take where they stand.

use tantivy::DocId;

use crate::index::{LONGEST_NAME, length_term};

use crate::search::error::SearchError;
use crate::search::exec::cursor::{Cursor, CursorOpener, TextField};
use crate::search::exec::intervals::Interval;

/// For every length of more than a word, where names of it begin.
pub(crate) struct NameLengths {
    lengths: Vec<(u32, Cursor)>,
    scratch: Vec<u32>,
}

impl NameLengths {
    pub fn open(segment: CursorOpener<'_>) -> Result<Self, SearchError> {
        let schema = segment.schema;
        let mut lengths = Vec::new();
        for words in 2..=LONGEST_NAME {
            for (field, place) in [(schema.body_names, TextField::Body), (schema.title_names, TextField::Title)] {
                let cursor = segment.open_term(field, &length_term(words), place)?;
                lengths.extend(cursor.map(|cursor| (words, cursor)));
            }
        }
        Ok(Self { lengths, scratch: Vec::new() })
    }

    /// Appends the stretches of names that begin at `starts` in a document.
    pub fn intervals(&mut self, doc: DocId, place: TextField, starts: &[u32], out: &mut Vec<Interval>) {
        let from = out.len();
        out.extend(starts.iter().map(|start| Interval { start: *start, end: start + 1 }));
        for (words, cursor) in self.lengths.iter_mut().filter(|(_, cursor)| cursor.place == place) {
            cursor.seek(doc);
            if cursor.doc() != doc {
                continue;
            }
            self.scratch.clear();
            cursor.positions(&mut self.scratch);
            for interval in &mut out[from..] {
                if self.scratch.binary_search(&interval.start).is_ok() {
                    interval.end = interval.start + *words;
                }
            }
        }
    }
}
