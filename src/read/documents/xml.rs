//! The parts of an XML document, one after the other. Names are without their prefix.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::{resolve_html5_entity, resolve_predefined_entity};
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::read::error::ReadErrorKind;

/// What a reader of a format does with the parts of a document.
pub(super) trait Visitor {
    /// A start tag. What is within is left out if this returns `false`.
    fn start(&mut self, tag: &Tag<'_>) -> bool;
    /// The end of an element whose start was not left out.
    fn end(&mut self, name: &str);
    /// Text, with entities decoded.
    fn text(&mut self, text: &str);
}

/// A start tag.
pub(super) struct Tag<'a> {
    start: &'a BytesStart<'a>,
}

impl Tag<'_> {
    pub(super) fn name(&self) -> &str {
        self.start.name().0.rsplit(':').next().unwrap_or_default()
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let found = self
            .start
            .html_attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.0.rsplit(':').next() == Some(name))?;
        Some(
            found
                .normalized_value(XmlVersion::Implicit1_0)
                .map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned),
        )
    }
}

/// Walks through a document. An error in it ends the walk; what came before was
/// visited.
pub(super) fn walk(xml: &str, visitor: &mut impl Visitor) -> Result<(), ReadErrorKind> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    // How many elements within one that is left out are open.
    let mut skipped = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                if skipped > 0 || !visitor.start(&Tag { start: &start }) {
                    skipped += 1;
                }
            }
            Ok(Event::Empty(start)) if skipped == 0 => {
                let tag = Tag { start: &start };
                if visitor.start(&tag) {
                    visitor.end(tag.name());
                }
            }
            Ok(Event::End(_)) if skipped > 0 => skipped -= 1,
            Ok(Event::End(end)) => visitor.end(end.name().0.rsplit(':').next().unwrap_or_default()),
            Ok(Event::Text(text)) if skipped == 0 => visitor.text(&text.into_inner()),
            Ok(Event::CData(text)) if skipped == 0 => visitor.text(&text.into_inner()),
            Ok(Event::GeneralRef(entity)) if skipped == 0 => visitor.text(&resolved(&entity)),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => {
                let what = format!("{error} at byte {} of its text", reader.error_position());
                return Err(ReadErrorKind::Malformed { format: "XML", what });
            }
        }
    }
}

/// The characters of an entity; unknown ones stay as they are written.
fn resolved(entity: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return character.to_string();
    }
    let name = entity.borrow().into_inner();
    let known = resolve_predefined_entity(&name).or_else(|| resolve_html5_entity(&name));
    known.map_or_else(|| format!("&{name};"), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Log(String);

    impl Visitor for Log {
        fn start(&mut self, tag: &Tag<'_>) -> bool {
            self.0 += &format!(
                "<{}{}>",
                tag.name(),
                tag.attribute("val").map_or_else(String::new, |value| format!("={value}"))
            );
            tag.name() != "del"
        }
        fn end(&mut self, name: &str) {
            self.0 += &format!("</{name}>");
        }
        fn text(&mut self, text: &str) {
            self.0 += text;
        }
    }

    fn check(xml: &str, expected: &str) {
        let mut log = Log::default();
        walk(xml, &mut log).expect("XML");
        assert_eq!(log.0, expected, "{xml}");
    }

    #[test]
    fn parts_come_in_order_and_some_are_left_out() {
        check("<w:p><w:b w:val='a&amp;b'/>x&amp;y&#233;&nbsp;</w:p>", "<p><b=a&b></b>x&y\u{e9}\u{a0}</p>");
        check("<p><del>no<b>no</b></del>yes</p>", "<p><del>yes</p>");
        check("<p><![CDATA[a<b]]>&what;</p>", "<p>a<b&what;</p>");
        check("<p>a & b<br></p>", "<p>a & b<br></p>");
    }

    #[test]
    fn what_precedes_an_error_is_visited() {
        let mut log = Log::default();
        assert!(walk("<p>one</p><p", &mut log).is_err());
        assert_eq!(log.0, "<p>one</p>");
    }
}
