//! Two runs side by side.

use chrono::NaiveDate;
use serde::Serialize;

use crate::classification::Session;
use crate::report::content::aggregates::mean_by_time;
use crate::report::content::compare::HeartRateAtPace;
use crate::report::content::compare::at_pace::heart_rate_at_pace;
use crate::report::content::splits;
use crate::report::content::splits::Split;
use crate::review::session_id;
use crate::review::session_title;
use crate::review::structure;
use crate::segmentation::Segment;
use crate::streams::Streams;
use crate::units::UnitSystem;
use crate::units::round;
use crate::vocabulary::SessionKind;
use crate::vocabulary::ZoneBasis;

/// One of two runs with its splits.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    /// The run.
    pub session: &'a Session,
    /// Its kilometres; none without a distance or when its export cannot be read.
    pub kilometres: Vec<Split>,
    /// Its miles, in the same way.
    pub miles: Vec<Split>,
}

impl<'a> Run<'a> {
    /// Returns a run with the splits of its streams.
    #[must_use]
    pub fn of(session: &'a Session, streams: Option<&Streams>) -> Self {
        let of = |units| {
            let splits = streams.map(|streams| splits::splits(streams, &session.segments, units));
            splits.unwrap_or_default()
        };
        Self {
            session,
            kilometres: of(UnitSystem::Metric),
            miles: of(UnitSystem::Imperial),
        }
    }
}

/// Two runs side by side: A, then B. Differences are of B against A.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunComparison {
    /// The runs.
    pub runs: [RunSide; 2],
    /// Whether both are workouts of one structure.
    pub same_structure: bool,
    /// The repetitions of the main sets, by their number; none unless both runs have a set.
    pub reps: Vec<PairedRep>,
    /// Heart rate over grade-adjusted speed in parts that can be compared.
    pub heart_rate_at_pace: Option<HeartRateAtPace>,
    /// Each kilometre.
    pub splits: Vec<PairedSplit>,
    /// Each mile; documents are in SI units and do without.
    #[serde(skip)]
    pub mile_splits: Vec<PairedSplit>,
    /// What cannot be compared, and why.
    pub not_compared: Vec<String>,
}

/// One run in short.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunSide {
    /// Its identifier: the day and the start of the hash of its file.
    pub id: String,
    /// The file.
    pub path: String,
    /// The day.
    pub day: Option<NaiveDate>,
    /// What it was.
    pub kind: SessionKind,
    /// What is worth saying in a few words.
    pub title: String,
    /// The structure of its longest set, as in "6 × 1000 m (jog)".
    pub structure: Option<String>,
    /// Distance, in metres.
    pub distance_m: Option<f64>,
    /// Moving time, in seconds.
    pub moving_s: f64,
    /// Mean speed while moving, in metres per second.
    pub speed_m_s: Option<f64>,
    /// The same on the flat for the same effort.
    pub effort_speed_m_s: Option<f64>,
    /// Mean heart rate, in beats per minute.
    pub heart_rate_bpm: Option<f64>,
    /// Load, in points.
    pub load: Option<f64>,
    /// Seconds in the easy, moderate and hard zone.
    pub zone_s: Option<[f64; 3]>,
    /// What the zones were measured by.
    pub zone_basis: Option<ZoneBasis>,
}

/// One repetition.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rep {
    /// Its usual name, as in "1000 m".
    pub name: Option<String>,
    /// Distance, in metres.
    pub distance_m: Option<f64>,
    /// Moving time, in seconds.
    pub moving_s: f64,
    /// Mean speed, in metres per second.
    pub speed_m_s: Option<f64>,
    /// Mean heart rate, in beats per minute.
    pub heart_rate_bpm: Option<f64>,
}

/// The repetition of a number in both runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PairedRep {
    /// Counted from 1.
    pub number: usize,
    /// Absent where a run has fewer.
    pub runs: [Option<Rep>; 2],
    /// How much faster that of B was, in percent of speed.
    pub faster_pct: Option<f64>,
    /// How much higher its heart rate was, in beats per minute.
    pub heart_rate_change_bpm: Option<f64>,
}

/// A kilometre or mile of one run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SplitSide {
    /// Its length, in metres: the last one may be shorter.
    pub distance_m: f64,
    /// Moving time, in seconds.
    pub moving_s: f64,
    /// Mean speed while moving, in metres per second.
    pub speed_m_s: Option<f64>,
    /// Mean heart rate, in beats per minute.
    pub heart_rate_bpm: Option<f64>,
}

/// The kilometre or mile of a number in both runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PairedSplit {
    /// Counted from 1.
    pub number: usize,
    /// Absent where a run is shorter.
    pub runs: [Option<SplitSide>; 2],
}

impl RunComparison {
    /// Compares two runs.
    #[must_use]
    pub fn of(runs: [&Run<'_>; 2]) -> Self {
        let sessions = runs.map(|run| run.session);
        let sides = sessions.map(side);
        let [a, b] = &sides;
        let same_structure = a.structure.is_some() && a.structure == b.structure;
        let at_pace = heart_rate_at_pace(sessions, same_structure);
        let reps = paired_reps(sessions);
        let not_compared = not_compared(runs, &sides, at_pace.is_some());
        Self {
            same_structure,
            reps,
            heart_rate_at_pace: at_pace,
            splits: paired_splits(runs.map(|run| &run.kilometres[..])),
            mile_splits: paired_splits(runs.map(|run| &run.miles[..])),
            not_compared,
            runs: sides,
        }
    }
}

fn side(session: &Session) -> RunSide {
    let head = &session.head;
    let speed = head.distance_m.filter(|_| head.moving_s > 0.0);
    let all: Vec<&Segment> = session.segments.iter().collect();
    let zones = session.distribution.as_ref();
    RunSide {
        id: session_id(session),
        path: head.source.name(),
        day: head.day,
        kind: session.kind,
        title: session_title(session),
        structure: structure(session),
        distance_m: head.distance_m.map(|metres| round(metres, 1)),
        moving_s: round(head.moving_s, 1),
        speed_m_s: speed.map(|metres| round(metres / head.moving_s, 3)),
        effort_speed_m_s: mean_by_time(all.iter().copied(), |one| one.effort_speed_m_s)
            .map(|speed| round(speed, 3)),
        heart_rate_bpm: mean_by_time(all.iter().copied(), |one| one.heart_rate_bpm)
            .map(|beats| round(beats, 1)),
        load: session.load.as_ref().map(|load| round(load.value, 1)),
        zone_s: zones.map(|zones| zones.zone_s.map(|seconds| round(seconds, 0))),
        zone_basis: zones.map(|zones| zones.basis),
    }
}

/// Returns pairs of what two lists hold, as many as the longer one has.
fn paired<T>(mut lists: [Vec<T>; 2]) -> Vec<[Option<T>; 2]> {
    let count = lists.each_ref().map(Vec::len).into_iter().max();
    let mut sides = lists.each_mut().map(|list| list.drain(..));
    (0..count.unwrap_or_default())
        .map(|_| sides.each_mut().map(Iterator::next))
        .collect()
}

fn paired_reps(sessions: [&Session; 2]) -> Vec<PairedRep> {
    let reps = sessions.map(|session| session.main_reps().into_iter().map(rep).collect());
    let [a, b]: &[Vec<Rep>; 2] = &reps;
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let pairs = paired(reps).into_iter().zip(1..);
    pairs
        .map(|(runs, number)| {
            let both = |value: fn(&Rep) -> Option<f64>| {
                let [a, b] = runs.each_ref().map(|rep| rep.as_ref().and_then(value));
                a.zip(b)
            };
            let speeds = both(|rep| rep.speed_m_s).filter(|(a, _)| *a > 0.0);
            let beats = both(|rep| rep.heart_rate_bpm);
            PairedRep {
                number,
                faster_pct: speeds.map(|(a, b)| round((b / a - 1.0) * 100.0, 1)),
                heart_rate_change_bpm: beats.map(|(a, b)| round(b - a, 1)),
                runs,
            }
        })
        .collect()
}

fn rep(segment: &Segment) -> Rep {
    Rep {
        name: segment.name.clone(),
        distance_m: segment.distance_m.map(|metres| round(metres, 1)),
        moving_s: round(segment.moving_s, 1),
        speed_m_s: segment.speed_m_s.map(|speed| round(speed, 3)),
        heart_rate_bpm: segment.heart_rate_bpm.map(|beats| round(beats, 1)),
    }
}

fn paired_splits(splits: [&[Split]; 2]) -> Vec<PairedSplit> {
    let sides = splits.map(|splits| {
        let sides = splits.iter().map(|split| SplitSide {
            distance_m: round(split.distance_m, 1),
            moving_s: round(split.moving_s, 1),
            speed_m_s: split.speed_m_s().map(|speed| round(speed, 3)),
            heart_rate_bpm: split.heart_rate_bpm.map(|beats| round(beats, 1)),
        });
        sides.collect::<Vec<_>>()
    });
    let pairs = paired(sides).into_iter().zip(1..);
    pairs
        .map(|(runs, number)| PairedSplit { number, runs })
        .collect()
}

/// Returns "A", "B" or "A and B", whichever lack something; absent where neither does.
fn lacking<T>(sides: [T; 2], lacks: impl Fn(&T) -> bool) -> Option<&'static str> {
    match sides.each_ref().map(lacks) {
        [true, true] => Some("A and B"),
        [true, false] => Some("A"),
        [false, true] => Some("B"),
        [false, false] => None,
    }
}

fn not_compared(runs: [&Run<'_>; 2], sides: &[RunSide; 2], has_at_pace: bool) -> Vec<String> {
    let no_heart = lacking(sides.each_ref(), |side| side.heart_rate_bpm.is_none());
    let no_reps = lacking(runs, |run| run.session.main_reps().is_empty());
    // Of two runs without repetitions nobody expects them.
    let no_reps = no_reps.filter(|who| who.len() == 1);
    let no_splits = lacking(runs, |run| run.kilometres.is_empty());
    let no_zones = lacking(sides.each_ref(), |side| side.zone_s.is_none());
    let [a, b] = sides;
    let other_sets = a.structure.as_ref().zip(b.structure.as_ref());
    let other_sets = other_sets.filter(|(a, b)| a != b);
    let other_basis = a.zone_basis.zip(b.zone_basis).filter(|(a, b)| a != b);
    let name = |basis: ZoneBasis| basis.name().replace('_', " ");
    [
        no_heart.map(|who| format!("no heart rate in {who}")),
        no_reps.map(|who| format!("no repetitions in {who}")),
        other_sets.map(|(a, b)| format!("the main sets differ: {a} in A, {b} in B")),
        (!has_at_pace && no_heart.is_none()).then(|| {
            "no heart rate at pace: A and B have neither a main set of one structure, nor tempo, nor ten minutes of easy running in common".to_owned()
        }),
        no_splits.map(|who| format!("no splits of {who}: no distance, or its export cannot be read")),
        no_zones.map(|who| format!("no zones of {who}: nothing to rate them by")),
        other_basis.map(|(a, b)| {
            format!("zones are by {} in A and by {} in B", name(a), name(b))
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::made_up;

    /// The made-up workout, and the same run five percent faster at five beats more.
    fn two() -> ([Session; 2], [Streams; 2]) {
        let (session, streams) = made_up::intervals();
        let mut other = session.clone();
        for segment in &mut other.segments {
            segment.speed_m_s = segment.speed_m_s.map(|speed| speed * 1.05);
            segment.effort_speed_m_s = segment.effort_speed_m_s.map(|speed| speed * 1.05);
            segment.heart_rate_bpm = segment.heart_rate_bpm.map(|beats| beats + 5.0);
        }
        ([session, other], [streams.clone(), streams])
    }

    fn compared(sessions: &[Session; 2], streams: &[Streams; 2]) -> RunComparison {
        let a = Run::of(&sessions[0], Some(&streams[0]));
        let b = Run::of(&sessions[1], Some(&streams[1]));
        RunComparison::of([&a, &b])
    }

    #[test]
    fn the_same_workout_is_compared_rep_by_rep() {
        let (sessions, streams) = two();
        let found = compared(&sessions, &streams);
        assert_eq!(found.reps.len(), sessions[0].main_reps().len());
        for rep in &found.reps {
            assert!(rep.faster_pct.is_some_and(|pct| (pct - 5.0).abs() <= 0.1));
            assert_eq!(rep.heart_rate_change_bpm, Some(5.0));
        }
        assert!(found.splits.len() > found.mile_splits.len());
        assert!(
            found
                .splits
                .iter()
                .all(|split| split.runs.iter().all(Option::is_some))
        );
        assert!(found.same_structure, "{:?}", found.runs);
        let at_pace = found.heart_rate_at_pace.expect("both have a heart rate");
        assert_eq!(at_pace.parts, "the main set");
        // 155 / 150 beats over 1.05 of the speed.
        assert!((at_pace.change_pct - (155.0 / 150.0 / 1.05 - 1.0) * 100.0).abs() < 0.1);
    }

    #[test]
    fn what_one_run_lacks_is_said() {
        let (mut sessions, streams) = two();
        for segment in &mut sessions[1].segments {
            segment.heart_rate_bpm = None;
            segment.set = None;
        }
        sessions[1].sets.clear();
        sessions[1].distribution = None;
        let a = Run::of(&sessions[0], Some(&streams[0]));
        let b = Run::of(&sessions[1], None);
        let found = RunComparison::of([&a, &b]);
        assert_eq!((found.reps.len(), &found.heart_rate_at_pace), (0, &None));
        let told = found.not_compared.join("\n");
        for expected in [
            "no heart rate in B",
            "no repetitions in B",
            "no splits of B",
            "no zones of B",
        ] {
            assert!(told.contains(expected), "{expected}: {told}");
        }
        assert!(!told.contains("at pace"), "said already: {told}");
    }

    #[test]
    fn other_sets_are_compared_in_their_easy_running() {
        let (mut sessions, streams) = two();
        sessions[1].sets[0].name = "10 × 400 m".to_owned();
        let found = compared(&sessions, &streams);
        assert!(!found.same_structure);
        assert!(
            found
                .not_compared
                .iter()
                .any(|one| one.starts_with("the main sets differ"))
        );
        let at_pace = found.heart_rate_at_pace.expect("both ran easily");
        assert_eq!(at_pace.parts, "the easy running");
    }

    #[test]
    fn the_longer_list_decides_how_many_pairs_there_are() {
        let pairs = paired([vec![1, 2, 3], vec![4]]);
        assert_eq!(
            pairs,
            [[Some(1), Some(4)], [Some(2), None], [Some(3), None]]
        );
        assert_eq!(paired::<u8>([Vec::new(), Vec::new()]), [[None; 2]; 0]);
    }
}
