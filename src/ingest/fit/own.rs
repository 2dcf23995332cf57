//! How files of hardeasy are known, and what the laps in them say.

use super::messages::FileId;
use crate::ingest::OWN_CREATOR;

/// The manufacturer who is none.
pub(crate) const DEVELOPMENT: u16 = 255;
/// The intensity of laps that are efforts.
pub(crate) const INTENSITY_EFFORT: u8 = 5;
/// The intensity of laps that get faster throughout: none of those that the format names.
pub(crate) const INTENSITY_RISING: u8 = 6;

/// Returns whether hardeasy wrote a file.
pub(super) fn is_own(id: &FileId) -> bool {
    id.manufacturer == Some(DEVELOPMENT) && id.product_name.as_deref() == Some(OWN_CREATOR)
}

/// Returns whether a lap of such a file is an effort, by its intensity; unknown where it gets faster
/// throughout, which is found again.
pub(super) fn is_effort(intensity: u8) -> Option<bool> {
    (intensity != INTENSITY_RISING).then_some(intensity == INTENSITY_EFFORT)
}
