//! Plans of repetitions.

use super::athlete::Athlete;
use super::plan::Kind;
use super::plan::Length;
use super::plan::Length::Metres;
use super::plan::Length::Seconds;
use super::plan::Plan;
use super::rng::Rng;
use super::workouts::Workout;

use Workout as W;

/// Walking speed in walked recoveries.
pub const WALK_M_S: f64 = 1.5;

/// Returns a plan that warms up, runs a set, and cools down.
pub fn set_plan(
    session: &'static str,
    athlete: &Athlete,
    count: u32,
    work: (Kind, Length, f64),
    rest: (Kind, Length, f64),
) -> Plan {
    let easy = athlete.easy_m_s;
    Plan::new(session)
        .easy_end(Kind::WarmUp, 14.0, easy)
        .repeat(count, work, rest)
        .easy_end(Kind::CoolDown, 10.0, easy)
}

/// Classic repetitions with jogged recoveries.
pub fn interval_plan(workout: Workout, athlete: &Athlete, rng: &mut Rng) -> Plan {
    let (cs, jog) = (athlete.critical_speed_m_s, athlete.easy_m_s * 0.8);
    let recovery = |seconds: f64| (Kind::Recovery, Seconds(seconds), jog);
    let work = |length: Length, of_cs: f64| (Kind::Work, length, cs * of_cs);
    let set = |session, count, work, rest| set_plan(session, athlete, count, work, rest);
    match workout {
        W::ThirtyThirty => {
            let count = rng.whole(12, 20);
            set(
                "intervals",
                count,
                work(Seconds(30.0), 1.14),
                recovery(30.0),
            )
        }
        W::TwoHundreds => {
            let rest = recovery(rng.pick(&[60.0, 75.0, 90.0]));
            set(
                "repetitions",
                rng.whole(8, 12),
                work(Metres(200.0), 1.2),
                rest,
            )
            .on_track()
        }
        W::FourHundreds => {
            let rest = recovery(rng.pick(&[60.0, 75.0, 90.0]));
            set(
                "intervals",
                rng.whole(6, 12),
                work(Metres(400.0), 1.1),
                rest,
            )
            .on_track()
        }
        W::Kilometres => {
            let rest = recovery(rng.pick(&[90.0, 120.0, 150.0]));
            set(
                "intervals",
                rng.whole(4, 6),
                work(Metres(1000.0), 1.03),
                rest,
            )
        }
        W::Miles => {
            let rest = recovery(rng.pick(&[120.0, 180.0]));
            set(
                "intervals",
                rng.whole(3, 4),
                work(Metres(1609.34), 1.0),
                rest,
            )
        }
        W::ThreeTens => set("intervals", 3, work(Seconds(600.0), 0.95), recovery(120.0)),
        W::Ladder => ladder(athlete),
        _ => {
            let count = rng.whole(4, 5);
            set(
                "repetitions",
                count,
                work(Metres(300.0), 1.16),
                recovery(75.0),
            )
            .second_set(count, work(Metres(300.0), 1.16), recovery(75.0))
        }
    }
}

impl Plan {
    /// Repeats a set after four minutes of jogging, before the cool-down.
    fn second_set(
        mut self,
        count: u32,
        work: (Kind, Length, f64),
        rest: (Kind, Length, f64),
    ) -> Self {
        let cool_down = self.steps.pop().unwrap();
        self = self
            .step(Kind::Recovery, Seconds(240.0), rest.2)
            .repeat(count, work, rest);
        self.steps.push(cool_down);
        self
    }
}

/// 1-2-3-4-3-2-1 minutes, each followed by half its time of jogging.
fn ladder(athlete: &Athlete) -> Plan {
    let minutes = [1.0, 2.0, 3.0, 4.0, 3.0, 2.0, 1.0];
    let mut plan = Plan::new("intervals").easy_end(Kind::WarmUp, 14.0, athlete.easy_m_s);
    for (index, minute) in minutes.into_iter().enumerate() {
        let speed = athlete.critical_speed_m_s * (1.11 - 0.02 * minute);
        plan = plan.step(Kind::Work, Seconds(60.0 * minute), speed);
        if index + 1 < minutes.len() {
            let jog = athlete.easy_m_s * 0.82;
            plan = plan.step(Kind::Recovery, Seconds((30.0 * minute).max(60.0)), jog);
        }
    }
    plan.easy_end(Kind::CoolDown, 10.0, athlete.easy_m_s)
}

/// Sessions with walking or standing in them, and the treadmill.
pub fn pausing_plan(workout: Workout, athlete: &Athlete, rng: &mut Rng) -> Plan {
    let (cs, easy) = (athlete.critical_speed_m_s, athlete.easy_m_s);
    match workout {
        W::RunStop => {
            let rest = (Kind::Rest, Seconds(rng.pick(&[120.0, 180.0, 240.0])), 0.0);
            Plan::new("intervals").repeat(3, (Kind::Work, Metres(1200.0), cs), rest)
        }
        W::WalkRecoveries => {
            let work = (Kind::Work, Seconds(180.0), cs);
            Plan::new("intervals")
                .step(Kind::WarmUp, Seconds(600.0), WALK_M_S)
                .repeat(
                    rng.whole(4, 6),
                    work,
                    (Kind::Recovery, Seconds(120.0), WALK_M_S),
                )
                .step(Kind::CoolDown, Seconds(420.0), WALK_M_S)
        }
        W::RunWalk => Plan::new("run_walk")
            .step(Kind::WarmUp, Seconds(300.0), 1.3)
            .repeat(
                rng.whole(8, 10),
                (Kind::Work, Seconds(120.0), 2.1),
                (Kind::Recovery, Seconds(90.0), 1.2),
            ),
        W::FourSixes => {
            let work = (Kind::Work, Seconds(360.0), cs * 0.97);
            set_plan(
                "intervals",
                athlete,
                4,
                work,
                (Kind::Recovery, Seconds(180.0), WALK_M_S),
            )
        }
        _ => {
            let mut plan = Plan::new("progression");
            for share in [0.80, 0.87, 0.94, 1.01, 1.08] {
                let speed = (easy * share * 3.6 * 2.0).round() / 7.2; // belts go in 0.5 km/h
                plan = plan.step(Kind::Progression, Seconds(360.0), speed);
            }
            plan.on_treadmill()
        }
    }
}
