//! Flags that every command takes.

use std::path::PathBuf;

use crate::present::Format;

/// Settings that every command takes.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Global {
    /// The index folder
    #[arg(long, global = true, value_name = "DIR", default_value = "index", env = "NEWSEARCH_INDEX")]
    pub index: PathBuf,
    /// The nodes of an OpenSearch cluster that holds the articles, and the name
    /// of the archive there: http://HOST:9200,http://OTHER:9200/NAME
    #[cfg(feature = "cluster")]
    #[arg(long, global = true, value_name = "URL", env = "NEWSEARCH_ENGINE")]
    pub engine: Option<String>,
    /// How to print: human, json, jsonl, csv, trec or paths
    #[arg(long, global = true, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// With --format csv: put ' before cells that a spreadsheet would take for
    /// formulas: those that begin with = + - @, a tab or a line break
    #[arg(long, global = true)]
    pub csv_safe: bool,
    /// When to use color
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", env = "NEWSEARCH_COLOR")]
    pub color: Color,
    /// What shows long pages on a terminal; `none` for nothing
    #[arg(long, global = true, value_name = "COMMAND", default_value = default_pager(), env = "NEWSEARCH_PAGER", hide_default_value = true)]
    pub pager: String,
    /// Say nothing but results and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more: each file that is read, how long a query's parts took
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Threads to use, at most 256; 0 is one a core
    #[arg(long, global = true, value_name = "N", default_value_t = 0, value_parser = threads(), env = "NEWSEARCH_THREADS")]
    pub threads: usize,
}

/// Far more threads than cores only wait for each other, and thousands take long to
/// start.
fn threads() -> clap::builder::RangedU64ValueParser<usize> {
    clap::builder::RangedU64ValueParser::new().range(0..=256)
}

/// When to use color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// The user's pager for all programs (`PAGER`), else `less`.
fn default_pager() -> String {
    std::env::var("PAGER").unwrap_or_else(|_| "less".to_owned())
}
