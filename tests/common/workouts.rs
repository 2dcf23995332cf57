//! The kinds of session, each as a plan for an athlete.

use super::athlete::Athlete;
use super::plan::Kind;
use super::plan::Length;
use super::plan::Length::Metres;
use super::plan::Length::Seconds;
use super::plan::Plan;
use super::plan::Sport;
use super::rng::Rng;

/// Walking speed in walked recoveries.
const WALK_M_S: f64 = 1.5;

/// A kind of session that the benchmark and the fixtures know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the sessions")]
pub enum Workout {
    ThirtyThirty,
    TwoHundreds,
    FourHundreds,
    Kilometres,
    Miles,
    ThreeTens,
    Tempo,
    Progression,
    Fartlek,
    Strides,
    Hills,
    Easy,
    EasyHilly,
    LongWithLights,
    Race,
    Surges,
    Ladder,
    TwoSets,
    RunStop,
    WalkRecoveries,
    TreadmillSteps,
    RunWalk,
    FourSixes,
    Recovery,
    Steady,
    Short,
    Walk,
    Cycling,
    Strength,
}

use Workout as W;

impl Workout {
    /// All kinds, running first.
    pub const ALL: [Workout; 29] = [
        W::ThirtyThirty,
        W::TwoHundreds,
        W::FourHundreds,
        W::Kilometres,
        W::Miles,
        W::ThreeTens,
        W::Tempo,
        W::Progression,
        W::Fartlek,
        W::Strides,
        W::Hills,
        W::Easy,
        W::EasyHilly,
        W::LongWithLights,
        W::Race,
        W::Surges,
        W::Ladder,
        W::TwoSets,
        W::RunStop,
        W::WalkRecoveries,
        W::TreadmillSteps,
        W::RunWalk,
        W::FourSixes,
        W::Recovery,
        W::Steady,
        W::Short,
        W::Walk,
        W::Cycling,
        W::Strength,
    ];

    /// Returns the name in file names and tables.
    pub fn name(self) -> &'static str {
        match self {
            W::ThirtyThirty => "thirty-thirty",
            W::TwoHundreds => "200s",
            W::FourHundreds => "400s",
            W::Kilometres => "kilometres",
            W::Miles => "miles",
            W::ThreeTens => "three-tens",
            W::Tempo => "tempo",
            W::Progression => "progression",
            W::Fartlek => "fartlek",
            W::Strides => "strides",
            W::Hills => "hills",
            W::Easy => "easy",
            W::EasyHilly => "easy-hilly",
            W::LongWithLights => "long-with-lights",
            W::Race => "race",
            W::Surges => "long-with-surges",
            W::Ladder => "ladder",
            W::TwoSets => "two-sets",
            W::RunStop => "run-stop",
            W::WalkRecoveries => "walk-recoveries",
            W::TreadmillSteps => "treadmill-steps",
            W::RunWalk => "run-walk",
            W::FourSixes => "four-sixes",
            W::Recovery => "recovery",
            W::Steady => "steady",
            W::Short => "short",
            W::Walk => "walk",
            W::Cycling => "cycling",
            W::Strength => "strength",
        }
    }

    /// Returns a plan of this kind for an athlete.
    pub fn plan(self, athlete: &Athlete, seed: u64) -> Plan {
        let rng = &mut Rng::new(seed).stream(2);
        match self {
            W::ThirtyThirty
            | W::TwoHundreds
            | W::FourHundreds
            | W::Kilometres
            | W::Miles
            | W::ThreeTens
            | W::Ladder
            | W::TwoSets => interval_plan(self, athlete, rng),
            W::RunStop | W::WalkRecoveries | W::RunWalk | W::FourSixes | W::TreadmillSteps => {
                pausing_plan(self, athlete, rng)
            }
            W::Tempo
            | W::Progression
            | W::Fartlek
            | W::Strides
            | W::Hills
            | W::Race
            | W::Surges => mixed_plan(self, athlete, rng),
            _ => plain_plan(self, athlete, rng),
        }
    }
}

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
fn interval_plan(workout: Workout, athlete: &Athlete, rng: &mut Rng) -> Plan {
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
fn pausing_plan(workout: Workout, athlete: &Athlete, rng: &mut Rng) -> Plan {
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

/// Tempo, progression, fartlek, strides, hills, race, surges.
fn mixed_plan(workout: Workout, athlete: &Athlete, rng: &mut Rng) -> Plan {
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
fn plain_plan(workout: Workout, athlete: &Athlete, rng: &mut Rng) -> Plan {
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

impl Plan {
    /// Makes it another sport.
    pub fn sport(mut self, sport: Sport) -> Self {
        self.sport = sport;
        if sport == Sport::Strength {
            self.course = super::plan::Course::Indoor;
        }
        self
    }
}
