//! Words of a segment within some edits of another, from the fst in which
//! tantivy keeps a field's terms.
//!
//! tantivy runs an automaton over it, which tries every transition of each node;
//! [`each_within_edits`] visits far fewer.

use std::collections::BTreeSet;
use std::io;

use fst::raw::Fst;
use tantivy::SegmentReader;
use tantivy::directory::{CompositeFile, OwnedBytes};
use tantivy::index::SegmentComponent;
use tantivy::schema::Field;

use crate::index::varint::read_u64;

use super::fst_search::each_within_edits;
use super::levenshtein_automaton::LevenshteinAutomaton;

/// Behind the fst comes where the postings of terms are; the first eight bytes
/// of this footer say how many bytes that takes, the rest are versions.
const FOOTER: usize = 16;

/// Hands to `each` the words of a field within `edits` of `word` (see
/// [`LevenshteinAutomaton`]), sorted, each with the number of its articles. Of
/// two edits none is in the first letter, which few mistype.
///
/// # Errors
/// What the system says of the segment's files.
pub fn words_within_edits(
    segment: &SegmentReader,
    field: Field,
    word: &str,
    edits: u8,
    mut each: impl FnMut(&str, u32),
) -> io::Result<()> {
    let index = segment.inverted_index(field).map_err(io::Error::other)?;
    let dictionary = index.terms();
    let mut found = |word: &[u8], articles: u32| std::str::from_utf8(word).into_iter().for_each(|w| each(w, articles));
    if let Some(fst) = open(segment, field)?.filter(|_| word.is_ascii()) {
        // A word that can be reached in several ways comes several times.
        let mut words: BTreeSet<Vec<u8>> = BTreeSet::new();
        each_within_edits(&fst, word, edits, edits > 1, &mut |word, _| _ = words.insert(word.to_vec()));
        for word in words {
            if let Some(info) = dictionary.get(&word)? {
                found(&word, info.doc_freq);
            }
        }
        return Ok(());
    }
    let search = dictionary.search(LevenshteinAutomaton::new(word, edits));
    let first = &word[..word.chars().next().map_or(0, char::len_utf8)];
    let search = if edits > 1 { search.ge(first).lt(format!("{first}{}", char::MAX)) } else { search };
    let mut stream = search.into_stream()?;
    while let Some((word, info)) = stream.next() {
        found(word, info.doc_freq);
    }
    Ok(())
}

/// The fst of a field's terms with their ordinals; `None` where there is none
/// of a known format.
fn open(segment: &SegmentReader, field: Field) -> io::Result<Option<Fst<OwnedBytes>>> {
    let file = segment.open_read(SegmentComponent::Terms).map_err(io::Error::other)?;
    let Some(file) = CompositeFile::open(&file)?.open_read(field) else { return Ok(None) };
    let bytes = file.read_bytes()?;
    let end = bytes.len().checked_sub(FOOTER);
    let behind = end.and_then(|end| read_u64(&bytes, end));
    let end = end.zip(behind).and_then(|(end, behind)| end.checked_sub(usize::try_from(behind).ok()?));
    Ok(end.and_then(|end| Fst::new(bytes.slice(0..end)).ok()))
}

#[cfg(test)]
mod tests {
    use tantivy::{IndexWriter, TantivyDocument};

    use super::*;
    use crate::index::commit::index_builder;
    use crate::index::pretokenized::TermGroups;
    use crate::index::schema::IndexSchema;

    #[test]
    fn words_are_those_of_the_automaton() {
        let (folder, schema) = (tempfile::tempdir().expect("a folder"), IndexSchema::new());
        let index = index_builder(&schema).create_in_dir(folder.path()).expect("an index");
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).expect("a writer");
        let word = |number: u32| format!("{number:b}").replace('0', "e").replace('1', "at");
        for number in 1..600 {
            let words = [word(number), word(number + 1)];
            let grouped: TermGroups = (0..).zip(words.iter().map(String::as_str)).collect();
            let mut document = TantivyDocument::default();
            document.add_text(schema.body, grouped.encode());
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("a commit");
        let searcher = index.reader().expect("a reader").searcher();
        let segment = searcher.segment_reader(0);
        assert!(open(segment, schema.body).expect("read").is_some(), "the terms are stored in another way");
        let inverted = segment.inverted_index(schema.body).expect("a field");
        for typed in (1..600).step_by(11).map(word) {
            for edits in 1..=2 {
                let mut found = Vec::new();
                let each = |word: &str, articles| found.push((word.to_owned(), articles));
                words_within_edits(segment, schema.body, &typed, edits, each).expect("read");
                let mut expected = Vec::new();
                let mut stream =
                    inverted.terms().search(LevenshteinAutomaton::new(&typed, edits)).into_stream().expect("a stream");
                while let Some((word, info)) = stream.next() {
                    let same_first = word.first() == typed.as_bytes().first();
                    if edits < 2 || same_first {
                        expected.push((String::from_utf8_lossy(word).into_owned(), info.doc_freq));
                    }
                }
                assert_eq!(found, expected, "{typed} {edits}");
            }
        }
    }
}
