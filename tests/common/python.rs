//! A Python of our own with packages of others, for checks beside other programs.

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

/// Returns a Python that has some packages, as `pip` names them, made below `target/`; nothing where there is no Python
/// or it cannot have them.
pub fn python(folder: &str, packages: &[&str]) -> Option<PathBuf> {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    let folder = target.join(folder);
    let python = folder.join("bin/python");
    let run = |program: &Path, arguments: &[&str]| {
        let done = Command::new(program).args(arguments).status();
        done.is_ok_and(|status| status.success()).then_some(())
    };
    run(
        Path::new("python3"),
        &["-m", "venv", &folder.display().to_string()],
    )?;
    let arguments = [&["-m", "pip", "install", "--quiet"], packages].concat();
    run(&python, &arguments)?;
    Some(python)
}

/// Returns whether there is a Java, which Spark runs on.
pub fn has_java() -> bool {
    let mut java = Command::new("java");
    let done = java.arg("-version").stdout(Stdio::null());
    done.stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
