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
#[cfg(test)]
mod testing;

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

#[cfg(test)]
mod tests {
    use super::testing::{Articles, archive, name};
    use super::*;
    use crate::article::EntityKind::{Character, Organization, Person, Place, Work};

    /// Checks the links of an archive whose articles have no names: “from > to: rule”.
    fn check(names: Vec<NameFacts>, written: &[(&str, NameNumber, u32)], expected: &[&str]) {
        let names = archive(names, written);
        let findings = find(&names, &Articles(Vec::new()));
        assert_eq!(described(&names, &findings.links), expected);
    }

    fn described(names: &ArchiveNames, links: &[Link]) -> Vec<String> {
        let name = |id: NameNumber| &names.of(id).name;
        links.iter().map(|link| format!("{} > {}: {:?}", name(link.from), name(link.to), link.rule)).collect()
    }

    #[test]
    fn rules_that_leave_no_doubt() {
        check(
            vec![name(Character, "Spiderman", 2), name(Character, "Spider-Man", 9)],
            &[],
            &["Spiderman > Spider-Man: Spelling"],
        );
        check(
            vec![name(Organization, "Harbor Inc.", 2), name(Organization, "Harbor", 2)],
            &[],
            &["Harbor Inc. > Harbor: CompanyForm"],
        );
        check(
            vec![name(Person, "Dame Ann Lee", 9), name(Person, "Ann Lee", 2)],
            &[],
            &["Dame Ann Lee > Ann Lee: Honorific"],
        );
        check(
            vec![
                name(Work, "The Late Tide with Ann Lee", 2),
                name(Work, "The Late Tide", 2),
                name(Person, "Ann Lee", 2),
            ],
            &[],
            &["The Late Tide with Ann Lee > The Late Tide: Host"],
        );
        check(
            vec![name(Work, "Marine's Agent Tide", 2), name(Work, "Agent Tide", 2), name(Organization, "Marine", 5)],
            &[],
            &["Marine's Agent Tide > Agent Tide: Owner"],
        );
        // The owner is in too few articles.
        check(
            vec![name(Work, "Marine's Agent Tide", 2), name(Work, "Agent Tide", 2), name(Organization, "Marine", 4)],
            &[],
            &[],
        );
    }

    #[test]
    fn films_of_one_title() {
        check(vec![name(Work, "Tide (1984)", 2), name(Work, "Tide", 1)], &[], &["Tide (1984) > Tide: Film"]);
        let films = |count| vec![name(Work, "Tide (1984)", 1), name(Work, "Tide (2021)", count), name(Work, "Tide", 1)];
        check(films(3), &[], &["Tide > Tide (2021): Film"]);
        check(films(2), &[], &[]);
    }

    #[test]
    fn short_forms_mean_the_name_that_articles_use_them_for() {
        let names = |alone| vec![name(Person, "Drumm", alone), name(Person, "Ann Drumm", 9)];
        check(names(3), &[("Drumm", 1, 4)], &["Drumm > Ann Drumm: ShortForm"]);
        // Too seldom, or mostly alone.
        check(names(3), &[("Drumm", 1, 2)], &[]);
        check(names(9), &[("Drumm", 1, 4)], &[]);
        // Two people are meant.
        let two = vec![name(Person, "Drumm", 3), name(Person, "Ann Drumm", 9), name(Person, "Bob Drumm", 9)];
        check(two, &[("Drumm", 1, 4), ("Drumm", 2, 4)], &[]);
        let acronym = vec![name(Organization, "HWG", 3), name(Organization, "Harbor Writers Guild", 9)];
        check(acronym, &[("HWG", 1, 1)], &["HWG > Harbor Writers Guild: ShortForm"]);
    }

    #[test]
    fn surnames_with_honorific_follow_the_surname() {
        check(
            vec![name(Person, "President Drumm", 2), name(Person, "Drumm", 3), name(Person, "Ann Drumm", 9)],
            &[("Drumm", 2, 4)],
            &["Drumm > Ann Drumm: ShortForm", "President Drumm > Ann Drumm: Honorific"],
        );
    }

    #[test]
    fn stray_kinds_go_to_the_usual_one() {
        check(vec![name(Work, "Ann Lee", 1), name(Person, "Ann Lee", 9)], &[], &["Ann Lee > Ann Lee: Kind"]);
        // A fair share, many articles, or a single word.
        check(vec![name(Work, "Ann Lee", 3), name(Person, "Ann Lee", 9)], &[], &[]);
        check(vec![name(Work, "Ann Lee", 21), name(Person, "Ann Lee", 900)], &[], &[]);
        check(vec![name(Place, "Drumm", 2), name(Person, "Drumm", 90)], &[], &[]);
    }

    #[test]
    fn fragments_are_parts_of_full_names() {
        let names = [name(Person, "Ann Drumm", 9), name(Person, "Drumm", 1), name(Person, "Zorblax", 1)];
        let names = archive(names.to_vec(), &[]);
        let findings = find(&names, &Articles(Vec::new()));
        assert_eq!(findings.fragments, [1]);
    }

    #[test]
    fn pairs_that_look_alike_are_linked_by_the_names_around_them() {
        // “Ben Tide” and “Benjamin Tide”, each in two articles with other names.
        let people = ["Ben Tide", "Benjamin Tide", "Ann Lee", "Bob Ray", "Cy Day", "Dee Fox"];
        let names = archive(people.iter().map(|person| name(Person, person, 2)).collect(), &[]);
        let links = |articles: &[&[NameNumber]]| {
            let articles = Articles(articles.iter().map(|names| names.to_vec()).collect());
            let findings = find(&names, &articles);
            (described(&names, &findings.links), described(&names, &findings.candidates))
        };
        let alike = "Benjamin Tide > Ben Tide: Nickname".to_owned();
        let none = Vec::<String>::new();
        assert_eq!(links(&[&[0, 2, 3], &[0, 2], &[1, 2, 3], &[1, 2]]), (vec![alike.clone()], none.clone()));
        assert_eq!(links(&[&[0, 2], &[0, 3], &[1, 4], &[1, 5]]), (none.clone(), none.clone()));
        // People named together are usually two.
        assert_eq!(links(&[&[0, 1, 2], &[0, 1, 3]]), (none.clone(), none));
    }
}
