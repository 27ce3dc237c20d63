//! The checksum of `meta.json`, tantivy's list of segments, which has none: a
//! further key at the end of the object, so that the file stays JSON that tantivy
//! reads. Every version of the file has it, also those that merges write.

use serde::de::IgnoredAny;

/// How the file ends as tantivy writes it.
const END: &str = "\n}\n";
/// What comes before the checksum, the CRC-32 (IEEE) of the file without this key.
const KEY: &str = ",\n  \"checksum\": ";

/// Adds the checksum to the text that tantivy writes.
pub(super) fn with_checksum(text: &[u8]) -> Vec<u8> {
    let sum = crc32fast::hash(text);
    let body = text.strip_suffix(END.as_bytes()).unwrap_or(text);
    [body, KEY.as_bytes(), sum.to_string().as_bytes(), END.as_bytes()].concat()
}

/// Checks a file: its text without the checksum, or what is wrong. Files of
/// earlier versions and of other programs have no checksum and stay as they are;
/// [`has_checksum`] tells.
pub(super) fn without_checksum(bytes: Vec<u8>) -> Result<Vec<u8>, &'static str> {
    let Some((body, sum)) = split(&bytes) else {
        serde_json::from_slice::<IgnoredAny>(&bytes).map_err(|_| "it is not JSON")?;
        return Ok(bytes);
    };
    let text = [body, END.as_bytes()].concat();
    let sound = sum.is_some_and(|sum| sum == crc32fast::hash(&text));
    if sound { Ok(text) } else { Err("its checksum is wrong") }
}

/// Whether a file has a checksum, right or wrong.
pub(super) fn has_checksum(bytes: &[u8]) -> bool {
    split(bytes).is_some()
}

/// What comes before the checksum, and the checksum; `None` where that is no
/// number as it was written.
fn split(bytes: &[u8]) -> Option<(&[u8], Option<u32>)> {
    // Within the strings of JSON there is no end of line.
    let at = bytes.windows(KEY.len()).rposition(|window| window == KEY.as_bytes())?;
    let digits = std::str::from_utf8(&bytes[at + KEY.len()..]).ok().and_then(|rest| rest.strip_suffix(END));
    let sum = digits.and_then(|digits| digits.parse::<u32>().ok().filter(|sum| sum.to_string() == digits));
    Some((&bytes[..at], sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n  \"segments\": [\n    {\n      \"max_doc\": 5\n    }\n  ],\n  \"opstamp\": 84\n}\n";

    #[test]
    fn the_text_comes_back() {
        let written = with_checksum(TEXT.as_bytes());
        assert!(serde_json::from_slice::<serde_json::Value>(&written).expect("JSON")["checksum"].is_u64());
        assert!(has_checksum(&written) && !has_checksum(TEXT.as_bytes()));
        assert_eq!(without_checksum(written).as_deref(), Ok(TEXT.as_bytes()));
        // As earlier versions and other programs write it.
        assert_eq!(without_checksum(TEXT.as_bytes().to_vec()).as_deref(), Ok(TEXT.as_bytes()));
        assert_eq!(without_checksum(b"{".to_vec()), Err("it is not JSON"));
    }

    #[test]
    fn no_byte_changes_unseen() {
        let written = with_checksum(TEXT.as_bytes());
        for at in 0..written.len() {
            for changed in [written[at] ^ 1, written[at] ^ 0x80, b'7', b' '] {
                let mut damaged = written.clone();
                damaged[at] = changed;
                // A key of another name is no checksum; such a file is refused as well.
                let seen = without_checksum(damaged.clone()).is_err() || !has_checksum(&damaged);
                assert!(seen || damaged == written, "{at}: {changed}");
            }
            let cut = &written[..at];
            assert!(without_checksum(cut.to_vec()).is_err() || !has_checksum(cut), "cut at {at}");
        }
    }
}
