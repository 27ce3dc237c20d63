//! How a word is capitalized.

/// The capitalization of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::recognize) enum Shape {
    /// No capital: “film”, and words of scripts without case.
    Lower,
    /// Starts with a capital, or has one inside: “Cruise”, “McQuarrie”, “iPhone”.
    Capital,
    /// Two capitals or more and no lower-case letter: “CNN”.
    Upper,
    /// Starts with a digit.
    Digit,
}

impl Shape {
    /// The shape of a word as written.
    pub fn of(word: &str) -> Self {
        let Some(first) = word.chars().next() else { return Self::Lower };
        // Fast path: most words are plain ASCII in lower case.
        if first.is_ascii_lowercase() && !word.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
            return Self::Lower;
        }
        if first.is_numeric() {
            return Self::Digit;
        }
        let inner_capital = word.chars().skip(1).any(char::is_uppercase);
        if !first.is_uppercase() {
            // iPhone, will.i.am
            return if inner_capital { Self::Capital } else { Self::Lower };
        }
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if letters > 1 && !word.chars().any(char::is_lowercase) { Self::Upper } else { Self::Capital }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_words() {
        fn check(word: &str, expected: Shape) {
            assert_eq!(Shape::of(word), expected, "{word}");
        }
        check("", Shape::Lower);
        check("film", Shape::Lower);
        check("will.i.am", Shape::Lower);
        check("élan", Shape::Lower);
        check("字", Shape::Lower);
        check("Cruise", Shape::Capital);
        check("McQuarrie", Shape::Capital);
        check("iPhone", Shape::Capital);
        check("E", Shape::Capital);
        check("CNN", Shape::Upper);
        check("J.K", Shape::Upper);
        check("ÉÀ", Shape::Upper);
        check("7", Shape::Digit);
        check("3D", Shape::Digit);
        check("٣", Shape::Digit);
    }
}
