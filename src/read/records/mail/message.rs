//! The fields of a message, and those of the messages that are attached to it.

use mail_parser::{Encoding, HeaderName, Message, MessagePart, MimeHeaders};

use super::sender::Sender;
use crate::read::decode::decode;
use crate::read::error::ReadErrorKind;
use crate::read::records::named_fields::NamedFields;
use crate::read::sink::RecordSink;

/// A plain text shorter than this, in bytes, is a placeholder for the HTML part
/// (“View in your browser”).
const PLACEHOLDER: usize = 200;
/// How many times more letters the HTML part has than a plain one that is a teaser.
const TEASER: usize = 3;
/// How deep messages may be attached to one another.
const DEPTH: usize = 8;

/// Passes on a message and those attached to it.
pub(super) fn pass_on(
    sink: &mut RecordSink<'_>,
    path: &str,
    place: Option<usize>,
    message: &Message<'_>,
) -> Result<(), ReadErrorKind> {
    let mut found = Found::default();
    found.add(message, 0);
    if !found.left_out.is_empty() {
        sink.error(path, place, ReadErrorKind::LeftOut { what: found.left_out.join(", ") });
    }
    if found.records.is_empty() {
        return Err(ReadErrorKind::Empty);
    }
    let several = found.records.len() > 1;
    for (index, fields) in found.records.into_iter().enumerate() {
        let place = place.or(several.then_some(index + 1));
        sink.record(fields.into_record(path, place));
    }
    Ok(())
}

/// What a message holds.
#[derive(Default)]
struct Found {
    records: Vec<NamedFields>,
    /// Names of attached files.
    left_out: Vec<String>,
}

impl Found {
    fn add(&mut self, message: &Message<'_>, depth: usize) {
        let text = body(message).filter(|text| !text.trim().is_empty());
        if text.is_some() {
            self.records.push(fields(message, text));
        } else if message.attachments().all(|part| part.message().is_none()) && message.subject().is_some() {
            self.records.push(fields(message, None));
        }
        for part in message.attachments() {
            match part.message() {
                Some(inner) if depth < DEPTH => self.add(inner, depth + 1),
                _ if is_named_file(part) => self.left_out.extend(part.attachment_name().map(str::to_owned)),
                _ => {}
            }
        }
    }
}

/// Whether a part is a file that may hold text: no picture, signature or appointment.
fn is_named_file(part: &MessagePart<'_>) -> bool {
    let kind = part.content_type();
    let is = |main: &str| kind.is_some_and(|kind| kind.ctype().eq_ignore_ascii_case(main));
    let end = part.attachment_name().and_then(|name| name.rsplit_once('.')).map(|(_, end)| end.to_ascii_lowercase());
    let others =
        ["p7s", "asc", "sig", "ics", "vcf", "p7m", "png", "jpg", "jpeg", "gif", "bmp", "webp", "svg", "mp3", "mp4"];
    let other = end.is_some_and(|end| others.contains(&end.as_str()));
    part.attachment_name().is_some() && !is("image") && !is("audio") && !is("video") && !other
}

fn fields(message: &Message<'_>, text: Option<String>) -> NamedFields {
    let mut fields = NamedFields::default();
    let sender = Sender::of(message);
    fields.put("id", message.message_id());
    fields.put("title", subject(message));
    fields.put("text", text);
    fields.put("date", date(message));
    fields.put("authors", sender.author);
    fields.put("source", sender.source);
    fields
}

/// The subject. One in a legacy encoding that states none is decoded as files are.
fn subject(message: &Message<'_>) -> Option<String> {
    let subject = message.subject()?;
    let raw = || {
        let header = message.headers().iter().find(|header| header.name == HeaderName::Subject)?;
        let range = header.offset_start as usize..header.offset_end as usize;
        decode(message.raw_message().get(range)?.to_vec()).ok()
    };
    let decoded = if subject.contains('\u{fffd}') { raw() } else { None };
    Some(decoded.map_or_else(|| subject.to_owned(), |raw| raw.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// The day as the sender wrote it; what is not understood is handed on.
fn date(message: &Message<'_>) -> Option<String> {
    let valid = message.date().filter(|date| date.is_valid()).map(mail_parser::DateTime::to_rfc3339);
    valid.or_else(|| message.header_raw("Date").map(|raw| raw.trim().to_owned()))
}

/// The text of a message: its plain parts, or the HTML parts if the plain ones are
/// missing, a placeholder or a teaser.
fn body(message: &Message<'_>) -> Option<String> {
    // `body_text` and `body_html` would convert one part to the other.
    let plain = joined(message, message.text_bodies().filter(|part| part.is_text() && !part.is_text_html()));
    let html = joined(message, message.html_bodies().filter(|part| part.is_text_html()));
    match (plain, html) {
        (Some(plain), Some(html)) => {
            let short = plain.trim().len() < PLACEHOLDER && html.len() > plain.len();
            let teaser = || letters_of_html(&html) > TEASER * letters(&plain);
            Some(if short || teaser() { html } else { plain })
        }
        (plain, html) => plain.or(html),
    }
}

fn joined<'a>(message: &Message<'_>, parts: impl Iterator<Item = &'a MessagePart<'a>>) -> Option<String> {
    let texts: Vec<String> =
        parts.filter_map(|part| text_of(message, part)).filter(|text| !text.trim().is_empty()).collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

/// The text of a part. One in a legacy encoding that states none is decoded as files
/// are.
fn text_of(message: &Message<'_>, part: &MessagePart<'_>) -> Option<String> {
    let text = part.text_contents()?;
    let states = part.content_type().is_some_and(|kind| kind.has_attribute("charset"));
    if !states && part.encoding == Encoding::None && text.contains('\u{fffd}') {
        let range = part.raw_body_offset() as usize..part.raw_end_offset() as usize;
        let decoded = message.raw_message().get(range).and_then(|raw| decode(raw.to_vec()).ok());
        return Some(decoded.unwrap_or_else(|| text.to_owned()));
    }
    Some(text.to_owned())
}

/// Letters of a text without addresses, which fill plain parts of newsletters.
fn letters(text: &str) -> usize {
    let words = text.split_whitespace().filter(|word| !word.contains("http"));
    words.map(|word| word.chars().filter(|c| c.is_alphanumeric()).count()).sum()
}

/// Letters of an HTML text between tags, without those of styles and scripts.
fn letters_of_html(html: &str) -> usize {
    let mut count = 0;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        count += letters(&rest[..at]);
        rest = &rest[at..];
        let is = |name: &&str| rest.get(1..=name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name));
        let is_skipped = ["style", "script", "title"].iter().any(is);
        let end = if is_skipped { rest.find("</") } else { rest.find('>').map(|end| end + 1) };
        rest = &rest[end.unwrap_or(rest.len())..];
    }
    count + letters(rest)
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{read as run, sorted_summary};
    use super::super::{parse, read};
    use super::body;

    fn check(content: &str, expected: &[&str]) {
        let records = run(content.as_bytes(), read).expect("a message");
        assert_eq!(sorted_summary(&records), expected, "{content}");
    }

    fn check_text(plain: &str, html: &str, expected: &str) {
        let content = format!(
            "From: Desk <desk@reel.example>\r\nSubject: A\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{plain}\r\n--b\r\nContent-Type: text/html\r\n\r\n{html}\r\n--b--\r\n"
        );
        let record = run(content.as_bytes(), read).expect("a message").remove(0).expect("a record");
        let fields: serde_json::Value = serde_json::from_str(&record.text).expect("JSON");
        assert_eq!(fields["text"].as_str().unwrap_or_default().trim(), expected);
        assert_eq!((&fields["title"], &fields["source"]), (&"A".into(), &"Desk".into()));
    }

    #[test]
    fn the_plain_part_is_the_text_unless_it_is_a_placeholder() {
        let long = "A film opens in every theater of the town. ".repeat(6);
        check_text(long.trim(), "<p>Film</p>", long.trim());
        check_text(
            "View in your browser.",
            "<p>A film opens in every theater.</p>",
            "<p>A film opens in every theater.</p>",
        );
        check_text("A film opens.", "<p>Hi", "A film opens.");
    }

    #[test]
    fn a_teaser_gives_way_to_the_whole() {
        let long = "A film opens in every theater of the town. ".repeat(6);
        let whole = format!("<style>p {{ color: red }}</style><p>{}</p>", long.repeat(4));
        let content = format!(
            "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{long}\n--b\nContent-Type: text/html\n\n{whole}\n--b--\n"
        );
        let message = parse(content.as_bytes()).expect("a message");
        assert_eq!(body(&message).as_deref(), Some(whole.as_str()));
    }

    #[test]
    fn headers_and_charsets() {
        check(
            "From: =?utf-8?q?Zo=C3=AB_Lee?= <zoe@reel.example>\nSubject: =?iso-8859-1?q?Caf=E9?=\n =?iso-8859-1?q?_opens?=\nDate: Tue, 5 Mar 2019 23:30:00 -0800 (PST)\nMessage-ID: <1@b>\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nThe caf=E9 =\nopens.\n",
            &[
                r#"0 {"authors":"Zoë Lee","date":"2019-03-05T23:30:00-08:00","id":"1@b","text":"The café opens.\n","title":"Café opens"}"#,
            ],
        );
        check(
            "From: news@reel.example\nSubject: A\nDate: some day\n\nQSBmaWxt\n",
            &[r#"0 {"date":"some day","source":"news@reel.example","text":"QSBmaWxt\n","title":"A"}"#],
        );
        check(
            "From: a@b.example\nSubject: A\nContent-Transfer-Encoding: base64\nContent-Type: text/plain\n\nQSBmaWxt\n",
            &[r#"0 {"source":"a@b.example","text":"A film","title":"A"}"#],
        );
        let records = run(b"From: a@b.example\nSubject: Caf\xe9\n\nThe caf\xe9 opens.\n", read).expect("a message");
        assert_eq!(
            sorted_summary(&records),
            [r#"0 {"source":"a@b.example","text":"The café opens.\n","title":"Café"}"#]
        );
    }

    #[test]
    fn attached_messages_are_articles_and_files_are_named() {
        let content = "From: Ann Lee <ann@reel.example>\nSubject: Fwd\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee below.\n--b\nContent-Type: message/rfc822\n\nFrom: Bo Ray <bo@reel.example>\nSubject: It opens\nMessage-ID: <2@b>\n\nAt ten.\n--b\nContent-Type: application/pdf; name=\"a.pdf\"\nContent-Disposition: attachment; filename=\"a.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--b\nContent-Type: image/png; name=\"logo.png\"\nContent-Disposition: attachment; filename=\"logo.png\"\n\nPNG\n--b--\n";
        check(
            content,
            &[
                "0 error: parts left out",
                r#"1 {"authors":"Ann Lee","text":"See below.","title":"Fwd"}"#,
                r#"2 {"authors":"Bo Ray","id":"2@b","text":"At ten.","title":"It opens"}"#,
            ],
        );
    }

    #[test]
    fn messages_without_text_are_empty() {
        assert!(run(b"From: a@b.example\r\nMessage-ID: <1@b>\r\n\r\n", read).is_err());
        check("Subject: It opens\nFrom: a@b.example\n\n", &[r#"0 {"source":"a@b.example","title":"It opens"}"#]);
    }
}
