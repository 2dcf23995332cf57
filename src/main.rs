//! The program: calls [`hardeasy::cli::run`] and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    hardeasy::cli::run()
}
