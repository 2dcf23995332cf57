//! The program as a process: its arguments, what it prints, how it ends, what it leaves.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

/// Returns the program, without the settings of the computer's user and with a cache of the tests' own.
pub fn program() -> Command {
    program_at(Path::new(env!("CARGO_BIN_EXE_hardeasy")))
}

/// The same for a program that lies elsewhere.
pub fn program_at(path: &Path) -> Command {
    let mut command = Command::new(path);
    command.env("XDG_CONFIG_HOME", "/nonexistent").env(
        "XDG_CACHE_HOME",
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"),
    );
    command
}

/// Runs the program with nothing on standard input.
pub fn hardeasy<Argument: AsRef<OsStr>>(arguments: &[Argument]) -> Output {
    run(program().args(arguments))
}

/// The same with variables of the environment that decide how texts look, and no others of them.
pub fn hardeasy_with(variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = program();
    for name in ["COLUMNS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    run(command.args(arguments).envs(variables.iter().copied()))
}

/// Runs the program in a folder, with some text on standard input.
pub fn hardeasy_in(folder: &Path, input: &[u8], arguments: &[&str]) -> Output {
    let mut child = program()
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut standard_input = child.stdin.take().expect("a pipe");
    // A program that does not ask for it may be gone by now.
    let _ = standard_input.write_all(input);
    drop(standard_input);
    child.wait_with_output().expect("the program ends")
}

fn run(command: &mut Command) -> Output {
    command
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}

/// Returns standard output.
pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// Returns standard error.
pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Returns the exit code.
pub fn exit(output: &Output) -> i32 {
    output.status.code().expect("not killed")
}

/// Returns the place of a fixture.
pub fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name)
        .display()
        .to_string()
}

/// Returns all files below a folder with their content, by path.
pub fn tree(root: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let content = fs::read(&path).expect("a file");
                files.push((
                    path.strip_prefix(root).expect("below").to_path_buf(),
                    content,
                ));
            }
        }
    }
    files.sort();
    files
}
