//! Runs that get steadily faster: one rising line against a step and against two lines.
//!
//! A progression has no edges, so no candidate is it, though the fast end of one looks like an effort: a
//! search for steps makes a staircase of it and calls the last stair a tempo block.
//!
//! Steps: minutes of moving are averaged; the fastest three together end the rise, and what follows is
//! cool-down; a line through the minutes up to there has to explain most of how they differ, to rise
//! enough, to leave less than the best single step, and not much more than the best two lines.
//!
//! The share of variance alone is not enough: a step in the middle has 0.75 of it. Tried before: two
//! lines alone, with a narrow limit. The steps of a belt, which is how progressions are run on a
//! treadmill, went beyond it; so the limit was widened, and the single step rules out what a wide one
//! lets pass. Change points of slope (CPOP, NOT) would find where a rise begins as well, which no
//! runner asks.

use crate::segmentation::Evidence;
use crate::segmentation::bout::Bout;
use crate::segmentation::edges::Boundary;
use crate::segmentation::gate::probability;
use crate::segmentation::signals::Signals;
use crate::thresholds::STANDING_M_S;
use crate::units::round;

/// Grade-adjusted speed is looked at in means of so many moving seconds.
///
/// # Units
/// Seconds. Chosen: even running is back at its mean in that time, so that minutes are nearly independent.
const BLOCK_S: usize = 60;
/// The fastest of so many blocks together is where a progression ends.
///
/// # Units
/// Minutes. Chosen: a single fast one may be a slope.
const PEAK_BLOCKS: usize = 3;
/// A progression takes at least so many blocks.
///
/// # Units
/// Minutes. Coaching convention: a quarter of an hour.
const LEAST_BLOCKS: usize = 15;
/// And at least this share of the run; what follows is cool-down.
///
/// # Units
/// Ratio of moving times. Chosen: more than half, as it is what the run is called after.
const LEAST_SHARE: f64 = 0.6;
/// A rising line explains at least this share of its variance.
///
/// # Units
/// Share of variance. Measured: of 141 runs without marked efforts, three reach it together with the
/// rise.
const LEAST_FIT: f64 = 0.8;
/// Its last third is at least this multiple of its first.
///
/// # Units
/// Ratio of grade-adjusted speeds. Measured with the share of variance.
const LEAST_RISE: f64 = 1.1;
/// One line may leave this many times what the best two lines leave.
///
/// # Units
/// Ratio of sums of squares. Chosen: noise and the steps of a belt make it up to about 3, an effort after a
/// warm-up 5 and more. (2.5 at first: see above.)
const MOST_LEFT: f64 = 4.0;
/// Each of two lines is at least so many blocks long.
///
/// # Units
/// Minutes. Chosen: two points make any line fit.
const LEAST_PART: usize = 5;
/// How soft the limit of the share is, for the confidence.
///
/// # Units
/// Share of variance for one unit of log-odds. Chosen: at the limit itself it is rather one than not.
const SOFT_FIT: f64 = 0.04;
/// How soft the limit of the rise is, for the confidence.
///
/// # Units
/// Natural logarithm of a ratio for one unit of log-odds. Chosen, as above.
const SOFT_RISE: f64 = 0.02;
/// With more efforts than this a run is no progression.
///
/// # Units
/// Count. Chosen: the fast end may have been found as one or two; three are a set.
const MOST_BOUTS: usize = 2;

/// A run that gets steadily faster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Progression {
    /// Where it ends; it starts with the run.
    end_s: f64,
    /// The share of variance that a rising line explains.
    fit: f64,
    /// The last third over the first.
    rise: f64,
}

impl Progression {
    /// Returns it as the one bout of its run, whose recording ends at some second. Its end is known to
    /// the minute; its confidence says how far inside the limits it lies.
    pub(crate) fn bout(&self, elapsed_s: f64) -> Bout {
        let soft = |margin: f64, softness: f64| probability(margin / softness);
        Bout {
            start: Boundary::exact(0.0),
            end: Boundary {
                at_s: self.end_s.min(elapsed_s),
                low_s: (self.end_s - BLOCK_S as f64).max(0.0),
                high_s: (self.end_s + BLOCK_S as f64).min(elapsed_s),
            },
            probability: soft(self.fit - LEAST_FIT + SOFT_FIT, SOFT_FIT)
                * soft((self.rise / LEAST_RISE).ln() + SOFT_RISE, SOFT_RISE),
            candidate: None,
            executed: true,
            from_lap: false,
            is_progression: true,
        }
    }

    /// Returns why it is one.
    pub(crate) fn evidence(&self) -> Vec<Evidence> {
        let reason = |text: String, value: f64, unit: &str| Evidence {
            text,
            value: Some(round(value, 3)),
            unit: Some(unit.to_owned()),
            contribution: None,
        };
        let percent = 100.0 * (self.rise - 1.0);
        vec![
            reason(
                format!(
                    "up to there, effort in the last third is {percent:.0} % faster than in the first"
                ),
                self.rise,
                "ratio",
            ),
            reason(
                format!(
                    "a rising line explains {:.0} % of how its minutes differ",
                    100.0 * self.fit
                ),
                self.fit,
                "share",
            ),
        ]
    }
}

/// Returns the progression that a run is, given the efforts found in it without laps.
pub(crate) fn progression(signals: &Signals, efforts: &[Bout]) -> Option<Progression> {
    if efforts.len() > MOST_BOUTS {
        return None;
    }
    let moving: Vec<usize> = (0..signals.len())
        .filter(|second| signals.speed[*second] >= STANDING_M_S)
        .collect();
    let blocks: Vec<f64> = moving
        .chunks_exact(BLOCK_S)
        .map(|block| {
            let total: f64 = block
                .iter()
                .map(|second| signals.mean_effort(*second..second + 1))
                .sum();
            total / BLOCK_S as f64
        })
        .collect();
    let peak = blocks
        .windows(PEAK_BLOCKS)
        .map(|part| part.iter().sum::<f64>())
        .enumerate()
        .max_by(|one, other| one.1.total_cmp(&other.1))?;
    let count = peak.0 + PEAK_BLOCKS;
    if count < LEAST_BLOCKS || (count as f64) < LEAST_SHARE * blocks.len() as f64 {
        return None;
    }
    let rising = &blocks[..count];
    let third = count / 3;
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    let rise = mean(&rising[count - third..]) / mean(&rising[..third]);
    let fit = line_fit(rising);
    // What is left after the last whole block is too short to be a cool-down.
    let end = if count == blocks.len() {
        signals.len()
    } else {
        moving[count * BLOCK_S - 1] + 1
    };
    let left = left_by_line(rising);
    let is_whole = left <= left_by_step(rising) && left <= MOST_LEFT * left_by_two_lines(rising);
    (is_whole && fit >= LEAST_FIT && rise >= LEAST_RISE).then_some(Progression {
        end_s: end as f64,
        fit,
        rise,
    })
}

/// Returns the share of the variance of values that a rising line through them explains; 0 if it falls.
fn line_fit(values: &[f64]) -> f64 {
    let fit = Line::through(values);
    if fit.common > 0.0 && fit.total > 0.0 {
        1.0 - fit.left() / fit.total
    } else {
        0.0
    }
}

/// Returns the sum of squares that a line leaves.
fn left_by_line(values: &[f64]) -> f64 {
    Line::through(values).left()
}

/// Returns the sum of squares that the best two lines leave, one after the other: what an effort after
/// a warm-up is.
fn left_by_two_lines(values: &[f64]) -> f64 {
    (LEAST_PART..=values.len().saturating_sub(LEAST_PART))
        .map(|cut| left_by_line(&values[..cut]) + left_by_line(&values[cut..]))
        .fold(f64::INFINITY, f64::min)
}

/// Returns the sum of squares that the best single step leaves: what an effort among even running is.
fn left_by_step(values: &[f64]) -> f64 {
    (1..values.len())
        .map(|cut| Line::through(&values[..cut]).total + Line::through(&values[cut..]).total)
        .fold(f64::INFINITY, f64::min)
}

/// A least-squares line: sums of squares about the means.
struct Line {
    spread: f64,
    common: f64,
    total: f64,
}

impl Line {
    fn through(values: &[f64]) -> Self {
        let count = values.len() as f64;
        let middle = (count - 1.0) / 2.0;
        let mean = values.iter().sum::<f64>() / count;
        let mut line = Self {
            spread: 0.0,
            common: 0.0,
            total: 0.0,
        };
        for (place, value) in values.iter().enumerate() {
            let (x, y) = (place as f64 - middle, value - mean);
            line.spread += x * x;
            line.common += x * y;
            line.total += y * y;
        }
        line
    }

    /// Returns the sum of squares that it leaves.
    fn left(&self) -> f64 {
        (self.total - self.common * self.common / self.spread).max(f64::MIN_POSITIVE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::exact;

    fn signals(speed: impl Iterator<Item = f64>) -> Signals {
        let speed: Vec<f64> = speed.collect();
        Signals::new(&exact::streams(&speed))
    }

    #[test]
    fn a_rising_run_is_a_progression_up_to_its_cool_down() {
        let wander = |second: i32| 0.05 * (f64::from(second) / 37.0).sin();
        let rising =
            (0..2400).map(|second| 2.6 + 1.2 * f64::from(second) / 2400.0 + wander(second));
        let easy = (0..400).map(|_| 2.6);
        let found = progression(&signals(rising.chain(easy)), &[]);
        let found = found.expect("it rises evenly");
        assert!((found.end_s - 2400.0).abs() < 90.0, "{found:?}");
        // The last third has its middle at 3.6 m/s, the first at 2.8.
        assert!(
            (found.rise - 3.6 / 2.8).abs() < 0.02 && found.fit > 0.98,
            "{found:?}"
        );
        assert!(found.bout(2800.0).probability > 0.9);
    }

    #[test]
    fn even_falling_and_stepped_runs_are_none() {
        assert_eq!(progression(&signals((0..2400).map(|_| 3.0)), &[]), None);
        let falling = (0..2400).map(|second| 3.4 - f64::from(second) / 2400.0);
        assert_eq!(progression(&signals(falling), &[]), None);
        let late = (0..2400).map(|second| if second < 2000 { 2.6 } else { 3.4 });
        assert_eq!(progression(&signals(late), &[]), None);
        for (minutes, warm_up, tempo) in [
            (15.0, (2.5, 2.9), (3.8, 3.8)),
            (20.0, (2.5, 3.1), (3.5, 3.8)),
            (20.0, (2.5, 3.1), (3.3, 3.3)),
        ] {
            let part = |share: f64, (from, to): (f64, f64)| from + (to - from) * share;
            let speed = (0..2400).map(|second| {
                let (now, change) = (f64::from(second), 60.0 * minutes);
                if now < change {
                    part(now / change, warm_up)
                } else {
                    part((now - change) / (2400.0 - change), tempo)
                }
            });
            assert_eq!(progression(&signals(speed), &[]), None, "{tempo:?}");
        }
    }

    #[test]
    fn at_both_limits_it_is_rather_a_progression_and_its_end_is_known_to_the_minute() {
        let found = |fit, rise| Progression {
            end_s: 1800.0,
            fit,
            rise,
        };
        let at_limits = found(LEAST_FIT, LEAST_RISE).bout(1830.0);
        // The logistic of 1, twice.
        let one = 1.0 / (1.0 + (-1.0f64).exp());
        assert!((at_limits.probability - one * one).abs() < 1e-9);
        let end = &at_limits.end;
        assert_eq!((end.low_s, end.at_s, end.high_s), (1740.0, 1800.0, 1830.0));
        let longer = found(LEAST_FIT, LEAST_RISE).bout(1900.0).end;
        assert_eq!((longer.at_s, longer.high_s), (1800.0, 1860.0));
        let further = found(LEAST_FIT + SOFT_FIT, LEAST_RISE)
            .bout(1900.0)
            .probability;
        let two = 1.0 / (1.0 + (-2.0f64).exp());
        assert!((further - one * two).abs() < 1e-9);
        let faster = found(LEAST_FIT, LEAST_RISE * SOFT_RISE.exp())
            .bout(1900.0)
            .probability;
        assert!((faster - one * two).abs() < 1e-9);
    }

    #[test]
    fn it_says_how_much_faster_and_how_evenly() {
        let found = Progression {
            end_s: 1800.0,
            fit: 0.9,
            rise: 1.2,
        };
        let told = found.evidence();
        assert!(told[0].text.contains("is 20 % faster"), "{told:?}");
        assert_eq!(told[0].value, Some(1.2));
        assert!(told[1].text.contains("explains 90 %"), "{told:?}");
        assert_eq!(told[1].value, Some(0.9));
    }

    #[test]
    fn what_lines_and_steps_leave_by_hand() {
        // About 7/3: squares 14/3, of which a line explains 3² / 2.
        assert!((left_by_line(&[1.0, 2.0, 4.0]) - 1.0 / 6.0).abs() < 1e-9);
        assert!((line_fit(&[1.0, 2.0, 4.0]) - 27.0 / 28.0).abs() < 1e-9);
        assert!(line_fit(&[4.0, 2.0, 1.0]) == 0.0);
        assert!(line_fit(&[2.0, 2.0, 2.0]) == 0.0);
        // Two of 1 and three of 5 are a step; 0 and 2 leave 2, 5 and 7 as much.
        assert!(left_by_step(&[1.0, 1.0, 5.0, 5.0, 5.0]) < 1e-9);
        assert!((left_by_step(&[0.0, 2.0, 5.0, 7.0]) - 4.0).abs() < 1e-9);
        let bent: Vec<f64> = [0.0, 1.0, 2.0, 3.0, 4.0, 4.0, 3.0, 2.0, 1.0, 0.0].to_vec();
        assert!(left_by_two_lines(&bent) < 1e-9 && left_by_line(&bent) > 1.0);
    }

    #[test]
    fn a_rise_over_less_than_most_of_the_run_is_none() {
        let wander = |second: i32| 0.05 * (f64::from(second) / 37.0).sin();
        let rising =
            (0..1200).map(|second| 2.6 + 1.2 * f64::from(second) / 1200.0 + wander(second));
        let easy = (0..1800).map(|second| 2.6 + wander(second));
        assert_eq!(progression(&signals(rising.chain(easy)), &[]), None);
    }
}
