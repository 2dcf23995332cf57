//! Runs that get steadily faster: a rising line against a single step.
//!
//! A progression has no edges, so no candidate is it, though the fast end of one looks like an effort.

use crate::segmentation::Evidence;
use crate::segmentation::gate::probability;
use crate::segmentation::labels::Bout;
use crate::segmentation::refine::Boundary;
use crate::segmentation::scene::STANDING_M_S;
use crate::segmentation::scene::Scene;
use crate::units::round;

/// Speed is looked at in means of so many moving seconds.
const BLOCK_S: usize = 60;
/// The fastest of so many blocks together is where a progression ends.
const PEAK_BLOCKS: usize = 3;
/// A progression takes at least so many blocks. Coaching convention: a quarter of an hour.
const LEAST_BLOCKS: usize = 15;
/// And at least this share of the run; what follows is cool-down.
const LEAST_SHARE: f64 = 0.6;
/// A rising line explains at least this share of its variance. Measured: of 141 runs without marked
/// efforts, three reach it together with the rise.
const LEAST_FIT: f64 = 0.8;
/// Its last third is at least this multiple of its first (measured, see above).
const LEAST_RISE: f64 = 1.1;
/// The softness of both limits, for the confidence: half a share, and a natural logarithm. Chosen.
const SOFT_FIT: f64 = 0.04;
const SOFT_RISE: f64 = 0.02;
/// With more efforts than this a run is no progression.
const MOST_BOUTS: usize = 2;

/// A run that gets steadily faster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Progression {
    /// Where it ends; it starts with the run.
    end_s: f64,
    /// The share of variance that a rising line explains.
    fit: f64,
    /// The last third over the first.
    rise: f64,
}

impl Progression {
    /// Returns it as the one bout of its run.
    pub(crate) fn bout(&self) -> Bout {
        let soft = |margin: f64, softness: f64| probability(margin / softness);
        Bout {
            start: Boundary::exact(0.0),
            end: Boundary {
                at_s: self.end_s,
                low_s: (self.end_s - BLOCK_S as f64).max(0.0),
                high_s: self.end_s + BLOCK_S as f64,
            },
            probability: soft(self.fit - LEAST_FIT + SOFT_FIT, SOFT_FIT)
                * soft((self.rise / LEAST_RISE).ln() + SOFT_RISE, SOFT_RISE),
            candidate: None,
            executed: true,
            from_lap: false,
            is_progression: true,
        }
    }

    /// Returns why it is one.
    pub(crate) fn evidence(&self) -> Vec<Evidence> {
        let reason = |text: String, value: f64, unit: &str| Evidence {
            text,
            value: Some(round(value, 3)),
            unit: Some(unit.to_owned()),
            contribution: None,
        };
        let percent = 100.0 * (self.rise - 1.0);
        vec![
            reason(
                format!("its last third is {percent:.0} % faster than its first"),
                self.rise,
                "ratio",
            ),
            reason(
                format!(
                    "a rising line explains {:.0} % of how its minutes differ",
                    100.0 * self.fit
                ),
                self.fit,
                "share",
            ),
        ]
    }
}

/// Returns the progression that a run is, given the efforts found in it.
pub(crate) fn progression(scene: &Scene, efforts: &[Bout]) -> Option<Progression> {
    if efforts.len() > MOST_BOUTS {
        return None;
    }
    let moving: Vec<usize> = (0..scene.len())
        .filter(|second| scene.speed[*second] >= STANDING_M_S)
        .collect();
    let blocks: Vec<f64> = moving
        .chunks_exact(BLOCK_S)
        .map(|block| {
            let total: f64 = block
                .iter()
                .map(|second| scene.mean_effort(*second..second + 1))
                .sum();
            total / BLOCK_S as f64
        })
        .collect();
    let peak = blocks
        .windows(PEAK_BLOCKS)
        .map(|part| part.iter().sum::<f64>())
        .enumerate()
        .max_by(|one, other| one.1.total_cmp(&other.1))?;
    let count = peak.0 + PEAK_BLOCKS;
    if count < LEAST_BLOCKS || (count as f64) < LEAST_SHARE * blocks.len() as f64 {
        return None;
    }
    let rising = &blocks[..count];
    let third = count / 3;
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    let rise = mean(&rising[count - third..]) / mean(&rising[..third]);
    let fit = line_fit(rising);
    let end = moving[count * BLOCK_S - 1] + 1;
    let is_line = fit >= step_fit(rising);
    (is_line && fit >= LEAST_FIT && rise >= LEAST_RISE).then_some(Progression {
        end_s: end as f64,
        fit,
        rise,
    })
}

/// Returns the share of the variance of values that a line through them explains; 0 if it falls.
fn line_fit(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let middle = (count - 1.0) / 2.0;
    let mean = values.iter().sum::<f64>() / count;
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (place, value) in values.iter().enumerate() {
        let (x, y) = (place as f64 - middle, value - mean);
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    if xy > 0.0 && yy > 0.0 {
        xy * xy / (xx * yy)
    } else {
        0.0
    }
}

/// Returns the share of the variance of values that the best single step explains: what an effort
/// after a warm-up looks like.
fn step_fit(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let total: f64 = values.iter().sum();
    let mean = total / count;
    let all: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let mut before = 0.0;
    let mut best: f64 = 0.0;
    for (place, value) in values.iter().enumerate().take(values.len() - 1) {
        before += value;
        let (left, right) = ((place + 1) as f64, count - (place + 1) as f64);
        let difference = before / left - (total - before) / right;
        best = best.max(difference * difference * left * right / count);
    }
    if all > 0.0 { best / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::Streams;

    fn scene(speed: impl Iterator<Item = f64>) -> Scene {
        let speed: Vec<f64> = speed.collect();
        Scene::new(&Streams {
            paused: vec![false; speed.len()],
            speed_m_s: speed.into_iter().collect(),
            ..Streams::default()
        })
    }

    #[test]
    fn a_rising_run_is_a_progression_up_to_its_cool_down() {
        let rising = (0..2400).map(|second| 2.6 + 1.2 * f64::from(second) / 2400.0);
        let easy = (0..400).map(|_| 2.6);
        let found = progression(&scene(rising.chain(easy)), &[]);
        let found = found.expect("it rises evenly");
        assert!((found.end_s - 2400.0).abs() < 1.0, "{found:?}");
        assert!(found.bout().probability > 0.9);
    }

    #[test]
    fn even_falling_and_stepped_runs_are_none() {
        assert_eq!(progression(&scene((0..2400).map(|_| 3.0)), &[]), None);
        let falling = (0..2400).map(|second| 3.4 - f64::from(second) / 2400.0);
        assert_eq!(progression(&scene(falling), &[]), None);
        let late = (0..2400).map(|second| if second < 2000 { 2.6 } else { 3.4 });
        assert_eq!(progression(&scene(late), &[]), None);
        let tempo = (0..2400).map(|second| {
            let warm_up = 2.5 + 0.4 * f64::from(second) / 900.0;
            if second < 900 { warm_up } else { 3.8 }
        });
        assert_eq!(progression(&scene(tempo), &[]), None);
    }
}
