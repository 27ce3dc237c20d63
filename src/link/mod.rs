//! Links mentions to canonical names.
//!
//! Within an article, short forms are linked to the full name that they stand for
//! ([`EntityLinker`]). Over an archive, names with the same [`name_key`] are one
//! entity, and [`archive`] links others.

mod acronyms;
pub mod archive;
mod credits;
mod edit_distance;
mod entity_linker;
mod form_rule;
mod initials;
mod known_names;
mod ledger;
mod ledger_origin;
mod name_key;
mod nicknames;
mod nobility;
mod partial_names;
mod people;
mod remakes;
mod stage_names;
mod work_titles;

pub use credits::{Credit, Job, credits, main_work};
pub use entity_linker::EntityLinker;
pub use form_rule::rule_of_form;
pub use initials::initials;
pub use known_names::{KnownName, canonical_known, known_names};
pub use ledger::{AliasLedger, Decision, KindedName, LedgerProblem};
pub use ledger_origin::LedgerOrigin;
pub use name_key::{AliasKeys, alias_key, name_key};
pub use nicknames::same_given_name;
