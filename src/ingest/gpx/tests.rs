//! Tests of reading GPX, one inline document a rule.

#![expect(clippy::unwrap_used, reason = "a test may stop at a surprise")]

use super::*;
use crate::ingest::Pause;
use crate::ingest::Place;

/// Wraps points into a document.
fn document(track: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<gpx version=\"1.1\" creator=\"Test\"><trk>{track}</trk></gpx>\n"
    )
}

/// Returns a point at a second after 06:00 with something inside.
fn point(second: u32, inside: &str) -> String {
    format!(
        "<trkpt lat=\"50.{second:03}\" lon=\"8.5\"><time>2026-05-01T06:{:02}:{:02}Z</time>{inside}</trkpt>",
        second / 60,
        second % 60
    )
}

fn one(text: &str) -> Activity {
    let mut activities = read(text.as_bytes()).unwrap();
    assert_eq!(activities.len(), 1);
    activities.remove(0)
}

fn codes(activity: &Activity) -> Vec<&str> {
    activity
        .warnings
        .iter()
        .map(|warning| warning.code.as_str())
        .collect()
}

fn error(text: &str) -> String {
    read(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn every_dialect_gives_the_same_heart_rate() {
    let dialects = [
        "<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>141</gpxtpx:hr><gpxtpx:cad>85</gpxtpx:cad><gpxtpx:atemp>21.5</gpxtpx:atemp></gpxtpx:TrackPointExtension><power>250</power></extensions>",
        "<extensions><ns3:TrackPointExtension><ns3:hr> 141\n</ns3:hr><ns3:cad>85</ns3:cad><ns3:atemp>21,5</ns3:atemp></ns3:TrackPointExtension><gpxpx:PowerExtension><gpxpx:PowerInWatts>250</gpxpx:PowerInWatts></gpxpx:PowerExtension></extensions>",
        "<extensions><gpxdata:hr>141</gpxdata:hr><gpxdata:cadence>85</gpxdata:cadence><gpxdata:temp>21.5</gpxdata:temp><gpxdata:power>250</gpxdata:power></extensions>",
        "<extensions><heartrate>141</heartrate><cadence>85</cadence><temperature>21.5</temperature><gpxtpx:watts>250</gpxtpx:watts></extensions>",
        "<hr>null</hr><bpm>141</bpm><cad/><Cad>85</Cad><atemp>21.5</atemp><power>None</power><PowerInWatts>250</PowerInWatts>",
    ];
    for dialect in dialects {
        let activity = one(&document(&format!(
            "<trkseg>{}{}</trkseg>",
            point(0, dialect),
            point(1, "")
        )));
        let records = &activity.records;
        assert_eq!(records.heart_rate_bpm.get(0), Some(141.0), "{dialect}");
        assert_eq!(records.heart_rate_bpm.get(1), None);
        assert_eq!(records.cadence_spm.get(0), Some(170.0), "{dialect}");
        assert_eq!(records.temperature_c.get(0), Some(21.5), "{dialect}");
        assert_eq!(records.power_w.get(0), Some(250.0), "{dialect}");
        assert_eq!(codes(&activity), [""; 0], "{dialect}");
    }
}

#[test]
fn the_version_and_unknown_children_do_not_matter() {
    let body = format!(
        "<trk><trkseg>{}{}</trkseg></trk>",
        point(0, "<course>90</course><speed>2.5</speed><magvar>1</magvar>"),
        point(4, "<speed>-1</speed>")
    );
    for head in [
        "<gpx>",
        "<gpx version=\"6.1.2\">",
        "<gpx version=\"1.0\"><url>x</url>",
        "          <?xml version=\"1.0\"?><gpx>",
    ] {
        let activity = one(&format!("{head}{body}</gpx>"));
        assert_eq!(activity.records.time_s, [0.0, 4.0]);
        assert_eq!(activity.records.speed_m_s.get(0), Some(2.5));
        assert_eq!(activity.records.speed_m_s.get(1), None);
        assert!(activity.warnings.is_empty());
    }
}

#[test]
fn head_and_names_are_read() {
    let text = format!(
        "<gpx creator=\"Watch 7 with barometer\"><metadata><name>File</name></metadata><trk><name>Tom & Jerry &ntilde; &amp; <![CDATA[<3]]>\u{1}</name><type>trail_running</type><trkseg>{}</trkseg></trk></gpx>",
        point(0, "<ele>120</ele>").replace("06:00:00Z", "08:00:00+02:00")
    );
    let activity = one(&text);
    assert_eq!(activity.name.as_deref(), Some("Tom & Jerry &ntilde; & <3"));
    assert_eq!(activity.device.as_deref(), Some("Watch 7 with barometer"));
    assert_eq!(activity.altitude_source, AltitudeSource::Barometric);
    assert_eq!(
        (activity.sport, activity.sub_sport.as_deref()),
        (Sport::Running, Some("trail"))
    );
    assert_eq!(activity.utc_offset_s, Some(7200));
    assert_eq!(
        activity.start.map(|start| start.to_rfc3339()).as_deref(),
        Some("2026-05-01T06:00:00+00:00")
    );
    assert_eq!(activity.records.altitude_m.get(0), Some(120.0));
}

#[test]
fn what_is_not_recorded_is_skipped_by_name() {
    let route = "<gpx><trk><trkseg><trkpt lat='1' lon='2'><time/></trkpt></trkseg></trk></gpx>";
    assert_eq!(
        error(route),
        "file: 1 point without times: a route, not a recorded activity"
    );
    let waypoints = "<gpx><wpt lat='1' lon='2'/><rte><rtept lat='1' lon='2'/></rte></gpx>";
    assert_eq!(
        error(waypoints),
        "file: a list of waypoints or a route, not a recorded activity"
    );
    assert_eq!(
        error("<gpx/>"),
        "file: a GPX document without track points, not a recorded activity"
    );
    assert!(read(route.as_bytes()).unwrap_err().is_skip());
}

#[test]
fn faulty_values_are_dropped_and_counted() {
    let text = document(&format!(
        "<trkseg>{}{}{}{}{}</trkseg>",
        point(0, "<ele>12,5</ele>"),
        point(1, "<ele/><hr>many</hr>"),
        point(2, "").replace("50.002", "91"),
        point(3, "").replace("8.5", "180"),
        point(4, "").replace("2026-05-01", "2026-05-00"),
    ));
    let activity = one(&text);
    assert_eq!(activity.records.time_s, [0.0, 1.0]);
    assert_eq!(activity.records.altitude_m.get(0), Some(12.5));
    assert_eq!(
        codes(&activity),
        [
            "W-xml-no-time",
            "W-xml-bad-time",
            "W-xml-bad-position",
            "W-xml-bad-value"
        ]
    );
}

#[test]
fn a_hole_between_segments_is_a_pause_and_tracks_hours_apart_are_activities() {
    let near = format!(
        "<trkseg>{}{}</trkseg><trkseg/><trkseg>{}</trkseg></trk><trk><trkseg>{}</trkseg>",
        point(0, ""),
        point(1, ""),
        point(61, ""),
        point(120, "")
    );
    let activity = one(&document(&near));
    let pauses = [(1.0, 61.0), (61.0, 120.0)].map(|(start_s, end_s)| Pause { start_s, end_s });
    assert_eq!(activity.pauses, pauses);
    let later = point(0, "").replace("T06", "T11");
    let far = document(&format!(
        "<name>B</name><trkseg>{later}</trkseg></trk><trk><name>A</name><trkseg>{}</trkseg>",
        point(0, "")
    ));
    let activities = read(far.as_bytes()).unwrap();
    let names: Vec<_> = activities
        .iter()
        .filter_map(|activity| activity.name.as_deref())
        .collect();
    assert_eq!(names, ["A", "B"]);
}

#[test]
fn tracks_recorded_side_by_side_are_not_mixed() {
    let first = format!("<trkseg>{}{}</trkseg>", point(0, ""), point(90, ""));
    let second = format!("<trkseg>{}{}</trkseg>", point(30, ""), point(100, ""));
    let activities = read(document(&format!("{first}</trk><trk>{second}")).as_bytes()).unwrap();
    assert_eq!(activities.len(), 2);
}

#[test]
fn a_cut_file_keeps_its_points_and_says_so() {
    let text = document(&format!("\n<trkseg>\n{}\n{}\n", point(0, ""), point(1, "")));
    let cut = text.find("</trk>").unwrap();
    let activity = one(&text[..cut]);
    assert_eq!(activity.records.len(), 2);
    let warning = &activity.warnings[0];
    assert_eq!(warning.code, "W-xml-incomplete");
    assert_eq!(
        warning.text,
        "the file is incomplete: it ends inside <trkseg>; 2 points kept"
    );
    assert!(warning.loses_data());
    let error = read("<gpx><trk><name>x".as_bytes()).unwrap_err();
    assert_eq!(error.place, Place::Line(1));
    assert!(error.to_string().contains("incomplete"));
}

#[test]
fn mismatched_tags_and_two_documents_in_one_lose_nothing() {
    let first = document(&format!("<trkseg>{}</trkpoint></trkseg>", point(0, "")));
    let second = document(&format!("<trkseg>{}</trkseg>", point(1, "")));
    let activity = one(&format!("{first}{second}"));
    assert_eq!(activity.records.len(), 2);
    assert_eq!(codes(&activity), ["W-xml-mismatched", "W-xml-concatenated"]);
}

#[test]
fn hostile_documents_meet_a_limit() {
    let nested = format!("<gpx>{}", "<a>".repeat(1_000_000));
    assert!(error(&nested).contains("at most 256 nested elements"));
    let wide = format!("<gpx {}>", "a='b' ".repeat(200_000));
    assert!(error(&wide).contains("bytes in one text or tag"));
    let long = format!("<gpx><trk><name>{}", "x".repeat(2 << 20));
    assert!(error(&long).contains("bytes in one text or tag"));
    let laughs = "<!DOCTYPE gpx [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]>";
    let text = format!(
        "{laughs}{}",
        document(&format!(
            "<name>&b;&x;</name><trkseg>{}</trkseg>",
            point(0, "")
        ))
        .replace("<?xml version=\"1.0\"?>", "")
    );
    assert_eq!(one(&text).name.as_deref(), Some("&b;&x;"));
}

#[test]
fn every_encoding_gives_the_same_points() {
    let text = document(&format!(
        "<name>Ångström</name><trkseg>{}</trkseg>",
        point(0, "<hr>150</hr>")
    ));
    let expected = one(&text);
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    for bytes in [little, latin] {
        let activity = read(&bytes).unwrap().remove(0);
        assert_eq!(activity.records, expected.records);
        assert_eq!(activity.name, expected.name);
    }
}
