//! What a TCX course has and an activity has not: points with names, and laps of which only the lengths
//! are told.

use crate::ingest::Lap;
use crate::ingest::lap_points;
use crate::ingest::lap_points::is_lap;
use crate::ingest::tcx::laps::RawLap;
use crate::ingest::xml::records::Recording;
use crate::ingest::xml::time;
use crate::ingest::xml::time::Stamp;

/// Laps fill the run when their lengths differ from it by at most this, in seconds: each is rounded.
const FILLED_S: f64 = 5.0;

/// The points of a course as written.
#[derive(Clone, Debug, Default)]
pub(super) struct Course {
    points: Vec<CoursePoint>,
}

/// One of them.
#[derive(Clone, Debug, Default)]
struct CoursePoint {
    is_lap: bool,
    time: Option<Stamp>,
}

impl Course {
    /// Begins a point.
    pub(super) fn start_point(&mut self) {
        self.points.push(CoursePoint::default());
    }

    /// Reads one value of the current point.
    pub(super) fn read(&mut self, name: &str, text: &str) {
        let Some(point) = self.points.last_mut() else {
            return;
        };
        match name {
            "Name" => point.is_lap = is_lap(text),
            "Time" => point.time = time::stamp(text),
            _ => {}
        }
    }

    /// Returns the laps of a recording: between the points named as laps, else as long as they are told.
    pub(super) fn laps(&self, raw: &[RawLap], recording: &Recording) -> Vec<Lap> {
        let end_s = recording.records.time_s.last().copied().unwrap_or(0.0);
        let named = self.points.iter().filter(|point| point.is_lap);
        let times = named.filter_map(|point| point.time);
        let boundaries_s = times.map(|time| recording.clock_s(time.utc_us)).collect();
        match lap_points::laps(boundaries_s, end_s) {
            none if none.is_empty() => one_after_another(raw, end_s),
            laps => laps,
        }
    }
}

/// Returns laps that follow one another, where they fill the run.
fn one_after_another(raw: &[RawLap], end_s: f64) -> Vec<Lap> {
    let mut start_s = 0.0;
    let laps = raw.iter().map(|lap| {
        let lap_end_s = start_s + lap.timer_s?;
        let lap = lap.spanning(start_s, lap_end_s.min(end_s));
        start_s = lap_end_s;
        Some(lap)
    });
    let laps: Option<Vec<Lap>> = laps.collect();
    let mut laps = laps.unwrap_or_default();
    laps.retain(|lap| lap.end_s > lap.start_s);
    if (start_s - end_s).abs() > FILLED_S {
        laps.clear();
    }
    laps
}
