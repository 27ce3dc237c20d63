//! A sequence of words that may be a name.

use crate::recognize::gazetteer::ClassStrengths;

/// The most words of a name.
pub(in crate::recognize) const MAX_WORDS: usize = 10;

/// Words `from..to` of the article, with what is known before scoring.
#[derive(Debug, Clone, Copy)]
pub(in crate::recognize) struct Segment {
    pub from: usize,
    pub to: usize,
    /// The gazetteer's classes of the whole.
    pub classes: ClassStrengths,
    /// Whether quotation marks enclose it.
    pub quoted: bool,
    /// Whether a quotation opens right before it.
    pub opens_quote: bool,
    /// Whether punctuation within it would mostly separate names: “: ”, “, ”.
    pub loose: bool,
}
