//! Collects the matching articles of all segments.

use crate::search::error::SearchError;
use crate::search::exec::candidate::{Candidate, MatchCounts, Matching};
use crate::search::exec::context::SearchContext;
use crate::search::exec::match_requirement::{MatchRequirement, by_shares};
use crate::search::exec::segment_collector::SegmentCollector;
use crate::search::exec::term_at_a_time;

/// All matching articles, in order of segment and document.
pub(crate) fn collect(context: SearchContext<'_>) -> Result<Matching, SearchError> {
    let (articles, MatchCounts { complete, .. }) =
        by_shares(context.plan, |share| collect_share(context, share), Vec::len)?;
    Ok(Matching { articles, complete })
}

/// All articles that have a share of the query's weight.
pub(crate) fn collect_share(context: SearchContext<'_>, share: f32) -> Result<Vec<Candidate>, SearchError> {
    let mut found = Vec::new();
    let requirement = MatchRequirement::new(context.plan, context.scoring, share);
    for (number, segment) in context.snapshot.segments.searcher.segment_readers().iter().enumerate() {
        let mut collector = SegmentCollector::new(context, number as u32, segment, &requirement)?;
        if requirement.has_words && term_at_a_time::supports(collector.plan) {
            term_at_a_time::collect(&mut collector, &mut found)?;
        } else {
            collector.collect(&mut found)?;
        }
    }
    Ok(found)
}
