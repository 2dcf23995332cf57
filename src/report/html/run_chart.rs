//! The charts of a run's page: the effort bar, the run over time and over distance with what the
//! script needs to read values off, the course.

use maud::Markup;
use maud::html;

use crate::classification::Distribution;
use crate::classification::FIRST_THRESHOLD_OF_CRITICAL_SPEED;
use crate::classification::Session;
use crate::history::Confidence;
use crate::report::charts::map;
use crate::report::charts::of_run::RunCharts;
use crate::report::html::parts;
use crate::report::html::readings;
use crate::report::html::run_page::RunPage;
use crate::report::html::show;
use crate::report::html::words;
use crate::report::html::zone_tables;
use crate::report::privacy::WAY_GRAIN_M;
use crate::units::Seconds;

/// Returns where the time of the session went.
pub(super) fn effort(session: &Session, charts: &RunCharts) -> Markup {
    html! {
        section {
            h2 { "Effort" }
            @if let Some(rated) = &session.distribution {
                figure.card {
                    @if let Some(chart) = &charts.effort {
                        (parts::chart(chart))
                    }
                    figcaption {
                        p.muted { (zone_words(session, rated)) }
                        (zone_tables::of_session(session))
                    }
                }
            } @else {
                p.muted { "Not rated: the run has neither a speed nor a heart rate that can be compared with reference values." }
                @if !session.own_zones.is_empty() { div.card { (zone_tables::of_session(session)) } }
            }
        }
    }
}

/// Returns what the zones are and what they rest on.
fn zone_words(session: &Session, zones: &Distribution) -> Markup {
    let critical = session.references.critical_speed_m_s.as_ref();
    html! {
        @if let Some(critical) = critical {
            @let first = critical.value * FIRST_THRESHOLD_OF_CRITICAL_SPEED;
            "Easy is up to " (show::pace(Some(first))) " on the flat, hard from critical speed on, "
            (show::pace(Some(critical.value)))
            @if critical.confidence == Confidence::LowerBound { " or faster: no hard effort of some minutes shows it" }
            @else if !critical.is_given() { " (confidence: " (critical.confidence.word()) ")" }
            ". "
        }
        "Measured by " (words::plain(zones.basis.name())) ", " (words::percent(zones.coverage))
        " of the moving time rated."
        @if zones.middle_outside_quality_s >= 1.0 {
            " Moderate (zone 2 of 3) outside intended work: "
            (Seconds(zones.middle_outside_quality_s).show()) "."
        }
    }
}

/// Returns the run over time, and over distance where it has one.
pub(super) fn over_time(run: &RunPage, charts: &RunCharts) -> Markup {
    let Some((streams, by_time)) = run.streams.zip(charts.over_time.as_ref()) else {
        return html! {};
    };
    let by_distance = charts.over_distance.as_ref();
    html! {
        section.timeline #timeline {
            div.headed {
                h2 { "Over time" }
                @if by_distance.is_some() {
                    fieldset.switch {
                        legend.hidden { "Horizontal axis" }
                        (parts::choice("along", "time", "time", true))
                        (parts::choice("along", "distance", "distance", false))
                    }
                }
            }
            figure.card {
                div.by-time { (parts::chart(by_time)) }
                @if let Some(by_distance) = by_distance { div.by-distance { (parts::chart(by_distance)) } }
            }
            script type="application/json" #readings {
                (readings::json(run.session, streams))
            }
        }
    }
}

/// Returns the course on the ground, where it was asked for.
pub(super) fn on_the_ground(run: &RunPage) -> Markup {
    let course = run
        .streams
        .filter(|_| run.map_trim_m.is_some())
        .and_then(|streams| map::course(run.session, streams));
    html! {
        @if let Some(course) = course {
            section {
                h2 { "Course" }
                figure.card {
                    (map::drawing(&course))
                    figcaption {
                        @if !course.legend.is_empty() { (parts::legend(course.legend.iter().copied())) }
                        p.muted {
                            "North is up. Colours are those of the segments."
                            @if let Some(trim_m) = run.map_trim_m.filter(|trim_m| *trim_m > 0.0) {
                                " Left out: all ground within at least " (show::short_distance(trim_m))
                                " of the start and the end, and of where many runs begin and end; none of these places is the middle of what is left out."
                                " The way there is told to " (show::short_distance(WAY_GRAIN_M)) ", without pace and altitude."
                            }
                        }
                    }
                }
            }
        }
    }
}
