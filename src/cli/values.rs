//! Parsers of the values that flags take.

use crate::article::{EntityKind, IdScope, UserField, UserFields};
use anyhow::anyhow;

/// A number from 0 to 1.
pub(super) fn probability(text: &str) -> Result<f32, String> {
    let value = text.parse().ok().filter(|value| (0.0..=1.0).contains(value));
    value.ok_or_else(|| format!("{text:?}: expected a number from 0 to 1"))
}

/// Bytes, in units of 1,024 where a letter follows.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let expected = || format!("{text:?}: expected a number of bytes such as 500000, 64M or 2G");
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u64 = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => 1,
        "K" | "KB" => 1 << 10,
        "M" | "MB" => 1 << 20,
        "G" | "GB" => 1 << 30,
        "T" | "TB" => 1 << 40,
        _ => return Err(expected()),
    };
    let number: u64 = digits.parse().map_err(|_| expected())?;
    number.checked_mul(unit).ok_or_else(expected)
}

/// The kinds of names, as messages list them: “person, character … or event”.
pub(super) fn kinds_in_words() -> String {
    let [first @ .., last] = EntityKind::ALL.map(EntityKind::as_str);
    format!("{} or {last}", first.join(", "))
}

/// The fields of several `--field`.
pub(super) fn user_fields(fields: &[UserField]) -> anyhow::Result<UserFields> {
    UserFields::new(fields.iter().cloned()).map_err(|error| anyhow!("--field: {error}"))
}

/// What ids are one within.
pub(super) fn id_scope(text: &str) -> Result<IdScope, String> {
    [IdScope::Source, IdScope::Global]
        .into_iter()
        .find(|scope| scope.as_str() == text)
        .ok_or_else(|| "expected source or global".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        let check = |text: &str, bytes: Option<u64>| assert_eq!(size(text).ok(), bytes, "{text:?}");
        check("123", Some(123));
        check("7b", Some(7));
        check("2K", Some(2048));
        check("64M", Some(64 << 20));
        check("1gb", Some(1 << 30));
        check("3T", Some(3 << 40));
        for wrong in ["", "M", "much", "1.5G", "-1", "5MM", "9999999999T"] {
            check(wrong, None);
        }
    }

    #[test]
    fn kinds_are_listed_in_words() {
        assert_eq!(kinds_in_words(), "person, character, work, organization, place or event");
    }

    #[test]
    fn probabilities_are_from_0_to_1() {
        let check = |text: &str, value: Option<f32>| assert_eq!(probability(text).ok(), value, "{text:?}");
        check("0", Some(0.0));
        check("0.25", Some(0.25));
        check("1", Some(1.0));
        for wrong in ["", "-0.1", "1.01", "NaN", "half"] {
            check(wrong, None);
        }
    }
}
