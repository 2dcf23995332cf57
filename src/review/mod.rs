//! *sessions → Review*
//!
//! Looks at a training block as a coach does: weeks, load, distribution, the order of hard and easy
//! days, and findings with their grade and the runs they rest on. See [`review`].

mod bests;
mod block;
mod comparable;
mod days;
mod distribution;
mod document;
mod findings;
mod key_sessions;
mod lines;
mod load;
mod numbers;
mod phases;
mod slots;
mod titles;
mod week_sums;
mod weeks;

pub use bests::COMPARED_DAYS;
pub(crate) use block::DAYS_OF_WEEK;
pub use block::known_days;
pub use comparable::structure;
pub use days::day_kind_of;
pub use days::day_kinds;
pub use distribution::percentages;
pub use document::Became;
pub use document::BlockBest;
pub use document::BlockDistribution;
pub use document::BlockTotals;
pub use document::Comparable;
pub use document::ComparedWorkout;
pub use document::DEFAULT_WEEKS;
pub use document::Day;
pub use document::DayKind;
pub use document::Finding;
pub use document::FindingNumber;
pub use document::Grade;
pub use document::KeySession;
pub use document::LoadPoint;
pub use document::Phase;
pub use document::PhaseSpan;
pub use document::Phases;
pub use document::REVIEW_SCHEMA;
pub use document::RecoverySlot;
pub use document::RecoveryView;
pub use document::ReferenceChange;
pub use document::Review;
pub use document::ReviewOptions;
pub use document::SessionLine;
pub use document::Tone;
pub use document::Week;
#[cfg(test)]
pub(crate) use findings::is_known as is_finding;
pub(crate) use numbers::known_sum;
pub use titles::session_id;
pub use titles::session_title;
pub use weeks::weeks_with_activities;

use crate::classification::Session;
use crate::review::block::Block;
use crate::review::findings::Context;

/// Reviews the sessions of one athlete.
///
/// Excluded sessions are left out. Sessions without a day are left out too, and a finding says so.
/// The order in which the sessions come does not matter. Without a single dated activity the
/// review is empty but for that finding.
#[must_use]
pub fn review(sessions: &[Session], options: &ReviewOptions) -> Review {
    let block = Block::new(sessions, options);
    let days = days::days(&block, &options.wellness);
    let weeks = weeks::weeks(&block);
    let totals = weeks::totals(&block);
    let distribution = distribution::distribution(&block);
    let slots = slots::slots(&block);
    let week_sums = week_sums::week_sums(&block);
    let phases = phases::phases(&block, &week_sums);
    let comparable = comparable::comparable(&block);
    let findings = findings::findings(&Context {
        slots: &slots,
        phases: &phases,
        week_sums: &week_sums,
        comparable: &comparable,
        wellness: &options.wellness,
        block: &block,
        days: &days,
        weeks: &weeks,
        distribution: &distribution,
        recovery_view: options.recovery_view,
    });
    Review {
        schema: REVIEW_SCHEMA.to_owned(),
        week_starts: options.week_starts,
        athlete: sessions.iter().find_map(|s| s.head.athlete.clone()),
        from: block.span.map(|span| span.from),
        to: block.span.map(|span| span.to),
        totals,
        weeks,
        days,
        sessions: block.entries.iter().map(lines::session_line).collect(),
        distribution,
        load_curve: load::load_curve(&block),
        key_sessions: key_sessions::key_sessions(&block),
        recovery_slots: slots,
        phases,
        comparable_workouts: comparable,
        best_efforts: bests::bests(&block),
        reference_changes: bests::reference_changes(&block),
        findings,
    }
}

#[cfg(test)]
mod cases;
#[cfg(test)]
pub(crate) mod made_up;
#[cfg(test)]
mod tests;
