//! What the rules ask of a run: its efforts, its speed against the athlete's own, its past.

use crate::history::History;
use crate::history::PastSession;
use crate::history::Reference;
use crate::history::References;
use crate::history::modelled_best;
use crate::ingest::Sport;
use crate::segmentation::Segment;
use crate::statistics::median;
use crate::summary::EFFORT_BIN_M_S;
use crate::summary::RunSummary;
use crate::units::SECONDS_PER_HOUR;
use crate::units::round;
use crate::vocabulary::SegmentKind;

/// Easy running is learned over so many weeks for the usual duration and volume.
///
/// # Units
/// Days. Convention.
const USUAL_DAYS: u64 = 56;
/// Weekly volume rests on so many days.
///
/// # Units
/// Days.
const VOLUME_DAYS: u64 = 28;
/// The same in weeks.
///
/// # Units
/// Weeks.
const VOLUME_WEEKS: f64 = 4.0;
/// Days in a week.
const DAYS_PER_WEEK: f64 = 7.0;
/// Weekly volume needs this much of a past.
///
/// # Units
/// Days.
const LEAST_KNOWN_DAYS: i64 = 14;
/// The longest run is compared with so many days.
///
/// # Units
/// Days. Coaching convention.
const LONGEST_DAYS: u64 = 14;
/// The usual duration needs so many runs.
const LEAST_RUNS: usize = 3;
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
    /// Efforts that were carried out; strides, and runs that get steadily faster, left out.
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
    /// Whether it is judged as a run: the file says so, and the user does not say otherwise.
    pub(super) is_run: bool,
    /// How hard it felt, 0–10, as the runner or the device says.
    pub(super) perceived_exertion: Option<f64>,
    /// The critical speed that own continuous efforts of the weeks before take, with a typical D′.
    pub(super) critical_speed_of_efforts: Option<f64>,
    /// The critical speed that own repetitions of the weeks before take with their rests.
    pub(super) critical_speed_of_sets: Option<f64>,
}

impl<'a> Features<'a> {
    /// Gathers what the rules ask.
    pub(super) fn new(
        run: &'a RunSummary,
        references: &'a References,
        history: &'a History,
        perceived_exertion: Option<f64>,
    ) -> Self {
        let executed = || run.segments.iter().filter(|s| s.executed);
        let works: Vec<&Segment> = works(&run.segments).collect();
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
            is_run: run.head.sport == Sport::Running,
            perceived_exertion,
            critical_speed_of_efforts: run
                .head
                .day
                .and_then(|day| history.critical_speed_of_efforts(day)),
            critical_speed_of_sets: run
                .head
                .day
                .and_then(|day| history.critical_speed_of_sets(day)),
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

    /// Returns the modelled best mean speed over a duration, from critical speed or what the athlete has
    /// shown beyond it.
    pub(super) fn modelled_best(&self, duration_s: f64) -> Option<f64> {
        Some(modelled_best(self.greatest_critical_speed()?, duration_s))
    }

    /// Returns critical speed, or what own efforts and repetitions show beyond it.
    pub(super) fn greatest_critical_speed(&self) -> Option<f64> {
        let shown = [self.critical_speed_of_efforts, self.critical_speed_of_sets];
        let critical = self.critical_speed()?;
        Some(shown.into_iter().flatten().fold(critical, f64::max))
    }

    /// Returns the speed of the whole run as a share of the modelled best.
    pub(super) fn of_modelled_best(&self) -> Option<f64> {
        Some(self.effort_speed_m_s? / self.modelled_best(self.moving_s)?)
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

    /// Returns whether critical speed was measured: neither assumed nor a lower bound.
    pub(super) fn is_measured(&self) -> bool {
        let critical = self.references.critical_speed_m_s.as_ref();
        critical.is_some_and(Reference::is_known)
    }

    /// Returns whether the easy speed is that of this run alone, whose heart rate is known: then its speed
    /// says nothing of how hard it was.
    pub(super) fn is_own_measure(&self) -> bool {
        let easy = self.references.easy_speed_m_s.as_ref();
        self.is_cold()
            && self.works.is_empty()
            && self.heart_rate().is_some()
            && easy.is_none_or(Reference::is_weak)
    }

    /// Returns whether critical speed is an assumption only.
    pub(super) fn is_cold(&self) -> bool {
        let critical = self.references.critical_speed_m_s.as_ref();
        critical.is_none_or(Reference::is_weak)
    }
}

/// Returns the efforts among some segments that were carried out; strides, and runs that get steadily
/// faster, left out.
pub(super) fn works(segments: &[Segment]) -> impl Iterator<Item = &Segment> {
    let executed = segments.iter().filter(|s| s.executed && s.kind.is_work());
    executed.filter(|s| !matches!(s.kind, SegmentKind::Stride | SegmentKind::Progression))
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
    let durations: Vec<f64> = past
        .iter()
        .filter(|p| p.is_run && p.easy)
        .map(|p| p.moving_s)
        .collect();
    median(&durations).filter(|_| durations.len() >= LEAST_RUNS)
}

fn weekly(run: &RunSummary, history: &History) -> Option<f64> {
    let day = run.head.day?;
    let past = history.before(day, VOLUME_DAYS);
    let known = (day - history.past().first()?.day).num_days();
    if known < LEAST_KNOWN_DAYS {
        return None;
    }
    let runs = past.iter().filter(|p| p.is_run).map(|p| p.moving_s);
    let weeks = i32::try_from(known).map_or(VOLUME_WEEKS, |known| {
        (f64::from(known) / DAYS_PER_WEEK).min(VOLUME_WEEKS)
    });
    Some(runs.sum::<f64>() / weeks).filter(|weekly| *weekly > 0.0)
}

fn longest_recent(run: &RunSummary, history: &History) -> Option<f64> {
    let past = history.before(run.head.day?, LONGEST_DAYS);
    past.iter()
        .filter(|p| p.is_run)
        .map(|p| p.moving_s)
        .reduce(f64::max)
}

/// Returns whether another run of the day had ended before this one began; the same run recorded by
/// two watches is not a second one.
fn second_of_day(run: &RunSummary, history: &History) -> bool {
    let head = &run.head;
    head.day.zip(head.start_time).is_some_and(|(day, start)| {
        let same_day = history.past().iter().rev().take_while(|p| p.day >= day);
        let mut runs = same_day.filter(|p| p.is_run && p.day == day);
        runs.any(|p| p.end <= start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    use crate::segmentation::exact::segment;
    use crate::settings::Settings;
    use crate::summary::Histogram;
    use crate::summary::SegmentHistograms;

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, day).expect("a day of May")
    }

    /// An easy run of an hour at six on some days, a quality session at the last.
    fn history(days: &[u32]) -> History {
        let mut history = History::new(Settings::default());
        for day in days {
            let start = date(*day).and_hms_opt(6, 0, 0).expect("a time").and_utc();
            history.push(PastSession {
                day: date(*day),
                start,
                end: start + chrono::Duration::minutes(60 + i64::from(*day)),
                is_run: true,
                easy: true,
                quality: Some(day) == days.last(),
                moving_s: 3600.0 + 60.0 * f64::from(*day),
                ..PastSession::default()
            });
        }
        history
    }

    fn run(day: u32, hour: u32) -> RunSummary {
        let mut run = RunSummary::default();
        run.head.day = Some(date(day));
        run.head.start_time = date(day).and_hms_opt(hour, 0, 0).map(|time| time.and_utc());
        run.head.sport = Sport::Running;
        run
    }

    #[test]
    fn the_past_is_that_of_the_days_and_hours_before() {
        let history = history(&[1, 4, 10, 20]);
        let references = References::default();
        let of = |day, hour| {
            let run = run(day, hour);
            let features = Features::new(&run, &references, &history, None);
            (
                features.usual_duration_s,
                features.longest_recent_s,
                features.weekly_s,
                features.hours_since_quality,
                features.second_of_day,
            )
        };
        let (usual, longest, weekly, since, second) = of(21, 8);
        // The middle of 61, 64, 70 and 80 minutes; the longest of two weeks; all in 20 days.
        assert_eq!(usual, Some(67.0 * 60.0));
        assert_eq!(longest, Some(80.0 * 60.0));
        assert!(weekly.is_some_and(|weekly| (weekly - 275.0 * 60.0 * 7.0 / 20.0).abs() < 1e-6));
        // From 7:20 on the 20th.
        assert_eq!(since, Some(24.7));
        assert!(!second);
        let (usual, longest, weekly, since, second) = of(20, 8);
        assert_eq!((usual, longest), (Some(64.0 * 60.0), Some(70.0 * 60.0)));
        assert!(weekly.is_some_and(|weekly| (weekly - 195.0 * 60.0 * 7.0 / 19.0).abs() < 1e-6));
        assert_eq!(since, Some(0.7));
        assert!(second);
        // It began before the other had ended.
        assert!(!of(20, 7).4);
        let (usual, _, weekly, since, _) = of(10, 5);
        assert_eq!((usual, weekly, since), (None, None, None));
    }

    #[test]
    fn speeds_are_means_over_the_moving_time_or_over_the_bins() {
        use SegmentKind::*;
        let mut run = run(1, 6);
        run.details.histograms = vec![SegmentHistograms {
            effort: Histogram {
                first: 28,
                seconds: vec![1200, 0, 600],
            },
            ..SegmentHistograms::default()
        }];
        let (references, history) = (References::default(), history(&[]));
        let of = |run: &RunSummary| {
            let features = Features::new(run, &references, &history, None);
            (
                features.effort_speed_m_s,
                features.work_speed_m_s,
                features.work_s(),
                features.strides.len(),
            )
        };
        // 1200 s at 2.85 and 600 s at 3.05 m/s.
        let (speed, work, ..) = of(&run);
        assert!(speed.is_some_and(|speed| (speed - (2.0 * 2.85 + 3.05) / 3.0).abs() < 1e-9));
        assert_eq!(work, None);
        run.segments = vec![
            segment(WarmUp, 0.0, 900.0, 2.5),
            segment(Work, 900.0, 1200.0, 4.0),
            segment(Recovery, 1200.0, 1300.0, 2.0),
            segment(Work, 1300.0, 1400.0, 4.4),
            segment(Stride, 1400.0, 1420.0, 6.0),
            Segment {
                executed: false,
                ..segment(Work, 1420.0, 1500.0, 3.0)
            },
        ];
        let (speed, work, work_s, strides) = of(&run);
        let whole = (900.0 * 2.5 + 1200.0 + 200.0 + 440.0 + 120.0 + 240.0) / 1500.0;
        assert!(speed.is_some_and(|speed| (speed - whole).abs() < 1e-9));
        assert!(work.is_some_and(|work| (work - 4.1).abs() < 1e-9));
        assert_eq!((work_s, strides), (400.0, 1));
        run.segments.clear();
        run.details.histograms.clear();
        assert_eq!(of(&run).0, None);
    }
}
