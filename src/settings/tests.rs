//! Each kind of fault gets one message that names the place and the next step.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::*;
use crate::units::UnitSystem;
use crate::vocabulary::SessionKind;

fn fault(text: &str) -> String {
    Settings::parse(text).unwrap_err().to_string()
}

fn correction_fault(text: &str) -> String {
    Corrections::parse(text).unwrap_err().to_string()
}

#[test]
fn a_whole_file_is_read_with_dates_written_either_way() {
    let text = r#"
units = "imperial"
timezone = "Europe/Berlin"
birth_year = 1985
sex = "female"

[[thresholds]]
from = 2026-03-01
critical_speed_m_s = 4.1

[[thresholds]]
from = "2026-01-01"
critical_speed_m_s = 4.0
maximum_heart_rate_bpm = 190

[[races]]
day = 2026-05-17
name = "Spring half"
distance_m = 21097.5
"#;
    let settings = Settings::parse(text).unwrap();
    assert_eq!(settings.units, Some(UnitSystem::Imperial));
    assert_eq!(settings.thresholds[0].from.to_string(), "2026-01-01");
    assert_eq!(settings.thresholds[0].maximum_heart_rate_bpm, Some(190.0));
    assert_eq!(settings.thresholds[1].critical_speed_m_s, Some(4.1));
    assert_eq!(settings.races[0].distance_m, Some(21_097.5));
    assert_eq!(Settings::parse("").unwrap(), Settings::default());
}

#[test]
fn an_unknown_key_is_named() {
    assert_eq!(
        fault("birth_year = 1985\nheight = 180\n"),
        "line 2, column 1: expected one of `units`, `timezone`, `week_starts`, `birth_year`, \
         `sex`, `thresholds`, `races`, `tests`, `zones`, found the unknown key `height`; correct the name or remove the line"
    );
}

#[test]
fn a_wrong_type_is_named() {
    assert_eq!(
        fault("[[thresholds]]\nfrom = 2026-01-01\ncritical_speed_m_s = \"fast\"\n"),
        "line 3, column 22: expected a number, found string \"fast\"; write a value of that type"
    );
    assert_eq!(
        fault("sex = \"other\"\n"),
        "line 1, column 7: expected `female` or `male`, found `other`; use one of these words"
    );
}

#[test]
fn an_impossible_value_is_named() {
    assert_eq!(
        fault("[[thresholds]]\nfrom = 2026-01-01\nmaximum_heart_rate_bpm = 1900\n"),
        "line 3, column 26: expected maximum_heart_rate_bpm from 110 to 240 bpm, found 1900; \
         correct the value or remove the line"
    );
    assert_eq!(
        fault("[[thresholds]]\nfrom = 2026-01-01\neasy_speed_m_s = 4\ncritical_speed_m_s = 3.9\n"),
        "line 3, column 18: expected easy_speed_m_s below critical_speed_m_s (3.9), found 4; \
         correct one of the two"
    );
    assert!(
        fault("[[races]]\nday = \"2026-02-30\"\n").starts_with("line 2, column 7: expected a day")
    );
}

#[test]
fn a_date_given_twice_is_named() {
    let text = "[[thresholds]]\nfrom = 2026-01-01\neasy_speed_m_s = 3\n\
                [[thresholds]]\nfrom = 2026-01-01\neasy_speed_m_s = 3\n";
    assert_eq!(
        fault(text),
        "line 5, column 8: expected each date once, found 2026-01-01 a second time; \
         put the values of one date into one entry"
    );
}

#[test]
fn field_tests_hold_a_time_over_a_distance_or_a_heart_rate() {
    let text = r#"
[[tests]]
day = 2026-05-03
distance_m = 3000
time_s = 720
name = "track"

[[tests]]
day = 2026-03-01
heart_rate_bpm = 171
"#;
    let tests = Settings::parse(text).unwrap().tests;
    assert_eq!(tests[0].day.to_string(), "2026-03-01");
    assert_eq!(tests[0].heart_rate_bpm, Some(171.0));
    assert_eq!(
        tests[1].distance_m.zip(tests[1].time_s),
        Some((3000.0, 720.0))
    );
}

#[test]
fn faulty_field_tests_are_named() {
    let fault = |lines: &str| fault(&format!("[[tests]]\nday = 2026-05-03\n{lines}"));
    assert_eq!(
        fault("distance_m = 3000\n"),
        "line 3, column 14: expected time_s beside distance_m, found none; add it"
    );
    assert_eq!(
        fault("time_s = 720\n"),
        "line 3, column 10: expected distance_m beside time_s, found none; add it"
    );
    assert_eq!(
        fault("name = \"track\"\n"),
        "line 2, column 7: expected distance_m with time_s, or heart_rate_bpm, found neither; \
         add what was measured"
    );
    assert_eq!(
        fault("distance_m = 399\ntime_s = 70\n"),
        "line 3, column 14: expected distance_m from 400 to 50000 m, found 399; \
         correct the value or remove the line"
    );
    assert_eq!(
        fault("distance_m = 5000\ntime_s = 600\n"),
        "line 4, column 10: expected a mean speed from 1 to 8 m/s, found 5000 m in 600 s, 8.3 m/s; \
         correct one of the two"
    );
    assert_eq!(
        fault("heart_rate_bpm = 170\n[[tests]]\nday = 2026-05-03\nheart_rate_bpm = 172\n"),
        "line 5, column 7: expected each test once, found the test of 2026-05-03 a second time; \
         remove one of the two"
    );
    assert_eq!(
        super::Settings::parse("[[tests]]\nheart_rate_bpm = 170\n")
            .unwrap_err()
            .to_string(),
        "line 1, column 1: expected `day`, found none; add it"
    );
}

#[test]
fn broken_toml_is_placed() {
    let message = fault("units = \n");
    assert!(message.starts_with("line 1, column 9: "), "{message}");
}

#[test]
fn corrections_are_found_by_the_start_of_the_hash() {
    let text = "[\"3FA94C02D1B700\"]\nkind = \"tempo\"\nrpe = 7\nnote = \"windy\"\n\
                [\"3fa94c02d1b7ff\"]\nexclude = true\n";
    let corrections = Corrections::parse(text).unwrap();
    let rpe = |sha256| corrections.of(sha256).and_then(|c| c.rpe);
    assert_eq!(rpe("3fa94c02d1b7000000"), Some(7.0));
    assert_eq!(
        corrections.of("3fa94c02d1b7ff00").unwrap().exclude,
        Some(true)
    );
    assert!(corrections.of("4fa94c02d1b7ff00").is_none());
}

#[test]
fn two_entries_that_may_be_for_one_file_are_named() {
    let expected = |line, hash, other| {
        format!(
            "line {line}, column 1: expected one entry for each file, \
             found \"{hash}\" beside \"{other}\"; put what you say of a file into one entry"
        )
    };
    assert_eq!(
        correction_fault("[848EC24DD1E9]\nrpe = 7\n[848ec24dd1e9]\nnote = \"windy\"\n"),
        expected(3, "848ec24dd1e9", "848EC24DD1E9")
    );
    assert_eq!(
        correction_fault("[848ec24dd1e9]\nrpe = 7\n\n[848EC24DD1E9FF]\nexclude = true\n"),
        expected(4, "848EC24DD1E9FF", "848ec24dd1e9")
    );
    assert_eq!(
        correction_fault("[848ec24dd1e9ff]\nrpe = 7\n[848ec24dd1e9]\nrpe = 8\n"),
        expected(3, "848ec24dd1e9", "848ec24dd1e9ff")
    );
}

#[test]
fn corrections_further_in_win_field_by_field() {
    let (short, long) = ("3fa94c02d1b7", "3fa94c02d1b7ff");
    for (outer, inner) in [(short, short), (short, long), (long, short)] {
        let mut all = Corrections::parse(&format!(
            "[{outer}]\nkind = \"tempo\"\nrpe = 7\nexclude = true\n"
        ))
        .unwrap();
        let further =
            Corrections::parse(&format!("[{inner}]\nrpe = 8\nexclude = false\n")).unwrap();
        all.overlay(&further);
        let both = all.of("3fa94c02d1b7ff00").unwrap();
        assert_eq!(both.kind, Some(SessionKind::Tempo), "{outer} {inner}");
        assert_eq!((both.rpe, both.exclude), (Some(8.0), Some(false)));
        if (outer, inner) == (short, long) {
            assert_eq!(all.of("3fa94c02d1b70000").unwrap().rpe, Some(7.0));
        }
    }
}

#[test]
fn faulty_corrections_are_named() {
    assert!(
        correction_fault("[\"3fa94c02d1b7\"]\nkind = \"sprint\"\n")
            .starts_with("line 2, column 8: expected one of easy, recovery, ")
    );
    assert_eq!(
        correction_fault("[\"3fa94c02d1b7\"]\nrpe = 11\n"),
        "line 2, column 7: expected rpe from 0 to 10, found 11; correct the value or remove the line"
    );
    assert!(
        correction_fault("[\"run.fit\"]\nrpe = 5\n")
            .contains("expected the first 12 to 64 hexadecimal digits of a file's SHA-256")
    );
    assert!(correction_fault("[\"3fa94c02d1b7\"]\nmood = 5\n").contains("unknown key `mood`"));
}

#[test]
fn marked_segments_are_read_in_either_form() {
    let tables = "[[3fa94c02d1b7.segments]]\nstart_s = 905\nend_s = 1135.5\nkind = \"work\"\n\
                  [[3fa94c02d1b7.segments]]\nstart_s = 0\nend_s = 905\nkind = \"warm_up\"\n";
    let inline = "[3fa94c02d1b7]\nsegments = [{ start_s = 905, end_s = 1135.5, kind = \"work\" }, \
                  { start_s = 0, end_s = 905, kind = \"warm_up\" }]\n";
    let read = Corrections::parse(tables).unwrap();
    assert_eq!(read, Corrections::parse(inline).unwrap());
    let marked = &read.by_hash["3fa94c02d1b7"].segments;
    assert_eq!(marked[0].kind, crate::segmentation::SegmentKind::Work);
    assert_eq!((marked[0].start_s, marked[0].end_s), (905.0, 1135.5));
}

#[test]
fn faulty_marked_segments_are_named() {
    let fault = |start: &str, end: &str, kind: &str| {
        correction_fault(&format!(
            "[[3fa94c02d1b7.segments]]\nstart_s = 905\nend_s = 1135\nkind = \"work\"\n\
             [[3fa94c02d1b7.segments]]\nstart_s = {start}\nend_s = {end}\nkind = \"{kind}\"\n"
        ))
    };
    assert_eq!(
        fault("1135", "1135", "rest"),
        "line 7, column 9: expected at least 1 s after start_s (1135), found 1135; \
         correct one of the two"
    );
    assert_eq!(
        fault("1100", "1200", "rest"),
        "line 6, column 11: expected segments that do not overlap, \
         found 1100 to 1200 s over 905 to 1135 s; correct one of the two"
    );
    assert_eq!(
        fault("-1", "1200", "rest"),
        "line 6, column 11: expected start_s from 0 to 1000000 s, found -1; \
         correct the value or remove the line"
    );
    assert!(fault("nan", "1200", "rest").contains("found NaN"));
    assert!(
        fault("1200", "1300", "sprint")
            .starts_with("line 8, column 8: expected one of `warm_up`, `steady`, `work`, "),
        "{}",
        fault("1200", "1300", "sprint")
    );
}

#[test]
fn an_official_time_of_a_race_needs_its_distance() {
    let settings =
        Settings::parse("[[races]]\nday = 2026-05-24\ndistance_m = 10000\ntime_s = 2400\n");
    assert_eq!(settings.unwrap().races[0].time_s, Some(2400.0));
    let without = Settings::parse("[[races]]\nday = 2026-05-24\ntime_s = 2400\n").unwrap_err();
    assert!(
        without.to_string().contains("distance_m beside time_s"),
        "{without}"
    );
    let impossible = "[[races]]\nday = 2026-05-24\ndistance_m = 10000\ntime_s = 240\n";
    let error = Settings::parse(impossible).unwrap_err();
    assert!(
        error.to_string().contains("a mean speed from 0.5 to 11"),
        "{error}"
    );
}

#[test]
fn what_an_inner_folder_says_wins_and_the_rest_stays() {
    let mut outer = Corrections::parse(
        "[3fa94c02d1b7]\nkind = \"tempo\"\nrpe = 7\n[aaaaaaaaaaaa]\nnote = \"mine\"\n",
    )
    .unwrap();
    outer.overlay(&Corrections::parse("[3fa94c02d1b7aa]\nrpe = 5\n").unwrap());
    let hash = format!("3fa94c02d1b7aa{}", "0".repeat(50));
    let correction = outer.of(&hash).unwrap();
    assert_eq!(correction.rpe, Some(5.0));
    assert_eq!(correction.kind, Some(SessionKind::Tempo));
}

#[test]
fn nobody_corrects_a_run_to_a_world_record() {
    let told = |time_s: u32| {
        let text = format!("[3fa94c02d1b7]\ndistance_m = 10000\ntime_s = {time_s}\n");
        Corrections::parse(&text).map_err(|error| error.to_string())
    };
    assert!(told(1800).is_ok());
    let error = told(600).unwrap_err();
    assert!(
        error.contains("line 3") && error.contains("world record"),
        "{error}"
    );
}
