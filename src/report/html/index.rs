//! The first page: the training block of each athlete, the list of runs, the account of files.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::classification::SessionKind;
use crate::history::DatedReferences;
use crate::report::clean_text;
use crate::report::html::block;
use crate::report::html::day_strip;
use crate::report::html::findings;
use crate::report::html::page;
use crate::report::html::parts;
use crate::report::html::references;
use crate::report::html::sequence;
use crate::report::html::words;
use crate::review::Review;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// The rows of runs by the identifier of the run.
pub(super) type Links<'a> = BTreeMap<&'a str, &'a RunRow<'a>>;

/// What the index is made from.
#[derive(Clone, Debug)]
pub struct IndexPage<'a> {
    /// The athletes, in the order in which they are to be shown.
    pub athletes: Vec<AthletePart<'a>>,
    /// Every file that was asked for, once.
    pub files: Vec<FileLine>,
    /// The units to show.
    pub units: UnitSystem,
}

/// One athlete.
#[derive(Clone, Debug)]
pub struct AthletePart<'a> {
    /// The training block.
    pub review: &'a Review,
    /// The reference values over time.
    pub references: &'a [DatedReferences],
    /// All activities in order of start, in the block or not.
    pub runs: Vec<RunRow<'a>>,
}

/// One activity in the list.
#[derive(Clone, Debug)]
pub struct RunRow<'a> {
    /// The activity.
    pub session: &'a Session,
    /// Its identifier, by which findings refer to it.
    pub id: String,
    /// The place of its page, relative to the index.
    pub href: String,
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLine {
    /// The file as it was asked for.
    pub path: String,
    /// What became of it.
    pub status: FileStatus,
    /// Why, unless all went well.
    pub reason: Option<String>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileStatus {
    /// Nothing could be read.
    Failed,
    /// A part was read, the rest is lost.
    Partial,
    /// All was read, with a remark.
    Warned,
    /// Not an activity, or one that is counted already.
    Skipped,
    /// All was read.
    Ok,
}

impl FileStatus {
    /// All, the ones that need a look first.
    pub const ALL: [FileStatus; 5] = [
        FileStatus::Failed,
        FileStatus::Partial,
        FileStatus::Warned,
        FileStatus::Skipped,
        FileStatus::Ok,
    ];

    /// Returns the word shown to people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            FileStatus::Failed => "failed",
            FileStatus::Partial => "partial",
            FileStatus::Warned => "warned",
            FileStatus::Skipped => "skipped",
            FileStatus::Ok => "ok",
        }
    }
}

/// Returns the first page.
#[must_use]
pub fn index_page(index: &IndexPage) -> String {
    let several = index.athletes.len() > 1;
    let body = html! {
        @if several { (athlete_links(&index.athletes)) }
        main {
            @for (number, athlete) in index.athletes.iter().enumerate() {
                (athlete_part(number, athlete, index.units, several))
            }
            @if index.athletes.is_empty() {
                h1 { "No activity was read" }
                p { "The account below says what became of each file." }
            }
            (account(&index.files))
        }
        (parts::foot())
    };
    page("Training report", &filter_css(), &body)
}

fn athlete_name(athlete: &AthletePart) -> String {
    let name = athlete
        .review
        .athlete
        .as_deref()
        .unwrap_or("Training block");
    clean_text(name)
}

fn athlete_links(athletes: &[AthletePart]) -> Markup {
    html! {
        header.top {
            nav aria-label="Athletes" {
                @for (number, athlete) in athletes.iter().enumerate() {
                    a href=(format!("#athlete-{number}")) { (athlete_name(athlete)) }
                }
            }
        }
    }
}

fn athlete_part(number: usize, athlete: &AthletePart, units: UnitSystem, several: bool) -> Markup {
    let links: Links = athlete
        .runs
        .iter()
        .map(|row| (row.id.as_str(), row))
        .collect();
    let review = athlete.review;
    html! {
        article id=(format!("athlete-{number}")) {
            section.head {
                @if let (Some(from), Some(to)) = (review.from, review.to) {
                    p.eyebrow { (words::span(from, to)) }
                }
                h1 { @if several { (athlete_name(athlete)) } @else { "Training block" } }
            }
            (block::totals(review, units))
            (findings::findings(review, &links))
            (day_strip::days(review, &links, units))
            (block::weeks(review, units))
            (block::load(review))
            (block::distribution(review))
            (sequence::phases(review))
            (sequence::key_sessions(review, &links))
            (sequence::comparable(review, &links, units))
            (sequence::bests(review, &links, units))
            (references::over_time(athlete.references, units))
            (runs(number, &athlete.runs, units))
        }
    }
}

/// Returns rules by which a pressed kind hides the runs of other kinds, without a script.
fn filter_css() -> String {
    SessionKind::ALL
        .iter()
        .map(|kind| {
            let name = kind.name();
            format!(
                ".runs:has(input[value={name}]:checked) tbody tr:not(.k-{name}){{display:none}}"
            )
        })
        .collect()
}

fn runs(number: usize, rows: &[RunRow], units: UnitSystem) -> Markup {
    let kinds: BTreeSet<SessionKind> = rows.iter().map(|row| row.session.kind).collect();
    html! {
        section.runs {
            h2 { "All activities" span.muted { " " (rows.len()) } }
            @if kinds.len() > 1 {
                fieldset.filter {
                    legend.hidden { "Show one kind only" }
                    (filter_button(number, "all", "all", true))
                    @for kind in &kinds { (filter_button(number, kind.name(), kind.words(), false)) }
                }
            }
            table.stack.list {
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
                tbody { @for row in rows.iter().rev() { (run_row(row, units)) } }
            }
        }
    }
}

fn filter_button(number: usize, value: &str, word: &str, pressed: bool) -> Markup {
    html! {
        label {
            input type="radio" name=(format!("kind-{number}")) value=(value) checked[pressed];
            span { (word) }
        }
    }
}

fn run_row(row: &RunRow, units: UnitSystem) -> Markup {
    let session = row.session;
    let head = &session.head;
    let title = words::title(session);
    let load = session.load.as_ref().map(|load| load.value);
    html! {
        tr class=(format!("k-{}", session.kind.name())) {
            th scope="row" { a href=(row.href) { (words::session_day(session)) } }
            td.what data-label="Kind" {
                (parts::kind(session.kind))
                @if !title.is_empty() { " " span.muted { (clean_text(&title)) } }
                @if session.excluded { " " span.badge.quiet { "left out" } }
            }
            td.n data-label="Time" { (Seconds(head.moving_s).show()) }
            td.n data-label="Distance" { (words::distance(head.distance_m, units)) }
            td.n data-label="Pace" { (words::mean_pace(head.distance_m, head.moving_s, units)) }
            td.n data-label="Load" { (words::count(load, "")) }
        }
    }
}

fn account(files: &[FileLine]) -> Markup {
    let of = |status| files.iter().filter(move |file| file.status == status);
    html! {
        section.account {
            h2 { "Account of files" }
            p {
                (files.len()) @if files.len() == 1 { " file: " } @else { " files: " }
                @for (index, status) in FileStatus::ALL.iter().rev().enumerate() {
                    @if index > 0 { " · " }
                    b { (of(*status).count()) } " " (status.word())
                }
            }
            @for status in FileStatus::ALL {
                @if of(status).next().is_some() {
                    details open[status <= FileStatus::Partial] {
                        summary { (words::capital(status.word())) span.muted { " " (of(status).count()) } }
                        ul.files {
                            @for file in of(status) {
                                li {
                                    code { (clean_text(&file.path)) }
                                    @if let Some(reason) = &file.reason { span.muted { " " (clean_text(reason)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
