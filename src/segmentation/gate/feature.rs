//! One thing that the gate looks at: its name, what it speaks of, and how it is read off a candidate.

use crate::segmentation::gate::chosen::InSet;
use crate::segmentation::gate::own::Own;
use crate::segmentation::gate::rhythm::InRhythm;

/// What features speak of together: evidence tells one reason for each. A theme is a thing that a runner
/// would give as a reason, not a way of computing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// Contrast to the seconds beside it.
    Contrast,
    /// Contrast to the running of the run.
    RunContrast,
    /// Length and distance.
    Length,
    /// How even it is.
    Evenness,
    /// How sharp its edges are.
    Edges,
    /// How much the run wanders.
    Wander,
    /// Candidates like it.
    Similar,
    /// How rare its contrast is.
    Rarity,
    /// Heart rate.
    Heart,
    /// Cadence.
    Cadence,
    /// Power.
    Power,
    /// Slope.
    Slope,
    /// Its place in the run.
    Place,
    /// Standing, walking and pauses beside it and in it.
    Breaks,
    /// Other cuts of the same stretch.
    Rivals,
    /// The other efforts found.
    Set,
    /// What the stage before said.
    FirstLook,
}

impl Theme {
    /// All themes.
    pub(crate) const ALL: [Theme; 17] = [
        Theme::Contrast,
        Theme::RunContrast,
        Theme::Length,
        Theme::Evenness,
        Theme::Edges,
        Theme::Wander,
        Theme::Similar,
        Theme::Rarity,
        Theme::Heart,
        Theme::Cadence,
        Theme::Power,
        Theme::Slope,
        Theme::Place,
        Theme::Breaks,
        Theme::Rivals,
        Theme::Set,
        Theme::FirstLook,
    ];
}

/// A candidate as the gate looks at it.
pub(crate) struct Look<'a> {
    /// By itself.
    pub(crate) own: &'a Own,
    /// The facts that are the same for all candidates of its run.
    pub(crate) run: &'a RunFacts,
    /// Against the set that the stage before chose.
    pub(crate) set: &'a InSet,
    /// Against the middle and the rhythm of that set.
    pub(crate) rhythm: &'a InRhythm,
}

/// What is the same for all candidates of a run: it says how much the other features may be trusted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RunFacts {
    /// The robust variation of half-minutes of running, as a ratio.
    pub(crate) wander: f64,
    /// The median time between records, seconds.
    pub(crate) sampling_s: f64,
    /// The share of seconds that are walked or stood.
    pub(crate) slow_share: f64,
    /// The time moving, seconds.
    pub(crate) moving_s: f64,
    /// Its fastest half-minutes of running over the middle (natural logarithm).
    pub(crate) spread: f64,
    /// The noise of speed, metres per second.
    pub(crate) noise_m_s: f64,
    /// The number of seconds.
    pub(crate) length_s: f64,
}

/// One thing that the gate looks at.
pub(crate) struct Feature {
    /// Its name, under which evidence finds it.
    pub(crate) name: &'static str,
    /// What it speaks of.
    pub(crate) theme: Theme,
    /// Reads it off a candidate; NaN where it is not known.
    pub(crate) value: fn(&Look) -> f64,
}

/// Declares a list of features. Each is told in a sentence that ends with its unit: what it says of an
/// effort, or against one. A feature without that sentence does not compile.
macro_rules! features {
    (
        $(#[$about:meta])* $list:ident:
        $($(#[doc = $tells:literal])+ $name:ident, $theme:ident, $value:expr;)+
    ) => {
        $(#[$about])*
        pub(crate) static $list: &[Feature] = &[
            $(Feature { name: stringify!($name), theme: Theme::$theme, value: $value }),+
        ];
    };
}
pub(crate) use features;
