//! One line per run.

use std::ops::RangeInclusive;

use crate::classification::Session;
use crate::clean::clean_text;
use crate::report::text::layout::ABSENT;
use crate::report::text::layout::Side;
use crate::report::text::layout::cut;
use crate::report::text::layout::fitting_table;
use crate::report::text::layout::table_width;
use crate::report::text::layout::usable;
use crate::review::session_title;
use crate::units::MetresPerSecond;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// The head of the column of titles.
const TITLES: &str = "what";
/// Its place in the table.
const TITLES_AT: usize = 2;
/// Columns that a title may take, at least and at most.
const TITLE_WIDTHS: RangeInclusive<usize> = 18..=60;

/// The columns that a narrow table does without, the first one first.
const DISPENSABLE: [&str; 3] = ["sure", TITLES, "pace"];

/// Returns a table of runs, one line each, for a terminal that is so many columns wide.
#[must_use]
pub fn runs_table(sessions: &[Session], units: UnitSystem, columns: usize) -> String {
    let head = [
        ("day", Side::Left),
        ("kind", Side::Left),
        (TITLES, Side::Left),
        ("time", Side::Right),
        (units.distance_unit(), Side::Right),
        ("pace", Side::Right),
        ("sure", Side::Right),
    ];
    let columns = usable(columns);
    let mut rows: Vec<_> = sessions.iter().map(|session| row(session, units)).collect();
    let titles: Vec<String> = rows
        .iter_mut()
        .map(|row| std::mem::take(&mut row[TITLES_AT]))
        .collect();
    let others = table_width(&head, &rows) - TITLES.len();
    let room = columns.saturating_sub(others);
    for (row, title) in rows.iter_mut().zip(titles) {
        row[TITLES_AT] = cut(
            &title,
            room.clamp(*TITLE_WIDTHS.start(), *TITLE_WIDTHS.end()),
        );
    }
    fitting_table(&head, rows, &DISPENSABLE, columns)
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
        what(session),
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
