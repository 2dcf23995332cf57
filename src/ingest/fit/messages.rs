//! What the fields of the messages besides records mean.
//!
//! Reference for all numbers: FIT profile 21.202.

use crate::ingest::StepTarget;

use super::fields::Fields;

/// Units of the times that are written in milliseconds.
const MILLISECONDS: f64 = 1000.0;

/// Units of the distances that are written in centimetres.
const CENTIMETRES: f64 = 100.0;

/// Units of a body mass in one kilogram.
const MASS_UNITS: f64 = 10.0;

/// Units of `workout_rpe` in one step of the 0–10 scale.
const EXERTION_UNITS: f64 = 10.0;

/// What kind of file it is and who wrote it.
#[derive(Clone, Debug, Default)]
pub(super) struct FileId {
    pub(super) kind: Option<u8>,
    pub(super) manufacturer: Option<u16>,
    pub(super) product: Option<u16>,
    pub(super) product_name: Option<String>,
}

impl From<&Fields> for FileId {
    fn from(fields: &Fields) -> Self {
        Self {
            kind: fields.byte(0),
            manufacturer: fields.short(1),
            product: fields.short(2),
            product_name: fields.text(8),
        }
    }
}

/// A device or a sensor inside it.
#[derive(Clone, Debug, Default)]
pub(super) struct DeviceInfo {
    pub(super) index: Option<u8>,
    pub(super) kind: Option<u8>,
    pub(super) manufacturer: Option<u16>,
    pub(super) product: Option<u16>,
    pub(super) source: Option<u8>,
    pub(super) product_name: Option<String>,
}

impl From<&Fields> for DeviceInfo {
    fn from(fields: &Fields) -> Self {
        Self {
            index: fields.byte(0),
            kind: fields.byte(1),
            manufacturer: fields.short(2),
            product: fields.short(4),
            source: fields.byte(25),
            product_name: fields.text(27),
        }
    }
}

/// The summary of one sport of the activity.
#[derive(Clone, Debug, Default)]
pub(super) struct Session {
    /// The time at which it was written, which is not always its end.
    pub(super) written: Option<u32>,
    pub(super) start: Option<u32>,
    pub(super) sport: Option<u8>,
    pub(super) sub_sport: Option<u8>,
    pub(super) elapsed_s: Option<f64>,
    pub(super) timer_s: Option<f64>,
    pub(super) distance_m: Option<f64>,
    pub(super) mean_heart_rate_bpm: Option<f64>,
    pub(super) ascent_m: Option<f64>,
    pub(super) moving_s: Option<f64>,
    pub(super) energy_kcal: Option<f64>,
    pub(super) profile_name: Option<String>,
    pub(super) feel: Option<f64>,
    pub(super) perceived_exertion: Option<f64>,
}

impl From<&Fields> for Session {
    fn from(fields: &Fields) -> Self {
        Self {
            written: fields.time,
            start: fields.seconds(2),
            sport: fields.byte(5),
            sub_sport: fields.byte(6),
            elapsed_s: fields.scaled(7, MILLISECONDS),
            timer_s: fields.scaled(8, MILLISECONDS),
            distance_m: fields.scaled(9, CENTIMETRES),
            mean_heart_rate_bpm: fields.number(16),
            ascent_m: fields.number(22),
            moving_s: fields.scaled(59, MILLISECONDS),
            energy_kcal: fields.number(11).filter(|kcal| *kcal > 0.0),
            profile_name: fields.text(110),
            feel: fields.number(192),
            perceived_exertion: fields.scaled(193, EXERTION_UNITS),
        }
    }
}

/// One lap.
#[derive(Clone, Debug, Default)]
pub(super) struct LapMessage {
    /// The time at which it was written, which is not always its end.
    pub(super) written: Option<u32>,
    pub(super) start: Option<u32>,
    pub(super) elapsed_s: Option<f64>,
    pub(super) timer_s: Option<f64>,
    pub(super) distance_m: Option<f64>,
    pub(super) intensity: Option<u8>,
    pub(super) trigger: Option<u8>,
    pub(super) sport: Option<u8>,
    pub(super) workout_step: Option<u16>,
}

impl From<&Fields> for LapMessage {
    fn from(fields: &Fields) -> Self {
        Self {
            written: fields.time,
            start: fields.seconds(2),
            elapsed_s: fields.scaled(7, MILLISECONDS),
            timer_s: fields.scaled(8, MILLISECONDS),
            distance_m: fields.scaled(9, CENTIMETRES),
            intensity: fields.byte(23),
            trigger: fields.byte(24),
            sport: fields.byte(25),
            workout_step: fields.short(71),
        }
    }
}

/// One step of the programmed workout.
#[derive(Clone, Debug, Default)]
pub(super) struct StepMessage {
    pub(super) index: Option<u16>,
    pub(super) name: Option<String>,
    pub(super) intensity: Option<u8>,
    pub(super) duration_s: Option<f64>,
    pub(super) distance_m: Option<f64>,
    pub(super) target: StepTarget,
}

/// The kinds of duration of a step: by time, by distance, and by time within a repetition.
const BY_TIME: u8 = 0;
const BY_DISTANCE: u8 = 1;
const BY_REPETITION_TIME: u8 = 28;

impl From<&Fields> for StepMessage {
    fn from(fields: &Fields) -> Self {
        let kind = fields.byte(1);
        Self {
            index: fields.short(254),
            name: fields.text(0),
            intensity: fields.byte(7),
            duration_s: fields
                .scaled(2, MILLISECONDS)
                .filter(|_| matches!(kind, Some(BY_TIME | BY_REPETITION_TIME))),
            distance_m: fields
                .scaled(2, CENTIMETRES)
                .filter(|_| kind == Some(BY_DISTANCE)),
            target: target(fields),
        }
    }
}

/// The kinds of target of a step.
const SPEED: u8 = 0;
const HEART_RATE: u8 = 1;
const POWER: u8 = 4;
/// Heart rates are written with this added; what is below is a percentage of the maximum.
const HEART_RATE_OFFSET: f64 = 100.0;
/// Watts are written with this added; what is below is a percentage of the threshold.
const POWER_OFFSET: f64 = 1000.0;
/// Units of a speed in one metre per second.
const SPEED_UNITS: f64 = 1000.0;

/// Returns what a step asks for. A range of its own counts only where no zone is named; one whose ends
/// are percentages says nothing without the device's settings.
fn target(fields: &Fields) -> StepTarget {
    let zone = fields.byte(4).filter(|zone| *zone > 0);
    let ends = |value: &dyn Fn(f64) -> f64| {
        let end = |field| fields.number(field).map(value).filter(|end| *end > 0.0);
        (
            end(5).filter(|_| zone.is_none()),
            end(6).filter(|_| zone.is_none()),
        )
    };
    let mut target = StepTarget::default();
    match fields.byte(3) {
        Some(SPEED) => {
            (target.speed_low_m_s, target.speed_high_m_s) = ends(&|end| end / SPEED_UNITS);
        }
        Some(HEART_RATE) => {
            target.heart_rate_zone = zone;
            let bpm = ends(&|end| end - HEART_RATE_OFFSET);
            (target.heart_rate_low_bpm, target.heart_rate_high_bpm) = bpm;
        }
        Some(POWER) => {
            target.power_zone = zone;
            (target.power_low_w, target.power_high_w) = ends(&|end| end - POWER_OFFSET);
        }
        _ => {}
    }
    target
}

/// A split that the device found by itself.
#[derive(Clone, Debug, Default)]
pub(super) struct SplitMessage {
    pub(super) kind: Option<u8>,
    pub(super) start: Option<u32>,
    pub(super) end: Option<u32>,
    pub(super) elapsed_s: Option<f64>,
}

impl From<&Fields> for SplitMessage {
    fn from(fields: &Fields) -> Self {
        Self {
            kind: fields.byte(0),
            start: fields.seconds(9),
            end: fields.seconds(27),
            elapsed_s: fields.scaled(1, MILLISECONDS),
        }
    }
}

/// A start or a stop of the timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimerEvent {
    pub(super) time: u32,
    pub(super) is_start: bool,
}

/// The number of the event "timer".
const TIMER: u8 = 0;

impl TimerEvent {
    /// Returns the timer event that a message holds, if it holds one.
    pub(super) fn read(fields: &Fields) -> Option<Self> {
        if fields.byte(0)? != TIMER {
            return None;
        }
        let is_start = match fields.byte(1)? {
            0 => true,
            // Stop, stop all, and the two that also disable.
            1 | 4 | 8 | 9 => false,
            _ => return None,
        };
        Some(Self {
            time: fields.time?,
            is_start,
        })
    }
}

/// Returns a body mass in kilograms from a `user_profile` message.
pub(super) fn weight_kg(fields: &Fields) -> Option<f64> {
    fields.scaled(4, MASS_UNITS)
}
