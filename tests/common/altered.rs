//! Things put into a run that are no effort: stops, walks, lights, a watch left running. And sets whose
//! rests become a stopped watch.
//!
//! Both return how labelled stretches move. Nothing is put into efforts or near their edges.

use hardeasy::channel::Channel;
use hardeasy::streams::Streams;

use super::metrics::Span;
use super::rng::Ou;
use super::rng::Rng;

/// So far from efforts nothing is put in, in seconds.
const MARGIN_S: f64 = 20.0;
/// So far from the ends of a run and from each other things are put in, in seconds.
const APART_S: usize = 60;
/// Slower than this is no running, in metres per second.
const RUNNING_M_S: f64 = 1.9;
/// Speed comes to a new value over about three times this, in seconds: legs, and the smoothing of
/// devices.
const LEGS_S: f64 = 1.2;
const DEVICE_S: f64 = 3.0;
/// After a stop heart rate is back on its old course after about three times this, in seconds.
const RECOVERY_S: f64 = 22.0;
/// Watches pause by themselves after so many seconds of standing.
const AUTO_PAUSE_AFTER_S: usize = 4;

/// What is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// 5–25 min of standing with the watch running.
    CoffeeStop,
    /// The timer stopped for 5–30 min.
    TimerStopped,
    /// 5–15 min of walking at the end.
    WalkHome,
    /// The same at both ends.
    WalkBothEnds,
    /// 3–8 red lights with the watch running.
    Lights,
    /// The same with a watch that pauses by itself.
    AutoPausedLights,
    /// 3–8 walking breaks of 30–120 s.
    WalkBreaks,
    /// The watch left running for 5–15 min at the end.
    LeftRunning,
    /// A gap in the records of 30 s to 5 min, bridged by distance or open.
    Gap,
}

impl Change {
    /// All of them.
    pub const ALL: [Change; 9] = [
        Change::CoffeeStop,
        Change::TimerStopped,
        Change::WalkHome,
        Change::WalkBothEnds,
        Change::Lights,
        Change::AutoPausedLights,
        Change::WalkBreaks,
        Change::LeftRunning,
        Change::Gap,
    ];

    /// Returns the name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Change::CoffeeStop => "coffee stop",
            Change::TimerStopped => "timer stopped",
            Change::WalkHome => "walk home",
            Change::WalkBothEnds => "walk at both ends",
            Change::Lights => "lights",
            Change::AutoPausedLights => "auto-paused lights",
            Change::WalkBreaks => "walking breaks",
            Change::LeftRunning => "watch left running",
            Change::Gap => "gap in the records",
        }
    }
}

/// Where things were put in, which moves what lies behind them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Old start, old end and new length of what was replaced, in order.
    edits: Vec<(usize, usize, usize)>,
}

impl Moves {
    /// Returns where a labelled stretch lies now.
    pub fn moved(&self, (start_s, end_s): Span) -> Span {
        (self.at(start_s, true), self.at(end_s, false))
    }

    /// Returns the new stretches, on the new clock.
    pub fn inserted(&self) -> Vec<Span> {
        let new = |&(_, to, length): &(usize, usize, usize)| {
            let end_s = self.at(to as f64, true);
            (end_s - length as f64, end_s)
        };
        self.edits.iter().map(new).collect()
    }

    /// A start moves behind what was put in where it was; an end does not.
    fn at(&self, time_s: f64, is_start: bool) -> f64 {
        let mut moved_s = time_s;
        for &(from, to, length) in &self.edits {
            let (from_s, to_s, length_s) = (from as f64, to as f64, length as f64);
            if time_s > to_s || (is_start && time_s >= to_s) || (to > from && time_s >= to_s) {
                moved_s += length_s - (to_s - from_s);
            } else if time_s > from_s {
                moved_s += (time_s - from_s) * (length_s / (to_s - from_s) - 1.0);
            }
        }
        moved_s
    }
}

/// What the runner does in a new second.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Doing {
    Standing,
    Paused,
    Walking(f64),
    /// Nobody knows; the distance went on by so much, and whether it bridges the gap.
    Unrecorded(f64, bool),
}

/// A second of the new run.
#[derive(Clone, Copy, Debug)]
enum Second {
    Old(usize),
    /// What is done, and the old second from which heart rate is taken, for a rest that was one.
    New(Doing, Option<usize>),
}

/// New seconds in place of a half-open stretch of old ones, which may be empty.
struct Edit {
    from: usize,
    to: usize,
    with: Vec<Second>,
}

impl Edit {
    fn insert(at: usize, doing: Doing, seconds: f64) -> Self {
        Self {
            from: at,
            to: at,
            with: vec![Second::New(doing, None); seconds.round() as usize],
        }
    }
}

/// Returns a run with something put in outside its efforts, and where everything lies now.
pub fn altered(streams: &Streams, efforts: &[Span], change: Change, seed: u64) -> (Streams, Moves) {
    let rng = &mut Rng::new(seed).stream(91);
    let edits = edits(streams, efforts, change, rng);
    rebuilt(streams, &edits, rng)
}

fn edits(streams: &Streams, efforts: &[Span], change: Change, rng: &mut Rng) -> Vec<Edit> {
    let end = streams.len();
    let walk = |at: usize, rng: &mut Rng| {
        let doing = Doing::Walking(rng.range(1.1, 1.6));
        Edit::insert(at, doing, rng.range(300.0, 900.0))
    };
    let count = |rng: &mut Rng| rng.whole(3, 8) as usize;
    let (wanted, doing, seconds) = match change {
        Change::WalkHome => return vec![walk(end, rng)],
        Change::WalkBothEnds => return vec![walk(0, rng), walk(end, rng)],
        Change::LeftRunning => {
            let seconds = rng.range(300.0, 900.0);
            return vec![Edit::insert(end, Doing::Standing, seconds)];
        }
        Change::CoffeeStop => (1, Doing::Standing, (300.0, 1500.0)),
        Change::TimerStopped => (1, Doing::Paused, (300.0, 1800.0)),
        Change::Lights => (count(rng), Doing::Standing, (20.0, 70.0)),
        Change::AutoPausedLights => (count(rng), Doing::Paused, (20.0, 70.0)),
        Change::WalkBreaks => (count(rng), Doing::Walking(1.4), (30.0, 120.0)),
        Change::Gap => (1, Doing::Unrecorded(level(streams).0, true), (30.0, 300.0)),
    };
    let places = places(streams, efforts, wanted, rng);
    let edit = |at: usize| {
        let doing = match doing {
            Doing::Walking(_) => Doing::Walking(rng.range(1.1, 1.6)),
            Doing::Unrecorded(usual_m_s, _) if rng.chance(0.5) => {
                Doing::Unrecorded(0.35 * usual_m_s, false)
            }
            other => other,
        };
        let mut edit = Edit::insert(at, doing, rng.range(seconds.0, seconds.1));
        if change == Change::AutoPausedLights {
            edit.with[..AUTO_PAUSE_AFTER_S].fill(Second::New(Doing::Standing, None));
        }
        edit
    };
    places.into_iter().map(edit).collect()
}

/// Draws where to put things in: in running, away from efforts, from the ends and from each other.
fn places(streams: &Streams, efforts: &[Span], wanted: usize, rng: &mut Rng) -> Vec<usize> {
    let runs_at = |cell: usize| {
        let around = streams.speed_m_s.mean(cell.saturating_sub(10)..cell + 10);
        around.is_some_and(|speed| speed >= RUNNING_M_S)
    };
    let is_clear = |cell: usize| {
        let at_s = cell as f64;
        let off = |&(start_s, end_s): &Span| at_s <= start_s - MARGIN_S || at_s >= end_s + MARGIN_S;
        efforts.iter().all(off)
    };
    let inner = APART_S..streams.len().saturating_sub(APART_S);
    let mut free: Vec<usize> = inner.filter(|cell| is_clear(*cell)).collect();
    if free.iter().any(|cell| runs_at(*cell)) {
        free.retain(|cell| runs_at(*cell));
    }
    let mut chosen = Vec::new();
    while chosen.len() < wanted && !free.is_empty() {
        let place = rng.pick(&free);
        free.retain(|cell| cell.abs_diff(place) >= APART_S);
        chosen.push(place);
    }
    chosen.sort_unstable();
    chosen
}

/// Returns a set whose recoveries, the stretches between repetitions, are half to twice as long and
/// spent with the watch stopped (mostly), standing or walking; and where everything lies now. Heart
/// rate falls as it did.
pub fn paused_rests(streams: &Streams, recoveries: &[Span], seed: u64) -> (Streams, Moves) {
    let rng = &mut Rng::new(seed).stream(92);
    let doing = match rng.whole(0, 9) {
        0..=5 => Doing::Paused,
        6..=7 => Doing::Standing,
        _ => Doing::Walking(rng.range(1.1, 1.6)),
    };
    let factor = rng.range(-1.0, 1.0).exp2();
    let rest = |&(start_s, end_s): &Span| {
        let from = (start_s.round() as usize).min(streams.len());
        let to = (end_s.round() as usize).clamp(from, streams.len());
        let old = (to - from) as f64;
        let length = (old * factor * rng.range(0.95, 1.05)).round() as usize;
        let second = |new: usize| {
            let place = from + (new as f64 * old / length as f64) as usize;
            Second::New(doing, Some(place))
        };
        let with = (0..length).map(second).collect();
        Edit { from, to, with }
    };
    let edits: Vec<Edit> = recoveries.iter().map(rest).collect();
    rebuilt(streams, &edits, rng)
}

/// Returns the mean speed and heart rate of the running.
fn level(streams: &Streams) -> (f64, Option<f64>) {
    let runs = |cell: &usize| {
        let speed = streams.speed_m_s.get(*cell);
        speed.is_some_and(|speed| speed >= RUNNING_M_S)
    };
    let cells: Vec<usize> = (0..streams.len()).filter(runs).collect();
    let of = |channel: &Channel| -> Option<f64> {
        let running: Channel = cells.iter().map(|cell| channel.get(*cell)).collect();
        running.mean(0..running.len())
    };
    (
        of(&streams.speed_m_s).unwrap_or(2.8),
        of(&streams.heart_rate_bpm),
    )
}

/// Carries out edits, which are in order and do not overlap.
fn rebuilt(streams: &Streams, edits: &[Edit], rng: &mut Rng) -> (Streams, Moves) {
    let mut seconds = Vec::new();
    let mut moves = Moves::default();
    let mut next = 0;
    for edit in edits {
        seconds.extend((next..edit.from).map(Second::Old));
        seconds.extend(&edit.with);
        next = edit.to;
        moves.edits.push((edit.from, edit.to, edit.with.len()));
    }
    seconds.extend((next..streams.len()).map(Second::Old));
    let mut copy = Streams {
        elapsed_s: streams.elapsed_s + seconds.len() as f64 - streams.len() as f64,
        paused: mask(&seconds, &streams.paused, |doing| doing == Doing::Paused),
        gap: mask(&seconds, &streams.gap, is_unrecorded),
        suspect: mask(&seconds, &streams.suspect, is_unrecorded),
        ..streams.clone()
    };
    move_course(&mut copy, streams, &seconds, rng);
    move_body(&mut copy, streams, &seconds, rng);
    move_ground(&mut copy, streams, &seconds);
    move_marks(&mut copy, &moves);
    (copy, moves)
}

fn is_unrecorded(doing: Doing) -> bool {
    matches!(doing, Doing::Unrecorded(..))
}

fn mask(seconds: &[Second], old: &[bool], new: impl Fn(Doing) -> bool) -> Vec<bool> {
    let value = |second: &Second| match second {
        Second::Old(cell) => old[*cell],
        Second::New(doing, _) => new(*doing),
    };
    seconds.iter().map(value).collect()
}

/// Returns a channel with new values put in; one without values stays so.
fn column(seconds: &[Second], old: &Channel, mut new: impl FnMut(Doing) -> Option<f64>) -> Channel {
    if !old.has_values() {
        return Channel::absent(seconds.len());
    }
    let value = |second: &Second| match second {
        Second::Old(cell) => old.get(*cell),
        Second::New(doing, _) => new(*doing),
    };
    seconds.iter().map(value).collect()
}

/// Speeds and distance. Within some seconds they come from what was to what is.
fn move_course(copy: &mut Streams, streams: &Streams, seconds: &[Second], rng: &mut Rng) {
    let wander = &mut Ou::new(0.06, 20.0, rng);
    let truth: Vec<f64> = seconds
        .iter()
        .map(|second| match second {
            Second::New(Doing::Walking(speed), _) => speed * (1.0 + wander.next(rng)),
            Second::New(Doing::Unrecorded(speed, _), _) => *speed,
            _ => 0.0,
        })
        .collect();
    let mut speed = |old: &Channel, constant_s: f64, drift_m_s: f64| -> Channel {
        if !old.has_values() {
            return Channel::absent(seconds.len());
        }
        let mut behind = 0.0; // how far the last value lies from where it goes
        let mut last = None;
        let second = |(second, truth): (&Second, &f64)| {
            let (target, is_new) = match second {
                Second::Old(cell) => (old.get(*cell), false),
                Second::New(Doing::Paused, _) => (Some(0.0), true),
                Second::New(Doing::Unrecorded(_, bridged), _) => (bridged.then_some(*truth), true),
                Second::New(..) => {
                    let drift = drift_m_s * rng.normal().abs();
                    (Some(truth + drift.min(0.3)), true)
                }
            };
            if last.is_some_and(|(_, was_new)| was_new != is_new) {
                behind = last.and_then(|(value, _)| value).unwrap_or(0.0) - target.unwrap_or(0.0);
            }
            behind *= (-1.0 / constant_s).exp();
            let jumps = matches!(
                second,
                Second::New(Doing::Paused | Doing::Unrecorded(..), _)
            );
            let value = target.map(|target| {
                let late = if jumps { 0.0 } else { behind };
                (target + late).max(0.0)
            });
            last = Some((value, is_new));
            value
        };
        seconds.iter().zip(&truth).map(second).collect()
    };
    copy.distance_speed_m_s = speed(&streams.distance_speed_m_s, LEGS_S, 0.12);
    copy.device_speed_m_s = speed(&streams.device_speed_m_s, DEVICE_S, 0.0);
    let is_device = streams.speed_source == hardeasy::streams::SpeedSource::Device;
    let (constant_s, drift_m_s) = if is_device {
        (DEVICE_S, 0.0)
    } else {
        (LEGS_S, 0.12)
    };
    copy.speed_m_s = speed(&streams.speed_m_s, constant_s, drift_m_s);
    copy.effort_speed_m_s = effort_speed(copy, streams, seconds);
    copy.distance_m = distance(streams, seconds, &copy.speed_m_s);
}

/// Effort speed keeps its ratio to speed.
fn effort_speed(copy: &Streams, streams: &Streams, seconds: &[Second]) -> Channel {
    let ratio = |second: &Second| match second {
        Second::Old(cell) => {
            let (effort, speed) = (&streams.effort_speed_m_s, &streams.speed_m_s);
            let (effort, speed) = (effort.get(*cell)?, speed.get(*cell)?);
            Some(if speed > 0.0 { effort / speed } else { 1.0 })
        }
        Second::New(..) => Some(1.0),
    };
    let speeds = copy.speed_m_s.iter().zip(seconds);
    speeds
        .map(|(speed, second)| Some(speed? * ratio(second)?))
        .collect()
}

fn distance(streams: &Streams, seconds: &[Second], speed_m_s: &Channel) -> Channel {
    if !streams.distance_m.has_values() {
        return Channel::absent(seconds.len() + 1);
    }
    let mut total_m = streams.distance_m.get(0).unwrap_or(0.0);
    let steps = seconds.iter().zip(speed_m_s.iter());
    let after = steps.map(|(second, speed)| {
        total_m += match second {
            Second::Old(cell) => streams.distance_between_m(*cell, cell + 1).unwrap_or(0.0),
            Second::New(Doing::Unrecorded(speed, _), _) => *speed,
            Second::New(..) => speed.unwrap_or(0.0),
        };
        Some(total_m)
    });
    std::iter::once(streams.distance_m.get(0).or(Some(0.0)))
        .chain(after)
        .collect()
}

/// Heart rate, cadence and power.
fn move_body(copy: &mut Streams, streams: &Streams, seconds: &[Second], rng: &mut Rng) {
    copy.heart_rate_bpm = heart_rate(streams, seconds, rng);
    let steps_spm = rng.range(105.0, 118.0);
    copy.cadence_spm = column(seconds, &streams.cadence_spm, |doing| match doing {
        Doing::Standing => Some(0.0),
        Doing::Walking(_) => Some((steps_spm + 2.0 * rng.normal()).round()),
        _ => None,
    });
    let usual_w = streams.power_w.mean(0..streams.len()).unwrap_or(0.0);
    copy.power_w = column(seconds, &streams.power_w, |doing| match doing {
        Doing::Standing => Some(0.0),
        Doing::Walking(speed) => {
            Some((0.2 * speed * usual_w * (1.0 + 0.05 * rng.normal())).round())
        }
        _ => None,
    });
}

/// Heart rate falls towards that of standing or walking and afterwards comes back to its old course.
fn heart_rate(streams: &Streams, seconds: &[Second], rng: &mut Rng) -> Channel {
    let old = &streams.heart_rate_bpm;
    let (_, Some(level)) = level(streams) else {
        return column(seconds, old, |_| None);
    };
    let (standing, walking) = (rng.range(0.60, 0.65) * level, rng.range(0.66, 0.74) * level);
    let fall_s = rng.range(35.0, 75.0);
    let first = (0..old.len()).find_map(|cell| old.get(cell));
    let mut beat = match seconds.first() {
        Some(Second::New(..)) => walking,
        _ => first.unwrap_or(level),
    };
    let mut behind = beat - first.unwrap_or(level); // how far heart rate lies from its old course
    let second = |second: &Second| match second {
        Second::Old(cell) => {
            behind *= (-1.0 / RECOVERY_S).exp();
            let value = old.get(*cell);
            beat = value.unwrap_or(level) + behind;
            value.map(|_| beat.round())
        }
        Second::New(doing, Some(place)) => {
            behind *= (-1.0 / RECOVERY_S).exp();
            let value = old.get(*place);
            beat = value.unwrap_or(level) + behind;
            value.filter(|_| *doing != Doing::Paused)
        }
        Second::New(doing, None) => {
            let before = beat;
            let target = match doing {
                Doing::Walking(_) => walking,
                Doing::Unrecorded(..) => before,
                _ => standing,
            };
            beat += (target - beat) * (1.0 - (-1.0 / fall_s).exp());
            behind += beat - before;
            let is_recorded = matches!(doing, Doing::Standing | Doing::Walking(_));
            is_recorded.then(|| (beat + 0.8 * rng.normal()).round())
        }
    };
    seconds.iter().map(second).collect()
}

/// Slope, altitude, temperature and positions stay what they were while nobody moves on.
fn move_ground(copy: &mut Streams, streams: &Streams, seconds: &[Second]) {
    let held = |old: &Channel, while_walking: bool| -> Channel {
        let mut last = None;
        let value = |second: &Second| match second {
            Second::Old(cell) => {
                last = old.get(*cell).or(last);
                old.get(*cell)
            }
            Second::New(Doing::Standing, _) => last,
            Second::New(Doing::Walking(_), _) => last.filter(|_| while_walking),
            Second::New(..) => None,
        };
        seconds.iter().map(value).collect()
    };
    copy.altitude_m = held(&streams.altitude_m, true);
    copy.temperature_c = held(&streams.temperature_c, true);
    copy.latitude_deg = held(&streams.latitude_deg, false);
    copy.longitude_deg = held(&streams.longitude_deg, false);
    copy.grade = column(seconds, &streams.grade, |doing| match doing {
        Doing::Unrecorded(..) => None,
        _ => Some(0.0),
    });
}

/// What lies behind moves; what held it becomes longer.
fn move_marks(copy: &mut Streams, moves: &Moves) {
    let moved = |start_s: &mut f64, end_s: &mut f64| {
        (*start_s, *end_s) = moves.moved((*start_s, *end_s));
    };
    for lap in &mut copy.marks.laps {
        moved(&mut lap.start_s, &mut lap.end_s);
        lap.timer_s = None;
        lap.distance_m = None;
    }
    for split in &mut copy.marks.splits {
        moved(&mut split.start_s, &mut split.end_s);
    }
    for repair in &mut copy.repairs {
        moved(&mut repair.start_s, &mut repair.end_s);
    }
}
