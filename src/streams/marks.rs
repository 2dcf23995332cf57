//! What the watch marked in a run, and what the runner says of stretches of it.

use crate::ingest::DeviceSplit;
use crate::ingest::Lap;
use crate::ingest::WorkoutStep;

/// What the runner or the watch marked.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Laps in order of their start.
    pub laps: Vec<Lap>,
    /// The steps of the programmed workout.
    pub workout: Vec<WorkoutStep>,
    /// The device's own splits.
    pub splits: Vec<DeviceSplit>,
}

/// What the runner says of stretches of an activity: start and end on the elapsed clock, in seconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marked {
    /// They were stops.
    pub stood: Vec<(f64, f64)>,
    /// They were run, however they look.
    pub ran: Vec<(f64, f64)>,
}
