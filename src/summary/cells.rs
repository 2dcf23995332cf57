//! The one-second cells of a run, prepared once for all parts of the summary.

use crate::channel::Channel;
use crate::segmentation::Segment;
use crate::statistics::mean;
use crate::streams::Motion;
use crate::streams::SpeedSource;
use crate::streams::Streams;
use crate::vocabulary::SegmentKind;

/// The level of the speed channel is corrected within these limits; farther off, one of the two is
/// broken and nothing says which.
///
/// # Units
/// Ratio. Chosen: device speeds differ from distance over time by 1 % and sometimes 5 %.
const LEVELS: std::ops::RangeInclusive<f64> = 0.9..=1.1;
/// The cells of a run with what most parts of the summary ask of them.
pub(super) struct Cells<'a> {
    pub(super) streams: &'a Streams,
    /// Cells in which the runner moves.
    pub(super) moving: Vec<bool>,
    /// Cells that were not run.
    pub(super) away: Vec<bool>,
    /// Whether any power was recorded.
    pub(super) has_power: bool,
    /// The kind of the segment that holds the cell; steady where there are no segments.
    pub(super) kind: Vec<SegmentKind>,
    /// Distance over moving time as a multiple of the mean of the speed channel: the level of a
    /// device's own speed can be off, distance is what counts.
    level: f64,
}

impl<'a> Cells<'a> {
    /// Prepares the cells of a run.
    pub(super) fn new(streams: &'a Streams, segments: &[Segment]) -> Self {
        let moving = moving(streams);
        let mut cells = Self {
            level: level(streams, &moving),
            away: streams.away_cells(),
            has_power: streams.power_w.has_values(),
            kind: vec![SegmentKind::Steady; streams.len()],
            streams,
            moving,
        };
        cells.cut(segments);
        cells
    }

    /// Cuts the run in another way.
    pub(super) fn cut(&mut self, segments: &[Segment]) {
        self.kind.fill(SegmentKind::Steady);
        let length = self.len();
        for segment in segments {
            self.kind[range(segment, length)].fill(segment.kind);
        }
    }

    /// Returns the number of cells.
    pub(super) fn len(&self) -> usize {
        self.moving.len()
    }

    /// Returns the effort speed of a cell, at the level of the distance.
    pub(super) fn effort(&self, index: usize) -> Option<f64> {
        let effort = self.streams.effort_speed_m_s.get(index)?;
        Some(effort * self.level)
    }

    /// Returns the effort speed of a cell in which the runner moves.
    pub(super) fn moving_effort(&self, index: usize) -> Option<f64> {
        self.moving[index].then(|| self.effort(index)).flatten()
    }

    /// Returns the seconds in which the runner moves.
    pub(super) fn moving_s(&self) -> f64 {
        number(self.moving.iter().filter(|moving| **moving).count())
    }

    /// Returns the mean of a channel over the cells in which the runner moves.
    pub(super) fn mean_while_moving(&self, channel: &Channel) -> Option<f64> {
        let cells = self.moving.iter().zip(channel.iter());
        mean(cells.filter_map(|(moving, value)| value.filter(|_| *moving)))
    }
}

/// Returns the distance covered while moving over what the speed channel makes of it; 1 where one of
/// them is not known or they have little to do with each other.
fn level(streams: &Streams, moving: &[bool]) -> f64 {
    let (mut covered, mut sampled) = (0.0, 0.0);
    for cell in (0..moving.len()).filter(|&cell| moving[cell]) {
        let step = streams.distance_between_m(cell, cell + 1);
        if let (Some(step), Some(speed)) = (step, streams.speed_m_s.get(cell)) {
            covered += step;
            sampled += speed;
        }
    }
    let level = covered / sampled;
    if LEVELS.contains(&level) { level } else { 1.0 }
}

fn moving(streams: &Streams) -> Vec<bool> {
    let has_speed = streams.speed_source != SpeedSource::None;
    (0..streams.len())
        .map(|i| {
            let moves = if has_speed {
                streams.motion(i) == Motion::Moving
            } else {
                !streams.gap[i]
            };
            moves && !streams.paused[i]
        })
        .collect()
}

/// Returns the cells of a segment: those whose middle lies in it, so that contiguous segments
/// have contiguous cells.
pub(super) fn range(segment: &Segment, length: usize) -> std::ops::Range<usize> {
    let end = whole(segment.end_s).min(length);
    whole(segment.start_s).min(end)..end
}

/// Returns a count as a number.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of seconds stay far below 2^53"
)]
pub(super) fn number(count: usize) -> f64 {
    count as f64
}

/// Returns a non-negative time rounded to whole seconds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and no activity lasts 2^32 seconds"
)]
pub(super) fn whole(value: f64) -> usize {
    value.round() as usize
}
