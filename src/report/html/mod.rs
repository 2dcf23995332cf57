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
mod zone_tables;

mod account;
mod latest;
mod run_list;
mod years;

mod front;
mod front_page;

mod athletes;
mod block_page;
mod year;

mod readings;
mod run;
mod run_chart;
mod run_details;
mod run_more;
mod run_page;
mod run_splits;
mod run_tables;

mod athlete;
mod compare;
mod list_page;
mod method;
mod week;

pub use account::ACCOUNT_DOCUMENT;
pub use account::Account;
pub use account::FileLine;
pub use account::FileStatus;
pub use athlete::AthletePage;
pub use athlete::athlete_page;
pub use athletes::AthleteLink;
pub use athletes::OverviewPage;
pub use athletes::overview_page;
pub use block_page::BlockPage;
pub use block_page::block_page;
pub use compare::compare_page;
pub use compare::is_compare_page;
pub use front::empty_page;
pub use front::front_page;
pub use front_page::FrontPage;
pub use link::Link;
pub use list_page::ListPage;
pub use list_page::list_page;
pub use method::method_page;
pub use run::run_page;
pub use run_list::RunRow;
pub use run_page::RunPage;
#[cfg(feature = "serve")]
pub(crate) use shell::source_hash;
pub use week::WeekPage;
pub use week::week_page;
pub use year::YearPage;
pub use year::year_page;
