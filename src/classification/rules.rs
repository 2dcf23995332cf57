//! The decision list: one named function for each kind, which says what it asks and what it found.
//!
//! The order and the limits are coaching conventions, made precise; where a source exists, it is
//! named beside the limit.

use crate::classification::SessionKind;
use crate::classification::condition::Condition;
use crate::classification::condition::SPEED_SOFTNESS;
use crate::classification::condition::Unit;
use crate::classification::condition::at_least;
use crate::classification::condition::at_most;
use crate::classification::condition::duration_softness;
use crate::classification::condition::either;
use crate::classification::condition::fact;
use crate::classification::condition::together;
use crate::classification::condition::within;
use crate::classification::features::Features;
use crate::classification::features::mean_effort;
use crate::classification::rules_efforts;
use crate::classification::rules_hard;
use crate::classification::rules_race;
use crate::segmentation::SegmentKind;
use crate::units::METRES_PER_KILOMETRE;
use crate::units::plural;

/// Shorter runs say nothing.
///
/// # Units
/// Seconds moving, metres.
const SHORT: (f64, f64) = (480.0, 1000.0);
/// A greater share of walking is a walk.
///
/// # Units
/// Ratio of moving time.
const WALK_SHARE: f64 = 0.6;
/// A greater share of walking in turn with easy running is run/walk.
///
/// # Units
/// Ratio of moving time.
const RUN_WALK_SHARE: f64 = 0.15;
/// So many turns at least.
const RUN_WALK_TURNS: usize = 3;
/// More efforts inside a long run make it no other session while the running outside them takes at
/// least this: without its efforts it would be a long run still.
///
/// # Units
/// Seconds moving. Chosen: the shortest run that can be long ([`LONG_OF_WEEK`]); warm-up and
/// cool-down of a workout seldom take 45 min together.
const LONG_OUTSIDE_S: f64 = LONG_OF_WEEK.0;
/// A recovery of this or more is running by itself.
///
/// # Units
/// Seconds. Chosen: coaches give at most four minutes between repetitions.
const LONGEST_RECOVERY_S: f64 = 300.0;
/// The running in a run/walk is at most this multiple of habitual easy speed.
///
/// # Units
/// Ratio.
const RUN_WALK_SPEED: f64 = 1.05;
/// The running in a run/walk where the easy speed is not known: 6:04/km.
///
/// # Units
/// Metres per second.
const RUN_WALK_SPEED_M_S: f64 = 2.75;
/// A long run is this multiple of the usual duration, within these limits.
///
/// # Units
/// Ratio; seconds moving.
const LONG: (f64, f64, f64) = (1.5, 4500.0, 5400.0);
/// Or at least this long, this share of the week and the longest of two weeks.
///
/// # Units
/// Seconds moving; ratio of weekly moving time.
const LONG_OF_WEEK: (f64, f64) = (3600.0, 0.30);
/// A recovery run takes 20–40 min, up to 45 with a remark.
///
/// # Units
/// Seconds moving: least, usual, most. Coaching convention.
const RECOVERY_S: (f64, f64, f64) = (1200.0, 2400.0, 2700.0);
/// A recovery run is slower than easy by at least this.
///
/// # Units
/// Seconds per kilometre: 60 s per mile. Coaching convention.
const RECOVERY_SLOWER_S_PER_KM: f64 = 37.0;
/// How soft that is.
///
/// # Units
/// Seconds per kilometre.
const RECOVERY_SLOWER_SOFTNESS: f64 = 6.0;
/// Heart rate of a recovery run is at most this share of threshold.
///
/// # Units
/// Ratio.
const RECOVERY_HEART_RATE: f64 = 0.82;
/// A recovery run follows a quality session within this.
///
/// # Units
/// Hours.
const RECOVERY_WITHIN_H: f64 = 36.0;
/// From this share of critical speed on running is in the middle zone.
///
/// # Units
/// Ratio.
const STEADY_OF_CRITICAL: f64 = 0.84;
/// From this share of threshold heart rate on running is in the middle zone.
///
/// # Units
/// Ratio.
const STEADY_OF_THRESHOLD: f64 = 0.89;
/// How soft limits on heart rate are.
///
/// # Units
/// Ratio.
pub(super) const HEART_RATE_SOFTNESS: f64 = 0.02;
/// Steady running takes at least this.
///
/// # Units
/// Seconds.
const STEADY_LEAST_S: f64 = 1200.0;

/// A rule: the kind it gives, and its conditions.
pub(super) struct Rule {
    /// The kind.
    pub(super) kind: SessionKind,
    /// All must be met.
    pub(super) conditions: Vec<Condition>,
}

impl Rule {
    /// Returns a rule.
    pub(super) fn new(kind: SessionKind, conditions: Vec<Condition>) -> Self {
        Self { kind, conditions }
    }

    /// Returns whether all conditions are met.
    pub(super) fn is_met(&self) -> bool {
        self.conditions.iter().all(Condition::is_met)
    }

    /// Returns the product of the soft margins.
    pub(super) fn probability(&self) -> f64 {
        let margins = self.conditions.iter().map(Condition::probability);
        margins.product()
    }
}

/// Returns all rules in the order of the list.
pub(super) fn all(features: &Features<'_>) -> Vec<Rule> {
    let rules = [
        Some(short(features)),
        Some(run_walk(features)),
        Some(walk(features)),
        rules_race::marked(features),
        rules_race::by_effort(features),
        rules_race::by_block(features),
        long_with_efforts(features),
        rules_efforts::hills(features),
        rules_efforts::repetitions(features),
        rules_efforts::fartlek(features),
        rules_efforts::intervals(features),
        rules_efforts::tempo(features),
        rules_efforts::progression(features),
        Some(long(features)),
        Some(recovery(features)),
        rules_hard::hard(features),
        steady(features),
        Some(easy(features)),
    ];
    rules.into_iter().flatten().collect()
}

/// Too short to say more.
fn short(features: &Features<'_>) -> Rule {
    let duration = at_most(
        features.moving_s,
        SHORT.0,
        duration_softness(SHORT.0),
        Unit::Seconds,
        "{} moving",
    );
    let condition = match features.run.head.distance_m {
        None => duration,
        Some(distance) => {
            let softness = 50.0;
            let by_distance = at_most(distance, SHORT.1, softness, Unit::Metres, "{}");
            either(duration, by_distance)
        }
    };
    Rule::new(SessionKind::Short, vec![condition])
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

/// Running and walking in regular turn.
fn run_walk(features: &Features<'_>) -> Rule {
    let share = features.run.details.walk_share;
    let softness = 0.03;
    let text = "{} of the moving time walked";
    let turns = features.works.len();
    let mut conditions = vec![
        at_least(share, RUN_WALK_SHARE, softness, Unit::Ratio, text),
        fact(
            turns >= RUN_WALK_TURNS,
            format!(
                "{} of running between walks (at least {RUN_WALK_TURNS})",
                plural(turns, "turn")
            ),
        ),
    ];
    if let Some(speed) = features.work_speed_m_s {
        let known = features.references.easy_speed_m_s.as_ref();
        let limit = known
            .filter(|reference| !reference.is_weak())
            .map_or(RUN_WALK_SPEED_M_S, |easy| easy.value * RUN_WALK_SPEED);
        conditions.push(at_most(
            speed / limit,
            1.0,
            SPEED_SOFTNESS,
            Unit::Ratio,
            "the running at {} of the fastest that is easy",
        ));
    }
    Rule::new(SessionKind::RunWalk, conditions)
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
        Some(usual) => ((usual * LONG.0).clamp(LONG.1, LONG.2), "against usual runs"),
        None => (LONG.2, "no usual duration known"),
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
    (features.moving_s >= LONG_OF_WEEK.0 && features.moving_s > longest).then(|| {
        let text = "longest run of two weeks and {} of a usual week";
        at_least(share, LONG_OF_WEEK.1, softness, Unit::Ratio, text)
    })
}

/// Short and very easy, soon after a quality session.
fn recovery(features: &Features<'_>) -> Rule {
    let (least, usual, most) = RECOVERY_S;
    let remark = if features.moving_s > usual && features.moving_s <= most {
        "{} moving, longer than the usual 20–40 min"
    } else {
        "{} moving"
    };
    let mut conditions = vec![within(
        features.moving_s,
        (least, most),
        duration_softness(most),
        Unit::Seconds,
        remark,
    )];
    let speeds = base_speed(features).zip(features.easy_speed());
    if let Some((speed, easy)) = speeds.filter(|(speed, _)| *speed > 0.0) {
        let slower = METRES_PER_KILOMETRE / speed - METRES_PER_KILOMETRE / easy;
        conditions.push(at_least(
            slower,
            RECOVERY_SLOWER_S_PER_KM,
            RECOVERY_SLOWER_SOFTNESS,
            Unit::SecondsPerKilometre,
            slower_or_faster(slower),
        ));
    }
    let beats = features.heart_rate().zip(features.threshold_heart_rate());
    if let Some((beats, threshold)) = beats {
        conditions.push(at_most(
            beats / threshold,
            RECOVERY_HEART_RATE,
            HEART_RATE_SOFTNESS,
            Unit::Ratio,
            "heart rate at {} of threshold",
        ));
    }
    conditions.push(soon_after_quality(features));
    conditions.extend(rules_hard::too_hard(features).map(|text| fact(false, text)));
    conditions.push(without_efforts(features));
    Rule::new(SessionKind::Recovery, conditions)
}

fn slower_or_faster(slower_s_per_km: f64) -> String {
    if slower_s_per_km < 0.0 {
        let faster = -slower_s_per_km;
        format!("{faster:.0} s/km faster than usual easy running, not slower")
    } else {
        "{} slower than usual easy running".to_owned()
    }
}

fn without_efforts(features: &Features<'_>) -> Condition {
    match features.works.len() {
        0 => fact(true, "no efforts"),
        found => fact(false, format!("{} found", plural(found, "effort"))),
    }
}

fn soon_after_quality(features: &Features<'_>) -> Condition {
    match features.hours_since_quality {
        None => fact(false, "no quality session known before it"),
        Some(hours) => {
            let softness = 3.0;
            let text = "{} after a quality session";
            at_most(hours, RECOVERY_WITHIN_H, softness, Unit::Hours, text)
        }
    }
}

/// Sustained running in the middle zone.
fn steady(features: &Features<'_>) -> Option<Rule> {
    let stretch = main_stretch(features);
    let duration = at_least(
        stretch.moving_s,
        STEADY_LEAST_S,
        duration_softness(STEADY_LEAST_S),
        Unit::Seconds,
        stretch.text,
    );
    let middle = middle_zone(features, &stretch)?;
    Some(Rule::new(SessionKind::Steady, vec![middle, duration]))
}

/// Easy running: below the middle zone.
fn easy(features: &Features<'_>) -> Rule {
    let mut conditions = match middle_zone(features, &main_stretch(features)) {
        Some(condition) => vec![condition.negated()],
        None => vec![fact(true, "nothing speaks for more than easy running")],
    };
    conditions.extend(rules_hard::too_hard(features).map(|text| fact(false, text)));
    Rule::new(SessionKind::Easy, conditions)
}

/// The running that says whether a run was easy: that outside efforts, or a long block which was
/// held for as long as steady running takes.
struct Stretch {
    moving_s: f64,
    effort_speed_m_s: Option<f64>,
    heart_rate_bpm: Option<f64>,
    text: &'static str,
}

fn main_stretch(features: &Features<'_>) -> Stretch {
    let block = features.works.iter().copied();
    let block = block.max_by(|a, b| a.moving_s.total_cmp(&b.moving_s));
    match block.filter(|block| block.moving_s >= STEADY_LEAST_S) {
        Some(block) => Stretch {
            moving_s: block.moving_s,
            effort_speed_m_s: block.effort_speed_m_s,
            heart_rate_bpm: features.heart_rate().and(block.heart_rate_bpm),
            text: "a block of {}",
        },
        None => Stretch {
            moving_s: features.moving_s,
            effort_speed_m_s: base_speed(features),
            heart_rate_bpm: features.heart_rate(),
            text: "{} moving",
        },
    }
}

/// Returns whether a stretch lies in the middle zone, by speed and heart rate together where both are
/// known.
fn middle_zone(features: &Features<'_>, stretch: &Stretch) -> Option<Condition> {
    let by_speed = features.of_critical(stretch.effort_speed_m_s).map(|ratio| {
        at_least(
            ratio,
            STEADY_OF_CRITICAL,
            SPEED_SOFTNESS,
            Unit::Ratio,
            "{} of critical speed",
        )
    });
    let threshold = features.references.threshold_heart_rate_bpm.as_ref();
    // A guess at threshold heart rate says nothing against a speed.
    let threshold = threshold.filter(|reference| by_speed.is_none() || !reference.is_weak());
    let by_heart_rate = stretch.heart_rate_bpm.zip(threshold).map(|(beats, limit)| {
        at_least(
            beats / limit.value,
            STEADY_OF_THRESHOLD,
            HEART_RATE_SOFTNESS,
            Unit::Ratio,
            "heart rate at {} of threshold",
        )
    });
    match (by_speed, by_heart_rate) {
        (Some(speed), Some(heart_rate)) => Some(together(speed, heart_rate)),
        (speed, heart_rate) => speed.or(heart_rate),
    }
}

/// Returns the effort speed of the running outside efforts, of the whole run when efforts take most
/// of it.
pub(super) fn base_speed(features: &Features<'_>) -> Option<f64> {
    let base = features.run.segments.iter().filter(|segment| {
        use SegmentKind::*;
        matches!(segment.kind, Steady | WarmUp | CoolDown | Progression)
    });
    let time: f64 = base.clone().map(|segment| segment.moving_s).sum();
    let least_share = 0.5;
    if time >= least_share * features.moving_s {
        mean_effort(base)
    } else {
        features.effort_speed_m_s
    }
}
