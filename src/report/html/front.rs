//! The first page of an athlete: the latest run and the week first, then the days, what is to be said
//! of the block, the block itself, the years, the list of runs, the account of files.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maud::Markup;
use maud::html;

use crate::clean::clean_text;
use crate::report::html::account;
use crate::report::html::account::Account;
use crate::report::html::block;
use crate::report::html::day_strip;
use crate::report::html::findings;
use crate::report::html::front_page::FrontPage;
use crate::report::html::latest;
use crate::report::html::run_list;
use crate::report::html::run_list::Links;
use crate::report::html::run_list::RunRow;
use crate::report::html::sequence;
use crate::report::html::shell;
use crate::report::html::shell::Script;
use crate::report::html::shell::Shell;
use crate::report::html::words;
use crate::report::html::years;
use crate::review::Review;
use crate::review::Week;
use crate::units::UnitSystem;

/// Returns the first page of an athlete.
#[must_use]
pub fn front_page(page: &FrontPage) -> String {
    let runs = page.runs.iter();
    let links: Links = runs.map(|row| (row.id.as_str(), row)).collect();
    let review = page.review;
    let name = athlete_name(review);
    let list_title = match page.lists.is_empty() {
        true => "All activities",
        false => "The newest activities",
    };
    let body = html! {
        section.head { h1 { (name) } }
        (latest::latest(page, &links))
        (day_strip::days(review, &links, &page.week_hrefs))
        (findings::findings(review, &links))
        (block(review, page, &links))
        (years::years(page))
        (run_list::runs(list_title, newest(page), &page.lists))
        @if let Some(files) = &page.files { (account::account(files)) }
    };
    let shell = Shell {
        title: if review.athlete.is_some() {
            &name
        } else {
            "Training report"
        },
        units: page.units,
        root: "",
        links: &page.links,
        more_css: Some(&run_list::filter_css()),
        script: Script::List,
    };
    shell::page(&shell, &body)
}

/// Returns the activities that the list shows.
fn newest<'p, 'a>(page: &'p FrontPage<'a>) -> &'p [RunRow<'a>] {
    let left_out = page.runs.len().saturating_sub(page.most_listed);
    &page.runs[left_out..]
}

/// Returns what stands in an athlete's place where nothing was read.
#[must_use]
pub fn empty_page(files: &Account, units: UnitSystem) -> String {
    let body = html! {
        section.head { h1 { "No activity was read" } }
        p { "The account below says what became of each file." }
        (account::account(files))
    };
    let shell = Shell {
        title: "Training report",
        units,
        root: "",
        links: &[],
        more_css: None,
        script: Script::Plain,
    };
    shell::page(&shell, &body)
}

/// Returns the name of the athlete of a block, or what stands for it.
pub(super) fn athlete_name(review: &Review) -> String {
    clean_text(review.athlete.as_deref().unwrap_or("Training"))
}

/// Returns the training block, and the way to those before it.
fn block(review: &Review, page: &FrontPage, links: &Links<'_>) -> Markup {
    html! {
        @if let (Some(from), Some(to)) = (review.from, review.to) {
            section.chapter #block {
                h2.chapter { (words::capital(&block_words(review, &page.weeks))) span.muted { " " (words::span(from, to)) } }
                @if !page.blocks.is_empty() {
                    details.earlier {
                        summary { "Earlier blocks" }
                        ul.links { @for block in &page.blocks { li { a href=(block.href) { (block.text) } } } }
                    }
                }
            }
            (parts_of_block(review, &page.week_hrefs, links))
        }
    }
}

/// Returns what a block is called, as in "the last 12 weeks".
fn block_words(review: &Review, weeks: &[&Week]) -> String {
    let length = crate::units::plural(review.weeks.len(), "week");
    let is_latest = review
        .to
        .is_none_or(|to| weeks.last().is_none_or(|last| last.monday <= to));
    if is_latest {
        format!("the last {length}")
    } else {
        length
    }
}

/// Returns a training block from its totals to its best efforts.
pub(super) fn parts_of_block(
    review: &Review,
    week_hrefs: &BTreeMap<NaiveDate, String>,
    links: &Links<'_>,
) -> Markup {
    html! {
        (block::totals(review))
        (block::weeks(review, week_hrefs))
        (block::load(review))
        (block::distribution(review))
        (sequence::phases(review))
        (sequence::key_sessions(review, links))
        (sequence::comparable(review, links))
        (sequence::bests(review, links))
    }
}
