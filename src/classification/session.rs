//! The session document, schema `hardeasy.session/1`: one run, judged.

use serde::Deserialize;
use serde::Serialize;

use crate::classification::Official;
use crate::classification::OwnZones;
use crate::history::Expectation;
use crate::history::References;
use crate::ingest::Warning;
use crate::or_default::OrDefault;
use crate::segmentation::Evidence;
use crate::segmentation::LapReport;
use crate::segmentation::Segment;
use crate::segmentation::Set;
use crate::summary::BestEffort;
use crate::summary::DataQuality;
use crate::summary::Drift;
use crate::summary::Durability;
use crate::summary::RunDetails;
use crate::summary::RunHead;
use crate::summary::RunSummary;
use crate::vocabulary::Gauge;
use crate::vocabulary::LoadMethod;
use crate::vocabulary::SessionKind;
use crate::vocabulary::ZoneBasis;

/// The name and version of the session document.
pub const SESSION_SCHEMA: &str = "hardeasy.session/1";

/// One activity, judged: the session document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Session {
    /// [`SESSION_SCHEMA`].
    pub schema: String,
    /// What, when, how long, how far.
    #[serde(flatten)]
    pub head: Box<RunHead>,
    /// What kind of session it was.
    pub kind: SessionKind,
    /// How sure that is, 0–1.
    pub kind_confidence: f64,
    /// The next best kind.
    pub runner_up: Option<RunnerUp>,
    /// Whether it was a quality session (a hard day).
    pub quality: bool,
    /// Further marks, as in "strides", "negative_split", sorted.
    pub tags: Vec<String>,
    /// Whether the user corrected it.
    pub corrected: bool,
    /// The user's note.
    pub note: Option<String>,
    /// Whether it is left out of history and review: the user excluded it, or it is a second
    /// recording of an activity that is counted already.
    pub excluded: bool,
    /// Why this kind.
    pub evidence: Vec<Evidence>,
    /// The segments.
    pub segments: Vec<Segment>,
    /// The sets.
    pub sets: Vec<Set>,
    /// Time in zones; absent when nothing can be rated.
    pub distribution: Option<Box<Distribution>>,
    /// Time in the zones that the user gave, of each quantity that was recorded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_zones: Vec<OwnZones>,
    /// What it cost; absent when nothing can be rated.
    pub load: Option<Box<Load>>,
    /// Perceived exertion 0–10.
    pub perceived_exertion: Option<f64>,
    /// How it felt, 0–100.
    pub feel: Option<f64>,
    /// Hours from the end of the last quality session to the start of this one.
    pub hours_since_key_session: Option<f64>,
    /// How a workout was carried out; absent where there was none.
    pub execution: Option<Box<Execution>>,
    /// How the second half compares with the first, in runs where that says something.
    pub split: Option<Split>,
    /// Heart rate against the athlete's own line, where there is enough even running.
    pub expectation: OrDefault<Expectation>,
    /// Heart-rate drift.
    pub drift: OrDefault<Drift>,
    /// The last third against the one before.
    pub durability: OrDefault<Durability>,
    /// Fastest times.
    pub best_efforts: Vec<BestEffort>,
    /// The reference values it was judged with.
    pub references: OrDefault<References>,
    /// How good the recording is.
    pub data_quality: DataQuality,
    /// Laps.
    pub laps: OrDefault<LapReport>,
    /// What the fold needs.
    pub summary: OrDefault<RunDetails>,
    /// What was repaired or dropped while reading.
    pub warnings: Vec<Warning>,
    /// The official result of a race of the settings; distance and fastest times are the official ones
    /// then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<Box<Official>>,
}

impl Session {
    /// Returns whether the user named the kind: it is sure then. Other corrections leave the kind to
    /// the rules.
    #[must_use]
    pub fn kind_is_given(&self) -> bool {
        self.corrected && self.kind_confidence >= 1.0
    }

    /// Returns the session with all that the file of its run determines, and what it was judged with.
    pub(super) fn of_run(self, run: RunSummary, references: References) -> Self {
        Self {
            schema: SESSION_SCHEMA.to_owned(),
            references: references.into(),
            head: run.head,
            segments: run.segments,
            sets: run.sets,
            feel: run.feel,
            drift: run.drift,
            durability: run.durability,
            best_efforts: run.best_efforts,
            data_quality: run.data_quality,
            laps: run.laps,
            summary: run.details,
            warnings: run.warnings,
            ..self
        }
    }

    /// Takes the official distance and time of a race in place of those of the watch.
    pub(super) fn take(&mut self, official: Official) {
        self.best_efforts = official.best_efforts();
        if official.is_whole_run {
            self.head.distance_m = Some(official.distance_m);
        }
        self.official = Some(Box::new(official));
    }

    /// Returns whether it is a run that counts in history and review.
    #[must_use]
    pub fn is_counted_run(&self) -> bool {
        self.kind.is_run() && !self.excluded
    }

    /// Returns the summary from which the session was judged, so that it can be judged again.
    ///
    /// Only what the file determines is kept: kind, load, references and the user's corrections
    /// are left out.
    #[must_use]
    pub fn into_run(self) -> RunSummary {
        let mut run = RunSummary {
            head: self.head,
            segments: self.segments,
            sets: self.sets,
            best_efforts: self.best_efforts,
            drift: self.drift,
            durability: self.durability,
            data_quality: self.data_quality,
            laps: self.laps,
            perceived_exertion: self.summary.perceived_exertion,
            feel: self.feel,
            details: self.summary,
            warnings: self.warnings,
        };
        if let Some(official) = self.official {
            official.take_back(&mut run);
        }
        run
    }
}

/// The next best kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunnerUp {
    /// The kind.
    pub kind: SessionKind,
    /// How sure it would be, 0–1.
    pub confidence: f64,
}

/// Time in three zones: below the first threshold, between the thresholds, above the second.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Distribution {
    /// What the zones were measured by.
    pub basis: ZoneBasis,
    /// Seconds in each zone.
    pub zone_s: [f64; 3],
    /// The same in five zones: the first and the second of the three are each cut in two.
    pub five_zone_s: [f64; 5],
    /// The zone of the session's main set (1–3).
    pub goal_zone: u8,
    /// Seconds in the middle zone outside intended tempo or threshold work.
    pub middle_outside_quality_s: f64,
    /// Share of the moving time that could be rated.
    pub coverage: f64,
    /// What each intensity source says by itself.
    pub by_gauge: Vec<GaugeZones>,
    /// Seconds of steady running that speed and heart rate put into different zones.
    pub disagreement_s: f64,
}

impl Distribution {
    /// Returns the hard running: the time in the two upper of five zones, threshold and above it.
    ///
    /// # Units
    /// Seconds.
    #[must_use]
    pub fn hard_s(&self) -> f64 {
        let [.., threshold, above] = self.five_zone_s;
        threshold + above
    }
}

/// Time in zones by one intensity source alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GaugeZones {
    /// The source.
    pub gauge: Gauge,
    /// Seconds in each of three zones.
    pub zone_s: [f64; 3],
    /// Share of the moving time that it rates.
    pub coverage: f64,
}

/// What a session cost, in points: 100 is one hour at threshold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Load {
    /// The points.
    pub value: f64,
    /// What it was computed from.
    pub method: LoadMethod,
    /// The points of each segment, in order; empty when only the whole can be rated.
    pub by_segment: Vec<f64>,
    /// Share of the moving time that could be rated; the rest has no points.
    pub coverage: f64,
    /// What the other methods would say; their points are not interchangeable.
    pub alternatives: Vec<LoadBy>,
}

/// The points of a session by another method.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoadBy {
    /// The method.
    pub method: LoadMethod,
    /// The points.
    pub value: f64,
    /// Share of the moving time that it rates.
    pub coverage: f64,
}

/// How a workout was carried out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Execution {
    /// Moving time of the efforts.
    pub work_s: f64,
    /// Mean effort speed of the efforts over the most that is modelled as possible in as many of them
    /// with these rests; absent where critical speed was not measured, and where the share cannot be.
    pub of_modelled_best: Option<f64>,
    /// Whether it was raced: near the most that was possible, or felt so.
    pub raced: bool,
    /// Moving time of the warm-up; absent without one.
    pub warm_up_s: Option<f64>,
    /// How much faster the last third of the warm-up was than its first, in percent.
    pub warm_up_rise_pct: Option<f64>,
    /// Strides and other bursts of up to 30 s before the main part.
    pub strides_before: usize,
    /// Moving time of the cool-down; absent without one.
    pub cool_down_s: Option<f64>,
}

/// How the second half of a run compares with the first, by moving time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Split {
    /// What it is called.
    pub word: SplitWord,
    /// How much faster the second half was, in percent of effort speed.
    pub change_pct: f64,
}

/// What a split is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SplitWord {
    /// Both halves were about as fast.
    #[default]
    Even,
    /// The second half was faster.
    Negative,
    /// The second half was slower.
    Positive,
}

impl SplitWord {
    /// Returns the word used in documents and shown to people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            SplitWord::Even => "even",
            SplitWord::Negative => "negative",
            SplitWord::Positive => "positive",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_watch_recorded_comes_back() {
        let official = Official {
            distance_m: 10_000.0,
            time_s: Some(2400.0),
            is_whole_run: true,
            measured_m: 10_250.0,
            recorded_distance_m: Some(10_250.0),
            ..Official::default()
        };
        let mut session = Session::default();
        session.head.distance_m = Some(10_250.0);
        let before = session.clone().into_run();
        session.take(official);
        assert_eq!(session.head.distance_m, Some(10_000.0));
        assert_eq!(session.best_efforts.len(), 1);
        assert_eq!(session.into_run(), before);
    }

    #[test]
    fn hard_running_is_the_two_upper_of_five_zones() {
        let distribution = Distribution {
            five_zone_s: [1.0, 2.0, 3.0, 4.0, 5.0],
            ..Distribution::default()
        };
        assert!((distribution.hard_s() - 9.0).abs() < 1e-12);
    }
}
