//! Weeks, days and activities of a block, its totals, and how its running is distributed.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::classification::ZoneSums;
use crate::settings::WellnessDay;
use crate::vocabulary::SessionKind;

/// Totals of a block.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BlockTotals {
    /// Runs.
    pub runs: usize,
    /// Other activities: other sports, and walks.
    pub cross_training: usize,
    /// Runs that were quality sessions.
    pub quality_sessions: usize,
    /// Distance of the runs of which it is known; absent where it is known of none of them.
    pub distance_m: Option<f64>,
    /// Runs whose distance is known.
    pub measured_runs: usize,
    /// Running time (moving).
    pub moving_s: f64,
    /// Load of the rated runs, other sports are beside it; absent where none of them was rated.
    pub load: Option<f64>,
    /// Load of the rated other activities, by heart rate or perceived exertion; absent where none of
    /// them was rated.
    pub cross_training_load: Option<f64>,
    /// Runs whose load could be rated.
    pub rated_runs: usize,
    /// Time of the runs in the zones that the user gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_zones: Vec<ZoneSums>,
}

/// One week, or the part of it that lies in the block.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Week {
    /// The first day: the Monday, or the Sunday where weeks begin with it.
    pub monday: NaiveDate,
    /// As in "2026-W19"; the first day, as in "2026-05-03", of a week that begins with Sunday.
    pub name: String,
    /// The days of it that lie in the block; 7 for a whole week.
    pub days_in_block: u32,
    /// Runs.
    pub runs: usize,
    /// Distance of the runs of which it is known: 0 of a week without runs, absent where it is known
    /// of none of them.
    pub distance_m: Option<f64>,
    /// Runs whose distance is known.
    pub measured_runs: usize,
    /// Running time (moving).
    pub moving_s: f64,
    /// Longest run by moving time.
    pub longest_run_s: f64,
    /// Longest run by distance, of those of which it is known.
    pub longest_run_m: Option<f64>,
    /// Quality sessions.
    pub quality_sessions: usize,
    /// Load of the rated runs, other sports are beside it: 0 of a week without runs, absent where none
    /// of them was rated.
    pub load: Option<f64>,
    /// Runs whose load could be rated.
    pub rated_runs: usize,
    /// Load of the rated other activities, in the same way.
    pub cross_training_load: Option<f64>,
    /// Mean daily running load over its standard deviation; absent in weeks that are not whole, have
    /// fewer than three loaded days, or are the same every day. Contested.
    pub monotony: Option<f64>,
    /// Load times monotony. Contested.
    pub strain: Option<f64>,
    /// Seconds in each zone, rated runs only.
    pub zone_s: [f64; 3],
    /// Seconds of running that could not be rated.
    pub unrated_s: f64,
    /// Seconds of the runs in the zones that the user gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_zones: Vec<ZoneSums>,
}

/// What a day was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum DayKind {
    /// A quality session.
    Hard,
    /// A steady run, or an easy run that drifted into the middle zone.
    Medium,
    /// Easy running only.
    Easy,
    /// Another sport only.
    Cross,
    /// Nothing.
    #[default]
    Rest,
}

/// One day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Day {
    /// The date.
    pub day: NaiveDate,
    /// What it was.
    pub kind: DayKind,
    /// Whether it held two runs or more.
    pub double: bool,
    /// The activities of the day, indices into [`crate::review::Review::sessions`].
    pub sessions: Vec<usize>,
    /// What the athlete noted of it in `wellness.csv`.
    pub wellness: Option<WellnessDay>,
}

/// One activity in short.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionLine {
    /// A stable identifier, by which findings and pages refer to it: day and start of the hash.
    pub id: String,
    /// The day.
    pub day: NaiveDate,
    /// The file.
    pub path: String,
    /// The kind.
    pub kind: SessionKind,
    /// How sure that is.
    pub kind_confidence: f64,
    /// What is worth saying in a few words, as in "6 × 1000 m, 90 s jog".
    pub title: String,
    /// Moving time.
    pub moving_s: f64,
    /// Distance.
    pub distance_m: Option<f64>,
    /// Load.
    pub load: Option<f64>,
    /// Whether it was a quality session.
    pub quality: bool,
    /// What it would make of its day by itself; the hardest decides.
    pub day_kind: DayKind,
}

/// How the running of a block is distributed over three zones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BlockDistribution {
    /// Seconds in each zone.
    pub zone_s: [f64; 3],
    /// Runs by the zone of their main set.
    pub goal_runs: [usize; 3],
    /// Runs that could be rated.
    pub rated_runs: usize,
    /// All runs.
    pub runs: usize,
    /// Seconds in the middle zone outside intended tempo.
    pub middle_outside_quality_s: f64,
}

/// Smoothed load on one day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoadPoint {
    /// The day.
    pub day: NaiveDate,
    /// Load of the rated runs of the day: 0 of a day without runs, absent where none of them was
    /// rated. The means take what is absent for 0.
    pub load: Option<f64>,
    /// Smoothed over about 7 days.
    pub smoothed_7: f64,
    /// Smoothed over about 42 days.
    pub smoothed_42: f64,
    /// How much the 42-day load changed within 7 days; absent in the first week of all.
    #[serde(default)]
    pub ramp: Option<f64>,
    /// Whether the first day of all runs is less than 42 days ago, so that the curve still leans on
    /// its start.
    #[serde(default)]
    pub settling: bool,
}
