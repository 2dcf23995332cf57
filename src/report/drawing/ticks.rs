//! Round values to mark on an axis.

use chrono::Datelike;
use chrono::Days;
use chrono::NaiveDate;

use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Sizes;
use crate::report::drawing::figure::Tick;
use crate::report::drawing::figure::Width;
use crate::report::drawing::letters;
use crate::units::MetresPerSecond;
use crate::units::SECONDS_PER_MINUTE;
use crate::units::Seconds;
use crate::units::UnitSystem;
pub(crate) use crate::units::as_f64;

/// Steps of a time axis, in minutes.
const TIME_STEPS_MIN: [f64; 10] = [1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 120.0, 360.0];
/// Steps of a distance axis, in kilometres or miles.
const DISTANCE_STEPS: [f64; 10] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];
/// Steps of a pace axis, in seconds per kilometre or mile.
const PACE_STEPS_S: [f64; 9] = [5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0];
/// Steps of a calendar axis, in months.
const MONTH_STEPS: [i32; 9] = [1, 2, 3, 6, 12, 24, 60, 120, 600];
/// Months of a year.
const YEAR_MONTHS: i32 = 12;
/// Days after which a date comes again.
const YEAR_DAYS: i64 = 365;
/// Most dates of an axis on a laptop and on a phone: day and month.
const MOST_DATES: Sizes<usize> = Sizes {
    wide: 12,
    narrow: 5,
};
/// The same with the year, which is wider.
const MOST_DATES_WITH_YEAR: Sizes<usize> = Sizes {
    wide: 12,
    narrow: 4,
};
/// The least time that an axis of months shows, so that a first run has its month marked.
///
/// # Units
/// Days: no month is longer.
const LEAST_DAYS: u32 = 31;
/// Round steps of other axes, within a power of ten.
const DECADE_STEPS: [f64; 4] = [1.0, 2.0, 5.0, 10.0];

/// Returns ticks of a time axis in minutes; the last one names the unit.
#[must_use]
pub fn time(elapsed_s: f64, most: usize) -> Vec<Tick> {
    let minutes = elapsed_s / SECONDS_PER_MINUTE;
    let step = first_fitting(&TIME_STEPS_MIN, minutes, most);
    let mut ticks: Vec<Tick> = multiples(0.0, minutes, step)
        .map(|minute| Tick::new(minute * SECONDS_PER_MINUTE, format!("{minute:.0}")))
        .collect();
    if let Some(last) = ticks.last_mut() {
        last.label.push_str(" min");
    }
    ticks
}

/// Returns ticks of a distance axis in kilometres or miles; the last one names the unit.
///
/// # Units
/// The axis is in metres.
#[must_use]
pub fn distance(distance_m: f64, units: UnitSystem, most: usize) -> Vec<Tick> {
    let length = distance_m / units.distance_m();
    let step = first_fitting(&DISTANCE_STEPS, length, most);
    let decimals = decimals(step);
    let mut ticks: Vec<Tick> = multiples(0.0, length, step)
        .map(|at| Tick::new(at * units.distance_m(), format!("{at:.decimals$}")))
        .collect();
    if let Some(last) = ticks.last_mut() {
        last.label.push(' ');
        last.label.push_str(units.distance_unit());
    }
    ticks
}

/// Returns ticks at round paces on an axis of speed.
///
/// # Units
/// The axis is in metres per second; the labels are minutes and seconds per kilometre or mile.
#[must_use]
pub fn pace(low_m_s: f64, high_m_s: f64, units: UnitSystem, most: usize) -> Vec<Tick> {
    let slowest = MetresPerSecond(low_m_s).pace_s(units);
    let Some(fastest) = MetresPerSecond(high_m_s).pace_s(units) else {
        return Vec::new();
    };
    let slowest = slowest.unwrap_or(fastest * 3.0);
    let step = first_fitting(&PACE_STEPS_S, slowest - fastest, most);
    multiples(fastest, slowest, step)
        .map(|pace_s| Tick::new(units.distance_m() / pace_s, Seconds(pace_s).show()))
        .collect()
}

/// Returns the same for a horizontal axis, from left to right.
#[must_use]
pub fn pace_across(low_m_s: f64, high_m_s: f64, units: UnitSystem, most: usize) -> Vec<Tick> {
    let mut ticks = pace(low_m_s, high_m_s, units, most);
    ticks.reverse();
    ticks
}

/// Returns a tick at the roundest pace between two speeds; absent where none is round.
///
/// # Units
/// As for [`pace`].
#[must_use]
pub fn roundest_pace(low_m_s: f64, high_m_s: f64, units: UnitSystem) -> Option<Tick> {
    let slowest = MetresPerSecond(low_m_s).pace_s(units)?;
    let fastest = MetresPerSecond(high_m_s).pace_s(units)?;
    let steps = PACE_STEPS_S.iter().rev();
    let pace_s = steps
        .flat_map(|step| multiples(fastest, slowest, *step).next())
        .next()?;
    Some(Tick::new(
        units.distance_m() / pace_s,
        Seconds(pace_s).show(),
    ))
}

/// Returns firsts of months between two days, each with what is written there: the month, and the
/// year where it is another one than before; the year alone where no months are told apart.
#[must_use]
pub fn months(first: NaiveDate, last: NaiveDate, most: usize) -> Vec<(NaiveDate, String)> {
    let number = |day: NaiveDate| day.year() * YEAR_MONTHS + day.month0().cast_signed();
    let span = number(last) - number(first);
    let fits = |step: &&i32| usize::try_from(span / **step).is_ok_and(|count| count < most);
    let step = *MONTH_STEPS.iter().find(fits).unwrap_or(&span.max(1));
    let mut year = None;
    let days = (number(first)..=number(last)).filter(|month| month % step == 0);
    days.filter_map(|month| {
        let month0 = month.rem_euclid(YEAR_MONTHS).cast_unsigned();
        NaiveDate::from_ymd_opt(month.div_euclid(YEAR_MONTHS), month0 + 1, 1)
    })
    .filter(|day| (first..=last).contains(day))
    .map(|day| {
        let same_year = year.replace(day.year()) == Some(day.year());
        let format = match step {
            step if step >= YEAR_MONTHS => "%Y",
            _ if same_year => "%b",
            _ => "%b %Y",
        };
        (day, day.format(format).to_string())
    })
    .collect()
}

/// Returns ticks at round multiples of a unit, on an axis of another one, as kilometres on metres.
#[must_use]
pub fn in_unit(unit: f64, low: f64, high: f64, most: usize) -> Vec<Tick> {
    round(low / unit, high / unit, most)
        .into_iter()
        .map(|tick| Tick::new(tick.at * unit, tick.label))
        .collect()
}

/// Returns ticks at days that lie equally far apart, as many as there is room for, the last of
/// them among them: day and month, or month and year where a date would come twice.
#[must_use]
pub fn days(days: &[(f64, NaiveDate)], width: Width) -> Vec<Tick> {
    let (Some((_, first)), Some((_, last))) = (days.first(), days.last()) else {
        return Vec::new();
    };
    let is_long = (*last - *first).num_days() >= YEAR_DAYS;
    let most = if is_long {
        MOST_DATES_WITH_YEAR
    } else {
        MOST_DATES
    };
    let every = days.len().div_ceil(most.on(width)).max(1);
    let left_over = (days.len() - 1) % every;
    let mut year = None;
    let shown = days[left_over..].iter().step_by(every);
    shown
        .map(|(at, day)| {
            let same_year = year.replace(day.year()) == Some(day.year());
            let format = match (is_long, same_year) {
                (false, _) => "%-d %b",
                (true, true) => "%b",
                (true, false) => "%b %Y",
            };
            Tick::new(*at, day.format(format).to_string())
        })
        .collect()
}

/// Returns an axis of time in days after `first`, with months marked.
#[must_use]
pub fn month_axis(first: NaiveDate, last: NaiveDate, width: Width) -> Axis {
    let high = days_after(first, last);
    let low = (high - f64::from(LEAST_DAYS)).min(0.0);
    let latest = last.checked_sub_days(Days::new(LEAST_DAYS.into()));
    let shown_first = latest.map_or(first, |latest| latest.min(first));
    let months = months(shown_first, last, width.pick(10, 4));
    Axis {
        low,
        high,
        ticks: months
            .into_iter()
            .map(|(day, label)| Tick::new(days_after(first, day), label))
            .collect(),
    }
}

/// Returns the days from one day to another.
#[expect(
    clippy::cast_precision_loss,
    reason = "days of a calendar stay far below 2^53"
)]
pub(in crate::report) fn days_after(first: NaiveDate, day: NaiveDate) -> f64 {
    (day - first).num_days() as f64
}

/// Returns ticks at round numbers.
#[must_use]
pub fn round(low: f64, high: f64, most: usize) -> Vec<Tick> {
    let span = high - low;
    if span <= 0.0 {
        return Vec::new();
    }
    let decade = 10f64.powf(span.log10().floor() - 1.0);
    let steps: Vec<f64> = [decade, decade * 10.0]
        .iter()
        .flat_map(|unit| DECADE_STEPS.map(|step| step * unit))
        .collect();
    let step = first_fitting(&steps, span, most);
    let decimals = decimals(step);
    multiples(low, high, step)
        .map(|value| Tick::new(value, format!("{value:.decimals$}")))
        .collect()
}

/// Returns whether the labels of a horizontal axis leave space between each other, ticks from left
/// to right.
#[must_use]
pub fn are_apart(ticks: &[Tick], unit_px: f64) -> bool {
    ticks
        .windows(2)
        .all(|pair| fit(&pair[0], &pair[1], unit_px))
}

/// Returns the ticks of a horizontal axis whose labels leave space between each other; the last one
/// stays.
#[must_use]
pub fn apart(ticks: Vec<Tick>, unit_px: f64) -> Vec<Tick> {
    let mut kept: Vec<Tick> = Vec::new();
    for tick in ticks.into_iter().rev() {
        if kept.last().is_none_or(|right| fit(&tick, right, unit_px)) {
            kept.push(tick);
        }
    }
    kept.reverse();
    kept
}

fn fit(left: &Tick, right: &Tick, unit_px: f64) -> bool {
    /// Space between two labels.
    const GAP_PX: f64 = 6.0;
    let widths = [left, right].map(|tick| letters::text_width_px(&tick.label));
    (right.at - left.at) * unit_px >= f64::midpoint(widths[0], widths[1]) + GAP_PX
}

/// Returns the first step of which at most `most` fit into a span, else the last.
fn first_fitting(steps: &[f64], span: f64, most: usize) -> f64 {
    steps
        .iter()
        .copied()
        .find(|step| span / step <= as_f64(most))
        .or(steps.last().copied())
        .unwrap_or(span)
}

/// Returns the decimals that tell the multiples of a round step apart.
fn decimals(step: f64) -> usize {
    /// A power of ten with a negative exponent is not quite round as a binary number.
    const NEARLY_ONE: f64 = 1.0 - 1e-9;
    /// More digits have no room beside a panel.
    const MOST_DECIMALS: usize = 9;
    let scaled = std::iter::successors(Some(step), |scaled| Some(scaled * 10.0));
    let below_one = scaled.take_while(|scaled| *scaled < NEARLY_ONE);
    below_one.take(MOST_DECIMALS).count()
}

/// Returns the multiples of a step within an interval.
fn multiples(low: f64, high: f64, step: f64) -> impl Iterator<Item = f64> {
    let first = (low / step).ceil();
    (0u32..)
        .map(move |index| (first + f64::from(index)) * step)
        .take_while(move |value| *value <= high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.label.as_str()).collect()
    }

    #[test]
    fn time_is_in_minutes() {
        assert_eq!(
            labels(&time(3100.0, 6)),
            ["0", "10", "20", "30", "40", "50 min"]
        );
        assert_eq!(labels(&time(30.0, 6)), ["0 min"]);
    }

    #[test]
    fn distances_are_in_the_unit_of_the_reader() {
        let ticks = distance(4100.0, UnitSystem::Metric, 5);
        assert_eq!(labels(&ticks), ["0", "1", "2", "3", "4 km"]);
        let ticks = distance(1700.0, UnitSystem::Imperial, 3);
        assert_eq!(labels(&ticks), ["0.0", "0.5", "1.0 mi"]);
        assert!((ticks[2].at - 1609.344).abs() < 1e-9);
    }

    #[test]
    fn paces_are_round_in_the_unit_of_the_reader() {
        let ticks = pace(2.5, 4.2, UnitSystem::Metric, 5);
        assert_eq!(labels(&ticks), ["4:00", "5:00", "6:00"]);
        assert!((ticks[1].at - 1000.0 / 300.0).abs() < 1e-9);
        assert_eq!(pace(0.0, 0.1, UnitSystem::Metric, 5), []);
    }

    #[test]
    fn the_roundest_pace_lies_between_the_speeds() {
        let label = |low, high| roundest_pace(low, high, UnitSystem::Metric).map(|tick| tick.label);
        assert_eq!(label(2.6, 2.9).as_deref(), Some("6:00"));
        assert_eq!(label(3.5, 3.8).as_deref(), Some("4:30"));
        assert_eq!(label(4.01, 4.03), None);
        assert_eq!(label(0.2, 0.4), None);
    }

    #[test]
    fn months_name_a_year_once() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let labels = |first, last, most| -> Vec<String> {
            let months = months(first, last, most).into_iter();
            months.map(|(_, label)| label).collect()
        };
        assert_eq!(
            labels(day(2025, 10, 20), day(2026, 2, 3), 6),
            ["Nov 2025", "Dec", "Jan 2026", "Feb"]
        );
        assert_eq!(
            labels(day(2025, 2, 1), day(2026, 5, 3), 6),
            ["Apr 2025", "Jul", "Oct", "Jan 2026", "Apr"]
        );
        assert_eq!(
            labels(day(2016, 5, 9), day(2019, 5, 9), 4),
            ["2017", "2018", "2019"]
        );
        assert_eq!(labels(day(2026, 1, 2), day(2026, 1, 30), 6), [""; 0]);
        let ages = labels(day(-3000, 1, 1), day(2026, 1, 1), 6);
        assert!(ages.len() <= 6, "{ages:?}");
    }

    #[test]
    fn dates_name_the_year_where_they_would_come_twice() {
        let monday = NaiveDate::from_ymd_opt(2025, 12, 29).unwrap_or_default();
        let mondays = |count: u64| -> Vec<(f64, NaiveDate)> {
            let days = (0..count).map(|week| monday + Days::new(7 * week));
            (0..).map(as_f64).zip(days).collect()
        };
        let few = days(&mondays(4), Width::Wide);
        assert_eq!(labels(&few), ["29 Dec", "5 Jan", "12 Jan", "19 Jan"]);
        let many = days(&mondays(60), Width::Narrow);
        assert_eq!(labels(&many), ["Apr 2026", "Jul", "Nov", "Feb 2027"]);
        assert_eq!(many.last().map(|tick| tick.at), Some(59.0));
        assert_eq!(days(&[], Width::Wide), []);
    }

    #[test]
    fn an_axis_of_metres_has_round_kilometres_and_miles() {
        let at = |unit| -> Vec<f64> {
            let ticks = in_unit(unit, 0.0, 45_000.0, 5);
            ticks.iter().map(|tick| tick.at).collect()
        };
        assert_eq!(at(1000.0), [0.0, 10_000.0, 20_000.0, 30_000.0, 40_000.0]);
        assert_eq!(at(1609.344), [0.0, 16_093.44, 32_186.88]);
    }

    #[test]
    fn other_numbers_are_round() {
        assert_eq!(
            labels(&round(118.0, 182.0, 4)),
            ["120", "140", "160", "180"]
        );
        assert_eq!(labels(&round(0.0, 1.1, 4)), ["0.0", "0.5", "1.0"]);
        assert_eq!(labels(&round(0.0, 0.13, 3)), ["0.00", "0.05", "0.10"]);
        assert_eq!(round(3.0, 3.0, 4), []);
    }

    #[test]
    fn no_axis_has_a_label_twice() {
        let spans =
            (-4..7).flat_map(|power| [1.0, 1.3, 2.2, 4.9, 9.9].map(|n| n * 10f64.powi(power)));
        for span in spans {
            for most in 1..12 {
                let [metric, imperial] = [UnitSystem::Metric, UnitSystem::Imperial];
                let axes = [
                    round(0.0, span, most),
                    round(-span, 2.0 * span, most),
                    in_unit(3600.0, 0.0, span, most),
                    distance(span, metric, most),
                    distance(span, imperial, most),
                    time(span, most),
                    pace(0.5 * span, span, metric, most),
                ];
                for axis in axes {
                    let mut distinct = labels(&axis);
                    distinct.sort_unstable();
                    distinct.dedup();
                    assert_eq!(distinct.len(), axis.len(), "{span}: {axis:?}");
                }
            }
        }
    }
}
