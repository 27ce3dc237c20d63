//! Names as links.

use maud::{Markup, html};

use crate::article::EntityKind;
use crate::search::{FacetCount, Facets};

use super::super::address::entity_address;
use super::text::grouped;

/// What several of a kind are called.
pub(super) fn plural(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "People",
        EntityKind::Character => "Characters",
        EntityKind::Work => "Films, series, songs",
        EntityKind::Organization => "Companies, bands",
        EntityKind::Place => "Places",
        EntityKind::Event => "Awards, events",
    }
}

/// A name that leads somewhere.
pub(super) fn chip(kind: EntityKind, name: &str, address: &str) -> Markup {
    html! { a.chip data-kind=(kind) href=(address) title=(format!("{name} ({kind})")) { (name) } }
}

/// A name that leads somewhere, with a number: of articles, or of mentions.
pub(super) fn counted_chip(kind: EntityKind, name: &str, address: &str, number: usize) -> Markup {
    html! {
        a.chip data-kind=(kind) href=(address) title=(format!("{name} ({kind})")) {
            (name) @if number > 1 { " " span.docs { (grouped(number)) } }
        }
    }
}

/// The names of all kinds, each leading to its own page; `but` itself is left out.
pub(super) fn groups(facets: &Facets, but: &str) -> Markup {
    html! {
        @for kind in EntityKind::ALL {
            @let names: Vec<&FacetCount> = facets.of(kind).iter().filter(|count| count.name != but).collect();
            @if !names.is_empty() {
                h3 { (plural(kind)) }
                ul.chips {
                    @for FacetCount { name, docs } in names {
                        li { (counted_chip(kind, name, &entity_address(kind, name), *docs as usize)) }
                    }
                }
            }
        }
    }
}
