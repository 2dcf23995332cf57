//! The laps of a TCX activity: their times are those of the timer, ours those of the elapsed clock.

use crate::ingest::Intensity;
use crate::ingest::Lap;
use crate::ingest::LapTrigger;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::xml::records::Recording;
use crate::ingest::xml::time::Stamp;
use crate::ingest::xml::values;
use crate::units::plural;
use crate::vocabulary::SegmentKind;

/// A lap that ends at most this long before the next begins, in seconds, ends where that begins:
/// the stamps of laps are rounded, and points are seconds apart.
const LAP_SEAM_S: f64 = 10.0;

/// A lap as written.
#[derive(Clone, Debug, Default)]
pub(super) struct RawLap {
    start: Option<Stamp>,
    first_point_us: Option<i64>,
    last_point_us: Option<i64>,
    pub(super) timer_s: Option<f64>,
    pub(super) distance_m: Option<f64>,
    pub(super) heart_rate_bpm: Option<f64>,
    intensity: Option<Intensity>,
    trigger: LapTrigger,
    /// What its note says, where that is a kind of segment.
    kind: Option<SegmentKind>,
}

impl RawLap {
    /// Returns a lap of which only the start is known.
    pub(super) fn starting(start: Option<Stamp>) -> Self {
        Self {
            start,
            ..Self::default()
        }
    }

    /// Reads one value of the lap.
    pub(super) fn read(&mut self, name: &str, parent: &str, text: &str) {
        let positive = || {
            values::number(text)
                .ok()
                .flatten()
                .filter(|value| *value >= 0.0)
        };
        match (parent, name) {
            ("Lap", "TotalTimeSeconds") => self.timer_s = positive(),
            ("Lap", "DistanceMeters") => self.distance_m = positive(),
            ("Lap", "Intensity") => self.intensity = intensity(text),
            ("Lap", "TriggerMethod") => self.trigger = trigger(text),
            ("Lap", "Notes") => self.kind = kind(text),
            ("AverageHeartRateBpm", "Value") => {
                self.heart_rate_bpm = positive().filter(|value| *value > 0.0);
            }
            _ => {}
        }
    }

    /// Forgets what the note says, as of a file of another writer.
    pub(super) fn without_kind(mut self) -> Self {
        self.kind = None;
        self
    }

    /// Takes a point into the lap.
    pub(super) fn extend_to(&mut self, time_us: i64) {
        self.first_point_us = Some(
            self.first_point_us
                .map_or(time_us, |first| first.min(time_us)),
        );
        self.last_point_us = Some(self.last_point_us.map_or(time_us, |last| last.max(time_us)));
    }

    /// Returns the lap where its place on the elapsed clock is known.
    pub(super) fn spanning(&self, start_s: f64, end_s: f64) -> Lap {
        Lap {
            start_s,
            end_s,
            timer_s: self.timer_s,
            distance_m: self.distance_m,
            trigger: self.trigger,
            intensity: self.intensity,
            workout_step: None,
            is_effort: self.kind.and_then(is_effort),
        }
    }

    fn start_us(&self) -> Option<i64> {
        self.start.map(|start| start.utc_us).or(self.first_point_us)
    }
}

fn intensity(text: &str) -> Option<Intensity> {
    match text.trim().to_ascii_lowercase().as_str() {
        "" => None,
        "active" | "interval" => Some(Intensity::Active),
        "resting" | "rest" => Some(Intensity::Rest),
        "warmup" | "warm_up" => Some(Intensity::Warmup),
        "cooldown" | "cool_down" => Some(Intensity::Cooldown),
        "recovery" => Some(Intensity::Recovery),
        _ => Some(Intensity::Other),
    }
}

/// Returns the kind of segment that a note of ours begins with.
fn kind(text: &str) -> Option<SegmentKind> {
    let word = text.split_whitespace().next()?;
    let mut all = SegmentKind::ALL.into_iter();
    all.find(|kind| kind.word() == word)
}

/// Returns whether a segment is an effort; unknown where it gets faster throughout, which is found again.
fn is_effort(kind: SegmentKind) -> Option<bool> {
    (kind != SegmentKind::Progression).then_some(kind.is_work())
}

fn trigger(text: &str) -> LapTrigger {
    match text.trim().to_ascii_lowercase().as_str() {
        "manual" => LapTrigger::Manual,
        "distance" | "location" | "time" | "heartrate" => LapTrigger::Auto,
        _ => LapTrigger::Unknown,
    }
}

/// Returns a recording without records, for an activity that has laps only: entered by hand, or
/// recorded without any sensor.
pub(super) fn without_points(laps: &[RawLap], id: Option<Stamp>) -> Option<Recording> {
    let says_something = |lap: &RawLap| {
        lap.timer_s.is_some_and(|s| s > 0.0) || lap.distance_m.is_some_and(|m| m > 0.0)
    };
    if !laps.iter().any(says_something) {
        return None;
    }
    let start_us = laps
        .iter()
        .filter_map(RawLap::start_us)
        .min()
        .or(id.map(|id| id.utc_us));
    Some(Recording {
        start_us: start_us.unwrap_or(i64::MIN),
        ..Recording::default()
    })
}

/// Gives each recording the laps that begin before the next one does.
pub(super) fn shares(laps: Vec<RawLap>, recordings: &[Recording]) -> Vec<Vec<RawLap>> {
    let mut shares = vec![Vec::new(); recordings.len()];
    for lap in laps {
        let begun = |recording: &Recording| {
            lap.start_us()
                .is_some_and(|start| recording.start_us <= start)
        };
        let index = recordings.iter().rposition(begun).unwrap_or(0);
        if let Some(share) = shares.get_mut(index) {
            share.push(lap);
        }
    }
    shares
}

/// Puts laps on the clock of a recording, in order of their start and without overlap.
///
/// A lap ends where the next begins, unless the timer stood still between them; the last one ends
/// with its last point or its timer.
pub(super) fn laps(raw: &[RawLap], recording: &Recording) -> (Vec<Lap>, Option<Warning>) {
    let mut spans: Vec<(f64, f64, &RawLap)> = raw
        .iter()
        .filter_map(|lap| {
            let (start_s, end_s) = span(lap, recording)?;
            Some((start_s, end_s, lap))
        })
        .collect();
    let is_sorted = spans.is_sorted_by(|before, after| before.0 <= after.0);
    spans.sort_by(|one, other| one.0.total_cmp(&other.0));
    let starts: Vec<f64> = spans.iter().map(|span| span.0).collect();
    let laps: Vec<Lap> = spans
        .iter()
        .enumerate()
        .map(|(index, (start_s, end_s, lap))| {
            let end_s = end(*end_s, starts.get(index + 1).copied());
            lap.spanning(*start_s, end_s.max(*start_s))
        })
        .collect();
    let lost = raw.len() - laps.len();
    let warning = (lost > 0 || !is_sorted).then(|| {
        Warning::new(
            WarningCode::TcxLaps,
            format!(
                "laps put in order of their start; {} of {} dropped, without any time",
                plural(lost, "lap"),
                raw.len()
            ),
        )
    });
    (laps, warning)
}

/// Returns when a lap began and when it ended at the latest that itself says.
fn span(lap: &RawLap, recording: &Recording) -> Option<(f64, f64)> {
    let start_s = recording.clock_s(lap.start_us()?).max(0.0);
    let by_timer = start_s + lap.timer_s.unwrap_or(0.0);
    let by_points = lap
        .last_point_us
        .map_or(by_timer, |last| recording.clock_s(last));
    let last_s = recording.records.time_s.last().copied();
    let end_s = by_timer.max(by_points);
    // A timer that runs on after the last record would reach outside the recording.
    Some((start_s, last_s.map_or(end_s, |last_s| end_s.min(last_s))))
}

fn end(own_s: f64, next_start_s: Option<f64>) -> f64 {
    match next_start_s {
        Some(next_s) if next_s - own_s <= LAP_SEAM_S => next_s,
        _ => own_s,
    }
}
