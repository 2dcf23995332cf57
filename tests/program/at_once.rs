//! Several commands at once: nothing that one of them writes is lost to another.

use std::fs;
use std::path::Path;
use std::process::Child;
use std::process::Stdio;

use chrono::Days;
use chrono::NaiveDate;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::out;
use crate::common::program::program;
use crate::common::program::tree;
use crate::dates::run;

/// Commands that run at once.
const COMMANDS: usize = 8;

fn start(arguments: &[&str]) -> Child {
    let mut command = program();
    command.args(arguments).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program starts")
}

fn end(children: Vec<Child>) {
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
}

fn runs(folder: &Path) -> Vec<String> {
    let first = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
    let days = (0..COMMANDS as u64).map(|number| first + Days::new(number));
    days.map(|day| {
        run(folder, day);
        let path = folder.join(format!("{day}.gpx"));
        path.display().to_string()
    })
    .collect()
}

#[test]
fn corrections_at_once_are_all_kept_and_a_report_beside_them_reads_whole_ones() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let exports = folder.path().join("exports");
    let runs = runs(&exports);
    let corrections = exports.join("hardeasy.corrections.toml");
    let (from, site) = (exports.display().to_string(), folder.path().join("site"));
    let site = site.display().to_string();
    // One round could be lucky.
    for round in 0..3 {
        fs::write(&corrections, "# mine, to be kept\n").expect("written");
        let mut children: Vec<Child> = runs
            .iter()
            .map(|path| start(&["correct", path, "--rpe", "7", "--kind", "easy"]))
            .collect();
        children.push(start(&["report", &from, "-o", &site, "--no-cache"]));
        end(children);
        let text = fs::read_to_string(&corrections).expect("a text");
        assert!(text.contains("# mine, to be kept\n"), "{text}");
        assert_eq!(
            text.matches("rpe = 7").count(),
            COMMANDS,
            "round {round}: {text}"
        );
    }
    let children = runs.iter().map(|path| start(&["correct", path, "--undo"]));
    end(children.collect());
    let left = fs::read_dir(&exports).expect("a folder").count();
    let kept = fs::read_to_string(&corrections).expect("the comment");
    assert_eq!((left, kept.trim()), (COMMANDS + 1, "# mine, to be kept"));
}

#[test]
fn values_written_at_once_join_the_corrections_and_the_settings() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, content) in tree(Path::new(&fixture("season"))) {
        let to = folder.path().join(path);
        fs::create_dir_all(to.parent().expect("a parent")).expect("made");
        fs::write(to, content).expect("written");
    }
    let settings = folder.path().join("hardeasy.toml");
    fs::write(&settings, "# mine\nunits = \"imperial\"\n").expect("written");
    let path = folder.path().display().to_string();
    let children = (0..3).map(|_| start(&["athlete", &path, "--write", "--quiet"]));
    end(children.collect());
    let text = fs::read_to_string(&settings).expect("settings");
    assert!(text.starts_with("# mine\nunits = \"imperial\"\n"), "{text}");
    assert_eq!(text.matches("[[thresholds]]").count(), 1, "{text}");
}

#[test]
fn the_state_of_two_jobs_at_once_knows_what_both_exported() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let runs = runs(&folder.path().join("exports"));
    let state = folder.path().join("state.json").display().to_string();
    let jobs = runs
        .iter()
        .map(|path| start(&["export", "--format", "ndjson", "--since", &state, path]));
    end(jobs.collect());
    let from = folder.path().join("exports").display().to_string();
    let output = hardeasy(&["export", "--format", "ndjson", "--since", &state, &from]);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    assert_eq!(out(&output).lines().count(), 0);
}

#[cfg(unix)]
#[test]
fn who_waits_says_so_once_and_a_folder_that_may_not_be_written_is_named() {
    use std::io::Read;
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let runs = runs(folder.path());
    let locked = fs::File::open(folder.path()).expect("a folder");
    locked.lock().expect("locked");
    let mut command = program();
    command.args(["correct", &runs[0], "--rpe", "7"]);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let mut child = command.stderr(Stdio::piped()).spawn().expect("it starts");
    let mut told = child.stderr.take().expect("a pipe");
    let mut first = vec![0; "waiting: ".len()];
    told.read_exact(&mut first).expect("a message");
    drop(locked);
    assert!(child.wait().expect("it ends").success());
    let mut all = String::from_utf8(first).expect("UTF-8");
    told.read_to_string(&mut all).expect("UTF-8");
    assert!(
        all.starts_with("waiting: ") && all.lines().count() == 1,
        "{all}"
    );
    let set_mode = |mode| {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(folder.path(), permissions).expect("set");
    };
    set_mode(0o555);
    if tempfile::NamedTempFile::new_in(folder.path()).is_err() {
        let output = hardeasy(&["correct", &runs[1], "--rpe", "7"]);
        assert_eq!(exit(&output), 2);
        assert!(
            err(&output).contains("check that the folder is writable"),
            "{}",
            err(&output)
        );
    }
    set_mode(0o755);
}
