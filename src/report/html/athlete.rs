//! The page of an athlete: the reference values over time, and what they rest on.

use maud::html;

use crate::history::DatedReferences;
use crate::report::html::index;
use crate::report::html::references;
use crate::report::html::shell;
use crate::report::html::shell::Shell;
use crate::review::Review;
use crate::units::UnitSystem;

/// What an athlete's page is made from.
#[derive(Clone, Debug)]
pub struct AthletePage<'a> {
    /// The training block.
    pub review: &'a Review,
    /// The reference values over time.
    pub references: &'a [DatedReferences],
    /// The units that are shown until the reader chooses.
    pub units: UnitSystem,
}

/// Returns the page of an athlete.
#[must_use]
pub fn athlete_page(athlete: &AthletePage) -> String {
    let name = match athlete.review.athlete {
        Some(_) => index::athlete_name(athlete.review),
        None => "The athlete".to_owned(),
    };
    let body = html! {
        section.head {
            h1 { (name) }
            p { "What is known of the athlete, learned from the runs unless it was given. Runs are judged by these values." }
        }
        (references::over_time(athlete.references))
    };
    let shell = Shell {
        title: &name,
        units: athlete.units,
        root: "",
        links: &[],
        more_css: "",
    };
    shell::page(&shell, &body)
}
