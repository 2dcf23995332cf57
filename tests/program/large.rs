//! Files far larger than any of their kind: refused at every door, with the limit and what to do, in no memory,
//! while the rest goes on. The files are sparse and take no room on most disks.

use std::fs;
use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

use crate::common::packing::gzip;
use crate::common::packing::zip;
use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::out;
use crate::common::program::program;

/// Twice as many bytes as [`ADDRESS_KB`] allows.
const LARGE_BYTES: u64 = 3 << 30;
/// What the program may have of addresses, stacks of threads and all.
const ADDRESS_KB: u32 = 1536 << 10;

fn large(folder: &Path, name: &str, start: &[u8]) {
    let path = folder.join(name);
    fs::write(&path, start).expect("written");
    let file = File::options().write(true).open(path).expect("opened");
    file.set_len(LARGE_BYTES).expect("sparse");
}

/// Runs the program in a folder with no more memory than one file of its limit needs.
fn hardeasy(folder: &Path, input: Stdio, arguments: &[&str]) -> Output {
    let own = program();
    let limit = if cfg!(target_os = "linux") {
        format!("ulimit -v {ADDRESS_KB}; ")
    } else {
        String::new()
    };
    let mut command = Command::new("sh");
    let variables = own
        .get_envs()
        .filter_map(|(name, value)| Some((name, value?)));
    command.envs(variables).current_dir(folder).stdin(input);
    command.args(["-c", &format!("{limit}exec \"$0\" \"$@\"")]);
    command.arg(own.get_program()).args(["--jobs", "2"]);
    command.args(arguments).output().expect("the shell starts")
}

fn good(folder: &Path) {
    fs::copy(fixture("runs/kilometres.fit"), folder.join("good.fit")).expect("copied");
}

#[test]
#[cfg(unix)]
fn what_is_too_large_is_told_and_the_rest_is_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    good(folder.path());
    for name in [
        "zeros.fit",
        "zeros.gpx",
        "zeros.tcx.gz",
        "activities.csv",
        "film.mp4",
    ] {
        large(folder.path(), name, b"");
    }
    large(
        folder.path(),
        "fit.fit",
        &fs::read(fixture("runs/kilometres.fit")).expect("a fixture"),
    );
    large(
        folder.path(),
        "text.gpx",
        b"<?xml version=\"1.0\"?><gpx version=\"1.1\"><trk>",
    );
    // The same behind the doors of archives: a gigabyte of zeros is a megabyte.
    let zeros = vec![0; 300 << 20];
    fs::write(folder.path().join("packed.gpx.gz"), gzip(&zeros)).expect("written");
    fs::write(folder.path().join("packed.zip"), zip(&[("in.gpx", &zeros)])).expect("written");
    drop(zeros);
    let output = hardeasy(
        folder.path(),
        Stdio::null(),
        &["export", "--format", "json", "."],
    );
    assert_eq!(exit(&output), 1, "{}", err(&output));
    let document: serde_json::Value = serde_json::from_str(&out(&output)).expect("a document");
    assert_eq!(document["sessions"].as_array().map(Vec::len), Some(1));
    let told = err(&output);
    for name in [
        "zeros.fit",
        "zeros.gpx",
        "zeros.tcx.gz",
        "fit.fit",
        "text.gpx",
    ] {
        let line = told
            .lines()
            .find(|line| line.contains(&format!(" {name}: ")));
        let line = line.unwrap_or_else(|| panic!("{name}: {told}"));
        for part in ["failed: ", "268435456 bytes", "3221225472", "split it"] {
            assert!(line.contains(part), "{part}: {line}");
        }
    }
    assert!(
        told.contains("failed: packed.gpx.gz") && told.contains("failed: packed.zip: in.gpx"),
        "{told}"
    );
    // A film is no export that was lost.
    assert!(!told.contains("failed: film.mp4"), "{told}");
}

#[test]
#[cfg(unix)]
fn standard_input_has_the_same_limit_and_the_rest_is_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    good(folder.path());
    large(folder.path(), "zeros.bin", b"");
    let input = || Stdio::from(File::open(folder.path().join("zeros.bin")).expect("opened"));
    let output = hardeasy(
        folder.path(),
        input(),
        &["export", "--format", "ndjson", "-", "good.fit"],
    );
    assert_eq!(exit(&output), 1, "{}", err(&output));
    assert_eq!(out(&output).lines().count(), 1);
    assert!(
        err(&output).contains("failed: -: cannot be read: expected at most 268435456 bytes"),
        "{}",
        err(&output)
    );
    for arguments in [
        &["inspect", "-"][..],
        &["show", "-"],
        &["review", "--files-from", "-"],
    ] {
        let output = hardeasy(folder.path(), input(), arguments);
        assert_eq!(exit(&output), 2, "{arguments:?}: {}", err(&output));
        assert!(
            err(&output).contains("268435456 bytes"),
            "{arguments:?}: {}",
            err(&output)
        );
    }
}

#[test]
#[cfg(unix)]
fn what_the_user_writes_for_the_program_has_a_limit_too() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    good(folder.path());
    large(folder.path(), "large.bin", b"");
    let commands: [(&str, &[&str]); 8] = [
        ("hardeasy.toml", &["review", "."]),
        ("hardeasy.corrections.toml", &["review", "."]),
        ("wellness.csv", &["review", "."]),
        (
            "hardeasy.corrections.toml",
            &["correct", "good.fit", "--rpe", "5"],
        ),
        (
            "hardeasy.corrections.toml",
            &["correct", "good.fit", "--list"],
        ),
        (
            "state.json",
            &[
                "export",
                "--format",
                "ndjson",
                "--since",
                "state.json",
                "good.fit",
            ],
        ),
        ("run.fit", &["correct", "run.fit", "--rpe", "5"]),
        ("run.fit", &["inspect", "run.fit"]),
    ];
    for (name, arguments) in commands {
        let path = folder.path().join(name);
        fs::hard_link(folder.path().join("large.bin"), &path).expect("linked");
        let output = hardeasy(folder.path(), Stdio::null(), arguments);
        assert_eq!(exit(&output), 2, "{arguments:?}: {}", err(&output));
        let told = err(&output);
        assert!(
            told.contains("expected at most ") && told.contains(" bytes, found "),
            "{arguments:?}: {told}"
        );
        assert!(told.contains(name), "{arguments:?}: {told}");
        fs::remove_file(path).expect("removed");
    }
    // Nor is it taken for what the program wrote.
    for arguments in [
        &["athlete", "good.fit", "-o", "large.bin"][..],
        &["compare", "good.fit", "good.fit", "-o", "large.bin"],
    ] {
        let output = hardeasy(folder.path(), Stdio::null(), arguments);
        assert_eq!(exit(&output), 2, "{arguments:?}: {}", err(&output));
        assert_eq!(
            fs::metadata(folder.path().join("large.bin"))
                .expect("there")
                .len(),
            LARGE_BYTES
        );
    }
}

/// Writes a file that holds the start and the end of something, with nothing but zeros in between.
#[cfg(unix)]
fn hollow(path: &Path, start: &[u8], end: &[u8]) {
    use std::os::unix::fs::FileExt;
    let file = File::create(path).expect("made");
    file.write_all_at(start, 0).expect("written");
    file.write_all_at(end, LARGE_BYTES - end.len() as u64)
        .expect("written");
}

#[test]
#[cfg(unix)]
fn a_damaged_archive_and_one_on_standard_input_have_a_limit() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    good(folder.path());
    // Cut off: its directory is missing.
    large(folder.path(), "cut.zip", b"PK\x03\x04 as a download begins");
    let input = || Stdio::from(File::open(folder.path().join("cut.zip")).expect("opened"));
    for name in ["cut.zip", "-"] {
        let arguments = ["export", "--format", "ndjson", name, "good.fit"];
        let output = hardeasy(folder.path(), input(), &arguments);
        assert_eq!(exit(&output), 1, "{}", err(&output));
        assert_eq!(out(&output).lines().count(), 1);
        let told = err(&output);
        for part in [
            name,
            "expected at most 536870912 bytes",
            "found ",
            "download it again",
        ] {
            assert!(told.contains(part), "{part}: {told}");
        }
    }
}

#[test]
#[cfg(unix)]
fn stored_documents_are_read_one_by_one_and_one_has_a_limit() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    good(folder.path());
    let good = hardeasy(
        folder.path(),
        Stdio::null(),
        &["export", "--format", "ndjson", "good.fit"],
    );
    let document = good.stdout;
    // A line of three gigabytes.
    hollow(&folder.path().join("line.ndjson"), &document, b"\n");
    let output = hardeasy(
        folder.path(),
        Stdio::null(),
        &["export", "--format", "ndjson", "line.ndjson", "good.fit"],
    );
    assert_eq!(exit(&output), 1, "{}", err(&output));
    assert_eq!(out(&output).lines().count(), 1);
    let told = err(&output);
    for part in [
        "line.ndjson: line 2: ",
        "67108864 bytes",
        "found more; export it again",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    // More documents than may be in memory, were they one: blank lines in between make them large.
    let path = folder.path().join("many.ndjson");
    let mut all = document.clone();
    all.extend(std::iter::repeat_n(b'\n', 300 << 20));
    let other = String::from_utf8_lossy(&document).replace("2026-01-08", "2026-01-09");
    all.extend(other.replace("\"sha256\":\"", "\"sha256\":\"0").as_bytes());
    fs::write(&path, &all).expect("written");
    drop(all);
    let arguments = ["export", "--format", "ndjson", "many.ndjson"];
    let output = hardeasy(folder.path(), Stdio::null(), &arguments);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    assert_eq!(out(&output).lines().count(), 2);
}

#[test]
#[cfg(unix)]
fn a_line_of_a_list_has_a_limit_and_the_next_one_is_answered() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    good(folder.path());
    hollow(&folder.path().join("list"), b"good.fit\n", b"\ngood.fit\n");
    let list = || Stdio::from(File::open(folder.path().join("list")).expect("opened"));
    let arguments = ["export", "--format", "json", "--each", "--files-from"];
    for name in ["-", "list"] {
        let output = hardeasy(folder.path(), list(), &[&arguments[..], &[name]].concat());
        assert_eq!(exit(&output), 1, "{}", err(&output));
        let answers = out(&output);
        let answers: Vec<&str> = answers.lines().collect();
        assert_eq!(answers.len(), 3);
        assert_eq!(answers[0], answers[2]);
        let reason = "expected at most 1048576 bytes in a line of the list, found more; give one path a line";
        assert!(answers[1].contains(reason), "{}", answers[1]);
    }
}
