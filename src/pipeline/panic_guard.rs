//! Turns a panic in the work on one article into a value with its message and
//! source location.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

/// What a panic said, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PanicReport {
    message: String,
    /// `file:line:column` of the source; `None` where another panic hook
    /// replaced ours.
    location: Option<String>,
}

impl fmt::Display for PanicReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.location {
            Some(location) => write!(f, "{} at {location}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

thread_local! {
    /// Whether this thread is inside [`guarded`].
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
    /// Where the last guarded panic of this thread happened.
    static LOCATION: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`, and returns a panic as an error instead of unwinding further.
/// The process's panic hook is not called for it.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, PanicReport> {
    install_hook();
    let outer = IS_GUARDED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    IS_GUARDED.set(outer);
    result.map_err(|payload| PanicReport { message: message_of(&*payload), location: LOCATION.take() })
}

/// Notes the location of guarded panics; all others go to the hook before.
fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if IS_GUARDED.get() {
                LOCATION.set(info.location().map(ToString::to_string));
            } else {
                previous(info);
            }
        }));
    });
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
