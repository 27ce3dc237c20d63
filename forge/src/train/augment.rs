//! Headlines made of sentences, so that capitals are not trusted where they
//! say nothing.

use newsearch::article::Article;

/// The share of articles turned into Title Case, and into capitals throughout.
const TITLE_CASE: f32 = 0.06;
const CAPITALS: f32 = 0.02;

/// The article as it is, or as a headline; offsets stay.
pub fn article(article: &Article, random: &mut fastrand::Rng) -> Article {
    let chance = random.f32();
    let mut made = article.clone();
    if chance < TITLE_CASE {
        made.text = title_case(&article.text);
    } else if chance < TITLE_CASE + CAPITALS {
        made.text = article.text.chars().map(capital).collect();
    }
    made
}

/// Every word but the smallest with a capital; full stops at line ends gone.
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

/// The capital of a letter where it is as long in UTF-8.
fn capital(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
        _ => c,
    }
}
