//! A run as a FIT activity file, its segments as laps.
//!
//! Reference for all numbers: FIT profile 21.202.

mod wire;

use std::ops::Range;

use self::wire::File;
use self::wire::Value;
use crate::classification::Session;
use crate::export::recording::Lap;
use crate::export::recording::Point;
use crate::export::recording::Recording;
use crate::export::recording::strides;
use crate::ingest::FIT_EPOCH_S;
use crate::ingest::OWN_CREATOR;
use crate::ingest::Sport;
use crate::ingest::fit::BAROMETER;
use crate::ingest::fit::DEVELOPMENT;
use crate::ingest::fit::INTENSITY_EFFORT;
use crate::ingest::fit::INTENSITY_RISING;
use crate::ingest::fit::LOCAL;
use crate::streams::GradeQuality;
use crate::streams::Streams;
use crate::vocabulary::SegmentKind;

/// Numbers of the messages.
mod number {
    pub(super) const FILE_ID: u16 = 0;
    pub(super) const SESSION: u16 = 18;
    pub(super) const LAP: u16 = 19;
    pub(super) const RECORD: u16 = 20;
    pub(super) const EVENT: u16 = 21;
    pub(super) const DEVICE_INFO: u16 = 23;
    pub(super) const ACTIVITY: u16 = 34;
}

/// The field for a time in every message.
const TIMESTAMP: u8 = 253;
/// The field for a number among messages of a kind.
const MESSAGE_INDEX: u8 = 254;
/// The type of an activity file.
const ACTIVITY_FILE: u8 = 4;
/// What events are about.
const TIMER: u8 = 0;
const OF_SESSION: u8 = 8;
const OF_LAP: u8 = 9;
const OF_ACTIVITY: u8 = 26;
/// What they say.
const START: u8 = 0;
const STOP: u8 = 1;
const STOP_ALL: u8 = 4;
/// The lap key; the end of the session.
const BY_KEY: u8 = 0;
const BY_END: u8 = 7;
/// Semicircles in a degree.
const SEMICIRCLES: f64 = 2_147_483_648.0 / 180.0;
/// Altitudes count from this below the sea, in metres, in fifths of a metre.
const ALTITUDE_ZERO_M: f64 = 500.0;
const ALTITUDE_UNITS: f64 = 5.0;
/// Units of times and speeds in a second and a metre per second.
const THOUSANDTHS: f64 = 1000.0;
/// Units of distances in a metre.
const CENTIMETRES: f64 = 100.0;
/// Units of perceived exertion in one step of the 0–10 scale.
const EXERTION_UNITS: f64 = 10.0;
/// Units of what a cadence has beyond whole strides.
const CADENCE_FRACTIONS: f64 = 128.0;

/// Returns a FIT activity file in which every segment is a lap with its intensity; nothing for a run without
/// a date that the format can hold.
///
/// Pauses are timer events. Times are whole seconds.
#[must_use]
pub fn file(session: &Session, streams: &Streams) -> Option<Vec<u8>> {
    let writer = Writer {
        recording: Recording { session, streams },
        start: {
            let start = session.head.start_time?.timestamp() - FIT_EPOCH_S;
            u32::try_from(start).ok()?
        },
    };
    let mut file = File::default();
    writer.head(&mut file);
    let laps = writer.recording.laps();
    let mut runs = false;
    for (index, lap) in laps.iter().enumerate() {
        writer.records(lap, &mut runs, &mut file);
        writer.lap(index, laps.len(), lap, &mut file);
    }
    writer.tail(laps.len(), &mut file);
    Some(file.finish())
}

/// A run, and when it began in seconds of FIT.
#[derive(Clone, Copy)]
struct Writer<'a> {
    recording: Recording<'a>,
    start: u32,
}

impl Writer<'_> {
    /// Returns the time of a cell.
    fn time(self, cell: usize) -> Value {
        let since = u32::try_from(cell).ok();
        Value::U32(since.and_then(|since| self.start.checked_add(since)))
    }

    /// Writes what the file is, and who wrote it.
    fn head(self, file: &mut File) {
        let name = || Value::Text(OWN_CREATOR.to_owned());
        file.message(
            number::FILE_ID,
            &[
                (0, Value::Enum(Some(ACTIVITY_FILE))),
                (1, Value::U16(Some(DEVELOPMENT))),
                (2, Value::U16(Some(0))),
                (4, self.time(0)),
                (8, name()),
            ],
        );
        file.message(
            number::DEVICE_INFO,
            &[
                (TIMESTAMP, self.time(0)),
                (0, Value::U8(Some(0))),
                (2, Value::U16(Some(DEVELOPMENT))),
                (27, name()),
            ],
        );
        if self.recording.streams.grade_quality == GradeQuality::Barometric {
            file.message(
                number::DEVICE_INFO,
                &[
                    (TIMESTAMP, self.time(0)),
                    (0, Value::U8(Some(1))),
                    (1, Value::U8(Some(BAROMETER))),
                    (25, Value::Enum(Some(LOCAL))),
                ],
            );
        }
    }

    /// Writes the points of a lap, and where the timer stopped and ran on.
    fn records(self, lap: &Lap<'_>, runs: &mut bool, file: &mut File) {
        let Range { end, .. } = lap.cells;
        let stops_after = end == self.recording.streams.len()
            || self.recording.is_paused(end)
            || self.recording.is_paused(end - 1);
        let parts = self.recording.parts(lap.cells.clone());
        for (number, part) in parts.iter().enumerate() {
            let (Some(first), Some(last)) = (part.first(), part.last()) else {
                continue;
            };
            if !*runs {
                self.event(first.cell, START, file);
            }
            for point in part {
                self.record(point, file);
            }
            *runs = number + 1 == parts.len() && !stops_after;
            if !*runs {
                self.event(last.cell, STOP_ALL, file);
            }
        }
    }

    fn record(self, point: &Point, file: &mut File) {
        let (latitude, longitude) = point.place_deg.unzip();
        let altitude = point.altitude_m.map(|metres| metres + ALTITUDE_ZERO_M);
        let part = point.cadence.map(f64::fract);
        let fields = [
            (TIMESTAMP, self.time(point.cell)),
            (0, degrees(latitude)),
            (1, degrees(longitude)),
            (2, short(altitude, ALTITUDE_UNITS)),
            (3, byte(point.heart_rate_bpm, 1.0)),
            (4, byte(point.cadence.map(f64::trunc), 1.0)),
            (5, long(point.distance_m, CENTIMETRES)),
            (6, short(point.speed_m_s, THOUSANDTHS)),
            (7, short(point.power_w, 1.0)),
            (53, byte(part, CADENCE_FRACTIONS)),
        ];
        file.message(number::RECORD, &fields);
    }

    fn event(self, cell: usize, kind: u8, file: &mut File) {
        let fields = [
            (TIMESTAMP, self.time(cell)),
            (0, Value::Enum(Some(TIMER))),
            (1, Value::Enum(Some(kind))),
            (4, Value::U8(Some(0))),
        ];
        file.message(number::EVENT, &fields);
    }

    fn lap(self, index: usize, count: usize, lap: &Lap<'_>, file: &mut File) {
        let trigger = if index + 1 == count { BY_END } else { BY_KEY };
        let mut fields = vec![
            (MESSAGE_INDEX, index_of(index)),
            (0, Value::Enum(Some(OF_LAP))),
            (1, Value::Enum(Some(STOP))),
            (23, Value::Enum(Some(intensity(lap)))),
            (24, Value::Enum(Some(trigger))),
            (25, Value::Enum(Some(self.sport().0))),
        ];
        fields.extend(self.totals(lap));
        fields.extend(self.means(lap, LAP_MEANS));
        file.message(number::LAP, &fields);
    }

    /// Writes what holds for the whole run.
    fn tail(self, laps: usize, file: &mut File) {
        let (sport, sub_sport) = self.sport();
        let whole = Lap {
            cells: 0..self.recording.streams.len(),
            segment: None,
        };
        let session = self.recording.session;
        let mut fields = vec![
            (MESSAGE_INDEX, index_of(0)),
            (0, Value::Enum(Some(OF_SESSION))),
            (1, Value::Enum(Some(STOP))),
            (5, Value::Enum(Some(sport))),
            (6, Value::Enum(Some(sub_sport))),
            (22, short(session.head.ascent_m, 1.0)),
            (25, index_of(0)),
            (26, index_of(laps)),
            // The end of the activity.
            (28, Value::Enum(Some(0))),
            (192, byte(session.feel, 1.0)),
            (193, byte(session.perceived_exertion, EXERTION_UNITS)),
        ];
        fields.extend(self.totals(&whole));
        fields.extend(self.means(&whole, SESSION_MEANS));
        let name = self.recording.name();
        fields.extend(name.map(|name| (110, Value::Text(name))));
        file.message(number::SESSION, &fields);
        file.message(number::ACTIVITY, &self.activity(&whole));
    }

    fn activity(self, whole: &Lap<'_>) -> Vec<(u8, Value)> {
        let end = whole.cells.end;
        let offset_s = self.recording.session.head.utc_offset_s;
        let local = offset_s.zip(self.recording.time(end));
        let local = local.map(|(offset, time)| time.timestamp() + i64::from(offset) - FIT_EPOCH_S);
        let local = local.and_then(|local| u32::try_from(local).ok());
        vec![
            (TIMESTAMP, self.time(end)),
            (0, seconds(self.recording.timer_s(whole.cells.clone()))),
            (1, Value::U16(Some(1))),
            (2, Value::Enum(Some(0))),
            (3, Value::Enum(Some(OF_ACTIVITY))),
            (4, Value::Enum(Some(STOP))),
            (5, Value::U32(local)),
        ]
    }

    /// Returns when a lap or session ended and began, how long it was and how far, which have the same fields
    /// in both.
    fn totals(self, lap: &Lap<'_>) -> [(u8, Value); 5] {
        let Range { start, end } = lap.cells;
        let distance_m = self.recording.streams.distance_between_m(start, end);
        [
            (TIMESTAMP, self.time(end)),
            (2, self.time(start)),
            (7, seconds(end - start)),
            (8, seconds(self.recording.timer_s(start..end))),
            (9, long(distance_m, CENTIMETRES)),
        ]
    }

    /// Returns the means and highest values of a lap or session, in the fields that it has for them.
    fn means(self, lap: &Lap<'_>, fields: [u8; 5]) -> [(u8, Value); 5] {
        let streams = self.recording.streams;
        let beats = &streams.heart_rate_bpm;
        let cadence = lap.mean(&streams.cadence_spm).map(strides);
        let values = [
            short(lap.mean(&streams.speed_m_s), THOUSANDTHS),
            byte(lap.mean(beats), 1.0),
            byte(lap.max(beats), 1.0),
            byte(cadence, 1.0),
            short(lap.mean(&streams.power_w), 1.0),
        ];
        let mut fields = fields.into_iter();
        values.map(|value| (fields.next().unwrap_or_default(), value))
    }

    /// Returns the numbers of the sport and the sub-sport.
    fn sport(self) -> (u8, u8) {
        let head = &self.recording.session.head;
        let sport = match head.sport {
            Sport::Running => 1,
            Sport::Cycling => 2,
            Sport::Swimming => 5,
            Sport::Strength => 10,
            Sport::Walking => 11,
            _ => 0,
        };
        let sub_sport = match (head.sport, head.sub_sport.as_deref()) {
            (Sport::Running, Some("treadmill")) => 1,
            (Sport::Running, Some("street")) => 2,
            (Sport::Running, Some("trail")) => 3,
            (Sport::Running, Some("track")) => 4,
            _ => 0,
        };
        (sport, sub_sport)
    }
}

/// The fields of laps and of sessions for mean speed, mean and highest heart rate, mean cadence and power.
const LAP_MEANS: [u8; 5] = [13, 15, 16, 17, 19];
const SESSION_MEANS: [u8; 5] = [14, 16, 17, 18, 20];

/// Returns the number of a lap's intensity. A run that gets faster throughout is none of those that the format
/// names.
fn intensity(lap: &Lap<'_>) -> u8 {
    match lap.segment.map(|segment| segment.kind) {
        Some(SegmentKind::Rest | SegmentKind::Stop) => 1,
        Some(SegmentKind::WarmUp) => 2,
        Some(SegmentKind::CoolDown) => 3,
        Some(SegmentKind::Recovery) => 4,
        Some(SegmentKind::Progression) => INTENSITY_RISING,
        Some(kind) if kind.is_work() => INTENSITY_EFFORT,
        _ => 0,
    }
}

fn index_of(index: usize) -> Value {
    Value::U16(u16::try_from(index).ok())
}

/// Returns a whole number of seconds in milliseconds.
fn seconds(seconds: usize) -> Value {
    let seconds = u32::try_from(seconds).ok();
    Value::U32(seconds.and_then(|seconds| seconds.checked_mul(1000)))
}

fn degrees(value: Option<f64>) -> Value {
    Value::I32(
        value
            .map(|degrees| whole(degrees * SEMICIRCLES))
            .and_then(|n| i32::try_from(n).ok()),
    )
}

fn long(value: Option<f64>, units: f64) -> Value {
    Value::U32(
        value
            .map(|value| whole(value * units))
            .and_then(|n| u32::try_from(n).ok()),
    )
}

fn short(value: Option<f64>, units: f64) -> Value {
    Value::U16(
        value
            .map(|value| whole(value * units))
            .and_then(|n| u16::try_from(n).ok()),
    )
}

fn byte(value: Option<f64>, units: f64) -> Value {
    Value::U8(
        value
            .map(|value| whole(value * units))
            .and_then(|n| u8::try_from(n).ok()),
    )
}

/// Returns the nearest whole number, of two as near the even one, so that means stay; what a field cannot hold
/// is absent there.
#[expect(
    clippy::cast_possible_truncation,
    reason = "saturates, and saturated it fits no field"
)]
fn whole(value: f64) -> i64 {
    value.round_ties_even() as i64
}
