//! Hits with snippets, highlights, duplicates and explanations.

pub(crate) mod answer_diff;
pub(crate) mod article_cache;
mod block;
pub(crate) mod collapse;
pub(crate) mod explanation;
mod highlight;
pub(crate) mod hit;
pub(crate) mod hit_builder;
pub(crate) mod page;
mod plan_description;
mod passage;
mod passage_shape;
pub(crate) mod question_answer;
mod report_spans;
pub(crate) mod snippet;
mod snippet_window;
mod unit_value;
