//! The first page: the training block of each athlete, the list of runs, the account of files.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maud::Markup;
use maud::html;

use crate::clean::clean_text;
use crate::report::html::block;
use crate::report::html::day_strip;
use crate::report::html::findings;
use crate::report::html::link::Link;
use crate::report::html::run_list;
use crate::report::html::run_list::Links;
use crate::report::html::run_list::RunRow;
use crate::report::html::sequence;
use crate::report::html::shell;
use crate::report::html::shell::Shell;
use crate::report::html::words;
use crate::review::Review;
use crate::units::UnitSystem;

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
    /// All activities in order of start, in the block or not.
    pub runs: Vec<RunRow<'a>>,
    /// The page of each week by its Monday.
    pub week_hrefs: BTreeMap<NaiveDate, String>,
    /// The page of the athlete's reference values.
    pub athlete_href: String,
}

impl AthletePart<'_> {
    fn athlete_link(&self) -> Link {
        Link {
            href: self.athlete_href.clone(),
            text: "Athlete".to_owned(),
        }
    }
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
        @for (number, athlete) in index.athletes.iter().enumerate() {
            (athlete_part(number, athlete, several))
        }
        @if index.athletes.is_empty() {
            section.head { h1 { "No activity was read" } }
            p { "The account below says what became of each file." }
        }
        (account(&index.files))
    };
    let links: Vec<Link> = match &index.athletes[..] {
        [only] => vec![only.athlete_link()],
        _ => Vec::new(),
    };
    let shell = Shell {
        title: "Training report",
        units: index.units,
        root: "",
        links: &links,
        more_css: Some(&run_list::filter_css()),
    };
    shell::page(&shell, &body)
}

fn athlete_links(athletes: &[AthletePart]) -> Markup {
    html! {
        nav.athletes aria-label="Athletes" {
            ul.tags {
                @for (number, athlete) in athletes.iter().enumerate() {
                    li { a href=(format!("#athlete-{number}")) { (athlete_name(athlete.review)) } }
                }
            }
        }
    }
}

/// Returns the name of the athlete of a block, or what stands for it.
pub(super) fn athlete_name(review: &Review) -> String {
    clean_text(review.athlete.as_deref().unwrap_or("Training block"))
}

fn athlete_part(number: usize, athlete: &AthletePart, several: bool) -> Markup {
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
                h1 { (athlete_name(review)) }
                @if several { p { a href=(athlete.athlete_href) { "The athlete's reference values" } } }
            }
            (block::totals(review))
            (findings::findings(review, &links))
            (day_strip::days(review, &links, &athlete.week_hrefs))
            (block::weeks(review, &athlete.week_hrefs))
            (block::load(review))
            (block::distribution(review))
            (sequence::phases(review))
            (sequence::key_sessions(review, &links))
            (sequence::comparable(review, &links))
            (sequence::bests(review, &links))
            (run_list::runs(number, &athlete.runs))
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
