//! The files in tar archives. The `tar` crate parses headers, but would read names
//! and extended headers of any size into memory, so that the blocks are walked
//! here.

use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;

use tar::{EntryType, GnuExtSparseHeader, Header};

use super::archive::Visit;
use super::error::ReadErrorKind;
use super::file_name::name_of_bytes;
use super::limits::{MAX_HEADER, MAX_NAME};

/// Bytes of a block: headers are one, content is padded to whole ones.
const BLOCK: u64 = 512;

/// What the headers before a member say of it.
#[derive(Default)]
struct Extension {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    /// A header that is too large: the member is not read.
    refused: Option<ReadErrorKind>,
}

/// Calls `visit` with name and content of each regular file of a tar archive,
/// in archive order.
pub(super) fn for_each_tar_file(mut input: impl Read, visit: Visit<'_>) -> Result<(), ReadErrorKind> {
    let mut extension = Extension::default();
    while let Some(header) = next_header(&mut input)? {
        let size = header.entry_size().map_err(|error| damaged(&error.to_string()))?;
        match header.entry_type() {
            EntryType::GNULongName => {
                let name = extension.read(&mut input, "name", size, MAX_NAME)?;
                extension.name = name.map(|name| name.split(|byte| *byte == 0).next().unwrap_or_default().to_vec());
            }
            EntryType::XHeader => {
                let records = extension.read(&mut input, "extended header", size, MAX_HEADER)?.unwrap_or_default();
                extension.name = pax_value(&records, b"path").map(<[u8]>::to_vec).or(extension.name);
                let size = pax_value(&records, b"size").and_then(|size| std::str::from_utf8(size).ok()?.parse().ok());
                extension.size = size.or(extension.size);
            }
            // The target of a link, and what holds for all members: times, owners.
            EntryType::GNULongLink | EntryType::XGlobalHeader => skip(&mut input, padded(size)?)?,
            kind => {
                let extension = std::mem::take(&mut extension);
                let size = extension.size.unwrap_or(size);
                if read_member(&mut input, &header, kind, size, extension, visit)?.is_break() {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

/// Passes a member on if it is a regular file, and goes to the next header.
fn read_member(
    input: &mut impl Read,
    header: &Header,
    kind: EntryType,
    size: u64,
    extension: Extension,
    visit: Visit<'_>,
) -> Result<ControlFlow<()>, ReadErrorKind> {
    let name = name_of_bytes(&extension.name.unwrap_or_else(|| header.path_bytes().into_owned()));
    let mut content = input.by_ref().take(size);
    let flow = match (extension.refused, kind) {
        (Some(refused), _) => visit(&name, Err(refused)),
        (None, EntryType::Regular | EntryType::Continuous) if !name.ends_with('/') => {
            visit(&name, Ok(Box::new(BufReader::with_capacity(64 << 10, &mut content))))
        }
        (None, EntryType::GNUSparse) => {
            skip_sparse_map(content.get_mut(), header)?;
            visit(&name, Err(damaged("a sparse file, which is not read")))
        }
        _ => ControlFlow::Continue(()),
    };
    let left = content.limit();
    if flow.is_continue() {
        skip(input, left + (padded(size)? - size))?;
    }
    Ok(flow)
}

impl Extension {
    /// Reads the content of a header that describes the next member; `None` if it
    /// is larger than `limit`.
    fn read(
        &mut self,
        input: &mut impl Read,
        what: &'static str,
        size: u64,
        limit: u64,
    ) -> Result<Option<Vec<u8>>, ReadErrorKind> {
        if size > limit {
            self.refused = Some(ReadErrorKind::OversizedHeader { what, bytes: size, limit });
            skip(input, padded(size)?)?;
            return Ok(None);
        }
        let mut bytes = Vec::new();
        input.by_ref().take(size).read_to_end(&mut bytes)?;
        if (bytes.len() as u64) < size {
            return Err(cut());
        }
        skip(input, padded(size)? - size)?;
        Ok(Some(bytes))
    }
}

/// The next header; `None` at the end, which is a block of zeros.
fn next_header(input: &mut impl Read) -> Result<Option<Header>, ReadErrorKind> {
    let mut header = Header::new_old();
    let mut block = Vec::new();
    input.by_ref().take(BLOCK).read_to_end(&mut block)?;
    if block.iter().all(|byte| *byte == 0) {
        return Ok(None);
    }
    if (block.len() as u64) < BLOCK {
        return Err(cut());
    }
    header.as_mut_bytes().copy_from_slice(&block);
    // The field of the sum itself counts as spaces.
    let sum: u32 = block[..148].iter().chain(&[b' '; 8]).chain(&block[156..]).map(|byte| u32::from(*byte)).sum();
    if header.cksum().is_ok_and(|expected| expected == sum) {
        Ok(Some(header))
    } else {
        Err(damaged("the checksum of a header does not match"))
    }
}

/// Skips the blocks that continue the header of a sparse file.
fn skip_sparse_map(input: &mut impl Read, header: &Header) -> Result<(), ReadErrorKind> {
    let mut more = header.as_gnu().is_some_and(tar::GnuHeader::is_extended);
    while more {
        let mut map = GnuExtSparseHeader::new();
        input.read_exact(map.as_mut_bytes()).map_err(|_| cut())?;
        more = map.is_extended();
    }
    Ok(())
}

/// The value of a keyword in an extended header (POSIX.1-2001), the last one if
/// there are several.
fn pax_value<'r>(mut records: &'r [u8], keyword: &[u8]) -> Option<&'r [u8]> {
    let mut found = None;
    // A record is `length keyword=value` and a newline, all of that in its length.
    while let Some(space) = records.iter().take(20).position(|byte| *byte == b' ') {
        let length = std::str::from_utf8(&records[..space]).ok().and_then(|length| length.parse::<usize>().ok());
        let Some(record) = length.and_then(|length| records.get(space + 1..length)) else { break };
        records = &records[space + 1 + record.len()..];
        let record = record.strip_suffix(b"\n").unwrap_or(record);
        let value = record.strip_prefix(keyword).and_then(|rest| rest.strip_prefix(b"="));
        found = value.or(found);
    }
    found
}

/// A size rounded up to whole blocks.
fn padded(size: u64) -> Result<u64, ReadErrorKind> {
    size.checked_next_multiple_of(BLOCK).ok_or_else(|| damaged("the size of a member is impossible"))
}

/// Skips bytes. The last member may lack its padding.
fn skip(input: &mut impl Read, bytes: u64) -> Result<(), ReadErrorKind> {
    let skipped = io::copy(&mut input.take(bytes), &mut io::sink())?;
    if bytes - skipped >= BLOCK { Err(cut()) } else { Ok(()) }
}

fn cut() -> ReadErrorKind {
    damaged("it ends within a member")
}

fn damaged(what: &str) -> ReadErrorKind {
    ReadErrorKind::Archive(what.to_owned())
}

#[cfg(test)]
mod tests {
    use tar::Builder;

    use super::*;

    /// The members as `name content`, errors as `name: message`.
    fn members(bytes: &[u8]) -> Result<Vec<String>, ReadErrorKind> {
        let mut found = Vec::new();
        for_each_tar_file(bytes, &mut |name, content| {
            match content {
                Ok(mut content) => {
                    let mut text = String::new();
                    content.read_to_string(&mut text).expect("text");
                    found.push(format!("{name} {text}"));
                }
                Err(kind) => found.push(format!("{name}: {kind}")),
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    fn add(archive: &mut Builder<Vec<u8>>, kind: EntryType, name: &[u8], content: &[u8]) {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(content.len() as u64);
        header.as_mut_bytes()[..name.len()].copy_from_slice(name);
        header.set_cksum();
        archive.append(&header, content).expect("memory");
    }

    fn record(keyword: &str, value: &str) -> String {
        // All records here are of 10 to 99 bytes.
        format!("{} {keyword}={value}\n", keyword.len() + value.len() + 5)
    }

    #[test]
    fn regular_files_in_order() {
        let mut archive = Builder::new(Vec::new());
        add(&mut archive, EntryType::Directory, b"film/", b"");
        add(&mut archive, EntryType::Regular, b"film/a.txt", b"It opens.");
        add(&mut archive, EntryType::XGlobalHeader, b"pax", record("comment", "none").as_bytes());
        add(&mut archive, EntryType::Symlink, b"link", b"");
        add(&mut archive, EntryType::Continuous, b"b\xff.txt", &[b'x'; 1024]);
        add(&mut archive, EntryType::Regular, b"c.txt", b"");
        let expected =
            ["film/a.txt It opens.".to_owned(), format!("b\\xFF.txt {}", "x".repeat(1024)), "c.txt ".to_owned()];
        let bytes = archive.into_inner().expect("memory");
        assert_eq!(members(&bytes).expect("a whole archive"), expected);
        // Without the blocks that end an archive, and without padding.
        assert_eq!(members(&bytes[..bytes.len() - 1024]).expect("a whole archive"), expected);
        let mut archive = Builder::new(Vec::new());
        add(&mut archive, EntryType::Regular, b"a.txt", b"It opens.");
        let bytes = archive.into_inner().expect("memory");
        assert_eq!(members(&bytes[..521]).expect("a whole member"), ["a.txt It opens."]);
    }

    #[test]
    fn names_and_sizes_from_the_headers_before() {
        let mut archive = Builder::new(Vec::new());
        let long = format!("{}.txt", "long/".repeat(60));
        let mut header = Header::new_gnu();
        header.set_size(2);
        archive.append_data(&mut header, &long, &b"It"[..]).expect("memory");
        let records = [record("mtime", "1.5"), record("path", "two\nlines.txt"), record("size", "600")].concat();
        add(&mut archive, EntryType::XHeader, b"pax", records.as_bytes());
        let mut bytes = archive.into_inner().expect("memory");
        bytes.truncate(bytes.len() - 1024);
        // The size in the header itself is that of an old program: 0.
        let mut archive = Builder::new(Vec::new());
        add(&mut archive, EntryType::Regular, b"short", b"");
        bytes.extend_from_slice(&archive.into_inner().expect("memory")[..512]);
        bytes.extend_from_slice(&[b'y'; 600]);
        bytes.extend_from_slice(&[0; 1024 - 600 + 1024]);
        let expected = [format!("{long} It"), format!("two\nlines.txt {}", "y".repeat(600))];
        assert_eq!(members(&bytes).expect("a whole archive"), expected);
    }

    #[test]
    fn large_headers_are_refused_and_the_rest_is_read() {
        let mut archive = Builder::new(Vec::new());
        add(&mut archive, EntryType::GNULongName, b"././@LongLink", &[b'n'; (MAX_NAME + 1) as usize]);
        add(&mut archive, EntryType::Regular, b"nnn", b"First.");
        add(&mut archive, EntryType::XHeader, b"pax", &[b'1'; (MAX_HEADER + 1) as usize]);
        add(&mut archive, EntryType::Regular, b"b.txt", b"Second.");
        add(&mut archive, EntryType::GNULongLink, b"././@LongLink", &[b'n'; (MAX_NAME + 1) as usize]);
        add(&mut archive, EntryType::Regular, b"c.txt", b"Third.");
        let found = members(&archive.into_inner().expect("memory")).expect("a whole archive");
        assert!(found[0].starts_with("nnn: oversized: its name has 65537 bytes"), "{}", found[0]);
        assert!(found[1].starts_with("b.txt: oversized: its extended header has 1048577 bytes"), "{}", found[1]);
        assert_eq!(found[2..], ["c.txt Third."]);
    }

    #[test]
    fn sparse_files_are_errors_of_their_own() {
        let mut archive = Builder::new(Vec::new());
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::GNUSparse);
        header.set_size(512);
        if let Some(gnu) = header.as_gnu_mut() {
            gnu.name[0] = b's';
            gnu.isextended = [1];
        }
        header.set_cksum();
        archive.append(&header, &[0; 1024][..]).expect("memory");
        add(&mut archive, EntryType::Regular, b"a.txt", b"It opens.");
        let found = members(&archive.into_inner().expect("memory")).expect("a whole archive");
        assert!(found[0].starts_with("s: damaged archive: a sparse file"), "{}", found[0]);
        assert_eq!(found[1..], ["a.txt It opens."]);
    }

    #[test]
    fn damage_is_an_error_of_the_archive() {
        let mut archive = Builder::new(Vec::new());
        add(&mut archive, EntryType::Regular, b"a.txt", &[b'x'; 600]);
        let mut bytes = archive.into_inner().expect("memory");
        let check = |bytes: &[u8], message: &str| {
            let error = members(bytes).expect_err("a damaged archive").to_string();
            assert!(error.contains(message), "{error}");
        };
        check(&bytes[..900], "ends within a member");
        check(&bytes[..300], "ends within a member");
        bytes[0] = b'b';
        check(&bytes, "checksum");
    }

    #[test]
    fn pax_records() {
        let check = |records: &str, expected: Option<&str>| {
            assert_eq!(pax_value(records.as_bytes(), b"path"), expected.map(str::as_bytes), "{records}");
        };
        check(&record("path", "a=b.txt"), Some("a=b.txt"));
        check(&[record("path", "first.txt"), record("path", "last.txt")].concat(), Some("last.txt"));
        check(&[record("xpath", "a.txt"), record("pathx", "b.txt")].concat(), None);
        for damaged in ["", "x path=a\n", "99 path=a\n", "3 path=a\n", "0 path=a\n", "path"] {
            check(damaged, None);
        }
    }
}
