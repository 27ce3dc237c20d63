//! One file to its records, streaming where a file holds many.

mod feed;
mod http;
mod json;
mod lines;
mod mail;
mod sgml;
mod table;
mod warc;

use std::io::{BufRead, Read};

use super::format::{Format, Kind};
use super::unpack::{Member, Unpacker};
use super::{RawRecord, ReadErrorKind, decode, decode_page};

/// Splits a member that is neither archive nor compressed.
pub(super) fn read(to: &mut Unpacker<'_>, member: Member<'_>, kind: Kind) -> Result<(), ReadErrorKind> {
    match kind {
        Kind::JsonLines => lines::read(to, member),
        Kind::Table => table::read(to, member),
        Kind::Warc => warc::read(to, member),
        Kind::Whole(Format::Json) => json::read(to, member),
        Kind::Whole(Format::Html) => {
            let bytes = whole(to, member.input)?;
            let text = filled(decode_page(bytes, None))?;
            to.record(RawRecord { path: member.path, place: None, format: Format::Html, url: None, text });
            Ok(())
        }
        Kind::Whole(format) => {
            let text = filled(decode(whole(to, member.input)?)?)?;
            to.record(RawRecord { path: member.path, place: None, format, url: None, text });
            Ok(())
        }
        Kind::Feed => feed::read(to, &member.path, &whole(to, member.input)?),
        Kind::Mail => mail::read(to, &member.path, &member.name, &whole(to, member.input)?),
        Kind::Sgml => sgml::read(to, &member.path, &whole(to, member.input)?),
        // Unpacked before they come here.
        Kind::Archive(_) | Kind::Packed(_) => Ok(()),
    }
}

/// All of an input that may not exceed the limit of a record.
fn whole(to: &Unpacker<'_>, input: impl BufRead) -> Result<Vec<u8>, ReadErrorKind> {
    let limit = to.limits.record;
    let mut bytes = Vec::new();
    input.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(ReadErrorKind::Oversized { bytes: bytes.len() as u64, limit });
    }
    Ok(bytes)
}

fn filled(text: String) -> Result<String, ReadErrorKind> {
    if text.trim().is_empty() { Err(ReadErrorKind::Empty) } else { Ok(text) }
}

/// A record made of named fields.
fn fields(path: &str, place: Option<usize>, fields: &serde_json::Map<String, serde_json::Value>) -> RawRecord {
    let text = serde_json::Value::Object(fields.clone()).to_string();
    RawRecord { path: path.to_owned(), place, format: Format::Json, url: None, text }
}

/// Puts a value under a key where there is one.
fn put(fields: &mut serde_json::Map<String, serde_json::Value>, key: &str, value: Option<impl Into<String>>) {
    if let Some(value) = value.map(Into::into).filter(|value| !value.trim().is_empty()) {
        fields.insert(key.to_owned(), value.into());
    }
}
