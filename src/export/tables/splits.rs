//! The table of splits.

use crate::classification::Session;
use crate::export::tables::cell::Cell;
use crate::export::tables::column::Column;
use crate::export::tables::column::OfSession;
use crate::export::tables::column::always;
use crate::export::tables::column::float;
use crate::export::tables::column::integer;
use crate::export::tables::column::of_session;
use crate::report::content::splits::Split;
use crate::report::content::splits::splits;
use crate::streams::Streams;
use crate::units::UnitSystem;
use crate::units::round;

/// Decimals of times, distances and heart rates, as in documents.
const TENTHS: i32 = 1;
/// Decimals of speeds, as in documents.
const THOUSANDTHS: i32 = 3;

/// A kilometre of a session and its number, counted from 1.
pub(super) struct Kilometre<'a> {
    session: &'a Session,
    number: usize,
    split: Split,
}

impl OfSession for Kilometre<'_> {
    fn session(&self) -> &Session {
        self.session
    }
}

/// Returns the kilometres of a run; none of another activity.
pub(super) fn splits_of<'a>(
    session: &'a Session,
    streams: &Streams,
) -> impl Iterator<Item = Kilometre<'a>> + use<'a> {
    let found = if session.kind.is_run() {
        splits(streams, &session.segments, UnitSystem::Metric)
    } else {
        Vec::new()
    };
    found
        .into_iter()
        .zip(1..)
        .map(move |(split, number)| Kilometre {
            session,
            number,
            split,
        })
}

fn rounded(value: Option<f64>, decimals: i32) -> Cell {
    value.map(|value| round(value, decimals)).into()
}

/// Returns the columns of the table of splits.
pub(super) fn split_columns<'a>() -> Vec<Column<Kilometre<'a>>> {
    of_session(
        "the run, as in the table of sessions",
        vec![
            always(integer("split", "its number, from 1", |k| k.number.into())),
            always(float(
                "distance_m",
                "its length; the last one is shorter",
                |k| rounded(Some(k.split.distance_m), TENTHS),
            )),
            always(float("start_s", "its start on the elapsed clock", |k| {
                rounded(Some(k.split.start_s), TENTHS)
            })),
            always(float("end_s", "its end on the elapsed clock", |k| {
                rounded(Some(k.split.end_s), TENTHS)
            })),
            always(float("moving_s", "time without standing and pauses", |k| {
                rounded(Some(k.split.moving_s), TENTHS)
            })),
            float("speed_m_s", "mean speed while moving", |k| {
                rounded(k.split.speed_m_s(), THOUSANDTHS)
            }),
            float(
                "effort_speed_m_s",
                "mean grade-adjusted speed while moving",
                |k| rounded(k.split.effort_speed_m_s, THOUSANDTHS),
            ),
            float("heart_rate_bpm", "mean heart rate", |k| {
                rounded(k.split.heart_rate_bpm, TENTHS)
            }),
            float("ascent_m", "metres climbed, where altitude is sound", |k| {
                rounded(k.split.ascent_m, TENTHS)
            }),
        ],
    )
}
