//! A run over time: a strip of its segments above panels of pace, heart rate, power and altitude.

mod panels;
mod spans;
mod traces;

use crate::classification::Session;
use crate::report::drawing::chart;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Width;
use crate::report::drawing::screens::Both;
use crate::report::drawing::screens::Screens;
use crate::segmentation::Segment;
use crate::streams::Streams;
use crate::units::UnitSystem;
use crate::units::plural;

use crate::report::charts::timeline::panels::View;

pub use spans::possible_efforts;
pub use traces::Along;
pub use traces::Sources;
pub use traces::Traces;
pub use traces::shows_effort;

/// Returns the chart of a run for a laptop as an SVG file; empty when the run has no streams, or no
/// distance to draw along.
#[must_use]
pub fn svg(session: &Session, streams: &Streams, units: UnitSystem, along: Along) -> String {
    let traces = Traces::new(&Sources::new(streams), along, Width::Wide);
    figure(session, streams, &traces, units)
        .map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns the chart of a run for all screens; absent when the run has no streams, or no distance to
/// draw along.
#[must_use]
pub fn screens(
    session: &Session,
    streams: &Streams,
    sources: &Sources<'_>,
    along: Along,
) -> Option<Screens> {
    let on = |width| {
        let traces = Traces::new(sources, along, width);
        Both::of(|units| figure(session, streams, &traces, units))
    };
    Some(Screens {
        wide: on(Width::Wide)?,
        narrow: on(Width::Narrow)?,
    })
}

/// Returns what is drawn of the marks of a run; absent when the run has no streams, or no distance
/// to draw along.
#[must_use]
pub fn figure(
    session: &Session,
    streams: &Streams,
    traces: &Traces,
    units: UnitSystem,
) -> Option<Figure> {
    if streams.is_empty() || streams.elapsed_s <= 0.0 {
        return None;
    }
    let (along, width) = (traces.along, traces.width);
    let view = View {
        session,
        streams,
        traces,
        units,
        along: along.axis(streams),
        standing: spans::standing(session, streams),
        possible: possible_efforts(session),
    };
    let x = view.axis()?;
    let panels: Vec<Panel> = [
        view.strip(x.high),
        view.pace(),
        view.heart_rate(),
        view.power().or_else(|| view.cadence()),
        view.altitude(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let shown: Vec<&str> = panels
        .iter()
        .filter_map(|panel| panel.label.split(" (").next())
        .filter(|label| !label.is_empty())
        .collect();
    let over = match along {
        Along::Time => "time",
        Along::Distance => "distance",
    };
    Some(Figure {
        title: format!("{} over {over}", sentence(&shown)),
        description: describe(&session.segments),
        width,
        x,
        panels,
        legend: view.legend(),
    })
}

fn sentence(words: &[&str]) -> String {
    let mut text = words.join(", ");
    if let Some(first) = text.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    text
}

fn describe(segments: &[Segment]) -> String {
    let efforts = segments
        .iter()
        .filter(|segment| segment.kind.is_work())
        .count();
    format!(
        "{}, {efforts} of them efforts; the table of segments gives the same in numbers.",
        plural(segments.len(), "segment")
    )
}

#[cfg(test)]
mod tests;
