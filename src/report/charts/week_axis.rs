//! What the weekly charts of a block have in common: which weeks they show, where each stands, how
//! high the axis is.

use chrono::NaiveDate;

use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Key;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::layout;
use crate::report::drawing::ticks;
use crate::review::Week;

/// The share of a week's room that its bar takes.
const BAR_SHARE: f64 = 0.68;
/// The least width of a bar; of more weeks than have room the last ones are shown.
const LEAST_BAR_PX: f64 = 2.0;
/// Opacity of a week that lies in the block only in part: so pale that no dark part of it looks like
/// a light part of another.
const PART_OPACITY: f64 = 0.4;
/// Space above the highest bar, as a share of it.
const HEADROOM: f64 = 1.06;
/// Whole weeks from which on one of them can be told to be a giant.
const LEAST_WEEKS: usize = 4;
/// The share of weeks below the one by which giants are measured.
const USUAL_SHARE: f64 = 0.9;
/// A week of more than so many times that one is cut, else it would flatten all the rest.
const GIANT_RATIO: f64 = 2.0;

/// The weeks of a chart.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct WeekAxis<'a> {
    /// The weeks that are shown, oldest first.
    pub(in crate::report) weeks: &'a [Week],
    /// The number of weeks of the block.
    all: usize,
    width: Width,
}

impl<'a> WeekAxis<'a> {
    /// Picks the weeks that have room.
    pub(in crate::report) fn new(weeks: &'a [Week], width: Width) -> Self {
        let room = layout::plot_width_px(width) * BAR_SHARE / LEAST_BAR_PX;
        let hidden = (0..weeks.len())
            .find(|hidden| ticks::as_f64(weeks.len() - hidden) <= room)
            .unwrap_or_default();
        Self {
            weeks: &weeks[hidden..],
            all: weeks.len(),
            width,
        }
    }

    /// Returns the horizontal axis.
    pub(in crate::report) fn x(&self) -> Axis {
        let mondays = (0..).map(ticks::as_f64);
        let mondays = mondays.zip(self.weeks.iter().map(|week| week.monday));
        Axis {
            low: -0.5,
            high: ticks::as_f64(self.weeks.len()) - 0.5,
            ticks: ticks::days(&mondays.collect::<Vec<_>>(), self.width),
        }
    }

    /// Returns the upper end of the vertical axis: the highest week, but for a giant; absent when
    /// all weeks are empty.
    pub(in crate::report) fn high(&self, value: impl Fn(&Week) -> f64) -> Option<f64> {
        let most = self.weeks.iter().map(&value).max_by(f64::total_cmp)?;
        let high = self.giant(&value).map_or(most, |giant| most.min(giant));
        (high > 0.0).then_some(high * HEADROOM)
    }

    /// Returns the weeks that reach beyond the axis.
    pub(in crate::report) fn cut(&self, value: impl Fn(&Week) -> f64) -> Vec<&'a Week> {
        let high = self.high(&value);
        let is_cut = |week: &&Week| high.is_some_and(|high| value(week) > high);
        self.weeks.iter().filter(is_cut).collect()
    }

    /// Returns the value from which on a week is a giant; absent when too few weeks are known.
    fn giant(&self, value: impl Fn(&Week) -> f64) -> Option<f64> {
        let whole = self.weeks.iter().filter(|week| week.is_whole());
        let mut values: Vec<f64> = whole.map(value).filter(|value| *value > 0.0).collect();
        if values.len() < LEAST_WEEKS {
            return None;
        }
        values.sort_by(f64::total_cmp);
        // Of few weeks the rank below, not the nearest: else the giant is measured by itself.
        let below = ticks::as_f64(values.len() - 1) * USUAL_SHARE;
        let usual = (0..values.len()).rfind(|index| ticks::as_f64(*index) <= below)?;
        Some(values[usual] * GIANT_RATIO)
    }

    /// Returns from where to where the bar of a week reaches.
    pub(in crate::report) fn bar(index: usize) -> (f64, f64) {
        let centre = ticks::as_f64(index);
        (centre - BAR_SHARE / 2.0, centre + BAR_SHARE / 2.0)
    }

    /// Returns the width of a bar on the screen.
    pub(in crate::report) fn bar_px(&self) -> f64 {
        layout::plot_width_px(self.width) * BAR_SHARE / ticks::as_f64(self.weeks.len().max(1))
    }

    /// Returns the place of the week of a day; absent when it is not shown.
    pub(in crate::report) fn place(&self, day: NaiveDate) -> Option<usize> {
        let last = self.weeks.last()?;
        let is_after = (day - last.monday).num_days() >= 7;
        let place = self.weeks.iter().rposition(|week| week.monday <= day);
        place.filter(|_| !is_after)
    }

    /// Returns what is to be said of weeks that have no room, as in ", the last 89 of 600 weeks".
    pub(in crate::report) fn note(&self) -> String {
        if self.weeks.len() == self.all {
            String::new()
        } else {
            format!(", the last {} of {} weeks", self.weeks.len(), self.all)
        }
    }

    /// Returns the entry of the legend for weeks that are not whole, if there are any.
    pub(in crate::report) fn part_key(&self, ink: Ink) -> Option<Key> {
        let has_part = self.weeks.iter().any(|week| !week.is_whole());
        has_part.then(|| Key::pale_block(ink, PART_OPACITY, "paler: not a whole week"))
    }
}

/// Returns how opaque the bar of a week is.
pub(in crate::report) fn opacity(week: &Week) -> f64 {
    if week.is_whole() { 1.0 } else { PART_OPACITY }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::report::made_up;

    fn weeks(hours: &[f64]) -> Vec<Week> {
        let week = |(index, hours): (u64, &f64)| Week {
            monday: made_up::first_day() + Days::new(index * 7),
            days_in_block: 7,
            moving_s: *hours,
            ..Week::default()
        };
        (0..).zip(hours).map(week).collect()
    }

    #[test]
    fn of_too_many_weeks_the_last_ones_are_shown_and_the_chart_says_so() {
        for (count, width, shown) in [
            (1, Width::Narrow, 1),
            (60, Width::Narrow, 60),
            (600, Width::Narrow, 89),
            (600, Width::Wide, 304),
        ] {
            let weeks = weeks(&vec![1.0; count]);
            let axis = WeekAxis::new(&weeks, width);
            assert_eq!(axis.weeks.len(), shown);
            assert_eq!(axis.weeks.last(), weeks.last());
            assert_eq!(axis.note().is_empty(), shown == count);
            assert!(axis.bar_px() >= LEAST_BAR_PX);
            let ticks = axis.x().ticks;
            assert!(
                !ticks.is_empty() && ticks.len() <= width.pick(12, 5),
                "{count}"
            );
        }
        assert_eq!(
            WeekAxis::new(&weeks(&[1.0; 600]), Width::Narrow).note(),
            ", the last 89 of 600 weeks"
        );
    }

    #[test]
    fn one_giant_week_is_cut_and_growing_weeks_are_not() {
        let high = |hours: &[f64]| {
            let weeks = weeks(hours);
            WeekAxis::new(&weeks, Width::Wide).high(|week| week.moving_s)
        };
        assert_eq!(high(&[5.0, 6.0, 5.0, 6.0, 40.0]), Some(12.0 * HEADROOM));
        assert_eq!(high(&[1.0, 2.0, 4.0, 6.0, 8.0]), Some(8.0 * HEADROOM));
        assert_eq!(high(&[1.0, 40.0]), Some(40.0 * HEADROOM));
        assert_eq!(high(&[0.0, 0.0]), None);
        assert_eq!(high(&[]), None);
        let weeks = weeks(&[5.0, 6.0, 5.0, 6.0, 40.0]);
        let axis = WeekAxis::new(&weeks, Width::Wide);
        assert_eq!(axis.cut(|week| week.moving_s), [&weeks[4]]);
    }

    #[test]
    fn a_day_has_the_place_of_its_week() {
        let weeks = weeks(&[1.0, 1.0]);
        let axis = WeekAxis::new(&weeks, Width::Wide);
        let day = |days| made_up::first_day() + Days::new(days);
        assert_eq!(axis.place(day(6)), Some(0));
        assert_eq!(axis.place(day(7)), Some(1));
        assert_eq!(axis.place(day(14)), None);
        assert_eq!(axis.place(made_up::first_day() - Days::new(1)), None);
    }
}
