//! Throughput in words a second: segmenting, recognizing, and linking with
//! credits on one core; indexing on all cores.
//!
//! `cargo bench --bench stages` uses the first 400 articles of `corpus/`, or of
//! the file or folder named by `NEWSEARCH_BENCH_CORPUS`.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use newsearch::Analyzed;
use newsearch::internals::extract::Extractor;
use newsearch::internals::index::{Indexer, PreparedArticle};
use newsearch::internals::link::{EntityLinker, credits};
use newsearch::internals::read::CorpusReader;
use newsearch::internals::recognize::EntityRecognizer;
use newsearch::internals::segment::Segmented;
use newsearch::{Article, Mention, Pipeline};
use rayon::prelude::*;

const ARTICLES: usize = 400;

fn articles() -> Vec<Article> {
    let corpus = std::env::var("NEWSEARCH_BENCH_CORPUS").unwrap_or_else(|_| "corpus".to_owned());
    let extractor = Extractor::new();
    let mut articles = Vec::new();
    let reader = CorpusReader::new([corpus]);
    for file in &reader.list_files().files {
        reader.read(file, &mut |record| {
            if articles.len() < ARTICLES {
                articles.extend(record.ok().and_then(|record| extractor.extract(record).ok()));
            }
        });
    }
    articles
}

fn recognize(c: &mut Criterion) {
    let articles = articles();
    let segmented: Vec<Segmented> = articles.iter().map(Segmented::new).collect();
    let words = segmented.iter().map(|s| s.words.len() as u64).sum();
    let recognizer = EntityRecognizer::new();
    let mut group = c.benchmark_group("words");
    group.throughput(Throughput::Elements(words)).sample_size(20);
    group.bench_function("segment", |b| {
        b.iter(|| articles.iter().map(|article| Segmented::new(black_box(article)).words.len()).sum::<usize>());
    });
    group.bench_function("recognize", |b| {
        b.iter(|| {
            let pairs = articles.iter().zip(&segmented);
            pairs.map(|(article, cut)| recognizer.recognize_segmented(black_box(article), cut).len()).sum::<usize>()
        });
    });
    let recognized: Vec<Vec<Mention>> =
        articles.iter().zip(&segmented).map(|(article, cut)| recognizer.recognize_segmented(article, cut)).collect();
    let linker = EntityLinker::new();
    group.bench_function("link", |b| {
        b.iter(|| {
            let work = articles.iter().zip(&segmented).zip(&recognized);
            work.map(|((article, cut), mentions)| {
                let mut mentions = mentions.clone();
                linker.link(black_box(article), &mut mentions);
                credits(article, cut, &mentions).len()
            })
            .sum::<usize>()
        });
    });
    group.sample_size(10).bench_function("index", |b| b.iter(|| index(black_box(&articles))));
    group.finish();
}

/// Indexes articles into a temporary folder; returns the number of names.
fn index(articles: &[Article]) -> usize {
    let folder = tempfile::tempdir().expect("a folder");
    let pipeline = Pipeline::new();
    let mut indexer = Indexer::open(folder.path(), rayon::current_num_threads()).expect("an index");
    let seen = indexer.seen_words();
    let new = |article: &Article| {
        let Analyzed { article, segmented, mentions, credits, dates, reports } =
            pipeline.analyze_article(article.clone());
        PreparedArticle::new(article, segmented, mentions, (credits, dates, reports), &seen)
    };
    for article in articles.par_iter().map(new).collect::<Vec<_>>() {
        indexer.add(article).expect("added");
    }
    indexer.commit().expect("committed");
    indexer.names()
}

criterion_group!(benches, recognize);
criterion_main!(benches);
