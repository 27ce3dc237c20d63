//! Folders of messages in one file: mboxo, mboxrd, mboxcl and mboxcl2, streaming.
//!
//! A line `From somebody Tue Mar  5 10:00:00 2019` begins a message if a line of a
//! header follows it: such lines also occur in texts, where some programs put a `>` in
//! front of them and others state the length of the text in the header.

use std::io::{self, BufRead, Read};

use super::{message, parse};
use crate::read::error::ReadErrorKind;
use crate::read::member::Member;
use crate::read::sink::RecordSink;

/// Bytes that the stated length of a text may be off by: line ends that were
/// converted, a blank line more or less.
const SLACK: usize = 2;

pub(in crate::read::records) fn read(sink: &mut RecordSink<'_>, mut member: Member<'_>) -> Result<(), ReadErrorKind> {
    let mut folder =
        Folder { path: member.path.clone(), limit: sink.limits.record, item: 0, message: Pending::default() };
    let (mut line, mut next) = (Vec::new(), Vec::new());
    read_line(&mut member.input, &mut line, folder.limit)?;
    while !line.is_empty() {
        read_line(&mut member.input, &mut next, folder.limit)?;
        let begins = is_from_line(&line) && is_header_line(&next);
        if begins && (folder.item == 0 || folder.message.may_end()) {
            folder.pass_on(sink);
            folder.item += 1;
        } else if folder.item > 0 {
            folder.message.add(&line, begins, folder.limit);
        }
        std::mem::swap(&mut line, &mut next);
    }
    folder.pass_on(sink);
    if folder.item == 0 {
        let what = "no message; expected a line `From address date` and a header below it".to_owned();
        return Err(ReadErrorKind::Malformed { format: "mbox", what });
    }
    Ok(())
}

/// A line with its end. Of one longer than the limit a part: the rest is read as
/// further lines.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>, limit: u64) -> io::Result<()> {
    line.clear();
    input.take(limit.saturating_add(1)).read_until(b'\n', line)?;
    Ok(())
}

/// Whether a line begins as those between messages do: with a time and a year.
fn is_from_line(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ").filter(|rest| rest.len() < 500) else { return false };
    let mut words = rest.split(u8::is_ascii_whitespace).skip(1);
    let is_time =
        |word: &[u8]| word.len() >= 4 && word.contains(&b':') && word.iter().all(|b| b.is_ascii_digit() || *b == b':');
    let is_year = |word: &[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    words.clone().any(is_time) && words.any(is_year)
}

/// Whether a line is `Key: value`, or a quoted `>From` above it as some programs leave.
fn is_header_line(line: &[u8]) -> bool {
    let key = line.iter().position(|byte| *byte == b':').map(|colon| &line[..colon]);
    let is_key = |key: &[u8]| (1..=100).contains(&key.len()) && key.iter().all(u8::is_ascii_graphic);
    line.starts_with(b">From ") || key.is_some_and(is_key)
}

/// The messages of a file.
struct Folder {
    path: String,
    limit: u64,
    item: usize,
    message: Pending,
}

impl Folder {
    /// Passes on the message that was read. One whose stated length is wrong is cut
    /// where messages begin in it.
    fn pass_on(&mut self, sink: &mut RecordSink<'_>) {
        let message = std::mem::take(&mut self.message);
        if message.size == 0 {
            return;
        }
        if message.size > self.limit {
            let kind = ReadErrorKind::Oversized { bytes: message.size, limit: self.limit };
            return sink.error(&self.path, Some(self.item), kind);
        }
        let cuts = if message.ends_as_stated() { &[][..] } else { &message.inner };
        let mut start = 0;
        for cut in cuts.iter().chain([&message.bytes.len()]) {
            self.pass_on_one(sink, &message.bytes[start..*cut]);
            start = *cut;
            self.item += usize::from(start < message.bytes.len());
        }
    }

    fn pass_on_one(&self, sink: &mut RecordSink<'_>, bytes: &[u8]) {
        let bytes = if is_from_line(bytes) { after_line(bytes) } else { bytes };
        let place = Some(self.item);
        let read = parse(bytes).and_then(|parsed| message::pass_on(sink, &self.path, place, &parsed));
        if let Err(kind) = read {
            sink.error(&self.path, place, kind);
        }
    }
}

fn after_line(bytes: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', bytes).map_or(&[], |end| &bytes[end + 1..])
}

/// A message that is being read.
#[derive(Default)]
struct Pending {
    bytes: Vec<u8>,
    size: u64,
    /// Where the text begins.
    text: Option<usize>,
    /// The stated length of the text.
    length: Option<usize>,
    /// Bytes of the text as they are in the file.
    written: usize,
    /// Where within the text a message seems to begin.
    inner: Vec<usize>,
}

impl Pending {
    fn add(&mut self, line: &[u8], begins: bool, limit: u64) {
        self.size += line.len() as u64;
        if self.size > limit {
            return;
        }
        if begins {
            self.inner.push(self.bytes.len());
        }
        if self.text.is_some() {
            self.written += line.len();
        } else if line.trim_ascii().is_empty() {
            self.text = Some(self.bytes.len() + line.len());
        } else if self.length.is_none() {
            self.length = content_length(line);
        }
        // `>From` is `From`, `>>From` is `>From`.
        let quoted = line.first() == Some(&b'>') && line.trim_ascii_start_of(b'>').starts_with(b"From ");
        self.bytes.extend_from_slice(&line[usize::from(quoted && self.text.is_some())..]);
    }

    /// Whether a message may begin here: not within the stated length of this one.
    fn may_end(&self) -> bool {
        let within = self.length.is_some_and(|length| self.text.is_some() && self.written + SLACK < length);
        !within
    }

    /// Whether the text is as long as stated, so that what looks like messages in it is
    /// part of it.
    fn ends_as_stated(&self) -> bool {
        self.length.is_none_or(|length| self.written.abs_diff(length) <= SLACK)
    }
}

fn content_length(line: &[u8]) -> Option<usize> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let is = line[..colon].eq_ignore_ascii_case(b"content-length");
    if is { std::str::from_utf8(&line[colon + 1..]).ok()?.trim().parse().ok() } else { None }
}

/// What is left of a line without bytes in front of it.
trait WithoutStart {
    fn trim_ascii_start_of(&self, byte: u8) -> &[u8];
}

impl WithoutStart for [u8] {
    fn trim_ascii_start_of(&self, byte: u8) -> &[u8] {
        &self[self.iter().take_while(|found| **found == byte).count()..]
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{read as run, sorted_summary};
    use super::*;

    fn message(header: &str, text: &str) -> String {
        format!("From ann@b.example Tue Mar  5 10:00:00 2019\nFrom: Ann Lee <ann@b.example>\n{header}\n{text}\n")
    }

    fn check(content: &str, expected: &[&str]) {
        let records = run(content.as_bytes(), read).expect("a folder");
        let texts: Vec<String> =
            sorted_summary(&records).iter().map(|line| line.replace(r#""authors":"Ann Lee","#, "")).collect();
        assert_eq!(texts, expected, "{content}");
    }

    #[test]
    fn each_message_is_a_record() {
        let (one, two) = (message("", "One.\n"), message("Subject: B\n", "Two.\n"));
        check(&format!("{one}{two}"), &[r#"1 {"text":"One.\n\n"}"#, r#"2 {"text":"Two.\n\n","title":"B"}"#]);
        check(&format!("\n\n{one}"), &[r#"1 {"text":"One.\n\n"}"#]);
        check(&one.replace('\n', "\r\n"), &[r#"1 {"text":"One.\r\n\r\n"}"#]);
        let bare =
            "From MAILER-DAEMON Tue Mar  5 10:00:00 2019 +0100\n>From x Tue Mar 5 10:00:00 2019\nSubject: A\n\nOne.";
        assert_eq!(run(bare.as_bytes(), read).expect("a folder").len(), 1);
    }

    #[test]
    fn from_lines_within_texts() {
        check(&message("", "From here on it is open.\n"), &[r#"1 {"text":"From here on it is open.\n\n"}"#]);
        check(
            &message("", "From ten at 10:00 in 2019\nit is open.\n"),
            &[r#"1 {"text":"From ten at 10:00 in 2019\nit is open.\n\n"}"#],
        );
        check(
            &message("", ">From here\n>>From there\n> From\n"),
            &[r#"1 {"text":"From here\n>From there\n> From\n\n"}"#],
        );
    }

    #[test]
    fn stated_lengths() {
        let inner = message("Subject: B\n", "Two.\n");
        let stated = |length: usize| message(&format!("Content-Length: {length}\n"), &format!("One.\n\n{inner}"));
        let length = 6 + inner.len();
        let next = message("", "Three.\n");
        let records = run(format!("{}{next}", stated(length)).as_bytes(), read).expect("a folder");
        assert_eq!(records.len(), 2, "a forwarded message is part of the text");
        let records = run(format!("{}{next}", stated(9000)).as_bytes(), read).expect("a folder");
        assert_eq!(records.len(), 3, "a wrong length does not hide messages");
        let records = run(format!("{}{next}", stated(3)).as_bytes(), read).expect("a folder");
        assert_eq!(records.len(), 3);
    }

    #[test]
    fn damage_concerns_one_message() {
        let (long, two) = (message("", &"x\n".repeat(600)), message("", "Two.\n"));
        check(&format!("{long}{two}"), &["1 error: oversized", r#"2 {"text":"Two.\n\n"}"#]);
        let empty = message("", "");
        check(&format!("{empty}{two}"), &["1 error: empty", r#"2 {"text":"Two.\n\n"}"#]);
        assert!(matches!(run(b"Hello.", read), Err(ReadErrorKind::Malformed { format: "mbox", .. })));
    }
}
