//! The labels of annotated sets, mapped to kinds of names.

use std::collections::BTreeMap;

use crate::article::EntityKind;

/// A set of kinds that a judgment allows.
///
/// [`Kinds::NONE`] means that the words are not a name; [`Kinds::UNKNOWN`] that
/// the annotated set does not say.
///
/// ```
/// use newsearch::EntityKind;
/// use newsearch::internals::evaluate::Kinds;
/// let kinds: Kinds = "person+character".parse()?;
/// assert!(kinds.has(EntityKind::Character) && !kinds.has(EntityKind::Work));
/// assert!("?".parse::<Kinds>()?.is_unknown());
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kinds(u8);

// The highest bit marks what is unknown.
const _: () = assert!(EntityKind::COUNT <= 7);

impl Kinds {
    /// Words that are not a name.
    pub const NONE: Self = Self(0);
    /// Words that may be a name of any kind, or none.
    pub const UNKNOWN: Self = Self(0x80);

    /// Every kind.
    pub fn all() -> Self {
        EntityKind::ALL.into_iter().map(Self::only).fold(Self::NONE, Self::union)
    }

    /// The set of one kind.
    pub fn only(kind: EntityKind) -> Self {
        Self(1 << kind.ordinal())
    }

    /// Whether a kind is allowed.
    pub fn has(self, kind: EntityKind) -> bool {
        self.is_unknown() || self.0 & (1 << kind.ordinal()) != 0
    }

    /// Whether nothing is known about the words.
    pub fn is_unknown(self) -> bool {
        self == Self::UNKNOWN
    }

    /// Whether the words are not a name.
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// The kinds of both sets; unknown adds nothing.
    pub fn union(self, other: Self) -> Self {
        Self((self.0 | other.0) & 0x7f)
    }

    /// The first kind in the order of [`EntityKind::ALL`].
    pub fn first(self) -> Option<EntityKind> {
        EntityKind::ALL.into_iter().find(|kind| !self.is_unknown() && self.has(*kind))
    }
}

impl std::str::FromStr for Kinds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "?" => Ok(Self::UNKNOWN),
            "O" | "-" => Ok(Self::NONE),
            _ => text.split('+').try_fold(Self::NONE, |kinds, kind| Ok(kinds.union(Self::only(kind.parse()?)))),
        }
    }
}

/// Maps the labels of an annotated set to kinds.
///
/// Common labels need no entry: our own kinds, `PER`, `LOC`, `GPE`, `ORG` and
/// the like. Case does not matter.
///
/// ```
/// use newsearch::internals::evaluate::LabelMap;
/// let map: LabelMap = "band=organization,MISC=?,genre=O".parse()?;
/// assert!(map.kinds("misc").unwrap().is_unknown());
/// assert!(map.kinds("GPE").is_some() && map.kinds("gadget").is_none());
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct LabelMap {
    entries: BTreeMap<String, Kinds>,
}

/// Common labels beside the names of our kinds, in lower case.
const COMMON: &[(&str, EntityKind)] = &[
    ("per", EntityKind::Person),
    ("loc", EntityKind::Place),
    ("location", EntityKind::Place),
    ("gpe", EntityKind::Place),
    ("fac", EntityKind::Place),
    ("facility", EntityKind::Place),
    ("country", EntityKind::Place),
    ("org", EntityKind::Organization),
    ("corporation", EntityKind::Organization),
    ("group", EntityKind::Organization),
    ("creative-work", EntityKind::Work),
    ("work_of_art", EntityKind::Work),
    ("award", EntityKind::Event),
];

impl LabelMap {
    /// The kinds of a label; `None` where it is neither in the map nor common.
    pub fn kinds(&self, label: &str) -> Option<Kinds> {
        let label = label.to_lowercase();
        let common = || COMMON.iter().find(|(name, _)| *name == label).map(|(_, kind)| *kind);
        let entry = self.entries.get(&label).copied();
        entry.or_else(|| common().or_else(|| label.parse().ok()).map(Kinds::only))
    }
}

impl std::str::FromStr for LabelMap {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut map = Self::default();
        for entry in text.split(',').filter(|entry| !entry.trim().is_empty()) {
            let (label, kinds) = entry
                .split_once('=')
                .ok_or_else(|| format!("{entry:?} of the label map: expected LABEL=KIND, as in PER=person"))?;
            map.entries.insert(label.trim().to_lowercase(), kinds.trim().parse()?);
        }
        Ok(map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_written_as_sums() {
        let check = |text: &str, expected: &[EntityKind]| {
            let kinds: Kinds = text.parse().expect(text);
            let held: Vec<EntityKind> = EntityKind::ALL.into_iter().filter(|kind| kinds.has(*kind)).collect();
            assert_eq!(held, expected, "{text}");
        };
        check("work", &[EntityKind::Work]);
        check("event+person", &[EntityKind::Person, EntityKind::Event]);
        check("O", &[]);
        check("-", &[]);
        check("?", &EntityKind::ALL);
        assert_eq!("event+person".parse().map(Kinds::first), Ok(Some(EntityKind::Person)));
        assert_eq!((Kinds::UNKNOWN.first(), Kinds::NONE.first()), (None, None));
        assert!("person+gadget".parse::<Kinds>().is_err() && "".parse::<Kinds>().is_err());
    }

    #[test]
    fn unknown_adds_nothing() {
        let person = Kinds::only(EntityKind::Person);
        assert_eq!(person.union(Kinds::UNKNOWN), person);
        assert_eq!(Kinds::NONE.union(Kinds::UNKNOWN), Kinds::NONE);
        assert!(!Kinds::all().is_unknown() && EntityKind::ALL.iter().all(|kind| Kinds::all().has(*kind)));
    }

    #[test]
    fn labels_are_mapped() {
        let map: LabelMap = " Band = organization , per=character,MISC=?,".parse().expect("a map");
        let check = |label: &str, expected: Option<Kinds>| assert_eq!(map.kinds(label), expected, "{label}");
        check("BAND", Some(Kinds::only(EntityKind::Organization)));
        check("PER", Some(Kinds::only(EntityKind::Character)));
        check("misc", Some(Kinds::UNKNOWN));
        check("Loc", Some(Kinds::only(EntityKind::Place)));
        check("work_of_art", Some(Kinds::only(EntityKind::Work)));
        check("Event", Some(Kinds::only(EntityKind::Event)));
        check("gadget", None);
        let error = "PER".parse::<LabelMap>().expect_err("no kind");
        assert_eq!(error, "\"PER\" of the label map: expected LABEL=KIND, as in PER=person");
    }
}
