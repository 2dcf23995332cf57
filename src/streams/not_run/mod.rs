//! Which stretches of a recording nobody ran: rides, drives and lifts, and distance that ran ahead of
//! steps and heart.
//!
//! Steps: the signals of the run (even speed, steps, heart rate, altitude); the seconds that cannot be
//! running (see `seeds`); each such stretch grows over all that belongs to it, so that the slower
//! parts of a ride do not stay behind as running; what is left decides whether it was a run at all.

mod body;
mod grow;
mod seeds;

use super::grid::Away;
use super::marks::Marked;
use super::repair_log::Kind;
use super::repair_log::Repairs;
use super::track::Track;
use crate::ingest::Sport;

pub(super) use body::Body;
use body::BodySignals;

/// An activity is no run when so much of its moving time is none. Chosen: a run of half an hour
/// remains one after an hour in the car, when the rest of it is even running.
///
/// # Units
/// Ratio.
const WHOLE_SHARE: f64 = 0.8;
/// The same where no steps were felt and the rest lies between more stretches than [`FEW`]: the climbs
/// of a ride.
///
/// # Units
/// Ratio. Chosen.
const SCATTERED_SHARE: f64 = 0.25;
/// A run has at most so many rides in it where no steps tell them apart. Chosen: there and home.
const FEW: usize = 2;

/// A stretch that nobody ran, half-open, in cells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stray {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) what: What,
    /// Why, in words.
    pub(super) why: String,
}

/// What is done with a stray stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// It was moved, but not on foot: it leaves.
    NotRunning,
    /// It was run, but not so fast: the usual speed takes its place.
    Ahead,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Found {
    pub(super) strays: Vec<Stray>,
    /// The usual speed of the running, which takes the place of distance that ran ahead.
    pub(super) usual_m_s: f64,
    /// Why the whole was no run.
    pub(super) not_a_run: Option<String>,
}

impl Found {
    /// Returns where distance ran ahead, half-open, in cells.
    pub(super) fn ahead(&self) -> Vec<(usize, usize)> {
        let strays = self.strays.iter();
        let ahead = strays.filter(|stray| stray.what == What::Ahead);
        ahead.map(|stray| (stray.start, stray.end)).collect()
    }
}

/// Looks for what nobody ran; other sports than running are left as they are.
pub(super) fn find(track: &Track, body: &Body, sport: Sport, marked: &Marked) -> Found {
    if !matches!(sport, Sport::Running | Sport::Unknown) {
        return Found::default();
    }
    let signals = BodySignals::new(track, body);
    let mut strays = grow::grown(&signals, seeds::seeds(&signals));
    let not_a_run = not_a_run(&signals, &strays);
    if not_a_run.is_some() && marked.ran.is_empty() {
        strays.clear();
    }
    strays.retain(|stray| {
        stray.what == What::Ahead || !marked.ran.iter().any(|ran| overlaps(stray, *ran))
    });
    strays.retain(|stray| !marked.stood.iter().any(|stood| overlaps(stray, *stood)));
    strays.extend(
        marked
            .stood
            .iter()
            .filter_map(|stood| stood_stray(*stood, track)),
    );
    strays.sort_by_key(|stray| stray.start);
    Found {
        strays,
        usual_m_s: signals.usual_m_s.unwrap_or(0.0),
        not_a_run: not_a_run.filter(|_| marked.ran.is_empty()),
    }
}

/// Returns why the whole was no run, when that is so.
fn not_a_run(signals: &BodySignals, strays: &[Stray]) -> Option<String> {
    let away: Vec<&Stray> = strays
        .iter()
        .filter(|stray| stray.what == What::NotRunning)
        .collect();
    let longest = away.iter().max_by_key(|stray| stray.end - stray.start)?;
    let moved_s = signals.moving_s(0..signals.len());
    let away_s: f64 = away
        .iter()
        .map(|stray| signals.moving_s(stray.start..stray.end))
        .sum();
    let is_scattered = !signals.feels_steps() && away.len() > FEW;
    let most = if is_scattered {
        SCATTERED_SHARE
    } else {
        WHOLE_SHARE
    };
    (away_s >= most * moved_s).then(|| longest.why.clone())
}

fn overlaps(stray: &Stray, (start_s, end_s): (f64, f64)) -> bool {
    (stray.start as f64) < end_s && (stray.end as f64) > start_s
}

/// Returns the stretch that the runner marked as a stop.
fn stood_stray((start_s, end_s): (f64, f64), track: &Track) -> Option<Stray> {
    let cells = track.increments_m.len();
    let cell = |time_s: f64| super::cells::floor_index(time_s.round().max(0.0)).min(cells);
    let (start, end) = (cell(start_s), cell(end_s));
    (start < end).then(|| Stray {
        start,
        end,
        what: What::NotRunning,
        why: MARKED.to_owned(),
    })
}

/// Why a stretch is away that the runner marked as a stop.
const MARKED: &str = "you marked it as a stop";

impl Track {
    /// Takes out what nobody ran: it covers nothing, or what the usual speed makes of it.
    pub(super) fn settle_strays(&mut self, found: &Found, repairs: &mut Repairs) -> Vec<Away> {
        let mut away = Vec::new();
        for stray in &found.strays {
            let (start, end) = (stray.start, stray.end);
            match stray.what {
                What::NotRunning => {
                    self.increments_m[start..end].fill(0.0);
                    self.still[start..end].fill(true);
                    repairs.note(Kind::NotRunning, start as f64, end as f64);
                    away.push(Away {
                        start,
                        end,
                        is_marked: stray.why == MARKED,
                        why: stray.why.clone(),
                    });
                }
                What::Ahead => {
                    self.replace(start, end, found.usual_m_s);
                    repairs.note(Kind::DistanceAhead, start as f64, end as f64);
                }
            }
        }
        away
    }
}
