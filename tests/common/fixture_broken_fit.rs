//! The FIT files under `fixtures/broken`.

use super::fit_encoder::Encoder;
use super::fit_encoder::Message;
use super::fit_encoder::Value as V;
use super::fit_encoder::Wire;
use super::fit_encoder::checksum;
use super::fit_encoder::header;
use super::fit_writer;
use super::fit_writer::number;
use super::fixture::Fixture;
use super::fixture_broken::file;
use super::fixture_broken::run;
use super::fixture_broken::sound;
use super::generator::Keep;
use super::generator::Power;
use super::recording::Recording;

/// Header and checksum around the messages.
const HEADER_BYTES: usize = 14;
const CHECKSUM_BYTES: usize = 2;
/// A data message of a local type that no file here defines, then anything.
const GARBAGE: [u8; 8] = [0x0e, 0xde, 0xad, 0xbe, 0xef, 0x0d, 0x01, 0x02];

/// Returns the damaged and the odd FIT files.
pub fn files() -> Vec<Fixture> {
    let mut out = cut_fit();
    out.extend(odd_fit());
    out.extend(other_fit());
    out
}

/// Encodes messages with a change in between: `change` sees each message before it is written.
pub fn encode(
    run: &Recording,
    mut change: impl FnMut(usize, &Message, &mut Encoder) -> bool,
) -> Vec<u8> {
    let mut encoder = Encoder::new(Wire::default());
    for (index, message) in fit_writer::messages(run).iter().enumerate() {
        if change(index, message, &mut encoder) {
            encoder.message(message);
        }
    }
    encoder.finish()
}

/// Files that end too early or say so wrongly.
fn cut_fit() -> Vec<Fixture> {
    let whole = sound();
    let mut lengths = vec![0];
    let recorded = run(Keep::All, Power::None);
    encode(&recorded, |_, _, encoder| {
        lengths.push(encoder.len());
        true
    });
    let at_message = HEADER_BYTES + lengths[lengths.len() / 2];
    let mut not_closed = header(&Wire::default(), 0);
    not_closed.extend(&whole[HEADER_BYTES..whole.len() - CHECKSUM_BYTES]);
    let mut wrong_sum = whole.clone();
    let last = wrong_sum.len() - 1;
    wrong_sum[last] ^= 0x5a;
    let mut wrong_header_sum = whole.clone();
    wrong_header_sum[HEADER_BYTES - 1] ^= 0x5a;
    let sum = checksum(&wrong_header_sum[..last - 1]);
    wrong_header_sum[last - 1..].copy_from_slice(&sum.to_le_bytes());
    let mut zeros = whole.clone();
    zeros.extend([0; 64]);
    vec![
        file(
            "truncated.fit",
            "cut within a message",
            whole[..at_message + 7].to_vec(),
        ),
        file(
            "truncated-between-messages.fit",
            "cut between two messages",
            whole[..at_message].to_vec(),
        ),
        file(
            "not-closed.fit",
            "never closed: the header says 0 bytes, no checksum",
            not_closed,
        ),
        file(
            "wrong-checksum.fit",
            "the checksum of the data is wrong",
            wrong_sum,
        ),
        file(
            "wrong-header-checksum.fit",
            "the checksum of the header is wrong",
            wrong_header_sum,
        ),
        file("trailing-zeros.fit", "64 zero bytes after the end", zeros),
        file("empty.fit", "no bytes at all", Vec::new()),
    ]
}

/// Files whose messages are odd; most are sound in the end.
fn odd_fit() -> Vec<Fixture> {
    let plain = run(Keep::All, Power::None);
    let desync = encode(&plain, |index, _, encoder| {
        if index == 220 {
            encoder.raw(&GARBAGE);
        }
        true
    });
    let implausible = encode(&plain, |index, message, encoder| {
        if index == 220 {
            encoder.message(&implausible(message));
            encoder.raw(&GARBAGE);
        }
        true
    });
    let wrong_size = encode(&plain, |_, message, encoder| {
        if message.number != number::EVENT {
            return true;
        }
        let mut odd = message.clone();
        odd.fields.insert(3, (3, V::Raw(0x86, vec![0])));
        encoder.message(&odd);
        false
    });
    let big_endian = Wire {
        big_endian: true,
        ..Wire::default()
    };
    let compressed = Wire {
        compressed_timestamps: true,
        header_checksum: false,
        ..Wire::default()
    };
    let chained = [sound(), fit_writer::write(&later(&plain), Wire::default())].concat();
    vec![
        file(
            "desync.fit",
            "in the middle a message of a type that was never defined",
            desync,
        ),
        file(
            "implausible-tail.fit",
            "a record from decades ahead, then a message that was never defined",
            implausible,
        ),
        file(
            "wrong-field-size.fit",
            "a field of one byte that is called a 32-bit number",
            wrong_size,
        ),
        file(
            "big-endian.fit",
            "numbers with the most significant byte first",
            fit_writer::write(&plain, big_endian),
        ),
        file(
            "compressed-timestamps.fit",
            "compressed timestamps; no checksum in the header",
            fit_writer::write(&plain, compressed),
        ),
        file("chained.fit", "two activities one after the other", chained),
        file(
            "late-description.fit",
            "a developer field is described after it is used",
            developer(false),
        ),
        file(
            "undescribed-field.fit",
            "a developer field is never described",
            developer(true),
        ),
        file(
            "no-session.fit",
            "records alone: no lap, session or activity",
            records_alone(&plain),
        ),
        file(
            "invalid-values.fit",
            "heart rate 0 and 255, positions 0° and 180°, a clock that steps back",
            invalid(&plain),
        ),
    ]
}

/// Returns a record as a decoder sees one that is misaligned: decades ahead, at 38.9 m/s.
pub fn implausible(record: &Message) -> Message {
    let mut odd = record.clone();
    for (field, value) in &mut odd.fields {
        match (*field, value) {
            (253, V::U32(Some(time))) => *time += 2_000_000_000,
            (6, V::U16(speed)) => *speed = Some(38_900),
            _ => {}
        }
    }
    odd
}

pub fn later(run: &Recording) -> Recording {
    let mut later = run.clone();
    later.start_unix_s += 4 * 3600;
    later
}

fn developer(never: bool) -> Vec<u8> {
    let run = run(Keep::All, Power::Developer);
    let described = |message: &Message| {
        matches!(
            message.number,
            number::DEVELOPER_DATA_ID | number::FIELD_DESCRIPTION
        )
    };
    let mut late: Vec<Message> = Vec::new();
    encode(&run, |index, message, encoder| {
        if described(message) {
            late.push(message.clone());
            return false;
        }
        if index == 200 && !never {
            late.iter().for_each(|message| encoder.message(message));
        }
        true
    })
}

fn records_alone(run: &Recording) -> Vec<u8> {
    encode(run, |_, message, _| {
        matches!(message.number, number::FILE_ID | number::RECORD)
    })
}

/// Puts values that mean nothing into some records, under the same definition.
fn invalid(run: &Recording) -> Vec<u8> {
    encode(run, |index, message, encoder| {
        if message.number != number::RECORD || index % 10 != 0 {
            return true;
        }
        let mut odd = message.clone();
        for (field, value) in &mut odd.fields {
            *value = match (*field, index / 10 % 4) {
                (0 | 1, 0) => V::I32(Some(0)),
                (1, 1) => V::I32(Some(i32::MIN)),
                (3, 2) => V::U8(Some(0)),
                (3, 3) => V::U8(None),
                (253, 1) => match value {
                    V::U32(Some(time)) => V::U32(Some(*time - 1)),
                    _ => continue,
                },
                _ => continue,
            };
        }
        encoder.message(&odd);
        false
    })
}

/// Sound FIT files that are not activities.
fn other_fit() -> Vec<Fixture> {
    let recorded = run(Keep::Every(5), Power::None);
    let of_type = |file_type: u8, more: &[Message]| {
        let mut encoder = Encoder::new(Wire::default());
        encoder.message(&fit_writer::file_id(&recorded, file_type));
        more.iter().for_each(|message| encoder.message(message));
        encoder.finish()
    };
    const COURSE: u16 = 31;
    const USER_PROFILE: u16 = 3;
    let course = [
        Message::new(
            COURSE,
            vec![
                (4, V::Enum(Some(1))),
                (5, V::Text("made-up way".into(), 16)),
            ],
        ),
        Message::new(
            number::RECORD,
            vec![(0, V::I32(Some(1000))), (1, V::I32(Some(-357_913_941)))],
        ),
        Message::new(
            number::RECORD,
            vec![(0, V::I32(Some(9000))), (1, V::I32(Some(-357_913_941)))],
        ),
    ];
    let profile = [Message::new(
        USER_PROFILE,
        vec![(1, V::Enum(Some(0))), (8, V::U8(Some(48)))],
    )];
    let mut bad_size = of_type(2, &profile);
    bad_size[0] = 255;
    let sum = checksum(&bad_size[..12]);
    bad_size[12..14].copy_from_slice(&sum.to_le_bytes());
    vec![
        file(
            "course.fit",
            "a course, not an activity",
            of_type(6, &course),
        ),
        file(
            "settings.fit",
            "a watch's settings, not an activity",
            of_type(2, &profile),
        ),
        file(
            "header-size.fit",
            "a header that claims 255 bytes",
            bad_size,
        ),
    ]
}
