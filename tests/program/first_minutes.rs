//! What somebody meets who has only just got the program: how to begin, a season to look at, completions
//! and manual pages.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may fail by panicking, and says what it skipped"
)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;

use crate::common::fixture::Fixture;
use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::out;
use crate::common::program::program;
use crate::common::program::tree;
use crate::common::season_pack::plain;

const PROGRAM: &str = env!("CARGO_BIN_EXE_hardeasy");

#[test]
fn alone_and_unseen_it_shows_its_usage() {
    let alone = hardeasy::<&str>(&[]);
    assert_eq!((exit(&alone), out(&alone)), (2, String::new()));
    let told = err(&alone);
    assert!(told.contains("Usage: hardeasy") && told.contains("--timezone"));
}

/// A terminal is what `script` of util-linux makes.
#[test]
#[cfg(target_os = "linux")]
fn alone_at_a_terminal_it_says_how_to_begin() {
    let seen = Command::new("script")
        .args(["--quiet", "--return", "--command", PROGRAM, "/dev/null"])
        .stdin(Stdio::null())
        .output();
    let Ok(seen) = seen else {
        println!("skipped: there is no `script` to make a terminal");
        return;
    };
    let told = out(&seen);
    for begin in ["hardeasy report ", "hardeasy show ", "hardeasy demo"] {
        assert!(told.contains(begin), "{told}");
    }
    assert!(!told.contains("error") && !told.contains("--timezone"));
    assert_eq!(exit(&seen), 2);
}

#[test]
fn the_demonstration_is_the_report_of_the_season() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let [demo, exports, report] = ["demo", "exports", "report"].map(at);
    let shown = hardeasy(&["demo", "-o", &demo, "--exports", &exports]);
    assert_eq!(exit(&shown), 0, "{}", err(&shown));
    let page = Path::new(&demo).join("index.html");
    assert_eq!(out(&shown), format!("{}\n", page.display()));
    assert!(err(&shown).contains("hardeasy report FOLDER"));
    assert_eq!(tree(exports.as_ref()), season());
    assert_eq!(exit(&hardeasy(&["report", &exports, "-o", &report])), 0);
    assert_eq!(tree(demo.as_ref()), tree(report.as_ref()));
    let refused = hardeasy(&["demo", "-o", &demo, "--exports", &exports]);
    assert_eq!(exit(&refused), 2);
    assert!(err(&refused).contains("give another --exports"));
}

/// Returns the exports of the bundled season, unpacked.
fn season() -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let files = tree(fixture("season").as_ref()).into_iter();
    let mut files: Vec<_> = files
        .map(|(path, bytes)| {
            let packed = Fixture {
                path: path.display().to_string(),
                bytes,
                made_by: "",
                shows: String::new(),
            };
            (packed.path.trim_end_matches(".gz").into(), plain(&packed))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn the_demonstration_leaves_nothing_but_its_folder() {
    let [place, passing] = [0, 1].map(|_| tempfile::tempdir().unwrap());
    let shown = program()
        .args(["demo", "--quiet"])
        .current_dir(place.path())
        .envs(["TMPDIR", "TMP", "TEMP"].map(|name| (name, passing.path())))
        .output()
        .unwrap();
    assert_eq!((exit(&shown), err(&shown)), (0, String::new()));
    let names = |folder: &Path| {
        let entries = folder.read_dir().unwrap();
        entries
            .map(|entry| entry.unwrap().file_name())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(place.path()), ["hardeasy-demo"]);
    assert!(names(passing.path()).is_empty());
    assert!(place.path().join("hardeasy-demo/index.html").is_file());
}

fn assert_understood(shell: &str, script: &Path) {
    match Command::new(shell).arg("-n").arg(script).output() {
        Ok(checked) => assert!(checked.status.success(), "{shell}: {}", err(&checked)),
        Err(_) => println!("skipped: there is no {shell} to understand its completions"),
    }
}

#[test]
fn completions_are_what_the_shell_understands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = hardeasy(&["completions", shell]);
        assert_eq!((exit(&script), err(&script)), (0, String::new()), "{shell}");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hardeasy");
        fs::write(&path, out(&script)).unwrap();
        if cfg!(unix) {
            assert_understood(shell, &path);
        }
    }
    assert_eq!(exit(&hardeasy(&["completions", "cobol"])), 2);
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let main = hardeasy(&["man"]);
    assert_eq!(exit(&main), 0);
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("share/man1");
    let written = hardeasy(&["man", "-o", place.to_str().unwrap()]);
    assert_eq!((exit(&written), out(&written)), (0, String::new()));
    let pages = tree(&place);
    let page = |name: &str| {
        let mut pages = pages.iter();
        let found = pages.find(|(path, _)| path == Path::new(name));
        String::from_utf8(found.unwrap().1.clone()).unwrap()
    };
    assert_eq!(page("hardeasy.1"), out(&main));
    assert!(page("hardeasy-report.1").contains(r"\-\-trim"));
    assert!(page("hardeasy-watch.1").contains(r"\-\-poll"));
}
