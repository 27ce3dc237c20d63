//! Queries a second on one core, with and without snippets and facets.
//!
//! `cargo bench --bench search` indexes `corpus/` and queries its most frequent
//! names; `NEWSEARCH_BENCH_INDEX` names an existing index instead.

use std::hint::black_box;
use std::path::PathBuf;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use newsearch::EntityQuery;
use newsearch::{Failure, Pipeline, Progress, Query, Searcher};

/// Number of names, each a query.
const NAMES: usize = 100;

struct Quiet;

impl Progress for Quiet {
    fn failure(&mut self, _: &Failure) {}
}

fn queries(searcher: &Searcher) -> Vec<Query> {
    let names = searcher.entities(&EntityQuery::default()).rows;
    names.into_iter().take(NAMES).map(|row| Query::new(row.name)).collect()
}

fn search(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let index = std::env::var_os("NEWSEARCH_BENCH_INDEX").map(PathBuf::from).unwrap_or_else(|| {
        Pipeline::new().index(&["corpus".into()], folder.path(), &mut Quiet).expect("an index");
        folder.path().to_owned()
    });
    let searcher = Searcher::open(&index).expect("the index");
    let full = queries(&searcher);
    let plain = |query: &Query| query.clone().facets(Vec::new());
    let without_facets: Vec<Query> = full.iter().map(plain).collect();
    let bare: Vec<Query> = without_facets.iter().map(|query| query.clone().snippets(0)).collect();
    let mut group = c.benchmark_group("queries");
    group.throughput(Throughput::Elements(full.len() as u64)).sample_size(20);
    for (name, queries) in [("snippets and facets", &full), ("snippets", &without_facets), ("hits alone", &bare)] {
        let ask = |query: &Query| searcher.search(black_box(query)).expect("an answer").total;
        group.bench_function(name, |b| b.iter(|| queries.iter().map(ask).sum::<usize>()));
    }
    group.finish();
}

criterion_group!(benches, search);
criterion_main!(benches);
