//! Efforts as they count on a day: how old, how hard, how likely all-out.

use chrono::NaiveDate;

use crate::history::Reference;
use crate::history::efforts::D_PRIMES_M;
use crate::history::efforts::Effort;
use crate::history::efforts::Known;
use crate::history::numbers::age_days;
use crate::history::numbers::count;

/// How much faster than possible an effort may be recorded.
///
/// # Units
/// Standard deviation as a ratio: watches measure distance to 1–2 % (Gilgen-Ammann 2020, JMIR
/// mHealth 8:e17118, found up to several per cent in towns and forests).
const WATCH_SD: f64 = 0.015;
/// How much an effort meant to be all-out falls short of the athlete's best, on average.
///
/// # Units
/// Ratio. Chosen: efforts from 97 % of the best on count as raced.
const RACED_SHORTFALL: f64 = 0.02;
/// The shortfalls that other running may have, all equally likely.
///
/// # Units
/// Ratio: as far as walking.
const OTHER_SHORTFALL: f64 = 0.5;
/// How likely a race is all-out.
///
/// # Units
/// Probability. Chosen, as the three below: some races are run for company.
const RACE_ALL_OUT: f64 = 0.9;
/// The same of a test.
const TEST_ALL_OUT: f64 = 0.97;
/// The same of an effort that was hard by heart rate, which can be high for other reasons.
const HARD_ALL_OUT: f64 = 0.5;
/// The same of other running.
const OTHER_ALL_OUT: f64 = 0.02;
/// Heart rate in the last third of an all-out effort of 8–25 min.
///
/// # Units
/// Share of maximum heart rate. Tempo runs end about at threshold, which is 0.90 of it, all-out efforts
/// 5–7 % higher: the middle. The source's gate, 0.95 of threshold, lets tempo runs pass.
const HARD_OF_MAXIMUM: f64 = 0.94;
/// How soft the verdict by that heart rate is: the scale of the logistic.
///
/// # Units
/// Share of maximum heart rate. Chosen: about two beats in a maximum of 190.
const HARD_SCALE_OF_MAXIMUM: f64 = 0.012;
/// The steps of log speed in which the answer is sought.
///
/// # Units
/// Log speed.
pub(super) const STEP: f64 = 0.01;
/// An effort counts half after so many days.
///
/// # Units
/// Days. Chosen: at 90 days, the usual limit, it counts for less than a quarter.
const HALF_LIFE_DAYS: f64 = 42.0;
/// So many efforts are weighed, those nearest to the athlete's best.
const WEIGHED: usize = 12;
/// What a race is put forward by, and an old effort back, when those are chosen.
///
/// # Units
/// Log speed.
const FORWARD: f64 = 0.05;

/// An effort as it counts on a day.
pub(super) struct Weighed<'a> {
    /// The effort.
    pub(super) effort: &'a Effort,
    /// How much it still counts, from 0 to 1.
    pub(super) weight: f64,
    /// How hard it was by what is known or by heart rate, from 0 to 1.
    pub(super) hard: f64,
    /// How likely it was all-out.
    pub(super) all_out: f64,
}

impl Weighed<'_> {
    /// Returns the log speed with the middle one of [`D_PRIMES_M`].
    pub(super) fn middle(&self) -> f64 {
        self.effort.log_speeds[D_PRIMES_M.len() / 2]
    }

    /// Adds the log likelihoods of the shortfalls that start at one value and rise by [`STEP`].
    pub(super) fn add_log_likelihoods(&self, first: f64, logs: &mut [f64]) {
        let error = WATCH_SD * (std::f64::consts::PI / 2.0).sqrt();
        let raced = self.all_out / (RACED_SHORTFALL + error);
        let other = (1.0 - self.all_out) / (OTHER_SHORTFALL + error);
        let at_limit = (raced + other).ln();
        // The exponential of evenly spaced shortfalls is a product.
        let (mut fading, factor) = (None, (-STEP / RACED_SHORTFALL).exp());
        for (i, log) in logs.iter_mut().enumerate() {
            let shortfall = first + count(i) * STEP;
            *log += self.weight
                * if shortfall < 0.0 {
                    at_limit - shortfall * shortfall / (2.0 * WATCH_SD * WATCH_SD)
                } else {
                    let now =
                        fading.map_or((-shortfall / RACED_SHORTFALL).exp(), |f: f64| f * factor);
                    fading = Some(now);
                    (raced * now + other).ln()
                };
        }
    }
}

/// Returns the efforts that can matter: those nearest to the best, races first, old ones last.
pub(super) fn nearest<'a>(
    efforts: impl Iterator<Item = &'a Effort>,
    on: NaiveDate,
    maximum: Option<&Reference>,
) -> Vec<Weighed<'a>> {
    let mut ranked: Vec<(f64, Weighed<'a>)> = efforts
        .map(|effort| {
            let halvings = age_days(effort.day, on) / HALF_LIFE_DAYS;
            let hard = hardness(effort, maximum);
            let weighed = Weighed {
                effort,
                weight: 0.5f64.powf(halvings),
                hard,
                all_out: match effort.known {
                    Known::Race => RACE_ALL_OUT,
                    Known::Test => TEST_ALL_OUT,
                    Known::Nothing => OTHER_ALL_OUT + (HARD_ALL_OUT - OTHER_ALL_OUT) * hard,
                },
            };
            let rank = weighed.middle() + FORWARD * weighed.all_out - WATCH_SD * halvings;
            (rank, weighed)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.truncate(WEIGHED);
    ranked.into_iter().map(|(_, weighed)| weighed).collect()
}

/// Returns how hard an effort was: 1 for a race or a test, else by heart rate, softly.
fn hardness(effort: &Effort, maximum: Option<&Reference>) -> f64 {
    if effort.known != Known::Nothing {
        return 1.0;
    }
    let share = effort.heart_rate_bpm.zip(maximum);
    share.map_or(0.0, |(beats, maximum)| {
        let above = (beats / maximum.middle() - HARD_OF_MAXIMUM) / HARD_SCALE_OF_MAXIMUM;
        1.0 / (1.0 + (-above).exp())
    })
}
