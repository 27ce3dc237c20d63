//! `newsearch completions` and `newsearch man`: pages from the binary itself.

use super::output::Output;
use super::{FOUND, command};

/// Print a completion script for a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  newsearch completions bash > /etc/bash_completion.d/newsearch")]
pub(super) struct CompletionArgs {
    /// The shell
    shell: clap_complete::Shell,
}

pub(super) fn completions(args: &CompletionArgs, output: &mut Output) -> anyhow::Result<u8> {
    clap_complete::generate(args.shell, &mut command(), "newsearch", &mut output.data());
    Ok(FOUND)
}

pub(super) fn man(output: &mut Output) -> anyhow::Result<u8> {
    clap_mangen::Man::new(command()).render(&mut output.data())?;
    Ok(FOUND)
}
