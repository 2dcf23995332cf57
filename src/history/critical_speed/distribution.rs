//! How likely each critical speed is.

use crate::history::efforts::D_PRIMES_M;
use crate::history::efforts::TYPICAL_D_PRIME_M;
use crate::history::numbers::count;

use super::assumption::Assumption;
use super::weighed::STEP;
use super::weighed::Weighed;

/// How far below all that is known the answer is sought.
///
/// # Units
/// Log speed.
const SOUGHT_BELOW: f64 = 0.15;
/// How far above it.
///
/// # Units
/// Log speed.
const SOUGHT_ABOVE: f64 = 0.25;

/// The distribution of log critical speed, D′ summed over.
pub(super) struct Distribution {
    log_speeds: Vec<f64>,
    shares: Vec<f64>,
    /// The place of the mean D′ among [`D_PRIMES_M`].
    pub(super) d_prime: usize,
}

impl Distribution {
    /// Returns what efforts and an assumption say; `fastest` is the greatest log speed of the efforts.
    pub(super) fn new(efforts: &[Weighed<'_>], assumption: &Assumption, fastest: f64) -> Self {
        let log_speeds = grid(
            fastest.min(assumption.log_speed) - SOUGHT_BELOW,
            fastest.max(assumption.log_speed) + SOUGHT_ABOVE,
        );
        let mut logs = vec![0.0; log_speeds.len() * D_PRIMES_M.len()];
        for (k, row) in logs.chunks_mut(log_speeds.len()).enumerate() {
            let of_d_prime =
                -((D_PRIMES_M[k] - TYPICAL_D_PRIME_M.mean) / TYPICAL_D_PRIME_M.sd).powi(2) / 2.0;
            for (log, log_speed) in row.iter_mut().zip(&log_speeds) {
                let away = (log_speed - assumption.log_speed) / assumption.sd;
                *log = of_d_prime - away * away / 2.0;
            }
            for effort in efforts {
                effort.add_log_likelihoods(log_speeds[0] - effort.effort.log_speeds[k], row);
            }
        }
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut shares = vec![0.0; log_speeds.len()];
        let (mut total, mut places) = (0.0, 0.0);
        for (k, row) in logs.chunks(log_speeds.len()).enumerate() {
            for (share, log) in shares.iter_mut().zip(row) {
                let mass = (log - most).exp();
                *share += mass;
                total += mass;
                places += mass * count(k);
            }
        }
        shares.iter_mut().for_each(|share| *share /= total);
        Self {
            log_speeds,
            shares,
            d_prime: nearest_place(places / total),
        }
    }

    pub(super) fn mean(&self) -> f64 {
        let of = self.log_speeds.iter().zip(&self.shares);
        of.map(|(log_speed, share)| log_speed * share).sum()
    }

    /// Returns the log speed below which a share of the distribution lies, even inside each step.
    pub(super) fn quantile(&self, wanted: f64) -> f64 {
        let mut below = 0.0;
        for (log_speed, share) in self.log_speeds.iter().zip(&self.shares) {
            if below + share >= wanted {
                return log_speed + STEP * ((wanted - below) / share - 0.5);
            }
            below += share;
        }
        self.mean()
    }
}

/// Returns the multiples of the step in a range: the same ones whatever the range, so that the
/// answer does not jump with its ends.
#[expect(
    clippy::cast_possible_truncation,
    reason = "log speeds are a few hundred steps"
)]
fn grid(low: f64, high: f64) -> Vec<f64> {
    let places = (low / STEP).floor() as i32..=(high / STEP).ceil() as i32;
    places.map(|place| f64::from(place) * STEP).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place among eleven"
)]
fn nearest_place(place: f64) -> usize {
    (place.round() as usize).min(D_PRIMES_M.len() - 1)
}
