//! An article's vector as the index keeps it: four bits a number.

use super::table::DIMENSIONS;
use super::text_vector::TextVector;

/// Numbers of four bits in 64.
const PER_WORD: usize = 16;
/// The largest of the fifteen steps, −7 to 7, that a number is rounded to.
const STEPS: f32 = 7.0;
/// How many times the root of the mean square is the largest step: of numbers that are
/// spread normally, one in a hundred is cut off.
const REACH: f32 = 2.6;

/// A vector rounded for the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ArticleVector([u64; ArticleVector::WORDS]);

impl ArticleVector {
    /// Numbers of 64 bits that it takes.
    pub const WORDS: usize = DIMENSIONS / PER_WORD;

    /// Rounds a vector.
    pub fn of(vector: &TextVector) -> Self {
        let square: f32 = vector.0.iter().map(|value| value * value).sum();
        let largest = (square / DIMENSIONS as f32).sqrt() * REACH;
        let step =
            |value: f32| if largest > 0.0 { (value / largest * STEPS).round().clamp(-STEPS, STEPS) } else { 0.0 };
        let mut words = [0; Self::WORDS];
        for (word, values) in words.iter_mut().zip(vector.0.chunks_exact(PER_WORD)) {
            for value in values.iter().rev() {
                *word = *word << 4 | (step(*value) as i64 & 15).cast_unsigned();
            }
        }
        Self(words)
    }

    /// The numbers that the index keeps.
    pub fn words(self) -> [u64; Self::WORDS] {
        self.0
    }

    /// A vector that the index kept.
    pub fn from_words(words: [u64; Self::WORDS]) -> Self {
        Self(words)
    }
}

impl TextVector {
    /// How near in meaning an article is: the cosine of the angle between both, 0 where
    /// it is below.
    pub fn nearness(&self, article: ArticleVector) -> f32 {
        let (mut product, mut square) = (0.0, 0);
        for (mut word, values) in article.0.into_iter().zip(self.0.chunks_exact(PER_WORD)) {
            for value in values {
                // The lowest four bits, with their sign.
                let step = ((word << 60).cast_signed() >> 60) as i32;
                product += value * step as f32;
                square += step * step;
                word >>= 4;
            }
        }
        if square > 0 { (product / (square as f32).sqrt()).clamp(0.0, 1.0) } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_keeps_the_direction() {
        let vector = TextVector::of_question("the director of the film").expect("a vector");
        let kept = ArticleVector::of(&vector);
        assert_eq!(ArticleVector::from_words(kept.words()), kept);
        assert!(vector.nearness(kept) > 0.97, "{}", vector.nearness(kept));
    }

    #[test]
    fn nothing_is_near_to_nothing() {
        let vector = TextVector::of_question("film").expect("a vector");
        assert_eq!(vector.nearness(ArticleVector::default()), 0.0);
        assert_eq!(vector.nearness(ArticleVector::of(&TextVector::of_article("", ""))), 0.0);
    }
}
