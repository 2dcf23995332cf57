//! *Activity → Streams*
//!
//! Puts what the watch recorded on a common time axis of one second, repairs it and says so, and
//! derives what segmentation and effort need. See [`resample`].

mod assemble;
mod cells;
mod choice;
mod coarse;
mod derive;
mod distance_repair;
mod fastest;
mod grid;
mod ground;
mod heart_rate;
mod inferred_pauses;
mod marks;
mod motion;
pub mod noise;
mod not_run;
mod odometer;
mod quality;
mod repair_log;
mod resampled;
mod slope;
mod speed_spikes;
mod steps;
mod timeline;
mod track;

pub use grid::Away;
pub use grid::Motion;
pub use grid::RefusedDistance;
pub use grid::Streams;
pub use marks::Marked;
pub use marks::Marks;
pub use quality::GradeQuality;
pub use quality::HeartRateQuality;
pub use quality::SpeedSource;
pub use repair_log::Repair;
pub use slope::GRADE_UNCERTAINTY;
pub use slope::grade_factor;

use crate::ingest::Activity;

/// Returns the streams of an activity.
///
/// Steps: clocks, pauses and gaps; distance on the grid; repairs of distance (gaps, dropouts,
/// jumps, coarse steps) and of speed (spikes); lag and choice of the speed channel; slope and effort
/// speed; cadence and heart rate. Every step that changes something says so in [`Streams::repairs`].
#[must_use]
pub fn resample(activity: &Activity) -> Streams {
    resample_marked(activity, &Marked::default())
}

/// The same where the runner says of stretches what they were: a stop covers no distance, and what was
/// run is not taken for a ride.
#[must_use]
pub fn resample_marked(activity: &Activity, marked: &Marked) -> Streams {
    assemble::streams(activity, marked)
}
