//! Every reason is a sentence with its number.

use super::*;
use crate::segmentation::exact;

/// What a theme says when the features that it looks at have a value.
fn told(theme: Theme, values: &[(&str, f64)]) -> (String, f64, &'static str) {
    let value = |name: &str| {
        let known = values.iter().find(|(other, _)| *other == name);
        known.map_or(f64::NAN, |(_, value)| *value)
    };
    words(theme, &value)
}

#[test]
#[expect(clippy::too_many_lines, reason = "one row a theme")]
fn every_theme_is_told_in_a_sentence_with_its_number() {
    let slower = (0.9f64).ln();
    let faster = (1.3f64).ln();
    for (theme, values, text, number) in [
        (
            Theme::Contrast,
            &[("least_contrast", faster)][..],
            "30 % faster than right before and after",
            30.0,
        ),
        (
            Theme::RunContrast,
            &[("running_middle", slower)],
            "10 % slower than the other running of the run",
            -10.0,
        ),
        (
            Theme::Power,
            &[("power_left", faster), ("power_right", slower)],
            "power 10 % lower than around it",
            -10.0,
        ),
        (
            Theme::Cadence,
            &[("cadence_left", faster), ("cadence_right", faster)],
            "cadence 30 % higher than around it",
            30.0,
        ),
        (
            Theme::Similar,
            &[("similar", 3.0)],
            "3 similar stretches in the run",
            3.0,
        ),
        (
            Theme::Rarity,
            &[("stronger", 2.0)],
            "2 other stretches of a like length stand out as much",
            2.0,
        ),
        (
            Theme::Set,
            &[("set_count", 4.0)],
            "against 4 other efforts found: length, speed, spacing",
            4.0,
        ),
        (
            Theme::Heart,
            &[("heart_rise_bpm", -12.0)],
            "heart rate changes by -12 bpm",
            -12.0,
        ),
        (
            Theme::Length,
            &[("ln_length_s", 180f64.ln())],
            "lasts 180 s",
            180.0,
        ),
        (
            Theme::Place,
            &[("since_start_min", 12.0)],
            "starts in minute 12",
            12.0,
        ),
        (
            Theme::FirstLook,
            &[("first_look", 1.5)],
            "by itself, before it is compared with the rest of the run",
            1.5,
        ),
        (
            Theme::Evenness,
            &[("unevenness", 0.034)],
            "pace varies 3.4 % inside",
            3.4,
        ),
        (
            Theme::Edges,
            &[("edge_start", 0.2), ("edge_end", 0.3)],
            "speed changes by at least 20 % at its edges",
            20.0,
        ),
        (
            Theme::Wander,
            &[("run_wander", 0.06)],
            "the run's own pace wanders 6.0 %",
            6.0,
        ),
        (Theme::Slope, &[("slope", -0.02)], "slope -2.0 %", -2.0),
        (
            Theme::Breaks,
            &[("run_slow", 0.25)],
            "25 % of the run is stood, walked or paused",
            25.0,
        ),
    ] {
        let (found, value, _) = told(theme, values);
        assert_eq!(found, text);
        assert!((value - number).abs() < 1e-9, "{found}: {value}");
    }
    let same = [("power_left", 0.0), ("power_right", 0.0)];
    assert_eq!(
        told(Theme::Power, &same).0,
        "power 0 % higher than around it"
    );
    assert_eq!(told(Theme::Power, &[]).0, "power not recorded");
    assert_eq!(told(Theme::Heart, &[]).0, "heart rate not recorded");
    assert!(told(Theme::Rivals, &[]).1.is_nan());
}

#[test]
fn a_reason_that_hardly_counts_is_not_told_and_none_counts_for_all() {
    let row = vec![0.0; table::all().count()];
    let counts = |total| reason(Theme::Length, &row, total).and_then(|reason| reason.contribution);
    assert_eq!(counts(0.19), None);
    assert_eq!(counts(-0.19), None);
    assert_eq!(counts(-0.2), Some(-0.2));
    assert_eq!(counts(1.234), Some(1.23));
    assert_eq!((counts(9.0), counts(-9.0)), (Some(4.0), Some(-4.0)));
    let unknown = vec![f64::NAN; table::all().count()];
    let reason = reason(Theme::Heart, &unknown, 1.0).expect("it counts");
    assert_eq!((reason.value, reason.unit), (None, None));
}

#[test]
fn a_lap_counts_for_what_it_is_and_more_where_it_was_programmed() {
    let lap = |executed, programmed| of_lap(executed, programmed);
    assert_eq!(lap(true, false).contribution, Some(LAP_LOG_ODDS));
    let programmed = lap(true, true).contribution.expect("it counts");
    assert!(
        (programmed - PROGRAMMED_MARKS * LAP_LOG_ODDS).abs() < 1e-12 && programmed > LAP_LOG_ODDS
    );
    let texts = [(true, true), (false, true), (true, false)]
        .map(|(executed, programmed)| lap(executed, programmed).text);
    assert!(texts[0].ends_with("and the data show it") && texts[1].ends_with("do not show"));
    assert!(texts[2].ends_with("by hand"));
}

#[test]
fn a_long_even_effort_says_so_besides() {
    let candidate = Candidate {
        start_s: 900.0,
        end_s: 2400.0,
        effort_speed_m_s: 3.6,
        contrast: 1.35,
        unevenness: 0.05,
        ..Candidate::default()
    };
    let told = of_sustained(&candidate).expect("it is sustained");
    assert_eq!(
        told.text,
        "long and even, 35 % faster than the other running of the run"
    );
    assert_eq!((told.value, told.contribution), (Some(35.0), Some(3.0)));
    let slower = Candidate {
        contrast: 1.2,
        ..candidate
    };
    assert_eq!(of_sustained(&slower), None);
}

#[test]
fn what_is_no_effort_says_where_it_lies() {
    use SegmentKind::*;
    let text = |kind| {
        let told = of_rest(&exact::segment(kind, 0.0, 60.0, 2.5));
        assert_eq!(told[0].value, Some(2.5));
        told[0].text.clone()
    };
    let texts = [WarmUp, CoolDown, Recovery, Rest, Stop, Steady].map(text);
    for (one, text) in texts.iter().enumerate() {
        assert!(texts[..one].iter().all(|other| other != text), "{text}");
    }
    assert_eq!(texts[0], "before the first effort");
    assert_eq!(texts[3], "between two efforts, standing");
}
