//! Which file an article is from, where several have it.
//!
//! An article stays as long as any file has it. It is indexed once, from the last of
//! these files in path order. The others yield to that file: they are read again when
//! it changes or goes.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::schema::Term;

use crate::article::{Article, content_hash, stable_hash};

use super::committed::{CommittedArticle, CommittedArticles};
use super::error::IndexError;
use super::manifest::Manifest;
use super::one_article::OneArticle;
use super::schema::IndexSchema;

/// The number of standard input, which is no file.
pub(super) const STANDARD_INPUT: u64 = 0;

/// Two articles of one id in an archive whose ids are one namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdCollision {
    /// The id.
    pub id: String,
    /// The path of the article that is left out.
    pub dropped: String,
    /// The path of the one that is kept.
    pub kept: String,
}

/// What becomes of an article that is added.
pub(in crate::index) enum Claim {
    /// It is indexed, in place of one of another file or line.
    Add(Option<OneArticle>),
    /// Another file has it in force.
    Leave,
}

/// An article that was added in this run.
struct Added {
    file: u64,
    content: u64,
    /// Kept only where collisions are named.
    path: Option<String>,
}

/// Which file holds an article.
#[derive(Default)]
pub(in crate::index) struct Holders {
    committed: Option<CommittedArticles>,
    /// By key.
    added: FxHashMap<u64, Added>,
    /// Ids whose articles were added in this run, hashed, with the key of the last.
    ids: FxHashMap<u64, u64>,
    /// Numbers of files, and the files of numbers.
    numbers: FxHashMap<String, u64>,
    files: FxHashMap<u64, String>,
    /// Files that are or will be read in this run, or are gone: what the last commit has of them
    /// does not count.
    replaced: FxHashSet<u64>,
    /// Of these, the files that are still to be read.
    waiting: FxHashSet<u64>,
    /// Committed articles of waiting files that another file took over.
    overtaken: Vec<(Term, u64, u64)>,
    /// For files whose entries are not written yet: to which files they yield.
    yields: BTreeMap<u64, BTreeSet<String>>,
    /// Commits of the articles of replaced files, by the hash of their content.
    arrivals: FxHashMap<u64, u64>,
    /// Whether the last one that is added is always in force, as in a catalog.
    pub last_wins: bool,
    /// Whether collisions of ids are named.
    pub name_collisions: bool,
    pub collisions: Vec<IdCollision>,
    /// Articles that a later one of their file replaced.
    pub replaced_articles: u64,
    /// Articles that are in several files.
    pub held_elsewhere: u64,
    /// Whether two articles have the same id.
    pub has_shared_ids: bool,
}

impl Holders {
    pub fn new(manifest: &Manifest, committed: Option<CommittedArticles>) -> Self {
        let numbers: FxHashMap<String, u64> =
            manifest.files.values().map(|entry| (entry.file.clone(), entry.number)).collect();
        let files = numbers.iter().map(|(file, number)| (*number, file.clone())).collect();
        Self { committed, numbers, files, ..Self::default() }
    }

    /// The number of a file; `last` is the last number that was given.
    pub fn number(&mut self, file: &str, last: &mut u64) -> u64 {
        if file == "-" {
            return STANDARD_INPUT;
        }
        if let Some(number) = self.numbers.get(file) {
            return *number;
        }
        *last += 1;
        self.numbers.insert(file.to_owned(), *last);
        self.files.insert(*last, file.to_owned());
        *last
    }

    /// Announces files that will be read, or are gone.
    pub fn announce(&mut self, files: &[&str], will_be_read: bool) -> Result<(), IndexError> {
        for number in files.iter().filter_map(|file| self.numbers.get(*file)) {
            self.replaced.insert(*number);
            if will_be_read {
                self.waiting.insert(*number);
            }
            let Some(committed) = &self.committed else { continue };
            for article in committed.of_file(*number)? {
                let content = committed.content(article)?;
                let first = self.arrivals.entry(content).or_insert(article.commit);
                *first = article.commit.min(*first);
            }
        }
        Ok(())
    }

    /// Notes that the articles of a file are removed. Returns its number.
    pub fn remove(&mut self, file: &str) -> Option<u64> {
        let number = *self.numbers.get(file)?;
        self.replaced.insert(number);
        self.waiting.remove(&number);
        Some(number)
    }

    /// To which files a file yields that has been read.
    pub fn take_yields(&mut self, number: u64) -> BTreeSet<String> {
        self.yields.remove(&number).unwrap_or_default()
    }

    /// The commit that an article with this content came with, if a file that is read
    /// again or gone had it.
    pub fn arrival(&self, article: &Article) -> Option<u64> {
        if self.arrivals.is_empty() {
            return None;
        }
        self.arrivals.get(&content_hash(&article.text, article.published.as_deref())).copied()
    }

    /// What becomes of an article of file `number`.
    pub fn claim(
        &mut self,
        article: &Article,
        number: u64,
        schema: &IndexSchema,
        manifest: &mut Manifest,
    ) -> Result<Claim, IndexError> {
        let term = Term::from_field_text(schema.id, &article.id);
        let holder = self.holder(article, &term)?;
        let content = content_hash(&article.text, article.published.as_deref());
        let replaces = OneArticle { id: term, key: article.key, file: None };
        let claim = match holder {
            None => Claim::Add(None),
            Some(holder) if holder.file == number => {
                self.replaced_articles += 1;
                Claim::Add(Some(replaces))
            }
            Some(_) if self.last_wins => Claim::Add(Some(replaces)),
            Some(holder) => {
                self.held_elsewhere += 1;
                let wins = self.precedes(holder.file, number);
                self.note_collision(article, content, &holder, wins)?;
                let (loser, winner) = if wins { (holder.file, number) } else { (number, holder.file) };
                self.note_yield(loser, winner, manifest);
                if wins { Claim::Add(Some(replaces)) } else { Claim::Leave }
            }
        };
        if let Claim::Add(_) = claim {
            let path = self.name_collisions.then(|| article.path.clone());
            self.added.insert(article.key, Added { file: number, content, path });
        }
        Ok(claim)
    }

    /// The article in force with the identity of one that is added.
    fn holder(&mut self, article: &Article, term: &Term) -> Result<Option<Holder>, IndexError> {
        let id = stable_hash(article.id.as_bytes());
        self.has_shared_ids |= *self.ids.entry(id).or_insert(article.key) != article.key;
        if let Some(added) = self.added.get(&article.key) {
            return Ok(Some(Holder { file: added.file, committed: None }));
        }
        let Some(committed) = &self.committed else { return Ok(None) };
        for found in committed.of_id(&article.id)? {
            if self.waiting.contains(&found.file) && found.key == article.key {
                self.overtaken.push((term.clone(), found.key, found.file));
            }
            if self.replaced.contains(&found.file) {
                continue;
            }
            if found.key == article.key {
                return Ok(Some(Holder { file: found.file, committed: Some(found) }));
            }
            self.has_shared_ids = true;
        }
        Ok(None)
    }

    /// Whether the article of file `number` takes the place of that of `holder`.
    fn precedes(&self, holder: u64, number: u64) -> bool {
        number == STANDARD_INPUT || holder == STANDARD_INPUT || self.files.get(&holder) < self.files.get(&number)
    }

    fn note_yield(&mut self, loser: u64, winner: u64, manifest: &mut Manifest) {
        let winner = self.files.get(&winner).cloned().unwrap_or_else(|| "-".to_owned());
        // A file that is being read has no entry yet.
        match self.files.get(&loser).and_then(|file| manifest.files.get_mut(file)) {
            Some(entry) => _ = entry.yields_to.insert(winner),
            None => _ = self.yields.entry(loser).or_default().insert(winner),
        }
    }

    fn note_collision(
        &mut self,
        article: &Article,
        content: u64,
        holder: &Holder,
        wins: bool,
    ) -> Result<(), IndexError> {
        if !self.name_collisions {
            return Ok(());
        }
        let (other, path) = match (holder.committed, &self.committed, self.added.get(&article.key)) {
            (Some(found), Some(committed), _) => (committed.content(found)?, committed.path(found)?),
            (_, _, Some(added)) => (added.content, added.path.clone().unwrap_or_default()),
            _ => return Ok(()),
        };
        if other != content {
            let (id, path, own) = (article.id.clone(), path, article.path.clone());
            let (dropped, kept) = if wins { (path, own) } else { (own, path) };
            self.collisions.push(IdCollision { id, dropped, kept });
        }
        Ok(())
    }

    /// Committed articles to delete although their file was not read: the run was
    /// stopped, and another file has them now.
    pub fn take_overtaken(&mut self) -> Vec<OneArticle> {
        let overtaken = std::mem::take(&mut self.overtaken).into_iter();
        let waiting = overtaken.filter(|(_, _, file)| self.waiting.contains(file));
        waiting.map(|(id, key, file)| OneArticle { id, key, file: Some(file) }).collect()
    }
}

/// Who has an article in force.
struct Holder {
    file: u64,
    /// The article, if it is of the last commit.
    committed: Option<CommittedArticle>,
}
