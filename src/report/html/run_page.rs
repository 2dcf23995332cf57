//! What the page of a run is made from.

use crate::classification::Session;
use crate::report::html::link::Link;
use crate::report::html::run_list::RunRow;
use crate::streams::Streams;
use crate::units::UnitSystem;

/// The way from the page of a run to the folder of the site.
pub(super) const ROOT: &str = "../";

/// What a run's page is made from.
#[derive(Clone, Debug)]
pub struct RunPage<'a> {
    /// The run.
    pub session: &'a Session,
    /// Its streams; without them the page has no chart over time.
    pub streams: Option<&'a Streams>,
    /// The units that are shown until the reader chooses.
    pub units: UnitSystem,
    /// Whether its course is drawn, and how much is left out around its ends, in metres.
    pub map_trim_m: Option<f64>,
    /// Links of the bar: to its week and its athlete.
    pub links: Vec<Link>,
    /// The run before it.
    pub previous: Option<Link>,
    /// The run after it.
    pub next: Option<Link>,
    /// The last workouts of the same structure before it, the newest first, with places relative to the
    /// page.
    pub same_workout: Vec<RunRow<'a>>,
    /// The distances, in metres, over which it is the fastest of all runs.
    pub records_m: Vec<f64>,
    /// For a race: the fastest time over its distance before it, in seconds, and where it was run.
    pub best_before: Option<(f64, RunRow<'a>)>,
    /// Where the session document lies, relative to the page; there is none where it would tell more than the
    /// page may.
    pub data_href: Option<String>,
}
