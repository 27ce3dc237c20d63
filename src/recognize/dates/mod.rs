//! The dates that an article mentions.
//!
//! Absolute dates (“July 14, 2023”, “14 July”, “in November 2022”) and relative
//! ones (“next Friday”, “last year”, “three years ago”), which are resolved by
//! the day of publication. A date without a year is the one nearest to the day
//! of publication. Without that day, such dates are left out.

mod absolute;
mod day_range;
mod holidays;
mod parser;
mod relative;

use crate::article::{Article, MentionedDate, Span, date_number};
use crate::segment::Segmented;

use parser::DateParser;

/// The dates that an article mentions, in text order, without overlaps.
///
/// ```
/// use newsearch::{Article, Span};
/// use newsearch::internals::recognize::mentioned_dates;
/// use newsearch::internals::segment::Segmented;
/// let text = "The sequel moved from May 27, 2022 to next summer, then to July 14.".to_owned();
/// let published = Some("2022-01-21".to_owned());
/// let article = Article { body: Span::new(0, text.len()), text, published, ..Article::default() };
/// let dates = mentioned_dates(&article, &Segmented::new(&article));
/// let found: Vec<_> = dates.iter().map(|d| (d.span.of(&article.text), d.first, d.last)).collect();
/// assert_eq!(found, [
///     ("May 27, 2022", 20_220_527, 20_220_527),
///     ("next summer", 20_220_601, 20_220_831),
///     ("July 14", 20_220_714, 20_220_714),
/// ]);
/// ```
pub fn mentioned_dates(article: &Article, segmented: &Segmented) -> Vec<MentionedDate> {
    let published = article.published.as_deref().and_then(|day| day.parse().ok());
    let mut found = Vec::new();
    for sentence in 0..segmented.sentences.len() {
        let words: Vec<Span> = segmented.words_of(sentence).iter().map(|word| word.span).collect();
        let parser = DateParser { text: &article.text, words: &words, published };
        let mut at = 0;
        while at < words.len() {
            match parser.date_at(at) {
                Some((days, count)) => {
                    let span = Span::new(words[at].start, words[at + count - 1].end);
                    found.push(MentionedDate { span, first: date_number(days.0), last: date_number(days.1) });
                    at += count;
                }
                None => at += 1,
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, u64, u64)]) {
        let article = Article {
            text: text.to_owned(),
            body: Span::new(0, text.len()),
            published: Some("2023-03-15".to_owned()),
            ..Article::default()
        };
        let dates = mentioned_dates(&article, &Segmented::new(&article));
        let found: Vec<_> = dates.iter().map(|d| (d.span.of(text), d.first, d.last)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn absolute_dates() {
        check("It opens Sept. 30, 2022.", &[("Sept. 30, 2022", 20_220_930, 20_220_930)]);
        check("Born on 3rd of July 1962 there", &[("3rd of July 1962", 19_620_703, 19_620_703)]);
        check(
            "shot in November 2022 and 2021",
            &[("November 2022", 20_221_101, 20_221_130), ("2021", 20_210_101, 20_211_231)],
        );
        check("On July 12-14, 2023, fans", &[("July 12-14, 2023", 20_230_712, 20_230_714)]);
        check("since 2019-12-01 only", &[("2019-12-01", 20_191_201, 20_191_201)]);
        check("Seen December 20.", &[("December 20", 20_221_220, 20_221_220)]);
        check("in the 1990s and 1919–33", &[("1990s", 19_900_101, 19_991_231), ("1919–33", 19_190_101, 19_331_231)]);
        check(
            "the winter of 2006–2007, late 2011",
            &[("winter of 2006–2007", 20_061_201, 20_070_228), ("late 2011", 20_110_101, 20_111_231)],
        );
        check("the weekend of June 3", &[("weekend of June 3", 20_230_602, 20_230_604)]);
    }

    #[test]
    fn relative_dates() {
        check("It comes next Friday.", &[("next Friday", 20_230_317, 20_230_317)]);
        check("It came last year.", &[("last year", 20_220_101, 20_221_231)]);
        check("He died on Sunday.", &[("Sunday", 20_230_312, 20_230_312)]);
        check(
            "It opens Friday. He left two years ago in June.",
            &[
                ("Friday", 20_230_317, 20_230_317),
                ("two years ago", 20_210_101, 20_211_231),
                ("June", 20_220_601, 20_220_630),
            ],
        );
        check("See it this weekend!", &[("this weekend", 20_230_317, 20_230_319)]);
    }

    #[test]
    fn names_and_numbers_are_not_dates() {
        check("2001: A Space Odyssey, may I say, is Black Friday reading of 1,500 pages", &[]);
        check("Friday Night Lights and May Pang", &[]);
    }
}
