//! The block in the course of time: phases, key sessions, the same workout again, best efforts, and
//! how the reference values changed.

use maud::Markup;
use maud::html;

use crate::clean::clean_text;
use crate::history::References;
use crate::report::charts::comparable_chart;
use crate::report::content::bests;
use crate::report::html::parts;
use crate::report::html::run_list::Links;
use crate::report::html::show;
use crate::report::html::words;
use crate::review::Comparable;
use crate::review::Review;
use crate::units::Seconds;

/// The most workouts of one structure that are listed; the last ones count.
const MOST_COMPARED: usize = 6;

/// Returns what the weeks look like.
pub(super) fn phases(review: &Review) -> Markup {
    let phases = &review.phases;
    html! {
        @if !phases.spans.is_empty() {
            section {
                h2 { "Phases" }
                table.stack {
                    thead {
                        tr {
                            th scope="col" { "Looks like" }
                            th scope="col" { "From" }
                            th.n scope="col" { "Weeks" }
                            th.n scope="col" { "A week" }
                            th.n scope="col" { "Fast, a week" }
                            th scope="col" { "Evidence" }
                        }
                    }
                    tbody {
                        @for span in &phases.spans {
                            tr {
                                th scope="row" { (span.phase.word()) }
                                td data-label="From" { (words::dated(span.first)) }
                                td.n data-label="Weeks" { (span.weeks) }
                                td.n data-label="A week" { (format!("{:.1} h", span.hours_per_week)) }
                                td.n data-label="Fast, a week" { (format!("{:.0} min", span.hard_minutes_per_week)) }
                                td data-label="Evidence" {
                                    (span.certainty())
                                    @if let Some(second) = span.runner_up { small { "or " (second.word()) } }
                                }
                            }
                        }
                    }
                }
                p.muted { "From weekly volume, its slope, fast running (0.92 of critical speed and more) and races, against the own last half year. The limits are coaching conventions." }
            }
        }
    }
}

/// Returns the sequence of key sessions with the hours between them.
pub(super) fn key_sessions(review: &Review, links: &Links<'_>) -> Markup {
    html! {
        @if !review.key_sessions.is_empty() {
            section {
                h2 { "Key sessions" }
                details {
                    summary { (review.key_sessions.len()) " in order, with the hours between them" }
                    table.stack {
                        thead {
                            tr {
                                th scope="col" { "Day" }
                                th scope="col" { "Kind" }
                                th scope="col" { "What" }
                                th.n scope="col" { "Since the one before" }
                            }
                        }
                        tbody {
                            @for session in review.key_sessions.iter().rev() {
                                tr {
                                    th scope="row" { (run_link(links, &session.id, &words::dated(session.day))) }
                                    td data-label="Kind" { (session.kind.words()) }
                                    td data-label="What" { (title(review, &session.id)) }
                                    td.n data-label="Since the one before" {
                                        @if let Some(hours) = session.hours_since_previous { (words::hours_or_days(hours)) } @else { (words::ABSENT) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn title(review: &Review, id: &str) -> String {
    let line = review.sessions.iter().find(|line| line.id == id);
    line.map_or_else(String::new, |line| clean_text(&line.title))
}

fn run_link(links: &Links<'_>, id: &str, text: &str) -> Markup {
    html! {
        @if let Some(row) = links.get(id) { a href=(row.href) { (text) } } @else { (text) }
    }
}

/// Returns workouts of the same structure side by side.
pub(super) fn comparable(review: &Review, links: &Links<'_>) -> Markup {
    html! {
        @if !review.comparable_workouts.is_empty() {
            section {
                h2 { "The same workout again" }
                @if let Some(chart) = parts::chart_of(|units, width| comparable_chart::figure(review, units, width)) {
                    figure.card { (chart) }
                }
                @for workout in &review.comparable_workouts { (workout_table(workout, links)) }
                p.muted { "Grade-adjusted pace is the pace on the flat for the same effort, mean of the reps. Course and weather differ." }
            }
        }
    }
}

fn workout_table(workout: &Comparable, links: &Links<'_>) -> Markup {
    let first = workout.sessions.len().saturating_sub(MOST_COMPARED);
    html! {
        h3 { (clean_text(&workout.name)) }
        table.stack {
            thead {
                tr {
                    th scope="col" { "Day" }
                    th.n scope="col" { "Grade-adjusted" }
                    th.n scope="col" { "Heart rate" }
                    th.n scope="col" { "Recovery" }
                    th.n scope="col" { "Fade" }
                }
            }
            tbody {
                @for session in &workout.sessions[first..] {
                    tr {
                        th scope="row" { (run_link(links, &session.id, &words::dated(session.day))) }
                        td.n data-label="Grade-adjusted" { (show::pace(Some(session.effort_speed_m_s))) }
                        td.n data-label="Heart rate" { (words::count(session.heart_rate_bpm, "bpm")) }
                        td.n data-label="Recovery" {
                            @if let Some(seconds) = session.recovery_s { (Seconds(seconds).show()) } @else { (words::ABSENT) }
                        }
                        td.n data-label="Fade" {
                            @if let Some(fade) = session.fade_pct { (format!("{fade:+.1} %")) } @else { (words::ABSENT) }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the best efforts of the block, and the reference values at both of its ends.
pub(super) fn bests(review: &Review, links: &Links<'_>) -> Markup {
    html! {
        @if !review.best_efforts.is_empty() {
            section {
                h2 { "Best efforts of the block" }
                table.stack {
                    thead {
                        tr {
                            th scope="col" { "Distance" }
                            th.n scope="col" { "Time" }
                            th.n scope="col" { "Day" }
                            th.n scope="col" { "The year before" }
                        }
                    }
                    tbody {
                        @for best in &review.best_efforts {
                            tr {
                                th scope="row" { (bests::distance_name(best.distance_m)) }
                                td.n data-label="Time" { (Seconds(best.time_s).show()) }
                                td.n data-label="Day" { (run_link(links, &best.id, &words::dated(best.day))) }
                                td.n data-label="The year before" {
                                    @if let Some(before) = best.before_s { (Seconds(before).show()) } @else { (words::ABSENT) }
                                }
                            }
                        }
                    }
                }
                (changes(review))
            }
        }
    }
}

fn changes(review: &Review) -> Markup {
    let shown: Vec<(&str, Markup, Markup)> = review
        .reference_changes
        .iter()
        .filter_map(|change| {
            let kind = References::KINDS
                .iter()
                .find(|kind| kind.key == change.name)?;
            let shown = |value: Option<f64>| {
                show::both(|units| {
                    value.map_or_else(
                        || words::ABSENT.to_owned(),
                        |value| kind.unit.show(value, units),
                    )
                })
            };
            Some((kind.name, shown(change.first), shown(change.last)))
        })
        .filter(|(_, first, last)| first.0 != last.0)
        .collect();
    html! {
        @if !shown.is_empty() {
            p.muted {
                "From the first run to the last: "
                @for (index, (name, first, last)) in shown.iter().enumerate() {
                    @if index > 0 { "; " }
                    (name) " " (first) " → " (last)
                }
                "."
            }
        }
    }
}
