//! A channel as marks of a chart: a smoothed line, the extent of what was recorded around it, and
//! the axis that they need.

use std::ops::Range;

use crate::channel::Channel;
use crate::channel::Sums;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ticks;

/// Most points of a line: one for two or three pixels.
const MOST_POINTS_WIDE: usize = 240;
/// See [`MOST_POINTS_WIDE`].
const MOST_POINTS_NARROW: usize = 110;
/// Of the cells that share a point, so many may become it: smoothed, those between are no higher.
const DOTS_OF_SPAN: usize = 6;
/// Points of a line that share one of the faint extent of what was recorded.
const POINTS_OF_EXTENT: usize = 2;
/// A smoothed value is the mean of the cells so far to either side: a third of what a point of the
/// line stands for, within these bounds.
///
/// # Units
/// Seconds (cells). Satellite speed wiggles within a few seconds; a stride of 15 s must stay, and
/// the line of a long run must not be a ribbon.
const REACH_CELLS: std::ops::RangeInclusive<usize> = 5..=15;
/// The share of values at either end that may lie beyond the axis, so that a spike does not set it.
///
/// # Units
/// Ratio: a spike of half a minute in an hour, and what smoothing makes of it.
pub(in crate::report) const OUTSIDE_SHARE: f64 = 0.015;
/// Speeds below this are standing and do not set the range of a pace axis.
///
/// # Units
/// Metres per second.
pub(in crate::report) const STANDING_M_S: f64 = 0.5;
/// The share of values that may lie beyond the slow end of a pace axis, where the starts and ends
/// of stops lie.
pub(in crate::report) const SLOW_SHARE: f64 = 0.04;
/// The least span of a pace axis, so that even running looks even.
///
/// # Units
/// Metres per second.
const LEAST_PACE_SPAN_M_S: f64 = 1.2;
/// Space between the values and the ends of the axis, as a share of their span.
const AXIS_MARGIN: f64 = 0.08;

/// The horizontal axis of a run: from cells of a second to what the axis counts.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) enum Along<'a> {
    /// The elapsed clock.
    Time,
    /// The way: distance in metres at the edges of the cells.
    Distance(&'a Channel),
}

impl Along<'_> {
    /// Returns the place of the edge before a cell.
    pub(in crate::report) fn at(self, cell: usize) -> Option<f64> {
        match self {
            Along::Time => Some(ticks::as_f64(cell)),
            Along::Distance(distance_m) => distance_m.get(cell),
        }
    }

    /// Returns the place of a time on the elapsed clock.
    pub(in crate::report) fn of_time(self, time_s: f64) -> Option<f64> {
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

/// A channel between two gaps, as marks of a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::report) struct Stretch {
    /// The smoothed line: the turns of what it is made from, few enough for the pixels.
    pub line: Vec<(f64, f64)>,
    /// What was recorded around it, unsmoothed: place, lowest and highest value.
    pub extent: Vec<(f64, f64, f64)>,
    /// All smoothed values.
    values: Vec<f64>,
}

/// A channel with what its lines are made from, which is the same on every screen and axis.
pub(in crate::report) struct Source<'a> {
    channel: &'a Channel,
    /// Whether the timer stood, by cell; may be shorter.
    paused: &'a [bool],
    sums: Sums,
}

impl<'a> Source<'a> {
    /// Returns a channel as it was while the timer ran.
    pub(in crate::report) fn new(channel: &'a Channel, paused: &'a [bool]) -> Self {
        let sums = match channel.has_values() {
            true => Sums::of(channel),
            false => Sums::default(),
        };
        Self {
            channel,
            paused,
            sums,
        }
    }

    fn has_values(&self) -> bool {
        // Without values nothing was added up.
        self.sums.count(0..self.channel.len()) > 0.0
    }

    fn recorded(&self, cell: usize) -> Option<f64> {
        let is_paused = self.paused.get(cell).is_some_and(|paused| *paused);
        self.channel.get(cell).filter(|_| !is_paused)
    }

    /// Returns a cell as a point, smoothed so far to either side.
    fn dot(&self, cell: usize, along: Along<'_>, reach: usize) -> Option<Dot> {
        self.recorded(cell)?;
        Some(Dot {
            smoothed: self
                .sums
                .mean(cell.saturating_sub(reach)..cell + reach + 1)?,
            x: f64::midpoint(along.at(cell)?, along.at(cell + 1)?),
        })
    }

    /// Returns the middle of some cells, and the lowest and the highest value within them.
    fn extent(&self, start: usize, end: usize, along: Along<'_>) -> Option<(f64, f64, f64)> {
        let mut ends: Option<(f64, f64)> = None;
        for value in (start..end).filter_map(|cell| self.recorded(cell)) {
            let (low, high) = ends.unwrap_or((value, value));
            ends = Some((low.min(value), high.max(value)));
        }
        let (low, high) = ends?;
        Some((f64::midpoint(along.at(start)?, along.at(end)?), low, high))
    }
}

/// A cell that may become a point of a line.
#[derive(Clone, Copy, Debug)]
struct Dot {
    x: f64,
    smoothed: f64,
}

/// Returns a channel as stretches, broken where nothing is known and where the timer stood.
///
/// The line has a point for each span of cells that a pixel can show: the cell that makes the
/// largest triangle with the point before it and the middle of the span after it, so that peaks
/// stay. The extents, where they are asked for, hold every recorded value.
///
/// # References
/// Steinarsson 2013, Downsampling time series for visual representation, University of Iceland
/// (largest triangle three buckets).
pub(in crate::report) fn stretches(
    source: &Source<'_>,
    along: Along<'_>,
    width: Width,
    has_extent: bool,
) -> Vec<Stretch> {
    if !source.has_values() {
        return Vec::new();
    }
    let cells = source.channel.len();
    let step = span_cells(cells, width);
    let reach = (step / 3).clamp(*REACH_CELLS.start(), *REACH_CELLS.end());
    let dot = |cell: usize| source.dot(cell, along, reach);
    let looked_at = step.div_ceil(DOTS_OF_SPAN).max(1);
    let mut dots: Vec<Dot> = Vec::with_capacity(cells / looked_at + 1);
    let mut spans: Vec<Span> = Vec::with_capacity(cells / step + 1);
    for (start, end) in self::spans(cells, width) {
        let first_dot = dots.len();
        dots.extend((start..end).step_by(looked_at).filter_map(dot));
        if dots.len() == first_dot {
            dots.extend((start..end).find_map(dot));
        }
        spans.push(Span {
            cells: start..end,
            dots: first_dot..dots.len(),
        });
    }
    let extent = |spans: &[Span]| {
        let (first, last) = (spans.first()?, spans.last()?);
        source.extent(first.cells.start, last.cells.end, along)
    };
    let runs = spans.split(|span| span.dots.is_empty());
    let stretches = runs.filter_map(|spans| {
        let (first, last) = (spans.first()?, spans.last()?);
        let line = turns(spans, &dots);
        let own = &dots[first.dots.start..last.dots.end];
        (line.len() > 1).then(|| Stretch {
            line,
            extent: match has_extent {
                true => spans.chunks(POINTS_OF_EXTENT).filter_map(extent).collect(),
                false => Vec::new(),
            },
            values: own.iter().map(|dot| dot.smoothed).collect(),
        })
    });
    stretches.collect()
}

/// Cells that share a point, and those of the dots that may become it.
struct Span {
    cells: Range<usize>,
    dots: Range<usize>,
}

/// Returns the half-open spans of cells that share a point.
pub(in crate::report) fn spans(cells: usize, width: Width) -> impl Iterator<Item = (usize, usize)> {
    let step = span_cells(cells, width);
    (0..cells)
        .step_by(step)
        .map(move |start| (start, (start + step).min(cells)))
}

/// Returns how many cells share a point.
pub(in crate::report) fn span_cells(cells: usize, width: Width) -> usize {
    let most = width.pick(MOST_POINTS_WIDE, MOST_POINTS_NARROW);
    cells.div_ceil(most).max(1)
}

/// Returns one point for each span: the ends of the first and the last, and of each between them
/// the cell that stands out most.
fn turns(spans: &[Span], dots: &[Dot]) -> Vec<(f64, f64)> {
    let at = |dot: &Dot| (dot.x, dot.smoothed);
    let of = |span: &Span| &dots[span.dots.clone()];
    let Some((first, last)) = spans.first().zip(spans.last()) else {
        return Vec::new();
    };
    let mut line: Vec<(f64, f64)> = Vec::with_capacity(spans.len() + 1);
    line.extend(of(first).first().map(at));
    for pair in spans.windows(2).skip(1) {
        let before = line.last().copied().unwrap_or_default();
        let after = middle(of(&pair[1]));
        let area = |dot: &Dot| {
            let (x, y) = at(dot);
            ((before.0 - after.0) * (y - before.1) - (before.0 - x) * (after.1 - before.1)).abs()
        };
        let areas = of(&pair[0]).iter().map(|dot| (area(dot), dot));
        let largest = areas.max_by(|a, b| a.0.total_cmp(&b.0));
        line.extend(largest.map(|(_, dot)| at(dot)));
    }
    let end = of(last).last().map(at);
    line.extend(end.filter(|end| line.last() != Some(end)));
    line
}

/// Returns the middle of the cells of a span.
fn middle(dots: &[Dot]) -> (f64, f64) {
    let count = ticks::as_f64(dots.len().max(1));
    let sum = dots
        .iter()
        .fold((0.0, 0.0), |sum, dot| (sum.0 + dot.x, sum.1 + dot.smoothed));
    (sum.0 / count, sum.1 / count)
}

/// Returns the smoothed values of all stretches.
pub(in crate::report) fn values(stretches: &[Stretch]) -> impl Iterator<Item = f64> {
    stretches
        .iter()
        .flat_map(|stretch| &stretch.values)
        .copied()
}

/// Returns the lowest and the highest value, a few outermost ones left aside.
pub(in crate::report) fn ends(
    values: impl Iterator<Item = f64>,
    low_share: f64,
) -> Option<(f64, f64)> {
    let mut values: Vec<f64> = values.collect();
    let count = values.len();
    let aside = |share: f64| whole(ticks::as_f64(count) * share);
    let places = (
        aside(low_share),
        count.checked_sub(1 + aside(OUTSIDE_SHARE))?,
    );
    if places.0.max(places.1) >= count {
        return None;
    }
    let (_, high, _) = values.select_nth_unstable_by(places.1, f64::total_cmp);
    let high = *high;
    // Most often both ends are apart: the low one is among those that lie below the high one.
    let below = match places.0 < places.1 {
        true => &mut values[..places.1],
        false => &mut values[..],
    };
    let (_, low, _) = below.select_nth_unstable_by(places.0, f64::total_cmp);
    Some((*low, high))
}

/// Returns the ends of an axis for values that are never negative.
pub(in crate::report) fn range(
    values: impl Iterator<Item = f64>,
    low_share: f64,
    least_span: f64,
) -> Option<(f64, f64)> {
    let (low, high) = widened(ends(values, low_share)?, least_span);
    Some((low.max(0.0), high))
}

/// Returns the ends of an axis for the lowest and the highest value, with some space beside them.
pub(in crate::report) fn widened((low, high): (f64, f64), least_span: f64) -> (f64, f64) {
    let missing = (least_span - (high - low)).max(0.0) / 2.0;
    let margin = (high - low) * AXIS_MARGIN;
    (low - missing - margin, high + missing + margin)
}

/// Returns the ends of a pace axis for lines of speed, stops and outliers left aside.
pub(in crate::report) fn pace_range(stretches: &[Stretch]) -> Option<(f64, f64)> {
    let moving = values(stretches).filter(|speed| *speed > STANDING_M_S);
    range(moving, SLOW_SHARE, LEAST_PACE_SPAN_M_S)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a count of points"
)]
pub(in crate::report) fn whole(value: f64) -> usize {
    value as usize
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    /// Six hours at an even speed, but for some seconds at others.
    fn six_hours(odd: impl IntoIterator<Item = (usize, f64)>) -> Channel {
        let mut channel: Channel = (0..21_600).map(|_| 3.0).collect();
        for (cell, speed) in odd {
            channel.set(cell, Some(speed));
        }
        channel
    }

    #[test]
    fn a_peak_of_one_second_in_six_hours_is_within_the_extent() {
        let channel = six_hours([(12_345, 7.0), (20_000, 0.5)]);
        let stretches = stretches(&Source::new(&channel, &[]), Along::Time, Width::Wide, true);
        assert_eq!(stretches.len(), 1);
        let Stretch { line, extent, .. } = &stretches[0];
        assert!(line.len() <= MOST_POINTS_WIDE);
        assert!(extent.iter().any(|point| point.2 > 6.9));
        assert!(extent.iter().any(|point| point.1 < 0.6));
        assert!(values(&stretches).all(|mean| (2.5..4.0).contains(&mean)));
    }

    #[test]
    fn the_line_reaches_the_top_of_each_stride_on_a_phone_too_over_time_and_over_distance() {
        // Twenty strides of 20 s, one every 2 min, at the end of an hour.
        let starts = (0..20).map(|stride| 1200 + 120 * stride);
        let strides = starts.clone().flat_map(|start| start..start + 20);
        let mut channel: Channel = (0..3600).map(|_| 3.0).collect();
        for cell in strides {
            channel.set(cell, Some(5.5));
        }
        let mut way_m = 0.0;
        let mut distance_m: Channel = std::iter::once(0.0).collect();
        for speed in channel.iter() {
            way_m += speed.unwrap_or_default();
            distance_m.push(Some(way_m));
        }
        for along in [Along::Time, Along::Distance(&distance_m)] {
            for width in [Width::Wide, Width::Narrow] {
                let stretches = stretches(&Source::new(&channel, &[]), along, width, false);
                for start in starts.clone() {
                    let of_time = |cell: usize| along.of_time(ticks::as_f64(cell)).unwrap();
                    let within = of_time(start)..of_time(start + 20);
                    let line = stretches[0].line.iter();
                    let own = line.filter(|point| within.contains(&point.0));
                    let top = own.map(|point| point.1).fold(0.0, f64::max);
                    // On a phone a point stands for 33 s, smoothed over 23 s: half of the rise would be lost
                    // in a mean, a third is.
                    assert!(top > 4.7, "{top} at {start} s");
                }
            }
        }
    }

    #[test]
    fn what_was_recorded_for_some_seconds_of_six_hours_is_drawn_and_a_single_second_is_not() {
        let mut channel = Channel::absent(21_600);
        // Between the cells that are looked at, in two spans.
        for cell in [2, 3, 95, 96, 97] {
            channel.set(cell, Some(150.0));
        }
        let drawn =
            |channel| stretches(&Source::new(channel, &[]), Along::Time, Width::Wide, false);
        assert_eq!(drawn(&channel).len(), 1);
        let mut channel = Channel::absent(200);
        channel.set(100, Some(150.0));
        assert_eq!(drawn(&channel), []);
    }

    #[test]
    fn altitudes_may_lie_below_the_sea() {
        let values = || [-430.0, -420.0, -408.0].into_iter();
        let (low, high) = widened(ends(values(), 0.0).unwrap(), 12.0);
        assert!(low < -430.0 && -408.0 < high && high < 0.0);
        let (low, _) = range([0.0, 1.0].into_iter(), 0.0, 1.0).unwrap();
        assert!(low.abs() < 1e-9, "{low}");
    }

    #[test]
    fn a_time_has_its_place_on_the_way() {
        let distance_m: Channel = [0.0, 4.0, 4.0, 10.0].into_iter().collect();
        let along = Along::Distance(&distance_m);
        assert_eq!(along.of_time(0.5), Some(2.0));
        assert_eq!(along.of_time(2.5), Some(7.0));
        assert_eq!(along.of_time(99.0), Some(10.0));
    }
}
