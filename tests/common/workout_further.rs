//! Plans among stops and walks: rests with the watch stopped, races with a warm-up, short hard sets,
//! stops in easy runs, walking.

use super::athlete::Athlete;
use super::plan::Course;
use super::plan::Kind;
use super::plan::Length::Metres;
use super::plan::Length::Seconds;
use super::plan::Plan;
use super::plan::Sport;
use super::rng::Rng;
use super::workout_sets::set_plan;
use super::workouts::Workout;

use Workout as W;

/// Sets of at least this share of critical speed are repetitions, not intervals.
const REPETITIONS_FROM: f64 = 1.15;

/// How fast one runs up a hill, over the ground: as a share of critical speed.
const HILL_OF_CRITICAL: f64 = 0.85;

/// Returns a plan of one of the further kinds.
pub fn plan(workout: Workout, athlete: &Athlete, rng: &mut Rng) -> Plan {
    match workout {
        W::PausedSets => paused_sets(athlete, rng),
        W::RaceWithWarmUp => race(athlete, rng),
        W::TrackShort => track_short(athlete, rng),
        W::HillsNoAltitude => same_hill(athlete, rng),
        W::TempoBlock => tempo_block(athlete, rng),
        W::StopsEasy => stops_easy(athlete, rng),
        W::RunWalkLong => run_walk(athlete, rng),
        W::Hike => hike(rng),
        _ => Plan::new("easy")
            .step(Kind::WarmUp, Seconds(300.0), rng.range(1.2, 1.6))
            .step(
                Kind::Steady,
                Seconds(rng.range(1200.0, 2400.0).round()),
                rng.range(2.1, 2.6),
            )
            .step(Kind::CoolDown, Seconds(300.0), rng.range(1.2, 1.6)),
    }
}

/// Returns hill repetitions up one hill, and each time down to its foot.
fn same_hill(athlete: &Athlete, rng: &mut Rng) -> Plan {
    let (count, seconds) = (rng.whole(6, 12), rng.range(30.0, 90.0).round());
    let (critical, grade) = (athlete.critical_speed_m_s, rng.range(0.05, 0.10));
    let way = Metres((HILL_OF_CRITICAL * critical * seconds).round());
    let up = (Kind::Hill, way, critical * 1.1);
    let down = (Kind::Recovery, way, athlete.easy_m_s * 0.68);
    set_plan("hills", athlete, count, up, down)
        .slope(Kind::Hill, grade)
        .slope(Kind::Recovery, -grade)
        .on(Course::UpAndDown)
}

impl Plan {
    /// Moves the plan to another course.
    fn on(mut self, course: Course) -> Self {
        self.course = course;
        self
    }

    /// Adds a warm-up or a cool-down of some minutes, sometimes.
    fn perhaps(self, chance: f64, kind: Kind, athlete: &Athlete, rng: &mut Rng) -> Self {
        let minutes = rng.range(8.0, 20.0).round();
        if rng.chance(chance) {
            self.easy_end(kind, minutes, athlete.easy_m_s)
        } else {
            self
        }
    }
}

/// Sets of 200–2000 m with the watch stopped in each rest, with and without a recorded warm-up.
fn paused_sets(athlete: &Athlete, rng: &mut Rng) -> Plan {
    let metres = rng.pick(&[
        200.0, 300.0, 400.0, 500.0, 600.0, 800.0, 1000.0, 1200.0, 1600.0, 2000.0,
    ]);
    // From 1.25 of critical speed over 200 m to 1.0 over 2000 m.
    let of_cs = 1.25 - 0.25 * (metres / 200.0_f64).log10() + rng.range(-0.03, 0.03);
    let count = (rng.range(3000.0, 7000.0) / metres)
        .round()
        .clamp(3.0, 12.0) as u32;
    let rest_s = rng.range(45.0, 240.0).round();
    let session = if of_cs >= REPETITIONS_FROM {
        "repetitions"
    } else {
        "intervals"
    };
    let work = (
        Kind::Work,
        Metres(metres),
        athlete.critical_speed_m_s * of_cs,
    );
    let mut plan = Plan::new(session).perhaps(0.6, Kind::WarmUp, athlete, rng);
    if rng.chance(0.5) && !plan.steps.is_empty() {
        plan = plan.step(Kind::Rest, Seconds(rest_s), 0.0);
    }
    let plan = plan.repeat(count, work, (Kind::Rest, Seconds(rest_s), 0.0));
    let plan = plan.perhaps(0.6, Kind::CoolDown, athlete, rng);
    plan.stopping_the_watch()
}

/// Warm-up, standing at the start, a race of 3–10 km, standing, cool-down.
fn race(athlete: &Athlete, rng: &mut Rng) -> Plan {
    let (metres, of_cs) = rng.pick(&[
        (3000.0, 1.06),
        (5000.0, 1.03),
        (8000.0, 1.0),
        (10_000.0, 0.98),
    ]);
    let speed = athlete.critical_speed_m_s * (of_cs + rng.range(-0.02, 0.02));
    let easy = athlete.easy_m_s;
    Plan::new("race")
        .easy_end(Kind::WarmUp, rng.range(8.0, 25.0).round(), easy)
        .step(Kind::Rest, Seconds(rng.range(180.0, 900.0).round()), 0.0)
        .step(Kind::Tempo, Metres(metres), speed)
        .step(Kind::Rest, Seconds(rng.range(60.0, 600.0).round()), 0.0)
        .easy_end(Kind::CoolDown, rng.range(6.0, 20.0).round(), easy)
}

/// 4–8 × 200–400 m, very fast, with full rest; sometimes strides before.
fn track_short(athlete: &Athlete, rng: &mut Rng) -> Plan {
    let (metres, low, high) = rng.pick(&[
        (200.0, 1.30, 1.50),
        (300.0, 1.25, 1.40),
        (400.0, 1.20, 1.30),
    ]);
    let (cs, rest_s) = (athlete.critical_speed_m_s, rng.range(120.0, 180.0).round());
    let rest = if rng.chance(0.5) {
        (Kind::Rest, Seconds(rest_s), 0.0)
    } else {
        (Kind::Recovery, Seconds(rest_s), rng.range(1.2, 1.6))
    };
    let mut plan = Plan::new("repetitions").easy_end(Kind::WarmUp, 14.0, athlete.easy_m_s);
    if rng.chance(0.4) {
        let walk = (Kind::Recovery, Seconds(60.0), 1.4);
        plan = plan
            .repeat(
                rng.whole(3, 4),
                (Kind::Stride, Seconds(18.0), cs * 1.25),
                walk,
            )
            .step(Kind::Rest, Seconds(120.0), 0.0);
    }
    plan.repeat(
        rng.whole(4, 8),
        (Kind::Work, Metres(metres), cs * rng.range(low, high)),
        rest,
    )
    .easy_end(Kind::CoolDown, 9.0, athlete.easy_m_s)
    .on_track()
}

/// One sustained effort of 12–45 min at 1.10–1.25 of easy speed between easy running; some with
/// standing around it, some with a short dip in it.
fn tempo_block(athlete: &Athlete, rng: &mut Rng) -> Plan {
    // What can be held for longer is slower.
    const LONG_MINUTES: f64 = 25.0;
    let minutes = rng.range(12.0, 45.0).round();
    let most = if minutes > LONG_MINUTES { 0.95 } else { 1.0 };
    let fast = athlete.easy_m_s * rng.range(1.10, 1.25);
    let fast = fast.min(most * athlete.critical_speed_m_s);
    let stands = rng.chance(0.35);
    let stand = |plan: Plan, rng: &mut Rng| {
        let seconds = rng.range(30.0, 240.0).round();
        if stands {
            plan.step(Kind::Stop, Seconds(seconds), 0.0)
        } else {
            plan
        }
    };
    let (before, after) = (rng.range(10.0, 30.0), rng.range(8.0, 25.0));
    let plan = Plan::new("tempo").easy_end(Kind::WarmUp, before.round(), athlete.easy_m_s);
    let plan = stand(plan, rng);
    let plan = if rng.chance(0.3) {
        let first = minutes * 60.0 * rng.range(0.3, 0.7);
        let dip = Seconds(rng.range(6.0, 15.0).round());
        plan.step(Kind::Tempo, Seconds(first.round()), fast)
            .step(Kind::Tempo, dip, fast * 0.35)
            .step(Kind::Tempo, Seconds((minutes * 60.0 - first).round()), fast)
    } else {
        plan.step(Kind::Tempo, Seconds(minutes * 60.0), fast)
    };
    stand(plan, rng).easy_end(Kind::CoolDown, after.round(), athlete.easy_m_s)
}

/// An easy run with a long stop, lights and walks in it.
fn stops_easy(athlete: &Athlete, rng: &mut Rng) -> Plan {
    let easy = athlete.easy_m_s;
    let mut plan = Plan::new("easy").step(Kind::Steady, Seconds(rng.range(480.0, 900.0)), easy);
    let coffee = rng.whole(0, 3);
    for index in 0..4 {
        plan = if index == coffee {
            plan.step(Kind::Stop, Seconds(rng.range(300.0, 1200.0).round()), 0.0)
        } else if rng.chance(0.5) {
            plan.step(Kind::Stop, Seconds(rng.range(20.0, 70.0).round()), 0.0)
        } else {
            let length = Seconds(rng.range(40.0, 400.0).round());
            plan.step(Kind::Steady, length, rng.range(1.1, 1.6))
        };
        let minutes = rng.range(4.0, 14.0);
        plan = plan.step(Kind::Steady, Seconds((minutes * 60.0).round()), easy);
    }
    plan
}

/// A long run of some minutes running and a minute walking, again and again. Its running is no effort.
fn run_walk(athlete: &Athlete, rng: &mut Rng) -> Plan {
    let run_s = rng.pick(&[180.0, 240.0, 300.0, 480.0, 540.0]);
    let walk_s = rng.pick(&[30.0, 60.0, 90.0]);
    let count = (rng.range(3600.0, 9000.0) / (run_s + walk_s)).round() as u32;
    Plan::new("run_walk").repeat(
        count,
        (Kind::Steady, Seconds(run_s), athlete.easy_m_s * 0.95),
        (Kind::Recovery, Seconds(walk_s), rng.range(1.3, 1.6)),
    )
}

/// 45–180 min of walking over hills, recorded as a walk or as a run.
fn hike(rng: &mut Rng) -> Plan {
    let minutes = rng.range(45.0, 180.0).round();
    let plan = Plan::new("walk")
        .step(Kind::Steady, Seconds(minutes * 60.0), rng.range(1.1, 1.5))
        .on_hills();
    if rng.chance(0.5) {
        plan.sport(Sport::Walking)
    } else {
        plan
    }
}
