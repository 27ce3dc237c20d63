//! The settings file, and `newsearch config`, which says where each setting is
//! from.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};

use super::exit::FOUND;
use super::output::Output;

/// The settings that a file may hold, by the names of their flags: those of all
/// commands, then those of `query` and `batch`.
const ALL: &[&str] = &[
    "index",
    #[cfg(feature = "cluster")]
    "engine",
    "color",
    "threads",
    "pager",
];
const SEARCH: &[&str] = &["limit", "snippets", "facets", "facet-order", "sort", "duplicates", "meaning"];
/// The commands that search.
const SEARCHES: &[&str] = &["query", "batch"];

/// What the settings file says.
#[derive(Debug, Default)]
pub(super) struct Settings {
    path: Option<PathBuf>,
    values: BTreeMap<String, String>,
}

impl Settings {
    /// Reads the file that `NEWSEARCH_CONFIG` names, else
    /// `newsearch/config.toml` in the user's settings folder; no settings where
    /// that is missing.
    pub fn read() -> anyhow::Result<Self> {
        let named = std::env::var_os("NEWSEARCH_CONFIG").filter(|path| !path.is_empty()).map(PathBuf::from);
        let Some(path) = named.clone().or_else(default_path) else { return Ok(Self::default()) };
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => {
                return Ok(Self { path: Some(path), values: BTreeMap::new() });
            }
            Err(error) => return Err(error).with_context(|| format!("cannot read the settings in {}", path.display())),
        };
        let values = parse_values(&text).with_context(|| format!("cannot read the settings in {}", path.display()))?;
        Ok(Self { path: Some(path), values })
    }

    /// The settings of a text in place of a file.
    #[cfg(test)]
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        Ok(Self { path: None, values: parse_values(text)? })
    }

    /// The command line with these settings as its defaults.
    pub fn apply(&self, mut command: Command) -> Command {
        for (key, value) in &self.values {
            let set = |arg: clap::Arg| arg.default_value(value.clone());
            if ALL.contains(&key.as_str()) {
                command = command.mut_arg(key, set);
                continue;
            }
            for name in SEARCHES {
                command = command.mut_subcommand(name, |search| search.mut_arg(key, set));
            }
        }
        command
    }
}

fn default_path() -> Option<PathBuf> {
    let folder = |name| std::env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
    let settings = folder("XDG_CONFIG_HOME").or_else(|| Some(folder("HOME")?.join(".config")))?;
    Some(settings.join("newsearch/config.toml"))
}

fn parse_values(text: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let table: toml::Table = text.parse()?;
    let mut values = BTreeMap::new();
    for (key, value) in table {
        if !ALL.contains(&key.as_str()) && !SEARCH.contains(&key.as_str()) {
            bail!("unknown key {key:?}: expected one of {}", [ALL, SEARCH].concat().join(", "));
        }
        let value = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            other => bail!("{key} = {other}: expected a text or a number"),
        };
        values.insert(key, value);
    }
    Ok(values)
}

/// Prints every setting, and where it is from.
pub(super) fn run(settings: &Settings, command: Command, root: &ArgMatches, output: &mut Output) -> anyhow::Result<u8> {
    let place = settings.path.as_ref().map_or_else(|| "no settings file".to_owned(), |path| path.display().to_string());
    let found = settings.path.as_ref().is_some_and(|path| path.is_file());
    writeln!(output.data(), "# {place}{}", if found { "" } else { " (there is none)" })?;
    // The defaults of a search: its arguments parsed with no flags given.
    let search = settings.apply(command).try_get_matches_from(["newsearch", "query"])?;
    let search = search.subcommand_matches("query").cloned().unwrap_or_default();
    for (keys, matches) in [(ALL, root), (SEARCH, &search)] {
        for key in keys {
            let value = matches.get_raw(key).and_then(|mut values| values.next());
            let value = value.map_or_else(String::new, |value| value.to_string_lossy().into_owned());
            let from = match matches.value_source(key) {
                Some(ValueSource::CommandLine) => format!("--{key}"),
                Some(ValueSource::EnvVariable) => format!("NEWSEARCH_{}", key.to_uppercase()),
                _ if settings.values.contains_key(*key) => "the settings file".to_owned(),
                _ => "built in".to_owned(),
            };
            let setting = format!("{key} = {}", toml::Value::String(value));
            writeln!(output.data(), "{setting:<32} # {from}")?;
        }
    }
    Ok(FOUND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_texts_or_numbers() {
        let parsed = parse_values("index = \"/news\"\nlimit = 5\n").expect("settings");
        assert_eq!((parsed["index"].as_str(), parsed["limit"].as_str()), ("/news", "5"));
        let check = |text: &str, expected: &str| {
            let error = parse_values(text).expect_err(text).to_string();
            assert!(error.contains(expected), "{text}: {error}");
        };
        check("limits = 5", "unknown key \"limits\": expected one of index");
        check("limits = 5", "snippets");
        check("limit = true", "limit = true: expected a text or a number");
        check("limit = [1]", "expected a text or a number");
    }
}
