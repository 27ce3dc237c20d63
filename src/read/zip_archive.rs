//! The files in zip archives. Their directory is read an entry at a time: its size
//! is not limited by that of the archive's content, and several entries may have
//! one name.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use lzma_rust2::XzReader;
use zip::read::{Config, HasZipMetadata, ZipFileEntry};
use zip::result::ZipError;
use zip::unstable::read::{ZipIterable, ZipIterableFiles};
use zip::{CompressionMethod, ZipReadOptions};

use super::archive::{Content, Visit};
use super::compression::XZ_MEMORY;
use super::error::ReadErrorKind;
use super::file_name::name_of_bytes;
use super::limits::MAX_WINDOW;

/// Calls `visit` with name and content of each file of a zip archive, in the
/// order of its directory. Folders and symbolic links are left out.
pub(super) fn for_each_zip_file(file: impl Read + Seek, visit: Visit<'_>) -> Result<(), ReadErrorKind> {
    let mut archive = ZipIterable::try_new(file, Config::default()).map_err(zip_error)?;
    let is_wacz = is_wacz(archive.files().map_err(zip_error)?)?;
    let entries = archive.files().map_err(zip_error)?;
    while let Some(entry) = entries.next() {
        let entry = entry.map_err(zip_error)?;
        let name = name_of_bytes(entry.name_raw());
        if name.ends_with('/') || entry.is_symlink() || is_wacz && !name.starts_with("archive/") {
            continue;
        }
        if visit(&name, content(entry, entries.reader_mut())).is_break() {
            break;
        }
    }
    Ok(())
}

/// The folder of a Substack export, empty for the archive itself: it has a list
/// `posts.csv`, and pages in a folder `posts` beside it.
pub(super) fn substack_folder(file: impl Read + Seek) -> Result<Option<String>, ReadErrorKind> {
    let mut archive = ZipIterable::try_new(file, Config::default()).map_err(zip_error)?;
    let (mut folder, mut has_pages) = (None, false);
    for entry in archive.files().map_err(zip_error)? {
        let Ok(entry) = entry else { break };
        let name = name_of_bytes(entry.name_raw());
        if let Some(prefix) = name.strip_suffix("posts.csv").filter(|prefix| prefix.is_empty() || prefix.ends_with('/'))
        {
            folder.get_or_insert(prefix.to_owned());
        }
        has_pages |= name.ends_with(".html") && name.rsplit('/').nth(1) == Some("posts");
    }
    Ok(folder.filter(|_| has_pages))
}

/// Calls `visit` with the name of each entry.
pub(super) fn zip_names(file: impl Read + Seek, visit: &mut dyn FnMut(&[u8])) -> Result<(), ReadErrorKind> {
    let mut archive = ZipIterable::try_new(file, Config::default()).map_err(zip_error)?;
    for entry in archive.files().map_err(zip_error)? {
        visit(entry.map_err(zip_error)?.name_raw());
    }
    Ok(())
}

/// Whether this is a web archive (WACZ): only the files in its `archive/`
/// hold pages, the others are lists of them.
fn is_wacz<R: Read + Seek>(entries: &mut ZipIterableFiles<R>) -> Result<bool, ReadErrorKind> {
    let (mut is_package, mut has_pages) = (false, false);
    for entry in entries {
        // An error within the directory is reported in its place.
        let Ok(entry) = entry else { break };
        is_package |= entry.name_raw() == b"datapackage.json";
        has_pages |= entry.name_raw().starts_with(b"archive/");
    }
    Ok(is_package && has_pages)
}

/// The content of a file, decompressed. The `zip` crate does not limit the memory
/// of LZMA, so that this is done here.
fn content<'f, R: Read + Seek>(entry: ZipFileEntry<'f>, file: &'f mut R) -> Content<'f> {
    match entry.compression() {
        CompressionMethod::Xz if !entry.encrypted() => {
            let start = entry.get_metadata().data_start(file).map_err(zip_error)?;
            file.seek(SeekFrom::Start(start))?;
            let packed = file.take(entry.compressed_size());
            return Ok(Box::new(BufReader::new(XzReader::new_mem_limit(packed, false, XZ_MEMORY))));
        }
        CompressionMethod::Lzma if !entry.encrypted() => check_lzma_window(&entry, file)?,
        _ => {}
    }
    let opened = entry.with_reader(file, ZipReadOptions::default()).map_err(zip_error)?;
    Ok(Box::new(BufReader::new(opened)))
}

/// Refuses a file packed by LZMA whose header asks for a larger window than
/// allowed.
fn check_lzma_window<R: Read + Seek>(entry: &ZipFileEntry<'_>, file: &mut R) -> Result<(), ReadErrorKind> {
    let start = entry.get_metadata().data_start(file).map_err(zip_error)?;
    file.seek(SeekFrom::Start(start))?;
    // Version, length of the properties, and the first property: 5 bytes.
    let mut header = [0; 9];
    file.read_exact(&mut header)?;
    let window = u32::from_le_bytes([header[5], header[6], header[7], header[8]]).into();
    // What is not unpacked needs no window.
    if MAX_WINDOW < entry.size().min(window) {
        let what = format!("a window of {window} bytes, the limit is {MAX_WINDOW}");
        return Err(ReadErrorKind::Archive(what));
    }
    Ok(())
}

fn zip_error(error: ZipError) -> ReadErrorKind {
    match error {
        ZipError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            ReadErrorKind::Archive("it ends within a member".to_owned())
        }
        ZipError::Io(error) => error.into(),
        error => ReadErrorKind::Archive(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};
    use std::ops::ControlFlow;

    use super::*;

    fn zip(names: &[&str], method: CompressionMethod) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        for name in names {
            writer.start_file(*name, options).expect("memory");
            writer.write_all(name.as_bytes()).expect("memory");
        }
        writer.finish().expect("memory").into_inner()
    }

    /// Names and contents.
    fn members(bytes: Vec<u8>) -> Result<Vec<(String, String)>, ReadErrorKind> {
        let mut found = Vec::new();
        for_each_zip_file(Cursor::new(bytes), &mut |name, content| {
            let mut text = String::new();
            content.expect("an intact member").read_to_string(&mut text).expect("text");
            found.push((name.to_owned(), text));
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    fn check(names: &[&str], expected: &[&str]) {
        let found = members(zip(names, CompressionMethod::Deflated)).expect("a whole archive");
        assert!(found.iter().all(|(name, text)| name == text), "{found:?}");
        assert_eq!(found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn files_come_in_order_and_wacz_gives_its_pages() {
        check(&["b.txt", "a.txt"], &["b.txt", "a.txt"]);
        check(&["datapackage.json", "pages/p.jsonl", "archive/x.warc"], &["archive/x.warc"]);
        check(&["datapackage.json", "a.txt"], &["datapackage.json", "a.txt"]);
        assert!(matches!(members(b"PK\x03\x04 and no more".to_vec()), Err(ReadErrorKind::Archive(_))));
    }

    /// Replaces all occurrences of a name by one of the same length.
    fn renamed(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
        while let Some(at) = memchr::memmem::find(&bytes, from) {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
        bytes
    }

    #[test]
    fn names_of_any_bytes_and_of_several_files() {
        let two = zip(&["a1.txt", "a2.txt"], CompressionMethod::Deflated);
        let same = members(renamed(two.clone(), b"a2.txt", b"a1.txt")).expect("a whole archive");
        assert_eq!(same.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["a1.txt", "a1.txt"]);
        assert_eq!(same[1].1, "a2.txt", "each with its own content");
        let bytes = renamed(two, b"a2.txt", b"a\xff.txt");
        assert_eq!(members(bytes).expect("a whole archive")[1].0, "a\\xFF.txt");
    }

    #[test]
    fn other_compressions() {
        for method in [CompressionMethod::Xz, CompressionMethod::Zstd, CompressionMethod::Stored] {
            let found = members(zip(&["a.txt"], method)).expect("a whole archive");
            assert_eq!(found[0].1, "a.txt", "{method}");
        }
    }

    #[test]
    fn the_window_of_lzma_is_limited() {
        // As a name and as content: the header of a stream with a window of 1 GiB.
        let header = "\t\u{14}\u{5}\0]\0\0\0@";
        let mut bytes = zip(&[header], CompressionMethod::Stored);
        let entry = memchr::memmem::find(&bytes, b"PK\x01\x02").expect("a directory");
        bytes[entry + 10] = 14;
        let mut check = |size: u32, expected: bool| {
            bytes[entry + 24..entry + 28].copy_from_slice(&size.to_le_bytes());
            let mut refused = false;
            let visited = for_each_zip_file(Cursor::new(bytes.clone()), &mut |_, content| {
                refused = content.is_err_and(|kind| kind.to_string().contains("a window of 1073741824 bytes"));
                ControlFlow::Continue(())
            });
            assert!(visited.is_ok() && refused == expected, "{size}");
        };
        check(1 << 30, true);
        check(1 << 20, false);
    }
}
