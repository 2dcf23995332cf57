//! What is said of a block.

use serde::Deserialize;
use serde::Serialize;

/// How well a statement is founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// A stable identifier, as in "easy_days_easy".
    pub id: String,
    /// How it reads.
    pub tone: Tone,
    /// One or two sentences.
    pub text: String,
    /// The numbers in it.
    pub numbers: Vec<FindingNumber>,
    /// The sessions that it rests on, by [`crate::review::SessionLine::id`].
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FindingNumber {
    /// What it is, as in "easy share".
    pub name: String,
    /// The number.
    pub value: f64,
    /// Its unit.
    pub unit: String,
}
