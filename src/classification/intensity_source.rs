//! Effort on one scale, whichever intensity source it was read from: 1 is critical speed, critical power,
//! threshold heart rate.

use crate::classification::features::Features;
use crate::classification::zone_limits::FIRST_THRESHOLD_OF_CRITICAL_SPEED;
use crate::classification::zone_limits::FIRST_THRESHOLD_OF_THRESHOLD_HEART_RATE;
use crate::history::Reference;
use crate::history::Z90;
use crate::segmentation::Segment;
use crate::streams::HeartRateQuality;
use crate::summary::EFFORT_BIN_M_S;
use crate::summary::HEART_RATE_BIN_BPM;
use crate::summary::Histogram;
use crate::summary::POWER_BIN_W;
use crate::summary::SegmentHistograms;
use crate::vocabulary::SegmentKind;

/// Steady running is rated by speed and heart rate together from this duration on; before, heart
/// rate has not followed yet.
///
/// # Units
/// Seconds moving. Chosen: three to five time constants of the heart rate (25–75 s measured).
const TOGETHER_LEAST_S: f64 = 300.0;
/// Heart rate must cover this share of a segment to help rate it.
///
/// # Units
/// Ratio.
const LEAST_HEART_RATE: f64 = 0.9;
/// What the speed for the same effort differs by from day to day: wind, ground, heat, tired legs,
/// satellites.
///
/// # Units
/// Ratio (standard deviation). Chosen: a little less than 5-minute means of ordinary runs vary by
/// (4.6 %, measured on 33 real runs).
const DAILY_SPEED: f64 = 0.04;
/// What heart rate for the same effort differs by from day to day.
///
/// # Units
/// Ratio (standard deviation). Chosen: 3 % is 4–5 beats of an easy run.
const DAILY_HEART_RATE: f64 = 0.03;
/// Effort for each unit of heart rate over threshold, such that both first thresholds meet.
///
/// # Units
/// Ratio: (1 − 0.823) / (1 − 0.89).
const EFFORT_PER_HEART_RATE: f64 =
    (1.0 - FIRST_THRESHOLD_OF_CRITICAL_SPEED) / (1.0 - FIRST_THRESHOLD_OF_THRESHOLD_HEART_RATE);
/// Two intensity sources are set side by side at so many quantiles.
const QUANTILES: u32 = 60;
/// Power must cover this share of what moves to be an intensity source.
///
/// # Units
/// Ratio.
const LEAST_POWER: f64 = 0.95;
/// The power for the speed may differ by this from the athlete's usual one.
///
/// # Units
/// Ratio. Chosen: more is another meter, another weight in its settings, or a steep day.
const MOST_POWER_SHIFT: f64 = 0.10;
/// From this uncertainty of the effort speed on, power is the better intensity source.
///
/// # Units
/// Ratio: a mean slope of 3.3 %.
const UNCERTAIN_SPEED: f64 = 0.06;

/// Some seconds within a range of effort.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Share {
    low: f64,
    high: f64,
    seconds: f64,
}

impl Share {
    /// Returns the seconds below a limit; a range that holds it is shared in proportion.
    fn below(&self, limit: f64) -> f64 {
        if self.high > self.low {
            self.seconds * ((limit - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
        } else if self.low < limit {
            self.seconds
        } else {
            0.0
        }
    }
}

/// Returns the seconds of some shares between limits, from below the first to above the last.
pub(super) fn zones<const N: usize>(shares: &[Share], limits: &[f64]) -> [f64; N] {
    let below = |limit: f64| shares.iter().map(|share| share.below(limit)).sum::<f64>();
    let total: f64 = shares.iter().map(|share| share.seconds).sum();
    let mut zones = [0.0; N];
    let mut before = 0.0;
    for (zone, limit) in zones.iter_mut().zip(limits) {
        let next = below(*limit);
        *zone = next - before;
        before = next;
    }
    if let Some(last) = zones.last_mut() {
        *last = total - before;
    }
    zones
}

/// The intensity sources of a run, with what they are read against.
pub(super) struct IntensitySources<'a> {
    features: &'a Features<'a>,
    critical_speed: Option<f64>,
    /// Critical power, where the power of the run is good.
    pub(super) critical_power: Option<f64>,
    threshold: Option<f64>,
    /// How much speed counts beside heart rate, 0–1; absent where heart rate does not help.
    speed_weight: Option<f64>,
}

impl<'a> IntensitySources<'a> {
    /// Returns the intensity sources of a run.
    pub(super) fn new(features: &'a Features<'a>) -> Self {
        let is_run = features.is_run;
        let heart_rate = heart_rate_helps(features)
            .then_some(features.references.threshold_heart_rate_bpm.as_ref())
            .flatten();
        let speed = features.references.critical_speed_m_s.as_ref();
        Self {
            features,
            critical_speed: features.critical_speed().filter(|_| is_run),
            critical_power: good_power(features).filter(|_| is_run),
            threshold: features.threshold_heart_rate(),
            speed_weight: speed
                .zip(heart_rate.filter(|reference| !reference.is_weak()))
                .map(|(speed, heart_rate)| speed_weight(speed, heart_rate)),
        }
    }

    /// Returns the effort of a segment by speed.
    pub(super) fn by_speed(&self, part: &SegmentHistograms) -> Vec<Share> {
        let critical = self.critical_speed;
        critical.map_or_else(Vec::new, |critical| {
            shares(&part.effort, EFFORT_BIN_M_S, |speed| speed / critical)
        })
    }

    /// Returns the effort of a segment by power.
    pub(super) fn by_power(&self, part: &SegmentHistograms) -> Vec<Share> {
        let critical = self.critical_power;
        critical.map_or_else(Vec::new, |critical| {
            shares(&part.power, POWER_BIN_W, |power| power / critical)
        })
    }

    /// Returns the effort of a segment by heart rate.
    pub(super) fn by_heart_rate(&self, part: &SegmentHistograms) -> Vec<Share> {
        let threshold = self.threshold;
        threshold.map_or_else(Vec::new, |threshold| {
            shares(&part.heart_rate, HEART_RATE_BIN_BPM, |beats| {
                1.0 + (beats / threshold - 1.0) * EFFORT_PER_HEART_RATE
            })
        })
    }

    /// Returns whether a segment is rated by speed and heart rate together: long, steady, and with
    /// heart rate nearly all the time.
    pub(super) fn is_rated_by_both(
        &self,
        segment: Option<&Segment>,
        part: &SegmentHistograms,
    ) -> bool {
        use SegmentKind::*;
        let speed_s = part.effort.total_s();
        let steady = segment
            .is_some_and(|s| matches!(s.kind, Steady | WarmUp | CoolDown | Tempo | Progression));
        self.speed_weight.is_some()
            && self.critical_speed.is_some()
            && steady
            && speed_s >= TOGETHER_LEAST_S
            && part.heart_rate.total_s() >= LEAST_HEART_RATE * speed_s
    }

    /// Returns the effort of a segment by speed and heart rate together.
    ///
    /// Steps: both distributions are cut at the same quantiles, the slowest seconds beside those of
    /// the lowest heart rate; the effort of each pair is the mean, weighted by the inverse of the
    /// variances of both readings.
    pub(super) fn by_both(&self, part: &SegmentHistograms) -> Vec<Share> {
        let weight = self.speed_weight.unwrap_or(1.0);
        self.pairs(part)
            .map(|(speed, heart_rate, seconds)| {
                let effort = weight * speed + (1.0 - weight) * heart_rate;
                Share {
                    low: effort,
                    high: effort,
                    seconds,
                }
            })
            .collect()
    }

    /// Returns the seconds of a segment that speed and heart rate put into different zones.
    pub(super) fn disagreement_s(&self, part: &SegmentHistograms, limits: &[f64]) -> f64 {
        let zone = |effort: f64| limits.iter().filter(|limit| effort >= **limit).count();
        self.pairs(part)
            .filter(|(speed, heart_rate, _)| zone(*speed) != zone(*heart_rate))
            .map(|(_, _, seconds)| seconds)
            .sum()
    }

    /// Returns effort by speed, effort by heart rate and seconds at each quantile.
    fn pairs(&self, part: &SegmentHistograms) -> impl Iterator<Item = (f64, f64, f64)> {
        let (speed, heart_rate) = (self.by_speed(part), self.by_heart_rate(part));
        let seconds = part.effort.total_s() / f64::from(QUANTILES);
        (0..QUANTILES).filter_map(move |index| {
            let at = (f64::from(index) + 0.5) / f64::from(QUANTILES);
            Some((quantile(&speed, at)?, quantile(&heart_rate, at)?, seconds))
        })
    }

    /// Returns whether power rates this run better than speed: no speed, no slope on which effort
    /// speed could rest, or slopes so steep that it is uncertain.
    pub(super) fn power_leads(&self) -> bool {
        let run = self.features.run;
        self.critical_power.is_some()
            && (self.critical_speed.is_none()
                || self.features.effort_speed_m_s.is_none()
                || effort_uncertainty(run.segments.iter())
                    .is_some_and(|uncertainty| uncertainty >= UNCERTAIN_SPEED))
    }
}

/// Returns how uncertain the effort speed of some segments is because of slopes, over moving time.
pub(super) fn effort_uncertainty<'s>(segments: impl Iterator<Item = &'s Segment>) -> Option<f64> {
    let (mut sum, mut time) = (0.0, 0.0);
    for segment in segments {
        if let Some(uncertainty) = segment.effort_uncertainty {
            sum += uncertainty * segment.moving_s;
            time += segment.moving_s;
        }
    }
    (time > 0.0).then(|| sum / time)
}

fn heart_rate_helps(features: &Features<'_>) -> bool {
    matches!(
        features.run.data_quality.heart_rate,
        HeartRateQuality::Valid | HeartRateQuality::Partial
    )
}

/// Returns the weight of speed beside heart rate: the inverse of their variances, each that of the
/// reference value and of the day.
fn speed_weight(speed: &Reference, heart_rate: &Reference) -> f64 {
    let relative = |reference: &Reference| {
        (reference.high - reference.low) / 2.0 / Z90 / reference.value.max(f64::MIN_POSITIVE)
    };
    let of_speed = relative(speed).hypot(DAILY_SPEED).powi(-2);
    let of_heart_rate = relative(heart_rate).hypot(DAILY_HEART_RATE) * EFFORT_PER_HEART_RATE;
    of_speed / (of_speed + of_heart_rate.powi(-2))
}

/// Returns critical power where the power of the run is good: recorded nearly all the time, and in
/// its usual proportion to speed.
fn good_power(features: &Features<'_>) -> Option<f64> {
    let critical = features.references.critical_power_w.as_ref()?.value;
    let run = features.run;
    let power_s: f64 = run
        .details
        .histograms
        .iter()
        .map(|h| h.power.total_s())
        .sum();
    let usual = critical / features.critical_speed()?;
    let blocks = run.details.steady_blocks.iter();
    let own: Vec<f64> = blocks
        .filter_map(|block| Some(block.power_w? / block.effort_speed_m_s))
        .collect();
    let mean = own.iter().sum::<f64>() / own.iter().map(|_| 1.0).sum::<f64>();
    let in_proportion = own.is_empty() || (mean / usual - 1.0).abs() <= MOST_POWER_SHIFT;
    (power_s >= LEAST_POWER * features.moving_s && in_proportion).then_some(critical)
}

fn shares(histogram: &Histogram, width: f64, effort: impl Fn(f64) -> f64) -> Vec<Share> {
    histogram
        .bins(width)
        .filter(|(_, _, seconds)| *seconds > 0.0)
        .map(|(low, high, seconds)| Share {
            low: effort(low),
            high: effort(high),
            seconds,
        })
        .collect()
}

/// Returns the effort below which a part of the seconds lies.
fn quantile(shares: &[Share], part: f64) -> Option<f64> {
    let total: f64 = shares.iter().map(|share| share.seconds).sum();
    let mut left = part * total;
    for share in shares {
        if left <= share.seconds {
            return Some(share.low + (share.high - share.low) * left / share.seconds);
        }
        left -= share.seconds;
    }
    shares.last().map(|share| share.high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Confidence;

    fn share(low: f64, high: f64, seconds: f64) -> Share {
        Share { low, high, seconds }
    }

    #[test]
    fn a_range_that_holds_a_limit_is_shared() {
        let shares = [
            share(0.8, 0.9, 100.0),
            share(0.9, 1.0, 100.0),
            share(1.0, 1.1, 100.0),
        ];
        // Limits in the middle of the first range and at the end of the second.
        let zones: [f64; 3] = zones(&shares, &[0.85, 1.0]);
        assert!((zones[0] - 50.0).abs() < 1e-9);
        assert!((zones[1] - 150.0).abs() < 1e-9);
        assert!((zones[2] - 100.0).abs() < 1e-9);
    }

    #[test]
    fn quantiles_run_through_the_ranges() {
        let shares = [share(0.7, 0.8, 30.0), share(0.9, 1.0, 10.0)];
        // A half of 40 s is 20 s into the first range of 30 s.
        assert!((quantile(&shares, 0.5).expect("shares") - (0.7 + 0.1 * 2.0 / 3.0)).abs() < 1e-9);
        assert!((quantile(&shares, 0.875).expect("shares") - 0.95).abs() < 1e-9);
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn the_surer_reading_counts_more() {
        let reference = |value: f64, half_width: f64| Reference {
            value,
            low: value - half_width,
            high: value + half_width,
            source: String::new(),
            date: None,
            confidence: Confidence::Fair,
        };
        // Speed: 2 % and 4 % a day: 4.47 %. Heart rate: 2 % and 3 % a day: 3.61 %,
        // times 1.609: 5.80 %. 1/4.47² : 1/5.80² is 0.627 : 0.373.
        let speed = reference(4.0, 0.02 * 4.0 * Z90);
        let heart_rate = reference(165.0, 0.02 * 165.0 * Z90);
        assert!((speed_weight(&speed, &heart_rate) - 0.627).abs() < 2e-3);
        // A critical speed known to 10 % leaves the word to heart rate.
        assert!(speed_weight(&reference(4.0, 0.1 * 4.0 * Z90), &heart_rate) < 0.25);
    }
}
