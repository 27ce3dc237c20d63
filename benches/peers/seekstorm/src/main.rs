//! SeekStorm on the same articles and queries: ten hits by BM25F, with its own
//! snippets.
//!
//! The engine shards an index over the available cores and searches the shards in
//! parallel, so the number of threads is the number of cores of the process.

use std::collections::HashSet;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use seekstorm::commit::Commit;
use seekstorm::highlighter::{Highlight, highlighter};
use seekstorm::index::{
    AccessType, Close, Clustering, DocumentCompression, FileType, FrequentwordType, IndexArc, IndexDocument,
    IndexMetaObject, LexicalSimilarity, NgramSet, StemmerType, StopwordType, TokenizerType, create_index, open_index,
};
use seekstorm::search::{QueryRewriting, QueryType, ResultType, Search, SearchMode};
use seekstorm::vector::Inference;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const USAGE: &str = "usage: peer-seekstorm index JSONL DIR | batch DIR QUERIES | query DIR QUERY";
const HITS: usize = 10;
const SNIPPET_BYTES: usize = 240;
const SCHEMA: &str = r#"[
    {"field": "id", "field_type": "Text", "store": true, "index_lexical": false},
    {"field": "title", "field_type": "Text", "store": true, "index_lexical": true},
    {"field": "body", "field_type": "Text", "store": true, "index_lexical": true, "longest": true}
]"#;

#[tokio::main]
async fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["index", jsonl, dir] => index(Path::new(jsonl), Path::new(dir)).await,
        ["batch", dir, queries] => batch(Path::new(dir), &fs::read_to_string(queries)?).await,
        ["query", dir, query] => batch(Path::new(dir), query).await,
        _ => Err(USAGE.into()),
    }
}

fn settings() -> IndexMetaObject {
    IndexMetaObject {
        id: 0,
        name: "articles".to_owned(),
        lexical_similarity: LexicalSimilarity::Bm25f,
        tokenizer: TokenizerType::UnicodeAlphanumeric,
        stemmer: StemmerType::English,
        stop_words: StopwordType::None,
        frequent_words: FrequentwordType::English,
        ngram_indexing: NgramSet::SingleTerm as u8,
        document_compression: DocumentCompression::Lz4,
        access_type: AccessType::Mmap,
        spelling_correction: None,
        query_completion: None,
        clustering: Clustering::None,
        inference: Inference::None,
        segment_number_bits: 11,
    }
}

async fn index(jsonl: &Path, dir: &Path) -> Result<()> {
    fs::create_dir_all(dir)?;
    let schema = serde_json::from_str(SCHEMA)?;
    let index = create_index(dir, settings(), &schema, &Vec::new(), true, None).await?;
    for line in BufReader::new(File::open(jsonl)?).lines() {
        index.index_document(serde_json::from_str(&line?)?, FileType::None).await;
    }
    index.commit().await;
    index.close().await;
    Ok(())
}

async fn batch(dir: &Path, queries: &str) -> Result<()> {
    let index = open_index(dir).await?;
    let mut out = BufWriter::new(io::stdout());
    for (at, query) in queries.lines().enumerate() {
        answer(&index, at + 1, query, &mut out).await?;
    }
    Ok(out.flush()?)
}

/// Prints the best hits of a query: query number, id, score, title and snippet.
async fn answer(index: &IndexArc, number: usize, query: &str, out: &mut impl Write) -> Result<()> {
    let found = index
        .search(
            plain(query),
            None,
            QueryType::Union,
            SearchMode::Lexical,
            false,
            0,
            HITS,
            ResultType::Topk,
            false,
            Vec::new(),
            Vec::new(),
            Vec::new(),
            Vec::new(),
            QueryRewriting::SearchOnly,
        )
        .await;
    let snippets = highlighter(index, vec![snippet()], found.query_terms).await;
    let (snippets, all_fields, no_distances) = (Some(snippets), HashSet::new(), Vec::new());
    let index = index.read().await;
    for hit in &found.results {
        let article = index.get_document(hit.doc_id, false, &snippets, &all_fields, &no_distances).await?;
        let [id, title, snippet] =
            ["id", "title", "snippet"].map(|name| article.get(name).and_then(|value| value.as_str()).unwrap_or(""));
        writeln!(out, "{number}\t{id}\t{}\t{title}\t{}", hit.score, snippet.replace('\n', " "))?;
    }
    Ok(())
}

fn snippet() -> Highlight {
    Highlight {
        field: "body".to_owned(),
        name: "snippet".to_owned(),
        fragment_number: 1,
        fragment_size: SNIPPET_BYTES,
        ..Highlight::default()
    }
}

/// A query without the characters that are operators.
fn plain(query: &str) -> String {
    query.replace(['"', '+', '-'], " ")
}
