//! What to write on the command line after an error of the library. The library
//! says what is wrong; which flag helps is said here and nowhere else.

use crate::evaluate::JudgeError;
use crate::search::SearchError;
#[cfg(feature = "serve")]
use crate::serve::ServeError;

/// An error with its causes, and a hint where a flag or command helps.
pub(super) fn describe(error: &anyhow::Error) -> String {
    match error.chain().find_map(hint) {
        Some(hint) => format!("{error:#}; {hint}"),
        None => format!("{error:#}"),
    }
}

/// The hint for one error. To add one, match the variant of the library's error
/// and name the flag; the text continues the message after “; ”.
fn hint(error: &(dyn std::error::Error + 'static)) -> Option<String> {
    if let Some(JudgeError::Label { label, .. }) = error.downcast_ref() {
        return Some(format!("say what it means with --map {label}=KIND (or ? or O)"));
    }
    // Transparent errors hide what they hold from the chain.
    if let Some(SearchError::Index(error)) = error.downcast_ref() {
        return hint(error);
    }
    #[cfg(feature = "serve")]
    if let Some(error) = error.downcast_ref() {
        return serve_hint(error);
    }
    None
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
