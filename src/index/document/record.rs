//! The wire format of an article: all that is known of it, with its names
//! spelled out, since ids differ between indexes.

use std::io;

use serde::{Deserialize, Serialize};

use crate::article::{Article, Mention, MentionedDate, Span};
use crate::link::Credit;
use crate::report::{Quote, Reports, Statement, Subject};

/// The compression level.
const LEVEL: i32 = 6;
/// More bytes than any article has; a larger size is damage.
const MOST: usize = 1 << 30;

/// An article with all that was found in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ArticleRecord {
    /// The article.
    pub article: Article,
    /// Its names, linked.
    pub mentions: Vec<Mention>,
    /// Who did what in which work.
    pub credits: Vec<Credit>,
    /// The dates it mentions.
    pub dates: Vec<MentionedDate>,
    /// Who said what, and what it states.
    pub reports: Reports,
}

impl ArticleRecord {
    /// Encodes it by postcard and compresses that by Zstandard (RFC 8878).
    ///
    /// # Errors
    /// What the compressor says.
    pub fn pack(&self) -> io::Result<Vec<u8>> {
        zstd::bulk::compress(&postcard::to_stdvec(self).map_err(io::Error::other)?, LEVEL)
    }

    /// Decodes the bytes of [`ArticleRecord::pack`].
    ///
    /// # Errors
    /// What is wrong with bytes that are damaged, or not of this version.
    pub fn unpack(bytes: &[u8]) -> Result<Self, String> {
        let size = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten();
        let size = size.and_then(|size| usize::try_from(size).ok()).filter(|size| *size <= MOST);
        let size = size.ok_or("it does not say a size that an article has")?;
        let bytes = zstd::bulk::decompress(bytes, size).map_err(|error| error.to_string())?;
        let article: Self = postcard::from_bytes(&bytes).map_err(|error| error.to_string())?;
        if article.is_sound() { Ok(article) } else { Err("a place in it lies outside its text".to_owned()) }
    }

    /// Whether every span is within the text and every index is that of a
    /// mention: bytes from elsewhere may say anything.
    fn is_sound(&self) -> bool {
        let Self { article, mentions, credits, dates, reports } = self;
        let within = |span: &Span| article.text.get(span.start..span.end).is_some();
        let named = |at: usize| at < mentions.len();
        let maybe = |at: Option<usize>| at.is_none_or(named);
        let credit = |credit: &Credit| {
            named(credit.person) && maybe(credit.role) && maybe(credit.work) && within(&credit.sentence)
        };
        let quote = |quote: &Quote| within(&quote.span) && maybe(quote.speaker);
        let subject = |subject: Subject| match subject {
            Subject::Mention(at) | Subject::Next(at) => named(at),
            Subject::Titled(span) => within(&span),
        };
        let statement = |it: &Statement| {
            it.work.is_none_or(subject)
                && maybe(it.person)
                && maybe(it.object)
                && it.place.as_ref().is_none_or(within)
                && it.date.is_none_or(|date| within(&date.span))
                && within(&it.sentence)
        };
        within(&article.body)
            && within(&article.title_span)
            && mentions.iter().all(|mention| within(&mention.span))
            && credits.iter().all(credit)
            && dates.iter().all(|date| within(&date.span))
            && reports.quotes.iter().all(quote)
            && reports.statements.iter().all(statement)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_seen() {
        let text = "Dune opens.".to_owned();
        let article = Article { body: Span::new(0, text.len()), text, ..Article::default() };
        let mut sound = ArticleRecord { article, ..ArticleRecord::default() };
        let packed = sound.pack().expect("packed");
        assert_eq!(ArticleRecord::unpack(&packed).expect("sound").article.text, "Dune opens.");
        assert!(ArticleRecord::unpack(&packed[..packed.len() - 1]).is_err());
        assert!(ArticleRecord::unpack(b"nothing").is_err());
        sound.article.body = Span::new(0, 99);
        assert!(ArticleRecord::unpack(&sound.pack().expect("packed")).is_err());
    }
}
