//! What the program depends on is told, and why.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

#[test]
fn every_dependency_has_a_row_that_says_why() {
    let manifest: toml::Table = file("Cargo.toml").parse().unwrap();
    let declared: BTreeSet<&str> = manifest["dependencies"]
        .as_table()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let page = file("CONTRIBUTING.md");
    let (_, table) = page.split_once("## Dependencies\n").unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| ")).skip(1);
    let mut told = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [name, why, notes] = cells[..] else {
            panic!("{row}");
        };
        assert!(!why.is_empty() && !notes.is_empty(), "{row}");
        assert!(told.insert(name), "{name} twice");
    }
    assert_eq!(told, declared);
}

#[test]
fn everything_comes_from_one_registry() {
    for lock in [
        "Cargo.lock",
        "tests/fuzz/Cargo.lock",
        "tests/mutants/Cargo.lock",
        "src/python/Cargo.lock",
    ] {
        let text = file(lock);
        let sources = text
            .lines()
            .filter_map(|line| line.strip_prefix("source = "));
        for source in sources {
            assert_eq!(
                source, "\"registry+https://github.com/rust-lang/crates.io-index\"",
                "{lock}"
            );
        }
    }
}
