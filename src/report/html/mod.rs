//! The pages of the site: HTML that can be read without its script, and nothing from elsewhere.
//!
//! All text goes through the template engine, which escapes it; only charts and the text of the
//! README, which the project makes itself, are put in as they are. A page is one file: the style
//! sheet and the script are within it, named by their hashes in its content-security policy.

mod link;
mod shell;
mod show;

mod words;

mod parts;

mod block;
mod day_strip;
mod findings;
mod references;
mod sequence;

mod index;
mod run_list;

mod readings;
mod run;
mod run_chart;
mod run_details;
mod run_page;
mod run_tables;

mod athlete;
mod method;
mod week;

pub use athlete::AthletePage;
pub use athlete::athlete_page;
pub use index::AthletePart;
pub use index::FileLine;
pub use index::FileStatus;
pub use index::IndexPage;
pub use index::index_page;
pub use link::Link;
pub use method::method_page;
pub use run::run_page;
pub use run_list::RunRow;
pub use run_page::RunPage;
pub use week::WeekPage;
pub use week::week_page;
