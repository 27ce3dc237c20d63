//! Collects the matching articles of all segments, in two tiers: those that have all
//! words of the query, and those that have some.

use crate::search::error::SearchError;
use crate::search::exec::candidate::{Candidate, MatchCounts, Matching};
use crate::search::exec::context::SearchContext;
use crate::search::exec::match_requirement::{Coverage, MatchRequirement};
use crate::search::exec::segment_collector::SegmentCollector;
use crate::search::exec::term_at_a_time;
use crate::search::params::SHORT_QUERY;
use crate::search::plan::tree::Plan;

/// Whether articles with some of the words match beside `complete` ones with all: of a
/// name or of two words nobody wants one alone, unless nothing else is there.
pub(crate) fn has_second_tier(plan: &Plan, requirement: &MatchRequirement, complete: usize) -> bool {
    let words = requirement.is_word.iter().filter(|is_word| **is_word).count();
    words > 0 && !plan.all_words_only && (words > SHORT_QUERY || complete == 0)
}

/// The matching articles, in order of segment and document. Those with some of the words
/// are only counted if `wanted` articles or more have all of them.
pub(crate) fn collect(context: SearchContext<'_>, wanted: usize) -> Result<Matching, SearchError> {
    let all = requirement(context, Coverage::All);
    let articles = collect_required(context, &all)?;
    let complete = articles.len();
    if !has_second_tier(context.plan, &all, complete) {
        return Ok(Matching { articles, counts: MatchCounts { total: complete, complete } });
    }
    let any = requirement(context, Coverage::Any);
    if complete > 0
        && complete >= wanted
        && let Some(total) = count_any(context, &any)?
    {
        return Ok(Matching { articles, counts: MatchCounts { total, complete } });
    }
    let articles = collect_required(context, &any)?;
    let counts = MatchCounts { total: articles.len(), complete };
    Ok(Matching { articles, counts })
}

/// All articles that have so much of the query's words.
pub(crate) fn collect_with(context: SearchContext<'_>, coverage: Coverage) -> Result<Vec<Candidate>, SearchError> {
    collect_required(context, &requirement(context, coverage))
}

fn requirement(context: SearchContext<'_>, coverage: Coverage) -> MatchRequirement {
    MatchRequirement::new(context.plan, context.scoring, coverage)
}

fn collect_required(context: SearchContext<'_>, requirement: &MatchRequirement) -> Result<Vec<Candidate>, SearchError> {
    let mut found = Vec::new();
    for (number, segment) in (0..).zip(context.snapshot.segments.searcher.segment_readers()) {
        let mut collector = SegmentCollector::new(context, number, segment, requirement)?;
        if requirement.has_words && term_at_a_time::supports(collector.plan) {
            term_at_a_time::collect(&mut collector, &mut found)?;
        } else {
            collector.collect(&mut found)?;
        }
    }
    Ok(found)
}

/// The number of articles that have any word; `None` where they must be collected.
fn count_any(context: SearchContext<'_>, any: &MatchRequirement) -> Result<Option<usize>, SearchError> {
    if !term_at_a_time::supports(context.plan) {
        return Ok(None);
    }
    let mut count = 0;
    for (number, segment) in (0..).zip(context.snapshot.segments.searcher.segment_readers()) {
        count += term_at_a_time::count(&mut SegmentCollector::new(context, number, segment, any)?)?;
    }
    Ok(Some(count))
}
