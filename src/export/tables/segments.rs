//! The tables of what a session is made of: segments, sets, laps, fastest times.

use crate::classification::Session;
use crate::export::tables::cell::Cell;
use crate::export::tables::column::Column;
use crate::export::tables::column::OfSession;
use crate::export::tables::column::always;
use crate::export::tables::column::boolean;
use crate::export::tables::column::float;
use crate::export::tables::column::integer;
use crate::export::tables::column::of;
use crate::export::tables::column::of_session;
use crate::export::tables::column::text;
use crate::export::tables::column::word;
use crate::segmentation::LapRow;
use crate::segmentation::Segment;
use crate::segmentation::Set;
use crate::summary::BestEffort;

/// A part of a session and its number in it, counted from 1.
pub(super) struct Part<'a, T> {
    session: &'a Session,
    number: usize,
    part: &'a T,
}

impl<T> OfSession for Part<'_, T> {
    fn session(&self) -> &Session {
        self.session
    }
}

/// Returns the segments of all sessions.
pub(super) fn segments(sessions: &[Session]) -> impl Iterator<Item = Part<'_, Segment>> {
    sessions
        .iter()
        .flat_map(|session| parts(session, &session.segments))
}

/// Returns the sets of all sessions.
pub(super) fn sets(sessions: &[Session]) -> impl Iterator<Item = Part<'_, Set>> {
    sessions
        .iter()
        .flat_map(|session| parts(session, &session.sets))
}

/// Returns the fastest times of all sessions.
pub(super) fn best_efforts(sessions: &[Session]) -> impl Iterator<Item = Part<'_, BestEffort>> {
    sessions
        .iter()
        .flat_map(|session| parts(session, &session.best_efforts))
}

/// Returns the laps of all sessions.
pub(super) fn laps(sessions: &[Session]) -> impl Iterator<Item = Part<'_, LapRow>> {
    sessions
        .iter()
        .flat_map(|session| parts(session, &session.laps.rows))
}

/// Returns the numbered parts of a session.
fn parts<'a, T>(session: &'a Session, parts: &'a [T]) -> impl Iterator<Item = Part<'a, T>> {
    parts.iter().zip(1..).map(move |(part, number)| Part {
        session,
        number,
        part,
    })
}

/// Returns the columns of the table of segments.
pub(super) fn segment_columns<'a>() -> Vec<Column<Part<'a, Segment>>> {
    let groups = [place_columns(), value_columns(), reason_columns()];
    groups.into_iter().flatten().collect()
}

/// Returns the columns of what a segment is, and where.
fn place_columns<'a>() -> Vec<Column<Part<'a, Segment>>> {
    of_session(
        "the session, as in the table of sessions",
        vec![
            always(integer("segment", "its number, from 1", |p| {
                p.number.into()
            })),
            always(word("kind", "what it is", |p| Cell::name(&p.part.kind))),
            text("name", "its usual name, as in `1000 m`", |p| {
                p.part.name.as_deref().into()
            }),
            integer("set", "the set that it belongs to, from 1", |p| {
                p.part.set.into()
            }),
            integer("rep", "its number in the set, from 1", |p| {
                p.part.rep.into()
            }),
            always(boolean(
                "executed",
                "false for a programmed step that the data do not show",
                |p| p.part.executed.into(),
            )),
            always(float("confidence", "how sure the label is, 0–1", |p| {
                p.part.confidence.into()
            })),
            always(float("start_s", "its start on the elapsed clock", |p| {
                p.part.start_s.into()
            })),
            always(float("end_s", "its end on the elapsed clock", |p| {
                p.part.end_s.into()
            })),
            always(float(
                "start_low_s",
                "the start lies after this in 95 of 100 cases",
                |p| p.part.start_low_s.into(),
            )),
            always(float(
                "start_high_s",
                "the start lies before this in 95 of 100 cases",
                |p| p.part.start_high_s.into(),
            )),
            always(float(
                "end_low_s",
                "the end lies after this in 95 of 100 cases",
                |p| p.part.end_low_s.into(),
            )),
            always(float(
                "end_high_s",
                "the end lies before this in 95 of 100 cases",
                |p| p.part.end_high_s.into(),
            )),
        ],
    )
}

/// Returns the columns of what was run in it.
fn value_columns<'a>() -> Vec<Column<Part<'a, Segment>>> {
    vec![
        always(float("elapsed_s", "from start to end", |p| {
            p.part.elapsed_s().into()
        })),
        always(float("moving_s", "moving", |p| p.part.moving_s.into())),
        float("distance_m", "distance", |p| p.part.distance_m.into()),
        float("speed_m_s", "mean speed while moving", |p| {
            p.part.speed_m_s.into()
        }),
        float(
            "effort_speed_m_s",
            "mean grade-adjusted speed while moving",
            |p| p.part.effort_speed_m_s.into(),
        ),
        float(
            "pace_s_per_km",
            "the mean speed as a pace: seconds, never a time of day",
            |p| p.part.pace_s_per_km.into(),
        ),
        float("heart_rate_bpm", "mean heart rate", |p| {
            p.part.heart_rate_bpm.into()
        }),
        float("heart_rate_max_bpm", "highest heart rate", |p| {
            p.part.heart_rate_max_bpm.into()
        }),
        float("heart_rate_end_bpm", "heart rate over the last 10 s", |p| {
            p.part.heart_rate_end_bpm.into()
        }),
        float("cadence_spm", "mean cadence while moving", |p| {
            p.part.cadence_spm.into()
        }),
        float("power_w", "mean power while moving", |p| {
            p.part.power_w.into()
        }),
        of(
            "ratio",
            float("slope", "mean slope", |p| p.part.slope.into()),
        ),
    ]
}

/// Returns the columns of what it belongs to and rests on.
fn reason_columns<'a>() -> Vec<Column<Part<'a, Segment>>> {
    vec![
        of(
            "points",
            float("load", "what it cost: 100 is an hour at threshold", |p| {
                let load = p.session.load.as_ref();
                let of_segment = load.and_then(|load| load.by_segment.get(p.number - 1));
                of_segment.copied().into()
            }),
        ),
        text("set_name", "the name of its set", |p| {
            let index = p.part.set.and_then(|set| set.checked_sub(1));
            let set = index.and_then(|index| p.session.sets.get(index));
            set.map(|set| set.name.as_str()).into()
        }),
        always(word("session_kind", "the kind of the session", |p| {
            Cell::name(&p.session.kind)
        })),
        text("sources", "what it rests on", |p| {
            Cell::list(p.part.sources.iter().map(|source| source.words()))
        }),
        text("evidence", "why it is what it is", |p| {
            Cell::list(p.part.evidence.iter().map(|evidence| &evidence.text))
        }),
    ]
}

/// Returns the columns of the table of laps.
pub(super) fn lap_columns<'a>() -> Vec<Column<Part<'a, LapRow>>> {
    of_session(
        "the session, as in the table of sessions",
        vec![
            always(integer("lap", "its number, from 1", |p| p.number.into())),
            always(float("start_s", "its start on the elapsed clock", |p| {
                p.part.start_s.into()
            })),
            always(float("end_s", "its end on the elapsed clock", |p| {
                p.part.end_s.into()
            })),
            float("moving_s", "moving", |p| p.part.moving_s.into()),
            float("distance_m", "distance", |p| p.part.distance_m.into()),
            always(word("trigger", "what closed it", |p| {
                Cell::name(&p.part.trigger)
            })),
            word("intensity", "what it was meant to be", |p| {
                Cell::name(&p.part.intensity)
            }),
            integer(
                "workout_step",
                "the workout step that it carried out",
                |p| p.part.workout_step.into(),
            ),
            always(word(
                "laps_used",
                "what fixed the boundaries: structured, manual, detected or ignored",
                |p| Cell::name(&p.session.laps.used),
            )),
        ],
    )
}

/// Returns the columns of the table of sets.
pub(super) fn set_columns<'a>() -> Vec<Column<Part<'a, Set>>> {
    of_session(
        "the session, as in the table of sessions",
        vec![
            always(integer(
                "set",
                "its number, as in the table of segments",
                |p| p.number.into(),
            )),
            text("name", "its name, as in `6 × 1000 m`", |p| {
                p.part.name.as_str().into()
            }),
            always(integer("reps", "the number of repetitions", |p| {
                p.part.reps.into()
            })),
            text("recovery", "what lies between them", |p| {
                p.part.recovery.as_deref().into()
            }),
            float("recovery_s", "the median time of a recovery", |p| {
                p.part.recovery_s.into()
            }),
            float(
                "fade_pct",
                "how much slower the last third is than the first",
                |p| p.part.fade_pct.into(),
            ),
            float(
                "first_to_last_pct",
                "how much slower the last repetition is than the first",
                |p| p.part.first_to_last_pct.into(),
            ),
            float(
                "spread_pct",
                "the coefficient of variation of the speeds",
                |p| p.part.spread_pct.into(),
            ),
            of(
                "ratio",
                float(
                    "work_to_recovery",
                    "time of the repetitions over that of the recoveries",
                    |p| p.part.work_to_recovery.into(),
                ),
            ),
            float(
                "heart_rate_drop_bpm",
                "the median fall of heart rate in a recovery",
                |p| p.part.heart_rate_drop_bpm.into(),
            ),
        ],
    )
}

/// Returns the columns of the table of fastest times.
pub(super) fn best_effort_columns<'a>() -> Vec<Column<Part<'a, BestEffort>>> {
    of_session(
        "the session, as in the table of sessions",
        vec![
            always(float("distance_m", "the distance", |p| {
                p.part.distance_m.into()
            })),
            always(float(
                "time_s",
                "the fastest time: elapsed where it is continuous, else with the timer running",
                |p| p.part.time_s.into(),
            )),
            always(float(
                "start_s",
                "where it starts on the elapsed clock",
                |p| p.part.start_s.into(),
            )),
            always(boolean(
                "continuous",
                "whether there is no stop in it",
                |p| p.part.continuous.into(),
            )),
            float(
                "elapsed_s",
                "the fastest time with standing and the stopped watch",
                |p| p.part.known_elapsed_s().into(),
            ),
            float(
                "continuous_s",
                "the fastest time without a stop, of another stretch where need be",
                |p| p.part.continuous_s.into(),
            ),
            float("continuous_start_s", "where that starts", |p| {
                p.part.continuous_start_s.into()
            }),
        ],
    )
}
