//! The value of each unit of a plan for a snippet.

use crate::search::plan::tree::{Plan, Role, UnitKind};

/// The factor for entities.
const ENTITY_FACTOR: f32 = 1.5;
/// The value of the most common word.
const MIN_VALUE: f32 = 0.6;
/// The value of a filter beside searched units: every hit has it.
const FILTER_VALUE: f32 = 0.3;

/// The value of each unit for a snippet: its weight, at least [`MIN_VALUE`], and
/// more for an entity.
pub(super) fn unit_values(plan: &Plan, weights: &[f32]) -> Vec<f32> {
    let has_search = plan.searched().next().is_some();
    let value = |(unit, weight): (usize, &f32)| match (plan.units[unit].role, &plan.units[unit].kind) {
        // Its words are units of their own.
        (Role::NamePhrase, _) => 0.0,
        (Role::Filter, _) if has_search => FILTER_VALUE,
        (_, UnitKind::Names(_)) => weight.max(MIN_VALUE) * ENTITY_FACTOR,
        _ => weight.max(MIN_VALUE),
    };
    weights.iter().enumerate().map(value).collect()
}

#[cfg(test)]
mod tests {
    use crate::search::plan::tree::Unit;

    use super::*;

    #[test]
    fn units_are_valued_by_role_and_kind() {
        let words = || UnitKind::Words(Vec::new());
        let check = |units: Vec<(UnitKind, Role, f32)>, expected: &[f32]| {
            let weights: Vec<f32> = units.iter().map(|(.., weight)| *weight).collect();
            let units =
                units.into_iter().map(|(kind, role, _)| Unit { role, ..Unit::scored(String::new(), kind, 1.0) });
            let plan = Plan { units: units.collect(), ..Plan::default() };
            assert_eq!(unit_values(&plan, &weights), expected);
        };
        check(vec![], &[]);
        check(vec![(words(), Role::Scored, 2.0)], &[2.0]);
        check(vec![(words(), Role::Scored, 0.1)], &[MIN_VALUE]);
        check(vec![(UnitKind::Names(vec![1]), Role::Scored, 2.0)], &[2.0 * ENTITY_FACTOR]);
        check(vec![(words(), Role::NamePhrase, 2.0)], &[0.0]);
        check(vec![(words(), Role::Filter, 2.0)], &[2.0]);
        check(vec![(words(), Role::Scored, 2.0), (words(), Role::Filter, 2.0)], &[2.0, FILTER_VALUE]);
    }
}
