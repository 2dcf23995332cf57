//! *Recording → TCX*; a pause begins a new track within its lap.

use std::fmt::Write;

use super::gpx_writer::time;
use super::plan::Sport;
use super::recording::Lap;
use super::recording::Recording;
use super::recording::Sample;
use super::recording::Trigger;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">
"#;

/// Returns a recording as a TCX file; `leading` goes before the declaration (Strava writes ten
/// spaces there).
pub fn write(recording: &Recording, leading: &str) -> String {
    let mut out = format!("{leading}{HEAD}");
    let sport = match recording.sport {
        Sport::Running | Sport::TrackRunning | Sport::TreadmillRunning => "Running",
        Sport::Cycling => "Biking",
        _ => "Other",
    };
    let id = time(recording, 0);
    let _ = writeln!(
        out,
        " <Activities>\n  <Activity Sport=\"{sport}\">\n   <Id>{id}</Id>"
    );
    let last = recording.laps.len().saturating_sub(1);
    for (index, item) in recording.laps.iter().enumerate() {
        lap(&mut out, recording, item, index == last);
    }
    out.push_str("   <Creator><Name>made-up watch</Name></Creator>\n");
    out.push_str("  </Activity>\n </Activities>\n</TrainingCenterDatabase>\n");
    out
}

fn lap(out: &mut String, recording: &Recording, lap: &Lap, last: bool) {
    let start = time(recording, lap.start_s as u32);
    let seconds = recording.timer_within_s(lap.start_s, lap.end_s);
    let metres = lap.distance_m.unwrap_or(0.0);
    let trigger = match lap.trigger {
        Trigger::Manual | Trigger::SessionEnd => "Manual",
        Trigger::Time => "Time",
        Trigger::Distance => "Distance",
    };
    let rest = lap.step.is_some_and(|(_, kind)| kind.label() == "recovery");
    let intensity = if rest { "Resting" } else { "Active" };
    let _ = writeln!(
        out,
        "   <Lap StartTime=\"{start}\">\n    <TotalTimeSeconds>{seconds:.1}</TotalTimeSeconds>\n    <DistanceMeters>{metres:.2}</DistanceMeters>\n    <Calories>0</Calories>\n    <Intensity>{intensity}</Intensity>\n    <TriggerMethod>{trigger}</TriggerMethod>\n    <Track>"
    );
    let end_s = if last { f64::INFINITY } else { lap.end_s };
    for sample in recording.within(lap.start_s, end_s) {
        if recording
            .pauses_s
            .iter()
            .any(|pause| pause.1 == sample.time_s)
        {
            out.push_str("    </Track>\n    <Track>\n");
        }
        point(out, recording, sample);
    }
    out.push_str("    </Track>\n   </Lap>\n");
}

fn point(out: &mut String, recording: &Recording, sample: &Sample) {
    let _ = write!(
        out,
        "     <Trackpoint><Time>{}</Time>",
        time(recording, sample.time_s)
    );
    if let Some((latitude, longitude)) = sample.position_deg {
        let _ = write!(
            out,
            "<Position><LatitudeDegrees>{latitude:.7}</LatitudeDegrees><LongitudeDegrees>{longitude:.7}</LongitudeDegrees></Position>"
        );
    }
    if let Some(altitude) = sample.altitude_m {
        let _ = write!(out, "<AltitudeMeters>{altitude:.1}</AltitudeMeters>");
    }
    if let Some(distance) = sample.distance_m {
        let _ = write!(out, "<DistanceMeters>{distance:.2}</DistanceMeters>");
    }
    if let Some(beats) = sample.heart_rate_bpm {
        let _ = write!(out, "<HeartRateBpm><Value>{beats}</Value></HeartRateBpm>");
    }
    let extension = extension(sample);
    if !extension.is_empty() {
        let _ = write!(
            out,
            "<Extensions><ns3:TPX>{extension}</ns3:TPX></Extensions>"
        );
    }
    out.push_str("</Trackpoint>\n");
}

fn extension(sample: &Sample) -> String {
    let mut out = String::new();
    if let Some(speed) = sample.speed_m_s {
        let _ = write!(out, "<ns3:Speed>{speed:.3}</ns3:Speed>");
    }
    if let Some(steps) = sample.cadence_spm {
        let _ = write!(out, "<ns3:RunCadence>{}</ns3:RunCadence>", steps / 2);
    }
    if let Some(watts) = sample.power_w {
        let _ = write!(out, "<ns3:Watts>{watts}</ns3:Watts>");
    }
    out
}
