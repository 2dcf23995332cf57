//! Threshold heart rate: that of 0.95 of critical speed, half an hour into a run.

use chrono::NaiveDate;

use crate::history::Confidence;
use crate::history::PastSession;
use crate::history::Reference;
use crate::history::Z90;
use crate::history::critical_speed::Assumption;
use crate::history::heart_rate_line::Blocks;
use crate::history::heart_rate_line::Line;
use crate::ingest::AthleteSettings;

/// The thresholds that are believed of a device.
///
/// # Units
/// Beats per minute, as in the settings.
const BELIEVED_BPM: std::ops::RangeInclusive<f64> = 90.0..=220.0;
/// Threshold speed (what can be held for about an hour) as a share of critical speed.
///
/// # Units
/// Ratio. Convention: the speed of an hour is put at 0.93–0.97; de Lucas 2012, JSSM 11:89, measured
/// 0.945 for the maximal lactate steady state.
pub const THRESHOLD_OF_CRITICAL_SPEED: f64 = 0.95;
/// Threshold heart rate as a share of maximum.
///
/// # Units
/// Ratio. Coaching convention: 0.85–0.95 are usual.
const OF_MAXIMUM: f64 = 0.90;
/// Half-width of the 90 % interval of that share.
///
/// # Units
/// Ratio.
const OF_MAXIMUM_HALF_WIDTH: f64 = 0.04;
/// Threshold heart rate is at most this share of maximum.
///
/// # Units
/// Ratio. Coaching convention, as above.
const MOST_OF_MAXIMUM: f64 = 0.95;
/// Half-width of the 90 % interval of a value set in the device.
///
/// # Units
/// Ratio. Chosen: devices guess it, or keep what was once typed in.
const DEVICE_HALF_WIDTH: f64 = 0.06;
/// Threshold heart rate is at least about this share of the highest mean of 20 minutes.
///
/// # Units
/// Ratio. Friel takes the last 20 of 30 min all-out as threshold; 20 min alone can be run harder,
/// Friel's rule for them is 0.95 of their mean.
const OF_HIGHEST_20_MIN: f64 = 0.95;
/// Half-width of the 90 % interval of that share.
///
/// # Units
/// Ratio.
const OF_HIGHEST_20_MIN_HALF_WIDTH: f64 = 0.04;
/// A value with a wider 90 % interval is hardly known; one of the other width, with a critical speed
/// that is trusted highly, is trusted highly.
///
/// # Units
/// Half-width in beats per minute. Chosen: a zone of five is about 8 beats wide.
const WIDE_BPM: f64 = 6.0;
const NARROW_BPM: f64 = 4.0;

/// What one source says of threshold heart rate.
#[derive(Clone, Debug)]
struct Estimate {
    beats: f64,
    sd: f64,
    source: String,
    day: Option<NaiveDate>,
}

impl Estimate {
    /// Returns both weighted by the inverse of their variances.
    fn and(self, other: Option<Self>) -> Self {
        let Some(other) = other else {
            return self;
        };
        let (a, b) = (self.sd.powi(-2), other.sd.powi(-2));
        Self {
            beats: (a * self.beats + b * other.beats) / (a + b),
            sd: (a + b).powf(-0.5),
            source: format!("{}; {}", self.source, other.source),
            day: self.day.max(other.day),
        }
    }
}

/// Returns threshold heart rate from the line of heart rate over speed, read off at 0.95 of critical
/// speed, a share of maximum heart rate, the device's own value, and the highest 20 minutes.
///
/// Steps: the first three are weighted by the inverse of their variances, that of the line being its
/// own and (slope · 0.95 · that of critical speed); where 0.95 of the highest 20 minutes is above
/// the mean, it joins with a half-width of 4 %; at most 0.95 of maximum.
///
/// # Units
/// Beats per minute.
///
/// # References
/// Friel's half-hour time trial is the direct test, which few runners do; the combination is this
/// program's own.
pub(super) fn threshold(
    past: &[PastSession],
    blocks: Option<&Blocks>,
    critical_speed: Option<&Reference>,
    maximum: Option<&Reference>,
) -> Option<Reference> {
    let by_line = critical_speed
        .zip(blocks)
        .and_then(|(speed, blocks)| by_line(blocks, speed));
    let expected = expected(past, maximum);
    let estimate = match (by_line, expected) {
        (Some(by_line), expected) => by_line.and(expected),
        (None, Some(expected)) => expected,
        (None, None) => return None,
    };
    let estimate = raised(estimate, past);
    let half_width = Z90 * estimate.sd;
    let high_speed = critical_speed.is_some_and(|c| c.confidence == Confidence::High);
    let confidence = if half_width > WIDE_BPM {
        Confidence::Low
    } else if high_speed && half_width <= NARROW_BPM {
        Confidence::High
    } else {
        Confidence::Fair
    };
    let most = maximum.map_or(f64::INFINITY, |maximum| maximum.value * MOST_OF_MAXIMUM);
    let value = estimate.beats.min(most);
    Some(Reference {
        value,
        low: value - half_width,
        high: value + half_width,
        source: estimate.source,
        date: estimate.day,
        confidence,
    })
}

/// Returns what maximum heart rate and the device let expect.
fn expected(past: &[PastSession], maximum: Option<&Reference>) -> Option<Estimate> {
    let by_maximum = maximum.map(|maximum| Estimate {
        beats: maximum.middle() * OF_MAXIMUM,
        sd: (maximum.middle() * OF_MAXIMUM_HALF_WIDTH).hypot(OF_MAXIMUM * half_width(maximum))
            / Z90,
        source: "0.90 of maximum heart rate".to_owned(),
        day: maximum.date,
    });
    let set = past
        .iter()
        .rev()
        .filter_map(|session| Some((set_in_device(&session.athlete)?, session.day)))
        .find(|(beats, _)| maximum.is_none_or(|maximum| *beats < maximum.high));
    let by_device = set.map(|(beats, day)| Estimate {
        beats,
        sd: beats * DEVICE_HALF_WIDTH / Z90,
        source: "the value set in the device".to_owned(),
        day: Some(day),
    });
    match (by_maximum, by_device) {
        (Some(by_maximum), by_device) => Some(by_maximum.and(by_device)),
        (None, by_device) => by_device,
    }
}

/// Returns the threshold that the device was told or guessed, where a runner can have it.
#[must_use]
pub fn set_in_device(athlete: &AthleteSettings) -> Option<f64> {
    let beats = athlete.threshold_heart_rate_bpm;
    beats.filter(|beats| BELIEVED_BPM.contains(beats))
}

/// Returns heart rate at threshold speed on the athlete's own line.
fn by_line(blocks: &Blocks, critical: &Reference) -> Option<Estimate> {
    let speed = critical.value * THRESHOLD_OF_CRITICAL_SPEED;
    let line = Line::fit(blocks, Some(speed))?;
    let (beats, sd) = line.beats_at(speed);
    let of_speed = line.slope() * THRESHOLD_OF_CRITICAL_SPEED * half_width(critical) / Z90;
    Some(Estimate {
        beats,
        sd: sd.hypot(of_speed),
        source: "heart rate over speed at 0.95 of critical speed".to_owned(),
        day: Some(line.day),
    })
}

/// Returns the threshold, raised where 20 minutes were run at a heart rate too high for it.
fn raised(estimate: Estimate, past: &[PastSession]) -> Estimate {
    let highest = past
        .iter()
        .filter(|session| session.is_run)
        .filter_map(|session| Some((session.heart_rate_max_20min_bpm?, session.day)))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let least = highest.map(|(beats, day)| Estimate {
        beats: beats * OF_HIGHEST_20_MIN,
        sd: beats * OF_HIGHEST_20_MIN_HALF_WIDTH / Z90,
        source: "0.95 of the highest 20 min".to_owned(),
        day: Some(day),
    });
    let least = least.filter(|least| least.beats > estimate.beats);
    estimate.and(least)
}

fn half_width(reference: &Reference) -> f64 {
    (reference.high - reference.low) / 2.0
}

/// Returns critical speed as assumed from the line of heart rate over speed: the speed of the
/// expected threshold heart rate over 0.95.
///
/// # Units
/// Log metres per second.
///
/// # References
/// This program's own: the line turned round. Where nothing was run hard, heart rate in easy running
/// still tells how far from threshold it is.
pub(super) fn assumed_speed(
    past: &[PastSession],
    blocks: &Blocks,
    maximum: Option<&Reference>,
) -> Option<Assumption> {
    let expected = expected(past, maximum)?;
    let line = Line::fit(blocks, None)?;
    let speed = line.speed_at(expected.beats)?;
    let (_, of_line) = line.beats_at(speed);
    Some(Assumption {
        log_speed: (speed / THRESHOLD_OF_CRITICAL_SPEED).ln(),
        sd: expected.sd.hypot(of_line) / (line.slope() * speed),
        source: "the speed of the expected threshold heart rate".to_owned(),
        date: Some(line.day),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(beats: f64, sd: f64) -> Estimate {
        Estimate {
            beats,
            sd,
            source: String::new(),
            day: None,
        }
    }

    fn maximum(value: f64) -> Reference {
        Reference {
            value,
            low: value - 4.0,
            high: value + 4.0,
            source: String::new(),
            date: None,
            confidence: Confidence::Fair,
        }
    }

    #[test]
    fn witnesses_weigh_by_their_variances() {
        // Weights 1/4 and 1/16: (170 · 4 + 160) / 5, and 1 / (1/4 + 1/16) = 3.2.
        let both = estimate(170.0, 2.0).and(Some(estimate(160.0, 4.0)));
        assert!((both.beats - 168.0).abs() < 1e-9);
        assert!((both.sd - 3.2f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn maximum_alone_lets_expect_nine_tenths_of_it() {
        let found = threshold(&[], None, None, Some(&maximum(190.0)));
        let found = found.expect("a maximum is known");
        assert!((found.value - 171.0).abs() < 1e-9);
        // 190 · 0.04 = 7.6 and 0.9 · 4 = 3.6, at right angles.
        assert!(
            (found.high - found.value - 8.409).abs() < 1e-3,
            "{}",
            found.high
        );
        assert_eq!(found.confidence, Confidence::Low);
    }

    #[test]
    fn twenty_hard_minutes_raise_it_and_easy_ones_do_not() {
        let past = |beats| {
            [PastSession {
                is_run: true,
                heart_rate_max_20min_bpm: Some(beats),
                ..PastSession::default()
            }]
        };
        // 0.95 · 184 = 174.8, deviation 184 · 0.04 / 1.645 = 4.474, against 168 ± 4.474: the middle.
        let raised_to = raised(estimate(168.0, 4.474), &past(184.0));
        assert!(
            (raised_to.beats - 171.4).abs() < 0.01,
            "{}",
            raised_to.beats
        );
        assert_eq!(
            raised(estimate(168.0, 4.0), &past(170.0)).beats.to_bits(),
            168f64.to_bits()
        );
    }

    #[test]
    fn threshold_stays_below_maximum() {
        let past = [PastSession {
            is_run: true,
            heart_rate_max_20min_bpm: Some(190.0),
            ..PastSession::default()
        }];
        let found = threshold(&past, None, None, Some(&maximum(173.0)));
        // 0.95 · 173.
        assert!(found.expect("a maximum is known").value <= 164.36);
    }

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, day).expect("a day of May")
    }

    /// Many runs on the line 140 + 25 · (v − 3), without drift.
    fn blocks() -> Blocks {
        let block = |speed: f64| crate::summary::SteadyBlock {
            start_s: 1650.0,
            duration_s: 300.0,
            effort_speed_m_s: speed,
            heart_rate_bpm: Some(140.0 + 25.0 * (speed - 3.0)),
            ..crate::summary::SteadyBlock::default()
        };
        let run = |day| PastSession {
            day: date(day),
            steady_blocks: [2.6, 3.0, 3.4, 3.8, 4.2].map(block).to_vec(),
            ..PastSession::default()
        };
        let past: Vec<PastSession> = (1..30).map(run).collect();
        Blocks::of(&past, date(30)).expect("many blocks")
    }

    fn critical(half_width: f64, confidence: Confidence) -> Reference {
        Reference {
            value: 4.0,
            low: 4.0 - half_width,
            high: 4.0 + half_width,
            confidence,
            ..maximum(4.0)
        }
    }

    #[test]
    fn the_line_is_read_off_at_threshold_speed() {
        let blocks = blocks();
        let read = |half_width, confidence| {
            let critical = critical(half_width, confidence);
            threshold(&[], Some(&blocks), Some(&critical), None).expect("a line")
        };
        // 140 + 25 · 0.8 at 0.95 · 4 m/s.
        let exact = read(0.0, Confidence::High);
        assert!((exact.value - 160.0).abs() < 0.3, "{exact:?}");
        assert_eq!(
            (exact.date, exact.confidence),
            (Some(date(29)), Confidence::High)
        );
        // 25 · 0.95 · 0.2 beats more, at right angles to what the line leaves open.
        let wide = read(0.2, Confidence::High);
        let of_speed =
            (wide.high - wide.value).hypot(0.0).powi(2) - (exact.high - exact.value).powi(2);
        assert!((of_speed.sqrt() - 4.75).abs() < 0.05, "{wide:?}");
        assert_eq!(wide.confidence, Confidence::Fair);
        assert_eq!(read(0.0, Confidence::Fair).confidence, Confidence::Fair);
        assert_eq!(read(0.4, Confidence::High).confidence, Confidence::Low);
        assert!((wide.value - wide.low - (wide.high - wide.value)).abs() < 1e-9);
    }

    #[test]
    fn what_the_device_believes_counts_where_it_can_be() {
        let set = |day, beats| PastSession {
            day: date(day),
            athlete: AthleteSettings {
                threshold_heart_rate_bpm: Some(beats),
                ..AthleteSettings::default()
            },
            ..PastSession::default()
        };
        let past = [set(1, 150.0), set(2, 170.0), set(3, 230.0)];
        let alone = threshold(&past, None, None, None).expect("a value of the device");
        assert!((alone.value - 170.0).abs() < 1e-9);
        assert!((alone.high - alone.value - 10.2).abs() < 1e-9, "{alone:?}");
        assert_eq!(alone.date, Some(date(2)));
        // 171 ± 8.409 from a maximum of 190 and 170 ± 10.2 by the inverse of their squares.
        let both = threshold(&past, None, None, Some(&maximum(190.0))).expect("both");
        let (a, b) = (8.409f64.powi(-2), 10.2f64.powi(-2));
        let value = (171.0 * a + 170.0 * b) / (a + b);
        assert!((both.value - value).abs() < 1e-3, "{both:?}");
        // No threshold lies above the maximum.
        let low = threshold(&past[1..2], None, None, Some(&maximum(165.0))).expect("a maximum");
        assert!((low.value - 148.5).abs() < 1e-9, "{low:?}");
    }

    #[test]
    fn the_line_turned_round_lets_assume_critical_speed() {
        let found = assumed_speed(&[], &blocks(), Some(&maximum(190.0))).expect("a line");
        // 171 beats at 4.24 m/s, over 0.95.
        assert!(
            (found.log_speed - (4.24f64 / 0.95).ln()).abs() < 0.004,
            "{found:?}"
        );
        // 8.409 / 1.645 beats over 25 per m/s, and a little for the line.
        let sd = 8.409 / 1.645 / 25.0 / 4.24;
        assert!(found.sd > sd && found.sd < 1.1 * sd, "{found:?}");
        assert_eq!(found.date, Some(date(29)));
    }
}
