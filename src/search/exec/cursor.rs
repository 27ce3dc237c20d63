//! Walking postings, of terms and of phrases.

use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

use crate::index::IndexSchema;

use crate::search::error::SearchError;
use crate::search::exec::phrase::{PhraseCursor, TermPostings};
use crate::search::exec::union::UnionCursor;
use crate::search::language::syntax_tree::{FieldScope, Label};
use crate::search::plan::tree::{Sequence, Unit, UnitKind};
use crate::search::snapshot::reader::Snapshot;
use crate::search::snapshot::stem_postings::{MaterializedCursor, Stem};
use crate::search::snapshot::term_index::TermIndex;

/// Where an occurrence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextField {
    Title,
    Body,
    /// Neither: a field that is only filtered by.
    Elsewhere,
}

/// The documents that satisfy a unit in one place, in order.
pub(crate) struct Cursor {
    pub place: TextField,
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
            PostingsCursor::Phrase(run) => run.doc(),
            PostingsCursor::Materialized(listed) => listed.doc(),
            PostingsCursor::Union(merged) => merged.doc(),
        }
    }

    /// Goes to the first document at or after `target`.
    pub fn seek(&mut self, target: DocId) {
        match &mut self.postings {
            PostingsCursor::Phrase(run) => run.seek(target),
            PostingsCursor::Materialized(listed) => listed.seek(target),
            PostingsCursor::Union(merged) => merged.seek(target),
        }
    }

    /// Hands every document from here on to `each`, with its count.
    pub fn each(&mut self, mut each: impl FnMut(DocId, u32)) {
        match &mut self.postings {
            PostingsCursor::Phrase(run) => run.each(each),
            PostingsCursor::Materialized(listed) => {
                listed.rest().iter().for_each(|posting| each(posting.doc, posting.count))
            }
            PostingsCursor::Union(merged) => {
                while merged.doc() != TERMINATED {
                    each(merged.doc(), merged.count());
                    merged.seek(merged.doc() + 1);
                }
            }
        }
    }

    /// How often it stands in the current document.
    pub fn count(&self) -> u32 {
        match &self.postings {
            PostingsCursor::Phrase(run) => run.count(),
            PostingsCursor::Materialized(listed) => listed.count(),
            PostingsCursor::Union(merged) => merged.count(),
        }
    }

    /// Appends the start positions in the current document.
    pub fn positions(&mut self, out: &mut Vec<u32>) {
        match &mut self.postings {
            PostingsCursor::Phrase(run) => run.positions(out),
            // It is opened only where nobody asks for positions.
            PostingsCursor::Materialized(_) => {}
            PostingsCursor::Union(merged) => merged.positions(out),
        }
    }

    /// How many positions each occurrence takes.
    pub fn length(&self) -> u32 {
        match &self.postings {
            PostingsCursor::Phrase(run) => run.length(),
            PostingsCursor::Materialized(_) | PostingsCursor::Union(_) => 1,
        }
    }
}

/// Which documents a cursor is opened for, and whether positions are wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CursorOptions<'a> {
    pub positions: bool,
    /// Only these, in order; all, where there are none.
    pub only: Option<&'a [DocId]>,
}

/// A segment of a commit, where cursors are opened.
#[derive(Clone, Copy)]
pub(crate) struct CursorOpener<'a> {
    pub snapshot: &'a Snapshot,
    pub schema: &'a IndexSchema,
    pub number: u32,
}

impl CursorOpener<'_> {
    /// Opens the cursors of a unit: one for each field and alternative that
    /// occurs there.
    pub fn open(self, unit: &Unit, reach: CursorOptions<'_>) -> Result<Vec<Cursor>, SearchError> {
        let mut cursors = Vec::new();
        for (field, place) in fields_of(self.schema, unit) {
            let mut add =
                |opened: Option<PostingsCursor>| cursors.extend(opened.map(|postings| Cursor { place, postings }));
            match &unit.kind {
                UnitKind::Words(sequences) => {
                    for sequence in sequences {
                        add(self.sequence(field, sequence, reach)?);
                    }
                }
                UnitKind::Names(ids) => {
                    for id in ids {
                        add(self.terms(field, &[id.to_string()], reach)?);
                    }
                }
                UnitKind::Label(_, words) => add(self.terms(field, words, reach)?),
                UnitKind::Mark(mark) => add(self.terms(field, &[(*mark).to_owned()], reach)?),
                UnitKind::Any(terms) | UnitKind::Dates(terms) | UnitKind::Reports(terms) => {
                    let index = self.snapshot.terms(self.number, field)?;
                    let found = index.find(terms, reach.positions)?;
                    let found = found.iter().map(|term| (term, reach.only));
                    add(UnionCursor::open(&index, found, reach.positions)?.map(PostingsCursor::Union));
                }
            }
        }
        Ok(cursors)
    }

    /// Opens one term of a field, with its positions.
    pub fn open_term(self, field: Field, term: &str, place: TextField) -> Result<Option<Cursor>, SearchError> {
        let opened = self.terms(field, &[term.to_owned()], CursorOptions { positions: true, only: None })?;
        Ok(opened.map(|postings| Cursor { place, postings }))
    }

    fn terms(
        self,
        field: Field,
        terms: &[String],
        reach: CursorOptions<'_>,
    ) -> Result<Option<PostingsCursor>, SearchError> {
        let index = self.snapshot.terms(self.number, field)?;
        let positions = reach.positions || terms.len() > 1;
        run(terms.iter().map(|term| {
            let found = index.find(std::slice::from_ref(term), positions)?;
            TermPostings::open(&index, &found, positions)
        }))
    }

    fn sequence(
        self,
        field: Field,
        sequence: &Sequence,
        reach: CursorOptions<'_>,
    ) -> Result<Option<PostingsCursor>, SearchError> {
        if sequence.exact {
            return self.terms(field, &sequence.terms, reach);
        }
        let index = self.snapshot.terms(self.number, field)?;
        let mut stems = Vec::with_capacity(sequence.terms.len());
        for (stem, forms) in sequence.terms.iter().zip(&sequence.forms) {
            stems.push(self.snapshot.stems.get(&index, (stem, forms))?);
        }
        match (&stems[..], reach.only) {
            ([stem], None) if !reach.positions => Ok(documents(&index, stem)?),
            (stems, Some(only)) => stems_in(&index, stems, only, reach.positions),
            // So that positions are read only where all are.
            ([_, _, ..], None) if stems.iter().any(|stem| stem.terms.len() > 1) => {
                let all = with_all(&index, &stems)?;
                stems_in(&index, &stems, &all, true)
            }
            (stems, None) => run(stems.iter().map(|stem| TermPostings::open(&index, &stem.terms, true))),
        }
    }
}

/// The documents of a stem.
fn documents(index: &TermIndex<'_>, stem: &Stem) -> Result<Option<PostingsCursor>, SearchError> {
    if stem.terms.len() > 1 {
        return Ok(Some(PostingsCursor::Materialized(MaterializedCursor::new(stem.documents(index)?))));
    }
    run(std::iter::once(TermPostings::open(index, &stem.terms, false)))
}

/// The documents that have all stems, in order.
fn with_all(index: &TermIndex<'_>, stems: &[Arc<Stem>]) -> Result<Vec<DocId>, SearchError> {
    let mut cursors = Vec::with_capacity(stems.len());
    for stem in stems {
        let Some(postings) = documents(index, stem)? else { return Ok(Vec::new()) };
        cursors.push(Cursor { place: TextField::Elsewhere, postings });
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

/// Stems one after the other in some documents.
fn stems_in(
    index: &TermIndex<'_>,
    stems: &[Arc<Stem>],
    only: &[DocId],
    positions: bool,
) -> Result<Option<PostingsCursor>, SearchError> {
    let positions = positions || stems.len() > 1;
    run(stems.iter().map(|stem| TermPostings::open_in(index, stem, only, positions)))
}

/// The postings of each place one after the other; `None` where one has none.
fn run(
    posted: impl Iterator<Item = Result<Option<TermPostings>, SearchError>>,
) -> Result<Option<PostingsCursor>, SearchError> {
    let posted: Option<Vec<TermPostings>> = posted.collect::<Result<_, _>>()?;
    Ok(posted.and_then(PhraseCursor::new).map(PostingsCursor::Phrase))
}

/// The fields that a unit is looked for in.
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
        UnitKind::Reports(_) => pairs.push((schema.reports, TextField::Elsewhere)),
        UnitKind::Label(label, _) => {
            let field = match label {
                Label::Source => schema.source,
                Label::Author => schema.author,
                Label::Section => schema.section,
            };
            pairs.push((field, TextField::Elsewhere));
        }
    }
    pairs.retain(|(_, place)| match unit.places {
        FieldScope::All => true,
        FieldScope::Title => *place == TextField::Title,
        FieldScope::Body => *place == TextField::Body,
    });
    pairs
}
