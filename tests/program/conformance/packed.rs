//! gzip and zip: members, checksums, bombs, names, damage; what systems leave; the same run twice.

use std::io::Cursor;
use std::io::Write;

use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Case;
use super::broken;
use super::case;
use super::run;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::gpx_writer;
use crate::common::gpx_writer::Dialect;
use crate::common::packing::gzip;
use crate::common::packing::zip;
use crate::common::recording::Recording;
use crate::common::tcx_writer;

/// Zeros of which a packed byte holds a thousand: more than any export.
const BOMB_BYTES: usize = 24 << 20;

pub(super) fn cases() -> Vec<Case> {
    let mut all = layers();
    all.extend(bombs());
    all.extend(entries());
    all.extend(systems());
    all.extend(twice());
    all
}

fn fit(run: &Recording) -> Vec<u8> {
    fit_writer::write(run, Wire::default())
}

fn sound() -> Vec<u8> {
    fit(&run())
}

/// Returns the place of a mark.
fn place(bytes: &[u8], mark: &[u8]) -> usize {
    let mut windows = bytes.windows(mark.len());
    windows.position(|window| window == mark).expect("a mark")
}

fn layers() -> Vec<Case> {
    let whole = sound();
    let packed = gzip(&whole);
    let (first, second) = whole.split_at(whole.len() / 3);
    let members = [gzip(first), gzip(second)].concat();
    let mut wrong = packed.clone();
    let sum = wrong.len() - 8;
    wrong[sum] ^= 1;
    let layered = |count: usize| (0..count).fold(whole.clone(), |bytes, _| gzip(&bytes));
    vec![
        case(
            "64a",
            "a gzip file of two members",
            ("run.fit.gz", members),
            "ok 1/361",
            "",
        ),
        case(
            "64b",
            "a gzip file that is cut off",
            broken("truncated.fit.gz"),
            "partial 1/188 W-gz-truncated W-fit-truncated W-fit-no-session W-sport-guess",
            "cut off",
        ),
        case(
            "64c",
            "a wrong checksum of a gzip file",
            ("run.fit.gz", wrong),
            "warned 1/361 W-gz-crc",
            "",
        ),
        case(
            "64d",
            "noise behind a gzip file",
            ("run.fit.gz", [&packed[..], b"noise"].concat()),
            "warned 1/361 W-gz-trailing",
            "",
        ),
        case(
            "64e",
            "gzip in gzip",
            ("run.fit.gz", layered(2)),
            "ok 1/361",
            "",
        ),
        case(
            "64f",
            "gzip five times over",
            ("run.fit.gz", layered(5)),
            "failed",
            "layers of gzip",
        ),
        case(
            "64g",
            "a file under the name of a packed one",
            ("run.fit.gz", whole.clone()),
            "ok 1/361",
            "",
        ),
        case(
            "64h",
            "a packed file under the name of a plain one",
            ("run.fit", packed),
            "ok 1/361",
            "",
        ),
    ]
}

fn bombs() -> Vec<Case> {
    let zeros = gzip(&vec![0; BOMB_BYTES]);
    let archive = zip(&[("a.fit", &vec![0; BOMB_BYTES]), ("run.fit", &sound())]);
    let nested = (0..5).fold(sound(), |bytes, _| zip(&[("inner.zip", &bytes)]));
    let mut members = zip(&[("a.fit", &sound())]);
    // The directory has the unpacked size 24 bytes from its mark.
    let directory = place(&members, b"PK\x01\x02");
    members[directory + 24..directory + 28].copy_from_slice(&10_u32.to_le_bytes());
    vec![
        case(
            "65a",
            "a gzip file of a thousand times its size",
            ("bomb.fit.gz", zeros),
            "failed",
            "at most",
        ),
        case(
            "65b",
            "an archive with such an entry beside a run",
            ("bomb.zip", archive),
            "failed + ok 1/361",
            "at most",
        ),
        case(
            "65c",
            "archives five deep",
            ("deep.zip", nested),
            "failed",
            "at most",
        ),
        case(
            "65d",
            "an entry that is larger than the archive says",
            ("size.zip", members),
            "failed",
            "",
        ),
        case(
            "65e",
            "two entries of the same bytes",
            ("over.zip", overlapping()),
            "failed + failed",
            "",
        ),
    ]
}

/// Returns an archive whose second entry is said to begin where the first does.
fn overlapping() -> Vec<u8> {
    let mut archive = zip(&[("a.fit", &sound()), ("b.fit", &sound())]);
    let first = place(&archive, b"PK\x01\x02");
    let second = first + 4 + place(&archive[first + 4..], b"PK\x01\x02");
    archive[second + 42..second + 46].copy_from_slice(&0_u32.to_le_bytes());
    archive
}

fn entries() -> Vec<Case> {
    let run = sound();
    let slip = zip(&[
        ("../../up.fit", &run),
        ("/etc/run.fit", b"x"),
        ("C:\\CON", b"x"),
    ]);
    let mut other = super::run();
    other.start_unix_s += 86_400;
    let same_name = {
        // The writer refuses a name twice; names of the same length are exchanged behind its back.
        let mut bytes = zip(&[("a.fit", &run), ("b.fit", &fit(&other))]);
        while let Some(at) = bytes.windows(5).position(|window| window == b"b.fit") {
            bytes[at] = b'a';
        }
        bytes
    };
    let flagged = |at_entry: usize, at_directory: usize, value: u8| {
        let mut bytes = zip(&[("a.fit", b"x"), ("b.fit", &run)]);
        let entry = place(&bytes, b"PK\x03\x04");
        let directory = place(&bytes, b"PK\x01\x02");
        bytes[entry + at_entry] = value;
        bytes[directory + at_directory] = value;
        bytes
    };
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer
        .start_file("r\u{fc}n/run.fit", stored)
        .expect("started");
    writer.write_all(&run).expect("written");
    writer
        .add_symlink("link.fit", "/etc/hostname", stored)
        .expect("added");
    let stored = writer.finish().expect("finished").into_inner();
    let whole = zip(&[("a/run.fit", &run)]);
    let directory = place(&whole, b"PK\x01\x02");
    vec![
        case(
            "66a",
            "names that lead out of the folder",
            ("slip.zip", slip),
            "ok 1/361 + failed + skipped",
            "",
        ),
        case(
            "66b",
            "two entries of one name",
            ("same.zip", same_name),
            "ok 1/361 + ok 1/361",
            "",
        ),
        case(
            "66c",
            "an entry that is encrypted",
            ("secret.zip", flagged(6, 8, 1)),
            "failed + ok 1/361",
            "encrypted",
        ),
        case(
            "66d",
            "an entry packed by a method that nobody knows",
            ("method.zip", flagged(8, 10, 97)),
            "failed + ok 1/361",
            "",
        ),
        case(
            "66e",
            "an entry that is stored as it is, and a symbolic link",
            ("stored.zip", stored),
            "skipped + ok 1/361",
            "",
        ),
        case(
            "66f",
            "an archive that lacks its directory",
            ("cut.zip", &whole[..directory]),
            "failed + ok 1/361",
            "",
        ),
        case(
            "66g",
            "an archive that is cut off within its directory",
            broken("truncated.zip"),
            "failed + skipped + ok 1/361",
            "",
        ),
        case(
            "66h",
            "an archive that is cut off within an entry",
            ("half.zip", &whole[..directory / 2]),
            "failed + partial 1/187 W-zip-truncated W-fit-truncated W-fit-no-session W-sport-guess",
            "",
        ),
        case(
            "66i",
            "an archive of nothing",
            ("empty.zip", zip(&[])),
            "skipped",
            "",
        ),
        case(
            "66j",
            "a packed file in an archive in an archive",
            (
                "nested.zip",
                zip(&[("in.zip", &zip(&[("run.fit.gz", &gzip(&run))]))]),
            ),
            "ok 1/361",
            "",
        ),
    ]
}

fn systems() -> Vec<Case> {
    vec![
        case(
            "67a",
            "what macOS leaves beside files",
            ("._run.gpx", &[0, 5, 22, 7, 0, 2, 0, 0]),
            "skipped",
            "AppleDouble",
        ),
        case(
            "67b",
            "the same within an archive",
            broken("with-junk.zip"),
            "skipped + ok 1/361",
            "",
        ),
        case(
            "67c",
            "the folder view of macOS",
            (".DS_Store", b"\0\0\0\x01Bud1\0"),
            "skipped",
            "",
        ),
        case(
            "67d",
            "thumbnails of Windows",
            ("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
            "skipped",
            "",
        ),
    ]
}

fn twice() -> Vec<Case> {
    let run = run();
    let mut later = run.clone();
    later.start_unix_s += 480;
    let files = |files: &[(&str, Vec<u8>)]| {
        let files = files.iter();
        files
            .map(|(name, bytes)| ((*name).to_owned(), bytes.clone()))
            .collect()
    };
    let of = |id: &str, shows: &str, all: &[(&str, Vec<u8>)], becomes, says| Case {
        files: files(all),
        ..case(id, shows, ("", ""), becomes, says)
    };
    let gpx = gpx_writer::write(&run, Dialect::Gpxtpx, "Run").into_bytes();
    let formats = [
        ("a.fit", fit(&run)),
        ("b.gpx", gpx),
        ("c.tcx", tcx_writer::write(&run, "").into_bytes()),
        ("d.fit.gz", gzip(&fit(&run))),
    ];
    let apart = [("a.fit", fit(&run)), ("b.fit", fit(&later))];
    vec![
        of(
            "69a",
            "one run as FIT, GPX, TCX and packed",
            &formats,
            "ok 1/361 + skipped + skipped + skipped",
            "counted once",
        ),
        of(
            "69b",
            "two runs that start eight minutes apart",
            &apart,
            "ok 1/361 + ok 1/361",
            "",
        ),
    ]
}
