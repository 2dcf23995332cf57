//! Today on top: the latest run and its verdict, the week beside the usual week, what the run changed,
//! the next race.

use chrono::Days;
use chrono::NaiveDate;
use maud::Markup;
use maud::html;

use crate::clean::clean_text;
use crate::history::References;
use crate::report::charts::profile;
use crate::report::charts::reference_lines;
use crate::report::content::bests;
use crate::report::content::periods;
use crate::report::content::periods::Record;
use crate::report::content::usual_week;
use crate::report::content::usual_week::UsualWeek;
use crate::report::content::verdict;
use crate::report::html::front_page::FrontPage;
use crate::report::html::parts;
use crate::report::html::run_list::Links;
use crate::report::html::run_list::RunRow;
use crate::report::html::show;
use crate::report::html::words;
use crate::review::DAYS_OF_WEEK;
use crate::review::Review;
use crate::settings::Race;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// Returns the top of an athlete's first page.
pub(super) fn latest(page: &FrontPage, links: &Links<'_>) -> Markup {
    let counted = page.runs.iter().filter(|row| !row.session.excluded);
    // A date that cannot be right is not the latest: the weeks hold none.
    let last_week = page
        .weeks
        .last()
        .map(|week| week.monday + Days::new(DAYS_OF_WEEK));
    let is_known = |day| last_week.is_none_or(|end| day < end);
    let mut dated = counted.filter(|row| row.session.head.day.is_some_and(is_known));
    let Some(row) = dated.next_back() else {
        return html! {};
    };
    html! {
        section.today {
            div.card { (run(row)) (changed(page, row, links)) }
            div.card { (week(page)) (race(page.next_race, row)) }
        }
    }
}

fn run(row: &RunRow) -> Markup {
    let session = row.session;
    let head = &session.head;
    let chart = parts::bare_chart_alike(|width| profile::figure(session, width));
    html! {
        p.eyebrow {
            "Latest: " @if let Some(day) = head.day { (words::long_day(day)) (parts::ago(day)) }
        }
        h2 {
            (parts::dot(words::session_ink(session)))
            a href=(row.href) { (show::both(|units| said(row, units))) }
        }
        @if let Some(chart) = chart { (chart) }
        dl.numbers.small {
            (parts::figure_of("Distance", show::distance(head.distance_m), ""))
            (parts::figure_of("Moving time", Seconds(head.moving_s).show(), ""))
            (parts::figure_of("Pace", show::mean_pace(head.distance_m, head.moving_s), ""))
            (parts::figure_of("Heart rate", words::count(session.summary.mean_heart_rate_bpm, "bpm"), ""))
        }
    }
}

fn said(row: &RunRow, units: UnitSystem) -> String {
    verdict::sentence(row.session, units)
}

/// Returns what the latest run changed: bests, reference values, its day.
fn changed(page: &FrontPage, row: &RunRow, links: &Links<'_>) -> Markup {
    let fastest = fastest(page, row);
    let values = values(page, row);
    let was_hard = row.session.quality;
    html! {
        @if was_hard || !fastest.is_empty() || !values.is_empty() {
            h3 { "What it changed" }
            ul.reasons {
                @for line in fastest { li { (line) } }
                @for value in values { li { (value) } }
                @if was_hard {
                    li {
                        "It was a hard day"
                        @if let Some(before) = hard_before(page.review, row) {
                            ", the one before was "
                            @match links.get(before.0.as_str()) {
                                Some(row) => a href=(row.href) { (words::short_day(before.1)) },
                                None => (words::short_day(before.1)),
                            }
                        }
                        "."
                    }
                }
            }
        }
    }
}

/// Returns the identifier and the day of the hard session before a run.
fn hard_before(review: &Review, row: &RunRow) -> Option<(String, NaiveDate)> {
    let place = review
        .key_sessions
        .iter()
        .position(|one| one.id == row.id)?;
    let before = review.key_sessions.get(place.checked_sub(1)?)?;
    Some((before.id.clone(), before.day))
}

/// Returns the distances that were never run as fast before, or not for a year, or not in the block.
fn fastest(page: &FrontPage, row: &RunRow) -> Vec<String> {
    let sessions = page.runs.iter().map(|row| row.session);
    let is_own = |record: &Record| page.runs[record.session].id == row.id;
    let ever: Vec<Record> = periods::records(sessions)
        .into_iter()
        .filter(is_own)
        .collect();
    let counted = page.runs.iter().filter(|row| row.session.is_counted_run());
    let is_first = counted.count() < 2;
    let mut lines = Vec::new();
    for best in page
        .review
        .best_efforts
        .iter()
        .filter(|best| best.id == row.id)
    {
        let time = Seconds(best.time_s).show();
        let name = bests::distance_name(best.distance_m);
        let is_ever = ever
            .iter()
            .any(|record| (record.distance_m - best.distance_m).abs() < 1.0);
        let since = match best.before_s {
            _ if is_ever => "of all runs here",
            Some(before) if before > best.time_s => "of the last year",
            _ => "of the block",
        };
        lines.push(format!("Fastest {name} {since}: {time}"));
    }
    // Of a first run everything is a best.
    if is_first { Vec::new() } else { lines }
}

/// Returns the reference values that are others after the run, beyond what was uncertain about them.
fn values(page: &FrontPage, row: &RunRow) -> Vec<Markup> {
    let kinds = References::KINDS.iter();
    kinds
        .filter_map(|kind| {
            let before = (kind.of)(&row.session.references)?;
            let (_, after) = reference_lines::newest(kind, page.references)?;
            let shown = |value: f64| show::both(|units| kind.unit.show(value, units));
            let is_news = !(before.low..=before.high).contains(&after.value);
            is_news.then(|| {
                html! { (words::capital(kind.name)) ": " (shown(before.value)) " before it, now " (shown(after.value)) }
            })
        })
        .collect()
}

fn week(page: &FrontPage) -> Markup {
    let Some(this) = page.weeks.last() else {
        return html! {};
    };
    let usual = usual_week::usual_week(&page.weeks).filter(|usual| usual.moving_s > 0.0);
    let row = |name: &str, own: Markup, usual: Option<Markup>| {
        html! {
            tr {
                th scope="row" { (name) }
                td.n { (own) }
                @if let Some(usual) = usual { td.n.muted { (usual) } }
            }
        }
    };
    let of = |value: fn(&UsualWeek) -> Markup| usual.as_ref().map(value);
    html! {
        p.eyebrow { "Week of " (words::dated(this.monday)) }
        h2 { @match page.week_hrefs.get(&this.monday) { Some(href) => a href=(href) { "The week so far" }, None => "The week so far" } }
        table.small {
            thead { tr { th {} th.n scope="col" { "so far" } @if usual.is_some() { th.n scope="col" { "usual" } } } }
            tbody {
                (row("Runs", html! { (this.runs) }, of(|usual| html! { (middle(usual.runs)) })))
                (row("Distance", show::distance_sum(this.distance_m), of(|usual| show::distance_sum(usual.distance_m))))
                (row("Time", html! { (words::hours(this.moving_s)) }, of(|usual| html! { (words::hours(usual.moving_s)) })))
                (row("Hard days", html! { (this.quality_sessions) }, of(|usual| html! { (middle(usual.hard_days)) })))
            }
        }
        @if let Some(usual) = &usual {
            p.muted { "Usual: the middle of the " (usual.weeks) " whole weeks before." }
        }
    }
}

/// Returns the middle of some counts, which may lie between two of them.
fn middle(value: f64) -> String {
    if value.fract() > 0.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    }
}

fn race(race: Option<&Race>, latest: &RunRow) -> Markup {
    let Some((race, day)) = race.zip(latest.session.head.day) else {
        return html! {};
    };
    let days = (race.day - day).num_days();
    html! {
        p.next {
            b { "Next race" } ": "
            @if let Some(name) = &race.name { (clean_text(name)) ", " }
            @if let Some(metres) = race.distance_m { (bests::distance_name(metres)) ", " }
            (words::long_day(race.day))
            ", " (days) @if days == 1 { " day" } @else { " days" } " after this run"
            (parts::ago(race.day))
        }
    }
}
