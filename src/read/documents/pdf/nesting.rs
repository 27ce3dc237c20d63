//! How deep the arrays and dictionaries of a PDF are nested: the library recurses into
//! them and would run out of stack.

use memchr::memmem;

/// Arrays and dictionaries within each other.
const MAX_DEPTH: usize = 1000;
/// Brackets within one string, behind which it is not taken for one.
const MAX_IN_STRING: usize = 500;
/// Nodes of the tree of pages, which may all be within each other.
const MAX_NODES: usize = 4000;

/// Follows the brackets of a file or of a stream.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    depth: usize,
    deepest: usize,
    /// Parentheses that are open: those around a string, and within it.
    parentheses: usize,
    in_string: usize,
    in_comment: bool,
    last: u8,
    nodes: usize,
}

impl Nesting {
    /// Starts another part.
    pub(super) fn restart(&mut self) {
        *self = Self { deepest: self.deepest, nodes: self.nodes, ..Self::default() };
    }

    pub(super) fn is_too_deep(&self) -> bool {
        self.deepest > MAX_DEPTH || self.nodes > MAX_NODES
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.nodes += memmem::find_iter(bytes, b"/Kids").count();
        for byte in bytes {
            self.byte(*byte);
        }
    }

    fn byte(&mut self, byte: u8) {
        let last = std::mem::replace(&mut self.last, byte);
        if self.in_comment {
            self.in_comment = !matches!(byte, b'\r' | b'\n');
        } else if self.parentheses > 0 {
            self.byte_of_string(byte, last);
        } else {
            match byte {
                b'(' => (self.parentheses, self.in_string) = (1, 0),
                b'%' => self.in_comment = true,
                b'[' => self.open(1),
                b'<' if last == b'<' => {
                    self.open(1);
                    self.last = 0;
                }
                b']' => self.depth = self.depth.saturating_sub(1),
                b'>' if last == b'>' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.last = 0;
                }
                _ => {}
            }
        }
    }

    fn byte_of_string(&mut self, byte: u8, last: u8) {
        match byte {
            _ if last == b'\\' => self.last = 0,
            b'(' => self.parentheses += 1,
            b')' => self.parentheses -= 1,
            b'[' | b'<' => {
                self.in_string += 1;
                if self.in_string > MAX_IN_STRING {
                    self.open(1);
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, count: usize) {
        self.depth += count;
        self.deepest = self.deepest.max(self.depth);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        let mut nesting = Nesting::default();
        nesting.feed(text.as_bytes());
        assert_eq!(nesting.is_too_deep(), expected, "{}", &text[..text.len().min(40)]);
    }

    #[test]
    fn open_brackets_are_counted() {
        check(&"[".repeat(1001), true);
        check(&"[ (a]) ] ".repeat(5000), false);
        check(&"[ (]) ".repeat(1001), true);
        check(&"[ %(\n".repeat(1001), true);
        check(&"<</a ".repeat(1001), true);
        check(&"[<ab> <</a 1>>] ".repeat(5000), false);
        check(&format!("({}", "[".repeat(2000)), true);
        check(&"/Kids ".repeat(4001), true);
    }
}
