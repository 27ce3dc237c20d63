//! Clauses to a plan: what can satisfy each part of a query.

mod build;
mod expand;
mod forms;
mod describe;
mod names;
mod tree;
mod weights;

pub(super) use build::Planner;
pub(super) use describe::describe;
pub(super) use expand::alike;
pub(crate) use tree::{Clause, Node, Plan, Role, Sequence, Unit, Wanted};
