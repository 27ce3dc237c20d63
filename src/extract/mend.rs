//! JSON that is not quite valid, as programs write it nonetheless.

use std::borrow::Cow;

/// Words that some programs write for a missing number.
const WORDS: &[&str] = &["NaN", "nan", "-Infinity", "Infinity", "inf", "-inf", "undefined"];

/// The text with `null` for `NaN` and the like, without commas before a closing bracket,
/// and with control characters in strings escaped.
pub(super) fn mend(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut kept = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    let mut replace = |from: usize, to: usize, with: &str| {
        out.push_str(&text[kept..from]);
        out.push_str(with);
        kept = to;
    };
    let mut in_text = false;
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b'\\' if in_text => at += 1,
            b'"' => in_text = !in_text,
            0..=0x1f if in_text => replace(at, at + 1, &format!("\\u{byte:04x}")),
            _ if in_text => {}
            b',' => {
                let next = bytes[at + 1..].iter().position(|byte| !byte.is_ascii_whitespace());
                let after = next.map(|next| at + 1 + next).unwrap_or(bytes.len());
                if matches!(bytes.get(after), Some(b'}' | b']')) {
                    replace(at, at + 1, "");
                }
                at = after.saturating_sub(1).max(at);
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'-' => {
                let length = bytes[at..]
                    .iter()
                    .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.'))
                    .count();
                if WORDS.contains(&&text[at..at + length]) {
                    replace(at, at + length, "null");
                }
                at += length - 1;
            }
            _ => {}
        }
        at += 1;
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[kept..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_write() {
        for (text, expected) in [
            (r#"{"a":NaN,"b":[-Infinity, 1 , ],}"#, r#"{"a":null,"b":[null, 1  ]}"#),
            ("{\"a\":\"x\ty\"}", r#"{"a":"x\u0009y"}"#),
            (r#"{"a":"NaN,}\"NaN","b":-1.5e-7,"c":true}"#, r#"{"a":"NaN,}\"NaN","b":-1.5e-7,"c":true}"#),
            ("{\"é\":nan}", "{\"é\":null}"),
            ("{\"a", "{\"a"),
            ("", ""),
        ] {
            assert_eq!(mend(text), expected, "{text}");
        }
    }
}
