//! Before a race: less volume, some intensity kept.

use std::ops::RangeInclusive;

use chrono::Days;
use chrono::NaiveDate;

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::show_day;
use crate::review::week_sums::race_distance_m;
use crate::vocabulary::SessionKind;

const IDEA: Idea = Idea {
    id: "taper",
    grade: Grade::WellSupported,
    source: "Bosquet 2007, MSSE 39:1358: 8–21 days before a race, volume 41–60 % lower, intensity kept",
};

/// Days before a race that are its taper.
///
/// # Units
/// Days: the middle of 8–21.
const TAPER_DAYS: u64 = 14;
/// Days before the taper with which it is compared.
///
/// # Units
/// Days. Convention.
const COMPARED_DAYS: u64 = 28;
/// Runs before a race from which on its taper can be told.
const LEAST_RUNS: usize = 6;
/// The shortest race that is tapered for.
///
/// # Units
/// Metres. Coaching convention.
const LEAST_RACE_M: f64 = 9500.0;
/// The falls of volume that the source supports, widened by the error of two weeks.
///
/// # Units
/// Ratio of weekly times.
const SUPPORTED: RangeInclusive<f64> = 0.30..=0.65;
/// Hard running is kept when its share of the time is at least this share of before.
const KEPT: f64 = 0.75;

/// Returns nothing for a block without a race of 10 km and more.
pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let races = context.block.runs().filter(|run| {
        run.session.kind == SessionKind::Race
            && race_distance_m(run.session).is_some_and(|m| m >= LEAST_RACE_M)
    });
    let longest = races.max_by(|a, b| {
        let metres = |run: &Entry<'_>| race_distance_m(run.session).unwrap_or(0.0);
        metres(a).total_cmp(&metres(b))
    });
    longest.map_or_else(Vec::new, |race| of_race(context, race))
}

fn of_race(context: &Context<'_>, race: &Entry<'_>) -> Vec<Finding> {
    let taper = sum(context, race.day, 0, TAPER_DAYS);
    let before = sum(context, race.day, TAPER_DAYS, TAPER_DAYS + COMPARED_DAYS);
    if before.runs < LEAST_RUNS || before.moving_s <= 0.0 {
        let needs = format!("{LEAST_RUNS} runs in the four weeks before it");
        let what = format!("Taper before the race of {}", show_day(race.day));
        return IDEA.not_evaluated(&what, &needs, &before.runs.to_string());
    }
    let days = |days: u64| f64::from(u32::try_from(days).unwrap_or(u32::MAX));
    let weekly = |sum: &Sum, span: u64| sum.moving_s / days(span);
    let fall = 1.0 - weekly(&taper, TAPER_DAYS) / weekly(&before, COMPARED_DAYS);
    let share = |sum: &Sum| (sum.moving_s > 0.0).then(|| sum.hard_s / sum.moving_s);
    let kept = share(&taper).unwrap_or(0.0) >= KEPT * share(&before).unwrap_or(0.0);
    let supported = SUPPORTED.contains(&fall);
    let tone = match (supported, kept) {
        (true, true) => Tone::Good,
        _ => Tone::Look,
    };
    let hard_pct = |sum: &Sum| share(sum).unwrap_or(0.0) * 100.0;
    let text = format!(
        "In the {TAPER_DAYS} days before the race of {} the running time was {:.0} % {} than in the four \
         weeks before; fast running made up {:.0} % of it, before {:.0} %.",
        show_day(race.day),
        fall.abs() * 100.0,
        if fall < 0.0 { "higher" } else { "lower" },
        hard_pct(&taper),
        hard_pct(&before)
    );
    vec![
        IDEA.says(tone, text)
            .number("fall of running time", fall, "ratio")
            .number("hard share before", share(&before).unwrap_or(0.0), "ratio")
            .number(
                "hard share in the taper",
                share(&taper).unwrap_or(0.0),
                "ratio",
            )
            .on([race]),
    ]
}

/// The running of some days.
#[derive(Default)]
struct Sum {
    runs: usize,
    moving_s: f64,
    hard_s: f64,
}

/// Returns the running from `from` to `to` days before a day, that day left out.
fn sum(context: &Context<'_>, day: NaiveDate, from: u64, to: u64) -> Sum {
    let end = day.checked_sub_days(Days::new(from)).unwrap_or(day);
    let start = day.checked_sub_days(Days::new(to)).unwrap_or(day);
    let mut sum = Sum::default();
    for run in context.block.all_runs() {
        if start <= run.day && run.day < end {
            sum.runs += 1;
            sum.moving_s += run.session.head.moving_s;
            if let Some(distribution) = &run.session.distribution {
                sum.hard_s += distribution.hard_s();
            }
        }
    }
    sum
}
