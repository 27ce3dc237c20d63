//! Distant supervision (Mintz et al. 2009): names from the lists, without
//! context, teach what the words and endings of people, titles and places look
//! like.

use std::path::Path;

use newsearch::internals::evaluate::Kinds;
use newsearch::{Article, EntityKind, Span};

use super::lowercase::Named;
use crate::lists;

const LISTS: &[(&str, EntityKind)] = &[
    ("wikipedia_movies/actors", EntityKind::Person),
    ("wikidata_2016/persons", EntityKind::Person),
    ("person_names/surnames_us_census", EntityKind::Person),
    ("person_names/namedb_surnames_all", EntityKind::Person),
    ("awards/oscar_characters", EntityKind::Character),
    ("awards/emmy_characters", EntityKind::Character),
    ("wikipedia_movies/films", EntityKind::Work),
    ("streaming_titles/tv_shows", EntityKind::Work),
    ("awards/grammy_works", EntityKind::Work),
    ("wikidata_2016/companynames", EntityKind::Organization),
    ("awards/emmy_production_companies", EntityKind::Organization),
    ("wikidata_2016/sportsteams", EntityKind::Organization),
    ("wikidata_2016/buildings", EntityKind::Place),
    ("places/cities", EntityKind::Place),
];

/// Names taken from each list.
const EACH: usize = 5000;

/// Names from the lists under `root`, shuffled.
pub fn examples(root: &Path) -> anyhow::Result<Vec<Named>> {
    let mut random = fastrand::Rng::with_seed(11);
    let mut names = Vec::new();
    for (path, kind) in LISTS {
        let mut lines = lists::lines(&root.join(format!("{path}.tsv.gz")))?;
        random.shuffle(&mut lines);
        names.extend(lines.iter().take(EACH).filter_map(|line| named(line, *kind)));
    }
    random.shuffle(&mut names);
    Ok(names)
}

fn named(line: &str, kind: EntityKind) -> Option<Named> {
    let text = lists::plain_name(line.split('\t').next()?);
    let span = Span::new(0, text.len());
    let article = Article { text, body: span, ..Article::default() };
    (!span.is_empty()).then(|| Named { article, span, kinds: Kinds::only(kind), context: false })
}
