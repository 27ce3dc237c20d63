//! Bare tantivy: the engine that newsearch is built on, without names, facets and
//! snippets.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::{Index, IndexWriter, ReloadPolicy, Searcher, TantivyDocument};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const USAGE: &str = "usage: bare-tantivy index JSONL DIR | batch DIR QUERIES THREADS | query DIR QUERY";
const HITS: usize = 10;
const WRITER_THREADS: usize = 2;
const WRITER_BYTES: usize = 192_000_000;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["index", jsonl, dir] => index(Path::new(jsonl), Path::new(dir)),
        ["batch", dir, queries, threads] => batch(Path::new(dir), Path::new(queries), threads.parse()?),
        ["query", dir, query] => {
            io::stdout().write_all(Engine::open(Path::new(dir))?.answer(1, query)?.as_bytes()).map_err(Into::into)
        }
        _ => Err(USAGE.into()),
    }
}

fn schema() -> Schema {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(indexing).set_stored();
    let mut schema = Schema::builder();
    schema.add_text_field("id", STRING | STORED);
    schema.add_text_field("title", text.clone());
    schema.add_text_field("body", text);
    schema.build()
}

fn index(jsonl: &Path, dir: &Path) -> Result<()> {
    fs::create_dir_all(dir)?;
    let schema = schema();
    let index = Index::create_in_dir(dir, schema.clone())?;
    let mut writer: IndexWriter = index.writer_with_num_threads(WRITER_THREADS, WRITER_BYTES)?;
    for line in BufReader::new(File::open(jsonl)?).lines() {
        writer.add_document(TantivyDocument::parse_json(&schema, &line?)?)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// An open index, ready for queries.
struct Engine {
    searcher: Searcher,
    parser: QueryParser,
    id: Field,
    title: Field,
}

impl Engine {
    fn open(dir: &Path) -> Result<Self> {
        let index = Index::open_in_dir(dir)?;
        let [id, title, body] = ["id", "title", "body"].map(|name| index.schema().get_field(name));
        let (id, title, body) = (id?, title?, body?);
        let parser = QueryParser::for_index(&index, vec![title, body]);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { searcher: reader.searcher(), parser, id, title })
    }

    /// The best hits of a query, one in each line: query number, id, score and title.
    fn answer(&self, number: usize, query: &str) -> Result<String> {
        let (query, _) = self.parser.parse_query_lenient(query);
        let mut lines = String::new();
        for (score, address) in self.searcher.search(&query, &TopDocs::with_limit(HITS).order_by_score())? {
            let article: TantivyDocument = self.searcher.doc(address)?;
            let text = |field| article.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
            lines += &format!("{number}\t{}\t{score}\t{}\n", text(self.id), text(self.title));
        }
        Ok(lines)
    }
}

fn batch(dir: &Path, queries: &Path, threads: usize) -> Result<()> {
    let engine = Engine::open(dir)?;
    let text = fs::read_to_string(queries)?;
    let queries: Vec<&str> = text.lines().collect();
    let next = AtomicUsize::new(0);
    let work = || -> Result<()> {
        while let Some((at, query)) = take(&next, &queries) {
            let answer = engine.answer(at + 1, query)?;
            io::stdout().write_all(answer.as_bytes())?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| "a worker panicked")?)
    })
}

/// The next query, with its position.
fn take<'a>(next: &AtomicUsize, queries: &[&'a str]) -> Option<(usize, &'a str)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    queries.get(at).map(|query| (at, *query))
}
