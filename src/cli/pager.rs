//! Long pages on a terminal go through a pager, as those of git and man do.

use std::io::{self, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

/// What `less` is told where its user has said nothing: end at once where all
/// fits on the screen, leave colors, do not clear the screen.
const LESS: &str = "FRX";

/// A pager that shows what is written to it.
pub(super) struct Pager {
    child: Child,
    /// None as soon as all is written.
    input: Option<ChildStdin>,
}

impl Pager {
    /// Starts a pager; none where the command is empty, `none` or `cat`, or
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
    /// Waits until the reader has seen enough.
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}
