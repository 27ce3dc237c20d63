//! The frame of every page: head, search box, navigation.

use maud::{DOCTYPE, Markup, html};

use super::assets::{ASSETS, address};
use super::search_state::SearchState;

/// What differs from page to page.
#[derive(Default)]
pub(super) struct Frame<'a> {
    /// The title of the window.
    pub title: &'a str,
    /// The search in the box; none for an empty box.
    pub state: Option<&'a SearchState>,
    /// The address of the feed of the page.
    pub feed: Option<String>,
    /// Whether this is the start page, which has the box in its middle.
    pub is_home: bool,
}

/// A whole page.
pub(super) fn page(frame: Frame<'_>, main: Markup) -> String {
    let [style, script, icon] = &ASSETS;
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { @if frame.title.is_empty() { "newsearch" } @else { (frame.title) " · newsearch" } }
                link rel="stylesheet" href=(address(style));
                link rel="icon" type="image/svg+xml" href=(address(icon));
                @if let Some(feed) = &frame.feed {
                    link rel="alternate" type="application/atom+xml" title="Newest hits" href=(feed);
                }
                script src=(address(script)) defer {}
            }
            body.home[frame.is_home] {
                a.skip href="#main" { "To the content" }
                header.top {
                    a.logo href="/" aria-label="newsearch, start page" { "news" b { "earch" } }
                    (search_form(frame.state, frame.is_home))
                    nav.site aria-label="Site" { a href="/help" { "Help" } a href="/api/openapi.json" { "API" } }
                }
                main #main tabindex="-1" { (main) }
            }
        }
    };
    markup.into_string()
}

fn search_form(state: Option<&SearchState>, is_home: bool) -> Markup {
    let text = state.map_or("", SearchState::text);
    html! {
        form #search role="search" action="/search" {
            div.box {
                input #q name="q" type="search" value=(text) placeholder="A person, a film, words, “a phrase” …"
                    aria-label="Search the archive" autocomplete="off" autocapitalize="off" spellcheck="false"
                    maxlength="1000" autofocus[is_home] aria-keyshortcuts="/";
                button type="submit" { "Search" }
                ul #completions role="listbox" aria-label="Names" hidden {}
            }
            @if let Some(state) = state {
                (hidden(state.filters()))
            }
        }
    }
}

/// Parameters as hidden fields of a form.
pub(super) fn hidden<'a>(settings: impl Iterator<Item = (&'a str, &'a str)>) -> Markup {
    html! { @for (key, value) in settings { input type="hidden" name=(key) value=(value); } }
}
