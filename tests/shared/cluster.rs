//! A cluster of three nodes passes the tests of the seed articles.

use crate::seeds;
use crate::support::{in_cluster, nodes};

#[test]
#[ignore = "needs ../shared, Java 17 and Maven"]
fn the_seeds_pass_in_a_cluster() {
    let nodes = nodes();
    for test in [
        seeds::a_name_finds_its_sentence,
        seeds::names_without_a_space_are_found_and_highlighted_whole,
        seeds::a_title_is_found_in_every_spelling,
        seeds::facets_are_right,
        seeds::dates_are_read,
        seeds::timelines_have_exactly_what_the_articles_state,
    ] {
        in_cluster(&nodes.all(), test);
    }
}
