//! The cost of correcting one spelling to another.

use rphonetic::{DoubleMetaphone, Encoder};

/// The rows of an American keyboard.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
/// The discount for an edit to a neighboring key.
const NEIGHBOR: f32 = 0.3;
/// The discount for two swapped letters.
const SWAPPED: f32 = 0.2;
/// The discount for the same sound.
const SOUND: f32 = 0.3;
/// The surcharge for another first letter.
const FIRST: f32 = 0.3;
/// The discount for ten times as many articles.
const TENFOLD: f32 = 0.3;

/// The cost of a known spelling for a typed one: the edit distance (optimal string
/// alignment), less where the keys are neighbors or the sound is the same (Philips,
/// “The Double Metaphone Search Algorithm”, 2000), and less the more articles have
/// it.
pub(crate) fn edit_cost(typed: &str, known: &str, articles: u32) -> f32 {
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

/// The letters in which two words of the same length differ, if only one does.
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
            // Each row is offset to the right of the one above.
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
    fn likelier_edits_cost_less() {
        let less = |typed, a, b| assert!(edit_cost(typed, a, 1) < edit_cost(typed, b, 1), "{typed}: {a} before {b}");
        less("cruisr", "cruise", "cruisa");
        less("atewll", "atwell", "atewal");
        less("filip", "philip", "ulip");
        assert!(edit_cost("cruze", "cruse", 1000) < edit_cost("cruze", "cruze1", 1));
        assert!(are_neighbors('e', 'r') && are_neighbors('a', 'w') && !are_neighbors('q', 'p'));
    }

    #[test]
    fn discounts_and_surcharges_add_up() {
        let check = |typed, known, articles, expected: f32| {
            assert!((edit_cost(typed, known, articles) - expected).abs() < 1e-5, "{typed} {known}");
        };
        check("xkcd1", "xkcd1", 1, 0.0);
        check("12345", "12245", 1, 1.0);
        check("12345", "12245", 100, 1.0 - 2.0 * TENFOLD);
        check("12345", "12435", 1, 1.0 - SWAPPED);
        check("1tide", "1tode", 1, 1.0 - NEIGHBOR);
        check("2345", "1345", 1, 1.0 + FIRST);
    }

    #[test]
    fn one_different_letter_is_found() {
        let check = |a, b, expected| assert_eq!(one_difference(a, b), expected, "{a} {b}");
        check("tide", "tide", None);
        check("tide", "tode", Some(('i', 'o')));
        check("tide", "tod", None);
        check("tide", "toda", None);
    }
}
