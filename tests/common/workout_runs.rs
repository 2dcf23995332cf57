//! Plans of runs without a set, or with a few efforts in them, and of other sports.

use super::athlete::Athlete;
use super::plan::Kind;
use super::plan::Length::Metres;
use super::plan::Length::Seconds;
use super::plan::Plan;
use super::plan::Sport;
use super::rng::Rng;
use super::workout_sets::WALK_M_S;
use super::workout_sets::set_plan;
use super::workouts::Workout;

use Workout as W;

/// Tempo, progression, fartlek, strides, hills, race, surges.
pub fn mixed_plan(workout: Workout, athlete: &Athlete, rng: &mut Rng) -> Plan {
    let (cs, easy) = (athlete.critical_speed_m_s, athlete.easy_m_s);
    match workout {
        W::Tempo => tempo(athlete, rng.pick(&[20.0, 25.0, 30.0]), 0.94),
        W::Progression => Plan::new("progression").ramp(
            Kind::Progression,
            Seconds(rng.range(2400.0, 3300.0)),
            easy * 0.93,
            cs * 0.95,
        ),
        W::Fartlek => {
            let mut plan = Plan::new("fartlek").easy_end(Kind::WarmUp, 12.0, easy);
            for _ in 0..rng.whole(6, 9) {
                let seconds = rng.range(35.0, 210.0).round();
                plan = plan
                    .step(Kind::Work, Seconds(seconds), cs * rng.range(1.0, 1.12))
                    .step(
                        Kind::Recovery,
                        Seconds(rng.range(50.0, 170.0).round()),
                        easy * 0.92,
                    );
            }
            plan.easy_end(Kind::CoolDown, 9.0, easy)
        }
        W::Strides => strides(athlete, rng.range(30.0, 45.0), rng.whole(4, 7)),
        W::Hills => hills(
            athlete,
            rng.whole(6, 10),
            rng.pick(&[45.0, 60.0, 75.0]),
            rng.range(0.05, 0.09),
        ),
        W::Race => Plan::new("race")
            .easy_end(Kind::WarmUp, 12.0, easy)
            .step(Kind::Rest, Seconds(180.0), 0.0)
            .step(Kind::Tempo, Metres(5000.0), cs * 1.03)
            .step(Kind::Rest, Seconds(90.0), 0.0)
            .easy_end(Kind::CoolDown, 9.0, easy),
        _ => {
            let mut plan = Plan::new("long").step(Kind::Steady, Seconds(1800.0), easy);
            for _ in 0..rng.whole(5, 7) {
                plan = plan.step(Kind::Work, Seconds(60.0), easy * 1.24).step(
                    Kind::Steady,
                    Seconds(rng.range(300.0, 540.0).round()),
                    easy,
                );
            }
            plan
        }
    }
}

/// Returns a tempo run of some minutes at a share of critical speed.
pub fn tempo(athlete: &Athlete, minutes: f64, of_critical_speed: f64) -> Plan {
    let speed = athlete.critical_speed_m_s * of_critical_speed;
    Plan::new("tempo")
        .easy_end(Kind::WarmUp, 13.0, athlete.easy_m_s)
        .step(Kind::Tempo, Seconds(minutes * 60.0), speed)
        .easy_end(Kind::CoolDown, 10.0, athlete.easy_m_s)
}

/// Returns an easy run with strides of 20 s towards its end.
pub fn strides(athlete: &Athlete, minutes: f64, count: u32) -> Plan {
    let easy = athlete.easy_m_s;
    Plan::new("easy")
        .step(Kind::Steady, Seconds(minutes * 60.0), easy)
        .repeat(
            count,
            (
                Kind::Stride,
                Seconds(20.0),
                athlete.critical_speed_m_s * 1.27,
            ),
            (Kind::Recovery, Seconds(60.0), easy * 0.85),
        )
        .step(Kind::Steady, Seconds(300.0), easy * 0.96)
}

/// Returns repetitions up a slope, jogging back down.
pub fn hills(athlete: &Athlete, count: u32, seconds: f64, grade: f64) -> Plan {
    let work = (
        Kind::Hill,
        Seconds(seconds),
        athlete.critical_speed_m_s * 1.1,
    );
    let down = (
        Kind::Recovery,
        Seconds(seconds * 1.5),
        athlete.easy_m_s * 0.68,
    );
    set_plan("hills", athlete, count, work, down)
        .slope(Kind::Hill, grade)
        .slope(Kind::Recovery, -grade)
}

/// Everything without an effort, and other sports.
pub fn plain_plan(workout: Workout, athlete: &Athlete, rng: &mut Rng) -> Plan {
    let easy = athlete.easy_m_s;
    let minutes = |rng: &mut Rng, low: f64, high: f64| Seconds(60.0 * rng.range(low, high).round());
    let steady = |session, length, speed| Plan::new(session).step(Kind::Steady, length, speed);
    match workout {
        W::Easy => steady("easy", minutes(rng, 35.0, 60.0), easy),
        W::EasyHilly => steady("easy", minutes(rng, 40.0, 60.0), easy).on_hills(),
        W::LongWithLights => steady("long", minutes(rng, 90.0, 110.0), easy),
        W::Recovery => steady("recovery", minutes(rng, 25.0, 40.0), easy * 0.84),
        W::Steady => {
            let speed = athlete.critical_speed_m_s * 0.875;
            steady("steady", minutes(rng, 35.0, 50.0), speed)
        }
        W::Short => steady("short", Seconds(360.0), easy),
        W::Walk => steady("walk", minutes(rng, 30.0, 45.0), WALK_M_S).sport(Sport::Walking),
        W::Cycling => steady("cross_training", minutes(rng, 45.0, 60.0), 7.5).sport(Sport::Cycling),
        _ => steady("cross_training", minutes(rng, 25.0, 40.0), 0.0).sport(Sport::Strength),
    }
}
