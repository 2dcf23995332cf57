//! Fastest times over usual distances, two ways: elapsed, whatever one stood, and continuous, without a
//! stop inside; neither over seconds that were bridged or replaced.

use std::ops::Range;

use crate::channel::Sums;
use crate::human::record_time_s;
use crate::streams::Motion;
use crate::streams::Streams;
use crate::summary::BestEffort;
use crate::summary::cells::number;
use crate::summary::cells::whole;

/// The distances.
///
/// # Units
/// Metres.
const DISTANCES_M: [f64; 10] = [
    400.0, 800.0, 1000.0, 1609.344, 3000.0, 5000.0, 10_000.0, 15_000.0, 21_097.5, 42_195.0,
];
/// The share of suspect seconds that an effort may hold.
///
/// # Units
/// Ratio.
const MOST_SUSPECT_SHARE: f64 = 0.05;
/// A longer pause of the timer, or a longer stand, is a stop: an effort over it is not continuous.
///
/// # Units
/// Seconds. Convention, as in segmentation: no rest is shorter.
const MOST_PAUSE_S: usize = 10;

/// A distance so near to one of the above is that: "21.1 km", "42.2 km".
///
/// # Units
/// Ratio.
const SAME_DISTANCE: f64 = 0.002;

/// Returns the distance of the list that a race of some length is over.
#[must_use]
pub fn usual_distance(metres: f64) -> Option<f64> {
    DISTANCES_M
        .into_iter()
        .find(|usual| (metres / usual - 1.0).abs() <= SAME_DISTANCE)
}

/// Returns the fastest times over each distance that the run covers.
pub(super) fn best_efforts(streams: &Streams) -> Vec<BestEffort> {
    let Some(edges) = edges(streams) else {
        return Vec::new();
    };
    let unsound = (0..streams.len()).map(|i| (streams.suspect[i] || streams.gap[i]).then_some(1.0));
    let course = Course {
        edges,
        unsound: Sums::from_samples(unsound),
    };
    let paused = Sums::from_samples(streams.paused.iter().map(|p| p.then_some(1.0)));
    let between_stops = between_stops(streams);
    let all = DISTANCES_M.iter();
    all.filter_map(|&distance_m| {
        let (start, elapsed_s) = course.fastest(0..streams.len(), distance_m)?;
        let end = (start + whole(elapsed_s)).min(streams.len());
        let is_continuous = longest(&streams.paused[start..end]) <= MOST_PAUSE_S;
        let off_s = if is_continuous {
            0.0
        } else {
            paused.sum(start..end)
        };
        let unbroken = match between_stops.as_slice() {
            [part] if *part == (0..streams.len()) => Some((start, elapsed_s)),
            parts => parts
                .iter()
                .filter_map(|part| course.fastest(part.clone(), distance_m))
                .min_by(|a, b| a.1.total_cmp(&b.1)),
        };
        Some(BestEffort {
            distance_m,
            time_s: elapsed_s - off_s,
            start_s: number(start),
            continuous: is_continuous,
            elapsed_s: Some(elapsed_s),
            continuous_s: unbroken.map(|(_, time_s)| time_s),
            continuous_start_s: unbroken.map(|(start, _)| number(start)),
        })
    })
    .collect()
}

/// Returns the stretches between stops, half-open, in cells.
fn between_stops(streams: &Streams) -> Vec<Range<usize>> {
    let stands = |cell: usize| streams.paused[cell] || streams.motion(cell) == Motion::Standing;
    let (mut parts, mut from, mut stood) = (Vec::new(), 0, 0);
    for cell in 0..streams.len() {
        stood = if stands(cell) { stood + 1 } else { 0 };
        if stood > MOST_PAUSE_S {
            let end = cell + 1 - stood;
            if end > from {
                parts.push(from..end);
            }
            from = cell + 1;
        }
    }
    parts.push(from..streams.len());
    parts
}

/// Returns the distance at each edge of the cells, when all are present.
fn edges(streams: &Streams) -> Option<Vec<f64>> {
    let edges: Vec<f64> = streams.distance_m.iter().flatten().collect();
    (edges.len() == streams.len() + 1).then_some(edges)
}

/// Where a run was at each second, and which seconds were bridged or replaced.
struct Course {
    /// Metres at each edge of the cells.
    edges: Vec<f64>,
    unsound: Sums,
}

impl Course {
    /// Returns start and time of the fastest stretch of a distance within some cells, in seconds; the end
    /// is interpolated between edges.
    fn fastest(&self, within: Range<usize>, distance_m: f64) -> Option<(usize, f64)> {
        let edges = &self.edges[..=within.end];
        let record_s = record_time_s(distance_m);
        let mut best: Option<(usize, f64)> = None;
        let mut end = within.start;
        for start in within {
            let target = edges[start] + distance_m;
            while end < edges.len() && edges[end] < target {
                end += 1;
            }
            if end == edges.len() {
                break;
            }
            // No faster than the whole seconds before its last one.
            if best.is_some_and(|(_, fastest)| number(end - start) - 1.0 >= fastest) {
                continue;
            }
            let step = edges[end] - edges[end - 1];
            let time = number(end - start) - (edges[end] - target) / step;
            let is_sound = self.unsound.sum(start..end) <= time * MOST_SUSPECT_SHARE;
            if is_sound && time >= record_s && best.is_none_or(|(_, fastest)| time < fastest) {
                best = Some((start, time));
            }
        }
        best
    }
}

/// Returns the length of the longest pause.
fn longest(paused: &[bool]) -> usize {
    let pauses = paused.split(|paused| !paused);
    pauses.map(<[bool]>::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn streams(speeds: &[f64]) -> Streams {
        let mut distance = vec![0.0];
        for speed in speeds {
            distance.push(distance[distance.len() - 1] + speed);
        }
        Streams {
            elapsed_s: number(speeds.len()),
            distance_m: distance.into_iter().collect(),
            speed_m_s: speeds.iter().copied().collect(),
            paused: speeds.iter().map(|v| *v == 0.0).collect(),
            gap: vec![false; speeds.len()],
            suspect: vec![false; speeds.len()],
            ..Streams::default()
        }
    }

    #[test]
    fn the_fastest_stretch_is_found_on_the_elapsed_clock() {
        // 400 m at 5 m/s inside running at 3 m/s: 80 s from second 100 on.
        let speeds = [vec![3.0; 100], vec![5.0; 80], vec![3.0; 100]].concat();
        let efforts = best_efforts(&streams(&speeds));
        // 400, 800 and all of the 1000 m.
        assert_eq!(efforts.len(), 3);
        assert_eq!(
            efforts[0],
            BestEffort {
                distance_m: 400.0,
                time_s: 80.0,
                start_s: 100.0,
                continuous: true,
                elapsed_s: Some(80.0),
                continuous_s: Some(80.0),
                continuous_start_s: Some(100.0),
            }
        );
    }

    #[test]
    fn a_rest_with_the_timer_off_counts_on_the_clock_and_marks_the_effort() {
        // 2 × 250 m at 5 m/s around 60 s of pause: 400 m needs the pause.
        let speeds = [vec![5.0; 50], vec![0.0; 60], vec![5.0; 50]].concat();
        let efforts = best_efforts(&streams(&speeds));
        assert_eq!(efforts.len(), 1);
        assert!(!efforts[0].continuous);
        assert!((efforts[0].time_s - 80.0).abs() < 1e-9);
        assert_eq!(efforts[0].elapsed_s, Some(140.0));
        assert_eq!(efforts[0].continuous_s, None);
    }

    #[test]
    fn a_stand_with_the_timer_on_ends_what_is_continuous_and_counts_in_what_is_elapsed() {
        // 300 m, a stand and 200 m at 5 m/s, then 400 m at 4 m/s.
        let run = |stand_s: usize| {
            let parts = [vec![5.0; 60], vec![0.0; stand_s], vec![5.0; 40]];
            let mut streams = streams(&[parts.concat(), vec![4.0; 100]].concat());
            streams.paused.fill(false);
            best_efforts(&streams).remove(0)
        };
        let stopped = run(40);
        // 200 m in 40 s and 200 m in 50 s.
        assert_eq!(stopped.elapsed_s, Some(90.0));
        assert_eq!(stopped.continuous_s, Some(90.0));
        assert_eq!(stopped.continuous_start_s, Some(100.0));
        let brief = run(5);
        assert_eq!(brief.elapsed_s, Some(85.0));
        assert_eq!(brief.continuous_s, Some(85.0));
        assert_eq!(run(11).elapsed_s, Some(90.0));
        assert_eq!(run(10).continuous_s, Some(90.0));
    }

    #[test]
    fn what_stands_still_between_is_slower_without_a_stop() {
        // 350 m at 5 m/s, 20 s of rest, 50 m at 5 m/s, then 400 m at 3 m/s.
        let fast = [vec![5.0; 70], vec![0.0; 20], vec![5.0; 10]].concat();
        let best = best_efforts(&streams(&[fast, vec![3.0; 134]].concat())).remove(0);
        assert_eq!((best.time_s, best.continuous), (80.0, false));
        assert_eq!(best.elapsed_s, Some(100.0));
        let continuous_s = best.continuous_s.expect("the last 400 m");
        assert!(
            (continuous_s - (10.0 + 350.0 / 3.0)).abs() < 1e-6,
            "{continuous_s}"
        );
    }

    #[test]
    fn suspect_seconds_are_left_out() {
        let speeds = [vec![3.0; 200], vec![6.0; 80]].concat();
        let mut streams = streams(&speeds);
        streams.suspect[220..260].fill(true);
        assert!(best_efforts(&streams)[0].time_s > 100.0);
    }
}
