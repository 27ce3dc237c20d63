//! Data augmentation: sentences in Title Case or capitals, so that the model
//! does not rely on letter case where it says nothing.

use newsearch::Article;

/// Shares of articles in Title Case, and in capitals throughout.
const TITLE_CASE: f32 = 0.06;
const CAPITALS: f32 = 0.02;

/// The article, at random as a headline; byte offsets stay the same.
pub fn augment(article: &Article, random: &mut fastrand::Rng) -> Article {
    let chance = random.f32();
    let mut made = article.clone();
    if chance < TITLE_CASE {
        made.text = title_case(&article.text);
    } else if chance < TITLE_CASE + CAPITALS {
        made.text = article.text.chars().map(capital).collect();
    }
    made
}

/// Capitalizes every word except short function words; replaces full stops at
/// line ends by spaces.
fn title_case(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut chars = text.char_indices().peekable();
    let mut inside = false;
    while let Some((at, c)) = chars.next() {
        let small = ["a ", "an ", "the ", "of ", "and ", "in ", "to ", "on ", "at ", "for "];
        let opens = !inside && c.is_alphabetic() && !(at > 0 && small.iter().any(|word| text[at..].starts_with(word)));
        inside = c.is_alphanumeric() || matches!(c, '\'' | '’');
        let ends = c == '.' && chars.peek().is_none_or(|(_, next)| *next == '\n');
        made.push(if ends {
            ' '
        } else if opens {
            capital(c)
        } else {
            c
        });
    }
    made
}

/// The capital of a letter if its UTF-8 length is the same.
fn capital(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{capital, title_case};

    #[test]
    fn sentences_become_headlines_of_the_same_length() {
        for (text, expected) in [
            ("the cat sat on a mat.\nit slept.", "The Cat Sat on a Mat \nIt Slept "),
            ("it’s 5.5 miles to o'hara's", "It’s 5.5 Miles to O'hara's"),
        ] {
            let made = title_case(text);
            assert_eq!((made.as_str(), made.len()), (expected, text.len()));
        }
    }

    #[test]
    fn letters_without_an_equally_long_capital_stay() {
        for (letter, expected) in [('a', 'A'), ('é', 'É'), ('ß', 'ß'), ('ı', 'ı'), ('7', '7')] {
            assert_eq!(capital(letter), expected);
        }
    }
}
