//! What the formats within XML share: which elements are records, and what each gives.

use crate::read::format::XmlFormat;
use crate::read::records::named_fields::NamedFields;

use super::blogger::Blogger;
use super::mediawiki::MediaWiki;
use super::tree::Element;
use super::wordpress::WordPress;
use super::{newsml, newsml_g2, nitf, rcv1};

/// What a record of a file gives.
pub(super) enum Outcome {
    Record(NamedFields),
    /// No article: a draft, a redirect. The files says how many there are of each kind.
    LeftOut(String),
}

impl Outcome {
    pub(super) fn left_out(kind: &str) -> Self {
        Self::LeftOut(kind.to_owned())
    }
}

/// A format within XML.
pub(super) trait Dialect {
    /// The elements that are records, without prefix and in lower case.
    fn records(&self) -> Vec<&str>;

    /// Whether such an element may stand within another one.
    fn is_nested(&self) -> bool {
        false
    }

    /// Takes what precedes the first record.
    fn start(&mut self, _head: Element<'_>) {}

    fn record(&self, element: Element<'_>) -> Outcome;
}

/// A news format: each record stands for itself.
struct News {
    records: &'static [&'static str],
    nested: bool,
    record: fn(Element<'_>) -> Outcome,
}

impl Dialect for News {
    fn records(&self) -> Vec<&str> {
        self.records.to_vec()
    }

    fn is_nested(&self) -> bool {
        self.nested
    }

    fn record(&self, element: Element<'_>) -> Outcome {
        (self.record)(element)
    }
}

/// The dialect of a format; nothing for one that is read by the names of its elements.
pub(super) fn of(format: XmlFormat) -> Option<Box<dyn Dialect>> {
    let news =
        |records, nested, record| -> Option<Box<dyn Dialect>> { Some(Box::new(News { records, nested, record })) };
    match format {
        XmlFormat::Nitf => news(&["nitf"], false, |nitf| Outcome::Record(nitf::story(nitf).into_fields())),
        XmlFormat::NewsMlG2 => news(newsml_g2::ITEMS, false, newsml_g2::record),
        XmlFormat::NewsMl => news(&["newsitem"], true, newsml::record),
        XmlFormat::Rcv1 => news(&["newsitem"], false, |item| Outcome::Record(rcv1::story(item).into_fields())),
        XmlFormat::MediaWiki => Some(Box::<MediaWiki>::default()),
        XmlFormat::WordPress => Some(Box::<WordPress>::default()),
        XmlFormat::Blogger => Some(Box::<Blogger>::default()),
        XmlFormat::Other => None,
    }
}
