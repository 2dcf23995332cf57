//! Idea 5: what became of the recovery slots, in either of two views.

use super::Context;
use super::Idea;
use super::as_f64;
use super::list_days;
use super::median;
use super::plural;
use super::show_count;
use crate::classification::SessionKind;
use crate::review::Finding;
use crate::review::Grade;
use crate::review::RecoveryView;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::days::is_medium;
use crate::units::SECONDS_PER_MINUTE;

const IDEA: Idea = Idea {
    id: "recovery_runs",
    grade: Grade::Contested,
    source: "coaches disagree: a recovery run is a kind of its own, or an easy run on tired legs; \
             meaningful from about two quality sessions and four runs a week",
};

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
/// The longest run that can fill a recovery slot.
///
/// # Units
/// Seconds moving.
const LONGEST_SLOT_S: f64 = 50.0 * SECONDS_PER_MINUTE;
/// How long after a quality session a run fills a recovery slot.
///
/// # Units
/// Hours.
const SLOT_WITHIN_HOURS: f64 = 36.0;
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
/// Share of slots in the middle zone or hard from which on it is worth a look.
const LOOK_SHARE: f64 = 0.25;
/// How much the finding matters when it is worth a look, and otherwise.
const WEIGHTS: (f64, f64) = (80.0, 40.0);

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
    let slots = slots(context);
    if slots.is_empty() {
        return IDEA.not_evaluated("Recovery runs", "a run in a recovery slot", "none");
    }
    vec![audit(&slots, context.recovery_view)]
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
    IDEA.says(Tone::NotEvaluated, 0.0, text)
        .number("runs in the usual week", runs, "runs")
        .number("quality sessions in the usual week", quality, "sessions")
}

/// What became of a recovery slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Became {
    Recovery,
    Easy,
    Medium,
    Hard,
}

/// A run in a place where a recovery run could have been.
struct Slot<'a> {
    run: &'a Entry<'a>,
    became: Became,
}

/// Returns the runs of at most 50 minutes within 36 h after a quality session, or last before the
/// next one.
fn slots<'a>(context: &'a Context<'_>) -> Vec<Slot<'a>> {
    let runs: Vec<&Entry<'_>> = context.block.runs().collect();
    let mut slots = Vec::new();
    for (index, &run) in runs.iter().enumerate() {
        let hours = run.session.hours_since_key_session;
        let after_quality = hours.is_some_and(|hours| hours <= SLOT_WITHIN_HOURS);
        let next_is_quality = runs.get(index + 1).is_some_and(|next| next.is_quality());
        let before_quality = next_is_quality && !run.is_quality();
        let short = run.session.head.moving_s <= LONGEST_SLOT_S;
        if short && (after_quality || before_quality) {
            let became = became(run);
            slots.push(Slot { run, became });
        }
    }
    slots
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

/// Returns the finding of what the slots became.
fn audit(slots: &[Slot<'_>], view: RecoveryView) -> Finding {
    let of = |became: Became| slots.iter().filter(move |slot| slot.became == became);
    let [recovery, easy, medium, hard] =
        [Became::Recovery, Became::Easy, Became::Medium, Became::Hard].map(|b| of(b).count());
    let harder: Vec<&Entry<'_>> = slots
        .iter()
        .filter(|slot| matches!(slot.became, Became::Medium | Became::Hard))
        .map(|slot| slot.run)
        .collect();
    let share = super::share(harder.len(), slots.len());
    let (tone, weight) = match () {
        () if share >= LOOK_SHARE => (Tone::Look, WEIGHTS.0),
        () if harder.is_empty() => (Tone::Good, WEIGHTS.1),
        () => (Tone::Fact, WEIGHTS.1),
    };
    let outcome = match view {
        RecoveryView::A => format!(
            "{recovery} stayed a recovery run, {easy} turned into easy running, {medium} into the \
             middle zone, {hard} into a hard session"
        ),
        RecoveryView::B => format!(
            "{} were easy running on tired legs, {medium} went into the middle zone, {hard} was \
             hard",
            recovery + easy
        ),
    };
    let which = if harder.is_empty() {
        String::new()
    } else {
        format!(" ({})", list_days(harder.iter().copied()))
    };
    let extended = extended(slots);
    let text = format!(
        "Of {} next to quality sessions {outcome}{which}{}.",
        plural(slots.len(), "short run"),
        extended_words(&extended)
    );
    IDEA.says(tone, weight, text)
        .count("slots", slots.len())
        .count("recovery", recovery)
        .count("easy", easy)
        .count("medium", medium)
        .count("hard", hard)
        .count("extended", extended.len())
        .on(slots.iter().map(|slot| slot.run))
}

/// Returns the recovery runs that were longer than such runs are.
fn extended<'a>(slots: &'a [Slot<'a>]) -> Vec<&'a Entry<'a>> {
    let recovery = || slots.iter().filter(|slot| slot.became == Became::Recovery);
    let usual_s = median(recovery().map(|slot| slot.run.session.head.moving_s));
    let limit_s = usual_s.map_or(EXTENDED_S, |usual| EXTENDED_S.min(EXTENDED_RATIO * usual));
    recovery()
        .map(|slot| slot.run)
        .filter(|run| run.session.head.moving_s > limit_s)
        .collect()
}

/// Returns the words about extended recovery runs.
fn extended_words(extended: &[&Entry<'_>]) -> String {
    if extended.is_empty() {
        return String::new();
    }
    let days = list_days(extended.iter().copied());
    let verb = if extended.len() == 1 { "was" } else { "were" };
    let runs = plural(extended.len(), "recovery run");
    format!("; {runs} {verb} longer than usual ({days})")
}
