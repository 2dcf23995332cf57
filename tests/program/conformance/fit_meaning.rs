//! FIT: what the messages mean: sessions, laps, timer, values that are none, strap, distance.

use super::Case;
use super::broken;
use super::case;
use super::fit_messages::changed;
use super::fit_messages::set;
use super::run;
use crate::common::fit_encoder::EPOCH_UNIX_S;
use crate::common::fit_encoder::Encoder;
use crate::common::fit_encoder::Message;
use crate::common::fit_encoder::Value as V;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::fit_writer::number;
use crate::common::fixture_broken_fit::encode;
use crate::common::recording::Recording;

/// The message in which straps store heart rate.
const HR: u16 = 132;

pub(super) fn cases() -> Vec<Case> {
    let mut all = sessions();
    all.extend(laps());
    all.extend(timer());
    all.extend(values());
    all.extend(strap());
    all
}

fn is_total(message: &Message) -> bool {
    matches!(
        message.number,
        number::SESSION | number::LAP | number::ACTIVITY
    )
}

/// Returns messages as a file.
fn file<'a>(messages: impl IntoIterator<Item = &'a Message>) -> Vec<u8> {
    let mut encoder = Encoder::new(Wire::default());
    messages.into_iter().for_each(|one| encoder.message(one));
    encoder.finish()
}

/// Returns a session of so many seconds.
fn session(recording: &Recording, start_s: u32, length_s: u32, sport: u8) -> Message {
    let start = (recording.start_unix_s - EPOCH_UNIX_S) as u32 + start_s;
    let fields = vec![
        (253, V::U32(Some(start + length_s))),
        (2, V::U32(Some(start))),
        (5, V::Enum(Some(sport))),
        (7, V::U32(Some(length_s * 1000))),
        (8, V::U32(Some(length_s * 1000))),
    ];
    Message::new(number::SESSION, fields)
}

fn sessions() -> Vec<Case> {
    let run = run();
    let all = fit_writer::messages(&run);
    let (totals, rest): (Vec<&Message>, Vec<&Message>) = all.iter().partition(|one| is_total(one));
    let first = file(
        rest[..1]
            .iter()
            .copied()
            .chain(totals)
            .chain(rest[1..].iter().copied()),
    );
    // Swim, change, ride, change, run: as the sports of FIT are numbered.
    let legs = [
        (0, 60, 5),
        (60, 20, 3),
        (80, 140, 2),
        (220, 20, 3),
        (240, 120, 1),
    ];
    let legs = [3, 0, 4, 2, 1].map(|index| {
        let (start, length, sport) = legs[index];
        session(&run, start, length, sport)
    });
    let triathlon = file(rest.iter().copied().chain(&legs));
    let alike = [session(&run, 0, 360, 1), session(&run, 0, 360, 1)];
    let twice = file(rest.iter().copied().chain(&alike));
    let without_sport = file(rest.iter().copied().chain([&session(&run, 0, 360, 0)]));
    let later = file(rest.iter().copied().chain([&session(&run, 86_400, 360, 1)]));
    vec![
        case(
            "40",
            "totals before the records",
            ("first.fit", first),
            "ok 1/361",
            "",
        ),
        case(
            "41",
            "the five legs of a triathlon, out of order",
            ("legs.fit", triathlon),
            "ok 5/361",
            "",
        ),
        case(
            "41b",
            "two sessions of the same time",
            ("twice.fit", twice),
            "warned 1/361 W-fit-sessions",
            "",
        ),
        case(
            "42",
            "records without any totals",
            broken("no-session.fit"),
            "warned 1/361 W-fit-no-session W-sport-guess",
            "rebuilt from its records",
        ),
        case(
            "42b",
            "totals without a sport",
            ("sport.fit", without_sport),
            "warned 1/361 W-sport-guess",
            "",
        ),
        case(
            "42c",
            "a session of the day after its records",
            ("later.fit", later),
            "ok 1/361",
            "",
        ),
    ]
}

fn laps() -> Vec<Case> {
    let run = run();
    let start = (run.start_unix_s - EPOCH_UNIX_S) as u32;
    let lap = |from: u32, seconds: u32| {
        let fields = vec![
            (253, V::U32(Some(start + 360))),
            (2, V::U32(Some(start + from))),
            (7, V::U32(Some(seconds * 1000))),
            (24, V::Enum(Some(0))),
        ];
        Message::new(number::LAP, fields)
    };
    let with = |laps: &[Message]| {
        let all = fit_writer::messages(&run);
        let rest = all.iter().filter(|one| one.number != number::LAP);
        file(rest.chain(laps).collect::<Vec<_>>())
    };
    vec![
        case(
            "45a",
            "laps out of order",
            ("order.fit", with(&[lap(180, 180), lap(0, 180)])),
            "ok 1/361",
            "",
        ),
        case(
            "45b",
            "laps that overlap, one of them without length",
            ("over.fit", with(&[lap(0, 250), lap(180, 180), lap(360, 0)])),
            "warned 1/361 W-fit-laps W-fit-laps",
            "",
        ),
        case(
            "45c",
            "a lap of the day after",
            ("late.fit", with(&[lap(0, 360), lap(86_400, 60)])),
            "warned 1/361 W-fit-laps",
            "",
        ),
    ]
}

fn timer() -> Vec<Case> {
    let run = run();
    let start = (run.start_unix_s - EPOCH_UNIX_S) as u32;
    let event = |at: u32, kind: u8| {
        let fields = vec![
            (253, V::U32(Some(start + at))),
            (0, V::Enum(Some(0))),
            (1, V::Enum(Some(kind))),
        ];
        Message::new(number::EVENT, fields)
    };
    let with = |events: &[Message]| {
        let all = fit_writer::messages(&run);
        let rest = all.iter().filter(|one| one.number != number::EVENT);
        file(rest.chain(events).collect::<Vec<_>>())
    };
    // 0 starts the timer, 1 stops it, 4 stops all.
    vec![
        case(
            "44a",
            "no events of the timer",
            ("none.fit", with(&[])),
            "ok 1/361",
            "",
        ),
        case(
            "44b",
            "a timer that is stopped and never started",
            ("stop.fit", with(&[event(0, 0), event(300, 1)])),
            "ok 1/361",
            "",
        ),
        case(
            "44c",
            "a timer that is started twice and stopped twice",
            (
                "twice.fit",
                with(&[
                    event(0, 0),
                    event(5, 0),
                    event(100, 1),
                    event(110, 1),
                    event(120, 0),
                ]),
            ),
            "warned 1/361 W-watch-distance W-watch-time",
            "",
        ),
    ]
}

fn values() -> Vec<Case> {
    let beats = |value: u8| changed(&run(), |_, message| set(message, 3, V::U8(Some(value))));
    let place = |latitude: i32, longitude: i32| {
        changed(&run(), |index, message| {
            if index % 10 == 5 {
                set(message, 0, V::I32(Some(latitude)));
                set(message, 1, V::I32(Some(longitude)));
            }
        })
    };
    let degrees = |angle: f64| (angle * 2_147_483_648.0 / 180.0) as i32;
    let back = changed(&run(), |index, message| {
        if let Some((_, V::U32(Some(metres)))) = message.fields.iter_mut().find(|(n, _)| *n == 5) {
            *metres -= if index > 200 { 5_000 } else { 0 };
        }
    });
    let reset = changed(&run(), |index, message| {
        if index > 200
            && let Some((_, V::U32(Some(metres)))) =
                message.fields.iter_mut().find(|(n, _)| *n == 5)
        {
            *metres = (index as u32 - 201) * 300;
        }
    });
    let without = |fields: &[u8]| {
        changed(&run(), |_, message| {
            message
                .fields
                .retain(|(number, _)| !fields.contains(number))
        })
    };
    vec![
        case(
            "46a",
            "heart rate 0 throughout",
            ("zero.fit", beats(0)),
            "warned 1/361 W-fit-heart-rate",
            "",
        ),
        case(
            "46b",
            "heart rate 255 throughout, which means none",
            ("none.fit", beats(255)),
            "ok 1/361",
            "",
        ),
        case(
            "46c",
            "heart rate 250 throughout",
            ("high.fit", beats(250)),
            "warned 1/361 W-fit-heart-rate",
            "heart rates",
        ),
        case(
            "46d",
            "heart rate 0 and 255, positions 0° and 180°, a clock that steps back",
            broken("invalid-values.fit"),
            "warned 1/352 W-fit-merged W-fit-position W-fit-heart-rate",
            "",
        ),
        case(
            "47a",
            "positions of no meaning",
            ("none.fit", place(i32::MAX, i32::MAX)),
            "ok 1/361",
            "",
        ),
        case(
            "47b",
            "positions 0°, 0°",
            ("zero.fit", place(0, 0)),
            "warned 1/361 W-fit-position",
            "positions dropped",
        ),
        case(
            "47c",
            "positions 90°, -80°, which marks a lost signal",
            ("lost.fit", place(degrees(90.0), degrees(-80.0))),
            "warned 1/361 W-fit-position",
            "positions dropped",
        ),
        case(
            "48a",
            "distance that goes back by 50 m",
            ("back.fit", back),
            "warned 1/361 W-watch-distance",
            "",
        ),
        case(
            "48b",
            "distance that begins again",
            ("reset.fit", reset),
            "ok 1/361",
            "",
        ),
        case(
            "49a",
            "positions, but neither speed nor distance",
            ("gps.fit", without(&[5, 6])),
            "ok 1/361",
            "",
        ),
        case(
            "49b",
            "neither positions nor speed nor distance",
            ("heart.fit", without(&[0, 1, 2, 5, 6])),
            "ok 1/361",
            "",
        ),
        case(
            "49c",
            "no heart rate, no altitude, no cadence",
            ("plain.fit", without(&[2, 3, 4, 53])),
            "ok 1/361",
            "",
        ),
    ]
}

fn strap() -> Vec<Case> {
    let with_strap = |late_s: u32| {
        let run = run();
        let start = (run.start_unix_s - EPOCH_UNIX_S) as u32 + late_s;
        let mut encoder = Encoder::new(Wire::default());
        for mut message in fit_writer::messages(&run) {
            if message.number == number::RECORD {
                message.fields.retain(|(number, _)| *number != 3);
            }
            encoder.message(&message);
        }
        for second in (0..360).step_by(2) {
            let fields = vec![
                (253, V::U32(Some(start + second))),
                (6, V::U8(Some(140))),
                (9, V::U32(Some((1 + second) * 1024))),
            ];
            encoder.message(&Message::new(HR, fields));
        }
        encoder.finish()
    };
    let alone = encode(&run(), |_, message, _| message.number == number::FILE_ID);
    vec![
        case(
            "50a",
            "heart rate in the messages of a strap alone",
            ("strap.fit", with_strap(0)),
            "warned 1/361 W-fit-strap",
            "strap",
        ),
        case(
            "50b",
            "heart rate of a strap that fits no record",
            ("late.fit", with_strap(86_400)),
            "warned 1/361 W-fit-strap-unused",
            "strap",
        ),
        case(
            "50c",
            "an activity of which nothing was recorded",
            ("nothing.fit", alone),
            "skipped",
            "",
        ),
    ]
}
