//! One file to its members, through any number of archives and compressions,
//! streaming. Nothing is ever written under a member's name.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;
use zip::ZipArchive;

use super::format::{self, Archive, Format, Kind, Packing, Promise};
use super::limits::Budget;
use super::sniff;
use super::{Limits, RawRecord, ReadError, ReadErrorKind, records};

/// Where records and errors go.
pub(super) type Sink<'a> = &'a mut dyn FnMut(Result<RawRecord, ReadError>);

/// Bytes of a member kept in memory where it has to be read out of order.
const IN_MEMORY: usize = 16 << 20;

/// A file on disk or a member of one.
pub(super) struct Member<'a> {
    /// Its name in results.
    pub(super) path: String,
    /// The name that tells its format.
    pub(super) name: String,
    /// How many archives and compressions it stands in.
    depth: usize,
    /// Whether it is read even if neither name nor content tells its format.
    named: bool,
    pub(super) input: Box<dyn BufRead + 'a>,
}

impl<'a> Member<'a> {
    /// A file on disk, or another input, by the name that results show.
    pub(super) fn new(path: &str, named: bool, input: impl BufRead + 'a) -> Self {
        Self { path: path.to_owned(), name: path.to_owned(), depth: 0, named, input: Box::new(input) }
    }
}

/// Reads members one after the other.
pub(super) struct Unpacker<'s> {
    pub(super) limits: Limits,
    budget: Budget,
    sink: Sink<'s>,
}

impl<'s> Unpacker<'s> {
    pub(super) fn new(limits: Limits, sink: Sink<'s>) -> Self {
        Self { limits, budget: Budget::new(limits.expanded), sink }
    }

    pub(super) fn record(&mut self, record: RawRecord) {
        (self.sink)(Ok(record));
    }

    pub(super) fn error(&mut self, path: &str, place: Option<usize>, kind: ReadErrorKind) {
        (self.sink)(Err(ReadError { path: path.to_owned(), place, kind }));
    }

    /// Reads a file from disk; zip archives are read in place.
    pub(super) fn read_file(&mut self, path: &str, named: bool, mut file: File) {
        let mut head = [0; 4];
        let count = match file.read(&mut head) {
            Ok(count) => count,
            Err(error) => return self.error(path, None, error.into()),
        };
        let zipped = matches!(&head, b"PK\x03\x04" | b"PK\x05\x06");
        let member = match file.rewind() {
            Ok(()) if zipped => {
                let member = Member::new(path, named, io::empty());
                let read = self.read_zip(&member, BufReader::new(file));
                return self.report(&member.path, read);
            }
            Ok(()) => Member::new(path, named, BufReader::with_capacity(64 << 10, file)),
            // A pipe cannot be read again.
            Err(_) => Member::new(path, named, io::Cursor::new(head[..count].to_vec()).chain(BufReader::new(file))),
        };
        self.read(member);
    }

    /// Reads a member, whatever it is.
    pub(super) fn read(&mut self, mut member: Member<'_>) {
        match kind_of(&mut member) {
            Ok(Some(kind)) => {
                let path = member.path.clone();
                let read = self.read_kind(member, kind);
                self.report(&path, read);
            }
            Ok(None) => {}
            Err(kind) => self.error(&member.path, None, kind),
        }
    }

    fn report(&mut self, path: &str, read: Result<(), ReadErrorKind>) {
        if let Err(kind) = read {
            self.error(path, None, kind);
        }
    }

    fn read_kind(&mut self, member: Member<'_>, kind: Kind) -> Result<(), ReadErrorKind> {
        match kind {
            Kind::Packed(packing) => self.read_packed(member, packing),
            Kind::Archive(Archive::Zip) => self.read_inner_zip(member),
            Kind::Archive(Archive::Tar) => self.read_tar(member),
            _ => records::read(self, member, kind),
        }
    }

    fn deeper(&self, member: &Member<'_>) -> Result<usize, ReadErrorKind> {
        let depth = member.depth + 1;
        if depth > self.limits.nesting {
            return Err(ReadErrorKind::Nested { limit: self.limits.nesting });
        }
        Ok(depth)
    }

    fn read_packed(&mut self, member: Member<'_>, packing: Packing) -> Result<(), ReadErrorKind> {
        let depth = self.deeper(&member)?;
        let Member { path, name, named, input, .. } = member;
        let unpacked: Box<dyn Read + '_> = match packing {
            Packing::Gzip => Box::new(MultiGzDecoder::new(input)),
            Packing::Xz => Box::new(XzReader::new(input, true)),
            Packing::Zstd => Box::new(zstd::Decoder::with_buffer(input)?),
            Packing::Bzip2 => Box::new(MultiBzDecoder::new(input)),
        };
        let input = Box::new(self.budget.metered(BufReader::with_capacity(64 << 10, unpacked)));
        self.read(Member { path, name: format::unpacked_name(&name), depth, named, input });
        Ok(())
    }

    fn read_tar(&mut self, member: Member<'_>) -> Result<(), ReadErrorKind> {
        let depth = self.deeper(&member)?;
        let mut archive = tar::Archive::new(member.input);
        for entry in archive.entries()? {
            let entry = entry?;
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let input = BufReader::new(entry);
            self.read_member(&member.path, &name, depth, Box::new(input));
        }
        Ok(())
    }

    /// A zip archive within another file is copied to memory, or to a
    /// nameless file where it is large, since its list stands at its end.
    fn read_inner_zip(&mut self, mut member: Member<'_>) -> Result<(), ReadErrorKind> {
        let mut spool = tempfile::spooled_tempfile(IN_MEMORY);
        io::copy(&mut member.input, &mut spool)?;
        spool.rewind()?;
        self.read_zip(&member, BufReader::new(spool))
    }

    fn read_zip(&mut self, member: &Member<'_>, file: impl Read + Seek) -> Result<(), ReadErrorKind> {
        let depth = self.deeper(member)?;
        let mut archive = ZipArchive::new(file).map_err(archive_error)?;
        let names: Vec<String> = archive.file_names_raw().map(|n| String::from_utf8_lossy(n).into_owned()).collect();
        // Of a web archive (WACZ) only the pages are articles, not its lists.
        let web = names.iter().any(|name| name == "datapackage.json")
            && names.iter().any(|name| name.starts_with("archive/"));
        for (index, name) in names.iter().enumerate() {
            if name.ends_with('/') || web && !name.starts_with("archive/") {
                continue;
            }
            match archive.by_index(index) {
                Ok(file) if file.is_symlink() => {}
                Ok(file) => {
                    let input = self.budget.metered(BufReader::new(file));
                    self.read_member(&member.path, name, depth, Box::new(input));
                }
                Err(error) => self.error(&member_path(&member.path, name), None, archive_error(error)),
            }
        }
        Ok(())
    }

    fn read_member(&mut self, archive: &str, name: &str, depth: usize, input: Box<dyn BufRead + '_>) {
        // As in folders, hidden files are no articles; nor is what macOS adds.
        let hidden = |part: &str| part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX";
        if name.split('/').any(hidden) {
            return;
        }
        let path = member_path(archive, name);
        self.read(Member { path, name: name.to_owned(), depth, named: false, input });
    }
}

/// `archive.zip!/a.html`; the name is as the archive has it and never used to
/// open a file.
fn member_path(archive: &str, name: &str) -> String {
    format!("{archive}!/{}", name.trim_start_matches("./"))
}

fn archive_error(error: zip::result::ZipError) -> ReadErrorKind {
    match error {
        zip::result::ZipError::Io(error) => error.into(),
        error => ReadErrorKind::Archive(error.to_string()),
    }
}

/// The kind of a member by content where that is certain, else by its name,
/// else by a guess; `None` where it is no article.
fn kind_of(member: &mut Member<'_>) -> Result<Option<Kind>, ReadErrorKind> {
    let promise = format::by_name(&member.name);
    let certain = sniff::certain(head_of(member)?);
    let kind = match (promise, certain) {
        (Promise::NoArticle, _) if !member.named => None,
        // Markdown may hold HTML, and JSON and tables anything.
        (Promise::Of(kind @ (Kind::Whole(Format::Markdown | Format::Json) | Kind::JsonLines | Kind::Table)), found)
            if !matches!(found, Some(Kind::Packed(_) | Kind::Archive(_))) =>
        {
            Some(kind)
        }
        (_, Some(kind)) => Some(kind),
        (Promise::Of(kind @ (Kind::Packed(_) | Kind::Archive(_) | Kind::Warc)), None) => {
            let empty = head_of(member)?.is_empty();
            return Err(if empty { ReadErrorKind::Empty } else { ReadErrorKind::NotAsNamed { expected: kind.name() } });
        }
        (Promise::Of(kind), None) => Some(kind),
        (_, None) => {
            let named = member.named;
            sniff::guess(head_of(member)?).or(named.then_some(Kind::Whole(Format::Text)))
        }
    };
    Ok(kind)
}

/// The first bytes of a member, as many as its input gives at once, at least
/// enough to tell a tar archive.
fn head_of<'m, 'a>(member: &'m mut Member<'a>) -> Result<&'m [u8], ReadErrorKind> {
    if member.input.fill_buf()?.len() < sniff::ENOUGH {
        let mut start = Vec::new();
        let input = std::mem::replace(&mut member.input, Box::new(io::empty()));
        let mut limited = input.take(sniff::HEAD as u64);
        limited.read_to_end(&mut start)?;
        member.input = Box::new(io::Cursor::new(start).chain(limited.into_inner()));
    }
    let buffer = member.input.fill_buf()?;
    Ok(&buffer[..buffer.len().min(sniff::HEAD)])
}
