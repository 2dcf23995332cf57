//! *bytes → Activity*
//!
//! Decodes watch exports. Only this stage knows how heart rate, pauses and laps are written in a
//! file; whatever leaves it is in SI units, sorted by time, and absent where the file has nothing
//! sound. See [`read`].

mod account;
mod activity;
pub mod apple;
pub mod archive;
mod changes;
mod course;
mod detect;
mod error;
mod finish;
pub mod fit;
mod gpx;
mod lap_distances;
mod lap_points;
mod place;
pub mod platforms;
mod sport_names;
mod strays;
mod tcx;
mod treadmill;
mod warning_code;
mod xml;

pub use account::Account;
pub use account::AccountRow;
pub use activity::Activity;
pub use activity::AltitudeSource;
pub use activity::AthleteSettings;
pub use activity::DeviceSplit;
pub use activity::Format;
pub use activity::Intensity;
pub use activity::Lap;
pub use activity::LapTrigger;
pub use activity::Pause;
pub use activity::Records;
pub use activity::Series;
pub use activity::SplitKind;
pub use activity::Sport;
pub use activity::SportFrom;
pub use activity::StepTarget;
pub use activity::Totals;
pub use activity::WorkoutStep;
pub use changes::Changes;
pub use changes::Crop;
pub use detect::CLINICAL_DOCUMENT;
pub use detect::Content;
pub use detect::detect;
pub use error::Error;
pub use error::ErrorKind;
pub use error::NOT_A_RECORDING;
pub use error::NOT_READ;
pub use error::Place;
pub use error::Warning;
pub(crate) use fit::FIT_EPOCH_S;
pub(crate) use fit::checksum as fit_checksum;
pub(crate) use gpx::OWN_CREATOR;
pub(crate) use place::great_circle_m;
pub use sport_names::SPORT_NAMES;
pub use warning_code::WarningCode;

/// Whether faults that can be read around are warnings or errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// Keeps what precedes a fault and records a [`Warning`].
    #[default]
    Lenient,
    /// Refuses a file at its first fault.
    Strict,
}

/// Reads the activities of one export that is not packed.
///
/// Most files hold one activity; a triathlon or a chained FIT file holds several, in order.
///
/// # Errors
/// [`Error`] when nothing can be read; [`Error::is_skip`] tells sound files that are not activities.
pub fn read(bytes: &[u8], format: Format, strictness: Strictness) -> Result<Vec<Activity>, Error> {
    let mut activities = match format {
        Format::Fit => fit::read(bytes)?,
        Format::Gpx => gpx::read(bytes)?,
        Format::Tcx => tcx::read(bytes)?,
        Format::AppleHealth => apple::read(bytes)?,
    };
    for activity in &mut activities {
        finish::finish(activity);
    }
    if strictness == Strictness::Strict
        && let Some(warning) = activities
            .iter()
            .flat_map(|activity| &activity.warnings)
            .find(|w| w.loses_data())
    {
        return Err(Error::file(ErrorKind::Strict(warning.text.clone())));
    }
    Ok(activities)
}

/// Returns what one export that is not packed holds, part by part.
#[must_use]
pub fn account(bytes: &[u8], format: Format) -> Account {
    match format {
        Format::Fit => fit::account(bytes),
        Format::Gpx => gpx::account(bytes),
        Format::Tcx => tcx::account(bytes),
        Format::AppleHealth => apple::account(bytes),
    }
}
