//! Title, dates, authors, source, address and section of a page, from what it
//! says to machines and, where it says nothing, from what it shows.

use crate::article::Article;

use super::linked_data::LinkedData;
use super::page::{Page, one_line};
use super::{byline, headline, published};

const SITES: &[&str] =
    &["og:site_name", "application-name", "al:android:app_name", "publisher", "dc.publisher", "copyright"];
const SECTIONS: &[&str] = &["article:section", "parsely-section", "section", "articlesection", "category"];

/// An article without text, all else found.
pub(super) fn article(page: &Page, said: &LinkedData, url: Option<String>) -> Article {
    let url = address(page, said, url);
    let source = page.meta(&SITES[..1]).map(str::to_owned).or_else(|| said.publisher.clone());
    let source = source.or_else(|| url.as_deref().and_then(host)).or_else(|| page.meta(&SITES[1..]).map(str::to_owned));
    let published = published::of(page, said, url.as_deref());
    let modified = published::modified(page, said);
    let sites: Vec<&str> =
        source.as_deref().into_iter().chain(said.publisher.as_deref()).chain(page.meta(SITES)).collect();
    Article {
        title: headline::of(page, said, source.as_deref()),
        authors: byline::of(page, said, &sites),
        section: said.section.clone().or_else(|| page.meta(SECTIONS).map(one_line)),
        modified: modified.filter(|day| published.as_ref().is_none_or(|published| day >= published)),
        published,
        source,
        url,
        ..Article::default()
    }
}

fn address(page: &Page, said: &LinkedData, given: Option<String>) -> Option<String> {
    let link = page.tagged("link").find(|link| link.label.split_whitespace().any(|word| word == "canonical"));
    let canonical = link.and_then(|link| page.attribute(link, "href"));
    let stated = page.meta(&["og:url", "twitter:url"]).map(str::to_owned);
    let all = [canonical, stated, said.url.clone(), given];
    all.into_iter().flatten().find(|url| url.starts_with("http://") || url.starts_with("https://"))
}

fn host(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_owned())
}
