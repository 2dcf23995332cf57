//! `export --each`: one program that answers file after file, and documents made so folded to those of the folder.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::fs;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::path::Path;
use std::process::Child;
use std::process::Stdio;

use hardeasy::classification::Session;
use hardeasy::export::json;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::hardeasy_in;
use crate::common::program::out;
use crate::common::program::program;

const EACH: [&str; 6] = ["export", "--each", "--files-from", "-", "--format", "json"];

/// Returns the paths of all files below a folder, relative to it, in order.
fn files(root: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter();
    let files = entries
        .flatten()
        .filter(|entry| entry.file_type().is_file());
    let paths = files.map(|entry| entry.path().strip_prefix(root).unwrap().to_path_buf());
    paths
        .map(|path| path.to_str().unwrap().replace('\\', "/"))
        .collect()
}

/// Returns what is asked of the files of a folder, a line each; with `athletes`, sub-folders are.
fn asks(root: &Path, athletes: bool) -> String {
    let ask = |path: &String| {
        let athlete = path.split('/').next().filter(|_| athletes);
        json!({"file": root.join(path), "path": path, "athlete": athlete}).to_string() + "\n"
    };
    files(root).iter().map(ask).collect()
}

/// Returns the documents that answers hold, a line each.
fn documents(answers: &str) -> Vec<String> {
    #[derive(Deserialize)]
    struct Answer {
        schema: String,
        sessions: Vec<Session>,
    }
    let answers = answers.lines().map(|answer| -> Answer {
        let answer: Answer = serde_json::from_str(answer).unwrap();
        assert_eq!(answer.schema, "hardeasy.export/1");
        answer
    });
    let sessions = answers.flat_map(|answer| answer.sessions);
    sessions
        .map(|session| json::session_line(&session).unwrap() + "\n")
        .collect()
}

/// Returns standard output, which must not be empty.
fn printed(arguments: &[&str]) -> String {
    let output = hardeasy(arguments);
    let text = out(&output);
    assert!(!text.is_empty(), "{arguments:?}: {}", err(&output));
    text
}

/// Holds the documents of the files of a folder, made one by one, against what the folder itself gives.
fn assert_same_as_folder(root: &Path, athletes: bool) {
    let output = hardeasy_in(root, asks(root, athletes).as_bytes(), &EACH);
    let answers = out(&output);
    assert_eq!(answers.lines().count(), files(root).len());
    let mut lines = documents(&answers);
    // Any order, and some twice, as from a task that was run again.
    lines.reverse();
    let half = lines.len() / 2;
    lines.extend_from_within(..half);
    let folder = tempfile::tempdir().unwrap();
    let stored = folder.path().join("documents.ndjson");
    fs::write(&stored, lines.concat()).unwrap();
    let (stored, root) = (stored.display().to_string(), root.display().to_string());
    let flag: &[&str] = if athletes { &["--athletes"] } else { &[] };
    for command in [
        ["export", "--format", "ndjson"],
        ["review", "--format", "json"],
    ] {
        let of_folder = printed(&[&command[..], flag, &[&root]].concat());
        let of_stored = printed(&[&command[..], &[&stored]].concat());
        assert!(of_folder == of_stored, "{command:?} of {root} differs");
    }
    if athletes {
        // Each by itself: the reviews of all are theirs, one behind the other.
        let all: Value = serde_json::from_str(&printed(&[
            "review",
            "--format",
            "json",
            "--athletes",
            &root,
        ]))
        .unwrap();
        let mut each = Vec::new();
        for review in all["reviews"].as_array().unwrap() {
            let own = lines.iter().filter(|line| {
                serde_json::from_str::<Value>(line).unwrap()["athlete"] == review["athlete"]
            });
            fs::write(&stored, own.cloned().collect::<String>()).unwrap();
            let own = printed(&["review", "--format", "json", &stored]);
            let own: Value = serde_json::from_str(&own).unwrap();
            each.extend(own["reviews"].as_array().unwrap().clone());
        }
        assert_eq!(each.len(), 2);
        assert_eq!(all["reviews"], Value::from(each));
    }
}

#[test]
fn documents_made_one_by_one_fold_to_those_of_the_folder() {
    assert_same_as_folder(Path::new(&fixture("season")), false);
}

#[test]
fn documents_of_several_athletes_fold_to_those_of_their_folders() {
    let club = tempfile::tempdir().unwrap();
    for (athlete, from) in [("ann", "season/2026-04"), ("bob", "runs")] {
        let (from, to) = (fixture(from), club.path().join(athlete));
        fs::create_dir(&to).unwrap();
        for name in files(Path::new(&from)) {
            fs::copy(Path::new(&from).join(&name), to.join(&name)).unwrap();
        }
    }
    // A copy is counted once, wherever the two are judged together.
    fs::copy(
        club.path().join("bob/kilometres.fit"),
        club.path().join("bob/again.fit"),
    )
    .unwrap();
    assert_same_as_folder(club.path(), true);
}

/// Starts the program with pipes.
fn start(folder: &Path) -> Child {
    program()
        .args(EACH)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn an_answer_comes_before_the_next_path_is_given() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(
        fixture("runs/kilometres.fit"),
        folder.path().join("a run.fit"),
    )
    .unwrap();
    fs::write(folder.path().join("zeros.fit"), vec![0; 1 << 20]).unwrap();
    fs::write(folder.path().join("hardeasy.toml"), "easy_pace = 1\n").unwrap();
    fs::create_dir(folder.path().join("elsewhere")).unwrap();
    fs::copy(
        fixture("runs/kilometres.fit"),
        folder.path().join("elsewhere/1"),
    )
    .unwrap();
    let mut program = start(folder.path());
    let mut asks = program.stdin.take().unwrap();
    let mut answers = BufReader::new(program.stdout.take().unwrap()).lines();
    let mut answer = |line: &str| -> Value {
        writeln!(asks, "{line}").unwrap();
        asks.flush().unwrap();
        serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap()
    };
    let failure = |answer: &Value| {
        let of = |key: &str| answer["failures"][0][key].as_str().unwrap().to_owned();
        (of("path"), of("reason"))
    };

    let named = json!({"file": "elsewhere/1", "path": "ann/a\n\"b\".fit", "athlete": "ann"});
    let read = answer(&named.to_string());
    assert_eq!(read["sessions"][0]["source"]["path"], "ann/a\n\"b\".fit");
    assert_eq!(read["sessions"][0]["athlete"], "ann");
    // Settings that cannot be understood fail the files beside them, and no other.
    let (path, reason) = failure(&answer("a run.fit"));
    assert!(
        path == "a run.fit" && reason.contains("hardeasy.toml"),
        "{path}: {reason}"
    );
    fs::remove_file(folder.path().join("hardeasy.toml")).unwrap();
    assert_eq!(
        answer("a run.fit")["sessions"][0]["source"]["path"],
        "a run.fit"
    );
    let (path, reason) = failure(&answer("zeros.fit"));
    assert!(
        path == "zeros.fit" && reason.contains("expected what the name claims"),
        "{path}: {reason}"
    );
    let (path, reason) = failure(&answer(r#"{"file": "gone", "path": "bob/x.fit"}"#));
    assert!(
        path == "bob/x.fit" && reason.contains("check the path"),
        "{path}: {reason}"
    );
    let (_, reason) = failure(&answer(r#"{"file": 3}"#));
    assert!(
        reason.starts_with("expected a path, or {\"file\""),
        "{reason}"
    );
    assert_eq!(answer("elsewhere")["sessions"].as_array().unwrap().len(), 1);
    drop(asks);
    assert_eq!(program.wait().unwrap().code(), Some(1));
}

#[test]
fn it_is_for_a_list_and_for_json() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |arguments: &[&str]| {
        let output = hardeasy_in(folder.path(), b"", arguments);
        (exit(&output), err(&output))
    };
    let (code, told) = refused(&["export", "--each", "a.fit", "--format", "json"]);
    assert!(code == 2 && told.contains("--files-from"), "{told}");
    let (code, told) = refused(&["export", "--each", "--files-from", "-", "--format", "csv"]);
    assert!(code == 2 && told.contains("give --format json"), "{told}");
    let (code, _) = refused(&EACH);
    assert_eq!(code, 2, "nothing was read");
}
