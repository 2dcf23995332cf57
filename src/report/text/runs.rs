//! One line per run.

use crate::classification::Session;
use crate::report::clean_text;
use crate::report::text::layout::ABSENT;
use crate::report::text::layout::Side;
use crate::report::text::layout::cut;
use crate::report::text::layout::table;
use crate::review::session_title;
use crate::units::MetresPerSecond;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// Columns that a title may take.
const TITLE_WIDTH: usize = 26;

/// Returns a table of runs, one line each.
#[must_use]
pub fn runs_table(sessions: &[Session], units: UnitSystem) -> String {
    let head = [
        ("day", Side::Left),
        ("kind", Side::Left),
        ("what", Side::Left),
        ("time", Side::Right),
        (units.distance_unit(), Side::Right),
        ("pace", Side::Right),
        ("sure", Side::Right),
    ];
    let rows = sessions.iter().map(|session| row(session, units)).collect();
    table(&head, rows, 0)
}

/// Returns the row of one run.
fn row(session: &Session, units: UnitSystem) -> Vec<String> {
    let head = &session.head;
    let day = head.day.map(|day| day.to_string());
    let distance = head
        .distance_m
        .map(|d| format!("{:.2}", d / units.distance_m()));
    vec![
        day.unwrap_or_else(|| "undated".to_owned()),
        session.kind.words().to_owned(),
        cut(&what(session), TITLE_WIDTH),
        Seconds(head.moving_s).show(),
        distance.unwrap_or_else(|| ABSENT.to_owned()),
        pace(session, units),
        format!("{:.0} %", session.kind_confidence * 100.0),
    ]
}

/// Returns the title where it says more than the kind, else the name of the activity or file.
fn what(session: &Session) -> String {
    let title = session_title(session);
    if title != session.kind.words() {
        return clean_text(&title);
    }
    let source = &session.head.source;
    let file = source.path.rsplit('/').next().unwrap_or_default();
    clean_text(session.head.name.as_deref().unwrap_or(file))
}

/// Returns the mean pace over moving time.
pub(super) fn pace(session: &Session, units: UnitSystem) -> String {
    let head = &session.head;
    match head.distance_m {
        Some(distance_m) if head.moving_s > 0.0 => {
            MetresPerSecond(distance_m / head.moving_s).show_pace(units)
        }
        _ => ABSENT.to_owned(),
    }
}
