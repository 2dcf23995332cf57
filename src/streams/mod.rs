//! *Activity → Streams*
//!
//! Puts what the watch recorded on a common time axis of one second, repairs it and says so, and
//! derives what segmentation and effort need. See [`resample`].

mod choice;
mod derive;
mod heart_rate;
mod ledger;
pub mod noise;
mod odometer;
mod repair;
mod slope;
mod timeline;

use serde::Deserialize;
use serde::Serialize;

use crate::channel::Channel;
use crate::ingest::Activity;
use crate::ingest::DeviceSplit;
use crate::ingest::Lap;
use crate::ingest::WorkoutStep;

pub use slope::grade_factor;

use ledger::Kind;
use ledger::Ledger;
use odometer::Odometer;
use repair::Track;
use timeline::Timeline;

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
    /// The median time between records, seconds.
    pub sampling_s: f64,
    /// What was repaired, in order of time.
    pub repairs: Vec<Repair>,
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

    /// Returns the distance covered in a half-open range of cells, in metres.
    #[must_use]
    pub fn distance_between_m(&self, start: usize, end: usize) -> Option<f64> {
        Some(self.distance_m.get(end)? - self.distance_m.get(start)?)
    }
}

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

/// Where speed comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeedSource {
    /// Increments of the recorded distance.
    Distance,
    /// The device's speed field.
    Device,
    /// Steps between positions.
    Position,
    /// There is none.
    #[default]
    None,
}

/// How far slope may be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GradeQuality {
    /// From a pressure sensor: used.
    Barometric,
    /// As smooth as a pressure sensor or a terrain model: used.
    Smooth,
    /// Satellite altitude, too noisy: not used.
    Noisy,
    /// No altitude, or no distance.
    #[default]
    None,
}

impl GradeQuality {
    /// Returns whether slope enters effort.
    #[must_use]
    pub fn is_used(self) -> bool {
        matches!(self, GradeQuality::Barometric | GradeQuality::Smooth)
    }
}

/// Whether heart rate may be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeartRateQuality {
    /// Nearly all of it is sound.
    Valid,
    /// A part was taken out; the repairs say which and why.
    Partial,
    /// Too little is sound for any verdict.
    Invalid,
    /// None was recorded.
    #[default]
    None,
}

/// One stretch that was repaired or taken out, half-open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repair {
    /// What was done, as in "GPS dropout bridged", "heart rate equals cadence: taken out".
    pub what: String,
    /// Start on the elapsed clock.
    pub start_s: f64,
    /// End on the elapsed clock.
    pub end_s: f64,
}

/// Returns the streams of an activity.
///
/// Steps: clocks, pauses and gaps; distance on the grid; repairs of distance (gaps, dropouts,
/// jumps) and of speed (spikes); lag and choice of the speed channel; slope and effort speed;
/// cadence and heart rate. Every step that changes something says so in [`Streams::repairs`].
#[must_use]
pub fn resample(activity: &Activity) -> Streams {
    let mut ledger = Ledger::default();
    let used = timeline::usable_records(&activity.records.time_s, &mut ledger);
    let times_s = &activity.records.time_s[..used];
    let fastest_m_s = derive::fastest_m_s(activity.sport);
    let mut timeline = Timeline::new(times_s, &activity.pauses);
    let odometer = Odometer::new(activity, used, &timeline, fastest_m_s, &mut ledger);
    let device_timer_s = activity.totals.timer_s;
    timeline.infer_pauses(times_s, &odometer, device_timer_s, &mut ledger);
    let still = timeline.still();
    let mut track = Track::new(&odometer, &timeline, &still);
    track.judge_gaps(&odometer, &timeline, &mut ledger);
    track.bridge_dropouts(&mut ledger);
    track.settle_jumps(fastest_m_s, &mut ledger);
    let mut streams = Streams {
        elapsed_s: timeline.elapsed_s,
        sampling_s: timeline.sampling_s,
        gap: timeline.gaps(times_s, &still),
        distance_m: match odometer.source {
            SpeedSource::None => Channel::absent(timeline.cells() + 1),
            _ => track.distance_m(),
        },
        suspect: track.suspect.clone(),
        paused: timeline.paused(&still),
        marks: Marks {
            laps: activity.laps.clone(),
            workout: activity.workout.clone(),
            splits: activity.splits.clone(),
        },
        ..Streams::default()
    };
    let inputs = Inputs {
        activity,
        times_s,
        timeline: &timeline,
        fastest_m_s,
    };
    streams.add_speed(&inputs, &odometer, &track, &mut ledger);
    streams.add_slope_and_effort(&inputs, &mut ledger);
    streams.add_body(&inputs, &mut ledger);
    streams.repairs = ledger.close();
    streams
}

/// What every channel is made from.
struct Inputs<'a> {
    activity: &'a Activity,
    times_s: &'a [f64],
    timeline: &'a Timeline,
    fastest_m_s: f64,
}

impl Inputs<'_> {
    fn sample(&self, column: &Channel) -> Channel {
        self.timeline.sample(self.times_s, column)
    }

    /// Returns the nearest record in place of the mean of two: half of a cadence is none.
    fn nearest(&self, column: &Channel) -> Channel {
        self.timeline.sample_nearest(self.times_s, column)
    }

    /// Returns the device's own speed `lag_s` later, absent where it is impossible.
    fn device_speed(&self, lag_s: f64) -> Channel {
        const MIDDLE_S: f64 = 0.5;
        let column = &self.activity.records.speed_m_s;
        self.timeline
            .sample_at(self.times_s, column, MIDDLE_S + lag_s)
            .iter()
            .map(|speed| speed.filter(|speed| (0.0..=self.fastest_m_s).contains(speed)))
            .collect()
    }
}

impl Streams {
    /// Chooses and repairs speed.
    fn add_speed(
        &mut self,
        inputs: &Inputs,
        odometer: &Odometer,
        track: &Track,
        ledger: &mut Ledger,
    ) {
        let increments = match odometer.source {
            SpeedSource::Distance | SpeedSource::Position => track.speed_m_s(),
            _ => Channel::absent(self.len()),
        };
        let lag_s = choice::lag_s(&increments, &inputs.device_speed(0.0));
        let lag_s = lag_s.unwrap_or(choice::USUAL_LAG_S);
        let device = inputs.device_speed(lag_s);
        if device.has_values() {
            self.device_lag_s = lag_s;
        }
        let still = track.still();
        let tolerance_m_s = repair::tolerance_m_s(self.sampling_s, odometer.quantum_m);
        let (increments, spikes) = repair::replace_spikes(&increments, tolerance_m_s);
        let (device, _) = repair::replace_spikes(&device, tolerance_m_s);
        let device_wins = choice::prefers_device(&increments, &device, still);
        let (first, second) = if device_wins {
            (&device, &increments)
        } else {
            (&increments, &device)
        };
        self.speed_m_s = derive::speed_m_s(first, second, still);
        self.speed_source = match (device_wins, odometer.source) {
            (true, _) if device.has_values() => SpeedSource::Device,
            (_, source) => source,
        };
        if !device_wins {
            ledger.note_cells(Kind::SpeedSpikes, &spikes);
            for (suspect, spike) in self.suspect.iter_mut().zip(&spikes) {
                *suspect |= spike;
            }
        }
        self.distance_speed_m_s = increments;
        self.device_speed_m_s = device;
    }

    /// Adds altitude, slope, effort speed and positions.
    fn add_slope_and_effort(&mut self, inputs: &Inputs, ledger: &mut Ledger) {
        let records = &inputs.activity.records;
        let altitude_m = inputs.sample(&records.altitude_m);
        let source = inputs.activity.altitude_source;
        let slope = slope::fit(&altitude_m, &self.distance_m, source, ledger);
        self.effort_speed_m_s =
            derive::effort_speed_m_s(&self.speed_m_s, &slope.grade, slope.quality);
        self.altitude_m = slope.altitude_m;
        self.grade = slope.grade;
        self.grade_quality = slope.quality;
        self.latitude_deg = inputs.sample(&records.latitude_deg);
        self.longitude_deg = inputs.sample(&records.longitude_deg);
    }

    /// Adds what the body did: cadence, heart rate, power; and temperature.
    fn add_body(&mut self, inputs: &Inputs, ledger: &mut Ledger) {
        let records = &inputs.activity.records;
        let cadence_spm = inputs.nearest(&records.cadence_spm);
        self.cadence_spm = derive::cadence_spm(&cadence_spm, &self.speed_m_s, ledger);
        let heart_rate_bpm = inputs.sample(&records.heart_rate_bpm);
        (self.heart_rate_bpm, self.heart_rate_quality) =
            heart_rate::validate(&heart_rate_bpm, &self.cadence_spm, &self.speed_m_s, ledger);
        self.power_w = inputs.sample(&records.power_w);
        self.temperature_c = inputs.sample(&records.temperature_c);
    }
}
