//! The table of the zones that the user gave.

use crate::classification::OwnZones;
use crate::classification::Session;
use crate::export::tables::cell::Cell;
use crate::export::tables::column::Column;
use crate::export::tables::column::OfSession;
use crate::export::tables::column::always;
use crate::export::tables::column::float;
use crate::export::tables::column::integer;
use crate::export::tables::column::of;
use crate::export::tables::column::of_session;
use crate::export::tables::column::text;
use crate::export::tables::column::word;
use crate::settings::ZonesOf;

/// A zone of a session.
pub(super) struct ZoneRow<'a> {
    session: &'a Session,
    zones: &'a OwnZones,
    /// Its place among the others, counted from 0.
    index: usize,
}

impl OfSession for ZoneRow<'_> {
    fn session(&self) -> &Session {
        self.session
    }
}

impl ZoneRow<'_> {
    fn low(&self) -> Option<f64> {
        let below = self.index.checked_sub(1)?;
        self.zones.limits.get(below).copied()
    }

    fn high(&self) -> Option<f64> {
        self.zones.limits.get(self.index).copied()
    }

    fn unit(&self) -> &'static str {
        match self.zones.of {
            ZonesOf::HeartRate => "bpm",
            ZonesOf::Pace => "m/s",
            ZonesOf::Power => "W",
        }
    }
}

/// Returns the zones of all sessions.
pub(super) fn zones(sessions: &[Session]) -> impl Iterator<Item = ZoneRow<'_>> {
    sessions.iter().flat_map(|session| {
        session.own_zones.iter().flat_map(move |zones| {
            (0..zones.seconds.len()).map(move |index| ZoneRow {
                session,
                zones,
                index,
            })
        })
    })
}

/// Returns the columns of the table of zones.
pub(super) fn zone_columns<'a>() -> Vec<Column<ZoneRow<'a>>> {
    of_session(
        "the session, as in the table of sessions",
        vec![
            always(word("of", "heart_rate, pace or power", |row| {
                Cell::name(&row.zones.of)
            })),
            always(integer("zone", "its number, from 1", |row| {
                (row.index + 1).into()
            })),
            text("name", "its name", |row| {
                let name = row.zones.names.get(row.index);
                name.map(String::as_str).into()
            }),
            of(
                "see `unit`",
                float("low", "its lower limit; the first has none", |row| {
                    row.low().into()
                }),
            ),
            of(
                "see `unit`",
                float("high", "its upper limit; the last has none", |row| {
                    row.high().into()
                }),
            ),
            always(word(
                "unit",
                "the unit of the limits: bpm, m/s or W",
                |row| Cell::word(row.unit()),
            )),
            float("time_s", "the time in it", |row| {
                row.zones.seconds.get(row.index).copied().into()
            }),
        ],
    )
}
