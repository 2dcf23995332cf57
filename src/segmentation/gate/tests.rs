//! Every feature of a made-up run has the value that its description says, worked out by hand.

mod in_view;

use std::f64::consts::LN_2;

use super::*;
use crate::segmentation::exact;
use crate::segmentation::levels::Component;
use crate::segmentation::signals::Signals;
use crate::streams::Streams;

/// What is recorded over some seconds, heart rate ten seconds later.
struct Block {
    seconds: usize,
    speed_m_s: f64,
    heart_bpm: f64,
    cadence_spm: Option<f64>,
    power_w: Option<f64>,
    slope: f64,
}

const EASY: Block = Block {
    seconds: 600,
    speed_m_s: 2.5,
    heart_bpm: 130.0,
    cadence_spm: Some(160.0),
    power_w: Some(200.0),
    slope: 0.0,
};
const REP: Block = Block {
    seconds: 180,
    speed_m_s: 4.0,
    heart_bpm: 170.0,
    cadence_spm: Some(180.0),
    power_w: Some(300.0),
    slope: 0.02,
};
const JOG: Block = Block {
    seconds: 120,
    speed_m_s: 2.0,
    heart_bpm: 150.0,
    cadence_spm: Some(150.0),
    power_w: Some(180.0),
    slope: 0.0,
};
const STAND: Block = Block {
    seconds: 60,
    speed_m_s: 0.0,
    heart_bpm: 140.0,
    cadence_spm: None,
    power_w: None,
    slope: 0.0,
};

/// Three repetitions of three minutes with two minutes' jogs, a minute stood after the last, running home.
const RUN: [Block; 8] = [
    EASY,
    REP,
    JOG,
    REP,
    JOG,
    REP,
    STAND,
    Block {
        seconds: 540,
        heart_bpm: 132.0,
        ..EASY
    },
];
/// How late heart rate is.
const LATE_S: usize = 10;

fn streams() -> Streams {
    let each = |value: fn(&Block) -> Option<f64>| -> Vec<Option<f64>> {
        let blocks = RUN.iter();
        blocks
            .flat_map(|block| std::iter::repeat_n(value(block), block.seconds))
            .collect()
    };
    let speeds: Vec<f64> = each(|block| Some(block.speed_m_s))
        .into_iter()
        .flatten()
        .collect();
    let beats = each(|block| Some(block.heart_bpm));
    let late = std::iter::repeat_n(beats[0], LATE_S).chain(beats.iter().copied());
    Streams {
        heart_rate_bpm: late.take(beats.len()).collect(),
        cadence_spm: each(|block| block.cadence_spm).into_iter().collect(),
        power_w: each(|block| block.power_w).into_iter().collect(),
        grade: each(|block| Some(block.slope)).into_iter().collect(),
        ..exact::streams(&speeds)
    }
}

/// The first repetition, the first two in one, the second, the last.
fn components() -> Vec<Component> {
    let component = |range, [floor, shoulder, foot]: [f64; 3], steps, seen| Component {
        range,
        floor_m_s: floor,
        shoulder_m_s: shoulder,
        foot_m_s: foot,
        steps,
        seen,
    };
    vec![
        component(600..780, [4.0, 2.5, 2.0], 1, 3),
        component(600..1080, [2.0, 2.5, 2.0], 3, 1),
        component(900..1080, [4.0, 2.0, 2.0], 1, 4),
        component(1200..1380, [4.0, 2.0, 0.0], 1, 2),
    ]
}

const FIRST: usize = 0;
const TWO_IN_ONE: usize = 1;
const SECOND: usize = 2;
const LAST: usize = 3;

/// Asserts the values of features of a row by their names.
fn assert_values(row: &[f64], expected: &[(&str, f64)]) {
    for (name, expected) in expected {
        let index = table::all().position(|feature| feature.name == *name);
        let value = row[index.expect("a feature")];
        let is_same = (value - expected).abs() < 1e-3 || value.is_nan() && expected.is_nan();
        assert!(is_same, "{name} is {value}, not {expected}");
    }
}

fn ln(ratio: f64) -> f64 {
    ratio.ln()
}

#[test]
fn a_repetition_by_itself_has_its_length_its_contrasts_and_its_edges() {
    let signals = Signals::new(&streams());
    let rows = Measured::of(&signals, &components()).first_rows();
    assert_values(
        &rows[LAST],
        &[
            ("ln_length_s", ln(180.0)),
            ("speed_m_s", 4.0),
            ("left", LN_2),
            // Whoever stands is taken to walk at half a metre a second.
            ("right", ln(8.0)),
            ("least_contrast", LN_2),
            ("wide_left", LN_2),
            ("wide_right", ln(4.0 / 1.25)),
            ("raw_left", LN_2),
            ("raw_right", ln(8.0)),
            ("raw_least", LN_2),
            // 1,920 m before and 1,350 m after it in 1,200 s.
            ("far", ln(4.0 / 2.725)),
            ("to_slow", ln(1.6)),
            ("to_median", ln(1.6)),
            ("to_fast", 0.0),
            ("unevenness", 0.0),
            ("dip", 1.0),
            ("trend", 0.0),
            ("contrast_in_wander", LN_2 / 0.01),
            (
                "clearness",
                LN_2 * 4.0 / signals.noise_m_s * 60.0_f64.sqrt(),
            ),
            ("edge_start", 0.5),
            ("edge_end", 1.0),
            ("inside_start", 1.0),
            ("inside_end", 1.0),
            ("outside_start", 0.5),
            ("outside_end", 0.0),
            ("slow_left", 0.0),
            ("slow_right", 1.0),
            ("slow_inside", 0.0),
            ("share", 180.0 / 1920.0),
            ("since_start_min", 20.0),
            ("to_end_min", 10.0),
            ("rise", LN_2),
            ("rise_foot", ln(8.0)),
            ("seen", 2.0),
            ("step_length_s", 180.0),
            ("slope", 0.02),
            ("round_time", 0.0),
            ("round_distance", ln(800.0 / 720.0)),
            ("run_wander", 0.01),
            ("sampling_s", 1.0),
            ("run_slow", 60.0 / 1980.0),
            ("run_min", 32.0),
            ("run_spread", ln(1.6)),
            ("noise_m_s", signals.noise_m_s),
        ],
    );
}

#[test]
fn what_beats_and_steps_say_is_against_what_is_beside_it() {
    let rows = Measured::of(&Signals::new(&streams()), &components()).first_rows();
    // The sum of all beats over the seconds of the run, ten late.
    let mean_bpm =
        (610.0 * 130.0 + 540.0 * 170.0 + 240.0 * 150.0 + 60.0 * 140.0 + 530.0 * 132.0) / 1980.0;
    assert_values(
        &rows[LAST],
        &[
            ("heart_rise_bpm", 20.0),
            ("heart_level_bpm", 170.0 - mean_bpm),
            ("heart_fall_bpm", 30.0),
            ("heart_bpm", (80.0 * 170.0 + 10.0 * 140.0) / 90.0),
            (
                "heart_of_highest",
                (80.0 * 170.0 + 10.0 * 140.0) / 90.0 / 170.0,
            ),
            ("cadence_left", ln(1.2)),
            ("cadence_right", f64::NAN),
            ("power_left", ln(300.0 / 180.0)),
            ("power_right", f64::NAN),
        ],
    );
    assert_values(
        &rows[FIRST],
        &[
            // Of ten minutes on either side: 1,500 and 1,920 m.
            ("far", ln(4.0 / 2.85)),
            ("heart_rise_bpm", 40.0),
            ("heart_fall_bpm", 20.0),
            ("cadence_left", ln(180.0 / 160.0)),
            ("cadence_right", ln(1.2)),
            ("power_left", ln(1.5)),
            ("power_right", ln(300.0 / 180.0)),
        ],
    );
}

#[test]
fn running_is_compared_with_running_and_breaks_are_counted() {
    let rows = Measured::of(&Signals::new(&streams()), &components()).first_rows();
    // Steps go on in the first second of the stand, whose own speed is 0 already.
    let (running_s, stand_s) = (1921.0, 59.0_f64);
    let after = 2.5 * 179.0 / 180.0;
    let far = (1920.0 + 2.5 * 540.0) / (600.0 + 541.0);
    assert_values(
        &rows[LAST],
        &[
            ("running_before", ln(4.0 / (480.0 / 180.0))),
            ("running_after", ln(4.0 / after)),
            ("running_least", ln(1.5)),
            ("running_far", ln(4.0 / far)),
            ("running_slow", ln(1.6)),
            ("running_middle", ln(1.6)),
            ("running_fast", ln(1.6)),
            ("running_in_wander", ln(1.6) / 0.01),
            (
                "running_outside_min",
                ((running_s - 180.0) / 60.0_f64).ln_1p(),
            ),
            ("running_share", 180.0 / running_s),
            ("break_before_s", 0.0),
            ("break_after_s", stand_s.ln_1p()),
            ("break_inside_s", 0.0),
            ("paused_before", 0.0),
            ("paused_after", 0.0),
            // Ten-second means within four minutes on either side, what is stood left out.
            ("over_background", ln(1.6)),
            ("background_spread", ln(1.25)),
            ("contrast_over_background", ln(1.6) / ln(1.25)),
        ],
    );
}

#[test]
fn candidates_are_compared_with_each_other() {
    let rows = Measured::of(&Signals::new(&streams()), &components()).first_rows();
    assert_values(
        &rows[LAST],
        &[
            ("similar", 2.0),
            ("best_similar", 1.0),
            ("parent_length", f64::NAN),
            ("parent_rise", 0.0),
            ("children", 0.0),
            ("best_child", 0.0),
            ("stronger", 1.0),
            ("comparable", 2.0),
            ("share_of_strongest", 1.0),
        ],
    );
    assert_values(
        &rows[FIRST],
        &[
            ("stronger", 2.0),
            ("comparable", 2.0),
            ("share_of_strongest", ln(1.6) / LN_2),
            ("parent_length", 480.0 / 180.0),
            ("parent_rise", ln(0.8)),
        ],
    );
    let unlike = (ln(4.0 / 3.5) / 0.07).powi(2) + (ln(480.0 / 180.0) / 0.16).powi(2);
    assert_values(
        &rows[TWO_IN_ONE],
        &[
            ("similar", 0.0),
            ("best_similar", 1.0 / (1.0 + unlike)),
            ("children", 2.0),
            ("best_child", LN_2),
            ("left", ln(1.4)),
            ("right", ln(1.75)),
            ("step_length_s", 160.0),
            // 36 means of ten seconds at 4/3.5 of the mean and 12 at 2/3.5.
            (
                "unevenness",
                ((36.0 / 49.0 + 12.0 * 9.0 / 49.0) / 48.0_f64).sqrt(),
            ),
            ("dip", 2.0 / 3.5),
            ("stronger", 0.0),
            ("comparable", 0.0),
        ],
    );
}
