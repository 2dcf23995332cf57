//! FIT: headers, checksums, files that are cut off or never closed, chains, messages out of step.

use super::Case;
use super::broken;
use super::case;
use super::run;
use crate::common::fit_encoder::Encoder;
use crate::common::fit_encoder::Message;
use crate::common::fit_encoder::Value as V;
use crate::common::fit_encoder::Wire;
use crate::common::fit_encoder::checksum;
use crate::common::fit_writer;
use crate::common::fit_writer::number;
use crate::common::fixture_broken_fit::encode;
use crate::common::fixture_broken_fit::later;

pub(super) fn cases() -> Vec<Case> {
    let mut all = headers();
    all.extend(checksums());
    all.extend(ends());
    all.extend(chains());
    all
}

fn sound() -> Vec<u8> {
    fit_writer::write(&run(), Wire::default())
}

fn with_header(header_size: u8, header_checksum: bool) -> Vec<u8> {
    let wire = Wire {
        header_size,
        header_checksum,
        ..Wire::default()
    };
    fit_writer::write(&run(), wire)
}

/// Returns the file with other bytes at a place counted from its end.
fn with_end(bytes: &[u8]) -> Vec<u8> {
    let mut file = sound();
    let at = file.len() - bytes.len();
    file[at..].copy_from_slice(bytes);
    file
}

fn headers() -> Vec<Case> {
    vec![
        case(
            "01",
            "nothing: a sound FIT file",
            ("run.fit", sound()),
            "ok 1/361",
            "",
        ),
        case(
            "02",
            "no bytes at all",
            broken("empty.fit"),
            "failed",
            "empty file",
        ),
        case(
            "03a",
            "the first byte of a FIT file alone",
            ("one.fit", vec![14]),
            "failed",
            "",
        ),
        case(
            "03b",
            "a zero byte alone",
            ("zero.fit", vec![0]),
            "failed",
            "",
        ),
        case(
            "04",
            "a header of 255 bytes",
            broken("header-size.fit"),
            "failed",
            "255 bytes",
        ),
        case(
            "05a",
            "a header of 13 bytes",
            ("h13.fit", with_header(13, false)),
            "warned 1/361 W-fit-header-size",
            "",
        ),
        case(
            "05b",
            "a header of 20 bytes",
            ("h20.fit", with_header(20, true)),
            "warned 1/361 W-fit-header-size",
            "",
        ),
        case(
            "05c",
            "a header of 12 bytes, as of old",
            ("h12.fit", with_header(12, false)),
            "ok 1/361",
            "",
        ),
        case(
            "06",
            "no checksum of the header",
            ("zero.fit", with_header(14, false)),
            "ok 1/361",
            "",
        ),
    ]
}

fn checksums() -> Vec<Case> {
    let whole = sound();
    vec![
        case(
            "07",
            "a wrong checksum of the header",
            broken("wrong-header-checksum.fit"),
            "warned 1/361 W-fit-header-crc",
            "header checksum",
        ),
        case(
            "08",
            "a wrong checksum of the data",
            broken("wrong-checksum.fit"),
            "warned 1/361 W-fit-crc",
            "data may be damaged",
        ),
        case(
            "09",
            "a checksum of the data that was not written",
            ("zero.fit", with_end(&[0, 0])),
            "warned 1/361 W-fit-crc-zero",
            "checksum was not written",
        ),
        case(
            "10",
            "no checksum of the data",
            ("cut.fit", &whole[..whole.len() - 2]),
            "warned 1/361 W-fit-crc-missing",
            "",
        ),
    ]
}

fn ends() -> Vec<Case> {
    let whole = sound();
    let size = |size: u32| {
        let mut file = whole.clone();
        file[4..8].copy_from_slice(&size.to_le_bytes());
        let sum = checksum(&file[..12]);
        file[12..14].copy_from_slice(&sum.to_le_bytes());
        file
    };
    let followed_by = |bytes: &[u8]| [&whole[..], bytes].concat();
    vec![
        case(
            "11a",
            "cut within a message",
            broken("truncated.fit"),
            "partial 1/180 W-fit-truncated W-fit-no-session W-sport-guess",
            "bytes, 180 records kept",
        ),
        case(
            "11b",
            "cut within the header",
            ("head.fit", &whole[..9]),
            "failed",
            "",
        ),
        case(
            "11c",
            "cut behind the header",
            ("header.fit", &whole[..14]),
            "failed",
            "",
        ),
        case(
            "12",
            "cut between two messages",
            broken("truncated-between-messages.fit"),
            "partial 1/180 W-fit-truncated W-fit-no-session W-sport-guess",
            "180 records kept",
        ),
        case(
            "13",
            "never closed: the header says 0 bytes",
            broken("not-closed.fit"),
            "partial 1/361 W-fit-not-closed",
            "was not closed; 361 records",
        ),
        case(
            "14",
            "never closed: the header says 4 GB",
            ("size.fit", size(u32::MAX)),
            "partial 1/361 W-fit-truncated",
            "",
        ),
        case(
            "15",
            "64 zero bytes behind the end",
            broken("trailing-zeros.fit"),
            "warned 1/361 W-fit-padding",
            "padding",
        ),
        case(
            "16",
            "noise behind the end",
            ("noise.fit", followed_by(b"\x01\x02noise")),
            "warned 1/361 W-fit-trailing",
            "7 bytes ignored",
        ),
    ]
}

fn chains() -> Vec<Case> {
    let whole = sound();
    let second = fit_writer::write(&later(&run()), Wire::default());
    let cut = [&whole[..whole.len() / 2], &second].concat();
    let empty = Encoder::new(Wire::default()).finish();
    let mut defined = Encoder::new(Wire::default());
    for message in fit_writer::messages(&run()) {
        defined.message(&message);
    }
    // The last message is a definition.
    defined.raw(&[0x4e, 0, 0, 20, 0, 1, 253, 4, 0x86]);
    let zeros = [&whole[..], &[0; 40], &second].concat();
    let rest = encode(&run(), |index, _, encoder| {
        if index == 40 {
            encoder.raw(&[0x4f, 0, 7, 20, 0, 1, 253, 4, 0x86]);
        }
        true
    });
    vec![
        case(
            "17a",
            "two activities one after the other",
            broken("chained.fit"),
            "ok 2/722",
            "",
        ),
        case(
            "17b",
            "two activities with zeros between them",
            ("gap.fit", zeros),
            "warned 2/722 W-fit-padding",
            "",
        ),
        case(
            "18",
            "a cut file, then a sound one",
            ("chain.fit", cut),
            "partial 2/543 W-fit-truncated W-fit-no-session W-sport-guess",
            "",
        ),
        case(
            "19a",
            "an empty file, then a sound one",
            ("empty.fit", [empty, whole.clone()].concat()),
            "ok 1/361",
            "",
        ),
        case(
            "19b",
            "a definition as the last message",
            ("last.fit", defined.finish()),
            "ok 1/361",
            "",
        ),
        case(
            "20",
            "a message of a type that was never defined",
            broken("desync.fit"),
            "partial 1/217 W-fit-desync W-fit-no-session W-sport-guess",
            "never defined",
        ),
        case(
            "20b",
            "the same, then a sound file",
            ("after.fit", [broken("desync.fit").1, second].concat()),
            "partial 2/578 W-fit-desync W-fit-no-session W-sport-guess",
            "",
        ),
        case(
            "21",
            "noise that reads as a record, then nothing that makes sense",
            broken("implausible-tail.fit"),
            "partial 1/217 W-fit-desync W-fit-implausible W-fit-no-session W-sport-guess",
            "1 implausible",
        ),
        case(
            "31",
            "a byte order that is none",
            ("order.fit", rest),
            "partial 1/37 W-fit-desync W-fit-no-session W-sport-guess",
            "",
        ),
        case(
            "26",
            "a hundred thousand messages of 255 fields without any bytes",
            ("fields.fit", fields_without_bytes()),
            "skipped",
            "",
        ),
        case(
            "27",
            "a megabyte of records without a value",
            ("values.fit", records_without_values()),
            "skipped",
            "",
        ),
        case(
            "28",
            "a megabyte of definitions",
            ("definitions.fit", definitions()),
            "skipped",
            "",
        ),
    ]
}

fn begun() -> Encoder {
    let mut encoder = Encoder::new(Wire::default());
    encoder.message(&Message::new(number::FILE_ID, vec![(0, V::Enum(Some(4)))]));
    encoder
}

fn fields_without_bytes() -> Vec<u8> {
    let mut encoder = begun();
    encoder.raw(&[0x40, 0, 0, 20, 0, 255]);
    (0..255).for_each(|field| encoder.raw(&[field, 0, 2]));
    encoder.raw(&vec![0; 100_000]);
    encoder.finish()
}

fn records_without_values() -> Vec<u8> {
    let mut encoder = begun();
    let empty = Message::new(number::RECORD, vec![(253, V::U32(None)), (3, V::U8(None))]);
    (0..170_000).for_each(|_| encoder.message(&empty));
    encoder.finish()
}

fn definitions() -> Vec<u8> {
    let mut encoder = begun();
    (0..110_000).for_each(|_| encoder.raw(&[0x40, 0, 0, 20, 0, 1, 253, 4, 0x86]));
    encoder.finish()
}
