//! What a file says of an activity as a whole: when, where, with what, which sport.

use crate::ingest::AltitudeSource;
use crate::ingest::Sport;
use crate::ingest::WorkoutStep;

use super::contents::Contents;
use super::messages::LapMessage;
use super::messages::Session;
use super::profile;

/// Returns the sport: of the session, else of the sport message, else of a lap.
pub(super) fn sport(
    file: &Contents,
    session: &Session,
    laps: &[&LapMessage],
) -> (Sport, Option<String>) {
    let of_session = profile::sport(session.sport, session.sub_sport);
    if of_session.0 != Sport::Unknown {
        return of_session;
    }
    let of_file = profile::sport(file.sport, file.sub_sport);
    if of_file.0 != Sport::Unknown {
        return of_file;
    }
    let of_lap = profile::sport(laps.iter().find_map(|lap| lap.sport), None);
    (of_lap.0, of_session.1.or(of_file.1).or(of_lap.1))
}

/// Returns the name of the device that recorded.
pub(super) fn device(file: &Contents) -> Option<String> {
    let id = &file.file_id;
    let creator = file.devices.iter().find(|device| device.index == Some(0));
    let product_name = id
        .product_name
        .as_deref()
        .or_else(|| creator.and_then(|creator| creator.product_name.as_deref()));
    match (id.manufacturer, creator) {
        (None, Some(creator)) => {
            profile::device(creator.manufacturer, creator.product, product_name)
        }
        _ => profile::device(id.manufacturer, id.product, product_name),
    }
}

/// Returns where altitude comes from, as far as the file or the model of the device tells.
pub(super) fn altitude_source(file: &Contents) -> AltitudeSource {
    let is_told = file
        .devices
        .iter()
        .any(|device| profile::is_barometer(device.source, device.kind));
    if is_told || profile::has_barometer(file.file_id.manufacturer, file.file_id.product) {
        AltitudeSource::Barometric
    } else {
        AltitudeSource::Unknown
    }
}

/// Returns the steps of the programmed workout in order.
pub(super) fn workout(file: &Contents) -> Vec<WorkoutStep> {
    let mut steps: Vec<WorkoutStep> = file
        .steps
        .iter()
        .zip(0_u16..)
        .map(|(step, position)| WorkoutStep {
            index: step.index.unwrap_or(position),
            name: step.name.clone(),
            intensity: profile::intensity(step.intensity),
            duration_s: step.duration_s,
            distance_m: step.distance_m,
            target: step.target,
        })
        .collect();
    steps.sort_by_key(|step| step.index);
    steps
}
