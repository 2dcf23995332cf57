//! All that lies before the block: the years, the fastest times of all, the races.

use chrono::Datelike;
use chrono::NaiveDate;
use maud::Markup;
use maud::html;

use crate::clean::clean_text;
use crate::report::content::bests;
use crate::report::content::periods;
use crate::report::content::periods::Period;
use crate::report::html::front_page::FrontPage;
use crate::report::html::run_list::RunRow;
use crate::report::html::show;
use crate::report::html::words;
use crate::review::percentages;
use crate::units::Seconds;

/// So many races stand on the first page.
///
/// # Units
/// Races. Chosen: a race a week for ten years.
const MOST_RACES: usize = 520;

/// Returns the years, the records and the races of an athlete.
pub(super) fn years(page: &FrontPage) -> Markup {
    let rows: Vec<&RunRow> = page.runs.iter().collect();
    html! {
        (year_table(page))
        (records(&rows, "Fastest of all"))
        (races(&rows, MOST_RACES))
    }
}

fn year_table(page: &FrontPage) -> Markup {
    let sessions = || page.runs.iter().map(|row| row.session);
    let years = periods::years(sessions());
    let name = |year: &i32| {
        html! {
            @match page.year_hrefs.get(year) { Some(href) => a href=(href) { (year) }, None => (year) }
        }
    };
    let rows = years.iter().rev();
    let rows = rows.map(|(year, period)| (name(year), period.clone()));
    let all = (years.len() > 1).then(|| Period::of(sessions()));
    html! {
        @if !years.is_empty() {
            section {
                h2 { "Year by year" }
                (table("Year", rows))
                @if let Some(all) = all { p.muted { (in_all(&all)) } }
                @if let Some(text) = so_far(&page.runs, page.review.to) { p.muted { (text) } }
            }
        }
    }
}

fn in_all(all: &Period) -> Markup {
    html! {
        "In all " (crate::units::plural(all.runs, "run")) ", " (show::distance_sum(all.distance_m)) ", "
        (words::hours(all.moving_s)) ", " (all.hard) " hard."
    }
}

/// Returns the year so far beside the year before up to the same day; absent without runs in both. What is
/// dated after the last known day has a wrong date.
fn so_far(rows: &[RunRow], last_known: Option<NaiveDate>) -> Option<Markup> {
    let dated = || rows.iter().filter(|row| row.session.is_counted_run());
    let days = dated().filter_map(|row| row.session.head.day);
    let latest = days
        .filter(|day| last_known.is_none_or(|last| *day <= last))
        .max()?;
    let sum = |year: i32| {
        let of_year = dated().map(|row| row.session).filter(|session| {
            let day = session.head.day;
            day.is_some_and(|day| day.year() == year && day.ordinal() <= latest.ordinal())
        });
        Period::of(of_year)
    };
    let (this, last) = (sum(latest.year()), sum(latest.year() - 1));
    (last.runs > 0).then(|| {
        html! {
            (latest.year()) " up to " (words::short_day(latest)) ": " (show::distance_sum(this.distance_m)) " in "
            (words::hours(this.moving_s)) "; the year before up to the same day: "
            (show::distance_sum(last.distance_m)) " in " (words::hours(last.moving_s)) "."
        }
    })
}

/// Returns a table of sums, a row for each period, with a bar as long as its moving time.
pub(super) fn table(name: &str, rows: impl IntoIterator<Item = (Markup, Period)>) -> Markup {
    let rows: Vec<(Markup, Period)> = rows.into_iter().collect();
    let most_s = rows
        .iter()
        .map(|(_, period)| period.moving_s)
        .fold(0.0, f64::max);
    html! {
        table.stack {
            thead {
                tr {
                    th scope="col" { (name) }
                    th.bar aria-hidden="true" {}
                    @for title in TITLES { th.n scope="col" { (title) } }
                }
            }
            tbody { @for (name, period) in rows { (row(name, &period, most_s)) } }
        }
    }
}

/// The columns of a table of sums.
const TITLES: [&str; 8] = [
    "Runs", "Hard", "Distance", "Time", "Longest", "Climb", "Easy", "Load",
];

fn row(name: Markup, period: &Period, most_s: f64) -> Markup {
    let cells = [
        html! { (period.runs) },
        html! { (period.hard) },
        show::distance_sum(period.distance_m),
        html! { (words::hours(period.moving_s)) },
        html! { (words::hours(period.longest_s)) },
        html! { @match period.ascent_m { Some(metres) => (show::height(metres)), None => (words::ABSENT) } },
        html! { @match percentages(period.zone_s) { Some([easy, ..]) => { (easy) " %" } None => (words::ABSENT) } },
        html! { (words::points(period.load)) },
    ];
    html! {
        tr {
            th scope="row" { (name) }
            td.bar { meter aria-hidden="true" max="100" value=(format!("{:.0}", period.moving_s / most_s.max(1.0) * 100.0)) {} }
            @for (title, cell) in TITLES.iter().zip(cells) { td.n data-label=(title) { (cell) } }
        }
    }
}

/// Returns the fastest times of some runs, each with its day.
pub(super) fn records(rows: &[&RunRow], title: &str) -> Markup {
    let records = periods::records(rows.iter().map(|row| row.session));
    html! {
        @if !records.is_empty() {
            section {
                h2 { (title) }
                table.stack {
                    thead {
                        tr { th scope="col" { "Distance" } th.n scope="col" { "Time" } th.n scope="col" { "Pace" } th.n scope="col" { "Day" } }
                    }
                    tbody {
                        @for record in &records {
                            tr {
                                th scope="row" { (bests::distance_name(record.distance_m)) }
                                td.n data-label="Time" { (Seconds(record.time_s).show()) }
                                td.n data-label="Pace" { (show::mean_pace(Some(record.distance_m), record.time_s)) }
                                td.n data-label="Day" { (day_link(rows[record.session])) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the races of some runs, the newest first; of very many so many, since those of each year stand
/// on its page.
pub(super) fn races(rows: &[&RunRow], most: usize) -> Markup {
    let mut races = periods::races(rows.iter().map(|row| row.session));
    let left_out = races.len().saturating_sub(most);
    races.truncate(most);
    html! {
        @if !races.is_empty() {
            section {
                h2 { "Races" }
                table.stack {
                    thead {
                        tr { th scope="col" { "Day" } th scope="col" { "Race" } th.n scope="col" { "Time" } th.n scope="col" { "Pace" } }
                    }
                    tbody {
                        @for (race, place) in &races {
                            tr {
                                th scope="row" { (day_link(rows[*place])) }
                                td data-label="Race" {
                                    (race.name())
                                    @if let Some(name) = &rows[*place].session.head.name { " " small { (clean_text(name)) } }
                                }
                                td.n data-label="Time" { (Seconds(race.time_s).show()) @if race.is_official { small { "official" } } }
                                td.n data-label="Pace" { (show::mean_pace(Some(race.distance_m), race.time_s)) }
                            }
                        }
                    }
                }
                @if left_out > 0 { p.muted { "Earlier races, " (left_out) ", stand on the pages of their years." } }
            }
        }
    }
}

fn day_link(row: &RunRow) -> Markup {
    let day = row
        .session
        .head
        .day
        .map_or_else(|| "undated".to_owned(), words::dated);
    html! { a href=(row.href) { (day) } }
}
