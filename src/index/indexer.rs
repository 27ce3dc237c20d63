//! The index writer.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tantivy::indexer::PreparedCommit;
use tantivy::schema::Term;
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, IndexWriter, TantivyError};

use crate::article::{IdScope, UserFields, file_of};
use crate::files::sync_folder;
use crate::link::archive::ArchiveNames;

use super::commit::{CommitInfo, FORMAT_VERSION, index_builder, open_tantivy};
use super::committed::CommittedArticles;
use super::directory::IndexDirectory;
use super::document::{Arrival, DocumentBuffer, IndexDocument, PendingDocument, PreparedArticle, SharedCodec};
use super::error::IndexError;
use super::holders::{Claim, Holders, IdCollision};
use super::inflections::{InflectionsBuilder, SeenWords};
use super::lock::{WriterLock, retry_while};
use super::manifest::{Manifest, ManifestEntry};
use super::names::{self, Names, NamesBuilder};
use super::schema::IndexSchema;
use super::stored::Codec;

/// Bytes of memory for postings before they are written to a segment, for each
/// writing thread.
const MEMORY_PER_THREAD: usize = 192 << 20;
/// The block size of the document store: small, as articles are packed one by
/// one.
const STORE_BLOCK: usize = 4096;
/// Analyzing threads to one writing thread; fewer writers make fewer segments.
const THREADS_PER_WRITER: usize = 4;

/// Writes articles to an index; nothing is seen by readers before
/// [`Indexer::commit`].
pub struct Indexer {
    folder: PathBuf,
    schema: IndexSchema,
    writer: IndexWriter,
    names: NamesBuilder,
    inflections: InflectionsBuilder,
    /// The files of the index; those of the last commit until files are added.
    pub manifest: Manifest,
    info: CommitInfo,
    buffer: DocumentBuffer,
    holders: Holders,
    /// Whether it is the catalog of a cluster, which holds words and articles.
    is_catalog: bool,
    linking: Duration,
    _lock: WriterLock,
}

impl Indexer {
    /// Opens the index in a folder for writing, making it where there is none.
    ///
    /// # Errors
    /// [`IndexError`]: a folder that holds something else, another format, a
    /// second writer, or what the system says.
    pub fn open(folder: &Path, threads: usize) -> Result<Self, IndexError> {
        let schema = IndexSchema::new();
        std::fs::create_dir_all(folder).map_err(IndexError::io(folder))?;
        let lock = WriterLock::take(folder)?;
        let (index, info, fresh) = match open_tantivy(folder) {
            Ok((index, info)) => (index, info, false),
            Err(IndexError::Missing(_)) => {
                let index = create(folder, &schema)?;
                (index, CommitInfo { epoch: nanos_now(), ..CommitInfo::default() }, true)
            }
            Err(error) => return Err(error),
        };
        let writers = threads.div_ceil(THREADS_PER_WRITER);
        let writer = retry_while(
            || index.writer_with_num_threads(writers, writers * MEMORY_PER_THREAD),
            |made| matches!(made, Err(TantivyError::LockFailure(..))),
        );
        let writer = writer.map_err(|error| match error {
            TantivyError::LockFailure(..) => IndexError::Locked { folder: folder.into(), holder: String::new() },
            error => IndexError::tantivy("opening it for writing")(error),
        })?;
        // A killed process may have left files of segments whose names would be
        // given again.
        writer.garbage_collect_files().wait().map_err(IndexError::tantivy("removing old files"))?;
        let (mut names, mut inflections, mut manifest) =
            (NamesBuilder::default(), InflectionsBuilder::default(), Manifest::default());
        if !fresh && info.generation > 0 {
            names = NamesBuilder::resume(folder, &info.names_path(folder))?;
            inflections = InflectionsBuilder::resume(folder, &info.inflections_path(folder))?;
            manifest = Manifest::read(&info.manifest_path(folder))?;
        }
        let codec = if info.codec > 0 { Some(Codec::open(&info.codec_path(folder))?) } else { None };
        let committed = if manifest.files.is_empty() && info.generation == 0 {
            None
        } else {
            Some(CommittedArticles::open(folder, &index, &info)?)
        };
        Ok(Self {
            folder: folder.into(),
            buffer: DocumentBuffer::new(schema.article, codec),
            schema,
            writer,
            names,
            inflections,
            holders: Holders::new(&manifest, committed),
            is_catalog: false,
            manifest,
            info,
            linking: Duration::ZERO,
            _lock: lock,
        })
    }

    /// Opens a catalog: an index of names and columns, whose words and articles
    /// are in a cluster.
    ///
    /// # Errors
    /// As for [`Indexer::open`].
    pub fn open_catalog(folder: &Path) -> Result<Self, IndexError> {
        let mut indexer = Self { is_catalog: true, ..Self::open(folder, 1)? };
        indexer.holders.last_wins = true;
        Ok(indexer)
    }

    /// Counts commits, and numbers files, after those of another index in the folder
    /// that this one will be moved to.
    pub fn count_after(&mut self, last_commit: u64) {
        self.info.generation = self.info.generation.max(last_commit);
    }

    /// The codec of the archive, empty until enough articles were added.
    pub fn codec(&self) -> SharedCodec {
        self.buffer.codec.clone()
    }

    /// The words whose stems are listed already.
    pub fn seen_words(&self) -> Arc<SeenWords> {
        self.inflections.seen.clone()
    }

    /// Sets what ids are one within. With [`IdScope::Global`], two articles of one id
    /// with different texts are named by [`Indexer::take_collisions`].
    pub fn set_ids(&mut self, ids: IdScope) {
        self.info.ids = ids;
        self.holders.name_collisions = ids == IdScope::Global;
    }

    /// Sets the fields that the user named.
    pub fn set_fields(&mut self, fields: UserFields) {
        self.info.fields = fields;
    }

    /// What ids are one within.
    pub fn ids(&self) -> IdScope {
        self.info.ids
    }

    /// Announces which files will be read: what the index has of them does not count
    /// from now on, though it stays until they are read.
    ///
    /// # Errors
    /// [`IndexError::Library`].
    pub fn announce(&mut self, files: &[&str]) -> Result<(), IndexError> {
        if self.is_catalog {
            return Ok(());
        }
        for file in files {
            if let Some(entry) = self.manifest.files.get_mut(*file) {
                // Holds if the run is stopped before the file's turn.
                entry.unread = true;
            }
        }
        self.holders.announce(files, true)
    }

    /// Removes the articles of files that are gone.
    ///
    /// # Errors
    /// [`IndexError::Library`].
    pub fn remove_gone(&mut self, files: &[String]) -> Result<(), IndexError> {
        if !self.is_catalog {
            self.holders.announce(&files.iter().map(String::as_str).collect::<Vec<_>>(), false)?;
        }
        files.iter().for_each(|file| self.remove_file(file));
        Ok(())
    }

    /// Adds an article, in place of one of the same identity. Where another file has
    /// that one, the last file in path order is in force.
    ///
    /// # Errors
    /// [`IndexError::Library`] and [`IndexError::WriterStopped`].
    pub fn add(&mut self, mut prepared: PreparedArticle) -> Result<(), IndexError> {
        let article = &prepared.article;
        let file = self.holders.number(file_of(&article.path), &mut self.info.last_file);
        let claim = self.holders.claim(article, file, &self.schema, &mut self.manifest)?;
        let Claim::Add(replaces) = claim else { return Ok(()) };
        let commit = self.holders.arrival(article).unwrap_or(self.info.generation + 1);
        self.inflections.add(std::mem::take(&mut prepared.word_stems));
        let packed = prepared.packed.take();
        self.info.text_bytes += prepared.article.text.len() as u64;
        let IndexDocument { mut document, stored, mentions, names } =
            IndexDocument::new(&self.schema, prepared, Arrival { commit, file }, &mut self.names);
        self.names.count_article(&mentions, &names, &stored.text);
        for credit in &stored.credits {
            if let Some(role) = credit.role {
                self.names.played_by(role, credit.person);
            }
        }
        let stored = if self.is_catalog {
            self.schema.keep_columns(&mut document);
            None
        } else {
            Some(stored.into_parts())
        };
        self.buffer.add(&self.writer, PendingDocument { replaces, document, stored, packed })
    }

    /// Removes the articles of a file, and the file from the manifest.
    pub fn remove_file(&mut self, file: &str) {
        self.manifest.files.remove(file);
        if let Some(number) = self.holders.remove(file) {
            self.writer.delete_term(Term::from_field_u64(self.schema.file, number));
        }
    }

    /// Records a file as read.
    pub fn file_done(&mut self, entry: ManifestEntry) {
        let number = self.holders.number(&entry.file, &mut self.info.last_file);
        let mut entry = ManifestEntry { number, ..entry };
        entry.yields_to.extend(self.holders.take_yields(number));
        self.manifest.files.insert(entry.file.clone(), entry);
    }

    /// How many articles this indexer replaced by a later one of the same file.
    pub fn replaced(&self) -> u64 {
        self.holders.replaced_articles
    }

    /// How many articles it was given that another file has too.
    pub fn held_elsewhere(&self) -> u64 {
        self.holders.held_elsewhere
    }

    /// The collisions of ids since the last call.
    pub fn take_collisions(&mut self) -> Vec<IdCollision> {
        std::mem::take(&mut self.holders.collisions)
    }

    /// How long the last commit took to link names.
    pub fn linking(&self) -> Duration {
        self.linking
    }

    /// How many names the index has.
    pub fn names(&self) -> usize {
        self.names.len()
    }

    /// Makes everything since the last commit visible, at once.
    ///
    /// # Errors
    /// [`IndexError`]; the last commit stays as it was.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        self.buffer.flush(&self.writer)?;
        for article in self.holders.take_overtaken() {
            self.writer.delete_query(Box::new(article)).map_err(IndexError::tantivy("replacing an article"))?;
        }
        self.info.has_shared_ids |= self.holders.has_shared_ids;
        self.info.generation += 1;
        self.info.format = FORMAT_VERSION;
        self.info.checks.retain(|name, _| is_link_file(name) || name.starts_with("codec-"));
        if let (0, Some(codec)) = (self.info.codec, self.buffer.codec.get()) {
            self.info.codec = self.info.generation;
            let path = self.info.codec_path(&self.folder);
            self.info.add_check(&path, codec.write(&path)?);
        }
        let (names, inflections) = (self.info.names_path(&self.folder), self.info.inflections_path(&self.folder));
        // Meanwhile tantivy writes its last segment.
        let (written, prepared) = rayon::join(
            || -> Result<_, IndexError> {
                let sums = (self.names.write(&names)?, self.inflections.write(&self.folder, &inflections)?);
                Ok((sums, names::facts(&Names::open(&self.folder, &names)?)))
            },
            || self.writer.prepare_commit(),
        );
        let ((names_sum, inflections_sum), facts) = written?;
        self.info.add_check(&names, names_sum);
        self.info.add_check(&inflections, inflections_sum);
        let manifest = self.info.manifest_path(&self.folder);
        self.info.add_check(&manifest, self.manifest.write(&manifest)?);
        sync_folder(&self.folder);
        let prepared = prepared.map_err(IndexError::tantivy("writing a segment"))?;
        complete(prepared, &self.info, &self.folder)?;
        self.link(facts)
    }

    /// Links the names of the archive. Until that is done, readers of this commit use the links
    /// before, which hold, since a name's id never changes.
    fn link(&mut self, names: ArchiveNames) -> Result<(), IndexError> {
        let started = Instant::now();
        let mut linked = CommitInfo { links: self.info.generation, ..self.info.clone() };
        linked.checks.retain(|name, _| !is_link_file(name));
        names::link(self.writer.index(), names, &self.folder, &mut linked)?;
        sync_folder(&self.folder);
        self.linking = started.elapsed();
        self.info = linked;
        let prepared = self.writer.prepare_commit().map_err(IndexError::tantivy("preparing a commit"))?;
        complete(prepared, &self.info, &self.folder)?;
        self.remove_old_files();
        Ok(())
    }

    /// Whether the names of the last commit were not linked, as after a kill.
    pub fn is_unlinked(&self) -> bool {
        self.info.links != self.info.generation
    }

    /// Waits for merges to end, and closes the index.
    ///
    /// # Errors
    /// [`IndexError::Library`] and [`IndexError::WriterStopped`].
    pub fn close(self) -> Result<(), IndexError> {
        self.writer.wait_merging_threads().map_err(IndexError::tantivy("merging segments"))
    }

    /// Removes the files of commits but the last two: a reader may be about to
    /// open the one before.
    fn remove_old_files(&self) {
        for generation in (0..self.info.generation.saturating_sub(1)).rev() {
            let old = CommitInfo { generation, links: generation, ..self.info.clone() };
            let gone = std::fs::remove_file(old.names_path(&self.folder)).is_err();
            let _ = std::fs::remove_file(old.links_path(&self.folder));
            let _ = std::fs::remove_file(old.duplicates_path(&self.folder));
            let _ = std::fs::remove_file(old.inflections_path(&self.folder));
            let _ = std::fs::remove_file(old.manifest_path(&self.folder));
            if gone {
                return;
            }
        }
    }
}

/// Commits what tantivy has prepared, with the payload of the commit.
fn complete(mut prepared: PreparedCommit<'_>, info: &CommitInfo, folder: &Path) -> Result<(), IndexError> {
    let payload = info.to_payload().map_err(|e| IndexError::io(folder)(e.into()))?;
    prepared.set_payload(&payload);
    prepared.commit().map_err(IndexError::tantivy("committing"))?;
    Ok(())
}

/// Whether a file is written after a commit, when its names are linked.
fn is_link_file(name: &str) -> bool {
    name.starts_with("links-") || name.starts_with("copies-")
}

/// Nanoseconds since 1970.
fn nanos_now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.ok().and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or(0)
}

fn create(folder: &Path, schema: &IndexSchema) -> Result<Index, IndexError> {
    let settings =
        IndexSettings { docstore_compression: Compressor::None, docstore_blocksize: STORE_BLOCK, ..Default::default() };
    let directory = IndexDirectory::open(folder).map_err(IndexError::io(folder))?;
    let created = index_builder(schema).settings(settings).open_or_create(directory);
    created.map_err(IndexError::tantivy("being created"))
}
