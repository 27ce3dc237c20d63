//! The members and items of a JSON text, as slices of it.

/// The members of an object, each with its key as written.
pub(super) fn members(object: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = inside(object, '{');
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(is_between);
        let key = value(rest).filter(|key| key.starts_with('"'))?;
        rest = rest[key.len()..].trim_start().strip_prefix(':')?.trim_start();
        let found = value(rest)?;
        rest = &rest[found.len()..];
        Some((key[1..].trim_end_matches('"'), found))
    })
}

/// The items of an array.
pub(super) fn items(array: &str) -> impl Iterator<Item = &str> {
    let mut rest = inside(array, '[');
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(is_between);
        let found = value(rest)?;
        rest = &rest[found.len()..];
        Some(found)
    })
}

fn inside(text: &str, bracket: char) -> &str {
    text.trim_start().strip_prefix(bracket).unwrap_or("")
}

fn is_between(c: char) -> bool {
    c.is_ascii_whitespace() || c == ','
}

/// Whether a text is one object, broken or not, by its brackets.
pub(super) fn is_one_object(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('{') && brackets_end(text.as_bytes()) == Some(text.len())
}

/// The value that a text starts with.
fn value(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let end = match bytes.first()? {
        b'"' => text_end(bytes, 0)?,
        b'{' | b'[' => brackets_end(bytes)?,
        _ => bytes.iter().position(|byte| matches!(byte, b',' | b'}' | b']' | b':') || byte.is_ascii_whitespace())?,
    };
    (end > 0).then(|| &text[..end])
}

/// Behind the quotation mark that closes a string.
fn text_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// Behind the bracket that closes the first one.
fn brackets_end(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at = text_end(bytes, at)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_and_arrays() {
        let object = r#" {"a": 1, "b\"c" :"x}\\", "d":[{"e":[]}],"f":{"g":{}} , "h":null,}"#;
        let found: Vec<_> = members(object).collect();
        let expected =
            [("a", "1"), (r#"b\"c"#, r#""x}\\""#), ("d", r#"[{"e":[]}]"#), ("f", r#"{"g":{}}"#), ("h", "null")];
        assert_eq!(found, expected);
        assert_eq!(items(r#"[1, {"a":[2]},"x",]"#).collect::<Vec<_>>(), ["1", r#"{"a":[2]}"#, r#""x""#]);
    }

    #[test]
    fn what_is_broken_ends_the_list() {
        for text in ["", "{", "[", "{\"a", "{\"a\":", "{\"a\":{", "{]", "{\"a\":}"] {
            assert_eq!((members(text).count(), items(text).count()), (0, 0), "{text}");
        }
    }
}
