//! Reads a file through any number of archives and compressions, streaming.
//! Nothing is ever written to disk under a member's name.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
#[cfg(feature = "formats")]
use std::ops::ControlFlow;

use super::error::ReadErrorKind;
use super::format::{self, Kind};
use super::limits::Limits;
use super::member::Member;
use super::records;
use super::sink::{Callback, RecordSink};

#[cfg(feature = "formats")]
use super::archive::{Content, MemberNames};
#[cfg(feature = "formats")]
use super::limits::MAX_MEMBERS;
#[cfg(feature = "formats")]
use super::records::SubstackPosts;
#[cfg(feature = "formats")]
use super::{budget::Budget, compression, documents, tar_archive, zip_archive};

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

    /// Reads a member of any kind. One of a kind that is not read is named.
    pub(super) fn read(&mut self, mut member: Member<'_>) {
        match member.kind() {
            Ok(Some(kind)) => {
                self.sink.read_as = kind.name();
                let path = member.path.clone();
                let before = self.sink.passed;
                let read = self.read_kind(member, kind);
                self.report(&path, read);
                if self.sink.passed == before {
                    let what = format!("{} without an article", kind.name());
                    self.sink.error(&path, None, ReadErrorKind::NotRead { what });
                }
            }
            Ok(None) => {
                let what = format::kind_of_other(&member.name);
                self.sink.error(&member.path, None, ReadErrorKind::NotRead { what });
            }
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
        self.read(Member { depth, ..Member::new(&path, explicit, input).named(format::unpacked_name(&name)) });
        Ok(())
    }

    fn read_tar(&mut self, member: Member<'_>) -> Result<(), ReadErrorKind> {
        let depth = self.inner_depth(&member)?;
        let Member { path, input, .. } = member;
        let mut names = MemberNames::default();
        tar_archive::for_each_tar_file(input, &mut |name, content| {
            self.read_member(&path, name, &mut names, depth, content)
        })
    }

    /// Copies a zip archive within another file, or from a pipe, to a seekable
    /// buffer first: its directory is at its end.
    fn read_nested_zip(&mut self, mut member: Member<'_>) -> Result<(), ReadErrorKind> {
        let mut spool = tempfile::spooled_tempfile(SPOOL_IN_MEMORY);
        let limit = self.sink.limits.expanded;
        let copied = io::copy(&mut member.input.by_ref().take(limit.saturating_add(1)), &mut spool)?;
        if copied > limit {
            return Err(ReadErrorKind::Expanded { limit });
        }
        spool.rewind()?;
        self.read_zip(&member, BufReader::new(spool))
    }

    fn read_zip(&mut self, member: &Member<'_>, mut file: impl Read + Seek) -> Result<(), ReadErrorKind> {
        if let Some(package) = documents::package_of(&mut file) {
            return documents::read_package(&mut self.sink, &member.path, package, file);
        }
        let depth = self.inner_depth(member)?;
        if let Some(folder) = zip_archive::substack_folder(&mut file)? {
            return self.read_substack(&member.path, &folder, file);
        }
        let mut names = MemberNames::default();
        zip_archive::for_each_zip_file(file, &mut |name, content| {
            let content = content.map(|input| Box::new(self.budget.metered(input)) as Box<dyn io::BufRead>);
            self.read_member(&member.path, name, &mut names, depth, content)
        })
    }

    /// Reads a Substack export: its list says which pages are published, and when.
    fn read_substack(&mut self, path: &str, folder: &str, mut file: impl Read + Seek) -> Result<(), ReadErrorKind> {
        let mut list = Err(ReadErrorKind::Empty);
        let limit = self.sink.limits.record;
        zip_archive::for_each_zip_file(&mut file, &mut |name, content| {
            if name.strip_prefix(folder) != Some("posts.csv") {
                return ControlFlow::Continue(());
            }
            list = content.and_then(|input| Member::new(name, true, self.budget.metered(input)).read_whole(limit));
            ControlFlow::Break(())
        })?;
        let mut posts = SubstackPosts::from_list(list?)?;
        zip_archive::for_each_zip_file(&mut file, &mut |name, content| {
            let path = member_path(path, name);
            let content = content.map(|input| Box::new(self.budget.metered(input)) as Box<dyn io::BufRead>);
            posts.read_member(&mut self.sink, &path, name.strip_prefix(folder).unwrap_or(name), content);
            if self.budget.is_exceeded() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        posts.report(&mut self.sink, path);
        Ok(())
    }

    /// Reads a member of an archive, and says whether to go on with the next one.
    fn read_member(
        &mut self,
        archive: &str,
        name: &str,
        names: &mut MemberNames,
        depth: usize,
        content: Content<'_>,
    ) -> ControlFlow<()> {
        if name.split('/').any(is_hidden) {
            return ControlFlow::Continue(());
        }
        if names.len() >= MAX_MEMBERS {
            self.sink.error(archive, None, ReadErrorKind::TooMany { what: "members", limit: MAX_MEMBERS });
            return ControlFlow::Break(());
        }
        let path = member_path(archive, &names.unique(without_dot(name)));
        match content {
            Ok(input) => self.read(Member { depth, ..Member::new(&path, false, input).named(name.to_owned()) }),
            Err(kind) => self.sink.error(&path, None, kind),
        }
        // All that follows would fail in the same way.
        if self.budget.is_exceeded() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
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
    format!("{archive}!/{name}")
}

/// A name without `./` in front.
#[cfg(feature = "formats")]
fn without_dot(name: &str) -> &str {
    name.trim_start_matches("./")
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
        assert_eq!(member_path("a.tar", without_dot("./film/b.txt")), "a.tar!/film/b.txt");
    }

    fn zip(files: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        for (name, text) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("memory");
            io::Write::write_all(&mut writer, text.as_bytes()).expect("memory");
        }
        writer.finish().expect("memory").into_inner()
    }

    fn tar(files: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = tar::Builder::new(Vec::new());
        for (name, text) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            writer.append_data(&mut header, name, text.as_bytes()).expect("memory");
        }
        writer.into_inner().expect("memory")
    }

    /// Paths of the records, and errors.
    fn paths(limits: Limits, read: impl FnOnce(&mut Unpacker<'_>)) -> Vec<String> {
        let mut found = Vec::new();
        let mut callback = |record: Result<super::super::RawRecord, super::super::ReadError>| {
            found.push(record.map_or_else(|error| error.to_string(), |record| record.path));
        };
        read(&mut Unpacker::new(limits, &mut callback));
        found
    }

    #[test]
    fn members_of_one_name_are_all_kept() {
        let files = [("a.txt", "One."), ("./a.txt", "Two."), ("a.txt", "Three."), ("b.txt", "Four.")];
        let found = paths(Limits::default(), |unpacker| unpacker.read(Member::new("a.tar", true, &tar(&files)[..])));
        assert_eq!(found, ["a.tar!/a.txt", "a.tar!/a.txt#2", "a.tar!/a.txt#3", "a.tar!/b.txt"]);
    }

    #[test]
    fn after_the_budget_there_is_one_error() {
        let files = [("a.txt", "Short."), ("b.txt", "A longer text."), ("c.txt", "More."), ("d.txt", "More.")];
        let limits = Limits::default().with_expanded(10);
        // The archive itself is copied first, and must fit too.
        let whole = paths(limits, |unpacker| unpacker.read(Member::new("a.zip", true, &zip(&files)[..])));
        assert!(whole.len() == 1 && whole[0].starts_with("a.zip: expands to more than 10 bytes"), "{whole:?}");
        let packed = zstd::encode_all(&tar(&files)[..], 1).expect("memory");
        let limits = Limits::default().with_expanded(1540);
        let found = paths(limits, |unpacker| unpacker.read(Member::new("a.tar.zst", true, &packed[..])));
        assert_eq!(found.iter().filter(|line| line.contains("expands")).count(), 1, "{found:?}");
    }

    #[test]
    fn substack_exports_join_list_and_pages() {
        let list = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle\n12.moon,2019-03-05T23:10:00.000Z,true,,newsletter,everyone,\"Moon, Blue\",Tom & Co.\n13.draft,,false,,newsletter,everyone,D,\n14.pod,2019-03-06T10:00:00.000Z,true,,podcast,everyone,P,\n";
        let files = [
            ("posts/12.moon.html", "<p>It opens.</p>"),
            ("posts/13.draft.html", "<p>Later.</p>"),
            ("posts/12.moon.opens.csv", "email\na@reel.example\n"),
            ("posts/15.other.html", "<p>Other.</p>"),
            ("posts.csv", list),
        ];
        let mut found = Vec::new();
        let mut callback = |record: Result<super::super::RawRecord, super::super::ReadError>| {
            found.push(
                record.map_or_else(|error| error.to_string(), |record| format!("{} {}", record.path, record.text)),
            );
        };
        Unpacker::new(Limits::default(), &mut callback).read(Member::new("a.zip", true, &zip(&files)[..]));
        let text = r#"a.zip!/posts/12.moon.html {"date":"2019-03-05T23:10:00.000Z","id":"12","text":"<p>Tom &amp; Co.</p>\n<p>It opens.</p>","title":"Moon, Blue"}"#;
        let left_out = "draft: 1, file with the extension csv: 1, page that posts.csv lacks: 1, post without a page: 1";
        assert!(found.len() == 2 && found[0].len() == text.len() && found[1].ends_with(left_out), "{found:?}");
    }

    #[cfg(unix)]
    #[test]
    fn pipes_are_read_as_files_are() {
        use std::os::fd::OwnedFd;
        let check = |name: &str, bytes: Vec<u8>, expected: &[&str]| {
            let (reader, mut writer) = io::pipe().expect("a pipe");
            let found = std::thread::scope(|scope| {
                scope.spawn(move || {
                    // In parts, the first one shorter than any signature.
                    let (start, rest) = bytes.split_at(2);
                    io::Write::write_all(&mut writer, start).expect("a reader");
                    io::Write::write_all(&mut writer, rest).expect("a reader");
                });
                let file = File::from(OwnedFd::from(reader));
                paths(Limits::default(), |unpacker| unpacker.read_file(name, true, file))
            });
            assert_eq!(found, expected, "{name}");
        };
        let files = [("a.txt", "One."), ("b.csv", "title,text\nTwo,x\n")];
        check("pipe", zip(&files), &["pipe!/a.txt", "pipe!/b.csv"]);
        check("pipe", tar(&files), &["pipe!/a.txt", "pipe!/b.csv"]);
        check("pipe", zstd::encode_all(&tar(&files)[..], 1).expect("memory"), &["pipe!/a.txt", "pipe!/b.csv"]);
        check("pipe", b"{\"a\":1}\n{\"b\":2}\n".to_vec(), &["pipe", "pipe"]);
        check("pipe.csv", b"title,text\nTwo,x\n".to_vec(), &["pipe.csv"]);
        check("pipe", b"Hayley Atwell runs.".to_vec(), &["pipe"]);
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
