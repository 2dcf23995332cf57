//! The rules for sessions of efforts: hills, repetitions, fartlek, intervals.

use crate::classification::condition::Condition;
use crate::classification::condition::HEART_RATE_SOFTNESS;
use crate::classification::condition::SPEED_SOFTNESS;
use crate::classification::condition::Unit;
use crate::classification::condition::at_least;
use crate::classification::condition::at_most;
use crate::classification::condition::duration_softness;
use crate::classification::condition::either;
use crate::classification::condition::fact;
use crate::classification::features::Features;
use crate::classification::patterns::alike_share;
use crate::classification::patterns::is_ladder;
use crate::classification::patterns::is_pattern;
use crate::classification::rule::Rule;
use crate::classification::rules_sustained::TEMPO_HEART_RATE;
use crate::classification::rules_sustained::TEMPO_OF_EASY;
use crate::classification::rules_sustained::is_tempo_like;
use crate::segmentation::LapUse;
use crate::segmentation::Segment;
use crate::statistics::mean;
use crate::statistics::median;
use crate::statistics::variation;
use crate::streams::grade_factor;
use crate::units::plural;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

/// So many efforts make a session of intervals.
const LEAST_EFFORTS: usize = 3;
/// So many long ones do, too.
const LEAST_LONG_EFFORTS: usize = 2;
/// Long efforts last at least this.
///
/// # Units
/// Seconds.
const LONG_EFFORT_S: f64 = 180.0;
/// The efforts take at least this in all, weighed by their intensity.
///
/// # Units
/// Seconds at critical speed: each second faster than that counts with the square of its share of it, as
/// in the load.
const LEAST_WORK_S: f64 = 240.0;
/// No second counts as if it were faster than this.
///
/// # Units
/// Ratio to critical speed. Chosen: sprints; more is a critical speed that is not known well.
const MOST_INTENSITY: f64 = 1.5;
/// The efforts take at least this share of the run, weighed in the same way; less is surges inside another
/// kind of run.
///
/// # Units
/// Ratio of moving time.
const LEAST_WORK_SHARE: f64 = 0.06;
/// Efforts whose mean heart rate comes as near threshold as in tempo running were hard, however slow;
/// shorter ones than this have no heart rate worth a verdict.
///
/// # Units
/// Seconds.
const HARD_BY_HEART_RATE_S: f64 = 180.0;
/// Programmed repetitions are run easily below this and [`TEMPO_OF_EASY`].
///
/// # Units
/// Ratio to critical speed: where tempo running begins.
const EASILY_OF_CRITICAL: f64 = 0.88;
/// So many programmed repetitions make a session, however slow.
const LEAST_PROGRAMMED: usize = 2;
/// The efforts are at least this multiple of habitual easy speed, or [`EFFORT_OF_CRITICAL`].
///
/// # Units
/// Ratio.
const EFFORT_OF_EASY: f64 = 1.12;
/// See [`EFFORT_OF_EASY`].
///
/// # Units
/// Ratio to critical speed.
const EFFORT_OF_CRITICAL: f64 = 0.95;
/// Efforts at threshold, in cruise intervals, may be slower when they are at least so long: of
/// [`CRUISE_OF_CRITICAL`], and faster than easy as a tempo run is ([`TEMPO_OF_EASY`]).
///
/// # Units
/// Seconds. Coaching convention: cruise intervals last from 4 min at 0.90–1.02 of critical speed.
const CRUISE_S: f64 = 240.0;
/// See [`CRUISE_S`].
///
/// # Units
/// Ratio to critical speed.
const CRUISE_OF_CRITICAL: f64 = 0.90;
/// Recoveries last at least this.
///
/// # Units
/// Seconds.
const LEAST_RECOVERY_S: f64 = 15.0;
/// The median slope of hill repetitions is at least this.
///
/// # Units
/// Slope as a fraction.
const HILL_SLOPE: f64 = 0.04;
/// Without altitude, hill repetitions are told by the ground: at least so many efforts lead over the same
/// stretch in the same direction. Chosen: as many as make a session, with room for one that is cut wrongly.
const LEAST_SAME_GROUND: usize = 4;
/// And at least this share of all.
///
/// # Units
/// Ratio. Chosen.
const SAME_GROUND_SHARE: f64 = 0.7;
/// A hill of which nothing is known is taken to climb so much at least.
///
/// # Units
/// Slope as a fraction. Chosen: hills for repetitions climb by 4 to 10 %.
const LEAST_HILL: f64 = 0.05;
/// Flat speed of hill repetitions is at most this share of critical speed.
///
/// # Units
/// Ratio. Chosen: at 5 % an effort at 1.25 of critical speed is run at 0.98 of it (cost of
/// [`grade_factor`]); on the flat, repetitions of minutes are faster.
const HILL_OF_CRITICAL: f64 = 1.0;
/// Repetitions are shorter than this.
///
/// # Units
/// Seconds.
const REPETITION_S: f64 = 75.0;
/// Repetitions are at least this share of critical speed.
///
/// # Units
/// Ratio.
const REPETITIONS_OF_CRITICAL: f64 = 1.08;
/// Recoveries of repetitions are full: at least this multiple of the effort. Of equal length, as in
/// 30 s on, 30 s off (Billat 2000, J Sports Sci 18:S44), oxygen uptake stays high and the session is
/// one of intervals; Daniels gives repetitions two to three times their own time.
///
/// # Units
/// Ratio of durations. Chosen, between the two.
const FULL_RECOVERY: f64 = 1.25;
/// How soft that is.
///
/// # Units
/// Ratio of durations. Chosen.
const RECOVERY_SOFTNESS: f64 = 0.1;
/// A fartlek's efforts vary in duration by at least this.
///
/// # Units
/// Ratio (coefficient of variation). Chosen: durations drawn evenly between half a minute and three and a
/// half vary by 0.41 in the mean, six of them by little less than 0.3.
const FARTLEK_VARIES: f64 = 0.30;
/// Less than this share of a fartlek's efforts is like the one before or after.
///
/// # Units
/// Ratio of counts. Chosen: one neighbour in ten is alike by chance; in sets all are.
const FARTLEK_ALIKE: f64 = 0.5;
/// How soft that share is.
///
/// # Units
/// Ratio of counts. Chosen.
const ALIKE_SOFTNESS: f64 = 0.1;

/// Repetitions uphill.
pub(super) fn hills(features: &Features<'_>) -> Option<Rule> {
    let uphill = |s: &&&Segment| s.kind == SegmentKind::Hill || s.slope.is_some();
    let slopes = features.works.iter().filter(uphill).filter_map(|s| s.slope);
    let slope = median(slopes)?;
    let softness = 0.01;
    let mut conditions = session_of_efforts(features)?;
    conditions.push(at_least(
        slope,
        HILL_SLOPE,
        softness,
        Unit::Ratio,
        "efforts climb at {}",
    ));
    Some(Rule::new(SessionKind::Hills, conditions))
}

/// Repetitions uphill where altitude is not known: slow for efforts, and each up the same stretch.
pub(super) fn hills_by_ground(features: &Features<'_>) -> Option<Rule> {
    let ground = features.run.details.ground.as_ref()?;
    let all = features.works.len();
    let repeated =
        ground.same >= LEAST_SAME_GROUND && ground.same as f64 >= SAME_GROUND_SHARE * all as f64;
    let text = format!(
        "{} of {all} efforts up the same stretch of ground, slope is not known",
        ground.same
    );
    let uphill = features
        .work_speed_m_s
        .map(|speed| speed * grade_factor(LEAST_HILL));
    let mut conditions = session_at(features, uphill)?;
    conditions.push(fact(repeated, text));
    conditions.extend(features.of_critical(features.work_speed_m_s).map(|ratio| {
        let text = "efforts at {} of critical speed over the ground";
        at_most(ratio, HILL_OF_CRITICAL, SPEED_SOFTNESS, Unit::Ratio, text)
    }));
    Some(Rule::new(SessionKind::Hills, conditions))
}

/// Short, fast repetitions.
pub(super) fn repetitions(features: &Features<'_>) -> Option<Rule> {
    let mut conditions = session_of_efforts(features)?;
    let typical = median(features.works.iter().map(|s| s.moving_s))?;
    conditions.push(at_most(
        typical,
        REPETITION_S,
        duration_softness(REPETITION_S),
        Unit::Seconds,
        "efforts of about {}",
    ));
    if let Some(recovery) = median_recovery(&features.works) {
        conditions.push(at_least(
            recovery / typical,
            FULL_RECOVERY,
            RECOVERY_SOFTNESS,
            Unit::Ratio,
            "recoveries take {} of the efforts",
        ));
    }
    let ratio = features.of_critical(features.work_speed_m_s)?;
    conditions.push(at_least(
        ratio,
        REPETITIONS_OF_CRITICAL,
        SPEED_SOFTNESS,
        Unit::Ratio,
        "efforts at {} of critical speed",
    ));
    Some(Rule::new(SessionKind::Repetitions, conditions))
}

/// Irregular efforts.
pub(super) fn fartlek(features: &Features<'_>) -> Option<Rule> {
    let mut conditions = session_of_efforts(features)?;
    let durations: Vec<f64> = features.works.iter().map(|s| s.moving_s).collect();
    let varies = variation(&durations)?;
    let softness = 0.05;
    conditions.push(at_least(
        varies,
        FARTLEK_VARIES,
        softness,
        Unit::Ratio,
        "durations of the efforts vary by {}",
    ));
    let alike = alike_share(&features.works);
    let text = "{} of the efforts like the one before or after";
    let few = at_most(alike, FARTLEK_ALIKE, ALIKE_SOFTNESS, Unit::Ratio, text);
    conditions.push(few);
    if is_ladder(&durations) || is_pattern(&features.works) {
        conditions.push(fact(false, "the efforts follow a pattern"));
    }
    Some(Rule::new(SessionKind::Fartlek, conditions))
}

/// Repetitions with recoveries.
pub(super) fn intervals(features: &Features<'_>) -> Option<Rule> {
    let conditions = session_of_efforts(features)?;
    Some(Rule::new(SessionKind::Intervals, conditions))
}

/// Programmed repetitions that were carried out, and easily: the structure names the session, the pace
/// makes it no hard one.
pub(super) fn run_easily(features: &Features<'_>) -> Option<Rule> {
    let is_programmed = features.run.laps.used == LapUse::Structured;
    let works = &features.works;
    if !is_programmed || works.len() < LEAST_PROGRAMMED {
        return None;
    }
    let speed = features.work_speed_m_s;
    let slow = |ratio: Option<f64>, limit, text| {
        ratio.map(|ratio| at_most(ratio, limit, SPEED_SOFTNESS, Unit::Ratio, text))
    };
    let by_easy = slow(
        features.of_easy(speed),
        TEMPO_OF_EASY,
        "efforts at {} of habitual easy speed",
    );
    let by_critical = slow(
        features.of_critical(speed),
        EASILY_OF_CRITICAL,
        "efforts at {} of critical speed",
    );
    let mut conditions = vec![fact(true, format!("programmed: {}", described(features)))];
    conditions.extend([by_easy, by_critical].into_iter().flatten().reduce(either));
    Some(Rule::new(SessionKind::Intervals, conditions))
}

/// Returns whether programmed repetitions were run easily: the rule for that names them, no other.
pub(super) fn are_run_easily(features: &Features<'_>) -> bool {
    let is_hard = intervals(features).is_some_and(|rule| rule.is_met());
    !is_hard && run_easily(features).is_some_and(|rule| rule.is_met())
}

/// Returns whether a speed is that of an effort by its distance from easy running alone.
pub(super) fn is_faster_by_far(features: &Features<'_>, speed_m_s: f64) -> bool {
    let ratio = features.of_easy(Some(speed_m_s));
    ratio.is_some_and(|ratio| ratio >= EFFORT_OF_EASY)
}

/// Returns whether the efforts make a session of efforts.
pub(super) fn is_session(features: &Features<'_>) -> bool {
    let conditions = session_of_efforts(features);
    conditions.is_some_and(|all| all.iter().all(Condition::is_met))
}

/// Returns what all sessions of efforts have in common.
fn session_of_efforts(features: &Features<'_>) -> Option<Vec<Condition>> {
    session_at(features, features.work_speed_m_s)
}

/// Returns the same of efforts as hard as some speed on the flat.
fn session_at(features: &Features<'_>, speed_m_s: Option<f64>) -> Option<Vec<Condition>> {
    let works = &features.works;
    let long = works.iter().filter(|s| s.moving_s >= LONG_EFFORT_S).count();
    let enough = works.len() >= LEAST_EFFORTS || long >= LEAST_LONG_EFFORTS;
    if works.is_empty() {
        return None;
    }
    let intensity = features.of_critical(speed_m_s);
    let weight = intensity.map_or(1.0, |ratio| ratio.clamp(1.0, MOST_INTENSITY).powi(2));
    let work_s = features.work_s() * weight;
    let share = work_s / features.moving_s;
    let softness = 0.02;
    let (in_all, of_all) = if weight > 1.0 {
        (
            "{} of effort in all, weighed by intensity",
            "{} of the moving time is effort, weighed by intensity",
        )
    } else {
        ("{} of effort in all", "{} of the moving time is effort")
    };
    let mut conditions = vec![
        fact(enough, described(features)),
        in_parts(works),
        at_least(
            work_s,
            LEAST_WORK_S,
            duration_softness(LEAST_WORK_S),
            Unit::Seconds,
            in_all,
        ),
        at_least(share, LEAST_WORK_SHARE, softness, Unit::Ratio, of_all),
    ];
    conditions.extend(fast_enough(features, speed_m_s));
    if let Some(recovery) = median_recovery(works) {
        let softness = 3.0;
        let text = "recoveries of about {}";
        conditions.push(at_least(
            recovery,
            LEAST_RECOVERY_S,
            softness,
            Unit::Seconds,
            text,
        ));
    }
    Some(conditions)
}

/// Returns the condition that the efforts are not a few long blocks.
fn in_parts(works: &[&Segment]) -> Condition {
    if is_tempo_like(works) {
        fact(false, plural(works.len(), "long block"))
    } else {
        fact(true, "no long blocks")
    }
}

/// Returns the sets in words, or the number of efforts.
fn described(features: &Features<'_>) -> String {
    let sets: Vec<&str> = features.run.sets.iter().map(|s| s.name.as_str()).collect();
    match (sets.is_empty(), features.works.len()) {
        (false, _) => sets.join(", "),
        (true, 1) => "one effort".to_owned(),
        (true, count) => format!("{count} efforts"),
    }
}

/// Returns whether the efforts are faster than easy running by enough to be named.
pub(super) fn are_fast(features: &Features<'_>) -> bool {
    fast_enough(features, features.work_speed_m_s).is_some_and(|condition| condition.is_met())
}

/// Returns the condition that the efforts are fast, by the value that shows it best. Efforts as long
/// as cruise intervals need less, against critical speed and easy speed both.
fn fast_enough(features: &Features<'_>, speed: Option<f64>) -> Option<Condition> {
    let by_easy = |limit| {
        let ratio = features.of_easy(speed)?;
        let text = "efforts at {} of habitual easy speed";
        Some(at_least(ratio, limit, SPEED_SOFTNESS, Unit::Ratio, text))
    };
    let by_critical = |limit| {
        let ratio = features.of_critical(speed)?;
        let text = "efforts at {} of critical speed";
        Some(at_least(ratio, limit, SPEED_SOFTNESS, Unit::Ratio, text))
    };
    let are_long = median(features.works.iter().map(|s| s.moving_s)) >= Some(CRUISE_S);
    let cruise = by_critical(CRUISE_OF_CRITICAL)
        .filter(|_| are_long && by_easy(TEMPO_OF_EASY).is_none_or(|easy| easy.is_met()));
    [
        by_critical(EFFORT_OF_CRITICAL),
        by_easy(EFFORT_OF_EASY),
        cruise,
        hard_by_heart_rate(features),
    ]
    .into_iter()
    .flatten()
    .reduce(either)
}

/// Returns the condition that efforts of some minutes were hard by heart rate: uphill, in sand or heat
/// they are slow.
fn hard_by_heart_rate(features: &Features<'_>) -> Option<Condition> {
    let threshold = features.references.threshold_heart_rate_bpm.as_ref()?;
    let works = &features.works;
    let are_long = median(works.iter().map(|s| s.moving_s)) >= Some(HARD_BY_HEART_RATE_S);
    if threshold.is_weak() || !are_long || features.heart_rate().is_none() {
        return None;
    }
    let beats = mean(works.iter().filter_map(|s| s.heart_rate_bpm))?;
    let text = "efforts at a heart rate of {} of threshold";
    let ratio = beats / threshold.value;
    Some(at_least(
        ratio,
        *TEMPO_HEART_RATE.start(),
        HEART_RATE_SOFTNESS,
        Unit::Ratio,
        text,
    ))
}

fn median_recovery(works: &[&Segment]) -> Option<f64> {
    median(works.windows(2).map(|pair| pair[1].start_s - pair[0].end_s))
}
