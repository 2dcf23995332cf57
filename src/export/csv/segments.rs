//! The tables of segments and laps.

use crate::classification::Session;
use crate::export::csv::cell::Cell;
use crate::export::csv::columns::Column;
use crate::review::session_id;
use crate::segmentation::LapRow;
use crate::segmentation::Segment;

/// A part of a session and its number in it, counted from 1.
pub(super) struct Part<'a, T> {
    session: &'a Session,
    number: usize,
    part: &'a T,
}

/// Returns the segments of all sessions.
pub(super) fn segments(sessions: &[Session]) -> impl Iterator<Item = Part<'_, Segment>> {
    sessions
        .iter()
        .flat_map(|session| parts(session, &session.segments))
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
pub(super) fn segment_columns<'a>() -> [Column<Part<'a, Segment>>; 33] {
    [
        ("session", |p| Cell::Code(session_id(p.session))),
        ("path", |p| p.session.head.source.path.as_str().into()),
        ("day", |p| p.session.head.day.into()),
        ("segment", |p| p.number.into()),
        ("kind", |p| Cell::name(&p.part.kind)),
        ("name", |p| p.part.name.as_deref().into()),
        ("set", |p| p.part.set.into()),
        ("rep", |p| p.part.rep.into()),
        ("executed", |p| p.part.executed.into()),
        ("confidence", |p| p.part.confidence.into()),
        ("start_s", |p| p.part.start_s.into()),
        ("end_s", |p| p.part.end_s.into()),
        ("start_low_s", |p| p.part.start_low_s.into()),
        ("start_high_s", |p| p.part.start_high_s.into()),
        ("end_low_s", |p| p.part.end_low_s.into()),
        ("end_high_s", |p| p.part.end_high_s.into()),
        ("elapsed_s", |p| p.part.elapsed_s().into()),
        ("moving_s", |p| p.part.moving_s.into()),
        ("distance_m", |p| p.part.distance_m.into()),
        ("speed_m_s", |p| p.part.speed_m_s.into()),
        ("effort_speed_m_s", |p| p.part.effort_speed_m_s.into()),
        ("pace_s_per_km", |p| p.part.pace_s_per_km.into()),
        ("heart_rate_bpm", |p| p.part.heart_rate_bpm.into()),
        ("heart_rate_max_bpm", |p| p.part.heart_rate_max_bpm.into()),
        ("heart_rate_end_bpm", |p| p.part.heart_rate_end_bpm.into()),
        ("cadence_spm", |p| p.part.cadence_spm.into()),
        ("power_w", |p| p.part.power_w.into()),
        ("slope", |p| p.part.slope.into()),
        ("load", |p| {
            let load = p.session.load.as_ref();
            let of_segment = load.and_then(|load| load.by_segment.get(p.number - 1));
            of_segment.copied().into()
        }),
        ("set_name", |p| {
            let index = p.part.set.and_then(|set| set.checked_sub(1));
            let set = index.and_then(|index| p.session.sets.get(index));
            set.map(|set| set.name.as_str()).into()
        }),
        ("session_kind", |p| Cell::name(&p.session.kind)),
        ("sources", |p| {
            Cell::list(p.part.sources.iter().map(|source| source.words()))
        }),
        ("evidence", |p| {
            Cell::list(p.part.evidence.iter().map(|evidence| &evidence.text))
        }),
    ]
}

/// Returns the columns of the table of laps.
pub(super) fn lap_columns<'a>() -> [Column<Part<'a, LapRow>>; 12] {
    [
        ("session", |p| Cell::Code(session_id(p.session))),
        ("path", |p| p.session.head.source.path.as_str().into()),
        ("day", |p| p.session.head.day.into()),
        ("lap", |p| p.number.into()),
        ("start_s", |p| p.part.start_s.into()),
        ("end_s", |p| p.part.end_s.into()),
        ("moving_s", |p| p.part.moving_s.into()),
        ("distance_m", |p| p.part.distance_m.into()),
        ("trigger", |p| Cell::name(&p.part.trigger)),
        ("intensity", |p| Cell::name(&p.part.intensity)),
        ("workout_step", |p| p.part.workout_step.into()),
        ("laps_used", |p| Cell::name(&p.session.laps.used)),
    ]
}
