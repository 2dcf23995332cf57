//! Several athletes for a coach: a line each, then what to ask about.

use crate::clean::clean_text;
use crate::report::content::athletes::AthleteLine;
use crate::report::content::athletes::Overview;
use crate::report::content::athletes::hours;
use crate::report::content::partial_sums;
use crate::report::text::layout::ABSENT;
use crate::report::text::layout::Side;
use crate::report::text::layout::cut;
use crate::report::text::layout::fitting_table;
use crate::report::text::layout::paragraph;
use crate::report::text::layout::usable;
use crate::review::Review;
use crate::units::UnitSystem;
use crate::units::plural;

/// Columns that a name may take.
const NAME_WIDTH: usize = 14;
/// Columns that the words of what to ask about may take; why stands below the table.
const FLAGS_WIDTH: usize = 22;
/// Columns of the table, at most: it holds numbers, and the eye goes along a row.
const MOST_COLUMNS: usize = 100;
/// The title of the column of zones.
const ZONES: &str = "e/m/h %";
/// The title of the column of load.
const LOAD: &str = "load";
/// The title of the column of the latest kind.
const KIND: &str = "kind";
/// The columns that a narrow table does without, the first one first.
const DISPENSABLE: [&str; 5] = [ZONES, KIND, LOAD, "km", "mi"];
/// What the columns mean.
const LEGEND: &str = "days: since the last run, to the last day of the table; runs, distance, time and load are \
                      of the last seven days, beside the time of a usual week, the middle of the eight before; \
                      hard runs are of the last 14 days";
/// What the column of zones means, where there is room for it.
const ZONES_LEGEND: &str = "; time in the easy, moderate and hard zone is of the block";

/// Returns a table with a line for each athlete, those with most to ask about first, and why below it.
///
/// `reviews` are those of the athletes in the order in which the overview was given them. The text keeps
/// within a terminal that is `columns` wide, and does not grow beyond 100.
#[must_use]
pub fn athletes_text(
    overview: &Overview,
    reviews: &[&Review],
    units: UnitSystem,
    columns: usize,
) -> String {
    let columns = usable(columns).min(MOST_COLUMNS);
    let head = [
        ("athlete", Side::Left),
        ("last run", Side::Left),
        (KIND, Side::Left),
        ("days", Side::Right),
        ("runs", Side::Right),
        (units.distance_unit(), Side::Right),
        ("time", Side::Right),
        ("usual", Side::Right),
        (LOAD, Side::Right),
        ("hard", Side::Right),
        (ZONES, Side::Right),
        ("to ask about", Side::Left),
    ];
    let placed = overview.lines.iter().zip(&overview.places);
    let rows = placed.map(|(line, place)| row(line, reviews.get(*place).copied(), units));
    let rows = rows.collect();
    let up_to = overview.last_day.map(|day| format!(", up to {day}"));
    let title = format!(
        "{}{}",
        plural(overview.lines.len(), "athlete"),
        up_to.unwrap_or_default()
    );
    let table = fitting_table(&head, rows, &DISPENSABLE, columns);
    let legend = legend(overview, table.contains(ZONES));
    format!(
        "{title}\n\n{table}\n{}{}",
        reasons(overview, columns),
        paragraph(&legend, columns, 0, 0)
    )
}

fn legend(overview: &Overview, has_zones: bool) -> String {
    let mut weeks = overview.lines.iter().map(|line| &line.week);
    let is_partial = weeks.any(|week| partial_sums::is_partial(week.measured_runs, week.runs));
    let mut legend = LEGEND.to_owned();
    if has_zones {
        legend.push_str(ZONES_LEGEND);
    }
    if is_partial {
        legend.push_str("; ");
        legend.push_str(partial_sums::AT_LEAST_KEY);
    }
    legend
}

/// Returns why each athlete is worth a word, a line each, and an empty line; nothing where nobody is.
fn reasons(overview: &Overview, columns: usize) -> String {
    let lines: String = overview
        .lines
        .iter()
        .flat_map(|line| line.flags.iter().map(move |flag| (line, flag)))
        .map(|(line, flag)| {
            let why = format!("{}: {}: {}", name(line), flag.word, clean_text(&flag.why));
            paragraph(&why, columns, 0, 2)
        })
        .collect();
    if lines.is_empty() {
        lines
    } else {
        lines + "\n"
    }
}

fn name(line: &AthleteLine) -> String {
    clean_text(line.name.as_deref().unwrap_or("no name"))
}

fn row(line: &AthleteLine, review: Option<&Review>, units: UnitSystem) -> Vec<String> {
    let absent = || ABSENT.to_owned();
    let week = &line.week;
    let distance = week.distance_m.map(|metres| {
        let sign = partial_sums::sign(week.measured_runs, week.runs);
        format!("{sign}{:.1}", metres / units.distance_m())
    });
    let zones = review.and_then(|review| review.distribution.time_pct());
    let flags = line.flags.iter().map(|flag| flag.word);
    let words: Vec<&str> = match line.is_inactive() {
        true => vec!["not active"],
        false => flags.collect(),
    };
    vec![
        cut(&name(line), NAME_WIDTH),
        line.latest.map_or_else(absent, |(day, _)| day.to_string()),
        line.latest
            .map_or_else(absent, |(_, kind)| kind.words().to_owned()),
        line.days_since.map_or_else(absent, |days| days.to_string()),
        week.runs.to_string(),
        distance.unwrap_or_else(absent),
        hours(week.moving_s),
        line.usual_s.map_or_else(absent, hours),
        week.load.map_or_else(absent, |load| format!("{load:.0}")),
        line.hard.to_string(),
        zones.map_or_else(absent, |[low, middle, high]| {
            format!("{low}/{middle}/{high}")
        }),
        cut(&words.join(", "), FLAGS_WIDTH),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::Session;
    use crate::classification::SessionKind;
    use crate::report::content::athletes::overview;
    use crate::report::made_up;
    use crate::report::text::layout::width;

    /// Two athletes, of whom the second stopped two weeks before the first.
    fn sessions() -> [Vec<Session>; 2] {
        [("ann", 10), ("bob", 8)].map(|(name, weeks)| {
            let days = (0..weeks).map(|week| made_up::first_day() + chrono::Days::new(7 * week));
            let run = |day| {
                let mut run = made_up::plain_session(day, SessionKind::Easy, 2400.0);
                run.head.athlete = Some(name.to_owned());
                run
            };
            days.map(run).collect()
        })
    }

    #[test]
    fn who_needs_a_call_stands_on_top_and_why_below() {
        let sessions = sessions();
        let reviews = sessions
            .each_ref()
            .map(|one| crate::review::review(one, &Default::default()));
        let athletes: Vec<(&Review, &[Session])> = reviews
            .iter()
            .zip(&sessions)
            .map(|(review, one)| (review, &one[..]))
            .collect();
        let reviews: Vec<&Review> = reviews.iter().collect();
        let table = overview(&athletes);
        for columns in [80, 100, 140] {
            let text = athletes_text(&table, &reviews, UnitSystem::Metric, columns);
            let lines: Vec<&str> = text.lines().collect();
            assert!(lines[0].starts_with("2 athletes, up to "), "{text}");
            assert!(
                lines[3].starts_with("bob") && lines[4].starts_with("ann"),
                "{text}"
            );
            assert!(lines[3].contains(" 14 "), "{text}");
            assert!(
                text.contains("\nbob: silent: no run for 14 days\n"),
                "{text}"
            );
            let widest = lines.iter().map(|line| width(line)).max();
            assert!(widest <= Some(columns.min(100)), "{text}");
            assert_eq!(text.contains(ZONES), columns >= 100, "{text}");
        }
    }
}
