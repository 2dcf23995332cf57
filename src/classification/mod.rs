//! *RunSummary, History → Session*
//!
//! Says what kind of session a run was and why, how hard it was, and what it cost. See [`classify`].

mod session;

pub use session::*;

use crate::history::History;
use crate::history::References;
use crate::settings::Correction;
use crate::summary::RunSummary;

/// Judges one run with what was known of the athlete before it.
#[must_use]
pub fn classify(
    _run: RunSummary,
    _references: References,
    _history: &History,
    _correction: Option<&Correction>,
) -> Session {
    Session::default()
}
