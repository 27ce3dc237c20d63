//! The hashes of a catalog's names, in a file beside them.

use std::path::Path;

use crate::cluster::keys::NameKeys;
use crate::index::{CommitInfo, IndexError, Names};

/// The name of the file.
const KEYS: &str = "keys.bin";

/// The hashes of the names of a copy that has so many.
pub(in crate::cluster) fn read_keys(folder: &Path, names: usize) -> Result<NameKeys, IndexError> {
    NameKeys::read(&folder.join(KEYS), names)
}

/// Writes the hashes of a commit's names.
pub(super) fn write_keys(folder: &Path, info: &CommitInfo) -> Result<(), IndexError> {
    let names = Names::open(folder, &info.names_path(folder))?;
    NameKeys::write(&folder.join(KEYS), &NameKeys::of(&names))
}
