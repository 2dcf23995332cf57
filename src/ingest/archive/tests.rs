//! Tests of unpacking; the archives are made by the libraries, then damaged.

#![expect(clippy::unwrap_used, reason = "a test may stop at a surprise")]

use std::io::Cursor;
use std::io::Write;

use ::zip::CompressionMethod;
use ::zip::ZipWriter;
use ::zip::write::SimpleFileOptions;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::ingest::Error;

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Returns a zip as a program writes it that cannot go back: sizes follow the data.
fn streamed_zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new_stream(Vec::new());
    for (name, bytes) in entries {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn members(bytes: &[u8]) -> Vec<Member> {
    let mut members = Vec::new();
    unpack(bytes.to_vec(), &mut |member| members.push(member));
    members
}

/// Returns each member on a line: path, content or error, warnings.
fn told(bytes: &[u8]) -> Vec<String> {
    let tell = |member: Member| {
        let bytes = match member.bytes {
            Ok(bytes) => String::from_utf8_lossy(&bytes[..bytes.len().min(20)]).into_owned(),
            Err(error) => error.to_string(),
        };
        let codes: Vec<String> = member.warnings.into_iter().map(|w| w.code).collect();
        format!(
            "{}|{bytes}|{}",
            member.path.unwrap_or_default(),
            codes.join(",")
        )
    };
    members(bytes).into_iter().map(tell).collect()
}

/// Returns a zip that packs nothing, as is fast for what does not compress.
fn stored_zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Returns bytes that do not compress.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn gzip_is_unpacked_whatever_its_members_and_layers() {
    assert_eq!(told(b"plain"), ["|plain|"]);
    assert_eq!(told(&gz(b"one")), ["|one|"]);
    assert_eq!(told(&[gz(b"one"), gz(b"two")].concat()), ["|onetwo|"]);
    assert_eq!(told(&gz(&gz(&gz(b"one")))), ["|one|"]);
    assert_eq!(
        told(&gz(&gz(&gz(&gz(b"one"))))),
        [
            "|file: expected at most 3 layers of gzip, found more; unpack the archive yourself if you trust it|"
        ]
    );
    assert_eq!(told(&gz(b"")), ["||"]);
}

#[test]
fn faulty_gzip_keeps_what_it_gives() {
    let whole = gz(&noise(5_000));
    let cut = members(&whole[..2_500]).remove(0);
    let kept = cut.bytes.unwrap();
    assert_eq!(kept, noise(5_000)[..kept.len()]);
    assert!(kept.len() > 1_000);
    assert_eq!(cut.warnings[0].code, "W-gz-truncated");
    assert!(cut.warnings[0].loses_data());
    let mut wrong = gz(b"one");
    let crc = wrong.len() - 8;
    wrong[crc] ^= 1;
    assert_eq!(told(&wrong), ["|one|W-gz-crc"]);
    assert_eq!(
        told(&[gz(b"one"), b"junk".to_vec()].concat()),
        ["|one|W-gz-trailing"]
    );
    assert_eq!(told(&[gz(b"one"), vec![0; 512]].concat()), ["|one|"]);
    assert_eq!(told(&gz(b"one")[..5]).len(), 1);
    assert!(members(&gz(b"one")[..5])[0].bytes.is_err());
}

#[test]
fn a_wrong_checksum_is_told_from_a_wrong_size() {
    let signature = |mark: &[u8], zip: &[u8]| {
        let mut places = zip.windows(4);
        places.position(|window| window == mark).unwrap()
    };
    for (name, bytes) in [("stored", noise(50)), ("deflated", b"12345".repeat(200))] {
        let mut zip = zip_of(&[(name, &bytes)]);
        let directory = signature(b"PK\x01\x02", &zip);
        // The directory has the checksum 16 bytes from its mark.
        zip[directory + 16] ^= 1;
        let member = members(&zip).remove(0);
        assert_eq!(member.bytes.unwrap(), bytes);
        assert_eq!(member.warnings[0].code, "W-zip-crc", "{name}");
    }
    // A directory that claims less than there is.
    let mut zip = zip_of(&[("larger", &noise(500))]);
    let directory = signature(b"PK\x01\x02", &zip);
    zip[directory + 24..directory + 28].copy_from_slice(&100_u32.to_le_bytes());
    let member = members(&zip).remove(0);
    assert_eq!(member.warnings[0].code, "W-zip-truncated");
}

#[test]
fn entries_come_by_name_and_nested_archives_in_their_place() {
    let inner = zip_of(&[("y.txt", b"Y"), ("x.fit.gz", &gz(b"X"))]);
    let outer = zip_of(&[
        ("z.txt", b"Z"),
        ("m.zip", &inner),
        ("dir/", b""),
        ("a\u{1b}[2J\u{202e}.txt", b"A"),
    ]);
    let expected = [
        "a[2J.txt|A|",
        "m.zip/x.fit.gz|X|",
        "m.zip/y.txt|Y|",
        "z.txt|Z|",
    ];
    assert_eq!(told(&outer), expected);
    assert_eq!(told(&gz(&outer)), expected);
    let deep = (0..2).fold(inner, |packed, _| zip_of(&[("n.zip", &packed)]));
    assert_eq!(
        told(&deep),
        ["n.zip/n.zip/x.fit.gz|X|", "n.zip/n.zip/y.txt|Y|"]
    );
    let deeper = zip_of(&[("ok.txt", b"ok"), ("n.zip", &deep)]);
    assert_eq!(
        told(&deeper),
        [
            "n.zip/n.zip/n.zip|file: expected at most 3 archives within one another, found more; unpack the archive yourself if you trust it|",
            "ok.txt|ok|"
        ]
    );
}

#[test]
fn system_files_are_skipped_and_counted() {
    let archive = zip_of(&[
        ("__MACOSX/._a.gpx", b"x"),
        ("b/.DS_Store", b"x"),
        ("../../etc/passwd", b"text"),
    ]);
    let members = members(&archive);
    let skipped = members
        .iter()
        .filter(|member| member.bytes.as_ref().is_err_and(Error::is_skip));
    assert_eq!(skipped.count(), 2);
    assert_eq!(members.len(), 3);
}

#[test]
fn entries_of_one_name_are_all_read() {
    let mut archive = zip_of(&[("a.txt", b"one"), ("b.txt", b"two")]);
    while let Some(position) = archive.windows(5).position(|window| window == b"b.txt") {
        archive[position] = b'a';
    }
    assert_eq!(told(&archive), ["a.txt|one|", "a.txt|two|"]);
}

#[test]
fn an_archive_without_files_is_told_of() {
    let empty = zip_of(&[]);
    let word = "file: an archive without files, not a recorded activity";
    assert_eq!(told(&empty), [format!("|{word}|")]);
    let nested = zip_of(&[("in.zip", &empty), ("notes", b"one")]);
    let inner = format!("in.zip|{word}|");
    assert_eq!(told(&nested), [inner.as_str(), "notes|one|"]);
}

#[test]
fn bombs_meet_a_limit_and_the_rest_goes_on() {
    let zeros = vec![0_u8; RATIO_FREE_BYTES + 1];
    let archive = zip_of(&[("bomb", &zeros), ("good.txt", b"good")]);
    let told_archive = told(&archive);
    assert!(
        told_archive[0].contains("expected at most 200 times the packed size of"),
        "{told_archive:?}"
    );
    assert_eq!(told_archive[1], "good.txt|good|");
    assert!(told(&gz(&zeros))[0].contains("times the packed size"));
}

#[test]
fn overlapping_entries_are_refused() {
    let mut archive = zip_of(&[("a.txt", b"one"), ("b.txt", b"two"), ("c.txt", b"three")]);
    let directory = archive
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    let second = directory + 46 + 5;
    assert_eq!(archive[second..second + 4], *b"PK\x01\x02");
    archive[second + 42..second + 46].copy_from_slice(&[0; 4]);
    let told = told(&archive);
    assert!(told[0].contains("entries that overlap"), "{told:?}");
    assert!(told[1].contains("entries that overlap"));
    assert_eq!(told[2], "c.txt|three|");
}

#[test]
fn faulty_entries_do_not_touch_the_others() {
    let mut archive = zip_of(&[("a.txt", b"one"), ("b.txt", b"two")]);
    let directory = archive
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    let mut encrypted = archive.clone();
    encrypted[6] |= 1;
    encrypted[directory + 8] |= 1;
    let lines = told(&encrypted);
    assert_eq!(
        lines[0],
        "a.txt|file: expected an entry without a password, found an encrypted entry; unpack the archive with its password first|"
    );
    assert_eq!(lines[1], "b.txt|two|");
    archive[8] = 97;
    archive[directory + 10] = 97;
    let lines = told(&archive);
    assert!(
        lines[0].contains("expected a stored or deflated entry"),
        "{lines:?}"
    );
    assert_eq!(lines[1], "b.txt|two|");
}

#[test]
fn an_archive_cut_anywhere_gives_its_entries_up_to_there() {
    let texts = [noise(300), noise(400), noise(500)];
    let entries = [
        ("a", texts[0].as_slice()),
        ("b", &texts[1]),
        ("c", &texts[2]),
    ];
    for archive in [zip_of(&entries), streamed_zip_of(&entries)] {
        let mut most = 0;
        for end in 4..archive.len() {
            let members = members(&archive[..end]);
            let kept: usize = members
                .iter()
                .filter_map(|member| member.bytes.as_ref().ok())
                .map(Vec::len)
                .sum();
            assert!(kept >= most, "fewer bytes at {end}: {kept} after {most}");
            most = kept;
            let is_told = members
                .iter()
                .any(|member| member.bytes.is_err() || !member.warnings.is_empty());
            assert!(is_told, "nothing said at {end}");
        }
        assert_eq!(most, 1_200);
        let whole = members(&archive);
        assert!(
            whole
                .iter()
                .all(|member| member.bytes.is_ok() && member.warnings.is_empty())
        );
    }
}

#[test]
fn junk_around_an_archive_does_not_matter() {
    let archive = zip_of(&[("a.txt", b"one")]);
    let trailing = [archive.clone(), noise(100_000)].concat();
    assert_eq!(told(&trailing), ["a.txt|one|W-zip-directory"]);
    assert_eq!(told(&[archive, noise(100)].concat()), ["a.txt|one|"]);
}

#[test]
fn a_large_archive_within_an_archive_is_read_from_a_file() {
    let noise = noise(12 << 20);
    let inner = stored_zip_of(&[("a", &noise), ("b", &noise), ("c", &noise)]);
    let outer = stored_zip_of(&[("deep/inner.zip", &inner), ("z", b"last")]);
    let found = members(&outer);
    let paths: Vec<&str> = found.iter().filter_map(|one| one.path.as_deref()).collect();
    assert_eq!(
        paths,
        [
            "deep/inner.zip/a",
            "deep/inner.zip/b",
            "deep/inner.zip/c",
            "z"
        ]
    );
    for member in &found[..3] {
        assert!(member.bytes.as_ref().is_ok_and(|bytes| *bytes == noise));
        assert!(member.warnings.is_empty());
    }
}

#[test]
fn a_large_archive_within_an_archive_is_salvaged_as_a_small_one() {
    let noise = noise(12 << 20);
    let inner = stored_zip_of(&[("a", &noise), ("b", &noise), ("c", &noise)]);
    let cut = &inner[..inner.len() - 60];
    let found = members(&stored_zip_of(&[("inner.zip", cut)]));
    let whole = found
        .iter()
        .filter(|one| one.bytes.as_ref().is_ok_and(|bytes| *bytes == noise));
    assert_eq!(whole.count(), 3);
    let is_told = found
        .iter()
        .any(|one| !one.warnings.is_empty() || one.bytes.is_err());
    assert!(is_told);
}

#[test]
fn large_archives_lie_no_deeper_than_small_ones() {
    let mut archive = stored_zip_of(&[("a", &noise(40 << 20))]);
    for _ in 0..MAX_DEPTH {
        archive = stored_zip_of(&[("x.zip", &archive)]);
    }
    let found = members(&archive);
    assert_eq!(found.len(), 1);
    let error = found[0].bytes.as_ref().unwrap_err().to_string();
    assert!(error.contains("archives within one another"), "{error}");
}
