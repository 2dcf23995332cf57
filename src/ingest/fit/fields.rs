//! Reads the fields that are used of the messages besides records.
//!
//! Reference for all numbers: FIT profile 21.202.

use super::definition::Definition;
use super::definition::whole_seconds;
use super::value::NumberReader;
use super::value::is_text;
use super::value::text;

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
    pub(in super::super) const COURSE: u16 = 31;
    pub(in super::super) const COURSE_POINT: u16 = 32;
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
        global::SESSION => &[2, 5, 6, 7, 8, 9, 11, 16, 22, 59, 110, 192, 193],
        global::LAP => &[2, 7, 8, 9, 23, 24, 25, 71],
        global::EVENT => &[0, 1],
        global::DEVICE_INFO => &[0, 1, 2, 4, 25, 27],
        global::WORKOUT => &[8],
        global::WORKOUT_STEP => &[0, 1, 2, 3, 4, 5, 6, 7, 254],
        global::COURSE => &[4, 5],
        global::COURSE_POINT => &[1, 6],
        global::ACTIVITY => &[5],
        global::FIELD_DESCRIPTION => &[0, 1, 2, 3, 6, 7, 8, 14, 15],
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
    pub(super) fn scaled(&self, field: u8, scale: f64) -> Option<f64> {
        self.number(field).map(|number| number / scale)
    }
}
