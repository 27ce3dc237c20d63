//! The command line: flags to settings, results to streams, errors to exit
//! codes. One file a command; the library never touches the terminal.

mod alert;
mod annotate;
mod batch;
mod compare;
mod complete;
mod config;
mod credits;
mod docs;
mod earlier;
mod entities;
mod errors;
mod eval;
mod failures;
mod filters;
mod index;
mod limits;
mod output;
mod pager;
mod panics;
mod query;
mod quotes;
mod serve;
mod show;
mod similar;
mod stats;
mod timeline;
mod trends;
mod verify;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgMatches, FromArgMatches, Parser, Subcommand};
use newsearch::cluster::{Access, Address, Engine};
use newsearch::present::Format;
use newsearch::search::Searcher;

use config::Settings;
use errors::describe;
use output::Output;
use panics::guarded;

/// Something found.
const FOUND: u8 = 0;
/// Nothing found.
const NOTHING: u8 = 1;
/// Any error, a partial one included.
const ERROR: u8 = 2;

/// Search entertainment news by words, names and dates.
///
/// Indexes folders of articles and answers queries with ranked snippets and
/// the names in them. Exit codes: 0 something found, 1 nothing found, 2 any
/// error.
#[derive(Debug, Parser)]
#[command(
    name = "newsearch",
    version,
    after_help = "Examples:\n  newsearch index corpus/\n  newsearch query \"Hayley Atwell\"\n  newsearch query --person \"Tom Cruise\" --since 2021 premiere\n  newsearch batch queries.txt --format trec"
)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Settings that every command takes.
#[derive(Debug, Clone, clap::Args)]
struct Global {
    /// The index folder
    #[arg(long, global = true, value_name = "DIR", default_value = "index", env = "NEWSEARCH_INDEX")]
    index: PathBuf,
    /// The nodes of an OpenSearch cluster that holds the articles, and the name
    /// of the archive there: http://HOST:9200,http://OTHER:9200/NAME
    #[arg(long, global = true, value_name = "URL", env = "NEWSEARCH_ENGINE")]
    engine: Option<String>,
    /// How to print: human, json, jsonl, csv, trec or paths
    #[arg(long, global = true, value_name = "FORMAT")]
    format: Option<Format>,
    /// When to use color
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", env = "NEWSEARCH_COLOR")]
    color: Color,
    /// What shows long pages on a terminal; `none` for nothing
    #[arg(long, global = true, value_name = "COMMAND", default_value = pager_of_user(), env = "NEWSEARCH_PAGER", hide_default_value = true)]
    pager: String,
    /// Say nothing but results and errors
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more: each file that is read, how long a query's parts took
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
    /// Threads to use; 0 is one a core
    #[arg(long, global = true, value_name = "N", default_value_t = 0, env = "NEWSEARCH_THREADS")]
    threads: usize,
}

impl Global {
    /// The cluster that holds the articles, if it is not a folder.
    fn engine(&self) -> anyhow::Result<Option<Engine>> {
        let Some(address) = self.address()? else { return Ok(None) };
        Ok(Some(Engine::new(address, &Access::from_environment()?, &self.index)?))
    }

    fn address(&self) -> anyhow::Result<Option<Address>> {
        let address = self.engine.as_deref().filter(|address| !address.trim().is_empty());
        Ok(address.map(str::parse).transpose()?)
    }

    /// Where decisions and standing queries are kept: with the index, or with
    /// the copy of a cluster's catalog.
    fn folder(&self) -> anyhow::Result<PathBuf> {
        let address = self.address()?;
        Ok(address.map_or_else(|| self.index.clone(), |address| Engine::folder_of(&address, &self.index)))
    }

    /// What is searched, as messages name it.
    fn place(&self) -> String {
        self.engine.clone().filter(|engine| !engine.is_empty()).unwrap_or_else(|| self.index.display().to_string())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Index(index::Args),
    Query(query::Args),
    Batch(batch::Args),
    Annotate(annotate::Args),
    Show(show::Args),
    Similar(similar::Args),
    Compare(compare::Args),
    Complete(complete::Args),
    Entities(entities::Args),
    /// Print who is in a work and who made it
    Cast(credits::Args),
    /// Print what a person did in which works
    Roles(credits::Args),
    Timeline(timeline::Args),
    Quotes(quotes::Args),
    Trends(trends::Args),
    Serve(serve::Args),
    /// Print counts and sizes of the index
    Stats,
    /// Check every byte of the index
    Verify,
    /// Score against judgments
    #[command(subcommand)]
    Eval(eval::Eval),
    /// Keep queries, and print what is new for them
    #[command(subcommand)]
    Alert(alert::Command),
    /// Print the settings, and where each is from
    Config,
    /// Print a completion script for a shell
    Completions(docs::CompletionArgs),
    /// Print the man pages
    Man(docs::ManArgs),
}

impl Command {
    /// How a command prints where no `--format` is given.
    fn default_format(&self) -> Format {
        if matches!(self, Self::Batch(_)) { Format::Jsonl } else { Format::Human }
    }

    /// Whether a command prints pages to be read, rather than how work goes on.
    fn is_read(&self) -> bool {
        !matches!(
            self,
            Self::Index(_)
                | Self::Batch(_)
                | Self::Serve(_)
                | Self::Alert(_)
                | Self::Eval(_)
                | Self::Completions(_)
                | Self::Man(_)
        )
    }
}

/// The pager that the user has chosen for all programs.
fn pager_of_user() -> String {
    std::env::var("PAGER").unwrap_or_else(|_| "less".to_owned())
}

/// Parses the arguments, runs the command, and says how it ended.
pub fn run() -> ExitCode {
    let settings = match Settings::read() {
        Ok(settings) => settings,
        Err(error) => {
            eprintln!("newsearch: {error:#}");
            return ExitCode::from(ERROR);
        }
    };
    let matches = settings.apply(command()).get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let mut output = Output::new(&cli.global, cli.command.default_format(), cli.command.is_read());
    let result =
        start_threads(cli.global.threads).and_then(|()| guarded(|| dispatch(&cli, (&settings, &matches), &mut output)));
    match result.and_then(|code| output.finish().map(|()| code).map_err(Into::into)) {
        Ok(code) => ExitCode::from(code),
        Err(error) if is_closed_pipe(&error) => ExitCode::from(FOUND),
        Err(error) => {
            output.error(&describe(error.as_ref()));
            ExitCode::from(ERROR)
        }
    }
}

fn dispatch(cli: &Cli, (settings, matches): (&Settings, &ArgMatches), output: &mut Output) -> anyhow::Result<u8> {
    let global = &cli.global;
    match &cli.command {
        Command::Index(args) => index::run(args, global, output),
        Command::Query(args) => {
            query::check(args, matches)?;
            query::run(args, global, output)
        }
        Command::Batch(args) => batch::run(args, global, output),
        Command::Annotate(args) => annotate::run(args, global, output),
        Command::Show(args) => show::run(args, global, output),
        Command::Similar(args) => similar::run(args, global, output),
        Command::Compare(args) => compare::run(args, global, output),
        Command::Complete(args) => complete::run(args, global, output),
        Command::Entities(args) => entities::run(args, global, output),
        Command::Cast(args) => credits::cast(args, global, output),
        Command::Roles(args) => credits::roles(args, global, output),
        Command::Timeline(args) => timeline::run(args, global, output),
        Command::Quotes(args) => quotes::run(args, global, output),
        Command::Trends(args) => trends::run(args, global, output),
        Command::Serve(args) => serve::run(args, global, output),
        Command::Stats => stats::run(global, output),
        Command::Verify => verify::run(global, output),
        Command::Eval(what) => eval::run(what, global, output),
        Command::Completions(args) => docs::completions(args, output),
        Command::Man(args) => docs::man(args, output),
        Command::Alert(what) => alert::run(what, global, output),
        Command::Config => config::run(settings, matches, output),
    }
}

/// Opens the index; decisions of its ledger that cannot be read are reported.
fn open(global: &Global, output: &mut Output) -> anyhow::Result<Searcher> {
    let searcher = match global.engine()? {
        Some(engine) => engine.open()?,
        None => Searcher::open(&global.index)?,
    };
    for problem in searcher.entity_table().problems() {
        output.error(&problem.to_string());
    }
    Ok(searcher)
}

fn start_threads(threads: usize) -> anyhow::Result<()> {
    if threads > 0 {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    }
    Ok(())
}

/// Whether the reader of our output has gone, which is no error of ours.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// A number from 0 to 1.
fn probability(text: &str) -> Result<f32, String> {
    let value = text.parse().ok().filter(|value| (0.0..=1.0).contains(value));
    value.ok_or_else(|| format!("{text:?}: expected a number from 0 to 1"))
}

/// The command's arguments as clap knows them, for pages made from them.
fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn flags_are_consistent() {
        super::command().debug_assert();
    }
}
