//! Links names over a whole archive.
//!
//! Names are linked by rules that leave no doubt (another spelling, a well-known
//! alias), by how the articles themselves use a short form, and by comparing the
//! names that occur with two names that look alike. Pairs with a low score are not
//! linked and listed as candidates.

mod candidate_pairs;
mod films;
mod fragments;
mod kinds;
mod links;
mod names;
mod pair_scorer;
mod rules;
mod short_forms;
mod surroundings;

pub use links::{Findings, Link, Rule};
pub use names::{ArchiveNames, ArticleNumber, NameFacts, NameNumber};
pub use surroundings::Surroundings;

use candidate_pairs::candidate_pairs;
use films::link_films;
use fragments::find_fragments;
use kinds::link_stray_kinds;
use links::Links;
use pair_scorer::link_pairs;
use rules::link_by_rule;
use short_forms::{link_short_forms, link_with_honorific};

/// Finds which names of an archive are one entity.
pub fn find(names: &ArchiveNames, surroundings: &dyn Surroundings) -> Findings {
    let mut links = Links::default();
    link_by_rule(names, &mut links);
    link_films(names, &mut links);
    link_short_forms(names, &mut links);
    let pairs = candidate_pairs(names, &links);
    let candidates = link_pairs(names, surroundings, pairs, &mut links);
    // Full names that are now linked no longer compete for their surname.
    link_short_forms(names, &mut links);
    link_with_honorific(names, &mut links);
    link_stray_kinds(names, &mut links);
    let fragments = find_fragments(names, &links);
    Findings { links: links.found, candidates, fragments }
}
