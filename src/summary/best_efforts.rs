//! Fastest times over usual distances, on the elapsed clock, without the seconds that were
//! bridged or replaced.

use crate::channel::Sums;
use crate::human::record_time_s;
use crate::streams::Streams;
use crate::summary::BestEffort;
use crate::summary::cells::number;

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
/// An effort over a longer pause of the timer is stitched, not continuous.
///
/// # Units
/// Seconds.
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

/// Returns the fastest time over each distance that the run covers.
pub(super) fn best_efforts(streams: &Streams) -> Vec<BestEffort> {
    let Some(edges) = edges(streams) else {
        return Vec::new();
    };
    let unsound = (0..streams.len()).map(|i| (streams.suspect[i] || streams.gap[i]).then_some(1.0));
    let unsound = Sums::from_samples(unsound);
    let paused = Sums::from_samples(streams.paused.iter().map(|p| p.then_some(1.0)));
    DISTANCES_M
        .iter()
        .filter_map(|&distance_m| {
            let record_s = record_time_s(distance_m);
            let (start, time_s) = fastest(&edges, &unsound, distance_m, record_s)?;
            let end = start + crate::summary::cells::whole(time_s);
            let continuous =
                longest_pause(&streams.paused[start..end.min(streams.len())]) <= MOST_PAUSE_S;
            let off = if continuous {
                0.0
            } else {
                paused.sum(start..end)
            };
            Some(BestEffort {
                distance_m,
                time_s: time_s - off,
                start_s: number(start),
                continuous,
            })
        })
        .collect()
}

/// Returns the distance at each edge of the cells, when all are present.
fn edges(streams: &Streams) -> Option<Vec<f64>> {
    let edges: Vec<f64> = streams.distance_m.iter().flatten().collect();
    (edges.len() == streams.len() + 1).then_some(edges)
}

/// Returns start and time of the fastest stretch of a distance; the end is interpolated between
/// edges.
fn fastest(edges: &[f64], unsound: &Sums, distance_m: f64, record_s: f64) -> Option<(usize, f64)> {
    let mut best: Option<(usize, f64)> = None;
    let mut end = 0;
    for start in 0..edges.len() {
        let target = edges[start] + distance_m;
        while end < edges.len() && edges[end] < target {
            end += 1;
        }
        if end == edges.len() {
            break;
        }
        let step = edges[end] - edges[end - 1];
        let time = number(end - start) - (edges[end] - target) / step;
        let is_sound = unsound.sum(start..end) <= time * MOST_SUSPECT_SHARE;
        if is_sound && time >= record_s && best.is_none_or(|(_, fastest)| time < fastest) {
            best = Some((start, time));
        }
    }
    best
}

fn longest_pause(paused: &[bool]) -> usize {
    paused
        .split(|paused| !paused)
        .map(<[bool]>::len)
        .max()
        .unwrap_or(0)
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
                continuous: true
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
    }

    #[test]
    fn suspect_seconds_are_left_out() {
        let speeds = [vec![3.0; 200], vec![6.0; 80]].concat();
        let mut streams = streams(&speeds);
        streams.suspect[220..260].fill(true);
        assert!(best_efforts(&streams)[0].time_s > 100.0);
    }
}
