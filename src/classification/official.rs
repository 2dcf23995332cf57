//! The official result of a race, in place of what the watch measured.

use serde::Deserialize;
use serde::Serialize;

use crate::summary::BestEffort;
use crate::summary::RunSummary;
use crate::summary::usual_distance;
use crate::units::round;

/// A planned race is an effort inside a run when their distances differ by at most this.
///
/// # Units
/// Ratio. Chosen: watches differ from the true distance by 1–3 %, up to several per cent in towns
/// (Gilgen-Ammann 2020, JMIR mHealth 8:e17118), and the ends of an effort are uncertain by seconds.
pub(super) const PLANNED_EFFORT: f64 = 0.06;

/// The official result of a race, with what the watch had measured in its place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

impl Official {
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
    pub(super) fn best_efforts(&self) -> Vec<BestEffort> {
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
    fn a_race_inside_a_run_leaves_longer_bests_and_a_far_measure_its_scale() {
        let longer = Official {
            is_whole_run: false,
            recorded_best_efforts: vec![best(5000.0, 1160.0), best(15_000.0, 3800.0)],
            ..official()
        };
        let distances: Vec<f64> = longer
            .best_efforts()
            .iter()
            .map(|best| best.distance_m)
            .collect();
        assert_eq!(distances, [5000.0, 10_000.0, 15_000.0]);
        let whole = Official {
            is_whole_run: true,
            ..longer
        };
        let distances: Vec<f64> = whole
            .best_efforts()
            .iter()
            .map(|best| best.distance_m)
            .collect();
        assert_eq!(distances, [5000.0, 10_000.0]);
        assert!((official().scale() - 1.0 / 1.025).abs() < 1e-9);
        let far = Official {
            measured_m: 12_000.0,
            ..official()
        };
        assert!((far.scale() - 1.0).abs() < 1e-9);
        let untimed = Official {
            time_s: None,
            ..official()
        };
        assert_eq!(untimed.best_efforts().len(), 2);
    }
}
