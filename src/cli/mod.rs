//! The command line: flags to options, results to streams, errors to exit
//! codes. One file for each command; the rest of the library never touches the
//! terminal.

mod alert;
mod annotate;
mod backend;
mod batch;
mod compare;
mod complete;
mod config;
mod credits;
mod docs;
mod earlier;
mod entities;
mod eval;
mod exit;
mod failures;
mod filters;
mod global;
mod hints;
mod index;
mod limits;
mod lookup;
mod output;
mod pager;
mod panics;
mod query;
mod quotes;
#[cfg(feature = "serve")]
mod serve;
mod show;
mod similar;
mod stats;
mod timeline;
mod trends;
mod values;
mod verify;
mod watch;

use std::process::ExitCode;

use clap::{ArgMatches, FromArgMatches, Parser, Subcommand};

use crate::present::{Format, plain_lines};

use config::Settings;
use exit::{ERROR, FOUND, is_closed_pipe};
use global::Global;
use output::Output;
use panics::guarded;

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
    #[cfg(feature = "serve")]
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

    /// Whether long output goes through a pager on a terminal: commands that
    /// print pages to be read, not those that report on work in progress.
    fn is_paged(&self) -> bool {
        match self {
            Self::Index(_) | Self::Batch(_) | Self::Alert(_) | Self::Eval(_) | Self::Completions(_) | Self::Man(_) => {
                false
            }
            #[cfg(feature = "serve")]
            Self::Serve(_) => false,
            _ => true,
        }
    }
}

/// Parses the arguments of the process, runs the command, and returns its exit
/// code.
pub fn run() -> ExitCode {
    let settings = match Settings::read() {
        Ok(settings) => settings,
        Err(error) => {
            eprintln!("newsearch: {}", plain_lines(&format!("{error:#}")));
            return ExitCode::from(ERROR);
        }
    };
    let matches = settings.apply(command()).get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let mut output = Output::new(&cli.global, cli.command.default_format(), cli.command.is_paged());
    let result =
        start_threads(cli.global.threads).and_then(|()| guarded(|| dispatch(&cli, (&settings, &matches), &mut output)));
    match result.and_then(|code| output.finish().map(|()| code).map_err(Into::into)) {
        Ok(code) => ExitCode::from(code),
        Err(error) if is_closed_pipe(&error) => ExitCode::from(FOUND),
        Err(error) => {
            output.error(&hints::describe(&error));
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
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(args, global, output),
        Command::Stats => stats::run(global, output),
        Command::Verify => verify::run(global, output),
        Command::Eval(what) => eval::run(what, global, output),
        Command::Completions(args) => docs::completions(args, command(), output),
        Command::Man(args) => docs::man(args, command(), output),
        Command::Alert(what) => alert::run(what, global, output),
        Command::Config => config::run(settings, command(), matches, output),
    }
}

fn start_threads(threads: usize) -> anyhow::Result<()> {
    if threads > 0 {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    }
    Ok(())
}

/// The definition of the command line, from which man pages and completions
/// are made.
fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn flags_are_consistent() {
        super::command().debug_assert();
    }

    #[test]
    fn settings_of_the_file_are_flags() {
        let settings = super::config::Settings::parse("index = \"/news\"\nlimit = 5\n").expect("settings");
        settings.apply(super::command()).debug_assert();
    }
}
