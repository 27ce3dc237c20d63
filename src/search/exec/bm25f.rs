//! BM25F over title and body.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{DocId, SegmentReader};

use crate::index::IndexSchema;
use crate::search::error::SearchError;
use crate::search::exec::cursor::{TextField, fields_of};
use crate::search::params::{B, K1, LONG_PHRASE, TITLE_WEIGHT};
use crate::search::plan::tree::{Plan, Sequence, Unit, UnitKind};
use crate::search::snapshot::reader::Snapshot;

/// Collection statistics for a query: inverse document frequencies and mean
/// lengths over all segments, so that scores do not depend on the segmentation.
pub(crate) struct Scoring {
    /// Inverse document frequency of each unit of the plan.
    pub idf: Vec<f32>,
    /// Whether each unit of the plan occurs in the archive.
    pub occurs: Vec<bool>,
    mean_title: f32,
    mean_body: f32,
    /// Length normalization for each quantized length; see [`factors`].
    title_factors: [f32; 256],
    body_factors: [f32; 256],
}

impl Scoring {
    pub(crate) fn new(snapshot: &Snapshot, schema: &IndexSchema, plan: &Plan) -> Result<Self, SearchError> {
        let (documents, (mean_title, mean_body)) = snapshot.sizes();
        let mut idf = Vec::with_capacity(plan.units.len());
        let mut occurs = Vec::with_capacity(plan.units.len());
        for unit in &plan.units {
            plan.deadline.check()?;
            let frequency = document_frequency(snapshot, schema, unit)?.min(documents);
            idf.push(match long_phrase(unit) {
                Some(phrase) => phrase_weight(snapshot, schema, phrase)?,
                None => inverse_frequency(documents, frequency),
            });
            occurs.push(frequency > 0);
        }
        Ok(Self { idf, occurs, ..Self::of_means(mean_title, mean_body) })
    }

    fn of_means(mean_title: f32, mean_body: f32) -> Self {
        let (title_factors, body_factors) = (factors(mean_title), factors(mean_body));
        Self { idf: Vec::new(), occurs: Vec::new(), mean_title, mean_body, title_factors, body_factors }
    }

    /// Mean words of a title and of a body.
    pub fn means(&self) -> (f32, f32) {
        (self.mean_title, self.mean_body)
    }

    /// The scoring of a plan without units.
    pub fn none() -> Self {
        Self::of_means(1.0, 1.0)
    }

    /// The field lengths of a segment's documents.
    pub(crate) fn lengths(
        &self,
        segment: &SegmentReader,
        schema: &IndexSchema,
    ) -> Result<FieldLengths<'_>, SearchError> {
        Ok(FieldLengths {
            title: segment.get_fieldnorms_reader(schema.title).map_err(SearchError::read)?,
            body: segment.get_fieldnorms_reader(schema.body).map_err(SearchError::read)?,
            scoring: self,
        })
    }
}

/// `ln(1 + (N - n + 0.5) / (n + 0.5))`, as in Lucene; Robertson and Zaragoza,
/// “The Probabilistic Relevance Framework: BM25 and Beyond”, 2009.
fn inverse_frequency(documents: u64, frequency: u64) -> f32 {
    let (all, with) = (documents as f32, frequency as f32);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}

/// The only sequence of a unit, if it is a phrase that weighs as much as its words.
fn long_phrase(unit: &Unit) -> Option<&Sequence> {
    match &unit.kind {
        UnitKind::Words(sequences) => match &sequences[..] {
            [phrase] if phrase.exact && phrase.terms.len() >= LONG_PHRASE => Some(phrase),
            _ => None,
        },
        _ => None,
    }
}

/// The sum of the inverse document frequencies of the words of a phrase.
fn phrase_weight(snapshot: &Snapshot, schema: &IndexSchema, phrase: &Sequence) -> Result<f32, SearchError> {
    let (documents, _) = snapshot.sizes();
    let mut sum = 0.0;
    for term in &phrase.terms {
        let frequency = |field| snapshot.term_frequency(field, term);
        let frequency = frequency(schema.body)?.max(frequency(schema.title)?).min(documents);
        sum += inverse_frequency(documents, frequency);
    }
    Ok(sum)
}

/// Upper bound of the number of articles that match a unit.
fn document_frequency(snapshot: &Snapshot, schema: &IndexSchema, unit: &Unit) -> Result<u64, SearchError> {
    let frequency = |field: Field, term: &str| snapshot.term_frequency(field, term);
    let mut sum = 0;
    match &unit.kind {
        UnitKind::Words(sequences) => {
            for sequence in sequences {
                sum += sequence_frequency(snapshot, schema, sequence)?;
            }
        }
        UnitKind::Names(ids) => {
            for id in ids {
                let id = id.to_string();
                sum += frequency(schema.body_names, &id)?.max(frequency(schema.title_names, &id)?);
            }
        }
        UnitKind::Mark(mark) => sum += frequency(schema.body_names, mark)?,
        UnitKind::Any(terms) | UnitKind::Dates(terms) | UnitKind::Reports(terms) => {
            for term in terms {
                let mut max = 0;
                for (field, _) in fields_of(schema, unit) {
                    max = max.max(frequency(field, term)?);
                }
                sum += max;
            }
        }
        UnitKind::Label(_, words) => {
            let mut min = u64::MAX;
            for word in words {
                for (field, _) in fields_of(schema, unit) {
                    min = min.min(frequency(field, word)?);
                }
            }
            sum += min;
        }
    }
    Ok(sum)
}

/// The document frequency of the rarest term of a sequence, an upper bound.
fn sequence_frequency(snapshot: &Snapshot, schema: &IndexSchema, sequence: &Sequence) -> Result<u64, SearchError> {
    let mut min = u64::MAX;
    for forms in &sequence.forms {
        let frequency = |field| snapshot.frequency(field, forms);
        min = min.min(frequency(schema.body)?.max(frequency(schema.title)?));
    }
    Ok(min)
}

/// `1 / (1 - b + b · length / mean)` for each quantized length.
fn factors(mean: f32) -> [f32; 256] {
    std::array::from_fn(|id| 1.0 / (1.0 - B + B * FieldNormReader::id_to_fieldnorm(id as u8) as f32 / mean))
}

/// The lengths of a segment's titles and bodies.
pub(crate) struct FieldLengths<'s> {
    title: FieldNormReader,
    body: FieldNormReader,
    scoring: &'s Scoring,
}

impl FieldLengths<'_> {
    /// A term frequency weighted by field and normalized by the field's length.
    pub fn weigh(&self, doc: DocId, field: TextField, count: u32) -> f32 {
        let count = count as f32;
        match field {
            TextField::Body => count * self.scoring.body_factors[usize::from(self.body.fieldnorm_id(doc))],
            TextField::Title => {
                TITLE_WEIGHT * count * self.scoring.title_factors[usize::from(self.title.fieldnorm_id(doc))]
            }
            TextField::Other => 0.0,
        }
    }
}

/// The score of a unit from its weighted term frequency.
pub(crate) fn saturate(idf: f32, weighted: f32) -> f32 {
    idf * weighted * (K1 + 1.0) / (weighted + K1)
}

/// The limit of [`saturate`] for infinite frequency.
pub(crate) fn saturated(idf: f32) -> f32 {
    idf * (K1 + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: f32, expected: f32) {
        assert!((found - expected).abs() < 1e-4, "{found} for {expected}");
    }

    #[test]
    fn inverse_document_frequencies() {
        check(inverse_frequency(10, 1), 1.992_43);
        check(inverse_frequency(10, 10), 0.046_52);
        check(inverse_frequency(10, 0), 3.091_04);
    }

    #[test]
    fn lengths_are_normalized_by_their_mean() {
        check(factors(10.0)[10], 1.0);
        check(factors(20.0)[10], 1.6);
        check(factors(10.0)[0], 4.0);
    }

    #[test]
    fn frequency_saturates() {
        check(saturate(2.0, 0.0), 0.0);
        check(saturate(2.0, 1.2), 2.2);
        check(saturated(2.0), 4.4);
        assert!(saturate(2.0, 1e4) < saturated(2.0) && saturate(2.0, 1e4) > 0.99 * saturated(2.0));
    }
}
