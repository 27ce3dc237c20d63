//! E-mails (newsletters), and pages saved in the form of one (MHTML).

use mail_parser::{Address, Message, MessageParser, MimeHeaders};
use serde_json::Map;

use super::super::format::Format;
use super::super::unpack::Unpacker;
use super::super::{RawRecord, ReadErrorKind};
use super::{fields, filled, put};

/// A plain part shorter than this stands in for one in HTML (“View in your
/// browser”), in bytes.
const STAND_IN: usize = 200;

pub(super) fn read(to: &mut Unpacker<'_>, path: &str, name: &str, bytes: &[u8]) -> Result<(), ReadErrorKind> {
    let malformed = |what: &str| ReadErrorKind::Malformed { format: "e-mail", what: what.to_owned() };
    let message =
        MessageParser::default().parse(bytes).ok_or_else(|| malformed("no header; expected `Key: value` lines"))?;
    if let Some(url) = saved_page(&message, name) {
        let page = message.html_part(0).and_then(|part| part.text_contents()).ok_or(ReadErrorKind::Empty)?;
        let text = filled(page.to_owned())?;
        to.record(RawRecord { path: path.to_owned(), place: None, format: Format::Html, url, text });
        return Ok(());
    }
    let text = body(&message).ok_or(ReadErrorKind::Empty)?;
    let mut map = Map::new();
    put(&mut map, "id", message.message_id());
    put(&mut map, "title", message.subject());
    put(&mut map, "text", Some(text));
    put(&mut map, "date", message.date().map(mail_parser::DateTime::to_rfc3339));
    put(&mut map, "source", sender(message.from()));
    to.record(fields(path, None, &map));
    Ok(())
}

/// The address of a page saved by a browser; `None` where this is an e-mail.
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

/// The text of a message: its plain part, or the one in HTML where the plain
/// one only stands in for it.
fn body(message: &Message<'_>) -> Option<String> {
    // Asked for parts as they are: the library would turn one into the other.
    let plain = message.text_part(0).filter(|part| part.is_text() && !part.is_text_html());
    let plain = plain.and_then(|part| part.text_contents()).map(str::to_owned);
    let html = message.html_part(0).filter(|part| part.is_text_html());
    let html = html.and_then(|part| part.text_contents()).map(str::to_owned);
    match (plain, html) {
        (Some(plain), Some(html)) if plain.trim().len() < STAND_IN && html.len() > plain.len() => Some(html),
        (Some(plain), _) => Some(plain),
        (None, html) => html,
    }
}

fn sender(from: Option<&Address<'_>>) -> Option<String> {
    let first = from?.first()?;
    first.name().or(first.address()).map(str::to_owned)
}
