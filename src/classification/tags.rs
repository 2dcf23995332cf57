//! Marks beside the kind.

use crate::classification::SessionKind;
use crate::classification::decide::Decision;
use crate::classification::features::Features;
use crate::classification::rules_race::modelled_best;
use crate::segmentation::SegmentKind;

/// So many strides make a run "with strides".
const LEAST_STRIDES: usize = 2;
/// The second half is faster or slower than the first by at least this for a split to be named.
///
/// # Units
/// Ratio.
const SPLIT: f64 = 0.02;
/// A run with steeper climbing is hilly.
///
/// # Units
/// Metres of ascent per metre of distance.
const HILLY: f64 = 0.015;
/// Efforts at this share of the modelled best for their total time were raced.
///
/// # Units
/// Ratio of speeds. `product.md`.
const RACED: f64 = 0.97;
/// Perceived exertion from this on means the same.
///
/// # Units
/// Points of the 0–10 scale. `product.md`.
const RACED_EXERTION: f64 = 9.0;
/// Very easy running without a quality session before it.
///
/// # Units
/// Ratio to habitual easy speed.
const VERY_EASY: f64 = 0.92;

/// Returns the tags, sorted.
pub(super) fn tags(features: &Features<'_>, kind: SessionKind, decision: &Decision) -> Vec<String> {
    if kind == SessionKind::CrossTraining {
        return Vec::new();
    }
    let mut tags = Vec::new();
    let mut mark = |holds: bool, tag: &str| {
        if holds {
            tags.push(tag.to_owned());
        }
    };
    let others = &decision.met;
    let repeated = matches!(
        kind,
        SessionKind::Intervals
            | SessionKind::Repetitions
            | SessionKind::Hills
            | SessionKind::Fartlek
            | SessionKind::RunWalk
    );
    mark(features.strides.len() >= LEAST_STRIDES, "strides");
    mark(
        !repeated && features.works.len() >= LEAST_STRIDES,
        "intervals_inside",
    );
    let has_tempo = features.works.iter().any(|s| s.kind == SegmentKind::Tempo);
    mark(has_tempo && kind != SessionKind::Tempo, "tempo_block");
    mark(
        kind != SessionKind::Long && others.contains(&SessionKind::Long),
        "long",
    );
    mark(is_sub_sport(features, "treadmill"), "treadmill");
    mark(is_sub_sport(features, "track"), "track");
    mark(is_sub_sport(features, "trail"), "trail");
    mark(features.second_of_day, "second_run_of_day");
    mark(is_hilly(features), "hilly");
    mark(was_raced(features, kind), "raced_workout");
    mark(is_very_easy(features, kind), "very_easy");
    let split = split(features, kind);
    mark(
        split.is_some_and(|change| change >= SPLIT),
        "negative_split",
    );
    mark(
        split.is_some_and(|change| change <= -SPLIT),
        "positive_split",
    );
    tags.sort();
    tags
}

fn is_sub_sport(features: &Features<'_>, word: &str) -> bool {
    let sub_sport = features.run.head.sub_sport.as_deref();
    sub_sport.is_some_and(|name| name.to_lowercase().contains(word))
}

fn is_hilly(features: &Features<'_>) -> bool {
    let head = &features.run.head;
    head.ascent_m
        .zip(head.distance_m)
        .is_some_and(|(ascent, distance)| distance > 0.0 && ascent / distance >= HILLY)
}

/// Returns how much faster the second half was than the first, in runs where that says something.
fn split(features: &Features<'_>, kind: SessionKind) -> Option<f64> {
    use SessionKind::*;
    let even = matches!(kind, Easy | Long | Steady | Race | Progression | Recovery);
    let [first, second] = features.run.details.pacing.halves_m_s?;
    (even && features.works.is_empty() && first > 0.0).then(|| second / first - 1.0)
}

fn is_very_easy(features: &Features<'_>, kind: SessionKind) -> bool {
    let ratio = features.of_easy(crate::classification::rules::base_speed(features));
    kind == SessionKind::Easy && ratio.is_some_and(|ratio| ratio <= VERY_EASY)
}

/// Returns whether a workout was raced: near the modelled best for its total work time, or felt so.
fn was_raced(features: &Features<'_>, kind: SessionKind) -> bool {
    use SessionKind::*;
    if !matches!(kind, Intervals | Repetitions | Fartlek | Tempo) || features.is_cold() {
        return false;
    }
    let exertion = features.run.perceived_exertion;
    let ratio = features
        .critical_speed()
        .zip(features.work_speed_m_s)
        .map(|(critical, speed)| speed / modelled_best(critical, features.work_s()));
    ratio.is_some_and(|ratio| ratio >= RACED)
        || exertion.is_some_and(|exertion| exertion >= RACED_EXERTION)
}
