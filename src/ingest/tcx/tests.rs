//! Tests of reading TCX, one inline document a rule.

#![expect(clippy::unwrap_used, reason = "a test may stop at a surprise")]

use super::*;
use crate::ingest::Intensity;
use crate::ingest::LapTrigger;
use crate::ingest::Pause;
use crate::ingest::Sport;

const HEAD: &str = "          <?xml version=\"1.0\"?><TrainingCenterDatabase><Activities>";
const TAIL: &str = "</Activities></TrainingCenterDatabase>";

fn time(second: u32) -> String {
    format!("2026-05-01T06:{:02}:{:02}Z", second / 60, second % 60)
}

fn point(second: u32, inside: &str) -> String {
    format!(
        "<Trackpoint><Time>{}</Time>{inside}</Trackpoint>",
        time(second)
    )
}

/// Returns a track with a heart rate at each second.
fn track(seconds: &[u32]) -> String {
    let heart_rate = "<HeartRateBpm><Value>140</Value></HeartRateBpm>";
    let points: String = seconds
        .iter()
        .map(|second| point(*second, heart_rate))
        .collect();
    format!("<Track>{points}</Track>")
}

fn lap(start: u32, head: &str, body: &str) -> String {
    format!("<Lap StartTime=\"{}\">{head}{body}</Lap>", time(start))
}

fn activity(sport: &str, body: &str) -> String {
    format!(
        "<Activity Sport=\"{sport}\"><Id>{}</Id>{body}</Activity>",
        time(0)
    )
}

fn all(body: &str) -> Vec<Activity> {
    read(format!("{HEAD}{body}{TAIL}").as_bytes()).unwrap()
}

fn one(body: &str) -> Activity {
    let mut activities = all(&activity("Running", body));
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

#[test]
fn a_point_is_read_whole() {
    let inside = "<Position><LatitudeDegrees>50.1</LatitudeDegrees><LongitudeDegrees>8.5</LongitudeDegrees></Position><AltitudeMeters>120,5</AltitudeMeters><DistanceMeters>12.5</DistanceMeters><HeartRateBpm xsi:type=\"x\"><Value>141</Value></HeartRateBpm><Extensions><ns3:TPX><ns3:Speed>2.5</ns3:Speed><ns3:RunCadence>88</ns3:RunCadence><ns3:Watts>250</ns3:Watts></ns3:TPX></Extensions>";
    let text = lap(0, "", &format!("<Track>{}</Track>", point(0, inside)));
    let activity = one(&format!(
        "{text}<Creator><Name>Watch 7</Name><Version/></Creator>"
    ));
    let records = &activity.records;
    let values = [
        (&records.latitude_deg, 50.1),
        (&records.longitude_deg, 8.5),
        (&records.altitude_m, 120.5),
        (&records.distance_m, 12.5),
        (&records.heart_rate_bpm, 141.0),
        (&records.speed_m_s, 2.5),
        (&records.cadence_spm, 176.0),
        (&records.power_w, 250.0),
    ];
    for (channel, value) in values {
        assert_eq!(channel.get(0), Some(value));
    }
    assert_eq!(activity.device.as_deref(), Some("Watch 7"));
    assert_eq!(activity.sport, Sport::Running);
    assert_eq!(codes(&activity), [""; 0]);
}

#[test]
fn laps_keep_intensity_trigger_and_totals() {
    let work = "<TotalTimeSeconds>10</TotalTimeSeconds><DistanceMeters>40</DistanceMeters><AverageHeartRateBpm><Value>150</Value></AverageHeartRateBpm><Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod>";
    let rest = "<TotalTimeSeconds>30</TotalTimeSeconds><DistanceMeters>60</DistanceMeters><AverageHeartRateBpm><Value>130</Value></AverageHeartRateBpm><Intensity>Resting</Intensity><TriggerMethod>Distance</TriggerMethod>";
    let activity = one(&format!(
        "{}{}",
        lap(0, work, &track(&[0, 5, 9])),
        lap(10, rest, &track(&[10, 20, 30, 40]))
    ));
    let laps: Vec<_> = activity
        .laps
        .iter()
        .map(|lap| (lap.start_s, lap.end_s, lap.trigger, lap.intensity))
        .collect();
    assert_eq!(
        laps,
        [
            (0.0, 10.0, LapTrigger::Manual, Some(Intensity::Active)),
            (10.0, 40.0, LapTrigger::Auto, Some(Intensity::Rest)),
        ]
    );
    assert_eq!(activity.totals.timer_s, Some(40.0));
    assert_eq!(activity.totals.distance_m, Some(100.0));
    assert_eq!(activity.totals.mean_heart_rate_bpm, Some(135.0));
    assert_eq!(activity.pauses, []);
}

#[test]
fn a_hole_at_a_new_track_or_lap_is_a_pause() {
    let first = lap(
        0,
        "<TotalTimeSeconds>22</TotalTimeSeconds>",
        &format!("{}{}", track(&[0, 1, 2]), track(&[60, 61, 80])),
    );
    let second = lap(
        200,
        "<TotalTimeSeconds>2</TotalTimeSeconds>",
        &track(&[200, 201, 202]),
    );
    let activity = one(&format!("{first}{second}"));
    let pauses = [(2.0, 60.0), (80.0, 200.0)].map(|(start_s, end_s)| Pause { start_s, end_s });
    assert_eq!(activity.pauses, pauses);
    assert_eq!(activity.laps.first().map(|lap| lap.end_s), Some(80.0));
}

#[test]
fn unsorted_overlapping_and_empty_laps_are_put_right() {
    let late = lap(
        30,
        "<TotalTimeSeconds>10</TotalTimeSeconds>",
        &track(&[30, 40]),
    );
    let early = lap(
        0,
        "<TotalTimeSeconds>99</TotalTimeSeconds>",
        &track(&[0, 10, 20, 29]),
    );
    let activity = one(&format!("{late}{early}<Lap><Track/></Lap>"));
    let laps: Vec<_> = activity
        .laps
        .iter()
        .map(|lap| (lap.start_s, lap.end_s))
        .collect();
    assert_eq!(laps, [(0.0, 30.0), (30.0, 40.0)]);
    assert_eq!(codes(&activity), ["W-xml-times-back", "W-tcx-laps"]);
}

#[test]
fn odd_points_are_kept_for_what_they_say() {
    let points = [
        point(0, ""),
        point(
            1,
            "<Position><LatitudeDegrees/><LongitudeDegrees/></Position>",
        ),
        point(2, "<HeartRateBpm><Value>140</Value></HeartRateBpm>"),
        point(2, "<Cadence>300</Cadence>"),
        point(3, "<DistanceMeters>5</DistanceMeters>"),
    ];
    let activity = one(&lap(
        0,
        "",
        &format!("<Track/><Track>{}</Track>", points.concat()),
    ));
    assert_eq!(activity.records.time_s, [0.0, 1.0]);
    assert_eq!(activity.records.heart_rate_bpm.get(0), Some(140.0));
    assert_eq!(activity.records.cadence_spm.get(0), Some(300.0));
    assert_eq!(activity.records.latitude_deg.len(), 0);
    assert_eq!(codes(&activity), ["W-xml-times-repeated"]);
}

#[test]
fn each_part_of_a_multisport_session_is_an_activity_with_its_own_distance() {
    let distance = |second, metres: f64| {
        point(
            second,
            &format!("<DistanceMeters>{metres}</DistanceMeters>"),
        )
    };
    let ride = activity(
        "Biking",
        &lap(
            0,
            "",
            &format!(
                "<Track>{}{}</Track>",
                distance(0, 0.0),
                distance(60, 40_000.0)
            ),
        ),
    );
    let run = activity(
        "Running",
        &lap(
            70,
            "",
            &format!(
                "<Track>{}{}</Track>",
                distance(70, 40_000.0),
                distance(80, 40_030.0)
            ),
        ),
    );
    let activities = all(&format!(
        "<MultiSportSession><FirstSport>{ride}</FirstSport><NextSport>{run}</NextSport></MultiSportSession>"
    ));
    let sports: Vec<_> = activities.iter().map(|activity| activity.sport).collect();
    assert_eq!(sports, [Sport::Cycling, Sport::Running]);
    assert_eq!(
        activities[1].records.distance_m.iter().collect::<Vec<_>>(),
        [Some(0.0), Some(30.0)]
    );
    assert_eq!(codes(&activities[1]), ["W-tcx-distance-offset"]);
}

#[test]
fn an_activity_of_laps_alone_keeps_its_totals() {
    let activity = one(&lap(
        0,
        "<TotalTimeSeconds>1800</TotalTimeSeconds><DistanceMeters>5000</DistanceMeters>",
        "",
    ));
    assert!(activity.records.is_empty());
    assert_eq!(activity.totals.timer_s, Some(1800.0));
    assert_eq!(
        (activity.laps[0].start_s, activity.laps[0].end_s),
        (0.0, 1800.0)
    );
    assert!(activity.start.is_some());
}

#[test]
fn courses_and_workouts_are_skipped_by_name() {
    for (body, what) in [
        (
            "<Courses><Course><Name>x</Name><Lap/><Track><Trackpoint><Time>2026-05-01T06:00:00Z</Time><DistanceMeters>1</DistanceMeters></Trackpoint></Track></Course></Courses>",
            "file: a course too short to tell whether it was run, without heart rate, not a recorded activity",
        ),
        (
            "<Workouts><Workout><Name>x</Name></Workout></Workouts>",
            "file: a workout plan, not a recorded activity",
        ),
        (
            "",
            "file: a TCX document without track points and laps, not a recorded activity",
        ),
    ] {
        let error = read(format!("{HEAD}{body}{TAIL}").as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), what);
        assert!(error.is_skip());
    }
}

#[test]
fn a_cut_file_keeps_its_points_and_says_so() {
    let body = activity(
        "Running",
        &lap(
            0,
            "<TotalTimeSeconds>9</TotalTimeSeconds>",
            &track(&[0, 1, 2]),
        ),
    );
    let text = format!("{HEAD}{body}{TAIL}");
    let end = text.rfind("<Trackpoint>").unwrap();
    let activities = read(&text.as_bytes()[..end]).unwrap();
    assert_eq!(activities[0].records.len(), 2);
    assert_eq!(activities[0].laps.len(), 1);
    assert_eq!(codes(&activities[0]), ["W-xml-incomplete"]);
}
