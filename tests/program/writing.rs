//! What the program writes beside what it reads: it reads none of it again, and what a user keeps is on the disk
//! before it takes the place of the old.

#![expect(clippy::print_stderr, reason = "a test says that it skipped")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::out;
use crate::common::program::program;
use crate::common::program::tree;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Every command that writes files where it is told to, with `IN` for the folder of the runs.
const WRITING: [&str; 14] = [
    "export IN --format gpx -o IN/gpx",
    "export IN --format tcx -o IN/tcx",
    "export IN --format fit -o IN/fit",
    "export IN --format csv -o IN/csv",
    "export IN --format csv --table samples -o IN/samples",
    "export IN --format ndjson --since IN/state.json",
    "report IN -o IN/report",
    "report IN --map --no-charts -o IN/with/map",
    "athlete IN --format svg -o IN/athlete.svg",
    "athlete IN --format json -o IN/athlete.json",
    "compare IN/a.fit IN/b.fit -o IN/compare.html",
    "man -o IN/man",
    "completions bash",
    "demo -o IN/demo",
];

fn run(input: &Path, command: &str) -> std::process::Output {
    let input = input.display().to_string();
    let arguments: Vec<String> = command
        .split(' ')
        .map(|part| part.replace("IN", &input))
        .collect();
    hardeasy(&arguments)
}

/// Returns of each run what it is and where it comes from.
fn runs(input: &Path) -> Vec<(String, String, String)> {
    let output = run(input, "export IN --format ndjson");
    assert_eq!(exit(&output), 0, "{}", err(&output));
    let documents = out(&output);
    let told = documents.lines().map(|line| {
        let document: Value = serde_json::from_str(line).expect("a document");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (
            text(&document["source"]["path"]),
            text(&document["source"]["sha256"]),
            text(&document["kind"]),
        )
    });
    told.collect()
}

#[test]
fn no_command_reads_what_any_of_them_wrote_beside_the_runs() {
    let input = folder();
    for (name, run) in [
        ("a.fit", "kilometres"),
        ("b.fit", "easy"),
        ("c.fit", "strides"),
    ] {
        fs::copy(fixture(&format!("runs/{run}.fit")), input.path().join(name)).expect("copied");
    }
    let before = runs(input.path());
    assert_eq!(before.len(), 3);
    let mut first = Vec::new();
    for round in 0..2 {
        for command in WRITING {
            let output = run(input.path(), command);
            assert_eq!(exit(&output), 0, "{command}: {}", err(&output));
            assert_eq!(runs(input.path()), before, "round {round}: {command}");
        }
        // The second time each writes what it wrote the first time, and nothing beside it.
        let written = |files: &[(std::path::PathBuf, Vec<u8>)]| {
            let mut names: Vec<_> = files.iter().map(|(name, _)| name.clone()).collect();
            names.sort();
            names
        };
        let files = tree(input.path());
        match round {
            0 => first = written(&files),
            _ => assert_eq!(written(&files), first),
        }
    }
}

/// What the system was asked for, in order: `sync` of a file or a folder, `rename` to a name.
fn asked(input: &Path, command: &str) -> Option<Vec<(String, String)>> {
    let log = input.join("strace.log");
    let own = program();
    let mut traced = Command::new("strace");
    traced.envs(
        own.get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    traced.args([
        "-f",
        "-y",
        "-e",
        "trace=fsync,fdatasync,rename,renameat,renameat2,linkat",
        "-o",
    ]);
    traced.arg(&log).arg(own.get_program());
    let input = input.display().to_string();
    traced.args(command.split(' ').map(|part| part.replace("IN", &input)));
    let output = traced.output().ok()?;
    let log = fs::read_to_string(&log).ok()?;
    if log.contains("PTRACE") || !output.status.success() && log.is_empty() {
        return None;
    }
    assert!(
        output.status.success(),
        "{command}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let calls = log.lines().filter_map(|line| {
        let call = line.split_whitespace().nth(1)?;
        let quoted = |line: &str| line.rsplit('"').nth(1).map(str::to_owned);
        if call.starts_with("fsync") || call.starts_with("fdatasync") {
            let (_, rest) = line.split_once('<')?;
            Some(("sync".to_owned(), rest.split('>').next()?.to_owned()))
        } else {
            Some(("rename".to_owned(), quoted(line)?))
        }
    });
    Some(calls.collect())
}

#[test]
#[cfg(target_os = "linux")]
fn what_a_user_keeps_is_on_the_disk_before_it_takes_the_place_of_the_old() {
    if Command::new("strace").arg("-V").output().is_err() {
        eprintln!("skipped: no strace");
        return;
    }
    let input = folder();
    fs::copy(fixture("runs/kilometres.fit"), input.path().join("a.fit")).expect("copied");
    for (command, name) in [
        ("correct IN/a.fit --rpe 5", "hardeasy.corrections.toml"),
        (
            "export IN/a.fit --format ndjson --since IN/state.json",
            "state.json",
        ),
        ("report IN -o IN/report", ".hardeasy-report"),
    ] {
        // The first makes the file, the second has one to replace.
        let more = if command.starts_with("correct") {
            " --note twice"
        } else {
            " --sport running"
        };
        for command in [command.to_owned(), format!("{command}{more}")] {
            let Some(asked) = asked(input.path(), &command) else {
                eprintln!("skipped: strace may not trace");
                return;
            };
            let renamed = asked
                .iter()
                .rposition(|(what, of)| what == "rename" && of.ends_with(name));
            let renamed = renamed.unwrap_or_else(|| panic!("{command}: {asked:?}"));
            let folder = Path::new(&asked[renamed].1)
                .parent()
                .expect("a folder")
                .display()
                .to_string();
            let is_synced =
                |(what, of): &(String, String)| what == "sync" && of.starts_with(&folder);
            let before = asked[..renamed].iter().rfind(|call| is_synced(call));
            assert!(
                before.is_some_and(|(_, of)| of.contains(".hardeasy-new-")),
                "{command}: not on the disk before: {asked:?}"
            );
            assert!(
                asked[renamed..]
                    .iter()
                    .any(|(what, of)| what == "sync" && *of == folder),
                "{command}: its name is not on the disk: {asked:?}"
            );
        }
    }
}
