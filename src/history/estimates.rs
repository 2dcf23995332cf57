//! What the past of an athlete says of a day: reference values and what they are weighed against.

use chrono::Days;
use chrono::NaiveDate;

use crate::history::Confidence;
use crate::history::Expectation;
use crate::history::History;
use crate::history::Reference;
use crate::history::References;
use crate::history::corroborated;
use crate::history::critical_power;
use crate::history::critical_speed;
use crate::history::critical_speed::Assumption;
use crate::history::easy_speed;
use crate::history::efforts::Effort;
use crate::history::expectation;
use crate::history::field_tests;
use crate::history::heart_rate;
use crate::history::heart_rate_line;
use crate::history::heart_rate_line::Blocks;
use crate::history::pace_wander;
use crate::history::references;
use crate::history::threshold;
use crate::settings::Thresholds;
use crate::summary::SteadyBlock;

/// Repetitions show something of critical speed for so long.
///
/// # Units
/// Days, as for hard efforts.
const SHOWN_DAYS: u64 = 90;

impl History {
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
