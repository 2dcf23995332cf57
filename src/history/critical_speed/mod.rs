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

    fn maximum() -> Reference {
        Reference {
            value: 198.0,
            low: 196.0,
            high: 204.0,
            source: String::new(),
            date: None,
            confidence: Confidence::Fair,
        }
    }

    #[test]
    fn heart_rate_tells_softly_how_hard_an_effort_was() {
        let weighed = |known, beats, maximum: Option<&Reference>| {
            let effort = Effort {
                heart_rate_bpm: beats,
                ..effort(4.0, known)
            };
            let efforts = [effort];
            let of = weighed::nearest(efforts.iter(), date(1), maximum);
            (of[0].hard, of[0].all_out)
        };
        let is = |found: (f64, f64), hard: f64, all_out: f64| {
            (found.0 - hard).abs() < 1e-4 && (found.1 - all_out).abs() < 1e-4
        };
        let maximum = maximum();
        // 0.94 of the middle, 200, is even; 0.012 more are one scale: 1 / (1 + 1 / e) = 0.731.
        let even = weighed(Known::Nothing, Some(188.0), Some(&maximum));
        assert!(is(even, 0.5, 0.26), "{even:?}");
        let above = weighed(Known::Nothing, Some(190.4), Some(&maximum));
        assert!(is(above, 0.731_06, 0.370_91), "{above:?}");
        assert!(is(weighed(Known::Nothing, Some(190.4), None), 0.0, 0.02));
        assert!(is(weighed(Known::Nothing, None, Some(&maximum)), 0.0, 0.02));
        assert!(is(
            weighed(Known::Race, Some(100.0), Some(&maximum)),
            1.0,
            0.9
        ));
        assert!(is(weighed(Known::Test, None, None), 1.0, 0.97));
    }

    #[test]
    fn of_many_efforts_the_best_dozen_is_weighed_races_a_little_forward() {
        let order = |efforts: &[Effort], on| {
            let nearest = weighed::nearest(efforts.iter(), on, None);
            let speeds = nearest.iter().map(|one| one.middle().exp());
            let speeds: Vec<f64> = speeds.map(|speed| (speed * 10.0).round() / 10.0).collect();
            (speeds, nearest[0].weight)
        };
        let (race, faster) = (effort(4.0, Known::Race), effort(4.1, Known::Nothing));
        assert_eq!(order(&[faster, race.clone()], date(1)).0, [4.0, 4.1]);
        let (speeds, weight) = order(
            &[race, effort(4.4, Known::Nothing)],
            date(1) + chrono::Days::new(42),
        );
        assert_eq!(speeds, [4.4, 4.0]);
        // Half after six weeks.
        assert!((weight - 0.5).abs() < 1e-9);
        let many: Vec<Effort> = (0..15)
            .map(|step| effort(3.0 + 0.1 * f64::from(step), Known::Nothing))
            .collect();
        let (speeds, _) = order(&many, date(1));
        assert_eq!((speeds.len(), speeds[0], speeds[11]), (12, 4.4, 3.3));
    }

    #[test]
    fn easy_speed_lets_assume_critical_speed_within_an_eighth() {
        let easy = Reference {
            value: 3.08,
            date: Some(date(3)),
            ..maximum()
        };
        let found = assumed(&easy);
        // 3.08 / 0.77, and 0.12 in log speed on either side.
        assert!((found.value - 4.0).abs() < 1e-9);
        assert!(
            (found.low - 4.0 * (-0.12f64).exp()).abs() < 1e-9,
            "{found:?}"
        );
        assert!((found.high - 4.0 * 0.12f64.exp()).abs() < 1e-9, "{found:?}");
        assert_eq!(
            (found.date, found.confidence),
            (Some(date(3)), Confidence::Low)
        );
    }

    #[test]
    fn without_efforts_the_distribution_is_what_is_assumed() {
        let assumed = assumption(4.0, 0.05);
        let found = Distribution::new(&[], &assumed, 4.0f64.ln());
        assert!((found.mean() - assumed.log_speed).abs() < 1e-3);
        for (share, z) in [(0.05, -1.645), (0.5, 0.0), (0.95, 1.645)] {
            let away = found.quantile(share) - assumed.log_speed;
            assert!((away - z * 0.05).abs() < 2e-3, "{share}: {away}");
        }
        // The mean of 180 ± 60 m within 70–320 m, 182 m, is nearest to the fifth.
        assert_eq!(found.d_prime, 4);
    }

    #[test]
    fn one_short_race_leaves_open_what_d_prime_may_be() {
        let found = found(&[on_curve(4.0, 180.0, 300.0)], assumption(4.0, 0.5));
        // 60 m over 300 s at 4 m/s are 5 %, the race itself shows within 2.5 %: 0.092 with both.
        let half_width = (found.high / found.low).ln() / 2.0;
        assert!((half_width - 0.092).abs() < 0.017, "{half_width}");
        assert_eq!(found.confidence, Confidence::Fair);
    }
}
