//! The page of an earlier block: what the first page says of the latest one.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maud::html;

use crate::clean::clean_text;
use crate::report::html::day_strip;
use crate::report::html::findings;
use crate::report::html::front;
use crate::report::html::link::Link;
use crate::report::html::parts;
use crate::report::html::run_list::Links;
use crate::report::html::run_list::RunRow;
use crate::report::html::shell;
use crate::report::html::words;
use crate::review::Review;
use crate::units::UnitSystem;

/// What the page of an earlier block is made from.
#[derive(Clone, Debug)]
pub struct BlockPage<'a> {
    /// The block.
    pub review: &'a Review,
    /// The activities of the block and before it, with places relative to the page.
    pub runs: &'a [RunRow<'a>],
    /// The page of each week by its first day.
    pub week_hrefs: BTreeMap<NaiveDate, String>,
    /// The units that are shown until the reader chooses.
    pub units: UnitSystem,
    /// Links of the bar.
    pub links: Vec<Link>,
    /// The block before it.
    pub previous: Option<Link>,
    /// The block after it.
    pub next: Option<Link>,
}

/// Returns the page of a block.
#[must_use]
pub fn block_page(page: &BlockPage) -> String {
    let review = page.review;
    let runs = page.runs.iter();
    let links: Links = runs.map(|row| (row.id.as_str(), row)).collect();
    let span = review.from.zip(review.to);
    let title = span.map_or_else(|| "Block".to_owned(), |(from, to)| words::span(from, to));
    let body = html! {
        section.head {
            p.eyebrow {
                "Training block"
                @if let Some(athlete) = &review.athlete { " · " (clean_text(athlete)) }
            }
            h1 { (title) }
        }
        (day_strip::days(review, &links, &page.week_hrefs))
        (findings::findings(review, &links))
        (front::parts_of_block(review, &page.week_hrefs, &links))
        (parts::neighbours("Blocks", page.previous.as_ref(), page.next.as_ref()))
    };
    shell::inner_page(&title, page.units, &page.links, &body)
}
