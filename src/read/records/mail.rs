//! E-mails (newsletters) and web pages saved as one (MHTML).

use mail_parser::{Address, Message, MessageParser, MimeHeaders};

use super::mail_charset::in_utf8;
use super::named_fields::NamedFields;
use super::structure::check_mail;
use crate::read::decode::non_empty;
use crate::read::error::ReadErrorKind;
use crate::read::format::Format;
use crate::read::member::Member;
use crate::read::record::RawRecord;
use crate::read::sink::RecordSink;

/// A plain-text part shorter than this, in bytes, is a placeholder for the HTML
/// part (“View in your browser”).
const PLACEHOLDER: usize = 200;

pub(super) fn read(sink: &mut RecordSink<'_>, member: Member<'_>) -> Result<(), ReadErrorKind> {
    let (path, name) = (member.path.clone(), member.name.clone());
    let (bytes, decoded) = in_utf8(member.read_whole(sink.limits.record)?);
    sink.text(&path, None, decoded);
    check_mail(&bytes)?;
    let malformed =
        || ReadErrorKind::Malformed { format: "e-mail", what: "no header; expected `Key: value` lines".to_owned() };
    let message = MessageParser::default().parse(&bytes).ok_or_else(malformed)?;
    if let Some(url) = saved_page(&message, &name) {
        let page = message.html_part(0).and_then(|part| part.text_contents()).ok_or(ReadErrorKind::Empty)?;
        let text = non_empty(page.to_owned())?;
        sink.record(RawRecord { path, place: None, format: Format::Html, url, text });
        return Ok(());
    }
    let text = body(&message).ok_or(ReadErrorKind::Empty)?;
    let mut fields = NamedFields::default();
    fields.put("id", message.message_id());
    fields.put("title", message.subject());
    fields.put("text", Some(text));
    fields.put("date", message.date().map(mail_parser::DateTime::to_rfc3339));
    fields.put("source", sender(message.from()));
    sink.record(fields.into_record(&path, None));
    Ok(())
}

/// The address (if known) of a page saved by a browser; `None` for an e-mail.
fn saved_page(message: &Message<'_>, name: &str) -> Option<Option<String>> {
    let header = |name: &str| message.header(name).and_then(|value| value.as_text()).map(str::to_owned);
    let address = header("Snapshot-Content-Location");
    let by_browser = sender(message.from()).is_some_and(|name| name.starts_with("Saved by"));
    let by_name =
        name.rsplit_once('.').is_some_and(|(_, end)| ["mht", "mhtml"].contains(&end.to_ascii_lowercase().as_str()));
    if address.is_none() && !by_browser && !by_name {
        return None;
    }
    let part = message.html_part(0).and_then(|part| part.content_location()).map(str::to_owned);
    Some(address.or(part).filter(|url| url.starts_with("http")))
}

/// The text of a message: the plain part, or the HTML part if the plain one is
/// missing or a placeholder.
fn body(message: &Message<'_>) -> Option<String> {
    // `body_text` and `body_html` would convert one part to the other.
    let plain = message.text_part(0).filter(|part| part.is_text() && !part.is_text_html());
    let plain = plain.and_then(|part| part.text_contents()).map(str::to_owned);
    let html = message.html_part(0).filter(|part| part.is_text_html());
    let html = html.and_then(|part| part.text_contents()).map(str::to_owned);
    match (plain, html) {
        (Some(plain), Some(html)) if plain.trim().len() < PLACEHOLDER && html.len() > plain.len() => Some(html),
        (Some(plain), _) => Some(plain),
        (None, html) => html,
    }
}

/// The name of the first sender, else the address.
fn sender(from: Option<&Address<'_>>) -> Option<String> {
    let first = from?.first()?;
    first.name().or(first.address()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::testing::read as run;
    use super::*;

    fn only_record(content: &str) -> RawRecord {
        run(content.as_bytes(), read).expect("a message").remove(0).expect("a record")
    }

    fn check_text(plain: &str, html: &str, expected: &str) {
        let record = only_record(&format!(
            "From: Desk <desk@reel.example>\r\nSubject: A\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{plain}\r\n--b\r\nContent-Type: text/html\r\n\r\n{html}\r\n--b--\r\n"
        ));
        let fields: serde_json::Value = serde_json::from_str(&record.text).expect("JSON");
        assert_eq!(fields["text"].as_str().map(str::trim), Some(expected));
        assert_eq!((&fields["title"], &fields["source"]), (&"A".into(), &"Desk".into()));
    }

    #[test]
    fn short_plain_parts_are_placeholders() {
        check_text(
            "View in your browser",
            "<p>Hayley Atwell has joined the cast.</p>",
            "<p>Hayley Atwell has joined the cast.</p>",
        );
        let long = "Hayley Atwell has joined the cast. ".repeat(10);
        check_text(long.trim(), &format!("<p>{long}</p>"), long.trim());
    }

    #[test]
    fn saved_pages_are_html() {
        let page = "Snapshot-Content-Location: https://reel.example/a\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>It opens.</p>";
        let record = only_record(page);
        assert_eq!((record.format, record.url.as_deref()), (Format::Html, Some("https://reel.example/a")));
        assert_eq!(record.text, "<p>It opens.</p>");
        let local = page.replace("https://reel.example/a", "cid:1");
        assert_eq!(only_record(&local).url, None);
    }

    #[test]
    fn messages_without_text_have_no_text_field() {
        let record = only_record("From: a@b.example\r\nMessage-ID: <1@b>\r\n\r\n");
        assert!(record.text.contains("1@b") && !record.text.contains("\"text\""), "{}", record.text);
    }
}
