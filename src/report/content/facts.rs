//! What is to be said of the effort within a session, in words, for page and terminal alike.

use crate::classification::Execution;
use crate::classification::Session;
use crate::clean::clean_text;
use crate::ingest::platforms::Platform;
use crate::units::MetresPerSecond;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// One thing worth knowing: what it is, what it came to, and how to take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is, as in "Split".
    pub label: &'static str,
    /// What it came to, as in "even".
    pub value: String,
    /// How to take it; may be empty.
    pub remark: String,
}

/// From this share of the modelled best on a workout was raced whatever it felt like.
const RACED_SHARE: f64 = crate::classification::RACED_OF_BEST;
/// A heart rate this many usual scatters away from the own line is not as usual.
///
/// # Units
/// Standard deviations: about one run in six on either side.
const UNUSUAL_SCATTERS: f64 = 1.0;

impl Fact {
    fn new(label: &'static str, value: String, remark: impl Into<String>) -> Self {
        Self {
            label,
            value,
            remark: remark.into(),
        }
    }
}

/// Returns the facts of a session, only those that are known or whose absence needs a reason.
#[must_use]
pub fn facts(session: &Session, units: UnitSystem) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(effort_pace(session, units));
    facts.extend(session.execution.as_deref().into_iter().flat_map(execution));
    facts.extend(split(session));
    facts.extend(last_third(session));
    facts.extend(own_line(session));
    facts.extend(other_loads(session));
    facts.extend(training_effect(session));
    facts
}

/// Returns what the watch found that the session trained, as its platform tells.
fn training_effect(session: &Session) -> Option<Fact> {
    let remarks = &session.head.remarks;
    let effect = remarks.training_effect.as_deref()?;
    let by = remarks.platform.map_or("the platform", Platform::words);
    let remark = format!("in the words of {by}");
    Some(Fact::new("Training effect", clean_text(effect), remark))
}

/// Returns the flat-equivalent pace where slope says something.
fn effort_pace(session: &Session, units: UnitSystem) -> Option<Fact> {
    let (mut distance_m, mut time_s, mut off_m) = (0.0, 0.0, 0.0);
    for segment in &session.segments {
        let speed = segment.effort_speed_m_s.zip(segment.effort_uncertainty);
        if let Some((speed, uncertainty)) = speed {
            distance_m += speed * segment.moving_s;
            off_m += speed * uncertainty * segment.moving_s;
            time_s += segment.moving_s;
        }
    }
    (time_s > 0.0).then(|| {
        Fact::new(
            "Grade-adjusted pace",
            MetresPerSecond(distance_m / time_s).show_pace(units),
            format!(
                "the pace on the flat for the same effort, ± {:.0} % for the slopes",
                off_m / distance_m * 100.0
            ),
        )
    })
}

fn execution(execution: &Execution) -> Vec<Fact> {
    let word = match (execution.raced, execution.of_modelled_best) {
        (true, Some(share)) if share < RACED_SHARE => "raced by how it felt",
        (true, _) => "raced",
        (false, _) => "a workout, not a race",
    };
    let of_best = execution.of_modelled_best.map(|share| {
        Fact::new(
            "Execution",
            format!("{:.0} %", share * 100.0),
            format!(
                "of the modelled best, mean of {} of efforts: {word}",
                Seconds(execution.work_s).show()
            ),
        )
    });
    let rise = execution.warm_up_rise_pct.map(|pct| {
        let word = if pct < 0.0 { "slower" } else { "faster" };
        format!("its last third {:.0} % {word} than its first", pct.abs())
    });
    let strides = (execution.strides_before > 0)
        .then(|| crate::units::plural(execution.strides_before, "stride"));
    let remarks: Vec<String> = rise.into_iter().chain(strides).collect();
    let warm_up = match execution.warm_up_s {
        Some(warm_up_s) => Fact::new("Warm-up", Seconds(warm_up_s).show(), remarks.join(", ")),
        None => Fact::new("Warm-up", "none found".to_owned(), remarks.join(", ")),
    };
    of_best.into_iter().chain([warm_up]).collect()
}

fn split(session: &Session) -> Option<Fact> {
    let split = session.split.as_ref()?;
    let word = if split.change_pct < 0.0 {
        "slower"
    } else {
        "faster"
    };
    Some(Fact::new(
        "Split",
        split.word.word().to_owned(),
        format!("second half {:.1} % {word}", split.change_pct.abs()),
    ))
}

fn last_third(session: &Session) -> Option<Fact> {
    let durability = &session.durability;
    let speed = durability.effort_speed_change_pct?;
    let heart_rate = match durability.heart_rate_change_bpm {
        Some(beats) => format!("heart rate {} bpm", signed(beats)),
        None => durability.reason.clone().unwrap_or_default(),
    };
    let value = match durability.efficiency_change_pct {
        Some(efficiency) => format!("{efficiency:+.1} % efficiency"),
        None => format!("{speed:+.1} % grade-adjusted speed"),
    };
    let remark = format!(
        "last third against the one before: grade-adjusted speed {speed:+.1} %, {heart_rate}"
    );
    Some(Fact::new("Durability", value, clean_text(&remark)))
}

fn own_line(session: &Session) -> Option<Fact> {
    let expectation = &session.expectation;
    let difference = expectation.difference_bpm?;
    let scatter = expectation.usual_scatter_bpm.unwrap_or_default();
    let word = match difference {
        _ if expectation.unexpectedly_hard => {
            "unexpectedly hard; heat, hills, tired legs or another sensor can do that"
        }
        beats if beats <= -UNUSUAL_SCATTERS * scatter => "lower than usual",
        beats if beats >= UNUSUAL_SCATTERS * scatter => "higher than usual",
        _ => "as usual",
    };
    Some(Fact::new(
        "Heart rate for the speed",
        format!("{} bpm", signed(difference)),
        format!(
            "against your usual heart rate at this speed ({} runs, give or take {scatter:.0}): {word}",
            expectation.runs
        ),
    ))
}

/// Returns a whole number with its sign, 0 without one.
fn signed(value: f64) -> String {
    let whole = value.round();
    if whole.abs() < 1.0 {
        "0".to_owned()
    } else {
        format!("{whole:+.0}")
    }
}

/// Returns the load by other methods, which cannot be added to the first.
fn other_loads(session: &Session) -> Option<Fact> {
    let load = session.load.as_ref()?;
    let others: Vec<String> = load
        .alternatives
        .iter()
        .map(|other| {
            let method = other.method.name().replace('_', " ");
            format!("{:.0} by {method}", other.value)
        })
        .collect();
    let (first, further) = others.split_first()?;
    let also = match further {
        [] => String::new(),
        others => format!("{}; ", others.join(", ")),
    };
    Some(Fact::new(
        "Load otherwise",
        first.clone(),
        format!("{also}by another measure, on another scale: not to be added up"),
    ))
}
