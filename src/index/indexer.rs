//! The index writer.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustc_hash::FxHashSet;
use tantivy::indexer::PreparedCommit;
use tantivy::schema::Term;
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, IndexWriter, TantivyError};

use crate::article::stable_hash;
use crate::files::sync_folder;
use crate::link::archive::ArchiveNames;

use super::commit::{CommitInfo, FORMAT_VERSION, index_builder, open_tantivy};
use super::directory::IndexDirectory;
use super::document::{DocumentBuffer, IndexDocument, PendingDocument, PreparedArticle, SharedCodec};
use super::error::IndexError;
use super::inflections::{InflectionsBuilder, SeenWords};
use super::lock::{WriterLock, retry_while};
use super::manifest::{Manifest, ManifestEntry};
use super::moved::MovedFiles;
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
    was_empty: bool,
    /// Whether it is the catalog of a cluster, which holds words and articles.
    is_catalog: bool,
    /// Hashes of the ids added by this indexer.
    ids: FxHashSet<u64>,
    replaced: u64,
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
        Ok(Self {
            folder: folder.into(),
            buffer: DocumentBuffer::new(schema.article, codec),
            schema,
            writer,
            names,
            inflections,
            was_empty: manifest.files.is_empty(),
            is_catalog: false,
            manifest,
            info,
            ids: FxHashSet::default(),
            replaced: 0,
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
        Ok(Self { is_catalog: true, ..Self::open(folder, 1)? })
    }

    /// The codec of the archive, empty until enough articles were added.
    pub fn codec(&self) -> SharedCodec {
        self.buffer.codec.clone()
    }

    /// The words whose stems are listed already.
    pub fn seen_words(&self) -> Arc<SeenWords> {
        self.inflections.seen.clone()
    }

    /// Adds an article, in place of one of the same id.
    ///
    /// # Errors
    /// [`IndexError::Library`] and [`IndexError::WriterStopped`].
    pub fn add(&mut self, mut prepared: PreparedArticle) -> Result<(), IndexError> {
        self.inflections.add(std::mem::take(&mut prepared.word_stems));
        let packed = prepared.packed.take();
        let id = prepared.article.id.clone();
        let seen = !self.ids.insert(stable_hash(id.as_bytes()));
        self.replaced += u64::from(seen);
        let replaces = (seen || !self.was_empty).then(|| Term::from_field_text(self.schema.id, &id));
        self.info.text_bytes += prepared.article.text.len() as u64;
        let commit = self.info.generation + 1;
        let IndexDocument { mut document, stored, mentions, names } =
            IndexDocument::new(&self.schema, prepared, commit, &mut self.names);
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
        if let Some(entry) = self.manifest.files.remove(file) {
            self.writer.delete_term(Term::from_field_text(self.schema.file, entry.key()));
        }
    }

    /// Records that a file has another name now.
    pub fn move_file(&mut self, from: &str, entry: ManifestEntry) {
        self.manifest.files.remove(from);
        self.manifest.files.insert(entry.file.clone(), entry);
    }

    /// Records a file as read.
    pub fn file_done(&mut self, entry: ManifestEntry) {
        self.manifest.files.insert(entry.file.clone(), entry);
    }

    /// How many articles this indexer replaced by a later one of the same id.
    pub fn replaced(&self) -> u64 {
        self.replaced
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
        let moved = MovedFiles::of(&self.manifest);
        self.info.moved = !moved.is_empty();
        if self.info.moved {
            let path = self.info.moved_path(&self.folder);
            self.info.add_check(&path, moved.write(&path)?);
        }
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
            let _ = std::fs::remove_file(old.moved_path(&self.folder));
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
