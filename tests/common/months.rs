//! Six to ten weeks of made-up files of an athlete whose truth is known.

use super::athlete::Athlete;
use super::fit_encoder::Wire;
use super::fit_writer;
use super::generator::Options;
use super::generator::generate;
use super::laps::Laps;
use super::motion::Difficulty;
use super::plan::Kind;
use super::plan::Length::Metres;
use super::plan::Length::Seconds;
use super::plan::Plan;
use super::rng::Rng;
use super::training_log::effort_s;
use super::workout_runs;
use super::workout_sets;

/// Monday 2026-01-05, half past six in the morning, UTC.
const FIRST_UNIX_S: i64 = 1_767_594_600;
const DAY_S: i64 = 86_400;
/// The time of day at which heart rate belongs to a speed, as it drifts.
const THRESHOLD_AT_H: f64 = 0.5;
/// Threshold speed over critical speed, as the program defines it.
const THRESHOLD: f64 = 0.95;

/// An athlete and the files of their watch.
pub struct Months {
    /// The athlete.
    pub athlete: Athlete,
    /// FIT files in order.
    pub files: Vec<Vec<u8>>,
}

impl Months {
    /// Makes up the files, with efforts of 3–20 min at 97–100 % of the athlete's best or without.
    pub fn new(seed: u64, hard: bool) -> Self {
        let athlete = Athlete::random(seed);
        let rng = &mut Rng::new(seed).stream(42);
        let d_prime_m = (180.0 + 55.0 * rng.normal()).clamp(80.0, 320.0);
        let weeks = rng.whole(6, 10);
        let mut efforts = rng.whole(0, 2);
        let mut files = Vec::new();
        for day in 0..i64::from(7 * weeks) {
            let plan = match day % 7 {
                1 => workout(&athlete, rng),
                3 if hard && rng.chance(0.7) => {
                    let seconds = effort_s(efforts, rng) as f64;
                    efforts += 1;
                    let best = athlete.critical_speed_m_s + d_prime_m / seconds;
                    effort(&athlete, seconds, best * rng.range(0.97, 1.0))
                }
                0 | 4 => continue,
                6 => easy(&athlete, 75.0, 95.0, rng),
                _ => easy(&athlete, 30.0, 55.0, rng),
            };
            let mut today = athlete.clone();
            today.heart_rate_intercept_bpm += 1.5 * rng.normal();
            // Whoever goes all-out does so where nothing is in the way.
            let difficulty = match plan.session {
                "race" => Difficulty::Soft,
                _ => Difficulty::Hard,
            };
            let options = Options {
                difficulty,
                laps: Laps::Auto(1000.0),
                start_unix_s: FIRST_UNIX_S + DAY_S * day,
                ..Options::default()
            };
            let run = generate(&plan, &today, 1000 * seed + day as u64, &options);
            files.push(fit_writer::write(&run, Wire::default()));
        }
        Self { athlete, files }
    }

    /// Returns heart rate at 0.95 of critical speed, half an hour into a run.
    pub fn threshold_bpm(&self) -> f64 {
        let athlete = &self.athlete;
        athlete.heart_rate_intercept_bpm
            + THRESHOLD * athlete.heart_rate_slope_bpm
            + THRESHOLD * athlete.heart_rate_drift_bpm_h * THRESHOLD_AT_H
    }
}

fn easy(athlete: &Athlete, low_min: f64, high_min: f64, rng: &mut Rng) -> Plan {
    let speed = athlete.easy_m_s * (1.0 + 0.02 * rng.normal());
    let seconds = Seconds((60.0 * rng.range(low_min, high_min)).round());
    Plan::new("easy").step(Kind::Steady, seconds, speed)
}

/// A tempo run or repetitions, well below the athlete's best.
fn workout(athlete: &Athlete, rng: &mut Rng) -> Plan {
    if rng.chance(0.5) {
        return workout_runs::tempo(athlete, rng.range(18.0, 28.0), rng.range(0.88, 0.94));
    }
    let work = (
        Kind::Work,
        Metres(800.0),
        athlete.critical_speed_m_s * rng.range(0.96, 1.01),
    );
    let rest = (Kind::Recovery, Seconds(120.0), 0.8 * athlete.easy_m_s);
    workout_sets::set_plan("intervals", athlete, rng.whole(4, 6), work, rest)
}

fn effort(athlete: &Athlete, seconds: f64, speed_m_s: f64) -> Plan {
    Plan::new("race")
        .easy_end(Kind::WarmUp, 15.0, athlete.easy_m_s)
        .step(Kind::Rest, Seconds(60.0), 0.0)
        .step(Kind::Tempo, Seconds(seconds), speed_m_s)
        .step(Kind::Rest, Seconds(60.0), 0.0)
        .easy_end(Kind::CoolDown, 10.0, athlete.easy_m_s)
}
