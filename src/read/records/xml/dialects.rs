//! The dialect of each format within XML.

use crate::read::format::XmlFormat;

use super::blogger::Blogger;
use super::dialect::{Dialect, Outcome};
use super::mediawiki::MediaWiki;
use super::tree::Element;
use super::wordpress::WordPress;
use super::{newsml, newsml_g2, nitf, rcv1};

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
