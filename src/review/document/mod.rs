//! The review document, schema `hardeasy.review/1`, and what is asked of a review.

mod comparison;
mod days;
mod finding;
mod key_sessions;
mod phases;

pub use comparison::BlockBest;
pub use comparison::Comparable;
pub use comparison::ComparedWorkout;
pub use comparison::ReferenceChange;
pub use days::BlockDistribution;
pub use days::BlockTotals;
pub use days::Day;
pub use days::DayKind;
pub use days::LoadPoint;
pub use days::SessionLine;
pub use days::Week;
pub use finding::Finding;
pub use finding::FindingNumber;
pub use finding::Grade;
pub use finding::Tone;
pub use key_sessions::Became;
pub use key_sessions::KeySession;
pub use key_sessions::RecoverySlot;
pub use phases::Phase;
pub use phases::PhaseSpan;
pub use phases::Phases;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::settings::Settings;
use crate::settings::WeekStart;
use crate::settings::Wellness;

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
    /// The weekday on which weeks begin.
    pub week_starts: WeekStart,
    /// What the athlete noted each morning.
    pub wellness: Wellness,
}

impl ReviewOptions {
    /// Returns the same with what an athlete's settings say of every review.
    #[must_use]
    pub fn with_settings(self, settings: &Settings) -> Self {
        Self {
            week_starts: settings.week_starts,
            wellness: settings.wellness.clone(),
            ..self
        }
    }
}

/// How recovery runs are spoken of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Review {
    /// [`REVIEW_SCHEMA`].
    pub schema: String,
    /// The athlete's name, when sub-folders are athletes.
    pub athlete: Option<String>,
    /// The weekday on which weeks begin; not written where it is Monday.
    #[serde(default, skip_serializing_if = "WeekStart::is_default")]
    pub week_starts: WeekStart,
    /// The first day of the block.
    pub from: Option<NaiveDate>,
    /// The last day of the block.
    pub to: Option<NaiveDate>,
    /// Totals of the block.
    pub totals: BlockTotals,
    /// The weeks, oldest first; they partition the block.
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
const MOST_FOREMOST: usize = 5;

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
