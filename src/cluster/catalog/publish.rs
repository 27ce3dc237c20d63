//! Puts a folder's catalog into the cluster.

use std::collections::BTreeSet;

use crate::cluster::catalog::catalog_file::{CatalogFile, CurrentCatalog};
use crate::cluster::catalog::local_files::{files_of, measure, record_version};
use crate::cluster::catalog::name_keys_file::write_keys;
use crate::cluster::catalog::store::Catalog;
use crate::index::{IndexError, open_tantivy};

impl Catalog<'_> {
    /// Puts the folder's files into the cluster, in place of those `before`.
    pub(super) fn publish(&self, before: Option<&CurrentCatalog>) -> Result<(), IndexError> {
        let (_, info) = open_tantivy(self.folder)?;
        write_keys(self.folder, &info)?;
        let mut files = Vec::new();
        for name in files_of(self.folder)? {
            let (size, crc) = measure(&self.folder.join(&name))?;
            files.push(CatalogFile { name, size, crc });
        }
        let old: BTreeSet<String> =
            before.map(|before| before.files.iter().map(CatalogFile::stem).collect()).unwrap_or_default();
        for file in files.iter().filter(|file| !old.contains(&file.stem())) {
            self.upload(file)?;
        }
        record_version(self.folder, &self.replace(before, &files)?)?;
        // The chunks of the catalog before stay for machines that are copying it.
        // What cannot be removed now is removed by the next run.
        let mut kept = old;
        kept.extend(files.iter().map(CatalogFile::stem));
        let _ = self.remove_others(&kept);
        Ok(())
    }
}
