//! Pauses between attempts that other writers made fail.

use std::time::Duration;

/// Attempts to be faster than other writers.
pub(super) const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(300);

/// Waits before the next attempt: longer each time, with a random part.
pub(super) fn pause(attempt: u32) {
    std::thread::sleep(PAUSE.mul_f64(f64::from(attempt + 1) * (0.5 + fastrand::f64())));
}
