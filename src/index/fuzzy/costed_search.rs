//! Keys of an fst within a cost of a typed word; see [`spelling_costs`].

use fst::raw::{Fst, Node, Output};

use super::spelling_costs::{EDIT, Row, SWAPPED, TypedWord, replaced};

/// Nodes of the fst that one search visits at most, so that its time is bounded.
const MOST_NODES: usize = 100_000;
/// What the first letter may cost where there is more than one edit.
const FIRST: u8 = 6;

/// By how much a beginning may cost more than what it leads to: two swapped letters
/// cost less than one of them replaced.
const SWAP_LEAD: u8 = EDIT - SWAPPED;

/// By how much more a beginning may cost with each letter, in tenths of an edit: few
/// mistype the beginning.
const MORE_WITH_LETTER: usize = 2;

/// What the first letters of a key may cost.
fn most_at(letters: usize, budget: u8) -> u8 {
    let most = usize::from(EDIT) + MORE_WITH_LETTER * letters;
    budget.min(u8::try_from(most).unwrap_or(u8::MAX)).saturating_add(SWAP_LEAD)
}

/// Hands to `each` the ASCII keys that a typed word is at most `budget` tenths of
/// an edit from, with their values and costs. Of more than one edit none is in
/// the first letter, but for one of the same sound or two that are swapped, and
/// they are not all in the first letters: few mistype the beginning.
pub(in crate::index) fn each_within_cost<D: AsRef<[u8]>>(
    fst: &Fst<D>,
    typed: &str,
    budget: u8,
    each: &mut impl FnMut(&[u8], u64, u8),
) {
    let Some(typed) = TypedWord::new(typed, budget.saturating_add(SWAP_LEAD)) else { return };
    let start = typed.start();
    let mut descent = Descent { fst, typed: &typed, left: MOST_NODES, key: Vec::new(), each };
    descent.visit(&fst.root(), &start, None, Output::zero(), budget);
}

struct Descent<'a, D, F> {
    fst: &'a Fst<D>,
    typed: &'a TypedWord,
    /// Nodes that may still be visited.
    left: usize,
    /// The bytes from the root to the node.
    key: Vec<u8>,
    each: &'a mut F,
}

impl<'a, D: AsRef<[u8]>, F: FnMut(&[u8], u64, u8)> Descent<'a, D, F> {
    /// Visits a node, with the costs at it and at the node above.
    fn visit(&mut self, here: &Node<'a>, row: &Row, above: Option<&Row>, output: Output, budget: u8) {
        let cost = self.typed.cost(row).filter(|cost| here.is_final() && *cost <= budget);
        if let Some(cost) = cost {
            (self.each)(&self.key, output.cat(here.final_output()).value(), cost);
        }
        for transition in here.transitions().filter(|transition| transition.inp.is_ascii()) {
            let letter = char::from(transition.inp);
            let is_begun = !self.key.is_empty() || self.may_begin(letter);
            let budget = if is_begun { budget } else { budget.min(EDIT) };
            let most = most_at(self.key.len() + 1, budget);
            if self.left == 0 || !self.typed.may_follow(row, letter, above, most) {
                continue;
            }
            let before = self.key.last().map(|byte| char::from(*byte)).zip(above);
            let next = self.typed.next(row, letter, before);
            if next.least > most {
                continue;
            }
            self.left -= 1;
            self.key.push(transition.inp);
            self.visit(&self.fst.node(transition.addr), &next, Some(row), output.cat(transition.out), budget);
            self.key.pop();
        }
    }

    fn may_begin(&self, letter: char) -> bool {
        let is_near = |typed: char| replaced(typed, letter) <= FIRST;
        self.typed.letter(0).is_some_and(is_near) || self.typed.letter(1) == Some(letter)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::spelling_costs::spelling_cost;
    use super::*;

    #[test]
    fn it_finds_what_is_within_the_cost() {
        let letters = ["", "a", "b", "e", "p"];
        let word = |mut number: usize| {
            let mut word = String::new();
            while number > 0 {
                word.push_str(letters[number % 5]);
                number /= 5;
            }
            word
        };
        let words: std::collections::BTreeSet<String> = (0..3000).step_by(3).map(word).collect();
        let map = fst::Map::from_iter(words.iter().zip(0..)).expect("sorted");
        for typed in (1..3000).step_by(37).map(word).filter(|word| !word.is_empty()) {
            for budget in [4, 10, 14, 20] {
                let mut found = BTreeMap::new();
                each_within_cost(map.as_fst(), &typed, budget, &mut |key, value, cost| {
                    assert_eq!(map.get(key), Some(value));
                    found.insert(String::from_utf8_lossy(key).into_owned(), cost);
                });
                let first = |known: &str| known.chars().next();
                let begins = |known: &str| {
                    budget <= EDIT
                        || spelling_cost(&typed, known) <= EDIT
                        || first(known).is_none_or(|letter| {
                            replaced(typed.chars().next().unwrap_or(' '), letter) <= FIRST
                                || typed.chars().nth(1) == Some(letter)
                        })
                };
                let least =
                    |known: &str| (0..=typed.len()).map(|end| spelling_cost(&typed[..end], known)).min().unwrap_or(0);
                let is_reached =
                    |known: &str| (1..=known.len()).all(|end| least(&known[..end]) <= most_at(end, budget));
                let costs = words.iter().map(|known| (known.clone(), spelling_cost(&typed, known)));
                let expected =
                    costs.filter(|(known, cost)| *cost <= budget && begins(known) && is_reached(known)).collect();
                assert_eq!(found, expected, "{typed} {budget}");
            }
        }
    }
}
