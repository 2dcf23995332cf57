//! One bad file moves nothing that is known of an athlete.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "says what it measured"
)]

use crate::common::months::Months;
use crate::common::poison::Poison;
use crate::common::poison::poisoned;
use crate::common::rng::Rng;
use crate::values::summary;
use hardeasy::classification::Session;
use hardeasy::classification::SessionKind;
use hardeasy::classification::judge;
use hardeasy::ingest;
use hardeasy::ingest::Activity;
use hardeasy::ingest::Format;
use hardeasy::ingest::Strictness;
use hardeasy::settings::Corrections;
use hardeasy::settings::Settings;
use hardeasy::summary::RunSummary;
use rayon::prelude::*;

/// Athletes of whom every second has hard efforts.
const SEEDS: std::ops::Range<u64> = 9100..9104;
/// The days on which a bad file is added, as shares of the season.
const DAYS: [f64; 2] = [0.3, 0.8];
/// The most by which critical speed moves, as a ratio.
const MOST_SPEED: f64 = 0.015;
/// The most by which threshold moves, in beats per minute.
const MOST_BEATS: f64 = 2.0;
/// The share of other runs that may change their kind: those on a border.
const MOST_KINDS: f64 = 0.01;
/// A best effort is another one when it is faster by more than this, as a ratio.
const SAME_BEST: f64 = 0.002;

fn judged(runs: Vec<RunSummary>) -> Vec<Session> {
    judge(runs, &Settings::default(), &Corrections::default(), false)
}

/// What a bad file changed.
#[derive(Default)]
struct Change {
    speed: f64,
    beats: f64,
    kinds: usize,
    runs: usize,
    bests: usize,
}

fn by_path<'a>(sessions: &'a [Session], path: &str) -> &'a Session {
    let mut sessions = sessions.iter();
    sessions.find(|one| one.head.source.path == path).unwrap()
}

/// Returns what a bad file changed in a season; `with_sound` is the season with the same run as it was.
fn change(sound: &[Session], with_sound: &[Session], with_bad: &[Session]) -> Change {
    let mut change = Change::default();
    for before in sound {
        let path = &before.head.source.path;
        let after = by_path(with_bad, path);
        change.runs += 1;
        // A sound run more moves runs on a border too: that is no fault of the bad one.
        let beside = by_path(with_sound, path).kind;
        change.kinds += usize::from(before.kind != after.kind && beside != after.kind);
        let of = |session: &Session| {
            let references = &session.references;
            let speed = references.critical_speed_m_s.as_ref().map(|r| r.value);
            let beats = references
                .threshold_heart_rate_bpm
                .as_ref()
                .map(|r| r.value);
            (speed, beats)
        };
        let ((speed, beats), (speed_after, beats_after)) = (of(before), of(after));
        if let Some((one, other)) = speed.zip(speed_after) {
            change.speed = change.speed.max((other / one - 1.0).abs());
        }
        if let Some((one, other)) = beats.zip(beats_after) {
            change.beats = change.beats.max((other - one).abs());
        }
    }
    change.bests = bests(sound, with_bad);
    change
}

/// Returns how many best efforts of a season became faster.
fn bests(sound: &[Session], with_bad: &[Session]) -> usize {
    let best = |sessions: &[Session], distance_m: f64| {
        let efforts = sessions.iter().flat_map(|session| &session.best_efforts);
        let times = efforts.filter(|effort| (effort.distance_m - distance_m).abs() < 1.0);
        times.map(|effort| effort.time_s).reduce(f64::min)
    };
    [400.0, 800.0, 1000.0, 3000.0, 5000.0]
        .into_iter()
        .filter(|distance_m| {
            let (before, after) = (best(sound, *distance_m), best(with_bad, *distance_m));
            before
                .zip(after)
                .is_some_and(|(before, after)| after < before * (1.0 - SAME_BEST))
        })
        .count()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of some dozen runs"
)]
fn place(share: f64, last: usize) -> usize {
    (share * last as f64) as usize
}

fn of_athlete(seed: u64) -> Vec<(Poison, Change)> {
    let months = Months::new(seed, seed.is_multiple_of(2));
    let activities: Vec<Activity> = months
        .files
        .iter()
        .flat_map(|bytes| ingest::read(bytes, Format::Fit, Strictness::Lenient).unwrap())
        .collect();
    let named = activities.iter().enumerate();
    let runs: Vec<RunSummary> = named
        .map(|(index, activity)| summary(activity, &[], &format!("{index}.fit")))
        .collect();
    let sound = judged(runs.clone());
    let easy: Vec<usize> = (0..activities.len())
        .filter(|index| sound[*index].kind == SessionKind::Easy)
        .collect();
    let rng = &mut Rng::new(seed).stream(91);
    let mut changes = Vec::new();
    for poison in Poison::ALL {
        for share in DAYS {
            let last = easy.len() - 1;
            let chosen = easy[place(share, last)];
            let with = |activity: &Activity| {
                let mut all = runs.clone();
                all.push(summary(activity, &[], "added.fit"));
                judged(all)
            };
            let later = |poison| poisoned(&activities[chosen], poison, &mut rng.clone());
            let (with_sound, with_bad) = (with(&later(None)), with(&later(Some(poison))));
            rng.next();
            changes.push((poison, change(&sound, &with_sound, &with_bad)));
        }
    }
    changes
}

#[test]
fn one_bad_file_moves_no_reference_no_best_and_no_other_run() {
    let seeds: Vec<u64> = SEEDS.collect();
    let changes: Vec<(Poison, Change)> = seeds
        .par_iter()
        .flat_map_iter(|seed| of_athlete(*seed))
        .collect();
    let mut is_sound = true;
    for poison in Poison::ALL {
        let own = || {
            changes
                .iter()
                .filter(|(one, _)| *one == poison)
                .map(|(_, c)| c)
        };
        let most = |of: fn(&Change) -> f64| own().map(of).fold(0.0, f64::max);
        let (speed, beats) = (most(|c| c.speed), most(|c| c.beats));
        let bests: usize = own().map(|c| c.bests).sum();
        let kinds: usize = own().map(|c| c.kinds).sum();
        let runs: usize = own().map(|c| c.runs).sum();
        println!(
            "{poison:?}: critical speed {:.2} %, threshold {beats:.1} bpm, {bests} bests, {kinds} of {runs} kinds",
            100.0 * speed
        );
        is_sound &= speed <= MOST_SPEED && beats <= MOST_BEATS && bests == 0;
        is_sound &= kinds as f64 <= MOST_KINDS * runs as f64;
    }
    assert!(is_sound, "see above");
}
