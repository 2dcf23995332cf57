//! The messages of FIT that sum up: lap, session, activity.

use super::fit_encoder::Message;
use super::fit_encoder::Value as V;
use super::fit_writer::intensity;
use super::fit_writer::number;
use super::fit_writer::scaled;
use super::fit_writer::stamp;
use super::plan::Sport;
use super::recording::Lap;
use super::recording::Recording;
use super::recording::Trigger;

const EVENT_SESSION: u8 = 8;
const EVENT_LAP: u8 = 9;
const EVENT_ACTIVITY: u8 = 26;
const TYPE_STOP: u8 = 1;

fn sport(recording: &Recording) -> (u8, u8) {
    match recording.sport {
        Sport::Running => (1, 0),
        Sport::TreadmillRunning => (1, 1),
        Sport::TrackRunning => (1, 4),
        Sport::Walking => (11, 0),
        Sport::Cycling => (2, 0),
        Sport::Strength => (10, 20),
    }
}

/// Returns one lap.
pub fn lap(recording: &Recording, index: usize, lap: &Lap) -> Message {
    let (sport, sub_sport) = sport(recording);
    let heart = recording.heart_rate(lap.start_s, lap.end_s);
    let timer_s = recording.timer_within_s(lap.start_s, lap.end_s);
    let trigger = match lap.trigger {
        Trigger::Manual => 0,
        Trigger::Time => 1,
        Trigger::Distance => 2,
        Trigger::SessionEnd => 7,
    };
    let mut fields = vec![
        (254, V::U16(Some(index as u16))),
        (253, stamp(recording, lap.end_s)),
        (0, V::Enum(Some(EVENT_LAP))),
        (1, V::Enum(Some(TYPE_STOP))),
        (2, stamp(recording, lap.start_s)),
        (7, V::U32(Some(scaled(lap.end_s - lap.start_s, 1000.0)))),
        (8, V::U32(Some(scaled(timer_s, 1000.0)))),
        (9, V::U32(lap.distance_m.map(|m| scaled(m, 100.0)))),
        (15, V::U8(heart.map(|heart| heart.0))),
        (16, V::U8(heart.map(|heart| heart.1))),
        (24, V::Enum(Some(trigger))),
        (25, V::Enum(Some(sport))),
        (39, V::Enum(Some(sub_sport))),
    ];
    if let Some((step, kind)) = lap.step {
        fields.push((23, V::Enum(Some(intensity(kind)))));
        fields.push((71, V::U16(Some(step))));
    }
    Message::new(number::LAP, fields)
}

/// Returns the message with the totals.
pub fn session(recording: &Recording) -> Message {
    let (sport, sub_sport) = sport(recording);
    let elapsed_s = f64::from(recording.elapsed_s());
    let heart = recording.heart_rate(0.0, elapsed_s + 1.0);
    let mut fields = vec![
        (254, V::U16(Some(0))),
        (253, stamp(recording, elapsed_s)),
        (0, V::Enum(Some(EVENT_SESSION))),
        (1, V::Enum(Some(TYPE_STOP))),
        (2, stamp(recording, 0.0)),
        (5, V::Enum(Some(sport))),
        (6, V::Enum(Some(sub_sport))),
        (7, V::U32(Some(scaled(elapsed_s, 1000.0)))),
        (8, V::U32(Some(recording.timer_s() * 1000))),
        (9, V::U32(recording.distance_m().map(|m| scaled(m, 100.0)))),
        (16, V::U8(heart.map(|heart| heart.0))),
        (17, V::U8(heart.map(|heart| heart.1))),
        (22, V::U16(recording.ascent_m().map(|m| m.round() as u16))),
        (25, V::U16(Some(0))),
        (26, V::U16(Some(recording.laps.len() as u16))),
        (28, V::Enum(Some(0))),
    ];
    if let Some(feel) = recording.feel {
        fields.push((192, V::U8(Some(feel))));
    }
    if let Some(exertion) = recording.perceived_exertion {
        fields.push((193, V::U8(Some((exertion * 10.0).round() as u8))));
    }
    Message::new(number::SESSION, fields)
}

/// Returns the last message, with the local time.
pub fn activity(recording: &Recording) -> Message {
    let elapsed_s = f64::from(recording.elapsed_s());
    let fields = vec![
        (253, stamp(recording, elapsed_s)),
        (0, V::U32(Some(recording.timer_s() * 1000))),
        (1, V::U16(Some(1))),
        (2, V::Enum(Some(0))),
        (3, V::Enum(Some(EVENT_ACTIVITY))),
        (4, V::Enum(Some(TYPE_STOP))),
        (
            5,
            stamp(recording, elapsed_s + f64::from(recording.utc_offset_s)),
        ),
    ];
    Message::new(number::ACTIVITY, fields)
}
