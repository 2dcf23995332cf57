//! A run as the formats of watches hold it: a point each second, and its segments as laps.
//!
//! Their times are whole seconds, which every reader understands; laps begin with the first point of their
//! segment.

use std::ops::Range;

use chrono::DateTime;
use chrono::Duration;
use chrono::SecondsFormat;
use chrono::SubsecRound;
use chrono::Utc;

use crate::channel::Channel;
use crate::classification::Session;
use crate::clean::clean_text;
use crate::segmentation::Segment;
use crate::streams::Streams;
use crate::vocabulary::SegmentKind;

/// Steps in a stride: what the formats call cadence are strides.
const STEPS_PER_STRIDE: f64 = 2.0;

/// A longitude that changes by more than this within a second has passed the date line.
const HALF_TURN_DEG: f64 = 180.0;

/// A run with its streams.
#[derive(Clone, Copy)]
pub(super) struct Recording<'a> {
    pub(super) session: &'a Session,
    pub(super) streams: &'a Streams,
}

/// One point: an edge of a cell of the streams.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Point {
    /// Seconds since the start.
    pub(super) cell: usize,
    /// Latitude and longitude.
    pub(super) place_deg: Option<(f64, f64)>,
    pub(super) altitude_m: Option<f64>,
    pub(super) distance_m: Option<f64>,
    pub(super) speed_m_s: Option<f64>,
    pub(super) heart_rate_bpm: Option<f64>,
    /// Strides a minute.
    pub(super) cadence: Option<f64>,
    pub(super) power_w: Option<f64>,
}

/// A segment as a lap, or the whole run where there are none.
pub(super) struct Lap<'a> {
    pub(super) cells: Range<usize>,
    pub(super) segment: Option<&'a Segment>,
}

impl<'a> Recording<'a> {
    /// Returns the laps that have a cell, without a hole between them.
    pub(super) fn laps(self) -> Vec<Lap<'a>> {
        let end = self.streams.len();
        let segments = self.session.segments.iter();
        let mut begun: Vec<(usize, Option<&Segment>)> = segments
            .map(|segment| (cell(segment.start_s).min(end), Some(segment)))
            .collect();
        match begun.first_mut() {
            Some(first) => first.0 = 0,
            None => begun.push((0, None)),
        }
        let ends = begun.iter().skip(1).map(|next| next.0).chain([end]);
        let laps = begun.iter().zip(ends);
        let laps = laps.map(|((start, segment), end)| Lap {
            cells: *start..end,
            segment: *segment,
        });
        laps.filter(|lap| !lap.cells.is_empty()).collect()
    }

    /// Returns the points of some cells, cut where the timer stood still; the last point before it did, and of
    /// the run, is where it stopped.
    pub(super) fn parts(self, cells: Range<usize>) -> Vec<Vec<Point>> {
        let end = cells.end;
        let mut parts = vec![Vec::new()];
        for index in cells {
            if self.is_paused(index) {
                parts.push(Vec::new());
            } else if let Some(open) = parts.last_mut() {
                open.extend((!self.is_gap(index)).then(|| self.point(index)));
                let next = index + 1;
                let is_stop = self.is_paused(next) || (next == end && end == self.streams.len());
                open.extend((is_stop && !self.is_gap(index)).then(|| self.stop(next)));
            }
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// Returns whether the timer stands still in a cell.
    pub(super) fn is_paused(self, cell: usize) -> bool {
        self.streams.paused.get(cell).is_some_and(|paused| *paused)
    }

    fn is_gap(self, cell: usize) -> bool {
        self.streams.gap.get(cell).is_some_and(|gap| *gap)
    }

    /// Returns how many cells of a range the timer runs.
    ///
    /// # Units
    /// Seconds.
    pub(super) fn timer_s(self, cells: Range<usize>) -> usize {
        cells.filter(|cell| !self.is_paused(*cell)).count()
    }

    fn point(self, cell: usize) -> Point {
        let streams = self.streams;
        let at = |channel| self.at_edge(channel, cell);
        Point {
            cell,
            place_deg: at(&streams.latitude_deg).zip(self.longitude_deg(cell)),
            altitude_m: at(&streams.altitude_m),
            distance_m: self.distance_m(cell),
            speed_m_s: at(&streams.speed_m_s),
            heart_rate_bpm: at(&streams.heart_rate_bpm),
            // Half of a cadence is none.
            cadence: streams.cadence_spm.get(cell).map(strides),
            power_w: at(&streams.power_w),
        }
    }

    /// Returns the point at which the timer stopped: what was there just before, and how far it had come.
    fn stop(self, edge: usize) -> Point {
        let streams = self.streams;
        let before = |channel: &Channel| channel.get(edge.checked_sub(1)?);
        Point {
            cell: edge,
            place_deg: before(&streams.latitude_deg).zip(before(&streams.longitude_deg)),
            altitude_m: before(&streams.altitude_m),
            distance_m: self.distance_m(edge),
            speed_m_s: before(&streams.speed_m_s),
            heart_rate_bpm: before(&streams.heart_rate_bpm),
            cadence: before(&streams.cadence_spm).map(strides),
            power_w: before(&streams.power_w),
        }
    }

    /// Returns the value of a channel at the beginning of a cell: channels hold what is in the middle of cells.
    fn at_edge(self, channel: &Channel, cell: usize) -> Option<f64> {
        let here = channel.get(cell)?;
        Some(match self.just_before(channel, cell) {
            Some(before) => f64::midpoint(before, here),
            None => here,
        })
    }

    fn just_before(self, channel: &Channel, cell: usize) -> Option<f64> {
        let before = cell.checked_sub(1)?;
        channel.get(before).filter(|_| !self.is_paused(before))
    }

    /// The same for longitude, which jumps at the date line.
    fn longitude_deg(self, cell: usize) -> Option<f64> {
        let channel = &self.streams.longitude_deg;
        let here = channel.get(cell)?;
        let before = self.just_before(channel, cell);
        let jumps = before.is_some_and(|before| (here - before).abs() > HALF_TURN_DEG);
        if jumps {
            Some(here)
        } else {
            self.at_edge(channel, cell)
        }
    }

    fn distance_m(self, edge: usize) -> Option<f64> {
        let first_m = self.streams.distance_m.get(0).unwrap_or(0.0);
        Some(self.streams.distance_m.get(edge)? - first_m)
    }

    /// Returns the time of a cell, absent when the watch's clock had never been set.
    pub(super) fn time(self, cell: usize) -> Option<DateTime<Utc>> {
        let since_start = i64::try_from(cell).ok().and_then(Duration::try_seconds)?;
        let start = self.session.head.start_time?.trunc_subsecs(0);
        start.checked_add_signed(since_start)
    }

    /// Returns it as XML formats write it.
    pub(super) fn time_text(self, cell: usize) -> Option<String> {
        let time = self.time(cell)?;
        Some(time.to_rfc3339_opts(SecondsFormat::Secs, true))
    }

    /// Returns the name of the activity.
    pub(super) fn name(self) -> Option<String> {
        self.session.head.name.as_deref().map(clean_text)
    }
}

impl Lap<'_> {
    /// Returns what the lap is called, as in "work 1000 m".
    pub(super) fn name(&self, recording: Recording<'_>) -> String {
        match self.segment {
            None => recording.session.kind.words().to_owned(),
            Some(Segment {
                kind,
                name: Some(name),
                ..
            }) => clean_text(&format!("{} {name}", kind.word())),
            Some(segment) => segment.kind.word().to_owned(),
        }
    }

    /// Returns whether one rests in it.
    pub(super) fn is_rest(&self) -> bool {
        use SegmentKind::*;
        let kind = self.segment.map(|segment| segment.kind);
        matches!(kind, Some(Recovery | Rest | Stop))
    }

    /// Returns the mean of a channel in it.
    pub(super) fn mean(&self, channel: &Channel) -> Option<f64> {
        channel.mean(self.cells.clone())
    }

    /// Returns the greatest value of a channel in it.
    pub(super) fn max(&self, channel: &Channel) -> Option<f64> {
        channel.max(self.cells.clone())
    }
}

/// Returns strides a minute of steps a minute.
pub(super) fn strides(steps: f64) -> f64 {
    steps / STEPS_PER_STRIDE
}

/// Returns the first cell that starts at or after a time.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and a run has far fewer seconds than usize::MAX"
)]
fn cell(time_s: f64) -> usize {
    time_s.ceil() as usize
}
