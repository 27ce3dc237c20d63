//! The kinds of names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a name stands for.
///
/// ```
/// use newsearch::EntityKind;
/// assert_eq!("work".parse(), Ok(EntityKind::Work));
/// assert_eq!(EntityKind::Work.to_string(), "work");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A real person or stage name.
    Person,
    /// A fictional person or creature.
    Character,
    /// A film, series, album, song, book, game, play or franchise.
    Work,
    /// A company, band, team, outlet, school or agency.
    Organization,
    /// A country, city, venue or landmark.
    Place,
    /// An award, festival, tour, ceremony or war.
    Event,
}

impl EntityKind {
    /// Every kind, in the order facets are shown.
    pub const ALL: [Self; 6] =
        [Self::Person, Self::Character, Self::Work, Self::Organization, Self::Place, Self::Event];
    /// How many kinds there are.
    pub const COUNT: usize = Self::ALL.len();

    /// The kind's name as the command line and JSON spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Character => "character",
            Self::Work => "work",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Event => "event",
        }
    }

    /// Whether it is a person or character.
    pub fn is_human(self) -> bool {
        matches!(self, Self::Person | Self::Character)
    }

    /// Its index in [`EntityKind::ALL`].
    pub fn ordinal(self) -> usize {
        self as usize
    }

    /// The kind at an index of [`EntityKind::ALL`].
    pub fn from_ordinal(ordinal: usize) -> Option<Self> {
        Self::ALL.get(ordinal).copied()
    }
}

impl fmt::Display for EntityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for EntityKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // “organisation” is what British newsrooms type.
        let text = if text == "organisation" { "organization" } else { text };
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
            let (last, others) = Self::ALL.split_last().map_or(("", &[][..]), |(last, others)| (last.as_str(), others));
            let others: Vec<&str> = others.iter().map(|kind| kind.as_str()).collect();
            format!("unknown kind {text:?}: expected {} or {last}", others.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_as_they_are_written() {
        for (at, kind) in EntityKind::ALL.into_iter().enumerate() {
            assert_eq!(kind.to_string().parse(), Ok(kind));
            assert_eq!((kind.ordinal(), EntityKind::from_ordinal(at)), (at, Some(kind)));
        }
        assert_eq!(EntityKind::from_ordinal(EntityKind::COUNT), None);
        assert_eq!("organisation".parse(), Ok(EntityKind::Organization));
        let expected = "unknown kind \"film\": expected person, character, work, organization, place or event";
        assert_eq!("film".parse::<EntityKind>(), Err(expected.to_owned()));
    }
}
