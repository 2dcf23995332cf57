//! The page of an athlete: the reference values over time, and what they rest on.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::clean::clean_text;
use crate::history::DatedReferences;
use crate::report::charts::best_effort_curve;
use crate::report::charts::calendar;
use crate::report::content::gear;
use crate::report::html::front;
use crate::report::html::parts;
use crate::report::html::references;
use crate::report::html::shell;
use crate::report::html::shell::Script;
use crate::report::html::shell::Shell;
use crate::report::html::show;
use crate::review::DayKind;
use crate::review::Review;
use crate::units::UnitSystem;

/// What an athlete's page is made from.
#[derive(Clone, Debug)]
pub struct AthletePage<'a> {
    /// The training block.
    pub review: &'a Review,
    /// The reference values over time.
    pub references: &'a [DatedReferences],
    /// All activities in order of start.
    pub sessions: Vec<&'a Session>,
    /// What each day with an activity was.
    pub days: BTreeMap<NaiveDate, DayKind>,
    /// The units that are shown until the reader chooses.
    pub units: UnitSystem,
}

/// Returns the page of an athlete.
#[must_use]
pub fn athlete_page(athlete: &AthletePage) -> String {
    let name = match athlete.review.athlete {
        Some(_) => front::athlete_name(athlete.review),
        None => "The athlete".to_owned(),
    };
    let body = html! {
        section.head {
            h1 { (name) }
            p { "What is known of the athlete, learned from the runs unless it was given. Runs are judged by these values." }
        }
        (references::over_time(athlete.references))
        (figure("Best efforts", parts::chart_of(|units, width| {
            best_effort_curve::block_figure(athlete.review, &athlete.sessions, units, width)
        })))
        (shoes(&athlete.sessions))
        (figure("Every day", parts::chart_alike(|width| calendar::figure(&athlete.days, athlete.review.week_starts, width))))
    };
    let shell = Shell {
        title: &name,
        units: athlete.units,
        root: "",
        links: &[],
        more_css: None,
        script: Script::Plain,
    };
    shell::page(&shell, &body)
}

fn shoes(sessions: &[&Session]) -> Markup {
    let shoes = gear::shoes(sessions);
    html! {
        @if !shoes.is_empty() {
            section {
                h2 { "Shoes" }
                table.stack {
                    thead {
                        tr {
                            th scope="col" { "Shoes" }
                            th.n scope="col" { "Distance" }
                            th.n scope="col" { "Runs" }
                            th scope="col" { "First" }
                            th scope="col" { "Last" }
                        }
                    }
                    tbody {
                        @for pair in &shoes {
                            tr {
                                th scope="row" { (clean_text(&pair.name)) }
                                td.n data-label="Distance" { (show::distance(Some(pair.distance_m))) }
                                td.n data-label="Runs" { (pair.runs) }
                                td data-label="First" { (month(pair.first)) }
                                td data-label="Last" { (month(pair.last)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn month(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| day.format("%b %Y").to_string())
}

fn figure(title: &str, chart: Option<Markup>) -> Markup {
    html! {
        @if let Some(chart) = chart {
            section {
                h2 { (title) }
                figure.card { (chart) }
            }
        }
    }
}
