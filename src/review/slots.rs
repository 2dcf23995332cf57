//! Recovery slots: the places in which a recovery run could have been, and what each became.

use std::ops::RangeInclusive;

use crate::classification::Session;
use crate::review::Became;
use crate::review::RecoverySlot;
use crate::review::block::Block;
use crate::review::block::Entry;
use crate::review::days::is_medium;
use crate::review::key_sessions::hours_between;
use crate::statistics::median;
use crate::units::METRES_PER_KILOMETRE;
use crate::units::SECONDS_PER_MINUTE;
use crate::units::round;
use crate::vocabulary::SessionKind;

/// The longest run that can fill a recovery slot.
///
/// # Units
/// Seconds moving.
const LONGEST_SLOT_S: f64 = 50.0 * SECONDS_PER_MINUTE;
/// How long after a quality session a run fills a recovery slot.
///
/// # Units
/// Hours.
pub(super) const SLOT_WITHIN_HOURS: f64 = 36.0;
/// A run that starts sooner after a quality session than this, or ends sooner before it, is its
/// cool-down or warm-up in a file of its own, and no recovery slot.
///
/// # Units
/// Hours. Our choice.
const PART_OF_SESSION_HOURS: f64 = 1.0;
/// A recovery run beyond this counts as extended.
///
/// # Units
/// Seconds moving.
const EXTENDED_S: f64 = 40.0 * SECONDS_PER_MINUTE;
/// A recovery run beyond this many medians of the runner's own counts as extended.
///
/// # Units
/// Ratio.
const EXTENDED_RATIO: f64 = 1.25;

/// A recovery run by the strict definition takes so long.
///
/// # Units
/// Seconds moving, closed: 20–40 min. Coaching convention.
pub(super) const STRICT_TIMES_S: RangeInclusive<f64> = 1200.0..=2400.0;
/// A recovery run by the strict definition is slower than the own easy running by at least this.
///
/// # Units
/// Seconds per kilometre: 60 s a mile. Coaching convention.
pub(super) const STRICT_SLOWER_S: f64 = 37.0;

/// Returns the runs of at most 50 minutes within 36 h after a quality session, or last before the
/// next one; not its own warm-up and cool-down.
pub(super) fn slots(block: &Block<'_>) -> Vec<RecoverySlot> {
    let runs: Vec<&Entry<'_>> = block.runs().collect();
    let mut slots = Vec::new();
    for (index, &run) in runs.iter().enumerate() {
        let hours = run.session.hours_since_key_session;
        let next = runs.get(index + 1).filter(|next| next.is_quality());
        let until_next = next.and_then(|next| hours_between(run, next));
        let is_part = |hours: Option<f64>| hours.is_some_and(|hours| hours < PART_OF_SESSION_HOURS);
        if is_part(hours) || is_part(until_next) {
            continue;
        }
        let after_quality = hours.is_some_and(|hours| hours <= SLOT_WITHIN_HOURS);
        let before_quality = next.is_some() && !run.is_quality();
        let short = run.session.head.moving_s <= LONGEST_SLOT_S;
        if short && (after_quality || before_quality) {
            let slower = slower_s_per_km(run.session);
            slots.push(RecoverySlot {
                id: run.id.clone(),
                day: run.day,
                became: became(run),
                moving_s: run.session.head.moving_s,
                hours_after: hours.filter(|_| after_quality),
                before: next.filter(|_| before_quality).map(|next| next.id.clone()),
                extended: false,
                second_of_day: index
                    .checked_sub(1)
                    .and_then(|before| runs.get(before))
                    .is_some_and(|before| before.day == run.day),
                slower_s_per_km: slower,
                strict: slower.map(|slower| {
                    STRICT_TIMES_S.contains(&run.session.head.moving_s) && slower >= STRICT_SLOWER_S
                }),
            });
        }
    }
    mark_extended(&mut slots);
    slots
}

/// Returns how much slower a run was than the habitual easy pace, grade-adjusted.
fn slower_s_per_km(session: &Session) -> Option<f64> {
    let easy = session.references.easy_speed_m_s.as_ref()?.value;
    let (mut metres, mut moving_s) = (0.0, 0.0);
    for segment in &session.segments {
        if let Some(speed) = segment.effort_speed_m_s {
            metres += speed * segment.moving_s;
            moving_s += segment.moving_s;
        }
    }
    let pace = |speed: f64| METRES_PER_KILOMETRE / speed;
    let is_known = metres > 0.0 && moving_s > 0.0 && easy > 0.0;
    is_known.then(|| round(pace(metres / moving_s) - pace(easy), 1))
}

/// Returns what a run in a slot was.
fn became(run: &Entry<'_>) -> Became {
    match run.session.kind {
        _ if run.is_quality() => Became::Hard,
        _ if is_medium(run.session) => Became::Medium,
        SessionKind::Recovery => Became::Recovery,
        _ => Became::Easy,
    }
}

/// Marks the recovery runs that were longer than such runs are.
fn mark_extended(slots: &mut [RecoverySlot]) {
    let recoveries = slots.iter().filter(|slot| slot.became == Became::Recovery);
    let usual_s = median(recoveries.map(|slot| slot.moving_s));
    let limit_s = usual_s.map_or(EXTENDED_S, |usual| EXTENDED_S.min(EXTENDED_RATIO * usual));
    for slot in slots {
        slot.extended = slot.became == Became::Recovery && slot.moving_s > limit_s;
    }
}
