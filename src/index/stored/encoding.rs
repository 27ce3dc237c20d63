//! Stored articles as bytes: postcard's encoding, and packed lists.

use super::article::StoredArticle;
use super::codec::StoredParts;
use super::packed;

impl StoredArticle {
    /// Encodes it: the text, and the rest. A title that is part of the text is
    /// not stored twice.
    pub(in crate::index) fn into_parts(mut self) -> StoredParts {
        let span = self.title_span;
        if !self.title_span.is_empty() && self.text.get(span.start..span.end) == Some(&self.title) {
            self.title.clear();
        }
        // Serializing plain data into a vector cannot fail.
        let mut rest = postcard::to_stdvec(&self).unwrap_or_default();
        rest.extend(packed::pack_lists(&self));
        StoredParts { text: self.text, rest }
    }

    /// Decodes an article.
    ///
    /// # Errors
    /// What is wrong with damaged bytes.
    pub fn from_parts(parts: StoredParts) -> Result<Self, String> {
        let StoredParts { text, rest } = parts;
        let (mut article, lists): (Self, _) = postcard::take_from_bytes(&rest).map_err(|error| error.to_string())?;
        article.text = text;
        packed::read_lists(lists, &mut article).ok_or("its lists are damaged")?;
        if article.title.is_empty() {
            let span = article.title_span;
            article.title = article.text.get(span.start..span.end).unwrap_or_default().to_owned();
        }
        Ok(article)
    }
}

#[cfg(test)]
mod tests {
    use crate::article::{MentionedDate, Span};
    use crate::index::stored::{StoredArticle, StoredMention, StoredQuote, StoredSentence};

    fn article(text: &str) -> StoredArticle {
        StoredArticle {
            id: "1".to_owned(),
            title: "Dune opens".to_owned(),
            title_span: Span::new(0, 10),
            text: text.to_owned(),
            authors: vec!["Ann Lee".to_owned()],
            published: Some("2021-10-22".to_owned()),
            ..StoredArticle::default()
        }
    }

    #[test]
    fn articles_come_back() {
        for text in ["Dune opens. It is long.", "Another title. It is long.", ""] {
            let parts = article(text).into_parts();
            assert_eq!(parts.text, text);
            assert_eq!(StoredArticle::from_parts(parts), Ok(article(text)), "{text}");
        }
    }

    #[test]
    fn a_title_in_the_text_is_stored_once() {
        let size = |text: &str| article(text).into_parts().rest.len();
        assert_eq!(size("Dune opens.") + "Dune opens".len(), size("Dune closes."));
    }

    #[test]
    fn lists_come_back() {
        let sentence = |start, end, first_word, opens_paragraph| StoredSentence {
            span: Span::new(start, end),
            first_word,
            opens_paragraph,
        };
        let mention = |start, end, name| StoredMention { span: Span::new(start, end), name };
        let date = |start, end, first, last| MentionedDate { span: Span::new(start, end), first, last };
        let article = StoredArticle {
            text: "text".to_owned(),
            sentences: vec![sentence(3, 90, 0, true), sentence(91, 95, 40, false), sentence(400, 700, 41, true)],
            mentions: vec![mention(3, 9, 700), mention(9, 14, 3), mention(70_000, 70_002, 700)],
            dates: vec![date(5, 30, 20_230_714, 20_230_714), date(9, 12, 20_190_101, 20_191_231)],
            quotes: vec![
                StoredQuote { span: Span::new(7, 40), speaker: Some(0) },
                StoredQuote { span: Span::new(41, 50), speaker: None },
            ],
            ..StoredArticle::default()
        };
        let mut parts = article.clone().into_parts();
        assert_eq!(StoredArticle::from_parts(parts.clone()).expect("read"), article);
        parts.rest.truncate(parts.rest.len() - 3);
        assert!(StoredArticle::from_parts(parts).is_err());
    }
}
