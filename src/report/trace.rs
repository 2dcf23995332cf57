//! A channel as lines of a chart: means over equal spans, and the axis that they need.

use crate::channel::Channel;
use crate::report::figure::Width;
use crate::report::ticks;

/// Most points of a line; more would lie on the same pixel.
const MOST_POINTS_WIDE: usize = 600;
/// See [`MOST_POINTS_WIDE`].
const MOST_POINTS_NARROW: usize = 300;
/// The least span of time that a point of a line stands for: shorter wiggles are noise.
///
/// # Units
/// Seconds (cells).
pub(super) const LEAST_CELLS_PER_POINT: usize = 4;
/// The share of values at either end that may lie beyond the axis, so that a spike does not set it.
pub(super) const OUTSIDE_SHARE: f64 = 0.01;
/// Speeds below this are standing and do not set the range of a pace axis.
///
/// # Units
/// Metres per second.
pub(super) const STANDING_M_S: f64 = 0.5;
/// The share of values that may lie beyond the slow end of a pace axis, where the starts and ends
/// of stops lie.
const SLOW_SHARE: f64 = 0.04;
/// The least span of a pace axis, so that even running looks even.
///
/// # Units
/// Metres per second.
const LEAST_PACE_SPAN_M_S: f64 = 1.2;
/// Space between the values and the ends of the axis, as a share of their span.
const AXIS_MARGIN: f64 = 0.08;

/// Returns a channel as lines through means over equal spans, broken where nothing is known and
/// where the timer stood.
pub(super) fn lines(channel: &Channel, paused: &[bool], width: Width) -> Vec<Vec<(f64, f64)>> {
    let most = width.pick(MOST_POINTS_WIDE, MOST_POINTS_NARROW);
    let cells = channel.len().div_ceil(most).max(LEAST_CELLS_PER_POINT);
    let mut lines = vec![Vec::new()];
    for start in (0..channel.len()).step_by(cells) {
        let end = (start + cells).min(channel.len());
        let paused = paused.get(start..end);
        let standing = paused.is_some_and(|cells| cells.iter().all(|paused| *paused));
        match channel.mean(start..end).filter(|_| !standing) {
            Some(mean) => {
                let middle = f64::midpoint(ticks::as_f64(start), ticks::as_f64(end));
                if let Some(line) = lines.last_mut() {
                    line.push((middle, mean));
                }
            }
            None if lines.last().is_some_and(|line| !line.is_empty()) => {
                lines.push(Vec::new());
            }
            None => {}
        }
    }
    lines.retain(|line| line.len() > 1);
    lines
}

/// Returns the values of all points.
pub(super) fn values(lines: &[Vec<(f64, f64)>]) -> impl Iterator<Item = f64> {
    lines.iter().flatten().map(|(_, value)| *value)
}

/// Returns the lowest and the highest value, a few outermost ones left aside.
pub(super) fn ends(values: impl Iterator<Item = f64>, low_share: f64) -> Option<(f64, f64)> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let aside = |share: f64| whole(ticks::as_f64(sorted.len()) * share);
    let low = *sorted.get(aside(low_share))?;
    let high = *sorted.get(sorted.len().checked_sub(1 + aside(OUTSIDE_SHARE))?)?;
    Some((low, high))
}

/// Returns the ends of an axis for some values.
pub(super) fn range(
    values: impl Iterator<Item = f64>,
    low_share: f64,
    least_span: f64,
) -> Option<(f64, f64)> {
    let (low, high) = ends(values, low_share)?;
    let missing = (least_span - (high - low)).max(0.0) / 2.0;
    let margin = (high - low) * AXIS_MARGIN;
    Some(((low - missing - margin).max(0.0), high + missing + margin))
}

/// Returns the ends of a pace axis for lines of speed, stops and outliers left aside.
pub(super) fn pace_range(lines: &[Vec<(f64, f64)>]) -> Option<(f64, f64)> {
    let moving = values(lines).filter(|speed| *speed > STANDING_M_S);
    range(moving, SLOW_SHARE, LEAST_PACE_SPAN_M_S)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a count of points"
)]
pub(super) fn whole(value: f64) -> usize {
    value as usize
}
