//! What the first page of an athlete is made from.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::history::DatedReferences;
use crate::report::html::account::Account;
use crate::report::html::link::Link;
use crate::report::html::run_list::RunRow;
use crate::review::Review;
use crate::review::Week;
use crate::settings::Race;
use crate::units::UnitSystem;

/// What an athlete's first page is made from.
#[derive(Clone, Debug)]
pub struct FrontPage<'a> {
    /// The training block.
    pub review: &'a Review,
    /// All activities in order of start, in the block or not.
    pub runs: Vec<RunRow<'a>>,
    /// So many activities are listed, the newest; the `lists` hold all where there are more.
    pub most_listed: usize,
    /// The lists of all activities, the newest first; none where the page lists them all.
    pub lists: Vec<Link>,
    /// All weeks with an activity, the oldest first.
    pub weeks: Vec<&'a Week>,
    /// The reference values over time.
    pub references: &'a [DatedReferences],
    /// The next race of the settings after the latest activity.
    pub next_race: Option<&'a Race>,
    /// The page of each week by its first day.
    pub week_hrefs: BTreeMap<NaiveDate, String>,
    /// The page of each year.
    pub year_hrefs: BTreeMap<i32, String>,
    /// The blocks before this one, the newest first.
    pub blocks: Vec<Link>,
    /// Links of the bar.
    pub links: Vec<Link>,
    /// Every file that was asked for, once; none where another page accounts for them.
    pub files: Option<Account>,
    /// The units to show.
    pub units: UnitSystem,
}
