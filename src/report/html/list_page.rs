//! The page of a list of activities, where the first page shows the newest only.

use maud::html;

use crate::clean::clean_text;
use crate::report::html::link::Link;
use crate::report::html::parts;
use crate::report::html::run_list;
use crate::report::html::run_list::RunRow;
use crate::report::html::shell;
use crate::report::html::shell::Script;
use crate::report::html::shell::Shell;
use crate::units::UnitSystem;

/// What the page of a list is made from.
#[derive(Clone, Debug)]
pub struct ListPage<'a> {
    /// What the list is called, as in "2025".
    pub name: &'a str,
    /// The name of the athlete, where there are several.
    pub athlete: Option<&'a str>,
    /// Its activities in order of start, with places relative to the page.
    pub runs: Vec<RunRow<'a>>,
    /// The units that are shown until the reader chooses.
    pub units: UnitSystem,
    /// Links of the bar.
    pub links: Vec<Link>,
    /// The list before it.
    pub previous: Option<Link>,
    /// The list after it.
    pub next: Option<Link>,
}

/// Returns the page of a list.
#[must_use]
pub fn list_page(page: &ListPage) -> String {
    let title = format!("Activities, {}", page.name);
    let body = html! {
        section.head {
            @if let Some(athlete) = page.athlete { p.eyebrow { (clean_text(athlete)) } }
            h1 { (title) }
        }
        (run_list::runs("Listed", &page.runs, &[]))
        (parts::neighbours("Lists", page.previous.as_ref(), page.next.as_ref()))
    };
    let shell = Shell {
        title: &title,
        units: page.units,
        root: "../",
        links: &page.links,
        more_css: Some(&run_list::filter_css()),
        script: Script::List,
    };
    shell::page(&shell, &body)
}
