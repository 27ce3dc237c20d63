//! `newsearch completions` and `newsearch man`, made from the definition of the
//! command line.

use std::path::PathBuf;

use crate::article::EntityKind;
use anyhow::{Context, bail};
use clap::Command;
use clap_complete::Shell;

use super::exit::FOUND;
use super::output::Output;

/// Print a completion script for a shell; names after `--person` and the like
/// come from the index.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch completions bash > /etc/bash_completion.d/newsearch\n  newsearch completions zsh > ~/.zfunc/_newsearch\n  newsearch completions fish > ~/.config/fish/completions/newsearch.fish"
)]
pub(super) struct CompletionArgs {
    /// The shell
    shell: Shell,
}

/// Print the man page of a command, or of newsearch.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch man | man -l -\n  newsearch man query | man -l -\n  newsearch man --out /usr/local/share/man/man1"
)]
pub(super) struct ManArgs {
    /// The command
    command: Option<String>,
    /// Write the pages of all commands into this folder instead
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    out: Option<PathBuf>,
}

pub(super) fn completions(args: &CompletionArgs, mut command: Command, output: &mut Output) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "newsearch", &mut script);
    let script = with_names(args.shell, String::from_utf8(script)?);
    output.data().write_all(script.as_bytes())?;
    Ok(FOUND)
}

/// The script, completing names from the index after `--person` and the like.
fn with_names(shell: Shell, script: String) -> String {
    let kinds = EntityKind::ALL.map(EntityKind::as_str);
    match shell {
        Shell::Bash => format!("{script}{}", BASH.replace("KINDS", &kinds.map(|kind| format!("--{kind}")).join("|"))),
        Shell::Zsh => {
            // The generated script calls its function at its end; ours must be defined before.
            let script = kinds.iter().fold(script, |script, kind| replace_zsh(&script, kind));
            let (head, body) = script.split_once("\n\n").unwrap_or(("", &script));
            format!("{head}\n{ZSH}\n{body}")
        }
        Shell::Fish => {
            let lines = kinds.map(|kind| {
                format!(
                    "complete -c newsearch -l {kind} -x -a '(newsearch complete --kind {kind} -- (commandline -ct | string unescape) 2>/dev/null)'\n"
                )
            });
            script + &lines.concat()
        }
        _ => script,
    }
}

/// Appended to the generated script; calls its function for all but names.
const BASH: &str = r#"
_newsearch_with_names() {
    local word before
    word="${COMP_WORDS[COMP_CWORD]}"
    before="${COMP_WORDS[COMP_CWORD-1]}"
    case "$before" in
        KINDS)
            local IFS=$'\n' name
            COMPREPLY=()
            for name in $(newsearch complete --kind "${before#--}" -- "${word//[\\\"\']/}" 2>/dev/null); do
                COMPREPLY+=("$(printf '%q' "$name")")
            done
            return 0
            ;;
    esac
    _newsearch "$@"
}
complete -F _newsearch_with_names -o nosort -o bashdefault -o default newsearch
"#;

/// The function that [`replace_zsh`] makes the script call.
const ZSH: &str = r#"
_newsearch_names() {
    local -a names
    names=(${(f)"$(newsearch complete --kind $1 -- "${(Q)PREFIX}" 2>/dev/null)"})
    compadd -U -a names
}
"#;

/// Makes a line such as `'*--person=[…]:NAME:_default'` complete names of that
/// kind.
fn replace_zsh(script: &str, kind: &str) -> String {
    let flag = format!("--{kind}=[");
    let line = |line: &str| match line.contains(&flag) {
        true => line.replace(":NAME:_default", &format!(":NAME:{{_newsearch_names {kind}}}")),
        false => line.to_owned(),
    };
    script.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

pub(super) fn man(args: &ManArgs, mut command: Command, output: &mut Output) -> anyhow::Result<u8> {
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command, folder))
            .with_context(|| format!("cannot write the man pages into {}", folder.display()))?;
        return Ok(FOUND);
    }
    let page = match &args.command {
        None => command,
        Some(name) => {
            command.build();
            let found = command.get_subcommands().find(|known| known.get_name() == name).cloned();
            let Some(found) = found else { bail!("there is no command {name:?}; `newsearch --help` lists them") };
            found.display_name(format!("newsearch-{name}"))
        }
    };
    clap_mangen::Man::new(page).render(&mut output.data())?;
    Ok(FOUND)
}
