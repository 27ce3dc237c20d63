//! What the labels of an annotated set mean in our kinds.

use std::collections::BTreeMap;

use crate::article::EntityKind;

/// A set of kinds that a judgment allows.
///
/// No kind at all means that the words are no name here; [`Kinds::UNKNOWN`]
/// that the set does not tell.
///
/// ```
/// use newsearch::article::EntityKind;
/// use newsearch::evaluate::Kinds;
/// let kinds: Kinds = "person+character".parse()?;
/// assert!(kinds.has(EntityKind::Character) && !kinds.has(EntityKind::Work));
/// assert!("?".parse::<Kinds>()?.is_unknown());
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kinds(u8);

impl Kinds {
    /// Words that no name is made of.
    pub const NONE: Self = Self(0);
    /// Words of which the set says nothing: any kind, or no name.
    pub const UNKNOWN: Self = Self(0x80);

    /// The set of one kind.
    pub fn only(kind: EntityKind) -> Self {
        Self(1 << kind.ordinal())
    }

    /// Whether a kind is allowed.
    pub fn has(self, kind: EntityKind) -> bool {
        self.is_unknown() || self.0 & (1 << kind.ordinal()) != 0
    }

    /// Whether the set does not tell.
    pub fn is_unknown(self) -> bool {
        self == Self::UNKNOWN
    }

    /// Whether the words are no name.
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// The kinds of both sets; what is unknown adds nothing.
    pub fn union(self, other: Self) -> Self {
        Self((self.0 | other.0) & 0x7f)
    }

    /// The only kind or the first of several.
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

/// Labels of a set to kinds.
///
/// Labels that are in general use need no entry: our own kinds, `PER`, `LOC`,
/// `GPE`, `ORG`, and the like. Case does not matter.
///
/// ```
/// use newsearch::evaluate::LabelMap;
/// let map: LabelMap = "band=organization,MISC=?,genre=O".parse()?;
/// assert!(map.kinds("misc").unwrap().is_unknown());
/// assert!(map.kinds("GPE").is_some() && map.kinds("gadget").is_none());
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct LabelMap {
    entries: BTreeMap<String, Kinds>,
}

const GENERAL: &[(&str, EntityKind)] = &[
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
    /// What a label means; `None` where neither the map nor general use knows it.
    pub fn kinds(&self, label: &str) -> Option<Kinds> {
        let label = label.to_lowercase();
        let general = || GENERAL.iter().find(|(name, _)| *name == label).map(|(_, kind)| *kind);
        let entry = self.entries.get(&label).copied();
        entry.or_else(|| general().or_else(|| label.parse().ok()).map(Kinds::only))
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
