//! The race that the user planned for the day, and its official distance and time.

use crate::classification::Official;
use crate::classification::features::Features;
use crate::classification::official::PLANNED_EFFORT;
use crate::classification::rules_efforts::is_faster_by_far;
use crate::segmentation::Segment;
use crate::settings::Correction;
use crate::settings::Race;
use crate::summary::RunSummary;
use crate::summary::usual_distance;

/// A planned race and a run are the same when their distances differ by at most this.
///
/// # Units
/// Ratio.
const PLANNED_DISTANCE: f64 = 0.15;
/// A planned race without a distance is the run at this share of the modelled best at least.
///
/// # Units
/// Ratio of speeds.
const PLANNED_OF_BEST: f64 = 0.85;

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
