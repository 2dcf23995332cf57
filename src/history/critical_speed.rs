//! Critical speed: the asymptote of the athlete's own speed–duration curve.

use chrono::NaiveDate;

use crate::history::Confidence;
use crate::history::PastSession;
use crate::history::Reference;

/// The days from which it is learned.
///
/// # Units
/// Days. Chosen; Smyth & Muniz-Pumares 2020 use the 16 weeks before a race.
pub(super) const WINDOW_DAYS: u64 = 90;
/// Critical speed as a multiple of habitual easy speed, where nothing better is known: easy running
/// is mostly done at 0.70–0.82 of it.
///
/// # Units
/// Ratio. Convention: the middle of that range.
pub const CRITICAL_SPEED_PER_EASY_SPEED: f64 = 1.0 / 0.77;
/// Half-width of the 90 % interval of that assumption.
///
/// # Units
/// Ratio. Convention: it spans the range.
const ASSUMED_HALF_WIDTH: f64 = 0.12;
/// Half-width of the 90 % interval of a fit to hard efforts.
///
/// # Units
/// Ratio. Field tests agree with the treadmill within 0.14 m/s, 3–4 % (Galbraith 2014, IJSPP
/// 9:931).
const FITTED_HALF_WIDTH: f64 = 0.03;
/// The durations to which the model is fitted.
///
/// # Units
/// Seconds: 2–20 min, where the model holds (Jones & Vanhatalo 2017, Sports Med 47:S65).
const DURATIONS_S: std::ops::RangeInclusive<f64> = 120.0..=1200.0;
/// So many best runs are kept for each duration.
const KEPT_PER_DURATION: usize = 2;
/// Efforts on a steeper fall are left out.
///
/// # Units
/// Slope as a fraction. Convention: downhill speed says little about what a runner can hold.
const STEEPEST_FALL: f64 = -0.02;
/// Efforts with a greater share of bridged seconds are left out.
///
/// # Units
/// Ratio.
const MOST_SUSPECT_SHARE: f64 = 0.1;
/// Points this far below the fit are not maximal and are left out.
///
/// # Units
/// Ratio of distances. Chosen: about the error of a field test.
const BELOW_FIT: f64 = 0.03;
/// Rounds of leaving points out, at most.
const ROUNDS: usize = 6;
/// The range of D′.
///
/// # Units
/// Metres. Typical values are 80–300; a fit outside this range is not believed.
const D_PRIME_M: (f64, f64) = (30.0, 400.0);
/// Critical speed is at most this multiple of the fastest 20 minutes.
///
/// # Units
/// Ratio. Convention.
const MOST_OF_BEST_20_MIN: f64 = 1.02;
/// Critical speed is at least this multiple of the fastest 20 minutes.
///
/// # Units
/// Ratio. Convention.
const LEAST_OF_BEST_20_MIN: f64 = 0.98;
/// What an effort that was hard by heart rate proves, against a race: it need not have been all the
/// athlete could do.
///
/// # Units
/// Ratio.
const HARD_WEIGHT: f64 = 0.5;
/// An effort of 8–25 min whose last third reached this share of threshold heart rate was hard.
///
/// # Units
/// Ratio. Convention.
const HARD_HEART_RATE: f64 = 0.95;
/// Threshold heart rate as a share of maximum, where nothing better is known.
///
/// # Units
/// Ratio. Coaching convention.
const THRESHOLD_OF_MAXIMUM: f64 = 0.90;
/// The durations of efforts that can show that the fit rests on hard running.
///
/// # Units
/// Seconds: 8–25 min. Convention.
const PROOF_S: std::ops::RangeInclusive<f64> = 480.0..=1500.0;
/// How soft the verdict "hard" is.
///
/// # Units
/// Share of threshold heart rate.
const HARD_SOFTNESS: f64 = 0.015;
/// Less proof than this and the value is a lower bound.
///
/// # Units
/// Ratio: 1 is a race.
const LEAST_PROOF: f64 = 0.25;
/// From this proof on the value is trusted highly.
///
/// # Units
/// Ratio: 1 is a race.
const HIGH_PROOF: f64 = 0.75;
/// Proof counted at least, so that no weight vanishes.
///
/// # Units
/// Ratio.
const FLOOR_OF_PROOF: f64 = 0.05;

/// A point of the distance–time curve.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Effort {
    duration_s: f64,
    distance_m: f64,
}

/// Returns critical speed from the best efforts of some sessions and the assumption from easy
/// running.
///
/// Steps: the two fastest sessions of each duration of 2–20 min, without falls and bridged
/// stretches; d = D′ + CS · t by Theil–Sen; points more than 3 % below are left out and the fit is
/// repeated; D′ is held to 30–400 m and CS to 0.98–1.02 of the fastest 20 min; the result is
/// weighed with the assumption CS = easy speed / 0.77 by their variances, the variance of the fit
/// growing as proof of hard running (races, less so heart rate) is missing.
///
/// # Units
/// Metres per second.
///
/// # References
/// Smyth & Muniz-Pumares 2020, MSSE 52:2637. What the source leaves open: what to do without hard
/// efforts. Then the value never falls below the fit, and says "lower bound".
pub(super) fn critical_speed(
    past: &[PastSession],
    easy: Option<&Reference>,
    maximum_heart_rate: Option<&Reference>,
) -> Option<Reference> {
    let efforts = envelope(past);
    let fitted = fit(&efforts).map(|fit| limited(fit, past));
    let proof = proof(past, maximum_heart_rate);
    match (fitted, easy) {
        (None, easy) => easy.map(assumed),
        (Some(fitted), None) => Some(reference(fitted, None, proof, newest(past))),
        (Some(fitted), Some(easy)) => Some(reference(
            fitted,
            Some(easy.value * CRITICAL_SPEED_PER_EASY_SPEED),
            proof,
            newest(past),
        )),
    }
}

/// Returns critical speed as assumed from habitual easy speed.
#[must_use]
pub fn assumed(easy: &Reference) -> Reference {
    let value = easy.value * CRITICAL_SPEED_PER_EASY_SPEED;
    Reference {
        value,
        low: value * (1.0 - ASSUMED_HALF_WIDTH),
        high: value * (1.0 + ASSUMED_HALF_WIDTH),
        source: "assumed: easy speed / 0.77".to_owned(),
        date: easy.date,
        confidence: Confidence::Low.word().to_owned(),
    }
}

fn reference(fitted: f64, assumed: Option<f64>, proof: f64, date: Option<NaiveDate>) -> Reference {
    // The fit's variance grows as proof is missing: without proof the assumption leads.
    let fit_width = FITTED_HALF_WIDTH / proof.clamp(FLOOR_OF_PROOF, 1.0);
    let fit_weight = fit_width.powi(-2);
    let assumed_weight = ASSUMED_HALF_WIDTH.powi(-2);
    let blended = assumed.map_or(fitted, |assumed| {
        (fit_weight * fitted + assumed_weight * assumed) / (fit_weight + assumed_weight)
    });
    let value = blended.max(fitted);
    let total_weight = fit_weight + assumed.map_or(0.0, |_| assumed_weight);
    let half_width = total_weight.powf(-0.5);
    let bound = proof < LEAST_PROOF;
    let low = value * (1.0 - half_width);
    Reference {
        value,
        low: if bound {
            low.max(fitted).min(value)
        } else {
            low
        },
        high: value * (1.0 + half_width),
        source: if bound {
            "lower bound: no hard effort of 8–25 min in 90 days".to_owned()
        } else {
            "distance over time of the best efforts of 2–20 min, 90 days".to_owned()
        },
        date,
        confidence: if bound {
            Confidence::LowerBound
        } else if proof >= HIGH_PROOF {
            Confidence::High
        } else {
            Confidence::Fair
        }
        .word()
        .to_owned(),
    }
}

fn newest(past: &[PastSession]) -> Option<NaiveDate> {
    past.iter()
        .rev()
        .find(|session| !session.mean_max.is_empty())
        .map(|session| session.day)
}

/// Returns the best efforts of each duration.
fn envelope(past: &[PastSession]) -> Vec<Effort> {
    let mut efforts: Vec<Effort> = past
        .iter()
        .flat_map(|session| &session.mean_max)
        .filter(|point| DURATIONS_S.contains(&point.duration_s))
        .filter(|point| point.slope.is_none_or(|slope| slope >= STEEPEST_FALL))
        .filter(|point| point.suspect_s <= point.duration_s * MOST_SUSPECT_SHARE)
        .map(|point| Effort {
            duration_s: point.duration_s,
            distance_m: point.speed_m_s * point.duration_s,
        })
        .collect();
    efforts.sort_by(|a, b| {
        (a.duration_s.total_cmp(&b.duration_s)).then(b.distance_m.total_cmp(&a.distance_m))
    });
    efforts
        .chunk_by(|a, b| a.duration_s.total_cmp(&b.duration_s).is_eq())
        .flat_map(|same| same.iter().take(KEPT_PER_DURATION))
        .copied()
        .collect()
}

/// Returns the critical speed of the curve through the best efforts.
fn fit(efforts: &[Effort]) -> Option<f64> {
    let mut kept = efforts.to_vec();
    let mut speed = None;
    for _ in 0..ROUNDS {
        let (critical, d_prime) = theil_sen(&kept)?;
        speed = Some(critical);
        let before = kept.len();
        let above: Vec<Effort> = kept
            .iter()
            .filter(|e| e.distance_m >= (1.0 - BELOW_FIT) * (d_prime + critical * e.duration_s))
            .copied()
            .collect();
        if above.len() == before || theil_sen(&above).is_none() {
            break;
        }
        kept = above;
    }
    speed
}

/// Returns slope and intercept as the medians over all pairs, the intercept within its range.
fn theil_sen(efforts: &[Effort]) -> Option<(f64, f64)> {
    let mut slopes = Vec::with_capacity(efforts.len() * efforts.len() / 2);
    for (i, a) in efforts.iter().enumerate() {
        for b in &efforts[i + 1..] {
            if b.duration_s > a.duration_s {
                slopes.push((b.distance_m - a.distance_m) / (b.duration_s - a.duration_s));
            }
        }
    }
    let slope = median(&mut slopes)?;
    let mut intercepts: Vec<f64> = efforts
        .iter()
        .map(|e| e.distance_m - slope * e.duration_s)
        .collect();
    let d_prime = median(&mut intercepts)?.clamp(D_PRIME_M.0, D_PRIME_M.1);
    let mut speeds: Vec<f64> = efforts
        .iter()
        .map(|e| (e.distance_m - d_prime) / e.duration_s)
        .collect();
    Some((median(&mut speeds)?, d_prime))
}

pub(super) fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        length if length % 2 == 1 => Some(values[middle]),
        _ => Some((values[middle - 1] + values[middle]) / 2.0),
    }
}

/// Returns the fit within its limits around the fastest 20 minutes.
fn limited(critical: f64, past: &[PastSession]) -> f64 {
    let best = past
        .iter()
        .flat_map(|session| &session.mean_max)
        .filter(|point| point.duration_s.total_cmp(DURATIONS_S.end()).is_eq())
        .filter(|point| point.slope.is_none_or(|slope| slope >= STEEPEST_FALL))
        .filter(|point| point.suspect_s <= point.duration_s * MOST_SUSPECT_SHARE)
        .map(|point| point.speed_m_s)
        .reduce(f64::max);
    match best {
        Some(best) => critical.clamp(best * LEAST_OF_BEST_20_MIN, best * MOST_OF_BEST_20_MIN),
        None => critical,
    }
}

/// Returns how well the sessions prove that the athlete ran as hard as possible: 1 with a race, up
/// to a half with efforts of 8–25 minutes that were hard by heart rate, softly.
fn proof(past: &[PastSession], maximum_heart_rate: Option<&Reference>) -> f64 {
    let threshold = maximum_heart_rate.map(|reference| reference.value * THRESHOLD_OF_MAXIMUM);
    let proofs = past.iter().map(|session| match (session.race, threshold) {
        (true, _) => 1.0,
        (false, Some(threshold)) => HARD_WEIGHT * hardness(session, threshold),
        (false, None) => 0.0,
    });
    proofs.fold(0.0, f64::max)
}

/// Returns how hard the hardest 8–25 minutes of a session were by heart rate, from 0 to 1.
fn hardness(session: &PastSession, threshold_bpm: f64) -> f64 {
    session
        .mean_max
        .iter()
        .filter(|point| PROOF_S.contains(&point.duration_s))
        .filter_map(|point| point.heart_rate_bpm)
        .map(|beats| {
            let above = (beats / threshold_bpm - HARD_HEART_RATE) / HARD_SOFTNESS;
            1.0 / (1.0 + (-above).exp())
        })
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::MeanMax;

    fn efforts(critical: f64, d_prime: f64, durations: &[f64]) -> Vec<Effort> {
        durations
            .iter()
            .map(|t| Effort {
                duration_s: *t,
                distance_m: d_prime + critical * t,
            })
            .collect()
    }

    #[test]
    fn the_line_is_recovered_and_sub_maximal_points_are_left_out() {
        let mut points = efforts(4.0, 200.0, &[120.0, 180.0, 300.0, 600.0, 900.0, 1200.0]);
        points.push(Effort {
            duration_s: 720.0,
            distance_m: 720.0 * 3.2,
        });
        points.push(Effort {
            duration_s: 480.0,
            distance_m: 480.0 * 3.3,
        });
        let critical = fit(&points).expect("eight points");
        assert!((critical - 4.0).abs() < 0.02, "{critical}");
    }

    #[test]
    fn the_intercept_is_held_to_its_range() {
        let (critical, d_prime) =
            theil_sen(&efforts(3.0, 900.0, &[300.0, 600.0, 900.0])).expect("three points");
        assert!((d_prime - 400.0).abs() < 1e-9);
        // (900 − 400) / t + 3 at the middle point, 600 s.
        assert!((critical - (3.0 + 500.0 / 600.0)).abs() < 1e-9);
    }

    #[test]
    fn without_hard_running_it_is_a_lower_bound_and_the_assumption_leads() {
        let session = PastSession {
            mean_max: [120.0, 300.0, 600.0, 1200.0]
                .into_iter()
                .map(|duration_s| MeanMax {
                    duration_s,
                    speed_m_s: 3.0,
                    start_s: 0.0,
                    heart_rate_bpm: Some(140.0),
                    slope: None,
                    suspect_s: 0.0,
                })
                .collect(),
            ..PastSession::default()
        };
        let easy = Reference {
            value: 2.9,
            low: 2.8,
            high: 3.0,
            source: String::new(),
            date: None,
            confidence: "high".to_owned(),
        };
        let found = critical_speed(&[session], Some(&easy), None).expect("a value");
        assert_eq!(found.confidence, "lower bound");
        assert!((found.value - 2.9 / 0.77).abs() < 0.05, "{}", found.value);
    }
}
