//! The kinds of sessions.

use serde::Deserialize;
use serde::Serialize;

/// A long run counts as a quality session from this duration on, even when easy.
///
/// # Units
/// Seconds moving. Coaching convention.
pub const LONG_QUALITY_S: f64 = 5400.0;

/// What kind of session a run was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SessionKind {
    /// Easy running.
    Easy,
    /// A short, very easy run soon after a quality session.
    Recovery,
    /// A long run.
    Long,
    /// Sustained running in the middle zone.
    Steady,
    /// Getting steadily faster.
    Progression,
    /// Sustained, comfortably hard.
    Tempo,
    /// Repetitions with recoveries.
    Intervals,
    /// Short, fast repetitions with full recoveries.
    Repetitions,
    /// Repetitions uphill.
    Hills,
    /// Irregular efforts.
    Fartlek,
    /// A race or time trial.
    Race,
    /// Running and walking in turn.
    RunWalk,
    /// A walk.
    Walk,
    /// Too short to say more.
    Short,
    /// Not a run.
    CrossTraining,
    /// Cannot be told; the evidence says what was missing.
    #[default]
    Undecided,
}

impl SessionKind {
    /// All kinds, in the order of the documentation.
    pub const ALL: [SessionKind; 16] = [
        SessionKind::Easy,
        SessionKind::Recovery,
        SessionKind::Long,
        SessionKind::Steady,
        SessionKind::Progression,
        SessionKind::Tempo,
        SessionKind::Intervals,
        SessionKind::Repetitions,
        SessionKind::Hills,
        SessionKind::Fartlek,
        SessionKind::Race,
        SessionKind::RunWalk,
        SessionKind::Walk,
        SessionKind::Short,
        SessionKind::CrossTraining,
        SessionKind::Undecided,
    ];

    /// Returns the name used in documents and on the command line, as in "run_walk".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            SessionKind::Easy => "easy",
            SessionKind::Recovery => "recovery",
            SessionKind::Long => "long",
            SessionKind::Steady => "steady",
            SessionKind::Progression => "progression",
            SessionKind::Tempo => "tempo",
            SessionKind::Intervals => "intervals",
            SessionKind::Repetitions => "repetitions",
            SessionKind::Hills => "hills",
            SessionKind::Fartlek => "fartlek",
            SessionKind::Race => "race",
            SessionKind::RunWalk => "run_walk",
            SessionKind::Walk => "walk",
            SessionKind::Short => "short",
            SessionKind::CrossTraining => "cross_training",
            SessionKind::Undecided => "undecided",
        }
    }

    /// Returns the kind of a name used in documents and on the command line.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns whether a session of this kind is a quality session (a hard day): one that advances
    /// fitness. A long run is one from 90 minutes of moving on.
    #[must_use]
    pub fn is_quality(self, moving_s: f64) -> bool {
        use SessionKind::*;
        match self {
            Intervals | Repetitions | Hills | Fartlek | Tempo | Progression | Race => true,
            Long => moving_s >= LONG_QUALITY_S,
            _ => false,
        }
    }

    /// Returns whether a session of this kind counts as running.
    #[must_use]
    pub fn is_run(self) -> bool {
        !matches!(self, SessionKind::CrossTraining | SessionKind::Walk)
    }

    /// Returns the words shown to people, as in "run/walk".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            SessionKind::RunWalk => "run/walk",
            SessionKind::CrossTraining => "cross-training",
            other => other.name(),
        }
    }
}
