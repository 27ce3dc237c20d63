//! Where terms are in documents, in four fifths of the bytes of tantivy's own
//! positions: these are packed in blocks as wide as their widest gap, ours by the
//! gaps that the length of an article and the frequency of a term suggest.
//!
//! Positions are a file beside tantivy's in each segment, written and merged
//! with them. Fields are indexed with frequencies only.

mod component;
mod field_buffer;
mod file_format;
mod file_writer;
mod gap_model;
mod merger;
mod parallel_encoder;
mod plugin;
mod position_list;
mod postings;
mod reader;
mod rice;
mod term_encoder;
mod writer;

pub(super) use component::component;
pub(super) use plugin::PositionsPlugin;
pub use postings::{FoundTerm, Postings};
pub use reader::{FieldPositions, SegmentPositions};

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use tantivy::indexer::NoMergePolicy;
    use tantivy::{DocId, Index, IndexWriter, TERMINATED, TantivyDocument, Term};

    use super::component::EXTENSION;
    use super::*;
    use crate::index::commit::index_builder;
    use crate::index::pretokenized::TermGroups;
    use crate::index::schema::IndexSchema;

    /// Terms of a document by position, the frequent ones often.
    fn terms_of(number: u32) -> Vec<(u32, String)> {
        let length = if number.is_multiple_of(97) { 3000 } else { number % 50 };
        let mut state = number.wrapping_mul(2_654_435_761);
        let mut random = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 16
        };
        let mut position = 0;
        let mut next = |_| {
            position += u32::from(random() % 8 > 0) + if random() % 40 == 0 { random() % 900 } else { 0 };
            let range = [3, 20, 2000][random() as usize % 3];
            (position, format!("w{}", random() % range))
        };
        (0..length).map(&mut next).collect()
    }

    fn document(schema: &IndexSchema, number: u32) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_text(schema.id, number.to_string());
        for field in [schema.body, schema.body_names, schema.author] {
            let terms = terms_of(number);
            let grouped: TermGroups = terms.iter().map(|(position, term)| (*position, term.as_str())).collect();
            document.add_text(field, grouped.encode());
        }
        document
    }

    /// Positions by term and document, as they are expected.
    fn expected(numbers: &[u32]) -> BTreeMap<String, Vec<(DocId, Vec<u32>)>> {
        let mut expected: BTreeMap<String, Vec<(DocId, Vec<u32>)>> = BTreeMap::new();
        for (doc, number) in (0..).zip(numbers) {
            for (position, term) in terms_of(*number) {
                let documents = expected.entry(term).or_default();
                match documents.last_mut() {
                    Some((last, positions)) if *last == doc => positions.push(position),
                    _ => documents.push((doc, vec![position])),
                }
            }
        }
        expected
    }

    /// Checks every term of the only segment in every `step`th document.
    fn check(index: &Index, schema: &IndexSchema, numbers: &[u32], step: usize) {
        let searcher = index.reader().expect("a reader").searcher();
        let [segment] = searcher.segment_readers() else { panic!("one segment") };
        let positions = SegmentPositions::open(segment).expect("positions");
        for field in [schema.body, schema.body_names, schema.author] {
            let inverted = segment.inverted_index(field).expect("a field");
            let expected = expected(numbers);
            assert_eq!(inverted.terms().num_terms(), expected.len());
            for (ord, (term, documents)) in (0..).zip(expected) {
                let info = inverted.get_term_info(&Term::from_field_text(field, &term)).expect("read").expect("there");
                let mut postings =
                    Postings::open(&inverted, &FoundTerm { ord: Some(ord), info }, positions.field(field))
                        .expect("opened");
                let mut found = Vec::new();
                for (doc, positions) in documents.iter().step_by(step) {
                    assert_eq!((postings.seek(*doc), postings.count()), (*doc, positions.len() as u32), "{term}");
                    for _ in 0..2 {
                        postings.positions(&mut found);
                        assert_eq!(found, *positions, "{term} in {doc}");
                    }
                }
                assert_eq!(postings.seek(numbers.len() as DocId), TERMINATED);
                postings.positions(&mut found);
                assert!(found.is_empty());
            }
        }
    }

    #[test]
    fn positions_survive_deletions_and_merges() {
        let (folder, schema) = (tempfile::tempdir().expect("a folder"), IndexSchema::new());
        let index = index_builder(&schema).create_in_dir(folder.path()).expect("an index");
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).expect("a writer");
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let add = |writer: &mut IndexWriter, numbers: std::ops::Range<u32>| {
            numbers.for_each(|number| _ = writer.add_document(document(&schema, number)).expect("added"));
            writer.commit().expect("a commit");
        };
        add(&mut writer, 0..700);
        let first: Vec<u32> = (0..700).collect();
        [1, 2, 50, 200].into_iter().for_each(|step| check(&index, &schema, &first, step));
        add(&mut writer, 700..1000);
        let gone = |number: u32| number.is_multiple_of(3) || number > 950;
        (0..1000)
            .filter(|n| gone(*n))
            .for_each(|n| _ = writer.delete_term(Term::from_field_text(schema.id, &n.to_string())));
        writer.commit().expect("a commit");
        writer.merge(&index.searchable_segment_ids().expect("segments")).wait().expect("merged");
        let left: Vec<u32> = (0..1000).filter(|number| !gone(*number)).collect();
        [1, 3, 129].into_iter().for_each(|step| check(&index, &schema, &left, step));
    }

    #[test]
    fn damaged_files_stop_nothing() {
        let (folder, schema) = (tempfile::tempdir().expect("a folder"), IndexSchema::new());
        let index = index_builder(&schema).create_in_dir(folder.path()).expect("an index");
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).expect("a writer");
        (0..300).for_each(|number| _ = writer.add_document(document(&schema, number)).expect("added"));
        writer.commit().expect("a commit");
        let searcher = index.reader().expect("a reader").searcher();
        let segment = searcher.segment_reader(0);
        let inverted = segment.inverted_index(schema.body).expect("a field");
        let path = folder.path().join(format!("{}.{EXTENSION}", segment.segment_id().uuid_string()));
        let sound = std::fs::read(&path).expect("a file");
        for from in (0..sound.len()).step_by(197) {
            let mut damaged = sound.clone();
            damaged[from..].iter_mut().take(40).for_each(|byte| *byte = !*byte);
            std::fs::write(&path, damaged).expect("written");
            let Ok(positions) = SegmentPositions::open(segment) else { continue };
            let mut terms = inverted.terms().stream().expect("terms");
            while terms.advance() {
                let term = FoundTerm { ord: Some(terms.term_ord()), info: terms.value().clone() };
                let Ok(mut postings) = Postings::open(&inverted, &term, positions.field(schema.body)) else { continue };
                let mut found = Vec::new();
                while postings.doc() != TERMINATED {
                    postings.positions(&mut found);
                    postings.advance();
                }
            }
        }
    }
}
