//! Candidates in view of others and of habits, and the trees that judge them.

use super::*;
use crate::segmentation::Candidate;
use crate::segmentation::gate::habits::Habits;

/// The rows of the later stages, after one that found the repetitions likely, in order 1, 2, 3.
fn later() -> Vec<Vec<f64>> {
    let (signals, components) = (Signals::new(&streams()), components());
    let measured = Measured::of(&signals, &components);
    measured.later_rows(&signals, &components, &[0.9, 0.02, 0.8, 0.6])
}

#[test]
fn a_candidate_is_compared_with_the_set_that_was_chosen() {
    let rows = later();
    assert_values(
        &rows[SECOND],
        &[
            ("first_look", ln(4.0)),
            ("chosen", 1.0),
            ("similar_chosen", 1.5),
            ("best_similar_chosen", 0.9),
            ("other_chosen", 1.5),
            ("length_to_set", 0.0),
            ("speed_to_set", 0.0),
            ("gap_before_s", ln(121.0)),
            ("gap_after_s", ln(121.0)),
            ("gap_before_to_set", ln(121.0 / 120.0)),
            ("gap_after_to_set", ln(121.0 / 120.0)),
            ("inside_set", 2.0),
            ("rival", 0.02 - 0.8),
            ("rival_overlap", 180.0 / 480.0),
            ("rivals_chosen", 0.0),
            ("rivals_count", 0.0),
            ("set_count", 2.0),
            ("set_mean", 0.75),
            ("like_share", 1.0),
            ("recovery_to_set", 0.0),
            ("spacing", 0.0),
            ("set_span", 780.0 / 1980.0),
            ("to_best", ln(4.0 / 9.0)),
            ("odds_rank", 1.0),
        ],
    );
    let (speed, length) = (ln(3.5 / 4.0), ln(480.0 / 180.0));
    let like = 1.0 / (1.0 + (speed / 0.07).powi(2) + (length / 0.16).powi(2));
    assert_values(
        &rows[TWO_IN_ONE],
        &[
            ("chosen", 0.0),
            ("similar_chosen", 0.6 * like),
            ("best_similar_chosen", 0.6 * like),
            ("other_chosen", 0.6),
            ("length_to_set", length),
            ("speed_to_set", speed),
            ("gap_before_s", f64::NAN),
            ("inside_set", 1.0),
            ("rival", 0.9 - 0.02),
            ("rival_overlap", 180.0 / 480.0),
            ("rivals_chosen", 1.7),
            ("rivals_count", 2.0),
            ("set_span", 180.0 / 1980.0),
            // From its start to that of the last.
            ("spacing", LN_2),
            ("odds_rank", 3.0),
        ],
    );
    assert_values(
        &rows[LAST],
        &[
            ("spacing", 0.0),
            ("inside_set", 1.0),
            ("gap_after_s", f64::NAN),
        ],
    );
}

#[test]
fn a_candidate_is_compared_with_the_middle_and_the_rhythm_of_the_set() {
    let rows = later();
    assert_values(
        &rows[SECOND],
        &[
            ("length_to_middle", 0.0),
            ("speed_to_middle", 0.0),
            ("like_middle", 1.0),
            ("like_previous", 0.9),
            ("like_next", 0.6),
            // Only two others are chosen.
            ("best_three", 0.0),
            ("off_rhythm", 0.0),
            ("in_rhythm", 2.0),
            // The others have ln 1.6 and ln 2.
            ("contrast_to_set", LN_2 - f64::midpoint(ln(1.6), LN_2)),
        ],
    );
    let (speed, length) = (ln(3.5 / 4.0), ln(480.0 / 180.0));
    let like = 1.0 / (1.0 + (speed / 0.07).powi(2) + (length / 0.16).powi(2));
    assert_values(&rows[SECOND], &[("rival_like_middle", 0.02 * like - 0.8)]);
    assert_values(
        &rows[TWO_IN_ONE],
        &[
            ("length_to_middle", length),
            ("speed_to_middle", speed),
            ("like_middle", like),
            ("rival_like_middle", 0.9 - 0.02 * like),
            ("like_previous", f64::NAN),
            ("like_next", 0.6 * like),
            // Two spacings before the last.
            ("off_rhythm", 0.0),
            ("in_rhythm", 1.0),
            ("contrast_to_set", ln(1.4) - LN_2),
        ],
    );
}

#[test]
fn what_an_early_stage_gave_up_has_no_row_and_no_probability() {
    let (signals, components) = (Signals::new(&streams()), components());
    let measured = Measured::of(&signals, &components);
    let rows = measured.later_rows(&signals, &components, &[0.9, 0.003, 0.8, 0.6]);
    assert!(rows[TWO_IN_ONE].is_empty() && rows[LAST].len() == table::all().count());
    let probabilities = GATE.second.probabilities(&rows);
    assert!(probabilities[TWO_IN_ONE] == 0.0 && probabilities[FIRST] > 0.0);
}

/// Two features decide: the first at the root, the second on its left.
fn tree() -> Tree {
    let mut tree = Tree {
        features: [NO_SPLIT; SPLITS],
        thresholds: [0.0; SPLITS],
        values: [0.0; VALUES],
    };
    (tree.features[0], tree.thresholds[0]) = (0, 1.0);
    (tree.features[1], tree.thresholds[1]) = (1, 2.0);
    tree.values = [
        0.5, 1.0, -1.0, 2.0, 0.25, -1.0, 9.0, 2.0, 9.0, 0.25, 9.0, -1.0, 9.0, 9.0, 9.0,
    ];
    tree
}

#[test]
fn a_tree_adds_up_on_the_way_and_what_is_absent_goes_right() {
    let model = Model {
        base: -0.5,
        trees: vec![tree(), tree()].into(),
    };
    for (row, leaf, parts) in [
        ([0.0, 0.0], 2.0, [0.5, 1.0]),
        ([0.0, 3.0], 0.25, [0.5, -0.75]),
        ([1.0, 0.0], -1.0, [-1.5, 0.0]),
        ([f64::NAN, 0.0], -1.0, [-1.5, 0.0]),
    ] {
        assert!((tree().value(&row) - leaf).abs() < 1e-12, "{row:?}");
        let odds = 2.0 * leaf - 0.5;
        assert!((model.log_odds(&row) - odds).abs() < 1e-12, "{row:?}");
        let shares = model.probabilities(&[row.to_vec(), Vec::new()]);
        assert!((shares[0] - 1.0 / (1.0 + (-odds).exp())).abs() < 1e-12 && shares[1] == 0.0);
        let found = model.contributions(&row);
        assert_eq!(found.len(), parts.len());
        for (found, part) in found.iter().zip(parts) {
            assert!((found - 2.0 * part).abs() < 1e-12, "{row:?}: {found}");
        }
    }
    assert!((logit(0.8) - 4.0_f64.ln()).abs() < 1e-12 && logit(0.0).is_finite());
}

fn candidate(start_s: f64, end_s: f64, speed_m_s: f64, log_odds: f64) -> Candidate {
    Candidate {
        start_s,
        end_s,
        effort_speed_m_s: speed_m_s,
        log_odds,
        contrast: 1.6,
        least_contrast: Some(1.5),
        break_s: 60.0,
        heart_rate_bpm: Some(170.0),
        heart_rate_over_running_bpm: Some(30.0),
        slope: Some(0.02),
        ..Candidate::default()
    }
}

#[test]
fn a_candidate_is_compared_with_the_habits_of_its_athlete() {
    let candidates = [
        candidate(600.0, 780.0, 4.0, 1.0),
        candidate(600.0, 1080.0, 3.5, -2.0),
        candidate(900.0, 1080.0, 4.0, 0.0),
    ];
    let habits = Habits {
        easy_speed_m_s: 2.5,
        easy_half_width: 0.05,
        critical_speed_m_s: Some(3.8),
        threshold_heart_rate_bpm: Some(160.0),
        pace_wander: Some(0.04),
        bests: vec![(90.0, 5.0), (360.0, 4.0)],
        efforts: vec![(180.0, 4.0), (60.0, 4.5)],
    };
    let rows = habits::rows(&candidates, &habits);
    let value = |index: usize, name: &str| {
        let place = habits::names().iter().position(|other| *other == name);
        rows[index][place.expect("a feature")]
    };
    for (name, expected) in [
        ("log_odds", 1.0),
        ("ln_length_s", ln(180.0)),
        ("contrast", ln(1.6)),
        ("least_contrast", ln(1.5)),
        ("break_s", ln(61.0)),
        ("heart_over_running_bpm", 30.0),
        ("slope", 0.02),
        // The second is its like, with even odds.
        ("similar", 0.5),
        ("best_other", 0.0),
        ("best_rival", -2.0),
        ("over_easy", ln(1.6)),
        ("easy_half_width", 0.05),
        ("running_over_easy", 0.0),
        ("over_critical", ln(4.0 / 3.8)),
        // Half-way between the bests, on the scale of logarithms.
        ("of_best", ln(4.0 / 4.5)),
        ("easy_in_wander", ln(1.6) / 0.04),
        ("heart_of_threshold", 170.0 / 160.0),
        ("like_usual", 1.0),
    ] {
        let found = value(FIRST, name);
        assert!((found - expected).abs() < 1e-9, "{name} is {found}");
    }
    assert!(value(TWO_IN_ONE, "best_other").is_nan());
    assert!(value(TWO_IN_ONE, "similar") == 0.0);
    let nothing_known = habits::rows(&candidates, &Habits::default());
    let names = habits::names();
    for name in [
        "over_critical",
        "of_best",
        "easy_in_wander",
        "heart_of_threshold",
        "like_usual",
    ] {
        let place = names.iter().position(|other| *other == name);
        assert!(
            nothing_known[0][place.expect("a feature")].is_nan(),
            "{name}"
        );
    }
}
