//! Walking postings, of terms and of phrases.

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use crate::index::IndexSchema;

use super::SearchError;
use super::language::{Label, Places};
use super::merged::Merged;
use super::plan::{Sequence, Unit, Wanted};

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
    Merged(Merged),
}

impl Cursor {
    pub fn doc(&self) -> DocId {
        match &self.postings {
            Walked::Run(run) => run.doc,
            Walked::Merged(merged) => merged.doc(),
        }
    }

    /// Goes to the first document at or after `target`.
    pub fn seek(&mut self, target: DocId) {
        match &mut self.postings {
            Walked::Run(run) => run.seek(target),
            Walked::Merged(merged) => merged.seek(target),
        }
    }

    /// How often it stands in the current document.
    pub fn count(&self) -> u32 {
        match &self.postings {
            Walked::Run(run) => run.count(),
            Walked::Merged(merged) => merged.count(),
        }
    }

    /// Appends the start positions in the current document.
    pub fn positions(&mut self, out: &mut Vec<u32>) {
        match &mut self.postings {
            Walked::Run(run) => run.positions(out),
            Walked::Merged(merged) => merged.positions(out),
        }
    }

    /// How many positions each occurrence takes.
    pub fn length(&self) -> u32 {
        match &self.postings {
            Walked::Run(run) => run.terms.len() as u32,
            Walked::Merged(_) => 1,
        }
    }
}

/// The documents that hold a term, or terms one after the other.
struct Run {
    terms: Vec<SegmentPostings>,
    doc: DocId,
    /// Start positions in `doc`; kept for phrases, read when asked of a term.
    starts: Vec<u32>,
    scratch: Vec<u32>,
    /// Occurrences in `doc`, for phrases.
    count: u32,
}

impl Run {
    fn open(
        index: &InvertedIndexReader,
        field: Field,
        terms: &[String],
        positions: bool,
    ) -> Result<Option<Self>, SearchError> {
        let option = if positions || terms.len() > 1 {
            IndexRecordOption::WithFreqsAndPositions
        } else {
            IndexRecordOption::WithFreqs
        };
        let mut postings = Vec::with_capacity(terms.len());
        for term in terms {
            match index.read_postings(&Term::from_field_text(field, term), option)? {
                Some(found) => postings.push(found),
                None => return Ok(None),
            }
        }
        let mut run = Self { terms: postings, doc: 0, starts: Vec::new(), scratch: Vec::new(), count: 0 };
        run.doc = run.terms.first().map_or(TERMINATED, |first| first.doc());
        run.settle();
        Ok(Some(run))
    }

    fn seek(&mut self, target: DocId) {
        if self.doc < target {
            self.doc = self.terms[0].seek(target);
            self.settle();
        }
    }

    fn count(&self) -> u32 {
        if self.terms.len() == 1 { self.terms[0].term_freq() } else { self.count }
    }

    fn positions(&mut self, out: &mut Vec<u32>) {
        if self.terms.len() == 1 {
            self.terms[0].positions(&mut self.scratch);
            out.extend_from_slice(&self.scratch);
        } else {
            out.extend_from_slice(&self.starts);
        }
    }

    /// Moves on to a document where the terms follow each other.
    fn settle(&mut self) {
        if self.terms.len() < 2 {
            return;
        }
        while self.doc != TERMINATED {
            if self.align() && self.find_starts() {
                return;
            }
            if self.doc != TERMINATED && self.terms[0].doc() == self.doc {
                self.doc = self.terms[0].advance();
            }
        }
    }

    /// Brings all terms to one document; false where that moved `doc` on.
    fn align(&mut self) -> bool {
        loop {
            let target = self.doc;
            for at in 1..self.terms.len() {
                let found =
                    if self.terms[at].doc() < target { self.terms[at].seek(target) } else { self.terms[at].doc() };
                if found > target {
                    self.doc = if found == TERMINATED { TERMINATED } else { self.terms[0].seek(found) };
                    break;
                }
            }
            if self.doc == TERMINATED {
                return false;
            }
            if self.doc == target {
                return true;
            }
        }
    }

    fn find_starts(&mut self) -> bool {
        self.terms[0].positions(&mut self.starts);
        for at in 1..self.terms.len() {
            self.terms[at].positions(&mut self.scratch);
            let following = &self.scratch;
            self.starts.retain(|start| following.binary_search(&(start + at as u32)).is_ok());
        }
        self.starts.dedup();
        self.count = self.starts.len() as u32;
        self.count > 0
    }
}

/// Which documents a cursor is opened for, and whether positions are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach<'a> {
    pub positions: bool,
    /// Only these, in order; all, where there are none.
    pub only: Option<&'a [DocId]>,
}

/// Opens the cursors of a unit in a segment: one for each field and
/// alternative that occurs there.
pub(super) fn open(
    segment: &SegmentReader,
    schema: &IndexSchema,
    unit: &Unit,
    reach: Reach<'_>,
) -> Result<Vec<Cursor>, SearchError> {
    let mut cursors = Vec::new();
    for (field, place) in fields_of(schema, unit) {
        let index = segment.inverted_index(field)?;
        let mut add = |terms: &[String]| -> Result<(), SearchError> {
            let run = Run::open(&index, field, terms, reach.positions)?;
            cursors.extend(run.map(|run| Cursor { place, postings: Walked::Run(run) }));
            Ok(())
        };
        match &unit.wanted {
            Wanted::Words(sequences) => {
                let exact = field == schema.body_exact || field == schema.title_exact;
                sequences.iter().filter(|sequence| sequence.exact == exact).try_for_each(|s| add(&s.terms))?;
            }
            Wanted::Names(ids) => ids.iter().try_for_each(|id| add(&[id.to_string()]))?,
            Wanted::Label(_, words) => add(words)?,
            Wanted::Any(terms) | Wanted::Dates(terms) => {
                let merged = Merged::open(&index, field, terms, reach)?;
                cursors.extend(merged.map(|merged| Cursor { place, postings: Walked::Merged(merged) }));
            }
        }
    }
    Ok(cursors)
}

/// The fields that a unit is looked for in.
pub(super) fn fields_of(schema: &IndexSchema, unit: &Unit) -> Vec<(Field, Place)> {
    let mut pairs = Vec::with_capacity(4);
    match &unit.wanted {
        Wanted::Words(sequences) => {
            if sequences.iter().any(|sequence| !sequence.exact) {
                pairs.extend([(schema.body, Place::Body), (schema.title, Place::Title)]);
            }
            if sequences.iter().any(|sequence| sequence.exact) {
                pairs.extend([(schema.body_exact, Place::Body), (schema.title_exact, Place::Title)]);
            }
        }
        Wanted::Any(_) => pairs.extend([(schema.body_exact, Place::Body), (schema.title_exact, Place::Title)]),
        Wanted::Names(_) => pairs.extend([(schema.body_names, Place::Body), (schema.title_names, Place::Title)]),
        Wanted::Dates(_) => pairs.extend([(schema.body_dates, Place::Body), (schema.title_dates, Place::Title)]),
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

/// The fields of a sequence in title and body.
pub(super) fn sequence_fields(schema: &IndexSchema, sequence: &Sequence) -> (Field, Field) {
    if sequence.exact { (schema.title_exact, schema.body_exact) } else { (schema.title, schema.body) }
}

/// Opens one term of a field, with its positions.
pub(super) fn open_term(
    segment: &SegmentReader,
    field: Field,
    term: &str,
    place: Place,
) -> Result<Option<Cursor>, SearchError> {
    let run = Run::open(segment.inverted_index(field)?.as_ref(), field, &[term.to_owned()], true)?;
    Ok(run.map(|run| Cursor { place, postings: Walked::Run(run) }))
}
