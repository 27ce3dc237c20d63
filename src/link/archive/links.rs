//! Links between the names of an archive.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::names::NameNumber;

/// The rule by which two names are one entity, or may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A well-known alias.
    Known,
    /// Only spaces and punctuation differ.
    Spelling,
    /// “Inc.”, “Corp.” and the like.
    CompanyForm,
    /// “The Late Show with Stephen Colbert”.
    Host,
    /// “Marvel's Agent Carter”.
    Owner,
    /// “Sir Elton John”.
    Honorific,
    /// Articles that have both use one for the other.
    ShortForm,
    /// A short form of the given name.
    Nickname,
    /// With and without a middle name.
    MiddleName,
    /// The initial of the given name.
    Initial,
    /// The initials of a title, with its number.
    TitleInitials,
    /// A title of nobility in place of the surname.
    Style,
    /// The edit distance is one.
    #[serde(rename = "slip")]
    OneEdit,
    /// The only film of its title in this archive, or the one usually meant.
    Film,
    /// The same name, usually of another kind.
    Kind,
}

impl Rule {
    /// A description of the rule for people.
    pub fn explain(self) -> &'static str {
        match self {
            Self::Known => "a well-known other name",
            Self::Spelling => "the same but for spaces and punctuation",
            Self::CompanyForm => "the same but for the form of the company",
            Self::Host => "the same title without its host or star",
            Self::Owner => "the same title without its studio",
            Self::Honorific => "the same person without the honorific",
            Self::ShortForm => "articles that have both use one for the other",
            Self::Nickname => "one given name is short for the other",
            Self::MiddleName => "the same but for a middle name",
            Self::Initial => "the initial of the same given name",
            Self::TitleInitials => "the initials of the title",
            Self::Style => "one has a title of nobility for the other's surname",
            Self::OneEdit => "one letter differs",
            Self::Film => "the film of this title that the archive mostly means",
            Self::Kind => "the same name, mostly of the other kind",
        }
    }
}

/// A link from a name to another name of the same entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The linked name.
    pub from: NameNumber,
    /// The better-known name.
    pub to: NameNumber,
    /// The rule.
    pub rule: Rule,
    /// The confidence, 0 to 1.
    pub score: f32,
    /// The evidence in the archive, for people to read.
    pub evidence: String,
}

/// The result of linking the names of an archive.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// Names that are one entity.
    pub links: Vec<Link>,
    /// Names that may be one entity.
    pub candidates: Vec<Link>,
    /// Bare given names and surnames whose bearer is not known.
    pub fragments: Vec<NameNumber>,
}

/// The links found so far, at most one from each name.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) found: Vec<Link>,
    to: FxHashMap<NameNumber, NameNumber>,
}

impl Links {
    /// Adds a link unless the name is linked already or the link would close a cycle.
    pub(super) fn add(&mut self, link: Link) {
        if !self.to.contains_key(&link.from) && self.root(link.to) != link.from {
            self.to.insert(link.from, link.to);
            self.found.push(link);
        }
    }

    /// Adds a link by a rule that leaves no doubt.
    pub(super) fn add_certain(&mut self, from: NameNumber, to: NameNumber, rule: Rule) {
        if from != to {
            self.add(Link { from, to, rule, score: 1.0, evidence: String::new() });
        }
    }

    /// Whether a name is linked to another.
    pub(super) fn is_linked(&self, id: NameNumber) -> bool {
        self.to.contains_key(&id)
    }

    /// The name at the end of the links from a name.
    pub(super) fn root(&self, mut id: NameNumber) -> NameNumber {
        while let Some(next) = self.to.get(&id) {
            id = *next;
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_form_no_cycles() {
        let mut links = Links::default();
        links.add_certain(2, 1, Rule::Known);
        links.add_certain(1, 0, Rule::Spelling);
        // Linked already, a cycle, and a name to itself.
        links.add_certain(2, 0, Rule::Spelling);
        links.add_certain(0, 2, Rule::Spelling);
        links.add_certain(3, 3, Rule::Spelling);
        let found: Vec<_> = links.found.iter().map(|link| (link.from, link.to)).collect();
        assert_eq!(found, [(2, 1), (1, 0)]);
        assert_eq!((links.root(2), links.root(0), links.root(3)), (0, 0, 3));
        assert!(links.is_linked(1) && !links.is_linked(0));
    }

    #[test]
    fn rules_keep_their_serialized_names() {
        let check = |rule: Rule, expected: &str| assert_eq!(serde_json::to_value(rule).expect("JSON"), expected);
        check(Rule::OneEdit, "slip");
        check(Rule::CompanyForm, "company-form");
        check(Rule::Film, "film");
    }
}
