//! The table of the zones that the user gave.

use crate::classification::OwnZones;
use crate::classification::Session;
use crate::export::csv::cell::Cell;
use crate::export::csv::columns::Column;
use crate::review::session_id;
use crate::settings::ZonesOf;

/// A zone of a session.
pub(super) struct ZoneRow<'a> {
    session: &'a Session,
    zones: &'a OwnZones,
    /// Its place among the others, counted from 0.
    index: usize,
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
pub(super) fn zone_columns<'a>() -> [Column<ZoneRow<'a>>; 10] {
    [
        ("session", |row| Cell::Code(session_id(row.session))),
        ("path", |row| row.session.head.source.path.as_str().into()),
        ("day", |row| row.session.head.day.into()),
        ("of", |row| Cell::name(&row.zones.of)),
        ("zone", |row| (row.index + 1).into()),
        ("name", |row| {
            let name = row.zones.names.get(row.index);
            name.map(String::as_str).into()
        }),
        ("low", |row| row.low().into()),
        ("high", |row| row.high().into()),
        ("unit", |row| Cell::Code(row.unit().to_owned())),
        ("time_s", |row| {
            row.zones.seconds.get(row.index).copied().into()
        }),
    ]
}
