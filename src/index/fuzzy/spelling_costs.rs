//! What an edit costs: less where people mistype often, or hear no difference.
//!
//! Costs are tenths of an edit. They were set by hand from what slips are usual
//! (neighboring keys, doubled letters, vowels, letters of one sound), and not
//! fitted to any list of misspellings.

use std::sync::LazyLock;

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

/// More than any cost.
const BEYOND: u8 = u8::MAX;
/// Letters of ASCII.
const ASCII: usize = 128;

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

/// The costs of replacing ASCII letters, by typed and known letter.
static REPLACED: LazyLock<Vec<[u8; ASCII]>> = LazyLock::new(|| {
    let row = |typed| std::array::from_fn(|known| replaced(ascii(typed), ascii(known)));
    (0..ASCII).map(row).collect()
});
/// The costs of ASCII letters too many, by the letter before and the letter.
static SINGLE: LazyLock<Vec<[u8; ASCII]>> = LazyLock::new(|| {
    let row = |before| std::array::from_fn(|letter| single(Some(ascii(before)), ascii(letter)));
    (0..ASCII).map(row).collect()
});

fn ascii(code: usize) -> char {
    char::from(code as u8)
}

/// A cost of two letters from a table, where both are ASCII.
fn listed(table: &[[u8; ASCII]], first: char, second: char) -> Option<u8> {
    table.get(first as usize)?.get(second as usize).copied()
}

/// The longest word that is compared, in letters.
pub const LONGEST: usize = 63;

/// The costs of the beginnings of a typed word against the letters of another so
/// far: `costs[n]` for its first `n` letters. Those before `from` and from `to` on
/// are above what is looked for, and [`BEYOND`].
#[derive(Clone, Copy)]
pub struct Row {
    costs: [u8; LONGEST + 1],
    from: usize,
    to: usize,
    /// The least cost of a beginning.
    pub least: u8,
}

/// A typed word, compared with others letter by letter (the optimal string
/// alignment distance, with the costs of this module).
pub struct TypedWord {
    letters: Vec<char>,
    /// What each letter costs that is left out.
    left_out: Vec<u8>,
    /// Higher costs are all the same.
    limit: u8,
}

impl TypedWord {
    /// A word of at most [`LONGEST`] letters, with the highest cost that matters.
    pub fn new(word: &str, limit: u8) -> Option<Self> {
        let letters: Vec<char> = word.chars().take(LONGEST + 1).collect();
        let before = std::iter::once(None).chain(letters.iter().copied().map(Some));
        let left_out = before.zip(&letters).map(|(before, letter)| single(before, *letter)).collect();
        (letters.len() <= LONGEST).then_some(Self { letters, left_out, limit: limit.min(BEYOND - 1) })
    }

    /// The first letters.
    pub fn letter(&self, at: usize) -> Option<char> {
        self.letters.get(at).copied()
    }

    /// The costs before the first letter.
    pub fn start(&self) -> Row {
        let mut row = Row { costs: [BEYOND; LONGEST + 1], from: 0, to: 1, least: 0 };
        row.costs[0] = 0;
        for (at, left_out) in self.left_out.iter().enumerate() {
            let cost = row.costs[at].saturating_add(*left_out);
            if cost > self.limit {
                break;
            }
            row.costs[at + 1] = cost;
            row.to = at + 2;
        }
        row
    }

    /// The cost of the whole word, if it is not too high.
    pub fn cost(&self, row: &Row) -> Option<u8> {
        Some(row.costs[self.letters.len()]).filter(|cost| *cost <= self.limit)
    }

    /// Whether a beginning may cost at most `most` after one more letter of the other
    /// word: where no edit is left, only if the letter is the next one typed. Quicker than
    /// [`Self::next`].
    pub fn may_follow(&self, row: &Row, letter: char, above: Option<&Row>, most: u8) -> bool {
        let has_edit = row.least.saturating_add(DOUBLED) <= most;
        let has_swap = || above.is_some_and(|above| above.least.saturating_add(SWAPPED) <= most);
        let is_next = || {
            let costs = row.costs[row.from..row.to].iter();
            costs.zip(&self.letters[row.from..]).any(|(cost, typed)| *cost <= most && *typed == letter)
        };
        has_edit || has_swap() || is_next()
    }

    /// The costs after one more letter of the other word, by those before it; of
    /// the letter before, there are the costs before that one too.
    pub fn next(&self, row: &Row, letter: char, before: Option<(char, &Row)>) -> Row {
        let added = match before {
            Some((earlier, _)) => listed(&SINGLE, earlier, letter).unwrap_or_else(|| single(Some(earlier), letter)),
            None => single(None, letter),
        };
        let mut next = Row { costs: [BEYOND; LONGEST + 1], from: usize::MAX, to: 0, least: BEYOND };
        // Swaps lead from the row before.
        let (from, to) = before
            .map_or((row.from, row.to), |(_, earlier)| (row.from.min(earlier.from + 2), row.to.max(earlier.to + 1)));
        let replaced_by = |typed: char| listed(&REPLACED, typed, letter).unwrap_or_else(|| replaced(typed, letter));
        let mut last = BEYOND;
        for at in from..=self.letters.len() {
            if at > to && last > self.limit {
                break;
            }
            let mut least = row.costs[at].saturating_add(added);
            if let Some(previous) = at.checked_sub(1) {
                let typed = self.letters[previous];
                least = least.min(row.costs[previous].saturating_add(replaced_by(typed)));
                least = least.min(last.saturating_add(self.left_out[previous]));
                if let Some((other, earlier)) = before
                    && previous > 0
                    && typed == other
                    && self.letters[previous - 1] == letter
                    && other != letter
                {
                    least = least.min(earlier.costs[previous - 1].saturating_add(SWAPPED));
                }
            }
            last = least;
            if least <= self.limit {
                next.costs[at] = least;
                next.least = next.least.min(least);
                next.from = next.from.min(at);
                next.to = at + 1;
            }
        }
        next.from = next.from.min(next.to);
        next
    }
}

/// The cost of a typed word for a known one, in tenths of an edit; 255 for more
/// than can be said, and for long words.
pub fn spelling_cost(typed: &str, known: &str) -> u8 {
    let Some(typed) = TypedWord::new(typed, BEYOND) else { return BEYOND };
    let mut row = typed.start();
    let mut before: Option<(char, Row)> = None;
    for letter in known.chars() {
        let next = typed.next(&row, letter, before.as_ref().map(|(letter, row)| (*letter, row)));
        before = Some((letter, std::mem::replace(&mut row, next)));
    }
    typed.cost(&row).unwrap_or(BEYOND)
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
        check("gylenhall", "gyllenhaal", 3 * DOUBLED);
        check("johansen", "johansson", DOUBLED + SOUND);
        check("robie", "robbie", DOUBLED);
        check("margo", "margot", EDIT);
        check("filip", "philip", SOUND + SILENT);
        check("toystory3", "toystory4", 2 * EDIT);
        check(&"a".repeat(80), "b", 255);
    }

    #[test]
    fn neighbors_are_keys_that_touch() {
        assert!(are_neighbors('e', 'r') && are_neighbors('a', 'w') && !are_neighbors('q', 'p'));
    }
}
