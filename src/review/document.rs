//! The review document, schema `hardeasy.review/1`, and what is asked of a review.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::classification::SessionKind;
use crate::settings::Wellness;
use crate::settings::WellnessDay;

/// The name and version of the review document.
pub const REVIEW_SCHEMA: &str = "hardeasy.review/1";
/// The weeks of a block unless the user says otherwise.
pub const DEFAULT_WEEKS: u32 = 12;

/// Which part of the past, and in which words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReviewOptions {
    /// The last so many weeks, ending with the week of the last activity (or of [`ReviewOptions::to`]).
    pub weeks: Option<u32>,
    /// The first day; beats `weeks`.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    /// How recovery runs are spoken of.
    pub recovery_view: RecoveryView,
    /// What the athlete noted each morning.
    pub wellness: Wellness,
}

/// How recovery runs are spoken of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecoveryView {
    /// A recovery run is a kind of its own.
    #[default]
    A,
    /// It is an easy run on tired legs.
    B,
}

/// A training block, reviewed: schema `hardeasy.review/1`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// [`REVIEW_SCHEMA`].
    pub schema: String,
    /// The athlete's name, when sub-folders are athletes.
    pub athlete: Option<String>,
    /// The first day of the block.
    pub from: Option<NaiveDate>,
    /// The last day of the block.
    pub to: Option<NaiveDate>,
    /// Totals of the block.
    pub totals: BlockTotals,
    /// The weeks, Monday first, oldest first; they partition the block.
    pub weeks: Vec<Week>,
    /// Every day of the block.
    pub days: Vec<Day>,
    /// The sessions of the block in order of start, in short.
    pub sessions: Vec<SessionLine>,
    /// By time in zone and by session goal.
    pub distribution: BlockDistribution,
    /// Smoothed load, one entry a day.
    pub load_curve: Vec<LoadPoint>,
    /// What is to be said, most important first.
    pub findings: Vec<Finding>,
}

/// Totals of a block.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BlockTotals {
    /// Runs.
    pub runs: usize,
    /// Other activities: other sports, and walks.
    pub cross_training: usize,
    /// Runs that were quality sessions.
    pub quality_sessions: usize,
    /// Running distance.
    pub distance_m: f64,
    /// Running time (moving).
    pub moving_s: f64,
    /// Load of the rated runs.
    pub load: f64,
    /// Runs whose load could be rated.
    pub rated_runs: usize,
}

/// One ISO week, or the part of it that lies in the block.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Week {
    /// The Monday.
    pub monday: NaiveDate,
    /// As in "2026-W19".
    pub name: String,
    /// The days of it that lie in the block; 7 for a whole week.
    pub days_in_block: u32,
    /// Runs.
    pub runs: usize,
    /// Running distance.
    pub distance_m: f64,
    /// Running time (moving).
    pub moving_s: f64,
    /// Longest run by moving time.
    pub longest_run_s: f64,
    /// Longest run by distance.
    pub longest_run_m: f64,
    /// Quality sessions.
    pub quality_sessions: usize,
    /// Load of the rated runs.
    pub load: f64,
    /// Seconds in each zone, rated runs only.
    pub zone_s: [f64; 3],
    /// Seconds of running that could not be rated.
    pub unrated_s: f64,
}

/// What a day was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
pub struct Day {
    /// The date.
    pub day: NaiveDate,
    /// What it was.
    pub kind: DayKind,
    /// The activities of the day, indices into [`Review::sessions`].
    pub sessions: Vec<usize>,
    /// What the athlete noted of it in `wellness.csv`.
    pub wellness: Option<WellnessDay>,
}

/// One activity in short.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
}

/// How the running of a block is distributed over three zones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
pub struct LoadPoint {
    /// The day.
    pub day: NaiveDate,
    /// Load of the runs of the day.
    pub load: f64,
    /// Smoothed over about 7 days.
    pub smoothed_7: f64,
    /// Smoothed over about 42 days.
    pub smoothed_42: f64,
    /// Whether the first day of all runs is less than 42 days ago, so that the curve still leans on
    /// its start.
    #[serde(default)]
    pub settling: bool,
}

/// How well a statement is founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Counted or measured in the data.
    Measured,
    /// Supported by good studies.
    WellSupported,
    /// What coaches agree on, without direct evidence.
    CoachingConvention,
    /// Experts or studies disagree.
    Contested,
}

impl Grade {
    /// Returns the words shown to people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Grade::Measured => "measured",
            Grade::WellSupported => "well supported",
            Grade::CoachingConvention => "coaching convention",
            Grade::Contested => "contested",
        }
    }
}

/// How a finding reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Went well.
    Good,
    /// Worth a look.
    Look,
    /// A fact without judgement.
    Fact,
    /// Not evaluated, with the reason.
    NotEvaluated,
}

/// One statement of the review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// A stable identifier, as in "easy_days_easy".
    pub id: String,
    /// How it reads.
    pub tone: Tone,
    /// One or two sentences.
    pub text: String,
    /// The numbers in it.
    pub numbers: Vec<FindingNumber>,
    /// The sessions that it rests on, by [`SessionLine::id`].
    pub sessions: Vec<String>,
    /// How well it is founded.
    pub grade: Grade,
    /// Where the rule comes from.
    pub source: String,
    /// How much it matters, for the order: greater first.
    pub weight: f64,
}

/// One number of a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FindingNumber {
    /// What it is, as in "easy share".
    pub name: String,
    /// The number.
    pub value: f64,
    /// Its unit.
    pub unit: String,
}
