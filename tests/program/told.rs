//! What is told of inputs that give nothing: courses, formats of platforms, links, files in a cloud.

use std::fs;
use std::path::Path;

use crate::common::athlete::Athlete;
use crate::common::converters;
use crate::common::generator::Options;
use crate::common::generator::generate;
use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::workouts::Workout;

const POLAR: &str = r#"{"exercises":[{"startTime":"a","stopTime":"b","timezoneOffset":120}]}"#;

/// Returns a folder with a run, and the path of a file to be in it.
fn with_run() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::copy(fixture("runs/kilometres.fit"), folder.path().join("a.fit")).expect("a copy");
    folder
}

fn show(path: &Path) -> (i32, String) {
    let output = hardeasy(&["show", &path.display().to_string()]);
    (exit(&output), err(&output))
}

#[test]
fn a_planned_course_says_why_it_is_none() {
    let folder = with_run();
    let course = folder.path().join("course.fit");
    let run = generate(
        &Workout::Easy.plan(&Athlete::of_the_season(), 3),
        &Athlete::of_the_season(),
        3,
        &Options::default(),
    );
    fs::write(&course, converters::planned_fit(&run)).expect("a file");
    let reason = "course.fit: a course of one unchanging speed, as planners write it, not a recorded activity";
    let (code, told) = show(&course);
    assert_eq!(code, 2);
    assert!(told.contains(&format!("skipped: {reason}")), "{told}");
    let (code, told) = show(folder.path());
    assert_eq!(code, 0);
    assert!(told.contains(reason), "{told}");
}

#[test]
fn a_format_of_a_platform_is_named_with_what_to_do() {
    let folder = with_run();
    fs::write(folder.path().join("training-session-1.json"), POLAR).expect("a file");
    let (code, told) = show(folder.path());
    assert_eq!(code, 0);
    assert!(
        told.contains("skipped: training-session-1.json: a training session of Polar Flow in JSON, which is not read; export it as TCX"),
        "{told}"
    );
}

#[test]
fn files_in_a_cloud_are_told_and_the_exit_code_says_so() {
    let folder = with_run();
    fs::write(folder.path().join(".b.fit.icloud"), b"bplist00\xd3").expect("a file");
    fs::write(folder.path().join(".notes.pages.icloud"), b"bplist00\xd3").expect("a file");
    fs::write(folder.path().join("c.fit"), b"").expect("a file");
    let (code, told) = show(folder.path());
    assert_eq!(code, 1);
    assert!(
        told.contains("failed: .b.fit.icloud: lies in iCloud alone; download it first"),
        "{told}"
    );
    assert!(told.contains("failed: c.fit: "), "{told}");
    assert!(
        told.contains("download it first if it lies in a cloud"),
        "{told}"
    );
    assert!(
        told.contains("4 inputs: 1 ok, 1 skipped, 2 failed"),
        "{told}"
    );
}

#[cfg(unix)]
#[test]
fn links_to_files_and_folders_are_told() {
    use std::os::unix::fs::symlink;
    let (folder, elsewhere) = (with_run(), with_run());
    symlink(elsewhere.path(), folder.path().join("more")).expect("a link");
    symlink(elsewhere.path().join("a.fit"), folder.path().join("b.fit")).expect("a link");
    let (code, told) = show(folder.path());
    assert_eq!(code, 0);
    for name in ["more", "b.fit"] {
        let line = format!("skipped: {name}: a symbolic link; name its target to read it");
        assert!(told.contains(&line), "{told}");
    }
}
