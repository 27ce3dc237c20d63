//! Walking postings, of terms and of phrases.

use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

use crate::index::IndexSchema;

use super::SearchError;
use super::columns::Snapshot;
use super::documents::{Listed, Stem};
use super::language::{Label, Places};
use super::merged::Merged;
use super::plan::{Sequence, Unit, Wanted};
use super::run::{Posted, Run};
use super::term_index::TermIndex;

/// Where an occurrence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Title,
    Body,
    /// Neither: a field that is only filtered by.
    Elsewhere,
}

/// The documents that satisfy a unit in one place, in order.
pub(super) struct Cursor {
    pub place: Place,
    postings: Walked,
}

enum Walked {
    Run(Run),
    Listed(Listed),
    Merged(Merged),
}

impl Cursor {
    pub fn doc(&self) -> DocId {
        match &self.postings {
            Walked::Run(run) => run.doc(),
            Walked::Listed(listed) => listed.doc(),
            Walked::Merged(merged) => merged.doc(),
        }
    }

    /// Goes to the first document at or after `target`.
    pub fn seek(&mut self, target: DocId) {
        match &mut self.postings {
            Walked::Run(run) => run.seek(target),
            Walked::Listed(listed) => listed.seek(target),
            Walked::Merged(merged) => merged.seek(target),
        }
    }

    /// Hands every document from here on to `each`, with its count.
    pub fn each(&mut self, mut each: impl FnMut(DocId, u32)) {
        match &mut self.postings {
            Walked::Run(run) => run.each(each),
            Walked::Listed(listed) => listed.rest().iter().for_each(|posting| each(posting.doc, posting.count)),
            Walked::Merged(merged) => {
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
            Walked::Run(run) => run.count(),
            Walked::Listed(listed) => listed.count(),
            Walked::Merged(merged) => merged.count(),
        }
    }

    /// Appends the start positions in the current document.
    pub fn positions(&mut self, out: &mut Vec<u32>) {
        match &mut self.postings {
            Walked::Run(run) => run.positions(out),
            // It is opened only where nobody asks for positions.
            Walked::Listed(_) => {}
            Walked::Merged(merged) => merged.positions(out),
        }
    }

    /// How many positions each occurrence takes.
    pub fn length(&self) -> u32 {
        match &self.postings {
            Walked::Run(run) => run.length(),
            Walked::Listed(_) | Walked::Merged(_) => 1,
        }
    }
}

/// Which documents a cursor is opened for, and whether positions are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach<'a> {
    pub positions: bool,
    /// Only these, in order; all, where there are none.
    pub only: Option<&'a [DocId]>,
}

/// A segment of a commit, where cursors are opened.
#[derive(Clone, Copy)]
pub(super) struct Segment<'a> {
    pub snapshot: &'a Snapshot,
    pub schema: &'a IndexSchema,
    pub number: u32,
}

impl Segment<'_> {
    /// Opens the cursors of a unit: one for each field and alternative that
    /// occurs there.
    pub fn open(self, unit: &Unit, reach: Reach<'_>) -> Result<Vec<Cursor>, SearchError> {
        let mut cursors = Vec::new();
        for (field, place) in fields_of(self.schema, unit) {
            let mut add = |opened: Option<Walked>| cursors.extend(opened.map(|postings| Cursor { place, postings }));
            match &unit.wanted {
                Wanted::Words(sequences) => {
                    for sequence in sequences {
                        add(self.sequence(field, sequence, reach)?);
                    }
                }
                Wanted::Names(ids) => {
                    for id in ids {
                        add(self.terms(field, &[id.to_string()], reach)?);
                    }
                }
                Wanted::Label(_, words) => add(self.terms(field, words, reach)?),
                Wanted::Mark(mark) => add(self.terms(field, &[(*mark).to_owned()], reach)?),
                Wanted::Any(terms) | Wanted::Dates(terms) | Wanted::Reports(terms) => {
                    let index = self.snapshot.terms(self.number, field)?;
                    let found = index.find(terms, reach.positions)?;
                    let found = found.iter().map(|term| (term, reach.only));
                    add(Merged::open(&index, found, reach.positions)?.map(Walked::Merged));
                }
            }
        }
        Ok(cursors)
    }

    /// Opens one term of a field, with its positions.
    pub fn open_term(self, field: Field, term: &str, place: Place) -> Result<Option<Cursor>, SearchError> {
        let opened = self.terms(field, &[term.to_owned()], Reach { positions: true, only: None })?;
        Ok(opened.map(|postings| Cursor { place, postings }))
    }

    fn terms(self, field: Field, terms: &[String], reach: Reach<'_>) -> Result<Option<Walked>, SearchError> {
        let index = self.snapshot.terms(self.number, field)?;
        let positions = reach.positions || terms.len() > 1;
        run(terms.iter().map(|term| {
            let found = index.find(std::slice::from_ref(term), positions)?;
            Posted::open(&index, &found, positions)
        }))
    }

    fn sequence(self, field: Field, sequence: &Sequence, reach: Reach<'_>) -> Result<Option<Walked>, SearchError> {
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
            (stems, None) => run(stems.iter().map(|stem| Posted::open(&index, &stem.terms, true))),
        }
    }
}

/// The documents of a stem.
fn documents(index: &TermIndex<'_>, stem: &Stem) -> Result<Option<Walked>, SearchError> {
    if stem.terms.len() > 1 {
        return Ok(Some(Walked::Listed(Listed::new(stem.documents(index)?))));
    }
    run(std::iter::once(Posted::open(index, &stem.terms, false)))
}

/// The documents that have all stems, in order.
fn with_all(index: &TermIndex<'_>, stems: &[Arc<Stem>]) -> Result<Vec<DocId>, SearchError> {
    let mut cursors = Vec::with_capacity(stems.len());
    for stem in stems {
        let Some(postings) = documents(index, stem)? else { return Ok(Vec::new()) };
        cursors.push(Cursor { place: Place::Elsewhere, postings });
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
) -> Result<Option<Walked>, SearchError> {
    let positions = positions || stems.len() > 1;
    run(stems.iter().map(|stem| Posted::open_in(index, stem, only, positions)))
}

/// The postings of each place one after the other; `None` where one has none.
fn run(posted: impl Iterator<Item = Result<Option<Posted>, SearchError>>) -> Result<Option<Walked>, SearchError> {
    let posted: Option<Vec<Posted>> = posted.collect::<Result<_, _>>()?;
    Ok(posted.and_then(Run::new).map(Walked::Run))
}

/// The fields that a unit is looked for in.
pub(super) fn fields_of(schema: &IndexSchema, unit: &Unit) -> Vec<(Field, Place)> {
    let mut pairs = Vec::with_capacity(4);
    match &unit.wanted {
        Wanted::Words(_) | Wanted::Any(_) => pairs.extend([(schema.body, Place::Body), (schema.title, Place::Title)]),
        Wanted::Names(_) => pairs.extend([(schema.body_names, Place::Body), (schema.title_names, Place::Title)]),
        Wanted::Dates(_) => pairs.extend([(schema.body_dates, Place::Body), (schema.title_dates, Place::Title)]),
        Wanted::Mark(_) => pairs.push((schema.body_names, Place::Body)),
        Wanted::Reports(_) => pairs.push((schema.reports, Place::Elsewhere)),
        Wanted::Label(label, _) => {
            let field = match label {
                Label::Source => schema.source,
                Label::Author => schema.author,
                Label::Section => schema.section,
            };
            pairs.push((field, Place::Elsewhere));
        }
    }
    pairs.retain(|(_, place)| match unit.places {
        Places::All => true,
        Places::Title => *place == Place::Title,
        Places::Body => *place == Place::Body,
    });
    pairs
}
