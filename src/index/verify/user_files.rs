//! The files that are replaced apart from commits: decisions, alerts, findings.

use std::path::Path;

use crate::index::alerts::Alerts;
use crate::index::error::IndexError;
use crate::index::names::findings_are_sound;
use crate::link::{AliasLedger, LedgerOrigin};

use super::{Remedy, Run};

pub(super) fn check_findings(run: &mut Run) -> Result<(), IndexError> {
    let path = run.path("findings.toml");
    run.verified.count(&path);
    if !findings_are_sound(run.folder)? {
        run.verified.problem(path, "it is not as it was written", Remedy::Rebuild);
    }
    Ok(())
}

pub(super) fn check_alerts(run: &mut Run) {
    let path = Alerts::path(run.folder);
    if !path.exists() {
        return;
    }
    run.verified.count(&path);
    if let Err(error) = Alerts::read(run.folder) {
        let is_damage = error.raw_os_error().is_none();
        let remedy = if is_damage { Remedy::MendAlerts } else { Remedy::MakeReadable };
        run.verified.problem(path, error.to_string(), remedy);
    }
}

/// Checks that all decisions can be read, and notes whether someone else than
/// newsearch has changed them, as is their right.
pub(super) fn check_ledger(run: &mut Run) {
    let path = AliasLedger::path(run.folder);
    let read = AliasLedger::read(run.folder).and_then(|ledger| match path.exists() {
        true => std::fs::read(&path).map(|bytes| (ledger, bytes)),
        false => Ok((ledger, Vec::new())),
    });
    match read {
        Ok((ledger, bytes)) => {
            let problems = ledger.problems.iter().map(ToString::to_string);
            let garbled = garbled_line(&bytes).map(|(line, what)| format!("line {line}: {what}"));
            for what in problems.chain(garbled) {
                run.verified.problem(path.clone(), what, Remedy::EditLedger);
            }
            note_origin(run, &path);
        }
        Err(error) => run.verified.problem(path, error.to_string(), Remedy::MakeReadable),
    }
}

fn note_origin(run: &mut Run, path: &Path) {
    if path.exists() {
        run.verified.count(path);
    }
    if AliasLedger::origin(run.folder) == LedgerOrigin::Edited {
        let note = format!(
            "{} was changed by hand since newsearch wrote it, which is no fault; if not by you, look through it",
            path.display()
        );
        run.verified.notes.push(note);
    }
}

/// The first line, from 1, with bytes that no editor writes, and what they are.
fn garbled_line(bytes: &[u8]) -> Option<(usize, String)> {
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let problem = |line: &[u8]| match std::str::from_utf8(line) {
        Err(_) => Some("it is not UTF-8".to_owned()),
        Ok(text) => {
            let control = text.chars().find(|c| c.is_control() && *c != '\t')?;
            Some(format!("it has the control character U+{:04X}", u32::from(control)))
        }
    };
    (1..).zip(lines).find_map(|(number, line)| Some((number, problem(line)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_no_editor_writes_are_found() {
        let check = |bytes: &[u8], expected: Option<(usize, &str)>| {
            assert_eq!(garbled_line(bytes), expected.map(|(line, what)| (line, what.to_owned())), "{bytes:?}");
        };
        check(b"", None);
        check("# Beyonc\u{e9}\r\n\t[[decision]]\n".as_bytes(), None);
        check(b"\xef\xbb\xbf# a byte order mark\n", None);
        check(b"a\nb\xe9\n", Some((2, "it is not UTF-8")));
        check(b"a\nb\nc\0d", Some((3, "it has the control character U+0000")));
        check(b"a\x1b[2J", Some((1, "it has the control character U+001B")));
        check(b"a\rb\n", Some((1, "it has the control character U+000D")));
    }
}
