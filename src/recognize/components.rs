//! The parts of the recognizer that can be switched off.

/// Parts that a model was trained with or without, so that the gain of each can
/// be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelComponents {
    /// The lists of names.
    pub gazetteer: bool,
    /// Word clusters.
    pub clusters: bool,
    /// The second pass, which uses the names found in the whole article.
    pub article: bool,
    /// Patterns with weights set by hand.
    pub patterns: bool,
}

impl Default for ModelComponents {
    fn default() -> Self {
        Self { gazetteer: true, clusters: true, article: true, patterns: true }
    }
}

impl ModelComponents {
    /// One bit per component, as a model file stores them.
    pub(super) fn bits(self) -> u32 {
        u32::from(self.gazetteer)
            | u32::from(self.clusters) << 1
            | u32::from(self.article) << 2
            | u32::from(self.patterns) << 3
    }

    /// Reads [`ModelComponents::bits`]; higher bits are ignored.
    pub(super) fn from_bits(bits: u32) -> Self {
        Self { gazetteer: bits & 1 != 0, clusters: bits & 2 != 0, article: bits & 4 != 0, patterns: bits & 8 != 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_survives_as_bits() {
        for bits in 0..16 {
            assert_eq!(ModelComponents::from_bits(bits).bits(), bits);
        }
        assert_eq!(ModelComponents::from_bits(u32::MAX), ModelComponents::default());
    }
}
