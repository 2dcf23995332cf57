//! One line per run.

use crate::classification::Session;
use crate::report::clean_text;
use crate::report::text::layout::ABSENT;
use crate::report::text::layout::Side;
use crate::report::text::layout::cut;
use crate::report::text::layout::fitting_table;
use crate::report::text::layout::usable;
use crate::review::session_title;
use crate::units::MetresPerSecond;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// Columns that all but the title of a run take.
const OTHERS_WIDTH: usize = 54;
/// Columns that a title may take, at least and at most.
const TITLE_WIDTHS: (usize, usize) = (14, 60);

/// The columns that a narrow table does without, the first one first.
const DISPENSABLE: [&str; 3] = ["sure", "what", "pace"];

/// Returns a table of runs, one line each, for a terminal that is so many columns wide.
#[must_use]
pub fn runs_table(sessions: &[Session], units: UnitSystem, columns: usize) -> String {
    let head = [
        ("day", Side::Left),
        ("kind", Side::Left),
        ("what", Side::Left),
        ("time", Side::Right),
        (units.distance_unit(), Side::Right),
        ("pace", Side::Right),
        ("sure", Side::Right),
    ];
    let columns = usable(columns);
    let title_width = columns.saturating_sub(OTHERS_WIDTH);
    let title_width = title_width.clamp(TITLE_WIDTHS.0, TITLE_WIDTHS.1);
    let rows = sessions
        .iter()
        .map(|session| row(session, units, title_width));
    fitting_table(&head, rows.collect(), &DISPENSABLE, columns)
}

/// Returns the row of one run.
fn row(session: &Session, units: UnitSystem, title_width: usize) -> Vec<String> {
    let head = &session.head;
    let day = head.day.map(|day| day.to_string());
    let distance = head
        .distance_m
        .map(|d| format!("{:.2}", d / units.distance_m()));
    vec![
        day.unwrap_or_else(|| "undated".to_owned()),
        session.kind.words().to_owned(),
        cut(&what(session), title_width),
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
