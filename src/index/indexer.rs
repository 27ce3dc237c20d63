//! The writer of an index.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustc_hash::FxHashSet;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::PreparedCommit;
use tantivy::schema::Term;
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument, TantivyError};

use crate::article::{Article, EntityKind, Mention, MentionedDate, Span, Token, day_number, stable_hash};
use crate::link::Credit;
use crate::report::{Quote, Reports, Statement, Subject};
use crate::segment::{Analyzer, Segmented, fold, with_stemmer, words};

use super::IndexError;
use super::codec::Codec;
use super::forms::{self, FormsBuilder};
use super::layout::{self, CommitInfo, FORMAT_VERSION};
use super::linking;
use super::lock::{WriterLock, patiently};
use super::manifest::{Manifest, ManifestEntry};
use super::moved::Moved;
use super::names::{NameId, NamesBuilder};
use super::postings::TermWriter;
use super::schema::{
    CLOSES_QUOTE, IndexSchema, LONGEST_NAME, OPENS_QUOTE, about_term, length_term, speaker_term, what_term,
};
use super::signature::Signature;
use super::stored::{StoredArticle, StoredCredit, StoredQuote, StoredStatement};
use super::waiting::{Ready, SharedCodec, Waiting};

/// Positions from one author to the next.
const APART: u32 = 100;
/// Memory for postings before they are written to a segment, in bytes a thread
/// that writes.
const MEMORY_PER_THREAD: usize = 192 << 20;
/// Bytes of stored articles that are read together: each is packed by itself.
const STORE_BLOCK: usize = 4096;
/// One thread writes what so many analyze; the fewer write, the fewer segments.
const THREADS_PER_WRITER: usize = 4;

/// An article analyzed and ready for the index: what can be done in parallel.
#[derive(Debug)]
pub struct NewArticle {
    article: Article,
    segmented: Segmented,
    mentions: Vec<Mention>,
    credits: Vec<Credit>,
    dates: Vec<MentionedDate>,
    reports: Reports,
    title: String,
    body: String,
    /// The written forms of its words' stems.
    forms: Vec<Vec<u8>>,
    /// Its text, packed.
    packed: Option<Vec<u8>>,
    signature: Signature,
}

impl NewArticle {
    /// Analyzes an article; with the archive's codec, if it has one by now,
    /// its text is packed too.
    pub fn new(
        article: Article,
        segmented: Segmented,
        mentions: Vec<Mention>,
        (credits, dates, reports): (Vec<Credit>, Vec<MentionedDate>, Reports),
        codec: Option<&Codec>,
    ) -> Self {
        let mut written = FxHashSet::default();
        let title = field_terms(&article.text, segmented.title_words(), &mut written);
        let body = field_terms(&article.text, segmented.body_words(), &mut written);
        let forms = with_stemmer(|stemmer| forms::pairs(written.iter().map(String::as_str), stemmer));
        let signature = Signature::of(&title, &body);
        // What cannot be packed now is packed, or fails, when it is added.
        let packed = codec.and_then(|codec| codec.pack_text(article.text.as_bytes()).ok());
        Self { article, segmented, mentions, credits, dates, reports, title, body, forms, packed, signature }
    }

    /// How many names it has.
    pub fn mentions(&self) -> usize {
        self.mentions.len()
    }
}

/// The terms of a field for tantivy; each term that is new goes into `written`.
fn field_terms(text: &str, words: &[Token], written: &mut FxHashSet<String>) -> String {
    let mut terms = TermWriter::with_capacity(words.len() * 7);
    for term in Analyzer::terms_of(text, words) {
        terms.push(term.position, &term.text);
        if !written.contains(&term.text) {
            written.insert(term.text);
        }
    }
    terms.finish()
}

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
            manifest,
            info,
            ids: FxHashSet::default(),
            replaced: 0,
            linking: Duration::ZERO,
            _lock: lock,
        })
    }

    /// The codec of the archive, empty until enough articles have come.
    pub fn codec(&self) -> SharedCodec {
        self.waiting.codec.clone()
    }

    /// Adds an article; one of the same id is replaced.
    ///
    /// # Errors
    /// [`IndexError::Tantivy`].
    pub fn add(&mut self, new: NewArticle) -> Result<(), IndexError> {
        let NewArticle { article, segmented, mentions, credits, dates, reports, title, body, forms, packed, signature } =
            new;
        self.forms.add(forms);
        let seen = !self.ids.insert(stable_hash(article.id.as_bytes()));
        self.replaced += u64::from(seen);
        let replaces = (seen || !self.was_empty).then(|| Term::from_field_text(self.schema.id, &article.id));
        self.info.text_bytes += article.text.len() as u64;
        let names: Vec<NameId> =
            mentions.iter().map(|mention| self.names.mention(mention, mention.span.of(&article.text))).collect();
        let credits: Vec<StoredCredit> = credits.iter().map(|credit| StoredCredit::new(credit, &names)).collect();
        let distinct: Vec<NameId> = names.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
        self.names.count_article(&mentions, &names, &article.text);
        let mut document = self.document(&article, &distinct);
        for word in signature.words() {
            document.add_u64(self.schema.signature, word);
        }
        document.add_text(self.schema.title, title);
        document.add_text(self.schema.body, body);
        self.add_credits(&mut document, &credits);
        let quotes: Vec<StoredQuote> = reports.quotes.iter().map(|quote| StoredQuote::new(quote, &names)).collect();
        let statements = self.state(&reports.statements, &article.text, &mentions, &names);
        self.add_reports(&mut document, &quotes, &statements);
        self.add_name_postings(&mut document, &segmented, (&mentions, &names), &reports.quotes);
        self.add_dates(&mut document, &segmented, &dates);
        let stored =
            StoredArticle::new(article, &segmented, (&mentions, &names), (credits, dates), (quotes, statements))
                .into_stored();
        self.waiting.add(&self.writer, Ready { replaces, document, stored, packed })
    }

    fn document(&self, article: &Article, distinct: &[NameId]) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_text(self.schema.id, &article.id);
        document.add_text(self.schema.file, &article.path);
        if let Some(source) = &article.source {
            document.add_text(self.schema.source, source_terms(source));
            document.add_text(self.schema.source_name, source.trim_start_matches("www."));
        }
        if let Some(section) = &article.section {
            document.add_text(self.schema.section, label_terms([section]));
            document.add_text(self.schema.section_name, section);
        }
        document.add_text(self.schema.author, label_terms(&article.authors));
        document.add_u64(self.schema.published, article.published.as_deref().map_or(0, day_number));
        for id in distinct {
            document.add_u64(self.schema.names, u64::from(*id));
        }
        document.add_u64(self.schema.commit, self.info.generation + 1);
        document.add_u64(self.schema.tie, stable_hash(article.id.as_bytes()));
        document
    }

    fn add_credits(&mut self, document: &mut TantivyDocument, credits: &[StoredCredit]) {
        let credited: BTreeSet<NameId> = credits.iter().flat_map(StoredCredit::names).collect();
        for id in credited {
            document.add_u64(self.schema.credits, u64::from(id));
        }
        for credit in credits {
            if let Some(role) = credit.role {
                self.names.played_by(role, credit.person);
            }
        }
    }

    /// What to keep of statements; works that no mention stands for get a name.
    fn state(
        &mut self,
        statements: &[Statement],
        text: &str,
        mentions: &[Mention],
        names: &[NameId],
    ) -> Vec<StoredStatement> {
        let stored = statements.iter().map(|statement| {
            let work = statement.work.map(|work| match work {
                Subject::Mention(at) => names[at],
                work => self.names.named(EntityKind::Work, &work.name(text, mentions)),
            });
            StoredStatement::new(statement, work, names)
        });
        stored.collect()
    }

    fn add_reports(&self, document: &mut TantivyDocument, quotes: &[StoredQuote], statements: &[StoredStatement]) {
        let speakers = quotes.iter().filter_map(|quote| quote.speaker).map(speaker_term);
        let what = statements.iter().map(|statement| what_term(statement.what));
        let about = statements.iter().flat_map(StoredStatement::names).map(about_term);
        let terms: BTreeSet<String> = speakers.chain(what).chain(about).collect();
        document.add_text(self.schema.reports, written(terms.into_iter().map(|term| (0, term)).collect()));
    }

    fn add_name_postings(
        &self,
        document: &mut TantivyDocument,
        segmented: &Segmented,
        (mentions, names): (&[Mention], &[NameId]),
        quotes: &[Quote],
    ) {
        let title_len = segmented.title_len();
        let mut title: Vec<(u32, String)> = Vec::new();
        let mut body: Vec<(u32, String)> = Vec::new();
        for (mention, name) in mentions.iter().zip(names) {
            let word = segmented.word_at(mention.span);
            let (terms, position) = match word.checked_sub(title_len) {
                Some(position) => (&mut body, position as u32),
                None => (&mut title, word as u32),
            };
            terms.push((position, name.to_string()));
            let words = segmented.words_within(word, mention.span).min(LONGEST_NAME as usize);
            if words > 1 {
                terms.push((position, length_term(words as u32)));
            }
        }
        for quote in quotes {
            let first = segmented.word_at(quote.span);
            let last = first + segmented.words_within(first, quote.span);
            if let (Some(first), true) = (first.checked_sub(title_len), last > first) {
                body.push((first as u32, OPENS_QUOTE.to_owned()));
                body.push(((last - title_len - 1) as u32, CLOSES_QUOTE.to_owned()));
            }
        }
        body.sort_by_key(|(position, _)| *position);
        document.add_text(self.schema.title_names, written(title));
        document.add_text(self.schema.body_names, written(body));
    }

    fn add_dates(&self, document: &mut TantivyDocument, segmented: &Segmented, dates: &[MentionedDate]) {
        let title_len = segmented.title_len();
        let mut title = TermWriter::default();
        let mut body = TermWriter::default();
        for date in dates {
            let word = segmented.word_at(date.span);
            match word.checked_sub(title_len) {
                Some(position) => body.push(position as u32, &date_term(date)),
                None => title.push(word as u32, &date_term(date)),
            }
        }
        document.add_text(self.schema.title_dates, title.finish());
        document.add_text(self.schema.body_dates, body.finish());
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
            || -> Result<_, IndexError> { Ok((self.names.write(&names)?, self.forms.write(&self.folder, &forms)?)) },
            || self.writer.prepare_commit(),
        );
        let (names_sum, forms_sum) = written?;
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
        self.link()
    }

    /// Finds anew which names are one. Until that is done, readers of this
    /// commit use what was found before: a name's number never changes.
    fn link(&mut self) -> Result<(), IndexError> {
        let started = Instant::now();
        let mut linked = CommitInfo { links: self.info.generation, ..self.info.clone() };
        linked.checks.retain(|name, _| !is_of_links(name));
        linking::link(self.writer.index(), &self.folder, &mut linked)?;
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
    let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
    let index = Index::create(directory, schema.schema.clone(), settings)?;
    layout::register(&index);
    Ok(index)
}

/// Terms with their positions, in order, as tantivy takes them.
fn written(terms: Vec<(u32, String)>) -> String {
    let mut writer = TermWriter::default();
    terms.iter().for_each(|(position, term)| writer.push(*position, term));
    writer.finish()
}

/// A day as `20230714`, a longer time as `20230701-20230731`.
fn date_term(date: &MentionedDate) -> String {
    if date.first == date.last { format!("{:08}", date.first) } else { format!("{:08}-{:08}", date.first, date.last) }
}

/// The folded words of labels, those of each well apart from the next one's.
fn label_terms<'a>(labels: impl IntoIterator<Item = &'a String>) -> String {
    let mut writer = TermWriter::default();
    let mut from = 0;
    for label in labels {
        for term in Analyzer::terms(label, Span::new(0, label.len())) {
            writer.push(from + term.position, &term.text);
        }
        from += APART;
    }
    writer.finish()
}

/// The folded words of a source, and the whole: `www.cnn.com` is found by
/// “cnn” and by “cnn.com”.
fn source_terms(source: &str) -> String {
    let mut writer = TermWriter::default();
    for word in words(source, Span::new(0, source.len())) {
        for part in fold(word.span.of(source)).split('.') {
            writer.push(0, part);
        }
    }
    writer.finish()
}
