//! Which names of a whole archive are one, decided by what the archive shows.
//!
//! Within an article a short form is linked to the name it stands for. Over
//! the whole archive names are joined by rules that need no weighing (another
//! spelling, a well-known other name), by how the articles themselves use a
//! short form, and by weighing what stands around two names that look alike.
//! What is not weighty enough is kept apart and listed as a candidate.

mod candidates;
mod films;
mod fragments;
mod kinds;
mod rules;
mod short_forms;
mod weigh;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::article::EntityKind;

use super::key::name_key;
use super::people::folded_words;

/// The number of a name within an archive.
pub type NameNumber = u32;

/// The number of an article within an archive.
pub type ArticleNumber = u32;

/// What an archive knows of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct NameFacts {
    /// What it names.
    pub kind: EntityKind,
    /// How it is mostly written.
    pub name: String,
    /// Articles that name it.
    pub articles: u32,
    /// Times it is named.
    pub mentions: u32,
    /// Mean confidence of its mentions, 0 to 1.
    pub confidence: f32,
    /// How well the gazetteer knows it, 0 to 3.
    pub listed: u8,
    /// Who plays it, where it is a role: names with how often that is said.
    pub players: Vec<(NameNumber, u32)>,
    /// Its [`name_key`].
    key: String,
    /// Its words, folded.
    words: Vec<String>,
}

impl NameFacts {
    /// A name of which nothing else is known yet.
    pub fn named(kind: EntityKind, name: String) -> Self {
        let (key, words) = (name_key(kind, &name), folded_words(&name));
        Self { kind, name, articles: 0, mentions: 0, confidence: 0.0, listed: 0, players: Vec::new(), key, words }
    }

    /// Its [`super::alias_key`].
    fn alias(&self) -> String {
        self.key.replace(' ', "")
    }
}

/// The names of an archive.
#[derive(Debug, Default)]
pub struct ArchiveNames {
    /// Every name by its number.
    pub names: Vec<NameFacts>,
    /// For what articles write, the names it stands for there, each with the
    /// number of these articles.
    pub written: FxHashMap<String, Vec<(NameNumber, u32)>>,
    keys: FxHashMap<(EntityKind, String), NameNumber>,
}

impl ArchiveNames {
    /// The names with what articles write for them; keys of `written` are
    /// [`super::alias_key`]s.
    pub fn new(names: Vec<NameFacts>, written: FxHashMap<String, Vec<(NameNumber, u32)>>) -> Self {
        let keys = (0..).zip(&names).map(|(id, facts)| ((facts.kind, facts.key.clone()), id)).collect();
        Self { names, written, keys }
    }

    /// The facts of a name.
    fn of(&self, id: NameNumber) -> &NameFacts {
        &self.names[id as usize]
    }

    /// The name of a kind and spelling that some article has.
    fn find(&self, kind: EntityKind, name: &str) -> Option<NameNumber> {
        self.find_key(kind, name_key(kind, name))
    }

    fn find_key(&self, kind: EntityKind, key: String) -> Option<NameNumber> {
        self.keys.get(&(kind, key)).copied().filter(|id| self.of(*id).articles > 0)
    }

    /// The names that articles still have.
    fn living(&self) -> impl Iterator<Item = (NameNumber, &NameFacts)> {
        (0..).zip(&self.names).filter(|(_, facts)| facts.articles > 0)
    }
}

/// Why two names are one, or may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A well-known other name.
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
    /// Articles that have both use it for the other.
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
    /// One letter differs.
    Slip,
    /// The only film of its title in this archive, or the one mostly meant.
    Film,
    /// The same name, mostly of another kind.
    Kind,
}

impl Rule {
    /// What the rule says, for people.
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
            Self::Slip => "one letter differs",
            Self::Film => "the film of this title that the archive mostly means",
            Self::Kind => "the same name, mostly of the other kind",
        }
    }
}

/// A name that is another's.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The name.
    pub from: NameNumber,
    /// The name of the same entity that is better known.
    pub to: NameNumber,
    /// Why.
    pub rule: Rule,
    /// How sure, 0 to 1.
    pub score: f32,
    /// What in the archive speaks for it.
    pub evidence: String,
}

/// What an archive shows of its names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// Names that are one.
    pub links: Vec<Link>,
    /// Names that may be one.
    pub candidates: Vec<Link>,
    /// Given names and surnames alone whose bearer is not known.
    pub fragments: Vec<NameNumber>,
}

/// What stands around names.
pub trait Surroundings: Sync {
    /// For each of these names some articles that have it, in order.
    fn around(&self, names: &[NameNumber]) -> FxHashMap<NameNumber, Vec<ArticleNumber>>;
    /// Adds the names of an article, each once.
    fn names_of(&self, article: ArticleNumber, names: &mut Vec<NameNumber>);
    /// Articles of the archive.
    fn articles(&self) -> u32;
}

/// Finds which names are one.
pub fn find(names: &ArchiveNames, surroundings: &dyn Surroundings) -> Findings {
    let mut links = Links::default();
    rules::find(names, &mut links);
    films::find(names, &mut links);
    short_forms::find(names, &mut links);
    let pairs = candidates::pairs(names, &links);
    let candidates = weigh::weigh(names, surroundings, pairs, &mut links);
    // Two full names that are now one no longer vie for their surname.
    short_forms::find(names, &mut links);
    short_forms::with_honorific(names, &mut links);
    kinds::find(names, &mut links);
    let fragments = fragments::find(names, &links);
    Findings { links: links.found, candidates, fragments }
}

/// The links found so far, at most one from each name.
#[derive(Debug, Default)]
struct Links {
    found: Vec<Link>,
    to: FxHashMap<NameNumber, NameNumber>,
}

impl Links {
    /// Adds a link unless the name is linked already or the link would close a
    /// circle.
    fn add(&mut self, link: Link) {
        if !self.to.contains_key(&link.from) && self.root(link.to) != link.from {
            self.to.insert(link.from, link.to);
            self.found.push(link);
        }
    }

    fn rule(&mut self, from: NameNumber, to: NameNumber, rule: Rule) {
        if from != to {
            self.add(Link { from, to, rule, score: 1.0, evidence: String::new() });
        }
    }

    fn is_linked(&self, id: NameNumber) -> bool {
        self.to.contains_key(&id)
    }

    /// The name that a name is in the end.
    fn root(&self, mut id: NameNumber) -> NameNumber {
        while let Some(next) = self.to.get(&id) {
            id = *next;
        }
        id
    }
}
