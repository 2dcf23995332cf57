//! The records of a file as columns, straight from the messages, before any repair.

use super::definition::Definition;
use super::developer::DeveloperColumns;
use super::frame::Message;
use super::value::NumberReader;

/// At most so many records are kept: 35 days at one record a second.
///
/// Judged from the memory they take.
const MAX_RECORDS: usize = 3_000_000;

/// Degrees in a semicircle unit: a half turn is 2^31.
const DEGREES_PER_SEMICIRCLE: f64 = 180.0 / 2_147_483_648.0;

/// The field with speed and distance in three bytes, which accumulates.
const COMPRESSED_SPEED_DISTANCE: u8 = 8;

/// The quantities of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Latitude in degrees.
    Latitude,
    /// Longitude in degrees.
    Longitude,
    /// Altitude in metres.
    Altitude,
    /// Heart rate in beats per minute.
    HeartRate,
    /// Cadence in strides per minute, when on foot.
    Cadence,
    /// What is to be added to the cadence.
    FractionalCadence,
    /// Distance in metres.
    Distance,
    /// Speed in metres per second.
    Speed,
    /// Power in watts.
    Power,
    /// Temperature in degrees Celsius.
    Temperature,
    /// Time on the ground of each step, in milliseconds.
    GroundContact,
    /// How far the trunk moves up and down, in millimetres.
    VerticalOscillation,
    /// The same over the length of the step, in percent.
    VerticalRatio,
    /// Share of the left foot in the time on the ground, in percent.
    GroundContactBalance,
    /// Length of a step in metres.
    StepLength,
    /// Breaths per minute.
    Respiration,
    /// Temperature of the body's core in degrees Celsius.
    CoreTemperature,
}

/// The columns of running dynamics and of the body, with their names in documents.
pub(super) const FURTHER: [(Column, &str); 7] = [
    (Column::GroundContact, "ground_contact_ms"),
    (Column::VerticalOscillation, "vertical_oscillation_mm"),
    (Column::VerticalRatio, "vertical_ratio_pct"),
    (Column::GroundContactBalance, "ground_contact_balance_pct"),
    (Column::StepLength, "step_length_m"),
    (Column::Respiration, "respiration_per_min"),
    (Column::CoreTemperature, "core_temperature_c"),
];

/// Number of [`Column`]s.
const COLUMNS: usize = 17;

/// A field of record messages that is read, its scale and offset: value = raw / scale − offset.
struct Source {
    number: u8,
    column: Column,
    scale: f64,
    offset: f64,
}

const fn source(number: u8, column: Column, scale: f64, offset: f64) -> Source {
    Source {
        number,
        column,
        scale,
        offset,
    }
}

/// The fields of record messages that are read, the better of two for one column last.
///
/// Reference: FIT profile 21.218, message 20.
const SOURCES: [Source; 20] = [
    source(0, Column::Latitude, 1.0, 0.0),
    source(1, Column::Longitude, 1.0, 0.0),
    source(2, Column::Altitude, 5.0, 500.0),
    source(3, Column::HeartRate, 1.0, 0.0),
    source(4, Column::Cadence, 1.0, 0.0),
    source(5, Column::Distance, 100.0, 0.0),
    source(6, Column::Speed, 1000.0, 0.0),
    source(7, Column::Power, 1.0, 0.0),
    source(13, Column::Temperature, 1.0, 0.0),
    source(39, Column::VerticalOscillation, 10.0, 0.0),
    source(41, Column::GroundContact, 10.0, 0.0),
    source(53, Column::FractionalCadence, 128.0, 0.0),
    source(73, Column::Speed, 1000.0, 0.0),
    source(78, Column::Altitude, 5.0, 500.0),
    source(83, Column::VerticalRatio, 100.0, 0.0),
    source(84, Column::GroundContactBalance, 100.0, 0.0),
    source(85, Column::StepLength, 10_000.0, 0.0),
    source(99, Column::Respiration, 1.0, 0.0),
    source(108, Column::Respiration, 100.0, 0.0),
    source(139, Column::CoreTemperature, 100.0, 0.0),
];

/// How to read one column out of a record message.
#[derive(Clone, Copy, Debug)]
struct Read {
    offset: usize,
    reader: NumberReader,
    column: usize,
    scale: f64,
    shift: f64,
    /// The place in [`SOURCES`]: later ones overwrite earlier ones.
    rank: usize,
}

/// How to read the record messages of one definition, worked out once.
#[derive(Clone, Debug, Default)]
pub(super) struct RecordPlan {
    reads: Vec<Read>,
    compressed_offset: Option<usize>,
}

impl RecordPlan {
    /// Works out how to read the record messages of a definition.
    pub(super) fn new(definition: &Definition) -> Self {
        let mut plan = Self::default();
        for field in &definition.fields {
            if field.number == COMPRESSED_SPEED_DISTANCE && field.size >= 3 {
                plan.compressed_offset = Some(field.offset);
            }
            let Some(rank) = SOURCES.iter().position(|s| s.number == field.number) else {
                continue;
            };
            let Some(reader) =
                NumberReader::new(field.base_type, field.size, definition.big_endian)
            else {
                continue;
            };
            plan.reads.push(Read {
                offset: field.offset,
                reader,
                column: SOURCES[rank].column as usize,
                scale: SOURCES[rank].scale,
                shift: SOURCES[rank].offset,
                rank,
            });
        }
        // Stable: of a field that occurs twice, the last valid value counts.
        plan.reads.sort_by_key(|read| read.rank);
        plan
    }
}

/// The records of a file as columns, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct RecordTable {
    times: Vec<Option<u32>>,
    /// NaN where absent, and shorter than `times` when only absent values would follow.
    columns: [Vec<f64>; COLUMNS],
    pub(super) developer: DeveloperColumns,
    compressed: CompressedDistance,
    /// Record messages in which nothing was valid.
    pub(super) empty: usize,
    /// Record messages beyond the limit.
    pub(super) beyond_limit: usize,
}

impl RecordTable {
    /// Returns the number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// Returns whether there are no records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// Returns the timestamps in seconds since 1989-12-31T00:00:00Z.
    #[must_use]
    pub fn times(&self) -> &[Option<u32>] {
        &self.times
    }

    /// Returns one value.
    #[must_use]
    pub fn get(&self, column: Column, row: usize) -> Option<f64> {
        self.columns[column as usize]
            .get(row)
            .copied()
            .filter(|value| value.is_finite())
            .map(|value| in_degrees(column, value))
    }

    /// Returns whether a column has any value.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        !self.columns[column as usize].is_empty()
    }

    /// Returns whether a record holds nothing but its time.
    pub(super) fn is_bare(&self, row: usize) -> bool {
        let is_absent = |column: &Vec<f64>| !column.get(row).is_some_and(|value| value.is_finite());
        self.columns.iter().all(is_absent) && !self.developer.has(row)
    }

    /// Returns whether any record holds more than its time.
    pub(super) fn has_values(&self) -> bool {
        self.columns.iter().any(|column| !column.is_empty())
    }

    /// Adds a record message.
    #[inline]
    pub(super) fn push(&mut self, plan: &RecordPlan, message: &Message<'_>) {
        let row = self.times.len();
        if row >= MAX_RECORDS {
            self.beyond_limit += 1;
            return;
        }
        let mut is_empty = message.time.is_none();
        if let Some(offset) = plan.compressed_offset
            && let Some(packed) = message.payload.get(offset..).and_then(|b| b.first_chunk())
            && let Some((speed, distance)) = self.compressed.unpack(*packed)
        {
            put(&mut self.columns[Column::Speed as usize], row, speed);
            put(&mut self.columns[Column::Distance as usize], row, distance);
            is_empty = false;
        }
        for read in &plan.reads {
            let Some(bytes) = message.payload.get(read.offset..) else {
                continue;
            };
            if let Some(raw) = read.reader.read(bytes) {
                let value = raw / read.scale - read.shift;
                put(&mut self.columns[read.column], row, value);
                is_empty = false;
            }
        }
        is_empty &= !self.developer.push(row, message);
        if is_empty {
            self.empty += 1;
        } else {
            self.times.push(message.time);
        }
    }

    /// Replaces one value.
    pub(super) fn set(&mut self, column: Column, row: usize, value: f64) {
        put(&mut self.columns[column as usize], row, value);
    }

    /// Removes the last record.
    pub(super) fn pop(&mut self) {
        self.times.pop();
        for column in &mut self.columns {
            column.truncate(self.times.len());
        }
    }
}

/// Returns a stored value in the unit of its column: positions are stored as they are written.
fn in_degrees(column: Column, value: f64) -> f64 {
    match column {
        Column::Latitude | Column::Longitude => value * DEGREES_PER_SEMICIRCLE,
        _ => value,
    }
}

/// Sets the value of a row that may lie beyond the end of its column.
#[inline]
fn put(column: &mut Vec<f64>, row: usize, value: f64) {
    match row.checked_sub(column.len()) {
        None => column[row] = value,
        Some(0) => column.push(value),
        Some(_) => {
            column.resize(row, f64::NAN);
            column.push(value);
        }
    }
}

/// Unpacks speed (12 bits, 1/100 m/s) and distance (12 bits, 1/16 m, which rolls over).
#[derive(Clone, Copy, Debug, Default)]
struct CompressedDistance {
    last_raw: u32,
    total_raw: u64,
}

impl CompressedDistance {
    /// Bits of a distance, after which it rolls over.
    const MASK: u32 = 0xFFF;
    /// Speed units in one metre per second.
    const SPEED_SCALE: f64 = 100.0;
    /// Distance units in one metre.
    const DISTANCE_SCALE: f64 = 16.0;

    fn unpack(&mut self, packed: [u8; 3]) -> Option<(f64, f64)> {
        if packed == [0xFF; 3] {
            return None;
        }
        let both = u32::from_le_bytes([packed[0], packed[1], packed[2], 0]);
        let distance_raw = both >> 12;
        let covered = distance_raw.wrapping_sub(self.last_raw) & Self::MASK;
        self.last_raw = distance_raw;
        self.total_raw += u64::from(covered);
        let speed = f64::from(both & Self::MASK) / Self::SPEED_SCALE;
        Some((speed, self.total_raw as f64 / Self::DISTANCE_SCALE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compressed_distance_accumulates_over_its_rollover() {
        let mut compressed = CompressedDistance::default();
        assert_eq!(compressed.unpack([0x2C, 0x01, 0x10]), Some((3.0, 16.0)));
        assert_eq!(compressed.unpack([0x2C, 0x01, 0x00]), Some((3.0, 256.0)));
        assert_eq!(compressed.unpack([0x2C, 0x01, 0x01]), Some((3.0, 257.0)));
        assert_eq!(compressed.unpack([0xFF; 3]), None);
    }
}
