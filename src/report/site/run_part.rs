//! The files of one run: which there are, where, and what is in them.

use crate::report::charts::map;
use crate::report::charts::of_run::RunCharts;
use crate::report::drawing::screens::Screens;
use crate::report::html;
use crate::report::html::RunPage;
use crate::report::site::document::document;

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

    /// Returns whether it is a chart, which the page draws itself.
    pub(super) fn is_chart(self) -> bool {
        !matches!(self, RunPart::Page | RunPart::Document)
    }

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
    pub(super) fn content(self, page: &RunPage<'_>, charts: &RunCharts) -> String {
        let drawn = |chart: &Option<Screens>| {
            let chart = chart.as_ref();
            chart.map_or_else(String::new, |chart| chart.file(page.units))
        };
        match self {
            RunPart::Page => html::run_page(page, charts),
            RunPart::OverTime => drawn(&charts.over_time),
            RunPart::OverDistance => drawn(&charts.over_distance),
            RunPart::Effort => drawn(&charts.effort),
            RunPart::Repetitions => drawn(&charts.repetitions),
            RunPart::BestEfforts => drawn(&charts.best_efforts),
            RunPart::Drift => drawn(&charts.drift),
            RunPart::Course => {
                let streams = page.streams.filter(|_| page.map_trim_m.is_some());
                streams.map_or_else(String::new, |streams| map::svg(page.session, streams))
            }
            // No link, no document: it would tell what the page does not.
            RunPart::Document if page.data_href.is_none() => String::new(),
            RunPart::Document => document(page.session),
        }
    }
}
