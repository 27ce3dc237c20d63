//! Turns panics into values with their message and source location.
//!
//! One panic hook is installed, once and for good: replacing it while threads run
//! would lose what they report. It notes guarded panics and passes all others to
//! the hook before.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// Panics of other threads that are remembered.
const REMEMBERED: usize = 64;

/// How many calls of [`guarded_process`] run.
static GUARDS: AtomicUsize = AtomicUsize::new(0);
/// The last panics while the process was guarded, on all threads.
static SEEN: Mutex<VecDeque<PanicReport>> = Mutex::new(VecDeque::new());

thread_local! {
    /// Whether this thread is inside [`guarded`].
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
    /// Where the last guarded panic of this thread happened.
    static LOCATION: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What a panic said, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PanicReport {
    pub message: String,
    /// `file:line:column` of the source; `None` where another panic hook
    /// replaced ours.
    pub location: Option<String>,
}

impl fmt::Display for PanicReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.location {
            Some(location) => write!(f, "{} at {location}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Runs `work`, and returns a panic of this thread as an error instead of
/// unwinding further. The hook before is not called for it.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, PanicReport> {
    install_hook();
    let outer = IS_GUARDED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    IS_GUARDED.set(outer);
    result.map_err(|payload| PanicReport { message: message_of(&*payload), location: LOCATION.take() })
}

/// As [`guarded`], for panics of all threads; the hook before is not called for any
/// of them meanwhile. A panic is often passed from thread to thread, so its location
/// is that of the last one with its message.
#[cfg_attr(not(feature = "cli"), allow(dead_code))]
pub(crate) fn guarded_process<T>(work: impl FnOnce() -> T) -> Result<T, PanicReport> {
    install_hook();
    GUARDS.fetch_add(1, Ordering::SeqCst);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDS.fetch_sub(1, Ordering::SeqCst);
    result.map_err(|payload| {
        let message = message_of(&*payload);
        let location = seen().iter().rev().find(|seen| seen.message == message).and_then(|seen| seen.location.clone());
        PanicReport { message, location }
    })
}

fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if IS_GUARDED.get() {
                LOCATION.set(location_of(info));
            } else if GUARDS.load(Ordering::SeqCst) > 0 {
                remember(info);
            } else {
                previous(info);
            }
        }));
    });
}

fn remember(info: &PanicHookInfo<'_>) {
    let mut seen = seen();
    if seen.len() == REMEMBERED {
        seen.pop_front();
    }
    seen.push_back(PanicReport { message: message_of(info.payload()), location: location_of(info) });
}

fn seen() -> MutexGuard<'static, VecDeque<PanicReport>> {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn location_of(info: &PanicHookInfo<'_>) -> Option<String> {
    info.location().map(ToString::to_string)
}

fn message_of(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a message").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_become_errors_with_message_and_location() {
        assert_eq!(guarded(|| 7), Ok(7));
        let check = |work: fn(), message: &str| {
            let report = guarded(work).expect_err("a panic");
            assert_eq!(report.message, message);
            let location = report.location.clone().expect("a location");
            assert!(location.contains("panic_guard.rs:"), "{location}");
            assert_eq!(report.to_string(), format!("{message} at {location}"));
        };
        check(|| panic!("plain"), "plain");
        check(|| panic!("number {}", 3), "number 3");
        check(|| std::panic::panic_any(5_u8), "a panic without a message");
    }
}
