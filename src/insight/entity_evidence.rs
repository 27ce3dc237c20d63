//! Why an entity is what it is: its names, what articles write for it, and
//! sentences that do.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::article::{EntityKind, Span};
use crate::index::{EntityId, FindingsFile, StoredArticle};
use crate::link::{KindedName, name_key, rule_of_form};

use crate::search::SearchError;
use crate::search::Searcher;

/// Example sentences of each form.
const EXAMPLES: usize = 2;

/// What is known of an entity.
#[derive(Debug, Clone, PartialEq, Serialize)]

pub struct EntityEvidence {
    /// What it is.
    pub kind: EntityKind,
    /// What it is called.
    pub name: String,
    /// Articles that name it.
    pub articles: usize,
    /// Whether its bearer is not known: a given name or surname alone.
    pub fragment: bool,
    /// The names that are one with it, and why.
    pub names: Vec<EvidenceName>,
    /// What articles write for it.
    pub forms: Vec<EvidenceForm>,
}

/// A name that is one with an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]

pub struct EvidenceName {
    /// The name, with its kind.
    pub name: String,
    /// The rule or decision that joins it.
    pub because: String,
}

/// What articles write for an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]

pub struct EvidenceForm {
    /// The form, as it stands.
    pub text: String,
    /// How often.
    pub mentions: usize,
    /// How it stands for the entity.
    pub rule: String,
    /// Sentences with it.
    pub examples: Vec<Example>,
}

/// A sentence of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Example {
    /// The article's id.
    pub id: String,
    /// Its file.
    pub path: String,
    /// Its date.
    pub published: Option<String>,
    /// Where the form, or the sentence, stands: bytes into the article's text.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// The sentence.
    pub sentence: String,
}

impl Example {
    /// What orders examples: by day, those without one last.
    pub(crate) fn order(&self) -> (bool, Option<&str>, &str, usize) {
        (self.published.is_none(), self.published.as_deref(), &self.id, self.start)
    }

    /// A stretch of an article with the sentence it stands in.
    pub(crate) fn new(article: &StoredArticle, span: Span) -> Self {
        let sentence = article.sentences.iter().map(|s| s.span).find(|s| s.contains(span));
        Self {
            id: article.id.clone(),
            path: article.path.clone(),
            published: article.published.clone(),
            start: span.start,
            end: span.end,
            sentence: sentence.unwrap_or(article.title_span).of(&article.text).to_owned(),
        }
    }
}

impl Searcher {
    /// What is known of an entity, from every article that names it.
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn why(&self, entity: EntityId) -> Result<EntityEvidence, SearchError> {
        let entities = self.entity_table();
        let members = entities.members(entity);
        let mut forms: BTreeMap<(String, String), EvidenceForm> = BTreeMap::new();
        let mut articles = 0;
        self.each_article_naming(&members, |article| {
            articles += 1;
            let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
            for mention in article.mentions.iter().filter(|mention| members.contains(&mention.name)) {
                let text = mention.span.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" ");
                let kind = entities.names().kind(mention.name).unwrap_or(EntityKind::Person);
                let linked = entities.names().name(mention.name).unwrap_or_default();
                let rule = rule_of_form(kind, &text, linked).to_owned();
                let form = forms.entry((text.clone(), rule.clone())).or_insert_with(|| EvidenceForm {
                    text,
                    mentions: 0,
                    rule,
                    examples: Vec::new(),
                });
                form.mentions += 1;
                if seen.insert((form.text.clone(), form.rule.clone())) {
                    // The earliest; articles come in no order.
                    form.examples.push(Example::new(article, mention.span));
                    form.examples.sort_by(|a, b| a.order().cmp(&b.order()));
                    form.examples.truncate(EXAMPLES);
                }
            }
        })?;
        let mut forms: Vec<EvidenceForm> = forms.into_values().collect();
        forms.sort_by(|a, b| (b.mentions, &a.text).cmp(&(a.mentions, &b.text)));
        Ok(EntityEvidence {
            kind: entities.kind(entity).unwrap_or(EntityKind::Person),
            name: entities.name(entity).unwrap_or_default().to_owned(),
            articles,
            fragment: entities.is_fragment(entity),
            names: self.why_names(entity)?,
            forms,
        })
    }

    fn why_names(&self, entity: EntityId) -> Result<Vec<EvidenceName>, SearchError> {
        let entities = self.entity_table();
        let found = FindingsFile::read(&self.archive().folder)?;
        let mut names = Vec::new();
        for id in entities.members(entity).into_iter().filter(|id| *id != entity) {
            let (Some(kind), Some(name)) = (entities.names().kind(id), entities.names().name(id)) else { continue };
            let called = KindedName { kind, name: name.to_owned() };
            let text = called.to_string();
            let decided = entities.ledger().decisions.iter().rev().find(|d| d.names().any(|n| is_same(n, &called)));
            let because = match (decided, found.link.iter().find(|finding| finding.name == text)) {
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

fn is_same(a: &KindedName, b: &KindedName) -> bool {
    a.kind == b.kind && name_key(a.kind, &a.name) == name_key(b.kind, &b.name)
}
