//! What to write on the command line after an error of the library. The library
//! says what is wrong; which flag or command helps is said here and nowhere else.

use std::error::Error;

#[cfg(feature = "cluster")]
use crate::cluster::EngineError;
use crate::evaluate::JudgeError;
use crate::index::{IndexError, Remedy};
use crate::search::SearchError;
#[cfg(feature = "serve")]
use crate::serve::ServeError;

/// The message of an error and of its causes, without those that it repeats, and
/// a hint where a flag or command helps.
pub(super) fn describe(error: &anyhow::Error) -> String {
    let error: &(dyn Error + 'static) = error.as_ref();
    let mut text = error.to_string();
    let mut hint = hint(error);
    let mut cause = error.source();
    while let Some(error) = cause {
        let message = error.to_string();
        if !text.contains(&message) {
            text = format!("{text}: {message}");
        }
        hint = hint.or_else(|| self::hint(error));
        cause = error.source();
    }
    match hint {
        Some(hint) => format!("{text}; {hint}"),
        None => text,
    }
}

/// The hint for one error. To add one, match the variant of the library's error
/// and name the flag; the text continues the message after “; ”.
fn hint(error: &(dyn Error + 'static)) -> Option<String> {
    if let Some(JudgeError::Label { label, .. }) = error.downcast_ref() {
        return Some(format!("say what it means with --map {label}=KIND (or ? or O)"));
    }
    if let Some(error) = error.downcast_ref() {
        return search_hint(error);
    }
    if let Some(error) = error.downcast_ref() {
        return index_hint(error);
    }
    #[cfg(feature = "cluster")]
    if let Some(error) = error.downcast_ref() {
        return cluster_hint(error);
    }
    #[cfg(feature = "serve")]
    if let Some(error) = error.downcast_ref() {
        return serve_hint(error);
    }
    None
}

fn search_hint(error: &SearchError) -> Option<String> {
    Some(match error {
        // Transparent errors hide what they hold from the chain.
        SearchError::Index(error) => return index_hint(error),
        SearchError::Empty => "such as --person \"Tom Cruise\"".to_owned(),
        SearchError::Read(_) => "run `newsearch verify`".to_owned(),
        _ => return None,
    })
}

fn index_hint(error: &IndexError) -> Option<String> {
    Some(match error {
        IndexError::Missing(folder) => format!("make one with `newsearch index PATH… --index {}`", folder.display()),
        IndexError::Foreign(_) => "choose another folder with --index".to_owned(),
        IndexError::Version { path, .. } => {
            format!("run `newsearch index --rebuild PATH… --index {}` with the paths it was made of", path.display())
        }
        IndexError::Damaged { .. } => {
            "run `newsearch index --rebuild`, which keeps aliases.toml and alerts.json".to_owned()
        }
        IndexError::WouldLose { .. } => "let it go with --allow-loss".to_owned(),
        IndexError::NoRoots(_) => "as in `newsearch index --rebuild PATH…`".to_owned(),
        IndexError::OtherFields { .. } => "build it anew with --rebuild and all --field".to_owned(),
        IndexError::OtherIds { asked, .. } => format!("build it anew with --rebuild --ids {asked}"),
        IndexError::Library { .. } => "run `newsearch verify`".to_owned(),
        _ => return None,
    })
}

/// What to do about a file that `verify` complains of.
pub(super) fn remedy(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::EditLedger => "edit it; the rest is in force",
        Remedy::MakeReadable => "see that it can be read",
        Remedy::MendAlerts => {
            "if you edited it, remove its \"sum\"; else put a copy in its place, or remove it and add the alerts again"
        }
        _ => "run `newsearch index --rebuild`",
    }
}

#[cfg(feature = "cluster")]
fn cluster_hint(error: &EngineError) -> Option<String> {
    match error {
        EngineError::Missing(engine) => Some(format!("index some with `newsearch index PATH… --engine {engine}`")),
        EngineError::Version { .. } => Some("index them anew with --rebuild".to_owned()),
        _ => None,
    }
}

#[cfg(feature = "serve")]
fn serve_hint(error: &ServeError) -> Option<String> {
    match error {
        ServeError::Open(_) => Some("give a --token that they must send, or listen on 127.0.0.1".to_owned()),
        ServeError::Listen { .. } => Some("choose another with --address".to_owned()),
        ServeError::Search(error) => hint(error),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use anyhow::{Context, anyhow};

    use super::*;

    fn check(error: anyhow::Error, expected: &str) {
        assert_eq!(describe(&error), expected);
    }

    #[test]
    fn errors_say_what_to_do() {
        let missing = || IndexError::Missing("index".into());
        let expected = "no index at index; make one with `newsearch index PATH… --index index`";
        check(missing().into(), expected);
        check(SearchError::from(missing()).into(), expected);
        let nested = Err::<(), _>(SearchError::from(missing())).context("alert a").expect_err("an error");
        check(nested, &format!("alert a: {expected}"));
        let version = IndexError::Version { path: "x".into(), found: 6, expected: 7 };
        let expected = "the index at x has format 6, this newsearch reads 7; run `newsearch index --rebuild PATH… --index x` with the paths it was made of";
        check(version.into(), expected);
        let damaged = IndexError::Damaged { path: "x/meta.json".into(), what: "header".into() };
        let expected = "x/meta.json is damaged (header); run `newsearch index --rebuild`, which keeps aliases.toml and alerts.json";
        check(damaged.into(), expected);
    }

    #[test]
    fn causes_are_said_once() {
        let error = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let reason = error.to_string();
        check(IndexError::Io { path: "x".into(), error }.into(), &format!("cannot access x: {reason}"));
        let outer = Err::<(), _>(std::io::Error::from(std::io::ErrorKind::PermissionDenied)).context("cannot write y");
        check(outer.expect_err("an error"), &format!("cannot write y: {reason}"));
    }

    #[test]
    fn flags_are_named_after_the_causes() {
        check(anyhow!("no such thing"), "no such thing");
        let label = || JudgeError::Label { line: 3, label: "MISC".to_owned() };
        let hint = "unknown label \"MISC\"; say what it means with --map MISC=KIND (or ? or O)";
        check(label().into(), &format!("line 3: {hint}"));
        let nested = Err::<(), _>(label()).context("set.iob2").expect_err("an error");
        check(nested, &format!("set.iob2: line 3: {hint}"));
    }

    #[cfg(feature = "serve")]
    #[test]
    fn addresses_are_chosen_by_flags() {
        let address = std::net::SocketAddr::from(([0, 0, 0, 0], 80));
        let open = describe(&ServeError::Open(address).into());
        assert!(open.ends_with("; give a --token that they must send, or listen on 127.0.0.1"), "{open}");
        let error = std::io::Error::from(std::io::ErrorKind::AddrInUse);
        let taken = describe(&ServeError::Listen { address, error }.into());
        assert!(
            taken.starts_with("cannot listen on 0.0.0.0:80: ") && taken.ends_with("; choose another with --address")
        );
    }
}
