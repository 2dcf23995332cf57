//! Each kind of fault gets one message that names the place and the next step.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::*;

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
        "line 2, column 1: expected one of `units`, `timezone`, `birth_year`, `sex`, \
         `thresholds`, `races`, found the unknown key `height`; correct the name or remove the line"
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
    let text = "[[thresholds]]\nfrom = 2026-01-01\n[[thresholds]]\nfrom = 2026-01-01\n";
    assert_eq!(
        fault(text),
        "line 4, column 8: expected each date once, found 2026-01-01 a second time; \
         put the values of one date into one entry"
    );
}

#[test]
fn broken_toml_is_placed() {
    let message = fault("units = \n");
    assert!(message.starts_with("line 1, column 9: "), "{message}");
}

#[test]
fn corrections_are_found_by_the_start_of_the_hash() {
    let text = "[\"3FA94C02D1B7\"]\nkind = \"tempo\"\nrpe = 7\nnote = \"windy\"\n\
                [\"3fa94c02d1b7ff\"]\nexclude = true\n";
    let corrections = Corrections::parse(text).unwrap();
    let rpe = |sha256| corrections.of(sha256).and_then(|c| c.rpe);
    assert_eq!(rpe("3fa94c02d1b7000000"), Some(7.0));
    assert!(corrections.of("3fa94c02d1b7ff00").unwrap().exclude);
    assert!(corrections.of("4fa94c02d1b7ff00").is_none());
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
