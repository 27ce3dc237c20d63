//! Where an article matches, by positions.

use tantivy::DocId;

use super::cursor::Place;
use super::language::Occur;
use super::plan::Plan;
use super::walk::Walk;

/// For each unit of a plan the positions where it stands and makes an article
/// match, sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Matches {
    positions: Vec<u32>,
    /// Where the list of each unit ends: those in the body, then those in the
    /// title.
    ends: Vec<u32>,
}

impl Matches {
    /// Where a unit stands in the body.
    pub fn body(&self, unit: usize) -> &[u32] {
        self.list(unit)
    }

    /// Where a unit stands in the title.
    pub fn title(&self, unit: usize) -> &[u32] {
        self.list(self.ends.len() / 2 + unit)
    }

    /// Whether anything stands in the title.
    pub fn any_in_title(&self) -> bool {
        let body = (self.ends.len() / 2).checked_sub(1).map_or(0, |last| self.ends[last] as usize);
        self.positions.len() > body
    }

    fn list(&self, at: usize) -> &[u32] {
        let end = self.ends.get(at).copied().unwrap_or(0);
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |start| *start.min(&end));
        &self.positions[start as usize..end as usize]
    }
}

/// Reads the matches of one document after the other.
pub(super) struct MatchReader {
    /// Those of each unit in the body, then in the title.
    lists: Vec<Vec<u32>>,
    units: usize,
}

impl MatchReader {
    pub fn new(plan: &Plan) -> Self {
        let units = plan.units.len();
        Self { lists: vec![Vec::new(); 2 * units], units }
    }

    /// The matches of a document.
    pub fn read(&mut self, walk: &mut Walk<'_>, plan: &Plan, doc: DocId) -> Matches {
        self.lists.iter_mut().for_each(Vec::clear);
        for clause in plan.clauses.iter().filter(|clause| clause.occur != Occur::Not) {
            if walk.score(&clause.node, doc).is_none() {
                continue;
            }
            walk.matches(&clause.node, doc, &mut |unit, place, position| match place {
                Place::Body => self.lists[unit].push(position),
                Place::Title => self.lists[self.units + unit].push(position),
                Place::Elsewhere => {}
            });
        }
        let mut matches = Matches {
            positions: Vec::with_capacity(self.lists.iter().map(Vec::len).sum()),
            ends: Vec::with_capacity(self.lists.len()),
        };
        for list in &mut self.lists {
            list.sort_unstable();
            list.dedup();
            matches.positions.extend_from_slice(list);
            matches.ends.push(matches.positions.len() as u32);
        }
        matches
    }
}

#[cfg(test)]
mod tests {
    use super::Matches;

    #[test]
    fn lists_are_those_of_their_units() {
        let matches = Matches { positions: vec![3, 9, 4, 1], ends: vec![2, 2, 3, 3, 3, 4] };
        assert_eq!([0, 1, 2].map(|unit| matches.body(unit)), [&[3, 9][..], &[], &[4]]);
        assert_eq!([0, 1, 2].map(|unit| matches.title(unit)), [&[][..], &[], &[1]]);
        assert!(matches.any_in_title());
        assert!(!Matches { positions: vec![3], ends: vec![1, 1] }.any_in_title());
        assert!(Matches::default().body(7).is_empty() && !Matches::default().any_in_title());
    }
}
