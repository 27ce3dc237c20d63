//! Proves the table of ARCHITECTURE.md: which module may import which.

use std::fs;
use std::path::{Path, PathBuf};

const TABLE: &[(&str, &[&str])] = &[
    ("article", &[]),
    ("read", &["article"]),
    ("extract", &["article", "read"]),
    ("segment", &["article"]),
    ("recognize", &["article", "segment"]),
    ("link", &["article", "segment"]),
    ("report", &["article", "segment", "link"]),
    ("index", &["article", "segment", "link", "report"]),
    // `test_index` is in unit tests only.
    ("search", &["article", "read", "extract", "segment", "link", "report", "index", "test_index"]),
    ("evaluate", &["article"]),
    ("present", &["article", "report", "index", "search", "evaluate"]),
    ("pipeline", &["article", "read", "extract", "segment", "recognize", "link", "report", "index"]),
    ("cluster", &["article", "read", "segment", "link", "index", "search", "pipeline"]),
    ("serve", &["article", "link", "report", "index", "search", "present", "cluster"]),
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files
}

/// The modules that code names as `crate::module`, comments left out.
fn imported(code: &str) -> Vec<String> {
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn modules_import_only_what_the_table_allows() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = 0;
    for (module, allowed) in TABLE {
        for file in rust_files(&src.join(module)) {
            for import in imported(&fs::read_to_string(&file).unwrap()) {
                seen += 1;
                let fine = import == *module || allowed.contains(&import.as_str());
                assert!(fine, "{} imports {import}, which the table does not allow", file.display());
            }
        }
    }
    assert!(seen > 50, "the check looks at nothing");
}

#[test]
fn the_table_is_whole_and_has_no_circle() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let declared: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let listed: Vec<&str> = TABLE.iter().map(|(module, _)| *module).collect();
    assert_eq!(declared, listed);
    for (at, (module, allowed)) in TABLE.iter().enumerate() {
        for import in *allowed {
            let before = listed.iter().position(|m| m == import).unwrap();
            assert!(before < at, "{module} imports {import}, which is declared after it");
        }
    }
}

#[test]
fn the_library_never_names_the_command_line() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (module, _) in TABLE {
        for file in rust_files(&src.join(module)) {
            let code = fs::read_to_string(&file).unwrap();
            for word in ["println!", "eprintln!", "std::process::exit", "clap::", "anyhow"] {
                let used = code.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word));
                assert!(!used, "{} uses {word}", file.display());
            }
        }
    }
}
