//! A run whose way over hidden ground is told in whole grains: its streams and its session.

use std::ops::Range;

use super::ground::Ground;
use crate::channel::Channel;
use crate::classification::Session;
use crate::ingest::LapTrigger;
use crate::report::drawing::trace::Along;
use crate::segmentation::Segment;
use crate::streams::Streams;
use crate::summary::Total;
use crate::units::SECONDS_PER_MINUTE;
use crate::units::as_f64;
use crate::units::round;

/// The way over a stretch of hidden ground is told as a whole number of these.
///
/// # Units
/// Metres. Chosen: the time of such a stretch stays, and with the pace of the minutes after it tells the
/// 200 to 500 m of a usual one to a tenth or so; a finer grain would say more than that, a coarser one
/// would hide nothing further. The stretch is rounded, not the run, so that many runs from one door give
/// the same number, and their mean no better one.
pub const WAY_GRAIN_M: f64 = 100.0;
/// Metres climbed are told as a whole number of these, as what was climbed on hidden ground is in them.
///
/// # Units
/// Metres. Chosen: a storey or three, as much as altitude by air pressure drifts within a run.
pub const CLIMB_GRAIN_M: f64 = 10.0;
/// Who stands so long on hidden ground in the middle of a run may have been at home: that stretch is told
/// like the first and the last.
///
/// # Units
/// Seconds. Chosen: most lights are shorter.
const LEAST_HALT_S: usize = 30;
/// Decimals of a distance in metres, and of a pace in seconds, as everywhere in a session.
const DISTANCE_DECIMALS: i32 = 1;
/// Decimals of a speed, as there.
const SPEED_DECIMALS: i32 = 3;

/// What of a run is hidden.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Veil {
    /// The seconds whose place is hidden.
    cells: Vec<bool>,
    /// The stretches whose way is told in grains: half-open, in order, apart.
    stretches: Vec<Range<usize>>,
}

impl Veil {
    /// Returns what hides a run. One of which no place can be seen keeps its numbers: they lead nowhere.
    pub(super) fn new(streams: &Streams, ground: &Ground) -> Self {
        let cells = ground.of_run(streams).hidden_cells(streams);
        let mut seen = cells
            .iter()
            .enumerate()
            .filter(|(_, is_hidden)| !**is_hidden);
        let Some((first, _)) = seen.next() else {
            let stretches = Vec::new();
            return Self { cells, stretches };
        };
        let last = seen.next_back().map_or(first, |(cell, _)| cell);
        let mut stretches: Vec<_> = std::iter::once(0..first).collect();
        let mut start = 0;
        for chunk in cells.chunk_by(|a, b| a == b) {
            let stretch = start..start + chunk.len();
            start = stretch.end;
            let in_middle = chunk[0] && first < stretch.start && stretch.end <= last;
            if in_middle && standing_s(streams, stretch.clone()) >= LEAST_HALT_S {
                stretches.push(stretch);
            }
        }
        stretches.push(last + 1..cells.len());
        stretches.retain(|stretch| !stretch.is_empty());
        Self { cells, stretches }
    }

    /// Returns whether the numbers of a run are told more coarsely than they are known.
    pub(super) fn is_coarse(&self) -> bool {
        !self.stretches.is_empty()
    }

    /// Returns the streams less all that tells of hidden ground: positions, and along its stretches pace
    /// and altitude; the way along them is even, and a whole number of grains.
    pub(super) fn streams(&self, streams: &Streams) -> Streams {
        let mut shown = streams.clone();
        let cells = self.cells.iter().enumerate();
        for (cell, _) in cells.filter(|(_, is_hidden)| **is_hidden) {
            clear(&mut shown.latitude_deg, cell);
            clear(&mut shown.longitude_deg, cell);
        }
        for cell in self.stretches.iter().cloned().flatten() {
            for channel in [
                &mut shown.speed_m_s,
                &mut shown.distance_speed_m_s,
                &mut shown.device_speed_m_s,
                &mut shown.effort_speed_m_s,
                &mut shown.grade,
                &mut shown.altitude_m,
            ] {
                clear(channel, cell);
            }
        }
        shown.distance_m = self.way(streams);
        shown
    }

    /// Returns the way at the edges of the cells.
    fn way(&self, streams: &Streams) -> Channel {
        let mut way = streams.distance_m.clone();
        for stretch in &self.stretches {
            if way.len() <= stretch.end {
                continue;
            }
            let edges = way.get(stretch.start).zip(way.get(stretch.end));
            let Some((low_m, high_m)) = edges else {
                continue;
            };
            let told_m = ((high_m - low_m) / WAY_GRAIN_M).round() * WAY_GRAIN_M;
            let seconds = as_f64(stretch.len());
            for edge in stretch.start..=stretch.end {
                let share = as_f64(edge - stretch.start) / seconds;
                way.set(edge, Some(low_m + share * told_m));
            }
            let shift_m = low_m + told_m - high_m;
            for edge in stretch.end + 1..way.len() {
                way.set(edge, way.get(edge).map(|metres| metres + shift_m));
            }
        }
        way
    }

    /// Returns the session with what it tells of the way in the same grains.
    pub(super) fn session(&self, session: &Session, streams: &Streams) -> Session {
        let mut told = session.clone();
        if !self.is_coarse() {
            return told;
        }
        let change = Change {
            before: &streams.distance_m,
            after: &self.way(streams),
        };
        let head = &mut told.head;
        let official = session.official.as_ref();
        if !official.is_some_and(|official| official.is_whole_run) {
            head.distance_m = changed(head.distance_m, change.until(head.elapsed_s));
        }
        let climbs = |metres: f64| (metres / CLIMB_GRAIN_M).round() * CLIMB_GRAIN_M;
        head.ascent_m = head.ascent_m.map(climbs);
        if let Some(watch) = &mut head.watch {
            watch.distance_m = None;
            watch.ascent_m = None;
            watch
                .differences
                .retain(|difference| difference.total != Total::Distance);
        }
        for segment in &mut told.segments {
            let (start_s, end_s) = (segment.start_s, segment.end_s);
            if self.touches(start_s, end_s) {
                coarsen(segment, change.within(start_s, end_s));
            }
        }
        // A watch closes a lap at each kilometre from the start on: when says how far off the start is, and so
        // does the time at which the next lap begins.
        let laps = &mut told.laps.rows;
        if laps.iter().any(|lap| lap.trigger == LapTrigger::Auto) {
            laps.clear();
        }
        for lap in laps {
            if self.touches(lap.start_s, lap.end_s) {
                let metres = change.within(lap.start_s, lap.end_s);
                lap.distance_m = changed(lap.distance_m, metres);
            }
        }
        for effort in &mut told.best_efforts {
            let time_s = effort.elapsed_s.unwrap_or(effort.time_s);
            if self.touches(effort.start_s, effort.start_s + time_s) {
                effort.start_s = minute(effort.start_s);
            }
            let other = effort.continuous_start_s.zip(effort.continuous_s);
            if other.is_some_and(|(start_s, time_s)| self.touches(start_s, start_s + time_s)) {
                effort.continuous_start_s = effort.continuous_start_s.map(minute);
            }
        }
        told
    }

    /// Returns whether a span of time has any in common with the stretches.
    fn touches(&self, start_s: f64, end_s: f64) -> bool {
        let mut stretches = self.stretches.iter();
        stretches.any(|stretch| start_s < as_f64(stretch.end) && as_f64(stretch.start) < end_s)
    }

    /// Returns a text that is another one where something else is hidden.
    pub(super) fn key(&self) -> String {
        let mut edges = Vec::new();
        let mut cell = 0;
        for chunk in self.cells.chunk_by(|a, b| a == b) {
            cell += chunk.len();
            edges.push(cell);
        }
        format!("{:?} {edges:?} {:?}", self.cells.first(), self.stretches)
    }
}

/// How much longer the way is told than it was.
struct Change<'a> {
    before: &'a Channel,
    after: &'a Channel,
}

impl Change<'_> {
    /// Returns it from the start to a time, in metres.
    fn until(&self, time_s: f64) -> f64 {
        let at = |way| Along::Distance(way).of_time(time_s);
        let both = at(self.after).zip(at(self.before));
        both.map_or(0.0, |(after, before)| after - before)
    }

    fn within(&self, start_s: f64, end_s: f64) -> f64 {
        self.until(end_s) - self.until(start_s)
    }
}

/// Changes the way of a segment, and all that with its time would tell the old one.
fn coarsen(segment: &mut Segment, change_m: f64) {
    segment.slope = None;
    // The length of a step and their number are a way, too.
    segment.further.clear();
    let Some(before_m) = segment.distance_m.filter(|metres| *metres > 0.0) else {
        return;
    };
    segment.distance_m = changed(segment.distance_m, change_m);
    let ratio = segment.distance_m.unwrap_or(before_m) / before_m;
    for speed in [&mut segment.speed_m_s, &mut segment.effort_speed_m_s] {
        *speed = speed.map(|speed| round(speed * ratio, SPEED_DECIMALS));
    }
    let pace = segment.pace_s_per_km.filter(|_| ratio > 0.0);
    segment.pace_s_per_km = pace.map(|pace| round(pace / ratio, DISTANCE_DECIMALS));
}

/// Returns a distance with a change, absent where it was.
fn changed(distance_m: Option<f64>, change_m: f64) -> Option<f64> {
    distance_m.map(|metres| round((metres + change_m).max(0.0), DISTANCE_DECIMALS))
}

/// Returns the minute in which a time lies.
fn minute(time_s: f64) -> f64 {
    (time_s / SECONDS_PER_MINUTE).floor() * SECONDS_PER_MINUTE
}

fn clear(channel: &mut Channel, cell: usize) {
    // What was never recorded has no samples.
    if cell < channel.len() {
        channel.set(cell, None);
    }
}

fn standing_s(streams: &Streams, stretch: Range<usize>) -> usize {
    let stands = |cell: &usize| {
        let speed = streams.speed_m_s.get(*cell);
        streams.paused.get(*cell) == Some(&true) || speed.is_some_and(|speed| speed <= 0.0)
    };
    stretch.filter(stands).count()
}

#[cfg(test)]
mod tests;
