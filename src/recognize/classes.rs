//! What the gazetteer says of a name: a strength for each class of lists.

use crate::article::EntityKind;

/// A class of lists that the gazetteer is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameClass {
    /// Full names of people.
    Person,
    /// Given names.
    FirstName,
    /// Family names.
    Surname,
    /// Musicians and bands, which the lists do not tell apart.
    Artist,
    /// Films, series, songs, albums, books.
    Work,
    /// Companies, networks, teams.
    Organization,
    /// Countries, regions, cities, venues.
    Place,
    /// Fictional people.
    Character,
    /// Awards, festivals, wars.
    Event,
    /// Words that stand in lower case in running text.
    Common,
}

impl NameClass {
    /// Every class, in the order of their bits.
    pub const ALL: [Self; 10] = [
        Self::Person,
        Self::FirstName,
        Self::Surname,
        Self::Artist,
        Self::Work,
        Self::Organization,
        Self::Place,
        Self::Character,
        Self::Event,
        Self::Common,
    ];

    /// The class of whole names of a kind.
    pub fn of(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::Person,
            EntityKind::Character => Self::Character,
            EntityKind::Work => Self::Work,
            EntityKind::Organization => Self::Organization,
            EntityKind::Place => Self::Place,
            EntityKind::Event => Self::Event,
        }
    }
}

/// Strengths from 0 (not listed) to 3 (certain), two bits a class.
///
/// ```
/// use newsearch::recognize::{Classes, NameClass};
/// let mut classes = Classes::default();
/// classes.set(NameClass::Work, 2);
/// assert_eq!(classes.strength(NameClass::Work), 2);
/// assert_eq!(classes.strength(NameClass::Place), 0);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Classes(u64);

impl Classes {
    /// The classes that a gazetteer value holds.
    pub fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The gazetteer value.
    pub fn to_bits(self) -> u64 {
        self.0
    }

    /// How strongly a class is listed, 0 to 3.
    pub fn strength(self, class: NameClass) -> u8 {
        ((self.0 >> (2 * class as u64)) & 3) as u8
    }

    /// Sets a strength; values over 3 count as 3.
    pub fn set(&mut self, class: NameClass, strength: u8) {
        let shift = 2 * class as u64;
        self.0 = self.0 & !(3 << shift) | (u64::from(strength.min(3)) << shift);
    }

    /// How strongly a whole name is listed as one of a kind, 0 to 3.
    pub fn of_kind(self, kind: EntityKind) -> u8 {
        // The lists do not tell musicians from bands.
        let plays = matches!(kind, EntityKind::Person | EntityKind::Organization);
        self.strength(NameClass::of(kind)).max(if plays { self.strength(NameClass::Artist) } else { 0 })
    }

    /// What is said of common words alone.
    pub fn common(self) -> Self {
        Self(self.0 & (3 << (2 * NameClass::Common as u64)))
    }

    /// Whether the name is listed as more than a common word.
    pub fn is_name(self) -> bool {
        self.0 & !(3 << (2 * NameClass::Common as u64)) != 0
    }
}
