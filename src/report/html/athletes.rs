//! The first page of several athletes: who ran when, who needs a call, and the way to each.

use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::clean::clean_text;
use crate::report::content::athletes;
use crate::report::content::athletes::AthleteLine;
use crate::report::content::athletes::hours;
use crate::report::html::account;
use crate::report::html::account::Account;
use crate::report::html::parts;
use crate::report::html::shell;
use crate::report::html::shell::Script;
use crate::report::html::shell::Shell;
use crate::report::html::show;
use crate::report::html::words;
use crate::review::Review;
use crate::units::UnitSystem;
use crate::units::plural;

/// What the page is made from.
#[derive(Clone, Debug)]
pub struct OverviewPage<'a> {
    /// The athletes.
    pub athletes: Vec<AthleteLink<'a>>,
    /// Every file that was asked for, once.
    pub files: Account,
    /// The units that are shown until the reader chooses.
    pub units: UnitSystem,
}

/// One athlete and the way to its first page.
#[derive(Clone, Debug)]
pub struct AthleteLink<'a> {
    /// The latest block.
    pub review: &'a Review,
    /// All activities.
    pub sessions: &'a [Session],
    /// The place of the athlete's first page.
    pub href: String,
}

/// Returns the first page of several athletes.
#[must_use]
pub fn overview_page(page: &OverviewPage) -> String {
    let athletes: Vec<(&Review, &[Session])> = page
        .athletes
        .iter()
        .map(|athlete| (athlete.review, athlete.sessions))
        .collect();
    let table = athletes::overview(&athletes);
    let body = html! {
        section.head {
            @if let Some(day) = table.last_day { p.eyebrow { "Up to " (words::long_day(day)) (parts::ago(day)) } }
            h1 { (plural(athletes.len(), "athlete")) }
        }
        section {
            table.stack.sortable {
                thead {
                    tr {
                        th scope="col" { "Athlete" }
                        th scope="col" { "Last run" }
                        th.n scope="col" { "Days since" }
                        th.n scope="col" { "Runs" }
                        th.n scope="col" { "Distance" }
                        th.n scope="col" { "Time" }
                        th.n scope="col" { "Usual" }
                        th.n scope="col" { "Load" }
                        th.n scope="col" { "Hard" }
                        th.long scope="col" { "To ask about" }
                    }
                }
                tbody {
                    @for (line, place) in table.lines.iter().zip(&table.places) {
                        (row(line, &page.athletes[*place].href))
                    }
                }
            }
            p.muted {
                "Runs, distance, time and load are of the last seven days, beside the time of a usual week: the middle "
                "of the eight before. Hard runs are of the last 14 days. Days since are counted to the last day of the table."
            }
        }
        (account::account(&page.files))
    };
    let shell = Shell {
        title: "Athletes",
        units: page.units,
        root: "",
        links: &[],
        more_css: None,
        script: Script::List,
    };
    shell::page(&shell, &body)
}

fn row(line: &AthleteLine, href: &str) -> Markup {
    let name = clean_text(line.name.as_deref().unwrap_or("no name"));
    html! {
        tr {
            th scope="row" { a href=(href) { (name) } }
            td data-label="Last run" {
                @match line.latest {
                    Some((day, kind)) => { (words::dated(day)) " " small { (kind.words()) } }
                    None => (words::ABSENT),
                }
            }
            td.n data-label="Days since" { @match line.days_since { Some(days) => (days), None => (words::ABSENT) } }
            td.n data-label="Runs" { (line.week.runs) }
            td.n data-label="Distance" { (show::distance_sum(line.week.distance_m)) }
            td.n data-label="Time" { (hours(line.week.moving_s)) }
            td.n data-label="Usual" { @match line.usual_s { Some(usual) => (hours(usual)), None => (words::ABSENT) } }
            td.n data-label="Load" {
                (words::points(line.week.load))
                @if let Some(usual) = line.usual_load { small { "usual " (format!("{usual:.0}")) } }
            }
            td.n data-label="Hard" { (line.hard) }
            td.long data-label="To ask about" {
                @if line.is_inactive() { p.muted { "not active" } }
                @else if line.flags.is_empty() { (words::ABSENT) }
                @for flag in &line.flags {
                    p { b { (words::capital(flag.word)) } ": " (clean_text(&flag.why)) }
                }
            }
        }
    }
}
