//! The race that the user planned for the day, and its official distance and time.

use serde::Deserialize;
use serde::Serialize;

use crate::classification::Session;
use crate::classification::features::Features;
use crate::classification::rules_efforts::is_faster_by_far;
use crate::segmentation::Segment;
use crate::settings::Correction;
use crate::settings::Race;
use crate::summary::BestEffort;
use crate::summary::RunSummary;
use crate::summary::usual_distance;
use crate::units::round;

/// A planned race and a run are the same when their distances differ by at most this.
///
/// # Units
/// Ratio.
const PLANNED_DISTANCE: f64 = 0.15;
/// A planned race is an effort inside a run when their distances differ by at most this.
///
/// # Units
/// Ratio. Chosen: watches differ from the true distance by 1–3 %, up to several per cent in towns
/// (Gilgen-Ammann 2020, JMIR mHealth 8:e17118), and the ends of an effort are uncertain by seconds.
const PLANNED_EFFORT: f64 = 0.06;
/// A planned race without a distance is the run at this share of the modelled best at least.
///
/// # Units
/// Ratio of speeds.
const PLANNED_OF_BEST: f64 = 0.85;

/// The official result of a race, with what the watch had measured in its place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Official {
    /// The official distance.
    pub distance_m: f64,
    /// The official time where it was given, else that of the watch from start to finish.
    pub time_s: Option<f64>,
    /// Where it starts on the elapsed clock.
    pub start_s: f64,
    /// Whether the run is the race, from the first step to the last.
    pub is_whole_run: bool,
    /// The distance that the watch measured over the race.
    pub measured_m: f64,
    /// The distance of the whole run as recorded.
    pub recorded_distance_m: Option<f64>,
    /// The fastest times as recorded.
    pub recorded_best_efforts: Vec<BestEffort>,
}

/// Where in a run a planned race was run.
#[derive(Clone, Copy, Debug)]
enum Stretch<'a> {
    /// From the first step to the last.
    Whole,
    /// An effort of it.
    Effort(&'a Segment),
    /// Somewhere inside, as its fastest stretch of that length shows.
    Inside,
}

/// A race of the settings that was run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Planned<'a> {
    race: &'a Race,
    stretch: Stretch<'a>,
}

impl Planned<'_> {
    /// Returns why the run is that race.
    pub(super) fn words(&self) -> String {
        let race = match &self.race.name {
            Some(name) => format!("planned race: {name}"),
            None => "a race was planned for the day".to_owned(),
        };
        match (self.stretch, self.race.distance_m) {
            (Stretch::Whole, _) | (_, None) => race,
            (Stretch::Effort(_), Some(metres)) => {
                format!("{race}, an effort of about {metres:.0} m")
            }
            (Stretch::Inside, Some(metres)) => format!("{race}, a fast stretch of {metres:.0} m"),
        }
    }
}

/// Returns the race that the user planned for the day, when this run holds it.
pub(super) fn planned<'a>(features: &Features<'a>) -> Option<Planned<'a>> {
    let day = features.run.head.day?;
    let races = features.history.settings().races.iter();
    let mut of_day = races.filter(|race| race.day == day);
    of_day.find_map(|race| {
        let stretch = match race.distance_m {
            Some(metres) => stretch_of(features, metres)?,
            None => features
                .of_modelled_best()
                .filter(|share| *share >= PLANNED_OF_BEST)
                .map(|_| Stretch::Whole)?,
        };
        Some(Planned { race, stretch })
    })
}

/// Returns the part of a run that fits the distance of a race: an effort, the whole, or the fastest
/// stretch of that length where it is much faster than easy running.
fn stretch_of<'a>(features: &Features<'a>, metres: f64) -> Option<Stretch<'a>> {
    let off = |distance: f64| (distance / metres - 1.0).abs();
    let efforts = features.works.iter().copied();
    let nearest = efforts
        .filter_map(|effort| Some((off(effort.distance_m?), effort)))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(off, _)| *off <= PLANNED_EFFORT);
    if let Some((_, effort)) = nearest {
        return Some(Stretch::Effort(effort));
    }
    let whole = features.run.head.distance_m;
    if whole.is_none() && features.of_modelled_best() >= Some(PLANNED_OF_BEST) {
        return Some(Stretch::Whole);
    }
    if off(whole?) <= PLANNED_DISTANCE {
        return Some(Stretch::Whole);
    }
    let mut bests = features.run.best_efforts.iter();
    let best = bests.find(|best| Some(best.distance_m) == usual_distance(metres))?;
    is_faster_by_far(features, best.distance_m / best.time_s).then_some(Stretch::Inside)
}

/// Returns the official result of a race that was planned with its distance.
pub(super) fn result(planned: Planned<'_>, run: &RunSummary) -> Option<Official> {
    let metres = planned.race.distance_m?;
    let (start_s, elapsed_s, measured_m) = match planned.stretch {
        Stretch::Whole => (0.0, Some(run.head.elapsed_s), run.head.distance_m?),
        Stretch::Effort(effort) => (effort.start_s, Some(effort.elapsed_s()), effort.distance_m?),
        Stretch::Inside => (0.0, None, metres),
    };
    // A distance that is farther off holds more than the race.
    let is_race_alone = (measured_m / metres - 1.0).abs() <= PLANNED_EFFORT;
    let elapsed_s = elapsed_s.filter(|_| is_race_alone);
    Some(Official {
        distance_m: metres,
        time_s: planned.race.time_s.or(elapsed_s),
        start_s,
        is_whole_run: is_race_alone && matches!(planned.stretch, Stretch::Whole),
        measured_m,
        recorded_distance_m: run.head.distance_m,
        recorded_best_efforts: run.best_efforts.clone(),
    })
}

/// Returns the distance and the time that the user says a run had, where both are said.
pub(super) fn said(correction: &Correction, run: &RunSummary) -> Option<Official> {
    let (distance_m, time_s) = correction.distance_m.zip(correction.time_s)?;
    Some(Official {
        distance_m,
        time_s: Some(time_s),
        start_s: 0.0,
        is_whole_run: true,
        measured_m: run.head.distance_m?,
        recorded_distance_m: run.head.distance_m,
        recorded_best_efforts: run.best_efforts.clone(),
    })
}

impl Official {
    /// Gives a session the official distance and time.
    pub(super) fn apply(self, session: &mut Session) {
        session.best_efforts = self.best_efforts();
        if self.is_whole_run {
            session.head.distance_m = Some(self.distance_m);
        }
        session.official = Some(self);
    }

    /// Gives a summary back what the watch had recorded.
    pub(super) fn take_back(self, run: &mut RunSummary) {
        run.head.distance_m = self.recorded_distance_m;
        run.best_efforts = self.recorded_best_efforts;
    }

    /// Returns the official distance over the measured one: how much faster the race was run than the
    /// watch shows. What a watch measures too much or too little is the same all along.
    #[must_use]
    pub fn scale(&self) -> f64 {
        let scale = self.distance_m / self.measured_m;
        let is_race_alone = (1.0 / scale - 1.0).abs() <= PLANNED_EFFORT;
        if is_race_alone { scale } else { 1.0 }
    }

    /// Returns the fastest times with that of the race itself, and the others at the scale of its true
    /// distance.
    fn best_efforts(&self) -> Vec<BestEffort> {
        let own = usual_distance(self.distance_m)
            .zip(self.time_s)
            .map(|(distance_m, time_s)| BestEffort {
                distance_m,
                time_s: round(time_s, 1),
                start_s: self.start_s,
                continuous: true,
                elapsed_s: Some(round(time_s, 1)),
                ..BestEffort::default()
            });
        let is_other = |best: &&BestEffort| {
            let fits = !self.is_whole_run || best.distance_m <= self.distance_m;
            let same = own
                .as_ref()
                .is_some_and(|own| same(own.distance_m, best.distance_m));
            fits && !same
        };
        let recorded = self.recorded_best_efforts.iter().filter(is_other);
        let true_s = |time_s: f64| round(time_s / self.scale(), 1);
        let scaled = recorded.map(|best| BestEffort {
            time_s: true_s(best.time_s),
            elapsed_s: best.elapsed_s.map(true_s),
            continuous_s: best.continuous_s.map(true_s),
            ..best.clone()
        });
        let mut bests: Vec<BestEffort> = scaled.chain(own.clone()).collect();
        bests.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m));
        bests
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(distance_m: f64, time_s: f64) -> BestEffort {
        BestEffort {
            distance_m,
            time_s,
            start_s: 3.0,
            continuous: true,
            elapsed_s: Some(time_s),
            ..BestEffort::default()
        }
    }

    /// An official 10 km in 40:00 that the watch measured a fortieth too long.
    fn official() -> Official {
        Official {
            distance_m: 10_000.0,
            time_s: Some(2400.0),
            start_s: 0.0,
            is_whole_run: true,
            measured_m: 10_250.0,
            recorded_distance_m: Some(10_250.0),
            recorded_best_efforts: vec![best(5000.0, 1160.0), best(10_000.0, 2330.0)],
        }
    }

    #[test]
    fn the_best_over_the_distance_is_the_official_one_and_parts_are_at_its_scale() {
        let bests = official().best_efforts();
        assert_eq!(bests.len(), 2);
        // 1160 · 1.025.
        assert!((bests[0].time_s - 1189.0).abs() < 0.01, "{bests:?}");
        assert_eq!(bests[0].elapsed_s, Some(bests[0].time_s));
        assert!((bests[1].time_s - 2400.0).abs() < 0.01, "{bests:?}");
    }

    #[test]
    fn what_the_watch_recorded_comes_back() {
        let mut session = Session::default();
        session.head.distance_m = Some(10_250.0);
        session.best_efforts = official().recorded_best_efforts;
        let before = session.clone().into_run();
        official().apply(&mut session);
        assert_eq!(session.head.distance_m, Some(10_000.0));
        assert_eq!(session.into_run(), before);
    }
}
