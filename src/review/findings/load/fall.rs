//! Running that fell, or stopped: how far, and since when.

use chrono::NaiveDate;

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::counted;
use crate::review::findings::words::runs_since;
use crate::review::findings::words::show_day;
use crate::review::findings::words::show_hours;
use crate::review::numbers::as_f64;
use crate::review::week_sums::WeekSum;
use crate::statistics::mean;
use crate::units::plural;

const IDEA: Idea = Idea {
    id: "volume_fell",
    grade: Grade::Measured,
    source: "running time of whole weeks, split where it fell most; half or less is spoken of",
};

/// Weeks before a fall with which it is compared, at least and at most.
const BEFORE_WEEKS: std::ops::RangeInclusive<usize> = 3..=8;
/// Weeks from a fall to the end of the block from which on it is one.
const LEAST_AFTER: usize = 2;
/// Running fell when the weeks since are at most this share of those before.
///
/// # Units
/// Ratio of running times. Our choice: beyond any easier week.
const FELL: f64 = 0.5;
/// No week since a fall comes back to this share of those before.
///
/// # Units
/// Ratio of running times. Our choice: just below an easier week.
const CAME_BACK: f64 = 0.75;
/// Running nearly stopped at this share of the weeks before.
///
/// # Units
/// Ratio of running times. Our choice.
const NEARLY_STOPPED: f64 = 0.25;
/// Who ran less than this has nothing to fall from.
///
/// # Units
/// Hours a week. Our choice: one short run.
const LEAST_HOURS: f64 = 0.5;
/// Little running of at most so many weeks beside a race is a taper or a rest after it.
const AROUND_RACE_WEEKS: usize = 3;

/// Where running fell.
pub(super) struct Fall {
    /// The Monday of the first week since.
    pub(super) since: NaiveDate,
    /// Whole weeks before it that were looked at.
    weeks_before: usize,
    /// Whole weeks since.
    weeks: usize,
    /// Mean running time of the weeks before.
    hours_before: f64,
    /// Mean running time of the weeks since.
    hours: f64,
    /// Mean number of runs of the weeks since.
    runs: f64,
}

impl Fall {
    fn ratio(&self) -> f64 {
        self.hours / self.hours_before
    }
}

/// Returns nothing where running did not fall.
pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let Some(fall) = fall(context) else {
        return Vec::new();
    };
    let (stopped, next) = if fall.ratio() <= NEARLY_STOPPED {
        let next =
            "To start again: about half of what you did before, then a little more each week.";
        (" and has nearly stopped", next)
    } else {
        let next = "If that was not the plan: add a little each week, not all at once.";
        ("", next)
    };
    let text = format!(
        "Running fell by {:.0} % from {} on{stopped}: {} and {} a week in the {} since, {} a week in the {} \
         before. {next}",
        (1.0 - fall.ratio()) * 100.0,
        show_day(fall.since),
        show_hours(fall.hours),
        counted((fall.runs * 10.0).round() / 10.0, "run"),
        plural(fall.weeks, "week"),
        show_hours(fall.hours_before),
        plural(fall.weeks_before, "week"),
    );
    vec![
        IDEA.says(Tone::Look, text)
            .number("before", fall.hours_before, "h a week")
            .number("since", fall.hours, "h a week")
            .number("fall", 1.0 - fall.ratio(), "ratio")
            .number("runs since", fall.runs, "runs a week")
            .count("weeks since", fall.weeks)
            .on(runs_since(context, fall.since)),
    ]
}

/// Returns where running fell in the block and stayed low to its end.
///
/// # Steps
/// Of all Mondays of the block the one that splits the weeks best into two levels, by the squares
/// between them.
pub(super) fn fall(context: &Context<'_>) -> Option<Fall> {
    let span = context.block.span?;
    let whole: Vec<&WeekSum> = context
        .week_sums
        .iter()
        .take_while(|week| week.lies_in(span) || week.monday < span.from)
        .collect();
    let starts = (*BEFORE_WEEKS.start()..).take_while(|start| start + LEAST_AFTER <= whole.len());
    let most = most_from(&whole);
    let splits = starts
        .filter(|start| whole[*start].monday >= span.from)
        .filter_map(|start| split(&whole, start, most[start]))
        .filter(|split| !is_around_race(context, split));
    splits.max_by(|a, b| squares(a).total_cmp(&squares(b)))
}

/// Returns for each week the most hours of it and those after it.
fn most_from(weeks: &[&WeekSum]) -> Vec<f64> {
    let mut most = vec![0.0; weeks.len()];
    let mut so_far = 0.0;
    for (most, week) in most.iter_mut().zip(weeks).rev() {
        so_far = f64::max(so_far, week.hours);
        *most = so_far;
    }
    most
}

/// Returns the fall at a week, if there is one; `most` are the most hours of it and the weeks since.
fn split(weeks: &[&WeekSum], start: usize, most: f64) -> Option<Fall> {
    let before = &weeks[start.saturating_sub(*BEFORE_WEEKS.end())..start];
    let since = &weeks[start..];
    let hours_before = mean(before.iter().map(|week| week.hours))?;
    // Hardly any week gets further, so that all of them together take time that is linear.
    if hours_before < LEAST_HOURS || most > CAME_BACK * hours_before {
        return None;
    }
    let hours = mean(since.iter().map(|week| week.hours))?;
    (hours <= FELL * hours_before).then_some(Fall {
        since: weeks[start].monday,
        weeks_before: before.len(),
        weeks: since.len(),
        hours_before,
        hours,
        runs: mean(since.iter().map(|week| as_f64(week.runs)))?,
    })
}

/// Returns the squares between the two levels of a split.
fn squares(fall: &Fall) -> f64 {
    let (before, since) = (as_f64(fall.weeks_before), as_f64(fall.weeks));
    let weight = before * since / (before + since);
    weight * (fall.hours_before - fall.hours).powi(2)
}

/// Returns whether a few weeks of little lie before or after a race.
fn is_around_race(context: &Context<'_>, fall: &Fall) -> bool {
    let races = context.week_sums.iter().filter(|week| week.has_race);
    let distances = races.map(|race| (race.monday - fall.since).num_weeks());
    let is_near = |weeks: i64| {
        let weeks = usize::try_from(weeks.abs()).unwrap_or(usize::MAX);
        weeks <= AROUND_RACE_WEEKS
    };
    fall.weeks <= AROUND_RACE_WEEKS && distances.into_iter().any(is_near)
}
