//! View b: an easy run on tired legs. How tired they were, and how the next key session went.

use std::collections::BTreeSet;

use crate::review::RecoverySlot;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::statistics::median;
use crate::units::plural;

/// Key sessions of either sort from which on they are compared.
const LEAST_RATED: usize = 2;

/// Returns how soon after hard sessions the runs were, and how many were the second of their day.
pub(super) fn words(slots: &[RecoverySlot]) -> Option<String> {
    let hours: Vec<f64> = slots.iter().filter_map(|slot| slot.hours_after).collect();
    let tired = slots.iter().filter(|slot| slot.hours_after.is_some());
    let second = tired.filter(|slot| slot.second_of_day).count();
    let second = match second {
        0 => "none as the second run of the day".to_owned(),
        count => format!("{count} as the second run of the day"),
    };
    let usual = median(hours.iter().copied())?;
    let runs = plural(hours.len(), "run");
    Some(format!(
        "{runs} on tired legs: {usual:.0} h after the key session in the middle, {second}."
    ))
}

/// Returns how the key sessions went that followed a run on tired legs, where enough of them are rated.
pub(super) fn next_key_sessions(context: &Context<'_>) -> Option<String> {
    let tired: BTreeSet<&str> = context
        .slots
        .iter()
        .filter(|slot| slot.hours_after.is_some())
        .map(|slot| slot.id.as_str())
        .collect();
    let (mut after, mut others) = (Vec::new(), Vec::new());
    let mut was_tired = false;
    for run in context.block.runs() {
        if run.is_quality() {
            let rated = if was_tired { &mut after } else { &mut others };
            rated.extend(of_modelled_best(run));
            was_tired = false;
        }
        was_tired |= tired.contains(run.id.as_str());
    }
    let (rated, other) = (after.len(), others.len());
    let after = median(after).filter(|_| rated >= LEAST_RATED)?;
    let beside = median(others).filter(|_| other >= LEAST_RATED);
    let beside = beside.map_or_else(String::new, |share| {
        format!(", the {other} others at {:.0} %", share * 100.0)
    });
    Some(format!(
        "The key sessions that came next were run at {:.0} % of your modelled best ({rated} of them){beside}.",
        after * 100.0
    ))
}

fn of_modelled_best(run: &Entry<'_>) -> Option<f64> {
    run.session.execution.as_ref()?.of_modelled_best
}
