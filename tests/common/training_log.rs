//! *An athlete whose truth is known → what the program keeps of each session*.
//!
//! Skips files: speed and heart rate are made up each second and reduced to what history keeps, with
//! the errors of a good watch (a bias of distance for each run) and of a body (better and worse days).

use chrono::Days;
use chrono::NaiveDate;
use hardeasy::history::PastSession;
use hardeasy::summary::MeanMax;
use hardeasy::summary::SteadyBlock;

use super::rng::Ou;
use super::rng::Rng;

/// The first day of every training log.
const FIRST: (i32, u32, u32) = (2026, 1, 5);
/// The durations of the curve of greatest means, as the program has them.
const DURATIONS_S: [usize; 24] = [
    20, 30, 45, 60, 90, 120, 150, 180, 240, 300, 360, 480, 600, 720, 900, 1200, 1500, 1800, 2400,
    3000, 3600, 5400, 7200, 10_800,
];
/// Blocks of even running, and the start that is left out.
const BLOCK_S: usize = 300;
const SETTLING_S: usize = 480;
/// Pace wander in efforts over that of easy running.
const EFFORT_WANDER: f64 = 0.3;

/// What is true of an athlete.
#[derive(Clone, Debug)]
pub struct Truth {
    /// Critical speed on the last day.
    pub critical_speed_m_s: f64,
    /// Distance above critical speed.
    pub d_prime_m: f64,
    /// Habitual easy speed.
    pub easy_m_s: f64,
    /// Heart rate at 0.95 of critical speed, half an hour into a run: it drifts, so the time belongs
    /// to the definition.
    pub threshold_bpm: f64,
    /// Highest heart rate.
    pub maximum_bpm: f64,
    /// Rise of heart rate from standing to critical speed.
    slope_bpm: f64,
    drift_bpm_h: f64,
    /// Relative pace wander of time constants 500 s, 70 s and 25 s.
    wander: [f64; 3],
    /// Change of critical speed over the log, relative.
    trend: f64,
}

impl Truth {
    /// Returns a random athlete.
    pub fn random(seed: u64) -> Self {
        let rng = &mut Rng::new(seed).stream(40);
        let critical = rng.range(2.8, 5.0);
        let maximum = rng.range(170.0, 202.0);
        Self {
            critical_speed_m_s: critical,
            d_prime_m: (180.0 + 55.0 * rng.normal()).clamp(80.0, 320.0),
            easy_m_s: critical * rng.range(0.70, 0.82),
            threshold_bpm: maximum * rng.range(0.86, 0.93),
            maximum_bpm: maximum,
            slope_bpm: rng.range(85.0, 130.0),
            drift_bpm_h: rng.range(3.0, 18.0),
            wander: [
                rng.lognormal(0.035, 0.4),
                rng.lognormal(0.026, 0.4),
                rng.range(0.010, 0.026),
            ],
            trend: rng.range(-0.015, 0.03),
        }
    }

    /// Returns the most that the athlete can hold for a time.
    pub fn best_m_s(&self, seconds: f64) -> f64 {
        self.critical_speed_m_s + self.d_prime_m / seconds
    }

    fn steady_bpm(&self, speed_m_s: f64, second: usize) -> f64 {
        let share = speed_m_s / self.critical_speed_m_s;
        let hours = second as f64 / 3600.0 - 0.5;
        let bpm = self.threshold_bpm
            + self.slope_bpm * (share - 0.95)
            + self.drift_bpm_h * hours * share.min(1.0);
        bpm.clamp(60.0, self.maximum_bpm)
    }
}

/// A stretch of a session: seconds, speed, whether it is an effort.
type Step = (usize, f64, bool);

/// What a session was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Easy running.
    Easy,
    /// A workout below the athlete's best.
    Workout,
    /// An effort at 97–100 % of the athlete's best.
    Hard,
}

/// An athlete with six to ten weeks of sessions.
pub struct TrainingLog {
    /// What is true.
    pub truth: Truth,
    /// What the program keeps of the sessions, in order.
    pub sessions: Vec<PastSession>,
    /// The day after the last session.
    pub after: NaiveDate,
}

impl TrainingLog {
    /// Makes up a log, with hard efforts of 3–20 min or without.
    pub fn new(seed: u64, hard: bool) -> Self {
        let truth = Truth::random(seed);
        let rng = &mut Rng::new(seed).stream(41);
        let weeks = rng.whole(6, 10);
        let tagged = rng.chance(0.5);
        let first = NaiveDate::from_ymd_opt(FIRST.0, FIRST.1, FIRST.2).unwrap();
        let days = u64::from(7 * weeks);
        let mut sessions = Vec::new();
        let mut efforts = rng.whole(0, 2);
        for day in 0..days {
            let past = 1.0 - day as f64 / days as f64;
            let then = Truth {
                critical_speed_m_s: truth.critical_speed_m_s * (1.0 - truth.trend * past),
                ..truth.clone()
            };
            let date = first + Days::new(day);
            let session = match day % 7 {
                1 => then.run(&then.workout(rng), Kind::Workout, date, rng),
                3 if hard && rng.chance(0.7) => {
                    let seconds = effort_s(efforts, rng);
                    efforts += 1;
                    let mut session = then.run(&then.hard(seconds, rng), Kind::Hard, date, rng);
                    session.race = tagged && seconds >= 720;
                    session
                }
                0 | 4 => continue,
                6 => then.run(&then.easy(rng, 75.0, 110.0), Kind::Easy, date, rng),
                _ if rng.chance(0.85) => {
                    then.run(&then.easy(rng, 30.0, 60.0), Kind::Easy, date, rng)
                }
                _ => continue,
            };
            sessions.push(session);
        }
        Self {
            truth,
            sessions,
            after: first + Days::new(days),
        }
    }
}

/// Draws how long an effort is: by turns 3–6, 6–12 and 12–20 min.
pub fn effort_s(index: u32, rng: &mut Rng) -> usize {
    let (low, high) = [(180.0, 360.0), (360.0, 720.0), (720.0, 1200.0)][index as usize % 3];
    rng.range(low, high).round() as usize
}

impl Truth {
    fn easy(&self, rng: &mut Rng, low_min: f64, high_min: f64) -> Vec<Step> {
        let seconds = (60.0 * rng.range(low_min, high_min)) as usize;
        vec![(seconds, self.easy_m_s * (1.0 + 0.02 * rng.normal()), false)]
    }

    /// A tempo run or intervals, well below what the athlete could do.
    fn workout(&self, rng: &mut Rng) -> Vec<Step> {
        let (easy, critical) = (self.easy_m_s, self.critical_speed_m_s);
        let mut steps = vec![(840, 0.98 * easy, false)];
        if rng.chance(0.5) {
            let seconds = (60.0 * rng.range(18.0, 30.0)) as usize;
            steps.push((seconds, critical * rng.range(0.88, 0.94), true));
        } else {
            let share = rng.range(0.95, 1.01);
            for _ in 0..rng.whole(4, 6) {
                steps.push((rng.whole(150, 270) as usize, critical * share, true));
                steps.push((120, 0.8 * easy, true));
            }
        }
        steps.push((600, 0.95 * easy, false));
        steps
    }

    /// One effort at 97–100 % of the best.
    fn hard(&self, seconds: usize, rng: &mut Rng) -> Vec<Step> {
        let speed = self.best_m_s(seconds as f64) * rng.range(0.97, 1.0);
        vec![
            (900, 0.98 * self.easy_m_s, false),
            (seconds, speed, true),
            (600, 0.9 * self.easy_m_s, false),
        ]
    }

    /// Runs some steps and keeps what the program would.
    fn run(&self, steps: &[Step], kind: Kind, day: NaiveDate, rng: &mut Rng) -> PastSession {
        let watch = 1.0 + (0.012 * rng.normal()).clamp(-0.02, 0.02);
        let heart = 2.0 * rng.normal();
        let mut wander: Vec<Ou> = self
            .wander
            .iter()
            .zip([500.0, 70.0, 25.0])
            .map(|(sd, constant)| Ou::new(*sd, constant, rng))
            .collect();
        let mut now = 90.0;
        let (mut speeds, mut beats, mut bounds) = (Vec::new(), Vec::new(), Vec::new());
        for &(seconds, speed, effort) in steps {
            bounds.push((speeds.len(), speeds.len() + seconds, effort));
            for _ in 0..seconds {
                let second = speeds.len();
                let by = wander.iter_mut().map(|one| one.next(rng)).sum::<f64>();
                let share = if effort { EFFORT_WANDER } else { 1.0 };
                let true_speed = speed * (1.0 + share * by);
                now += (self.steady_bpm(true_speed, second) - now) / 40.0;
                speeds.push(true_speed * watch);
                beats.push((now + heart + rng.normal()).min(self.maximum_bpm));
            }
        }
        let steady_blocks = blocks(&bounds, &speeds, &beats, true);
        let easy_blocks = blocks(&bounds, &speeds, &beats, false);
        let start = day.and_hms_opt(7, 0, 0).unwrap().and_utc();
        let moving_s = speeds.len() as f64;
        PastSession {
            day,
            start,
            end: start + chrono::Duration::seconds(speeds.len() as i64),
            is_run: true,
            quality: kind != Kind::Easy,
            easy: kind == Kind::Easy,
            moving_s,
            distance_m: Some(speeds.iter().sum()),
            easy_blocks,
            steady_blocks,
            mean_max: mean_max(&speeds, &beats),
            heart_rate_max_20min_bpm: greatest_mean(&beats, 1200).map(|(mean, _)| mean),
            heart_rate_max_10s_bpm: greatest_mean(&beats, 10).map(|(mean, _)| mean),
            ..PastSession::default()
        }
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Returns the greatest mean of so many values, and where it starts.
fn greatest_mean(values: &[f64], length: usize) -> Option<(f64, usize)> {
    let mut sum = values.get(..length)?.iter().sum::<f64>();
    let mut best = (sum, 0);
    for end in length..values.len() {
        sum += values[end] - values[end - length];
        if sum > best.0 {
            best = (sum, end + 1 - length);
        }
    }
    Some((best.0 / length as f64, best.1))
}

fn mean_max(speeds: &[f64], beats: &[f64]) -> Vec<MeanMax> {
    DURATIONS_S
        .iter()
        .filter_map(|&duration| {
            let (speed_m_s, start) = greatest_mean(speeds, duration)?;
            let end = start + duration;
            Some(MeanMax {
                duration_s: duration as f64,
                speed_m_s,
                start_s: start as f64,
                heart_rate_bpm: Some(mean(&beats[end - duration / 3..end])),
                slope: Some(0.0),
                suspect_s: 0.0,
                unwitnessed: false,
            })
        })
        .collect()
}

/// Returns the blocks of even running, those of efforts only where asked for.
fn blocks(
    bounds: &[(usize, usize, bool)],
    speeds: &[f64],
    beats: &[f64],
    efforts: bool,
) -> Vec<SteadyBlock> {
    bounds
        .iter()
        .filter(|(.., effort)| efforts || !effort)
        .flat_map(|&(from, to, _)| {
            let from = from.max(SETTLING_S);
            (from..(to + 1).saturating_sub(BLOCK_S)).step_by(BLOCK_S)
        })
        .map(|start| SteadyBlock {
            start_s: start as f64,
            duration_s: BLOCK_S as f64,
            effort_speed_m_s: mean(&speeds[start..start + BLOCK_S]),
            heart_rate_bpm: Some(mean(&beats[start + BLOCK_S / 3..start + BLOCK_S])),
            ..SteadyBlock::default()
        })
        .collect()
}
