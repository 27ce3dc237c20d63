//! Errors as text, with what to do about them on the command line.

use std::error::Error;

use newsearch::index::{IndexError, Remedy};
use newsearch::search::SearchError;

/// The message of an error and of its causes, those left out that it repeats,
/// and a hint.
pub(super) fn describe(error: &(dyn Error + 'static)) -> String {
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

fn hint(error: &(dyn Error + 'static)) -> Option<String> {
    let of_index = error.downcast_ref().or(match error.downcast_ref() {
        Some(SearchError::Index(error)) => Some(error),
        _ => None,
    });
    Some(match of_index? {
        IndexError::Missing(folder) => format!("make one with `newsearch index PATH… --index {}`", folder.display()),
        IndexError::Foreign(_) => "choose another folder with --index".to_owned(),
        IndexError::Version { path, .. } => {
            format!("run `newsearch index --rebuild PATH… --index {}`", path.display())
        }
        IndexError::Damaged { .. } => "run `newsearch index --rebuild PATH…`, which keeps aliases.toml".to_owned(),
        IndexError::Library { .. } => "run `newsearch verify`".to_owned(),
        _ => return None,
    })
}

/// What to do about a file that `verify` complains of.
pub(super) fn remedy(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::EditLedger => "edit it; the rest is in force",
        Remedy::MakeReadable => "see that it can be read",
        _ => "run `newsearch index --rebuild PATH…`",
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    fn check(error: anyhow::Error, expected: &str) {
        assert_eq!(describe(error.as_ref()), expected);
    }

    #[test]
    fn errors_say_what_to_do() {
        let missing = || IndexError::Missing("index".into());
        let expected = "no index at index; make one with `newsearch index PATH… --index index`";
        check(missing().into(), expected);
        check(SearchError::from(missing()).into(), expected);
        let nested: Result<(), _> = Err(SearchError::from(missing()));
        check(nested.context("alert a").expect_err("an error"), &format!("alert a: {expected}"));
        let version = IndexError::Version { path: "x".into(), found: 6, expected: 7 };
        let expected =
            "the index at x has format 6, this newsearch reads 7; run `newsearch index --rebuild PATH… --index x`";
        check(version.into(), expected);
        let damaged = IndexError::Damaged { path: "x/meta.json".into(), what: "header".into() };
        let expected =
            "x/meta.json is damaged (header); run `newsearch index --rebuild PATH…`, which keeps aliases.toml";
        check(damaged.into(), expected);
        check(anyhow::anyhow!("plain"), "plain");
    }

    #[test]
    fn causes_are_said_once() {
        let error = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let reason = error.to_string();
        check(IndexError::Io { path: "x".into(), error }.into(), &format!("cannot access x: {reason}"));
        let outer: Result<(), _> = Err(std::io::Error::from(std::io::ErrorKind::PermissionDenied));
        check(outer.context("cannot write y").expect_err("an error"), &format!("cannot write y: {reason}"));
    }
}
