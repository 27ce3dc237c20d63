//! Reads a file through any number of archives and compressions, streaming.
//! Nothing is ever written to disk under a member's name.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};

use super::error::ReadErrorKind;
use super::format::Kind;
use super::limits::Limits;
use super::member::Member;
use super::records;
use super::sink::{Callback, RecordSink};

#[cfg(feature = "formats")]
use super::{archive, budget::Budget, compression, format};

/// Bytes of a nested zip archive kept in memory; larger ones go to an unnamed
/// temporary file.
#[cfg(feature = "formats")]
const SPOOL_IN_MEMORY: usize = 16 << 20;

/// Reads the members of one file, one after the other.
pub(super) struct Unpacker<'s> {
    sink: RecordSink<'s>,
    #[cfg(feature = "formats")]
    budget: Budget,
}

impl<'s> Unpacker<'s> {
    pub(super) fn new(limits: Limits, callback: Callback<'s>) -> Self {
        Self {
            sink: RecordSink::new(limits, callback),
            #[cfg(feature = "formats")]
            budget: Budget::new(limits.expanded),
        }
    }

    /// Reads a file from disk. Zip archives are read in place.
    pub(super) fn read_file(&mut self, path: &str, explicit: bool, mut file: File) {
        let mut head = [0; 4];
        let count = match file.read(&mut head) {
            Ok(count) => count,
            Err(error) => return self.sink.error(path, None, error.into()),
        };
        let member = match file.rewind() {
            #[cfg(feature = "formats")]
            Ok(()) if matches!(&head, b"PK\x03\x04" | b"PK\x05\x06") => {
                let member = Member::new(path, explicit, io::empty());
                let read = self.read_zip(&member, BufReader::new(file));
                return self.report(path, read);
            }
            Ok(()) => Member::new(path, explicit, BufReader::with_capacity(64 << 10, file)),
            // A pipe cannot be rewound: the bytes already read go in front.
            Err(_) => Member::new(path, explicit, io::Cursor::new(head[..count].to_vec()).chain(BufReader::new(file))),
        };
        self.read(member);
    }

    /// Reads a member of any kind. Members without articles are skipped.
    pub(super) fn read(&mut self, mut member: Member<'_>) {
        match member.kind() {
            Ok(Some(kind)) => {
                let path = member.path.clone();
                let read = self.read_kind(member, kind);
                self.report(&path, read);
            }
            Ok(None) => {}
            Err(kind) => self.sink.error(&member.path, None, kind),
        }
    }

    fn report(&mut self, path: &str, read: Result<(), ReadErrorKind>) {
        if let Err(kind) = read {
            self.sink.error(path, None, kind);
        }
    }

    fn read_kind(&mut self, member: Member<'_>, kind: Kind) -> Result<(), ReadErrorKind> {
        match kind {
            #[cfg(feature = "formats")]
            Kind::Compressed(compression) => self.read_compressed(member, compression),
            #[cfg(feature = "formats")]
            Kind::Archive(format::Archive::Zip) => self.read_nested_zip(member),
            #[cfg(feature = "formats")]
            Kind::Archive(format::Archive::Tar) => self.read_tar(member),
            kind => records::read(&mut self.sink, member, kind),
        }
    }
}

#[cfg(feature = "formats")]
impl Unpacker<'_> {
    /// The depth of what `member` encloses.
    fn inner_depth(&self, member: &Member<'_>) -> Result<usize, ReadErrorKind> {
        let depth = member.depth + 1;
        let limit = self.sink.limits.nesting;
        if depth > limit { Err(ReadErrorKind::Nested { limit }) } else { Ok(depth) }
    }

    fn read_compressed(&mut self, member: Member<'_>, kind: format::Compression) -> Result<(), ReadErrorKind> {
        let depth = self.inner_depth(&member)?;
        let Member { path, name, explicit, input, .. } = member;
        let unpacked = compression::decompressed(kind, input)?;
        let input = Box::new(self.budget.metered(BufReader::with_capacity(64 << 10, unpacked)));
        self.read(Member { path, name: format::unpacked_name(&name), depth, explicit, input });
        Ok(())
    }

    fn read_tar(&mut self, member: Member<'_>) -> Result<(), ReadErrorKind> {
        let depth = self.inner_depth(&member)?;
        let Member { path, input, .. } = member;
        archive::for_each_tar_file(input, &mut |name, content| match content {
            Ok(input) => self.read_member(&path, name, depth, input),
            Err(kind) => self.sink.error(&member_path(&path, name), None, kind),
        })
    }

    /// Copies a zip archive within another file to a seekable buffer first: its
    /// directory is at its end.
    fn read_nested_zip(&mut self, mut member: Member<'_>) -> Result<(), ReadErrorKind> {
        let mut spool = tempfile::spooled_tempfile(SPOOL_IN_MEMORY);
        io::copy(&mut member.input, &mut spool)?;
        spool.rewind()?;
        self.read_zip(&member, BufReader::new(spool))
    }

    fn read_zip(&mut self, member: &Member<'_>, file: impl Read + Seek) -> Result<(), ReadErrorKind> {
        let depth = self.inner_depth(member)?;
        archive::for_each_zip_file(file, &mut |name, content| match content {
            Ok(input) => {
                let input = Box::new(self.budget.metered(input));
                self.read_member(&member.path, name, depth, input);
            }
            Err(kind) => self.sink.error(&member_path(&member.path, name), None, kind),
        })
    }

    fn read_member(&mut self, archive: &str, name: &str, depth: usize, input: Box<dyn io::BufRead + '_>) {
        if name.split('/').any(is_hidden) {
            return;
        }
        let path = member_path(archive, name);
        self.read(Member { path, name: name.to_owned(), depth, explicit: false, input });
    }
}

/// Whether a part of a path marks a hidden file or what macOS adds to archives.
#[cfg(feature = "formats")]
fn is_hidden(part: &str) -> bool {
    part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX"
}

/// `archive.zip!/a.html`. Only a name: it is never used to open a file.
#[cfg(feature = "formats")]
fn member_path(archive: &str, name: &str) -> String {
    format!("{archive}!/{}", name.trim_start_matches("./"))
}

#[cfg(all(test, feature = "formats"))]
mod tests {
    use super::*;

    #[test]
    fn hidden_parts() {
        for (part, expected) in
            [(".git", true), ("__MACOSX", true), (".", false), ("..", false), ("a.txt", false), ("", false)]
        {
            assert_eq!(is_hidden(part), expected, "{part:?}");
        }
        assert_eq!(member_path("a.tar", "./film/b.txt"), "a.tar!/film/b.txt");
    }

    #[test]
    fn nesting_is_limited() {
        let mut bytes = b"It opens in every theater.".to_vec();
        for _ in 0..2 {
            bytes = zstd::encode_all(&bytes[..], 1).expect("memory");
        }
        for (levels, expected) in [(2, true), (1, false)] {
            let mut read = Vec::new();
            let mut callback = |record: Result<_, _>| read.push(record.is_ok());
            let mut unpacker = Unpacker::new(Limits::default().with_nesting(levels), &mut callback);
            unpacker.read(Member::new("a", true, &bytes[..]));
            assert_eq!(read, [expected], "{levels}");
        }
    }
}

#[cfg(all(test, not(feature = "formats")))]
mod tests {
    use super::*;

    #[test]
    fn formats_that_are_not_compiled_in_are_errors() {
        for (name, bytes) in [
            ("a.zip", &b"PK\x03\x04"[..]),
            ("a.gz", b"\x1f\x8b\x08"),
            ("a.csv", b"title,text\na,b\n"),
            ("a.eml", b"x: y"),
        ] {
            let mut errors = Vec::new();
            let mut callback = |record: Result<_, super::super::ReadError>| errors.push(record.expect_err("an error"));
            Unpacker::new(Limits::default(), &mut callback).read(Member::new(name, false, bytes));
            assert!(errors.len() == 1 && errors[0].to_string().contains("needs the feature `formats`"), "{errors:?}");
        }
    }
}
