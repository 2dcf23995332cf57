//! What one run alone can stand in for while nothing is known of the athlete.

use chrono::Datelike;

use crate::classification::easy_blocks::easy_blocks;
use crate::classification::features::mean_effort;
use crate::history;
use crate::history::Confidence;
use crate::history::History;
use crate::history::Reference;
use crate::history::References;
use crate::ingest::Sport;
use crate::statistics::median;
use crate::summary::RunSummary;
use crate::vocabulary::SegmentKind;

/// Critical speed is raised to this share of the file's own fastest 20 minutes.
///
/// # Units
/// Ratio. Convention, as in the history.
const OF_OWN_BEST_20_MIN: f64 = 0.98;
/// The window of the file's own best.
///
/// # Units
/// Seconds.
const OWN_BEST_S: f64 = 1200.0;
/// Half-width of the interval of an easy speed from one run.
///
/// # Units
/// Ratio.
const OWN_HALF_WIDTH: f64 = 0.1;
/// What is slower than this is no easy speed: one that recorded no distance, or stood.
///
/// # Units
/// Metres per second; chosen: half of a slow walk. Speeds are shares of it, so that 0 would make them endless.
const LEAST_EASY_M_S: f64 = 0.5;
/// Maximum heart rate where nothing is known.
///
/// # Units
/// Beats per minute: 208 − 0.7 × 40 years.
const ASSUMED_MAXIMUM_BPM: f64 = 180.0;
/// Threshold heart rate where nothing is known.
///
/// # Units
/// Beats per minute: 0.90 of [`ASSUMED_MAXIMUM_BPM`].
const ASSUMED_THRESHOLD_BPM: f64 = 162.0;
/// Half the width of their 90 % intervals.
///
/// # Units
/// Beats per minute.
const ASSUMED_WITHIN_BPM: f64 = 18.0;

/// Returns the reference values with what one run alone can stand in for: its own easy running for
/// the habitual one, an assumption for critical speed.
pub(super) fn completed(run: &RunSummary, references: References, history: &History) -> References {
    let mut references = references;
    if run.head.sport == Sport::Running {
        if references.easy_speed_m_s.is_none() {
            references.easy_speed_m_s = own_easy_speed(run).map(|r| r.rounded(3));
        }
        if references.critical_speed_m_s.is_none() {
            let easy = references.easy_speed_m_s.as_ref();
            references.critical_speed_m_s = easy
                .map(history::assumed_critical_speed)
                .map(|assumed| raised_to_own_best(assumed, run).rounded(3));
        }
    }
    if run
        .details
        .histograms
        .iter()
        .any(|h| !h.heart_rate.seconds.is_empty())
    {
        complete_heart_rates(run, &mut references, history);
    }
    references
}

fn complete_heart_rates(run: &RunSummary, references: &mut References, history: &History) {
    let own = run.details.heart_rate_max_10s_bpm.unwrap_or(0.0);
    let athlete = &run.details.athlete;
    if references.maximum_heart_rate_bpm.is_none() {
        let by_age = history
            .settings()
            .birth_year
            .zip(run.head.day)
            .map(|(year, day)| history::maximum_by_age(day.year() - year));
        let set = history::maximum_set_in_device(athlete);
        let assumed = set.or(by_age).unwrap_or(ASSUMED_MAXIMUM_BPM);
        let source = if set.is_some() {
            "set in the device"
        } else {
            "assumed, no history"
        };
        references.maximum_heart_rate_bpm =
            Some(guess(assumed.max(own), ASSUMED_WITHIN_BPM, source));
    }
    if references.threshold_heart_rate_bpm.is_none() {
        let from_maximum = references
            .maximum_heart_rate_bpm
            .as_ref()
            .map_or(ASSUMED_THRESHOLD_BPM, |r| {
                r.value * (ASSUMED_THRESHOLD_BPM / ASSUMED_MAXIMUM_BPM)
            });
        let set = history::threshold_set_in_device(athlete);
        let value = set.unwrap_or(from_maximum);
        let source = if set.is_some() {
            "set in the device"
        } else {
            "0.90 of an assumed maximum"
        };
        references.threshold_heart_rate_bpm = Some(guess(value, ASSUMED_WITHIN_BPM, source));
    }
}

fn guess(value: f64, half_width: f64, source: &str) -> Reference {
    Reference {
        value,
        low: value - half_width,
        high: value + half_width,
        source: source.to_owned(),
        date: None,
        confidence: Confidence::Low,
    }
    .rounded(1)
}

/// Returns the easy speed of one run: the middle of its blocks of base running (of a run that gets
/// steadily faster, of their slower half), else the speed around its efforts. A run of efforts and rests
/// alone shows none.
fn own_easy_speed(run: &RunSummary) -> Option<Reference> {
    let mut speeds: Vec<f64> = easy_blocks(run)
        .map(|block| block.effort_speed_m_s)
        .collect();
    speeds.sort_by(f64::total_cmp);
    let mut segments = run.segments.iter();
    let rises = segments.any(|segment| segment.kind == SegmentKind::Progression);
    // The slower half, with the block in the middle.
    let own = if rises {
        &speeds[..speeds.len().div_ceil(2)]
    } else {
        &speeds[..]
    };
    let middle = median(own);
    let between_efforts = || {
        let segments = run.segments.iter();
        mean_effort(segments.filter(|segment| !is_effort_or_rest(segment.kind)))
    };
    let is_running = |speed_m_s: &f64| *speed_m_s >= LEAST_EASY_M_S;
    let value = middle
        .filter(is_running)
        .or(run.details.base_speed_m_s.filter(is_running))
        .or_else(|| between_efforts().filter(is_running))?;
    Some(Reference {
        value,
        low: value * (1.0 - OWN_HALF_WIDTH),
        high: value * (1.0 + OWN_HALF_WIDTH),
        source: "this run alone".to_owned(),
        date: None,
        confidence: Confidence::Low,
    })
}

/// Returns whether a segment shows nothing of easy running: an effort, or the few steps of a rest.
fn is_effort_or_rest(kind: SegmentKind) -> bool {
    use SegmentKind::*;
    matches!(kind, Work | Hill | Stride | Rest | Stop)
}

fn raised_to_own_best(assumed: Reference, run: &RunSummary) -> Reference {
    let mut curve = run.details.mean_max.iter();
    let best = curve
        .find(|point| point.duration_s.total_cmp(&OWN_BEST_S).is_eq())
        .map_or(0.0, |point| point.speed_m_s * OF_OWN_BEST_20_MIN);
    if best <= assumed.value {
        return assumed;
    }
    Reference {
        value: best,
        low: best,
        high: assumed.high.max(best),
        source: "0.98 of the fastest 20 min of this run".to_owned(),
        ..assumed
    }
}
