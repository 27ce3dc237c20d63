//! Words of a segment that differ from another by slips, from the fst in which
//! tantivy keeps a field's terms.
//!
//! tantivy runs an automaton over it, which looks at every way from each node;
//! of what suggestions look for most ways need no look.

use std::collections::BTreeSet;
use std::io;

use fst::raw::Fst;
use tantivy::SegmentReader;
use tantivy::directory::{CompositeFile, OwnedBytes};
use tantivy::index::SegmentComponent;
use tantivy::schema::Field;

use super::numbers::read_u64;
use super::{Alike, near};

/// Behind the fst stands where terms have their postings, of so many bytes as
/// the first eight of these tell; the rest are versions.
const FOOTER: usize = 16;

/// Hands to `each` the words of a field that differ from `word` by `slips` at
/// most (see [`Alike`]), in their order, each with the number of its articles.
/// Of two slips none is in the first letter: few mistype it.
///
/// # Errors
/// What the system says of the segment's files.
pub fn words_near(
    segment: &SegmentReader,
    field: Field,
    word: &str,
    slips: u8,
    mut each: impl FnMut(&str, u32),
) -> io::Result<()> {
    let index = segment.inverted_index(field).map_err(io::Error::other)?;
    let dictionary = index.terms();
    let mut found = |word: &[u8], articles: u32| std::str::from_utf8(word).into_iter().for_each(|w| each(w, articles));
    if let Some(fst) = open(segment, field)?.filter(|_| word.is_ascii()) {
        // A word that can be reached in several ways comes several times.
        let mut words: BTreeSet<Vec<u8>> = BTreeSet::new();
        near::each_near(&fst, word, slips, slips > 1, &mut |word, _| _ = words.insert(word.to_vec()));
        for word in words {
            if let Some(info) = dictionary.get(&word)? {
                found(&word, info.doc_freq);
            }
        }
        return Ok(());
    }
    let search = dictionary.search(Alike::new(word, slips));
    let first = &word[..word.chars().next().map_or(0, char::len_utf8)];
    let search = if slips > 1 { search.ge(first).lt(format!("{first}{}", char::MAX)) } else { search };
    let mut stream = search.into_stream()?;
    while let Some((word, info)) = stream.next() {
        found(word, info.doc_freq);
    }
    Ok(())
}

/// The fst of a field's terms with their places; `None` where there is none
/// that is understood.
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
    use crate::index::postings::Grouped;
    use crate::index::{IndexSchema, index_builder};

    #[test]
    fn words_are_those_of_the_automaton() {
        let (folder, schema) = (tempfile::tempdir().expect("a folder"), IndexSchema::new());
        let index = index_builder(&schema).create_in_dir(folder.path()).expect("an index");
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).expect("a writer");
        let word = |number: u32| format!("{number:b}").replace('0', "e").replace('1', "at");
        for number in 1..600 {
            let words = [word(number), word(number + 1)];
            let grouped: Grouped = (0..).zip(words.iter().map(String::as_str)).collect();
            let mut document = TantivyDocument::default();
            document.add_text(schema.body, grouped.written());
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("a commit");
        let searcher = index.reader().expect("a reader").searcher();
        let segment = searcher.segment_reader(0);
        assert!(open(segment, schema.body).expect("read").is_some(), "the terms are kept in another way");
        let inverted = segment.inverted_index(schema.body).expect("a field");
        for typed in (1..600).step_by(11).map(word) {
            for slips in 1..=2 {
                let mut found = Vec::new();
                let each = |word: &str, articles| found.push((word.to_owned(), articles));
                words_near(segment, schema.body, &typed, slips, each).expect("read");
                let mut expected = Vec::new();
                let mut stream = inverted.terms().search(Alike::new(&typed, slips)).into_stream().expect("a stream");
                while let Some((word, info)) = stream.next() {
                    let same_first = word.first() == typed.as_bytes().first();
                    if slips < 2 || same_first {
                        expected.push((String::from_utf8_lossy(word).into_owned(), info.doc_freq));
                    }
                }
                assert_eq!(found, expected, "{typed} {slips}");
            }
        }
    }
}
