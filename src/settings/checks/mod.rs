//! Refuses values that cannot be, and says where they stand.

mod corrections;
mod settings;
mod value;
mod zones;

pub(super) use corrections::corrections;
pub(super) use settings::settings;
