//! Splits an activity of several sports by the time windows of its sessions.

use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::units::plural;

use super::definition::whole_seconds;
use super::messages::Session;
use super::note::note;

/// One sport of an activity and its half-open span of time.
pub(super) struct Part<'a> {
    pub(super) session: Option<&'a Session>,
    pub(super) from: u32,
    pub(super) until: u32,
    pub(super) is_only: bool,
}

impl Part<'_> {
    /// Returns whether something of a time belongs to it; without a time, where it is the only one.
    pub(super) fn holds(&self, time: Option<u32>) -> bool {
        self.is_only || time.is_some_and(|time| (self.from..self.until).contains(&time))
    }
}

/// Returns the parts of an activity in order of time, whatever the order of the messages.
///
/// A part lasts until the next one starts, so that no record falls between them.
pub(super) fn parts<'a>(sessions: &'a [Session], warnings: &mut Vec<Warning>) -> Vec<Part<'a>> {
    let mut placed: Vec<(u32, &Session)> = sessions
        .iter()
        .filter_map(|session| Some((session_start(session)?, session)))
        .collect();
    placed.sort_by_key(|(start, _)| *start);
    let count = placed.len();
    placed.dedup_by_key(|(start, _)| *start);
    note(
        warnings,
        count - placed.len(),
        WarningCode::FitSessions,
        |n| {
            format!(
                "{} dropped with the same start as another",
                plural(n, "session")
            )
        },
    );
    if placed.len() < 2 {
        return vec![Part {
            session: placed
                .first()
                .map(|(_, session)| *session)
                .or(sessions.first()),
            from: 0,
            until: u32::MAX,
            is_only: true,
        }];
    }
    let starts: Vec<u32> = placed.iter().map(|(start, _)| *start).collect();
    placed
        .iter()
        .enumerate()
        .map(|(index, (start, session))| Part {
            session: Some(session),
            from: if index == 0 { 0 } else { *start },
            until: starts.get(index + 1).copied().unwrap_or(u32::MAX),
            is_only: false,
        })
        .collect()
}

/// Returns the start of a session, from its end where it is not written.
fn session_start(session: &Session) -> Option<u32> {
    session.start.or_else(|| {
        let elapsed = whole_seconds(session.elapsed_s?)?;
        session.written?.checked_sub(elapsed)
    })
}
