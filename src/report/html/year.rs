//! The page of a year: its sums, its months, its days, its weeks, what was fastest, its races.

use std::collections::BTreeMap;

use chrono::Datelike;
use chrono::NaiveDate;
use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::classification::ZoneSums;
use crate::clean::clean_text;
use crate::report::charts::calendar;
use crate::report::content::periods;
use crate::report::content::periods::Period;
use crate::report::html::link::Link;
use crate::report::html::parts;
use crate::report::html::run_list::RunRow;
use crate::report::html::shell;
use crate::report::html::show;
use crate::report::html::words;
use crate::report::html::years;
use crate::report::html::zone_tables;
use crate::review::DayKind;
use crate::review::Week;
use crate::settings::WeekStart;
use crate::units::UnitSystem;

/// The names of the months.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What a year's page is made from.
#[derive(Clone, Debug)]
pub struct YearPage<'a> {
    /// The year.
    pub year: i32,
    /// The name of the athlete, where there are several.
    pub athlete: Option<&'a str>,
    /// Its activities in order of start, with places relative to the page.
    pub runs: Vec<RunRow<'a>>,
    /// The weekday on which weeks begin.
    pub week_starts: WeekStart,
    /// What each day of the year with an activity was.
    pub days: BTreeMap<NaiveDate, DayKind>,
    /// Its weeks with an activity, the oldest first, and their pages.
    pub weeks: Vec<(&'a Week, String)>,
    /// The units that are shown until the reader chooses.
    pub units: UnitSystem,
    /// Links of the bar.
    pub links: Vec<Link>,
    /// The year before it.
    pub previous: Option<Link>,
    /// The year after it.
    pub next: Option<Link>,
}

/// Returns the page of a year.
#[must_use]
pub fn year_page(page: &YearPage) -> String {
    let sessions = || page.runs.iter().map(|row| row.session);
    let rows: Vec<&RunRow> = page.runs.iter().collect();
    let months = periods::months(sessions(), page.year).into_iter().rev();
    let months = months.map(|(month, period)| {
        let name = month
            .checked_sub(1)
            .and_then(|index| MONTHS.get(index as usize));
        (html! { (name.copied().unwrap_or_default()) }, period)
    });
    let calendar =
        parts::chart_alike(|width| calendar::figure(&page.days, page.week_starts, width));
    let title = page.year.to_string();
    let body = html! {
        section.head {
            @if let Some(athlete) = page.athlete { p.eyebrow { (clean_text(athlete)) } }
            h1 { (title) }
        }
        (numbers(&Period::of(sessions())))
        @if let Some(calendar) = calendar { section { h2 { "Every day" } figure.card { (calendar) } } }
        section { h2 { "Month by month" } (years::table("Month", months)) }
        (weeks(page))
        (zone_tables::of_sums(&own_zones(sessions())))
        (years::records(&rows, "Fastest of the year"))
        (years::races(&rows, rows.len()))
        (parts::neighbours("Years", page.previous.as_ref(), page.next.as_ref()))
    };
    shell::inner_page(&title, page.units, &page.links, &body)
}

/// Returns the time of the runs that count in the zones that the runner gave.
fn own_zones<'a>(sessions: impl Iterator<Item = &'a Session>) -> Vec<ZoneSums> {
    let runs = sessions.filter(|session| session.is_counted_run());
    ZoneSums::of(runs.flat_map(|run| &run.own_zones))
}

fn numbers(period: &Period) -> Markup {
    html! {
        dl.numbers {
            (parts::figure_of("Runs", period.runs.to_string(), ""))
            (parts::figure_of("Hard days", period.hard.to_string(), "quality sessions"))
            (parts::figure_of("Distance", show::distance_sum(period.distance_m), words::of_measured(period.measured_runs, period.runs)))
            (parts::figure_of("Time", words::hours(period.moving_s), "moving"))
            (parts::figure_of("Longest run", words::hours(period.longest_s), ""))
            (parts::figure_of("Load", words::points(period.load), words::of_rated(period.rated_runs, period.runs)))
            @if let Some(metres) = period.ascent_m { (parts::figure_of("Climb", show::height(metres), "")) }
            @if period.others > 0 { (parts::figure_of("Other activities", period.others.to_string(), "")) }
        }
    }
}

/// Returns the weeks of the year, the biggest marked.
fn weeks(page: &YearPage) -> Markup {
    let time = |week: &Week| week.moving_s;
    let most = page
        .weeks
        .iter()
        .map(|(week, _)| time(week))
        .fold(0.0, f64::max);
    html! {
        section {
            h2 { "Week by week" }
            table.stack {
                thead {
                    tr {
                        th scope="col" { "Week" }
                        @for title in ["Runs", "Hard", "Distance", "Time", "Load"] { th.n scope="col" { (title) } }
                    }
                }
                tbody {
                    @for (week, href) in page.weeks.iter().rev() {
                        tr {
                            th scope="row" {
                                a href=(href) { (week_name(week.monday, page.week_starts)) }
                                @if time(week) >= most { " " span.badge.quiet { "biggest" } }
                            }
                            td.n data-label="Runs" { (week.runs) }
                            td.n data-label="Hard" { (week.quality_sessions) }
                            td.n data-label="Distance" { (show::distance_sum(week.distance_m)) }
                            td.n data-label="Time" { (words::hours(week.moving_s)) }
                            td.n data-label="Load" { (words::points(week.load)) }
                        }
                    }
                }
            }
        }
    }
}

fn week_name(first: NaiveDate, starts: WeekStart) -> String {
    let day = first.format("%-d %b");
    match starts {
        WeekStart::Monday => format!("{day} (week {})", first.iso_week().week()),
        WeekStart::Sunday => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::made_up;
    use crate::review;

    #[test]
    fn a_year_tells_its_months_weeks_and_races() {
        let sessions = made_up::season(6);
        let runs: Vec<RunRow> = sessions
            .iter()
            .map(|session| RunRow {
                session,
                id: review::session_id(session),
                href: "../runs/x.html".to_owned(),
            })
            .collect();
        let weeks = review::weeks_with_activities(&sessions, WeekStart::Monday);
        let page = year_page(&YearPage {
            year: 2026,
            athlete: None,
            week_starts: WeekStart::Monday,
            runs,
            days: review::day_kinds(&sessions),
            weeks: weeks
                .iter()
                .map(|week| (week, "../weeks/w.html".to_owned()))
                .collect(),
            units: UnitSystem::Metric,
            links: Vec::new(),
            previous: None,
            next: None,
        });
        assert!(page.contains("March") && page.contains("April") && !page.contains("\"row\">May"));
        assert_eq!(page.matches("../weeks/w.html").count(), weeks.len());
        assert!(page.contains("biggest"));
    }
}
