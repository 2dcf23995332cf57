//! The day strip: what each day of the block was.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::classification::Session;
use crate::review::Day;
use crate::review::DayKind;
use crate::review::block::Block;
use crate::review::block::Entry;
use crate::review::block::dated;
use crate::settings::Wellness;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

/// The share of the rated time of an easy run above the low zone, strides left out, from which on it
/// counts as having drifted.
///
/// # Units
/// Ratio. Our choice: a fifth of a run is more than a hill or a greeting, less than half of it.
pub(super) const DRIFTED_SHARE: f64 = 0.20;
/// The least time in these zones of a run that drifted.
///
/// # Units
/// Seconds. Our choice: below five minutes heart rate and speed are not told apart from noise.
pub(super) const DRIFTED_LEAST_S: f64 = 300.0;

/// Returns what each day with an activity was, whatever block is under review.
#[must_use]
pub fn day_kinds(sessions: &[Session]) -> BTreeMap<NaiveDate, DayKind> {
    let (entries, _) = dated(sessions);
    let days = entries.chunk_by(|a, b| a.day == b.day);
    days.filter_map(|entries| Some((entries.first()?.day, day_kind(entries))))
        .collect()
}

/// Returns every day of the block.
pub(super) fn days(block: &Block<'_>, wellness: &Wellness) -> Vec<Day> {
    let Some(span) = block.span else {
        return Vec::new();
    };
    let mut next = 0;
    span.days()
        .map(|day| {
            let start = next;
            let of_day = block.entries[start..].iter().take_while(|e| e.day == day);
            next = start + of_day.count();
            let entries = &block.entries[start..next];
            Day {
                double: entries.iter().filter(|entry| entry.is_run()).count() > 1,
                day,
                kind: day_kind(entries),
                sessions: (start..next).collect(),
                wellness: wellness.on(day).cloned(),
            }
        })
        .collect()
}

/// Returns whether a run that is not a quality session was more than easy: `steady`, or drifted.
pub(super) fn is_medium(session: &Session) -> bool {
    !session.quality && (session.kind == SessionKind::Steady || drifted(session))
}

/// Returns whether an easy run drifted out of the low zone.
pub(super) fn drifted(session: &Session) -> bool {
    session.distribution.as_ref().is_some_and(|distribution| {
        let rated_s: f64 = distribution.zone_s.iter().sum();
        let [_, middle_s, hard_s] = distribution.zone_s;
        let above_s = middle_s + hard_s - strides_s(session);
        above_s >= DRIFTED_LEAST_S && above_s >= DRIFTED_SHARE * rated_s
    })
}

/// Returns the time of the strides, which belong to easy running.
fn strides_s(session: &Session) -> f64 {
    let strides = session.segments.iter();
    let strides = strides.filter(|segment| segment.kind == SegmentKind::Stride);
    strides.map(|segment| segment.moving_s).sum()
}

/// Returns what a day with these activities was: the hardest of them decides.
fn day_kind(entries: &[Entry<'_>]) -> DayKind {
    let kinds = entries.iter().map(own_kind);
    kinds.min_by_key(|kind| rank(*kind)).unwrap_or_default()
}

/// Returns what an activity makes of a day by itself.
pub(super) fn own_kind(entry: &Entry<'_>) -> DayKind {
    day_kind_of(entry.session)
}

/// Returns what an activity makes of its day by itself.
#[must_use]
pub fn day_kind_of(session: &Session) -> DayKind {
    match session {
        session if !session.kind.is_run() => DayKind::Cross,
        session if session.quality => DayKind::Hard,
        session if is_medium(session) => DayKind::Medium,
        _ => DayKind::Easy,
    }
}

/// Returns the place of a kind in the order from hard to rest.
fn rank(kind: DayKind) -> usize {
    match kind {
        DayKind::Hard => 0,
        DayKind::Medium => 1,
        DayKind::Easy => 2,
        DayKind::Cross => 3,
        DayKind::Rest => 4,
    }
}
