//! What each session, and each test, says about critical speed by itself.

use chrono::NaiveDate;

use crate::history::PastSession;
use crate::history::prior::Prior;
use crate::settings::FieldTest;
use crate::summary::MeanMax;

/// The distances above critical speed that are considered.
///
/// # Units
/// Metres: the range of runners is about 80–300; steps of 25 m are 2 % of the speed of 5 min.
pub(super) const D_PRIMES_M: [f64; 11] = [
    70.0, 95.0, 120.0, 145.0, 170.0, 195.0, 220.0, 245.0, 270.0, 295.0, 320.0,
];
/// Typical D′; never shown.
///
/// # Units
/// Metres. Typical values are 80–300.
pub(crate) const TYPICAL_D_PRIME_M: Prior = Prior {
    mean: 180.0,
    sd: 60.0,
};
/// The durations that count, and for which a best is modelled.
///
/// # Units
/// Seconds. Below 2 min the model overrates critical speed (Jones & Vanhatalo 2017, Sports Med
/// 47:S65); beyond an hour fuel and heat decide, and the spread between runners is too great.
pub const MODELLED_S: std::ops::RangeInclusive<f64> = 120.0..=3600.0;
/// Up to here the model holds; longer efforts fade by [`FADE`].
///
/// # Units
/// Seconds: 20 min, as in the source above.
const MODEL_UNTIL_S: f64 = 1200.0;
/// How speed falls with time beyond 20 min.
///
/// # Units
/// Exponent: T₂ = T₁ (D₂ / D₁)^1.06 (Riegel 1981, American Scientist 69:285) says v ∝
/// T^(1 / 1.06 − 1) = T^−0.0566.
const FADE: f64 = 0.0566;
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
/// The durations at whose end heart rate tells whether an effort was hard.
///
/// # Units
/// Seconds: 8–25 min. Convention: before, heart rate still rises; later it drifts.
const TELLING_S: std::ops::RangeInclusive<f64> = 480.0..=1500.0;
/// The least speed of which a logarithm is taken: nobody's critical speed.
///
/// # Units
/// Metres per second.
const LEAST_M_S: f64 = 0.5;

/// What makes an effort known to be all that the athlete could do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// A race.
    Race,
    /// A test that the user reports.
    Test,
    /// Nothing: at most its heart rate.
    Nothing,
}

/// What one session or test says about critical speed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Effort {
    /// The day.
    pub(super) day: NaiveDate,
    /// What is known of it.
    pub(super) known: Known,
    /// The critical speed that it takes, in log metres per second, for each of [`D_PRIMES_M`].
    pub(super) log_speeds: [f64; D_PRIMES_M.len()],
    /// Heart rate in the last third of its best 8–25 min.
    pub(super) heart_rate_bpm: Option<f64>,
    /// Whether no steps witness it, and nobody named it a race or a test.
    pub(super) unwitnessed: bool,
}

impl Effort {
    /// Returns what a session says: for each D′ the most of its best efforts.
    pub(super) fn of_session(session: &PastSession) -> Option<Self> {
        if !session.is_run {
            return None;
        }
        let sound = || session.mean_max.iter().filter(|p| is_sound(p));
        let witnessed: Vec<&MeanMax> = sound().filter(|p| !p.unwitnessed).collect();
        let unwitnessed = witnessed.is_empty() && !session.is_named;
        let curve = if witnessed.is_empty() {
            sound().collect()
        } else {
            witnessed
        };
        let most = |d_prime: f64| {
            let speeds = curve.iter();
            speeds
                .map(|point| taken(point.speed_m_s, point.duration_s, d_prime))
                .reduce(f64::max)
        };
        let middle = D_PRIMES_M[D_PRIMES_M.len() / 2];
        most(middle)?;
        let telling = curve.iter().filter(|p| TELLING_S.contains(&p.duration_s));
        let best = telling.max_by(|a, b| {
            let of = |p: &MeanMax| taken(p.speed_m_s, p.duration_s, middle);
            of(a).total_cmp(&of(b))
        });
        Some(Self {
            day: session.day,
            known: if session.race {
                Known::Race
            } else {
                Known::Nothing
            },
            log_speeds: D_PRIMES_M.map(|d| most(d).unwrap_or(LEAST_M_S).max(LEAST_M_S).ln()),
            heart_rate_bpm: best.and_then(|point| point.heart_rate_bpm),
            unwitnessed,
        })
    }

    /// Returns the critical speed that it takes with the D′ of the list that is nearest to the typical one.
    ///
    /// # Units
    /// Metres per second.
    pub(super) fn with_typical_d_prime(&self) -> f64 {
        let typical = TYPICAL_D_PRIME_M.mean;
        let pairs = D_PRIMES_M.iter().zip(&self.log_speeds);
        let nearest = pairs.min_by(|a, b| (a.0 - typical).abs().total_cmp(&(b.0 - typical).abs()));
        nearest.map_or(0.0, |(_, log_speed)| log_speed.exp())
    }

    /// Returns what a test says, where it has both a distance and a time that count.
    pub(super) fn of_test(test: &FieldTest) -> Option<Self> {
        let (distance_m, time_s) = test.distance_m.zip(test.time_s)?;
        MODELLED_S.contains(&time_s).then(|| Self {
            day: test.day,
            known: Known::Test,
            log_speeds: D_PRIMES_M
                .map(|d| taken(distance_m / time_s, time_s, d).max(LEAST_M_S).ln()),
            heart_rate_bpm: test.heart_rate_bpm,
            unwitnessed: false,
        })
    }
}

fn is_sound(point: &MeanMax) -> bool {
    MODELLED_S.contains(&point.duration_s)
        && point.slope.is_none_or(|slope| slope >= STEEPEST_FALL)
        && point.suspect_s <= point.duration_s * MOST_SUSPECT_SHARE
}

/// Returns the critical speed that it takes to hold a speed for a time.
///
/// Steps: v = CS + D′ / t up to t = 20 min; beyond, the speed of 20 min falls with
/// (t / 20 min)^−0.0566.
///
/// # Units
/// Metres per second, seconds, metres.
///
/// # References
/// Jones & Vanhatalo 2017, Sports Med 47:S65; Riegel 1981, American Scientist 69:285. How the two
/// are joined is this program's own; for one hour and D′ = 180 m at 4 m/s it gives 0.975 of
/// critical speed, where 0.93–0.97 are usual.
pub(super) fn taken(speed_m_s: f64, duration_s: f64, d_prime_m: f64) -> f64 {
    let beyond = (duration_s / MODEL_UNTIL_S).max(1.0);
    speed_m_s * beyond.powf(FADE) - d_prime_m / duration_s.min(MODEL_UNTIL_S)
}

/// Returns the greatest mean speed of a run over a duration, from its curve: between two durations on a
/// straight line over the logarithm of time; nothing where the run was shorter.
pub(super) fn mean_max_over(curve: &[MeanMax], duration_s: f64) -> Option<f64> {
    let next = curve.partition_point(|point| point.duration_s < duration_s);
    let longer = curve.get(next)?;
    let Some(shorter) = next.checked_sub(1).map(|before| &curve[before]) else {
        return Some(longer.speed_m_s);
    };
    let along =
        (duration_s / shorter.duration_s).ln() / (longer.duration_s / shorter.duration_s).ln();
    Some(shorter.speed_m_s + along * (longer.speed_m_s - shorter.speed_m_s))
}

/// Returns the modelled best mean speed over a duration, with a typical D′: what turns into the
/// critical speed given here when it is taken apart again.
///
/// # Units
/// Metres per second, seconds.
#[must_use]
pub fn modelled_best(critical_speed_m_s: f64, duration_s: f64) -> f64 {
    let beyond = (duration_s / MODEL_UNTIL_S).max(1.0);
    let in_domain = critical_speed_m_s + TYPICAL_D_PRIME_M.mean / duration_s.min(MODEL_UNTIL_S);
    in_domain * beyond.powf(-FADE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_modelled_best_by_hand() {
        // 4 + 180 / 600.
        assert!((modelled_best(4.0, 600.0) - 4.3).abs() < 1e-9);
        // (4 + 180 / 1200) · 2.5^−0.0566 = 4.15 · 0.94946.
        assert!((modelled_best(4.0, 3000.0) - 3.9403).abs() < 1e-3);
        for duration_s in [180.0, 900.0, 2400.0] {
            let speed = modelled_best(4.0, duration_s);
            assert!((taken(speed, duration_s, 180.0) - 4.0).abs() < 1e-9);
        }
    }

    #[test]
    fn the_speed_of_ten_minutes_and_of_an_hour() {
        // 4.3 − 180 / 600.
        assert!((taken(4.3, 600.0, 180.0) - 4.0).abs() < 1e-9);
        // 3.9 · 3^0.0566 − 180 / 1200 = 3.9 · 1.064154 − 0.15.
        assert!((taken(3.9, 3600.0, 180.0) - 4.0002).abs() < 1e-4);
    }

    #[test]
    fn a_curve_is_read_between_its_points() {
        let point = |duration_s, speed_m_s| MeanMax::exact(duration_s, speed_m_s);
        let curve = [point(300.0, 4.4), point(1200.0, 4.0)];
        // 600 s is halfway in log time.
        let found = mean_max_over(&curve, 600.0);
        assert!(found.is_some_and(|speed| (speed - 4.2).abs() < 1e-9));
        assert_eq!(mean_max_over(&curve, 120.0), Some(4.4));
        assert_eq!(mean_max_over(&curve, 1300.0), None);
    }

    #[test]
    fn falls_and_bridged_stretches_say_nothing() {
        let point = |slope, suspect_s| MeanMax {
            duration_s: 600.0,
            speed_m_s: 4.3,
            start_s: 0.0,
            heart_rate_bpm: None,
            slope,
            suspect_s,
            unwitnessed: false,
        };
        assert!(is_sound(&point(Some(-0.01), 60.0)));
        assert!(!is_sound(&point(Some(-0.03), 0.0)));
        assert!(!is_sound(&point(None, 61.0)));
    }

    fn best(duration_s: f64, speed_m_s: f64, heart_rate_bpm: f64) -> MeanMax {
        MeanMax {
            heart_rate_bpm: Some(heart_rate_bpm),
            ..MeanMax::exact(duration_s, speed_m_s)
        }
    }

    fn run(mean_max: Vec<MeanMax>) -> PastSession {
        PastSession {
            is_run: true,
            mean_max,
            ..PastSession::default()
        }
    }

    #[test]
    fn a_session_takes_the_most_of_its_best_efforts() {
        let curve = vec![
            best(180.0, 5.0, 190.0),
            best(600.0, 4.3, 180.0),
            best(900.0, 4.25, 175.0),
        ];
        let effort = Effort::of_session(&run(curve.clone())).expect("a run");
        let speed = |place: usize| effort.log_speeds[place].exp();
        // The shortest with a small D′, the longest with a great one: 5 − 70 / 180, 4.25 − 320 / 900.
        assert!((speed(0) - 4.611_11).abs() < 1e-4);
        assert!((speed(10) - 3.894_44).abs() < 1e-4);
        // 170 is nearer to 180 than 195 is: 4.25 − 170 / 900.
        assert!((effort.with_typical_d_prime() - 4.061_11).abs() < 1e-4);
        // Of 8–25 min the one that takes most.
        assert_eq!(effort.heart_rate_bpm, Some(175.0));
        assert_eq!(effort.known, Known::Nothing);
        let race = PastSession {
            race: true,
            ..run(curve.clone())
        };
        assert_eq!(
            Effort::of_session(&race).map(|e| e.known),
            Some(Known::Race)
        );
        let ride = PastSession {
            is_run: false,
            ..race
        };
        assert_eq!(Effort::of_session(&ride), None);
        assert_eq!(Effort::of_session(&run(vec![best(60.0, 6.0, 190.0)])), None);
    }

    #[test]
    fn what_steps_witness_counts_alone_and_without_any_only_a_named_race_is_believed() {
        let fast = MeanMax {
            unwitnessed: true,
            ..best(600.0, 7.0, 100.0)
        };
        let both = run(vec![fast.clone(), best(900.0, 4.25, 175.0)]);
        let effort = Effort::of_session(&both).expect("a run");
        assert!((effort.with_typical_d_prime() - 4.061_11).abs() < 1e-4);
        assert!(!effort.unwitnessed);
        let alone = run(vec![fast]);
        assert_eq!(
            Effort::of_session(&alone).map(|e| e.unwitnessed),
            Some(true)
        );
        let named = PastSession {
            is_named: true,
            ..alone
        };
        assert_eq!(
            Effort::of_session(&named).map(|e| e.unwitnessed),
            Some(false)
        );
    }

    #[test]
    fn a_test_says_its_distance_over_its_time() {
        let test = |time_s| FieldTest {
            day: NaiveDate::default(),
            distance_m: Some(3060.0),
            time_s: Some(time_s),
            heart_rate_bpm: Some(170.0),
            name: None,
        };
        let effort = Effort::of_test(&test(720.0)).expect("twelve minutes");
        // 4.25 − 170 / 720.
        assert!((effort.with_typical_d_prime() - 4.013_89).abs() < 1e-4);
        assert_eq!(
            (effort.known, effort.heart_rate_bpm),
            (Known::Test, Some(170.0))
        );
        assert_eq!(Effort::of_test(&test(100.0)), None);
    }
}
