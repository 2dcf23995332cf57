//! All that lies before the block: the years, the fastest times of all, the races.

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
use crate::units::Seconds;

/// Returns the years, the records and the races of an athlete.
pub(super) fn years(page: &FrontPage) -> Markup {
    let rows: Vec<&RunRow> = page.runs.iter().collect();
    html! {
        (year_table(page))
        (records(&rows, "Fastest of all"))
        (races(&rows))
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
    let all = (years.len() > 1).then(|| (html! { "all" }, Period::of(sessions())));
    html! {
        @if !years.is_empty() {
            section {
                h2 { "Year by year" }
                (table("Year", rows.chain(all)))
            }
        }
    }
}

/// Returns a table of sums, a row for each period.
pub(super) fn table(name: &str, rows: impl IntoIterator<Item = (Markup, Period)>) -> Markup {
    html! {
        table.stack {
            thead {
                tr {
                    th scope="col" { (name) }
                    @for title in TITLES { th.n scope="col" { (title) } }
                }
            }
            tbody { @for (name, period) in rows { (row(name, &period)) } }
        }
    }
}

/// The columns of a table of sums.
const TITLES: [&str; 6] = ["Runs", "Hard", "Distance", "Time", "Longest", "Load"];

fn row(name: Markup, period: &Period) -> Markup {
    let cells = [
        html! { (period.runs) },
        html! { (period.hard) },
        show::distance_sum(period.distance_m),
        html! { (words::hours(period.moving_s)) },
        html! { (words::hours(period.longest_s)) },
        html! { (words::points(period.load)) },
    ];
    html! {
        tr {
            th scope="row" { (name) }
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

/// Returns the races of some runs, the newest first.
pub(super) fn races(rows: &[&RunRow]) -> Markup {
    let races = periods::races(rows.iter().map(|row| row.session));
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
