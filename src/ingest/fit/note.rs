//! Warnings about what happened to some of the messages.

use crate::ingest::Warning;
use crate::ingest::WarningCode;

/// Adds a warning when something happened at least once.
pub(super) fn note(
    warnings: &mut Vec<Warning>,
    count: usize,
    code: WarningCode,
    text: impl FnOnce(usize) -> String,
) {
    if count > 0 {
        warnings.push(Warning::new(code, text(count)));
    }
}
