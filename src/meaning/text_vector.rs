//! The vector of a text.

use super::pieces::each_piece;
use super::table::{DIMENSIONS, table};

/// Word pieces of an article's beginning that its vector is of: as much as an encoder
/// reads of a passage, so that long articles are known by what they open with.
const LEAD_PIECES: usize = 100;
/// How often the pieces of a title count; as in ranking.
const TITLE_TIMES: f32 = 3.0;

/// The direction of a text's meaning: of length 1, or 0 where no word is known.
#[derive(Debug, Clone, PartialEq)]
pub struct TextVector(pub(super) [f32; DIMENSIONS]);

impl TextVector {
    /// The vector of a question; `None` where no word of it is known.
    pub fn of_question(text: &str) -> Option<Self> {
        let mut sum = [0.0; DIMENSIONS];
        each_piece(table(), text, |piece| {
            table().add(piece, 1.0, &mut sum);
            true
        });
        let vector = Self::normal(sum);
        vector.0.iter().any(|value| *value != 0.0).then_some(vector)
    }

    /// The vector of an article, by its title and the beginning of its body.
    pub fn of_article(title: &str, body: &str) -> Self {
        let mut sum = [0.0; DIMENSIONS];
        each_piece(table(), title, |piece| {
            table().add(piece, TITLE_TIMES, &mut sum);
            true
        });
        let mut left = LEAD_PIECES;
        each_piece(table(), body, |piece| {
            table().add(piece, 1.0, &mut sum);
            left -= 1;
            left > 0
        });
        Self::normal(sum)
    }

    fn normal(mut sum: [f32; DIMENSIONS]) -> Self {
        let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt();
        if length > 0.0 {
            sum.iter_mut().for_each(|value| *value /= length);
        }
        Self(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::super::ArticleVector;
    use super::*;

    fn near(question: &str, article: &str) -> f32 {
        let question = TextVector::of_question(question).expect("a vector");
        question.nearness(ArticleVector::of(&TextVector::of_article(article, "")))
    }

    #[test]
    fn texts_of_like_meaning_are_near() {
        let check = |question, near_text, far| {
            let (like, unlike) = (near(question, near_text), near(question, far));
            assert!(like > unlike + 0.1, "{question}: {near_text} {like}, {far} {unlike}");
        };
        check("movie", "film", "bread");
        check("singer arrested", "Police detain pop star", "Stocks rise in Tokyo");
        check("actor dies", "Star of the series, dead at 80", "New phone has a better camera");
        check("heart attack", "Cardiac arrest", "Football match");
    }

    #[test]
    fn capitals_change_nothing() {
        assert_eq!(TextVector::of_question("HEART ATTACK"), TextVector::of_question("heart attack"));
        assert_eq!(TextVector::of_question(""), None);
        assert_eq!(TextVector::of_article("", "").0, [0.0; DIMENSIONS]);
    }
}
