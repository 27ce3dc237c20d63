//! The articles of the last commit, as a writer looks them up: which file holds an
//! article, and what a file holds.

use std::path::Path;

use tantivy::columnar::Column;
use tantivy::schema::Term;
use tantivy::store::StoreReader;
use tantivy::{DocId, Index, SegmentReader};

use crate::article::content_hash;

use super::commit::{CommitInfo, open_tantivy};
use super::error::IndexError;
use super::holders::STANDARD_INPUT;
use super::schema::IndexSchema;
use super::stored::{ArticleDecoder, StoredArticle};
use super::term_documents::documents_with;

/// Blocks of stored articles kept in memory.
const BLOCKS: usize = 4;

/// The articles of the last commit.
pub(in crate::index) struct CommittedArticles {
    schema: IndexSchema,
    segments: Vec<Segment>,
    decoder: ArticleDecoder,
}

struct Segment {
    reader: SegmentReader,
    keys: Column<u64>,
    files: Column<u64>,
    commits: Column<u64>,
    store: StoreReader,
}

/// An article as the last commit has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index) struct CommittedArticle {
    segment: usize,
    doc: DocId,
    /// The number of its file.
    pub file: u64,
    pub key: u64,
    /// The commit that it came with.
    pub commit: u64,
}

impl CommittedArticles {
    pub fn open(folder: &Path, index: &Index, info: &CommitInfo) -> Result<Self, IndexError> {
        let reading = || IndexError::tantivy("opening its segments");
        let searcher = index.reader().map_err(reading())?.searcher();
        let open = |reader: &SegmentReader| -> tantivy::Result<Segment> {
            let fast = reader.fast_fields();
            let (keys, files, commits) = (fast.u64("tie")?, fast.u64("file")?, fast.u64("commit")?);
            let store = reader.get_store_reader(BLOCKS)?;
            Ok(Segment { reader: reader.clone(), keys, files, commits, store })
        };
        let segments: tantivy::Result<Vec<Segment>> = searcher.segment_readers().iter().map(open).collect();
        let decoder = info.open_decoder(folder)?;
        Ok(Self { schema: IndexSchema::new(), segments: segments.map_err(reading())?, decoder })
    }

    /// The articles of an id.
    pub fn of_id(&self, id: &str) -> Result<Vec<CommittedArticle>, IndexError> {
        self.with_term(&Term::from_field_text(self.schema.id, id))
    }

    /// The articles of a file.
    pub fn of_file(&self, number: u64) -> Result<Vec<CommittedArticle>, IndexError> {
        self.with_term(&Term::from_field_u64(self.schema.file, number))
    }

    fn with_term(&self, term: &Term) -> Result<Vec<CommittedArticle>, IndexError> {
        let mut found = Vec::new();
        for (number, segment) in self.segments.iter().enumerate() {
            let with_term =
                documents_with(&segment.reader, term).map_err(IndexError::tantivy("looking up an article"))?;
            found.extend(with_term.into_iter().map(|doc| segment.article(number, doc)));
        }
        Ok(found)
    }

    /// The hash of what an article says.
    pub fn content(&self, article: CommittedArticle) -> Result<u64, IndexError> {
        let stored = self.stored(article)?;
        Ok(content_hash(&stored.text, stored.published.as_deref()))
    }

    /// The path of an article.
    pub fn path(&self, article: CommittedArticle) -> Result<String, IndexError> {
        Ok(self.stored(article)?.path)
    }

    fn stored(&self, article: CommittedArticle) -> Result<StoredArticle, IndexError> {
        let reading = || IndexError::tantivy("reading a stored article");
        let bytes = self.segments[article.segment].store.get_document_bytes(article.doc).map_err(reading())?;
        let parts = self.decoder.decode(&bytes).map_err(|error| reading()(error.into()))?;
        StoredArticle::from_parts(parts).map_err(|what| reading()(std::io::Error::other(what).into()))
    }
}

/// How many articles of an index came on standard input or through a pipe.
///
/// # Errors
/// [`IndexError`] where the index cannot be read.
pub fn standard_input_articles(folder: &Path) -> Result<usize, IndexError> {
    let (index, info) = open_tantivy(folder)?;
    Ok(CommittedArticles::open(folder, &index, &info)?.of_file(STANDARD_INPUT)?.len())
}

impl Segment {
    fn article(&self, segment: usize, doc: DocId) -> CommittedArticle {
        let of = |column: &Column<u64>| column.first(doc).unwrap_or(0);
        CommittedArticle { segment, doc, file: of(&self.files), key: of(&self.keys), commit: of(&self.commits) }
    }
}
