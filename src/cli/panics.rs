//! Panics as errors, with the place of the panic: damaged files may cause them
//! in the libraries that read these.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use anyhow::bail;

/// Panics that are remembered; those that others catch are among them.
const REMEMBERED: usize = 64;

/// How many commands run guarded; the hook is silent meanwhile.
static GUARDED: AtomicUsize = AtomicUsize::new(0);
/// The last panics, on all threads.
static SEEN: Mutex<VecDeque<Seen>> = Mutex::new(VecDeque::new());

struct Seen {
    message: String,
    place: String,
}

/// Runs a command; a panic, on whichever thread, becomes an error.
pub(super) fn guarded<T>(command: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    install_hook();
    GUARDED.fetch_add(1, Ordering::SeqCst);
    let result = catch_unwind(AssertUnwindSafe(command));
    GUARDED.fetch_sub(1, Ordering::SeqCst);
    result.unwrap_or_else(|payload| {
        let message = message(payload.as_ref());
        let what = message.lines().next().unwrap_or_default();
        let place = place_of(&message).map(|place| format!(" at {place}")).unwrap_or_default();
        bail!("internal error: {what}{place}; if `newsearch verify` finds the index sound, please report this")
    })
}

/// Installs the hook once and for good: replacing it while threads run would
/// lose what they report.
fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let default = take_hook();
        set_hook(Box::new(move |info| match GUARDED.load(Ordering::SeqCst) {
            0 => default(info),
            _ => remember(info),
        }));
    });
}

fn remember(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let mut seen = seen();
    if seen.len() == REMEMBERED {
        seen.pop_front();
    }
    seen.push_back(Seen { message: message(info.payload()), place });
}

/// The place of the last panic with this message. A panic is often passed from
/// thread to thread, so its thread says nothing.
fn place_of(message: &str) -> Option<String> {
    let seen = seen();
    seen.iter().rev().find(|seen| seen.message == message).map(|seen| seen.place.clone())
}

fn seen() -> MutexGuard<'static, VecDeque<Seen>> {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
    text.unwrap_or("no message").to_owned()
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
