//! Time at each effort speed, heart rate and power, segment by segment, so that zones can be computed once
//! the athlete's reference values are known.

use crate::channel::Sums;
use crate::segmentation::Segment;
use crate::streams::Streams;
use crate::summary::EFFORT_BIN_M_S;
use crate::summary::HEART_RATE_BIN_BPM;
use crate::summary::HEART_RATE_LAG_S;
use crate::summary::Histogram;
use crate::summary::POWER_BIN_W;
use crate::summary::SegmentHistograms;
use crate::summary::cells::Cells;
use crate::summary::cells::range;

/// Seconds on either side of the centred mean that smooths effort speed and power: 15 s in all.
///
/// # Units
/// Cells (seconds).
const HALF_WINDOW: usize = 7;
/// Bins beyond this are not real: 15 m/s, 300 beats per minute, 1500 W.
const MOST_BINS: usize = 150;

/// Returns the histograms of each segment, or of the whole when there are no segments.
pub(super) fn histograms(cells: &Cells<'_>, segments: &[Segment]) -> Vec<SegmentHistograms> {
    if segments.is_empty() {
        return vec![of_range(cells, 0..cells.len())];
    }
    segments
        .iter()
        .map(|segment| of_range(cells, range(segment, cells.len())))
        .collect()
}

fn of_range(cells: &Cells<'_>, range: std::ops::Range<usize>) -> SegmentHistograms {
    let heart_rate = range
        .clone()
        .filter(|&i| !cells.streams.paused[i] && !cells.away[i])
        .filter_map(|i| late_heart_rate(cells.streams, i));
    SegmentHistograms {
        heart_rate: histogram(heart_rate, HEART_RATE_BIN_BPM),
        effort: smoothed(range.clone(), EFFORT_BIN_M_S, |i| cells.moving_effort(i)),
        power: if cells.has_power {
            smoothed(range, POWER_BIN_W, |i| {
                cells.moving[i]
                    .then(|| cells.streams.power_w.get(i))
                    .flatten()
            })
        } else {
            Histogram::default()
        },
    }
}

/// Returns the heart rate by which a second is rated: that of a lag later, its own at the end of the
/// run and before a pause.
fn late_heart_rate(streams: &Streams, cell: usize) -> Option<f64> {
    let late = cell + HEART_RATE_LAG_S;
    let runs_on = late < streams.len() && !streams.paused[late];
    let beats = |at: usize| streams.heart_rate_bpm.get(at);
    if runs_on { beats(late) } else { beats(cell) }
}

/// Counts the seconds of a range at each value, smoothed inside the range.
fn smoothed(
    range: std::ops::Range<usize>,
    width: f64,
    value: impl Fn(usize) -> Option<f64>,
) -> Histogram {
    let values: Vec<Option<f64>> = range.map(value).collect();
    let sums = Sums::from_samples(values.iter().copied());
    let means = (0..values.len())
        .filter(|i| values[*i].is_some())
        .filter_map(|i| sums.mean(i.saturating_sub(HALF_WINDOW)..i + HALF_WINDOW + 1));
    histogram(means, width)
}

/// Counts one second for each value.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "values are not negative, and bins are limited"
)]
fn histogram(values: impl Iterator<Item = f64>, width: f64) -> Histogram {
    let mut seconds = [0u32; MOST_BINS];
    for value in values {
        seconds[((value / width) as usize).min(MOST_BINS - 1)] += 1;
    }
    let Some(first) = seconds.iter().position(|s| *s > 0) else {
        return Histogram::default();
    };
    let last = seconds.iter().rposition(|s| *s > 0).unwrap_or(first);
    Histogram {
        first: first as u32,
        seconds: seconds[first..=last].to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_are_half_open_and_start_at_the_first_that_is_not_empty() {
        let histogram = histogram([140.0, 141.9, 142.0, 147.0].into_iter(), 2.0);
        assert_eq!(histogram.first, 70);
        assert_eq!(histogram.seconds, [2, 1, 0, 1]);
    }
}
