//! The files in zip and tar archives.

use std::io::{BufRead, BufReader, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::ReadErrorKind;

/// The content of an archive member, or why it cannot be opened.
type Content<'a> = Result<Box<dyn BufRead + 'a>, ReadErrorKind>;

/// Calls `visit` with name and content of each regular file of a tar archive,
/// in archive order.
pub(super) fn for_each_tar_file(
    input: impl Read,
    visit: &mut dyn FnMut(&str, Content<'_>),
) -> Result<(), ReadErrorKind> {
    let mut archive = tar::Archive::new(input);
    for entry in archive.entries()? {
        let entry = entry?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        visit(&name, Ok(Box::new(BufReader::new(entry))));
    }
    Ok(())
}

/// Calls `visit` with name and content of each file of a zip archive, in the
/// order of its directory. Folders and symbolic links are left out.
pub(super) fn for_each_zip_file(
    file: impl Read + Seek,
    visit: &mut dyn FnMut(&str, Content<'_>),
) -> Result<(), ReadErrorKind> {
    let mut archive = ZipArchive::new(file).map_err(zip_error)?;
    let names: Vec<String> = archive.file_names_raw().map(|n| String::from_utf8_lossy(n).into_owned()).collect();
    let is_wacz = is_wacz(&names);
    for (index, name) in names.iter().enumerate() {
        if name.ends_with('/') || is_wacz && !name.starts_with("archive/") {
            continue;
        }
        match archive.by_index(index) {
            Ok(file) if file.is_symlink() => {}
            Ok(file) => visit(name, Ok(Box::new(BufReader::new(file)))),
            Err(error) => visit(name, Err(zip_error(error))),
        }
    }
    Ok(())
}

/// Whether this is a web archive (WACZ): only the files in its `archive/`
/// hold pages, the others are lists of them.
fn is_wacz(names: &[String]) -> bool {
    names.iter().any(|name| name == "datapackage.json") && names.iter().any(|name| name.starts_with("archive/"))
}

fn zip_error(error: ZipError) -> ReadErrorKind {
    match error {
        ZipError::Io(error) => error.into(),
        error => ReadErrorKind::Archive(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn zip(names: &[&str]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("memory");
            writer.write_all(name.as_bytes()).expect("memory");
        }
        writer.finish().expect("memory").into_inner()
    }

    fn check_zip(names: &[&str], expected: &[&str]) {
        let mut found = Vec::new();
        let read = for_each_zip_file(Cursor::new(zip(names)), &mut |name, content| {
            let mut text = String::new();
            content.expect("an intact member").read_to_string(&mut text).expect("text");
            assert_eq!(text, name);
            found.push(name.to_owned());
        });
        assert!(read.is_ok());
        assert_eq!(found, expected);
    }

    #[test]
    fn zip_files_come_in_order_and_wacz_gives_its_pages() {
        check_zip(&["b.txt", "a.txt"], &["b.txt", "a.txt"]);
        check_zip(&["datapackage.json", "pages/p.jsonl", "archive/x.warc"], &["archive/x.warc"]);
        check_zip(&["datapackage.json", "a.txt"], &["datapackage.json", "a.txt"]);
        let damaged = for_each_zip_file(Cursor::new(b"PK\x03\x04 and no more".to_vec()), &mut |_, _| {});
        assert!(matches!(damaged, Err(ReadErrorKind::Archive(_))));
    }

    #[test]
    fn tar_gives_regular_files_only() {
        let mut builder = tar::Builder::new(Vec::new());
        for (name, kind, content) in
            [("film", tar::EntryType::Directory, ""), ("film/a.txt", tar::EntryType::Regular, "It opens.")]
        {
            let mut header = tar::Header::new_gnu();
            header.set_entry_type(kind);
            header.set_size(content.len() as u64);
            builder.append_data(&mut header, name, content.as_bytes()).expect("memory");
        }
        let bytes = builder.into_inner().expect("memory");
        let mut names = Vec::new();
        for_each_tar_file(&bytes[..], &mut |name, _| names.push(name.to_owned())).expect("a whole archive");
        assert_eq!(names, ["film/a.txt"]);
    }
}
