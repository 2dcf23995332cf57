//! *Plan → Motion*: how the athlete really moved, second by second.

use super::athlete::Athlete;
use super::math;
use super::plan::Kind;
use super::plan::Length;
use super::plan::Plan;
use super::plan::Sport;
use super::plan::Step;
use super::plan::Terrain;
use super::recording::Truth;
use super::rng::Ou;
use super::rng::Rng;

/// Share of the easy wander that is left in an effort [M, rough].
const WANDER_IN_WORK: f64 = 0.35;
/// Chance each second that something slows the runner: once in 10 min (measured).
const SLOW_DOWN_PER_S: f64 = 1.0 / 600.0;
/// Chance each second that something hurries the runner: a road to cross, a short descent.
const HURRY_PER_S: f64 = 1.0 / 1200.0;
/// Spread of the speed of repetitions of one set.
const REPETITION_JITTER: f64 = 0.015;
/// Change of speed a second when stopping for or starting from a traffic light, over about 3 s.
const STOP_TIME_CONSTANT_S: f64 = 1.2;
/// Slowest that still counts as running.
const WALK_BELOW_M_S: f64 = 1.9;

/// How hard the world makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difficulty {
    /// Even running; only the sensors are noisy.
    Soft,
    /// Wander and slow-downs like real runs.
    Hard,
}

/// True movement at 1 Hz; index i is the second that ends at time i, index 0 the start.
#[derive(Clone, Debug, Default)]
pub struct Motion {
    /// Speed over ground.
    pub speed_m_s: Vec<f64>,
    /// Speed on the flat that costs the same heart rate.
    pub effort_m_s: Vec<f64>,
    /// Slope.
    pub grade: Vec<f64>,
    /// The planned steps: index into the plan, start, end.
    pub steps_s: Vec<(usize, u32, u32)>,
    /// True segments, contiguous.
    pub truth: Vec<Truth>,
}

/// Returns how much slower one runs uphill at the same heart rate (fit to the 2017 curve, see
/// *Effort* in the manual).
pub fn effort_factor(grade: f64) -> f64 {
    let i = grade.clamp(-0.30, 0.30);
    1.0 + i * (2.817 + i * (18.205 + i * (10.819 + i * (-36.852 - i * 137.07))))
}

/// Runs a plan.
pub fn run(
    plan: &Plan,
    athlete: &Athlete,
    difficulty: Difficulty,
    stops_per_hour: f64,
    rng: &Rng,
) -> Motion {
    let mut runner = Runner::new(plan, athlete, difficulty, rng);
    runner.stop_per_s = stops_per_hour / 3600.0;
    for (index, step) in plan.steps.iter().enumerate() {
        runner.carry_out(index, step);
    }
    runner.motion
}

/// The state while running a plan.
struct Runner {
    motion: Motion,
    rng: Rng,
    wander: [Ou; 3],
    wander_gain: f64,
    hills: Hills,
    speed: f64,
    distance: f64,
    time_constant_s: f64,
    passing: (f64, u32),
    disturbed: f64,
    stop_per_s: f64,
    individual: f64,
}

impl Runner {
    fn new(plan: &Plan, athlete: &Athlete, difficulty: Difficulty, rng: &Rng) -> Self {
        let mut noise = rng.stream(10);
        let hard = f64::from(u8::from(difficulty == Difficulty::Hard));
        let belt = plan.sport == Sport::TreadmillRunning;
        Self {
            motion: Motion {
                speed_m_s: vec![0.0],
                effort_m_s: vec![0.0],
                grade: vec![0.0],
                ..Motion::default()
            },
            wander: [500.0, 70.0, 25.0]
                .into_iter()
                .zip(athlete.wander)
                .map(|(constant, sd)| Ou::new(sd, constant, &mut noise))
                .collect::<Vec<_>>()
                .try_into()
                .unwrap(),
            wander_gain: if belt { 0.1 * hard } else { hard },
            hills: Hills::new(plan.terrain, difficulty, &mut rng.stream(11)),
            speed: 0.0,
            distance: 0.0,
            time_constant_s: noise.range(1.5, 3.0),
            passing: (1.0, 0),
            disturbed: if belt { 0.0 } else { hard },
            stop_per_s: 0.0,
            individual: noise.range(0.8, 1.2),
            rng: noise,
        }
    }

    fn now(&self) -> u32 {
        self.motion.speed_m_s.len() as u32 - 1
    }

    /// Runs one step until its time or distance is full; stops do not count.
    fn carry_out(&mut self, index: usize, step: &Step) {
        let repeated = if step.kind.is_work() && step.kind != Kind::Progression {
            1.0 + REPETITION_JITTER * self.rng.normal() - 0.02 * (step.place_in_set - 0.5)
        } else {
            1.0
        };
        let (start, from_m) = (self.now(), self.distance);
        let mut running_s = 0.0;
        loop {
            let done = match step.length {
                Length::Seconds(seconds) => running_s / seconds,
                Length::Metres(metres) => (self.distance - from_m) / metres,
            };
            if done >= 1.0 {
                break;
            }
            if step.kind == Kind::Steady && self.rng.chance(self.stop_per_s) {
                self.stand_still();
            }
            let planned = step.speed_m_s + (step.end_speed_m_s - step.speed_m_s) * done;
            self.second(step, planned * repeated);
            running_s += 1.0;
        }
        let end = self.now();
        self.motion.steps_s.push((index, start, end));
        self.close(step.kind, end);
    }

    /// Moves for one second towards a speed on the flat.
    fn second(&mut self, step: &Step, flat_m_s: f64) {
        let wander: f64 = self
            .wander
            .iter_mut()
            .map(|ou| ou.next(&mut self.rng))
            .sum();
        let share = if step.kind.is_work() {
            WANDER_IN_WORK
        } else {
            1.0
        };
        let grade = step.grade + self.hills.grade(self.distance);
        let climbing = if step.kind.is_work() {
            effort_factor(grade)
        } else {
            1.0 + self.individual * grade * if grade > 0.0 { 3.3 } else { 1.8 }
        };
        let paced = flat_m_s * (1.0 + self.wander_gain * share * wander).max(0.5);
        let target = paced / climbing * self.passing(step.kind);
        self.advance(target, self.time_constant_s, grade);
    }

    /// Returns the factor of what passes: a turn, a kerb, people; a road to cross. Efforts are
    /// run where nothing disturbs them.
    fn passing(&mut self, kind: Kind) -> f64 {
        if kind.is_work() {
            return 1.0;
        }
        if self.passing.1 > 0 {
            self.passing.1 -= 1;
        } else if self.rng.chance(self.disturbed * SLOW_DOWN_PER_S) {
            self.passing = (self.rng.range(0.55, 0.9), self.rng.whole(6, 30));
        } else if self.rng.chance(self.disturbed * HURRY_PER_S) {
            self.passing = (self.rng.range(1.1, 1.35), self.rng.whole(8, 20));
        } else {
            self.passing.0 = 1.0;
        }
        self.passing.0
    }

    /// Waits at a traffic light.
    fn stand_still(&mut self) {
        let start = self.now();
        self.close(Kind::Steady, start);
        for _ in 0..self.rng.whole(15, 80) {
            self.advance(0.0, STOP_TIME_CONSTANT_S, 0.0);
        }
        let end = self.now();
        self.close(Kind::Stop, end);
    }

    fn advance(&mut self, target_m_s: f64, time_constant_s: f64, grade: f64) {
        self.speed += (target_m_s - self.speed) * (1.0 - math::exp(-1.0 / time_constant_s));
        if target_m_s <= 0.0 && self.speed < 0.15 {
            self.speed = 0.0;
        }
        self.distance += self.speed;
        self.motion.speed_m_s.push(self.speed);
        self.motion
            .effort_m_s
            .push(self.speed * effort_factor(grade));
        self.motion.grade.push(grade);
    }

    /// Ends a true segment here; steps of one kind in a row are one segment where a runner would
    /// say so.
    fn close(&mut self, kind: Kind, end: u32) {
        let start_s = self
            .motion
            .truth
            .last()
            .map_or(0.0, |segment| segment.end_s);
        let end_s = f64::from(end);
        if end_s <= start_s {
            return;
        }
        match self.motion.truth.last_mut() {
            Some(last) if last.kind == kind && !matches!(kind, Kind::Work | Kind::Stride) => {
                last.end_s = end_s;
            }
            _ => self.motion.truth.push(Truth {
                kind,
                start_s,
                end_s,
            }),
        }
    }
}

/// Slopes as a sum of waves over the distance.
struct Hills {
    waves: Vec<(f64, f64, f64)>,
}

impl Hills {
    fn new(terrain: Terrain, difficulty: Difficulty, rng: &mut Rng) -> Self {
        let amplitude = match (terrain, difficulty) {
            (Terrain::Flat, _) | (Terrain::Gentle, Difficulty::Soft) => 0.0,
            (Terrain::Gentle, Difficulty::Hard) => 0.012,
            (Terrain::Hilly, _) => 0.045,
        };
        let waves = [2300.0, 1100.0, 520.0]
            .into_iter()
            .map(|length| {
                (
                    amplitude * rng.range(0.3, 1.0),
                    length * rng.range(0.8, 1.2),
                    rng.range(0.0, std::f64::consts::TAU),
                )
            })
            .collect();
        Self { waves }
    }

    fn grade(&self, distance_m: f64) -> f64 {
        let wave = |&(amplitude, length_m, phase): &(f64, f64, f64)| {
            amplitude * math::sin(distance_m / length_m * std::f64::consts::TAU + phase)
        };
        self.waves.iter().map(wave).sum()
    }
}

/// Returns whether a speed is a walk.
pub fn is_walk(speed_m_s: f64) -> bool {
    speed_m_s < WALK_BELOW_M_S
}
