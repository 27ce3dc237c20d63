//! Names that may denote one entity, not yet decided by users.

use crate::index::{EntityId, Finding, FindingsFile};
use crate::link::{Decision, KindedName};
use crate::search::{SearchError, Searcher};
use crate::segment::fold;

impl Searcher {
    /// The pairs of names that may denote one entity, likeliest first: those with
    /// `text` that are neither merged nor kept apart.
    ///
    /// # Errors
    /// [`SearchError`] where the findings cannot be read.
    pub fn candidates(&self, text: &str) -> Result<Vec<Finding>, SearchError> {
        let text = fold(text);
        let has_text = |name: &str| fold(name).contains(&text);
        let mut candidates = FindingsFile::read(&self.archive().folder)?.candidate;
        candidates.retain(|finding| (has_text(&finding.name) || has_text(&finding.is)) && self.is_open(finding));
        Ok(candidates)
    }

    /// Whether nobody has decided about a pair.
    fn is_open(&self, finding: &Finding) -> bool {
        let entities = self.entity_table();
        let find = |text: &str| KindedName::try_from(text.to_owned()).ok().and_then(|name| entities.find(&name));
        let (Some(a), Some(b)) = (find(&finding.name), find(&finding.is)) else { return false };
        entities.of(a) != entities.of(b) && !self.is_kept_apart(a, b)
    }

    /// Whether a decision keeps two entities apart.
    fn is_kept_apart(&self, a: EntityId, b: EntityId) -> bool {
        let entities = self.entity_table();
        entities.ledger().decisions.iter().any(|decision| match decision {
            Decision::Apart { apart } => {
                let ids: Vec<EntityId> = apart.iter().filter_map(|name| entities.find(name)).collect();
                ids.contains(&a) && ids.contains(&b)
            }
            _ => false,
        })
    }
}
