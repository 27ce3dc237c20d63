//! Reads the lists: gzipped, tab-separated, one name a line.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::Context;
use flate2::read::MultiGzDecoder;

/// The lines of a gzipped file, without byte-order mark and HTML entities.
pub fn lines(path: &Path) -> anyhow::Result<Vec<String>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut lines = Vec::new();
    for line in BufReader::new(MultiGzDecoder::new(file)).lines() {
        let line = line.with_context(|| format!("cannot read {}", path.display()))?;
        lines.push(line.trim_start_matches('\u{feff}').replace("&#39;", "'").replace("&amp;", "&"));
    }
    Ok(lines)
}

/// Drops parentheses and moves a trailing article to the front:
/// “Star is Born, A (1954)” becomes “A Star is Born”.
pub fn plain_name(name: &str) -> String {
    let name = name.split(" (").next().unwrap_or(name).trim();
    for article in ["The", "A", "An"] {
        if let Some(rest) = name.strip_suffix(article).and_then(|rest| rest.strip_suffix(", ")) {
            return format!("{article} {rest}");
        }
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn names_lose_parentheses_and_inverted_articles() {
        for (name, expected) in [
            ("Spider-Man (Peter Parker)", "Spider-Man"),
            ("Star is Born, A (1954)", "A Star is Born"),
            ("Apartment, The", "The Apartment"),
            ("  Theater ", "Theater"),
            ("Lathe, Anders", "Lathe, Anders"),
        ] {
            assert_eq!(plain_name(name), expected);
        }
    }
}
