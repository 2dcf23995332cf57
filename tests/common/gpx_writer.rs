//! *Recording → GPX*, in the dialects of sensor extensions that are about.

use std::fmt::Write;

use chrono::DateTime;
use chrono::SecondsFormat;

use super::recording::Recording;
use super::recording::Sample;

/// How heart rate and cadence are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `gpxtpx:TrackPointExtension`, Garmin's, as Strava writes it.
    Gpxtpx,
    /// The same under the prefix `ns3`, as Garmin Connect writes it.
    Ns3,
    /// `gpxdata:hr`, of ClueTrust, as older Suunto files have it.
    Gpxdata,
    /// Without a prefix.
    Bare,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Dialect; 4] = [
        Dialect::Gpxtpx,
        Dialect::Ns3,
        Dialect::Gpxdata,
        Dialect::Bare,
    ];

    fn namespace(self) -> &'static str {
        match self {
            Dialect::Gpxtpx => {
                r#" xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1""#
            }
            Dialect::Ns3 => {
                r#" xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1""#
            }
            Dialect::Gpxdata => r#" xmlns:gpxdata="http://www.cluetrust.com/XML/GPXDATA/1/0""#,
            Dialect::Bare => "",
        }
    }

    fn prefix(self) -> &'static str {
        match self {
            Dialect::Gpxtpx => "gpxtpx:",
            Dialect::Ns3 => "ns3:",
            Dialect::Gpxdata => "gpxdata:",
            Dialect::Bare => "",
        }
    }
}

/// Returns a recording as a GPX file; a pause begins a new track segment.
pub fn write(recording: &Recording, dialect: Dialect, name: &str) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let namespace = dialect.namespace();
    let _ = writeln!(
        out,
        "<gpx creator=\"made-up watch\" version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\"{namespace}>"
    );
    let start = time(recording, 0);
    let _ = writeln!(out, " <metadata><time>{start}</time></metadata>");
    let _ = writeln!(
        out,
        " <trk>\n  <name>{name}</name>\n  <type>running</type>\n  <trkseg>"
    );
    for sample in &recording.samples {
        if recording
            .pauses_s
            .iter()
            .any(|pause| pause.1 == sample.time_s)
        {
            out.push_str("  </trkseg>\n  <trkseg>\n");
        }
        point(&mut out, recording, sample, dialect);
    }
    out.push_str("  </trkseg>\n </trk>\n</gpx>\n");
    out
}

/// Returns a time of a recording as XML formats write it.
pub fn time(recording: &Recording, elapsed_s: u32) -> String {
    let unix = recording.start_unix_s + i64::from(elapsed_s);
    DateTime::from_timestamp(unix, 0)
        .unwrap()
        .to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn point(out: &mut String, recording: &Recording, sample: &Sample, dialect: Dialect) {
    let Some((latitude, longitude)) = sample.position_deg else {
        return;
    };
    let _ = write!(
        out,
        "   <trkpt lat=\"{latitude:.7}\" lon=\"{longitude:.7}\">"
    );
    if let Some(altitude) = sample.altitude_m {
        let _ = write!(out, "<ele>{altitude:.1}</ele>");
    }
    let _ = write!(out, "<time>{}</time>", time(recording, sample.time_s));
    let prefix = dialect.prefix();
    let mut sensors = String::new();
    if let Some(beats) = sample.heart_rate_bpm {
        let _ = write!(sensors, "<{prefix}hr>{beats}</{prefix}hr>");
    }
    if let Some(steps) = sample.cadence_spm {
        let _ = write!(sensors, "<{prefix}cad>{}</{prefix}cad>", steps / 2);
    }
    if !sensors.is_empty() && dialect != Dialect::Gpxdata {
        sensors = format!("<{prefix}TrackPointExtension>{sensors}</{prefix}TrackPointExtension>");
    }
    if let Some(watts) = sample.power_w {
        sensors = format!("<power>{watts}</power>{sensors}");
    }
    if !sensors.is_empty() {
        let _ = write!(out, "<extensions>{sensors}</extensions>");
    }
    out.push_str("</trkpt>\n");
}
