//! One file of a platform's export.

use std::collections::BTreeMap;

use crate::ingest::platforms::Entry;
use crate::ingest::platforms::Morning;
use crate::ingest::platforms::Platform;

/// What one file of a platform's export says.
#[derive(Clone, Debug, PartialEq)]
pub struct Companion {
    /// Whose export it is of.
    pub platform: Platform,
    /// The activities in it, in its order.
    pub entries: Vec<Entry>,
    /// The shoes of activities, by [`Entry::id`].
    pub gear: BTreeMap<String, String>,
    /// The mornings in it, in order, at most one a day.
    pub mornings: Vec<Morning>,
}

impl Companion {
    /// Returns one that says nothing yet.
    pub(super) fn of(platform: Platform) -> Self {
        Self {
            platform,
            entries: Vec::new(),
            gear: BTreeMap::new(),
            mornings: Vec::new(),
        }
    }
}
