//! The evidence for an entity: its names, its written forms, and sentences with
//! them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::article::EntityKind;
use crate::index::{EntityId, FindingsFile, NameId, StoredArticle};
use crate::insight::example::Example;
use crate::link::{KindedName, name_key, rule_of_form};
use crate::search::{SearchError, Searcher};

/// Example sentences of each form.
const EXAMPLES: usize = 2;

/// The evidence for an entity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntityEvidence {
    /// Its kind.
    pub kind: EntityKind,
    /// Its name.
    pub name: String,
    /// Articles that mention it.
    pub articles: usize,
    /// Whether it is a given name or surname alone whose bearer is unknown.
    pub fragment: bool,
    /// Its other names, each with the reason.
    pub names: Vec<EvidenceName>,
    /// Its written forms.
    pub forms: Vec<EvidenceForm>,
}

/// A further name of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceName {
    /// The name, with its kind.
    pub name: String,
    /// The rule or decision that joins it.
    pub because: String,
}

/// A written form of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceForm {
    /// The form, as written.
    pub text: String,
    /// Mentions in this form.
    pub mentions: usize,
    /// The rule that links it to the entity.
    pub rule: String,
    /// Sentences with it.
    pub examples: Vec<Example>,
}

/// Forms by text and rule.
type FormTable = BTreeMap<(String, String), EvidenceForm>;

impl Searcher {
    /// The evidence for an entity from every article that mentions it.
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn entity_evidence(&self, entity: EntityId) -> Result<EntityEvidence, SearchError> {
        let entities = self.entity_table();
        let members = entities.members(entity);
        let mut forms = FormTable::new();
        let mut articles = 0;
        self.each_article_naming(&members, |article| {
            articles += 1;
            self.add_forms(article, &members, &mut forms);
        })?;
        let mut forms: Vec<EvidenceForm> = forms.into_values().collect();
        forms.sort_by(|a, b| (b.mentions, &a.text).cmp(&(a.mentions, &b.text)));
        Ok(EntityEvidence {
            kind: entities.kind(entity).unwrap_or(EntityKind::Person),
            name: entities.name(entity).unwrap_or_default().to_owned(),
            articles,
            fragment: entities.is_fragment(entity),
            names: self.name_evidence(entity)?,
            forms,
        })
    }

    /// Adds the forms of an article's mentions of some names.
    fn add_forms(&self, article: &StoredArticle, members: &[NameId], forms: &mut FormTable) {
        let entities = self.entity_table();
        let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
        for mention in article.mentions.iter().filter(|mention| members.contains(&mention.name)) {
            let text = mention.span.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" ");
            let kind = entities.names().kind(mention.name).unwrap_or(EntityKind::Person);
            let linked = entities.names().name(mention.name).unwrap_or_default();
            let rule = rule_of_form(kind, &text, linked).to_owned();
            let new = || EvidenceForm { text: text.clone(), mentions: 0, rule: rule.clone(), examples: Vec::new() };
            let form = forms.entry((text.clone(), rule.clone())).or_insert_with(new);
            form.mentions += 1;
            if seen.insert((text, rule)) {
                // The earliest; articles arrive in no order.
                form.examples.push(Example::new(article, mention.span));
                form.examples.sort_by(|a, b| a.order().cmp(&b.order()));
                form.examples.truncate(EXAMPLES);
            }
        }
    }

    /// The reason for each further name of an entity.
    fn name_evidence(&self, entity: EntityId) -> Result<Vec<EvidenceName>, SearchError> {
        let entities = self.entity_table();
        let findings = FindingsFile::read(&self.archive().folder)?;
        let mut names = Vec::new();
        for id in entities.members(entity).into_iter().filter(|id| *id != entity) {
            let (Some(kind), Some(name)) = (entities.names().kind(id), entities.names().name(id)) else { continue };
            let called = KindedName { kind, name: name.to_owned() };
            let text = called.to_string();
            let decided = entities.ledger().decisions.iter().rev().find(|d| d.names().any(|n| is_same(n, &called)));
            let because = match (decided, findings.link.iter().find(|finding| finding.name == text)) {
                (Some(decision), _) => format!("decided: {decision}"),
                (None, Some(finding)) if finding.evidence.is_empty() => {
                    format!("{}, of {}", finding.rule.explain(), finding.is)
                }
                (None, Some(finding)) => format!("{}, of {}: {}", finding.rule.explain(), finding.is, finding.evidence),
                (None, None) => "decided about another of its names".to_owned(),
            };
            names.push(EvidenceName { name: text, because });
        }
        names.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(names)
    }
}

/// Whether two names are one by kind and key.
fn is_same(a: &KindedName, b: &KindedName) -> bool {
    a.kind == b.kind && name_key(a.kind, &a.name) == name_key(b.kind, &b.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_kind_and_key() {
        let name = |kind, name: &str| KindedName { kind, name: name.to_owned() };
        let check = |a: (EntityKind, &str), b: (EntityKind, &str), expected| {
            assert_eq!(is_same(&name(a.0, a.1), &name(b.0, b.1)), expected, "{a:?} {b:?}");
        };
        let (person, work) = (EntityKind::Person, EntityKind::Work);
        check((person, "Ada Brook"), (person, "ada brook"), true);
        check((person, "Ada Brook"), (person, "Ada Brooks"), false);
        check((person, "Ada Brook"), (work, "Ada Brook"), false);
    }
}
