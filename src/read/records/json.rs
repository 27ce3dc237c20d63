//! A JSON file: one object, an array of objects, objects one after another,
//! or a JSON Feed.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::format::Format;
use super::super::unpack::{Member, Unpacker};
use super::super::{RawRecord, ReadErrorKind, decode};
use super::{feed, filled, whole};

/// What tells a JSON Feed (version 1 and 1.1 of the specification).
#[derive(Deserialize)]
struct FeedHeader<'a> {
    #[serde(borrow)]
    version: std::borrow::Cow<'a, str>,
}

pub(super) fn read(to: &mut Unpacker<'_>, member: Member<'_>) -> Result<(), ReadErrorKind> {
    let path = member.path;
    let text = filled(decode(whole(to, member.input)?)?)?;
    if serde_json::from_str::<FeedHeader<'_>>(&text).is_ok_and(|head| head.version.contains("jsonfeed.org/version/")) {
        return feed::read(to, &path, text.as_bytes());
    }
    let mut items = Vec::new();
    for value in serde_json::Deserializer::from_str(&text).into_iter::<&RawValue>() {
        let value = value?.get();
        if value.starts_with('[') {
            items.extend(serde_json::from_str::<Vec<&RawValue>>(value)?.into_iter().map(RawValue::get));
        } else {
            items.push(value);
        }
    }
    let many = items.len() > 1;
    for (index, item) in items.into_iter().enumerate() {
        let place = many.then_some(index + 1);
        to.record(RawRecord { path: path.clone(), place, format: Format::Json, url: None, text: item.to_owned() });
    }
    Ok(())
}
