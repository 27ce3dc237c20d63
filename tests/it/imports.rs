//! Proves the table of ARCHITECTURE.md, and that no imports form a circle.
//!
//! Every name that a file uses is followed through `use` and re-exports to the
//! file that defines it. `mod` declarations and tests do not count.

mod circles;
mod scan;
mod table;
mod tree;

use std::fs;
use std::path::{Path, PathBuf};

use circles::{Graph, circles, describe};
use table::{Row, contains, row_of, rows};
use tree::Tree;

/// The most files that may import each other in a circle.
const LONGEST_CIRCLE: usize = 3;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn table_of_architecture() -> Vec<Row> {
    let rows = rows(&fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap());
    assert!(rows.len() > 10, "the table was not found: {rows:?}");
    rows
}

fn library() -> Tree {
    Tree::read(&root().join("src"))
}

/// Files that belong to no module of the table: `lib.rs`, and a `mod.rs` that only
/// re-exports.
fn is_facade(tree: &Tree, file: &str) -> bool {
    file == "lib.rs" || file.ends_with("/mod.rs") && tree.is_facade(file)
}

#[test]
fn every_file_has_a_row_and_every_row_a_file() {
    let (rows, tree) = (table_of_architecture(), library());
    let without: Vec<&str> =
        tree.files().into_iter().filter(|file| row_of(&rows, file).is_none() && !is_facade(&tree, file)).collect();
    assert!(without.is_empty(), "ARCHITECTURE.md has no row for {without:?}");
    for row in &rows {
        let has_file = tree.files().iter().any(|file| contains(&row.module, file.trim_end_matches(".rs")));
        assert!(has_file, "`{}` of ARCHITECTURE.md does not exist", row.module);
        for name in &row.may_import {
            assert!(
                rows.iter().any(|row| contains(name, &row.module)),
                "`{}` may import `{name}`: no such row",
                row.module
            );
        }
    }
}

/// The imports between modules of the table.
fn module_imports(rows: &[Row], files: &Graph) -> Graph {
    let mut graph = Graph::new();
    for (file, imports) in files {
        let Some(row) = row_of(rows, file) else { continue };
        let modules = graph.entry(row.module.clone()).or_default();
        for (to, names) in imports {
            let Some(other) = row_of(rows, to).filter(|other| *other != row) else { continue };
            let names = names.iter().map(|name| format!("{name} ({file})"));
            modules.entry(other.module.clone()).or_default().extend(names);
        }
    }
    graph
}

#[test]
fn modules_import_only_what_the_table_allows() {
    let rows = table_of_architecture();
    let graph = module_imports(&rows, &library().imports());
    let mut wrong = String::new();
    for row in &rows {
        for (to, names) in graph.get(&row.module).into_iter().flatten() {
            if !row.may_import.iter().any(|name| contains(name, to)) {
                wrong.push_str(&format!("  {} -> {to}: {}\n", row.module, names.join(", ")));
            }
        }
    }
    let seen: usize = graph.values().map(|imports| imports.len()).sum();
    assert!(seen > 30, "only {seen} imports between modules were found");
    assert!(wrong.is_empty(), "imports that the table of ARCHITECTURE.md does not allow:\n{wrong}");
}

#[test]
fn no_imports_between_modules_form_a_circle() {
    let graph = module_imports(&table_of_architecture(), &library().imports());
    let found: String = circles(&graph).iter().map(|circle| describe(&graph, circle)).collect();
    assert!(found.is_empty(), "{found}");
}

/// Whether a file is the `mod.rs` of a folder that another is in. A folder's files
/// use what it defines for all of them; this alone is not counted as a circle.
fn is_parent(parent: &str, file: &str) -> bool {
    parent.strip_suffix("mod.rs").is_some_and(|folder| file.starts_with(folder))
}

#[test]
fn no_imports_between_files_form_a_long_circle() {
    let mut graph = library().imports();
    for (file, imports) in &mut graph {
        imports.retain(|to, _| !is_parent(to, file));
    }
    let long = circles(&graph).into_iter().filter(|circle| circle.len() > LONGEST_CIRCLE);
    let found: String = long.map(|circle| describe(&graph, &circle)).collect();
    assert!(found.is_empty(), "{found}");
}

#[test]
fn the_library_never_names_the_command_line() {
    let src = root().join("src");
    for file in library().files().into_iter().filter(|file| !contains("cli", file)) {
        let code = fs::read_to_string(src.join(file)).unwrap();
        for word in ["println!", "eprintln!", "std::process::exit", "clap::", "anyhow", "crate::cli"] {
            let is_code = |line: &str| !line.trim_start().starts_with("//") && line.contains(word);
            // Of the library only lib.rs may declare the module, and only main.rs run it.
            assert!(!code.lines().any(is_code), "src/{file} uses {word}");
        }
    }
}

/// Checks the imports of a file in a small crate: `file: names; file: names`.
fn check(sources: &[(&str, &str)], file: &str, expected: &str) {
    let imports = Tree::new(sources.iter().copied()).imports().remove(file).unwrap();
    let found: Vec<String> = imports.iter().map(|(to, names)| format!("{to}: {}", names.join(" "))).collect();
    assert_eq!(found.join("; "), expected, "{file} of {sources:?}");
}

#[test]
fn names_are_followed_to_the_file_that_defines_them() {
    let files = |user: &'static str| {
        [
            ("lib.rs", "mod a; mod b; pub use a::Thing; pub mod open { pub use crate::a::*; }"),
            (
                "a/mod.rs",
                "mod deep; mod tool; pub use deep::{Thing, make as made}; pub(crate) use tool::tool; pub fn own() {}",
            ),
            ("a/deep.rs", "pub struct Thing; pub const fn make() {} pub enum Kind { One }"),
            ("a/tool.rs", "pub fn tool() {} pub const SIZE: u8 = 1; pub static mut X: u8 = 1;"),
            ("b.rs", user),
        ]
    };
    for (user, expected) in [
        ("use crate::a::Thing;", "a/deep.rs: Thing"),
        ("use crate::Thing;", "a/deep.rs: Thing"),
        ("use newsearch::Thing;", "a/deep.rs: Thing"),
        ("use super::a::{own, Thing, deep::{self, Kind}};", "a/deep.rs: Thing Kind; a/mod.rs: own"),
        ("use crate::a::made;", "a/deep.rs: made"),
        ("use crate::a::tool;", "a/tool.rs: tool"),
        ("use crate::a; fn f() { a::own(); a::tool::SIZE; }", "a/mod.rs: own; a/tool.rs: SIZE"),
        ("use crate::a::deep as d; fn f() -> d::Thing {}", "a/deep.rs: Thing"),
        ("use crate::open::own;", "a/mod.rs: own"),
        ("fn f(x: super::a::deep::Kind) { super::a::deep::Kind::One }", "a/deep.rs: Kind"),
        ("fn f() { use crate::a::own; own() }", "a/mod.rs: own"),
        ("use crate::a;", ""),
        ("use std::fmt; use serde::Serialize;", ""),
        ("pub use crate::a::Thing;", ""),
        ("pub use crate::a::Thing; fn f(thing: Thing) {}", "a/deep.rs: Thing"),
        ("// use crate::a::own;\n/* use crate::a::own; /* nested */ */ const S: &str = \"crate::a::own\";", ""),
        ("const C: char = '\"'; use crate::a::own; fn f<'a>(s: &'a str) { r#\"crate::a::Thing\"# }", "a/mod.rs: own"),
        ("#[cfg(test)]\nmod tests { use crate::a::own; }", ""),
        ("#[cfg(test)]\n#[allow(x)]\nuse crate::a::own; use crate::a::Thing;", "a/deep.rs: Thing"),
        ("#[cfg(not(test))]\nuse crate::a::own;", "a/mod.rs: own"),
        ("mod inner { use super::super::a::own; }", "a/mod.rs: own"),
    ] {
        check(&files(user), "b.rs", expected);
    }
    check(&files(""), "lib.rs", "");
}

#[test]
fn files_of_tests_do_not_count() {
    let sources = [("lib.rs", "#[cfg(test)]\nmod tests; pub fn f() {}"), ("tests.rs", "use super::f;")];
    assert_eq!(Tree::new(sources).files().into_iter().collect::<Vec<_>>(), ["lib.rs"]);
}

#[test]
fn circles_are_found_with_the_names_that_cause_them() {
    let sources = [
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        ("a.rs", "use crate::b::B; pub struct A;"),
        ("b.rs", "use crate::c::{C, D}; pub struct B;"),
        ("c.rs", "use crate::a::A; pub struct C; pub struct D;"),
        ("d.rs", "use crate::a::A;"),
    ];
    let graph = Tree::new(sources).imports();
    let found = circles(&graph);
    assert_eq!(found, [["a.rs", "b.rs", "c.rs"]]);
    let expected = "a circle of 3:\n  a.rs -> b.rs: B\n  b.rs -> c.rs: C, D\n  c.rs -> a.rs: A\n";
    assert_eq!(describe(&graph, &found[0]), expected);
}

#[test]
fn the_table_is_read() {
    let document = "# A\n## What may import what\n| module | may import |\n| --- | --- |\n| `article`, `files` | nothing |\n\
                    | `search/plan` | article, `search/query` |\n| `search` | search/plan |\n\n## B\n| x | y |\n";
    let rows = rows(document);
    let names: Vec<&str> = rows.iter().map(|row| row.module.as_str()).collect();
    assert_eq!(names, ["article", "files", "search/plan", "search"]);
    assert_eq!(rows[2].may_import, ["article", "search/query"]);
    let of = |file: &str| row_of(&rows, file).map(|row| row.module.as_str());
    assert_eq!(of("search/plan/tree.rs"), Some("search/plan"));
    assert_eq!(of("search/plan.rs"), Some("search/plan"));
    assert_eq!(of("search/planner.rs"), Some("search"));
    assert_eq!(of("files.rs"), Some("files"));
    assert_eq!(of("cluster/mod.rs"), None);
}
