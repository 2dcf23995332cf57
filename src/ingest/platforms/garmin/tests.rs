//! Tests of the documents on made-up ones.

use super::*;
use crate::ingest::Sport;
use crate::ingest::platforms::Meant;

fn only(text: &str) -> Entry {
    let mut companion = read(text.as_bytes()).expect("a document");
    assert_eq!(companion.entries.len(), 1);
    companion.entries.remove(0)
}

fn activity(keys: &str) -> Entry {
    only(&format!(
        r#"[{{"summarizedActivitiesExport":[{{{keys}}}]}}]"#
    ))
}

#[test]
fn centimetres_milliseconds_and_kilojoules_become_units() {
    let entry = activity(
        r#""activityId":17000000001,"name":" Morning Run ","description":"easy","activityType":"trail_running",
        "eventTypeId":1,"startTimeGmt":1767261600000.0,"startTimeLocal":1767265200000.0,
        "duration":3600500.0,"elapsedDuration":3650000.0,"movingDuration":3590000.0,"distance":1000000.0,
        "elevationGain":12500.0,"calories":2092.0,"avgSpeed":0.27,"avgHr":150.0,"workoutRpe":70,"workoutFeel":25,
        "trainingEffectLabel":"LACTATE_THRESHOLD","parent":false,"splits":[{"measurements":[]}]"#,
    );
    assert_eq!(entry.id.as_deref(), Some("17000000001"));
    assert_eq!(entry.title.as_deref(), Some("Morning Run"));
    assert_eq!(
        entry.sport,
        Some((Sport::Running, Some("trail".to_owned())))
    );
    assert_eq!(entry.start.map(|at| at.timestamp()), Some(1_767_261_600));
    assert_eq!(entry.utc_offset_s, Some(3600));
    assert_eq!(entry.totals.timer_s, Some(3600.5));
    assert_eq!(entry.totals.elapsed_s, Some(3650.0));
    assert_eq!(entry.totals.distance_m, Some(10_000.0));
    assert_eq!(entry.totals.ascent_m, Some(125.0));
    assert_eq!(entry.totals.energy_kcal, Some(500.0));
    assert_eq!(entry.perceived_exertion, Some(7.0));
    assert_eq!(entry.feel, Some(25.0));
    assert_eq!(entry.remarks.meant, Some(Meant::Race));
    let effect = entry.remarks.training_effect.as_deref();
    assert_eq!(effect, Some("lactate threshold"));
    assert!(!entry.is_sum && !entry.remarks.typed_in);
}

#[test]
fn odd_values_cost_themselves_alone() {
    let entry = activity(
        r#""activityId":"7","name":null,"activityType":{"typeId":1,"typeKey":"street_running"},
        "beginTimestamp":1767261600000,"startTimeLocal":"2026-01-01 06:30:00","duration":{},
        "distance":[1],"workoutRpe":0,"workoutFeel":400,"trainingEffectLabel":"UNKNOWN","manualActivity":true"#,
    );
    assert_eq!(entry.id.as_deref(), Some("7"));
    assert_eq!(
        entry.sport,
        Some((Sport::Running, Some("street".to_owned())))
    );
    assert_eq!(entry.utc_offset_s, Some(-12_600));
    assert_eq!(
        (entry.totals.timer_s, entry.totals.distance_m),
        (None, None)
    );
    assert_eq!((entry.perceived_exertion, entry.feel), (None, None));
    assert_eq!(entry.remarks.training_effect, None);
    assert!(entry.remarks.typed_in);
}

#[test]
fn words_of_sports() {
    let cases = [
        ("running", Some(Sport::Running)),
        ("treadmill_running", Some(Sport::Running)),
        ("track_running", Some(Sport::Running)),
        ("virtual_run", Some(Sport::Running)),
        ("walking", Some(Sport::Walking)),
        ("casual_walking", Some(Sport::Walking)),
        ("hiking", Some(Sport::Walking)),
        ("strength_training", Some(Sport::Strength)),
        ("indoor_cycling", Some(Sport::Cycling)),
        ("road_biking", Some(Sport::Cycling)),
        ("virtual_ride", Some(Sport::Cycling)),
        ("mountain_biking", Some(Sport::Cycling)),
        ("lap_swimming", Some(Sport::Swimming)),
        ("open_water_swimming", Some(Sport::Swimming)),
        ("motorcycling", Some(Sport::Other)),
        ("indoor_rowing", Some(Sport::Other)),
        ("resort_skiing", Some(Sport::Other)),
        ("stair_climbing", Some(Sport::Other)),
        ("multi_sport", Some(Sport::Other)),
        ("uncategorized", None),
        ("incident_detected", None),
    ];
    for (word, expected) in cases {
        assert_eq!(sports::of(word).map(|found| found.0), expected, "{word}");
    }
}

#[test]
fn shoes_are_told_and_bicycles_are_not() {
    let text = r#"[{"gearDTOS":[
        {"gearPk":11,"gearTypeName":"Shoes","displayName":"Blue","customMakeModel":"Maker Blue 3"},
        {"gearPk":12,"gearTypeName":"Bike","displayName":"Old bicycle"}],
        "gearActivityDTOs":{"11":[{"gearPk":11,"activityId":5}],"12":[{"activityId":6}],"13":[{"activityId":7}]}}]"#;
    let companion = read(text.as_bytes()).expect("a document");
    let worn = [("5".to_owned(), "Maker Blue 3".to_owned())];
    assert_eq!(companion.gear, BTreeMap::from(worn));
}

#[test]
fn mornings_are_put_together_day_by_day() {
    let days = r#"[{"calendarDate":"2026-05-02","restingHeartRate":47,"currentDayRestingHeartRate":105},
        {"calendarDate":"2026-05-01","currentDayRestingHeartRate":48},{"calendarDate":"2026-05-03","totalSteps":9}]"#;
    let nights = r#"[{"calendarDate":"2026-05-02","sleepWindowConfirmationType":"AUTO_CONFIRMED_FINAL",
        "deepSleepSeconds":3600,"lightSleepSeconds":18000,"remSleepSeconds":5400,"awakeSleepSeconds":900},
        {"calendarDate":"2026-05-02","deepSleepSeconds":0,"lightSleepSeconds":1800},
        {"calendarDate":"2026-05-03","sleepWindowConfirmationType":"OFF_WRIST"}]"#;
    let health = r#"[{"calendarDate":"2026-05-02","metrics":[{"type":"HR","value":44.0},
        {"type":"HRV","value":61.0,"status":"IN_RANGE"}]},{"calendarDate":"2026-05-04","metrics":[{"type":"HRV",
        "value":0,"status":"UNKNOWN"}]}]"#;
    let of = |text: &str| read(text.as_bytes()).expect("a document").mornings;
    let resting: Vec<Option<f64>> = of(days).iter().map(|one| one.resting_hr_bpm).collect();
    assert_eq!(resting, [Some(48.0), Some(47.0)]);
    assert_eq!(of(nights).len(), 1);
    assert_eq!(of(nights)[0].sleep_h, Some(7.5));
    assert_eq!(of(health).len(), 1);
    assert_eq!(of(health)[0].hrv_ms, Some(61.0));
}

#[test]
fn other_documents_are_none() {
    for text in [
        "[]",
        "{}",
        "[1]",
        r#"{"type":"FeatureCollection"}"#,
        "[{\"a\":",
    ] {
        assert_eq!(read(text.as_bytes()), None, "{text}");
    }
    assert!(fault("a_summarizedActivities.json", b"[{\"summ").is_some());
    assert_eq!(fault("a_summarizedActivities.json", b"[]"), None);
    assert_eq!(fault("routes.json", b"[{"), None);
}

#[test]
fn names_of_documents() {
    for name in [
        "…_0_summarizedActivities.json",
        "x_gear.json",
        "UDSFile_2023-11-14_2024-02-22.json",
        "2024-01-01_2024-04-10_123_sleepData.json",
        "2024-01-01_2024-04-10_123_healthStatusData.json",
    ] {
        assert!(is_named_like_document(name), "{name}");
    }
    assert!(!is_named_like_document("user_profile.json"));
}
