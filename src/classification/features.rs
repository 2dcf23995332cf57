//! What the rules ask of a run: its efforts, its speed against the athlete's own, its past.

use crate::history;
use crate::history::Confidence;
use crate::history::History;
use crate::history::PastSession;
use crate::history::Reference;
use crate::history::References;
use crate::ingest::Sport;
use crate::segmentation::Segment;
use crate::segmentation::SegmentKind;
use crate::summary::EFFORT_BIN_M_S;
use crate::summary::RunSummary;
use crate::units::SECONDS_PER_HOUR;
use crate::units::round;

/// Easy running is learned over so many weeks for the usual duration and volume.
///
/// # Units
/// Days. `science.md` 4.1: 8 weeks.
const USUAL_DAYS: u64 = 56;
/// Weekly volume rests on so many days.
///
/// # Units
/// Days.
const VOLUME_DAYS: u64 = 28;
/// The longest run is compared with so many days.
///
/// # Units
/// Days. `science.md` 4.2, rule 5.
const LONGEST_DAYS: u64 = 14;
/// The usual duration needs so many runs.
const LEAST_RUNS: usize = 3;
/// Critical speed is raised to this share of the file's own fastest 20 minutes.
///
/// # Units
/// Ratio. `science.md` 4.3.
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
/// Maximum and threshold heart rate where nothing is known.
///
/// # Units
/// Beats per minute: 208 − 0.7 × 40 years, and 0.90 of it; half-width of the 90 % interval.
const ASSUMED_HEART_RATES_BPM: (f64, f64, f64) = (180.0, 162.0, 18.0);

/// What the rules ask of a run.
pub(super) struct Features<'a> {
    /// The run.
    pub(super) run: &'a RunSummary,
    /// What is known of the athlete.
    pub(super) references: &'a References,
    /// The athlete's past.
    pub(super) history: &'a History,
    /// Moving time.
    pub(super) moving_s: f64,
    /// Efforts that were carried out, strides left out.
    pub(super) works: Vec<&'a Segment>,
    /// Strides.
    pub(super) strides: Vec<&'a Segment>,
    /// Mean effort speed of the whole run over moving time.
    pub(super) effort_speed_m_s: Option<f64>,
    /// Mean effort speed of the efforts, weighted by duration.
    pub(super) work_speed_m_s: Option<f64>,
    /// Median moving time of easy runs of the last 8 weeks.
    pub(super) usual_duration_s: Option<f64>,
    /// Mean weekly moving time of the last 4 weeks.
    pub(super) weekly_s: Option<f64>,
    /// Longest run of the last 14 days.
    pub(super) longest_recent_s: Option<f64>,
    /// Hours since the end of the last quality session.
    pub(super) hours_since_quality: Option<f64>,
    /// Whether another run started earlier on the same day.
    pub(super) second_of_day: bool,
}

impl<'a> Features<'a> {
    /// Gathers what the rules ask.
    pub(super) fn new(
        run: &'a RunSummary,
        references: &'a References,
        history: &'a History,
    ) -> Self {
        let executed = || run.segments.iter().filter(|s| s.executed);
        let works: Vec<&Segment> = executed()
            .filter(|s| s.kind.is_work() && s.kind != SegmentKind::Stride)
            .collect();
        let last_quality = run.head.start_time.and_then(|start| {
            let mut past = history.past().iter().rev();
            past.find(|p| p.quality && p.is_run && p.end <= start)
        });
        let hours_since_quality = run
            .head
            .start_time
            .zip(last_quality)
            .map(|(start, past)| hours(start, past));
        Self {
            run,
            references,
            history,
            moving_s: run.head.moving_s,
            effort_speed_m_s: mean_effort(run.segments.iter()).or_else(|| from_histograms(run)),
            work_speed_m_s: mean_effort(works.iter().copied()),
            works,
            strides: executed()
                .filter(|s| s.kind == SegmentKind::Stride)
                .collect(),
            usual_duration_s: usual_duration(run, history),
            weekly_s: weekly(run, history),
            longest_recent_s: longest_recent(run, history),
            hours_since_quality,
            second_of_day: second_of_day(run, history),
        }
    }

    /// Returns the habitual easy speed.
    pub(super) fn easy_speed(&self) -> Option<f64> {
        self.references.easy_speed_m_s.as_ref().map(|r| r.value)
    }

    /// Returns critical speed.
    pub(super) fn critical_speed(&self) -> Option<f64> {
        self.references.critical_speed_m_s.as_ref().map(|r| r.value)
    }

    /// Returns threshold heart rate.
    pub(super) fn threshold_heart_rate(&self) -> Option<f64> {
        let reference = self.references.threshold_heart_rate_bpm.as_ref();
        reference.map(|r| r.value)
    }

    /// Returns a speed as a share of critical speed.
    pub(super) fn of_critical(&self, speed: Option<f64>) -> Option<f64> {
        Some(speed? / self.critical_speed()?)
    }

    /// Returns a speed as a share of habitual easy speed.
    pub(super) fn of_easy(&self, speed: Option<f64>) -> Option<f64> {
        Some(speed? / self.easy_speed()?)
    }

    /// Returns the moving time of the efforts.
    pub(super) fn work_s(&self) -> f64 {
        self.works.iter().map(|s| s.moving_s).sum()
    }

    /// Returns the mean heart rate of the run where it may be trusted.
    pub(super) fn heart_rate(&self) -> Option<f64> {
        use crate::streams::HeartRateQuality::*;
        match self.run.data_quality.heart_rate {
            Valid | Partial => mean_heart_rate(self.run),
            Invalid | None => Option::None,
        }
    }

    /// Returns whether critical speed is an assumption only.
    pub(super) fn is_cold(&self) -> bool {
        let critical = self.references.critical_speed_m_s.as_ref();
        critical.is_none_or(Reference::is_weak)
    }
}

fn hours(start: chrono::DateTime<chrono::Utc>, past: &PastSession) -> f64 {
    let seconds = start.signed_duration_since(past.end).as_seconds_f64();
    round(seconds / SECONDS_PER_HOUR, 1)
}

/// Returns the mean effort speed over moving time of some segments.
pub(super) fn mean_effort<'s>(segments: impl Iterator<Item = &'s Segment>) -> Option<f64> {
    let (mut distance, mut time) = (0.0, 0.0);
    for segment in segments {
        if let Some(speed) = segment.effort_speed_m_s {
            distance += speed * segment.moving_s;
            time += segment.moving_s;
        }
    }
    (time > 0.0).then(|| distance / time)
}

/// Returns the mean effort speed from the histograms, for a run without segments.
fn from_histograms(run: &RunSummary) -> Option<f64> {
    let bins = || {
        let histograms = run.details.histograms.iter();
        histograms.flat_map(|h| h.effort.bins(EFFORT_BIN_M_S))
    };
    let time: f64 = bins().map(|(_, _, seconds)| seconds).sum();
    let distance: f64 = bins()
        .map(|(low, high, seconds)| seconds * (low + high) / 2.0)
        .sum();
    (time > 0.0).then(|| distance / time)
}

/// Returns the mean heart rate of a run.
fn mean_heart_rate(run: &RunSummary) -> Option<f64> {
    run.details.mean_heart_rate_bpm
}

fn usual_duration(run: &RunSummary, history: &History) -> Option<f64> {
    let past = history.before(run.head.day?, USUAL_DAYS);
    let mut durations: Vec<f64> = past
        .iter()
        .filter(|p| p.is_run && p.easy)
        .map(|p| p.moving_s)
        .collect();
    durations.sort_by(f64::total_cmp);
    (durations.len() >= LEAST_RUNS).then(|| durations[durations.len() / 2])
}

fn weekly(run: &RunSummary, history: &History) -> Option<f64> {
    let past = history.before(run.head.day?, VOLUME_DAYS);
    let runs: Vec<f64> = past
        .iter()
        .filter(|p| p.is_run)
        .map(|p| p.moving_s)
        .collect();
    let weeks = 4.0;
    (runs.len() >= LEAST_RUNS).then(|| runs.iter().sum::<f64>() / weeks)
}

fn longest_recent(run: &RunSummary, history: &History) -> Option<f64> {
    let past = history.before(run.head.day?, LONGEST_DAYS);
    past.iter()
        .filter(|p| p.is_run)
        .map(|p| p.moving_s)
        .reduce(f64::max)
}

fn second_of_day(run: &RunSummary, history: &History) -> bool {
    let mut past = history.past().iter().rev();
    run.head.day.is_some_and(|day| {
        past.by_ref()
            .take_while(|p| p.day >= day)
            .any(|p| p.is_run && p.day == day)
    })
}

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
    let (maximum, threshold, half_width) = ASSUMED_HEART_RATES_BPM;
    let own = run.details.heart_rate_max_10s_bpm.unwrap_or(0.0);
    let athlete = &run.details.athlete;
    if references.maximum_heart_rate_bpm.is_none() {
        let by_age = history
            .settings()
            .birth_year
            .zip(run.head.day)
            .map(|(year, day)| 208.0 - 0.7 * f64::from(chrono::Datelike::year(&day) - year));
        let assumed = athlete.maximum_heart_rate_bpm.or(by_age).unwrap_or(maximum);
        let source = if athlete.maximum_heart_rate_bpm.is_some() {
            "set in the device"
        } else {
            "assumed, no history"
        };
        references.maximum_heart_rate_bpm = Some(guess(assumed.max(own), half_width, source));
    }
    if references.threshold_heart_rate_bpm.is_none() {
        let from_maximum = references
            .maximum_heart_rate_bpm
            .as_ref()
            .map_or(threshold, |r| r.value * (threshold / maximum));
        let value = athlete.threshold_heart_rate_bpm.unwrap_or(from_maximum);
        let source = if athlete.threshold_heart_rate_bpm.is_some() {
            "set in the device"
        } else {
            "0.90 of an assumed maximum"
        };
        references.threshold_heart_rate_bpm = Some(guess(value, half_width, source));
    }
}

fn guess(value: f64, half_width: f64, source: &str) -> Reference {
    Reference {
        value,
        low: value - half_width,
        high: value + half_width,
        source: source.to_owned(),
        date: None,
        confidence: Confidence::Low.word().to_owned(),
    }
    .rounded(1)
}

/// Returns the easy speed of one run: the middle of its blocks of base running, else the speed
/// around its efforts.
fn own_easy_speed(run: &RunSummary) -> Option<Reference> {
    let mut speeds: Vec<f64> = crate::classification::fold::easy_blocks(run)
        .map(|block| block.effort_speed_m_s)
        .collect();
    speeds.sort_by(f64::total_cmp);
    let value = speeds
        .get(speeds.len() / 2)
        .copied()
        .or(run.details.base_speed_m_s)
        .or_else(|| mean_effort(run.segments.iter()))?;
    Some(Reference {
        value,
        low: value * (1.0 - OWN_HALF_WIDTH),
        high: value * (1.0 + OWN_HALF_WIDTH),
        source: "this run alone".to_owned(),
        date: None,
        confidence: Confidence::Low.word().to_owned(),
    })
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
