//! Critical speed: the asymptote of the athlete's own speed–duration curve.
//!
//! Each effort is weighed by its age and by how likely it was all-out (`weighed`); with what is assumed
//! (`assumption`) they make a distribution (`distribution`), and `proof` says what the value rests on.

mod assumption;
mod distribution;
mod proof;
mod weighed;

use chrono::NaiveDate;

use crate::history::Confidence;
use crate::history::Reference;
use crate::history::efforts::Effort;
use crate::history::prior::Prior;

pub(super) use assumption::Assumption;
pub use assumption::CRITICAL_SPEED_PER_EASY_SPEED;
pub use assumption::assumed;
use distribution::Distribution;
use proof::Proof;

/// The days from which it is learned: six half-lives, so that nothing leaves with a jolt.
///
/// # Units
/// Days.
pub(super) const WINDOW_DAYS: u64 = 252;
/// A guess without any easy running, above the fastest run.
///
/// # Units
/// Log speed.
const BLIND: Prior = Prior {
    mean: 0.05,
    sd: 0.10,
};
/// The half-width up to which an interval is narrow.
///
/// # Units
/// Ratio. Chosen: about the error of a field test (Galbraith 2014, IJSPP 9:931: 0.14 m/s).
const NARROW: f64 = 0.04;

/// Returns critical speed from the efforts of the past and what is assumed.
///
/// Steps: each session takes a critical speed c(D′), the most of v − D′ / t over its best 2–60 min
/// (see `efforts`). Its shortfall is s = ln CS − ln c. An all-out effort has a shortfall of 2 % on
/// average (exponential), other running any up to 50 %; negative shortfalls are errors of the watch
/// (normal, 1.5 %). Each session is all-out with a probability: 0.9 for a race, 0.97 for a test, up
/// to 0.5 by heart rate, else 0.02. The likelihoods, each to the power ½^(age / 42 d), times what is
/// assumed of CS and D′, give the distribution of both on a grid; the value is its mean, the 90 %
/// interval its 5 % and 95 % quantiles. So the curve is an envelope: running below it pulls nothing
/// down, and without efforts known to be hard the assumption leads, above what was run.
///
/// # Units
/// Metres per second.
///
/// # References
/// d = D′ + CS · t over best efforts of training: Smyth & Muniz-Pumares 2020, MSSE 52:2637. A limit
/// with errors on one side and shortfall on the other: Aigner, Lovell & Schmidt 1977, J.
/// Econometrics 6:21. The source fits a line to runs taken as all-out and leaves open what to do
/// with those that are not; the mixture above is this program's own answer.
pub(super) fn critical_speed<'a>(
    efforts: impl Iterator<Item = &'a Effort>,
    on: NaiveDate,
    assumption: Option<Assumption>,
    maximum: Option<&Reference>,
) -> Option<Reference> {
    let efforts = weighed::nearest(efforts, on, maximum);
    let Some(fastest) = efforts.iter().map(|e| e.middle()).reduce(f64::max) else {
        return assumption.map(|assumption| assumption.reference());
    };
    let assumption = assumption.unwrap_or_else(|| Assumption {
        log_speed: fastest + BLIND.mean,
        sd: BLIND.sd,
        source: "a little above the fastest running".to_owned(),
        date: None,
    });
    let found = Distribution::new(&efforts, &assumption, fastest);
    let proof = proof::proof(&efforts, on, &found);
    let newest = efforts
        .iter()
        .map(|e| e.effort.day)
        .max()
        .max(assumption.date);
    let source = proof::source(&efforts, &assumption, on, proof);
    Some(reference(&found, proof, source, newest))
}

fn reference(
    found: &Distribution,
    proof: Proof,
    source: String,
    date: Option<NaiveDate>,
) -> Reference {
    let (low, high) = (found.quantile(0.05), found.quantile(0.95));
    let narrow = (high - low) / 2.0 <= NARROW;
    let confidence = match proof {
        Proof::None => Confidence::LowerBound,
        Proof::Known if narrow => Confidence::High,
        Proof::Known | Proof::HeartRate => Confidence::Fair,
    };
    Reference {
        value: found.mean().exp(),
        low: low.exp(),
        high: high.exp(),
        source,
        date,
        confidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::efforts::D_PRIMES_M;
    use crate::history::efforts::Known;

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, day).expect("a day of May")
    }

    /// An effort that takes so much critical speed, whatever D′.
    fn effort(speed: f64, known: Known) -> Effort {
        Effort {
            day: date(1),
            known,
            log_speeds: [speed.ln(); D_PRIMES_M.len()],
            heart_rate_bpm: None,
            unwitnessed: false,
        }
    }

    /// An effort of a time on the curve CS + D′ / t.
    fn on_curve(critical: f64, d_prime: f64, time_s: f64) -> Effort {
        let speed = critical + d_prime / time_s;
        Effort {
            log_speeds: D_PRIMES_M.map(|d| (speed - d / time_s).ln()),
            ..effort(critical, Known::Race)
        }
    }

    fn assumption(speed: f64, sd: f64) -> Assumption {
        Assumption {
            log_speed: speed.ln(),
            sd,
            source: "easy speed / 0.77".to_owned(),
            date: None,
        }
    }

    fn found(efforts: &[Effort], assumed: Assumption) -> Reference {
        critical_speed(efforts.iter(), date(2), Some(assumed), None).expect("a value")
    }

    #[test]
    fn the_likelihood_by_hand() {
        let effort = effort(4.0, Known::Race);
        let weighed = weighed::Weighed {
            effort: &effort,
            weight: 0.5,
            hard: 1.0,
            all_out: 0.9,
        };
        let mut logs = [0.0; 5];
        weighed.add_log_likelihoods(-0.015, &mut logs);
        // 0.9 / (0.02 + 0.0188) and 0.1 / (0.5 + 0.0188): 23.1956 and 0.19275, at the limit
        // ln 23.3884 = 3.15224. One standard deviation too fast: half of that less 0.5.
        assert!((logs[0] - 0.5 * (3.152_24 - 0.5)).abs() < 1e-4, "{logs:?}");
        // Short by 0.025: 23.1956 · e^−1.25 = 6.64570, ln 6.83845 = 1.92256.
        assert!((logs[4] - 0.5 * 1.922_56).abs() < 1e-4, "{logs:?}");
    }

    #[test]
    fn assumptions_weigh_by_their_variances() {
        let both = assumption(4.0, 0.1).and(Some(Assumption {
            log_speed: 4.0f64.ln() + 0.05,
            ..assumption(4.0, 0.05)
        }));
        // (100 · 0 + 400 · 0.05) / 500 and 500^−½.
        assert!((both.log_speed - 4.0f64.ln() - 0.04).abs() < 1e-12);
        assert!((both.sd - 0.044_72).abs() < 1e-5);
    }

    #[test]
    fn races_of_different_length_show_the_curve() {
        let races = [180.0, 420.0, 900.0].map(|time| on_curve(4.0, 240.0, time));
        let found = found(&races, assumption(4.2, 0.073));
        // Races fall short by up to 2 % on average: the truth may lie a little above the curve.
        assert!((found.value / 4.0 - 1.01).abs() < 0.015, "{}", found.value);
        assert!((found.low..=found.high).contains(&4.0), "{found:?}");
        assert_eq!(found.confidence, Confidence::High);
    }

    #[test]
    fn slower_running_pulls_nothing_down() {
        let race = || on_curve(4.0, 180.0, 900.0);
        let alone = found(&[race()], assumption(4.1, 0.073));
        let mut efforts = vec![race()];
        efforts.extend((0..30).map(|_| effort(3.2, Known::Nothing)));
        let among_others = found(&efforts, assumption(4.1, 0.073));
        assert!((among_others.value / alone.value - 1.0).abs() < 0.002);
    }

    #[test]
    fn without_hard_running_it_is_a_lower_bound_and_the_assumption_leads() {
        let gentle: Vec<Effort> = (0..8).map(|_| effort(3.2, Known::Nothing)).collect();
        let found = found(&gentle, assumption(3.8, 0.073));
        assert_eq!(found.confidence, Confidence::LowerBound);
        assert!((found.value / 3.8 - 1.0).abs() < 0.02, "{}", found.value);
        assert!(found.source.starts_with("lower bound"), "{}", found.source);
    }

    #[test]
    fn what_was_run_raises_the_assumption() {
        let gentle: Vec<Effort> = (0..8).map(|_| effort(3.9, Known::Nothing)).collect();
        let found = found(&gentle, assumption(3.7, 0.073));
        assert!(found.value > 3.88, "{}", found.value);
        assert_eq!(found.confidence, Confidence::LowerBound);
    }
}
