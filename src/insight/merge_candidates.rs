//! Names that may be one, as the archive shows them and users have not decided.

use crate::index::{EntityId, Finding, FindingsFile};
use crate::link::{Decision, KindedName};
use crate::segment::fold;

use crate::search::SearchError;
use crate::search::Searcher;

impl Searcher {
    /// The names that may be one, likeliest first: those that hold `text`, and
    /// are neither merged nor refused.
    ///
    /// # Errors
    /// [`SearchError`] where the findings cannot be read.
    pub fn candidates(&self, text: &str) -> Result<Vec<Finding>, SearchError> {
        let text = fold(text);
        let holds = |name: &str| fold(name).contains(&text);
        let mut found = FindingsFile::read(&self.archive().folder)?.candidate;
        found.retain(|finding| (holds(&finding.name) || holds(&finding.is)) && self.is_open(finding));
        Ok(found)
    }

    fn is_open(&self, finding: &Finding) -> bool {
        let entities = self.entity_table();
        let find = |text: &str| KindedName::try_from(text.to_owned()).ok().and_then(|name| entities.find(&name));
        let (Some(a), Some(b)) = (find(&finding.name), find(&finding.is)) else { return false };
        entities.of(a) != entities.of(b) && !self.is_refused(a, b)
    }

    fn is_refused(&self, a: EntityId, b: EntityId) -> bool {
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
