//! The training block on the first page: totals, findings, days, weeks, load, distribution.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maud::Markup;
use maud::html;

use crate::report::charts::distribution;
use crate::report::charts::distribution::ZONE_WORDS;
use crate::report::charts::load_chart;
use crate::report::charts::volume_chart;
use crate::report::content::partial_sums;
use crate::report::drawing::ticks;
use crate::report::html::parts;
use crate::report::html::show;
use crate::report::html::words;
use crate::review::Review;
use crate::review::Week;
use crate::review::percentages;

/// Returns the totals of the block.
pub(super) fn totals(review: &Review) -> Markup {
    let totals = &review.totals;
    let measured = words::of_measured(totals.measured_runs, totals.runs);
    let rated = words::of_rated(totals.rated_runs, totals.runs);
    html! {
        dl.numbers {
            (parts::figure_of("Runs", totals.runs.to_string(), others(totals.cross_training)))
            (parts::figure_of("Quality sessions", totals.quality_sessions.to_string(), per_week(review)))
            (parts::figure_of("Distance", show::distance_sum(totals.distance_m), measured))
            (parts::figure_of("Time", words::hours(totals.moving_s), "moving"))
            (parts::figure_of("Load", words::points(totals.load), rated))
        }
    }
}

fn others(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "and 1 other activity".to_owned(),
        many => format!("and {many} other activities"),
    }
}

fn per_week(review: &Review) -> String {
    /// Days of a week.
    const WEEK: f64 = 7.0;
    let weeks = ticks::as_f64(review.days.len()) / WEEK;
    if weeks < 1.0 {
        return String::new();
    }
    let quality = ticks::as_f64(review.totals.quality_sessions);
    format!("{:.1} a week", quality / weeks)
}

/// Returns the weeks: a stacked chart and a table.
pub(super) fn weeks(review: &Review, week_hrefs: &BTreeMap<NaiveDate, String>) -> Markup {
    let chart = parts::chart_alike(|width| distribution::weeks_figure(review, width));
    let volume = parts::chart_of(|units, width| volume_chart::figure(review, units, width));
    html! {
        @if let Some(chart) = chart {
            section {
                h2 { "Week by week" }
                figure.card { (chart) }
                @if let Some(volume) = volume { figure.card { (volume) } }
                details {
                    summary { "The weeks in numbers" }
                    div.scroll {
                        table {
                            thead {
                                tr {
                                    th scope="col" { "Week" }
                                    @for name in ["Runs", "Quality", "Distance", "Time", "Longest", "Load", "Easy", "Moderate", "Hard"] {
                                        th.n scope="col" { (name) }
                                    }
                                }
                            }
                            tbody { @for week in review.weeks.iter().rev() { (week_row(week, week_hrefs)) } }
                        }
                    }
                }
            }
        }
    }
}

fn week_row(week: &Week, week_hrefs: &BTreeMap<NaiveDate, String>) -> Markup {
    /// Days of a whole week.
    const WHOLE_WEEK: u32 = 7;
    let percents = percentages(week.zone_s);
    html! {
        tr {
            th scope="row" {
                (words::week_link(week.monday, &week.name, week_hrefs))
                @if week.days_in_block < WHOLE_WEEK { span.muted { " " (week.days_in_block) " days" } }
            }
            td.n { (week.runs) }
            td.n { (week.quality_sessions) }
            td.n { (show::distance_sum(week.distance_m)) (part(week.measured_runs, week.runs)) }
            td.n { (words::hours(week.moving_s)) }
            td.n { (words::hours(week.longest_run_s)) }
            td.n { (words::points(week.load)) (part(week.rated_runs, week.runs)) }
            @for index in 0..ZONE_WORDS.len() {
                td.n {
                    @if let Some(percents) = percents { (percents[index]) " %" } @else { (words::ABSENT) }
                }
            }
        }
    }
}

/// Returns of how many runs a sum is, when it is not of all.
fn part(known: usize, runs: usize) -> Markup {
    html! {
        @if partial_sums::is_partial(known, runs) { span.muted { " " (partial_sums::of_runs(known, runs)) } }
    }
}

/// Returns the chart of smoothed load.
pub(super) fn load(review: &Review) -> Markup {
    let chart = parts::chart_alike(|width| load_chart::figure(review, width));
    html! {
        @if let Some(chart) = chart {
            section {
                h2 { "Smoothed load" }
                figure.card {
                    (chart)
                    figcaption {
                        p.muted { "100 points are one hour at threshold. The curves are means in which a day counts less the longer ago it is; they say how much was done, not how fit someone is."
                            @if let Some(last) = review.load_curve.last() {
                                " On " (words::dated(last.day)) ": " (format!("{:.0}", last.smoothed_7)) " a day over about 7 days, "
                                (format!("{:.0}", last.smoothed_42)) " over about 42; "
                                (freshness(last.smoothed_42 - last.smoothed_7)) "."
                            }
                            @if let Some(last) = review.load_curve.iter().rfind(|point| point.settling) {
                                " Up to " (words::dated(last.day)) " the longer one still leans on its start, less than 42 days after the first run."
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns what the difference of the two smoothed loads says.
fn freshness(difference: f64) -> String {
    let word = if difference < 0.0 { "more" } else { "less" };
    format!(
        "of late {:.0} points a day {word} than over the longer time",
        difference.abs()
    )
}

/// Returns the two distributions side by side.
pub(super) fn distribution(review: &Review) -> Markup {
    let zones = &review.distribution;
    let goals = zones.goal_runs.map(ticks::as_f64);
    let by_time = parts::bare_chart_alike(|width| {
        distribution::shares_figure("Running time by effort", zones.zone_s, width)
    });
    let by_goal = parts::bare_chart_alike(|width| {
        distribution::shares_figure("Runs by the zone of their main part", goals, width)
    });
    html! {
        @if by_time.is_some() || by_goal.is_some() {
            section {
                h2 { "Distribution" }
                div.card {
                    @if let Some(chart) = by_time {
                        h3 { "Every minute, by how hard it was run" }
                        (chart)
                        (parts::zone_legend(zones.zone_s.map(words::hours), zones.zone_s))
                    }
                    @if let Some(chart) = by_goal {
                        h3 { "Every run, by the zone of its main part" }
                        (chart)
                        (parts::zone_legend(zones.goal_runs.map(runs), goals))
                    }
                    p.muted {
                        (zones.rated_runs) " of " (zones.runs) " runs rated. "
                        "Moderate running (zone 2 of 3) that was not meant to be: " (words::hours(zones.middle_outside_quality_s)) "."
                    }
                }
            }
        }
    }
}

fn runs(count: usize) -> String {
    match count {
        1 => "1 run".to_owned(),
        many => format!("{many} runs"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::made_up;

    #[test]
    fn sums_are_a_dash_where_nothing_is_known_and_say_where_it_is_a_part() {
        let mut review = made_up::review(&made_up::season(1));
        let runs = review.totals.runs;
        for known in [0, runs - 1] {
            let sum = (known > 0).then_some(12_300.0);
            let week = &mut review.weeks[0];
            (week.distance_m, week.measured_runs) = (sum, known);
            (week.load, week.rated_runs) = (sum, known);
            let totals = &mut review.totals;
            (totals.distance_m, totals.measured_runs) = (sum, known);
            let page = totals_and_row(&review);
            assert!(!page.contains("0.0 km"), "{page}");
            let part = format!("of {known} of {runs} runs");
            // In the totals, and of distance and load in the row of the week.
            let times = if known == 0 { 0 } else { 3 };
            assert_eq!(
                page.matches(&part).count() - page.matches(&format!("{part} rated")).count(),
                times
            );
            assert_eq!(page.contains("<small>not recorded</small>"), known == 0);
            assert_eq!(
                page.matches("<td class=\"n\">–</td>").count() >= 2,
                known == 0
            );
        }
    }

    fn totals_and_row(review: &Review) -> String {
        let row = week_row(&review.weeks[0], &BTreeMap::new());
        totals(review).into_string() + &row.into_string()
    }
}
