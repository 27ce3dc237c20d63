//! Questions that are not one ranked list: timelines, quotes, trends, coverage
//! compared, casts and roles, entities and the evidence for them.

mod compare;
mod credits;
mod entity_evidence;
mod entity_list;
mod example;
mod field_sizes;
mod index_stats;
mod merge_candidates;
mod quotes;
mod timeline;
mod timeline_changes;
mod timeline_row;
mod trends;

pub use compare::{By, Comparison, PeriodCounts};
pub use credits::CreditRow;
pub use entity_evidence::{EntityEvidence, EvidenceForm, EvidenceName};
pub use entity_list::{EntityList, EntityQuery, EntityRow};
pub use example::Example;
pub use field_sizes::Size;
pub use index_stats::Stats;
pub use quotes::{QuoteHit, QuoteRequest};
pub use timeline::{Timeline, TimelineRequest};
pub use timeline_row::TimelineRow;
pub use trends::{Trend, Trends, TrendsRequest};
