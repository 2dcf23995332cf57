//! *Recording → FIT*, as a running watch writes it.

use super::fit_encoder::EPOCH_UNIX_S;
use super::fit_encoder::Encoder;
use super::fit_encoder::Message;
use super::fit_encoder::Value as V;
use super::fit_encoder::Wire;
use super::fit_totals;
use super::plan::Kind;
use super::plan::Length;
use super::recording::Recording;
use super::recording::Sample;

/// Numbers of the messages in the profile.
pub mod number {
    #![allow(missing_docs, reason = "the names are those of the profile")]
    pub const FILE_ID: u16 = 0;
    pub const SESSION: u16 = 18;
    pub const LAP: u16 = 19;
    pub const RECORD: u16 = 20;
    pub const EVENT: u16 = 21;
    pub const DEVICE_INFO: u16 = 23;
    pub const WORKOUT: u16 = 26;
    pub const WORKOUT_STEP: u16 = 27;
    pub const ACTIVITY: u16 = 34;
    pub const FIELD_DESCRIPTION: u16 = 206;
    pub const DEVELOPER_DATA_ID: u16 = 207;
}

/// Garmin and its Forerunner 245, which the made-up files claim to be from.
const MANUFACTURER: u16 = 1;
const PRODUCT: u16 = 3076;
/// Semicircles in a degree.
const SEMICIRCLES: f64 = 2_147_483_648.0 / 180.0;

const EVENT_TIMER: u8 = 0;
const TYPE_START: u8 = 0;
const TYPE_STOP_ALL: u8 = 4;

/// Returns a recording as a FIT file.
pub fn write(recording: &Recording, wire: Wire) -> Vec<u8> {
    let mut encoder = Encoder::new(wire);
    messages(recording)
        .iter()
        .for_each(|message| encoder.message(message));
    encoder.finish()
}

/// Returns all messages in the order of a watch: records and laps as they come, totals last.
pub fn messages(recording: &Recording) -> Vec<Message> {
    let mut out = head(recording);
    out.extend(workout(recording));
    out.push(event(recording, 0, TYPE_START));
    let layout = Layout::of(recording);
    let mut laps = recording.laps.iter().enumerate().peekable();
    for sample in &recording.samples {
        let time_s = sample.time_s;
        for &(from, to) in &recording.pauses_s {
            if time_s == to {
                out.push(event(recording, from, TYPE_STOP_ALL));
                out.push(event(recording, to, TYPE_START));
            }
        }
        while let Some((index, item)) = laps.next_if(|(_, lap)| lap.end_s < f64::from(time_s)) {
            out.push(fit_totals::lap(recording, index, item));
        }
        out.push(record(recording, sample, layout));
    }
    out.extend(laps.map(|(index, item)| fit_totals::lap(recording, index, item)));
    out.push(event(recording, recording.elapsed_s(), TYPE_STOP_ALL));
    out.push(fit_totals::session(recording));
    out.push(fit_totals::activity(recording));
    out
}

/// Returns a time of a recording as FIT counts it.
pub fn stamp(recording: &Recording, elapsed_s: f64) -> V {
    let start = recording.start_unix_s - EPOCH_UNIX_S;
    V::U32(Some((start + elapsed_s.round() as i64) as u32))
}

/// Returns the message that says what a file is: 4 is an activity.
pub fn file_id(recording: &Recording, file_type: u8) -> Message {
    let fields = vec![
        (0, V::Enum(Some(file_type))),
        (1, V::U16(Some(MANUFACTURER))),
        (2, V::U16(Some(PRODUCT))),
        (3, V::U32z(Some(3_900_000_017))),
        (4, stamp(recording, 0.0)),
    ];
    Message::new(number::FILE_ID, fields)
}

fn head(recording: &Recording) -> Vec<Message> {
    let device = vec![
        (253, stamp(recording, 0.0)),
        (0, V::U8(Some(0))),
        (2, V::U16(Some(MANUFACTURER))),
        (4, V::U16(Some(PRODUCT))),
        (5, V::U16(Some(1340))),
    ];
    let mut out = vec![
        file_id(recording, 4),
        Message::new(number::DEVICE_INFO, device),
    ];
    if recording.developer_power {
        out.extend(developer_power());
    }
    out
}

/// Returns the messages that describe the developer field for power.
pub fn developer_power() -> [Message; 2] {
    let developer = vec![
        (1, V::Bytes(b"made-up foot pod".to_vec())),
        (3, V::U8(Some(0))),
    ];
    let field = vec![
        (0, V::U8(Some(0))),
        (1, V::U8(Some(0))),
        (2, V::U8(Some(0x84))),
        (3, V::Text("Power".into(), 8)),
        (8, V::Text("Watts".into(), 8)),
        (14, V::U16(Some(number::RECORD))),
        (15, V::U8(Some(7))),
    ];
    [
        Message::new(number::DEVELOPER_DATA_ID, developer),
        Message::new(number::FIELD_DESCRIPTION, field),
    ]
}

fn workout(recording: &Recording) -> Vec<Message> {
    if recording.workout.is_empty() {
        return Vec::new();
    }
    let head = vec![
        (4, V::Enum(Some(1))),
        (6, V::U16(Some(recording.workout.len() as u16))),
        (8, V::Text("made-up workout".into(), 16)),
    ];
    let step = |(index, step): (usize, &super::recording::WorkoutStep)| {
        let (duration_type, value) = match step.length {
            Length::Seconds(seconds) => (0, seconds * 1000.0),
            Length::Metres(metres) => (1, metres * 100.0),
        };
        let fields = vec![
            (254, V::U16(Some(index as u16))),
            (0, V::Text(step.kind.name().into(), 12)),
            (1, V::Enum(Some(duration_type))),
            (2, V::U32(Some(value.round() as u32))),
            (3, V::Enum(Some(2))),
            (4, V::U32(Some(0))),
            (7, V::Enum(Some(intensity(step.kind)))),
        ];
        Message::new(number::WORKOUT_STEP, fields)
    };
    let steps = recording.workout.iter().enumerate().map(step);
    std::iter::once(Message::new(number::WORKOUT, head))
        .chain(steps)
        .collect()
}

/// Returns how FIT numbers what a step is meant to be.
pub fn intensity(kind: Kind) -> u8 {
    match kind {
        Kind::WarmUp => 2,
        Kind::CoolDown => 3,
        Kind::Recovery => 4,
        Kind::Rest | Kind::Stop => 1,
        Kind::Work | Kind::Tempo | Kind::Hill | Kind::Stride | Kind::Progression => 5,
        Kind::Steady => 0,
    }
}

fn event(recording: &Recording, elapsed_s: u32, kind: u8) -> Message {
    let fields = vec![
        (253, stamp(recording, f64::from(elapsed_s))),
        (0, V::Enum(Some(EVENT_TIMER))),
        (1, V::Enum(Some(kind))),
        (4, V::U8(Some(0))),
    ];
    Message::new(number::EVENT, fields)
}

/// Which quantities the records of a file have; each record has all of them, some invalid.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    position: bool,
    distance: bool,
    speed: bool,
    altitude: bool,
    heart_rate: bool,
    cadence: bool,
    power: bool,
}

impl Layout {
    /// Returns the quantities that any sample has.
    pub fn of(recording: &Recording) -> Self {
        let any = |has: fn(&Sample) -> bool| recording.samples.iter().any(has);
        Self {
            position: any(|s| s.position_deg.is_some()),
            distance: any(|s| s.distance_m.is_some()),
            speed: any(|s| s.speed_m_s.is_some()),
            altitude: any(|s| s.altitude_m.is_some()),
            heart_rate: any(|s| s.heart_rate_bpm.is_some()),
            cadence: any(|s| s.cadence_spm.is_some()),
            power: any(|s| s.power_w.is_some()),
        }
    }
}

/// Returns one record.
pub fn record(recording: &Recording, sample: &Sample, layout: Layout) -> Message {
    let degrees = |angle: f64| (angle * SEMICIRCLES).round() as i32;
    let mut fields = vec![(253, stamp(recording, f64::from(sample.time_s)))];
    let mut add = |wanted: bool, field: u8, value: V| {
        if wanted {
            fields.push((field, value));
        }
    };
    add(
        layout.position,
        0,
        V::I32(sample.position_deg.map(|p| degrees(p.0))),
    );
    add(
        layout.position,
        1,
        V::I32(sample.position_deg.map(|p| degrees(p.1))),
    );
    add(
        layout.altitude,
        2,
        V::U16(sample.altitude_m.map(|m| scaled(m + 500.0, 5.0) as u16)),
    );
    add(layout.heart_rate, 3, V::U8(sample.heart_rate_bpm));
    add(
        layout.cadence,
        4,
        V::U8(sample.cadence_spm.map(|steps| (steps / 2) as u8)),
    );
    add(
        layout.distance,
        5,
        V::U32(sample.distance_m.map(|m| scaled(m, 100.0))),
    );
    add(
        layout.speed,
        6,
        V::U16(sample.speed_m_s.map(|v| scaled(v, 1000.0) as u16)),
    );
    let half = |steps: u16| if steps % 2 == 1 { 64 } else { 0 }; // in 1/128
    add(layout.cadence, 53, V::U8(sample.cadence_spm.map(half)));
    let native = layout.power && !recording.developer_power;
    add(native, 7, V::U16(sample.power_w));
    let mut message = Message::new(number::RECORD, fields);
    if layout.power && recording.developer_power {
        message.developer.push((0, V::U16(sample.power_w), 0));
    }
    message
}

/// Returns a value as the whole number that FIT stores.
pub fn scaled(value: f64, scale: f64) -> u32 {
    (value * scale).round() as u32
}
