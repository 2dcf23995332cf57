//! What lies in the way: files and folders that may not be read or written, things that are no files, files that
//! change while they are read, an end from outside, an odd environment. The rest goes on, the exit code tells,
//! and nothing is left half.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot make its files has failed"
)]
#![expect(clippy::print_stderr, reason = "a test says that it skipped")]

use std::fs;
use std::fs::File;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::symlink;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::Duration;
use std::time::Instant;
use std::time::SystemTime;

use tempfile::TempDir;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::out;
use crate::common::program::program;
use crate::common::program::program_at;
use crate::common::program::tree;

/// Longest that an end from outside may take, in seconds: a busy computer's, not the program's.
const LONGEST_END_S: u64 = 20;
/// Seconds from 1901 to 1970, and from 1970 to 2200: what the clock of a computer says that was never set, or
/// set wrong.
const BEFORE_1970_S: u64 = 2_177_452_800;
const YEAR_2200_S: u64 = 7_258_118_400;

/// Makes a folder of three runs, one in a folder of its own, that anyone may look into.
fn runs() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    for name in ["easy.fit", "strides.fit"] {
        fs::copy(fixture(&format!("runs/{name}")), folder.path().join(name)).unwrap();
    }
    fs::copy(fixture("runs/short.gpx"), inner.join("short.gpx")).unwrap();
    set_mode(folder.path(), 0o755);
    folder
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Runs the program as a user to whom permissions matter: as nobody if the tests are run by root.
fn as_user(test: &str, arguments: &[&str]) -> Option<Output> {
    let folder = tempfile::tempdir().unwrap();
    let locked = folder.path().join("locked");
    File::create(&locked).unwrap();
    set_mode(&locked, 0o000);
    if File::open(&locked).is_err() {
        return Some(hardeasy(arguments));
    }
    set_mode(folder.path(), 0o755);
    let copy = folder.path().join("hardeasy");
    fs::copy(program().get_program(), &copy).unwrap();
    set_mode(&copy, 0o755);
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    command.arg(&copy).args(arguments);
    // What others than root may write to.
    command.env("XDG_CACHE_HOME", folder.path().join("none"));
    command.env("XDG_CONFIG_HOME", "/nonexistent");
    let output = command.stdin(Stdio::null()).output();
    if output.is_err() {
        eprintln!("skipped: {test}: run by root, and there is no setpriv");
    }
    output.ok()
}

fn lines_of<'text>(told: &'text str, word: &str) -> Vec<&'text str> {
    told.lines().filter(|line| line.starts_with(word)).collect()
}

#[test]
fn what_may_not_be_read_is_told_and_the_rest_is_reported() {
    let runs = runs();
    let path = runs.path().display().to_string();
    set_mode(&runs.path().join("strides.fit"), 0o000);
    set_mode(&runs.path().join("inner"), 0o000);
    let output = as_user(
        "what may not be read",
        &["export", "--format", "ndjson", &path],
    );
    set_mode(&runs.path().join("inner"), 0o755);
    let Some(output) = output else { return };
    assert_eq!(exit(&output), 1, "{}", err(&output));
    assert_eq!(out(&output).lines().count(), 1);
    let told = err(&output);
    let failed = lines_of(&told, "failed: ");
    assert_eq!(failed.len(), 2, "{told}");
    for (line, name) in failed.iter().zip(["inner", "strides.fit"]) {
        assert!(line.contains(name), "{told}");
        assert!(line.contains("check its permissions"), "{told}");
    }
}

#[test]
fn what_may_not_be_written_is_told_and_nothing_is_left() {
    let runs = runs();
    let locked = tempfile::tempdir().unwrap();
    set_mode(locked.path(), 0o555);
    let run = runs.path().join("easy.fit").display().to_string();
    let other = runs.path().join("strides.fit").display().to_string();
    let season = runs.path().display().to_string();
    let at = |name: &str| locked.path().join(name).display().to_string();
    let commands = [
        vec!["report", "-o", "", &run],
        vec!["athlete", "--format", "svg", "-o", "athlete.svg", &season],
        vec!["compare", "-o", "compare.html", &run, &other],
        vec!["export", "--format", "csv", "-o", "tables", &run],
        vec!["export", "--format", "gpx", "-o", "run.gpx", &run],
    ];
    for mut words in commands {
        let place = words.iter().position(|word| *word == "-o").unwrap() + 1;
        let target = at(words[place]);
        words[place] = &target;
        let Some(output) = as_user("what may not be written", &words) else {
            return;
        };
        let told = err(&output);
        assert_eq!(exit(&output), 2, "{words:?}: {told}");
        let errors = lines_of(&told, "error: ");
        assert_eq!(errors.len(), 1, "{words:?}: {told}");
        assert!(errors[0].contains("writable"), "{words:?}: {told}");
        assert_eq!(tree(locked.path()), [], "{words:?}");
    }
    set_mode(locked.path(), 0o755);
}

#[test]
fn a_file_in_the_place_of_a_folder_is_kept() {
    let runs = runs();
    let run = runs.path().join("easy.fit").display().to_string();
    let file = runs.path().join("notes.txt");
    fs::write(&file, "mine").unwrap();
    for target in [file.clone(), file.join("below")] {
        let target = target.display().to_string();
        let output = hardeasy(&["report", "-o", &target, &run]);
        assert_eq!(exit(&output), 2, "{}", err(&output));
        let told = err(&output);
        assert_eq!(lines_of(&told, "error: ").len(), 1, "{told}");
        assert!(told.contains("another -o"), "{told}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    }
}

#[test]
fn what_is_no_file_is_neither_waited_for_nor_followed() {
    let runs = runs();
    let at = |name: &str| runs.path().join(name);
    let made = Command::new("mkfifo").arg(at("pipe.fit")).status();
    let pipes = usize::from(made.is_ok_and(|status| status.success()));
    let _socket = std::os::unix::net::UnixListener::bind(at("socket.fit")).unwrap();
    symlink("nowhere", at("dangling.fit")).unwrap();
    symlink(".", at("circle")).unwrap();
    symlink("self.fit", at("self.fit")).unwrap();
    let output = hardeasy(&[
        "export",
        "--format",
        "ndjson",
        &runs.path().display().to_string(),
    ]);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    assert_eq!(out(&output).lines().count(), 3);
    let told = err(&output);
    let counts = format!("read: {} inputs: 3 ok, {} skipped", 7 + pipes, 4 + pipes);
    assert!(told.contains(&counts), "{told}");
    for name in ["pipe.fit", "dangling.fit", "/dev/zero"] {
        let output = hardeasy(&["show", &at(name).display().to_string()]);
        assert_eq!(exit(&output), 2, "{name}");
        assert!(
            err(&output).contains("error: no activity was found"),
            "{name}"
        );
    }
}

/// While one thread writes a file anew, longer and shorter, it is read: it is whole, or in the account with a
/// reason, and the run beside it is as ever.
#[test]
fn a_file_that_changes_while_it_is_read_spoils_nothing() {
    const ROUNDS: usize = 12;
    let runs = runs();
    let path = runs.path().display().to_string();
    let changing = runs.path().join("strides.fit");
    let whole = fs::read(&changing).unwrap();
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut round = 0;
            while !ended.load(Ordering::Relaxed) {
                round += 1;
                let file = File::options().write(true).open(&changing).unwrap();
                match round % 3 {
                    0 => file.set_len(0).unwrap(),
                    1 => (&file).write_all(&whole).unwrap(),
                    _ => file.set_len(whole.len() as u64 / 2).unwrap(),
                }
            }
        });
        let outputs: Vec<Output> = (0..ROUNDS)
            .map(|_| hardeasy(&["export", "--format", "ndjson", &path]))
            .collect();
        ended.store(true, Ordering::Relaxed);
        for output in outputs {
            assert!([0, 1].contains(&exit(&output)), "{}", err(&output));
            let text = out(&output);
            for name in ["easy.fit", "short.gpx"] {
                assert!(text.contains(name), "{name}: {}", err(&output));
            }
            let told = err(&output);
            let is_read = text.contains("strides.fit");
            assert!(is_read || told.contains("strides.fit"), "{told}");
        }
    });
}

/// A report that is ended from outside ends at once, by that signal, and the report before it is whole.
#[test]
fn an_end_from_outside_leaves_the_report_before_it() {
    let runs = runs();
    let site = tempfile::tempdir().unwrap();
    let path = runs.path().display().to_string();
    let target = site.path().display().to_string();
    let output = hardeasy(&["report", "-o", &target, &path]);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    let before = tree(site.path());
    let season = fixture("season");
    for (name, number) in [("-INT", 2), ("-TERM", 15)] {
        for wait_ms in [0, 20, 60] {
            let mut command = program();
            command.args(["report", "--no-cache", "-o", &target, &path, &season]);
            command
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            let mut child = command.spawn().unwrap();
            sleep(Duration::from_millis(wait_ms));
            let asked = Instant::now();
            let sent = Command::new("kill")
                .args([name, &child.id().to_string()])
                .status();
            assert!(sent.unwrap().success());
            let status = child.wait().unwrap();
            // One that was quicker has made its report.
            if status.success() {
                let again = hardeasy(&["report", "-o", &target, &path]);
                assert_eq!(exit(&again), 0);
                continue;
            }
            assert_eq!(status.signal(), Some(number), "{name} after {wait_ms} ms");
            assert!(asked.elapsed() < Duration::from_secs(LONGEST_END_S));
            let again = hardeasy(&["report", "-o", &target, &path]);
            assert_eq!(exit(&again), 0, "{}", err(&again));
            assert_eq!(tree(site.path()), before, "{name} after {wait_ms} ms");
        }
    }
}

/// Neither the language, the zone of the computer, the number of files it may have open nor the dates of files
/// change what is found.
#[test]
fn an_odd_environment_changes_nothing() {
    const FILES: usize = 150;
    let runs = runs();
    let bytes = fs::read(runs.path().join("easy.fit")).unwrap();
    for number in 0..FILES {
        let folder = runs.path().join(format!("{}", number % 7));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{number}.fit")), &bytes).unwrap();
    }
    let path = runs.path().display().to_string();
    let arguments = ["export", "--format", "ndjson", "--no-cache", &path];
    let usual = hardeasy(&arguments);
    assert_eq!(exit(&usual), 0, "{}", err(&usual));
    let same = |output: &Output, what: &str| {
        assert_eq!(exit(output), 0, "{what}: {}", err(output));
        assert!(output.stdout == usual.stdout, "{what}");
        assert_eq!(err(output), err(&usual), "{what}");
    };
    for (name, value) in [
        ("TZ", "Nowhere/Land"),
        ("TZ", ":"),
        ("LC_ALL", "C"),
        ("LANG", "xx_YY.Z"),
    ] {
        let output = program().args(arguments).env(name, value).output().unwrap();
        same(&output, &format!("{name}={value}"));
    }
    let own = program();
    let mut few = program_at(Path::new("sh"));
    few.args(["-c", r#"ulimit -n 32; exec "$@""#, "sh"]);
    few.arg(own.get_program()).args(arguments);
    same(&few.output().unwrap(), "32 open files");
    let before = SystemTime::UNIX_EPOCH - Duration::from_secs(BEFORE_1970_S);
    let after = SystemTime::UNIX_EPOCH + Duration::from_secs(YEAR_2200_S);
    for (name, time) in [("easy.fit", before), ("strides.fit", after)] {
        let file = File::options()
            .append(true)
            .open(runs.path().join(name))
            .unwrap();
        file.set_modified(time).unwrap();
    }
    same(&hardeasy(&arguments), "dates of files");
    let [_, _, _, _, path] = arguments;
    let kept = ["export", "--format", "ndjson", path];
    for round in 0..2 {
        same(
            &hardeasy(&kept),
            &format!("dates of files, round {round} with a cache"),
        );
    }
}
