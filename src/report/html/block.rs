//! The training block on the first page: totals, findings, days, weeks, load, distribution.

use std::collections::BTreeMap;

use maud::Markup;
use maud::html;

use crate::classification::SessionKind;
use crate::report::clean_text;
use crate::report::distribution;
use crate::report::distribution::ZONE_INKS;
use crate::report::distribution::ZONE_WORDS;
use crate::report::figure::Ink;
use crate::report::html::index::RunRow;
use crate::report::html::parts;
use crate::report::html::words;
use crate::report::load_chart;
use crate::report::strip;
use crate::report::strip::StripDay;
use crate::report::strip::StripWeek;
use crate::report::ticks;
use crate::review::DayKind;
use crate::review::Finding;
use crate::review::Review;
use crate::review::SessionLine;
use crate::review::Tone;
use crate::review::Week;
use crate::units::Metres;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// The rows of runs by the identifier of the run.
type Links<'a> = BTreeMap<&'a str, &'a RunRow<'a>>;

/// Returns the totals of the block.
pub(super) fn totals(review: &Review, units: UnitSystem) -> Markup {
    let totals = &review.totals;
    let rated = format!(
        "points, {} of {} runs rated",
        totals.rated_runs, totals.runs
    );
    html! {
        dl.numbers {
            (parts::figure_of("Runs", &totals.runs.to_string(), &others(totals.cross_training)))
            (parts::figure_of("Quality sessions", &totals.quality_sessions.to_string(), &per_week(review)))
            (parts::figure_of("Distance", &Metres(totals.distance_m).show_short(units), ""))
            (parts::figure_of("Time", &words::hours(totals.moving_s), "moving"))
            (parts::figure_of("Load", &format!("{:.0}", totals.load), &rated))
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

/// Returns what is to be said about the block.
pub(super) fn findings(review: &Review, links: &Links) -> Markup {
    html! {
        @if !review.findings.is_empty() {
            section {
                h2 { "Findings" }
                ol.findings {
                    @for finding in &review.findings { (finding_item(finding, links)) }
                }
            }
        }
    }
}

fn finding_item(finding: &Finding, links: &Links) -> Markup {
    let (class, word) = match finding.tone {
        Tone::Good => ("good", "As planned"),
        Tone::Look => ("look", "Worth a look"),
        Tone::Fact => ("fact", "Fact"),
        Tone::NotEvaluated => ("open", "Not evaluated"),
    };
    let runs: Vec<&&RunRow> = finding
        .sessions
        .iter()
        .filter_map(|id| links.get(id.as_str()))
        .collect();
    html! {
        li class=(class) {
            p.tone { (word) }
            p.text { (clean_text(&finding.text)) }
            @if !runs.is_empty() { (finding_runs(&runs)) }
            p.muted { "Grade: " (finding.grade.words()) " · Rule: " (clean_text(&finding.source)) }
        }
    }
}

/// Returns the runs that a finding rests on, the first few in sight.
fn finding_runs(runs: &[&&RunRow]) -> Markup {
    /// Runs that are shown without opening the list.
    const IN_SIGHT: usize = 6;
    let (first, rest) = runs.split_at(runs.len().min(IN_SIGHT));
    let link = |row: &RunRow| {
        let day = row.session.head.day.map(words::short_day);
        html! { li { a href=(row.href) { (day.unwrap_or_else(|| row.id.clone())) } } }
    };
    html! {
        ul.links { @for row in first { (link(row)) } }
        @if !rest.is_empty() {
            details {
                summary { (rest.len()) " more" }
                ul.links { @for row in rest { (link(row)) } }
            }
        }
    }
}

/// Returns the day strip.
pub(super) fn days(review: &Review, links: &Links, units: UnitSystem) -> Markup {
    let strip = strip::strip(review);
    let legend = [
        DayKind::Hard,
        DayKind::Medium,
        DayKind::Easy,
        DayKind::Cross,
    ];
    let legend = legend
        .into_iter()
        .filter_map(|kind| Some((strip::day_ink(kind)?, strip::day_word(kind))));
    html! {
        @if !strip.weeks.is_empty() {
            section {
                h2 { "Hard days and easy days" }
                div.card {
                    table.strip {
                        thead {
                            tr {
                                th scope="col" { span.hidden { "Week" } }
                                @for day in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] { th scope="col" { (day) } }
                                th.n scope="col" { (units.distance_unit()) }
                            }
                        }
                        tbody { @for week in &strip.weeks { (strip_row(week, links, units)) } }
                    }
                    (parts::legend(legend))
                    p.muted { "Hard: a quality session. Medium: a steady run, or an easy run that drifted into the middle zone. The number is the distance of the day's runs in " (units.distance_unit()) "." }
                }
            }
        }
    }
}

fn strip_row(week: &StripWeek, links: &Links, units: UnitSystem) -> Markup {
    html! {
        tr {
            th scope="row" { (week.monday.format("%-d %b")) }
            @for day in &week.days {
                @match day {
                    Some(day) => (strip_cell(day, links, units)),
                    None => td.outside {},
                }
            }
            td.n { (format!("{:.0}", week.distance_m / units.distance_m())) }
        }
    }
}

fn strip_cell(day: &StripDay, links: &Links, units: UnitSystem) -> Markup {
    let word = strip::day_word(day.kind);
    let titles: Vec<String> = day.sessions.iter().map(|line| in_short(line)).collect();
    let about = format!(
        "{}: {word}. {}",
        words::long_day(day.day),
        titles.join("; ")
    );
    let distance_m: f64 = day
        .sessions
        .iter()
        .filter(|line| line.kind != SessionKind::CrossTraining)
        .filter_map(|line| line.distance_m)
        .sum();
    let shown = if distance_m > 0.0 {
        format!("{:.0}", distance_m / units.distance_m())
    } else {
        String::new()
    };
    let key = hardest(&day.sessions).and_then(|line| links.get(line.id.as_str()));
    html! {
        td class=(format!("d-{}", word)) title=(clean_text(about.trim())) {
            @match key {
                Some(row) => a href=(row.href) { (letter(day)) span { (shown) } },
                None => span.none { (letter(day)) },
            }
        }
    }
}

/// Returns the letter of a day, so that no one needs the colours.
fn letter(day: &StripDay) -> &'static str {
    match day.kind {
        DayKind::Hard => "H",
        DayKind::Medium => "M",
        DayKind::Easy => "E",
        DayKind::Cross => "X",
        DayKind::Rest => "·",
    }
}

/// Returns the session that a day stands for: the quality session, else the longest.
fn hardest<'a>(sessions: &[&'a SessionLine]) -> Option<&'a SessionLine> {
    sessions.iter().copied().max_by(|a, b| {
        let by_time = a.moving_s.total_cmp(&b.moving_s);
        a.quality.cmp(&b.quality).then(by_time)
    })
}

fn in_short(line: &SessionLine) -> String {
    let time = Seconds(line.moving_s).show();
    if line.title.is_empty() {
        format!("{} {time}", line.kind.words())
    } else {
        format!("{} {time}, {}", line.kind.words(), line.title)
    }
}

/// Returns the weeks: a stacked chart and a table.
pub(super) fn weeks(review: &Review, units: UnitSystem) -> Markup {
    let chart = parts::chart_of(|width| distribution::weeks_figure(review, width));
    let mut legend: Vec<(Ink, &str)> = ZONE_INKS.into_iter().zip(ZONE_WORDS).collect();
    if review.weeks.iter().any(|week| week.unrated_s > 0.0) {
        legend.push((Ink::Unrated, "not rated"));
    }
    html! {
        @if let Some(chart) = chart {
            section {
                h2 { "Week by week" }
                figure.card { (chart) figcaption { (parts::legend(legend)) } }
                details {
                    summary { "The weeks in numbers" }
                    div.scroll {
                        table {
                            thead {
                                tr {
                                    th scope="col" { "Week" }
                                    @for name in ["Runs", "Quality", "Distance", "Time", "Longest", "Load", "Easy", "Middle", "Hard"] {
                                        th.n scope="col" { (name) }
                                    }
                                }
                            }
                            tbody { @for week in review.weeks.iter().rev() { (week_row(week, units)) } }
                        }
                    }
                }
            }
        }
    }
}

fn week_row(week: &Week, units: UnitSystem) -> Markup {
    /// Days of a whole week.
    const WHOLE_WEEK: u32 = 7;
    let rated_s: f64 = week.zone_s.iter().sum();
    html! {
        tr {
            th scope="row" {
                (week.name)
                @if week.days_in_block < WHOLE_WEEK { span.muted { " " (week.days_in_block) " days" } }
            }
            td.n { (week.runs) }
            td.n { (week.quality_sessions) }
            td.n { (Metres(week.distance_m).show_short(units)) }
            td.n { (words::hours(week.moving_s)) }
            td.n { (words::hours(week.longest_run_s)) }
            td.n { (format!("{:.0}", week.load)) }
            @for zone_s in week.zone_s {
                td.n { @if rated_s > 0.0 { (words::percent(zone_s / rated_s)) } @else { (words::ABSENT) } }
            }
        }
    }
}

/// Returns the chart of smoothed load.
pub(super) fn load(review: &Review) -> Markup {
    let chart = parts::chart_of(|width| load_chart::figure(review, width));
    let legend = [
        (Ink::Smoothed7, "smoothed over 7 days"),
        (Ink::Smoothed42, "smoothed over 42 days"),
        (Ink::DayLoad, "each day"),
    ];
    html! {
        @if let Some(chart) = chart {
            section {
                h2 { "Smoothed load" }
                figure.card {
                    (chart)
                    figcaption {
                        (parts::legend(legend))
                        p.muted { "100 points are one hour at threshold. The curves are means in which a day counts less the longer ago it is; they say how much was done, not how fit someone is." }
                    }
                }
            }
        }
    }
}

/// Returns the two distributions side by side.
pub(super) fn distribution(review: &Review) -> Markup {
    let zones = &review.distribution;
    let goals = zones.goal_runs.map(ticks::as_f64);
    let by_time = parts::chart_of(|width| {
        distribution::shares_figure("Running time by effort", zones.zone_s, width)
    });
    let by_goal = parts::chart_of(|width| {
        distribution::shares_figure("Runs by the zone of their main part", goals, width)
    });
    html! {
        @if by_time.is_some() || by_goal.is_some() {
            section {
                h2 { "Distribution" }
                div.card {
                    @if let Some(chart) = by_time {
                        h3 { "By time" }
                        (chart)
                        (parts::zone_legend(zones.zone_s.map(words::hours), zones.zone_s.iter().sum(), zones.zone_s))
                    }
                    @if let Some(chart) = by_goal {
                        h3 { "By session goal" }
                        (chart)
                        (parts::zone_legend(zones.goal_runs.map(runs), goals.iter().sum(), goals))
                    }
                    p.muted {
                        (zones.rated_runs) " of " (zones.runs) " runs rated. "
                        "In the middle zone outside intended work: " (words::hours(zones.middle_outside_quality_s)) "."
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
