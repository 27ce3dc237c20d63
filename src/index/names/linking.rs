//! Linking names over the whole archive, after a commit.

use std::path::Path;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::Column;
use tantivy::{DocId, Index, Searcher};

use crate::article::EntityKind;
use crate::index::commit::CommitInfo;
use crate::index::duplicates;
use crate::index::error::IndexError;
use crate::link::archive::{self, ArchiveNames, ArticleNumber, NameFacts, Surroundings};

use super::findings;
use super::id::NameId;
use super::links;
use super::reader::Names;

/// The most articles whose names are evidence for a name.
const ARTICLES: usize = 100;

/// Finds which of the last commit's `names` are one entity, and which articles
/// are duplicates; writes the files of both, and the findings for people.
pub(in crate::index) fn link(
    index: &Index,
    mut names: ArchiveNames,
    folder: &Path,
    info: &mut CommitInfo,
) -> Result<(), IndexError> {
    let searcher = index.reader().map_err(IndexError::tantivy("opening its segments"))?.searcher();
    let (duplicates, links) = (info.duplicates_path(folder), info.links_path(folder));
    let columns = NameColumns::open(&searcher).map_err(IndexError::tantivy("reading the column of names"))?;
    let (duplicates_sum, found) = rayon::join(
        || duplicates::write(&searcher, &duplicates),
        || {
            columns.count_articles(&mut names.names);
            archive::find(&names, &columns)
        },
    );
    info.add_check(&duplicates, duplicates_sum?);
    info.add_check(&links, links::write(&links, names.names.len(), &found)?);
    findings::write(folder, &names, &found)
}

/// What a names file says of its names; articles are counted later.
pub(in crate::index) fn facts(names: &Names) -> ArchiveNames {
    let of_name = |id: usize| {
        let Some(entry) = names.entry(id as NameId) else { return NameFacts::named(EntityKind::Person, String::new()) };
        let mut facts = NameFacts::named(entry.kind, entry.name);
        (facts.mentions, facts.listed, facts.players) = (entry.mentions, entry.listed, entry.players);
        facts.confidence = entry.trust / entry.mentions.max(1) as f32;
        facts
    };
    let aliases = || {
        // An alias of a single name decides nothing.
        let mut aliases: FxHashMap<String, Vec<(NameId, u32)>> = FxHashMap::default();
        names.each_ambiguous_alias(|alias, named| _ = aliases.insert(alias.to_owned(), named));
        aliases
    };
    let (facts, aliases) = rayon::join(|| (0..names.len()).into_par_iter().map(of_name).collect(), aliases);
    ArchiveNames::new(facts, aliases)
}

/// The names of every living article, in an order that does not depend on
/// which thread wrote which segment.
struct NameColumns {
    segments: Vec<Column<u64>>,
    /// Document key, segment and document.
    articles: Vec<(u64, usize, DocId)>,
}

impl NameColumns {
    fn open(searcher: &Searcher) -> tantivy::Result<Self> {
        let (mut segments, mut articles) = (Vec::new(), Vec::new());
        for (number, segment) in searcher.segment_readers().iter().enumerate() {
            let doc_key = segment.fast_fields().u64("tie")?;
            segments.push(segment.fast_fields().u64("names")?);
            articles.extend(segment.doc_ids_alive().map(|doc| (doc_key.first(doc).unwrap_or(0), number, doc)));
        }
        articles.sort_unstable();
        Ok(Self { segments, articles })
    }

    fn each(&self, mut each: impl FnMut(&[NameId])) {
        let mut ids = Vec::new();
        for (_, segment, doc) in &self.articles {
            ids.clear();
            ids.extend(self.segments[*segment].values_for_doc(*doc).map(|id| id as NameId));
            each(&ids);
        }
    }

    /// Counts the living articles that have each name.
    fn count_articles(&self, names: &mut [NameFacts]) {
        self.each(|ids| {
            for id in ids {
                if let Some(facts) = names.get_mut(*id as usize) {
                    facts.articles += 1;
                }
            }
        });
    }
}

impl Surroundings for NameColumns {
    fn around(&self, names: &[NameId]) -> FxHashMap<NameId, Vec<ArticleNumber>> {
        let wanted: FxHashSet<NameId> = names.iter().copied().collect();
        let mut around: FxHashMap<NameId, Vec<ArticleNumber>> = FxHashMap::default();
        let mut article = 0;
        self.each(|ids| {
            for id in ids.iter().filter(|id| wanted.contains(id)) {
                let articles = around.entry(*id).or_default();
                if articles.len() < ARTICLES {
                    articles.push(article);
                }
            }
            article += 1;
        });
        around
    }

    fn names_of(&self, article: ArticleNumber, names: &mut Vec<NameId>) {
        if let Some((_, segment, doc)) = self.articles.get(article as usize) {
            names.extend(self.segments[*segment].values_for_doc(*doc).map(|id| id as NameId));
        }
    }

    fn articles(&self) -> u32 {
        self.articles.len() as u32
    }
}
