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
    /// The quality sessions in order, with the hours between them.
    pub key_sessions: Vec<KeySession>,
    /// The places in which a recovery run could have been, and what each became.
    pub recovery_slots: Vec<RecoverySlot>,
    /// What the weeks look like: base, build, peak, taper, recovery.
    pub phases: Phases,
    /// Workouts of the same structure side by side, the year before the end of the block included.
    pub comparable_workouts: Vec<Comparable>,
    /// Fastest continuous times over usual distances in the block.
    pub best_efforts: Vec<BlockBest>,
    /// The reference values with which the first and the last run of the block were judged.
    pub reference_changes: Vec<ReferenceChange>,
    /// What is to be said, most important first.
    pub findings: Vec<Finding>,
}

/// Findings that stand on top, at most.
const MOST_FOREMOST: usize = 7;

impl Review {
    /// Returns the findings that matter most, at most seven, and the others that were evaluated.
    #[must_use]
    pub fn ranked(&self) -> (Vec<&Finding>, Vec<&Finding>) {
        let mut evaluated: Vec<&Finding> = self
            .findings
            .iter()
            .filter(|finding| finding.tone != Tone::NotEvaluated)
            .collect();
        let rest = evaluated.split_off(evaluated.len().min(MOST_FOREMOST));
        (evaluated, rest)
    }

    /// Returns the findings that say what was lacking.
    #[must_use]
    pub fn not_evaluated(&self) -> Vec<&Finding> {
        let open = self.findings.iter();
        open.filter(|finding| finding.tone == Tone::NotEvaluated)
            .collect()
    }
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
    /// Whether it held two runs or more.
    pub double: bool,
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
    /// What it would make of its day by itself; the hardest decides.
    pub day_kind: DayKind,
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

/// A quality session in the sequence of key sessions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KeySession {
    /// The session, by [`SessionLine::id`].
    pub id: String,
    /// Its day.
    pub day: NaiveDate,
    /// The day of the week, Monday is 1.
    pub weekday: u32,
    /// Its kind.
    pub kind: SessionKind,
    /// Hours from the end of the quality session before it, in the block or not.
    pub hours_since_previous: Option<f64>,
}

/// What became of a recovery slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Became {
    /// A recovery run.
    Recovery,
    /// Easy running.
    #[default]
    Easy,
    /// Running in the middle zone.
    Medium,
    /// A quality session.
    Hard,
}

/// A run of at most 50 minutes within 36 h after a quality session, or last before the next one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RecoverySlot {
    /// The run, by [`SessionLine::id`].
    pub id: String,
    /// Its day.
    pub day: NaiveDate,
    /// What it became.
    pub became: Became,
    /// Moving time.
    pub moving_s: f64,
    /// Hours after the quality session, where it is within 36 h.
    pub hours_after: Option<f64>,
    /// The quality session that comes next, where it is the run before one.
    pub before: Option<String>,
    /// Whether a recovery run was longer than 40 min or 1.25 × the usual one.
    pub extended: bool,
}

/// What a stretch of weeks looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Little volume, after a race or for weeks.
    Recovery,
    /// Volume without much hard running.
    #[default]
    Base,
    /// Volume or hard running grows.
    Build,
    /// Much volume and much hard running, no longer growing.
    Peak,
    /// Less volume before a race.
    Taper,
}

impl Phase {
    /// Returns the word shown to people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Phase::Recovery => "recovery",
            Phase::Base => "base",
            Phase::Build => "build",
            Phase::Peak => "peak",
            Phase::Taper => "taper",
        }
    }
}

/// The phases of a block, or why there are none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Phases {
    /// The phases in order; they partition the whole weeks of the block.
    pub spans: Vec<PhaseSpan>,
    /// Why there are none.
    pub reason: Option<String>,
}

/// Some weeks in a row that look like one phase.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PhaseSpan {
    /// What they look like.
    pub phase: Phase,
    /// The Monday of the first week.
    pub first: NaiveDate,
    /// The Monday of the last week.
    pub last: NaiveDate,
    /// The number of weeks.
    pub weeks: usize,
    /// The weeks of them without a run.
    pub weeks_without_runs: usize,
    /// Mean running time a week.
    pub hours_per_week: f64,
    /// Mean time at 0.92 of critical speed and more a week, races left out.
    pub hard_minutes_per_week: f64,
    /// The share of the weeks that look so by themselves.
    pub confidence: f64,
}

/// Workouts of one structure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparable {
    /// The structure, as in "6 × 1000 m (jog)".
    pub name: String,
    /// The workouts in order of time.
    pub sessions: Vec<ComparedWorkout>,
    /// How much faster the last was than the one before it, in percent of effort speed.
    pub change_pct: Option<f64>,
}

/// One of several workouts of the same structure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ComparedWorkout {
    /// The session, by [`SessionLine::id`]; it may lie before the block.
    pub id: String,
    /// Its day.
    pub day: NaiveDate,
    /// Mean effort speed of the repetitions.
    pub effort_speed_m_s: f64,
    /// Their mean heart rate.
    pub heart_rate_bpm: Option<f64>,
    /// Median time of a recovery.
    pub recovery_s: Option<f64>,
    /// How much slower the last third was than the first, in percent.
    pub fade_pct: Option<f64>,
}

/// The fastest continuous time over a distance in the block.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BlockBest {
    /// The distance.
    pub distance_m: f64,
    /// The time.
    pub time_s: f64,
    /// The session, by [`SessionLine::id`].
    pub id: String,
    /// Its day.
    pub day: NaiveDate,
    /// The fastest time of the year before the block.
    pub before_s: Option<f64>,
}

/// A reference value at both ends of the block.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReferenceChange {
    /// Its name with its unit, as in the session document.
    pub name: String,
    /// With which the first run of the block was judged.
    pub first: Option<f64>,
    /// With which the last was.
    pub last: Option<f64>,
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
