//! What one file may cost: bounds on records, on what archives expand to, and
//! on archives within archives.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// Bounds on what is read of one file; what exceeds them is reported and left
/// out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the largest record: one article, however it is packed.
    pub record: u64,
    /// Bytes that one file on disk may expand to, over all its members.
    pub expanded: u64,
    /// How many archives and compressions may stand within one another.
    pub nesting: usize,
}

impl Default for Limits {
    /// Records of 64 MiB, 64 GiB out of one file, four levels.
    fn default() -> Self {
        Self { record: 64 << 20, expanded: 64 << 30, nesting: 4 }
    }
}

/// The bytes that a file may still expand to; shared by all its members.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    left: Rc<Cell<u64>>,
    limit: u64,
}

impl Budget {
    pub(super) fn new(limit: u64) -> Self {
        Self { left: Rc::new(Cell::new(limit)), limit }
    }

    /// An input whose bytes count against this budget.
    pub(super) fn metered<R: BufRead>(&self, input: R) -> Metered<R> {
        Metered { input, budget: self.clone() }
    }

    fn spend(&self, bytes: usize) -> io::Result<()> {
        match self.left.get().checked_sub(bytes as u64) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(io::Error::other(ExpandsTooFar(self.limit))),
        }
    }
}

/// The error of an input that expands beyond [`Limits::expanded`].
#[derive(Debug)]
pub(super) struct ExpandsTooFar(pub(super) u64);

impl fmt::Display for ExpandsTooFar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expands to more than {} bytes", self.0)
    }
}

impl std::error::Error for ExpandsTooFar {}

/// An input that counts what is taken from it.
pub(super) struct Metered<R> {
    input: R,
    budget: Budget,
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(out)?;
        self.budget.spend(count)?;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.budget.left.get() == 0 && !self.input.fill_buf()?.is_empty() {
            self.budget.spend(1)?;
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.input.consume(amount);
        let left = self.budget.left.get();
        self.budget.left.set(left.saturating_sub(amount as u64));
    }
}
