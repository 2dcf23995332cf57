//! FIT: definitions, types and sizes of fields, fields of developers, timestamps, files that are no activities.

use super::Case;
use super::broken;
use super::case;
use super::run;
use crate::common::fit_encoder::Encoder;
use crate::common::fit_encoder::Message;
use crate::common::fit_encoder::Value as V;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::fit_writer::number;
use crate::common::fixture_broken;
use crate::common::fixture_broken_fit::encode;
use crate::common::generator::Keep;
use crate::common::generator::Power;
use crate::common::recording::Recording;

pub(super) fn cases() -> Vec<Case> {
    let mut all = developers();
    all.extend(fields());
    all.extend(stamps());
    all.extend(other_files());
    all
}

/// Returns a run as FIT in which records were changed.
pub(super) fn changed(run: &Recording, change: impl Fn(usize, &mut Message)) -> Vec<u8> {
    let mut index = 0;
    encode(run, |_, message, encoder| {
        if message.number != number::RECORD {
            return true;
        }
        let mut other = message.clone();
        change(index, &mut other);
        index += 1;
        encoder.message(&other);
        false
    })
}

/// Puts a value in place of that of a field.
pub(super) fn set(message: &mut Message, field: u8, value: V) {
    message.fields.retain(|(number, _)| *number != field);
    message.fields.push((field, value));
}

/// Returns a run whose records have a developer field of a size that its description does not say.
fn developer_of(size: usize) -> Vec<u8> {
    let run = fixture_broken::run(Keep::All, Power::Developer);
    changed(&run, |_, message| {
        let mut bytes = vec![0; size];
        bytes[0] = 200;
        message.developer = vec![(0, V::Raw(0x84, bytes), 0)];
    })
}

fn developers() -> Vec<Case> {
    let run = fixture_broken::run(Keep::All, Power::Developer);
    let sound = fit_writer::write(&run, Wire::default());
    let same_number = changed(&run, |_, message| message.developer[0].0 = 3);
    vec![
        case(
            "22a",
            "a field of an app",
            ("app.fit", sound),
            "ok 1/361",
            "",
        ),
        case(
            "22b",
            "a field of an app that is never described",
            broken("undescribed-field.fit"),
            "ok 1/361",
            "",
        ),
        case(
            "22c",
            "a field of an app with the number of heart rate",
            ("number.fit", same_number),
            "ok 1/361",
            "",
        ),
        case(
            "23",
            "a field of an app that is described after it is used",
            broken("late-description.fit"),
            "ok 1/361",
            "",
        ),
        case(
            "24a",
            "a field of an app of one byte that is described as of two",
            ("narrow.fit", developer_of(1)),
            "ok 1/361",
            "",
        ),
        case(
            "24b",
            "the same of 255 bytes",
            ("wide.fit", developer_of(255)),
            "ok 1/361",
            "",
        ),
    ]
}

fn fields() -> Vec<Case> {
    let unknown = changed(&run(), |index, message| {
        message.fields.push((200, V::Raw(0x55, vec![1, 2, 3])));
        message
            .fields
            .push((201, V::Raw(0x84, vec![1, 0, 2, 0, 3, 0])));
        message.fields.push((3, V::U8(Some(99))));
        message.number = if index == 30 { 65_000 } else { number::RECORD };
    });
    let types = changed(&run(), |_, message| {
        set(message, 3, V::Raw(0x84, vec![150, 0]));
        set(message, 5, V::Raw(0x84, vec![0xff, 0xff]));
        set(message, 2, V::Raw(0x88, 123.5_f32.to_le_bytes().to_vec()));
    });
    let big_endian = Wire {
        big_endian: true,
        ..Wire::default()
    };
    // Twelve bits of speed in hundredths of a metre a second, twelve of distance in sixteenths of a metre.
    let packed = changed(&run(), |index, message| {
        let distance = (index as u32 * 48) & 0xfff;
        let both = 300 | (distance << 12);
        message
            .fields
            .retain(|(number, _)| !matches!(number, 5 | 6));
        let bytes = both.to_le_bytes()[..3].to_vec();
        message.fields.push((8, V::Raw(0x0d, bytes)));
    });
    let name = encode(&run(), |_, message, encoder| {
        if message.number != number::FILE_ID {
            return true;
        }
        let mut other = message.clone();
        other
            .fields
            .push((8, V::Raw(7, b"K\xfcste\xff\x1b[2J\0".to_vec())));
        encoder.message(&other);
        false
    });
    vec![
        case(
            "25",
            "a field of one byte that is called a number of four",
            broken("wrong-field-size.fit"),
            "ok 1/361",
            "",
        ),
        case(
            "29",
            "unknown messages and types, lists, a field twice",
            ("unknown.fit", unknown),
            "ok 1/360",
            "",
        ),
        case(
            "30",
            "the most significant byte first",
            ("big.fit", fit_writer::write(&run(), big_endian)),
            "ok 1/361",
            "",
        ),
        case(
            "32",
            "heart rate as a number of two bytes, altitude with a decimal point",
            ("types.fit", types),
            "ok 1/361",
            "",
        ),
        case(
            "35",
            "speed and distance packed into three bytes",
            ("packed.fit", packed),
            "warned 1/361 W-watch-distance",
            "",
        ),
        case(
            "36",
            "a name that is no UTF-8, with commands for a terminal",
            ("name.fit", name),
            "ok 1/361",
            "",
        ),
    ]
}

fn stamps() -> Vec<Case> {
    let odd = changed(&run(), |index, message| {
        let value = match index {
            10 => V::Raw(0x8f, vec![0xee; 8]),
            20 => V::Raw(7, b"now\0".to_vec()),
            30 => V::Raw(0x85, vec![0xff, 0xff, 0xff, 0xff]),
            _ => return,
        };
        set(message, 253, value);
    });
    let compressed = |run: &Recording| {
        let wire = Wire {
            compressed_timestamps: true,
            ..Wire::default()
        };
        fit_writer::write(run, wire)
    };
    let mut boot = run();
    // Five seconds after the clock of FIT begins.
    boot.start_unix_s = 631_065_605;
    let back = changed(&run(), |index, message| {
        if let Some((_, V::U32(Some(time)))) = message.fields.iter_mut().find(|(n, _)| *n == 253) {
            *time -= u32::from(index % 10 == 5) * 6;
        }
    });
    let stale = changed(&run(), |index, message| {
        if let Some((_, V::U32(Some(time)))) = message.fields.iter_mut().find(|(n, _)| *n == 253) {
            *time -= u32::from(index < 11) * 6 * 86_400;
        }
    });
    vec![
        case(
            "33",
            "times of other types",
            ("times.fit", odd),
            "warned 1/358 W-fit-no-time",
            "",
        ),
        case(
            "34a",
            "compressed timestamps",
            ("short.fit", compressed(&run())),
            "ok 1/361",
            "",
        ),
        case(
            "34b",
            "compressed timestamps that roll over at every record",
            (
                "roll.fit",
                compressed(&fixture_broken::run(Keep::Every(31), Power::None)),
            ),
            "ok 1/13",
            "",
        ),
        case(
            "37",
            "a clock that was never set",
            ("boot.fit", fit_writer::write(&boot, Wire::default())),
            "warned 1/361 W-fit-no-date",
            "date is unknown",
        ),
        case(
            "38",
            "a clock that goes back a second now and then",
            ("back.fit", back),
            "warned 1/326 W-fit-time-back W-fit-merged W-watch-distance",
            "",
        ),
        case(
            "39",
            "the first records of six days before",
            ("stale.fit", stale),
            "warned 1/361 W-fit-clock",
            "",
        ),
    ]
}

fn other_files() -> Vec<Case> {
    let of_type = |file_type: u8| {
        let mut encoder = Encoder::new(Wire::default());
        encoder.message(&fit_writer::file_id(&run(), file_type));
        encoder.message(&Message::new(2, vec![(0, V::U8(Some(0)))]));
        encoder.finish()
    };
    vec![
        case(
            "43a",
            "the settings of a device",
            broken("settings.fit"),
            "skipped",
            "device settings",
        ),
        case(
            "43b",
            "a course without times",
            broken("course.fit"),
            "skipped",
            "course",
        ),
        case(
            "43c",
            "a workout to be run",
            ("workout.fit", of_type(5)),
            "skipped",
            "workout",
        ),
        case(
            "43d",
            "a day of monitoring",
            ("monitoring.fit", of_type(32)),
            "skipped",
            "monitoring",
        ),
        case(
            "43e",
            "a type of file that is not documented",
            ("other.fit", of_type(68)),
            "skipped",
            "",
        ),
    ]
}
