//! What lay around hard days: the days after them, and recovery runs before them.

use std::collections::BTreeSet;

use crate::review::Became;
use crate::review::DayKind;
use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::statistics::median;
use crate::units::plural;

const BEFORE: Idea = Idea {
    id: "before_key_sessions",
    grade: Grade::Measured,
    source: "share of the modelled best in key sessions with and without a recovery run before them; \
             few sessions, many other reasons",
};
const AFTER: Idea = Idea {
    id: "days_after_hard_days",
    grade: Grade::Measured,
    source: "counted in the day strip",
};

/// Key sessions of either sort from which on they are compared.
const LEAST_LED: usize = 3;
/// Hard days from which on the days after them are counted.
const LEAST_HARD_DAYS: usize = 3;

/// Returns how key sessions went that had a recovery run before them, against the others.
pub(super) fn before_key_sessions(context: &Context<'_>) -> Option<Finding> {
    let led: BTreeSet<&str> = context
        .slots
        .iter()
        .filter(|slot| slot.became == Became::Recovery)
        .filter_map(|slot| slot.before.as_deref())
        .collect();
    let rated = || {
        let runs = context.block.runs();
        runs.filter_map(|run| Some((run, run.session.execution.as_ref()?.of_modelled_best?)))
    };
    let (after, others): (Vec<_>, Vec<_>) =
        rated().partition(|(run, _)| led.contains(run.id.as_str()));
    if after.len() < LEAST_LED || others.len() < LEAST_LED {
        return None;
    }
    let usual = |runs: &[(&Entry<'_>, f64)]| median(runs.iter().map(|(_, share)| *share));
    let (led_share, other_share) = (usual(&after)?, usual(&others)?);
    let text = format!(
        "Key sessions that followed a recovery run were run at {:.0} % of your modelled best in the \
         middle ({} of them), the others at {:.0} % ({}).",
        led_share * 100.0,
        after.len(),
        other_share * 100.0,
        others.len()
    );
    Some(
        BEFORE
            .says(Tone::Fact, text)
            .number("after a recovery run", led_share, "ratio")
            .number("others", other_share, "ratio")
            .on(after.iter().map(|(run, _)| *run)),
    )
}

/// Returns what the days after hard days were.
pub(super) fn days_after(context: &Context<'_>) -> Option<Finding> {
    let after: Vec<DayKind> = context
        .days
        .windows(2)
        .filter(|pair| pair[0].kind == DayKind::Hard)
        .map(|pair| pair[1].kind)
        .collect();
    if after.len() < LEAST_HARD_DAYS {
        return None;
    }
    let of = |kind: DayKind| after.iter().filter(|other| **other == kind).count();
    let parts = [
        (DayKind::Rest, "of rest"),
        (DayKind::Cross, "of other sport only"),
        (DayKind::Easy, "easy"),
        (DayKind::Medium, "moderate"),
        (DayKind::Hard, "hard"),
    ];
    let parts = parts.iter().filter(|(kind, _)| of(*kind) > 0);
    let parts: Vec<String> = parts
        .map(|(kind, words)| format!("{} {words}", of(*kind)))
        .collect();
    let text = format!(
        "The days after {}: {}.",
        plural(after.len(), "hard day"),
        parts.join(", ")
    );
    Some(
        AFTER
            .says(Tone::Fact, text)
            .count("hard days", after.len())
            .count("rest", of(DayKind::Rest))
            .count("other sport", of(DayKind::Cross))
            .count("easy", of(DayKind::Easy))
            .count("medium", of(DayKind::Medium))
            .count("hard", of(DayKind::Hard))
            .on(context.block.runs().filter(|run| run.is_quality())),
    )
}
