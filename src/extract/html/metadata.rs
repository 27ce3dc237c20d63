//! Title, dates, authors, source, address and section of a page: from its
//! metadata, or from what it shows if it has none.

use crate::article::Article;
use crate::extract::tags;

use super::json_ld::JsonLd;
use super::page::Page;
use super::text::one_line;
use super::{byline, headline, published, saved};

/// `meta` names of the outlet.
const SITES: &[&str] =
    &["og:site_name", "application-name", "al:android:app_name", "publisher", "dc.publisher", "copyright"];
/// `meta` names of the section.
const SECTIONS: &[&str] = &["article:section", "parsely-section", "section", "articlesection", "category"];

/// `meta` names of tags, best first: those of editors before those for search engines.
const TAGS: &[&str] = &["article:tag", "parsely-tags", "sailthru.tags", "news_keywords", "keywords"];

/// An article with everything except its text.
pub(super) fn article(page: &Page, json_ld: &JsonLd, url: Option<String>) -> Article {
    let url = address(page, json_ld, url);
    let source = page.meta(&SITES[..1]).map(str::to_owned).or_else(|| json_ld.publisher.clone());
    let source = source.or_else(|| url.as_deref().and_then(host)).or_else(|| page.meta(&SITES[1..]).map(str::to_owned));
    let published = published::of(page, json_ld, url.as_deref());
    let modified = published::modified(page, json_ld);
    let sites: Vec<&str> =
        source.as_deref().into_iter().chain(json_ld.publisher.as_deref()).chain(page.meta(SITES)).collect();
    Article {
        title: headline::of(page, json_ld, source.as_deref()),
        authors: byline::of(page, json_ld, &sites),
        section: json_ld.section.clone().or_else(|| page.meta(SECTIONS).map(one_line)),
        tags: tags(page, json_ld),
        modified: modified.filter(|day| published.as_ref().is_none_or(|published| day >= published)),
        published,
        source,
        url,
        ..Article::default()
    }
}

/// The tags of editors, then keywords.
fn tags(page: &Page, json_ld: &JsonLd) -> Vec<String> {
    let mut found = Vec::new();
    let of = |name: &&'static str| page.metas_named(name).flat_map(tags::split);
    tags::add(&mut found, TAGS.iter().take(1).flat_map(of));
    tags::add(&mut found, json_ld.keywords.iter().cloned());
    tags::add(&mut found, TAGS.iter().skip(1).flat_map(of));
    found
}

/// The first absolute address among the canonical link, the metadata and the
/// address the page was saved from.
fn address(page: &Page, json_ld: &JsonLd, given: Option<String>) -> Option<String> {
    let link = page.tagged("link").find(|link| link.label.split_whitespace().any(|word| word == "canonical"));
    let canonical = link.and_then(|link| page.attribute(link, "href"));
    let stated = page.meta(&["og:url", "twitter:url"]).map(str::to_owned);
    let all = [canonical, stated, json_ld.url.clone(), given];
    let mut all = all.iter().flatten().map(|url| saved::original(url));
    all.find(|url| url.starts_with("http://") || url.starts_with("https://")).map(str::to_owned)
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, url: Option<&str>, field: impl Fn(&Article) -> Option<&str>, expected: Option<&str>) {
        let page = Page::parse(html);
        let article = article(&page, &JsonLd::of(&page), url.map(str::to_owned));
        assert_eq!(field(&article), expected, "{html}");
    }

    #[test]
    fn addresses() {
        let saved = Some("https://saved.example/");
        check(
            "<link rel=canonical href=https://a.example/><meta property=og:url content=https://b.example/>",
            saved,
            |a| a.url.as_deref(),
            Some("https://a.example/"),
        );
        check(
            "<link rel=canonical href=/relative><meta property=og:url content=https://b.example/>",
            saved,
            |a| a.url.as_deref(),
            Some("https://b.example/"),
        );
        check("<p>", saved, |a| a.url.as_deref(), saved);
        check(
            "<link rel=canonical href=https://web.archive.org/web/20190306010203/https://www.reel.example/2019/03/05/a>",
            None,
            |a| a.url.as_deref(),
            Some("https://www.reel.example/2019/03/05/a"),
        );
        check("<p>", None, |a| a.url.as_deref(), None);
    }

    #[test]
    fn tags_of_editors_come_first() {
        let check = |html: &str, expected: &[&str]| {
            let page = Page::parse(html);
            let article = article(&page, &JsonLd::of(&page), None);
            assert_eq!(article.tags, expected, "{html}");
        };
        check(
            "<meta name=keywords content='film, Film Noir'><meta property=article:tag content='Film Noir'><meta property=article:tag content=Harbor><meta name=news_keywords content='tide;film'>",
            &["Film Noir", "Harbor", "tide", "film"],
        );
        check("<meta name=keywords content=''>", &[]);
        let spam: Vec<String> = (0..400).map(|at| format!("watch free film {at}")).collect();
        let page = Page::parse(&format!("<meta name=keywords content='{}'>", spam.join(",")));
        assert_eq!(tags(&page, &JsonLd::default()).len(), 50);
    }

    #[test]
    fn sources() {
        check("<meta property=og:site_name content='The Reel'>", None, |a| a.source.as_deref(), Some("The Reel"));
        check("<p>", Some("https://www.reel.example/a"), |a| a.source.as_deref(), Some("reel.example"));
        check("<p>", None, |a| a.source.as_deref(), None);
    }

    #[test]
    fn changes_before_publication_are_ignored() {
        let dates = |modified: &str| {
            format!(
                "<meta property=article:published_time content=2020-05-04><meta property=article:modified_time content={modified}>"
            )
        };
        check(&dates("2020-05-06"), None, |a| a.modified.as_deref(), Some("2020-05-06"));
        check(&dates("2020-05-01"), None, |a| a.modified.as_deref(), None);
    }
}
