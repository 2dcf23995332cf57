//! The messages that are used besides records: which fields are read, and what they mean.
//!
//! Reference for all numbers: FIT profile 21.202.

use super::definition::Definition;
use super::definition::whole_seconds;
use super::value::NumberReader;
use super::value::is_text;
use super::value::text;

/// Units of the times that are written in milliseconds.
const MILLISECONDS: f64 = 1000.0;

/// Units of the distances that are written in centimetres.
const CENTIMETRES: f64 = 100.0;

/// Units of a body mass in one kilogram.
const MASS_UNITS: f64 = 10.0;

/// Units of `workout_rpe` in one step of the 0–10 scale.
const EXERTION_UNITS: f64 = 10.0;

/// The message numbers that are read.
pub(super) mod global {
    pub(in super::super) const FILE_ID: u16 = 0;
    pub(in super::super) const USER_PROFILE: u16 = 3;
    pub(in super::super) const ZONES_TARGET: u16 = 7;
    pub(in super::super) const SPORT: u16 = 12;
    pub(in super::super) const SESSION: u16 = 18;
    pub(in super::super) const LAP: u16 = 19;
    pub(in super::super) const RECORD: u16 = 20;
    pub(in super::super) const EVENT: u16 = 21;
    pub(in super::super) const DEVICE_INFO: u16 = 23;
    pub(in super::super) const WORKOUT: u16 = 26;
    pub(in super::super) const WORKOUT_STEP: u16 = 27;
    pub(in super::super) const ACTIVITY: u16 = 34;
    pub(in super::super) const HR: u16 = 132;
    pub(in super::super) const FIELD_DESCRIPTION: u16 = 206;
    pub(in super::super) const DEVELOPER_DATA_ID: u16 = 207;
    pub(in super::super) const TIME_IN_ZONE: u16 = 216;
    pub(in super::super) const SPLIT: u16 = 312;
}

/// Returns the fields that are read of a kind of message; none when it is not used at all.
fn used_fields(global: u16) -> Option<&'static [u8]> {
    Some(match global {
        global::FILE_ID => &[0, 1, 2, 8],
        global::USER_PROFILE => &[4, 8, 9, 11],
        global::ZONES_TARGET => &[1, 2],
        global::SPORT => &[0, 1, 3],
        global::SESSION => &[2, 5, 6, 7, 8, 9, 16, 22, 110, 192, 193],
        global::LAP => &[2, 7, 8, 9, 23, 24, 25, 71],
        global::EVENT => &[0, 1],
        global::DEVICE_INFO => &[0, 1, 2, 4, 25, 27],
        global::WORKOUT => &[8],
        global::WORKOUT_STEP => &[0, 1, 2, 7, 254],
        global::ACTIVITY => &[5],
        global::FIELD_DESCRIPTION => &[0, 1, 2, 3, 6, 7, 14, 15],
        global::DEVELOPER_DATA_ID => &[2, 3],
        global::TIME_IN_ZONE => &[11, 12, 13],
        global::SPLIT => &[0, 1, 9, 27],
        _ => return None,
    })
}

/// What one field of a message is read as.
#[derive(Clone, Copy, Debug)]
enum Reader {
    Number(NumberReader),
    Text(usize),
}

/// How to read the messages of one definition, worked out once.
#[derive(Clone, Debug, Default)]
pub(super) struct MessagePlan {
    reads: Vec<(u8, usize, Reader)>,
}

impl MessagePlan {
    /// Works out how to read the messages of a definition; nothing when they are not used.
    pub(super) fn new(definition: &Definition) -> Option<Self> {
        let used = used_fields(definition.global)?;
        let reads = definition.fields.iter().filter_map(|field| {
            let reader = if !used.contains(&field.number) {
                return None;
            } else if is_text(field.base_type) {
                Reader::Text(field.size)
            } else {
                let big_endian = definition.big_endian;
                Reader::Number(NumberReader::new(field.base_type, field.size, big_endian)?)
            };
            Some((field.number, field.offset, reader))
        });
        Some(Self {
            reads: reads.collect(),
        })
    }

    /// Reads one message.
    pub(super) fn read(&self, payload: &[u8], time: Option<u32>) -> Fields {
        let values = self.reads.iter().filter_map(|(number, offset, reader)| {
            let bytes = payload.get(*offset..)?;
            let value = match reader {
                Reader::Number(reader) => Value::Number(reader.read(bytes)?),
                Reader::Text(size) => Value::Text(text(bytes.get(..*size)?)?),
            };
            Some((*number, value))
        });
        Fields {
            values: values.collect(),
            time,
        }
    }
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Number(f64),
    Text(String),
}

/// The valid fields of one message; of a field that occurs twice, the last counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    values: Vec<(u8, Value)>,
    /// The timestamp in seconds since the FIT epoch.
    pub(super) time: Option<u32>,
}

impl Fields {
    fn value(&self, field: u8) -> Option<&Value> {
        let same = |(number, _): &&(u8, Value)| *number == field;
        self.values.iter().rev().find(same).map(|(_, value)| value)
    }

    pub(super) fn number(&self, field: u8) -> Option<f64> {
        match self.value(field)? {
            Value::Number(number) => Some(*number),
            Value::Text(_) => None,
        }
    }

    pub(super) fn text(&self, field: u8) -> Option<String> {
        match self.value(field)? {
            Value::Text(text) => Some(text.clone()),
            Value::Number(_) => None,
        }
    }

    /// Returns a time in seconds since the FIT epoch.
    pub(super) fn seconds(&self, field: u8) -> Option<u32> {
        whole_seconds(self.number(field)?)
    }

    /// Returns a number that fits two bytes.
    pub(super) fn short(&self, field: u8) -> Option<u16> {
        self.seconds(field)?.try_into().ok()
    }

    /// Returns a number that fits one byte.
    pub(super) fn byte(&self, field: u8) -> Option<u8> {
        self.seconds(field)?.try_into().ok()
    }

    /// Returns a number in units of which `scale` make one.
    fn scaled(&self, field: u8, scale: f64) -> Option<f64> {
        self.number(field).map(|number| number / scale)
    }
}

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
        }
    }
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
