//! How a workout was carried out, against what the athlete can do: a workout is for gaining fitness,
//! not for proving it.

use crate::classification::Execution;
use crate::classification::balance;
use crate::classification::condition::minutes;
use crate::classification::condition::percent;
use crate::classification::features::Features;
use crate::segmentation::Evidence;
use crate::segmentation::Segment;
use crate::units::round;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

/// Efforts at this share of the most that was possible with their rests were raced.
///
/// # Units
/// Ratio of speeds. Convention, the same as for a race.
pub const RACED_OF_BEST: f64 = 0.97;
/// A greater share than this cannot be: the reference is too low, and nothing is said.
///
/// # Units
/// Ratio of speeds. Chosen: a good day is 2–3 % better than the model, and D′ differs by a third from
/// runner to runner, which is 2–3 % of the speed of some minutes.
const MOST_OF_BEST: f64 = 1.05;
/// Where own repetitions of the weeks before take more than this, critical speed is a lower bound.
///
/// # Units
/// Ratio to critical speed. Chosen: the error of a watch.
const SURPASSED: f64 = 1.02;
/// Bursts up to this long before the main part are strides, however they are named.
///
/// # Units
/// Seconds, as in the definition of strides.
const STRIDE_MOST_S: f64 = 30.0;
/// Perceived exertion from this on means that a workout was raced.
///
/// # Units
/// Points of the 0–10 scale. Coaching convention: just short of maximal.
const RACED_EXERTION: f64 = 9.0;
/// Perceived exertion up to this means that it was not, whatever its speed.
///
/// # Units
/// Points of the 0–10 scale: "hard" is 5, "very hard" 7 (Foster 2001, J Strength Cond Res 15:109).
const CALM_EXERTION: f64 = 6.0;

/// Returns the mean speed of the efforts as a share of the most that was possible with their rests,
/// in workouts of an athlete whose critical speed was measured; nothing where the share cannot be. Twice:
/// by the critical speed, and by the highest that it may be.
fn shares_of_best(features: &Features<'_>, kind: SessionKind) -> Option<(f64, f64)> {
    use SessionKind::*;
    if !matches!(kind, Intervals | Repetitions | Fartlek | Tempo) || !features.is_measured() {
        return None;
    }
    let critical = features.references.critical_speed_m_s.as_ref()?;
    let of_efforts = features.critical_speed_of_efforts.unwrap_or(0.0);
    let (value, high) = (
        critical.value.max(of_efforts),
        critical.high.max(of_efforts),
    );
    let is_surpassed = features.critical_speed_of_sets > Some(SURPASSED * value);
    let parts = balance::parts(&features.run.segments, &features.works);
    let share = balance::share_of_most(value, &parts)?;
    let at_least = balance::share_of_most(high, &parts)?;
    (share <= MOST_OF_BEST && !is_surpassed).then_some((share, at_least))
}

/// Returns whether a workout was raced: near the most that was possible even if critical speed is as high
/// as it may be, unless it felt calm; or felt like a race.
pub(super) fn was_raced(features: &Features<'_>, kind: SessionKind, exertion: Option<f64>) -> bool {
    let shares = shares_of_best(features, kind);
    let near_best = shares.is_some_and(|(_, at_least)| at_least >= RACED_OF_BEST);
    let felt_calm = exertion.is_some_and(|exertion| exertion <= CALM_EXERTION);
    (near_best && !felt_calm) || felt_raced(kind, exertion)
}

/// Returns whether a workout felt like a race; a race is meant to.
fn felt_raced(kind: SessionKind, exertion: Option<f64>) -> bool {
    use SessionKind::*;
    let is_workout = matches!(
        kind,
        Intervals | Repetitions | Hills | Fartlek | Tempo | Progression
    );
    is_workout && exertion.is_some_and(|exertion| exertion >= RACED_EXERTION)
}

/// Returns how a workout was carried out; nothing where there was none.
pub(super) fn execution(
    features: &Features<'_>,
    kind: SessionKind,
    exertion: Option<f64>,
) -> Option<Execution> {
    let is_short = |s: &Segment| s.elapsed_s() <= STRIDE_MOST_S;
    let works = || features.works.iter().copied();
    let first = works().find(|s| !is_short(s)).or_else(|| works().next())?;
    if !kind.is_quality(features.moving_s) {
        return None;
    }
    let of_kind = |kind: SegmentKind| {
        let segments = features.run.segments.iter().filter(|s| s.kind == kind);
        let moving_s: f64 = segments.map(|segment| segment.moving_s).sum();
        (moving_s > 0.0).then_some(round(moving_s, 1))
    };
    let strides = features.strides.iter().copied();
    let bursts = strides.chain(works().filter(|s| is_short(s)));
    Some(Execution {
        work_s: round(features.work_s(), 1),
        of_modelled_best: shares_of_best(features, kind).map(|(share, _)| round(share, 3)),
        raced: was_raced(features, kind, exertion),
        warm_up_s: of_kind(SegmentKind::WarmUp),
        warm_up_rise_pct: features.run.details.warm_up_rise_pct,
        strides_before: bursts.filter(|s| s.start_s < first.start_s).count(),
        cool_down_s: of_kind(SegmentKind::CoolDown),
    })
}

/// Returns the share of the modelled best as evidence.
pub(super) fn evidence(execution: &Execution) -> Option<Evidence> {
    let share = execution.of_modelled_best?;
    Some(Evidence {
        text: format!(
            "execution: the efforts, {} in all, at {} of the most that is modelled with these rests",
            minutes(execution.work_s),
            percent(share)
        ),
        value: Some(share),
        unit: Some("ratio".to_owned()),
        contribution: None,
    })
}
