//! Keys of an fst within some edits of a word, by descending its nodes.
//!
//! Where no edit is left only one transition leads on, so most nodes are never
//! visited; an automaton that runs over the fst tries every transition of each.

use fst::raw::{Fst, Node, Output};

/// Hands to `each` the keys with their values within `edits` of `word`, which is
/// ASCII: a letter added, left out, replaced, or two neighbors swapped. A key
/// that can be reached in several ways comes several times; keys with letters
/// beyond ASCII are left out. With `same_first`, no edit is in the first letter.
pub(in crate::index) fn each_within_edits<D: AsRef<[u8]>>(
    fst: &Fst<D>,
    word: &str,
    edits: u8,
    same_first: bool,
    each: &mut impl FnMut(&[u8], u64),
) {
    let mut descent = Descent { fst, word: word.as_bytes(), key: Vec::new(), each };
    let root = fst.root();
    match word.bytes().next().filter(|_| same_first) {
        None => descent.visit(&root, 0, Output::zero(), edits),
        Some(first) => descent.step(&root, first, 1, Output::zero(), edits),
    }
}

struct Descent<'a, D, F> {
    fst: &'a Fst<D>,
    word: &'a [u8],
    /// The bytes from the root to the node.
    key: Vec<u8>,
    each: &'a mut F,
}

impl<'a, D: AsRef<[u8]>, F: FnMut(&[u8], u64)> Descent<'a, D, F> {
    /// Visits a node where the first `at` letters have been seen.
    fn visit(&mut self, here: &Node<'a>, at: usize, output: Output, left: u8) {
        if left == 0 {
            return self.follow(here, at, output);
        }
        let rest = self.word.len() - at;
        if here.is_final() && rest <= usize::from(left) {
            (self.each)(&self.key, output.cat(here.final_output()).value());
        }
        // Left out.
        if rest > 0 {
            self.visit(here, at + 1, output, left - 1);
        }
        for transition in here.transitions().filter(|transition| transition.inp.is_ascii()) {
            self.key.push(transition.inp);
            let (next, output) = (self.fst.node(transition.addr), output.cat(transition.out));
            match self.word.get(at) {
                Some(letter) if *letter == transition.inp => self.visit(&next, at + 1, output, left),
                // Replaced; swapped with the next.
                Some(letter) => {
                    self.visit(&next, at + 1, output, left - 1);
                    if self.word.get(at + 1) == Some(&transition.inp) {
                        self.step(&next, *letter, at + 2, output, left - 1);
                    }
                }
                None => {}
            }
            // Added.
            self.visit(&next, at, output, left - 1);
            self.key.pop();
        }
    }

    /// Follows the transition of one letter.
    fn step(&mut self, here: &Node<'a>, letter: u8, at: usize, output: Output, left: u8) {
        if let Some(found) = here.find_input(letter) {
            let transition = here.transition(found);
            self.key.push(letter);
            self.visit(&self.fst.node(transition.addr), at, output.cat(transition.out), left);
            self.key.pop();
        }
    }

    /// Follows the transitions of the rest of the word.
    fn follow(&mut self, here: &Node<'a>, at: usize, mut output: Output) {
        let depth = self.key.len();
        let mut here = *here;
        for letter in &self.word[at..] {
            let Some(found) = here.find_input(*letter) else { return self.key.truncate(depth) };
            let transition = here.transition(found);
            output = output.cat(transition.out);
            self.key.push(*letter);
            here = self.fst.node(transition.addr);
        }
        if here.is_final() {
            (self.each)(&self.key, output.cat(here.final_output()).value());
        }
        self.key.truncate(depth);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn it_finds_what_is_within_the_edits() {
        let letters = ["", "a", "b", "c"];
        let word = |mut number: usize| {
            let mut word = String::new();
            while number > 0 {
                word.push_str(letters[number % 4]);
                number /= 4;
            }
            word
        };
        let words: BTreeSet<String> = (0..2000).step_by(3).map(word).collect();
        let map = fst::Map::from_iter(words.iter().zip(0..)).expect("sorted");
        for typed in (0..1500).step_by(7).map(word) {
            for edits in 0..=2 {
                let mut found = BTreeSet::new();
                each_within_edits(map.as_fst(), &typed, edits, false, &mut |key, value| {
                    assert_eq!(map.get(key), Some(value));
                    found.insert(String::from_utf8_lossy(key).into_owned());
                });
                let near = |other: &&String| strsim::osa_distance(&typed, other) <= usize::from(edits);
                assert_eq!(found, words.iter().filter(near).cloned().collect(), "{typed} {edits}");
                let first = |word: &str| word.chars().next();
                let mut same = BTreeSet::new();
                each_within_edits(map.as_fst(), &typed, edits, true, &mut |key, _| {
                    same.insert(String::from_utf8_lossy(key).into_owned());
                });
                assert!(same.iter().all(|word| typed.is_empty() || first(word) == first(&typed)));
            }
        }
    }
}
