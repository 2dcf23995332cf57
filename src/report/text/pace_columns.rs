//! What the chart of pace in the terminal shows: columns of bars, each of the segment that owns it,
//! and the labels of the axes.

use std::ops::Range;

use crate::report::drawing::figure::Axis;
use crate::report::drawing::ticks;
use crate::report::drawing::trace;
use crate::segmentation::Segment;
use crate::streams::Streams;

/// Rows of the bars.
pub(super) const ROWS: usize = 8;
/// Steps in which a bar grows within a row of characters.
pub(super) const STEPS: usize = 8;
/// The least span of time that a column stands for: shorter wiggles are
/// noise.
///
/// # Units
/// Seconds (cells).
const LEAST_CELLS_PER_COLUMN: usize = 4;
/// A short segment gets a column to itself when it fills at least this share of it; efforts, for
/// which the chart is looked at, always.
const LEAST_OWN_SHARE: f64 = 1.0 / 3.0;
/// A column has a bar from this share of moving time on; else it is a gap.
const LEAST_MOVING_SHARE: f64 = 0.5;

/// The chart of a run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PaceChart<'a> {
    /// The columns from left to right.
    pub columns: Vec<Column<'a>>,
    /// The rows, counted from the bottom, at which round paces lie.
    pub paces: Vec<(usize, String)>,
    /// The rows at which the reference values of the runner lie.
    pub references: Vec<(usize, String)>,
    /// The columns at which round times lie.
    pub times: Vec<(usize, String)>,
}

/// One column of the chart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column<'a> {
    /// The height of the bar in [`STEPS`] of a row; absent where nobody moved or nothing is known.
    pub height: Option<usize>,
    /// The segment whose pace it is.
    pub segment: Option<&'a Segment>,
}

/// Returns a bar for each column: the mean pace, while moving, of the segment that owns it.
pub(super) fn bars<'a>(
    segments: &'a [Segment],
    streams: &Streams,
    axis: &Axis,
    width: usize,
) -> Vec<Column<'a>> {
    let cells: Vec<Range<usize>> = (0..width)
        .map(|column| column * streams.len() / width..(column + 1) * streams.len() / width)
        .collect();
    let owners = owners(segments, &cells);
    cells
        .into_iter()
        .zip(owners)
        .map(|(cells, owner)| {
            let segment = owner.map(|index| &segments[index]);
            let bounds = segment.map_or(0..streams.len(), seconds);
            let speed_m_s = moving_speed(streams, widened(cells, &bounds));
            Column {
                height: speed_m_s.map(|speed| height(axis.share(speed))),
                segment,
            }
        })
        .collect()
}

/// Returns the height of a bar; the slowest running is still seen.
fn height(share: f64) -> usize {
    let steps = ticks::as_f64(ROWS * STEPS);
    trace::whole((share * steps).round()).max(1)
}

fn seconds(segment: &Segment) -> Range<usize> {
    trace::whole(segment.start_s.round())..trace::whole(segment.end_s.round())
}

/// Returns the part of a column that lies within the bounds of its segment, widened to what a mean
/// needs to be more than noise.
fn widened(cells: Range<usize>, bounds: &Range<usize>) -> Range<usize> {
    let start = cells.start.max(bounds.start);
    let end = cells.end.min(bounds.end).max(start);
    let missing = LEAST_CELLS_PER_COLUMN.saturating_sub(end - start);
    let before = missing / 2;
    let start = start.saturating_sub(before).max(bounds.start.min(start));
    start..(end + missing - before).min(bounds.end.max(end))
}

/// Returns the mean speed while moving; absent where most of the time nobody moved or nothing is
/// known.
fn moving_speed(streams: &Streams, cells: Range<usize>) -> Option<f64> {
    let all = ticks::as_f64(cells.len());
    let (mut sum, mut moving) = (0.0, 0.0);
    for cell in cells {
        let speed_m_s = streams.speed_m_s.get(cell).unwrap_or(0.0);
        let is_paused = streams.paused.get(cell).copied().unwrap_or(false);
        if !is_paused && speed_m_s > trace::STANDING_M_S {
            sum += speed_m_s;
            moving += 1.0;
        }
    }
    (moving > 0.0 && moving >= all * LEAST_MOVING_SHARE).then(|| sum / moving)
}

/// Returns the index of the segment that owns each column: that which fills most of it. Then short
/// segments that own none get the column of their middle where that is no great loss.
fn owners(segments: &[Segment], cells: &[Range<usize>]) -> Vec<Option<usize>> {
    let mut owners: Vec<Option<usize>> = cells.iter().map(|cells| owner(segments, cells)).collect();
    let (efforts, others): (Vec<usize>, Vec<usize>) =
        (0..segments.len()).partition(|index| segments[*index].kind.is_work());
    for index in efforts.into_iter().chain(others) {
        let range = seconds(&segments[index]);
        let middle = usize::midpoint(range.start, range.end);
        let column = cells.iter().position(|cells| cells.contains(&middle));
        if owners.contains(&Some(index)) {
            continue;
        }
        if let Some(column) = column
            && gives_way(owners[column], index, &owners, segments, &cells[column])
        {
            owners[column] = Some(index);
        }
    }
    owners
}

/// Returns the index of the segment that fills most of a column.
fn owner(segments: &[Segment], cells: &Range<usize>) -> Option<usize> {
    let claims = segments.iter().map(|segment| common(segment, cells));
    let (index, most) = claims.enumerate().max_by_key(|(_, common)| *common)?;
    (most > 0).then_some(index)
}

/// Returns whether the owner of a column leaves it to another segment.
fn gives_way(
    owner: Option<usize>,
    to: usize,
    owners: &[Option<usize>],
    segments: &[Segment],
    cells: &Range<usize>,
) -> bool {
    let has_others = owners.iter().filter(|other| **other == owner).count() > 1;
    if segments[to].kind.is_work() {
        return has_others || !owner.is_some_and(|index| segments[index].kind.is_work());
    }
    let share = ticks::as_f64(common(&segments[to], cells)) / ticks::as_f64(cells.len());
    has_others && share >= LEAST_OWN_SHARE
}

/// Returns the seconds of a column in which a segment lies.
fn common(segment: &Segment, cells: &Range<usize>) -> usize {
    let seconds = seconds(segment);
    // A column that is shorter than a second is that second.
    let end = cells.end.max(cells.start + 1).min(seconds.end);
    end.saturating_sub(cells.start.max(seconds.start))
}
