//! The number of words of names at their positions.

use tantivy::DocId;

use crate::index::{LONGEST_NAME, length_term};
use crate::search::error::SearchError;
use crate::search::exec::cursor::{Cursor, CursorOpener, TextField};
use crate::search::exec::intervals::Interval;

/// For every length of two words and more the positions where names of that
/// length start; all others have one word.
pub(crate) struct NameLengths {
    lengths: Vec<(u32, Cursor)>,
    scratch: Vec<u32>,
}

impl NameLengths {
    pub fn open(segment: CursorOpener<'_>) -> Result<Self, SearchError> {
        let schema = segment.schema;
        let mut lengths = Vec::new();
        for words in 2..=LONGEST_NAME {
            for (field, text_field) in [(schema.body_names, TextField::Body), (schema.title_names, TextField::Title)] {
                let cursor = segment.open_term(field, &length_term(words), text_field)?;
                lengths.extend(cursor.map(|cursor| (words, cursor)));
            }
        }
        Ok(Self { lengths, scratch: Vec::new() })
    }

    /// Appends the intervals of the names that start at `starts` in a document.
    pub fn intervals(&mut self, doc: DocId, field: TextField, starts: &[u32], out: &mut Vec<Interval>) {
        let from = out.len();
        out.extend(starts.iter().map(|start| Interval { start: *start, end: start + 1 }));
        for (words, cursor) in self.lengths.iter_mut().filter(|(_, cursor)| cursor.field == field) {
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
