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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::MeanMax;
    use crate::summary::SteadyBlock;

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, day).expect("a day of May")
    }

    fn point(duration_s: f64, speed_m_s: f64) -> MeanMax {
        MeanMax::exact(duration_s, speed_m_s)
    }

    /// A run on each of some days, whose best five minutes are as many hundredths above 4 m/s.
    fn history(days: &[u32]) -> History {
        let mut history = History::new(Settings::default());
        for day in days {
            let faster = f64::from(*day) / 100.0;
            history.push(PastSession {
                day: date(*day),
                is_run: true,
                easy_blocks: vec![SteadyBlock::default()],
                steady_blocks: vec![SteadyBlock::default()],
                repetitions: vec![(180.0, 4.0)],
                mean_max: vec![point(120.0, 4.4 + faster), point(300.0, 4.0 + faster)],
                shown_critical_speed_m_s: Some(3.5 + faster),
                ..PastSession::default()
            });
        }
        history
    }

    fn days(past: &[PastSession]) -> Vec<NaiveDate> {
        past.iter().map(|past| past.day).collect()
    }

    #[test]
    fn a_window_ends_before_its_day_but_with_hindsight() {
        let history = history(&[1, 3, 5, 5, 7, 9]);
        assert_eq!(
            days(history.before(date(7), 4)),
            [date(3), date(5), date(5)]
        );
        assert_eq!(
            days(history.window(date(7), 4)),
            [date(3), date(5), date(5)]
        );
        assert!(history.before(date(1), 30).is_empty());
        assert_eq!(history.before(date(30), 365).len(), 6);
        let history = history.with_hindsight();
        assert_eq!(
            days(history.window(date(5), 2)),
            [date(3), date(5), date(5)]
        );
        assert_eq!(days(history.window(date(5), 3)), [3, 5, 5, 7].map(date));
        assert_eq!(days(history.before(date(5), 2)), [date(3)]);
    }

    #[test]
    fn the_best_over_a_time_is_that_of_runs_of_the_days_before() {
        let mut history = history(&[1, 3, 5, 7]);
        let best = |history: &History, days| history.best_over(date(7), days, 300.0);
        assert_eq!(best(&history, 30), Some(4.05));
        assert_eq!(best(&history, 1), None);
        assert_eq!(history.best_over(date(7), 30, 301.0), None);
        assert_eq!(history.as_fast_over(date(7), 30, 300.0, 4.03), 2);
        history.past[2].is_run = false;
        assert_eq!(best(&history, 30), Some(4.03));
        assert_eq!(history.as_fast_over(date(7), 30, 300.0, 4.03), 1);
    }

    #[test]
    fn what_no_later_day_looks_at_is_dropped() {
        let mut history = history(&[1, 3, 5]);
        let bare = |history: &History| -> Vec<bool> {
            let past = history.past().iter();
            past.map(|p| {
                p.easy_blocks.is_empty()
                    && p.steady_blocks.is_empty()
                    && p.repetitions.is_empty()
                    && p.mean_max.is_empty()
            })
            .collect()
        };
        let later = |day| date(day) + Days::new(LONGEST_WINDOW_DAYS);
        history.forget_details_before(later(1));
        assert_eq!(bare(&history), [false; 3]);
        history.forget_details_before(later(3));
        assert_eq!(bare(&history), [true, false, false]);
        history.forget_details_before(later(1));
        history.forget_details_before(later(6));
        assert_eq!(bare(&history), [true; 3]);
    }

    #[test]
    fn repetitions_and_efforts_of_three_months_show_a_critical_speed() {
        let history = history(&[1, 3]);
        let later = |days| date(1) + Days::new(days);
        assert_eq!(history.critical_speed_of_sets(later(90)), Some(3.53));
        assert_eq!(history.critical_speed_of_sets(date(3)), Some(3.51));
        assert_eq!(history.critical_speed_of_sets(later(93)), None);
        // 4.03 − 170 / 300 over five minutes is more than 4.43 − 170 / 120 over two.
        let of_efforts = history
            .critical_speed_of_efforts(date(5))
            .expect("two runs");
        assert!((of_efforts - 3.463_33).abs() < 1e-4, "{of_efforts}");
        assert_eq!(history.critical_speed_of_efforts(date(1)), None);
    }

    #[test]
    fn the_newest_value_that_was_given_holds() {
        let given = |day, speed| crate::settings::Thresholds {
            from: date(day),
            critical_speed_m_s: speed,
            threshold_heart_rate_bpm: None,
            maximum_heart_rate_bpm: Some(180.0 + f64::from(day)),
            resting_heart_rate_bpm: None,
            easy_speed_m_s: None,
        };
        let history = History::new(Settings {
            thresholds: vec![given(8, None), given(2, Some(4.1)), given(5, Some(4.2))],
            ..Settings::default()
        });
        let speed = |day| {
            history
                .references(date(day))
                .critical_speed_m_s
                .map(|r| (r.low, r.value, r.high))
        };
        assert_eq!(speed(1), None);
        assert_eq!(speed(2), Some((4.1, 4.1, 4.1)));
        assert_eq!(speed(5), Some((4.2, 4.2, 4.2)));
        assert_eq!(speed(9), Some((4.2, 4.2, 4.2)));
        let references = history.references(date(9));
        assert_eq!(
            references.maximum_heart_rate_bpm.as_ref().map(|r| r.value),
            Some(188.0)
        );
        assert!(
            references
                .maximum_heart_rate_bpm
                .is_some_and(|r| r.is_given())
        );
    }

    #[test]
    fn tests_of_the_days_before_are_efforts_among_others() {
        let at = |day: u32, later: u64| {
            let history = History::new(Settings {
                tests: vec![crate::settings::FieldTest {
                    day: date(day),
                    distance_m: Some(3060.0),
                    time_s: Some(720.0),
                    heart_rate_bpm: None,
                    name: None,
                }],
                ..Settings::default()
            });
            let on = date(day) + Days::new(later);
            history.references(on).critical_speed_m_s
        };
        // A test wins for 90 days, 4.25 − 180 / 720 m/s; then it is weighed with what is assumed.
        let wins = at(1, 90).expect("a test");
        assert!(
            (wins.value - 4.0).abs() < 1e-9 && wins.source.starts_with("your test"),
            "{wins:?}"
        );
        let effort = at(1, 91).expect("an effort");
        assert!(
            (effort.value / 4.1 - 1.0).abs() < 0.05 && !effort.source.starts_with("your test"),
            "{effort:?}"
        );
        assert_eq!(at(1, 252).map(|r| r.date), Some(Some(date(1))));
        assert_eq!((at(1, 253), at(1, 0)), (None, None));
    }
}
