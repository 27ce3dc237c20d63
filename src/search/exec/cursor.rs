//! Cursors over the postings of a unit in one field.

use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

use crate::index::IndexSchema;
use crate::search::error::SearchError;
use crate::search::exec::phrase::{PhraseCursor, PhraseTerm, TermPostings, distinct_terms};
use crate::search::exec::union::UnionCursor;
use crate::search::language::syntax_tree::{FieldScope, Label};
use crate::search::plan::tree::{Sequence, Unit, UnitKind};
use crate::search::snapshot::form_postings::{MaterializedCursor, WordPostings};
use crate::search::snapshot::reader::Snapshot;
use crate::search::snapshot::term_index::TermIndex;

/// The field of an occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextField {
    Title,
    Body,
    /// A metadata field; adds nothing to scores.
    Other,
}

/// The documents that match one alternative of a unit in one field, in order.
pub(crate) struct Cursor {
    pub field: TextField,
    postings: PostingsCursor,
}

enum PostingsCursor {
    Phrase(PhraseCursor),
    Materialized(MaterializedCursor),
    Union(UnionCursor),
}

impl Cursor {
    pub fn doc(&self) -> DocId {
        match &self.postings {
            PostingsCursor::Phrase(phrase) => phrase.doc(),
            PostingsCursor::Materialized(cursor) => cursor.doc(),
            PostingsCursor::Union(union) => union.doc(),
        }
    }

    /// Advances to the first document at or after `target`.
    pub fn seek(&mut self, target: DocId) {
        match &mut self.postings {
            PostingsCursor::Phrase(phrase) => phrase.seek(target),
            PostingsCursor::Materialized(cursor) => cursor.seek(target),
            PostingsCursor::Union(union) => union.seek(target),
        }
    }

    /// Calls `each` for every document from the current one on, with its count.
    pub fn each(&mut self, mut each: impl FnMut(DocId, u32)) {
        match &mut self.postings {
            PostingsCursor::Phrase(phrase) => phrase.each(each),
            PostingsCursor::Materialized(cursor) => {
                cursor.rest().iter().for_each(|posting| each(posting.doc, posting.count))
            }
            PostingsCursor::Union(union) => {
                while union.doc() != TERMINATED {
                    each(union.doc(), union.count());
                    union.seek(union.doc() + 1);
                }
            }
        }
    }

    /// Occurrences in the current document.
    pub fn count(&self) -> u32 {
        match &self.postings {
            PostingsCursor::Phrase(phrase) => phrase.count(),
            PostingsCursor::Materialized(cursor) => cursor.count(),
            PostingsCursor::Union(union) => union.count(),
        }
    }

    /// Appends the start positions in the current document.
    pub fn positions(&mut self, out: &mut Vec<u32>) {
        match &mut self.postings {
            PostingsCursor::Phrase(phrase) => phrase.positions(out),
            // Only opened without positions.
            PostingsCursor::Materialized(_) => {}
            PostingsCursor::Union(union) => union.positions(out),
        }
    }

    /// Words of each occurrence.
    pub fn length(&self) -> u32 {
        match &self.postings {
            PostingsCursor::Phrase(phrase) => phrase.length(),
            PostingsCursor::Materialized(_) | PostingsCursor::Union(_) => 1,
        }
    }
}

/// What a cursor is opened for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CursorOptions<'a> {
    /// Whether positions will be read.
    pub positions: bool,
    /// Only these documents, in order; `None` for all.
    pub only: Option<&'a [DocId]>,
}

/// Opens cursors in one segment of a commit.
#[derive(Clone, Copy)]
pub(crate) struct CursorOpener<'a> {
    pub snapshot: &'a Snapshot,
    pub schema: &'a IndexSchema,
    pub number: u32,
}

impl CursorOpener<'_> {
    /// Opens the cursors of a unit: one for each field and each alternative that
    /// occurs in it.
    pub fn open(self, unit: &Unit, options: CursorOptions<'_>) -> Result<Vec<Cursor>, SearchError> {
        let mut cursors = Vec::new();
        for (field, text_field) in fields_of(self.schema, unit) {
            let mut add = |opened: Option<PostingsCursor>| {
                cursors.extend(opened.map(|postings| Cursor { field: text_field, postings }))
            };
            match &unit.kind {
                UnitKind::Words(sequences) => {
                    for sequence in sequences {
                        add(self.sequence(field, sequence, options)?);
                    }
                }
                UnitKind::Names(ids) => {
                    for id in ids {
                        add(self.terms(field, &[id.to_string()], options)?);
                    }
                }
                UnitKind::Label(_, words) => add(self.terms(field, words, options)?),
                UnitKind::Mark(mark) => add(self.terms(field, &[(*mark).to_owned()], options)?),
                UnitKind::Any(terms) | UnitKind::Dates(terms) | UnitKind::Reports(terms) => {
                    let index = self.snapshot.terms(self.number, field)?;
                    let found = index.find(terms, options.positions)?;
                    let found = found.iter().map(|term| (term, options.only));
                    add(UnionCursor::open(&index, found, options.positions)?.map(PostingsCursor::Union));
                }
            }
        }
        Ok(cursors)
    }

    /// Opens one term of a field, with its positions.
    pub fn open_term(self, field: Field, term: &str, text_field: TextField) -> Result<Option<Cursor>, SearchError> {
        let opened = self.terms(field, &[term.to_owned()], CursorOptions { positions: true, only: None })?;
        Ok(opened.map(|postings| Cursor { field: text_field, postings }))
    }

    /// A phrase of exact words.
    fn terms(
        self,
        field: Field,
        terms: &[String],
        options: CursorOptions<'_>,
    ) -> Result<Option<PostingsCursor>, SearchError> {
        let index = self.snapshot.terms(self.number, field)?;
        let positions = options.positions || terms.len() > 1;
        phrase(distinct_terms(terms).into_iter().map(|PhraseTerm { term, offsets }| {
            let found = index.find(std::slice::from_ref(term), positions)?;
            Ok((TermPostings::open(&index, &found, positions)?, offsets))
        }))
    }

    /// A phrase of words, each in any of its forms.
    fn sequence(
        self,
        field: Field,
        sequence: &Sequence,
        options: CursorOptions<'_>,
    ) -> Result<Option<PostingsCursor>, SearchError> {
        if sequence.exact {
            return self.terms(field, &sequence.terms, options);
        }
        let index = self.snapshot.terms(self.number, field)?;
        let distinct = distinct_terms(&sequence.forms);
        let mut words = Vec::with_capacity(distinct.len());
        for PhraseTerm { term: forms, offsets } in distinct {
            words.push((self.snapshot.segments.words.get(&index, forms)?, offsets));
        }
        match (&words[..], options.only) {
            ([(word, _)], None) if sequence.forms.len() == 1 && !options.positions => word_cursor(&index, word),
            (words, Some(only)) => words_in(&index, words, only, options.positions || sequence.forms.len() > 1),
            // Intersects first, so that positions are read only of documents with all words.
            (words, None) if words.len() > 1 && words.iter().any(|(word, _)| word.terms.len() > 1) => {
                let all = intersection(&index, words)?;
                words_in(&index, words, &all, true)
            }
            (words, None) => phrase(
                words
                    .iter()
                    .map(|(word, offsets)| Ok((TermPostings::open(&index, &word.terms, true)?, offsets.clone()))),
            ),
        }
    }
}

/// A word of a phrase, with its offsets in it.
type WordOffsets = (Arc<WordPostings>, Vec<u32>);

/// The documents of a word in any of its forms, without positions.
fn word_cursor(index: &TermIndex<'_>, word: &WordPostings) -> Result<Option<PostingsCursor>, SearchError> {
    if word.terms.len() > 1 {
        return Ok(Some(PostingsCursor::Materialized(MaterializedCursor::new(word.postings(index)?))));
    }
    phrase(std::iter::once(Ok((TermPostings::open(index, &word.terms, false)?, vec![0]))))
}

/// The documents that have all words, in order.
fn intersection(index: &TermIndex<'_>, words: &[WordOffsets]) -> Result<Vec<DocId>, SearchError> {
    let mut cursors = Vec::with_capacity(words.len());
    for (word, _) in words {
        let Some(postings) = word_cursor(index, word)? else { return Ok(Vec::new()) };
        cursors.push(Cursor { field: TextField::Other, postings });
    }
    let (mut all, mut target) = (Vec::new(), 0);
    while target != TERMINATED {
        let next = |cursor: &mut Cursor| {
            cursor.seek(target);
            cursor.doc()
        };
        let furthest = cursors.iter_mut().map(next).max().unwrap_or(TERMINATED);
        if furthest == target {
            all.push(target);
            target += 1;
        } else {
            target = furthest;
        }
    }
    Ok(all)
}

/// A phrase of words in some documents.
fn words_in(
    index: &TermIndex<'_>,
    words: &[WordOffsets],
    only: &[DocId],
    positions: bool,
) -> Result<Option<PostingsCursor>, SearchError> {
    phrase(
        words.iter().map(|(word, offsets)| Ok((TermPostings::open_in(index, word, only, positions)?, offsets.clone()))),
    )
}

/// A phrase of the postings of each distinct term with its offsets; `None` where one
/// has none.
fn phrase(
    terms: impl Iterator<Item = Result<(Option<TermPostings>, Vec<u32>), SearchError>>,
) -> Result<Option<PostingsCursor>, SearchError> {
    let mut opened = Vec::with_capacity(terms.size_hint().0);
    for term in terms {
        let (Some(postings), offsets) = term? else { return Ok(None) };
        opened.push((postings, offsets));
    }
    Ok(PhraseCursor::new(opened).map(PostingsCursor::Phrase))
}

/// The fields that a unit is searched in.
pub(crate) fn fields_of(schema: &IndexSchema, unit: &Unit) -> Vec<(Field, TextField)> {
    let mut pairs = Vec::with_capacity(4);
    match &unit.kind {
        UnitKind::Words(_) | UnitKind::Any(_) => {
            pairs.extend([(schema.body, TextField::Body), (schema.title, TextField::Title)])
        }
        UnitKind::Names(_) => {
            pairs.extend([(schema.body_names, TextField::Body), (schema.title_names, TextField::Title)])
        }
        UnitKind::Dates(_) => {
            pairs.extend([(schema.body_dates, TextField::Body), (schema.title_dates, TextField::Title)])
        }
        UnitKind::Mark(_) => pairs.push((schema.body_names, TextField::Body)),
        UnitKind::Reports(_) => pairs.push((schema.reports, TextField::Other)),
        UnitKind::Label(label, _) => {
            let field = match label {
                Label::Source => schema.source,
                Label::Author => schema.author,
                Label::Section => schema.section,
                Label::Field(_) => schema.labels,
            };
            pairs.push((field, TextField::Other));
        }
    }
    pairs.retain(|(_, field)| match unit.scope {
        FieldScope::All => true,
        FieldScope::Title => *field == TextField::Title,
        FieldScope::Body => *field == TextField::Body,
    });
    pairs
}
