//! Words that say little beside others.

use super::tree::Plan;

/// Lowers the weight of words that only hold a sentence together.
pub(super) fn weigh_words(_plan: &mut Plan) {}
