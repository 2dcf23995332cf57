//! Idea 5: what became of the recovery slots, in either of two views.

use crate::review::Became;
use crate::review::DayKind;
use crate::review::Finding;
use crate::review::Grade;
use crate::review::RecoverySlot;
use crate::review::RecoveryView;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::list;
use crate::review::findings::words::show_count;
use crate::review::numbers::as_f64;
use crate::statistics::median;
use crate::units::METRES_PER_KILOMETRE;
use crate::units::plural;

const IDEA: Idea = Idea {
    id: "recovery_runs",
    grade: Grade::Contested,
    source: "coaches disagree: a recovery run is a kind of its own, or an easy run on tired legs; \
             meaningful from about two quality sessions and four runs a week",
};

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
/// Whole weeks from which on a usual week is spoken of.
const LEAST_WEEKS: usize = 4;
/// Quality sessions in the usual week from which on recovery runs are meaningful.
///
/// # Units
/// Sessions per week. Coaching convention.
const LEAST_QUALITY_PER_WEEK: f64 = 2.0;
/// Runs in the usual week from which on recovery runs are meaningful.
///
/// # Units
/// Runs per week. Coaching convention.
const LEAST_RUNS_PER_WEEK: f64 = 4.0;
/// Share of slots in the middle zone or hard from which on it is worth a look.
const LOOK_SHARE: f64 = 0.25;
/// A recovery run by the strict definition takes so long.
///
/// # Units
/// Seconds moving, closed: 20–40 min. Coaching convention.
const STRICT_TIMES_S: std::ops::RangeInclusive<f64> = 1200.0..=2400.0;
/// A recovery run by the strict definition is slower than the own easy running by at least this.
///
/// # Units
/// Seconds per kilometre: 60 s a mile. Coaching convention.
const STRICT_SLOWER_S: f64 = 37.0;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let weeks = context.whole_weeks();
    let runs = median(weeks.iter().map(|week| as_f64(week.runs)));
    let quality = median(weeks.iter().map(|week| as_f64(week.quality_sessions)));
    let (Some(runs), Some(quality), true) = (runs, quality, weeks.len() >= LEAST_WEEKS) else {
        let found = plural(weeks.len(), "whole week");
        let needs = format!("{LEAST_WEEKS} whole weeks");
        return IDEA.not_evaluated("Recovery runs", &needs, &found);
    };
    if runs < LEAST_RUNS_PER_WEEK || quality < LEAST_QUALITY_PER_WEEK {
        return vec![not_meaningful(runs, quality)];
    }
    if context.slots.is_empty() {
        return IDEA.not_evaluated("Recovery runs", "a run in a recovery slot", "none");
    }
    let mut findings = vec![audit(context)];
    findings.extend(before_key_sessions(context));
    findings.extend(days_after(context));
    findings
}

/// Returns the finding for few runs or few quality sessions.
fn not_meaningful(runs: f64, quality: f64) -> Finding {
    let text = format!(
        "Recovery runs: not evaluated; dedicated ones mean something from about 2 quality sessions \
         and 4 runs a week. With {} quality and {} runs in the usual week every easy run serves \
         that purpose.",
        show_count(quality),
        show_count(runs)
    );
    IDEA.says(Tone::NotEvaluated, text)
        .number("runs in the usual week", runs, "runs")
        .number("quality sessions in the usual week", quality, "sessions")
}

/// Returns the finding of what the slots became.
fn audit(context: &Context<'_>) -> Finding {
    let slots = context.slots;
    let of = |became: Became| slots.iter().filter(move |slot| slot.became == became);
    let [recovery, easy, medium, hard] =
        [Became::Recovery, Became::Easy, Became::Medium, Became::Hard].map(|b| of(b).count());
    let harder: Vec<&RecoverySlot> = slots
        .iter()
        .filter(|slot| matches!(slot.became, Became::Medium | Became::Hard))
        .collect();
    let share = crate::review::findings::words::share(harder.len(), slots.len());
    let tone = match () {
        () if share >= LOOK_SHARE => Tone::Look,
        () if harder.is_empty() => Tone::Good,
        () => Tone::Fact,
    };
    let rested = slots.iter().filter(|slot| {
        slot.hours_after.is_some() && matches!(slot.became, Became::Recovery | Became::Easy)
    });
    let on_tired_legs = rested.count();
    let strict = context
        .block
        .runs()
        .filter(|run| of(Became::Recovery).any(|slot| slot.id == run.id) && is_strict(run))
        .count();
    let mut parts = match context.recovery_view {
        RecoveryView::A => vec![
            format!(
                "{recovery} were recovery runs{}",
                strict_words(recovery, strict)
            ),
            format!("{easy} easy running"),
        ],
        RecoveryView::B => vec![
            format!("{on_tired_legs} were easy running on tired legs"),
            format!(
                "{} easy running before a key session",
                recovery + easy - on_tired_legs
            ),
        ],
    };
    let listed = |became: Became| list(of(became).map(|slot| slot.day));
    if medium > 0 {
        let days = listed(Became::Medium);
        parts.push(format!("{medium} went into the middle zone ({days})"));
    }
    if hard > 0 {
        let days = listed(Became::Hard);
        parts.push(format!("{hard} became hard sessions ({days})"));
    }
    let extended: Vec<&RecoverySlot> = slots.iter().filter(|slot| slot.extended).collect();
    let text = format!(
        "Of {} next to quality sessions {}{}.",
        plural(slots.len(), "short run"),
        parts.join(", "),
        extended_words(&extended)
    );
    let mut finding = IDEA
        .says(tone, text)
        .count("slots", slots.len())
        .count("recovery", recovery)
        .count("strict recovery", strict)
        .count("easy", easy)
        .count("medium", medium)
        .count("hard", hard)
        .count("extended", extended.len());
    finding.sessions = slots.iter().map(|slot| slot.id.clone()).collect();
    finding
}

/// Returns whether a run met the strict definition of a recovery run; not where its speed is not known.
fn is_strict(run: &Entry<'_>) -> bool {
    let session = run.session;
    let easy = session.references.easy_speed_m_s.as_ref();
    let parts = || {
        session
            .segments
            .iter()
            .filter(|s| s.effort_speed_m_s.is_some())
    };
    let moving_s: f64 = parts().map(|s| s.moving_s).sum();
    let metres: f64 = parts()
        .filter_map(|s| Some(s.effort_speed_m_s? * s.moving_s))
        .sum();
    let pace = |speed: f64| METRES_PER_KILOMETRE / speed;
    metres > 0.0
        && STRICT_TIMES_S.contains(&session.head.moving_s)
        && easy.is_some_and(|easy| pace(metres / moving_s) - pace(easy.value) >= STRICT_SLOWER_S)
}

fn strict_words(recovery: usize, strict: usize) -> String {
    if recovery == 0 {
        return String::new();
    }
    format!(" ({strict} of them at least 60 s/mi slower than easy, in 20–40 min)")
}

/// Returns the words about extended recovery runs.
fn extended_words(extended: &[&RecoverySlot]) -> String {
    if extended.is_empty() {
        return String::new();
    }
    let days = list(extended.iter().map(|slot| slot.day));
    let verb = if extended.len() == 1 { "was" } else { "were" };
    let runs = plural(extended.len(), "recovery run");
    format!("; {runs} {verb} longer than usual ({days})")
}

/// Returns how key sessions went that had a recovery run before them, against the others.
fn before_key_sessions(context: &Context<'_>) -> Option<Finding> {
    let led: Vec<&str> = context
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
        rated().partition(|(run, _)| led.contains(&run.id.as_str()));
    if after.len() < LEAST_LED || others.len() < LEAST_LED {
        return None;
    }
    let usual = |runs: &[(&Entry<'_>, f64)]| median(runs.iter().map(|(_, share)| *share));
    let (led_share, other_share) = (usual(&after)?, usual(&others)?);
    let text = format!(
        "Key sessions that followed a recovery run were run at {:.0} % of the modelled best in the \
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
fn days_after(context: &Context<'_>) -> Option<Finding> {
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
    let text = format!(
        "After {} came {} of rest, {} of another sport alone, {} of easy running and {} in the middle \
         zone.",
        plural(after.len(), "hard day"),
        plural(of(DayKind::Rest), "day"),
        of(DayKind::Cross),
        of(DayKind::Easy),
        of(DayKind::Medium)
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
