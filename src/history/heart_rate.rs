//! Maximum, threshold and resting heart rate.

use chrono::Datelike;
use chrono::NaiveDate;

use crate::history::Confidence;
use crate::history::History;
use crate::history::PastSession;
use crate::history::Reference;
use crate::history::heart_rate_line;
use crate::history::mornings;

/// The days from which maximum heart rate is learned.
///
/// # Units
/// Days: two years, in which it hardly changes.
const MAXIMUM_DAYS: u64 = 730;
/// The days from which threshold heart rate is learned.
///
/// # Units
/// Days. Convention.
const THRESHOLD_DAYS: u64 = 120;
/// The same peak counts once it was seen twice within this.
///
/// # Units
/// Beats per minute. Chosen: a single peak is often a fault of the sensor, a second one rarely.
const SAME_PEAK_BPM: f64 = 3.0;
/// Maximum heart rate by age, years: intercept and slope.
///
/// # Units
/// Beats per minute, beats per minute per year. Tanaka 2001, JACC 37:153.
const BY_AGE: (f64, f64) = (208.0, 0.7);
/// The age assumed where it is not known.
///
/// # Units
/// Years: the middle of adult runners.
const ASSUMED_AGE_YEARS: f64 = 40.0;
/// Half-width of the 90 % interval of maximum heart rate by age.
///
/// # Units
/// Beats per minute: 1.645 standard deviations of 10, Tanaka 2001.
const BY_AGE_HALF_WIDTH_BPM: f64 = 16.0;
/// Half-width of the interval of a maximum that was observed.
///
/// # Units
/// Beats per minute.
const OBSERVED_HALF_WIDTH_BPM: f64 = 4.0;
/// After so many quality sessions a lower observed peak is believed.
const ENOUGH_QUALITY_SESSIONS: usize = 4;
/// Threshold heart rate as a share of maximum.
///
/// # Units
/// Ratio, and the half-width of its 90 % interval. Coaching convention.
const THRESHOLD_OF_MAXIMUM: (f64, f64) = (0.90, 0.04);
/// Threshold heart rate is at most this share of maximum.
///
/// # Units
/// Ratio. Coaching convention: 0.85–0.95 are usual.
const THRESHOLD_MOST_OF_MAXIMUM: f64 = 0.95;
/// The mean of 20 minutes is at most this share of maximum; a higher one shows a higher maximum.
///
/// # Units
/// Ratio. Chosen: the mean of an all-out 20 minutes is seldom above 0.95.
const SUSTAINED_MOST_OF_MAXIMUM: f64 = 0.97;
/// Half-width of the interval of a threshold from the highest 20 minutes.
///
/// # Units
/// Ratio.
const SUSTAINED_HALF_WIDTH: f64 = 0.025;
/// Twenty minutes count as a hard effort from this share of the threshold that is assumed.
///
/// # Units
/// Ratio.
const SUSTAINED_LEAST: f64 = 0.95;
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

/// Returns maximum heart rate: the highest peak seen in two runs, or what age and device say; at
/// least what the highest 20 minutes show.
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
    let believed = peak >= prior.reference.value || quality >= ENOUGH_QUALITY_SESSIONS;
    if believed {
        return Some(Reference {
            value: peak,
            low: peak - OBSERVED_HALF_WIDTH_BPM / 2.0,
            high: peak + OBSERVED_HALF_WIDTH_BPM,
            source: "highest 10 s seen in two runs".to_owned(),
            date: Some(day),
            confidence: Confidence::Fair.word().to_owned(),
        });
    }
    Some(Reference {
        low: prior.reference.low.max(peak),
        ..prior.reference
    })
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
        confidence: Confidence::Fair.word().to_owned(),
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

fn maximum_prior(history: &History, past: &[PastSession], on: NaiveDate) -> Prior {
    let device = past.iter().rev().find_map(|session| {
        let value = session.athlete.maximum_heart_rate_bpm?;
        MAXIMUM_BPM.contains(&value).then_some((value, session.day))
    });
    let age = history
        .settings()
        .birth_year
        .map(|year| f64::from(on.year() - year));
    let (value, source) = match (device, age) {
        (Some((value, _)), _) => (value, "set in the device".to_owned()),
        (None, Some(age)) => (
            BY_AGE.0 - BY_AGE.1 * age,
            format!("208 − 0.7 × age of {age:.0}"),
        ),
        (None, None) => (
            BY_AGE.0 - BY_AGE.1 * ASSUMED_AGE_YEARS,
            "assumed: age not known".to_owned(),
        ),
    };
    Prior {
        reference: Reference {
            value,
            low: value - BY_AGE_HALF_WIDTH_BPM,
            high: value + BY_AGE_HALF_WIDTH_BPM,
            source,
            date: device.map(|(_, day)| day),
            confidence: Confidence::Low.word().to_owned(),
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

/// A witness of threshold heart rate: what it says, and how sure it is.
struct Witness {
    beats: f64,
    half_width: f64,
    source: String,
    day: Option<NaiveDate>,
}

/// Returns threshold heart rate from up to three witnesses, weighed by their variances: the highest
/// 20 minutes of hard running, the line of heart rate over speed at 0.95 of critical speed, and a
/// share of maximum heart rate (or the device's value).
///
/// # Units
/// Beats per minute.
///
/// # References
/// The highest 20 minutes stand for Friel's time trial (the mean of its last 20 of 30 minutes), which
/// few runners do; the combination is this program's own.
pub(super) fn threshold(
    history: &History,
    on: NaiveDate,
    critical_speed: Option<&Reference>,
    maximum: Option<&Reference>,
) -> Option<Reference> {
    let past = history.window(on, THRESHOLD_DAYS);
    let prior = maximum.map(|maximum| threshold_prior(past, maximum));
    let least = prior
        .as_ref()
        .map_or(f64::INFINITY, |prior| prior.value * SUSTAINED_LEAST);
    let witnesses: Vec<Witness> = [
        sustained(past, least),
        critical_speed.and_then(|critical| by_line(past, critical)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let below = |threshold: Reference| match maximum {
        Some(maximum) => below_maximum(threshold, maximum),
        None => threshold,
    };
    if witnesses.is_empty() {
        return prior.map(below);
    }
    let prior = prior.map(|prior| Witness {
        beats: prior.value,
        half_width: (prior.high - prior.low) / 2.0,
        source: prior.source,
        day: None,
    });
    Some(below(weighed(witnesses.into_iter().chain(prior))))
}

/// Returns the threshold, lowered to the greatest share of maximum that it can have.
fn below_maximum(threshold: Reference, maximum: &Reference) -> Reference {
    let most = maximum.value * THRESHOLD_MOST_OF_MAXIMUM;
    if threshold.value <= most {
        return threshold;
    }
    Reference {
        value: most,
        low: threshold.low.min(most),
        source: format!(
            "{}; at most {THRESHOLD_MOST_OF_MAXIMUM:.2} of maximum",
            threshold.source
        ),
        ..threshold
    }
}

/// Returns the mean of the witnesses weighted by the inverse of their variances.
fn weighed(witnesses: impl Iterator<Item = Witness>) -> Reference {
    let (mut weight, mut sum, mut day) = (0.0, 0.0, None);
    let mut sources = Vec::new();
    for witness in witnesses {
        let own = witness.half_width.powi(-2);
        weight += own;
        sum += own * witness.beats;
        day = day.max(witness.day);
        sources.push(witness.source);
    }
    let (value, half_width) = (sum / weight, weight.powf(-0.5));
    Reference {
        value,
        low: value - half_width,
        high: value + half_width,
        source: sources.join("; "),
        date: day,
        confidence: Confidence::Fair.word().to_owned(),
    }
}

/// Returns the highest 20 minutes of hard running.
fn sustained(past: &[PastSession], least_bpm: f64) -> Option<Witness> {
    let (beats, day) = sustained_means(past)
        .filter(|(beats, _)| *beats >= least_bpm)
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(Witness {
        beats,
        half_width: beats * SUSTAINED_HALF_WIDTH,
        source: format!("highest 20 min in {THRESHOLD_DAYS} days"),
        day: Some(day),
    })
}

/// Returns heart rate at threshold speed on the athlete's own line.
fn by_line(past: &[PastSession], critical: &Reference) -> Option<Witness> {
    let (beats, half_width) = heart_rate_line::at_threshold(past, critical)?;
    let with_blocks = |session: &&PastSession| !session.steady_blocks.is_empty();
    Some(Witness {
        beats,
        half_width,
        source: "heart rate over speed at 0.95 of critical speed".to_owned(),
        day: past
            .iter()
            .rev()
            .find(with_blocks)
            .map(|session| session.day),
    })
}

fn threshold_prior(past: &[PastSession], maximum: &Reference) -> Reference {
    let device = past
        .iter()
        .rev()
        .find_map(|session| session.athlete.threshold_heart_rate_bpm)
        .filter(|beats| *beats < maximum.high);
    let value = device.unwrap_or(maximum.value * THRESHOLD_OF_MAXIMUM.0);
    let half_width = maximum.value * THRESHOLD_OF_MAXIMUM.1;
    Reference {
        value,
        low: value - half_width,
        high: value + half_width,
        source: if device.is_some() {
            "the value set in the device".to_owned()
        } else {
            "0.90 of maximum heart rate".to_owned()
        },
        date: maximum.date,
        confidence: Confidence::Low.word().to_owned(),
    }
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
        confidence: Confidence::Fair.word().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(value: f64) -> Reference {
        Reference {
            value,
            low: value - 4.0,
            high: value + 4.0,
            source: "somewhere".to_owned(),
            date: None,
            confidence: Confidence::Fair.word().to_owned(),
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
    fn threshold_stays_below_maximum() {
        let lowered = below_maximum(reference(174.0), &reference(173.0));
        // 0.95 · 173.
        assert!((lowered.value - 164.35).abs() < 0.01, "{}", lowered.value);
        assert!(lowered.low <= lowered.value && lowered.value <= lowered.high);
        let kept = below_maximum(reference(160.0), &reference(173.0));
        assert_eq!(kept, reference(160.0));
    }
}
