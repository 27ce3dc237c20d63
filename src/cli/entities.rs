//! `newsearch entities`.

use std::path::Path;

use crate::article::EntityKind;
use crate::index::{Entities, EntityId};
use crate::insight::EntityQuery;
use crate::link::{AliasLedger, Decision, KindedName, name_key};
use crate::present::{Format, candidates_json, candidates_text, entity_rows, evidence_json, evidence_text};
use crate::search::Searcher;
use anyhow::{Context, bail};
use clap::Subcommand;

use super::backend;
use super::exit::{ERROR, FOUND, NOTHING};
use super::global::Global;
use super::lookup::{named_or_written, unknown};
use super::output::Output;

/// List the entities of the index, and decide about them.
///
/// Decisions are kept in aliases.toml beside the index, win over what the
/// archive itself shows, and count from the next query on.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "A NAME may say its kind: person:Prince.\n\nExamples:\n  newsearch entities hay\n  newsearch entities --kind work --least 10\n  newsearch entities why \"Tom Cruise\"\n  newsearch entities merge \"Mission: Impossible 7\" \"M:I 7\"\n  newsearch entities undo"
)]
pub(super) struct Args {
    #[command(subcommand)]
    decide: Option<Decide>,
    /// How the name, or a word of it, begins
    #[arg(default_value = "")]
    prefix: String,
    /// Only people, characters, works …
    #[arg(long, value_name = "KIND")]
    kind: Option<EntityKind>,
    /// Only names in so many articles or more
    #[arg(long, value_name = "N", default_value_t = 1)]
    least: u32,
    /// The order of names
    #[arg(long, value_name = "ORDER", default_value = "count")]
    sort: Order,
    /// Names to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 50)]
    limit: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Order {
    Count,
    Name,
}

#[derive(Debug, Subcommand)]
enum Decide {
    /// Why a name is what it is: its forms, rules and sentences
    Why {
        /// The name
        name: String,
    },
    /// Make one entity of several, called by the first
    Merge {
        /// The names
        #[arg(required = true, num_args = 2..)]
        names: Vec<String>,
    },
    /// Take names out of an entity again, or all of them
    Split {
        /// The entity
        name: String,
        /// The names to take out; all others where none is given
        parts: Vec<String>,
    },
    /// Say that names are not one, so that they are no candidates
    Refuse {
        /// The names
        #[arg(required = true, num_args = 2..)]
        names: Vec<String>,
    },
    /// Show a name nowhere
    Hide {
        /// The name
        name: String,
    },
    /// Rename an entity
    Rename {
        /// The entity
        name: String,
        /// What to call it
        to: String,
    },
    /// Say what kind a name is
    Retype {
        /// The name
        name: String,
        #[arg(help = super::values::kinds_in_words())]
        to: EntityKind,
    },
    /// Take back the last decision
    Undo,
    /// List names that may be one, with the evidence
    Candidates {
        /// How a name, or a word of it, begins
        #[arg(default_value = "")]
        prefix: String,
        /// Pairs to print
        #[arg(long, short = 'n', value_name = "N", default_value_t = 50)]
        limit: usize,
    },
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let searcher = backend::open(global, output)?;
    let broken = !searcher.entity_table().problems().is_empty();
    let code = match &args.decide {
        None => list(args, &searcher, output)?,
        Some(Decide::Why { name }) => why(name, &searcher, output)?,
        Some(Decide::Candidates { prefix, limit }) => candidates(prefix, *limit, &searcher, output)?,
        Some(Decide::Undo) => undo(global, output)?,
        Some(decide) => {
            let decision = decision(decide, &searcher)?;
            let folder = backend::data_folder(global)?;
            AliasLedger::append(&folder, &decision).with_context(|| cannot_write_ledger(&folder))?;
            output.note(&decision.to_string());
            print_result(&decision, global, output)?;
            FOUND
        }
    };
    Ok(if broken { ERROR } else { code })
}

fn cannot_write_ledger(folder: &Path) -> String {
    format!("cannot write {}", AliasLedger::path(folder).display())
}

fn list(args: &Args, searcher: &Searcher, output: &mut Output) -> anyhow::Result<u8> {
    let query = EntityQuery {
        prefix: args.prefix.clone(),
        kind: args.kind,
        least: args.least,
        by_name: args.sort == Order::Name,
    };
    let mut found = searcher.entities(&query);
    if found.is_guess && !found.rows.is_empty() {
        output.note(&format!("no name begins with {:?}; these are alike", args.prefix));
    }
    found.rows.truncate(args.limit);
    let (format, width) = (output.rows_format("entities")?, output.printer(false).width);
    entity_rows(output.data(), &found.rows, format, width)?;
    Ok(if found.rows.is_empty() { NOTHING } else { FOUND })
}

fn why(name: &str, searcher: &Searcher, output: &mut Output) -> anyhow::Result<u8> {
    let entity = named_or_written(searcher, name)?;
    let why = searcher.entity_evidence(entity)?;
    match output.format() {
        Format::Human => evidence_text(output.data(), &why)?,
        Format::Json => evidence_json(output.data(), &why, true)?,
        Format::Jsonl => evidence_json(output.data(), &why, false)?,
        _ => bail!("entities why prints human, json or jsonl"),
    }
    Ok(FOUND)
}

fn decision(decide: &Decide, searcher: &Searcher) -> anyhow::Result<Decision> {
    let one = |name: &str| called(searcher, name);
    let several = |names: &[String]| names.iter().map(|name| one(name)).collect::<anyhow::Result<Vec<_>>>();
    Ok(match decide {
        Decide::Merge { names } => Decision::Merge { merge: distinct(several(names)?)? },
        Decide::Refuse { names } => Decision::Apart { apart: distinct(several(names)?)? },
        Decide::Split { name, parts } => Decision::Apart { apart: split_names(searcher, name, parts)? },
        Decide::Hide { name } => Decision::Hide { hide: one(name)? },
        Decide::Rename { name, to } if to.trim().is_empty() => bail!("no new name for {name:?}"),
        Decide::Rename { name, to } => Decision::Rename { rename: one(name)?, to: to.trim().to_owned() },
        Decide::Retype { name, to } => Decision::Retype { retype: one(name)?, to: *to },
        Decide::Why { .. } | Decide::Undo | Decide::Candidates { .. } => bail!("no decision"),
    })
}

fn distinct(names: Vec<KindedName>) -> anyhow::Result<Vec<KindedName>> {
    match names[..] {
        [ref first, ref rest @ ..] if rest.contains(first) => {
            bail!("{first} is named twice; the names are one entity already, or give them with their kinds")
        }
        _ => Ok(names),
    }
}

/// An entity as the ledger names it: by a name that articles have.
fn called(searcher: &Searcher, name: &str) -> anyhow::Result<KindedName> {
    let entities = searcher.entity_table();
    let exact = EntityKind::ALL.into_iter().map(|kind| KindedName { kind, name: name.to_owned() });
    let spelled = KindedName::try_from(name.to_owned()).map_or_else(|_| exact.collect(), |name| vec![name]);
    // A member of an entity is named by itself, so that it can be taken out.
    let own = spelled.iter().filter_map(|name| entities.find(name)).max_by_key(|id| entities.prominence(*id));
    let id = own.or_else(|| searcher.entity_named(name)).ok_or_else(|| unknown(searcher, name))?;
    kinded(entities, id).ok_or_else(|| unknown(searcher, name))
}

fn kinded(entities: &Entities, id: EntityId) -> Option<KindedName> {
    Some(KindedName { kind: entities.names().kind(id)?, name: entities.names().name(id)?.to_owned() })
}

/// The name of an entity, then the names that are taken out of it.
fn split_names(searcher: &Searcher, name: &str, parts: &[String]) -> anyhow::Result<Vec<KindedName>> {
    let entities = searcher.entity_table();
    let entity = named_or_written(searcher, name)?;
    let members: Vec<KindedName> =
        entities.members(entity).into_iter().filter(|id| *id != entity).filter_map(|id| kinded(entities, id)).collect();
    let listed = || members.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let mut names = vec![kinded(entities, entity).ok_or_else(|| unknown(searcher, name))?];
    if members.is_empty() {
        bail!("{} has no other names to take out; short forms within an article cannot be split", names[0]);
    }
    if parts.is_empty() {
        names.extend(members);
        return Ok(names);
    }
    for part in parts {
        let spelled = |member: &&KindedName| {
            member.to_string() == *part || name_key(member.kind, &member.name) == name_key(member.kind, part)
        };
        match members.iter().find(spelled) {
            Some(member) => names.push(member.clone()),
            None => bail!("{part:?} is no name of {}; it has {}", names[0], listed()),
        }
    }
    Ok(names)
}

/// Prints the entities as they are after a decision.
fn print_result(decision: &Decision, global: &Global, output: &mut Output) -> anyhow::Result<()> {
    let searcher = backend::open(global, output)?;
    let entities = searcher.entity_table();
    let mut ids: Vec<EntityId> =
        decision.names().filter_map(|name| entities.find(name)).map(|id| entities.of(id)).collect();
    ids.sort_unstable();
    ids.dedup();
    let rows = searcher.entity_rows(&ids);
    let format = output.format();
    let format = if matches!(format, Format::Trec | Format::Paths) { Format::Human } else { format };
    let width = output.printer(false).width;
    Ok(entity_rows(output.data(), &rows, format, width)?)
}

fn undo(global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let folder = backend::data_folder(global)?;
    match AliasLedger::undo(&folder).with_context(|| cannot_write_ledger(&folder))? {
        Some(decision) => {
            output.note(&format!("taken back: {decision}"));
            Ok(FOUND)
        }
        None => {
            output.note("nothing was decided");
            Ok(NOTHING)
        }
    }
}

fn candidates(prefix: &str, limit: usize, searcher: &Searcher, output: &mut Output) -> anyhow::Result<u8> {
    let mut rows = searcher.candidates(prefix)?;
    rows.truncate(limit);
    match output.rows_format("entities candidates")? {
        Format::Human => candidates_text(output.data(), &rows)?,
        Format::Csv => bail!("entities candidates prints human, json or jsonl"),
        format => candidates_json(output.data(), &rows, format == Format::Json)?,
    }
    Ok(if rows.is_empty() { NOTHING } else { FOUND })
}
