//! The page of one week: its days, its runs, and the findings of the block that rest on them.

use chrono::Days;
use chrono::NaiveDate;
use maud::Markup;
use maud::html;

use crate::clean::clean_text;
use crate::report::charts::distribution;
use crate::report::content::periods::Period;
use crate::report::content::strip;
use crate::report::content::usual_week::UsualWeek;
use crate::report::html::findings;
use crate::report::html::link::Link;
use crate::report::html::parts;
use crate::report::html::run_list::Links;
use crate::report::html::run_list::RunRow;
use crate::report::html::shell;
use crate::report::html::show;
use crate::report::html::words;
use crate::report::html::zone_tables;
use crate::review::DayKind;
use crate::review::Finding;
use crate::review::Week;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// Days of a week after its first.
const LAST_DAY: u64 = 6;

/// What a week's page is made from.
#[derive(Clone, Debug)]
pub struct WeekPage<'a> {
    /// The sums of the week.
    pub week: &'a Week,
    /// The name of the athlete, where there are several.
    pub athlete: Option<&'a str>,
    /// The usual week before it; absent where too few are known.
    pub usual: Option<UsualWeek>,
    /// What each day was, in order.
    pub days: [(NaiveDate, DayKind); 7],
    /// Its activities in order of start, with places relative to the page.
    pub runs: Vec<RunRow<'a>>,
    /// The findings of the block that rest on one of them.
    pub findings: Vec<&'a Finding>,
    /// The units that are shown until the reader chooses.
    pub units: UnitSystem,
    /// Links of the bar.
    pub links: Vec<Link>,
    /// The week before it.
    pub previous: Option<Link>,
    /// The week after it.
    pub next: Option<Link>,
}

/// Returns the page of a week.
#[must_use]
pub fn week_page(page: &WeekPage) -> String {
    let week = page.week;
    let title = format!("Week {}", week.name);
    let links: Links = page.runs.iter().map(|row| (row.id.as_str(), row)).collect();
    let body = html! {
        section.head {
            p.eyebrow {
                (words::span(week.monday, week.monday + Days::new(LAST_DAY)))
                @if let Some(athlete) = page.athlete { " · " (clean_text(athlete)) }
            }
            h1 { (title) }
        }
        (numbers(week))
        (beside_usual(page))
        (days(page))
        (effort(week))
        (zone_tables::of_sums(&week.own_zones))
        @if !page.findings.is_empty() {
            section {
                h2 { "Findings of the block that rest on this week" }
                ol.findings { @for finding in &page.findings { (findings::item(finding, &links)) } }
            }
        }
        (parts::neighbours("Weeks", page.previous.as_ref(), page.next.as_ref()))
    };
    shell::inner_page(&title, page.units, &page.links, &body)
}

/// Returns the usual week in a sentence, and what was climbed.
fn beside_usual(page: &WeekPage) -> Markup {
    let climb_m = Period::of(page.runs.iter().map(|row| row.session)).ascent_m;
    let usual = page.usual.as_ref().filter(|usual| usual.moving_s > 0.0);
    html! {
        @if climb_m.is_some() || usual.is_some() {
            p.muted {
                @if let Some(metres) = climb_m { "Climbed: " (show::height(metres)) ". " }
                @if let Some(usual) = usual {
                    "A usual week before it: " (words::hours(usual.moving_s)) ", " (show::distance_sum(usual.distance_m))
                    ", the middle of " (usual.weeks) " whole weeks."
                }
            }
        }
    }
}

fn numbers(week: &Week) -> Markup {
    let share = (week.moving_s > 0.0).then(|| week.longest_run_s / week.moving_s);
    let share = share.map(|share| format!("{} of the time", words::percent(share)));
    html! {
        dl.numbers {
            (parts::figure_of("Runs", week.runs.to_string(), ""))
            (parts::figure_of("Quality sessions", week.quality_sessions.to_string(), ""))
            (parts::figure_of("Distance", show::distance_sum(week.distance_m), words::of_measured(week.measured_runs, week.runs)))
            (parts::figure_of("Time", words::hours(week.moving_s), "moving"))
            (parts::figure_of("Longest run", words::hours(week.longest_run_s), share.unwrap_or_default()))
            (parts::figure_of("Load", words::points(week.load), words::of_rated(week.rated_runs, week.runs)))
            @if let Some(load) = week.cross_training_load.filter(|load| *load > 0.0) {
                (parts::figure_of("Load of other sports", words::points(Some(load)), "points"))
            }
            @if let Some(monotony) = week.monotony {
                (parts::figure_of("Monotony", format!("{monotony:.1}"), "contested: a small sample"))
            }
            @if let Some(strain) = week.strain {
                (parts::figure_of("Strain", format!("{strain:.0}"), "monotony × load"))
            }
        }
    }
}

fn days(page: &WeekPage) -> Markup {
    html! {
        section {
            h2 { "Days" }
            table.flow.days {
                thead {
                    tr {
                        th scope="col" { "Day" }
                        th scope="col" { "Session" }
                        th.n scope="col" { "Time" }
                        th.n scope="col" { "Distance" }
                        th.n scope="col" { "Pace" }
                        th.n scope="col" { "Heart rate" }
                        th.n scope="col" { "Load" }
                    }
                }
                tbody { @for (day, kind) in page.days { (day_rows(page, day, kind)) } }
            }
        }
    }
}

/// Returns a row for each activity of a day, or one that says what the day was.
fn day_rows(page: &WeekPage, day: NaiveDate, kind: DayKind) -> Markup {
    let runs: Vec<&RunRow> = page
        .runs
        .iter()
        .filter(|row| row.session.head.day == Some(day))
        .collect();
    html! {
        @if runs.is_empty() {
            tr.empty { th scope="row" { (words::short_day(day)) } td colspan="6" { (strip::day_word(kind)) } }
        }
        @for (index, row) in runs.iter().enumerate() {
            tr {
                th scope="row" {
                    @if index == 0 {
                        (words::short_day(day))
                        @if let Some(ink) = strip::day_ink(kind) { " " span.mark.(parts::ink_class(ink)).(parts::letters_class(ink)) { (strip::day_word(kind)) } }
                    }
                }
                (session_cells(row))
            }
        }
    }
}

fn session_cells(row: &RunRow) -> Markup {
    let session = row.session;
    let head = &session.head;
    let title = words::title(session);
    html! {
        td {
            a href=(row.href) { (parts::kind(session)) }
            @if !title.is_empty() { " " (title) }
            @if let Some(name) = words::name(session) { " " small.muted { (name) } }
            @if session.excluded { " " span.badge.quiet { "left out" } }
        }
        td.n { (Seconds(head.moving_s).show()) }
        td.n { (show::distance(head.distance_m)) }
        td.n { (show::mean_pace(head.distance_m, head.moving_s)) }
        td.n { (words::count(session.summary.mean_heart_rate_bpm, "bpm")) }
        td.n { (words::count(session.load.as_ref().map(|load| load.value), "")) }
    }
}

fn effort(week: &Week) -> Markup {
    let chart = parts::bare_chart_alike(|width| {
        distribution::shares_figure("Time by effort", week.zone_s, width)
    });
    html! {
        @if let Some(chart) = chart {
            section {
                h2 { "Effort" }
                figure.card {
                    (chart)
                    figcaption {
                        (parts::zone_legend(week.zone_s.map(words::hours), week.zone_s))
                        @if week.unrated_s > 0.0 {
                            p.muted { "Not rated: " (words::hours(week.unrated_s)) " of running." }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::distribution::ZONE_WORDS;
    use crate::report::made_up;

    fn page(with_runs: bool) -> String {
        let sessions = made_up::season(1);
        let review = made_up::review(&sessions);
        let monday = made_up::first_day();
        let days = std::array::from_fn(|index| {
            let day = monday + Days::new(index as u64);
            (
                day,
                review.days.get(index).map_or(DayKind::Rest, |day| day.kind),
            )
        });
        let runs = sessions.iter().filter(|_| with_runs).map(|session| RunRow {
            session,
            id: crate::review::session_id(session),
            href: "../runs/x.html".to_owned(),
        });
        week_page(&WeekPage {
            week: &review.weeks[0],
            athlete: None,
            usual: None,
            days,
            runs: runs.collect(),
            findings: review.findings.iter().take(1).collect(),
            units: UnitSystem::Metric,
            links: Vec::new(),
            previous: None,
            next: None,
        })
    }

    #[test]
    fn every_day_has_a_row_and_every_run_a_link() {
        // Six activities, and the one that the finding names.
        assert_eq!(page(true).matches("../runs/x.html").count(), 6 + 1);
        let empty = page(false);
        assert_eq!(empty.matches("<tr class=\"empty\">").count(), 7);
        assert!(!empty.contains("../runs/"));
    }

    #[test]
    fn what_is_not_known_of_a_week_is_a_dash() {
        let sessions = made_up::season(1);
        let mut week = made_up::review(&sessions).weeks.swap_remove(0);
        let runs = week.runs;
        (week.measured_runs, week.rated_runs) = (runs - 1, runs - 1);
        let part = numbers(&week).into_string();
        assert!(part.contains(&format!("<small>of {} of {runs} runs</small>", runs - 1)));
        (week.distance_m, week.measured_runs) = (None, 0);
        (week.load, week.rated_runs) = (None, 0);
        let unknown = numbers(&week).into_string();
        assert!(
            unknown.contains("<dd>–<small>not recorded</small></dd>"),
            "{unknown}"
        );
        let load = format!("<dd>–<small>points, 0 of {runs} runs rated</small></dd>");
        assert!(unknown.contains(&load), "{unknown}");
        assert!(!unknown.contains("0.0 km"));
    }

    #[test]
    fn zones_of_the_week_are_named() {
        let page = page(true);
        assert!(ZONE_WORDS.iter().all(|word| page.contains(word)));
    }
}
