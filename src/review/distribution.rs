//! How the running of a block is distributed over three zones: by time, and by session goal.

use crate::review::BlockDistribution;
use crate::review::block::Block;
use crate::review::numbers::SUM_DECIMALS;
use crate::units::round;

/// Returns the distribution of a block, with its coverage.
pub(super) fn distribution(block: &Block<'_>) -> BlockDistribution {
    let mut total = BlockDistribution {
        runs: block.runs().count(),
        ..BlockDistribution::default()
    };
    for run in block.runs() {
        let Some(distribution) = &run.session.distribution else {
            continue;
        };
        total.rated_runs += 1;
        total.middle_outside_quality_s += distribution.middle_outside_quality_s;
        for (sum, seconds) in total.zone_s.iter_mut().zip(distribution.zone_s) {
            *sum += seconds;
        }
        let goal = usize::from(distribution.goal_zone).checked_sub(1);
        if let Some(runs) = goal.and_then(|index| total.goal_runs.get_mut(index)) {
            *runs += 1;
        }
    }
    total.middle_outside_quality_s = round(total.middle_outside_quality_s, SUM_DECIMALS);
    total.zone_s = total.zone_s.map(|seconds| round(seconds, SUM_DECIMALS));
    total
}

impl BlockDistribution {
    /// Returns the whole percentages of the rated time in each zone; they add up to 100.
    #[must_use]
    pub fn time_pct(&self) -> Option<[u32; 3]> {
        percentages(self.zone_s)
    }

    /// Returns the whole percentages of the rated runs by the zone of their main set; they add up
    /// to 100.
    #[must_use]
    pub fn goal_pct(&self) -> Option<[u32; 3]> {
        let runs = self
            .goal_runs
            .map(|runs| u32::try_from(runs).unwrap_or(u32::MAX));
        percentages(runs.map(f64::from))
    }

    /// Returns the share of the rated time in the middle zone outside intended tempo.
    #[must_use]
    pub fn middle_outside_quality_share(&self) -> Option<f64> {
        let rated_s: f64 = self.zone_s.iter().sum();
        (rated_s > 0.0).then(|| self.middle_outside_quality_s / rated_s)
    }
}

/// Returns shares in whole percent that add up to 100: what rounding down leaves over goes to the
/// largest remainders. Absent when there is nothing to share.
#[must_use]
pub fn percentages<const PARTS: usize>(parts: [f64; PARTS]) -> Option<[u32; PARTS]> {
    let sum: f64 = parts.iter().sum();
    if sum <= 0.0 || !sum.is_finite() {
        return None;
    }
    let exact = parts.map(|part| 100.0 * part / sum);
    let mut whole = exact.map(floor);
    let mut by_remainder: [usize; PARTS] = std::array::from_fn(|index| index);
    let remainder = |index: usize| exact[index] - exact[index].floor();
    by_remainder.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)));
    let left_over = 100u32.saturating_sub(whole.iter().sum());
    for index in by_remainder.into_iter().cycle().take(left_over as usize) {
        whole[index] += 1;
    }
    Some(whole)
}

/// Returns a percentage rounded down.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a percentage lies between 0 and 100"
)]
fn floor(percentage: f64) -> u32 {
    percentage.floor() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_add_up_to_a_hundred() {
        assert_eq!(percentages([1.0, 1.0, 1.0]), Some([34, 33, 33]));
        assert_eq!(percentages([0.0, 0.0, 7.0]), Some([0, 0, 100]));
        assert_eq!(percentages([799.0, 155.0, 46.0]), Some([80, 15, 5]));
        assert_eq!(percentages([0.0; 3]), None);
    }
}
