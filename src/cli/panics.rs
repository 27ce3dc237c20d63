//! Panics of a command as errors: damaged files may cause them in the libraries
//! that read these.

use anyhow::bail;

use crate::panic_guard::{PanicReport, guarded_process};

/// Runs a command; a panic, on whichever thread, becomes an error with the first
/// line of its message and its location.
pub(super) fn guarded<T>(command: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    guarded_process(command).unwrap_or_else(|panic| {
        let message = panic.message.lines().next().unwrap_or_default().to_owned();
        let panic = PanicReport { message, ..panic };
        bail!("internal error: {panic}; if `newsearch verify` finds the index sound, please report this")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(command: impl FnOnce(), expected: &str) {
        let error = guarded(|| {
            command();
            Ok(())
        });
        let error = error.expect_err("it panics").to_string();
        assert!(error.starts_with(&format!("internal error: {expected} at src/cli/panics.rs:")), "{error}");
        assert!(error.ends_with("please report this"), "{error}");
    }

    #[test]
    fn panics_say_where_they_were() {
        check(|| panic!("a block is too short"), "a block is too short");
        check(|| panic!("at {}\nand more", 7), "at 7");
        check(|| _ = rayon::join(|| panic!("on a thread"), || ()), "on a thread");
        check(
            || {
                let other = std::thread::spawn(|| panic!("caught by another"));
                assert!(other.join().is_err());
                panic!("not caught")
            },
            "not caught",
        );
    }

    #[test]
    fn results_are_passed_on() {
        assert_eq!(guarded(|| Ok(7)).expect("no panic"), 7);
        assert_eq!(guarded::<()>(|| bail!("an error")).expect_err("an error").to_string(), "an error");
    }
}
