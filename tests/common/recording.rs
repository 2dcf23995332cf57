//! What the watch kept, with the truth beside it.

use super::plan::Kind;
use super::plan::Length;
use super::plan::Sport;

/// One record. Times are whole seconds from the first record on the elapsed clock.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sample {
    /// Elapsed time.
    pub time_s: u32,
    /// Latitude and longitude in degrees.
    pub position_deg: Option<(f64, f64)>,
    /// Distance covered.
    pub distance_m: Option<f64>,
    /// The device's speed.
    pub speed_m_s: Option<f64>,
    /// Altitude.
    pub altitude_m: Option<f64>,
    /// Heart rate.
    pub heart_rate_bpm: Option<u8>,
    /// Steps per minute of both feet, a whole even or odd number.
    pub cadence_spm: Option<u16>,
    /// Running power.
    pub power_w: Option<u16>,
}

/// What closed a lap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// The lap button.
    Manual,
    /// The watch, by time.
    Time,
    /// The watch, by distance.
    Distance,
    /// The end.
    SessionEnd,
}

/// One lap.
#[derive(Clone, Copy, Debug)]
pub struct Lap {
    /// Start on the elapsed clock.
    pub start_s: f64,
    /// End on the elapsed clock.
    pub end_s: f64,
    /// Distance by the watch.
    pub distance_m: Option<f64>,
    /// What closed it.
    pub trigger: Trigger,
    /// The workout step that it carried out, and what that step was.
    pub step: Option<(u16, Kind)>,
}

/// One step of the programmed workout.
#[derive(Clone, Copy, Debug)]
pub struct WorkoutStep {
    /// What it is.
    pub kind: Kind,
    /// How it ends.
    pub length: Length,
}

/// One true segment, half-open, on the elapsed clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truth {
    /// What it is.
    pub kind: Kind,
    /// Start.
    pub start_s: f64,
    /// End.
    pub end_s: f64,
}

/// A recorded activity.
#[derive(Clone, Debug)]
pub struct Recording {
    /// Start in seconds since 1970, UTC.
    pub start_unix_s: i64,
    /// Local time minus UTC.
    pub utc_offset_s: i32,
    /// The sport.
    pub sport: Sport,
    /// The session kind that it was planned as.
    pub session: &'static str,
    /// The records.
    pub samples: Vec<Sample>,
    /// Whether power belongs into a developer field.
    pub developer_power: bool,
    /// Stretches with the timer stopped: from, to.
    pub pauses_s: Vec<(u32, u32)>,
    /// The laps.
    pub laps: Vec<Lap>,
    /// The programmed workout, empty without one.
    pub workout: Vec<WorkoutStep>,
    /// Perceived exertion 0–10.
    pub perceived_exertion: Option<f64>,
    /// How it felt, 0–100.
    pub feel: Option<u8>,
    /// The truth: contiguous segments from 0 to the last record.
    pub truth: Vec<Truth>,
}

impl Recording {
    /// Returns the elapsed time of the last record.
    pub fn elapsed_s(&self) -> u32 {
        self.samples.last().map_or(0, |sample| sample.time_s)
    }

    /// Returns the time with the timer running.
    pub fn timer_s(&self) -> u32 {
        self.elapsed_s()
            - self
                .pauses_s
                .iter()
                .map(|(from, to)| to - from)
                .sum::<u32>()
    }

    /// Returns the time with the timer running within a stretch of the elapsed clock.
    pub fn timer_within_s(&self, from_s: f64, to_s: f64) -> f64 {
        let paused = |&(from, to): &(u32, u32)| {
            (f64::from(to).min(to_s) - f64::from(from).max(from_s)).max(0.0)
        };
        to_s - from_s - self.pauses_s.iter().map(paused).sum::<f64>()
    }

    /// Returns the distance at the end, if the watch measured one.
    pub fn distance_m(&self) -> Option<f64> {
        self.samples
            .iter()
            .rev()
            .find_map(|sample| sample.distance_m)
    }

    /// Returns the samples of a stretch of the elapsed clock, half-open.
    pub fn within(&self, from_s: f64, to_s: f64) -> impl Iterator<Item = &Sample> {
        let inside = move |sample: &&Sample| (from_s..to_s).contains(&f64::from(sample.time_s));
        self.samples.iter().filter(inside)
    }

    /// Returns the mean and maximum heart rate of a stretch.
    pub fn heart_rate(&self, from_s: f64, to_s: f64) -> Option<(u8, u8)> {
        let rates: Vec<u32> = self
            .within(from_s, to_s)
            .filter_map(|sample| sample.heart_rate_bpm.map(u32::from))
            .collect();
        let most = *rates.iter().max()?;
        let mean = rates.iter().sum::<u32>() / rates.len() as u32;
        Some((mean as u8, most as u8))
    }

    /// Returns the true segments that are efforts.
    pub fn work(&self) -> Vec<(f64, f64)> {
        let work = self.truth.iter().filter(|segment| segment.kind.is_work());
        work.map(|segment| (segment.start_s, segment.end_s))
            .collect()
    }

    /// Returns the metres climbed, with a threshold against noise.
    pub fn ascent_m(&self) -> Option<f64> {
        const THRESHOLD_M: f64 = 2.0;
        let mut altitudes = self.samples.iter().filter_map(|sample| sample.altitude_m);
        let (mut low, mut climbed) = (altitudes.next()?, 0.0);
        for altitude in altitudes {
            if altitude > low + THRESHOLD_M {
                climbed += altitude - low;
                low = altitude;
            } else if altitude < low {
                low = altitude;
            }
        }
        Some(climbed)
    }
}
