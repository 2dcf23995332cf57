//! The records that a run can need, in little room: twelve bytes each, kind by kind.

use std::collections::HashMap;

use super::unit::Dimension;

/// What a record can tell of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Beats per minute.
    HeartRate,
    /// Metres within the interval.
    Distance,
    /// Steps within the interval.
    Steps,
    /// Metres per second.
    Speed,
    /// Watts.
    Power,
    /// Metres.
    StepLength,
    /// Millimetres.
    VerticalOscillation,
    /// Milliseconds.
    GroundContact,
    /// Perceived exertion, 1–10.
    Effort,
}

/// How a kind of record is written, and what it may be.
pub(super) struct Row {
    pub(super) kind: Kind,
    /// Its type, without what all types of quantities begin with.
    name: &'static str,
    pub(super) dimension: Dimension,
    /// What a value in the unit of the dimension is multiplied with to be in that of the kind.
    pub(super) factor: f64,
    /// What is possible; all else is a fault of the sensor or file.
    pub(super) limits: (f64, f64),
}

/// What the types of all quantities begin with.
pub(super) const PREFIX: &str = "HKQuantityTypeIdentifier";

const fn row(kind: Kind, name: &'static str, dimension: Dimension, limits: (f64, f64)) -> Row {
    let factor = match kind {
        Kind::VerticalOscillation | Kind::GroundContact => 1_000.0,
        _ => 1.0,
    };
    Row {
        kind,
        name,
        dimension,
        factor,
        limits,
    }
}

/// In the order of [`Kind`]. The limits of heart rate, speed and power are those of other formats.
pub(super) const ROWS: [Row; 9] = [
    row(Kind::HeartRate, "HeartRate", Dimension::Rate, (25.0, 240.0)),
    row(
        Kind::Distance,
        "DistanceWalkingRunning",
        Dimension::Length,
        (0.0, 1e6),
    ),
    row(Kind::Steps, "StepCount", Dimension::Count, (0.0, 1e6)),
    row(Kind::Speed, "RunningSpeed", Dimension::Speed, (0.0, 100.0)),
    row(
        Kind::Power,
        "RunningPower",
        Dimension::Power,
        (0.0, 3_000.0),
    ),
    row(
        Kind::StepLength,
        "RunningStrideLength",
        Dimension::Length,
        (0.1, 5.0),
    ),
    row(
        Kind::VerticalOscillation,
        "RunningVerticalOscillation",
        Dimension::Length,
        (1.0, 500.0),
    ),
    row(
        Kind::GroundContact,
        "RunningGroundContactTime",
        Dimension::Time,
        (50.0, 1_000.0),
    ),
    row(
        Kind::Effort,
        "WorkoutEffortScore",
        Dimension::Count,
        (1.0, 10.0),
    ),
];

/// Returns how records of a type are to be read, if a run can need them.
pub(super) fn row_of(record_type: &str) -> Option<&'static Row> {
    let name = record_type.strip_prefix(PREFIX)?;
    ROWS.iter().find(|row| row.name == name)
}

/// Most records that are kept: 384 MB. A decade of a watch is about ten million.
pub(super) const MAX_SAMPLES: usize = 32_000_000;
/// Most sources that are told apart; real exports have some hundred.
const MAX_SOURCES: usize = 65_535;
/// Longest name of a source that is kept, in characters.
const MAX_NAME_CHARACTERS: usize = 200;

/// One record. All times are in seconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sample {
    /// When it begins.
    pub(super) start_s: u32,
    /// How long it is; 0 for a moment. Longer ones than 18 h are of no use in a run.
    pub(super) length_s: u16,
    /// Who recorded it.
    pub(super) source: u16,
    /// In the unit of its kind.
    pub(super) value: f32,
}

impl Sample {
    /// Returns when it ends.
    pub(super) fn end_s(&self) -> i64 {
        self.begin_s() + i64::from(self.length_s)
    }

    /// Returns when it begins.
    pub(super) fn begin_s(&self) -> i64 {
        i64::from(self.start_s)
    }
}

/// The records by kind.
#[derive(Debug, Default)]
pub(super) struct Samples {
    by_kind: [Vec<Sample>; ROWS.len()],
    count: usize,
}

impl Samples {
    /// Keeps a record; returns false when there are too many.
    pub(super) fn push(&mut self, kind: Kind, sample: Sample) -> bool {
        self.count += 1;
        self.by_kind[kind as usize].push(sample);
        self.count <= MAX_SAMPLES
    }

    /// Puts the records in order and forgets those that lie in none of some times.
    ///
    /// # Units
    /// Seconds since 1970, both ends included.
    pub(super) fn keep_within(&mut self, mut times: Vec<(i64, i64)>) {
        times.sort_unstable();
        let mut apart: Vec<(i64, i64)> = Vec::new();
        for (start_s, end_s) in times {
            match apart.last_mut() {
                Some(last) if start_s <= last.1 => last.1 = last.1.max(end_s),
                _ => apart.push((start_s, end_s)),
            }
        }
        let is_within = |one: &Sample| {
            let behind = apart.partition_point(|(_, end_s)| *end_s < one.begin_s());
            let next = apart.get(behind);
            next.is_some_and(|(start_s, _)| *start_s <= one.end_s())
        };
        for samples in &mut self.by_kind {
            samples.retain(&is_within);
            samples.shrink_to_fit();
            samples.sort_unstable_by_key(|one| {
                (one.start_s, one.length_s, one.source, one.value.to_bits())
            });
            // A record once restored from another phone is there twice.
            samples.dedup();
        }
    }

    /// Returns the records of a kind that touch a time, in order of their beginning.
    pub(super) fn within(
        &self,
        kind: Kind,
        (start_s, end_s): (i64, i64),
    ) -> impl Iterator<Item = &Sample> {
        let samples = &self.by_kind[kind as usize];
        let earliest_s = start_s - i64::from(u16::MAX);
        let from = samples.partition_point(|one| one.begin_s() < earliest_s);
        let until = samples.partition_point(|one| one.begin_s() <= end_s);
        let range = samples.get(from..until).unwrap_or_default().iter();
        range.filter(move |one| one.end_s() >= start_s)
    }
}

/// The names of those that record, each with a number.
#[derive(Debug, Default)]
pub(super) struct Sources {
    numbers: HashMap<String, u16>,
    last: (String, u16),
}

impl Sources {
    /// Returns the number of a source by its name as written.
    pub(super) fn number(&mut self, name: &str) -> u16 {
        if self.last.0 != name || self.numbers.is_empty() {
            let short: String = name.chars().take(MAX_NAME_CHARACTERS).collect();
            let next = self.numbers.len().min(MAX_SOURCES);
            let next = u16::try_from(next).unwrap_or(u16::MAX);
            let number = match self.numbers.get(&short) {
                Some(number) => *number,
                // All beyond the last number are one.
                None if next == u16::MAX => next,
                None => *self.numbers.entry(short.clone()).or_insert(next),
            };
            self.last = (short, number);
        }
        self.last.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(start_s: u32, length_s: u16) -> Sample {
        Sample {
            start_s,
            length_s,
            source: 0,
            value: 1.0,
        }
    }

    #[test]
    fn only_what_lies_in_a_workout_is_kept() {
        let mut samples = Samples::default();
        for (start_s, length_s) in [(500, 0), (90, 20), (10, 5), (150, 0), (150, 0), (201, 9)] {
            assert!(samples.push(Kind::Distance, sample(start_s, length_s)));
        }
        samples.keep_within(vec![(400, 600), (100, 200)]);
        let of = |from, to| -> Vec<u32> {
            let found = samples.within(Kind::Distance, (from, to));
            found.map(|one| one.start_s).collect()
        };
        assert_eq!(of(0, 1_000), [90, 150, 500]);
        assert_eq!(of(100, 200), [90, 150]);
        assert_eq!(of(111, 149), [0_u32; 0]);
    }

    #[test]
    fn rows_are_in_the_order_of_their_kinds() {
        for (index, row) in ROWS.iter().enumerate() {
            assert_eq!(row.kind as usize, index);
        }
        assert!(row_of("HKQuantityTypeIdentifierHeartRate").is_some());
        assert!(row_of("HKQuantityTypeIdentifierHeartRateVariabilitySDNN").is_none());
    }
}
