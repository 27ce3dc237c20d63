//! Counts how much one file expands to, over all its members.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::error::ReadErrorKind;

/// The bytes that a file may still expand to; clones share one count.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    left: Rc<Cell<u64>>,
    exceeded: Rc<Cell<bool>>,
    limit: u64,
}

impl Budget {
    pub(super) fn new(limit: u64) -> Self {
        Self { left: Rc::new(Cell::new(limit)), exceeded: Rc::default(), limit }
    }

    /// An input whose bytes count against this budget. It fails with
    /// [`ReadErrorKind::Expanded`] within an [`io::Error`] when they are spent.
    pub(super) fn metered<R: BufRead>(&self, input: R) -> Metered<R> {
        Metered { input, budget: self.clone() }
    }

    /// Whether an input has failed for lack of it: all further ones would.
    pub(super) fn is_exceeded(&self) -> bool {
        self.exceeded.get()
    }

    fn spend(&self, bytes: usize) -> io::Result<()> {
        match self.left.get().checked_sub(bytes as u64) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => {
                self.exceeded.set(true);
                Err(io::Error::other(ReadErrorKind::Expanded { limit: self.limit }))
            }
        }
    }
}

/// An input that counts the bytes taken from it.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_inputs_share_the_budget() {
        let budget = Budget::new(10);
        let mut out = Vec::new();
        let first = budget.metered(&b"123456"[..]).read_to_end(&mut out);
        assert_eq!(first.expect("within the budget"), 6);
        let exact = budget.metered(&b"7890"[..]).read_to_end(&mut out);
        assert_eq!(exact.expect("exactly the budget"), 4);
        assert!(!budget.is_exceeded());
        let over = budget.metered(&b"x"[..]).read_to_end(&mut out).expect_err("over the budget");
        assert!(matches!(ReadErrorKind::from(over), ReadErrorKind::Expanded { limit: 10 }));
        assert!(budget.is_exceeded());
        assert!(budget.metered(&b"x"[..]).fill_buf().is_err());
        assert!(budget.metered(&b""[..]).fill_buf().is_ok());
    }
}
