//! A channel as marks of a chart: a smoothed line, the extent of what was recorded around it, and
//! the axis that they need.

use crate::channel::Channel;
use crate::report::figure::Width;
use crate::report::ticks;

/// Most points of a line: one for two or three pixels.
const MOST_POINTS_WIDE: usize = 240;
/// See [`MOST_POINTS_WIDE`].
const MOST_POINTS_NARROW: usize = 110;
/// Points of a line that share one of the faint extent of what was recorded.
const POINTS_OF_EXTENT: usize = 2;
/// A point of a smoothed line is the mean of the cells so far to either side of it.
///
/// # Units
/// Seconds (cells). Satellite speed wiggles within a few seconds; a stride of 15 s must stay.
const REACH_CELLS: usize = 5;
/// The share of values at either end that may lie beyond the axis, so that a spike does not set it.
///
/// # Units
/// Ratio: a spike of half a minute in an hour, and what smoothing makes of it.
pub(super) const OUTSIDE_SHARE: f64 = 0.015;
/// Speeds below this are standing and do not set the range of a pace axis.
///
/// # Units
/// Metres per second.
pub(super) const STANDING_M_S: f64 = 0.5;
/// The share of values that may lie beyond the slow end of a pace axis, where the starts and ends
/// of stops lie.
pub(super) const SLOW_SHARE: f64 = 0.04;
/// The least span of a pace axis, so that even running looks even.
///
/// # Units
/// Metres per second.
const LEAST_PACE_SPAN_M_S: f64 = 1.2;
/// Space between the values and the ends of the axis, as a share of their span.
const AXIS_MARGIN: f64 = 0.08;

/// The horizontal axis of a run: from cells of a second to what the axis counts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Along<'a> {
    /// The elapsed clock.
    Time,
    /// The way: distance in metres at the edges of the cells.
    Distance(&'a Channel),
}

impl Along<'_> {
    /// Returns the place of the edge before a cell.
    pub(super) fn at(self, cell: usize) -> Option<f64> {
        match self {
            Along::Time => Some(ticks::as_f64(cell)),
            Along::Distance(distance_m) => distance_m.get(cell),
        }
    }

    /// Returns the place of a time on the elapsed clock.
    pub(super) fn of_time(self, time_s: f64) -> Option<f64> {
        match self {
            Along::Time => Some(time_s),
            Along::Distance(distance_m) => {
                let cell = whole(time_s.max(0.0)).min(distance_m.len().saturating_sub(1));
                let (before, after) = (distance_m.get(cell)?, distance_m.get(cell + 1));
                let share = time_s - ticks::as_f64(cell);
                Some(before + share.clamp(0.0, 1.0) * (after.unwrap_or(before) - before))
            }
        }
    }
}

/// What was recorded in some neighbouring cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    /// The middle of the cells on the horizontal axis.
    pub x: f64,
    /// The mean of the cells and of some to either side of them.
    pub mean: f64,
    /// The least value of the cells themselves.
    pub low: f64,
    /// The greatest value of the cells themselves.
    pub high: f64,
}

/// Returns a channel as stretches of points, one for each span of cells that a pixel can show,
/// broken where nothing is known and where the timer stood. No value of the channel is outside of
/// the extents of the points.
pub(super) fn stretches(
    channel: &Channel,
    paused: &[bool],
    along: Along<'_>,
    width: Width,
) -> Vec<Vec<Point>> {
    let mut stretches = vec![Vec::new()];
    for (start, end) in spans(channel.len(), width) {
        let paused = paused.get(start..end);
        let standing = paused.is_some_and(|cells| cells.iter().all(|paused| *paused));
        let found = point(channel, (start, end), along).filter(|_| !standing);
        match found {
            Some(point) => {
                if let Some(stretch) = stretches.last_mut() {
                    stretch.push(point);
                }
            }
            None if stretches.last().is_some_and(|stretch| !stretch.is_empty()) => {
                stretches.push(Vec::new());
            }
            None => {}
        }
    }
    stretches.retain(|stretch| stretch.len() > 1);
    stretches
}

/// Returns the half-open spans of cells that share a point.
pub(super) fn spans(cells: usize, width: Width) -> impl Iterator<Item = (usize, usize)> {
    let most = width.pick(MOST_POINTS_WIDE, MOST_POINTS_NARROW);
    let step = cells.div_ceil(most).max(1);
    (0..cells)
        .step_by(step)
        .map(move |start| (start, (start + step).min(cells)))
}

fn point(channel: &Channel, (start, end): (usize, usize), along: Along<'_>) -> Option<Point> {
    let own = || channel.present(start..end);
    let around = start.saturating_sub(REACH_CELLS)..end + REACH_CELLS;
    Some(Point {
        x: f64::midpoint(along.at(start)?, along.at(end)?),
        low: own().min_by(f64::total_cmp)?,
        high: own().max_by(f64::total_cmp)?,
        mean: channel.mean(around)?,
    })
}

/// Returns the smoothed line of a stretch.
pub(super) fn line(stretch: &[Point]) -> Vec<(f64, f64)> {
    stretch.iter().map(|point| (point.x, point.mean)).collect()
}

/// Returns the extent of what was recorded along a stretch.
pub(super) fn extent(stretch: &[Point]) -> Vec<(f64, f64, f64)> {
    let join = |points: &[Point]| {
        let (first, last) = (points.first()?, points.last()?);
        let low = points.iter().map(|point| point.low);
        let high = points.iter().map(|point| point.high);
        Some((
            f64::midpoint(first.x, last.x),
            low.min_by(f64::total_cmp)?,
            high.max_by(f64::total_cmp)?,
        ))
    };
    stretch.chunks(POINTS_OF_EXTENT).filter_map(join).collect()
}

/// Returns the smoothed values of all points.
pub(super) fn values(stretches: &[Vec<Point>]) -> impl Iterator<Item = f64> {
    stretches.iter().flatten().map(|point| point.mean)
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

/// Returns the lowest and the highest of the values that lie within a share of their median: a few
/// odd ones do not count.
pub(super) fn near_median(values: impl Iterator<Item = f64>, share: f64) -> Option<(f64, f64)> {
    let mut sorted: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let median = *sorted.get(sorted.len() / 2)?;
    let near = |value: &f64| (value - median).abs() <= median.abs() * share;
    let low = *sorted.iter().find(|value| near(value))?;
    let high = *sorted.iter().rfind(|value| near(value))?;
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
pub(super) fn pace_range(stretches: &[Vec<Point>]) -> Option<(f64, f64)> {
    let moving = values(stretches).filter(|speed| *speed > STANDING_M_S);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peak_of_one_second_in_six_hours_is_within_the_extent() {
        let mut channel: Channel = (0..21_600).map(|_| 3.0).collect();
        channel.set(12_345, Some(7.0));
        channel.set(20_000, Some(0.5));
        for width in [Width::Wide, Width::Narrow] {
            let stretches = stretches(&channel, &[], Along::Time, width);
            assert_eq!(stretches.len(), 1);
            assert!(stretches[0].len() <= MOST_POINTS_WIDE);
            let extent = extent(&stretches[0]);
            assert!(extent.iter().any(|point| point.2 > 6.9));
            assert!(extent.iter().any(|point| point.1 < 0.6));
            assert!(values(&stretches).all(|mean| (2.5..4.0).contains(&mean)));
        }
    }

    #[test]
    fn a_time_has_its_place_on_the_way() {
        let distance_m: Channel = [0.0, 4.0, 4.0, 10.0].into_iter().collect();
        let along = Along::Distance(&distance_m);
        assert_eq!(along.of_time(0.5), Some(2.0));
        assert_eq!(along.of_time(2.5), Some(7.0));
        assert_eq!(along.of_time(99.0), Some(10.0));
    }

    #[test]
    fn odd_values_do_not_count_among_those_near_the_median() {
        let values = [4.0, 4.1, 4.2, 9.0, 0.2, f64::NAN];
        assert_eq!(near_median(values.into_iter(), 0.1), Some((4.0, 4.2)));
        assert_eq!(near_median([3.0].into_iter(), 0.0), Some((3.0, 3.0)));
        assert_eq!(near_median(std::iter::empty(), 0.1), None);
    }
}
