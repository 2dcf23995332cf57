//! What the short runs around hard days became: counted and told, whether or not they are many.

use crate::review::Became;
use crate::review::Finding;
use crate::review::Grade;
use crate::review::RecoverySlot;
use crate::review::RecoveryView;
use crate::review::Tone;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::recovery::tired_legs;
use crate::review::findings::words::counted;
use crate::review::findings::words::list;
use crate::review::findings::words::share;
use crate::review::findings::words::show_day;
use crate::review::numbers::as_f64;
use crate::review::slots::STRICT_SLOWER_S;
use crate::review::slots::STRICT_TIMES_S;
use crate::statistics::median;
use crate::units::METRES_PER_KILOMETRE;
use crate::units::METRES_PER_MILE;
use crate::units::SECONDS_PER_MINUTE;
use crate::units::plural;

const IDEA: Idea = Idea {
    id: "recovery_runs",
    grade: Grade::Contested,
    source: "coaches disagree: a recovery run is a kind of its own, or an easy run on tired legs; \
             meaningful from about two quality sessions and four runs a week",
};

/// Whole weeks from which on a usual week is spoken of.
const LEAST_WEEKS: usize = 4;
/// Slots from which on their share says something.
const LEAST_SLOTS: usize = 4;
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
/// Share of slots moderate or hard from which on it is worth a look.
const LOOK_SHARE: f64 = 0.25;
/// The most recovery runs of which a sentence says why they were not strict ones.
const MOST_LISTED: usize = 3;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let slots = context.slots;
    if slots.is_empty() {
        let needs =
            "a run of at most 50 min within 36 h after a quality session or last before one";
        return IDEA.not_evaluated("Recovery runs", needs, "none");
    }
    let of = |became: Became| slots.iter().filter(move |slot| slot.became == became);
    let count = |became: Became| of(became).count();
    let harder = count(Became::Medium) + count(Became::Hard);
    let is_look = slots.len() >= LEAST_SLOTS && share(harder, slots.len()) >= LOOK_SHARE;
    let tone = match harder {
        _ if is_look => Tone::Look,
        0 => Tone::Good,
        _ => Tone::Fact,
    };
    let strict = of(Became::Recovery).filter(|slot| slot.strict == Some(true));
    let extended: Vec<&RecoverySlot> = slots.iter().filter(|slot| slot.extended).collect();
    let parts = match context.recovery_view {
        RecoveryView::A => [
            Some(what_they_became(slots)),
            Some(strict_words(slots)),
            extended_words(&extended),
        ],
        RecoveryView::B => [
            Some(what_they_became(slots)),
            tired_legs::words(slots),
            tired_legs::next_key_sessions(context),
        ],
    };
    let further = [remark(context), is_look.then(next)];
    let sentences: Vec<String> = parts.into_iter().chain(further).flatten().collect();
    let mut finding = IDEA
        .says(tone, sentences.join(" "))
        .count("slots", slots.len())
        .count("recovery", count(Became::Recovery))
        .count("strict recovery", strict.count())
        .count("easy", count(Became::Easy))
        .count("medium", count(Became::Medium))
        .count("hard", count(Became::Hard))
        .count("extended", extended.len());
    finding.sessions = slots.iter().map(|slot| slot.id.clone()).collect();
    vec![finding]
}

/// Returns what the slots became, as in "Of 18 short runs around your hard days 13 stayed easy, 4
/// drifted (3 May, 7 May and 2 more), 1 became hard (9 May)."
fn what_they_became(slots: &[RecoverySlot]) -> String {
    let of = |became: Became| slots.iter().filter(move |slot| slot.became == became);
    let easy = of(Became::Recovery).count() + of(Became::Easy).count();
    let named = |became: Became, what: &str| match of(became).count() {
        0 => String::new(),
        count => format!(
            ", {count} {what} ({})",
            list(of(became).map(|slot| slot.day))
        ),
    };
    let runs = plural(slots.len(), "short run");
    if easy == slots.len() && easy > 1 {
        return format!("All {runs} around your hard days stayed easy.");
    }
    format!(
        "Of {runs} around your hard days {easy} stayed easy{}{}.",
        named(Became::Medium, "drifted to moderate"),
        named(Became::Hard, "became hard")
    )
}

/// Returns how many recovery runs met the strict definition, and why the others did not.
fn strict_words(slots: &[RecoverySlot]) -> String {
    let recovery = slots.iter().filter(|slot| slot.became == Became::Recovery);
    let recovery: Vec<&RecoverySlot> = recovery.collect();
    let strict = recovery.iter().filter(|slot| slot.strict == Some(true));
    let strict = strict.count();
    let missed: Vec<String> = recovery.iter().filter_map(|slot| missed(slot)).collect();
    let more = match missed.len().saturating_sub(MOST_LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let listed = missed[..missed.len().min(MOST_LISTED)].join(", ");
    let not_so = match (listed.as_str(), recovery.len()) {
        ("", _) => String::new(),
        (listed, 1) => format!(": {listed}"),
        (listed, _) => format!(", not {listed}{more}"),
    };
    let met = match (recovery.len(), strict) {
        (0, _) => return "None of them counts as a recovery run.".to_owned(),
        (1, 0) => "1 was a recovery run, but missed the strict definition".to_owned(),
        (1, _) => "1 was a recovery run, by the strict definition too".to_owned(),
        (count, strict) => {
            format!("{count} were recovery runs; {strict} met the strict definition")
        }
    };
    format!("{met} (20–40 min, at least 60 s a mile slower than your easy pace){not_so}.")
}

/// Returns why a recovery run did not meet the strict definition, as in "3 May (44 min)".
fn missed(slot: &RecoverySlot) -> Option<String> {
    if slot.strict == Some(true) {
        return None;
    }
    let minutes = slot.moving_s / SECONDS_PER_MINUTE;
    let why = match slot.slower_s_per_km {
        None => "pace not known".to_owned(),
        Some(_) if !STRICT_TIMES_S.contains(&slot.moving_s) => format!("{minutes:.0} min"),
        Some(slower) if slower < STRICT_SLOWER_S => {
            let a_mile = slower * METRES_PER_MILE / METRES_PER_KILOMETRE;
            format!("{:.0} s a mile slower", a_mile.max(0.0))
        }
        Some(_) => return None,
    };
    Some(format!("{} ({why})", show_day(slot.day)))
}

/// Returns the words about extended recovery runs.
fn extended_words(extended: &[&RecoverySlot]) -> Option<String> {
    let days = list(extended.iter().map(|slot| slot.day));
    let verb = if extended.len() == 1 { "was" } else { "were" };
    let runs = plural(extended.len(), "recovery run");
    (!extended.is_empty()).then(|| format!("{runs} {verb} longer than usual ({days})."))
}

/// Returns what is said beside the counts where they are few, or where every easy run does the job.
fn remark(context: &Context<'_>) -> Option<String> {
    let weeks = context.whole_weeks();
    if weeks.len() < LEAST_WEEKS || context.slots.len() < LEAST_SLOTS {
        return Some("Too few to judge a habit by.".to_owned());
    }
    let runs = median(weeks.iter().map(|week| as_f64(week.runs)))?;
    let quality = median(weeks.iter().map(|week| as_f64(week.quality_sessions)))?;
    let is_seldom = runs < LEAST_RUNS_PER_WEEK || quality < LEAST_QUALITY_PER_WEEK;
    is_seldom.then(|| {
        format!(
            "With {} and {} in the usual week any easy run does this job; recovery runs of their own matter \
             from about 2 and 4.",
            counted(quality, "hard day"),
            counted(runs, "run")
        )
    })
}

/// Returns what to do next where many were not easy.
fn next() -> String {
    "Next: start these slower than feels needed, and walk the steep bits.".to_owned()
}
