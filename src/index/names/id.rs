//! The numbers of names and entities.

use crate::link::archive::NameNumber;

/// The number of a name within an index.
pub type NameId = NameNumber;

/// The number of an entity: that of the name it is called by.
pub type EntityId = NameId;
