//! Where exactly a bout starts and ends, and how sure that is.

use std::ops::Range;

use crate::segmentation::scene::Scene;

/// A boundary is sought this far on either side, in seconds. A longer reach finds other changes:
/// of 4, 6, 8 and 12 s, 4 agreed best with marked repetitions, short ones most of all (measured).
const REACH_S: usize = 4;
/// The levels on both sides are taken from this far around, in seconds (measured).
const WINDOW_S: usize = 10;
/// The interval of a boundary is sought this far on either side, in seconds. Chosen.
const INTERVAL_REACH_S: usize = 10;
/// The levels for the interval are taken from this far around, in seconds.
const INTERVAL_WINDOW_S: usize = 14;
/// What is left on either side of a 90 % interval.
const TAIL: f64 = 0.05;

/// A boundary with the interval that holds it in 90 of 100 cases, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Boundary {
    /// Its most likely place.
    pub(crate) at_s: f64,
    /// The lower end of the interval.
    pub(crate) low_s: f64,
    /// The upper end of the interval.
    pub(crate) high_s: f64,
}

impl Boundary {
    /// Returns a boundary that is known.
    pub(crate) fn exact(at_s: f64) -> Self {
        Self {
            at_s,
            low_s: at_s,
            high_s: at_s,
        }
    }
}

/// Returns the place of a change of level near `edge` by profile likelihood of two levels, not
/// leaving `limits`.
pub(crate) fn refine(scene: &Scene, edge: usize, limits: Range<usize>) -> Boundary {
    let Some((first, costs)) = profile(scene, edge, &limits, (REACH_S, WINDOW_S)) else {
        return Boundary::exact(edge as f64);
    };
    let best = costs
        .iter()
        .enumerate()
        .min_by(|one, other| one.1.total_cmp(other.1));
    let at = first + best.map_or(0, |(index, _)| index);
    let Some((first, costs)) = profile(scene, at, &limits, (INTERVAL_REACH_S, INTERVAL_WINDOW_S))
    else {
        return Boundary::exact(at as f64);
    };
    let least = costs.iter().copied().fold(f64::INFINITY, f64::min);
    let scale = 2.0 * scene.noise_m_s * scene.noise_m_s;
    let weights: Vec<f64> = costs
        .iter()
        .map(|cost| (-(cost - least) / scale).exp())
        .collect();
    interval(first, at, &weights)
}

/// Returns the costs of two levels for each cut within reach of an edge, and the first cut.
fn profile(
    scene: &Scene,
    edge: usize,
    limits: &Range<usize>,
    (reach_s, window_s): (usize, usize),
) -> Option<(usize, Vec<f64>)> {
    let window = edge.saturating_sub(window_s).max(limits.start)
        ..(edge + window_s).min(limits.end).min(scene.len());
    let first = edge.saturating_sub(reach_s).max(window.start + 1);
    let last = (edge + reach_s).min(window.end.saturating_sub(1));
    let cuts = first..=last;
    let costs = cuts.map(|cut| cost(scene, window.start..cut) + cost(scene, cut..window.end));
    (first < last).then(|| (first, costs.collect()))
}

fn cost(scene: &Scene, range: Range<usize>) -> f64 {
    let sum = scene.speed_sums.sum(range.clone());
    (scene.square_sums.sum(range.clone()) - sum * sum / range.len() as f64).max(0.0)
}

/// Returns the boundary with the range that holds all but the tails of the weights, and itself.
fn interval(first: usize, at: usize, weights: &[f64]) -> Boundary {
    let total: f64 = weights.iter().sum();
    let mut passed = 0.0;
    let (mut low, mut high) = (None, first);
    for (index, weight) in weights.iter().enumerate() {
        let place = first + index;
        if passed < (1.0 - TAIL) * total {
            high = place;
        }
        passed += weight;
        if low.is_none() && passed > TAIL * total {
            low = Some(place);
        }
    }
    // The grid itself hides half a second on either side.
    Boundary {
        at_s: at as f64,
        low_s: (low.unwrap_or(first).min(at) as f64 - 0.5).max(0.0),
        high_s: high.max(at) as f64 + 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::Streams;

    fn step(at: usize) -> Scene {
        let speed = (0..120).map(|second| if second < at { 2.5 } else { 4.0 });
        Scene::new(&Streams {
            speed_m_s: speed.collect(),
            paused: vec![false; 120],
            ..Streams::default()
        })
    }

    #[test]
    fn a_clear_step_is_found_to_the_second() {
        let boundary = refine(&step(60), 57, 0..120);
        assert!((boundary.at_s - 60.0).abs() < 1e-9, "{boundary:?}");
        assert!(boundary.low_s <= 60.0 && boundary.high_s >= 60.0);
        assert!(boundary.high_s - boundary.low_s < 3.0);
    }

    #[test]
    fn limits_are_kept() {
        let boundary = refine(&step(60), 55, 0..57);
        assert!(boundary.at_s < 57.0);
    }
}
