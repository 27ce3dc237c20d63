//! Archives for unit tests.

use rustc_hash::FxHashMap;

use crate::article::EntityKind;
use crate::link::name_key::alias_key;

use super::names::{ArchiveNames, ArticleNumber, NameFacts, NameNumber};
use super::surroundings::Surroundings;

/// A name of an archive that some articles mention.
pub(super) fn name(kind: EntityKind, name: &str, articles: u32) -> NameFacts {
    NameFacts { articles, mentions: articles, confidence: 0.9, ..NameFacts::named(kind, name.to_owned()) }
}

/// The names of an archive. `written` has for a form the index of the name that it
/// stands for, and in how many articles.
pub(super) fn archive(names: Vec<NameFacts>, written: &[(&str, NameNumber, u32)]) -> ArchiveNames {
    let mut forms: FxHashMap<String, Vec<(NameNumber, u32)>> = FxHashMap::default();
    for (form, id, count) in written {
        let kind = names[*id as usize].kind;
        forms.entry(alias_key(kind, form)).or_default().push((*id, *count));
    }
    ArchiveNames::new(names, forms)
}

/// The articles of an archive as lists of names.
pub(super) struct Articles(pub Vec<Vec<NameNumber>>);

impl Surroundings for Articles {
    fn around(&self, names: &[NameNumber]) -> FxHashMap<NameNumber, Vec<ArticleNumber>> {
        let of = |name: NameNumber| {
            let articles = (0..).zip(&self.0).filter(|(_, names)| names.contains(&name));
            (name, articles.map(|(article, _)| article).collect())
        };
        names.iter().map(|name| of(*name)).collect()
    }

    fn names_of(&self, article: ArticleNumber, names: &mut Vec<NameNumber>) {
        names.extend(&self.0[article as usize]);
    }

    fn articles(&self) -> u32 {
        self.0.len() as u32
    }
}
