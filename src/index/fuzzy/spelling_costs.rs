//! What an edit costs: less where people mistype often, or hear no difference.
//!
//! Costs are tenths of an edit. They were set by hand from what slips are usual
//! (neighboring keys, doubled letters, vowels, letters of one sound), and not
//! fitted to any list of misspellings.

/// One edit.
pub const EDIT: u8 = 10;
/// Two neighbors swapped.
pub const SWAPPED: u8 = 8;
/// A letter doubled, or not.
const DOUBLED: u8 = 4;
/// A letter of the same sound.
const SOUND: u8 = 5;
/// A key beside the right one.
const NEIGHBOR: u8 = 7;
/// A silent letter, or one of two vowels.
const SILENT: u8 = 6;
/// Another vowel.
const VOWEL: u8 = 8;
/// Another digit, which is another name.
const DIGIT: u8 = 40;

/// The rows of an American keyboard.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
/// Letters that often stand for one sound.
const SOUNDS: [&str; 11] = ["aeiouy", "ckq", "csz", "xkz", "fvp", "td", "bp", "gj", "mn", "ijy", "uvw"];

/// The cost of one letter for another.
pub fn replaced(typed: char, known: char) -> u8 {
    match (typed, known) {
        _ if typed == known => 0,
        _ if typed.is_ascii_digit() && known.is_ascii_digit() => DIGIT,
        _ if SOUNDS.iter().any(|sound| sound.contains(typed) && sound.contains(known)) => SOUND,
        _ if are_neighbors(typed, known) => NEIGHBOR,
        _ => EDIT,
    }
}

/// The cost of a letter too many, or one left out, after the letter before it.
pub fn single(before: Option<char>, letter: char) -> u8 {
    match letter {
        _ if before == Some(letter) => DOUBLED,
        'h' | 'e' => SILENT,
        _ if is_vowel(letter) => {
            if before.is_some_and(is_vowel) {
                SILENT
            } else {
                VOWEL
            }
        }
        _ => EDIT,
    }
}

fn is_vowel(letter: char) -> bool {
    SOUNDS[0].contains(letter)
}

fn are_neighbors(a: char, b: char) -> bool {
    let place = |c: char| {
        ROWS.iter().enumerate().find_map(|(row, keys)| keys.find(c).map(|column| (row as i32, column as i32)))
    };
    match (place(a), place(b)) {
        (Some((row, column)), Some((other, next))) => {
            // Each row is offset to the right of the one above.
            let shift = if other > row { next - column + 1 } else { next - column };
            row == other && (column - next).abs() == 1 || (row - other).abs() == 1 && (0..=1).contains(&shift)
        }
        _ => false,
    }
}

/// The costs of a typed word against the letters of another so far: `row[n]` for
/// its first `n` letters.
pub type Row = Vec<u8>;

/// A typed word, compared with others letter by letter (the optimal string
/// alignment distance, with the costs of this module).
pub struct TypedWord(pub Vec<char>);

impl TypedWord {
    /// The costs before the first letter.
    pub fn start(&self) -> Row {
        let mut row = vec![0; self.0.len() + 1];
        for at in 1..row.len() {
            row[at] = self.left_out(&row, at);
        }
        row
    }

    /// The costs after one more letter of the other word, by those before it; of
    /// the letter before, there are the costs before that one too.
    pub fn next(&self, row: &Row, letter: char, before: Option<(char, &Row)>) -> Row {
        let added = single(before.map(|(letter, _)| letter), letter);
        let mut next = vec![row[0].saturating_add(added); row.len()];
        for at in 1..row.len() {
            let typed = self.0[at - 1];
            let mut least = row[at].saturating_add(added);
            least = least.min(row[at - 1].saturating_add(replaced(typed, letter)));
            least = least.min(self.left_out(&next, at));
            if let Some((other, earlier)) = before
                && at > 1
                && (typed, self.0[at - 2]) == (other, letter)
                && other != letter
            {
                least = least.min(earlier[at - 2].saturating_add(SWAPPED));
            }
            next[at] = least;
        }
        next
    }

    fn left_out(&self, row: &Row, at: usize) -> u8 {
        let before = at.checked_sub(2).map(|before| self.0[before]);
        row[at - 1].saturating_add(single(before, self.0[at - 1]))
    }
}

/// The cost of a typed word for a known one, in tenths of an edit; 255 for more
/// than can be said.
pub fn spelling_cost(typed: &str, known: &str) -> u8 {
    let typed = TypedWord(typed.chars().collect());
    let mut row = typed.start();
    let mut before: Option<(char, Row)> = None;
    for letter in known.chars() {
        let next = typed.next(&row, letter, before.as_ref().map(|(letter, row)| (*letter, row)));
        before = Some((letter, std::mem::replace(&mut row, next)));
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_add_up() {
        let check = |typed, known, expected| assert_eq!(spelling_cost(typed, known), expected, "{typed} {known}");
        check("", "", 0);
        check("tide", "tide", 0);
        check("tide", "tlde", EDIT);
        check("tide", "tode", SOUND);
        check("tied", "tide", SWAPPED);
        check("gylenhall", "gyllenhaal", DOUBLED + VOWEL + DOUBLED);
        check("johansen", "johansson", DOUBLED + SOUND);
        check("robie", "robbie", DOUBLED);
        check("margo", "margot", EDIT);
        check("filip", "philip", SOUND + SILENT);
        check("toystory3", "toystory4", 2 * EDIT);
        check(&"a".repeat(60), "b", 255);
    }

    #[test]
    fn neighbors_are_keys_that_touch() {
        assert!(are_neighbors('e', 'r') && are_neighbors('a', 'w') && !are_neighbors('q', 'p'));
    }
}
