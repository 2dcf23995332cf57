//! What every text keeps to.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::layout::width;
use super::*;
use crate::classification::RunnerUp;
use crate::classification::Session;
use crate::history::Confidence;
use crate::history::DatedReferences;
use crate::history::Reference;
use crate::history::ReferenceKind;
use crate::history::ReferenceUnit;
use crate::history::References;
use crate::ingest::Warning;
use crate::report::content::strip;
use crate::report::made_up;
use crate::review::ReviewOptions;
use crate::review::made_up::*;
use crate::review::review;
use crate::segmentation::Evidence;
use crate::units::UnitSystem;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

/// A name that would clear a terminal and turn a path around.
const HOSTILE: &str = "\u{1b}[2J\u{202E}=cmd()\u{9b}<script>*x*|";

fn interval_session() -> Session {
    let mut session = intervals(1, 1.2);
    session.head.name = Some(HOSTILE.to_owned());
    session.head.source.path = format!("{}{HOSTILE}.fit", "long/".repeat(20));
    session.head.source.device = Some("Garmin fr245".to_owned());
    session.runner_up = Some(RunnerUp {
        kind: SessionKind::Fartlek,
        confidence: 0.04,
    });
    session.evidence = vec![Evidence {
        text: "6 similar repetitions of about 1000 m at 104 % of critical speed".to_owned(),
        value: Some(1.04),
        unit: Some("ratio".to_owned()),
        contribution: Some(2.1),
    }];
    session.segments = vec![
        segment(SegmentKind::WarmUp, 0.0, 900.0),
        segment(SegmentKind::Work, 900.0, 1130.0),
        segment(SegmentKind::CoolDown, 1130.0, 3600.0),
    ];
    session.segments[2].executed = false;
    session.warnings = vec![Warning::new(
        crate::ingest::WarningCode::FitTruncated,
        "the file ends early",
    )];
    session
}

fn assert_sound(text: &str) {
    assert_sound_within(text, LINE_WIDTH);
}

fn assert_sound_within(text: &str, columns: usize) {
    for line in text.lines() {
        assert!(width(line) <= columns, "{line}");
        assert_eq!(line, line.trim_end());
    }
    let is_bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202E}';
    assert!(!text.contains(is_bad), "{text:?}");
}

/// Returns the text of a run without colours, which is sound within its width.
fn plain(session: &Session, units: UnitSystem, columns: usize) -> String {
    let (_, streams) = made_up::intervals();
    let text = session_text(session, Some(&streams), units, columns);
    let text = anstream::adapter::strip_str(&text).to_string();
    assert_sound_within(&text, columns);
    text
}

#[test]
fn a_run_is_told_with_its_reasons() {
    for units in [UnitSystem::Metric, UnitSystem::Imperial] {
        let text = plain(&interval_session(), units, LINE_WIDTH);
        for part in [
            "Kind: intervals (90 % sure), a quality session",
            "104 % of critical speed",
            "next best: fartlek (4 %)",
            "Set 1: 6 × 1000 m, 90 s jog",
            "rep 3",
            "33 % faster than the running around it; heart rate rose by 31 bpm",
            "no heart rate was recorded",
            "W-fit-truncated: the file ends early",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
    }
    plain(&Session::default(), UnitSystem::Metric, LINE_WIDTH);
}

#[test]
fn a_run_keeps_within_a_narrow_and_a_wide_terminal() {
    let mut session = interval_session();
    session.segments[2].executed = true;
    let narrow = plain(&session, UnitSystem::Imperial, 40);
    let row = narrow
        .lines()
        .find(|line| line.contains("rep 3  "))
        .unwrap();
    assert_eq!(
        row.split_whitespace().count(),
        6,
        "start, work 3, time, pace, HR: {row}"
    );
    assert!(!narrow.contains("33 % faster"), "{narrow}");
    let wide = plain(&interval_session(), UnitSystem::Metric, 140);
    let row = wide.lines().find(|line| line.contains("rep 3  ")).unwrap();
    assert!(row.contains("%  33 % faster"), "{row}");
}

#[test]
fn a_reason_is_not_told_again_of_the_next_of_its_kind() {
    let mut session = interval_session();
    session.segments = (0..4)
        .map(|number| segment(SegmentKind::Work, f64::from(number), f64::from(number + 1)))
        .collect();
    session.segments[2].evidence.clear();
    let text = plain(&session, UnitSystem::Metric, LINE_WIDTH);
    assert_eq!(text.matches("33 % faster").count(), 2, "{text}");
}

#[test]
fn work_is_bold_and_in_its_colour() {
    let text = session_text(&interval_session(), None, UnitSystem::Metric, LINE_WIDTH);
    assert!(
        text.contains("\u{1b}[1m15:00  \u{1b}[0m\u{1b}[1m\u{1b}[38;5;161mrep\u{1b}[0m"),
        "{text:?}"
    );
}

#[test]
fn a_table_of_runs_has_one_line_a_run() {
    let mut sessions = season(2);
    sessions.push(interval_session());
    sessions.push(Session::default());
    for columns in [40, 60, LINE_WIDTH, 140] {
        let text = runs_table(&sessions, UnitSystem::Metric, columns);
        assert_sound_within(&text, columns);
        assert_eq!(text.lines().count(), sessions.len() + 1);
        assert!(text.contains("2026-01-06  intervals"), "{text}");
        assert_eq!(text.contains("sure"), columns >= LINE_WIDTH, "{text}");
    }
}

#[test]
fn the_essentials_of_a_block_fit_a_screen() {
    let mut sessions = season(60);
    sessions[0].head.day = None;
    for kind in [SessionKind::Undecided, SessionKind::Race, SessionKind::Long] {
        sessions.push(run(419, kind, 140.0, 0.4));
        sessions.push(run(418, kind, 140.0, 0.4));
    }
    let options = ReviewOptions {
        weeks: Some(50),
        ..ReviewOptions::default()
    };
    for options in [&options, &ReviewOptions::default()] {
        let review = review(&sessions, options);
        let text = review_text(&review, UnitSystem::Imperial);
        assert_sound(&text);
        assert!(text.lines().count() <= 40, "{text}");
        for kind in strip::KINDS {
            assert!(text.contains(&strip::day_key(kind)), "{text}");
        }
    }
    assert_sound(&review_text(&review(&[], &options), UnitSystem::Metric));
}

#[test]
fn what_is_not_known_of_a_week_is_a_dash_and_a_part_is_at_least() {
    let mut sessions = vec![
        run(0, SessionKind::Easy, 30.0, 0.0),
        run(7, SessionKind::Easy, 30.0, 0.0),
        run(8, SessionKind::Easy, 30.0, 0.0),
    ];
    for session in &mut sessions[..2] {
        session.head.distance_m = None;
        session.load = None;
    }
    let review = review(&sessions, &ReviewOptions::default());
    let text = review_text(&review, UnitSystem::Metric);
    let row = |start: &str| -> Vec<&str> {
        let line = text.lines().find(|line| line.starts_with(start)).unwrap();
        line.split_whitespace().rev().collect()
    };
    let first = row(&review.weeks[0].name);
    assert_eq!((first[0], first[4]), ("–", "–"), "{text}");
    let second = row(&review.weeks[1].name);
    assert!(
        second[0].starts_with('≥') && second[4].starts_with('≥'),
        "{text}"
    );
    assert!(text.contains("≥ not known of every run") && text.contains("of 1 of 3 runs"));
}

#[test]
fn markdown_holds_every_finding_and_no_foreign_markup() {
    let mut sessions = season(12);
    for session in &mut sessions {
        session.head.athlete = Some(HOSTILE.to_owned());
    }
    let review = review(&sessions, &ReviewOptions::default());
    let text = review_markdown(&review, UnitSystem::Metric);
    assert!(
        text.starts_with("# \\[2J=cmd()\\<script\\>\\*x\\*\\|: Training block"),
        "{text}"
    );
    assert!(text.contains("| 2026-W02 | - H E E X H E | 5 |"), "{text}");
    for finding in &review.findings {
        let start = finding
            .text
            .split(['_', '*', '['])
            .next()
            .unwrap_or_default();
        assert!(text.contains(start), "{}", finding.id);
    }
}

#[test]
fn reference_values_are_told_with_their_source() {
    let reference = |value: f64, source: &str| {
        Some(Reference {
            value,
            low: value * 0.98,
            high: value * 1.02,
            source: source.to_owned(),
            date: Some(day(3)),
            confidence: Confidence::Fair,
        })
    };
    let at = References {
        easy_speed_m_s: reference(2.95, "mode of 41 steady blocks, 56 days"),
        critical_speed_m_s: reference(4.1, HOSTILE),
        threshold_heart_rate_bpm: reference(171.0, "critical speed line"),
        ..References::default()
    };
    let days = [
        DatedReferences::default(),
        DatedReferences {
            day: day(7),
            references: at,
        },
    ];
    for units in [UnitSystem::Metric, UnitSystem::Imperial] {
        assert_sound(&references_text(&days, units));
    }
    let text = references_text(&days, UnitSystem::Metric);
    assert!(
        text.contains("5:39/km") && text.contains("mode of 41 steady blocks"),
        "{text}"
    );
    assert!(text.contains("resting heart rate: not known"));
    assert!(!text.contains('~'), "{text}");
    assert_sound(&references_text(&[], UnitSystem::Metric));
}

#[test]
fn the_table_of_reference_values_is_never_cut() {
    let value = |kind: &ReferenceKind| match kind.unit {
        // Slower than any runner, so that every pace is as wide as paces get.
        ReferenceUnit::MetresPerSecond => 1.0,
        ReferenceUnit::BeatsPerMinute => 199.0,
        ReferenceUnit::Watts => 399.0,
        ReferenceUnit::Ratio => 0.1,
    };
    let document: serde_json::Map<String, serde_json::Value> = References::KINDS
        .iter()
        .map(|kind| {
            let value = value(kind);
            let reference = serde_json::json!({"value": value, "low": value, "high": value,
                "source": "", "date": null, "confidence": "low"});
            (kind.key.to_owned(), reference)
        })
        .collect();
    let days = [DatedReferences {
        day: day(7),
        references: serde_json::from_value(document.into()).unwrap(),
    }];
    let text = references_text(&days, UnitSystem::Imperial);
    assert_sound(&text);
    let table: Vec<&str> = text.lines().take(2).collect();
    assert!(!table.concat().contains('…'), "{text}");
    assert!(table[1].contains("~26:49/mi") && table[1].contains("~199 bpm"));
    assert!(
        text.contains("~ low confidence, or a lower bound"),
        "{text}"
    );
}

#[test]
fn given_values_are_marked() {
    let given = Reference {
        value: 4.0,
        low: 4.0,
        high: 4.0,
        source: "given by you from 2026-01-01 on".to_owned(),
        date: Some(day(0)),
        confidence: Confidence::High,
    };
    let days = [DatedReferences {
        day: day(7),
        references: References {
            critical_speed_m_s: Some(given),
            ..References::default()
        },
    }];
    let text = references_text(&days, UnitSystem::Metric);
    assert!(
        text.contains("=4:10/km") && text.contains("= given by you"),
        "{text}"
    );
    assert!(text.contains("critical speed: 4:10/km, given by you from 2026-01-01 on"));
}
