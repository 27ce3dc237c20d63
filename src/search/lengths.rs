//! How many words names take where they stand.

use tantivy::DocId;

use crate::index::{LONGEST_NAME, length_term};

use super::SearchError;
use super::cursor::{Cursor, Place, Segment};
use super::near::Stretch;

/// For every length of more than a word, where names of it begin.
pub(super) struct NameLengths {
    lengths: Vec<(u32, Cursor)>,
    scratch: Vec<u32>,
}

impl NameLengths {
    pub fn open(segment: Segment<'_>) -> Result<Self, SearchError> {
        let schema = segment.schema;
        let mut lengths = Vec::new();
        for words in 2..=LONGEST_NAME {
            for (field, place) in [(schema.body_names, Place::Body), (schema.title_names, Place::Title)] {
                let cursor = segment.open_term(field, &length_term(words), place)?;
                lengths.extend(cursor.map(|cursor| (words, cursor)));
            }
        }
        Ok(Self { lengths, scratch: Vec::new() })
    }

    /// Appends the stretches of names that begin at `starts` in a document.
    pub fn stretches(&mut self, doc: DocId, place: Place, starts: &[u32], out: &mut Vec<Stretch>) {
        let from = out.len();
        out.extend(starts.iter().map(|start| Stretch { start: *start, end: start + 1 }));
        for (words, cursor) in self.lengths.iter_mut().filter(|(_, cursor)| cursor.place == place) {
            cursor.seek(doc);
            if cursor.doc() != doc {
                continue;
            }
            self.scratch.clear();
            cursor.positions(&mut self.scratch);
            for stretch in &mut out[from..] {
                if self.scratch.binary_search(&stretch.start).is_ok() {
                    stretch.end = stretch.start + *words;
                }
            }
        }
    }
}
