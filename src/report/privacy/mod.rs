//! *Session, Streams → the same, less what leads to a door*
//!
//! Who publishes a report with courses wants to show where the run went, not where the runner lives. What
//! such a report shows is made from the sessions and streams that come from here, whatever file it is in:
//!
//! - No place within the trimmed distance of the run's own start and end, whenever it comes by, nor of
//!   the places where many runs of the report start and end. Hidden is a circle whose middle is the crossing of a grid, so that neither one run
//!   nor many tell more of a door than the square of the grid.
//! - Nothing that says how far it is from where the course comes into sight to the door: along the hidden
//!   stretches at both ends, and where the runner stood on hidden ground in between, the way is a whole
//!   number of [`WAY_GRAIN_M`], pace and altitude are absent; distances of segments, laps and the whole
//!   run are sums of that. What would give the exact way by another road (laps that the watch closed by
//!   itself, its own totals, the session document) is left out.
//!
//! Times stay: when the run began and how long it took. Official distances of races stay, since they are
//! known anyway.

mod coarse;
mod ground;

use std::borrow::Cow;

use crate::classification::Session;
use crate::pipeline;
use crate::pipeline::Outcome;
use crate::streams::Streams;

pub use coarse::CLIMB_GRAIN_M;
use coarse::Veil;
pub use coarse::WAY_GRAIN_M;
use ground::Ground;
pub(in crate::report) use ground::Plane;
pub(in crate::report) use ground::Position;

/// What the runs of a report keep to themselves.
#[derive(Clone, Debug, Default)]
pub struct Privacy {
    trim_m: f64,
    /// Of each session; absent where there are no streams, and where nothing is to be hidden.
    veils: Vec<Option<Veil>>,
}

impl Privacy {
    /// Hides the ground within `trim_m` metres of all starts and ends of a batch, whose sessions are told
    /// more coarsely from then on; 0 m hide nothing.
    ///
    /// Every export is read twice: all ends must be known before the first run can be told.
    #[must_use]
    pub fn of(outcome: &mut Outcome, trim_m: f64) -> Self {
        if trim_m <= 0.0 {
            return Self::default();
        }
        let ends = pipeline::visit_streams(outcome, &|_, _, streams| Position::ends_of(streams?));
        let ground = Ground::around(ends.into_iter().flatten().flatten(), trim_m);
        let told = pipeline::visit_streams(outcome, &|_, session, streams| {
            let streams = streams?;
            let veil = Veil::new(streams, &ground);
            Some((veil.session(session, streams), veil))
        });
        let mut veils = Vec::with_capacity(told.len());
        for (session, told) in outcome.sessions.iter_mut().zip(told) {
            veils.push(told.map(|(told, veil)| {
                *session = told;
                veil
            }));
        }
        Self { trim_m, veils }
    }

    /// Does the same for a run by itself, which is its session 0.
    #[must_use]
    pub fn of_run(session: &Session, streams: &Streams, trim_m: f64) -> (Self, Session) {
        let ends = Position::ends_of(streams).into_iter().flatten();
        let ground = (trim_m > 0.0).then(|| Ground::around(ends, trim_m));
        let veil = ground.map(|ground| Veil::new(streams, &ground));
        let told = veil.as_ref().map(|veil| veil.session(session, streams));
        let privacy = Self {
            trim_m,
            veils: vec![veil],
        };
        (privacy, told.unwrap_or_else(|| session.clone()))
    }

    /// Returns how much is left out around starts and ends, in metres.
    #[must_use]
    pub fn trim_m(&self) -> f64 {
        self.trim_m
    }

    /// Returns whether something of a session is told more coarsely than it is known.
    #[must_use]
    pub fn hides(&self, session: usize) -> bool {
        self.veil(session).is_some_and(Veil::is_coarse)
    }

    /// Returns what may be shown of the streams of a session.
    #[must_use]
    pub fn streams<'s>(&self, session: usize, streams: &'s Streams) -> Cow<'s, Streams> {
        match self.veil(session) {
            Some(veil) => Cow::Owned(veil.streams(streams)),
            None => Cow::Borrowed(streams),
        }
    }

    /// Returns a text that is another one where something else of a session is hidden.
    pub(in crate::report) fn key(&self, session: usize) -> String {
        self.veil(session).map_or_else(String::new, Veil::key)
    }

    fn veil(&self, session: usize) -> Option<&Veil> {
        self.veils.get(session)?.as_ref()
    }
}
