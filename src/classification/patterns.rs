//! Whether efforts follow a pattern: alike, in a ladder, or in a repeated order.

use crate::segmentation::Segment;
use crate::statistics::mean;

/// Efforts are alike within this difference of speed, and when their durations or their distances
/// differ by no more than boundaries are uncertain.
///
/// # Units
/// Log speed. Chosen.
const ALIKE_SPEED: f64 = 0.09;
/// See [`ALIKE_SPEED`].
///
/// # Units
/// Seconds. Chosen: repetitions by the watch end within a few seconds, and boundaries are found to about
/// five.
const ALIKE_S: Near = Near {
    least: 6.0,
    share: 0.06,
};
/// See [`ALIKE_SPEED`].
///
/// # Units
/// Metres. Chosen.
const ALIKE_M: Near = Near {
    least: 20.0,
    share: 0.05,
};
/// A ladder or pyramid has at least so many efforts, with one turn at most. Chosen: of six efforts in random
/// order, one in twelve looks like that.
const LADDER_LEAST: usize = 5;
/// Its efforts are this much longer or shorter than the one before.
///
/// # Units
/// Log duration.
const LADDER_STEP: f64 = 0.1;

/// How near two values are when they are alike: the greater of both counts.
struct Near {
    /// In the unit of the values.
    least: f64,
    /// As a share of the greater value.
    share: f64,
}

impl Near {
    fn holds(&self, a: f64, b: f64) -> bool {
        (a - b).abs() <= self.least.max(self.share * a.max(b))
    }
}

/// Returns the share of efforts that are like the one before or after.
pub(super) fn alike_share(works: &[&Segment]) -> f64 {
    let like_next: Vec<bool> = works
        .windows(2)
        .map(|pair| alike(pair[0], pair[1]))
        .collect();
    let is_alike = |index: &usize| {
        let before = index.checked_sub(1).is_some_and(|before| like_next[before]);
        before || like_next.get(*index).is_some_and(|next| *next)
    };
    let each = (0..works.len()).map(|index| f64::from(u8::from(is_alike(&index))));
    mean(each).unwrap_or(0.0)
}

/// Returns whether a pattern of two or more different efforts is repeated throughout.
pub(super) fn is_pattern(works: &[&Segment]) -> bool {
    (2..=works.len() / 2).any(|period| {
        let mut pairs = works.iter().zip(&works[period..]);
        pairs.all(|(a, b)| alike(a, b))
    })
}

/// Returns whether durations rise, fall, or do both in turn: a ladder or pyramid. One step may be
/// level, as at the top of a pyramid.
pub(super) fn is_ladder(durations_s: &[f64]) -> bool {
    let steps = durations_s.windows(2).map(|pair| (pair[1] / pair[0]).ln());
    let clear: Vec<f64> = steps.filter(|step| step.abs() >= LADDER_STEP).collect();
    let turns = clear.windows(2).filter(|pair| pair[0] * pair[1] < 0.0);
    durations_s.len() >= LADDER_LEAST && durations_s.len() <= clear.len() + 2 && turns.count() <= 1
}

fn alike(a: &Segment, b: &Segment) -> bool {
    let speeds = a.effort_speed_m_s.zip(b.effort_speed_m_s);
    let distances = a.distance_m.zip(b.distance_m);
    speeds.is_some_and(|(x, y)| (x / y).ln().abs() < ALIKE_SPEED)
        && (ALIKE_S.holds(a.moving_s, b.moving_s)
            || distances.is_some_and(|(x, y)| ALIKE_M.holds(x, y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ladders_and_pyramids_turn_once_at_most() {
        assert!(is_ladder(&[60.0, 120.0, 180.0, 240.0, 180.0, 120.0, 60.0]));
        assert!(is_ladder(&[60.0, 120.0, 180.0, 180.0, 120.0, 60.0]));
        assert!(is_ladder(&[300.0, 240.0, 180.0, 120.0, 60.0]));
        // Irregular, too few, and alike.
        assert!(!is_ladder(&[120.0, 40.0, 240.0, 70.0, 180.0, 50.0]));
        assert!(!is_ladder(&[60.0, 120.0, 180.0]));
        assert!(!is_ladder(&[60.0, 62.0, 61.0, 120.0, 180.0]));
    }
}
