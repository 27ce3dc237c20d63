//! Long output on a terminal goes through a pager, as that of git and man does.

use std::io::{self, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

/// Options of `less` where the user has set none: quit if the output fits on one
/// screen (F), keep colors (R), do not clear the screen (X).
const LESS: &str = "FRX";

/// A pager that shows what is written to it.
pub(super) struct Pager {
    child: Child,
    /// None once all is written.
    input: Option<ChildStdin>,
}

impl Pager {
    /// Starts a pager; `None` where the command is empty, `none` or `cat`, or
    /// cannot be run.
    pub fn start(command: &str) -> Option<Self> {
        if matches!(command.trim(), "" | "none" | "cat") {
            return None;
        }
        let mut words = command.split_whitespace();
        let mut pager = Command::new(words.next()?);
        pager.args(words).stdin(Stdio::piped());
        if std::env::var_os("LESS").is_none() {
            pager.env("LESS", LESS);
        }
        let mut child = pager.spawn().ok()?;
        let input = child.stdin.take();
        Some(Self { child, input })
    }
}

impl Write for Pager {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.input.as_mut().map_or(Ok(bytes.len()), |input| input.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.input.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Pager {
    /// Waits until the user closes the pager.
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_pager_is_started_for_nothing() {
        for command in ["", "  ", "none", " cat ", "a-pager-that-is-not-installed"] {
            assert!(Pager::start(command).is_none(), "{command:?}");
        }
    }
}
