//! The lists of an article in few bytes: column by column, spans by the
//! boundaries that its text suggests, other numbers as their distance from the
//! one before, so that Zstandard finds what repeats.

mod boundaries;
mod columns;
mod dates;
mod mentions;
mod quotes;
mod sentences;

use super::article::StoredArticle;
use columns::{ColumnReader, ColumnWriter};

/// Packs the lists of an article.
pub(super) fn pack_lists(article: &StoredArticle) -> Vec<u8> {
    let mut packed = ColumnWriter::default();
    let text = article.text.as_bytes();
    sentences::pack(&mut packed, text, article.body.start, &article.sentences);
    let names = mentions::pack(&mut packed, text, &article.mentions);
    quotes::pack(&mut packed, text, &names, &article.quotes);
    dates::pack(&mut packed, &article.dates);
    packed.into_bytes()
}

/// Reads lists into an article that has its text; `None` where they are damaged.
pub(super) fn read_lists(bytes: &[u8], article: &mut StoredArticle) -> Option<()> {
    let mut numbers = ColumnReader::new(bytes);
    let text = article.text.as_bytes();
    article.sentences = sentences::unpack(&mut numbers, text, article.body.start)?;
    let (names, mentions) = mentions::unpack(&mut numbers, text)?;
    article.quotes = quotes::unpack(&mut numbers, text, &names)?;
    article.mentions = mentions;
    article.dates = dates::unpack(&mut numbers)?;
    numbers.is_at_end().then_some(())
}

#[cfg(test)]
mod tests {
    use crate::article::Span;
    use crate::index::stored::{StoredArticle, StoredMention, StoredQuote, StoredSentence};

    #[test]
    fn boundaries_that_the_text_suggests_take_a_byte() {
        let text = "Ann Lee’s film isn’t ready. “It needs a year,” Lee said.\n\nBob Ray (of CBS) agrees: Lee is right.";
        let of = |part: &str, from: usize| {
            let start = from + text[from..].find(part).expect("a part of the text");
            Span::new(start, start + part.len())
        };
        let first = of("Ann Lee’s film isn’t ready.", 0);
        let second = of("“It needs a year,” Lee said.", 0);
        let third = of("Bob Ray (of CBS) agrees: Lee is right.", 0);
        let sentence = |span, first_word, opens_paragraph| StoredSentence { span, first_word, opens_paragraph };
        let mention = |span, name| StoredMention { span, name };
        let article = StoredArticle {
            text: text.to_owned(),
            body: Span::new(0, text.len()),
            sentences: vec![sentence(first, 0, true), sentence(second, 5, false), sentence(third, 11, true)],
            mentions: vec![
                mention(of("Ann Lee", 0), 90_000),
                mention(of("Lee", second.start), 90_000),
                mention(of("Bob Ray", 0), 3),
                mention(of("CBS", 0), 70_000),
                mention(of("Lee", third.start), 90_000),
            ],
            quotes: vec![StoredQuote { span: of("“It needs a year,”", 0), speaker: Some(90_000) }],
            ..StoredArticle::default()
        };
        // Counts, 4 numbers of a sentence, 3 of a mention and of a quote, 7 bytes of names.
        assert_eq!(super::pack_lists(&article).len(), 5 + 3 * 4 + 5 * 3 + 3 + 7);
        assert_eq!(StoredArticle::from_parts(article.clone().into_parts()), Ok(article));
    }
}
