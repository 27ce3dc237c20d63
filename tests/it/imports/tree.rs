//! The modules of a source tree, and the file that defines each imported name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::circles::Graph;
use super::scan::{Module, scan};

/// The modules of a crate by their path from its root: `search::plan`.
pub struct Tree {
    modules: BTreeMap<Vec<String>, (String, Module)>,
}

/// What a path leads to.
#[derive(Debug, Clone, PartialEq)]
enum Target {
    Module(Vec<String>),
    /// The file that defines an item.
    Item(String),
}

impl Tree {
    /// The tree of a folder `src`; `main.rs` is a crate of its own and left out.
    pub fn read(src: &Path) -> Self {
        let mut sources = Vec::new();
        collect(src, "", &mut sources);
        sources.retain(|(file, _)| file != "main.rs");
        Self::new(sources.iter().map(|(file, text)| (file.as_str(), text.as_str())))
    }

    /// A tree of files: their names from `src` on, and their sources.
    pub fn new<'s>(sources: impl IntoIterator<Item = (&'s str, &'s str)>) -> Self {
        let mut modules = BTreeMap::new();
        for (file, source) in sources {
            insert(&mut modules, module_path(file), file, scan(source));
        }
        let tests: Vec<Vec<String>> =
            modules.iter().flat_map(|(path, (_, module))| module.tests.iter().map(|name| join(path, name))).collect();
        modules.retain(|path, _| !tests.iter().any(|test| path.starts_with(test)));
        Self { modules }
    }

    /// The files, from `src` on.
    pub fn files(&self) -> BTreeSet<&str> {
        self.modules.values().map(|(file, _)| file.as_str()).collect()
    }

    /// Whether a file defines nothing, but only declares modules and re-exports.
    pub fn is_facade(&self, file: &str) -> bool {
        self.modules.values().filter(|(of, _)| of == file).all(|(_, module)| module.items.is_empty())
    }

    /// For each file the files that define the names it uses.
    pub fn imports(&self) -> Graph {
        let mut graph = Graph::new();
        for (path, (file, module)) in &self.modules {
            let targets = graph.entry(file.clone()).or_default();
            let mut add = |name: &[String], target: Option<Target>| {
                if let Some(Target::Item(to)) = target.filter(|target| *target != Target::Item(file.clone())) {
                    let names: &mut Vec<String> = targets.entry(to).or_default();
                    // Of `Kind::One` the type.
                    let is_type = |name: &&String| name.starts_with(char::is_uppercase);
                    let name = name.iter().find(is_type).or(name.last()).cloned().unwrap_or_default();
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
            };
            // A re-export is an import only if the file uses the name itself.
            for used in module.uses.iter().filter(|used| !used.is_reexport || module.words.contains(&used.alias)) {
                add(&used.path, self.resolve(path, &used.path, 0));
            }
            for used in &module.paths {
                add(used, self.resolve(path, used, 0));
            }
        }
        graph
    }

    /// What a path means in a module.
    fn resolve(&self, from: &[String], path: &[String], depth: usize) -> Option<Target> {
        // Names may be re-exported in circles; no sane path is this long.
        if depth > 20 {
            return None;
        }
        let (first, rest) = path.split_first()?;
        let start = match first.as_str() {
            "crate" | "newsearch" => Target::Module(Vec::new()),
            "self" => Target::Module(from.to_vec()),
            "super" => Target::Module(from[..from.len().checked_sub(1)?].to_vec()),
            name => self.lookup(from, name, rest.is_empty(), depth)?,
        };
        let mut at = start;
        for (step, name) in rest.iter().enumerate() {
            let Target::Module(module) = &at else { return Some(at) };
            at = match name.as_str() {
                "super" => Target::Module(module[..module.len().checked_sub(1)?].to_vec()),
                name => self.lookup(module, name, step + 1 == rest.len(), depth)?,
            };
        }
        Some(at)
    }

    /// What a name means in a module. An item is preferred at the end of a path,
    /// a module before.
    fn lookup(&self, module: &[String], name: &str, is_last: bool, depth: usize) -> Option<Target> {
        let (file, scanned) = self.modules.get(module)?;
        let child = join(module, name);
        let child = self.modules.contains_key(&child).then_some(Target::Module(child));
        if child.is_some() && !is_last {
            return child;
        }
        if scanned.items.iter().any(|item| item == name) {
            return Some(Target::Item(file.clone()));
        }
        let mut found = scanned.uses.iter().filter(|used| used.alias == name && used.path != [name]);
        let imported = found.find_map(|used| self.resolve(module, &used.path, depth + 1));
        imported.or(child).or_else(|| {
            let mut globs = scanned.uses.iter().filter(|used| used.alias == "*");
            globs.find_map(|glob| match self.resolve(module, &glob.path, depth + 1)? {
                Target::Module(of) if of != module => self.lookup(&of, name, is_last, depth + 1),
                _ => None,
            })
        })
    }
}

fn join(path: &[String], name: &str) -> Vec<String> {
    path.iter().cloned().chain([name.to_owned()]).collect()
}

/// Inserts a module and its inline modules.
fn insert(modules: &mut BTreeMap<Vec<String>, (String, Module)>, path: Vec<String>, file: &str, module: Module) {
    for (name, inner) in &module.inline {
        insert(modules, join(&path, name), file, inner.clone());
    }
    modules.insert(path, (file.to_owned(), module));
}

/// `search/plan/mod.rs` is the module `search::plan`.
fn module_path(file: &str) -> Vec<String> {
    let name = file.trim_end_matches(".rs");
    let name = if name == "lib" { "" } else { name.strip_suffix("/mod").unwrap_or(name) };
    name.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The Rust files of a folder: their names from `src` on, and their sources.
fn collect(folder: &Path, prefix: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), found);
        } else if name.ends_with(".rs") {
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}
