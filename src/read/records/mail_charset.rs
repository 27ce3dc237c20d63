//! E-mails with text that is not in ASCII where no charset says what it is in.

use crate::read::charset::wide;
use crate::read::decode::{Decoded, decode_markup};

/// An e-mail in UTF-8, but for parts that state another charset: these are left to
/// the parser. Bad bytes of the others are in the warning.
pub(super) fn in_utf8(bytes: Vec<u8>) -> (Vec<u8>, Decoded) {
    let nothing = Decoded { text: String::new(), warning: None };
    let is_wide = wide(&bytes).is_some();
    if !is_wide && std::str::from_utf8(&bytes).is_ok() {
        return (bytes, nothing);
    }
    let stated = labels(&bytes).find(|label| !["utf-8", "utf8", "us-ascii"].contains(&label.as_str()));
    let end = if is_wide || stated.is_none() { bytes.len() } else { end_of_headers(&bytes) };
    let (head, rest) = bytes.split_at(end);
    if !is_wide && std::str::from_utf8(head).is_ok() {
        return (bytes, nothing);
    }
    let label = if is_wide { None } else { stated };
    let decoded = decode_markup(head.to_vec(), Some(label.as_deref().unwrap_or("")));
    ([decoded.text.as_bytes(), rest].concat(), Decoded { text: String::new(), ..decoded })
}

/// The charsets that the parts of an e-mail state, in lower case.
fn labels(bytes: &[u8]) -> impl Iterator<Item = String> {
    memchr::memchr_iter(b'=', bytes).filter_map(|at| {
        let name = bytes.get(at.checked_sub(7)?..at)?;
        if !name.eq_ignore_ascii_case(b"charset") {
            return None;
        }
        let label = bytes[at + 1..].iter().skip_while(|byte| b"\"' ".contains(byte));
        let label = label.take(40).take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte));
        Some(label.map(|byte| char::from(*byte).to_ascii_lowercase()).collect())
    })
}

fn end_of_headers(bytes: &[u8]) -> usize {
    let ends = ["\n\n", "\n\r\n"].map(|end| memchr::memmem::find(bytes, end.as_bytes()).unwrap_or(bytes.len()));
    ends[0].min(ends[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &[u8]) {
        let (found, _) = in_utf8(bytes.to_vec());
        assert_eq!(found, expected, "{}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn what_states_no_charset_is_decoded() {
        let text = "Subject: 배우가 새 영화에 출연한다\n\n배우가 새 영화에 출연한다고 밝혔다.\n";
        let (korean, ..) = encoding_rs::EUC_KR.encode(text);
        check(&korean, text.as_bytes());
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&wide, text.as_bytes());
        check(text.as_bytes(), text.as_bytes());
        check(
            b"Subject: A\nContent-Type: text/plain; charset=utf-8\n\nPen\xe9lope",
            "Subject: A\nContent-Type: text/plain; charset=utf-8\n\nPenélope".as_bytes(),
        );
    }

    #[test]
    fn what_states_one_is_left_but_for_headers() {
        let body = b"\r\n\r\n\xe9";
        let head = "Subject: Pen\u{e9}lope\r\nContent-Type: text/plain; charset=\"ISO-8859-1\"";
        let (western, ..) = encoding_rs::WINDOWS_1252.encode(head);
        check(&[&western[..], body].concat(), &[head.as_bytes(), body].concat());
        let plain = b"Subject: A\nContent-Type: text/plain; charset=koi8-r\n\n\xc1";
        check(plain, plain);
    }
}
