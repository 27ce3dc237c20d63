//! Cutting an article at a limit.

use crate::article::{Article, Span, char_boundary};

/// Cuts the text of an article after the last whole word within `limit` bytes. Returns
/// the bytes it had, if it was longer.
pub(crate) fn cut(article: &mut Article, limit: u64) -> Option<usize> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let length = article.text.len();
    if length <= limit {
        return None;
    }
    let end = char_boundary(&article.text, limit);
    let end = article.text[..end].rfind(char::is_whitespace).filter(|at| *at > end / 2).unwrap_or(end);
    article.text.truncate(end);
    article.text.shrink_to_fit();
    let within = |span: Span| Span::new(span.start.min(end), span.end.min(end));
    article.title_span = within(article.title_span);
    article.body = within(article.body);
    article.title.truncate(char_boundary(&article.title, end));
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(limit: u64, text: &str, body: &str, length: Option<usize>) {
        let whole = "Low Tide\n\nAda sings a söng.";
        let (title_span, body_span) = (Span::new(0, 8), Span::new(10, whole.len()));
        let title = "Low Tide".to_owned();
        let mut article = Article { title, title_span, text: whole.to_owned(), body: body_span, ..Article::default() };
        assert_eq!(cut(&mut article, limit), length, "{limit}");
        assert_eq!((article.text.as_str(), article.body.of(&article.text)), (text, body));
        assert_eq!(article.title, article.title_span.of(&article.text));
    }

    #[test]
    fn words_stay_whole() {
        check(100, "Low Tide\n\nAda sings a söng.", "Ada sings a söng.", None);
        check(24, "Low Tide\n\nAda sings a", "Ada sings a", Some(28));
        check(18, "Low Tide\n\nAda", "Ada", Some(28));
        check(5, "Low", "", Some(28));
    }
}
