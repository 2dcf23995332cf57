//! The wheel: module and program are in it, and the module tells what the program tells. No part of the usual tests,
//! since it builds the wheel and needs Python packages.

#![expect(clippy::print_stdout, reason = "a test says what it skips and finds")]

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

use crate::common::program::err;
use crate::common::program::out;

/// What the test needs besides the wheel; read_module.py compares with what they read.
const PACKAGES: [&str; 7] = [
    "maturin==1.16.0",
    "polars",
    "pandas",
    "pyarrow",
    "duckdb",
    "fitdecode",
    "mypy",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a command, and returns whether it went well.
fn went_well(command: &mut Command) -> bool {
    let done = command.stdout(Stdio::null()).status();
    done.is_ok_and(|status| status.success())
}

/// Returns a Python of its own with the packages; nothing where there is none.
fn python() -> Option<PathBuf> {
    let folder = root().join("target/python-venv");
    let python = folder.join("bin/python");
    let is_made = went_well(Command::new("python3").args(["-m", "venv"]).arg(&folder))
        && went_well(
            Command::new(&python)
                .args(["-m", "pip", "install", "--quiet"])
                .args(PACKAGES),
        );
    is_made.then_some(python)
}

/// Builds the wheel and puts it into a Python.
fn install(python: &Path, into: &Path) {
    let target = root().join("target");
    let built = went_well(
        Command::new(root().join(".ci/wheel"))
            .arg(env!("CARGO_BIN_EXE_hardeasy"))
            .args(["--release", "--out"])
            .arg(into)
            .env("MATURIN", python.with_file_name("maturin"))
            .env("CARGO_TARGET_DIR", target),
    );
    assert!(built, "the wheel cannot be built");
    let wheels = std::fs::read_dir(into).expect("a folder");
    let wheel = wheels.map(|entry| entry.expect("an entry").path()).next();
    let installed = went_well(
        Command::new(python)
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--force-reinstall",
                "--no-deps",
            ])
            .arg(wheel.expect("a wheel")),
    );
    assert!(installed, "the wheel cannot be installed");
}

#[test]
#[ignore = "builds the wheel, needs Python packages"]
fn python_module_tells_what_the_program_tells() {
    let Some(python) = python() else {
        println!("skipped: there is no python3 here that can have {PACKAGES:?}");
        return;
    };
    let wheels = tempfile::tempdir().expect("a temporary folder");
    install(&python, wheels.path());
    let output = Command::new(&python)
        .arg(root().join("tests/program/read_module.py"))
        .arg(python.with_file_name("hardeasy"))
        .arg(root().join("fixtures"))
        .env("XDG_CONFIG_HOME", "/nonexistent")
        // Not beside the sources of the package.
        .current_dir(wheels.path())
        .output()
        .expect("it starts");
    println!("{}", out(&output));
    assert!(output.status.success(), "{}", err(&output));
}
