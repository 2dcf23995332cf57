//! The list of all activities: one row each. The filter by kind is a rule of style; `list.js` adds the search
//! and the sorting.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::Datelike;
use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::clean::clean_text;
use crate::report::html::link::Link;
use crate::report::html::parts;
use crate::report::html::show;
use crate::report::html::words;
use crate::units::Seconds;
use crate::vocabulary::SessionKind;

/// The rows of runs by the identifier of the run.
pub(super) type Links<'a> = BTreeMap<&'a str, &'a RunRow<'a>>;

/// One activity in the list.
#[derive(Clone, Debug)]
pub struct RunRow<'a> {
    /// The activity.
    pub session: &'a Session,
    /// Its identifier, by which findings refer to it.
    pub id: String,
    /// The place of its page, relative to the folder of the site.
    pub href: String,
}

/// Returns rules by which a pressed kind hides the runs of other kinds, without the script.
pub(super) fn filter_css() -> String {
    let rule = |kind: SessionKind| {
        let name = kind.name();
        format!(".runs:has(input[value={name}]:checked) tbody tr:not(.k-{name}){{display:none}}")
    };
    SessionKind::ALL.into_iter().map(rule).collect()
}

/// Returns the list, the newest first. The script adds the search and sorts by columns. Where `lists`
/// hold all activities, these rows are the newest of them.
pub(super) fn runs(title: &str, rows: &[RunRow], lists: &[Link]) -> Markup {
    let kinds: BTreeSet<SessionKind> = rows.iter().map(|row| row.session.kind).collect();
    html! {
        section.runs {
            h2 { (title) span.muted { " " (rows.len()) } }
            @if !lists.is_empty() {
                p { "All of them by year:" }
                ul.links { @for list in lists { li { a href=(list.href) { (list.text) } } } }
            }
            div.tools {
                label.search hidden { span.hidden { "Search the list" } input type="search" name="search" placeholder="Search: day, kind, workout, title"; }
                output.muted aria-live="polite" {}
            }
            @if kinds.len() > 1 {
                fieldset.filter {
                    legend.hidden { "Show one kind only" }
                    (parts::choice("kind", "all", "all", true))
                    @for kind in &kinds { (parts::choice("kind", kind.name(), kind.words(), false)) }
                }
            }
            table.list {
                thead {
                    tr {
                        th scope="col" { "Day" }
                        th scope="col" { "Kind" }
                        th.n scope="col" { "Time" }
                        th.n scope="col" { "Distance" }
                        th.n scope="col" { "Pace" }
                        th.n scope="col" { "Load" }
                    }
                }
                tbody { @for row in rows.iter().rev() { (run_row(row)) } }
            }
        }
    }
}

fn run_row(row: &RunRow) -> Markup {
    let session = row.session;
    let head = &session.head;
    let title = words::title(session);
    let load = session.load.as_ref().map(|load| load.value);
    html! {
        tr class={ "k-" (session.kind.name()) } {
            th scope="row" { a href=(row.href) { (list_day(session)) } }
            td {
                (parts::kind(session))
                @if !title.is_empty() { " " small { (clean_text(&title)) } }
                @if let Some(name) = words::name(session) { " " small.muted { (name) } }
                @if session.excluded { " " span.badge.quiet { "left out" } }
            }
            td { (Seconds(head.moving_s).show()) }
            td { (show::distance(head.distance_m)) }
            td { (show::mean_pace(head.distance_m, head.moving_s)) }
            td { (words::count(load, "")) }
        }
    }
}

/// Returns the day of a session in a form that sorts by itself, as in "2026-05-01 Fri".
fn list_day(session: &Session) -> String {
    session.head.day.map_or_else(
        || "undated".to_owned(),
        |day| format!("{} {}", day.format("%Y-%m-%d"), day.weekday()),
    )
}
