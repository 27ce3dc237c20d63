//! What a word says about the names beside or around it, as a set of bits.

/// The word lists that a word is in.
///
/// Bit positions are part of the trained features: do not renumber them
/// without training the model again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::recognize) struct WordTraits(u32);

impl WordTraits {
    /// Whether the two sets share a list.
    pub fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// The union of both sets.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// One bit per list.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// Comes before a person’s name: “actor”, “Mr.”.
    pub const BEFORE_PERSON: Self = Self(1 << 0);
    /// Comes after a person’s name: “said”, “himself”.
    pub const AFTER_PERSON: Self = Self(1 << 1);
    /// Found near the title of a work: “film”, “starring”.
    pub const NEAR_WORK: Self = Self(1 << 2);
    /// Comes before a place: “in”, “near”.
    pub const BEFORE_PLACE: Self = Self(1 << 3);
    /// Comes before a character’s name: “plays”, “villain”.
    pub const BEFORE_CHARACTER: Self = Self(1 << 4);
    /// Ends the name of an organization: “Studios”.
    pub const ORGANIZATION_HEAD: Self = Self(1 << 5);
    /// Ends the name of a place: “Street”.
    pub const PLACE_HEAD: Self = Self(1 << 6);
    /// Ends the name of an event: “Festival”.
    pub const EVENT_HEAD: Self = Self(1 << 7);
    /// Written in lower case within names and titles: “of”, “and”.
    pub const CONNECTOR: Self = Self(1 << 8);
    /// Particle within a person’s name: “van”, “de”.
    pub const PARTICLE: Self = Self(1 << 9);
    /// Capitalized, but not a name by itself: calendar, nationalities, languages, religions, pronouns.
    pub const NON_NAME: Self = Self(1 << 10);
    /// Found beside the short name of an award: “winner”.
    pub const NEAR_AWARD: Self = Self(1 << 11);
    /// Starts the names of places, but is not a name by itself: “North”.
    pub const DIRECTION: Self = Self(1 << 12);
    /// Upper-case abbreviation that does not name an entity: “SUV”.
    pub const ABBREVIATION: Self = Self(1 << 13);
    /// A month, in full or abbreviated.
    pub const MONTH: Self = Self(1 << 14);
    /// Counted by the number after it: “Game 1” is not a sequel.
    pub const COUNTED: Self = Self(1 << 15);
    /// Title of the person named after it: “Queen” of “Queen Elizabeth”.
    pub const PERSONAL_TITLE: Self = Self(1 << 16);
    /// Comes before “as” and a role: “stars as”.
    pub const CASTING: Self = Self(1 << 17);
    /// Joins the parts of a name only after a head word: “University of”.
    pub const PREPOSITION: Self = Self(1 << 18);
    /// Number of a monarch or pope: “II”.
    pub const REGNAL: Self = Self(1 << 19);
    /// Roman numeral of a sequel.
    pub const NUMERAL: Self = Self(1 << 20);
    /// Comes before the name of an organization: “band”, “network”.
    pub const BEFORE_ORGANIZATION: Self = Self(1 << 21);
    /// Comes before a surname: “Mrs.”.
    pub const HONORIFIC: Self = Self(1 << 22);
    /// Comes after a full name: “Jr.”.
    pub const GENERATION: Self = Self(1 << 23);
    /// “the”, “a”, “an”.
    pub const ARTICLE: Self = Self(1 << 24);
    /// A holiday; films and songs have the same names.
    pub const HOLIDAY: Self = Self(1 << 25);
    /// Comes before the name of a storm. No list has this trait yet.
    pub const STORM: Self = Self(1 << 26);
    /// Ends a name that is not a person’s.
    pub const HEAD: Self = Self::ORGANIZATION_HEAD.with(Self::PLACE_HEAD).with(Self::EVENT_HEAD);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_united_and_compared_by_their_bits() {
        let both = WordTraits::MONTH.with(WordTraits::CONNECTOR);
        assert_eq!(both.bits(), 1 << 14 | 1 << 8);
        assert!(both.any(WordTraits::MONTH));
        assert!(both.any(WordTraits::CONNECTOR.with(WordTraits::STORM)));
        assert!(!both.any(WordTraits::STORM));
        assert!(!WordTraits::default().any(both));
    }
}
