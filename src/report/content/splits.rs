//! Splits: each kilometre or mile of a run, as it went.

use crate::segmentation::Segment;
use crate::streams::Motion;
use crate::streams::Streams;
use crate::summary::climb_by_cell;
use crate::units::UnitSystem;
use crate::units::as_f64;

/// The last split is told from this share of a whole one on.
///
/// Chosen: 50 m of a kilometre, less is the way to the door.
const LEAST_REST: f64 = 0.05;

/// One kilometre or mile.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// Its length, in metres: the last one may be shorter.
    pub distance_m: f64,
    /// From when to when on the elapsed clock, in seconds.
    pub start_s: f64,
    /// See [`Split::start_s`].
    pub end_s: f64,
    /// Its time without standing and pauses, in seconds.
    pub moving_s: f64,
    /// Mean grade-adjusted speed while moving, in metres per second; absent where slope is not known.
    pub effort_speed_m_s: Option<f64>,
    /// Mean heart rate, in beats per minute.
    pub heart_rate_bpm: Option<f64>,
    /// Metres climbed, of altitude as it was smoothed; absent where it is not sound.
    pub ascent_m: Option<f64>,
    /// The segments that it touches for the most part, by their index.
    pub segments: Vec<usize>,
}

impl Split {
    /// Returns the mean speed while moving, in metres per second.
    #[must_use]
    pub fn speed_m_s(&self) -> Option<f64> {
        (self.moving_s > 0.0).then(|| self.distance_m / self.moving_s)
    }
}

/// Returns the splits of a run in a unit of length; none without a distance.
#[must_use]
pub fn splits(streams: &Streams, segments: &[Segment], units: UnitSystem) -> Vec<Split> {
    let unit_m = units.distance_m();
    let mut found = Vec::new();
    let (mut first_cell, mut start_s, mut start_m) = (0, 0.0, 0.0);
    let mut next_m = unit_m;
    let climbed = climb_by_cell(&streams.altitude_m);
    let split =
        |span, cells, distance_m| split(streams, segments, &climbed, (span, cells, distance_m));
    for cell in 0..streams.len() {
        let (Some(low), Some(high)) = (
            streams.distance_m.get(cell),
            streams.distance_m.get(cell + 1),
        ) else {
            continue;
        };
        // At most a few splits end in one second, however wild the distance.
        while high >= next_m && high > low {
            let end_s = as_f64(cell) + (next_m - low).max(0.0) / (high - low);
            found.push(split(
                (start_s, end_s),
                first_cell..cell + 1,
                next_m - start_m,
            ));
            (first_cell, start_s, start_m) = (cell, end_s, next_m);
            next_m += unit_m;
        }
    }
    let last_m = streams.distance_m.iter().rev().flatten().next();
    let rest_m = last_m.map_or(0.0, |last| last - start_m);
    if rest_m >= LEAST_REST * unit_m {
        let span = (start_s, streams.elapsed_s);
        found.push(split(span, first_cell..streams.len(), rest_m));
    }
    found
}

fn split(
    streams: &Streams,
    segments: &[Segment],
    climbed: &[f64],
    ((start_s, end_s), cells, distance_m): ((f64, f64), std::ops::Range<usize>, f64),
) -> Split {
    let moving: Vec<usize> = cells
        .clone()
        .filter(|cell| is_moving(streams, *cell))
        .collect();
    let stood_s = as_f64(cells.len() - moving.len());
    let effort = |cell: &usize| streams.effort_speed_m_s.get(*cell);
    let efforts: Vec<f64> = moving.iter().filter_map(effort).collect();
    let is_sloped = streams.grade_quality.is_used();
    Split {
        distance_m,
        start_s,
        end_s,
        moving_s: (end_s - start_s - stood_s).max(0.0),
        effort_speed_m_s: crate::statistics::mean(&efforts).filter(|_| is_sloped),
        heart_rate_bpm: streams.heart_rate_bpm.mean(cells.clone()),
        ascent_m: is_sloped.then(|| climbed.get(cells).map_or(0.0, |cells| cells.iter().sum())),
        segments: touched(segments, start_s, end_s),
    }
}

fn is_moving(streams: &Streams, cell: usize) -> bool {
    streams.motion(cell) == Motion::Moving
}

/// Returns the segments of which a good part lies in a split, or which are a good part of it.
fn touched(segments: &[Segment], start_s: f64, end_s: f64) -> Vec<usize> {
    /// The share of the shorter of the two that they have in common.
    const LEAST_SHARE: f64 = 0.25;
    let common = |segment: &Segment| segment.end_s.min(end_s) - segment.start_s.max(start_s);
    let is_touched = |segment: &Segment| {
        let shorter = segment.elapsed_s().min(end_s - start_s);
        shorter > 0.0 && common(segment) >= LEAST_SHARE * shorter
    };
    let indices = segments.iter().enumerate();
    indices
        .filter(|(_, segment)| is_touched(segment))
        .map(|(index, _)| index)
        .collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;
    use crate::report::made_up;

    #[test]
    fn splits_make_up_the_run() {
        let (session, streams) = made_up::intervals();
        for units in [UnitSystem::Metric, UnitSystem::Imperial] {
            let found = splits(&streams, &session.segments, units);
            let metres: f64 = found.iter().map(|split| split.distance_m).sum();
            let whole = streams.distance_m.iter().next_back().flatten().unwrap();
            assert!(metres <= whole + 1e-6 && metres >= whole - LEAST_REST * units.distance_m());
            for pair in found.windows(2) {
                assert!((pair[0].distance_m - units.distance_m()).abs() < 1e-6);
                assert!((pair[0].end_s - pair[1].start_s).abs() < 1e-9);
            }
            assert!(found.iter().all(|split| split.heart_rate_bpm.is_some()));
        }
    }

    #[test]
    fn standing_counts_into_no_pace() {
        let (session, mut streams) = made_up::intervals();
        let before = splits(&streams, &session.segments, UnitSystem::Metric);
        // A minute at the lights in the first kilometre.
        for cell in 100..160 {
            streams.paused[cell] = true;
        }
        let after = splits(&streams, &session.segments, UnitSystem::Metric);
        assert!((before[0].moving_s - after[0].moving_s - 60.0).abs() < 1e-9);
    }

    #[test]
    fn the_time_of_splits_is_the_moving_time_of_the_run() {
        let (session, streams) = made_up::intervals();
        let moving = (0..streams.len()).filter(|cell| is_moving(&streams, *cell));
        let moving_s = as_f64(moving.count());
        let found = splits(&streams, &session.segments, UnitSystem::Metric);
        let sum: f64 = found.iter().map(|split| split.moving_s).sum();
        let rest_s = streams.elapsed_s - found.last().unwrap().end_s;
        assert!(
            (sum + rest_s - moving_s).abs() < as_f64(found.len()) + 1.0,
            "{sum} {moving_s}"
        );
    }

    #[test]
    fn a_split_knows_its_segments() {
        let (session, streams) = made_up::intervals();
        let found = splits(&streams, &session.segments, UnitSystem::Metric);
        assert_eq!(found[0].segments, [0]);
        let of_reps = found.iter().flat_map(|split| &split.segments);
        let works = of_reps.filter(|index| session.segments[**index].kind.is_work());
        assert!(works.count() >= 6);
    }

    #[test]
    fn without_a_distance_there_are_none() {
        let (session, mut streams) = made_up::intervals();
        streams.distance_m = crate::channel::Channel::absent(streams.len() + 1);
        assert_eq!(splits(&streams, &session.segments, UnitSystem::Metric), []);
    }
}
