//! Articles with their names marked inline: `[[surface|kind|canonical]]`.

use crate::article::Span;

use super::judged::{JudgeError, Judged, Judgment};
use super::labels::LabelMap;

/// Reads a marked text: returns the text without marks, and the judgments.
///
/// # Errors
/// [`JudgeError`] for a mark that is not complete or a label that `map` lacks.
///
/// ```
/// use newsearch::internals::evaluate::{LabelMap, marked};
/// let (text, judgments) = marked::read("Then [[Cruise|person|Tom Cruise]] jumps.", &LabelMap::default())?;
/// assert_eq!(text, "Then Cruise jumps.");
/// assert_eq!(judgments[0].canonical.as_deref(), Some("Tom Cruise"));
/// # Ok::<(), newsearch::internals::evaluate::JudgeError>(())
/// ```
pub fn read(marked: &str, map: &LabelMap) -> Result<(String, Vec<Judgment>), JudgeError> {
    let mut text = String::with_capacity(marked.len());
    let mut judgments = Vec::new();
    let mut rest = marked;
    while let Some(open) = rest.find("[[") {
        text.push_str(&rest[..open]);
        let at = marked.len() - rest.len() + open;
        let inner = &rest[open + 2..];
        let broken = || JudgeError::Mark { at, found: rest[open..].chars().take(40).collect() };
        let close = inner.find("]]").ok_or_else(broken)?;
        let mut parts = inner[..close].split('|');
        let (Some(surface), Some(kind), canonical, None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(broken());
        };
        let kinds = map.kinds(kind).ok_or_else(broken)?;
        let start = text.len();
        text.push_str(surface);
        let canonical = canonical.map(|name| name.trim().to_owned());
        judgments.push(Judgment { span: Span::new(start, text.len()), kinds, canonical });
        rest = &inner[close + 2..];
    }
    text.push_str(rest);
    Ok((text, judgments))
}

/// An article of a marked text, without title or metadata.
///
/// # Errors
/// As [`read`].
pub fn article(marked: &str, map: &LabelMap) -> Result<Judged, JudgeError> {
    let (text, judgments) = read(marked, map)?;
    let mut judged = Judged { judgments, ..Judged::default() };
    judged.article.body = Span::new(0, text.len());
    judged.article.text = text;
    Ok(judged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_removed() {
        let check = |marked: &str, text: &str, names: &[&str]| {
            let judged = article(marked, &LabelMap::default()).expect(marked);
            assert_eq!(judged.article.text, text);
            let found: Vec<&str> = judged.judgments.iter().map(|judgment| judgment.span.of(text)).collect();
            assert_eq!(found, names, "{marked}");
        };
        check("no marks", "no marks", &[]);
        check("[[Zoë|person]] [[Dune|work|Dune (2021)]]", "Zoë Dune", &["Zoë", "Dune"]);
        check("a [b] [[Café Society|work]]s", "a [b] Café Societys", &["Café Society"]);
    }

    #[test]
    fn incomplete_marks_are_refused() {
        let check = |marked: &str, expected: usize| match read(marked, &LabelMap::default()) {
            Err(JudgeError::Mark { at, .. }) => assert_eq!(at, expected, "{marked}"),
            other => panic!("{marked}: {other:?}"),
        };
        check("ä [[Dune", 3);
        check("[[Dune]]", 0);
        check("[[Dune|gadget]]", 0);
        check("[[a|work]] [[a|work|b|c]]", 11);
    }
}
