//! The points of a track as the document gives them, checked one value at a time.

use crate::ingest::xml::time::Stamp;
use crate::ingest::xml::time::Zone;
use crate::ingest::xml::values;

/// Most points that one track keeps: 35 days at one point a second.
pub(in crate::ingest) const MAX_POINTS: usize = 3_000_000;

/// What a point can tell; the order is that of [`Point::values`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Quantity {
    /// Degrees.
    Latitude,
    /// Degrees.
    Longitude,
    /// Metres.
    Altitude,
    /// Metres since the start.
    Distance,
    /// Metres per second.
    Speed,
    /// Beats per minute.
    HeartRate,
    /// Strides or steps per minute: the file does not say which.
    Cadence,
    /// Watts.
    Power,
    /// Degrees Celsius.
    Temperature,
}

/// The number of quantities.
pub(in crate::ingest) const QUANTITIES: usize = 9;

impl Quantity {
    /// Returns the values that are possible. What lies outside is a fault of the sensor or file.
    fn limits(self) -> (f64, f64) {
        match self {
            // The poles and the date line stand for "no position" in real files.
            Self::Latitude => (-89.999_999, 89.999_999),
            Self::Longitude => (-179.999_999, 179.999_999),
            Self::Altitude => (-500.0, 9_000.0),
            Self::Distance => (0.0, 10_000_000.0),
            Self::Speed => (0.0, 100.0),
            Self::HeartRate => (25.0, 240.0),
            Self::Cadence => (0.0, 400.0),
            Self::Power => (0.0, 3_000.0),
            Self::Temperature => (-60.0, 80.0),
        }
    }

    /// Returns the values that exporters write for "not known": for heart rate also 1, which GoldenCheetah's
    /// TCX has where there is none.
    fn unknowns(self) -> &'static [f64] {
        match self {
            Self::HeartRate => &[0.0, 1.0, 255.0, -1.0],
            Self::Speed | Self::Distance | Self::Cadence => &[-1.0, 65_535.0],
            Self::Power => &[-1.0, 65_535.0],
            Self::Altitude => &[-9_999.0, -32_768.0, 65_535.0],
            Self::Latitude | Self::Longitude | Self::Temperature => &[],
        }
    }
}

/// One point of a track.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::ingest) struct Point {
    /// Microseconds since 1970 in UTC.
    pub(in crate::ingest) time_us: i64,
    /// The part of the track it belongs to.
    pub(in crate::ingest) part: u32,
    values: [Option<f64>; QUANTITIES],
}

impl Point {
    /// Returns a value.
    pub(in crate::ingest) fn get(&self, quantity: Quantity) -> Option<f64> {
        self.values[quantity as usize]
    }

    /// Returns whether the position is exactly that of another point.
    pub(in crate::ingest) fn stands_at(&self, other: &Self) -> bool {
        let same = |quantity: Quantity| {
            let values = self.get(quantity).zip(other.get(quantity));
            values.is_some_and(|(one, other)| one.total_cmp(&other).is_eq())
        };
        same(Quantity::Latitude) && same(Quantity::Longitude)
    }

    /// Forgets where the point is: position, altitude and distance.
    pub(in crate::ingest) fn clear_place(&mut self) {
        for quantity in [
            Quantity::Latitude,
            Quantity::Longitude,
            Quantity::Altitude,
            Quantity::Distance,
        ] {
            self.values[quantity as usize] = None;
        }
    }

    /// Takes over what another point knows and this one does not. A position is taken whole.
    pub(in crate::ingest) fn fill(&mut self, other: &Self) {
        let has_position = self.get(Quantity::Latitude).is_some();
        for (index, value) in other.values.iter().enumerate() {
            let is_position = index <= Quantity::Longitude as usize;
            if self.values[index].is_none() && !(is_position && has_position) {
                self.values[index] = *value;
            }
        }
    }
}

/// Why a part of a track began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Break {
    /// A new segment of the track: the timer had been stopped.
    Segment,
    /// A new lap, which by itself stops nothing.
    Lap,
}

/// What was odd about the points of a document, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ingest) struct Counts {
    /// Points read, whatever became of them.
    pub(in crate::ingest) read: usize,
    /// Points without a usable time.
    pub(in crate::ingest) untimed: usize,
    /// Points with nothing but a time.
    pub(in crate::ingest) empty: usize,
    /// Positions that are impossible.
    pub(in crate::ingest) bad_positions: usize,
    /// Points dropped since they had nothing but such a position.
    pub(in crate::ingest) dropped: usize,
    /// Values that are no numbers or impossible.
    pub(in crate::ingest) bad_values: usize,
    /// Heart rates written as 0, 1 or 255.
    pub(in crate::ingest) heart_rates_unknown: usize,
    /// Points whose text for the time is none.
    pub(in crate::ingest) bad_times: usize,
}

impl Counts {
    /// Adds the counts of another part of the document.
    pub(in crate::ingest) fn add(&mut self, other: &Self) {
        self.read += other.read;
        self.untimed += other.untimed;
        self.empty += other.empty;
        self.bad_positions += other.bad_positions;
        self.dropped += other.dropped;
        self.bad_values += other.bad_values;
        self.heart_rates_unknown += other.heart_rates_unknown;
        self.bad_times += other.bad_times;
    }
}

/// The points of one track in the order of the document, while it is read.
#[derive(Clone, Debug, Default)]
pub(in crate::ingest) struct Trace {
    /// The points that are worth keeping.
    pub(in crate::ingest) points: Vec<Point>,
    /// Why each part began.
    pub(in crate::ingest) parts: Vec<Break>,
    /// What was odd.
    pub(in crate::ingest) counts: Counts,
    /// The zone of the first stamp.
    pub(in crate::ingest) zone: Option<Zone>,
    draft: Draft,
}

/// The point that is being read.
#[derive(Clone, Copy, Debug, Default)]
struct Draft {
    point: Point,
    time: Option<Stamp>,
    is_position_bad: bool,
}

impl Trace {
    /// Begins a new part: the points that follow belong to it.
    pub(in crate::ingest) fn start_part(&mut self, reason: Break) {
        self.parts.push(reason);
    }

    /// Begins a point.
    pub(in crate::ingest) fn start_point(&mut self) {
        self.draft = Draft::default();
    }

    /// Reads the time of the current point.
    pub(in crate::ingest) fn set_time(&mut self, text: &str) {
        if self.draft.time.is_some() {
            return;
        }
        self.draft.time = super::time::stamp(text);
        if self.draft.time.is_none() && values::number(text) != Ok(None) {
            self.counts.bad_times += 1;
        }
    }

    /// Reads a value of the current point; the first sound one of each quantity stays.
    pub(in crate::ingest) fn set(&mut self, quantity: Quantity, text: &str) {
        let slot = quantity as usize;
        if self.draft.point.values[slot].is_some() {
            return;
        }
        let is_position = matches!(quantity, Quantity::Latitude | Quantity::Longitude);
        match values::number(text) {
            Ok(None) if is_position && !text.trim().is_empty() => self.draft.is_position_bad = true,
            Ok(None) => {}
            Ok(Some(value)) if is_within(value, quantity.limits()) => {
                self.draft.point.values[slot] = Some(value);
            }
            _ if is_position => self.draft.is_position_bad = true,
            Ok(Some(value)) if is_one_of(value, quantity.unknowns()) => {
                self.counts.heart_rates_unknown += usize::from(quantity == Quantity::HeartRate);
            }
            _ => self.counts.bad_values += 1,
        }
    }

    /// Ends the current point and keeps it, if it says when and anything else.
    ///
    /// A point whose position is impossible is kept only for what a sensor measured.
    pub(in crate::ingest) fn end_point(&mut self) {
        self.counts.read += 1;
        let is_position_bad = self.check_position();
        self.counts.bad_positions += usize::from(is_position_bad);
        let Draft {
            mut point, time, ..
        } = self.draft;
        let Some(stamp) = time else {
            self.counts.untimed += 1;
            return;
        };
        let sensors = &point.values[Quantity::Distance as usize..];
        if is_position_bad && sensors.iter().all(Option::is_none) {
            self.counts.dropped += 1;
            return;
        }
        if point.values.iter().all(Option::is_none) {
            self.counts.empty += 1;
            return;
        }
        self.zone.get_or_insert(stamp.zone);
        point.time_us = stamp.utc_us;
        point.part = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        self.points.push(point);
    }

    /// Appends the points of another trace, as further parts of this one.
    pub(in crate::ingest) fn append(&mut self, other: &Self) {
        let shift = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        self.parts.extend(&other.parts);
        self.points.extend(other.points.iter().map(|point| Point {
            part: point.part.saturating_add(shift),
            ..*point
        }));
        self.zone = self.zone.or(other.zone);
    }

    /// Removes half and impossible positions from the draft, and returns whether one was wrong.
    fn check_position(&mut self) -> bool {
        let latitude = self.draft.point.get(Quantity::Latitude);
        let longitude = self.draft.point.get(Quantity::Longitude);
        match (latitude, longitude) {
            (None, None) => self.draft.is_position_bad,
            // Nobody runs in the Gulf of Guinea: exact zeros stand for "no position".
            (Some(latitude), Some(longitude)) if latitude.abs() + longitude.abs() > 0.0 => false,
            _ => {
                self.draft.point.values[Quantity::Latitude as usize] = None;
                self.draft.point.values[Quantity::Longitude as usize] = None;
                true
            }
        }
    }
}

fn is_within(value: f64, (low, high): (f64, f64)) -> bool {
    (low..=high).contains(&value)
}

fn is_one_of(value: f64, marks: &[f64]) -> bool {
    marks.iter().any(|mark| value.total_cmp(mark).is_eq())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(trace: &mut Trace, values: &[(Quantity, &str)], time: &str) {
        trace.start_point();
        trace.set_time(time);
        for (quantity, text) in values {
            trace.set(*quantity, text);
        }
        trace.end_point();
    }

    #[test]
    fn what_is_impossible_is_counted_and_absent() {
        use Quantity::HeartRate;
        use Quantity::Latitude;
        use Quantity::Longitude;
        let mut trace = Trace::default();
        let time = "2026-05-01T06:00:00Z";
        point(
            &mut trace,
            &[(Latitude, "50"), (Longitude, "8"), (HeartRate, "0")],
            time,
        );
        point(
            &mut trace,
            &[(Latitude, "91"), (Longitude, "8"), (HeartRate, "140")],
            time,
        );
        point(&mut trace, &[(Latitude, "50"), (Longitude, "180")], time);
        point(&mut trace, &[(Latitude, "0"), (Longitude, "0.0")], time);
        point(&mut trace, &[(Latitude, "NaN"), (Longitude, "8")], time);
        point(
            &mut trace,
            &[(Latitude, "50"), (Longitude, "8"), (HeartRate, "999")],
            "",
        );
        point(&mut trace, &[(Latitude, ""), (Longitude, "")], time);
        assert_eq!(trace.points.len(), 2);
        assert_eq!(trace.points[1].get(Latitude), None);
        assert_eq!(trace.points[1].get(HeartRate), Some(140.0));
        let expected = Counts {
            read: 7,
            untimed: 1,
            empty: 1,
            bad_positions: 4,
            dropped: 3,
            bad_values: 1,
            heart_rates_unknown: 1,
            bad_times: 0,
        };
        assert_eq!(trace.counts, expected);
    }

    #[test]
    fn the_first_sound_value_stays() {
        let mut trace = Trace::default();
        let values = [
            (Quantity::HeartRate, "null"),
            (Quantity::HeartRate, "141"),
            (Quantity::HeartRate, "90"),
        ];
        point(&mut trace, &values, "2026-05-01T06:00:00Z");
        assert_eq!(trace.points[0].get(Quantity::HeartRate), Some(141.0));
    }
}
