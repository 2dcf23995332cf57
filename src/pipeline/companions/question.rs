//! By what a recording and an entry about it find each other.

use chrono::DateTime;
use chrono::Utc;
use serde::Deserialize;
use serde::Serialize;

use crate::ingest::Activity;

/// By what an entry is known to be about a recording, besides the path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::pipeline) struct Question {
    /// The path within an archive.
    pub(in crate::pipeline) member: Option<String>,
    pub(super) start: Option<DateTime<Utc>>,
    /// How long it lasts, in seconds.
    pub(super) recorded_s: Option<f64>,
}

impl Question {
    /// Asks about an activity, as it is recorded.
    pub(in crate::pipeline) fn about(activity: &Activity, member: Option<&str>) -> Self {
        let last_s = activity.records.time_s.last().copied();
        Self {
            member: member.map(str::to_owned),
            start: activity.start,
            recorded_s: activity.totals.elapsed_s.or(last_s),
        }
    }
}
