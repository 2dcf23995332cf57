//! The site as a reader meets it: opened from disk in a headless Chromium.
//!
//! *Runs → site → page → what is seen*: [`site`] makes sites with the program, [`browser`] starts one
//! Chromium for all tests, [`page`] opens a page in it and tells what happened. The browser is the one
//! that `HARDEASY_CHROMIUM` names, else the one in `PATH`; without one, and without axe-core for the
//! tests of accessibility, the tests say on standard error that they were skipped.
#![cfg(unix)] // The pipe to the browser and the hostile names of files are of Unix.
#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

#[path = "../common/mod.rs"]
mod common;

mod browser;
mod page;
mod site;

mod accessibility;
mod drawings;
mod hostile;
mod hostile_runs;
mod interactions;
mod layout;
mod print;
mod quiet;
mod screenshots;
mod served;
mod size;
mod ways;

use std::io::Write;

/// Says on standard error that a test did not run.
pub fn skipped(test: &str, reason: &str) {
    say(&format!("skipped: {test}: {reason}"));
}

/// Says something on standard error, past the test runner that would keep it back.
pub fn say(line: &str) {
    // Nobody reads it where standard error is closed.
    let _ = writeln!(std::io::stderr(), "{line}");
}
