//! Standard output and standard error.

use std::io::{self, BufWriter, IsTerminal, Write};

use crate::present::{CsvSafeWriter, Format, PlainWriter, Printer, plain_lines};
use anstream::{AutoStream, ColorChoice};
use anyhow::bail;

use super::global::Color;
use super::global::Global;
use super::pager::Pager;

/// Columns where standard output is no terminal.
const WIDTH: usize = 100;
/// The most columns used; longer lines are hard to read.
const MAX_WIDTH: usize = 140;

/// Where data and messages go.
pub(super) struct Output {
    out: BufWriter<Box<dyn Write>>,
    errors: AutoStream<io::Stderr>,
    quiet: bool,
    verbose: bool,
    format: Format,
}

impl Output {
    /// Where `pages` is true, human output on a terminal goes through a pager.
    pub fn new(global: &Global, default: Format, pages: bool) -> Self {
        // Only human output is styled; data is passed through unchanged.
        let format = global.format.unwrap_or(default);
        let data = format != Format::Human;
        let choice = match global.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::AlwaysAnsi,
            Color::Never => ColorChoice::Never,
        };
        let styled = match choice {
            _ if data => ColorChoice::AlwaysAnsi,
            // A pager shows colors as the terminal behind it does.
            ColorChoice::Auto => AutoStream::choice(&io::stdout()),
            choice => choice,
        };
        let pager = if pages && !data && io::stdout().is_terminal() { Pager::start(&global.pager) } else { None };
        let out: Box<dyn Write> = match pager {
            Some(pager) => Box::new(pager),
            None => Box::new(io::stdout()),
        };
        Self {
            out: BufWriter::with_capacity(1 << 16, filtered(AutoStream::new(out, styled), format, global.csv_safe)),
            errors: AutoStream::new(io::stderr(), choice),
            quiet: global.quiet,
            verbose: global.verbose,
            format,
        }
    }

    /// The stream for data.
    pub fn data(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// The format asked for, or the command's own.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The format of a command that prints rows.
    ///
    /// # Errors
    /// `trec` and `paths` are refused.
    pub fn rows_format(&self, command: &str) -> anyhow::Result<Format> {
        match self.format {
            Format::Trec | Format::Paths => bail!("{command} prints human, json, jsonl or csv"),
            format => Ok(format),
        }
    }

    /// A printer for that format.
    pub fn printer(&self, null: bool) -> Printer {
        Printer { format: self.format, width: width(), null }
    }

    /// Writes what is buffered.
    pub fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// A message that `--quiet` silences. Messages that cannot be written are lost.
    pub fn note(&mut self, message: &str) {
        if !self.quiet {
            let _ = writeln!(self.errors, "{}", plain_lines(message));
        }
    }

    /// A message that only `--verbose` shows.
    pub fn detail(&mut self, message: impl FnOnce() -> String) {
        if self.verbose {
            let _ = writeln!(self.errors, "{}", plain_lines(&message()));
        }
    }

    /// An error.
    pub fn error(&mut self, message: &str) {
        let _ = writeln!(self.errors, "newsearch: {}", plain_lines(message));
    }

    /// Whether a progress bar would be seen.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }
}

/// The stream of a format: what people read is plain, data stays as it is.
fn filtered(out: AutoStream<Box<dyn Write>>, format: Format, csv_safe: bool) -> Box<dyn Write> {
    let out: Box<dyn Write> = match format {
        Format::Human => Box::new(PlainWriter::new(out)),
        // JSON escapes control characters itself.
        Format::Json | Format::Jsonl => Box::new(out),
        // On a terminal, people read data too.
        _ if io::stdout().is_terminal() => Box::new(PlainWriter::new(out)),
        _ => Box::new(out),
    };
    if csv_safe && format == Format::Csv { Box::new(CsvSafeWriter::new(out)) } else { out }
}

/// The columns of the terminal.
fn width() -> usize {
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(40, MAX_WIDTH))
}
