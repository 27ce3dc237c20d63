//! Nouns for works and numbered titles.

use crate::article::Language;

/// Whether a lower-case word is a noun for a work: “film”, “series”.
pub(super) fn is_work_noun(word: &str) -> bool {
    Language::default().tables().work_nouns.contains(&word)
}

/// “Rocky 3” to “Rocky 4”; `None` for titles that do not end with a number up
/// to 29.
pub(super) fn next_in_series(name: &str) -> Option<String> {
    let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (title, number) = name.split_at(name.len() - digits);
    let number: u8 = number.parse().ok().filter(|number| (1..30).contains(number))?;
    title.ends_with(' ').then(|| format!("{title}{}", number + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequels_have_the_next_number() {
        let check = |name: &str, expected: Option<&str>| assert_eq!(next_in_series(name).as_deref(), expected);
        check("Mission: Impossible 7", Some("Mission: Impossible 8"));
        check("Rocky 29", Some("Rocky 30"));
        check("Titanic", None);
        check("Blade Runner 2049", None);
        check("F9", None);
        check("Rocky 0", None);
        check("7", None);
    }
}
