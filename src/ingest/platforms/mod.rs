//! What a platform's export says of activities beside the recordings: titles, exertion, gear, and the
//! activities that were only typed in; and what devices measured of mornings.
//!
//! [`read`] takes one such file, [`Entry::tell`] adds what an entry says to the recording it is about, and
//! [`Entry::activity`] makes an activity of an entry without a recording.

mod companion;
mod entry;
mod garmin;
mod morning;
mod remarks;
mod strava;

pub use companion::Companion;
pub use entry::Entry;
pub use morning::Morning;
pub use remarks::Meant;
pub use remarks::Platform;
pub use remarks::Remarks;

/// Returns whether a file of this name may be one that [`read`] takes; the name is the last part of a path.
#[must_use]
pub fn is_named_like_companion(name: &str) -> bool {
    strava::is_named_like_table(name) || garmin::is_named_like_document(name)
}

/// Returns a text without the mark with which UTF-8 may begin.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Reads a file that a platform writes beside the recordings; `None` when it is none.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Companion> {
    let bytes = without_mark(bytes);
    let start = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if matches!(start, Some(b'[' | b'{')) {
        return garmin::read(bytes);
    }
    strava::read(bytes).map(|entries| Companion {
        entries,
        ..Companion::of(Platform::Strava)
    })
}

/// Returns why a file that is named as only one of a platform is could not be read; `None` for any other.
#[must_use]
pub fn fault(name: &str, bytes: &[u8]) -> Option<String> {
    garmin::fault(name, without_mark(bytes))
}
