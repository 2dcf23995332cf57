//! Workouts of the same structure side by side over time.

use std::collections::BTreeMap;

use chrono::Days;

use crate::classification::Session;
use crate::review::Comparable;
use crate::review::ComparedWorkout;
use crate::review::block::Block;
use crate::review::block::Entry;
use crate::segmentation::Set;
use crate::units::round;
use crate::vocabulary::SegmentKind;

/// Workouts older than this are not compared.
///
/// # Units
/// Days: a year, so that last season's can be seen.
const LONGEST_DAYS: u64 = 365;

/// Returns the structures that were run in the block and at least once before, most often first.
///
/// The structure of a workout is that of its longest set: number and usual name of the repetitions,
/// and whether the recovery was jogged, walked or stood.
pub(super) fn comparable(block: &Block<'_>) -> Vec<Comparable> {
    let Some(span) = block.span else {
        return Vec::new();
    };
    let oldest = span.to.checked_sub_days(Days::new(LONGEST_DAYS));
    let recent = block
        .all_runs()
        .filter(|run| oldest.is_none_or(|day| run.day >= day));
    let mut by_name: BTreeMap<String, Vec<ComparedWorkout>> = BTreeMap::new();
    for run in recent.filter(|run| run.is_quality()) {
        if let Some((name, workout)) = workout(run) {
            by_name.entry(name).or_default().push(workout);
        }
    }
    let mut found: Vec<Comparable> = by_name
        .into_iter()
        .filter(|(_, sessions)| sessions.len() > 1)
        .filter(|(_, sessions)| sessions.last().is_some_and(|last| span.contains(last.day)))
        .map(|(name, sessions)| Comparable {
            change_pct: change_pct(&sessions),
            name,
            sessions,
        })
        .collect();
    found.sort_by(|a, b| {
        let by_count = b.sessions.len().cmp(&a.sessions.len());
        by_count.then(a.name.cmp(&b.name))
    });
    found
}

/// Returns the structure of a workout and what it came to.
fn workout(run: &Entry<'_>) -> Option<(String, ComparedWorkout)> {
    let (index, set) = main_set(run.session)?;
    let of_set = || {
        let segments = run.session.segments.iter();
        segments.filter(move |s| s.set == Some(index + 1) && s.kind != SegmentKind::Stride)
    };
    let mean = |value: fn(&crate::segmentation::Segment) -> Option<f64>| {
        let (mut sum, mut time) = (0.0, 0.0);
        for segment in of_set() {
            sum += value(segment)? * segment.moving_s;
            time += segment.moving_s;
        }
        (time > 0.0).then(|| sum / time)
    };
    Some((
        structure_name(set),
        ComparedWorkout {
            id: run.id.clone(),
            day: run.day,
            effort_speed_m_s: round(mean(|s| s.effort_speed_m_s)?, 3),
            heart_rate_bpm: mean(|s| s.heart_rate_bpm).map(|beats| round(beats, 1)),
            recovery_s: set.recovery_s,
            fade_pct: set.fade_pct,
        },
    ))
}

fn structure_name(set: &Set) -> String {
    let recovery = set.recovery.as_deref();
    match recovery.and_then(|text| text.rsplit(' ').next()) {
        Some(manner) => format!("{} ({manner})", set.name),
        None => set.name.clone(),
    }
}

/// Returns the structure of a workout, as in "6 × 1000 m (jog)"; absent where it has no set of similar
/// repetitions.
#[must_use]
pub fn structure(session: &Session) -> Option<String> {
    main_set(session).map(|(_, set)| structure_name(set))
}

/// Returns the set with the most time in it, and its index.
fn main_set(session: &Session) -> Option<(usize, &Set)> {
    let time = |index: usize| -> f64 {
        let of_set = session.segments.iter().filter(|s| s.set == Some(index + 1));
        of_set.map(|segment| segment.moving_s).sum()
    };
    let sets = session.sets.iter().enumerate();
    sets.filter(|(_, set)| !set.name.ends_with("varied"))
        .max_by(|(a, _), (b, _)| time(*a).total_cmp(&time(*b)).then(b.cmp(a)))
}

/// Returns how much faster the last was than the one before, in percent.
fn change_pct(sessions: &[ComparedWorkout]) -> Option<f64> {
    let [.., before, last] = sessions else {
        return None;
    };
    Some(round(
        (last.effort_speed_m_s / before.effort_speed_m_s - 1.0) * 100.0,
        1,
    ))
}
