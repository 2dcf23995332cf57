//! What the user's own tests say: they win over estimates, as the user's values win over them.

use chrono::NaiveDate;

use crate::history::Confidence;
use crate::history::Reference;
use crate::history::Z90;
use crate::history::efforts::D_PRIMES_M;
use crate::history::efforts::Effort;
use crate::history::efforts::TYPICAL_D_PRIME_M;
use crate::history::efforts::taken;
use crate::history::numbers::count;
use crate::settings::FieldTest;

/// A test wins over estimates for so long; then it is an effort among others.
///
/// # Units
/// Days. Convention.
const WINS_DAYS: i64 = 90;
/// Two tests make a line if one is so much longer than the other.
///
/// # Units
/// Ratio of times. Chosen: closer together, their errors decide the slope.
const LENGTHS: f64 = 1.5;
/// The durations between which the line holds.
///
/// # Units
/// Seconds: 2–20 min (Jones & Vanhatalo 2017, Sports Med 47:S65).
const LINE_S: std::ops::RangeInclusive<f64> = 120.0..=1200.0;
/// How well a test shows what can be run.
///
/// # Units
/// Standard deviation as a ratio of distance. Time trials repeat within 1–2 %.
const TEST_SD: f64 = 0.01;
/// The least half-width of the interval of critical speed from tests.
///
/// # Units
/// Ratio. Field tests agree with the treadmill within 0.14 m/s, 3–4 % (Galbraith 2014, IJSPP
/// 9:931).
const NARROWEST: f64 = 0.03;
/// A single test shorter than this says nothing by itself: D′ decides it.
///
/// # Units
/// Seconds. Chosen: 60 m of D′ are then 5 % of speed.
const ALONE_LEAST_S: f64 = 300.0;
/// The critical speeds that runners have; a test that gives another is a slip of the pen.
///
/// # Units
/// Metres per second, as in the settings.
const BELIEVED_M_S: std::ops::RangeInclusive<f64> = 1.5..=7.5;
/// Half-width of the 90 % interval of threshold heart rate from a test.
///
/// # Units
/// Ratio. Chosen: what a day and a sensor differ by.
const HEART_RATE_HALF_WIDTH: f64 = 0.025;

/// Returns the efforts of the tests before a day.
pub(super) fn efforts(tests: &[FieldTest]) -> Vec<Effort> {
    tests.iter().filter_map(Effort::of_test).collect()
}

/// Returns critical speed from the tests of the 90 days before a day: by the line through two or
/// more of different length, else from the newest with a typical D′.
///
/// Steps: CS = (d₂ − d₁) / (t₂ − t₁) for two tests of 2–20 min, the least-squares slope of d over t
/// for more; D′ must come out within 70–320 m, else the newest stands alone, as a single one does:
/// CS = v − 180 m / t.
///
/// # Units
/// Metres per second.
///
/// # References
/// Galbraith 2014, IJSPP 9:931 (three time trials on a track). What to do with one test is this
/// program's own.
pub(super) fn critical_speed(tests: &[FieldTest], on: NaiveDate) -> Option<Reference> {
    let timed: Vec<Timed> = recent(tests, on).filter_map(Timed::of).collect();
    let alone = || {
        let long = timed.iter().filter(|test| test.time_s >= ALONE_LEAST_S);
        long.max_by_key(|test| test.day).map(Timed::alone)
    };
    let found = line(&timed).or_else(alone);
    let (value, sd, source, date) = found.filter(|(value, ..)| BELIEVED_M_S.contains(value))?;
    let half_width = (Z90 * sd).max(NARROWEST * value);
    let confidence = if half_width > 2.0 * NARROWEST * value {
        Confidence::Fair
    } else {
        Confidence::High
    };
    Some(Reference {
        value,
        low: (value - half_width).max(0.0),
        high: value + half_width,
        source,
        date: Some(date),
        confidence,
    })
}

/// Returns threshold heart rate from the newest test of the 90 days before a day that has one.
pub(super) fn threshold(tests: &[FieldTest], on: NaiveDate) -> Option<Reference> {
    let with_beats = recent(tests, on).filter_map(|test| Some((test, test.heart_rate_bpm?)));
    let (test, value) = with_beats.max_by_key(|(test, _)| test.day)?;
    Some(Reference {
        value,
        low: value * (1.0 - HEART_RATE_HALF_WIDTH),
        high: value * (1.0 + HEART_RATE_HALF_WIDTH),
        source: format!("your test of {}", test.day),
        date: Some(test.day),
        confidence: Confidence::High,
    })
}

fn recent(tests: &[FieldTest], on: NaiveDate) -> impl Iterator<Item = &FieldTest> {
    let age = move |test: &&FieldTest| (on - test.day).num_days();
    tests
        .iter()
        .filter(move |test| (1..=WINS_DAYS).contains(&age(test)))
}

/// A test over a distance.
#[derive(Clone, Copy)]
struct Timed {
    day: NaiveDate,
    time_s: f64,
    distance_m: f64,
}

impl Timed {
    fn of(test: &FieldTest) -> Option<Self> {
        Effort::of_test(test)?;
        Some(Self {
            day: test.day,
            time_s: test.time_s?,
            distance_m: test.distance_m?,
        })
    }

    /// Returns critical speed from this test alone, its standard deviation, its source and its day.
    fn alone(&self) -> (f64, f64, String, NaiveDate) {
        let speed = self.distance_m / self.time_s;
        let value = taken(speed, self.time_s, TYPICAL_D_PRIME_M.mean);
        let of_d_prime = taken(
            speed,
            self.time_s,
            TYPICAL_D_PRIME_M.mean - TYPICAL_D_PRIME_M.sd,
        ) - value;
        let minutes = self.time_s / 60.0;
        let source = format!("your test of {minutes:.0} min, with a typical D′");
        (value, of_d_prime.hypot(TEST_SD * speed), source, self.day)
    }
}

/// Returns the slope of distance over time and its standard deviation.
fn line(timed: &[Timed]) -> Option<(f64, f64, String, NaiveDate)> {
    let tests: Vec<&Timed> = timed
        .iter()
        .filter(|t| LINE_S.contains(&t.time_s))
        .collect();
    let times = || tests.iter().map(|test| test.time_s);
    let (shortest, longest) = (times().reduce(f64::min)?, times().reduce(f64::max)?);
    if longest < LENGTHS * shortest {
        return None;
    }
    let count = count(tests.len());
    let mean_time = times().sum::<f64>() / count;
    let mean_distance = tests.iter().map(|test| test.distance_m).sum::<f64>() / count;
    let spread: f64 = times().map(|t| (t - mean_time).powi(2)).sum();
    let away = |test: &&Timed| (test.time_s - mean_time) / spread;
    let slope: f64 = tests.iter().map(|t| away(t) * t.distance_m).sum();
    let errors = tests
        .iter()
        .map(|t| (away(t) * TEST_SD * t.distance_m).powi(2));
    let d_prime = mean_distance - slope * mean_time;
    let believed = D_PRIMES_M[0]..=D_PRIMES_M[D_PRIMES_M.len() - 1];
    let newest = tests.iter().map(|test| test.day).max()?;
    let source = format!("line through {} tests", tests.len());
    believed
        .contains(&d_prime)
        .then(|| (slope, errors.sum::<f64>().sqrt(), source, newest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(day: u32, distance_m: f64, time_s: f64, heart_rate_bpm: Option<f64>) -> FieldTest {
        FieldTest {
            day: date(day),
            distance_m: Some(distance_m),
            time_s: Some(time_s),
            heart_rate_bpm,
            name: None,
        }
    }

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, day).expect("a day of May")
    }

    #[test]
    fn two_tests_make_a_line() {
        // 180 m + 4 m/s: 900 m in 180 s, 3060 m in 720 s.
        let tests = [test(1, 900.0, 180.0, None), test(4, 3060.0, 720.0, None)];
        let found = critical_speed(&tests, date(20)).expect("two tests");
        assert!((found.value - 4.0).abs() < 1e-9);
        // Errors of 9 and 30.6 m over 540 s: 0.05907 m/s; half-width 1.645 of it, under 3 %.
        assert!((found.high - 4.12).abs() < 1e-9, "{}", found.high);
        assert_eq!(found.date, Some(date(4)));
        assert_eq!(found.confidence, Confidence::High);
    }

    #[test]
    fn one_test_stands_with_a_typical_d_prime() {
        let found = critical_speed(&[test(1, 3060.0, 720.0, None)], date(20)).expect("one test");
        // 4.25 − 180 / 720 = 4; deviations 60 / 720 and 1 % of 4.25.
        assert!((found.value - 4.0).abs() < 1e-9);
        assert!((found.high - 4.0 - 1.645 * 0.083_33f64.hypot(0.0425)).abs() < 1e-4);
    }

    #[test]
    fn tests_of_the_day_itself_and_old_ones_do_not_win() {
        let tests = [test(20, 3060.0, 720.0, Some(170.0))];
        assert_eq!(critical_speed(&tests, date(20)), None);
        assert_eq!(threshold(&tests, date(20)), None);
        let later = date(20) + chrono::Days::new(91);
        assert_eq!(critical_speed(&tests, later), None);
        assert_eq!(threshold(&tests, date(21)).map(|r| r.value), Some(170.0));
    }

    #[test]
    fn a_single_short_or_impossible_test_says_nothing_by_itself() {
        let alone = |distance, time| critical_speed(&[test(1, distance, time, None)], date(20));
        assert_eq!(alone(400.0, 121.0), None);
        assert_eq!(alone(400.0, 320.0), None);
        let sound = alone(3000.0, 720.0).expect("twelve minutes");
        // 3000 / 720 − 180 / 720.
        assert!((sound.value - 3.9167).abs() < 1e-3, "{sound:?}");
        assert!(sound.low > 0.0);
    }

    #[test]
    fn a_line_counts_and_dates_the_tests_that_it_goes_through() {
        let tests = [
            test(1, 900.0, 180.0, None),
            test(3, 3060.0, 720.0, None),
            test(9, 9000.0, 2400.0, None),
        ];
        let found = critical_speed(&tests, date(20)).expect("a line");
        // (3060 − 900) / (720 − 180).
        assert!((found.value - 4.0).abs() < 1e-9, "{found:?}");
        assert_eq!(found.source, "line through 2 tests");
        assert_eq!(found.date, Some(date(3)));
    }

    #[test]
    fn a_line_of_near_tests_is_less_sure_and_of_nearer_ones_none() {
        // Both on 180 m + 4 m/s; one is half as long again as the other.
        let near = [test(1, 2580.0, 600.0, None), test(2, 3780.0, 900.0, None)];
        let found = critical_speed(&near, date(20)).expect("a line");
        assert!((found.value - 4.0).abs() < 1e-9);
        // Errors of 25.8 and 37.8 m over 300 s.
        let half_width = 1.645 * 25.8f64.hypot(37.8) / 300.0;
        assert!((found.high - 4.0 - half_width).abs() < 1e-9, "{found:?}");
        assert!((4.0 - found.low - half_width).abs() < 1e-9, "{found:?}");
        assert_eq!(found.confidence, Confidence::Fair);
        let nearer = [test(1, 2580.0, 600.0, None), test(2, 3540.0, 840.0, None)];
        let found = critical_speed(&nearer, date(20)).expect("the newest");
        assert_eq!(found.source, "your test of 14 min, with a typical D′");
    }

    #[test]
    fn three_tests_make_the_line_of_least_squares() {
        let tests = [
            test(1, 900.0, 180.0, None),
            test(2, 1900.0, 420.0, None),
            test(3, 3060.0, 720.0, None),
        ];
        // Times −260, −20 and 280 s from their mean: (−260 · 900 − 20 · 1900 + 280 · 3060) / 146400.
        let found = critical_speed(&tests, date(20)).expect("a line");
        assert!(
            (found.value - 584_800.0 / 146_400.0).abs() < 1e-9,
            "{found:?}"
        );
        assert_eq!(found.source, "line through 3 tests");
    }

    #[test]
    fn a_test_of_threshold_heart_rate_holds_within_a_fortieth() {
        let tests = [
            test(1, 3060.0, 720.0, Some(160.0)),
            test(4, 3060.0, 720.0, Some(170.0)),
        ];
        let found = threshold(&tests, date(20)).expect("two tests");
        let interval = [found.low, found.value, found.high];
        for (found, wanted) in interval.iter().zip([165.75, 170.0, 174.25]) {
            assert!((found - wanted).abs() < 1e-9, "{interval:?}");
        }
        assert_eq!(found.date, Some(date(4)));
    }
}
