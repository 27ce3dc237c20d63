//! Keys of an fst that differ from a word by slips, by going down its nodes.
//!
//! Where no slip is left only one way leads on, so most nodes are passed by;
//! an automaton that is run over the fst would look at every way from each.

use fst::raw::{Fst, Node, Output};

/// Hands to `each` the keys with their values that differ from `word`, in
/// ASCII, by `slips` at most: a letter added, left out, another, or two
/// neighbors swapped. A key that can be reached in several ways comes several
/// times; keys with other letters than ASCII are passed by. Where `same_first`
/// is set, the first letter is no slip.
pub(super) fn each_near<D: AsRef<[u8]>>(
    fst: &Fst<D>,
    word: &str,
    slips: u8,
    same_first: bool,
    each: &mut impl FnMut(&[u8], u64),
) {
    let mut way = Way { fst, word: word.as_bytes(), key: Vec::new(), each };
    let root = fst.root();
    match word.bytes().next().filter(|_| same_first) {
        None => way.go(&root, 0, Output::zero(), slips),
        Some(first) => way.step(&root, first, 1, Output::zero(), slips),
    }
}

struct Way<'a, D, F> {
    fst: &'a Fst<D>,
    word: &'a [u8],
    /// The bytes from the root to where we are.
    key: Vec<u8>,
    each: &'a mut F,
}

impl<'a, D: AsRef<[u8]>, F: FnMut(&[u8], u64)> Way<'a, D, F> {
    /// Goes on from a node where the first `at` letters have been seen.
    fn go(&mut self, here: &Node<'a>, at: usize, output: Output, left: u8) {
        if left == 0 {
            return self.follow(here, at, output);
        }
        let rest = self.word.len() - at;
        if here.is_final() && rest <= usize::from(left) {
            (self.each)(&self.key, output.cat(here.final_output()).value());
        }
        // Left out.
        if rest > 0 {
            self.go(here, at + 1, output, left - 1);
        }
        for way in here.transitions().filter(|way| way.inp.is_ascii()) {
            self.key.push(way.inp);
            let (next, output) = (self.fst.node(way.addr), output.cat(way.out));
            match self.word.get(at) {
                Some(letter) if *letter == way.inp => self.go(&next, at + 1, output, left),
                // Another letter; swapped with the next.
                Some(letter) => {
                    self.go(&next, at + 1, output, left - 1);
                    if self.word.get(at + 1) == Some(&way.inp) {
                        self.step(&next, *letter, at + 2, output, left - 1);
                    }
                }
                None => {}
            }
            // Added.
            self.go(&next, at, output, left - 1);
            self.key.pop();
        }
    }

    /// Goes on by one letter.
    fn step(&mut self, here: &Node<'a>, letter: u8, at: usize, output: Output, left: u8) {
        if let Some(found) = here.find_input(letter) {
            let way = here.transition(found);
            self.key.push(letter);
            self.go(&self.fst.node(way.addr), at, output.cat(way.out), left);
            self.key.pop();
        }
    }

    /// Goes the one way that the rest of the word says.
    fn follow(&mut self, here: &Node<'a>, at: usize, mut output: Output) {
        let depth = self.key.len();
        let mut here = *here;
        for letter in &self.word[at..] {
            let Some(found) = here.find_input(*letter) else { return self.key.truncate(depth) };
            let way = here.transition(found);
            output = output.cat(way.out);
            self.key.push(*letter);
            here = self.fst.node(way.addr);
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
    fn it_finds_what_is_near() {
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
            for slips in 0..=2 {
                let mut found = BTreeSet::new();
                each_near(map.as_fst(), &typed, slips, false, &mut |key, value| {
                    assert_eq!(map.get(key), Some(value));
                    found.insert(String::from_utf8_lossy(key).into_owned());
                });
                let near = |other: &&String| strsim::osa_distance(&typed, other) <= usize::from(slips);
                assert_eq!(found, words.iter().filter(near).cloned().collect(), "{typed} {slips}");
                let first = |word: &str| word.chars().next();
                let mut same = BTreeSet::new();
                each_near(map.as_fst(), &typed, slips, true, &mut |key, _| {
                    same.insert(String::from_utf8_lossy(key).into_owned());
                });
                assert!(same.iter().all(|word| typed.is_empty() || first(word) == first(&typed)));
            }
        }
    }
}
