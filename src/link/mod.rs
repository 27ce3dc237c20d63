//! Mentions to canonical names.
//!
//! Two steps: inside an article, short forms find the full name they stand for
//! ([`EntityLinker`]); across articles, names whose [`name_key`] is the same
//! are one entity (the `index` module counts them).

mod acronyms;
pub mod archive;
mod article;
mod credits;
mod forms;
mod key;
mod known;
mod ledger;
mod nicknames;
mod people;
mod remakes;
mod shorter;
mod slip;
mod titles;
mod works;

pub use article::EntityLinker;
pub use credits::{Credit, Job, credits, main_work};
pub use forms::rule_of_form;
pub use key::{AliasKeys, alias_key, name_key};
pub use known::{KnownName, canonical_known, known_names};
pub use ledger::{AliasLedger, Decision, KindedName, LedgerProblem};
pub use nicknames::same_given_name;
