//! Segments as the runner marked them: what was found is cut or swallowed, and what that means for
//! the running around it follows.
//!
//! Steps: marks are cut at the end of the run; efforts that were found give way to them; what lies
//! between the efforts is named anew by its place, as for efforts that were found; a mark that says
//! the same as its neighbours joins them; only what changed is measured again; sets are numbered
//! anew.
//!
//! Marks are absolute: the runner knows. But they say what *was*, not what else was not, so found
//! efforts that no mark meets stay, and a mark of the same kind on part of a found effort says how far
//! it went. To run detection again with marks as laps would have moved edges that nobody complained of.

use serde::Deserialize;
use serde::Serialize;

use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::segmentation::Candidate;
use crate::segmentation::Evidence;
use crate::segmentation::Segment;
use crate::segmentation::Segmentation;
use crate::segmentation::away;
use crate::segmentation::edges::Boundary;
use crate::segmentation::filled::base_speed;
use crate::segmentation::filled::based;
use crate::segmentation::filled::calm_confidence;
use crate::segmentation::filled::own_wander;
use crate::segmentation::filled::rest;
use crate::segmentation::is_marked;
use crate::segmentation::labels::Stretch;
use crate::segmentation::labels::fill;
use crate::segmentation::labels::rest_kind;
use crate::segmentation::sets::sets;
use crate::segmentation::signals::Signals;
use crate::streams::Away;
use crate::streams::Streams;
use crate::units::Seconds;
use crate::units::round;
use crate::vocabulary::RestsOn;
use crate::vocabulary::SegmentKind;

/// No segment is shorter than this, and no stretch between two marks.
///
/// # Units
/// Seconds: a run is looked at by the second.
const LEAST_S: f64 = 1.0;
/// What a mark leaves of a found effort is no effort of its own when it is shorter.
///
/// # Units
/// Seconds, as for bouts.
const LEAST_LEFT_S: f64 = 8.0;
/// A found effort, or the run itself, that begins or ends nearer to a mark than this meets it.
///
/// # Units
/// Seconds. Chosen: no change point lies nearer to another.
const MEETS_S: f64 = 6.0;
/// Times that differ by less are the same.
///
/// # Units
/// Seconds: documents hold tenths.
const SAME_S: f64 = 0.05;
/// A candidate is settled when marks cover more than this share of it.
///
/// # Units
/// Share of its time. Chosen: the larger part.
const SETTLED_SHARE: f64 = 0.5;

/// A stretch of a run of which the runner says what it was.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SegmentEdit {
    /// Start on the elapsed clock, in seconds.
    pub start_s: f64,
    /// End on the elapsed clock, in seconds; after the start.
    pub end_s: f64,
    /// What it was.
    pub kind: SegmentKind,
}

impl SegmentEdit {
    /// Returns whether two stretches have time in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.common_s(other.start_s, other.end_s) > 0.0
    }

    /// Returns the time in common with a stretch, in seconds.
    fn common_s(&self, start_s: f64, end_s: f64) -> f64 {
        (self.end_s.min(end_s) - self.start_s.max(start_s)).max(0.0)
    }

    /// Returns the stretch in words, as in "15:05 to 18:55".
    fn words(&self) -> String {
        let (start, end) = (Seconds(self.start_s), Seconds(self.end_s));
        format!("{} to {}", start.show(), end.show())
    }
}

/// A stretch with where it comes from.
#[derive(Clone, Debug)]
struct Piece {
    stretch: Stretch,
    origin: Origin,
}

#[derive(Clone, Debug, PartialEq)]
enum Origin {
    /// A mark.
    You,
    /// An effort that was found: its index among the segments.
    Effort(usize),
    /// What lies between.
    Between,
    /// The same, joined with a mark, which is told in words.
    Joined(String),
}

/// Returns the segmentation of a run as the runner marked it, and which marks do not fit the run.
///
/// The marks do not overlap. A marked segment rests on "you" with confidence 1. Found efforts that
/// no mark meets stay; what is neither is named by its place between the efforts, so that a
/// "repetition" marked as steady before the first effort becomes part of the warm-up.
#[must_use]
pub fn edit(
    streams: &Streams,
    found: Segmentation,
    edits: &[SegmentEdit],
) -> (Segmentation, Vec<Warning>) {
    let (edits, warnings) = within(edits, streams.elapsed_s);
    if edits.is_empty() {
        return (found, warnings);
    }
    let signals = Signals::new(streams);
    let fixed = fixed(&found.segments, &edits, streams.elapsed_s);
    let pieces = match found.cannot_tell {
        Some(_) => pieces(&Signals::default(), &[], &fixed, streams.elapsed_s),
        None => pieces(&signals, &streams.away, &fixed, streams.elapsed_s),
    };
    let mut segments: Vec<Segment> = pieces
        .iter()
        .map(|piece| segment(streams, &signals, piece, &found))
        .collect();
    let candidates = open(found.candidates, &edits);
    let missed = candidates.iter().map(|one| one.probability);
    calm_confidence(&mut segments, missed.fold(0.0, f64::max));
    for (segment, piece) in segments.iter_mut().zip(&pieces) {
        if piece.origin == Origin::You {
            segment.confidence = 1.0;
        }
    }
    let sets = sets(&mut segments);
    let edited = Segmentation {
        sets,
        candidates,
        // The runner has said what it was.
        efforts: Vec::new(),
        others: Vec::new(),
        laps: found.laps,
        wander: own_wander(&signals, &segments),
        base_speed_m_s: base_speed(&segments),
        cannot_tell: found.cannot_tell,
        segments,
    };
    (edited, warnings)
}

/// Returns whether some segments show a mark already, as those of a stored document do.
#[must_use]
pub fn shows(segments: &[Segment], edit: &SegmentEdit) -> bool {
    let elapsed_s = segments.last().map_or(0.0, |last| last.end_s);
    let end_s = edit.end_s.min(elapsed_s);
    let shown = segments.iter().any(|segment| {
        let is_joined = segment.sources.len() > 1;
        is_marked(segment)
            && (segment.kind == edit.kind || is_joined && says_the_same(edit.kind, segment.kind))
            && segment.start_s <= edit.start_s + SAME_S
            && segment.end_s >= end_s - SAME_S
    });
    shown || edit.start_s > elapsed_s - LEAST_S
}

/// Returns the marks that lie in the run, in order, cut at its end, and which do not fit.
fn within(edits: &[SegmentEdit], elapsed_s: f64) -> (Vec<SegmentEdit>, Vec<Warning>) {
    let (mut fitting, mut warnings) = (Vec::new(), Vec::new());
    let mut warn = |edit: &SegmentEdit, what: &str| {
        let (marked, end) = (edit.words(), Seconds(elapsed_s).show());
        let text = format!("the marked segment {marked} {what} of the run at {end}");
        warnings.push(Warning::new(WarningCode::CorrectionSegment, text));
    };
    for edit in edits {
        if edit.start_s > elapsed_s - LEAST_S {
            warn(edit, "was left out: it lies after the end");
            continue;
        }
        if edit.end_s >= elapsed_s + MEETS_S {
            warn(edit, "was cut: it goes on after the end");
        }
        fitting.push(SegmentEdit {
            start_s: round(edit.start_s, 1),
            end_s: round(edit.end_s, 1).min(elapsed_s),
            ..*edit
        });
    }
    fitting.sort_by(|one, other| one.start_s.total_cmp(&other.start_s));
    if let Some(first) = fitting.first_mut().filter(|first| first.start_s < MEETS_S) {
        first.start_s = 0.0;
    }
    let near_end = |last: &&mut SegmentEdit| last.end_s > elapsed_s - MEETS_S;
    if let Some(last) = fitting.last_mut().filter(near_end) {
        last.end_s = elapsed_s;
    }
    // Less than a second between two marks is nobody's.
    for index in 1..fitting.len() {
        if fitting[index].start_s - fitting[index - 1].end_s < LEAST_S {
            fitting[index].start_s = fitting[index - 1].end_s;
        }
    }
    (fitting, warnings)
}

/// Returns the marks, and what they leave of the efforts that were found, in order.
fn fixed(found: &[Segment], edits: &[SegmentEdit], elapsed_s: f64) -> Vec<Piece> {
    let mut fixed: Vec<Piece> = edits
        .iter()
        .map(|edit| {
            let (start, end) = (Boundary::exact(edit.start_s), Boundary::exact(edit.end_s));
            piece(edit.kind, start, end, Origin::You)
        })
        .collect();
    for (index, effort) in found.iter().enumerate() {
        if effort.kind.is_work() {
            fixed.extend(left_of(effort, index, edits, elapsed_s));
        }
    }
    fixed.sort_by(|one, other| one.stretch.start.at_s.total_cmp(&other.stretch.start.at_s));
    meet(&mut fixed);
    fixed
}

fn piece(kind: SegmentKind, start: Boundary, end: Boundary, origin: Origin) -> Piece {
    let stretch = Stretch {
        kind,
        start,
        end,
        bout: None,
    };
    Piece { stretch, origin }
}

/// Returns what marks leave of a found effort. A mark of the same kind says how far that effort
/// went, so that what is left beside it is none.
fn left_of(effort: &Segment, index: usize, edits: &[SegmentEdit], elapsed_s: f64) -> Vec<Piece> {
    let (start, end) = boundaries(effort, elapsed_s);
    let mut left = Vec::new();
    let (mut at, mut is_open) = (start, true);
    let mut push = |from: Boundary, to: Boundary, is_open: bool| {
        let is_whole = from == start && to == end;
        if is_whole || (is_open && to.at_s - from.at_s >= LEAST_LEFT_S) {
            left.push(piece(effort.kind, from, to, Origin::Effort(index)));
        }
    };
    for edit in edits {
        if edit.common_s(effort.start_s, end.at_s) > 0.0 {
            let is_same = edit.kind == effort.kind;
            push(at, Boundary::exact(edit.start_s), is_open && !is_same);
            (at, is_open) = (Boundary::exact(edit.end_s), !is_same);
        }
    }
    push(at, end, is_open);
    left
}

fn boundaries(segment: &Segment, elapsed_s: f64) -> (Boundary, Boundary) {
    let start = Boundary {
        at_s: segment.start_s,
        low_s: segment.start_low_s,
        high_s: segment.start_high_s,
    };
    let end = Boundary {
        at_s: segment.end_s.min(elapsed_s),
        low_s: segment.end_low_s,
        high_s: segment.end_high_s,
    };
    (start, end)
}

/// Lets found efforts reach the marks that they nearly meet.
fn meet(fixed: &mut [Piece]) {
    for index in 1..fixed.len() {
        let (before, after) = fixed.split_at_mut(index);
        let (before, after) = (&mut before[index - 1], &mut after[0]);
        let gap_s = after.stretch.start.at_s - before.stretch.end.at_s;
        if gap_s >= MEETS_S {
            continue;
        }
        match (&before.origin, &after.origin) {
            (Origin::Effort(_), Origin::You) => before.stretch.end = after.stretch.start,
            (Origin::You, Origin::Effort(_)) => after.stretch.start = before.stretch.end,
            _ => {}
        }
    }
}

/// Returns all pieces of the run: the fixed ones, and between them what their place says.
fn pieces(signals: &Signals, not_run: &[Away], fixed: &[Piece], elapsed_s: f64) -> Vec<Piece> {
    let efforts: Vec<(f64, f64)> = fixed
        .iter()
        .filter(|piece| piece.stretch.kind.is_work())
        .map(|piece| (piece.stretch.start.at_s, piece.stretch.end.at_s))
        .collect();
    let mut all: Vec<Piece> = Vec::new();
    let between = |all: &mut Vec<Piece>, start: Boundary, end: Boundary| {
        let mut stretches = Vec::new();
        let kind = rest_kind(&efforts, start.at_s);
        fill(signals, kind, start, end, &mut stretches);
        let stretches = away::cut(not_run, stretches);
        all.extend(stretches.into_iter().map(|stretch| Piece {
            stretch,
            origin: Origin::Between,
        }));
    };
    let mut at = Boundary::exact(0.0);
    for piece in fixed {
        between(&mut all, at, piece.stretch.start);
        at = piece.stretch.end;
        all.push(piece.clone());
    }
    between(&mut all, at, Boundary::exact(elapsed_s));
    joined(all)
}

/// Joins marks with neighbours of which they say the same.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        let Some(last) = joined.last_mut() else {
            joined.push(piece);
            continue;
        };
        let (kind, other) = (last.stretch.kind, piece.stretch.kind);
        match (&last.origin, &piece.origin) {
            (Origin::Between | Origin::Joined(_), Origin::You) if says_the_same(other, kind) => {
                last.origin = Origin::Joined(told(&last.origin, &piece.stretch));
                last.stretch.end = piece.stretch.end;
            }
            (Origin::You, Origin::Between) if says_the_same(kind, other) => {
                last.origin = Origin::Joined(told(&last.origin, &last.stretch));
                last.stretch.kind = other;
                last.stretch.end = piece.stretch.end;
            }
            (Origin::Joined(_), Origin::Between) if kind == other => {
                last.stretch.end = piece.stretch.end;
            }
            _ => joined.push(piece),
        }
    }
    joined
}

/// Returns whether a mark says of a stretch what its place says already.
fn says_the_same(marked: SegmentKind, place: SegmentKind) -> bool {
    use SegmentKind::*;
    marked == place || (marked == Steady && matches!(place, WarmUp | CoolDown))
}

/// Returns the words for a mark, after those for an earlier one.
fn told(earlier: &Origin, marked: &Stretch) -> String {
    let edit = SegmentEdit {
        start_s: marked.start.at_s,
        end_s: marked.end.at_s,
        kind: marked.kind,
    };
    let words = format!("{} {}", edit.words(), edit.kind.word());
    match earlier {
        Origin::Joined(earlier) => format!("{earlier}, {words}"),
        _ => format!("you marked {words}"),
    }
}

fn segment(streams: &Streams, signals: &Signals, piece: &Piece, found: &Segmentation) -> Segment {
    let (start, end) = (piece.stretch.start.at_s, piece.stretch.end.at_s);
    let unchanged = found.segments.iter().find(|segment| {
        segment.kind == piece.stretch.kind
            && (segment.start_s - start).abs() < SAME_S
            && (segment.end_s - end).abs() < SAME_S
    });
    let is_marked = matches!(piece.origin, Origin::You | Origin::Joined(_));
    if let Some(segment) = unchanged.filter(|_| !is_marked) {
        return Segment {
            set: None,
            rep: None,
            name: None,
            ..segment.clone()
        };
    }
    let mut segment = based(streams, signals, &piece.stretch);
    match &piece.origin {
        Origin::You => {
            segment.sources = vec![RestsOn::You];
            segment.confidence = 1.0;
            segment.evidence = vec![words_of("you marked it")];
        }
        Origin::Effort(index) => {
            let effort = &found.segments[*index];
            segment.executed = effort.executed;
            segment.confidence = effort.confidence;
            segment.sources.clone_from(&effort.sources);
            segment.evidence.clone_from(&effort.evidence);
        }
        Origin::Between => segment = rest(streams, signals, &piece.stretch),
        Origin::Joined(words) => {
            segment = rest(streams, signals, &piece.stretch);
            segment.sources.push(RestsOn::You);
            segment.evidence.insert(0, words_of(words));
        }
    }
    segment
}

fn words_of(text: &str) -> Evidence {
    Evidence {
        text: text.to_owned(),
        value: None,
        unit: None,
        contribution: None,
    }
}

/// Returns the candidates that the marks leave open.
fn open(candidates: Vec<Candidate>, edits: &[SegmentEdit]) -> Vec<Candidate> {
    let is_open = |candidate: &Candidate| {
        let (start_s, end_s) = (candidate.start_s, candidate.end_s);
        let marked_s: f64 = edits.iter().map(|edit| edit.common_s(start_s, end_s)).sum();
        marked_s <= SETTLED_SHARE * (end_s - start_s)
    };
    candidates.into_iter().filter(is_open).collect()
}

#[cfg(test)]
mod tests;
