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

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    use crate::segmentation::exact::segment;
    use crate::settings::Settings;
    use crate::summary::Histogram;
    use crate::summary::SegmentHistograms;
    use crate::summary::SteadyBlock;

    /// A run of three easy blocks with heart rate, of the year 2026.
    fn run() -> RunSummary {
        let mut run = RunSummary::default();
        run.head.sport = Sport::Running;
        run.head.day = NaiveDate::from_ymd_opt(2026, 5, 3);
        run.segments = vec![segment(SegmentKind::Steady, 0.0, 900.0, 2.8)];
        run.details.steady_blocks = [2.7, 2.8, 3.0]
            .iter()
            .zip([0.0, 300.0, 600.0])
            .map(|(speed, start_s)| SteadyBlock {
                start_s,
                duration_s: 300.0,
                effort_speed_m_s: *speed,
                ..SteadyBlock::default()
            })
            .collect();
        run.details.histograms = vec![SegmentHistograms {
            heart_rate: Histogram {
                first: 70,
                seconds: vec![900],
            },
            ..SegmentHistograms::default()
        }];
        run
    }

    fn values(run: &RunSummary, birth_year: Option<i32>) -> [Option<f64>; 4] {
        let history = History::new(Settings {
            birth_year,
            ..Settings::default()
        });
        let found = completed(run, References::default(), &history);
        [
            found.easy_speed_m_s,
            found.critical_speed_m_s,
            found.maximum_heart_rate_bpm,
            found.threshold_heart_rate_bpm,
        ]
        .map(|reference| reference.map(|reference| reference.value))
    }

    #[test]
    fn one_run_stands_in_for_what_is_not_known() {
        let critical = |easy: f64| Some(crate::units::round(easy / 0.77, 3));
        assert_eq!(
            values(&run(), None),
            [Some(2.8), critical(2.8), Some(180.0), Some(162.0)]
        );
        // 208 − 0.7 · 20, and nine tenths of it.
        assert_eq!(values(&run(), Some(2006))[2..], [Some(194.0), Some(174.6)]);
        let mut set = run();
        set.details.athlete.maximum_heart_rate_bpm = Some(200.0);
        set.details.athlete.threshold_heart_rate_bpm = Some(175.0);
        assert_eq!(values(&set, Some(2006))[2..], [Some(200.0), Some(175.0)]);
        // The run's own peak is the least that it can be.
        set.details.heart_rate_max_10s_bpm = Some(205.0);
        assert_eq!(values(&set, None)[2], Some(205.0));
        let mut without_beats = run();
        without_beats.details.histograms = vec![SegmentHistograms::default()];
        assert_eq!(values(&without_beats, None)[2..], [None, None]);
        let mut ride = run();
        ride.head.sport = Sport::Cycling;
        assert_eq!(values(&ride, None)[..2], [None, None]);
    }

    #[test]
    fn a_rising_run_shows_its_slower_half_and_a_set_what_lies_around_it() {
        let mut rising = run();
        rising.segments[0].kind = SegmentKind::Progression;
        // The middle of 2.7 and 2.8.
        assert_eq!(values(&rising, None)[0], Some(2.75));
        let mut set = run();
        set.details.steady_blocks.clear();
        set.segments = vec![
            segment(SegmentKind::WarmUp, 0.0, 300.0, 2.5),
            segment(SegmentKind::Work, 300.0, 600.0, 4.0),
            segment(SegmentKind::Rest, 600.0, 660.0, 0.5),
            segment(SegmentKind::Recovery, 660.0, 760.0, 2.1),
        ];
        // 750 m and 210 m in 400 s.
        assert_eq!(values(&set, None)[0], Some(2.4));
        set.segments
            .retain(|segment| segment.kind == SegmentKind::Work);
        assert_eq!(values(&set, None)[0], None);
    }
}
