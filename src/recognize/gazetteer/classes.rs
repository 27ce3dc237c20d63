//! What the gazetteer knows of a name: a strength for each class of lists.

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
    /// Musicians and bands, which the source lists do not distinguish.
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
    /// Words that running text writes in lower case.
    Common,
}

impl NameClass {
    /// Every class, in the order of their bits in a gazetteer value.
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

/// Strengths from 0 (not listed) to 3 (certain), two bits per class.
///
/// ```
/// use newsearch::internals::recognize::{ClassStrengths, NameClass};
/// let mut classes = ClassStrengths::default();
/// classes.set(NameClass::Work, 2);
/// assert_eq!(classes.strength(NameClass::Work), 2);
/// assert_eq!(classes.strength(NameClass::Place), 0);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClassStrengths(u64);

impl ClassStrengths {
    /// Unpacks a gazetteer value.
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

    /// Sets a strength; values above 3 are stored as 3.
    pub fn set(&mut self, class: NameClass, strength: u8) {
        let shift = 2 * class as u64;
        self.0 = self.0 & !(3 << shift) | (u64::from(strength.min(3)) << shift);
    }

    /// How strongly a whole name is listed as one of a kind, 0 to 3.
    pub fn of_kind(self, kind: EntityKind) -> u8 {
        // `Artist` covers both musicians and bands.
        let plays = matches!(kind, EntityKind::Person | EntityKind::Organization);
        self.strength(NameClass::of(kind)).max(if plays { self.strength(NameClass::Artist) } else { 0 })
    }

    /// Only the strength of [`NameClass::Common`].
    pub fn common(self) -> Self {
        Self(self.0 & (3 << (2 * NameClass::Common as u64)))
    }

    /// Whether any class but [`NameClass::Common`] lists the name.
    pub fn is_name(self) -> bool {
        self.0 & !(3 << (2 * NameClass::Common as u64)) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strengths_are_kept_apart_and_capped() {
        let mut classes = ClassStrengths::default();
        for (at, class) in NameClass::ALL.into_iter().enumerate() {
            classes.set(class, at as u8 % 5);
        }
        for (at, class) in NameClass::ALL.into_iter().enumerate() {
            assert_eq!(classes.strength(class), (at as u8 % 5).min(3), "{class:?}");
        }
        assert_eq!(ClassStrengths::from_bits(classes.to_bits()), classes);
        classes.set(NameClass::Person, 1);
        assert_eq!(classes.strength(NameClass::Person), 1);
    }

    #[test]
    fn artists_count_as_people_and_as_organizations() {
        fn check(class: NameClass, kinds: &[EntityKind], is_name: bool) {
            let mut classes = ClassStrengths::default();
            classes.set(class, 2);
            for kind in EntityKind::ALL {
                assert_eq!(classes.of_kind(kind), if kinds.contains(&kind) { 2 } else { 0 }, "{class:?} {kind}");
            }
            assert_eq!(classes.is_name(), is_name, "{class:?}");
            assert_eq!(classes.common() == classes, !is_name, "{class:?}");
        }
        check(NameClass::Artist, &[EntityKind::Person, EntityKind::Organization], true);
        check(NameClass::Work, &[EntityKind::Work], true);
        check(NameClass::Surname, &[], true);
        check(NameClass::Common, &[], false);
    }
}
