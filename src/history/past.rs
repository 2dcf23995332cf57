//! An athlete's past, in order of date.

use std::ops::Range;

use chrono::Days;
use chrono::NaiveDate;

use crate::history::PastSession;
use crate::history::efforts;
use crate::history::efforts::Effort;
use crate::history::field_tests;
use crate::settings::Settings;

/// No value is learned from what lies further back.
///
/// # Units
/// Days: two years, those of the maximum heart rate.
pub(super) const LONGEST_WINDOW_DAYS: u64 = 730;

/// An athlete's past, in order of date.
#[derive(Clone, Debug, Default)]
pub struct History {
    pub(super) settings: Settings,
    pub(super) past: Vec<PastSession>,
    /// What each of the past sessions says about critical speed, worked out once.
    pub(super) efforts: Vec<Option<Effort>>,
    /// What the user's tests say about it.
    pub(super) tests: Vec<Effort>,
    /// Whether reference values may rest on later days too.
    hindsight: bool,
    /// So many of the past sessions have no details any more.
    without_details: usize,
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
            without_details: 0,
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

    /// Drops what no day from `day` on can look at any more; for those who only go on in time.
    pub fn forget_details_before(&mut self, day: NaiveDate) {
        let first = day.checked_sub_days(Days::new(LONGEST_WINDOW_DAYS));
        let until = first.map_or(0, |first| self.past.partition_point(|p| p.day < first));
        for past in self.past[..until].iter_mut().skip(self.without_details) {
            past.easy_blocks = Vec::new();
            past.steady_blocks = Vec::new();
            past.repetitions = Vec::new();
            past.mean_max = Vec::new();
        }
        self.without_details = self.without_details.max(until);
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

    /// Returns the past sessions from which a reference value on a day may be learned: a window
    /// that ends the day before, or that lies around the day with hindsight.
    pub(super) fn window(&self, on: NaiveDate, days: u64) -> &[PastSession] {
        &self.past[self.window_places(on, days)]
    }

    pub(super) fn window_places(&self, on: NaiveDate, days: u64) -> Range<usize> {
        let (first, end) = self.window_days(on, days);
        self.between(first, end)
    }

    /// Returns the half-open range of days of [`History::window`].
    pub(super) fn window_days(&self, on: NaiveDate, days: u64) -> (NaiveDate, NaiveDate) {
        let (before, after) = match self.hindsight {
            true => (days, days),
            false => (days, 0),
        };
        let first = on.checked_sub_days(Days::new(before)).unwrap_or(on);
        (first, on.checked_add_days(Days::new(after)).unwrap_or(on))
    }

    /// Returns the places of the past sessions of a half-open range of days.
    pub(super) fn between(&self, first: NaiveDate, end: NaiveDate) -> Range<usize> {
        let from = self.past.partition_point(|p| p.day < first);
        let to = self.past.partition_point(|p| p.day < end);
        from..to.max(from)
    }
}
