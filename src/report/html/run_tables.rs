//! The tables of a run's page: segments with their evidence, sets, best efforts.

use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::clean::clean_text;
use crate::report::charts::of_run::RunCharts;
use crate::report::content::aggregates::aggregates;
use crate::report::content::bests;
use crate::report::content::planned;
use crate::report::drawing::ink::segment_ink;
use crate::report::html::parts;
use crate::report::html::show;
use crate::report::html::words;
use crate::segmentation::Segment;
use crate::summary::BestEffort;
use crate::units::Seconds;
use crate::units::plural;

/// Returns the table of segments.
pub(super) fn segments(session: &Session) -> Markup {
    html! {
        @if !session.segments.is_empty() {
            section {
                h2 { "Segments" }
                p.muted { "Open a segment to see what its label rests on." }
                table.flow.segments {
                    thead {
                        tr {
                            th scope="col" { "Segment" }
                            th scope="col" { "Time" }
                            th scope="col" { "Distance" }
                            th scope="col" { "Pace" }
                            th scope="col" { "Heart rate" }
                            th scope="col" { "Confidence" }
                        }
                    }
                    tbody {
                        @for segment in &session.segments { (segment_row(segment)) }
                    }
                    (sums(&session.segments))
                }
            }
        }
    }
}

fn segment_row(segment: &Segment) -> Markup {
    let ink = segment_ink(segment.kind);
    let heart_rate = words::count(segment.heart_rate_bpm, "bpm");
    html! {
        tr.(parts::ink_class(ink)).effort[segment.kind.is_work()] {
            th scope="row" {
                details {
                    summary { (segment_name(segment)) }
                    (evidence(segment))
                }
            }
            td { (Seconds(segment.elapsed_s()).show()) }
            td { (show::distance(segment.distance_m)) }
            td { (show::pace(segment.speed_m_s)) }
            td {
                (heart_rate)
                @if let Some(highest) = segment.heart_rate_max_bpm {
                    small { "max " (format!("{highest:.0}")) }
                }
            }
            td { (words::sureness(segment.confidence)) }
        }
    }
}

/// Returns work, recovery and all else summed up apart.
fn sums(segments: &[Segment]) -> Markup {
    let sums = aggregates(segments);
    html! {
        @if !sums.is_empty() {
            tbody.sums {
                @for sum in &sums {
                    tr {
                        th scope="row" { (sum.name) span.muted { " " (plural(sum.count, "segment")) } }
                        td { (Seconds(sum.elapsed_s).show()) }
                        td { (show::distance(sum.distance_m)) }
                        td { (show::mean_pace(sum.distance_m, sum.moving_s)) }
                        td { (words::count(sum.heart_rate_bpm, "bpm")) }
                        td {}
                    }
                }
            }
        }
    }
}

fn segment_name(segment: &Segment) -> Markup {
    html! {
        (words::capital(&segment.label()))
        @if let Some(name) = &segment.name { span.muted { " " (clean_text(name)) } }
        @if let Some(planned) = segment.planned.as_ref().filter(|planned| planned::is_told(planned)) {
            span.muted { " " (show::both(|units| planned::words(planned, units).unwrap_or_default())) }
        }
        @if !segment.executed { span.badge.quiet { "not executed" } }
    }
}

fn evidence(segment: &Segment) -> Markup {
    /// Reasons that are told; the document holds all of them.
    const FOREMOST: usize = 3;
    html! {
        ul {
            @for reason in segment.evidence.iter().take(FOREMOST) { li { (clean_text(&reason.text)) } }
            @if segment.evidence.is_empty() { li { "no further evidence" } }
            li { (facts(segment)) }
        }
    }
}

/// Returns in one line where a segment lies, and what else was measured in it.
fn facts(segment: &Segment) -> String {
    let slope = segment
        .slope
        .map(|slope| format!("slope {:+.1} %", slope * 100.0));
    let cadence = segment
        .cadence_spm
        .map(|cadence| format!("{cadence:.0} steps a minute"));
    let power = segment.power_w.map(|power| format!("{power:.0} W"));
    let sources = (!segment.sources.is_empty()).then(|| format!("from {}", rests_on(segment)));
    let place = format!(
        "{}{} to {}{}",
        clock(segment.start_s),
        interval(segment.start_low_s, segment.start_high_s),
        clock(segment.end_s),
        interval(segment.end_low_s, segment.end_high_s)
    );
    let facts = [Some(place), slope, cadence, power, sources];
    facts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn rests_on(segment: &Segment) -> String {
    let words: Vec<&str> = segment
        .sources
        .iter()
        .map(|source| source.words())
        .collect();
    words.join(", ")
}

fn clock(value_s: f64) -> String {
    Seconds(value_s).show()
}

/// Returns how far a boundary may lie off, empty where it is exact.
fn interval(low_s: f64, high_s: f64) -> String {
    let (low, high) = (clock(low_s), clock(high_s));
    if low == high {
        String::new()
    } else {
        format!(" ({low}–{high})")
    }
}

/// Returns the table of sets.
pub(super) fn sets(session: &Session, charts: &RunCharts) -> Markup {
    let signed = |value: Option<f64>| {
        value.map_or_else(|| words::ABSENT.to_owned(), |pct| format!("{pct:+.1} %"))
    };
    let plain = |value: Option<f64>| {
        value.map_or_else(|| words::ABSENT.to_owned(), |pct| format!("{pct:.1} %"))
    };
    html! {
        @if !session.sets.is_empty() {
            section {
                h2 { "Sets" }
                @if let Some(chart) = &charts.repetitions {
                    figure.card { (parts::chart(chart)) }
                }
                table.stack {
                    thead {
                        tr {
                            th scope="col" { "Set" }
                            th.n scope="col" { "Recovery" }
                            th.n scope="col" { "Work to recovery" }
                            th.n scope="col" { "Fade" }
                            th.n scope="col" { "First to last" }
                            th.n scope="col" { "Spread" }
                            th.n scope="col" { "Heart rate falls by" }
                        }
                    }
                    tbody {
                        @for set in &session.sets {
                            tr {
                                th scope="row" { (clean_text(&set.name)) }
                                td.n data-label="Recovery" { (clean_text(set.recovery.as_deref().unwrap_or(words::ABSENT))) }
                                td.n data-label="Work to recovery" {
                                    @if let Some(ratio) = set.work_to_recovery { (format!("{ratio:.1} : 1")) } @else { (words::ABSENT) }
                                }
                                td.n data-label="Fade" { (signed(set.fade_pct)) }
                                td.n data-label="First to last" { (signed(set.first_to_last_pct)) }
                                td.n data-label="Spread" { (plain(set.spread_pct)) }
                                td.n data-label="Heart rate falls by" { (words::count(set.heart_rate_drop_bpm, "bpm")) }
                            }
                        }
                    }
                }
                p.muted { "Fade: how much slower the last third was than the first, first to last: the last repetition than the first. Spread: how far the speeds lie apart (coefficient of variation)." }
            }
        }
    }
}

/// Returns the table of best efforts.
pub(super) fn best_efforts(session: &Session, charts: &RunCharts) -> Markup {
    html! {
        @if !session.best_efforts.is_empty() {
            section {
                h2 { "Best efforts of this run" }
                @if let Some(chart) = &charts.best_efforts {
                    figure.card { (parts::chart(chart)) }
                }
                p.muted { (bests::TWO_WAYS) }
                table {
                    thead {
                        tr {
                            th scope="col" { "Distance" }
                            th.n scope="col" { "Elapsed" }
                            th.n scope="col" { "Without a stop" }
                        }
                    }
                    tbody {
                        @for effort in &session.best_efforts { (best_effort(effort)) }
                    }
                }
            }
        }
    }
}

fn best_effort(effort: &BestEffort) -> Markup {
    let timer = (!effort.continuous).then_some(effort.time_s);
    html! {
        tr {
            th scope="row" { (bests::distance_name(effort.distance_m))
                @if let Some(timer_s) = timer { small.below { "timer " (Seconds(timer_s).show()) } }
            }
            td.n { (timed(effort, effort.known_elapsed_s(), Some(effort.start_s))) }
            td.n { (timed(effort, effort.continuous_s, effort.continuous_start_s)) }
        }
    }
}

/// Returns a time with its pace and where it starts.
fn timed(effort: &BestEffort, time_s: Option<f64>, start_s: Option<f64>) -> Markup {
    let Some(time_s) = time_s else {
        return html! { (words::ABSENT) };
    };
    html! {
        (Seconds(time_s).show())
        small.below {
            (show::mean_pace(Some(effort.distance_m), time_s))
            @if let Some(start_s) = start_s { " from " (clock(start_s)) }
        }
    }
}
