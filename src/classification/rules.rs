//! The decision list: one named function for each kind, which says what it asks and what it found.
//!
//! The order and the limits are coaching conventions, made precise; where a source exists, it is
//! named beside the limit.

use std::ops::RangeInclusive;

use crate::classification::condition::Condition;
use crate::classification::condition::SPEED_SOFTNESS;
use crate::classification::condition::Unit;
use crate::classification::condition::at_least;
use crate::classification::condition::at_most;
use crate::classification::condition::duration_softness;
use crate::classification::condition::either;
use crate::classification::condition::fact;
use crate::classification::features::Features;
use crate::classification::features::mean_effort;
use crate::classification::rule::Rule;
use crate::classification::rules_easy;
use crate::classification::rules_efforts;
use crate::classification::rules_hard;
use crate::classification::rules_race;
use crate::classification::rules_sustained;
use crate::units::plural;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

/// Shorter runs say nothing.
///
/// # Units
/// Seconds moving.
const SHORT_S: f64 = 480.0;
/// See [`SHORT_S`].
///
/// # Units
/// Metres.
const SHORT_M: f64 = 1000.0;
/// A greater share of walking is a walk.
///
/// # Units
/// Ratio of moving time.
const WALK_SHARE: f64 = 0.6;
/// A share of walking between these, in turn with easy running, is run/walk.
///
/// # Units
/// Ratios of moving time. Convention: programmes go from a minute of running and two of walking, with
/// walks before and after, to nine minutes and one (Galloway); where less is run it is a walk with some
/// steps of running.
const RUN_WALK_SHARE: RangeInclusive<f64> = 0.10..=0.85;
/// Walks that come as they please are run/walk from this share on, where it is not steep.
///
/// # Units
/// Ratio of moving time. Chosen.
const AS_IT_PLEASES: f64 = 0.25;
/// On ground that climbs more one walks because it is steep.
///
/// # Units
/// Metres of climb a metre. Chosen.
const STEEP: f64 = 0.02;
/// Turns whose lengths differ by no more than this are those of a programme.
///
/// # Units
/// Ratio ([`crate::summary::Turns::spread`]). Measured: programmes of the made-up athletes are below 0.1,
/// three quarters of real trail runs with walks above 0.4.
const REGULAR_TURNS: f64 = 0.3;
/// Run/walk has so many bouts of running between walks at least.
const LEAST_TURNS: usize = 3;
/// They are no longer than this in the middle.
///
/// # Units
/// Seconds. Chosen: run/walk programmes go up to ten or fifteen minutes of running.
const LONGEST_TURN_S: f64 = 1200.0;
/// More efforts inside a long run make it no other session while the running outside them takes at
/// least this: without its efforts it would be a long run still.
///
/// # Units
/// Seconds moving. Chosen: the shortest run that can be long ([`LONG_IN_WEEK_S`]); warm-up and
/// cool-down of a workout seldom take 45 min together.
const LONG_OUTSIDE_S: f64 = LONG_IN_WEEK_S;
/// A recovery of this or more is running by itself.
///
/// # Units
/// Seconds. Chosen: coaches give at most four minutes between repetitions.
const LONGEST_RECOVERY_S: f64 = 300.0;
/// The running in a run/walk is at most this multiple of habitual easy speed.
///
/// # Units
/// Ratio.
const RUN_WALK_SPEED: f64 = 1.08;
/// The running in a run/walk where the easy speed is not known: 5:33/km.
///
/// # Units
/// Metres per second. Chosen: who runs two minutes between walks of three is seldom faster by ease.
const RUN_WALK_SPEED_M_S: f64 = 3.0;
/// A long run is this multiple of the usual duration, within [`LONG_S`].
///
/// # Units
/// Ratio.
const LONG_OF_USUAL: f64 = 1.5;
/// The limits within which it depends on the athlete what is long; where nothing is known of the athlete,
/// the upper one.
///
/// # Units
/// Seconds moving.
const LONG_S: RangeInclusive<f64> = 4500.0..=5400.0;
/// Or at least this long, [`LONG_OF_WEEK`] and the longest of two weeks.
///
/// # Units
/// Seconds moving.
const LONG_IN_WEEK_S: f64 = 3600.0;
/// See [`LONG_IN_WEEK_S`].
///
/// # Units
/// Ratio of weekly moving time.
const LONG_OF_WEEK: f64 = 0.30;
/// Returns all rules in the order of the list.
pub(super) fn all(features: &Features<'_>) -> Vec<Rule> {
    let rules = [
        Some(short(features)),
        run_walk(features),
        Some(walk(features)),
        rules_race::marked(features),
        rules_race::by_name(features),
        rules_race::by_effort(features),
        rules_race::by_block(features),
        long_with_efforts(features),
        rules_efforts::hills(features),
        rules_efforts::hills_by_ground(features),
        rules_efforts::repetitions(features),
        rules_efforts::fartlek(features),
        rules_efforts::intervals(features),
        rules_efforts::run_easily(features),
        rules_sustained::tempo(features),
        rules_sustained::progression(features),
        Some(long(features)),
        Some(rules_easy::recovery(features)),
        rules_hard::hard(features),
        rules_easy::steady(features),
        Some(rules_easy::easy(features)),
    ];
    rules.into_iter().flatten().collect()
}

/// Too short to say more.
fn short(features: &Features<'_>) -> Rule {
    let duration = at_most(
        features.moving_s,
        SHORT_S,
        duration_softness(SHORT_S),
        Unit::Seconds,
        "{} moving",
    );
    let condition = match features.run.head.distance_m {
        None => duration,
        Some(distance) => {
            let softness = 50.0;
            let by_distance = at_most(distance, SHORT_M, softness, Unit::Metres, "{}");
            either(duration, by_distance)
        }
    };
    let mut conditions = vec![condition];
    // A set whose warm-up nobody recorded is named by the set.
    if rules_efforts::is_session(features) {
        conditions.push(fact(false, "it holds a set of efforts"));
    }
    Rule::new(SessionKind::Short, conditions)
}

/// Mostly walked.
fn walk(features: &Features<'_>) -> Rule {
    let share = features.run.details.walk_share;
    let softness = 0.05;
    let text = "{} of the moving time walked";
    Rule::new(
        SessionKind::Walk,
        vec![at_least(share, WALK_SHARE, softness, Unit::Ratio, text)],
    )
}

/// Running and walking in regular turn, whether or not the running stands out as efforts.
fn run_walk(features: &Features<'_>) -> Option<Rule> {
    let details = &features.run.details;
    let turns = details.turns.as_ref()?;
    let known = features.references.easy_speed_m_s.as_ref();
    let limit = known
        .filter(|reference| !reference.is_weak())
        .map_or(RUN_WALK_SPEED_M_S, |easy| easy.value * RUN_WALK_SPEED);
    let mut conditions = vec![
        at_least(
            details.walk_share,
            *RUN_WALK_SHARE.start(),
            0.02,
            Unit::Ratio,
            "{} of the moving time walked",
        ),
        at_most(
            details.walk_share,
            *RUN_WALK_SHARE.end(),
            0.03,
            Unit::Ratio,
            "{} of the moving time walked",
        ),
        fact(
            turns.count >= LEAST_TURNS,
            format!(
                "{} of running between walks (at least {LEAST_TURNS})",
                plural(turns.count, "turn")
            ),
        ),
        at_most(
            turns.median_s,
            LONGEST_TURN_S,
            duration_softness(LONGEST_TURN_S),
            Unit::Seconds,
            "turns of about {}",
        ),
        at_most(
            turns.speed_m_s / limit,
            1.0,
            SPEED_SOFTNESS,
            Unit::Ratio,
            "the running at {} of the fastest that is easy",
        ),
    ];
    conditions.push(by_programme(features, turns.spread));
    // Strides and repetitions with walks between are no run/walk, however much is walked.
    let efforts = features.works.iter().chain(&features.strides).copied();
    conditions.extend(mean_effort(efforts).map(|speed| {
        let text = "the efforts at {} of the fastest that is easy";
        at_most(speed / limit, 1.0, SPEED_SOFTNESS, Unit::Ratio, text)
    }));
    Some(Rule::new(SessionKind::RunWalk, conditions))
}

/// Returns the condition that running and walking took turns by a programme, or so much was walked on the flat
/// that it makes no difference.
fn by_programme(features: &Features<'_>, spread: Option<f64>) -> Condition {
    let head = &features.run.head;
    let climb = head
        .ascent_m
        .zip(head.distance_m.filter(|metres| *metres > 0.0));
    let is_steep = climb.is_some_and(|(ascent, distance)| ascent / distance > STEEP);
    if spread.is_some_and(|spread| spread <= REGULAR_TURNS) {
        return fact(true, "turns of one length");
    }
    let walks_a_lot = features.run.details.walk_share >= AS_IT_PLEASES;
    let text = match (walks_a_lot, is_steep) {
        (true, false) => "much of it walked, on ground that is not steep",
        (true, true) => "walks as the hills ask for them",
        (false, _) => "walks without a pattern",
    };
    fact(walks_a_lot && !is_steep, text)
}

/// Long against the athlete's own runs.
fn long(features: &Features<'_>) -> Rule {
    Rule::new(SessionKind::Long, vec![long_enough(features)])
}

/// A long run that holds efforts: most of it is long running still.
fn long_with_efforts(features: &Features<'_>) -> Option<Rule> {
    if features.works.is_empty() {
        return None;
    }
    let outside = features.run.segments.iter().filter(|segment| {
        use SegmentKind::*;
        match segment.kind {
            Steady | WarmUp | CoolDown | Progression => true,
            Recovery => segment.moving_s >= LONGEST_RECOVERY_S,
            _ => false,
        }
    });
    let enough = at_least(
        outside.map(|segment| segment.moving_s).sum(),
        LONG_OUTSIDE_S,
        duration_softness(LONG_OUTSIDE_S),
        Unit::Seconds,
        "{} of running beside the efforts",
    );
    Some(Rule::new(
        SessionKind::Long,
        vec![long_enough(features), enough],
    ))
}

/// Returns the condition that a run is long by its duration or within its week.
fn long_enough(features: &Features<'_>) -> Condition {
    let (limit, basis) = match features.usual_duration_s {
        Some(usual) => {
            let limit = (usual * LONG_OF_USUAL).clamp(*LONG_S.start(), *LONG_S.end());
            (limit, "against usual runs")
        }
        None => (*LONG_S.end(), "no usual duration known"),
    };
    let by_duration = at_least(
        features.moving_s,
        limit,
        duration_softness(limit),
        Unit::Seconds,
        format!("{{}} moving, {basis}"),
    );
    match long_of_week(features) {
        Some(by_week) => either(by_duration, by_week),
        None => by_duration,
    }
}

/// Long within its week: an hour or more, a third of the week, the longest of two weeks.
fn long_of_week(features: &Features<'_>) -> Option<Condition> {
    let share = features.moving_s / features.weekly_s?;
    let longest = features.longest_recent_s?;
    let softness = 0.03;
    (features.moving_s >= LONG_IN_WEEK_S && features.moving_s > longest).then(|| {
        let text = "longest run of two weeks and {} of a usual week";
        at_least(share, LONG_OF_WEEK, softness, Unit::Ratio, text)
    })
}

#[cfg(test)]
mod tests;
