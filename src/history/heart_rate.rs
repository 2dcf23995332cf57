//! Maximum and resting heart rate.

use chrono::Datelike;
use chrono::NaiveDate;

use crate::history::Confidence;
use crate::history::History;
use crate::history::PastSession;
use crate::history::Reference;
use crate::history::mornings;
use crate::history::past::LONGEST_WINDOW_DAYS;
use crate::ingest::AthleteSettings;

/// The days from which maximum heart rate is learned.
///
/// # Units
/// Days: two years, in which it hardly changes.
const MAXIMUM_DAYS: u64 = LONGEST_WINDOW_DAYS;
/// The same peak counts once it was seen twice within this.
///
/// # Units
/// Beats per minute. Chosen: a single peak is often a fault of the sensor, a second one rarely.
const SAME_PEAK_BPM: f64 = 3.0;
/// Maximum heart rate at age 0 on the line by age.
///
/// # Units
/// Beats per minute. Tanaka 2001, JACC 37:153.
const AT_BIRTH_BPM: f64 = 208.0;
/// How it falls with age on that line.
///
/// # Units
/// Beats per minute per year.
const FALL_BPM_PER_YEAR: f64 = 0.7;
/// The age assumed where it is not known.
///
/// # Units
/// Years: the middle of adult runners.
const ASSUMED_AGE_YEARS: i32 = 40;
/// Half-width of the 90 % interval of maximum heart rate by age.
///
/// # Units
/// Beats per minute: 1.645 standard deviations of 10, Tanaka 2001.
const BY_AGE_HALF_WIDTH_BPM: f64 = 16.0;
/// The same where age is not known either.
///
/// # Units
/// Beats per minute: a standard deviation of 10 and of 0.7 × 12 years.
const ASSUMED_HALF_WIDTH_BPM: f64 = 21.0;
/// Half-width of the interval of a maximum that was observed.
///
/// # Units
/// Beats per minute.
const OBSERVED_HALF_WIDTH_BPM: f64 = 4.0;
/// Maximum heart rate is at most this multiple of the peak of an athlete who races.
///
/// # Units
/// Ratio. Convention: races end at 94–100 % of it, the shorter the higher.
const RACED_PEAK_BELOW_MAXIMUM: f64 = 1.06;
/// The share of maximum heart rate that workouts without a race reach.
///
/// # Units
/// Ratio. The usual hard workout of 4 × 4 min is run at 0.90–0.95 of maximum (Helgerud 2007, MSSE
/// 39:665), so its peak is at about 0.95.
const WORKOUT_PEAK_OF_MAXIMUM: f64 = 0.95;
/// Half-width of the 90 % interval of the maximum that such a peak shows.
///
/// # Units
/// Ratio to the peak.
const WORKOUT_PEAK_HALF_WIDTH: f64 = 0.04;
/// After so many quality sessions the highest peak says something about the maximum.
const ENOUGH_QUALITY_SESSIONS: usize = 4;
/// The mean of 20 minutes is at most this share of maximum; a higher one shows a higher maximum.
///
/// # Units
/// Ratio. Chosen: the mean of an all-out 20 minutes is seldom above 0.95.
const SUSTAINED_MOST_OF_MAXIMUM: f64 = 0.97;
/// The least heart rate believed of a resting one.
///
/// # Units
/// Beats per minute.
const RESTING_BPM: std::ops::RangeInclusive<f64> = 28.0..=100.0;
/// The heart rates believed of a maximum.
///
/// # Units
/// Beats per minute.
const MAXIMUM_BPM: std::ops::RangeInclusive<f64> = 120.0..=230.0;

/// Returns maximum heart rate: the highest peak seen in two runs, a little more where no race is among
/// the runs, weighed with what age and device say; at least what the highest 20 minutes show.
pub(super) fn maximum(history: &History, on: NaiveDate) -> Option<Reference> {
    let past = history.window(on, MAXIMUM_DAYS);
    let maximum = maximum_by_peak(history, past, on)?;
    Some(raised_to_sustained(maximum, past))
}

fn maximum_by_peak(history: &History, past: &[PastSession], on: NaiveDate) -> Option<Reference> {
    let prior = maximum_prior(history, past, on);
    let Some((peak, day)) = confirmed_peak(past) else {
        return prior.known.then_some(prior.reference);
    };
    let quality = past.iter().filter(|session| session.quality).count();
    Some(if past.iter().any(|session| session.race) {
        Reference {
            value: peak,
            low: peak - OBSERVED_HALF_WIDTH_BPM / 2.0,
            high: peak * RACED_PEAK_BELOW_MAXIMUM,
            source: "highest 10 s seen in two runs, races among them".to_owned(),
            date: Some(day),
            confidence: Confidence::Fair,
        }
    } else if quality >= ENOUGH_QUALITY_SESSIONS {
        above_workouts(peak, day, &prior.reference)
    } else {
        Reference {
            value: prior.reference.value.max(peak),
            low: prior.reference.low.max(peak),
            high: prior.reference.high.max(peak + OBSERVED_HALF_WIDTH_BPM),
            ..prior.reference
        }
    })
}

/// Returns the maximum of an athlete who worked out but did not race: peak / 0.95 weighed with the
/// prior by the inverse of their variances, and never below the peak.
fn above_workouts(peak: f64, day: NaiveDate, prior: &Reference) -> Reference {
    let share = WORKOUT_PEAK_OF_MAXIMUM;
    let own = (WORKOUT_PEAK_HALF_WIDTH * peak).powi(-2);
    let other = ((prior.high - prior.low) / 2.0).powi(-2);
    let value = (own * peak / share + other * prior.value) / (own + other);
    let half_width = (own + other).powf(-0.5);
    Reference {
        value: value.max(peak),
        low: (value - half_width).max(peak),
        high: (value + half_width).max(peak + OBSERVED_HALF_WIDTH_BPM),
        source: format!(
            "highest 10 s seen in two runs, taken for {share:.2} of it without a race; {}",
            prior.source
        ),
        date: Some(day),
        confidence: Confidence::Low,
    }
}

/// Returns the maximum, raised where 20 minutes of running had a mean too near to it.
fn raised_to_sustained(maximum: Reference, past: &[PastSession]) -> Reference {
    let highest = sustained_means(past)
        .map(|(beats, day)| (beats / SUSTAINED_MOST_OF_MAXIMUM, day))
        .filter(|(least, _)| MAXIMUM_BPM.contains(least) && *least > maximum.value)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((least, day)) = highest else {
        return maximum;
    };
    Reference {
        value: least,
        low: least * SUSTAINED_MOST_OF_MAXIMUM,
        high: maximum.high.max(least + OBSERVED_HALF_WIDTH_BPM),
        source: "highest 20 min, at most 0.97 of it".to_owned(),
        date: Some(day),
        confidence: Confidence::Fair,
    }
}

/// Returns the highest means of 20 minutes of runs and their days.
fn sustained_means(past: &[PastSession]) -> impl Iterator<Item = (f64, NaiveDate)> {
    past.iter()
        .filter(|session| session.is_run)
        .filter_map(|session| Some((session.heart_rate_max_20min_bpm?, session.day)))
}

/// What is assumed of maximum heart rate, and whether anything about the athlete is in it.
struct Prior {
    reference: Reference,
    known: bool,
}

/// Returns the maximum heart rate that an age in years lets expect.
///
/// # Units
/// Beats per minute. Tanaka 2001, JACC 37:153: 208 − 0.7 · age, standard deviation 10.
#[must_use]
pub fn maximum_by_age(age_years: i32) -> f64 {
    AT_BIRTH_BPM - FALL_BPM_PER_YEAR * f64::from(age_years)
}

/// Returns the maximum that the device was told or guessed, where a runner can have it.
#[must_use]
pub fn set_in_device(athlete: &AthleteSettings) -> Option<f64> {
    let beats = athlete.maximum_heart_rate_bpm;
    beats.filter(|beats| MAXIMUM_BPM.contains(beats))
}

fn maximum_prior(history: &History, past: &[PastSession], on: NaiveDate) -> Prior {
    let device = past
        .iter()
        .rev()
        .find_map(|session| Some((set_in_device(&session.athlete)?, session.day)));
    let age = history.settings().birth_year.map(|year| on.year() - year);
    let (value, half_width, source) = match (device, age) {
        (Some((value, _)), _) => (value, BY_AGE_HALF_WIDTH_BPM, "set in the device".to_owned()),
        (None, Some(age)) => (
            maximum_by_age(age),
            BY_AGE_HALF_WIDTH_BPM,
            format!("208 − 0.7 × age of {age}"),
        ),
        (None, None) => (
            maximum_by_age(ASSUMED_AGE_YEARS),
            ASSUMED_HALF_WIDTH_BPM,
            "assumed: age not known".to_owned(),
        ),
    };
    Prior {
        reference: Reference {
            value,
            low: value - half_width,
            high: value + half_width,
            source,
            date: device.map(|(_, day)| day),
            confidence: Confidence::Low,
        },
        known: device.is_some() || age.is_some(),
    }
}

/// Returns the highest peak that another run confirms within 3 beats, and its day.
fn confirmed_peak(past: &[PastSession]) -> Option<(f64, NaiveDate)> {
    let mut peaks: Vec<(f64, NaiveDate)> = past
        .iter()
        .filter(|session| session.is_run)
        .filter_map(|session| Some((session.heart_rate_max_10s_bpm?, session.day)))
        .filter(|(beats, _)| MAXIMUM_BPM.contains(beats))
        .collect();
    peaks.sort_by(|a, b| b.0.total_cmp(&a.0));
    peaks
        .windows(2)
        .find(|pair| pair[0].0 - pair[1].0 <= SAME_PEAK_BPM)
        .map(|pair| pair[0])
}

/// Returns the resting heart rate of recent mornings, else the newest that the device set or measured.
pub(super) fn resting(history: &History, on: NaiveDate) -> Option<Reference> {
    let (first, end) = history.window_days(on, mornings::WINDOW_DAYS);
    let noted = history.settings().wellness.between(first, end);
    mornings::resting(noted).or_else(|| resting_by_device(history, on))
}

fn resting_by_device(history: &History, on: NaiveDate) -> Option<Reference> {
    let past = history.window(on, MAXIMUM_DAYS);
    let (value, day) = past.iter().rev().find_map(|session| {
        let value = session.athlete.resting_heart_rate_bpm?;
        RESTING_BPM.contains(&value).then_some((value, session.day))
    })?;
    Some(Reference {
        value,
        low: value - OBSERVED_HALF_WIDTH_BPM,
        high: value + OBSERVED_HALF_WIDTH_BPM,
        source: "set or measured by the device".to_owned(),
        date: Some(day),
        confidence: Confidence::Fair,
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "the values are exact")]

    use super::*;

    fn reference(value: f64) -> Reference {
        Reference {
            value,
            low: value - 4.0,
            high: value + 4.0,
            source: "somewhere".to_owned(),
            date: None,
            confidence: Confidence::Fair,
        }
    }

    #[test]
    fn twenty_minutes_at_174_show_a_maximum_above_173() {
        let past = [PastSession {
            is_run: true,
            heart_rate_max_20min_bpm: Some(174.0),
            ..PastSession::default()
        }];
        let raised = raised_to_sustained(reference(173.0), &past);
        // 174 / 0.97.
        assert!((raised.value - 179.38).abs() < 0.01, "{}", raised.value);
        let kept = raised_to_sustained(reference(185.0), &past);
        assert_eq!(kept, reference(185.0));
    }

    #[test]
    fn workouts_stay_below_maximum() {
        let prior = Reference {
            low: 164.0,
            high: 196.0,
            ..reference(180.0)
        };
        let found = above_workouts(171.0, NaiveDate::default(), &prior);
        // 171 / 0.95 = 180 ± 6.84 and 180 ± 16: both say 180; (6.84⁻² + 16⁻²)^−½ = 6.290.
        assert!((found.value - 180.0).abs() < 1e-9, "{}", found.value);
        assert!((found.high - 186.290).abs() < 1e-3, "{}", found.high);
        assert!((found.low - 173.710).abs() < 1e-3, "{}", found.low);
        let above = above_workouts(199.0, NaiveDate::default(), &prior);
        assert!(above.low >= 199.0 && above.value >= 199.0);
    }

    fn on() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, 30).expect("a day of May")
    }

    /// A run of each peak on the days before.
    fn history(peaks: &[f64], birth_year: Option<i32>) -> History {
        let mut history = History::new(crate::settings::Settings {
            birth_year,
            ..crate::settings::Settings::default()
        });
        for (age, peak) in (1..).zip(peaks.iter().rev()) {
            let day = on() - chrono::Days::new(age);
            history.past.insert(
                0,
                PastSession {
                    day,
                    is_run: true,
                    heart_rate_max_10s_bpm: Some(*peak),
                    ..PastSession::default()
                },
            );
        }
        history
    }

    fn interval(found: Option<Reference>) -> [f64; 3] {
        found.map_or([0.0; 3], |found| [found.low, found.value, found.high])
    }

    #[test]
    fn a_peak_counts_that_a_second_run_confirms() {
        // Without age: 208 − 0.7 · 40 = 180 ± 21.
        let confirmed = history(&[187.0, 190.0], None);
        assert_eq!(interval(maximum(&confirmed, on())), [190.0, 190.0, 201.0]);
        assert_eq!(
            interval(maximum(&history(&[199.0, 198.0], None), on())),
            [199.0, 199.0, 203.0]
        );
        assert_eq!(
            interval(maximum(&history(&[165.0, 163.0], None), on())),
            [165.0, 180.0, 201.0]
        );
        let unconfirmed = history(&[170.0, 190.0, 171.0], None);
        assert_eq!(interval(maximum(&unconfirmed, on())), [171.0, 180.0, 201.0]);
        assert_eq!(maximum(&history(&[190.0], None), on()), None);
        assert_eq!(maximum(&history(&[240.0, 239.0], None), on()), None);
        let mut ride = confirmed.clone();
        ride.past[0].is_run = false;
        assert_eq!(maximum(&ride, on()), None);
    }

    #[test]
    fn age_and_device_say_something_before_any_peak() {
        assert_eq!(
            interval(maximum(&history(&[], Some(1986)), on())),
            [164.0, 180.0, 196.0]
        );
        assert_eq!(interval(maximum(&history(&[], Some(1996)), on()))[1], 187.0);
        let mut set = history(&[100.0], Some(1986));
        set.past[0].athlete.maximum_heart_rate_bpm = Some(195.0);
        assert_eq!(interval(maximum(&set, on())), [179.0, 195.0, 211.0]);
        set.past[0].athlete.maximum_heart_rate_bpm = Some(250.0);
        assert_eq!(interval(maximum(&set, on()))[1], 180.0);
    }

    #[test]
    fn races_show_a_maximum_and_many_workouts_nearly() {
        let mut raced = history(&[187.0, 190.0], None);
        raced.past[0].race = true;
        let found = maximum(&raced, on());
        assert_eq!(
            found.as_ref().map(|found| found.confidence),
            Some(Confidence::Fair)
        );
        assert_eq!(
            found.as_ref().and_then(|found| found.date),
            Some(raced.past[1].day)
        );
        let [low, value, high] = interval(found);
        assert!((low, value) == (188.0, 190.0) && (high - 201.4).abs() < 1e-9);
        let mut hard = history(&[187.0, 190.0, 150.0, 150.0], None);
        hard.past.iter_mut().for_each(|past| past.quality = true);
        // 190 / 0.95 = 200 ± 7.6 and 180 ± 21.
        let (own, other) = (7.6f64.powi(-2), 21f64.powi(-2));
        let value = (200.0 * own + 180.0 * other) / (own + other);
        assert!((interval(maximum(&hard, on()))[1] - value).abs() < 1e-9);
        hard.past[2].quality = false;
        assert_eq!(interval(maximum(&hard, on()))[1], 190.0);
    }

    #[test]
    fn the_device_knows_the_heart_at_rest() {
        let mut known = history(&[150.0, 150.0], None);
        known.past[0].athlete.resting_heart_rate_bpm = Some(48.0);
        assert_eq!(interval(resting(&known, on())), [44.0, 48.0, 52.0]);
        known.past[1].athlete.resting_heart_rate_bpm = Some(20.0);
        assert_eq!(interval(resting(&known, on())), [44.0, 48.0, 52.0]);
        known.past[1].athlete.resting_heart_rate_bpm = Some(50.0);
        assert_eq!(interval(resting(&known, on())), [46.0, 50.0, 54.0]);
    }
}
