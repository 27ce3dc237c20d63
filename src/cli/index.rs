//! `newsearch index`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use crate::article::{IdScope, UserField};
use crate::extract::FieldMap;
use crate::pipeline::{Failure, IndexOptions, Pipeline, Plan, Progress, Summary};
use crate::read::shown;
use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};

use super::backend::{Backend, ClusterIndexing, SpreadFlags};
use super::exit::{ERROR, FOUND, NOTHING};
use super::failures::{FailureLog, failure_message, files_to_retry};
use super::global::Global;
use super::hints;
use super::limits::LimitFlags;
use super::output::Output;
use super::watch::Watcher;

/// Read every article under the paths into the index.
///
/// Unchanged files are not read again, changed ones are replaced, deleted ones
/// removed, whatever folder one stands in. Articles are text, Markdown, JSON, JSON lines, saved
/// pages (HTML, MHTML), CSV and TSV with a header, feeds, web archives (WARC, WACZ),
/// e-mails and mbox, PDF, DOCX, ODT, EPUB, RTF, news in XML (NITF, NewsML and others),
/// exports of WordPress, MediaWiki, Blogger, Substack, LexisNexis and Factiva, SGML
/// collections; alone, in .zip and .tar, or compressed (.gz .xz .zst .bz2). What cannot be
/// read is reported and left out; the rest is indexed. With -v each file is named with what
/// it was taken for.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch index corpus/\n  newsearch index ~/archive pages.warc.gz --index /var/lib/newsearch\n  newsearch index export.csv --map title=Headline,text=Story\n  fetch-news | newsearch index -\n  newsearch index ~/archive --failures left-out.jsonl\n  newsearch index ~/archive --watch"
)]
pub(super) struct Args {
    /// Files and folders; `-` reads JSON lines from standard input
    #[arg(required_unless_present_any = ["retry", "rebuild", "forget"], value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Leave out names less sure than this, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = super::values::probability)]
    min_confidence: f32,
    /// Which keys hold which fields: title, text, date, modified, source, url,
    /// author, section, tags, id; a dot leads into an object
    #[arg(long, value_name = "FIELD=KEY,…", default_value = "")]
    map: FieldMap,
    /// Keep a further field of records, to be searched as NAME:word and counted as a facet;
    /// KEY is a key or path as in --map (repeatable)
    #[arg(long, value_name = "NAME=KEY")]
    field: Vec<UserField>,
    /// Say what would be read and removed, and do nothing
    #[arg(long, conflicts_with_all = ["rebuild", "watch"])]
    dry_run: bool,
    /// Remove articles whose files are gone from under the paths: the default
    #[arg(long, overrides_with = "no_prune")]
    prune: bool,
    /// Keep articles whose files are gone
    #[arg(long)]
    no_prune: bool,
    /// Remove also articles under a PATH that is empty or gone, which may be a disk
    /// that is not mounted
    #[arg(long, conflicts_with = "no_prune")]
    prune_empty: bool,
    /// Drop a PATH that was indexed before (`stats` lists them) and its articles
    #[arg(long, value_name = "ROOT")]
    forget: Vec<PathBuf>,
    /// What the ids of records are one within: their source (the source or site that
    /// they name, else their file), or global, the whole archive
    #[arg(long, value_name = "SCOPE", value_parser = super::values::id_scope)]
    ids: Option<IdScope>,
    /// Build a new index from all paths it was made of and PATH, then replace the old
    /// one; decisions and alerts stay
    #[arg(long)]
    rebuild: bool,
    /// With --rebuild: drop articles that cannot be read again
    #[arg(long, requires = "rebuild")]
    allow_loss: bool,
    /// Go on: follow the paths and index what changes, until interrupted
    #[arg(long)]
    watch: bool,
    /// Write what was left out to a file, a JSON object a line
    #[arg(long, value_name = "FILE")]
    failures: Option<PathBuf>,
    /// Read the files that such a list names again, changed or not
    #[arg(long, value_name = "FILE")]
    retry: Option<PathBuf>,
    #[command(flatten)]
    spread: SpreadFlags,
    #[command(flatten)]
    limits: LimitFlags,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let options = options(args)?;
    stop_on_signal(&options.stop)?;
    let pipeline = Pipeline::new()
        .with_min_confidence(args.min_confidence)
        .with_field_map(args.map.clone())
        .with_fields(super::values::user_fields(&args.field)?)
        .with_limits(args.limits.limits());
    let backend = Backend::new(global)?;
    let mut job = Job { pipeline, options, args };
    // Before the first run: what changes during it is indexed after it.
    let watcher = args.watch.then(|| Watcher::new(&job.options.paths, &global.index)).transpose()?;
    let code = match backend.local_folder() {
        None if args.rebuild && args.paths.is_empty() => {
            bail!("with --engine, --rebuild needs the paths of the articles")
        }
        _ => job.once(&backend, args.rebuild, output)?,
    };
    let interrupted = job.options.stop.load(Relaxed);
    if args.rebuild && interrupted {
        bail!("interrupted: the index is as it was");
    }
    match watcher {
        Some(watcher) if !interrupted => job.watch(watcher, &backend, output),
        _ => Ok(code),
    }
}

fn options(args: &Args) -> anyhow::Result<IndexOptions> {
    let again = args.retry.as_deref().map(files_to_retry).transpose()?.unwrap_or_default();
    let paths: Vec<PathBuf> = match args.paths.as_slice() {
        [] => again.iter().cloned().collect(),
        paths => paths.to_vec(),
    };
    Ok(IndexOptions {
        again,
        prune: !args.no_prune,
        prune_empty: args.prune_empty,
        forget: args.forget.clone(),
        allow_loss: args.allow_loss,
        ids: args.ids,
        dry_run: args.dry_run,
        ..IndexOptions::new(paths)
    })
}

/// SIGINT (Ctrl-C) and SIGTERM end the run with a commit; a second one ends it
/// at once.
fn stop_on_signal(stop: &Arc<AtomicBool>) -> anyhow::Result<()> {
    let stop = Arc::clone(stop);
    ctrlc::set_handler(move || {
        if stop.swap(true, Relaxed) {
            std::process::exit(i32::from(ERROR));
        }
    })
    .context("cannot wait for signals")
}

/// What is indexed, and how.
struct Job<'a> {
    pipeline: Pipeline,
    options: IndexOptions,
    args: &'a Args,
}

impl Job<'_> {
    /// Indexes again whenever files change, until interrupted.
    fn watch(&mut self, mut watcher: Watcher, backend: &Backend, output: &mut Output) -> anyhow::Result<u8> {
        output.note("following; interrupt to end");
        self.options.again = BTreeSet::new();
        while watcher.wait(&self.options.stop)? {
            // What fails now may succeed later: a file half written, a full disk.
            if let Err(error) = self.once(backend, false, output) {
                output.error(&hints::describe(&error));
            }
        }
        Ok(FOUND)
    }

    /// One run over all paths, and its exit code.
    fn once(&self, backend: &Backend, rebuild: bool, output: &mut Output) -> anyhow::Result<u8> {
        let bar = if output.shows_progress() { ProgressBar::new(0) } else { ProgressBar::hidden() };
        let log = self.args.failures.as_deref().map(FailureLog::create).transpose()?;
        let mut reporter = Reporter { output, bar, log };
        let how = ClusterIndexing { flags: self.args.spread, rebuild };
        let summary = backend.index(&self.pipeline, &self.options, how, &mut reporter)?;
        reporter.bar.finish_and_clear();
        if let Some(log) = reporter.log.take() {
            log.finish()?;
        }
        if !self.options.dry_run {
            report(output, &summary);
        }
        Ok(exit_code(&summary))
    }
}

fn exit_code(summary: &Summary) -> u8 {
    let failed = !summary.failures.is_empty() || summary.interrupted;
    let nothing = summary.articles + summary.files + summary.unchanged + summary.moved + summary.removed == 0;
    match (failed, nothing) {
        (true, _) => ERROR,
        (_, true) => NOTHING,
        _ => FOUND,
    }
}

/// Shows progress and failures.
struct Reporter<'a> {
    output: &'a mut Output,
    bar: ProgressBar,
    log: Option<FailureLog>,
}

impl Progress for Reporter<'_> {
    fn start(&mut self, files: u64) {
        self.bar.set_length(files);
        let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} files, {msg} articles, {elapsed}");
        self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bar.enable_steady_tick(Duration::from_millis(200));
    }

    fn planned(&mut self, plan: &Plan) {
        let out = self.output.data();
        // Errors of writing show when the output is flushed.
        let moved_to: BTreeSet<&String> = plan.moved.iter().map(|(_, to)| to).collect();
        for file in plan.read.iter().filter(|file| !moved_to.contains(&file.name)) {
            let _ = writeln!(out, "read\t{}", shown(&file.name));
        }
        for (from, to) in &plan.moved {
            let _ = writeln!(out, "moved\t{}\t{}", shown(from), shown(to));
        }
        let moved_from: BTreeSet<&String> = plan.moved.iter().map(|(from, _)| from).collect();
        for file in plan.gone.iter().filter(|file| !moved_from.contains(file)) {
            let _ = writeln!(out, "remove\t{}", shown(file));
        }
        let unchanged = plan.unchanged + plan.touched.len() as u64;
        let moved = plan.moved.len();
        let (read, gone) = (plan.read.len() - moved_to.len(), plan.gone.len() - moved_from.len());
        self.output.note(&format!("{read} files to read, {moved} moved, {gone} to remove, {unchanged} unchanged"));
    }

    fn skipped(&mut self, file: &str, kind: &str) {
        if let Some(log) = &mut self.log {
            log.add_skipped(file, kind);
        }
        self.bar.suspend(|| self.output.detail(|| format!("{file}: not read: {kind}")));
    }

    fn file_done(&mut self, file: &str, read_as: &BTreeMap<&'static str, u64>) {
        self.bar.inc(1);
        self.bar.suspend(|| self.output.detail(|| format!("{file}: {}", read_as_line(read_as))));
    }

    fn articles(&mut self, count: u64) {
        if count.is_multiple_of(64) {
            self.bar.set_message(count.to_string());
        }
    }

    fn failure(&mut self, failure: &Failure) {
        if let Some(log) = &mut self.log {
            log.add(failure);
        }
        // An archive may have thousands of warnings: they are counted, and `-v` shows them.
        self.bar.suspend(|| match failure.is_warning {
            true => self.output.detail(|| failure_message(failure)),
            false => self.output.error(&failure_message(failure)),
        });
    }
}

/// `2 articles, read as HTML`; for an archive, the kinds of its members.
pub(super) fn read_as_line(read_as: &BTreeMap<&'static str, u64>) -> String {
    let one = |(kind, count): (&&str, &u64)| {
        let plural = if *count == 1 { "article" } else { "articles" };
        format!("{count} {plural}, read as {kind}")
    };
    if read_as.is_empty() { "no article".to_owned() } else { read_as.iter().map(one).collect::<Vec<_>>().join("; ") }
}

fn report(output: &mut Output, summary: &Summary) {
    let seconds = summary.elapsed.as_secs_f64();
    let mut lines = vec![format!(
        "{} articles from {} files in {seconds:.1} s ({:.0} articles/s, {:.1} MB/s)",
        summary.articles,
        summary.files,
        summary.articles as f64 / seconds.max(1e-9),
        summary.text_bytes as f64 / 1e6 / seconds.max(1e-9),
    )];
    if summary.unchanged > 0 || summary.removed > 0 {
        lines.push(format!("{} unchanged, {} gone", summary.unchanged, summary.removed));
    }
    if summary.moved > 0 {
        lines.push(format!("{} moved", summary.moved));
    }
    if summary.replaced > 0 {
        lines.push(format!("{} articles replaced by later ones of the same id in their file", summary.replaced));
    }
    if summary.held_elsewhere > 0 {
        lines.push(format!("{} articles are in other files too, and indexed once", summary.held_elsewhere));
    }
    if !summary.skipped.is_empty() {
        let kinds: Vec<String> = summary.skipped.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        lines.push(format!("not read, as they hold no articles by name and content: {}", kinds.join(", ")));
    }
    for (reason, count) in &summary.failures {
        lines.push(format!("{count} left out: {reason}"));
    }
    for (reason, count) in &summary.warnings {
        lines.push(format!("{count} with a warning: {reason} (-v and --failures name them)"));
    }
    if summary.articles > 0 {
        lines.push(format!("{} names, mentioned {} times in these articles", summary.names, summary.mentions));
    }
    lines.push(format!("index {:.1} MB", summary.index_bytes as f64 / 1e6));
    if summary.interrupted {
        lines.push("interrupted: what was read is kept, and the next run reads the rest".to_owned());
    }
    output.note(&lines.join("\n"));
    output.detail(|| format!("names of the archive linked in {:.1} s", summary.linking.as_secs_f64()));
}
