//! E-mails (newsletters), folders of them (mbox), and web pages saved as one (MHTML).

mod mbox;
mod message;
mod sender;

use mail_parser::{Message, MessageParser, MimeHeaders};

use super::mail_charset::in_utf8;
use super::structure::check_mail;
use crate::read::decode::non_empty;
use crate::read::error::ReadErrorKind;
use crate::read::format::Format;
use crate::read::member::Member;
use crate::read::record::RawRecord;
use crate::read::sink::RecordSink;

pub(super) use mbox::read as read_mbox;

/// A file that is one message.
pub(super) fn read(sink: &mut RecordSink<'_>, member: Member<'_>) -> Result<(), ReadErrorKind> {
    let (path, name) = (member.path.clone(), member.name.clone());
    let (bytes, decoded) = in_utf8(member.read_whole(sink.limits.record)?);
    sink.text(&path, None, decoded);
    let message = parse(of_apple_mail(&bytes))?;
    if let Some(url) = saved_page(&message, &name) {
        let page = message.html_part(0).and_then(|part| part.text_contents()).ok_or(ReadErrorKind::Empty)?;
        let text = non_empty(page.to_owned())?;
        sink.record(RawRecord { url, ..RawRecord::new(path, None, Format::Html, text) });
        return Ok(());
    }
    message::pass_on(sink, &path, None, &message)
}

fn parse(bytes: &[u8]) -> Result<Message<'_>, ReadErrorKind> {
    check_mail(bytes)?;
    let malformed =
        || ReadErrorKind::Malformed { format: "e-mail", what: "no header; expected `Key: value` lines".to_owned() };
    MessageParser::default().parse(bytes).ok_or_else(malformed)
}

/// The message in a file of Apple Mail (`.emlx`): its length in a line of its own goes
/// in front, flags in XML follow.
fn of_apple_mail(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().take(20).position(|byte| *byte == b'\n').unwrap_or(0);
    let length = std::str::from_utf8(&bytes[..end]).ok().and_then(|line| line.trim().parse::<usize>().ok());
    match length {
        Some(length) => bytes.get(end + 1..end.saturating_add(1).saturating_add(length)).unwrap_or(&bytes[end + 1..]),
        None => bytes,
    }
}

/// The address (if known) of a page saved by a browser; `None` for an e-mail.
fn saved_page(message: &Message<'_>, name: &str) -> Option<Option<String>> {
    let header = |name: &str| message.header(name).and_then(|value| value.as_text()).map(str::to_owned);
    let address = header("Snapshot-Content-Location");
    let from = message.from().and_then(|from| from.first()).and_then(|first| first.name().or(first.address()));
    let by_browser = from.is_some_and(|name| name.starts_with("Saved by"));
    let by_name =
        name.rsplit_once('.').is_some_and(|(_, end)| ["mht", "mhtml"].contains(&end.to_ascii_lowercase().as_str()));
    if address.is_none() && !by_browser && !by_name {
        return None;
    }
    let part = message.html_part(0).and_then(|part| part.content_location()).map(str::to_owned);
    Some(address.or(part).filter(|url| url.starts_with("http")))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read as run, sorted_summary};
    use super::*;

    fn only_record(content: &str) -> RawRecord {
        run(content.as_bytes(), read).expect("a message").remove(0).expect("a record")
    }

    #[test]
    fn saved_pages_are_read_as_pages() {
        let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://reel.example/a\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>It opens.</p>";
        let record = only_record(page);
        assert_eq!((record.format, record.url.as_deref()), (Format::Html, Some("https://reel.example/a")));
        assert_eq!(record.text, "<p>It opens.</p>");
        let local = page.replace("https://reel.example/a", "cid:1");
        assert_eq!(only_record(&local).url, None);
    }

    #[test]
    fn messages_of_apple_mail() {
        let message = "From: Ann Lee <ann@reel.example>\nSubject: It opens\nMessage-ID: <1@b>\n\nAt ten.\n";
        let plist = "<?xml version=\"1.0\"?><plist><dict><key>flags</key></dict></plist>";
        for file in [format!("{}    \n{message}{plist}", message.len()), format!("9999\n{message}")] {
            let records = run(file.as_bytes(), read).expect("a message");
            let fields = r#"{"authors":"Ann Lee","id":"1@b","text":"At ten.\n","title":"It opens"}"#;
            assert_eq!(sorted_summary(&records), [format!("0 {fields}")]);
        }
    }

    #[test]
    fn messages_nested_without_end_are_refused() {
        let nested = "Content-Type: message/rfc822\n\n".repeat(5000);
        let found = parse(nested.as_bytes());
        assert!(matches!(found, Err(ReadErrorKind::TooMany { .. })));
        assert!(parse("Content-Type: message/rfc822\n\n".repeat(1000).as_bytes()).is_ok());
    }
}
