//! Very many files, of which one in fifty is broken: it ends, everything is counted, and little is said.
//!
//! `HARDEASY_FILES=50000 cargo test --release --features full --test program -- --nocapture many_files` takes so many,
//! and tells the time and, on Linux, the memory.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot write its files has failed"
)]
#![expect(clippy::print_stderr, reason = "a test tells what it measured")]

use std::fs;
use std::fs::File;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::fixture_broken;
use crate::common::generator::Keep;
use crate::common::generator::Power;
use crate::common::program::program;
use crate::common::rng::Rng;

/// How many, unless `HARDEASY_FILES` says otherwise.
const FILES: usize = 150;
const SEED: u64 = 50;
/// One in so many is broken.
const ONE_BROKEN_IN: usize = 50;
/// Files of one folder.
const OF_FOLDER: usize = 1000;
/// When the first begins, 1 January 2001, and how far apart they are: 50,000 end in 2026.
const FIRST_UNIX_S: i64 = 978_307_200;
const APART_S: i64 = 16_200;
/// What may be said on standard error, in lines: a screen.
const SCREEN_LINES: usize = 60;
/// The most memory that the program may take, and for each file.
///
/// # Units
/// KiB. Measured on 10,000, 20,000 and 50,000 runs of six minutes: 27,000, and 5.4 for each.
const MOST_KIB: u64 = 60 * 1024;
const OF_FILE_KIB: u64 = 6;

/// Breaks a recording in one of many ways.
fn broken(mut bytes: Vec<u8>, rng: &mut Rng) -> Vec<u8> {
    let place = usize::try_from(rng.next()).unwrap() % bytes.len();
    match rng.next() % 6 {
        0 => bytes.truncate(place),
        1 => bytes[place..].fill(0),
        2 => bytes.clear(),
        3 => bytes = b"<!doctype html><title>log in</title>".to_vec(),
        4 => bytes = vec![0; bytes.len()],
        _ => bytes[place..]
            .iter_mut()
            .for_each(|byte| *byte ^= u8::try_from(rng.next() % 256).unwrap()),
    }
    bytes
}

/// Returns the number before a word of the account: "3 failed".
fn counted(account: &str, word: &str) -> usize {
    let words: Vec<&str> = account
        .split([' ', ',', ':'])
        .filter(|word| !word.is_empty())
        .collect();
    let at = words.iter().position(|one| *one == word);
    at.map_or(0, |at| words[at - 1].parse().unwrap())
}

#[test]
fn many_files_of_which_some_are_broken_are_all_counted() {
    let files = std::env::var("HARDEASY_FILES").ok();
    let files = files.map_or(FILES, |files| files.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let mut rng = Rng::new(SEED);
    let mut run = fixture_broken::run(Keep::Smart, Power::None);
    run.start_unix_s = FIRST_UNIX_S;
    let mut sound = 0;
    for index in 0..files {
        run.start_unix_s += APART_S;
        let mut bytes = fit_writer::write(&run, Wire::default());
        match index % ONE_BROKEN_IN {
            0 => bytes = broken(bytes, &mut rng),
            _ => sound += 1,
        }
        let below = folder.path().join((index / OF_FOLDER).to_string());
        fs::create_dir_all(&below).unwrap();
        fs::write(below.join(format!("{index}.fit")), bytes).unwrap();
    }
    // Files: nobody reads a pipe meanwhile.
    let printed = tempfile::tempdir().unwrap();
    let [said, told] = ["said", "told"].map(|name| printed.path().join(name));
    let begun = Instant::now();
    let mut child = program()
        .args(["review", "--no-cache"])
        .arg(folder.path())
        .stdin(Stdio::null())
        .stdout(File::create(&said).unwrap())
        .stderr(File::create(&told).unwrap())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most_kib = 0;
    let exit = loop {
        if let Some(exit) = child.try_wait().unwrap() {
            break exit;
        }
        let told = fs::read_to_string(&status).unwrap_or_default();
        let peak = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse().ok());
        most_kib = peak.unwrap_or(0).max(most_kib);
        std::thread::sleep(Duration::from_millis(5));
    };
    let took = begun.elapsed();
    let [said, told] = [said, told].map(|path| fs::read_to_string(path).unwrap());
    eprintln!("{files} files: {took:.1?}, {most_kib} KiB at most");

    assert_eq!(exit.code(), Some(1), "{told}");
    let account = told
        .lines()
        .find(|line| line.starts_with("read: "))
        .unwrap();
    let of = |word| counted(account, word);
    assert_eq!(of("inputs"), files, "{account}");
    let all = ["ok", "warned", "partial", "skipped", "failed"].map(of);
    assert_eq!(all.iter().sum::<usize>(), files, "{account}");
    assert!(of("ok") + of("warned") >= sound, "{account}");
    assert!(told.lines().count() <= SCREEN_LINES, "{told}");
    assert!(said.starts_with("Training block "), "{said}");
    let limit_kib = MOST_KIB + OF_FILE_KIB * files as u64;
    assert!(most_kib <= limit_kib, "{most_kib} KiB");
}
