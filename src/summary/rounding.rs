//! Rounds every number of a summary when it is made, so that a stored summary is the summary.

use crate::segmentation::Evidence;
use crate::segmentation::Segment;
use crate::segmentation::Set;
use crate::summary::Pacing;
use crate::summary::Reading;
use crate::summary::RunDetails;
use crate::summary::RunHead;
use crate::summary::RunSummary;
use crate::summary::Wander;
use crate::units::round;

/// Decimals of times in seconds, of distances in metres, of heart rates, of percentages.
const TENTHS: i32 = 1;
/// Decimals of distances over which best efforts are timed: 1609.344 m stays itself.
const MILLIMETRES: i32 = 3;
/// Decimals of speeds in metres per second, of slopes, ratios and probabilities.
const THOUSANDTHS: i32 = 3;
/// Decimals of coefficients of variation and shares.
const TEN_THOUSANDTHS: i32 = 4;

/// Rounds every number of a summary.
pub(super) fn round_run(run: &mut RunSummary) {
    round_head(&mut run.head);
    for effort in &mut run.best_efforts {
        tidy(&mut effort.distance_m, MILLIMETRES);
        tidy(&mut effort.time_s, TENTHS);
        tidy(&mut effort.start_s, TENTHS);
        maybe(&mut effort.elapsed_s, TENTHS);
        maybe(&mut effort.continuous_s, TENTHS);
    }
    tidy(&mut run.data_quality.coverage, TEN_THOUSANDTHS);
    tidy(&mut run.data_quality.sampling_s, THOUSANDTHS);
    for repair in &mut run.data_quality.repairs {
        tidy(&mut repair.start_s, TENTHS);
        tidy(&mut repair.end_s, TENTHS);
    }
    for row in &mut run.laps.rows {
        tidy(&mut row.start_s, TENTHS);
        tidy(&mut row.end_s, TENTHS);
        maybe(&mut row.moving_s, TENTHS);
        maybe(&mut row.distance_m, TENTHS);
    }
    maybe(&mut run.perceived_exertion, TENTHS);
    maybe(&mut run.feel, TENTHS);
    round_details(&mut run.details);
}

/// Rounds every number that follows from one way to cut a run.
pub(super) fn round_reading(reading: &mut Reading) {
    tidy(&mut reading.moving_s, TENTHS);
    reading.segments.iter_mut().for_each(round_segment);
    reading.sets.iter_mut().for_each(round_set);
    maybe(&mut reading.agreement, THOUSANDTHS);
    maybe(&mut reading.drift.pa_hr_pct, TENTHS);
    let durability = &mut reading.durability;
    for value in [
        &mut durability.effort_speed_change_pct,
        &mut durability.heart_rate_change_bpm,
        &mut durability.efficiency_change_pct,
    ] {
        maybe(value, TENTHS);
    }
    for block in &mut reading.steady_blocks {
        tidy(&mut block.effort_speed_m_s, THOUSANDTHS);
        maybe(&mut block.heart_rate_bpm, TENTHS);
        maybe(&mut block.power_w, TENTHS);
    }
    if let Some(ground) = &mut reading.ground {
        tidy(&mut ground.likeness, THOUSANDTHS);
    }
    maybe(&mut reading.base_speed_m_s, THOUSANDTHS);
    maybe(&mut reading.warm_up_rise_pct, TENTHS);
    round_wander(&mut reading.wander);
}

fn round_head(head: &mut RunHead) {
    tidy(&mut head.elapsed_s, TENTHS);
    tidy(&mut head.timer_s, TENTHS);
    tidy(&mut head.moving_s, TENTHS);
    maybe(&mut head.distance_m, TENTHS);
    maybe(&mut head.ascent_m, TENTHS);
}

fn round_segment(segment: &mut Segment) {
    for time in [
        &mut segment.start_s,
        &mut segment.end_s,
        &mut segment.start_low_s,
        &mut segment.start_high_s,
        &mut segment.end_low_s,
        &mut segment.end_high_s,
        &mut segment.moving_s,
    ] {
        tidy(time, TENTHS);
    }
    for speed in [
        &mut segment.speed_m_s,
        &mut segment.effort_speed_m_s,
        &mut segment.slope,
        &mut segment.effort_uncertainty,
    ] {
        maybe(speed, THOUSANDTHS);
    }
    for value in [
        &mut segment.distance_m,
        &mut segment.pace_s_per_km,
        &mut segment.heart_rate_bpm,
        &mut segment.heart_rate_max_bpm,
        &mut segment.heart_rate_end_bpm,
        &mut segment.cadence_spm,
        &mut segment.power_w,
    ] {
        maybe(value, TENTHS);
    }
    tidy(&mut segment.confidence, THOUSANDTHS);
    segment.evidence.iter_mut().for_each(round_evidence);
}

fn round_evidence(evidence: &mut Evidence) {
    maybe(&mut evidence.value, THOUSANDTHS);
    maybe(&mut evidence.contribution, THOUSANDTHS);
}

fn round_set(set: &mut Set) {
    for value in [
        &mut set.recovery_s,
        &mut set.first_to_last_pct,
        &mut set.fade_pct,
        &mut set.spread_pct,
        &mut set.heart_rate_drop_bpm,
    ] {
        maybe(value, TENTHS);
    }
}

fn round_details(details: &mut RunDetails) {
    for point in &mut details.mean_max {
        tidy(&mut point.speed_m_s, THOUSANDTHS);
        tidy(&mut point.suspect_s, TENTHS);
        maybe(&mut point.heart_rate_bpm, TENTHS);
        maybe(&mut point.slope, THOUSANDTHS);
    }
    for value in [
        &mut details.heart_rate_max_20min_bpm,
        &mut details.heart_rate_max_10s_bpm,
        &mut details.heart_rate_min_30s_bpm,
        &mut details.mean_heart_rate_bpm,
        &mut details.power_w,
        &mut details.temperature_c,
        &mut details.perceived_exertion,
    ] {
        maybe(value, TENTHS);
    }
    for candidate in &mut details.candidates {
        tidy(&mut candidate.start_s, TENTHS);
        tidy(&mut candidate.end_s, TENTHS);
        tidy(&mut candidate.effort_speed_m_s, THOUSANDTHS);
        tidy(&mut candidate.contrast, THOUSANDTHS);
        tidy(&mut candidate.probability, THOUSANDTHS);
    }
    tidy(&mut details.walk_share, TEN_THOUSANDTHS);
    if let Some(turns) = &mut details.turns {
        tidy(&mut turns.median_s, TENTHS);
        tidy(&mut turns.speed_m_s, THOUSANDTHS);
        maybe(&mut turns.spread, THOUSANDTHS);
    }
    round_pacing(&mut details.pacing);
    let athlete = &mut details.athlete;
    for value in [
        &mut athlete.maximum_heart_rate_bpm,
        &mut athlete.threshold_heart_rate_bpm,
        &mut athlete.resting_heart_rate_bpm,
        &mut athlete.weight_kg,
    ] {
        maybe(value, TENTHS);
    }
}

fn round_pacing(pacing: &mut Pacing) {
    for speed in pacing.thirds_m_s.iter_mut().flatten() {
        tidy(speed, THOUSANDTHS);
    }
    for speed in pacing.halves_m_s.iter_mut().flatten() {
        tidy(speed, THOUSANDTHS);
    }
    for beats in pacing.thirds_heart_rate_bpm.iter_mut().flatten() {
        tidy(beats, TENTHS);
    }
    maybe(&mut pacing.rising_share, THOUSANDTHS);
    maybe(&mut pacing.variation_300s, TEN_THOUSANDTHS);
}

fn round_wander(wander: &mut Wander) {
    maybe(&mut wander.blocks_30s, TEN_THOUSANDTHS);
    maybe(&mut wander.blocks_60s, TEN_THOUSANDTHS);
    maybe(&mut wander.blocks_300s, TEN_THOUSANDTHS);
}

fn tidy(value: &mut f64, decimals: i32) {
    *value = round(*value, decimals);
}

fn maybe(value: &mut Option<f64>, decimals: i32) {
    *value = value.map(|value| round(value, decimals));
}
