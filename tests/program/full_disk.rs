//! Nowhere to write: every command that prints says so, once, and does not end well.

#![cfg(target_os = "linux")]

use std::fs::File;
use std::process::Stdio;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::program;

/// A file on which there is never any room.
const FULL: &str = "/dev/full";

fn commands() -> Vec<Vec<String>> {
    let run = fixture("runs/kilometres.fit");
    let season = fixture("season");
    let of_run = [
        "show",
        "inspect",
        "correct --list",
        "export --format json",
        "export --format gpx",
    ];
    let of_season = [
        "review",
        "review --format json",
        "athlete",
        "export --format ndjson",
        "export --format csv --table sessions",
        "export --format csv --table samples",
    ];
    let alone = [
        "--help",
        "--version",
        "report --help",
        "help",
        "help method",
        "help report",
        "schema session",
        "schema sessions --for duckdb",
        "completions zsh",
        "man",
        "cache",
    ];
    let words = |command: &str, path: Option<&String>| {
        let words = command.split(' ').map(str::to_owned);
        words.chain(path.cloned()).collect()
    };
    let of_run = of_run.iter().map(|command| words(command, Some(&run)));
    let of_season = of_season
        .iter()
        .map(|command| words(command, Some(&season)));
    let alone = alone.iter().map(|command| words(command, None));
    let compare = vec![
        "compare".to_owned(),
        run.clone(),
        fixture("runs/progression.fit"),
    ];
    of_run
        .chain(of_season)
        .chain(alone)
        .chain([compare])
        .collect()
}

#[test]
fn a_full_disk_is_told_once_and_is_no_success() {
    for arguments in commands() {
        let full = File::options().write(true).open(FULL).expect("the file");
        let mut command = program();
        command.args(&arguments).stdin(Stdio::null()).stdout(full);
        let output = command.stderr(Stdio::piped()).output().expect("it starts");
        assert_eq!(exit(&output), 2, "{arguments:?}: {}", err(&output));
        let told = err(&output);
        let errors: Vec<&str> = told
            .lines()
            .filter(|line| line.starts_with("error: "))
            .collect();
        assert_eq!(errors.len(), 1, "{arguments:?}: {told}");
        assert!(errors[0].contains("make room"), "{arguments:?}: {told}");
    }
}

#[test]
fn a_reader_who_has_gone_is_no_fault_of_any_command() {
    for arguments in commands() {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = program();
        command.args(&arguments).stdin(Stdio::null()).stdout(writer);
        let output = command.stderr(Stdio::piped()).output().expect("it starts");
        assert_eq!(exit(&output), 0, "{arguments:?}: {}", err(&output));
        assert!(
            !err(&output).contains("error: "),
            "{arguments:?}: {}",
            err(&output)
        );
    }
}
