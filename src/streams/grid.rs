//! The streams of a run: aligned channels, and what is known of each second.

use crate::channel::Channel;
use crate::ingest::Series;

use super::marks::Marks;
use super::quality::GradeQuality;
use super::quality::HeartRateQuality;
use super::quality::SpeedSource;
use super::repair_log::Repair;

/// Aligned channels on a grid of one second of the elapsed clock.
///
/// Cell `i` covers the half-open second `[i, i + 1)`; every channel and mask has
/// [`Streams::len`] cells, except [`Streams::distance_m`], which has one more: the distance at each
/// edge of a cell.
#[derive(Clone, Debug, Default)]
pub struct Streams {
    /// The exact duration on the elapsed clock, seconds; the grid covers it, rounded up.
    pub elapsed_s: f64,
    /// The speed used for segmentation, in metres per second: repaired, despiked, not smoothed.
    /// 0 while standing or paused; absent in gaps that nothing bridges.
    pub speed_m_s: Channel,
    /// Where [`Streams::speed_m_s`] comes from.
    pub speed_source: SpeedSource,
    /// How late the device speed is against distance increments, seconds; already taken out of
    /// all channels here.
    pub device_lag_s: f64,
    /// Speed from distance increments, repaired; absent when not recorded.
    pub distance_speed_m_s: Channel,
    /// The device's own speed, moved earlier by its lag; absent when not recorded.
    pub device_speed_m_s: Channel,
    /// Speed as the runner would have on the flat for the same effort: speed × grade factor where
    /// the grade is sound, else speed.
    pub effort_speed_m_s: Channel,
    /// Distance at the edges of the cells, metres, never falling; `len() + 1` values.
    pub distance_m: Channel,
    /// Slope as a fraction, absent where it is not to be trusted.
    pub grade: Channel,
    /// Altitude, metres, smoothed.
    pub altitude_m: Channel,
    /// How far slope may be trusted.
    pub grade_quality: GradeQuality,
    /// Whether so much of the altitude cannot be the ground's that what was climbed is not known; slope
    /// is absent where it cannot.
    pub altitude_drifts: bool,
    /// Heart rate in beats per minute where it is valid.
    pub heart_rate_bpm: Channel,
    /// Whether heart rate may be trusted, and why not.
    pub heart_rate_quality: HeartRateQuality,
    /// Cadence in steps per minute.
    pub cadence_spm: Channel,
    /// Running power in watts.
    pub power_w: Channel,
    /// Temperature in degrees Celsius.
    pub temperature_c: Channel,
    /// What else sensors and apps recorded, in the order of the recording.
    pub further: Vec<Series>,
    /// Positions (degrees), for the optional map and for GPX export.
    pub latitude_deg: Channel,
    /// See [`Streams::latitude_deg`].
    pub longitude_deg: Channel,
    /// Cells in which the timer was stopped (timer events, track segments, or inferred auto-pause).
    pub paused: Vec<bool>,
    /// Cells without records for longer than a sound recording leaves out, timer running.
    pub gap: Vec<bool>,
    /// Cells whose speed was bridged or replaced.
    pub suspect: Vec<bool>,
    /// Stretches that were not run, in order, without overlap: they cover no distance.
    pub away: Vec<Away>,
    /// Stretches whose distance ran ahead of steps and heart, half-open, in cells: the usual speed took its
    /// place.
    pub ahead: Vec<(usize, usize)>,
    /// Why the whole was no run, whatever the file says: "not running: 6.9 m/s without steps".
    pub not_a_run: Option<String>,
    /// What was measured, where the distance that is said to be true cannot be.
    pub refused_distance: Option<RefusedDistance>,
    /// What one does in each cell; empty where the witnesses were not asked. See [`Streams::motion`].
    pub motions: Vec<Motion>,
    /// The median time between records, seconds.
    pub sampling_s: f64,
    /// What was repaired, in order of time.
    pub repairs: Vec<Repair>,
    /// The longest repair of distance, position or clock, in the words of [`Streams::repairs`].
    pub repaired_way: Option<String>,
    /// Laps, device splits and workout as recorded, on the same clock.
    pub marks: Marks,
}

impl Streams {
    /// Returns the number of one-second cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.paused.len()
    }

    /// Returns whether there are no cells.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.paused.is_empty()
    }

    /// Returns which cells were not run.
    #[must_use]
    pub fn away_cells(&self) -> Vec<bool> {
        let mut cells = vec![false; self.len()];
        for away in &self.away {
            let end = away.end.min(cells.len());
            cells[away.start.min(end)..end].fill(true);
        }
        cells
    }

    /// Returns the distance covered in a half-open range of cells, in metres.
    #[must_use]
    pub fn distance_between_m(&self, start: usize, end: usize) -> Option<f64> {
        Some(self.distance_m.get(end)? - self.distance_m.get(start)?)
    }
}

/// Whether one moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// Running or walking, witnessed by distance, position, steps or climb.
    Moving,
    /// Standing, or the timer was stopped.
    Standing,
    /// Nothing tells.
    Unknown,
}

/// A distance that a recording cannot have had was said of it, and is not used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RefusedDistance {
    /// What was measured, in metres, without what nobody ran.
    pub measured_m: f64,
    /// The least distance that is believed instead, in metres.
    pub least_m: f64,
    /// The greatest, in metres.
    pub most_m: f64,
}

/// A stretch that was not run, half-open, in cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Away {
    /// The first cell.
    pub start: usize,
    /// The cell after the last.
    pub end: usize,
    /// Whether the runner marked it as a stop.
    pub is_marked: bool,
    /// Why, in words: "not running: 9.6 m/s without steps".
    pub why: String,
}
