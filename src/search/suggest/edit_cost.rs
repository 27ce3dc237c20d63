//! How likely one spelling is meant by another.

use rphonetic::{DoubleMetaphone, Encoder};

/// The rows of an American keyboard.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
/// What a slip to a neighboring key costs less.
const NEIGHBOR: f32 = 0.3;
/// What two letters swapped cost less.
const SWAPPED: f32 = 0.2;
/// What sounding the same costs less.
const SOUND: f32 = 0.3;
/// What another first letter costs more.
const FIRST: f32 = 0.3;
/// What ten times the articles cost less.
const TENFOLD: f32 = 0.3;

/// How far a known spelling is from a typed one: by slips (Damerau and
/// Levenshtein), less where the keys are neighbors or the sound is the same
/// (Philips, “The Double Metaphone Search Algorithm”, 2000), less the more
/// articles have it.
pub(crate) fn cost(typed: &str, known: &str, articles: u32) -> f32 {
    let mut cost = strsim::osa_distance(typed, known) as f32;
    match one_difference(typed, known) {
        Some((a, b)) if are_neighbors(a, b) => cost -= NEIGHBOR,
        None if is_swapped(typed, known) => cost -= SWAPPED,
        _ => {}
    }
    if sounds_like(typed, known) {
        cost -= SOUND;
    }
    if typed.chars().next() != known.chars().next() {
        cost += FIRST;
    }
    cost - TENFOLD * (articles as f32).max(1.0).log10()
}

/// The letters in which two words of the same length differ, where that is one.
fn one_difference(a: &str, b: &str) -> Option<(char, char)> {
    if a.chars().count() != b.chars().count() {
        return None;
    }
    let mut different = a.chars().zip(b.chars()).filter(|(a, b)| a != b);
    let first = different.next()?;
    different.next().is_none().then_some(first)
}

fn is_swapped(a: &str, b: &str) -> bool {
    let differences: Vec<(char, char)> = a.chars().zip(b.chars()).filter(|(a, b)| a != b).collect();
    a.len() == b.len() && matches!(differences[..], [(a, b), (c, d)] if a == d && b == c)
}

fn are_neighbors(a: char, b: char) -> bool {
    let place = |c: char| {
        ROWS.iter().enumerate().find_map(|(row, keys)| keys.find(c).map(|column| (row as i32, column as i32)))
    };
    match (place(a), place(b)) {
        (Some((row, column)), Some((other, next))) => {
            // Each row is set off to the right of the one above.
            let shift = if other > row { next - column + 1 } else { next - column };
            row == other && (column - next).abs() == 1 || (row - other).abs() == 1 && (0..=1).contains(&shift)
        }
        _ => false,
    }
}

fn sounds_like(a: &str, b: &str) -> bool {
    let sound = |word: &str| DoubleMetaphone::default().encode(word);
    let ascii = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
    ascii(a) && ascii(b) && sound(a) == sound(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likelier_slips_cost_less() {
        let less = |typed, a, b| assert!(cost(typed, a, 1) < cost(typed, b, 1), "{typed}: {a} before {b}");
        less("cruisr", "cruise", "cruisa");
        less("atewll", "atwell", "atewal");
        less("filip", "philip", "ulip");
        assert!(cost("cruze", "cruse", 1000) < cost("cruze", "cruze1", 1));
        assert!(are_neighbors('e', 'r') && are_neighbors('a', 'w') && !are_neighbors('q', 'p'));
    }
}
