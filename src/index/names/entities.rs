//! Names as entities: what linking found, changed by what users decided.

use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::EntityKind;
use crate::index::commit::CommitInfo;
use crate::index::error::IndexError;
use crate::link::{AliasKeys, AliasLedger, Decision, KindedName, LedgerProblem, alias_key, canonical_known, name_key};

use super::id::{EntityId, NameId};
use super::links::Links;
use super::reader::Names;

/// The entities of a commit. Opening reads a few bytes of the index and the
/// ledger; the rest is looked up when asked for.
pub struct Entities {
    names: Names,
    links: Links,
    ledger: AliasLedger,
    overlay: Overlay,
}

/// What the ledger changes.
#[derive(Default)]
struct Overlay {
    /// Names whose entity is not the one that linking found.
    roots: FxHashMap<NameId, EntityId>,
    /// The names of every entity that has changed.
    members: FxHashMap<EntityId, Vec<NameId>>,
    hidden: FxHashSet<EntityId>,
    names: FxHashMap<EntityId, String>,
    kinds: FxHashMap<EntityId, EntityKind>,
    /// Names that decisions gave, by their [`alias_key`].
    aliases: FxHashMap<String, Vec<EntityId>>,
    /// How many decisions are about names that the archive does not hold.
    idle: usize,
}

impl Entities {
    /// Opens the names, links and ledger of a commit.
    ///
    /// # Errors
    /// [`IndexError`]. A ledger that cannot be read, whole or in part, is no error,
    /// see [`Entities::problems`].
    pub fn open(folder: &Path, info: &CommitInfo) -> Result<Self, IndexError> {
        let names = Names::open(folder, &info.names_path(folder))?;
        let links = if info.links > 0 { Links::open(folder, &info.links_path(folder))? } else { Links::default() };
        let ledger = AliasLedger::read_or_report(folder);
        let mut entities = Self { names, links, ledger, overlay: Overlay::default() };
        for decision in std::mem::take(&mut entities.ledger.decisions) {
            entities.apply(&decision);
            entities.ledger.decisions.push(decision);
        }
        Ok(entities)
    }

    /// The names that the entities consist of.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Decisions of the ledger that could not be read.
    pub fn problems(&self) -> &[LedgerProblem] {
        &self.ledger.problems
    }

    /// The ledger as it was opened.
    pub fn ledger(&self) -> &AliasLedger {
        &self.ledger
    }

    /// How many decisions are about names that this archive does not hold.
    pub fn idle_decisions(&self) -> usize {
        self.overlay.idle
    }

    /// How many names there are; every entity's number is below.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The entity of a name.
    pub fn of(&self, id: NameId) -> EntityId {
        // Most archives have no decisions.
        let decided = (!self.overlay.roots.is_empty()).then(|| self.overlay.roots.get(&id)).flatten();
        decided.copied().unwrap_or_else(|| self.links.root(id))
    }

    /// All names of an entity.
    pub fn members(&self, entity: EntityId) -> Vec<NameId> {
        match self.overlay.members.get(&entity) {
            Some(members) => members.clone(),
            None => self.links.ring(entity),
        }
    }

    /// The canonical name of an entity.
    pub fn name(&self, entity: EntityId) -> Option<&str> {
        self.overlay.names.get(&entity).map(String::as_str).or_else(|| self.names.name(entity))
    }

    /// The kind of an entity.
    pub fn kind(&self, entity: EntityId) -> Option<EntityKind> {
        self.overlay.kinds.get(&entity).copied().or_else(|| self.names.kind(entity))
    }

    /// How many articles named it when they were indexed, for order only.
    pub fn prominence(&self, entity: EntityId) -> u32 {
        self.names.prominence(entity)
    }

    /// Whether it is a single given name or surname of an unknown person.
    pub fn is_fragment(&self, entity: EntityId) -> bool {
        self.links.is_fragment(entity)
            && !self.overlay.members.contains_key(&entity)
            && !self.overlay.names.contains_key(&entity)
    }

    /// Whether it was decided to hide it.
    pub fn is_hidden(&self, entity: EntityId) -> bool {
        !self.overlay.hidden.is_empty() && self.overlay.hidden.contains(&entity)
    }

    /// Whether facets and lists show it.
    pub fn is_shown(&self, entity: EntityId) -> bool {
        !self.is_hidden(entity) && !self.is_fragment(entity)
    }

    /// Whether a name's number is that of its entity.
    pub fn is_entity(&self, id: NameId) -> bool {
        self.of(id) == id
    }

    /// The entities that some initials stand for, with the number of articles that name
    /// them, most first.
    pub fn of_initials(&self, initials: &str) -> Vec<(EntityId, u32)> {
        let mut counts: FxHashMap<EntityId, u32> = FxHashMap::default();
        self.names.each_of_initials(initials, |id, count| *counts.entry(self.of(id)).or_default() += count);
        let mut found: Vec<(EntityId, u32)> = counts.into_iter().filter(|(id, _)| !self.is_hidden(*id)).collect();
        found.sort_by_key(|(entity, count)| (std::cmp::Reverse(*count), *entity));
        found
    }

    /// The entities with this name or alias, with the number of articles that
    /// use it, the most used first. `kind` restricts them, and decides how
    /// numerals fold. Hidden ones are not found.
    pub fn written_as(&self, name: &str, kind: Option<EntityKind>) -> Vec<(EntityId, u32)> {
        let mut counts: FxHashMap<EntityId, u32> = FxHashMap::default();
        for (id, _, count) in self.names.written_as(name, None) {
            *counts.entry(self.of(id)).or_default() += count;
        }
        if !self.overlay.aliases.is_empty() {
            let keys = AliasKeys::of(name);
            for entity in [keys.work, keys.other].iter().filter_map(|key| self.overlay.aliases.get(key)).flatten() {
                counts.entry(*entity).or_default();
            }
        }
        self.add_known(name, &mut counts);
        let fits =
            |entity: &EntityId| !self.is_hidden(*entity) && kind.is_none_or(|kind| self.kind(*entity) == Some(kind));
        let mut found: Vec<(EntityId, u32)> = counts.into_iter().filter(|(entity, _)| fits(entity)).collect();
        found.sort_by_key(|(entity, count)| (std::cmp::Reverse(*count), *entity));
        found
    }

    /// Adds the people whom the archive has by their usual names, where this is a well-known
    /// nickname that it may never use.
    fn add_known(&self, name: &str, counts: &mut FxHashMap<EntityId, u32>) {
        let Some(usual) = canonical_known(EntityKind::Person, name) else { return };
        for (id, ..) in self.names.written_as(usual, Some(EntityKind::Person)) {
            counts.entry(self.of(id)).or_default();
        }
    }

    /// The name of exactly this kind and key, if the archive holds it.
    pub fn find(&self, name: &KindedName) -> Option<NameId> {
        let key = name_key(name.kind, &name.name);
        let spelled = |id: &NameId| self.names.name(*id).is_some_and(|known| name_key(name.kind, known) == key);
        let found = self.names.written_as(&name.name, Some(name.kind));
        found.into_iter().map(|(id, ..)| id).find(spelled)
    }

    fn apply(&mut self, decision: &Decision) {
        let done = match decision {
            Decision::Merge { merge } => self.merge(merge),
            Decision::Apart { apart } => self.split(apart),
            Decision::Hide { hide } => self.find(hide).map(|id| {
                let entity = self.of(id);
                self.overlay.hidden.insert(entity);
            }),
            Decision::Rename { rename, to } => self.find(rename).map(|id| {
                let entity = self.of(id);
                self.overlay.names.insert(entity, to.clone());
                self.add_alias(to, entity);
            }),
            Decision::Retype { retype, to } => self.find(retype).map(|id| self.retype(id, *to)),
        };
        self.overlay.idle += usize::from(done.is_none());
    }

    /// Joins the entities of all names under the first.
    fn merge(&mut self, names: &[KindedName]) -> Option<()> {
        let found: Vec<NameId> = names.iter().filter_map(|name| self.find(name)).collect();
        let first = *found.first()?;
        let called = &names[0];
        let mut members = Vec::new();
        for id in &found {
            members.extend(self.members(self.of(*id)));
        }
        members.sort_unstable();
        members.dedup();
        self.set_members(first, members);
        // The first name may be one that no article has.
        self.overlay.names.insert(first, called.name.clone());
        self.overlay.kinds.insert(first, called.kind);
        for name in names {
            self.add_alias(&name.name, first);
        }
        Some(())
    }

    /// Gives each of these names an entity of its own.
    fn split(&mut self, names: &[KindedName]) -> Option<()> {
        let found: Vec<NameId> = names.iter().filter_map(|name| self.find(name)).collect();
        for id in &found {
            let root = self.of(*id);
            let rest: Vec<NameId> = self.members(root).into_iter().filter(|member| member != id).collect();
            if *id == root || rest.is_empty() {
                continue;
            }
            self.set_members(root, rest);
            self.set_members(*id, vec![*id]);
        }
        (found.len() > 1).then_some(())
    }

    /// Gives an entity another kind.
    fn retype(&mut self, id: NameId, kind: EntityKind) {
        let entity = self.of(id);
        let name = KindedName { kind, name: self.name(entity).unwrap_or_default().to_owned() };
        // An entity that has the name and the kind already is the same.
        match self.find(&name).map(|other| self.of(other)).filter(|other| *other != entity) {
            Some(other) => {
                let mut members = self.members(other);
                members.extend(self.members(entity));
                self.set_members(other, members);
            }
            None => {
                self.overlay.kinds.insert(entity, kind);
            }
        }
    }

    fn set_members(&mut self, entity: EntityId, members: Vec<NameId>) {
        for member in &members {
            self.overlay.roots.insert(*member, entity);
        }
        self.overlay.members.insert(entity, members);
    }

    fn add_alias(&mut self, name: &str, entity: EntityId) {
        for kind in EntityKind::ALL {
            let entities = self.overlay.aliases.entry(alias_key(kind, name)).or_default();
            if !entities.contains(&entity) {
                entities.push(entity);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::builder::NamesBuilder;
    use super::super::interner::NameInterner;
    use super::*;

    /// The entities of an archive of these persons after decisions.
    fn decided(persons: &[&str], decisions: &[Decision]) -> Entities {
        let folder = tempfile::tempdir().expect("a folder");
        let info = CommitInfo { generation: 1, ..CommitInfo::default() };
        let mut names = NamesBuilder::default();
        persons.iter().for_each(|name| _ = names.intern_title(EntityKind::Person, name));
        names.write(&info.names_path(folder.path())).expect("written");
        decisions.iter().for_each(|it| AliasLedger::append(folder.path(), it).expect("written"));
        Entities::open(folder.path(), &info).expect("opened")
    }

    fn person(name: &str) -> KindedName {
        KindedName { kind: EntityKind::Person, name: name.into() }
    }

    const PERSONS: [&str; 3] = ["Ye", "Kanye West", "Ann Lee"];

    #[test]
    fn without_decisions_every_name_is_an_entity() {
        let entities = decided(&PERSONS, &[]);
        assert_eq!((entities.len(), entities.idle_decisions()), (3, 0));
        for id in 0..3 {
            assert!(entities.is_entity(id) && entities.is_shown(id));
            assert_eq!((entities.members(id), entities.name(id)), (vec![id], Some(PERSONS[id as usize])));
        }
    }

    #[test]
    fn merged_names_are_called_by_the_first() {
        let merge = Decision::Merge { merge: vec![person("Kanye West"), person("Ye")] };
        let entities = decided(&PERSONS, std::slice::from_ref(&merge));
        assert_eq!([0, 1, 2].map(|id| entities.of(id)), [1, 1, 2]);
        assert_eq!((entities.members(1), entities.name(1)), (vec![0, 1], Some("Kanye West")));
        assert_eq!(entities.written_as("ye", None), [(1, 0)]);
        let apart = Decision::Apart { apart: vec![person("Kanye West"), person("Ye")] };
        let entities = decided(&PERSONS, &[merge, apart]);
        assert_eq!([0, 1].map(|id| entities.of(id)), [0, 1]);
    }

    #[test]
    fn names_are_hidden_renamed_and_retyped() {
        let entities = decided(
            &PERSONS,
            &[
                Decision::Hide { hide: person("Ann Lee") },
                Decision::Rename { rename: person("Ye"), to: "Yeezy".into() },
                Decision::Retype { retype: person("Kanye West"), to: EntityKind::Organization },
                Decision::Hide { hide: person("Nobody") },
            ],
        );
        assert!(entities.is_hidden(2) && !entities.is_shown(2));
        assert_eq!(entities.written_as("Ann Lee", None), []);
        assert_eq!(entities.written_as("yeezy", Some(EntityKind::Person)), [(0, 0)]);
        assert_eq!(entities.kind(1), Some(EntityKind::Organization));
        assert_eq!(entities.idle_decisions(), 1);
    }
}
