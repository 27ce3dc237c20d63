//! An automaton that accepts the words within some edits of another.
//!
//! The states of the nondeterministic automaton are bits that move at once, one
//! word of bits for each number of edits (Wu and Manber, “Fast Text Searching Allowing Errors”, Communications
//! of the ACM 35(10), 1992), so that nothing is built before a search.

/// The most edits that can be asked for.
const MOST_EDITS: usize = 2;
/// The longest word that is looked for, in letters.
const LONGEST: usize = 62;

/// Accepts the words within some edits of a word (a letter added, left out,
/// replaced, two neighbors swapped; each letter in one edit only). Of a word of
/// more than 62 letters it accepts none.
pub struct LevenshteinAutomaton {
    letters: Vec<char>,
    /// For each ASCII letter a bit for each of its positions.
    places: [u64; 128],
    edits: usize,
}

/// The state of the automaton within a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// For each number of edits, how many letters may have been seen: bit `n`
    /// for the first `n` of them.
    seen: [u64; MOST_EDITS + 1],
    /// The same where the letter after the next one has come first.
    swapped: [u64; MOST_EDITS],
    /// The bits so far of a letter of several bytes, and the bytes to come.
    partial: u32,
    left: u8,
}

impl LevenshteinAutomaton {
    /// Accepts words within `edits` of `word`, 0 to 2.
    pub fn new(word: &str, edits: u8) -> Self {
        let letters: Vec<char> = word.chars().take(LONGEST + 1).collect();
        let mut places = [0; 128];
        for (at, letter) in letters.iter().enumerate().filter(|(_, letter)| letter.is_ascii()) {
            places[*letter as usize] |= 1 << at;
        }
        Self { letters, places, edits: usize::from(edits).min(MOST_EDITS) }
    }

    fn places_of(&self, letter: char) -> u64 {
        match self.places.get(letter as usize) {
            Some(places) => *places,
            None => {
                let there = self.letters.iter().enumerate().filter(|(_, known)| **known == letter);
                there.fold(0, |places, (at, _)| places | 1 << at)
            }
        }
    }

    fn begin(&self) -> State {
        let mut state = State { seen: [0; MOST_EDITS + 1], swapped: [0; MOST_EDITS], partial: 0, left: 0 };
        if self.letters.len() <= LONGEST {
            // Letters may be left out from the beginning.
            for (edits, seen) in state.seen.iter_mut().enumerate().take(self.edits + 1) {
                *seen = (2 << edits) - 1;
            }
        }
        state
    }

    fn is_accepting(&self, state: &State) -> bool {
        let end = 1_u64 << self.letters.len().min(LONGEST);
        state.left == 0 && state.seen.iter().any(|seen| seen & end != 0)
    }

    fn can_accept(state: &State) -> bool {
        state.seen.iter().chain(&state.swapped).any(|seen| *seen != 0)
    }

    fn byte(&self, state: &State, byte: u8) -> State {
        let mut next = *state;
        match (byte, state.left) {
            (0..0x80, 0) => return self.letter(state, char::from(byte)),
            (0x80..0xc0, 1..) => {
                next.partial = next.partial << 6 | u32::from(byte & 0x3f);
                next.left -= 1;
            }
            (0xc0..0xe0, 0) => (next.partial, next.left) = (u32::from(byte & 0x1f), 1),
            (0xe0..0xf0, 0) => (next.partial, next.left) = (u32::from(byte & 0x0f), 2),
            (0xf0.., 0) => (next.partial, next.left) = (u32::from(byte & 0x07), 3),
            // Not UTF-8.
            _ => return State { seen: [0; MOST_EDITS + 1], swapped: [0; MOST_EDITS], ..next },
        }
        if next.left > 0 {
            return next;
        }
        self.letter(&next, char::from_u32(next.partial).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn letter(&self, state: &State, letter: char) -> State {
        let here = self.places_of(letter);
        let mut next = State { seen: [0; MOST_EDITS + 1], swapped: [0; MOST_EDITS], partial: 0, left: 0 };
        for edits in 0..=self.edits {
            let seen = state.seen[edits];
            let mut now = (seen & here) << 1;
            if let Some(fewer) = edits.checked_sub(1) {
                let (before, after) = (state.seen[fewer], next.seen[fewer]);
                // Added, replaced, left out; then swapped.
                now |= before | before << 1 | after << 1;
                now |= (state.swapped[fewer] & here) << 2;
            }
            next.seen[edits] = now;
            if edits < self.edits {
                next.swapped[edits] = seen & here >> 1;
            }
        }
        // No state is behind the end.
        let most = (2_u64 << self.letters.len().min(LONGEST)) - 1;
        next.seen.iter_mut().for_each(|seen| *seen &= most);
        next
    }
}

impl fst::Automaton for LevenshteinAutomaton {
    type State = State;

    fn start(&self) -> State {
        self.begin()
    }

    fn is_match(&self, state: &State) -> bool {
        self.is_accepting(state)
    }

    fn can_match(&self, state: &State) -> bool {
        Self::can_accept(state)
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        self.byte(state, byte)
    }
}

impl tantivy_fst::Automaton for LevenshteinAutomaton {
    type State = State;

    fn start(&self) -> State {
        self.begin()
    }

    fn is_match(&self, state: &State) -> bool {
        self.is_accepting(state)
    }

    fn can_match(&self, state: &State) -> bool {
        Self::can_accept(state)
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        self.byte(state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(word: &str, edits: u8, other: &str) -> bool {
        let automaton = LevenshteinAutomaton::new(word, edits);
        let state = other.bytes().fold(automaton.begin(), |state, byte| automaton.byte(&state, byte));
        automaton.is_accepting(&state)
    }

    #[test]
    fn it_accepts_what_is_within_the_edits() {
        let letters = ["", "a", "b", "é"];
        let word = |mut number: usize| {
            let mut word = String::new();
            while number > 0 {
                word.push_str(letters[number % 4]);
                number /= 4;
            }
            word
        };
        for (a, b) in (0..700).flat_map(|a| (0..700).step_by(3).map(move |b| (a, b))) {
            let (a, b) = (word(a), word(b));
            for edits in 0..=2 {
                let expected = strsim::osa_distance(&a, &b) <= usize::from(edits);
                assert_eq!(accepts(&a, edits, &b), expected, "{a} {b} {edits}");
            }
        }
    }

    #[test]
    fn long_words_are_not_looked_for() {
        let long = "a".repeat(LONGEST);
        assert!(accepts(&long, 2, &long) && accepts(&long, 1, &long[1..]) && accepts(&long, 1, &format!("{long}b")));
        let longer = "a".repeat(LONGEST + 1);
        assert!(!accepts(&longer, 2, &longer));
    }
}
