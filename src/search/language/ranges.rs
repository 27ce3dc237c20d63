//! Ranges as databases write them: `>=2020`, `[2020 TO 2021-03]`.

use crate::search::language::days::Days;

/// Parses `>2020`, `>=2020`, `<2020`, `<=2020`, `=2020`, and `[2020 TO 2021}` with `*` for
/// an open end and braces for ends that do not belong to it; `days` parses the ends.
pub(crate) fn parse(text: &str, days: impl Fn(&str) -> Option<Days>) -> Option<Days> {
    if text.starts_with(['[', '{']) {
        return enclosed(text, days);
    }
    let sign = text.len() - text.trim_start_matches(['>', '<', '=']).len();
    let found = days(text[sign..].trim_start())?;
    match &text[..sign] {
        ">" => Some(found.after()),
        ">=" | "=>" => Some(Days { last: u64::MAX, ..found }),
        "<" => Some(found.before()),
        "<=" | "=<" => Some(Days { first: 0, ..found }),
        "=" | "==" => Some(found),
        _ => None,
    }
}

fn enclosed(text: &str, days: impl Fn(&str) -> Option<Days>) -> Option<Days> {
    let inner = text.strip_prefix(['[', '{'])?.strip_suffix([']', '}'])?;
    let lower = inner.to_ascii_lowercase();
    let Some(at) = lower.find(" to ") else { return days(inner) };
    let (from, to) = (inner[..at].trim(), inner[at + " to ".len()..].trim());
    let first = match from {
        "*" | "" => 0,
        from if text.starts_with('{') => days(from)?.after().first,
        from => days(from)?.first,
    };
    let last = match to {
        "*" | "" => u64::MAX,
        to if text.ends_with('}') => days(to)?.before().last,
        to => days(to)?.last,
    };
    Some(Days { first, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_and_brackets() {
        // Years alone.
        let days = |text: &str| {
            let year: u64 = text.parse().ok()?;
            Some(Days { first: year * 10_000 + 101, last: year * 10_000 + 1231 })
        };
        for (text, expected) in [
            (">2020", Some((20_210_101, u64::MAX))),
            (">= 2020", Some((20_200_101, u64::MAX))),
            ("<2020", Some((0, 20_191_231))),
            ("<=2020", Some((0, 20_201_231))),
            ("=2020", Some((20_200_101, 20_201_231))),
            ("[2020 TO 2021]", Some((20_200_101, 20_211_231))),
            ("[2020 to *]", Some((20_200_101, u64::MAX))),
            ("[* TO 2021}", Some((0, 20_201_231))),
            ("{2020 TO 2021]", Some((20_210_101, 20_211_231))),
            ("[2020]", Some((20_200_101, 20_201_231))),
            ("><2020", None),
            (">soon", None),
            ("[2020 TO", None),
            ("[]", None),
        ] {
            assert_eq!(parse(text, days).map(|days| (days.first, days.last)), expected, "{text}");
        }
    }
}
