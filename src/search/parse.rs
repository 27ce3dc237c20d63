//! Query text to clauses.

use super::SearchError;

/// How a clause is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occur {
    /// Wanted; a hit without it ranks lower.
    Should,
    /// `+`: no hit without it.
    Must,
    /// `-`: no hit with it.
    Not,
}

/// A word, or what stands in quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    pub occur: Occur,
    pub phrase: bool,
    pub text: String,
}

/// Parses a query. Curly quotation marks are like straight ones.
pub(super) fn parse(query: &str) -> Result<Vec<Clause>, SearchError> {
    let mut clauses = Vec::new();
    let mut at = 0;
    while let Some(c) = query[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (occur, start) = operator(query, at);
        let (clause, end) = match query[start..].chars().next() {
            Some(mark) if is_quote(mark) => quoted(query, occur, start + mark.len_utf8())?,
            _ => word(query, occur, start),
        };
        clauses.push(clause);
        at = end;
    }
    Ok(clauses)
}

/// `+` or `-` right before a word or phrase.
fn operator(query: &str, at: usize) -> (Occur, usize) {
    let mut chars = query[at..].chars();
    let occur = match chars.next() {
        Some('+') => Occur::Must,
        Some('-' | '−') => Occur::Not,
        _ => return (Occur::Should, at),
    };
    let sign = query[at..].chars().next().map_or(0, char::len_utf8);
    let applies = chars.next().is_some_and(|c| c.is_alphanumeric() || is_quote(c));
    if applies { (occur, at + sign) } else { (Occur::Should, at) }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

fn quoted(query: &str, occur: Occur, start: usize) -> Result<(Clause, usize), SearchError> {
    let Some((length, close)) = query[start..].char_indices().find(|(_, c)| is_quote(*c)) else {
        return Err(SearchError::Syntax {
            query: query.to_owned(),
            at: query[..start].char_indices().next_back().map_or(0, |(at, _)| at),
            expected: "this quotation mark is not closed; close it, or leave it out".to_owned(),
        });
    };
    let end = start + length;
    Ok((Clause { occur, phrase: true, text: query[start..end].to_owned() }, end + close.len_utf8()))
}

fn word(query: &str, occur: Occur, start: usize) -> (Clause, usize) {
    let length = query[start..].find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(query.len() - start);
    let end = start + length.max(query[start..].chars().next().map_or(0, char::len_utf8));
    (Clause { occur, phrase: false, text: query[start..end].to_owned() }, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: &[(Occur, bool, &str)]) {
        let clauses = parse(query).expect("a query");
        let found: Vec<_> = clauses.iter().map(|c| (c.occur, c.phrase, c.text.as_str())).collect();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn words_phrases_and_signs() {
        use Occur::{Must, Not, Should};
        check("hayley  atwell", &[(Should, false, "hayley"), (Should, false, "atwell")]);
        check("“Mission: Impossible 7”", &[(Should, true, "Mission: Impossible 7")]);
        check(
            "+cruise -\"top gun\" Paramount+",
            &[(Must, false, "cruise"), (Not, true, "top gun"), (Should, false, "Paramount+")],
        );
        check("a - b +", &[(Should, false, "a"), (Should, false, "-"), (Should, false, "b"), (Should, false, "+")]);
    }

    #[test]
    fn an_open_quote_is_named_by_its_byte() {
        let error = parse("tom “cruise").expect_err("no query");
        assert!(matches!(&error, SearchError::Syntax { at: 4, .. }), "{error}");
        assert!(error.to_string().ends_with("\n  tom “cruise\n      ^"), "{error}");
    }
}
