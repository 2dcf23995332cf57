//! The job for Apache Spark beside the command line, in Spark's local mode: `tests/spark/`.

#![expect(clippy::print_stdout, reason = "a test says what it skipped")]

use std::path::Path;
use std::process::Command;

use crate::common::python::has_java;
use crate::common::python::python;

#[test]
#[ignore = "needs Java, Python and its packages"]
fn spark_gives_what_the_command_line_gives() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("tests/spark");
    if !has_java() {
        println!("skipped: there is no java here");
        return;
    }
    let requirements = folder.join("requirements.txt").display().to_string();
    let Some(python) = python("spark-venv", &["-r", &requirements]) else {
        println!("skipped: there is no python3 here that can have {requirements}");
        return;
    };
    let status = Command::new(python)
        .arg(folder.join("check.py"))
        .arg(env!("CARGO_BIN_EXE_hardeasy"))
        .arg(root.join("fixtures"))
        .arg(root.join("../shared/corpus/season"))
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .status()
        .expect("the check starts");
    assert!(status.success());
}
