//! Words that differ from another by slips.
//!
//! All states of the automaton that counts edits are held as bits and moved at
//! once (Wu and Manber, “Fast Text Searching Allowing Errors”, Communications
//! of the ACM 35(10), 1992), so that nothing is built before a search begins.

/// The most slips that can be asked for.
const MOST_SLIPS: usize = 2;
/// The longest word whose slips are found, in letters.
const LONGEST: usize = 62;

/// An automaton over words: those within some slips (a letter added, left out,
/// another, two neighbors swapped; each letter in one slip only) of what is
/// looked for. Of a word of more than 62 letters it finds none.
pub struct Alike {
    letters: Vec<char>,
    /// For each ASCII letter the places where it stands.
    places: [u64; 128],
    slips: usize,
}

/// Where in a word the automaton is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// For each number of slips, how many letters may have been seen: bit `n`
    /// for the first `n` of them.
    seen: [u64; MOST_SLIPS + 1],
    /// The same where the next letter but one has come first.
    swapped: [u64; MOST_SLIPS],
    /// The bits of a letter of several bytes so far, and the bytes to come.
    partial: u32,
    left: u8,
}

impl Alike {
    /// Words that differ from `word` by `slips` at most, 0 to 2.
    pub fn new(word: &str, slips: u8) -> Self {
        let letters: Vec<char> = word.chars().take(LONGEST + 1).collect();
        let mut places = [0; 128];
        for (at, letter) in letters.iter().enumerate().filter(|(_, letter)| letter.is_ascii()) {
            places[*letter as usize] |= 1 << at;
        }
        Self { letters, places, slips: usize::from(slips).min(MOST_SLIPS) }
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
        let mut state = State { seen: [0; MOST_SLIPS + 1], swapped: [0; MOST_SLIPS], partial: 0, left: 0 };
        if self.letters.len() <= LONGEST {
            // Letters may be left out from the beginning.
            for (slips, seen) in state.seen.iter_mut().enumerate().take(self.slips + 1) {
                *seen = (2 << slips) - 1;
            }
        }
        state
    }

    fn is_whole(&self, state: &State) -> bool {
        let end = 1_u64 << self.letters.len().min(LONGEST);
        state.left == 0 && state.seen.iter().any(|seen| seen & end != 0)
    }

    fn goes_on(state: &State) -> bool {
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
            // No letter.
            _ => return State { seen: [0; MOST_SLIPS + 1], swapped: [0; MOST_SLIPS], ..next },
        }
        if next.left > 0 {
            return next;
        }
        self.letter(&next, char::from_u32(next.partial).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn letter(&self, state: &State, letter: char) -> State {
        let here = self.places_of(letter);
        let mut next = State { seen: [0; MOST_SLIPS + 1], swapped: [0; MOST_SLIPS], partial: 0, left: 0 };
        for slips in 0..=self.slips {
            let seen = state.seen[slips];
            let mut now = (seen & here) << 1;
            if let Some(fewer) = slips.checked_sub(1) {
                let (before, after) = (state.seen[fewer], next.seen[fewer]);
                // Added, another, left out; then swapped.
                now |= before | before << 1 | after << 1;
                now |= (state.swapped[fewer] & here) << 2;
            }
            next.seen[slips] = now;
            if slips < self.slips {
                next.swapped[slips] = seen & here >> 1;
            }
        }
        // Further than the end there is nothing to see.
        let most = (2_u64 << self.letters.len().min(LONGEST)) - 1;
        next.seen.iter_mut().for_each(|seen| *seen &= most);
        next
    }
}

impl fst::Automaton for Alike {
    type State = State;

    fn start(&self) -> State {
        self.begin()
    }

    fn is_match(&self, state: &State) -> bool {
        self.is_whole(state)
    }

    fn can_match(&self, state: &State) -> bool {
        Self::goes_on(state)
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        self.byte(state, byte)
    }
}

impl tantivy_fst::Automaton for Alike {
    type State = State;

    fn start(&self) -> State {
        self.begin()
    }

    fn is_match(&self, state: &State) -> bool {
        self.is_whole(state)
    }

    fn can_match(&self, state: &State) -> bool {
        Self::goes_on(state)
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        self.byte(state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(word: &str, slips: u8, other: &str) -> bool {
        let alike = Alike::new(word, slips);
        let state = other.bytes().fold(alike.begin(), |state, byte| alike.byte(&state, byte));
        alike.is_whole(&state)
    }

    #[test]
    fn it_accepts_what_is_near() {
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
            for slips in 0..=2 {
                let expected = strsim::osa_distance(&a, &b) <= usize::from(slips);
                assert_eq!(accepts(&a, slips, &b), expected, "{a} {b} {slips}");
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
