//! Articles with their names marked inline: `[[surface|kind|canonical]]`.

use crate::article::Span;

use super::judged::{JudgeError, Judged, Judgment};
use super::labels::LabelMap;

/// Reads a marked article: its text without the marks is the article.
///
/// # Errors
/// [`JudgeError`] for a mark that is not whole or a kind that `map` lacks.
///
/// ```
/// use newsearch::evaluate::{LabelMap, marked};
/// let (text, judgments) = marked::read("Then [[Cruise|person|Tom Cruise]] jumps.", &LabelMap::default())?;
/// assert_eq!(text, "Then Cruise jumps.");
/// assert_eq!(judgments[0].canonical.as_deref(), Some("Tom Cruise"));
/// # Ok::<(), newsearch::evaluate::JudgeError>(())
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

/// An article made of a marked text alone.
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
