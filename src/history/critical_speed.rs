//! Critical speed: the asymptote of the athlete's own speed–duration curve.

use chrono::NaiveDate;

use crate::history::Confidence;
use crate::history::Reference;
use crate::history::Z90;
use crate::history::age_days;
use crate::history::efforts::D_PRIMES_M;
use crate::history::efforts::Effort;
use crate::history::efforts::Known;
use crate::history::efforts::TYPICAL_D_PRIME_M;

/// The days from which it is learned: six half-lives, so that nothing leaves with a jolt.
///
/// # Units
/// Days.
pub(super) const WINDOW_DAYS: u64 = 252;
/// An effort counts half after so many days.
///
/// # Units
/// Days. Chosen: at 90 days, the usual limit, it counts for less than a quarter.
const HALF_LIFE_DAYS: f64 = 42.0;
/// A hard effort proves a value for so long.
///
/// # Units
/// Days. Convention.
const PROOF_DAYS: i64 = 90;
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
/// How much faster than possible an effort may be recorded.
///
/// # Units
/// Standard deviation as a ratio: watches measure distance to 1–2 % (Gilgen-Ammann 2020, JMIR
/// mHealth 8:e17118, found up to several per cent in towns and forests).
const WATCH_SD: f64 = 0.015;
/// How much an effort meant to be all-out falls short of the athlete's best, on average.
///
/// # Units
/// Ratio. Chosen: efforts from 97 % of the best on count as raced.
const RACED_SHORTFALL: f64 = 0.02;
/// The shortfalls that other running may have, all equally likely.
///
/// # Units
/// Ratio: as far as walking.
const OTHER_SHORTFALL: f64 = 0.5;
/// How likely a race, a test, an effort that was hard by heart rate, and other running is all-out.
///
/// # Units
/// Probability. Chosen: some races are run for company; a heart rate can be high for other reasons.
const ALL_OUT: [f64; 4] = [0.9, 0.97, 0.5, 0.02];
/// Heart rate in the last third of an all-out effort of 8–25 min, and how soft the verdict is.
///
/// # Units
/// Share of maximum heart rate. Tempo runs end about at threshold, which is 0.90 of it, all-out efforts
/// 5–7 % higher: the middle. The source's gate, 0.95 of threshold, lets tempo runs pass.
const HARD_OF_MAXIMUM: (f64, f64) = (0.94, 0.012);
/// The steps of log speed in which the answer is sought, and how far around what is known.
///
/// # Units
/// Log speed.
const STEP: f64 = 0.01;
const SOUGHT: (f64, f64) = (-0.15, 0.25);
/// The standard deviation of a guess without any easy running: above the fastest run.
///
/// # Units
/// Log speed.
const BLIND: (f64, f64) = (0.05, 0.10);
/// So many efforts are weighed, those nearest to the athlete's best.
const WEIGHED: usize = 12;
/// What a race is put forward by, and an old effort back, when those are chosen.
///
/// # Units
/// Log speed.
const FORWARD: f64 = 0.05;
/// An effort proves the value only if it is no farther below it.
///
/// # Units
/// Log speed. Chosen: about the error of a field test.
const NEAR: f64 = 0.04;
/// An effort that was rather not hard than hard by heart rate proves nothing.
///
/// # Units
/// Probability.
const LEAST_HARD: f64 = 0.5;
/// The half-width up to which an interval is narrow.
///
/// # Units
/// Ratio. Chosen: about the error of a field test (Galbraith 2014, IJSPP 9:931: 0.14 m/s).
const NARROW: f64 = 0.04;

/// What is assumed of critical speed apart from efforts, in log metres per second.
#[derive(Clone, Debug)]
pub(super) struct Assumption {
    pub(super) log_speed: f64,
    pub(super) sd: f64,
    pub(super) source: String,
    pub(super) date: Option<NaiveDate>,
}

impl Assumption {
    /// Returns what habitual easy speed lets assume.
    pub(super) fn of_easy(easy: &Reference) -> Self {
        Self {
            log_speed: (easy.value * CRITICAL_SPEED_PER_EASY_SPEED).ln(),
            sd: ASSUMED_HALF_WIDTH / Z90,
            source: "easy speed / 0.77".to_owned(),
            date: easy.date,
        }
    }

    /// Returns both assumptions weighted by the inverse of their variances.
    pub(super) fn and(self, other: Option<Self>) -> Self {
        let Some(other) = other else {
            return self;
        };
        let (a, b) = (self.sd.powi(-2), other.sd.powi(-2));
        Self {
            log_speed: (a * self.log_speed + b * other.log_speed) / (a + b),
            sd: (a + b).powf(-0.5),
            source: format!("{} and {}", self.source, other.source),
            date: self.date.max(other.date),
        }
    }

    fn reference(&self) -> Reference {
        let at = |z: f64| (self.log_speed + z * self.sd).exp();
        Reference {
            value: at(0.0),
            low: at(-Z90),
            high: at(Z90),
            source: format!("assumed: {}", self.source),
            date: self.date,
            confidence: Confidence::Low,
        }
    }
}

/// Returns critical speed as assumed from habitual easy speed.
#[must_use]
pub fn assumed(easy: &Reference) -> Reference {
    Assumption::of_easy(easy).reference()
}

/// An effort as it counts on a day.
struct Weighed<'a> {
    effort: &'a Effort,
    /// How much it still counts, from 0 to 1.
    weight: f64,
    /// How hard it was by what is known or by heart rate, from 0 to 1.
    hard: f64,
    /// How likely it was all-out.
    all_out: f64,
}

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
    let efforts = nearest(efforts, on, maximum);
    let Some(fastest) = efforts.iter().map(|e| e.middle()).reduce(f64::max) else {
        return assumption.map(|assumption| assumption.reference());
    };
    let assumption = assumption.unwrap_or_else(|| Assumption {
        log_speed: fastest + BLIND.0,
        sd: BLIND.1,
        source: "a little above the fastest running".to_owned(),
        date: None,
    });
    let found = Distribution::new(&efforts, &assumption, fastest);
    let proof = proof(&efforts, on, &found);
    let newest = efforts
        .iter()
        .map(|e| e.effort.day)
        .max()
        .max(assumption.date);
    Some(found.reference(proof, source(&efforts, &assumption, on, proof), newest))
}

impl Weighed<'_> {
    fn middle(&self) -> f64 {
        self.effort.log_speeds[D_PRIMES_M.len() / 2]
    }

    /// Adds the log likelihoods of the shortfalls that start at one value and rise by [`STEP`].
    fn add_log_likelihoods(&self, first: f64, logs: &mut [f64]) {
        let error = WATCH_SD * (std::f64::consts::PI / 2.0).sqrt();
        let raced = self.all_out / (RACED_SHORTFALL + error);
        let other = (1.0 - self.all_out) / (OTHER_SHORTFALL + error);
        let at_limit = (raced + other).ln();
        // The exponential of evenly spaced shortfalls is a product.
        let (mut fading, factor) = (None, (-STEP / RACED_SHORTFALL).exp());
        for (i, log) in logs.iter_mut().enumerate() {
            let shortfall = first + crate::history::count(i) * STEP;
            *log += self.weight
                * if shortfall < 0.0 {
                    at_limit - shortfall * shortfall / (2.0 * WATCH_SD * WATCH_SD)
                } else {
                    let now =
                        fading.map_or((-shortfall / RACED_SHORTFALL).exp(), |f: f64| f * factor);
                    fading = Some(now);
                    (raced * now + other).ln()
                };
        }
    }
}

/// Returns the efforts that can matter: those nearest to the best, races first, old ones last.
fn nearest<'a>(
    efforts: impl Iterator<Item = &'a Effort>,
    on: NaiveDate,
    maximum: Option<&Reference>,
) -> Vec<Weighed<'a>> {
    let mut ranked: Vec<(f64, Weighed<'a>)> = efforts
        .map(|effort| {
            let halvings = age_days(effort.day, on) / HALF_LIFE_DAYS;
            let hard = hardness(effort, maximum);
            let [race, test, by_heart_rate, other] = ALL_OUT;
            let weighed = Weighed {
                effort,
                weight: 0.5f64.powf(halvings),
                hard,
                all_out: match effort.known {
                    Known::Race => race,
                    Known::Test => test,
                    Known::Nothing => other + (by_heart_rate - other) * hard,
                },
            };
            let rank = weighed.middle() + FORWARD * weighed.all_out - WATCH_SD * halvings;
            (rank, weighed)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.truncate(WEIGHED);
    ranked.into_iter().map(|(_, weighed)| weighed).collect()
}

/// Returns how hard an effort was: 1 for a race or a test, else by heart rate, softly.
fn hardness(effort: &Effort, maximum: Option<&Reference>) -> f64 {
    if effort.known != Known::Nothing {
        return 1.0;
    }
    let share = effort.heart_rate_bpm.zip(maximum);
    share.map_or(0.0, |(beats, maximum)| {
        let above = (beats / maximum.middle() - HARD_OF_MAXIMUM.0) / HARD_OF_MAXIMUM.1;
        1.0 / (1.0 + (-above).exp())
    })
}

/// The distribution of log critical speed, D′ summed over.
struct Distribution {
    log_speeds: Vec<f64>,
    shares: Vec<f64>,
    /// The place of the mean D′ among [`D_PRIMES_M`].
    d_prime: usize,
}

impl Distribution {
    fn new(efforts: &[Weighed<'_>], assumption: &Assumption, fastest: f64) -> Self {
        let log_speeds = grid(
            fastest.min(assumption.log_speed) + SOUGHT.0,
            fastest.max(assumption.log_speed) + SOUGHT.1,
        );
        let mut logs = vec![0.0; log_speeds.len() * D_PRIMES_M.len()];
        for (k, row) in logs.chunks_mut(log_speeds.len()).enumerate() {
            let of_d_prime =
                -((D_PRIMES_M[k] - TYPICAL_D_PRIME_M.0) / TYPICAL_D_PRIME_M.1).powi(2) / 2.0;
            for (log, log_speed) in row.iter_mut().zip(&log_speeds) {
                let away = (log_speed - assumption.log_speed) / assumption.sd;
                *log = of_d_prime - away * away / 2.0;
            }
            for effort in efforts {
                effort.add_log_likelihoods(log_speeds[0] - effort.effort.log_speeds[k], row);
            }
        }
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut shares = vec![0.0; log_speeds.len()];
        let (mut total, mut places) = (0.0, 0.0);
        for (k, row) in logs.chunks(log_speeds.len()).enumerate() {
            for (share, log) in shares.iter_mut().zip(row) {
                let mass = (log - most).exp();
                *share += mass;
                total += mass;
                places += mass * crate::history::count(k);
            }
        }
        shares.iter_mut().for_each(|share| *share /= total);
        Self {
            log_speeds,
            shares,
            d_prime: nearest_place(places / total),
        }
    }

    fn mean(&self) -> f64 {
        let of = self.log_speeds.iter().zip(&self.shares);
        of.map(|(log_speed, share)| log_speed * share).sum()
    }

    /// Returns the log speed below which a share of the distribution lies, even inside each step.
    fn quantile(&self, wanted: f64) -> f64 {
        let mut below = 0.0;
        for (log_speed, share) in self.log_speeds.iter().zip(&self.shares) {
            if below + share >= wanted {
                return log_speed + STEP * ((wanted - below) / share - 0.5);
            }
            below += share;
        }
        self.mean()
    }

    fn reference(&self, proof: Proof, source: String, date: Option<NaiveDate>) -> Reference {
        let (low, high) = (self.quantile(0.05), self.quantile(0.95));
        let narrow = (high - low) / 2.0 <= NARROW;
        let confidence = match proof {
            Proof::None => Confidence::LowerBound,
            Proof::Known if narrow => Confidence::High,
            Proof::Known | Proof::HeartRate => Confidence::Fair,
        };
        Reference {
            value: self.mean().exp(),
            low: low.exp(),
            high: high.exp(),
            source,
            date,
            confidence,
        }
    }
}

/// Returns the multiples of the step in a range: the same ones whatever the range, so that the
/// answer does not jump with its ends.
#[expect(
    clippy::cast_possible_truncation,
    reason = "log speeds are a few hundred steps"
)]
fn grid(low: f64, high: f64) -> Vec<f64> {
    let places = (low / STEP).floor() as i32..=(high / STEP).ceil() as i32;
    places.map(|place| f64::from(place) * STEP).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place among eleven"
)]
fn nearest_place(place: f64) -> usize {
    (place.round() as usize).min(D_PRIMES_M.len() - 1)
}

/// What shows that the value rests on hard running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Proof {
    /// Nothing.
    None,
    /// An effort that was hard by heart rate.
    HeartRate,
    /// A race or a test.
    Known,
}

/// Returns what the efforts of 90 days prove: only those near the value count, as all running may
/// have been well below it.
fn proof(efforts: &[Weighed<'_>], on: NaiveDate, found: &Distribution) -> Proof {
    let mean = found.mean();
    let near = || {
        efforts
            .iter()
            .filter(|e| (on - e.effort.day).num_days().abs() <= PROOF_DAYS)
            .filter(|e| mean - e.effort.log_speeds[found.d_prime] <= NEAR)
    };
    if near().any(|e| e.effort.known != Known::Nothing) {
        Proof::Known
    } else if near().any(|e| e.hard >= LEAST_HARD) {
        Proof::HeartRate
    } else {
        Proof::None
    }
}

/// Says what the value rests on.
fn source(efforts: &[Weighed<'_>], assumption: &Assumption, on: NaiveDate, proof: Proof) -> String {
    if proof == Proof::None {
        return format!(
            "lower bound: no hard effort of 8–25 min in {PROOF_DAYS} days; by {}",
            assumption.source
        );
    }
    let recent = efforts
        .iter()
        .filter(|e| (on - e.effort.day).num_days().abs() <= PROOF_DAYS);
    let known = |kind: Known| recent.clone().filter(|e| e.effort.known == kind).count();
    let among = match (known(Known::Race), known(Known::Test)) {
        (0, 0) => "hard by heart rate".to_owned(),
        (races, 0) => format!("races among them: {races}"),
        (0, tests) => format!("tests among them: {tests}"),
        (races, tests) => format!("races among them: {races}, tests: {tests}"),
    };
    format!("distance over time of the best efforts of 2–60 min, {among}, {PROOF_DAYS} days")
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let weighed = Weighed {
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
