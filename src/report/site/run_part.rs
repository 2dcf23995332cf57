//! The files of one run: which there are, where, and what is in them.

use crate::report::charts::best_effort_curve;
use crate::report::charts::drift_plot;
use crate::report::charts::map;
use crate::report::charts::repetitions;
use crate::report::charts::timeline;
use crate::report::charts::timeline::Along;
use crate::report::charts::zones;
use crate::report::html;
use crate::report::html::RunPage;
use crate::report::site::document::document;
use crate::streams::Streams;

/// One of the files of a run.
#[derive(Clone, Copy, Debug)]
pub(super) enum RunPart {
    /// The page.
    Page,
    /// The chart over time.
    OverTime,
    /// The same over distance.
    OverDistance,
    /// The time in zones.
    Effort,
    /// The repetitions.
    Repetitions,
    /// The best efforts.
    BestEfforts,
    /// Heart rate against effort.
    Drift,
    /// The course on the ground, where it was asked for.
    Course,
    /// The session document.
    Document,
}

impl RunPart {
    pub(super) const ALL: [RunPart; 9] = [
        RunPart::Page,
        RunPart::OverTime,
        RunPart::OverDistance,
        RunPart::Effort,
        RunPart::Repetitions,
        RunPart::BestEfforts,
        RunPart::Drift,
        RunPart::Course,
        RunPart::Document,
    ];

    pub(super) fn path(self, name: &str) -> String {
        match self {
            RunPart::Page => format!("runs/{name}.html"),
            RunPart::OverTime => format!("charts/{name}-timeline.svg"),
            RunPart::OverDistance => format!("charts/{name}-distance.svg"),
            RunPart::Effort => format!("charts/{name}-effort.svg"),
            RunPart::Repetitions => format!("charts/{name}-repetitions.svg"),
            RunPart::BestEfforts => format!("charts/{name}-best-efforts.svg"),
            RunPart::Drift => format!("charts/{name}-drift.svg"),
            RunPart::Course => format!("charts/{name}-course.svg"),
            RunPart::Document => format!("data/{name}.json"),
        }
    }

    /// Returns the content, empty where the run has none.
    pub(super) fn content(self, page: &RunPage<'_>) -> String {
        let (session, units) = (page.session, page.units);
        let with_streams =
            |draw: &dyn Fn(&Streams) -> String| page.streams.map_or_else(String::new, draw);
        match self {
            RunPart::Page => html::run_page(page),
            RunPart::OverTime => {
                with_streams(&|streams| timeline::svg(session, streams, units, Along::Time))
            }
            RunPart::OverDistance => {
                with_streams(&|streams| timeline::svg(session, streams, units, Along::Distance))
            }
            RunPart::Effort => zones::svg(session),
            RunPart::Repetitions => repetitions::svg(session, units),
            RunPart::BestEfforts => best_effort_curve::run_svg(session, units),
            RunPart::Drift => with_streams(&|streams| drift_plot::svg(session, streams, units)),
            RunPart::Course => with_streams(&|streams| {
                let drawn = |trim_m| map::svg(session, streams, trim_m);
                page.map_trim_m.map_or_else(String::new, drawn)
            }),
            RunPart::Document => document(session),
        }
    }
}
