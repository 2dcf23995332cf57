//! Blocks of even running, from which the athlete's habits are learned, and the wander of pace.

use crate::segmentation::Segment;
use crate::segmentation::Segmentation;
use crate::statistics::SD_PER_MAD;
use crate::statistics::mean;
use crate::statistics::median;
use crate::statistics::median_deviation;
use crate::summary::SteadyBlock;
use crate::summary::Wander;
use crate::summary::cells::Cells;
use crate::summary::cells::number;
use crate::vocabulary::SegmentKind;

/// The length of a block.
///
/// # Units
/// Seconds moving. Convention: heart rate has followed the pace by then.
const BLOCK_S: usize = 300;
/// The start of a run is left out: heart rate and pace are still settling.
///
/// # Units
/// Seconds. Convention.
const SETTLING_S: f64 = 480.0;
/// A block may not be stretched by more standing than this.
///
/// # Units
/// Seconds.
const MOST_STANDING_S: f64 = 30.0;
/// The 30 s means inside a block may vary by so much; more is not even running.
///
/// # Units
/// Ratio (coefficient of variation). Twice what 60 s means vary by in
/// ordinary runs, measured on 33 real ones (6.1 %).
const MOST_VARIATION: f64 = 0.12;
/// The length of the means by which evenness is measured.
///
/// # Units
/// Seconds.
const EVENNESS_S: usize = 30;
/// The share of suspect seconds that a block may hold.
///
/// # Units
/// Ratio.
const MOST_SUSPECT_SHARE: f64 = 0.1;
/// A robust spread needs so many blocks.
const LEAST_BLOCKS: usize = 5;

/// Returns the blocks of even running: base running, and sustained efforts apart from it.
pub(super) fn steady_blocks(cells: &Cells<'_>, segments: &[Segment]) -> Vec<SteadyBlock> {
    let mut blocks = Vec::new();
    let mut current: Vec<usize> = Vec::new();
    for i in 0..cells.len() {
        if number(i) < SETTLING_S {
            continue;
        }
        let group = group(cells.kind[i]);
        if group == Group::Neither {
            if cells.kind[i] != SegmentKind::Stop {
                current.clear();
            }
            continue;
        }
        if cells.moving_effort(i).is_none() {
            continue;
        }
        let breaks = current.last().is_some_and(|&last| {
            number(i - last) > MOST_STANDING_S || changes(segments, cells, last, i)
        });
        if breaks {
            current.clear();
        }
        current.push(i);
        if current.len() == BLOCK_S {
            blocks.extend(block(cells, &current));
            current.clear();
        }
    }
    blocks
}

/// How a segment counts for blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    /// Running without a marked effort.
    Base,
    /// A sustained effort.
    Effort,
    /// Too short or too uneven for blocks.
    Neither,
}

fn group(kind: SegmentKind) -> Group {
    match kind {
        SegmentKind::Steady | SegmentKind::WarmUp | SegmentKind::CoolDown => Group::Base,
        SegmentKind::Tempo | SegmentKind::Work | SegmentKind::Progression => Group::Effort,
        _ => Group::Neither,
    }
}

/// Returns whether two cells of running lie in different kinds of segment.
fn changes(segments: &[Segment], cells: &Cells<'_>, last: usize, next: usize) -> bool {
    !segments.is_empty() && cells.kind[last] != cells.kind[next]
}

fn block(cells: &Cells<'_>, members: &[usize]) -> Option<SteadyBlock> {
    let speeds: Vec<f64> = members
        .iter()
        .filter_map(|&i| cells.moving_effort(i))
        .collect();
    let suspect = members
        .iter()
        .filter(|&&i| cells.streams.suspect[i])
        .count();
    let mean_speed = mean(&speeds)?;
    let (start, end) = (*members.first()?, members.last()? + 1);
    let sound = number(suspect) <= number(members.len()) * MOST_SUSPECT_SHARE;
    if !sound || variation(&speeds, EVENNESS_S)? > MOST_VARIATION {
        return None;
    }
    let two_thirds = end - (end - start) * 2 / 3;
    Some(SteadyBlock {
        start_s: number(start),
        duration_s: number(end - start),
        effort_speed_m_s: mean_speed,
        heart_rate_bpm: cells.streams.heart_rate_bpm.mean(two_thirds..end),
        power_w: cells.streams.power_w.mean(start..end),
    })
}

/// Returns the coefficient of variation of the means of whole blocks of `length` values.
pub(super) fn variation(values: &[f64], length: usize) -> Option<f64> {
    let means = block_means(values, length);
    let mean_of_all = mean(&means)?;
    let squares: Vec<f64> = means.iter().map(|m| (m - mean_of_all).powi(2)).collect();
    let least = 2;
    (means.len() >= least && mean_of_all > 0.0)
        .then(|| mean(&squares).map(|variance| variance.sqrt() / mean_of_all))
        .flatten()
}

/// Returns the means of whole blocks of `length` values.
pub(super) fn block_means(values: &[f64], length: usize) -> Vec<f64> {
    values.chunks_exact(length).filter_map(mean).collect()
}

/// Returns the wander of the running outside efforts.
pub(super) fn wander(cells: &Cells<'_>, segmentation: &Segmentation) -> Wander {
    let base: Vec<f64> = (0..cells.len())
        .filter(|&i| group(cells.kind[i]) == Group::Base)
        .filter_map(|i| cells.moving_effort(i))
        .collect();
    Wander {
        blocks_30s: segmentation
            .wander
            .or_else(|| robust_variation(&block_means(&base, 30))),
        blocks_60s: robust_variation(&block_means(&base, 60)),
        blocks_300s: robust_variation(&block_means(&base, 300)),
    }
}

/// Returns the robust coefficient of variation: 1.4826 · median absolute deviation / median.
fn robust_variation(values: &[f64]) -> Option<f64> {
    let middle = median(values)?;
    (values.len() >= LEAST_BLOCKS && middle > 0.0)
        .then(|| median_deviation(values).map(|mad| SD_PER_MAD * mad / middle))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variations_by_hand() {
        // Means of 2: 3, 5; mean 4, standard deviation 1.
        let plain = variation(&[2.0, 4.0, 5.0, 5.0, 9.0], 2);
        assert!((plain.expect("two blocks") - 0.25).abs() < 1e-9);
        // Median 10, deviations 2 1 0 1 30: median 1.
        let robust = robust_variation(&[8.0, 9.0, 10.0, 11.0, 40.0]);
        assert!((robust.expect("five values") - 0.148_26).abs() < 1e-9);
        assert_eq!(robust_variation(&[1.0, 2.0]), None);
    }
}
