//! The kinds of segments.

use serde::Deserialize;
use serde::Serialize;

/// What a segment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SegmentKind {
    /// Easy running before the first effort.
    WarmUp,
    /// Running without a marked effort.
    Steady,
    /// A repetition.
    Work,
    /// A single sustained block of at least 8 minutes.
    Tempo,
    /// A repetition uphill.
    Hill,
    /// A short fast run of 8–30 s, about 100 m, with long recoveries.
    Stride,
    /// The jog or walk between repetitions.
    Recovery,
    /// Standing between repetitions.
    Rest,
    /// Getting steadily faster.
    Progression,
    /// A stop without training meaning: traffic light, shoe lace.
    Stop,
    /// Easy running after the last effort.
    CoolDown,
}

impl SegmentKind {
    /// Returns whether the segment is an effort.
    #[must_use]
    pub fn is_work(self) -> bool {
        use SegmentKind::*;
        matches!(self, Work | Tempo | Hill | Stride | Progression)
    }

    /// All kinds, in the order of the documentation.
    pub const ALL: [SegmentKind; 11] = [
        SegmentKind::WarmUp,
        SegmentKind::Steady,
        SegmentKind::Work,
        SegmentKind::Tempo,
        SegmentKind::Hill,
        SegmentKind::Stride,
        SegmentKind::Recovery,
        SegmentKind::Rest,
        SegmentKind::Progression,
        SegmentKind::Stop,
        SegmentKind::CoolDown,
    ];

    /// Returns the name used in documents, as in "warm_up".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            SegmentKind::WarmUp => "warm_up",
            SegmentKind::CoolDown => "cool_down",
            other => other.word(),
        }
    }

    /// Returns the kind of a name used in documents.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns the word shown to people, as in "warm-up".
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            SegmentKind::WarmUp => "warm-up",
            SegmentKind::Steady => "steady",
            SegmentKind::Work => "work",
            SegmentKind::Tempo => "tempo",
            SegmentKind::Hill => "hill",
            SegmentKind::Stride => "stride",
            SegmentKind::Recovery => "recovery",
            SegmentKind::Rest => "rest",
            SegmentKind::Progression => "progression",
            SegmentKind::Stop => "stop",
            SegmentKind::CoolDown => "cool-down",
        }
    }
}
