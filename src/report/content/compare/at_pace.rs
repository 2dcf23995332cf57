//! Heart rate at pace: what the same way cost in two runs.

use serde::Serialize;

use crate::classification::Session;
use crate::report::content::aggregates::mean_by_time;
use crate::segmentation::Segment;
use crate::units::SECONDS_PER_MINUTE;
use crate::units::round;
use crate::vocabulary::SegmentKind;

/// Easy running of less than this says nothing of heart rate at pace: the first minutes it only rises.
///
/// # Units
/// Seconds moving. Chosen: ten minutes, of which the rise takes two or three.
const LEAST_EASY_S: f64 = 600.0;

/// Heart rate over grade-adjusted speed: fewer beats for the same way.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HeartRateAtPace {
    /// The parts that were compared, as in "the main set".
    pub parts: &'static str,
    /// In each run.
    pub runs: [AtPace; 2],
    /// How many more beats B took for the same way, in percent.
    pub change_pct: f64,
}

/// The means of some parts of a run, by moving time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AtPace {
    /// Mean heart rate, in beats per minute.
    pub heart_rate_bpm: f64,
    /// Mean grade-adjusted speed, in metres per second.
    pub effort_speed_m_s: f64,
    /// Heartbeats per metre.
    pub beats_per_m: f64,
}

/// Returns heart rate at pace in the first of these parts that both runs hold: the main set where its
/// structure is the same, sustained blocks, easy running.
pub(super) fn heart_rate_at_pace(
    sessions: [&Session; 2],
    same_structure: bool,
) -> Option<HeartRateAtPace> {
    let of_kinds = |kinds: &[SegmentKind]| {
        sessions.map(|session| {
            let segments = session.segments.iter();
            segments
                .filter(|one| one.executed && kinds.contains(&one.kind))
                .collect::<Vec<&Segment>>()
        })
    };
    use SegmentKind::*;
    let easy = of_kinds(&[WarmUp, Steady, CoolDown]);
    let is_long = |segments: &Vec<&Segment>| {
        segments.iter().map(|one| one.moving_s).sum::<f64>() >= LEAST_EASY_S
    };
    let main = same_structure.then(|| sessions.map(Session::main_reps));
    let candidates = [
        main.map(|parts| ("the main set", parts)),
        Some(("the tempo running", of_kinds(&[Tempo]))),
        easy.iter()
            .all(is_long)
            .then_some(("the easy running", easy)),
    ];
    let mut found = candidates.into_iter().flatten();
    found.find_map(|(name, parts)| {
        let [a, b] = parts.map(|segments| at_pace(&segments));
        let runs = [a?, b?];
        let change = runs[1].beats_per_m / runs[0].beats_per_m - 1.0;
        Some(HeartRateAtPace {
            parts: name,
            runs,
            change_pct: round(change * 100.0, 1),
        })
    })
}

/// Returns the means of those segments of which both heart rate and speed are known.
fn at_pace(segments: &[&Segment]) -> Option<AtPace> {
    let is_known = |one: &&Segment| one.heart_rate_bpm.and(one.effort_speed_m_s).is_some();
    let known: Vec<&Segment> = segments.iter().copied().filter(is_known).collect();
    let heart_rate_bpm = mean_by_time(known.iter().copied(), |one| one.heart_rate_bpm)?;
    let effort_speed_m_s = mean_by_time(known.iter().copied(), |one| one.effort_speed_m_s)
        .filter(|speed| *speed > 0.0)?;
    let per_m = heart_rate_bpm / (effort_speed_m_s * SECONDS_PER_MINUTE);
    (heart_rate_bpm > 0.0).then(|| AtPace {
        heart_rate_bpm: round(heart_rate_bpm, 1),
        effort_speed_m_s: round(effort_speed_m_s, 3),
        beats_per_m: round(per_m, 4),
    })
}
