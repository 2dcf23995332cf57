//! Labelled runs: real ones of a corpus beside the project, changed copies of them, and made-up ones.
//!
//! The corpus has a folder for each use (`truth`, `extra`, `plain`), in it one for each athlete, and in
//! that `NAME.fit` beside `NAME.json`, whose `segments` have a label, start and end in seconds from the
//! first record. `HARDEASY_CORPUS` names another place than the usual one.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;

use hardeasy::history::History;
use hardeasy::ingest;
use hardeasy::ingest::Format;
use hardeasy::ingest::Strictness;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::read_runs;
use hardeasy::segmentation::Habits;
use hardeasy::segmentation::fitting::Bouts;
use hardeasy::settings::Settings;
use hardeasy::streams::Streams;
use hardeasy::streams::resample;
use rayon::prelude::*;

use super::altered::Change;
use super::altered::Moves;
use super::altered::altered;
use super::altered::paused_rests;
use super::augment::augmented;
use super::metrics;
use super::metrics::Score;
use super::metrics::Span;

/// The folder of runs without marked efforts, which have no labels.
const PLAIN: &str = "plain";
/// A marked effort of which this share was paused holds several.
const PAUSED_SHARE: f64 = 0.1;
/// A stretch of which this share is silent is not judged.
const SILENT_SHARE: f64 = 0.5;

/// Where the labelled runs are.
pub fn place() -> PathBuf {
    std::env::var_os("HARDEASY_CORPUS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus")),
        PathBuf::from,
    )
}

/// One labelled run.
pub struct Run {
    /// The name of its file, or its kind.
    pub file: String,
    /// What kind of set the labels say it holds, as in "strides"; empty without labels.
    pub set_type: String,
    /// The folder of the corpus that it is from, or "made-up".
    pub folder: &'static str,
    /// The group with which it is held out.
    pub fold: usize,
    /// What the program makes of it.
    pub streams: Streams,
    /// Its candidates.
    pub bouts: Bouts,
    /// The seconds of each.
    pub ranges: Vec<Range<usize>>,
    /// The efforts.
    pub truth: Vec<Span>,
    /// Stretches of which the labels say nothing.
    pub silent: Vec<Span>,
    /// What lies between the efforts of a set.
    pub recoveries: Vec<Span>,
    /// What was known of the athlete on that day.
    pub habits: Option<Habits>,
    /// Marked efforts with the watch paused in them: each holds several, and which is not known.
    pub several: Vec<Span>,
}

/// Reads the runs of a folder of the corpus; none where there is none.
pub fn runs(folder: &'static str, fold: impl Fn(&str) -> usize + Sync) -> Vec<Run> {
    let mut paths: Vec<PathBuf> = walkdir::WalkDir::new(place().join(folder))
        .into_iter()
        .filter_map(Result::ok)
        .map(|entry| entry.into_path())
        .filter(|path| format_of(path).is_some())
        .collect();
    paths.sort();
    paths
        .par_iter()
        .filter_map(|path| read(folder, path, &fold))
        .collect()
}

fn format_of(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()? {
        "fit" => Some(Format::Fit),
        "tcx" => Some(Format::Tcx),
        _ => None,
    }
}

fn read(folder: &'static str, path: &Path, fold: impl Fn(&str) -> usize) -> Option<Run> {
    let bytes = std::fs::read(path).unwrap();
    let activities = ingest::read(&bytes, format_of(path)?, Strictness::Lenient)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let streams = resample(activities.first()?);
    let file = path.file_name()?.to_string_lossy().into_owned();
    let truth: serde_json::Value = if folder == PLAIN {
        serde_json::Value::Null
    } else {
        let text = std::fs::read_to_string(path.with_extension("json"));
        let text = text.unwrap_or_else(|error| panic!("labels of {}: {error}", path.display()));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let group = fold(file.get(..1)?);
    let named = [&truth["set_type"], &truth["kind"]]
        .into_iter()
        .filter_map(|name| name.as_str());
    let named = named.into_iter().find(|name| !name.is_empty());
    let set_type = named.unwrap_or_default().to_owned();
    let run = Run::new(file, folder, group, streams, labels(&truth));
    let recoveries = recoveries(&truth);
    Some(Run {
        set_type,
        recoveries,
        ..run
    })
}

/// Returns what the labels call recoveries.
fn recoveries(truth: &serde_json::Value) -> Vec<Span> {
    let segments = truth["segments"].as_array().into_iter().flatten();
    segments
        .filter(|segment| segment["label"] == "recovery")
        .filter_map(|segment| Some((segment["start_s"].as_f64()?, segment["end_s"].as_f64()?)))
        .collect()
}

/// Returns the labelled repetitions, and those that nobody could be asked to find.
fn labels(truth: &serde_json::Value) -> (Vec<Span>, Vec<Span>) {
    let mut works = (Vec::new(), Vec::new());
    for segment in truth["segments"].as_array().into_iter().flatten() {
        if segment["label"] != "work" {
            continue;
        }
        let span = (
            segment["start_s"].as_f64().unwrap_or(0.0),
            segment["end_s"].as_f64().unwrap_or(0.0),
        );
        match segment["role"].as_str() {
            Some("steady" | "button_gap" | "unscored") => works.1.push(span),
            _ => works.0.push(span),
        }
    }
    works
}

impl Run {
    /// Makes a run of its streams and labels: efforts, and what nothing is known of.
    pub fn new(
        file: String,
        folder: &'static str,
        fold: usize,
        streams: Streams,
        (truth, silent): (Vec<Span>, Vec<Span>),
    ) -> Self {
        let bouts = Bouts::find(&streams);
        let several = truth.iter().copied();
        let several = several.filter(|span| paused_share(&streams, *span) >= PAUSED_SHARE);
        Self {
            several: several.collect(),
            ranges: bouts.ranges(),
            set_type: String::new(),
            recoveries: Vec::new(),
            habits: None,
            fold,
            folder,
            file,
            streams,
            bouts,
            truth,
            silent,
        }
    }

    /// Returns the efforts that fitting may learn from.
    pub fn clear(&self) -> impl Iterator<Item = &Span> {
        let several = &self.several;
        self.truth.iter().filter(|span| !several.contains(span))
    }

    /// Returns whether fitting can learn nothing from most of a stretch.
    pub fn is_unknown(&self, own: Span) -> bool {
        let unknown = self.several.iter().chain(&self.silent);
        let shared: f64 = unknown.map(|other| metrics::common(own, *other)).sum();
        shared >= SILENT_SHARE * (own.1 - own.0)
    }

    /// Returns whether nothing is known of most of a stretch.
    pub fn is_silent(&self, own: Span) -> bool {
        let silent = self.silent.iter().map(|other| metrics::common(own, *other));
        silent.sum::<f64>() >= SILENT_SHARE * (own.1 - own.0)
    }

    /// Returns how well efforts found agree with the labels.
    pub fn score(&self, found: &[Span]) -> Score {
        let judged = found.iter().copied().filter(|own| !self.is_silent(*own));
        metrics::score(&self.truth, &judged.collect::<Vec<_>>())
    }

    /// Returns a changed copy of a run.
    pub fn augmented(&self, seed: u64) -> Self {
        let (streams, stretch) = augmented(&self.streams, seed);
        let longer = |spans: &[Span]| -> Vec<Span> {
            let longer = spans.iter();
            longer
                .map(|(start, end)| (start * stretch, end * stretch))
                .collect()
        };
        let labels = (longer(&self.truth), longer(&self.silent));
        Self::new(self.file.clone(), self.folder, self.fold, streams, labels)
    }
}

impl Run {
    /// Returns a copy into which something was put that is no effort.
    pub fn altered(&self, change: Change, seed: u64) -> Self {
        let efforts: Vec<Span> = self.truth.iter().chain(&self.silent).copied().collect();
        let (streams, moves) = altered(&self.streams, &efforts, change, seed);
        self.moved(streams, &moves)
    }

    /// Returns a copy in which the watch is stopped between repetitions, where the labels say what lies
    /// between.
    pub fn with_paused_rests(&self, seed: u64) -> Option<Self> {
        let (streams, moves) = paused_rests(&self.streams, &self.recoveries, seed);
        (!self.recoveries.is_empty()).then(|| self.moved(streams, &moves))
    }

    fn moved(&self, streams: Streams, moves: &Moves) -> Self {
        let moved = |spans: &[Span]| spans.iter().map(|span| moves.moved(*span)).collect();
        let labels = (moved(&self.truth), moved(&self.silent));
        let habits = self.habits.clone();
        let copy = Self::new(self.file.clone(), self.folder, self.fold, streams, labels);
        Self { habits, ..copy }
    }
}

/// Returns what was known of the athletes of the corpus on the day of each run, by its file: from their
/// earlier runs in all folders.
pub fn habits() -> BTreeMap<String, Habits> {
    let folders = ["truth", "extra", "plain", "history"].map(|folder| place().join(folder));
    let athletes: BTreeSet<String> = folders
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    let mut all = BTreeMap::new();
    for athlete in athletes {
        let own = folders.iter().map(|folder| folder.join(&athlete));
        let inputs = own.filter(|path| path.is_dir()).map(Input::Path).collect();
        let outcome = read_runs(inputs, &Options::default(), &|_, _| {}).unwrap();
        let mut history = History::new(Settings::default());
        for session in &outcome.sessions {
            if let Some(day) = session.head.day {
                let references = history.references(day);
                let name = session
                    .head
                    .source
                    .path
                    .rsplit('/')
                    .next()
                    .unwrap()
                    .to_owned();
                all.extend(
                    history
                        .habits(day, &references)
                        .map(|habits| (name, habits)),
                );
            }
            history.extend_with(session);
        }
    }
    all
}

fn paused_share(streams: &Streams, (start, end): Span) -> f64 {
    let cells = streams.paused.iter().enumerate();
    let inside = cells.filter(|(cell, paused)| **paused && (start..end).contains(&(*cell as f64)));
    inside.count() as f64 / (end - start).max(1.0)
}
