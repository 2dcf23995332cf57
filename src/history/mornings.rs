//! Resting heart rate from what the athlete noted each morning.

use std::collections::BTreeSet;

use crate::history::Confidence;
use crate::history::Reference;
use crate::history::Z90;
use crate::history::numbers::count;
use crate::ingest::platforms::Platform;
use crate::settings::WellnessDay;
use crate::statistics::SD_PER_MAD;
use crate::statistics::median_of;
use crate::units::plural;

/// The days whose mornings count.
///
/// # Units
/// Days: four weeks, over which training moves resting heart rate by little more than its noise.
pub(super) const WINDOW_DAYS: u64 = 28;
/// The least spread that is believed of mornings, as a standard deviation.
///
/// # Units
/// Beats per minute. Chosen: what the same athlete shows from morning to morning.
const LEAST_DEVIATION_BPM: f64 = 3.0;
/// The least half-width of the interval.
///
/// # Units
/// Beats per minute. Chosen: device, posture and hour of the reading shift all mornings together.
const LEAST_HALF_WIDTH_BPM: f64 = 2.0;
/// The standard error of a median against that of a mean: √(π / 2).
const MEDIAN_ERROR: f64 = 1.2533;
/// From so many mornings on the value is well measured.
///
/// # Units
/// Mornings: every other one of the window.
const ENOUGH_MORNINGS: usize = 14;

/// Returns the median resting heart rate of some mornings.
///
/// The half-width of the 90 % interval is 1.645 · 1.2533 · s / √n, at least 2 beats: n mornings, s
/// their spread (1.4826 times the median distance to the median, at least 3 beats).
///
/// # Units
/// Beats per minute.
///
/// # References
/// Standard error of a median and of the median absolute deviation for normal data: Huber,
/// *Robust Statistics*, 1981.
pub(super) fn resting(mornings: &[WellnessDay]) -> Option<Reference> {
    let noted = mornings
        .iter()
        .filter_map(|morning| Some((morning.resting_hr_bpm?, morning.day)));
    let (mut beats, days): (Vec<f64>, Vec<_>) = noted.unzip();
    let value = median_of(&mut beats)?;
    let mut distances: Vec<f64> = beats.iter().map(|beat| (beat - value).abs()).collect();
    let deviation = median_of(&mut distances).map(|distance| distance * SD_PER_MAD)?;
    let error = MEDIAN_ERROR * deviation.max(LEAST_DEVIATION_BPM) / count(beats.len()).sqrt();
    let half_width = (Z90 * error).max(LEAST_HALF_WIDTH_BPM);
    let confidence = match beats.len() {
        ENOUGH_MORNINGS.. => Confidence::High,
        _ => Confidence::Fair,
    };
    Some(Reference {
        value,
        low: value - half_width,
        high: value + half_width,
        source: format!(
            "median of {} {}",
            plural(beats.len(), "morning"),
            sources(mornings)
        ),
        date: days.last().copied(),
        confidence,
    })
}

/// Returns where the heart rates of mornings come from, in words.
fn sources(mornings: &[WellnessDay]) -> String {
    let known = mornings.iter().filter(|day| day.resting_hr_bpm.is_some());
    let from: BTreeSet<Option<Platform>> = known.map(|day| day.resting_hr_from).collect();
    let words = from.into_iter().map(|platform| match platform {
        None => "in wellness.csv".to_owned(),
        Some(platform) => format!("of {}", platform.words()),
    });
    words.collect::<Vec<_>>().join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::History;
    use crate::ingest::platforms::Morning;
    use crate::settings::Settings;
    use crate::settings::Wellness;
    use chrono::NaiveDate;

    fn history(table: &str) -> History {
        History::new(Settings {
            wellness: Wellness::parse(table).expect("a sound table"),
            ..Settings::default()
        })
    }

    fn on(history: &History, day: &str) -> Option<Reference> {
        let day: NaiveDate = day.parse().expect("a sound literal");
        history.references(day).resting_heart_rate_bpm
    }

    /// Four mornings: median 49, distances 1 1 3 5, s = 1.4826 · 2 = 2.97, taken as 3;
    /// 1.645 · 1.2533 · 3 / 2 = 3.09.
    #[test]
    fn the_median_of_four_mornings() {
        let table = "date,resting_hr_bpm\n2026-05-01,48\n2026-05-02,50\n2026-05-03,52\n\
                     2026-05-04,44\n";
        let resting = on(&history(table), "2026-05-05").expect("four mornings");
        assert!((resting.value - 49.0).abs() < 1e-9);
        assert!((resting.low - 45.9).abs() < 1e-9, "{}", resting.low);
        assert!((resting.high - 52.1).abs() < 1e-9, "{}", resting.high);
        assert_eq!(resting.source, "median of 4 mornings in wellness.csv");
        assert_eq!(resting.date, "2026-05-04".parse().ok());
        assert_eq!(resting.confidence, Confidence::Fair);
    }

    /// 1.645 · 1.2533 · 3 / √14 = 1.65: the least half-width of 2 holds.
    #[test]
    fn two_weeks_of_mornings_are_well_measured() {
        let rows = (1..=14).map(|day| format!("2026-05-{day:02},50\n"));
        let table = format!("date,resting_hr_bpm\n{}", rows.collect::<String>());
        let resting = on(&history(&table), "2026-05-15").expect("fourteen mornings");
        assert!((resting.low - 48.0).abs() < 1e-9 && (resting.high - 52.0).abs() < 1e-9);
        assert_eq!(resting.confidence, Confidence::High);
    }

    #[test]
    fn the_words_say_where_mornings_come_from() {
        let table = "date,resting_hr_bpm\n2026-05-01,48\n";
        let mut wellness = Wellness::parse(table).expect("a sound table");
        let told = |day: u32| Morning {
            day: NaiveDate::from_ymd_opt(2026, 5, day).unwrap_or_default(),
            resting_hr_bpm: Some(50.0),
            ..Morning::default()
        };
        let both = [told(1), told(2)];
        wellness.fill_in(&both, Platform::Garmin);
        let history = History::new(Settings {
            wellness,
            ..Settings::default()
        });
        let source = |day| on(&history, day).map(|resting| resting.source);
        let (first, both) = (source("2026-05-02"), source("2026-05-03"));
        assert_eq!(
            first.as_deref(),
            Some("median of 1 morning in wellness.csv")
        );
        let words = "median of 2 mornings in wellness.csv and of Garmin Connect";
        assert_eq!(both.as_deref(), Some(words));
    }

    #[test]
    fn the_morning_of_the_day_and_later_ones_are_not_known_yet() {
        let history = history("date,resting_hr_bpm\n2026-05-01,48\n2026-05-09,70\n");
        assert_eq!(on(&history, "2026-05-01"), None);
        let resting = on(&history, "2026-05-09").expect("one morning");
        assert!((resting.value - 48.0).abs() < 1e-9);
        assert_eq!(resting.source, "median of 1 morning in wellness.csv");
        let hindsight = on(&history.with_hindsight(), "2026-05-05").expect("two mornings");
        assert!((hindsight.value - 59.0).abs() < 1e-9);
    }

    #[test]
    fn mornings_of_more_than_four_weeks_ago_do_not_count() {
        let history = history("date,resting_hr_bpm,mood\n2026-05-01,48,\n2026-05-20,,7\n");
        assert!(on(&history, "2026-05-29").is_some());
        assert_eq!(on(&history, "2026-05-30"), None);
    }

    #[test]
    fn the_spread_of_mornings_is_that_about_their_middle() {
        // 45, 50, 50, 58 and 60: distances 5, 0, 0, 8 and 10 from 50, the middle one is 5.
        let table = "date,resting_hr_bpm\n2026-05-01,45\n2026-05-02,50\n2026-05-03,50\n2026-05-04,58\n2026-05-05,60\n";
        let found = on(&history(table), "2026-05-06").expect("five mornings");
        let half_width = 1.645 * 1.2533 * 5.0 * SD_PER_MAD / 5f64.sqrt();
        assert!((found.value - 50.0).abs() < 1e-9);
        assert!((found.high - 50.0 - half_width).abs() < 0.06, "{found:?}");
        assert!((50.0 - found.low - half_width).abs() < 0.06, "{found:?}");
    }
}
