//! *RunSummaries by date → References*
//!
//! Learns the athlete from the runs themselves: habitual easy speed, critical speed, heart rates,
//! each with a date, an interval and a source. See [`History`].

mod corroborated;
mod critical_power;
mod critical_speed;
mod easy_speed;
mod efforts;
mod expectation;
mod field_tests;
mod habits;
mod heart_rate;
mod heart_rate_line;
mod mornings;
mod over_time;
mod pace_wander;
mod references;
mod threshold;

pub use critical_speed::CRITICAL_SPEED_PER_EASY_SPEED;
pub use critical_speed::assumed as assumed_critical_speed;
pub use efforts::MODELLED_S;
pub(crate) use efforts::TYPICAL_D_PRIME_M;
pub use efforts::modelled_best;
pub use expectation::Expectation;
pub use heart_rate::maximum_by_age;
pub use heart_rate::set_in_device as maximum_set_in_device;
pub use over_time::DatedReferences;
pub use over_time::Sampling;
pub use references::*;
pub use threshold::THRESHOLD_OF_CRITICAL_SPEED;
pub use threshold::set_in_device as threshold_set_in_device;

use std::ops::Range;

use chrono::Days;
use chrono::NaiveDate;

use crate::settings::Settings;
use crate::settings::Thresholds;
use crate::summary::SteadyBlock;

use crate::history::critical_speed::Assumption;
use crate::history::efforts::Effort;
use crate::history::heart_rate_line::Blocks;

/// Normal quantile of a 90 % interval.
pub(crate) const Z90: f64 = 1.645;
/// Repetitions show something of critical speed for so long.
///
/// # Units
/// Days, as for hard efforts.
const SHOWN_DAYS: u64 = 90;

/// An athlete's past, in order of date.
#[derive(Clone, Debug, Default)]
pub struct History {
    settings: Settings,
    past: Vec<PastSession>,
    /// What each of the past sessions says about critical speed, worked out once.
    efforts: Vec<Option<Effort>>,
    /// What the user's tests say about it.
    tests: Vec<Effort>,
    /// Whether reference values may rest on later days too.
    hindsight: bool,
}

impl History {
    /// Returns an empty history of an athlete of whom the user said `settings`.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            tests: field_tests::efforts(&settings.tests),
            settings,
            past: Vec::new(),
            efforts: Vec::new(),
            hindsight: false,
        }
    }

    /// Returns the same history, whose reference values on a day rest on as much time after the
    /// day as before it.
    #[must_use]
    pub fn with_hindsight(self) -> Self {
        Self {
            hindsight: true,
            ..self
        }
    }

    /// Returns what the user said.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns the past sessions in order of date.
    #[must_use]
    pub fn past(&self) -> &[PastSession] {
        &self.past
    }

    /// Returns the past sessions of the `days` days before a day, that day left out.
    #[must_use]
    pub fn before(&self, on: NaiveDate, days: u64) -> &[PastSession] {
        let first = on.checked_sub_days(Days::new(days)).unwrap_or(on);
        &self.past[self.between(first, on)]
    }

    /// Adds a session; sessions come in order of their start.
    pub fn push(&mut self, session: PastSession) {
        self.efforts.push(Effort::of_session(&session));
        self.past.push(session);
    }

    /// Returns the reference values on a day, from earlier days only (from the days around it, with
    /// hindsight): the user's where given, else those of the user's tests, else estimates.
    #[must_use]
    pub fn references(&self, on: NaiveDate) -> References {
        let maximum = self
            .given(on, |t| t.maximum_heart_rate_bpm)
            .or_else(|| heart_rate::maximum(self, on));
        let easy = self
            .given(on, |t| t.easy_speed_m_s)
            .or_else(|| easy_speed::easy_speed(self.window(on, easy_speed::WINDOW_DAYS), on));
        let past = self.window(on, heart_rate_line::WINDOW_DAYS);
        let blocks = Blocks::of(past, on);
        let critical = self
            .given(on, |t| t.critical_speed_m_s)
            .or_else(|| field_tests::critical_speed(&self.settings.tests, on))
            .or_else(|| {
                let blocks = blocks.as_ref();
                let by_heart_rate =
                    blocks.and_then(|b| threshold::assumed_speed(past, b, maximum.as_ref()));
                self.critical_speed(on, easy.as_ref(), by_heart_rate, maximum.as_ref())
            });
        let threshold = self
            .given(on, |t| t.threshold_heart_rate_bpm)
            .or_else(|| field_tests::threshold(&self.settings.tests, on))
            .or_else(|| {
                threshold::threshold(past, blocks.as_ref(), critical.as_ref(), maximum.as_ref())
            });
        let resting = self
            .given(on, |t| t.resting_heart_rate_bpm)
            .or_else(|| heart_rate::resting(self, on));
        let power = critical.as_ref().and_then(|critical| {
            let window = self.window(on, critical_power::WINDOW_DAYS);
            critical_power::critical_power(window, critical)
        });
        let wander = pace_wander::pace_wander(self.window(on, pace_wander::WINDOW_DAYS), on);
        let speed = |reference: Reference| reference.rounded(references::SPEED_DECIMALS);
        let beats = |reference: Reference| reference.rounded(references::BEATS_DECIMALS);
        References {
            easy_speed_m_s: easy.map(speed),
            critical_speed_m_s: critical.map(speed),
            critical_power_w: power.map(|r| r.rounded(references::WATTS_DECIMALS)),
            threshold_heart_rate_bpm: threshold.map(beats),
            maximum_heart_rate_bpm: maximum.map(beats),
            resting_heart_rate_bpm: resting.map(beats),
            pace_wander: wander.map(|r| r.rounded(references::RATIO_DECIMALS)),
        }
    }

    /// Returns the greatest critical speed that continuous efforts of the last 90 days take with a typical
    /// D′: the estimate may rest on another one.
    #[must_use]
    pub fn critical_speed_of_efforts(&self, on: NaiveDate) -> Option<f64> {
        let first = on.checked_sub_days(Days::new(SHOWN_DAYS)).unwrap_or(on);
        let efforts = self.efforts[self.between(first, on)].iter().flatten();
        efforts.map(Effort::with_typical_d_prime).reduce(f64::max)
    }

    /// Returns the greatest critical speed that repetitions of the last 90 days take with their rests: no
    /// continuous effort shows what they do.
    #[must_use]
    pub fn critical_speed_of_sets(&self, on: NaiveDate) -> Option<f64> {
        let past = self.before(on, SHOWN_DAYS).iter();
        let shown = past.filter_map(|session| session.shown_critical_speed_m_s);
        shown.reduce(f64::max)
    }

    /// Returns the greatest mean effort speed over a duration that runs of so many days before a day
    /// show, between the durations of the curve on a straight line over the logarithm of time.
    #[must_use]
    pub fn best_over(&self, on: NaiveDate, days: u64, duration_s: f64) -> Option<f64> {
        let past = self.before(on, days).iter().filter(|past| past.is_run);
        let bests = past.filter_map(|past| efforts::mean_max_over(&past.mean_max, duration_s));
        bests.reduce(f64::max)
    }

    /// Returns how many runs of so many days before a day were as fast over a duration.
    #[must_use]
    pub fn as_fast_over(&self, on: NaiveDate, days: u64, duration_s: f64, speed_m_s: f64) -> usize {
        let past = self.before(on, days).iter().filter(|past| past.is_run);
        let bests = past.filter_map(|past| efforts::mean_max_over(&past.mean_max, duration_s));
        bests.filter(|best| *best >= speed_m_s).count()
    }

    /// Returns how the heart rate of some blocks of even running on a day compares with the
    /// athlete's own line of the weeks before it.
    #[must_use]
    pub fn expectation(&self, on: NaiveDate, blocks: &[SteadyBlock]) -> Expectation {
        expectation::expectation(self.before(on, expectation::WINDOW_DAYS), on, blocks)
    }

    /// Returns critical speed as estimated from efforts, easy speed and heart rate.
    fn critical_speed(
        &self,
        on: NaiveDate,
        easy: Option<&Reference>,
        by_heart_rate: Option<Assumption>,
        maximum: Option<&Reference>,
    ) -> Option<Reference> {
        let assumption = match easy {
            Some(easy) => Some(Assumption::of_easy(easy).and(by_heart_rate)),
            None => by_heart_rate,
        };
        let window = self.window_places(on, critical_speed::WINDOW_DAYS);
        let (first, _) = self.window_days(on, critical_speed::WINDOW_DAYS);
        let tests = self.tests.iter();
        let tests = tests.filter(|test| first <= test.day && test.day < on);
        let efforts = self.efforts[window].iter().flatten().chain(tests);
        let efforts = corroborated::believed(efforts.collect(), maximum);
        let efforts = efforts.iter().map(AsRef::as_ref);
        critical_speed::critical_speed(efforts, on, assumption, maximum)
    }

    /// Returns the past sessions from which a reference value on a day may be learned: a window
    /// that ends the day before, or that lies around the day with hindsight.
    fn window(&self, on: NaiveDate, days: u64) -> &[PastSession] {
        &self.past[self.window_places(on, days)]
    }

    fn window_places(&self, on: NaiveDate, days: u64) -> Range<usize> {
        let (first, end) = self.window_days(on, days);
        self.between(first, end)
    }

    /// Returns the half-open range of days of [`History::window`].
    fn window_days(&self, on: NaiveDate, days: u64) -> (NaiveDate, NaiveDate) {
        let (before, after) = match self.hindsight {
            true => (days, days),
            false => (days, 0),
        };
        let first = on.checked_sub_days(Days::new(before)).unwrap_or(on);
        (first, on.checked_add_days(Days::new(after)).unwrap_or(on))
    }

    /// Returns the places of the past sessions of a half-open range of days.
    fn between(&self, first: NaiveDate, end: NaiveDate) -> Range<usize> {
        let from = self.past.partition_point(|p| p.day < first);
        let to = self.past.partition_point(|p| p.day < end);
        from..to.max(from)
    }

    /// Returns what the user gave for a day: the newest entry not after it that has the value.
    fn given(&self, on: NaiveDate, value: fn(&Thresholds) -> Option<f64>) -> Option<Reference> {
        let entries = self.settings.thresholds.iter();
        let (value, from) = entries
            .filter(|entry| entry.from <= on)
            .filter_map(|entry| Some((value(entry)?, entry.from)))
            .max_by_key(|(_, from)| *from)?;
        Some(Reference {
            value,
            low: value,
            high: value,
            source: format!("{} from {from} on", references::GIVEN),
            date: Some(from),
            confidence: Confidence::High,
        })
    }
}

/// Returns a count as a number.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of runs and blocks stay far below 2^53"
)]
fn count(count: usize) -> f64 {
    count as f64
}

/// Returns how far apart two days are.
fn age_days(day: NaiveDate, on: NaiveDate) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "days of a lifetime")]
    let days = (on - day).num_days().unsigned_abs() as f64;
    days
}
