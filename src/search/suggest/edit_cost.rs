//! The cost of correcting one spelling to another.

use rphonetic::{DoubleMetaphone, Encoder};

use crate::index::{EDIT, spelling_cost};

/// The discount for the same sound.
const SOUND: f32 = 0.3;
/// The surcharge for another first letter.
const FIRST: f32 = 0.3;
/// The discount for ten times as many articles.
const TENFOLD: f32 = 0.3;

/// The cost of a known spelling for a typed one, in edits: the edit distance
/// (optimal string alignment, where likely edits cost less), less where the sound
/// is the same (Philips, “The Double Metaphone Search Algorithm”, 2000), more where
/// the first letter is another.
pub(super) fn edits_between(typed: &str, known: &str) -> f32 {
    edits_of(spelling_cost(typed, known), typed, known)
}

/// The same, where the edit distance is known in tenths.
pub(super) fn edits_of(tenths: u8, typed: &str, known: &str) -> f32 {
    let mut cost = f32::from(tenths) / f32::from(EDIT);
    if cost > 0.0 && sounds_like(typed, known) {
        cost -= SOUND;
    }
    if typed.chars().next() != known.chars().next() {
        cost += FIRST;
    }
    cost.max(0.0)
}

/// The discount for what so many articles have.
pub(super) fn frequency_discount(articles: usize) -> f32 {
    TENFOLD * (articles as f32).max(1.0).log10()
}

/// Whether two words of letters have the same sound, in one of their usual
/// pronunciations.
pub(super) fn sounds_like(a: &str, b: &str) -> bool {
    let encoder = DoubleMetaphone::new(None);
    let ascii = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
    ascii(a)
        && ascii(b)
        && (encoder.encode(a) == encoder.encode(b) || encoder.encode_alternate(a) == encoder.encode_alternate(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likelier_edits_cost_less() {
        let less = |typed, a, b| assert!(edits_between(typed, a) < edits_between(typed, b), "{typed}: {a} before {b}");
        less("cruisr", "cruise", "cruisa");
        less("atewll", "atwell", "atewal");
        less("filip", "philip", "ulip");
        less("gylenhall", "gyllenhaal", "gyllenhaus");
    }

    #[test]
    fn discounts_and_surcharges_add_up() {
        let check = |typed, known, expected: f32| {
            assert!((edits_between(typed, known) - expected).abs() < 1e-5, "{typed} {known}");
        };
        check("tide", "tide", 0.0);
        check("1tide", "1tlde", 1.0);
        check("tide", "ride", 0.7 + FIRST);
        check("marggo", "margo", 0.4 - SOUND);
        assert!(sounds_like("ozzieozborn", "ozzyosbourne") && !sounds_like("robertpatterson", "robertpattinson"));
        assert!((frequency_discount(100) - 2.0 * TENFOLD).abs() < 1e-5 && frequency_discount(0) == 0.0);
    }
}
