//! The pages of the site: HTML without scripts and without anything from elsewhere.
//!
//! All text goes through the template engine, which escapes it; only charts, which the project
//! draws itself, are put in as they are.

mod block;
mod day_strip;
mod findings;
mod index;
mod parts;
mod references;
mod run;
mod run_details;
mod run_tables;
mod sequence;
mod words;

use maud::DOCTYPE;
use maud::Markup;
use maud::PreEscaped;
use maud::html;

use crate::report::ink;

pub use index::AthletePart;
pub use index::FileLine;
pub use index::FileStatus;
pub use index::IndexPage;
pub use index::RunRow;
pub use index::index_page;
pub use run::Link;
pub use run::RunPage;
pub use run::run_page;

/// The style sheet, put into every page so that a page is one file.
const CSS: &str = include_str!("../page.css");
/// What a page may load: nothing but its own styles and pictures inside of it.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; \
     img-src data:; base-uri 'none'; form-action 'none'";

/// Returns a whole page; `more_css` is of this module's own making.
fn page(title: &str, more_css: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(CONTENT_SECURITY_POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="hardeasy";
                meta name="referrer" content="no-referrer";
                link rel="icon" href="data:,";
                title { (title) }
                style { (PreEscaped(ink::palette_css())) (PreEscaped(CSS)) (PreEscaped(more_css)) }
            }
            body { (body) }
        }
    };
    page.into_string()
}
