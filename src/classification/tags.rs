//! Marks beside the kind.

use crate::classification::SplitWord;
use crate::classification::decide::Decision;
use crate::classification::execution;
use crate::classification::features::Features;
use crate::classification::rules_easy::base_speed;
use crate::classification::rules_efforts;
use crate::classification::split;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

/// So many strides make a run "with strides".
const LEAST_STRIDES: usize = 2;
/// So many efforts are worth naming inside another kind of run.
const LEAST_EFFORTS: usize = 2;
/// A run with steeper climbing is hilly.
///
/// # Units
/// Metres of ascent per metre of distance.
const HILLY: f64 = 0.015;
/// Very easy running without a quality session before it.
///
/// # Units
/// Ratio to habitual easy speed.
const VERY_EASY: f64 = 0.92;

/// Returns the tags, sorted.
pub(super) fn tags(
    features: &Features<'_>,
    kind: SessionKind,
    decision: &Decision,
    perceived_exertion: Option<f64>,
) -> Vec<String> {
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
    let walked = matches!(kind, SessionKind::Walk | SessionKind::RunWalk);
    let fast = rules_efforts::are_fast(features);
    mark(
        !walked && features.strides.len() >= LEAST_STRIDES,
        "strides",
    );
    mark(
        !repeated && !walked && fast && features.works.len() >= LEAST_EFFORTS,
        "intervals_inside",
    );
    let hills = features.works.iter();
    let hills = hills.filter(|s| s.kind == SegmentKind::Hill).count();
    mark(
        !repeated && !walked && hills >= LEAST_EFFORTS,
        "hills_inside",
    );
    let has_tempo = fast && features.works.iter().any(|s| s.kind == SegmentKind::Tempo);
    mark(has_tempo && kind != SessionKind::Tempo, "tempo_block");
    mark(
        !matches!(kind, SessionKind::Long | SessionKind::Walk)
            && others.contains(&SessionKind::Long),
        "long",
    );
    mark(is_sub_sport(features, "treadmill"), "treadmill");
    mark(is_sub_sport(features, "track"), "track");
    mark(is_sub_sport(features, "trail"), "trail");
    mark(features.second_of_day, "second_run_of_day");
    mark(is_hilly(features), "hilly");
    mark(
        execution::was_raced(features, kind, perceived_exertion),
        "raced_workout",
    );
    mark(is_very_easy(features, kind), "very_easy");
    if let Some(split) = split::split(features, kind) {
        mark(split.word == SplitWord::Negative, "negative_split");
        mark(split.word == SplitWord::Positive, "positive_split");
    }
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

fn is_very_easy(features: &Features<'_>, kind: SessionKind) -> bool {
    let ratio = features.of_easy(base_speed(features));
    kind == SessionKind::Easy && ratio.is_some_and(|ratio| ratio <= VERY_EASY)
}
