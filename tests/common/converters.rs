//! *Recording → what converters and platforms make of it*: each dialect that is a case of its own.
//!
//! The layouts are those of the programs named, seen in their output or source.

use std::fmt::Write;

use chrono::DateTime;
use chrono::FixedOffset;

use super::fit_encoder::Encoder;
use super::fit_encoder::Message;
use super::fit_encoder::Value as V;
use super::fit_encoder::Wire;
use super::fit_writer;
use super::fit_writer::number;
use super::fit_writer::scaled;
use super::fit_writer::stamp;
use super::gpx_writer::time;
use super::recording::Recording;
use super::recording::Sample;

/// Semicircles in a degree.
const SEMICIRCLES: f64 = 2_147_483_648.0 / 180.0;
const XSI: &str = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
const GARMIN: &str = "http://www.garmin.com/xmlschemas";

/// Returns the samples with a position.
fn placed(recording: &Recording) -> impl Iterator<Item = (&Sample, (f64, f64))> {
    let samples = recording.samples.iter();
    samples.filter_map(|sample| Some((sample, sample.position_deg?)))
}

/// Returns the first sample of each lap, and the last of the run.
fn lap_starts(recording: &Recording) -> Vec<&Sample> {
    let laps = recording.laps.iter();
    let firsts = laps.filter_map(|lap| recording.within(lap.start_s, f64::INFINITY).next());
    firsts.chain(recording.samples.last()).collect()
}

/// Which waypoints GPSBabel makes of laps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LapPoints {
    /// Where they begin, with a time: of TCX.
    Starts,
    /// Where they end, without one: of FIT.
    Ends,
}

/// GPSBabel 1.8.0, `-o gpx,garminextensions`.
pub fn gpsbabel_gpx(recording: &Recording, laps: LapPoints) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"GPSBabel - https://www.gpsbabel.org\" xmlns=\"http://www.topografix.com/GPX/1/1\" xmlns:gpxtpx=\"{GARMIN}/TrackPointExtension/v1\">\n"
    );
    let points = lap_starts(recording);
    let shown = match laps {
        LapPoints::Starts => &points[..points.len() - 1],
        LapPoints::Ends => &points[1..],
    };
    for (sample, index) in shown.iter().zip(1..) {
        let (latitude, longitude) = sample.position_deg.unwrap();
        let when = match laps {
            LapPoints::Starts => format!("<time>{}</time>", time(recording, sample.time_s)),
            LapPoints::Ends => String::new(),
        };
        let _ = writeln!(
            out,
            " <wpt lat=\"{latitude:.9}\" lon=\"{longitude:.9}\">{when}<name>LAP{index:03}</name><cmt>LAP{index:03}</cmt></wpt>"
        );
    }
    out.push_str(" <trk><trkseg>\n");
    for (sample, (latitude, longitude)) in placed(recording) {
        let beats = sample.heart_rate_bpm.unwrap_or(0);
        let _ = writeln!(
            out,
            "  <trkpt lat=\"{latitude:.9}\" lon=\"{longitude:.9}\"><time>{}</time><extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>{beats}</gpxtpx:hr></gpxtpx:TrackPointExtension></extensions></trkpt>",
            time(recording, sample.time_s)
        );
    }
    out + " </trkseg></trk>\n</gpx>\n"
}

/// GPSBabel 1.8.0, `-o gtrnctr`: a course with one lap.
pub fn gpsbabel_tcx(recording: &Recording) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\" ?>\n<TrainingCenterDatabase xmlns=\"{GARMIN}/TrainingCenterDatabase/v2\" {XSI}>\n  <Courses>\n    <Course>\n      <Name>New Course</Name>\n      <Lap><TotalTimeSeconds>{}</TotalTimeSeconds><DistanceMeters>{:.2}</DistanceMeters><Intensity>Active</Intensity></Lap>\n      <Track>\n",
        recording.elapsed_s(),
        recording.distance_m().unwrap()
    );
    for (sample, (latitude, longitude)) in placed(recording) {
        let _ = writeln!(
            out,
            "<Trackpoint><Time>{}</Time><Position><LatitudeDegrees>{latitude:.7}</LatitudeDegrees><LongitudeDegrees>{longitude:.7}</LongitudeDegrees></Position><HeartRateBpm xsi:type=\"HeartRateInBeatsPerMinute_t\"><Value>{}</Value></HeartRateBpm></Trackpoint>",
            time(recording, sample.time_s),
            sample.heart_rate_bpm.unwrap()
        );
    }
    out + "      </Track>\n    </Course>\n  </Courses>\n</TrainingCenterDatabase>\n"
}

/// GPSBabel 1.8.0, `-o garmin_fit`: a course without heart rate, its laps as course points before the records
/// at their places; from FIT they have no time.
pub fn gpsbabel_fit(recording: &Recording, laps: LapPoints) -> Vec<u8> {
    const COURSE: u16 = 31;
    const COURSE_POINT: u16 = 32;
    let mut encoder = Encoder::new(Wire::default());
    encoder.message(&fit_writer::file_id(recording, 6));
    let name = (5, V::Text("New Course".into(), 16));
    encoder.message(&Message::new(COURSE, vec![name, (4, V::Enum(Some(0)))]));
    let points = lap_starts(recording);
    let shown = match laps {
        LapPoints::Starts => &points[..points.len() - 1],
        LapPoints::Ends => &points[1..],
    };
    let semicircles = |degrees: f64| V::I32(Some((degrees * SEMICIRCLES).round() as i32));
    for (sample, (latitude, longitude)) in placed(recording) {
        let place = [(0, semicircles(latitude)), (1, semicircles(longitude))];
        if let Some(index) = shown.iter().position(|one| one.time_s == sample.time_s) {
            let when = match laps {
                LapPoints::Starts => stamp(recording, f64::from(sample.time_s)),
                LapPoints::Ends => V::U32(None),
            };
            let name = V::Text(format!("LAP{:03}", index + 1), 16);
            let fields = vec![(1, when), (6, name), (5, V::Enum(Some(0)))];
            encoder.message(&Message::new(COURSE_POINT, fields));
        }
        let mut fields = vec![(253, stamp(recording, f64::from(sample.time_s)))];
        fields.extend(place);
        fields.push((5, V::U32(Some(scaled(sample.distance_m.unwrap(), 100.0)))));
        encoder.message(&Message::new(number::RECORD, fields));
    }
    encoder.finish()
}

/// A planner's virtual partner: the way of a recording at one speed, with a time at each tenth point.
pub fn planned_fit(recording: &Recording) -> Vec<u8> {
    let mut planned = recording.clone();
    planned.laps.clear();
    let mut index = 0;
    planned.samples.retain(|_| {
        index += 1;
        index % 10 == 1
    });
    for sample in &mut planned.samples {
        sample.time_s = (sample.distance_m.unwrap() / 3.0).round() as u32;
    }
    planned.samples.dedup_by_key(|sample| sample.time_s);
    gpsbabel_fit(&planned, LapPoints::Starts)
}

/// Returns GPX with something before its track, between `<trk>` and `<trkseg>`, and in each point.
fn gpx(
    recording: &Recording,
    head: &str,
    track: &str,
    inside: &dyn Fn(&Sample) -> String,
) -> String {
    let mut out = format!("{head}<trk>{track}<trkseg>\n");
    for (sample, (latitude, longitude)) in placed(recording) {
        let inside = inside(sample);
        let _ = writeln!(
            out,
            "<trkpt lat=\"{latitude}\" lon=\"{longitude}\">{inside}</trkpt>"
        );
    }
    out + "</trkseg></trk></gpx>\n"
}

/// Returns a time of a recording with the offset of its place.
fn local(recording: &Recording, sample: &Sample) -> String {
    let unix = recording.start_unix_s + i64::from(sample.time_s);
    let utc = DateTime::from_timestamp(unix, 0).unwrap();
    let zone = FixedOffset::east_opt(recording.utc_offset_s).unwrap();
    utc.with_timezone(&zone).to_rfc3339()
}

/// GPX as converters and platforms write it, by their names.
pub fn gpx_dialects(recording: &Recording) -> Vec<(&'static str, String)> {
    let mut dialects = garmin_extensions(recording);
    dialects.extend(own_extensions(recording));
    dialects.push(("a track for each lap", track_per_lap(recording)));
    dialects
}

/// Those that write heart rate as Garmin does.
fn garmin_extensions(recording: &Recording) -> Vec<(&'static str, String)> {
    let when = |sample: &Sample| time(recording, sample.time_s);
    let tpx = |sample: &Sample| {
        format!(
            "<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>{}</gpxtpx:hr></gpxtpx:TrackPointExtension></extensions>",
            sample.heart_rate_bpm.unwrap()
        )
    };
    let power = "<pwr:PowerInWatts xmlns:pwr=\"x\">250</pwr:PowerInWatts></extensions>";
    let gpxpy = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"gpx.py -- https://github.com/tkrajina/gpxpy\">";
    let gotoes = "<gpx creator=\"StravaGPX\" version=\"1.1\"><metadata><link href=\"x\"><text>GOTOES STRAVA TOOLS</text></link><desc>Created with GOTOES</desc><time>2020-01-01T00:00:00Z</time></metadata>";
    let runalyze = "<gpx version=\"1.1\" creator=\"Runalyze\"><metadata/>";
    let cheetah = "<?xml version=\"1.0\"?>\n<gpx version=\"1.1\" creator=\"GoldenCheetah (build 4002) with Barometer\">";
    vec![
        (
            "gpxpy (fit2gpx, running_page)",
            gpx(recording, gpxpy, "", &|s| {
                format!(
                    "<ele>103.60000000000002</ele><time>{}</time>{}",
                    when(s),
                    tpx(s)
                )
            }),
        ),
        (
            "GOTOES",
            gpx(recording, gotoes, "<name>merged</name>", &|s| {
                format!("<ele>1</ele><time>{}</time>{}", when(s), tpx(s))
            }),
        ),
        (
            "Runalyze",
            gpx(recording, runalyze, "<name/><cmt/>", &|s| {
                format!(
                    "<time>{}</time><ele>120</ele>{}",
                    local(recording, s),
                    tpx(s)
                )
            }),
        ),
        (
            "GoldenCheetah",
            gpx(recording, cheetah, "", &|s| {
                let with_power = tpx(s).replace("</extensions>", power);
                format!("<ele>1.0</ele><time>{}</time>{with_power}", when(s))
            }),
        ),
    ]
}

/// Those with ways of their own.
fn own_extensions(recording: &Recording) -> Vec<(&'static str, String)> {
    let when = |sample: &Sample| time(recording, sample.time_s);
    let beats = |sample: &Sample| sample.heart_rate_bpm.unwrap();
    let zepp = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<gpx creator=\"ZeppLife App\" version=\"6.8.1\">";
    let coros = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx creator=\"COROS Wearables\">";
    let huawei = "<gpx version=\"1.0\" creator=\"Huawei\">";
    let totals = "<name>Run</name><time>2020-01-01T00:00:00Z</time><extensions><totalDistance>5920</totalDistance><totalTime>2120</totalTime></extensions>";
    vec![
        (
            "Zepp Life",
            gpx(
                recording,
                zepp,
                "<name><![CDATA[20260302 Outdoor running]]></name>",
                &|s| {
                    format!(
                        "<time>{}</time><desc><![CDATA[CommonTimeValuePoint(absoluteTime=1, value=1.8)]]></desc><extensions><ns3:TrackPointExtension><ns3:speed>2.8</ns3:speed><ns3:hr>{}</ns3:hr></ns3:TrackPointExtension></extensions>",
                        when(s),
                        beats(s)
                    )
                },
            ),
        ),
        (
            "COROS",
            gpx(recording, coros, "", &|s| {
                format!(
                    "<ele>11</ele><time>{}</time><cog>90</cog><extensions><heartrate>{}</heartrate><distance>{:.2}</distance></extensions>",
                    when(s),
                    beats(s),
                    s.distance_m.unwrap()
                )
            }),
        ),
        (
            "Huawei Health, Runkeeper",
            gpx(recording, huawei, totals, &|s| {
                format!(
                    "<time>{}</time><extensions><hr>{}</hr></extensions>",
                    when(s),
                    beats(s)
                )
            }),
        ),
    ]
}

/// One `<trk>` for each lap, as some splitters and mergers write them.
fn track_per_lap(recording: &Recording) -> String {
    let mut out = String::from("<gpx version=\"1.1\" creator=\"made-up splitter\">");
    for (lap, index) in recording.laps.iter().zip(1..) {
        let is_last = index == recording.laps.len();
        let end_s = if is_last { f64::INFINITY } else { lap.end_s };
        let _ = write!(out, "<trk><name>Lap {index}</name><trkseg>");
        for sample in recording.within(lap.start_s, end_s) {
            let (latitude, longitude) = sample.position_deg.unwrap();
            let _ = write!(
                out,
                "<trkpt lat=\"{latitude}\" lon=\"{longitude}\"><time>{}</time><hr>{}</hr></trkpt>",
                time(recording, sample.time_s),
                sample.heart_rate_bpm.unwrap()
            );
        }
        out.push_str("</trkseg></trk>\n");
    }
    out + "</gpx>\n"
}

/// TCX as converters and platforms write it, by their names. The first samples have no heart rate.
pub fn tcx_dialects(recording: &Recording) -> Vec<(&'static str, String)> {
    const SILENT: usize = 5;
    let document = |before: &str, head: &str, after: &str, none: &str, pretty: &str| {
        let mut out = format!(
            "<?xml version=\"1.0\" ?>\n<TrainingCenterDatabase xmlns=\"{GARMIN}/TrainingCenterDatabase/v2\">{before}<Activities><Activity Sport=\"Running\"><Id>{0}</Id>{head}<Lap StartTime=\"{0}\"><TotalTimeSeconds>{1}</TotalTimeSeconds><DistanceMeters>{2}</DistanceMeters><Track>",
            time(recording, 0),
            recording.timer_s(),
            recording.distance_m().unwrap()
        );
        for (index, (sample, (latitude, longitude))) in placed(recording).enumerate() {
            let beats = match index {
                ..SILENT => none.to_owned(),
                _ => sample.heart_rate_bpm.unwrap().to_string(),
            };
            let when = time(recording, sample.time_s).replace('Z', ".000Z");
            let _ = write!(
                out,
                "<Trackpoint><Time>{pretty}{when}{pretty}</Time><HeartRateBpm><Value>{beats}</Value></HeartRateBpm><Position><LatitudeDegrees>{latitude}</LatitudeDegrees><LongitudeDegrees>{longitude}</LongitudeDegrees></Position><DistanceMeters>{}</DistanceMeters></Trackpoint>",
                sample.distance_m.unwrap()
            );
        }
        let _ = write!(
            out,
            "</Track></Lap>{after}</Activity></Activities></TrainingCenterDatabase>"
        );
        out
    };
    let author = "<Author xsi:type=\"Application_t\"><Name>Polar Flow</Name><Build><Version><VersionMajor>0</VersionMajor></Version></Build></Author>";
    let plan = "<Training VirtualPartner=\"false\"><Plan Type=\"Workout\" IntervalWorkout=\"false\"><Name>Morning</Name><Extensions/></Plan></Training><Creator xsi:type=\"Device_t\"><Name>Polar M430</Name></Creator>";
    vec![
        ("Polar Flow", document(author, "", plan, "0", "")),
        (
            "GoldenCheetah",
            document("", "<Notes>n</Notes>", "", "1", ""),
        ),
        (
            "running_page (Codoon)",
            document(
                "",
                "<Creator><Name>Codoon</Name></Creator>",
                "",
                "None",
                "\n\t",
            ),
        ),
    ]
}
