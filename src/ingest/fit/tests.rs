//! The conformance cases of the FIT decoder, numbered: a test's name begins with its number.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(clippy::float_cmp, reason = "whole seconds and metres are exact")]

use super::Column;
use super::read;
use super::records;
use super::testing::Builder;
use crate::ingest::Activity;
use crate::ingest::ErrorKind;
use crate::ingest::Sport;

/// A start in September 2021, in seconds since the FIT epoch.
const START: u32 = 1_000_000_000;

fn run(count: u32) -> Builder {
    Builder::default()
        .file_id(4)
        .records(START, count)
        .session(START, count, 1)
}

fn one(bytes: &[u8]) -> Activity {
    let mut activities = read(bytes).unwrap();
    assert_eq!(activities.len(), 1);
    activities.remove(0)
}

fn codes(activity: &Activity) -> Vec<&str> {
    activity.warnings.iter().map(|w| w.code.as_str()).collect()
}

fn text_of<'a>(activity: &'a Activity, code: &str) -> &'a str {
    let found = activity.warnings.iter().find(|w| w.code == code);
    &found
        .unwrap_or_else(|| panic!("no {code} in {:?}", activity.warnings))
        .text
}

#[test]
fn case_01_a_valid_run_is_read_without_a_word() {
    let activity = one(&run(60).build());
    assert_eq!(activity.warnings, []);
    assert_eq!(activity.sport, Sport::Running);
    assert_eq!(activity.device.as_deref(), Some("Garmin fr245"));
    assert_eq!(
        activity.start.unwrap().to_rfc3339(),
        "2021-09-08T01:46:40+00:00"
    );
    assert_eq!(activity.records.len(), 60);
    assert_eq!(activity.records.time_s[59], 59.0);
    assert_eq!(activity.records.distance_m.get(59), Some(177.0));
    assert_eq!(activity.records.heart_rate_bpm.get(0), Some(150.0));
    assert_eq!(activity.totals.elapsed_s, Some(60.0));
}

#[test]
fn cases_02_to_04_no_header() {
    assert!(read(b"").unwrap_err().to_string().contains("empty file"));
    for bytes in [&[0x00][..], &[0x0E], &[0x0E; 14]] {
        assert!(
            read(bytes)
                .unwrap_err()
                .to_string()
                .contains("not a FIT file")
        );
    }
    let mut header = run(1).build()[..14].to_vec();
    header[0] = 255;
    assert!(
        read(&header)
            .unwrap_err()
            .to_string()
            .contains("header of 255 bytes")
    );
}

#[test]
fn case_05_headers_of_unusual_size() {
    for size in [13_u8, 20] {
        let sound = run(60).build();
        let mut bytes = sound[..12].to_vec();
        bytes[0] = size;
        bytes.resize(usize::from(size), 0);
        bytes.extend(&sound[14..sound.len() - 2]);
        bytes.extend(super::crc::checksum(&bytes).to_le_bytes());
        let activity = one(&bytes);
        assert_eq!(codes(&activity), ["W-fit-header-size"]);
        assert_eq!(activity.records.len(), 60);
    }
}

#[test]
fn cases_06_and_07_header_checksum() {
    let mut bytes = run(60).build();
    let end = bytes.len() - 2;
    bytes[12..14].copy_from_slice(&[0, 0]);
    let right = super::crc::checksum(&bytes[..end]).to_le_bytes();
    bytes[end..].copy_from_slice(&right);
    assert_eq!(one(&bytes).warnings, []);
    bytes[12] = 1;
    assert_eq!(codes(&one(&bytes))[0], "W-fit-header-crc");
}

#[test]
fn cases_08_to_10_data_checksum() {
    let sound = run(60).build();
    let end = sound.len() - 2;
    let mut wrong = sound.clone();
    wrong[end] ^= 1;
    assert!(text_of(&one(&wrong), "W-fit-crc").contains("checksum mismatch"));
    let mut zero = sound.clone();
    zero[end..].copy_from_slice(&[0, 0]);
    assert!(text_of(&one(&zero), "W-fit-crc-zero").contains("checksum was not written"));
    for missing in 1..=2 {
        let activity = one(&sound[..sound.len() - missing]);
        assert_eq!(codes(&activity), ["W-fit-crc-missing"]);
        assert_eq!(activity.records.len(), 60);
    }
}

#[test]
fn cases_11_and_12_cut_anywhere() {
    let sound = run(60).build();
    let mut before = 0;
    for length in 1..sound.len() {
        let kept = match read(&sound[..length]) {
            Ok(activities) => {
                assert!(!activities[0].warnings.is_empty(), "silent at {length}");
                activities[0].records.len()
            }
            Err(error) => {
                assert!(!error.is_skip(), "skipped at {length}: {error}");
                0
            }
        };
        assert!(kept >= before, "{kept} < {before} at {length}");
        before = kept;
    }
    assert_eq!(before, 60);
    let text = one(&sound[..400]);
    assert!(
        text_of(&text, "W-fit-truncated").starts_with("truncated: 400 of"),
        "{text:?}"
    );
    assert!(text.warnings.iter().any(|warning| warning.loses_data()));
}

#[test]
fn cases_13_and_14_never_closed() {
    let sound = run(60).build();
    for (size, code) in [(0, "W-fit-not-closed"), (u32::MAX, "W-fit-truncated")] {
        for end in [sound.len() - 2, sound.len()] {
            let mut bytes = sound[..end].to_vec();
            bytes[4..8].copy_from_slice(&u32::to_le_bytes(size));
            let activity = one(&bytes);
            assert!(text_of(&activity, code).contains("60 records"));
            assert_eq!(activity.records.len(), 60);
        }
    }
}

#[test]
fn cases_15_and_16_bytes_after_the_end() {
    let mut bytes = run(60).build();
    bytes.extend([0; 64]);
    assert!(text_of(&one(&bytes), "W-fit-padding").contains("64 bytes of padding"));
    bytes.push(9);
    assert!(text_of(&one(&bytes), "W-fit-trailing").contains("65 bytes ignored"));
}

#[test]
fn case_17_chained_files() {
    let mut bytes = run(60).build();
    bytes.extend(
        Builder::default()
            .file_id(4)
            .records(START + 5_000, 30)
            .session(START + 5_000, 30, 1)
            .build(),
    );
    let activities = read(&bytes).unwrap();
    let lengths: Vec<usize> = activities.iter().map(|a| a.records.len()).collect();
    assert_eq!(lengths, [60, 30]);
    assert!(
        activities
            .iter()
            .all(|activity| activity.warnings.is_empty())
    );
}

#[test]
fn case_18_a_cut_file_before_a_sound_one() {
    let first = run(60).build();
    let second = run(90).build();
    for cut in [10, 300, 405, 411] {
        let mut bytes = first[..first.len() - cut].to_vec();
        bytes.extend(&second);
        let activities = read(&bytes).unwrap();
        let last = activities.last().unwrap();
        assert_eq!(last.records.len(), 90, "cut {cut}");
        assert!(
            activities[0]
                .warnings
                .iter()
                .any(|w| w.code == "W-fit-truncated")
        );
    }
}

#[test]
fn case_19_an_empty_file_before_a_sound_one() {
    let mut bytes = Builder::default().build();
    bytes.extend(run(60).define(5, 20, &[(253, 4, 0x86)]).build());
    let activity = one(&bytes);
    assert_eq!(activity.records.len(), 60);
    assert_eq!(activity.warnings, []);
}

#[test]
fn case_20_a_message_without_definition() {
    let bytes = run(60).raw(&[0x0B, 1, 2, 3, 4]).build();
    let activity = one(&bytes);
    let warning = &activity.warnings[0];
    assert_eq!(warning.code, "W-fit-desync");
    assert!(warning.text.contains("local type 11"), "{}", warning.text);
    assert_eq!(warning.place, Some(format!("byte {}", bytes.len() - 7)));
    assert_eq!(activity.records.len(), 60);
}

#[test]
fn a_sound_file_after_a_fault_is_read() {
    let mut bytes = run(60).raw(&[0x0B, 1, 2, 3, 4]).build();
    bytes.extend(run(90).build());
    let activities = read(&bytes).unwrap();
    let lengths: Vec<usize> = activities.iter().map(|a| a.records.len()).collect();
    assert_eq!(lengths, [60, 90]);
    assert_eq!(activities[1].warnings, []);
}

#[test]
fn case_21_noise_that_reads_as_a_record() {
    let bytes = run(60)
        .record(START.wrapping_add(2_000_000_000), 77, 1)
        .raw(&[0x0B])
        .build();
    let activity = one(&bytes);
    assert_eq!(activity.records.len(), 60);
    assert!(text_of(&activity, "W-fit-implausible").starts_with("1 implausible"));
}

/// Records with a developer field of `size` bytes, described before or after as a uint16.
fn with_developer_field(size: u8, described: Option<bool>) -> Activity {
    let describe = |file: Builder| {
        file.define(3, 206, &[(0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 6, 7)])
            .data(3, &[&[0, 9, 0x84], b"Power\0"])
    };
    let mut file = Builder::default().file_id(4);
    if described == Some(true) {
        file = describe(file);
    }
    file = file.define_with_developer(2, 20, &[(253, 4, 0x86), (3, 1, 2)], &[(9, size, 0)]);
    for second in 0..50_u32 {
        let mut value = vec![0; usize::from(size)];
        value[0] = 250;
        file = file.data(2, &[&(START + second).to_le_bytes(), &[140], &value]);
    }
    if described == Some(false) {
        file = describe(file);
    }
    one(&file.session(START, 50, 1).build())
}

#[test]
fn cases_22_to_24_developer_fields() {
    let early = with_developer_field(2, Some(true));
    assert_eq!(early.power_source.as_deref(), Some("developer field Power"));
    assert_eq!(early.records.power_w.get(49), Some(250.0));
    assert_eq!(with_developer_field(2, Some(false)), early);
    assert_eq!(with_developer_field(1, Some(true)), early);
    for activity in [
        with_developer_field(2, None),
        with_developer_field(255, Some(true)),
    ] {
        assert!(activity.records.power_w.is_empty());
        assert_eq!(activity.records.heart_rate_bpm.count(), 50);
        assert_eq!(activity.warnings, []);
    }
}

#[test]
fn native_power_wins_over_that_of_an_app() {
    let mut file = Builder::default()
        .file_id(4)
        .define(3, 206, &[(0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 6, 7)])
        .data(3, &[&[0, 9, 0x84], b"Power\0"])
        .define_with_developer(2, 20, &[(253, 4, 0x86), (7, 2, 0x84)], &[(9, 2, 0)]);
    for second in 0..10_u32 {
        file = file.data(2, &[&(START + second).to_le_bytes(), &[200, 0], &[250, 0]]);
    }
    let activity = one(&file.session(START, 10, 1).build());
    assert_eq!(activity.power_source.as_deref(), Some("native"));
    assert_eq!(activity.records.power_w.get(0), Some(200.0));
}

#[test]
fn running_dynamics_and_the_fields_of_apps_are_carried() {
    let mut file = Builder::default()
        .file_id(4)
        .define(
            3,
            206,
            &[(0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 11, 7), (8, 6, 7)],
        )
        .data(3, &[&[0, 9, 0x84], b"Form Power\0", b"Watts\0"])
        .define_with_developer(
            2,
            20,
            &[(253, 4, 0x86), (41, 2, 0x84), (85, 2, 0x84)],
            &[(9, 2, 0)],
        );
    for second in 0..10_u32 {
        let ground_contact = if second == 3 { 0_u16 } else { 2_455 };
        let step_length = 11_200_u16.to_le_bytes();
        let parts: [&[u8]; 4] = [
            &(START + second).to_le_bytes(),
            &ground_contact.to_le_bytes(),
            &step_length,
            &[70, 0],
        ];
        file = file.data(2, &parts);
    }
    let activity = one(&file.session(START, 10, 1).build());
    let further: Vec<_> = activity
        .records
        .further
        .iter()
        .map(|series| {
            (
                series.name.as_str(),
                series.values.count(),
                series.values.get(0),
            )
        })
        .collect();
    assert_eq!(
        further,
        [
            ("ground_contact_ms", 9, Some(245.5)),
            ("step_length_m", 10, Some(1.12)),
            ("Form Power (Watts)", 10, Some(70.0)),
        ]
    );
}

#[test]
fn case_25_a_field_narrower_than_its_type() {
    let file = Builder::default()
        .define(4, 21, &[(253, 4, 0x86), (3, 1, 0x86), (0, 1, 0), (1, 1, 0)])
        .data(4, &[&START.to_le_bytes(), &[0], &[0], &[0]]);
    let bytes = Builder { data: file.data }
        .records(START, 60)
        .session(START, 60, 1)
        .build();
    let activity = one(&bytes);
    assert_eq!(activity.records.len(), 60);
    assert_eq!(activity.warnings, []);
}

#[test]
fn cases_26_to_28_nothing_usable() {
    let zero_fields = vec![(3, 0, 2); 255];
    let messages = vec![2; 100_000];
    let of_zero_fields = Builder::default()
        .define(2, 20, &zero_fields)
        .raw(&messages);
    let of_no_fields = Builder::default().define(2, 20, &[]).raw(&messages);
    let no_messages = (0..1000).fold(Builder::default(), |f, _| f.define(2, 20, &[(3, 1, 2)]));
    for file in [of_zero_fields, of_no_fields, no_messages] {
        let error = read(&file.build()).unwrap_err();
        assert!(error.is_skip());
        assert!(error.to_string().contains("no usable records"), "{error}");
    }
}

#[test]
fn work_is_bounded() {
    let fields = vec![(3, 0, 2); 255];
    let file = run(5).define(2, 20, &fields).raw(&vec![2; 1_000_000]);
    let activity = one(&file.build());
    assert_eq!(activity.records.len(), 5);
    assert!(text_of(&activity, "W-fit-limit").contains("fields"));
}

#[test]
fn case_29_unknown_types_and_fields() {
    let mut file = Builder::default().file_id(4).define(
        2,
        20,
        &[
            (253, 4, 0x86),
            (200, 3, 0x55),
            (3, 1, 2),
            (3, 1, 2),
            (201, 4, 0x84),
            (202, 5, 7),
        ],
    );
    file = file.define(6, 60_000, &[(1, 2, 0x84)]).data(6, &[&[1, 2]]);
    for second in 0..60_u32 {
        file = file.data(
            2,
            &[
                &(START + second).to_le_bytes(),
                &[9; 3],
                &[150],
                &[0xFF],
                &[9; 4],
                &[9; 5],
            ],
        );
    }
    let activity = one(&file.session(START, 60, 1).build());
    assert_eq!(
        activity.records.heart_rate_bpm.count(),
        60,
        "the last valid one counts"
    );
    assert_eq!(activity.warnings, []);
}

#[test]
fn case_30_big_endian_equals_little_endian() {
    let mut file =
        Builder::default()
            .file_id(4)
            .define_big(2, 20, &[(253, 4, 0x86), (3, 1, 2), (5, 4, 0x86)]);
    for second in 0..60_u32 {
        file = file.data(
            2,
            &[
                &(START + second).to_be_bytes(),
                &[150],
                &(second * 300).to_be_bytes(),
            ],
        );
    }
    assert_eq!(
        one(&file.session(START, 60, 1).build()),
        one(&run(60).build())
    );
}

#[test]
fn case_31_an_impossible_byte_order() {
    let bytes = run(60).raw(&[0x45, 0, 7, 20, 0, 0]).build();
    let activity = one(&bytes);
    assert!(text_of(&activity, "W-fit-desync").contains("byte order 7"));
    assert_eq!(activity.records.len(), 60);
}

#[test]
fn case_32_the_type_in_the_file_counts() {
    let file = Builder::default()
        .define_big(
            2,
            20,
            &[(253, 4, 0x86), (3, 2, 0x84), (5, 2, 0x84), (2, 4, 0x88)],
        )
        .data(
            2,
            &[
                &START.to_be_bytes(),
                &150_u16.to_be_bytes(),
                &[0xFF; 2],
                &3117.5_f32.to_be_bytes(),
            ],
        );
    let tables = records(&file.build()).unwrap();
    assert_eq!(tables[0].get(Column::HeartRate, 0), Some(150.0));
    assert_eq!(tables[0].get(Column::Distance, 0), None);
    assert_eq!(tables[0].get(Column::Altitude, 0), Some(123.5));
}

#[test]
fn case_33_timestamps_of_other_types() {
    let file = run(60)
        .define(2, 20, &[(253, 8, 0x8F), (3, 1, 2)])
        .data(2, &[&(u64::MAX - 1).to_le_bytes(), &[150]])
        .define(2, 20, &[(253, 4, 7), (3, 1, 2)])
        .data(2, &[b"2021", &[150]])
        .define(2, 20, &[(253, 4, 0x85), (3, 1, 2)])
        .data(2, &[&(START + 60).to_le_bytes(), &[150]]);
    let activity = one(&file.build());
    assert_eq!(activity.records.len(), 61);
    assert!(text_of(&activity, "W-fit-no-time").starts_with("2 records"));
}

#[test]
fn case_34_compressed_timestamps() {
    let mut file = Builder::default()
        .file_id(4)
        .define_records()
        .record(START, 150, 0)
        .define(3, 20, &[(3, 1, 2)]);
    for second in 1..200_u32 {
        let low = u8::try_from((START + second) & 0x1F).unwrap();
        file = file.raw(&[0x80 | 3 << 5 | low, 150]);
    }
    let activity = one(&file.session(START, 200, 1).build());
    let expected: Vec<f64> = (0..200).map(f64::from).collect();
    assert_eq!(activity.records.time_s, expected);
}

#[test]
fn case_36_a_name_that_is_not_utf8() {
    let file = Builder::default()
        .define(0, 0, &[(0, 1, 0), (8, 5, 7)])
        .data(0, &[&[4], b"caf\xe9\0"])
        .records(START, 9);
    assert_eq!(one(&file.build()).device.as_deref(), Some("caf\u{fffd}"));
}

#[test]
fn case_37_a_clock_that_was_never_set() {
    let file = Builder::default()
        .file_id(4)
        .records(5, 60)
        .session(5, 60, 1);
    let activity = one(&file.build());
    assert_eq!(activity.start, None);
    assert_eq!(activity.records.len(), 60);
    assert!(text_of(&activity, "W-fit-no-date").contains("date is unknown"));
}

#[test]
fn case_38_disorder_and_split_records() {
    let position = [(253, 4, 0x86), (0, 4, 0x85), (1, 4, 0x85)];
    let mut file = Builder::default()
        .file_id(4)
        .define(3, 20, &position)
        .define_records();
    for second in [0, 2, 1, 3, 4_u32] {
        let time = START + second;
        file = file
            .record(time, 150, second * 300)
            .data(3, &[&time.to_le_bytes(), &[0, 0, 0, 32], &[0, 0, 0, 16]]);
    }
    let activity = one(&file.session(START, 5, 1).build());
    assert_eq!(activity.records.len(), 5);
    assert_eq!(activity.records.heart_rate_bpm.count(), 5);
    assert_eq!(activity.records.latitude_deg.get(2), Some(45.0));
    assert_eq!(activity.records.longitude_deg.get(2), Some(22.5));
    assert!(text_of(&activity, "W-fit-merged").starts_with("5 records"));
    assert!(text_of(&activity, "W-fit-time-back").contains("back 1 time;"));
}

#[test]
fn case_39_a_stale_head() {
    let file = Builder::default()
        .file_id(4)
        .records(START - 6 * 86_400, 11)
        .records(START, 300)
        .session(START, 300, 1);
    let activity = one(&file.build());
    assert_eq!(activity.records.len(), 300);
    assert!(text_of(&activity, "W-fit-stale").starts_with("11 records"));
}

#[test]
fn a_clock_that_is_set_while_the_run_goes_on_keeps_both_parts() {
    let day_s = 86_400;
    let run = |jump_s: u32, head: u32| {
        let mut file = Builder::default().file_id(4).define_records();
        for second in 0..600 {
            let late_s = if second < head { 0 } else { jump_s };
            file = file.record(START + second + late_s, 150, second * 300);
        }
        file
    };
    // The summary is begun and written by the first clock, or begun before the clock was set.
    for (written, start) in [
        (START + 600, START),
        (START + 20 * day_s + 600, START + 20 * day_s),
    ] {
        let file = run(20 * day_s, 90).session_written(START, 600, 1, written);
        let activity = one(&file.build());
        assert_eq!(activity.records.len(), 600);
        assert_eq!(activity.records.time_s.last(), Some(&599.0));
        assert_eq!(activity.start, super::dates::date(start));
        assert!(
            text_of(&activity, "W-fit-clock")
                .starts_with("the clock of the watch jumped by 20 days")
        );
    }
}

#[test]
fn a_last_record_without_anything_but_a_late_time_is_left_out() {
    let file = Builder::default()
        .file_id(4)
        .records(START, 300)
        .define(3, 20, &[(253, 4, 0x86)])
        .data(3, &[&(START + 500).to_le_bytes()])
        .session(START, 300, 1);
    let activity = one(&file.build());
    assert_eq!(activity.records.len(), 300);
    assert!(text_of(&activity, "W-fit-stray").starts_with("1 record "));
}

/// The legs of a triathlon as (start, length, sport).
const LEGS: [(u32, u32, u8); 5] = [
    (START, 100, 5),
    (START + 100, 20, 3),
    (START + 120, 200, 2),
    (START + 320, 20, 3),
    (START + 340, 150, 1),
];

fn legs(file: Builder, order: [usize; 5]) -> Builder {
    order.iter().fold(file, |file, index| {
        let (start, length, sport) = LEGS[*index];
        file.session(start, length, sport)
    })
}

#[test]
fn cases_40_and_41_sessions_in_any_place_and_order() {
    let head = Builder::default().file_id(4);
    let last = legs(head.clone().records(START, 490), [0, 1, 2, 3, 4]).build();
    let activities = read(&last).unwrap();
    let lengths: Vec<usize> = activities.iter().map(|a| a.records.len()).collect();
    assert_eq!(lengths, [100, 20, 200, 20, 150]);
    assert_eq!(activities[4].sport, Sport::Running);
    assert_eq!(activities[1].sub_sport.as_deref(), Some("transition"));
    let first = legs(head, [1, 0, 4, 3, 2]).records(START, 490).build();
    assert_eq!(read(&first).unwrap(), activities);
}

#[test]
fn case_42_no_summary_at_all() {
    let activity = one(&Builder::default().file_id(4).records(START, 60).build());
    assert_eq!(codes(&activity), ["W-fit-no-session"]);
    assert_eq!(activity.records.len(), 60);
    assert_eq!(activity.sport, Sport::Unknown);
}

#[test]
fn case_43_files_that_are_not_activities() {
    for (kind, name) in [(2, "settings"), (32, "monitoring"), (5, "workout")] {
        let bytes = Builder::default().file_id(kind).records(START, 9).build();
        let error = read(&bytes).unwrap_err();
        assert!(matches!(error.kind, ErrorKind::NotAnActivity { .. }));
        assert!(error.to_string().contains(name), "{error}");
    }
    let course = |bytes: Builder| Builder::default().file_id(6).raw(&bytes.data).build();
    let beating = course(Builder::default().records(START, 9));
    assert_eq!(codes(&one(&beating)), ["W-course"]);
    let silent = (0..600).fold(Builder::default().define_records(), |file, second| {
        file.record(START + second, 255, second * 300)
    });
    let error = read(&course(silent)).unwrap_err();
    assert!(error.is_skip());
    assert!(error.to_string().contains("unchanging speed"), "{error}");
}

#[test]
fn case_44_timer_events() {
    let event = [(253, 4, 0x86), (0, 1, 0), (1, 1, 0)];
    let at = |second: u32| (START + second).to_le_bytes();
    let file = run(60)
        .define(4, 21, &event)
        .data(4, &[&at(0), &[0], &[0]])
        .data(4, &[&at(10), &[0], &[1]])
        .data(4, &[&at(20), &[0], &[0]])
        .data(4, &[&at(30), &[9], &[1]])
        .data(4, &[&at(59), &[0], &[4]]);
    let activity = one(&file.build());
    assert_eq!(activity.pauses.len(), 1);
    assert_eq!(
        (activity.pauses[0].start_s, activity.pauses[0].end_s),
        (10.0, 20.0)
    );
}

#[test]
fn cases_46_and_47_values_that_mean_nothing() {
    let mut file = Builder::default().file_id(4).define(
        2,
        20,
        &[(253, 4, 0x86), (3, 1, 2), (0, 4, 0x85), (1, 4, 0x85)],
    );
    for (second, rate, position) in [(0_u32, 0, 0_i32), (1, 250, i32::MAX), (2, 255, i32::MIN)] {
        let position = position.to_le_bytes();
        file = file.data(
            2,
            &[
                &(START + second).to_le_bytes(),
                &[rate],
                &position,
                &position,
            ],
        );
    }
    let activity = one(&file.session(START, 3, 1).build());
    assert!(!activity.records.heart_rate_bpm.has_values());
    assert!(!activity.records.latitude_deg.has_values());
    assert!(text_of(&activity, "W-fit-heart-rate").contains("treated as missing"));
    assert!(text_of(&activity, "W-fit-position").contains("2 positions dropped"));
}

#[test]
fn case_50_heart_rate_of_the_strap_alone() {
    let mut file = Builder::default()
        .file_id(4)
        .define(2, 20, &[(253, 4, 0x86), (5, 4, 0x86)]);
    for second in 0..4_u32 {
        file = file.data(2, &[&(START + second).to_le_bytes(), &second.to_le_bytes()]);
    }
    let mut bytes = file.session(START, 4, 5).build();
    let strap = Builder::default()
        .file_id(4)
        .define(3, 132, &[(253, 4, 0x86), (6, 1, 2), (9, 4, 0x86)])
        .data(3, &[&START.to_le_bytes(), &[120], &[0, 4, 0, 0]])
        .define(4, 132, &[(6, 2, 2), (10, 3, 13)])
        .data(4, &[&[122, 124], &[0x00, 0x08, 0xC0]]);
    bytes.extend(strap.build());
    let activity = one(&bytes);
    let rates: Vec<Option<f64>> = activity.records.heart_rate_bpm.iter().collect();
    assert_eq!(rates, [Some(120.0), Some(122.0), Some(124.0), Some(124.0)]);
    assert!(text_of(&activity, "W-fit-strap").starts_with("4 records"));
}

#[test]
fn strap_heart_rate_is_never_lost_in_silence() {
    let strap = Builder::default()
        .define(2, 20, &[(253, 4, 0x86), (5, 4, 0x86)])
        .data(2, &[&START.to_le_bytes(), &[0; 4]])
        .define(3, 132, &[(253, 4, 0x86), (6, 1, 2), (9, 4, 0x86)])
        .data(3, &[&(START + 900).to_le_bytes(), &[120], &[0, 4, 0, 0]]);
    assert!(text_of(&one(&strap.build()), "W-fit-strap-unused").starts_with("1 heart rate of"));
}

#[test]
fn case_45_laps_in_disorder() {
    let lap = [(253, 4, 0x86), (2, 4, 0x86), (7, 4, 0x86), (24, 1, 0)];
    let at = |second: u32| (START + second).to_le_bytes();
    let file = run(60)
        .define(4, 19, &lap)
        .data(4, &[&at(60), &at(30), &30_000_u32.to_le_bytes(), &[7]])
        .data(4, &[&at(60), &at(0), &40_000_u32.to_le_bytes(), &[0]])
        .data(4, &[&at(60), &at(59), &[0; 4], &[0]]);
    let activity = one(&file.build());
    let spans: Vec<(f64, f64)> = activity.laps.iter().map(|l| (l.start_s, l.end_s)).collect();
    assert_eq!(spans, [(0.0, 30.0), (30.0, 59.0)]);
    assert_eq!(codes(&activity), ["W-fit-laps", "W-fit-laps"]);
}

#[test]
fn the_account_counts_messages() {
    let account = super::account(&run(60).build());
    let record = account
        .rows
        .iter()
        .find(|row| row.what == "record (20)")
        .unwrap();
    assert_eq!(record.count, 60);
    assert_eq!(record.note, "3 fields, 600 bytes");
    assert_eq!(account.warnings, []);
    assert_eq!(super::account(b"nothing").rows, []);
}
