//! What of a recording was not believed, told in words.

use crate::ingest::Activity;
use crate::ingest::Sport;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::streams::Streams;
use crate::summary::cells::number;
use crate::units::Metres;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// Returns the warnings of a file, and those about what its streams do not believe.
pub(super) fn warnings(activity: &Activity, streams: &Streams) -> Vec<Warning> {
    let mut warnings = activity.warnings.clone();
    let may_run = matches!(activity.sport, Sport::Running | Sport::Unknown);
    if let Some(why) = streams.not_a_run.as_ref().filter(|_| may_run) {
        let text = format!("taken as a ride, whatever the file says: {why}");
        warnings.push(Warning::new(WarningCode::NotARun, text));
    }
    let away = streams.away.iter().filter(|away| !away.is_marked);
    warnings.extend(away.map(|away| {
        let (start, end) = (Seconds(number(away.start)), Seconds(number(away.end)));
        let (start, end) = (start.show(), end.show());
        let text = format!(
            "{start} to {end} is left out of distance, moving time, load and best efforts: {}; \
             mark it as steady if it was run",
            away.why
        );
        Warning::new(WarningCode::NotRunning, text)
    }));
    warnings.extend(streams.ahead.iter().map(|(start, end)| {
        let text = format!(
            "{} to {}: distance runs ahead of steps and heart rate; the usual speed of the run takes its \
             place",
            Seconds(number(*start)).show(),
            Seconds(number(*end)).show()
        );
        Warning::new(WarningCode::DistanceAhead, text)
    }));
    if streams.altitude_drifts {
        let text = "altitude is not all the ground's: slope is not used where it rises as no ground \
                    does, and the climb is not known";
        warnings.push(Warning::new(WarningCode::Altitude, text));
    }
    warnings
}

/// Says that the distance which the user gave is not used.
pub(super) fn refused_distance(given_m: Option<f64>, streams: &Streams) -> Option<Warning> {
    let (given_m, refused) = given_m.zip(streams.refused_distance)?;
    let show = |metres| Metres(metres).show(UnitSystem::Metric);
    let text = format!(
        "you say {}, but {} were measured, and no counter is so wrong: {} to {} would be believed: give another --distance, or --undo",
        show(given_m),
        show(refused.measured_m),
        show(refused.least_m),
        show(refused.most_m)
    );
    Some(Warning::new(WarningCode::CorrectionDistance, text))
}
