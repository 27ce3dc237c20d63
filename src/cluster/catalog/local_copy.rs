//! Copies the catalog from the cluster into a folder.

use std::collections::BTreeSet;
use std::fs;

use crate::cluster::catalog::catalog_file::{CatalogFile, CurrentCatalog};
use crate::cluster::catalog::local_files::{copied_version, files_of, measure, record_version};
use crate::cluster::catalog::retry::TRIES;
use crate::cluster::catalog::store::Catalog;
use crate::cluster::error::EngineError;
use crate::index::{IndexError, WriterLock};

impl Catalog<'_> {
    /// Brings the copy up to date. Returns whether there is a catalog at all.
    pub fn update(&self) -> Result<bool, IndexError> {
        match self.current()? {
            Some(current) if copied_version(self.folder).as_ref() == Some(&current.version) => Ok(true),
            Some(_) => {
                fs::create_dir_all(self.folder).map_err(IndexError::io(self.folder))?;
                let _lock = WriterLock::take(self.folder)?;
                self.copy()
            }
            None => Ok(false),
        }
    }

    /// Copies the files that the folder lacks; starts again where another writer
    /// replaces the catalog meanwhile.
    pub(super) fn copy(&self) -> Result<bool, IndexError> {
        let mut failed = None;
        for _ in 0..TRIES {
            let Some(current) = self.current()? else { return Ok(false) };
            match self.copy_files(&current) {
                Ok(()) => return Ok(true),
                Err(error) => failed = Some(error),
            }
            if self.current()?.is_some_and(|now| now.version == current.version) {
                break;
            }
        }
        Err(failed.unwrap_or_else(|| EngineError::Contended(self.client.node().to_owned()).into()))
    }

    fn copy_files(&self, current: &CurrentCatalog) -> Result<(), IndexError> {
        // The file that lists all others comes last.
        let (last, others): (Vec<&CatalogFile>, Vec<&CatalogFile>) =
            current.files.iter().partition(|file| file.name == "meta.json");
        for file in others.into_iter().chain(last) {
            let path = self.folder.join(&file.name);
            if measure(&path).is_ok_and(|(size, crc)| (size, crc) == (file.size, file.crc)) {
                continue;
            }
            let bytes = self.download(file)?;
            let aside = self.folder.join(format!(".{}.part", file.name));
            fs::write(&aside, bytes).map_err(IndexError::io(&aside))?;
            fs::rename(&aside, &path).map_err(IndexError::io(&path))?;
        }
        let kept: BTreeSet<&str> = current.files.iter().map(|file| file.name.as_str()).collect();
        for name in files_of(self.folder)? {
            if !kept.contains(name.as_str()) {
                let _ = fs::remove_file(self.folder.join(name));
            }
        }
        record_version(self.folder, &current.version)
    }
}
