//! The sequence of key sessions, with the hours between them.

use chrono::Datelike;
use chrono::Duration;

use crate::review::KeySession;
use crate::review::block::Block;
use crate::review::block::Entry;
use crate::units::SECONDS_PER_HOUR;
use crate::units::round;

/// Returns the quality sessions of the block in order, each with the hours from the end of the one
/// before it (which may lie before the block) to its start.
pub(super) fn key_sessions(block: &Block<'_>) -> Vec<KeySession> {
    let mut previous: Option<&Entry<'_>> = block.before.iter().rfind(|run| run.is_quality());
    let mut sessions = Vec::new();
    for run in block.runs().filter(|run| run.is_quality()) {
        sessions.push(KeySession {
            id: run.id.clone(),
            day: run.day,
            weekday: run.day.weekday().number_from_monday(),
            kind: run.session.kind,
            hours_since_previous: previous.and_then(|previous| hours_between(previous, run)),
        });
        previous = Some(run);
    }
    sessions
}

/// Returns the hours from the end of a run to the start of a later one.
pub(super) fn hours_between(previous: &Entry<'_>, run: &Entry<'_>) -> Option<f64> {
    let elapsed = Duration::try_seconds(whole(previous.session.head.elapsed_s))?;
    let end = previous
        .session
        .head
        .start_time?
        .checked_add_signed(elapsed)?;
    let between = run.session.head.start_time?.signed_duration_since(end);
    Some(round(between.as_seconds_f64() / SECONDS_PER_HOUR, 1))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "saturates, and no activity lasts 2^63 seconds"
)]
fn whole(seconds: f64) -> i64 {
    seconds.round() as i64
}
