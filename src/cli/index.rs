//! `newsearch index`.

use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use newsearch::pipeline::{Failure, Pipeline, Progress, Summary};

use super::output::Output;
use super::{ERROR, FOUND, Global, NOTHING};

/// Read every article under the paths into the index.
///
/// Unchanged files are not read again, changed ones are replaced, deleted ones
/// removed. Articles are .txt, .md, .json and .jsonl files, any of them .gz or
/// .zst. What cannot be read is reported and left out; the rest is indexed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch index corpus/\n  newsearch index ~/archive news.jsonl.gz --index /var/lib/newsearch"
)]
pub(super) struct Args {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Leave out names less sure than this, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = super::probability)]
    min_confidence: f32,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let bar = if output.shows_progress() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    let mut reporter = Reporter { output, bar };
    let summary =
        Pipeline::new().with_min_confidence(args.min_confidence).index(&args.paths, &global.index, &mut reporter)?;
    reporter.bar.finish_and_clear();
    report(output, &summary);
    let failed = !summary.failures.is_empty();
    let nothing = summary.articles == 0 && summary.unchanged == 0 && summary.removed == 0;
    Ok(if failed {
        ERROR
    } else if nothing {
        NOTHING
    } else {
        FOUND
    })
}

struct Reporter<'a> {
    output: &'a mut Output,
    bar: ProgressBar,
}

impl Progress for Reporter<'_> {
    fn start(&mut self, files: u64) {
        self.bar.set_length(files);
        let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} files, {msg} articles, {elapsed}");
        self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bar.enable_steady_tick(Duration::from_millis(200));
    }

    fn file_done(&mut self, file: &str, articles: u64) {
        self.bar.inc(1);
        self.bar.suspend(|| self.output.detail(|| format!("{file}: {articles} articles")));
    }

    fn articles(&mut self, count: u64) {
        if count.is_multiple_of(64) {
            self.bar.set_message(count.to_string());
        }
    }

    fn failure(&mut self, failure: &Failure) {
        self.bar.suspend(|| self.output.error(&failure.message));
    }
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
    if summary.replaced > 0 {
        lines.push(format!("{} articles replaced by later ones of the same id", summary.replaced));
    }
    if summary.skipped > 0 {
        lines.push(format!("{} passed over: not .txt, .md, .json or .jsonl", summary.skipped));
    }
    for (reason, count) in &summary.failures {
        lines.push(format!("{count} left out: {reason}"));
    }
    lines.push(format!(
        "{} names, mentioned {} times in these articles; index {:.1} MB",
        summary.names,
        summary.mentions,
        summary.index_bytes as f64 / 1e6
    ));
    output.note(&lines.join("\n"));
    output.detail(|| format!("names of the archive linked in {:.1} s", summary.linking.as_secs_f64()));
}
