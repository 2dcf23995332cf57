//! Values of real runs are possible, and agree with the watch or say why not; where there is a corpus.

#![expect(
    clippy::cast_possible_truncation,
    reason = "seconds of a run of some hours"
)]
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "says what it measured and skipped"
)]

use std::path::Path;
use std::path::PathBuf;

use crate::common::corpus;
use hardeasy::human::record_speed_m_s;
use hardeasy::ingest;
use hardeasy::ingest::Activity;
use hardeasy::ingest::Format;
use hardeasy::ingest::SplitKind;
use hardeasy::ingest::Sport;
use hardeasy::ingest::Strictness;
use hardeasy::segmentation::LapPolicy;
use hardeasy::segmentation::SegmentKind;
use hardeasy::segmentation::segment;
use hardeasy::streams::Streams;
use hardeasy::streams::resample;
use hardeasy::summary::Origin;
use hardeasy::summary::RunSummary;
use hardeasy::summary::Source;
use hardeasy::summary::Total;
use hardeasy::summary::summarise;
use rayon::prelude::*;

const FOLDERS: [&str; 4] = ["season", "history", "truth", "plain"];
/// Distance is that of the file within this, as a ratio …
const SAME_DISTANCE: f64 = 0.005;
/// … and so much of it is rounding, in metres.
const LEAST_M: f64 = 10.0;
/// Moving time is that of the gait splits within this, as a ratio.
const SAME_MOVING: f64 = 0.03;
/// Times and speeds of documents are rounded, as a ratio.
const ROUNDED: f64 = 1.002;

/// What was found of a folder.
#[derive(Default)]
struct Found {
    runs: usize,
    impossible: Vec<String>,
    paced_rests: Vec<String>,
    /// Runs whose file has a distance, and those that differ.
    with_distance: usize,
    differing: usize,
    untold: Vec<String>,
    with_gaits: usize,
    other_moving: Vec<String>,
}

impl Found {
    fn plus(mut self, other: Self) -> Self {
        self.runs += other.runs;
        self.impossible.extend(other.impossible);
        self.paced_rests.extend(other.paced_rests);
        self.with_distance += other.with_distance;
        self.differing += other.differing;
        self.untold.extend(other.untold);
        self.with_gaits += other.with_gaits;
        self.other_moving.extend(other.other_moving);
        self
    }

    fn of(run: &RunSummary, streams: &Streams) -> Self {
        let mut found = Self {
            runs: 1,
            impossible: impossible(run),
            paced_rests: paced_rests(run),
            ..Self::default()
        };
        found.add_distance(run);
        found.add_moving(run, streams);
        found
    }

    fn add_distance(&mut self, run: &RunSummary) {
        let watch = run.head.watch.as_ref();
        let theirs = watch.and_then(|watch| watch.distance_m);
        let Some((ours, theirs)) = run.head.distance_m.zip(theirs) else {
            return;
        };
        self.with_distance += 1;
        if (ours - theirs).abs() <= (SAME_DISTANCE * theirs).max(LEAST_M) {
            return;
        }
        self.differing += 1;
        let mut differences = watch.iter().flat_map(|watch| &watch.differences);
        let is_kept = differences.any(|difference| difference.total == Total::Distance);
        let is_told = run.warnings.iter().any(|w| w.code == "W-watch-distance");
        if !is_kept || !is_told {
            let path = &run.head.source.path;
            self.untold.push(format!("{path}: {ours} of {theirs} m"));
        }
    }

    fn add_moving(&mut self, run: &RunSummary, streams: &Streams) {
        let Some(gait_s) = moving_by_gait(streams) else {
            return;
        };
        self.with_gaits += 1;
        let off = run.head.moving_s / gait_s - 1.0;
        if off.abs() > SAME_MOVING {
            let (path, moving_s) = (&run.head.source.path, run.head.moving_s);
            let line = format!(
                "{path}: {moving_s:.0} s, gaits {gait_s:.0} s ({:+.1} %)",
                100.0 * off
            );
            self.other_moving.push(line);
        }
    }
}

/// Returns the time that the watch saw running and walking, with the timer on.
fn moving_by_gait(streams: &Streams) -> Option<f64> {
    let splits = streams.marks.splits.iter();
    let gaits = splits.filter(|split| {
        let gaits = [SplitKind::Running, SplitKind::Walking, SplitKind::Standing];
        gaits.contains(&split.kind)
    });
    let mut moving = vec![false; streams.len()];
    let mut covered_s = 0.0;
    for gait in gaits {
        covered_s += gait.end_s - gait.start_s;
        let cell = |time_s: f64| (time_s.round().max(0.0) as usize).min(streams.len());
        let (start, end) = (cell(gait.start_s), cell(gait.end_s));
        if gait.kind != SplitKind::Standing && start < end {
            moving[start..end].fill(true);
        }
    }
    let timed = moving.iter().zip(&streams.paused);
    let moved = timed.filter(|(moves, paused)| **moves && !**paused).count();
    let timer = streams.paused.iter().filter(|paused| !**paused).count();
    // Some watches write gaits of a part only.
    (covered_s >= 0.98 * timer as f64 && moved > 0).then_some(moved as f64)
}

/// Returns the efforts that nobody can run for so long.
fn impossible(run: &RunSummary) -> Vec<String> {
    let path = &run.head.source.path;
    let too_fast = |what: &str, seconds: f64, speed_m_s: f64| {
        let most = ROUNDED * record_speed_m_s(seconds);
        (speed_m_s > most).then(|| format!("{path}: {what}, {speed_m_s:.2} m/s for {seconds:.0} s"))
    };
    let curve = run.details.mean_max.iter();
    let curve = curve.filter_map(|p| too_fast("curve", p.duration_s, p.speed_m_s));
    let bests = run.best_efforts.iter().flat_map(|best| {
        let times = [Some(best.time_s), best.elapsed_s, best.continuous_s];
        let times = times.into_iter().flatten();
        let all = times.filter_map(|time_s| too_fast("best", time_s, best.distance_m / time_s));
        all.collect::<Vec<_>>()
    });
    let segments = run.segments.iter().flat_map(|segment| {
        let speeds = [segment.speed_m_s, segment.effort_speed_m_s];
        let speeds = speeds.into_iter().flatten();
        let all = speeds.filter_map(|speed| too_fast("segment", segment.moving_s, speed));
        all.collect::<Vec<_>>()
    });
    curve.chain(bests).chain(segments).collect()
}

fn paced_rests(run: &RunSummary) -> Vec<String> {
    let stood = |kind| matches!(kind, SegmentKind::Rest | SegmentKind::Stop);
    let stood = run.segments.iter().filter(|segment| stood(segment.kind));
    let paced = stood.filter(|s| {
        s.speed_m_s.is_some() || s.effort_speed_m_s.is_some() || s.pace_s_per_km.is_some()
    });
    let path = &run.head.source.path;
    paced
        .map(|one| format!("{path} at {}", one.start_s))
        .collect()
}

fn format_of(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()? {
        "fit" => Some(Format::Fit),
        "gpx" => Some(Format::Gpx),
        "tcx" => Some(Format::Tcx),
        _ => None,
    }
}

fn summary(activity: &Activity, streams: &Streams, path: &Path) -> RunSummary {
    let source = Source {
        path: path.display().to_string(),
        ..Source::default()
    };
    let origin = Origin {
        source,
        ..Origin::default()
    };
    summarise(activity, streams, segment(streams, LapPolicy::Auto), origin)
}

fn of_file(path: &Path) -> Found {
    let bytes = std::fs::read(path).unwrap();
    let Some(format) = format_of(path) else {
        return Found::default();
    };
    let activities = ingest::read(&bytes, format, Strictness::Lenient).unwrap_or_default();
    let mut found = Found::default();
    for activity in &activities {
        let streams = resample(activity);
        let run = summary(activity, &streams, path);
        if run.head.sport == Sport::Running {
            found = found.plus(Found::of(&run, &streams));
        }
    }
    found
}

#[test]
fn values_of_real_runs_are_possible_and_those_of_the_watch_or_it_is_told() {
    for folder in FOLDERS {
        let place = corpus::place().join(folder);
        if !place.is_dir() {
            println!("skipped: there is no folder of real exports ({folder})");
            continue;
        }
        let files = walkdir::WalkDir::new(place).into_iter().flatten();
        let files: Vec<PathBuf> = files.map(walkdir::DirEntry::into_path).collect();
        let files = files.par_iter().filter(|path| format_of(path).is_some());
        let found = files
            .map(|path| of_file(path))
            .reduce(Found::default, Found::plus);
        println!(
            "{folder}: {} runs; distance differs in {} of {}, untold in {}; moving time by gaits in {}, \
             {} of them farther than 3 %:",
            found.runs,
            found.differing,
            found.with_distance,
            found.untold.len(),
            found.with_gaits,
            found.other_moving.len(),
        );
        found
            .other_moving
            .iter()
            .for_each(|line| println!("  {line}"));
        assert!(found.impossible.is_empty(), "{:#?}", found.impossible);
        assert!(found.paced_rests.is_empty(), "{:#?}", found.paced_rests);
        assert!(found.untold.is_empty(), "{:#?}", found.untold);
    }
}
