//! The alias ledger: the decisions of users about names.
//!
//! `aliases.toml` is a list of `[[decision]]` tables, newest last. Each is parsed
//! separately: a broken one is reported with its line and the others stay in force.
//! The file may be a symbolic link, which is followed and stays one. What is not
//! UTF-8 is reported, and such a file is never written to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::article::EntityKind;
use crate::files::{BOM, link_target, read_kept, write_output};

use super::ledger_origin::{LedgerOrigin, note_written, origin};

/// The comment at the top of a new ledger.
const HEAD: &str = "\
# Your decisions about names, newest last; each wins over those before it and
# over what the archive itself shows. Edit it, or use `newsearch entities`:
#   merge = [\"person:Ye\", \"person:Kanye West\"]    one entity, called by the first
#   apart = [\"person:Ann Lee\", \"person:Anne Lee\"]  not one entity
#   hide = \"work:Read More\"                        not shown, not counted
#   rename = \"person:Ye\", to = \"Kanye West\"        called otherwise
#   retype = \"organization:MI7\", to = \"work\"       of another kind
";
/// The first line of a decision.
const OPENS: &str = "[[decision]]";

/// What is wrong with a line in another encoding, and what to do.
const NOT_UTF8: &str = "not UTF-8; save the file as UTF-8, of Latin-1 with `iconv -f latin1 -t utf-8`";

/// A name with its kind, written `person:Tom Cruise`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KindedName {
    /// The kind of the entity.
    pub kind: EntityKind,
    /// The name.
    pub name: String,
}

impl TryFrom<String> for KindedName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (kind, name) =
            text.split_once(':').ok_or_else(|| format!("{text:?}: expected KIND:NAME, such as person:Tom Cruise"))?;
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(format!("{text:?}: no name behind the kind"));
        }
        Ok(Self { kind: kind.trim().parse()?, name })
    }
}

impl From<KindedName> for String {
    fn from(name: KindedName) -> Self {
        name.to_string()
    }
}

impl std::fmt::Display for KindedName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.kind, self.name)
    }
}

/// A decision about names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Decision {
    /// All are one entity with the first name.
    Merge {
        /// Two names or more.
        merge: Vec<KindedName>,
    },
    /// All are different entities.
    Apart {
        /// Two names or more.
        apart: Vec<KindedName>,
    },
    /// It is neither shown nor counted.
    Hide {
        /// The name.
        hide: KindedName,
    },
    /// It gets another name.
    Rename {
        /// The name.
        rename: KindedName,
        /// The new name.
        to: String,
    },
    /// It gets another kind.
    Retype {
        /// The name.
        retype: KindedName,
        /// The new kind.
        to: EntityKind,
    },
}

impl Decision {
    /// The names it is about.
    pub fn names(&self) -> impl Iterator<Item = &KindedName> {
        let names = match self {
            Self::Merge { merge: names } | Self::Apart { apart: names } => names.as_slice(),
            Self::Hide { hide: name } | Self::Rename { rename: name, .. } | Self::Retype { retype: name, .. } => {
                std::slice::from_ref(name)
            }
        };
        names.iter()
    }
}

impl std::fmt::Display for Decision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |names: &[KindedName]| names.iter().map(ToString::to_string).collect::<Vec<_>>().join(" = ");
        match self {
            Self::Merge { merge } => write!(f, "merge {}", list(merge)),
            Self::Apart { apart } => write!(f, "apart {}", list(apart).replace(" = ", " ≠ ")),
            Self::Hide { hide } => write!(f, "hide {hide}"),
            Self::Rename { rename, to } => write!(f, "rename {rename} to {to}"),
            Self::Retype { retype, to } => write!(f, "retype {retype} to {to}"),
        }
    }
}

/// What of a ledger could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LedgerProblem {
    /// The ledger.
    pub path: PathBuf,
    /// The line of the decision, from 1; none where the whole file cannot be read.
    pub line: Option<usize>,
    /// The error and what was expected.
    pub what: String,
}

impl std::error::Error for LedgerProblem {}

impl std::fmt::Display for LedgerProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (path, what) = (self.path.display(), &self.what);
        match self.line {
            Some(line) => write!(f, "{path} line {line}: {what}; this decision is left out, the others are in force"),
            None => write!(f, "cannot read {path}: {what}; no decision is in force"),
        }
    }
}

/// The decisions about the names of an index.
///
/// ```
/// use newsearch::AliasLedger;
/// let text = "[[decision]]\nhide = \"work:Read More\"\n\n[[decision]]\nhide = 7\n";
/// let ledger = AliasLedger::parse("aliases.toml".as_ref(), text);
/// assert_eq!(ledger.decisions.len(), 1);
/// assert_eq!(ledger.problems[0].line, Some(5));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AliasLedger {
    /// The decisions, oldest first.
    pub decisions: Vec<Decision>,
    /// The decisions that could not be read.
    pub problems: Vec<LedgerProblem>,
}

#[derive(Deserialize)]
struct Block {
    decision: [toml::Table; 1],
}

impl AliasLedger {
    /// The path of the ledger of an index folder.
    pub fn path(folder: &Path) -> PathBuf {
        folder.join("aliases.toml")
    }

    /// Reads the ledger of an index folder; empty if there is none.
    ///
    /// # Errors
    /// Any I/O error. Decisions that cannot be read are not errors, see
    /// [`AliasLedger::problems`].
    pub fn read(folder: &Path) -> io::Result<Self> {
        let path = Self::path(folder);
        let bytes = read_kept(&path)?.unwrap_or_default();
        let bytes = bytes.strip_prefix(BOM).unwrap_or(&bytes);
        Ok(Self::parse_lines(&path, &String::from_utf8_lossy(bytes), &invalid_lines(bytes)))
    }

    /// As [`AliasLedger::read`]; a file that cannot be read is a problem of a ledger
    /// without decisions.
    pub fn read_or_report(folder: &Path) -> Self {
        Self::read(folder).unwrap_or_else(|error| {
            let problem = LedgerProblem { path: Self::path(folder), line: None, what: error.to_string() };
            Self { problems: vec![problem], ..Self::default() }
        })
    }

    /// Parses a ledger, decision by decision; `path` is for messages.
    pub fn parse(path: &Path, text: &str) -> Self {
        Self::parse_lines(path, text, &[])
    }

    /// The same; `invalid` are the lines, from 0, that were not UTF-8.
    fn parse_lines(path: &Path, text: &str, invalid: &[usize]) -> Self {
        let mut ledger = Self::default();
        for (first_line, block) in blocks(text) {
            let bad = block.lines().enumerate().find(|(at, line)| {
                !line.trim_start().starts_with('#') && invalid.binary_search(&(first_line + at)).is_ok()
            });
            let read = bad.map_or_else(|| decision(block), |(at, _)| Err((at + 1, NOT_UTF8.to_owned())));
            match read {
                Ok(Some(decision)) => ledger.decisions.push(decision),
                Ok(None) => {}
                Err((line, what)) => {
                    let line = Some(first_line + line);
                    ledger.problems.push(LedgerProblem { path: path.into(), line, what });
                }
            }
        }
        ledger
    }

    /// Appends a decision to the ledger of an index folder.
    ///
    /// # Errors
    /// Any I/O error, and a ledger that is not UTF-8: it stays as it is.
    pub fn append(folder: &Path, decision: &Decision) -> io::Result<()> {
        let path = Self::path(folder);
        let _lock = lock(folder)?;
        let mut text = read_text(&path)?;
        if text.trim().is_empty() {
            text = HEAD.to_owned();
        }
        let body = toml::to_string(decision).map_err(io::Error::other)?;
        text = format!("{}\n\n{OPENS}\n{body}", text.trim_end());
        write(folder, text.as_bytes())
    }

    /// Who changed the ledger of an index folder last.
    pub fn origin(folder: &Path) -> LedgerOrigin {
        origin(folder, &Self::path(folder))
    }

    /// Removes the last decision from the ledger of an index folder and returns its
    /// description; `None` if there is none.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn undo(folder: &Path) -> io::Result<Option<String>> {
        let path = Self::path(folder);
        let _lock = lock(folder)?;
        let text = read_text(&path)?;
        let Some((_, block)) = blocks(&text).into_iter().rfind(|(_, block)| block.trim_start().starts_with(OPENS))
        else {
            return Ok(None);
        };
        let taken = match decision(block) {
            Ok(Some(decision)) => decision.to_string(),
            _ => "a decision that could not be read".to_owned(),
        };
        let start = block.as_ptr() as usize - text.as_ptr() as usize;
        let (kept, behind) = (&text[..start], &text[start + block.len()..]);
        write(folder, format!("{}\n{behind}", kept.trim_end()).as_bytes())?;
        Ok(Some(taken))
    }
}

/// Writes the ledger of an index folder, and notes what was written.
fn write(folder: &Path, text: &[u8]) -> io::Result<()> {
    write_output(&AliasLedger::path(folder), text)?;
    note_written(folder, text);
    Ok(())
}

/// Locks the ledger for a change; waits for another change to end. Indexes that share
/// a ledger by links wait for each other too, where the system can lock folders.
fn lock(folder: &Path) -> io::Result<Vec<fs::File>> {
    let file = fs::File::options().write(true).create(true).truncate(false).open(folder.join(".aliases.lock"))?;
    file.lock()?;
    let mut locks = vec![file];
    let path = AliasLedger::path(folder);
    if path.is_symlink() {
        let shared = link_target(&path).parent().and_then(|parent| fs::File::open(parent).ok());
        locks.extend(shared.filter(|shared| shared.lock().is_ok()));
    }
    Ok(locks)
}

/// The text of a ledger that is going to be written again; empty if there is none.
fn read_text(path: &Path) -> io::Result<String> {
    let bytes = read_kept(path)?.unwrap_or_default();
    let bytes = bytes.strip_prefix(BOM).unwrap_or(&bytes);
    match invalid_lines(bytes).first() {
        Some(line) => {
            let what = format!("line {} is {NOT_UTF8}; it stays as it is", line + 1);
            Err(io::Error::new(io::ErrorKind::InvalidData, what))
        }
        None => Ok(String::from_utf8_lossy(bytes).into_owned()),
    }
}

/// The lines, from 0, that are not UTF-8.
fn invalid_lines(bytes: &[u8]) -> Vec<usize> {
    if std::str::from_utf8(bytes).is_ok() {
        return Vec::new();
    }
    let lines = bytes.split(|b| *b == b'\n').enumerate();
    lines.filter(|(_, line)| std::str::from_utf8(line).is_err()).map(|(at, _)| at).collect()
}

/// The text split before every line that begins a table, each part with the number of
/// lines before it.
fn blocks(text: &str) -> Vec<(usize, &str)> {
    let mut cuts = vec![(0, 0)];
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if at > 0 && line.trim_start().starts_with('[') || at == 0 && line.trim_start().starts_with(OPENS) {
            cuts.push((number, at));
        }
        at += line.len();
    }
    let ends = cuts.iter().skip(1).map(|(_, at)| *at).chain([text.len()]);
    let parts = cuts.iter().zip(ends).map(|((number, from), to)| (*number, &text[*from..to]));
    parts.filter(|(_, part)| !part.is_empty()).collect()
}

/// The decision of a part, if it has one. Errors have the line, from 1, and a message.
fn decision(block: &str) -> Result<Option<Decision>, (usize, String)> {
    let has_content = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let Some(first) = block.lines().position(|line| has_content(&line)) else { return Ok(None) };
    let expected = "expected one of merge, apart, hide, rename and retype, as the head of a ledger shows them";
    if block.lines().nth(first).is_none_or(|line| line.trim() != OPENS) {
        return Err((first + 1, format!("expected {OPENS}")));
    }
    let syntax = |error: toml::de::Error| {
        let line = error.span().map_or(first, |span| block[..span.start.min(block.len())].matches('\n').count());
        (line + 1, error.message().trim().to_owned())
    };
    let parsed: Block = toml::from_str(block).map_err(syntax)?;
    let [table] = parsed.decision;
    let body = first + 1 + block.lines().skip(first + 1).position(|line| has_content(&line)).unwrap_or(0);
    // Names are parsed first because their errors are more specific.
    for value in table.iter().filter(|(key, _)| *key != "to").map(|(_, value)| value) {
        let names = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for name in names {
            let name = name.as_str().ok_or_else(|| (body + 1, format!("{name} is no name; {expected}")))?;
            KindedName::try_from(name.to_owned()).map_err(|what| (body + 1, what))?;
        }
    }
    let decision = table.try_into::<Decision>().map_err(|_| (body + 1, expected.to_owned()))?;
    match &decision {
        Decision::Merge { merge: names } | Decision::Apart { apart: names } if names.len() < 2 => {
            Err((body + 1, "expected two names or more".to_owned()))
        }
        _ => Ok(Some(decision)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str) -> KindedName {
        KindedName { kind: EntityKind::Person, name: name.into() }
    }

    #[test]
    fn decisions_are_read_and_undone() {
        let folder = tempfile::tempdir().expect("a folder");
        let decisions = [
            Decision::Merge { merge: vec![person("Ye"), person("Kanye \"Omari\" West")] },
            Decision::Hide { hide: KindedName { kind: EntityKind::Work, name: "Read More: now".into() } },
            Decision::Rename { rename: person("Ye"), to: "Kanye West".into() },
            Decision::Retype { retype: person("Dan + Shay"), to: EntityKind::Organization },
            Decision::Apart { apart: vec![person("Ann Lee"), person("Anne Lee")] },
        ];
        for decision in &decisions {
            AliasLedger::append(folder.path(), decision).expect("written");
        }
        assert_eq!(AliasLedger::origin(folder.path()), LedgerOrigin::Newsearch);
        let ledger = AliasLedger::read(folder.path()).expect("read");
        assert_eq!(ledger.problems, []);
        assert_eq!(ledger.decisions, decisions);
        for decision in decisions.iter().rev() {
            assert_eq!(AliasLedger::undo(folder.path()).expect("undone"), Some(decision.to_string()));
        }
        assert_eq!(AliasLedger::undo(folder.path()).expect("nothing"), None);
        // What is no decision stays where it is.
        let text = "[[decision]]\nhide = \"work:A\"\n[notes]\nmine = 1\n";
        std::fs::write(AliasLedger::path(folder.path()), text).expect("written");
        assert_eq!(AliasLedger::origin(folder.path()), LedgerOrigin::Edited);
        assert_eq!(AliasLedger::undo(folder.path()).expect("undone"), Some("hide work:A".to_owned()));
        let left = std::fs::read_to_string(AliasLedger::path(folder.path())).expect("read");
        assert_eq!(left.trim(), "[notes]\nmine = 1");
    }

    #[test]
    fn a_broken_decision_leaves_the_others_in_force() {
        let text = "# mine\n[[decision]]\nhide = \"work:A\"\n[[decision]]\nmerge = [\"person:B\"\n\n[[decision]]\n\
                    hide = \"wrok:C\"\n[[decision]]\nforget = \"work:D\"\n[[decision]]\nhide = \"work:E\"\n";
        let ledger = AliasLedger::parse(Path::new("aliases.toml"), text);
        assert_eq!(ledger.decisions.len(), 2);
        let lines: Vec<usize> = ledger.problems.iter().filter_map(|problem| problem.line).collect();
        assert_eq!(lines, [5, 8, 10], "{:?}", ledger.problems);
        assert!(ledger.problems[1].what.contains("wrok"), "{:?}", ledger.problems);
    }

    #[test]
    fn errors_say_what_was_expected_and_where() {
        let check = |body: &str, line: usize, what: &str| {
            let text = format!("# mine\n[[decision]]\n{body}\n");
            let ledger = AliasLedger::parse(Path::new("aliases.toml"), &text);
            let [problem] = ledger.problems.as_slice() else { panic!("{body}: {:?}", ledger.problems) };
            assert_eq!((ledger.decisions.len(), problem.line), (0, Some(line)), "{body}");
            assert!(problem.what.contains(what), "{body}: {}", problem.what);
        };
        check("hide = \"Read More\"", 3, "expected KIND:NAME, such as person:Tom Cruise");
        check("hide = \"work: \"", 3, "no name behind the kind");
        check("hide = \"wrok:A\"", 3, "unknown kind \"wrok\"");
        check("hide = 7", 3, "7 is no name; expected one of merge, apart");
        check("merge = [\"work:A\"]", 3, "expected two names or more");
        check("\nforget = \"work:A\"", 4, "expected one of merge, apart, hide, rename and retype");
        check("retype = \"work:A\"\nto = \"film\"", 3, "expected one of merge");
        check("hide = ", 3, "");
    }

    #[test]
    fn what_is_no_decision_is_reported() {
        let ledger =
            AliasLedger::parse(Path::new("aliases.toml"), "hide = \"work:A\"\n[[decision]]\nhide = \"work:B\"\n");
        let problems: Vec<String> = ledger.problems.iter().map(ToString::to_string).collect();
        let expected = "aliases.toml line 1: expected [[decision]]; this decision is left out, the others are in force";
        assert_eq!((ledger.decisions.len(), problems.as_slice()), (1, [expected.to_owned()].as_slice()));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_a_decision() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = AliasLedger::path(folder.path());
        fs::write(&path, "\u{feff}[[decision]]\r\nhide = \"work:A\"\r\n").expect("written");
        AliasLedger::append(folder.path(), &Decision::Hide { hide: person("B") }).expect("appended");
        let ledger = AliasLedger::read(folder.path()).expect("read");
        assert_eq!((ledger.decisions.len(), ledger.problems), (2, Vec::new()));
    }

    #[test]
    fn a_ledger_in_another_encoding_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = AliasLedger::path(folder.path());
        let check = |bytes: &[u8], decisions: usize, lines: &[usize]| {
            fs::write(&path, bytes).expect("written");
            let ledger = AliasLedger::read(folder.path()).expect("read");
            let found: Vec<usize> = ledger.problems.iter().filter_map(|problem| problem.line).collect();
            assert_eq!((ledger.decisions.len(), &found[..]), (decisions, lines), "{:?}", ledger.problems);
            let appended = AliasLedger::append(folder.path(), &Decision::Hide { hide: person("B") });
            for error in [appended.expect_err("refused"), AliasLedger::undo(folder.path()).expect_err("refused")] {
                assert!(error.to_string().contains("is not UTF-8; save the file as UTF-8"), "{error}");
            }
            assert_eq!(fs::read(&path).expect("read"), bytes);
        };
        let latin = b"# caf\xe9\n[[decision]]\nhide = \"work:A\"\n[[decision]]\nhide = \"person:Beyonc\xe9\"\n";
        check(latin, 1, &[5]);
        check(b"# caf\xe9\n[[decision]]\nhide = \"work:A\"\n", 1, &[]);
        check(b"\xff\xfe[\0[\0d\0", 0, &[1]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let (index, other, shared) =
            (folder.path().join("index"), folder.path().join("other"), folder.path().join("git/names.toml"));
        [&index, &other, &folder.path().join("git")].iter().for_each(|it| fs::create_dir(it).expect("made"));
        std::os::unix::fs::symlink("../git/names.toml", AliasLedger::path(&index)).expect("linked");
        let hide = Decision::Hide { hide: person("A") };
        // What is missing is not taken for empty.
        let error = AliasLedger::append(&index, &hide).expect_err("refused").to_string();
        assert!(error.contains("names.toml, which is missing; restore that file"), "{error}");
        let ledger = AliasLedger::read_or_report(&index);
        assert!(ledger.problems[0].to_string().ends_with("no decision is in force"), "{:?}", ledger.problems);
        fs::write(&shared, "# ours\n").expect("written");
        AliasLedger::append(&index, &hide).expect("appended");
        std::os::unix::fs::symlink("../git/names.toml", AliasLedger::path(&other)).expect("linked");
        AliasLedger::append(&other, &Decision::Hide { hide: person("B") }).expect("appended");
        assert!(AliasLedger::path(&index).is_symlink() && AliasLedger::path(&other).is_symlink());
        assert!(fs::read_to_string(&shared).expect("read").starts_with("# ours\n"));
        assert_eq!(AliasLedger::read(&index).expect("read").decisions.len(), 2);
        AliasLedger::undo(&index).expect("undone");
        assert_eq!(AliasLedger::read(&other).expect("read").decisions, [hide]);
        let names: Vec<_> = fs::read_dir(folder.path().join("git")).expect("a folder").collect();
        assert_eq!(names.len(), 1, "{names:?}");
    }

    #[test]
    fn decisions_are_described() {
        let check = |decision: Decision, expected: &str| assert_eq!(decision.to_string(), expected);
        check(
            Decision::Merge { merge: vec![person("Ye"), person("Kanye West")] },
            "merge person:Ye = person:Kanye West",
        );
        check(Decision::Apart { apart: vec![person("A"), person("B")] }, "apart person:A ≠ person:B");
        check(Decision::Rename { rename: person("A"), to: "B".into() }, "rename person:A to B");
        check(Decision::Retype { retype: person("A"), to: EntityKind::Work }, "retype person:A to work");
    }
}
