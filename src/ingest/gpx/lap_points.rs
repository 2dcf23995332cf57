//! Waypoints that a converter named after the laps of the track.

use crate::ingest::Lap;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::great_circle_m;
use crate::ingest::lap_points;
use crate::ingest::lap_points::is_lap;
use crate::ingest::xml::document::Element;
use crate::ingest::xml::records::Recording;
use crate::ingest::xml::time;
use crate::ingest::xml::time::Stamp;
use crate::ingest::xml::values;
use crate::units::plural;

/// A waypoint without a time is where the track is within this, in metres: the end of a lap is a point of
/// the track, rounded.
const SAME_PLACE_M: f64 = 1.0;
/// The same where it is a record of the track itself: what nine decimals of a degree leave, with room.
const EXACT_M: f64 = 0.1;
/// [`SAME_PLACE_M`] in degrees of latitude, with room: spares the exact distance of nearly all points.
const SAME_PLACE_DEG: f64 = 2e-5;
/// Passing a place takes no longer than this, in seconds; a track that is there again later leaves open
/// which time it was. Judgement, longer than any device takes for two records.
const PASSING_S: f64 = 20.0;
/// More laps than this are looked for by place in no run: judgement.
const MOST_PLACED: usize = 300;

/// The waypoints of a document that are named as laps.
#[derive(Clone, Debug, Default)]
pub(super) struct LapPoints {
    points: Vec<LapPoint>,
    draft: LapPoint,
    is_named: bool,
}

/// One of them.
#[derive(Clone, Copy, Debug, Default)]
struct LapPoint {
    time: Option<Stamp>,
    place: Option<(f64, f64)>,
}

impl LapPoints {
    /// Begins a waypoint.
    pub(super) fn open(&mut self, element: &Element<'_>) {
        let degrees = |name| {
            let text = element.attribute(name)?;
            values::number(&text).ok().flatten()
        };
        self.is_named = false;
        self.draft = LapPoint {
            time: None,
            place: degrees("lat").zip(degrees("lon")),
        };
    }

    /// Reads one value of the current waypoint.
    pub(super) fn read(&mut self, name: &str, text: &str) {
        match name {
            "name" => self.is_named = is_lap(text),
            "time" => self.draft.time = time::stamp(text),
            _ => {}
        }
    }

    /// Ends the current waypoint.
    pub(super) fn close(&mut self) {
        if std::mem::take(&mut self.is_named) {
            self.points.push(self.draft);
        }
    }

    /// Returns the laps of a recording, and what is to be said of them; laps also begin with some tracks.
    ///
    /// # Units
    /// `tracks_us` in microseconds since 1970.
    pub(super) fn laps(
        &self,
        recording: &Recording,
        tracks_us: &[i64],
    ) -> (Vec<Lap>, Option<Warning>) {
        let Some(end_s) = recording.records.time_s.last().copied() else {
            return (Vec::new(), None);
        };
        let timed = self.points.iter().filter_map(|point| point.time);
        let times_us = timed
            .map(|time| time.utc_us)
            .chain(tracks_us.iter().copied());
        let mut boundaries_s: Vec<f64> =
            times_us.map(|time_us| recording.clock_s(time_us)).collect();
        match self.placed(recording) {
            Ok(placed_s) => boundaries_s.extend(placed_s),
            Err(unplaced) => return (Vec::new(), Some(unplaced)),
        }
        let laps = lap_points::laps(boundaries_s, end_s);
        let warning = (!laps.is_empty()).then(|| {
            let text = format!(
                "{} from points or tracks of the file that are named as laps",
                plural(laps.len(), "lap")
            );
            Warning::new(WarningCode::LapPoints, text)
        });
        (laps, warning)
    }
}

impl LapPoints {
    /// Returns when the ends of laps without a time were passed, but for the last, which is that of the run.
    fn placed(&self, recording: &Recording) -> Result<Vec<f64>, Warning> {
        let untimed = self.points.iter().filter(|point| point.time.is_none());
        let places: Vec<_> = untimed.map(|point| point.place).collect();
        let Some((_, inner)) = places.split_last() else {
            return Ok(Vec::new());
        };
        let mut before_s = 0.0;
        let inner = inner.iter().take(MOST_PLACED);
        let passed = inner.map(|place| {
            before_s = passed_s(recording, (*place)?, before_s)?;
            Some(before_s)
        });
        let passed: Option<Vec<f64>> = passed.collect();
        passed.ok_or_else(|| unplaced(places.len()))
    }
}

fn unplaced(count: usize) -> Warning {
    let text = format!(
        "{} named as laps without a time are not used: the track passes there never or several times",
        plural(count, "point")
    );
    Warning::new(WarningCode::LapPoints, text)
}

/// Returns when the track passes a place after a moment, if it does so once: exactly, else nearly.
fn passed_s(recording: &Recording, place: (f64, f64), after_s: f64) -> Option<f64> {
    let records = &recording.records;
    let positions = records
        .latitude_deg
        .iter()
        .zip(records.longitude_deg.iter());
    let timed = records.time_s.iter().zip(positions);
    let near = timed.filter_map(|(time_s, (latitude, longitude))| {
        let here = (latitude?, longitude?);
        let may_be = *time_s > after_s && (here.0 - place.0).abs() < SAME_PLACE_DEG;
        may_be.then(|| (*time_s, great_circle_m(here, place)))
    });
    let there: Vec<(f64, f64)> = near.filter(|(_, metres)| *metres <= SAME_PLACE_M).collect();
    let once = |within_m: f64| {
        let mut times = there.iter().filter(|(_, metres)| *metres <= within_m);
        let first_s = times.next()?.0;
        let last_s = times.next_back().map_or(first_s, |last| last.0);
        (last_s - first_s <= PASSING_S).then_some(first_s)
    };
    once(EXACT_M).or_else(|| once(SAME_PLACE_M))
}
