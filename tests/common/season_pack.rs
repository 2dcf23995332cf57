//! `fixtures/season.pack`: the season as the program carries it for `hardeasy demo`.
//!
//! One gzip stream: a line for each export (its path, its length, the length of its records), an empty
//! line, then the exports one after another. Records of a FIT file are alike in length and differ little
//! from one to the next, so each byte is stored as the difference to the one a record before, and the
//! bytes at one place of all records together: half of what the files alone would take packed.

use std::io::Read;

use flate2::read::GzDecoder;

use super::fixture::Fixture;
use super::packing::gzip;

/// The longest record that is looked for; the generator writes none that are longer.
const LONGEST_RECORD: usize = 40;
/// So much of a file shows the length of its records, in bytes.
const SHOWN: usize = 6_000;

/// Packs the exports of the season; those that were packed already are unpacked first.
pub fn pack(exports: &[Fixture]) -> Fixture {
    let (mut list, mut all) = (String::new(), Vec::new());
    for export in exports {
        let bytes = plain(export);
        let shown = &bytes[..bytes.len().min(SHOWN)];
        let stride = (1..=LONGEST_RECORD).min_by_key(|stride| gzip(&columns(shown, *stride)).len());
        let stride = stride.unwrap();
        let path = export.path.trim_start_matches("season/");
        let path = path.trim_end_matches(".gz");
        list += &format!("{path} {} {stride}\n", bytes.len());
        all.extend(columns(&bytes, stride));
    }
    let packed = [list.as_bytes(), b"\n", &all].concat();
    Fixture {
        path: "season.pack".into(),
        bytes: gzip(&packed),
        made_by: "generator",
        shows: "the exports of the season, as the program carries them for `hardeasy demo`".into(),
    }
}

/// Returns the content of an export.
pub fn plain(export: &Fixture) -> Vec<u8> {
    if !export.path.ends_with(".gz") {
        return export.bytes.clone();
    }
    let mut bytes = Vec::new();
    let mut packed = GzDecoder::new(export.bytes.as_slice());
    packed.read_to_end(&mut bytes).unwrap();
    bytes
}

fn columns(bytes: &[u8], stride: usize) -> Vec<u8> {
    let column = |first: usize| {
        let own = bytes.iter().skip(first).step_by(stride);
        own.scan(0, |before, byte| {
            let difference = byte.wrapping_sub(*before);
            *before = *byte;
            Some(difference)
        })
    };
    (0..stride).flat_map(column).collect()
}
