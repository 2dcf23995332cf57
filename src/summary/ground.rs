//! Efforts that are run over the same ground again and again, each in the same direction: hill
//! repetitions, told where altitude is not.
//!
//! On the flat one turns and runs the next repetition the other way, or goes round a track; who returns
//! to the start each time does so because the way up is the effort. What is kept are counts and a
//! likeness, never a position.

use crate::segmentation::Segment;
use crate::streams::Streams;
use crate::summary::RepeatedGround;
use crate::summary::cells::number;
use crate::thresholds::EARTH_RADIUS_M;

/// Efforts of this length are looked at.
///
/// # Units
/// Seconds. Chosen: hill sprints are shorter and change no kind; longer climbs are seldom repeated.
const LENGTHS_S: std::ops::RangeInclusive<f64> = 15.0..=420.0;
/// The way leads somewhere: start and end lie at least this share of its length apart. A lap of a track
/// leads nowhere, half of one 0.64 of its length.
///
/// # Units
/// Ratio.
const LEAST_STRAIGHT: f64 = 0.7;
/// Starts lie this near to each other, and ways as near beside each other.
///
/// # Units
/// Metres. Chosen: twice the error of a watch's positions, and some steps of the runner.
const NEAR_M: f64 = 25.0;
/// Positions of a way, this far apart.
///
/// # Units
/// Seconds.
const STEP_S: usize = 3;
/// Two ways are the same where this share of the shorter lies along the other.
///
/// # Units
/// Ratio. Chosen.
const LEAST_ALIKE: f64 = 0.8;

/// A way in metres east and north of the first position of the run.
type Way = Vec<(f64, f64)>;

/// Returns how many efforts cover the same ground, where slope is not known and positions are.
pub(super) fn repeated_ground(streams: &Streams, segments: &[Segment]) -> Option<RepeatedGround> {
    if streams.grade_quality.is_used() {
        return None;
    }
    let works = segments.iter().filter(|segment| {
        segment.executed
            && segment.kind.is_work()
            && LENGTHS_S.contains(&(segment.end_s - segment.start_s))
    });
    let first = (0..streams.len()).find_map(|second| position_deg(streams, second))?;
    let ways: Vec<Way> = works.filter_map(|work| way(streams, first, work)).collect();
    let alike = |one: &Way| -> Vec<f64> {
        let others = ways.iter().map(|other| likeness(one, other));
        others.filter(|likeness| *likeness >= LEAST_ALIKE).collect()
    };
    let most = ways.iter().map(alike).max_by_key(Vec::len)?;
    (most.len() >= 2).then(|| RepeatedGround {
        efforts: ways.len(),
        same: most.len(),
        likeness: most.iter().sum::<f64>() / number(most.len()),
    })
}

/// Returns the way of an effort that leads somewhere, from the first position of the run.
fn way(streams: &Streams, first_deg: (f64, f64), work: &Segment) -> Option<Way> {
    let position = |second: usize| {
        let (latitude, longitude) = position_deg(streams, second)?;
        let metres = |degrees: f64| degrees.to_radians() * EARTH_RADIUS_M;
        let east = metres(longitude - first_deg.1) * first_deg.0.to_radians().cos();
        Some((east, metres(latitude - first_deg.0)))
    };
    let range = crate::summary::cells::range(work, streams.len());
    let ends = (position(range.start)?, position(range.end.checked_sub(1)?)?);
    let way: Way = range
        .step_by(STEP_S)
        .filter_map(position)
        .chain([ends.1])
        .collect();
    let length: f64 = way.windows(2).map(|pair| apart(pair[0], pair[1])).sum();
    (apart(ends.0, ends.1) >= (LEAST_STRAIGHT * length).max(NEAR_M)).then_some(way)
}

fn position_deg(streams: &Streams, second: usize) -> Option<(f64, f64)> {
    let latitude = streams.latitude_deg.get(second);
    latitude.zip(streams.longitude_deg.get(second))
}

/// Returns the share of the shorter of two ways that lies along the other, 0 where they start elsewhere.
fn likeness(one: &Way, other: &Way) -> f64 {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if apart(short[0], long[0]) > NEAR_M {
        return 0.0;
    }
    let along = short
        .iter()
        .filter(|place| long.iter().any(|at| apart(**place, *at) <= NEAR_M));
    number(along.count()) / number(short.len())
}

fn apart(one: (f64, f64), other: (f64, f64)) -> f64 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn straight(from_m: f64, to_m: f64) -> Way {
        (0..20)
            .map(|step| (from_m + (to_m - from_m) * f64::from(step) / 19.0, 0.0))
            .collect()
    }

    #[test]
    fn the_way_back_is_another_way() {
        let up = straight(0.0, 200.0);
        assert!(likeness(&up, &straight(6.0, 230.0)) > 0.99);
        assert!(likeness(&up, &straight(200.0, 0.0)) < 0.01);
        assert!(likeness(&up, &straight(0.0, -200.0)) < 0.3);
    }
}
