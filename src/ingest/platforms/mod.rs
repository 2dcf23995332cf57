//! What a platform's export says of activities beside the recordings: titles, exertion, gear, and the
//! activities that were only typed in.
//!
//! [`read`] takes one such file, [`Entry::tell`] adds what an entry says to the recording it is about, and
//! [`Entry::activity`] makes an activity of an entry without a recording.

mod entry;
mod remarks;
mod strava;

pub use entry::Entry;
pub use remarks::Meant;
pub use remarks::Platform;
pub use remarks::Remarks;

/// What one file of a platform's export says.
#[derive(Clone, Debug, PartialEq)]
pub struct Companion {
    /// Whose export it is of.
    pub platform: Platform,
    /// The activities in it, in its order.
    pub entries: Vec<Entry>,
}

/// Returns whether a file of this name may be one that [`read`] takes; the name is the last part of a path.
#[must_use]
pub fn is_named_like_companion(name: &str) -> bool {
    strava::is_named_like_table(name)
}

/// Reads a file that a platform writes beside the recordings; `None` when it is none.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Companion> {
    strava::read(bytes).map(|entries| Companion {
        platform: Platform::Strava,
        entries,
    })
}
