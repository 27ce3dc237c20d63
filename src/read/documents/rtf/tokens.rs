//! The parts of an RTF file.

/// A part of an RTF file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Open,
    Close,
    /// A word such as `\par` or `\u233`.
    Word(&'t str, Option<i32>),
    /// A sign such as `\~`.
    Sign(u8),
    /// A byte written as `\'e9`.
    Hex(u8),
    /// Bytes that are text.
    Text(&'t [u8]),
}

/// Splits a file; data behind `\bin` is left out.
pub(super) struct Tokens<'t>(pub(super) &'t [u8]);

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let skipped = self.0.iter().position(|byte| !b"\r\n\0".contains(byte))?;
        self.0 = &self.0[skipped..];
        match self.0 {
            [b'{', rest @ ..] => {
                self.0 = rest;
                Some(Token::Open)
            }
            [b'}', rest @ ..] => {
                self.0 = rest;
                Some(Token::Close)
            }
            [b'\\', rest @ ..] => {
                self.0 = rest;
                self.control()
            }
            all => {
                let end = all.iter().position(|byte| b"{}\\\r\n\0".contains(byte)).unwrap_or(all.len());
                self.0 = &all[end..];
                Some(Token::Text(&all[..end]))
            }
        }
    }
}

impl<'t> Tokens<'t> {
    /// What follows a backslash.
    fn control(&mut self) -> Option<Token<'t>> {
        let bytes = self.0;
        let letters = bytes.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            let (sign, rest) = bytes.split_first()?;
            self.0 = rest;
            if *sign == b'\'' {
                let value = rest.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
                let byte = value.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                self.0 = &rest[if byte.is_some() { 2 } else { 0 }..];
                return Some(byte.map_or(Token::Sign(b'\''), Token::Hex));
            }
            return Some(Token::Sign(*sign));
        }
        let after = &bytes[letters..];
        let sign = usize::from(after.first() == Some(&b'-'));
        let digits = after[sign..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let length = if digits == 0 { 0 } else { sign + digits };
        let number = std::str::from_utf8(&after[..length]).ok().and_then(|number| number.parse().ok());
        let rest = &after[length..];
        self.0 = rest.strip_prefix(b" ").unwrap_or(rest);
        let word = std::str::from_utf8(&bytes[..letters]).unwrap_or_default();
        if word == "bin" {
            let length = number.and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
            self.0 = &self.0[length.min(self.0.len())..];
        }
        Some(Token::Word(word, number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let tokens: Vec<Token<'_>> = Tokens(b"{\\rtf1\\u-5 ?a\r\nb\\'e9\\~\\bin3 }}}x\\par}").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word("rtf", Some(1)),
                Token::Word("u", Some(-5)),
                Token::Text(b"?a"),
                Token::Text(b"b"),
                Token::Hex(0xe9),
                Token::Sign(b'~'),
                Token::Word("bin", Some(3)),
                Token::Text(b"x"),
                Token::Word("par", None),
                Token::Close
            ]
        );
        assert_eq!(Tokens(b"\\").count(), 0);
        assert_eq!(Tokens(b"\\'zz").next(), Some(Token::Sign(b'\'')));
    }
}
