//! The writer of an index.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustc_hash::FxHashSet;
use tantivy::indexer::PreparedCommit;
use tantivy::schema::Term;
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, IndexWriter, TantivyError};

use crate::article::stable_hash;
use crate::link::archive::ArchiveNames;

use super::IndexError;
use super::codec::Codec;
use super::forms::{FormsBuilder, Noted};
use super::layout::{self, CommitInfo, FORMAT_VERSION};
use super::linking;
use super::lock::{WriterLock, patiently};
use super::manifest::{Manifest, ManifestEntry};
use super::moved::Moved;
use super::names::NamesBuilder;
use super::names_file::Names;
use super::new_article::NewArticle;
use super::posted::Posted;
use super::schema::IndexSchema;
use super::waiting::{Ready, SharedCodec, Waiting};

/// Memory for postings before they are written to a segment, in bytes a thread
/// that writes.
const MEMORY_PER_THREAD: usize = 192 << 20;
/// Bytes of stored articles that are read together: each is packed by itself.
const STORE_BLOCK: usize = 4096;
/// One thread writes what so many analyze; the fewer write, the fewer segments.
const THREADS_PER_WRITER: usize = 4;

/// Writes articles to an index; nothing is seen by readers before
/// [`Indexer::commit`].
pub struct Indexer {
    folder: PathBuf,
    schema: IndexSchema,
    writer: IndexWriter,
    names: NamesBuilder,
    forms: FormsBuilder,
    /// What the last commit holds.
    pub manifest: Manifest,
    info: CommitInfo,
    waiting: Waiting,
    was_empty: bool,
    /// Whether it is the catalog of a cluster: words and articles are there.
    only_names: bool,
    /// Hashes of the ids added in this run.
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
        let (index, info, fresh) = match layout::open_tantivy(folder) {
            Ok((index, info)) => (index, info, false),
            Err(IndexError::Missing(_)) => {
                let index = create(folder, &schema)?;
                (index, CommitInfo { epoch: nanos_now(), ..CommitInfo::default() }, true)
            }
            Err(error) => return Err(error),
        };
        let writers = threads.div_ceil(THREADS_PER_WRITER);
        let writer = patiently(
            || index.writer_with_num_threads(writers, writers * MEMORY_PER_THREAD),
            |made| matches!(made, Err(TantivyError::LockFailure(..))),
        );
        let writer = writer.map_err(|error| match error {
            TantivyError::LockFailure(..) => IndexError::Locked { folder: folder.into(), holder: String::new() },
            error => error.into(),
        })?;
        // A run that was killed may have left files of segments that the next
        // one would give the same names.
        writer.garbage_collect_files().wait()?;
        let (mut names, mut forms, mut manifest) =
            (NamesBuilder::default(), FormsBuilder::default(), Manifest::default());
        if !fresh && info.generation > 0 {
            names = NamesBuilder::resume(folder, &info.names_path(folder))?;
            forms = FormsBuilder::resume(folder, &info.forms_path(folder))?;
            manifest = Manifest::read(&info.manifest_path(folder))?;
        }
        let codec = if info.codec > 0 { Some(Codec::open(&info.codec_path(folder))?) } else { None };
        Ok(Self {
            folder: folder.into(),
            waiting: Waiting::new(schema.article, codec),
            schema,
            writer,
            names,
            forms,
            was_empty: manifest.files.is_empty(),
            only_names: false,
            manifest,
            info,
            ids: FxHashSet::default(),
            replaced: 0,
            linking: Duration::ZERO,
            _lock: lock,
        })
    }

    /// The same for a catalog: an index of names and columns, whose words and
    /// articles are in a cluster.
    ///
    /// # Errors
    /// As for [`Indexer::open`].
    pub fn open_catalog(folder: &Path) -> Result<Self, IndexError> {
        Ok(Self { only_names: true, ..Self::open(folder, 1)? })
    }

    /// The codec of the archive, empty until enough articles have come.
    pub fn codec(&self) -> SharedCodec {
        self.waiting.codec.clone()
    }

    /// The words whose forms it has noted.
    pub fn noted(&self) -> Arc<Noted> {
        self.forms.noted.clone()
    }

    /// Adds an article; one of the same id is replaced.
    ///
    /// # Errors
    /// [`IndexError::Tantivy`].
    pub fn add(&mut self, mut new: NewArticle) -> Result<(), IndexError> {
        let forms = std::mem::take(&mut new.forms);
        let packed = new.packed.take();
        self.forms.add(forms);
        let id = new.article.id.clone();
        let seen = !self.ids.insert(stable_hash(id.as_bytes()));
        self.replaced += u64::from(seen);
        let replaces = (seen || !self.was_empty).then(|| Term::from_field_text(self.schema.id, &id));
        self.info.text_bytes += new.article.text.len() as u64;
        let commit = self.info.generation + 1;
        let Posted { mut document, stored, mentions, names } = Posted::new(&self.schema, new, commit, &mut self.names);
        self.names.count_article(&mentions, &names, &stored.text);
        for credit in &stored.credits {
            if let Some(role) = credit.role {
                self.names.played_by(role, credit.person);
            }
        }
        let stored = if self.only_names {
            self.schema.keep_columns(&mut document);
            None
        } else {
            Some(stored.into_stored())
        };
        self.waiting.add(&self.writer, Ready { replaces, document, stored, packed })
    }

    /// Removes the articles of a file, and the file from the manifest.
    pub fn remove_file(&mut self, file: &str) {
        if let Some(entry) = self.manifest.files.remove(file) {
            self.writer.delete_term(Term::from_field_text(self.schema.file, entry.key()));
        }
    }

    /// Notes that a file bears another name now.
    pub fn move_file(&mut self, from: &str, entry: ManifestEntry) {
        self.manifest.files.remove(from);
        self.manifest.files.insert(entry.file.clone(), entry);
    }

    /// Notes a file as read.
    pub fn file_done(&mut self, entry: ManifestEntry) {
        self.manifest.files.insert(entry.file.clone(), entry);
    }

    /// How many articles were replaced by a later one of the same id in this run.
    pub fn replaced(&self) -> u64 {
        self.replaced
    }

    /// How long the last commit took to find which names are one.
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
        self.waiting.flush(&self.writer)?;
        self.info.generation += 1;
        self.info.format = FORMAT_VERSION;
        self.info.checks.retain(|name, _| is_of_links(name) || name.starts_with("codec-"));
        if let (0, Some(codec)) = (self.info.codec, self.waiting.codec.get()) {
            self.info.codec = self.info.generation;
            let path = self.info.codec_path(&self.folder);
            self.info.check(&path, codec.write(&path)?);
        }
        let (names, forms) = (self.info.names_path(&self.folder), self.info.forms_path(&self.folder));
        // tantivy writes its last segment meanwhile.
        let (written, prepared) = rayon::join(
            || -> Result<_, IndexError> {
                let sums = (self.names.write(&names)?, self.forms.write(&self.folder, &forms)?);
                Ok((sums, linking::facts(&Names::open(&self.folder, &names)?)))
            },
            || self.writer.prepare_commit(),
        );
        let ((names_sum, forms_sum), facts) = written?;
        self.info.check(&names, names_sum);
        self.info.check(&forms, forms_sum);
        let manifest = self.info.manifest_path(&self.folder);
        self.info.check(&manifest, self.manifest.write(&manifest)?);
        let moved = Moved::of(&self.manifest);
        self.info.moved = !moved.is_empty();
        if self.info.moved {
            let path = self.info.moved_path(&self.folder);
            self.info.check(&path, moved.write(&path)?);
        }
        layout::sync_folder(&self.folder);
        complete(prepared?, &self.info, &self.folder)?;
        self.link(facts)
    }

    /// Finds anew which names are one. Until that is done, readers of this
    /// commit use what was found before: a name's number never changes.
    fn link(&mut self, names: ArchiveNames) -> Result<(), IndexError> {
        let started = Instant::now();
        let mut linked = CommitInfo { links: self.info.generation, ..self.info.clone() };
        linked.checks.retain(|name, _| !is_of_links(name));
        linking::link(self.writer.index(), names, &self.folder, &mut linked)?;
        layout::sync_folder(&self.folder);
        self.linking = started.elapsed();
        self.info = linked;
        complete(self.writer.prepare_commit()?, &self.info, &self.folder)?;
        self.remove_old_files();
        Ok(())
    }

    /// Whether a run was stopped before it had linked the names of its commit.
    pub fn is_unlinked(&self) -> bool {
        self.info.links != self.info.generation
    }

    /// Waits for merges to end, and closes the index.
    ///
    /// # Errors
    /// [`IndexError::Tantivy`].
    pub fn close(self) -> Result<(), IndexError> {
        Ok(self.writer.wait_merging_threads()?)
    }

    /// Drops names and manifests older than the commit before this one, which
    /// a reader may be about to open.
    fn remove_old_files(&self) {
        for generation in (0..self.info.generation.saturating_sub(1)).rev() {
            let old = CommitInfo { generation, links: generation, ..self.info.clone() };
            let gone = std::fs::remove_file(old.names_path(&self.folder)).is_err();
            let _ = std::fs::remove_file(old.links_path(&self.folder));
            let _ = std::fs::remove_file(old.copies_path(&self.folder));
            let _ = std::fs::remove_file(old.forms_path(&self.folder));
            let _ = std::fs::remove_file(old.manifest_path(&self.folder));
            let _ = std::fs::remove_file(old.moved_path(&self.folder));
            if gone {
                return;
            }
        }
    }
}

/// Commits what tantivy has prepared, with what the commit is made of.
fn complete(mut prepared: PreparedCommit<'_>, info: &CommitInfo, folder: &Path) -> Result<(), IndexError> {
    let payload = info.to_payload().map_err(|e| IndexError::io(folder)(e.into()))?;
    prepared.set_payload(&payload);
    prepared.commit()?;
    Ok(())
}

/// Whether a file comes with the links of a commit rather than with the commit.
fn is_of_links(name: &str) -> bool {
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
    Ok(layout::index_builder(schema).settings(settings).create_in_dir(folder)?)
}
