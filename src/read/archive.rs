//! What the readers of archives share: members, and names that keep them apart.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::BufRead;
use std::ops::ControlFlow;

use super::error::ReadErrorKind;

/// The content of an archive member, or why it cannot be opened.
pub(super) type Content<'a> = Result<Box<dyn BufRead + 'a>, ReadErrorKind>;

/// Takes name and content of each member, in archive order, and says whether to
/// go on.
pub(super) type Visit<'a> = &'a mut dyn FnMut(&str, Content<'_>) -> ControlFlow<()>;

/// The names of the members of one archive. Only their hashes are kept.
#[derive(Debug, Default)]
pub(super) struct MemberNames {
    taken: HashSet<u64>,
    /// The next number for names that came several times.
    next: HashMap<u64, u64>,
}

impl MemberNames {
    /// The number of names.
    pub(super) fn len(&self) -> usize {
        self.taken.len()
    }

    /// A name that no other member has: `a.txt`, then `a.txt#2`, `a.txt#3`.
    pub(super) fn unique(&mut self, name: &str) -> String {
        let hash = hash(name);
        if self.taken.insert(hash) {
            return name.to_owned();
        }
        let number = self.next.entry(hash).or_insert(2);
        loop {
            let numbered = format!("{name}#{number}");
            *number += 1;
            if self.taken.insert(self::hash(&numbered)) {
                return numbered;
            }
        }
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_numbered_around_those_taken() {
        let mut names = MemberNames::default();
        let unique = ["a", "b", "a#2", "a", "a", "b", "a#2"].map(|name| names.unique(name));
        assert_eq!(unique, ["a", "b", "a#2", "a#3", "a#4", "b#2", "a#2#2"]);
        assert_eq!(names.len(), 7);
    }
}
