//! What the gate is made of: its stages of trees, and how sure one may be of what they keep.

use crate::segmentation::gate::trees::Model;
use crate::segmentation::gate::trees::logit;
use crate::segmentation::gate::trees::probability;

/// All stages.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Looks at each candidate by itself.
    pub first: Model,
    /// Looks at it in view of what the first chose.
    pub second: Model,
    /// Looks at it in view of what the second chose.
    pub third: Model,
    /// Adds to what the third says what is known of the athlete; see [`crate::segmentation::gate::habits`].
    pub fourth: Model,
    /// From what the last stage says of a kept candidate to how often such a one is real.
    pub calibration: Calibration,
    /// The same of the fourth stage.
    pub known_calibration: Calibration,
}

/// How sure one may be of a kept candidate, as log-odds: a constant, and what the log-odds of the last
/// stage and the length (natural logarithm of seconds) count.
///
/// Trees separate better than they calibrate, and what was kept is no fair sample of what was judged. So
/// this is fitted afterwards, on kept candidates of athletes not seen, by logistic regression. Length
/// counts besides: of two equally probable ones the longer is less often real.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// The constant, and the two factors.
    pub factors: [f64; 3],
}

impl Calibration {
    /// Returns the share of such candidates that are real, given the probability by the last stage and
    /// the length in seconds.
    #[must_use]
    pub fn confidence(&self, probability_of_stage: f64, length: usize) -> f64 {
        let row = Self::row(probability_of_stage, length);
        probability(
            row.iter()
                .zip(self.factors)
                .map(|(one, factor)| one * factor)
                .sum(),
        )
    }

    /// Returns what the factors are multiplied with.
    #[must_use]
    pub fn row(probability_of_stage: f64, length: usize) -> [f64; 3] {
        [
            1.0,
            logit(probability_of_stage),
            (length.max(1) as f64).ln(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calibration_may_be_the_identity() {
        let calibration = Calibration {
            factors: [0.0, 1.0, 0.0],
        };
        assert!((calibration.confidence(0.3, 60) - 0.3).abs() < 1e-9);
    }
}
