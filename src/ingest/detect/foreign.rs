//! What platforms give out in formats of their own, which are not read, and how else to get the runs.
//!
//! Each is known by what no other file has, taken from public programs that read it; what only a name
//! tells is not guessed.

/// JSON documents: all of the parts must be in the beginning of the text.
const JSON: [(&[&str], &str); 7] = [
    (
        &["\"exercises\"", "\"stopTime\"", "\"timezoneOffset\""],
        "a training session of Polar Flow in JSON, which is not read; export it as TCX from flow.polar.com",
    ),
    (
        &["\"suunto/sml\""],
        "a recording of the Suunto app in JSON, which is not read; export the activity as FIT from the app",
    ),
    (
        &["\"DeviceLog\"", "\"Header\""],
        "a recording of the Suunto app in JSON, which is not read; export the activity as FIT from the app",
    ),
    (
        &["HW_EXT_TRACK_DETAIL@"],
        "runs of Huawei Health in JSON, which is not read; Hitrava (github.com/CTHRU/Hitrava) makes TCX of them",
    ),
    (
        &["\"active_duration_ms\"", "\"start_epoch_ms\""],
        "a run of Nike Run Club in JSON, which is not read; nrc-exporter (github.com/yasoob/nrc-exporter) makes GPX of it",
    ),
    (
        &["\"RIDE\"", "\"STARTTIME\"", "\"RECINTSECS\""],
        "an activity of GoldenCheetah in JSON, which is not read; export it as TCX from there",
    ),
    (
        &["\"activityType\"", "\"sourceName\"", "\"startTime\""],
        "what RunGap notes of a run in JSON, which is not read; the FIT, TCX or GPX file beside it is",
    ),
];

/// Beginnings of texts.
const BEGINNINGS: [(&str, &str); 4] = [
    (
        "com.samsung.",
        "data of Samsung Health in CSV, which is not read; export each run as GPX from the app",
    ),
    (
        "type,startTime,sportTime(s)",
        "the list of workouts of Zepp in CSV, which is not read; export each run as FIT, TCX or GPX from the app",
    ),
    (
        "Activity Id,Date,Type,",
        "the list of activities of Runkeeper, which is not read; the GPX files beside it are",
    ),
    (
        "tp=lbs;",
        "a HiTrack file of Huawei Health, which is not read; Hitrava (github.com/CTHRU/Hitrava) makes TCX of it",
    ),
];

/// Returns what a JSON document of a platform is.
pub(super) fn json(text: &str) -> Option<&'static str> {
    let known = JSON
        .iter()
        .find(|(parts, _)| parts.iter().all(|part| text.contains(part)));
    known.map(|(_, what)| *what)
}

/// Returns what another text of a platform is.
pub(super) fn text(text: &str) -> Option<&'static str> {
    let known = BEGINNINGS
        .iter()
        .find(|(beginning, _)| text.starts_with(beginning));
    known.map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use crate::ingest::Content;
    use crate::ingest::NOT_READ;
    use crate::ingest::detect;

    #[test]
    fn formats_of_platforms_are_named_with_what_to_do() {
        for (content, name) in [
            (
                r#"{"exportVersion":"1.6","exercises":[{"startTime":"2026-05-01T06:00:00.000","stopTime":"2026-05-01T06:30:00.000","timezoneOffset":120,"sport":"RUNNING"}]}"#,
                "Polar Flow",
            ),
            (
                r#"{"Samples":[{"Attributes":{"suunto/sml":{"Sample":{"HR":1.35}}}}]}"#,
                "Suunto",
            ),
            (
                r#"{"DeviceLog":{"Header":{"ActivityType":3},"Samples":[]}}"#,
                "Suunto",
            ),
            (
                r#"[{"sportType":4,"attribute":"HW_EXT_TRACK_DETAIL@istp=lbs;k=0;lat=0.1"}]"#,
                "Huawei",
            ),
            (
                r#"{"id":"1","type":"run","start_epoch_ms":1,"active_duration_ms":2,"metrics":[]}"#,
                "Nike",
            ),
            (
                "\u{feff}{\"RIDE\":{\"STARTTIME\":\"2026/05/01 06:00:00 UTC\",\"RECINTSECS\":1}}",
                "GoldenCheetah",
            ),
            (
                r#"{"source":"hk","activityType":{"sourceName":"running"},"startTime":{}}"#,
                "RunGap",
            ),
            (
                "com.samsung.shealth.exercise,6320001,17\nstart_time\n",
                "Samsung",
            ),
            (
                "\u{feff}type,startTime,sportTime(s),maxPace(/meter)\n",
                "Zepp",
            ),
            ("Activity Id,Date,Type,Route Name\n", "Runkeeper"),
            ("tp=lbs;k=0;lat=0.1;lon=0.1\n", "Huawei"),
        ] {
            let Content::Other(what) = detect(content.as_bytes()) else {
                panic!("{content} is something to read");
            };
            assert!(what.contains(name) && what.contains(NOT_READ), "{what}");
        }
        for other in ["{\"exercises\":[]}", "[{\"laps\":3}]", "date,km\n"] {
            let plain = ["a JSON document", "a text file"].map(Content::Other);
            assert!(plain.contains(&detect(other.as_bytes())), "{other}");
        }
    }
}
