//! Names of entities as links.

use maud::{Markup, html};

use crate::article::EntityKind;
use crate::search::Facets;

use super::super::address::entity_address;
use super::text::grouped;

/// The heading for names of a kind.
pub(super) fn heading(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "People",
        EntityKind::Character => "Characters",
        EntityKind::Work => "Films, series, songs",
        EntityKind::Organization => "Companies, bands",
        EntityKind::Place => "Places",
        EntityKind::Event => "Awards, events",
    }
}

/// A name as a link to an address.
pub(super) fn chip(kind: EntityKind, name: &str, address: &str) -> Markup {
    html! { a.chip data-kind=(kind) href=(address) title=(format!("{name} ({kind})")) { (name) } }
}

/// A name as a link to its own page, with a number of articles or mentions.
fn counted_chip(kind: EntityKind, name: &str, number: usize) -> Markup {
    html! {
        a.chip data-kind=(kind) href=(entity_address(kind, name)) title=(format!("{name} ({kind})")) {
            (name) @if number > 1 { " " span.docs { (grouped(number)) } }
        }
    }
}

/// The names of facets as links to their own pages, except one name.
pub(super) fn groups(facets: &Facets, except: &str) -> Markup {
    let of_kind = |kind: EntityKind| facets.of(kind).iter().filter(|count| count.name != except);
    by_kind(|kind| of_kind(kind).map(|count| (count.name.as_str(), count.docs as usize)).collect())
}

/// Names with their numbers, under each kind that has any.
pub(super) fn by_kind<'a>(of_kind: impl Fn(EntityKind) -> Vec<(&'a str, usize)>) -> Markup {
    let kinds = EntityKind::ALL.map(|kind| (kind, of_kind(kind)));
    html! {
        @for (kind, names) in kinds.iter().filter(|(_, names)| !names.is_empty()) {
            h3 { (heading(*kind)) }
            ul.chips {
                @for (name, number) in names { li { (counted_chip(*kind, name, *number)) } }
            }
        }
    }
}
