//! How much was run in each week: the longest run told apart from the rest, and above the bars the
//! weeks with a race, with a run much longer than usual, and the easier ones.

use crate::report::charts::week_axis;
use crate::report::charts::week_axis::WeekAxis;
use crate::report::charts::week_lanes;
use crate::report::charts::week_lanes::Lane;
use crate::report::content::partial_sums;
use crate::report::drawing::chart;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Bar;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Key;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::letters;
use crate::report::drawing::ticks;
use crate::review::Review;
use crate::review::Week;
use crate::units::SECONDS_PER_HOUR;
use crate::units::UnitSystem;

/// Height of the bars.
const HEIGHT_PX: u32 = 190;
/// The least height of a bar that holds letters.
const LETTERS_PX: f64 = 16.0;
/// The least share of runs without a distance from which on time is drawn instead.
///
/// # Units
/// Ratio. Our choice: a tenth of the volume missing is seen in a bar.
const MISSING_SHARE: f64 = 0.1;

/// Returns the chart of a block as an SVG file; empty when nothing was run.
#[must_use]
pub fn svg(review: &Review, units: UnitSystem) -> String {
    figure(review, units, Width::Wide).map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns what is drawn; absent when nothing was run.
#[must_use]
pub fn figure(review: &Review, units: UnitSystem, width: Width) -> Option<Figure> {
    let axis = WeekAxis::new(&review.weeks, width);
    let measure = Measure::of(review);
    let high = axis.high(|week| measure.volume(week))?;
    let unit = measure.unit(units);
    let lanes = week_lanes::lanes(review, &axis);
    let bars = Panel {
        label: label(review, &axis, measure, units),
        height_px: HEIGHT_PX,
        y: Axis {
            low: 0.0,
            high,
            ticks: ticks::in_unit(unit.0, 0.0, high, 5),
        },
        shapes: bars(&axis, measure, high),
    };
    Some(Figure {
        title: "Volume of running, week by week".to_owned(),
        description: description(&axis, measure, units),
        width,
        x: axis.x(),
        legend: legend(&axis, &lanes),
        panels: week_lanes::panel(&lanes, width)
            .into_iter()
            .chain([bars])
            .collect(),
    })
}

/// By what the volume is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Distance,
    /// The distance of some runs is not known.
    Time,
}

impl Measure {
    fn of(review: &Review) -> Self {
        let totals = &review.totals;
        let missing = ticks::as_f64(totals.runs.saturating_sub(totals.measured_runs));
        if missing < MISSING_SHARE * ticks::as_f64(totals.runs.max(1)) {
            Measure::Distance
        } else {
            Measure::Time
        }
    }

    /// Returns the volume of a week; absent where nothing is known of its runs.
    fn known(self, week: &Week) -> Option<f64> {
        match self {
            Measure::Distance => week.distance_m,
            Measure::Time => Some(week.moving_s),
        }
    }

    /// Returns the height of the bar of a week.
    fn volume(self, week: &Week) -> f64 {
        self.known(week).unwrap_or(0.0)
    }

    fn longest(self, week: &Week) -> f64 {
        match self {
            Measure::Distance => week.longest_run_m.unwrap_or(0.0),
            Measure::Time => week.longest_run_s,
        }
    }

    /// Returns the size of the shown unit in that of the axis, and its name.
    fn unit(self, units: UnitSystem) -> (f64, &'static str) {
        match self {
            Measure::Distance => (units.distance_m(), units.distance_unit()),
            Measure::Time => (SECONDS_PER_HOUR, "h"),
        }
    }

    fn show(self, week: &Week, units: UnitSystem) -> String {
        let (unit, name) = self.unit(units);
        match self {
            Measure::Distance => format!("{:.0} {name}", self.volume(week) / unit),
            Measure::Time => format!("{:.1} {name}", self.volume(week) / unit),
        }
    }
}

/// Returns what is measured, and what the bars do not show.
fn label(review: &Review, axis: &WeekAxis<'_>, measure: Measure, units: UnitSystem) -> String {
    let totals = &review.totals;
    let part = partial_sums::of_runs(totals.measured_runs, totals.runs);
    let (_, unit) = measure.unit(units);
    let what = match measure {
        Measure::Distance if part.is_empty() => unit.to_owned(),
        Measure::Distance => format!("{unit} ({part})"),
        Measure::Time if part.is_empty() => "hours (no distance recorded)".to_owned(),
        Measure::Time => format!("hours (distance only {part})"),
    };
    let cut = axis.cut(|week| measure.volume(week)).into_iter();
    let cut: Vec<String> = cut
        .map(|week| format!(", {} cut: {}", week.name, measure.show(week, units)))
        .collect();
    format!("{what}{}{}", axis.note(), cut.concat())
}

fn description(axis: &WeekAxis<'_>, measure: Measure, units: UnitSystem) -> String {
    let volume = |a: &&Week, b: &&Week| measure.volume(a).total_cmp(&measure.volume(b));
    let known = || {
        axis.weeks
            .iter()
            .filter(|week| measure.known(week).is_some())
    };
    let least = known().min_by(volume);
    let most = known().max_by(volume);
    let range = least.zip(most).map_or_else(String::new, |(least, most)| {
        let (least, most) = (measure.show(least, units), measure.show(most, units));
        format!(" of {least} to {most}")
    });
    format!(
        "{} weeks{range}. The table of weeks gives the same in numbers.",
        axis.weeks.len()
    )
}

/// Returns the longest run and the rest of each week, with the share of the longest run where it has
/// room.
fn bars(axis: &WeekAxis<'_>, measure: Measure, high: f64) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for (index, week) in axis.weeks.iter().enumerate() {
        let (volume, longest) = (measure.volume(week), measure.longest(week));
        let x = WeekAxis::bar(index);
        let parts = [
            ((0.0, longest), Ink::LongRun),
            ((longest, volume), Ink::Volume),
        ];
        let parts = parts.into_iter().filter(|(y, _)| y.1 > y.0);
        shapes.extend(parts.map(|(y, ink)| {
            let opacity = week_axis::opacity(week);
            Shape::Bar(Bar { x, y, ink, opacity })
        }));
        shapes.extend(share(week, measure, index, axis.bar_px(), high));
    }
    shapes
}

/// Returns the share of the longest run in a whole week, if there is room for it.
fn share(week: &Week, measure: Measure, index: usize, bar_px: f64, high: f64) -> Option<Shape> {
    let (volume, longest) = (measure.volume(week), measure.longest(week));
    let text = format!("{:.0} %", 100.0 * longest / volume);
    let height_px = longest.min(high) / high * f64::from(HEIGHT_PX);
    let has_room = bar_px > letters::text_width_px(&text) && height_px > LETTERS_PX;
    (week.is_whole() && volume > 0.0 && has_room).then(|| Shape::Text {
        at: (ticks::as_f64(index), longest.min(high) / 2.0),
        text,
        ink: Ink::LongRun.letters(),
    })
}

fn legend(axis: &WeekAxis<'_>, lanes: &[Lane]) -> Vec<Key> {
    let bars = [
        Key::block(Ink::LongRun, "longest run of the week, and its share"),
        Key::block(Ink::Volume, "other runs"),
    ];
    let marks = lanes
        .iter()
        .map(|lane| Key::dot(lane.ink, lane.filled, lane.meaning));
    bars.into_iter()
        .chain(axis.part_key(Ink::Volume))
        .chain(marks)
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::report::made_up;
    use crate::review::Finding;
    use crate::review::Grade;
    use crate::review::Tone;
    use crate::vocabulary::SessionKind;

    fn review(weeks: u32) -> Review {
        made_up::review(&made_up::season(weeks))
    }

    fn drawn(review: &Review) -> Figure {
        figure(review, UnitSystem::Metric, Width::Wide).unwrap()
    }

    fn bars(figure: &Figure) -> Vec<&Bar> {
        let mut bars = Vec::new();
        for shape in &figure.panels.last().unwrap().shapes {
            if let Shape::Bar(bar) = shape {
                bars.push(bar);
            }
        }
        bars
    }

    fn texts(figure: &Figure) -> Vec<&str> {
        let mut texts = Vec::new();
        for shape in &figure.panels.last().unwrap().shapes {
            if let Shape::Text { text, .. } = shape {
                texts.push(text.as_str());
            }
        }
        texts
    }

    #[test]
    fn the_longest_run_stands_below_the_rest_with_its_share() {
        let mut review = review(2);
        for week in &mut review.weeks {
            (week.distance_m, week.longest_run_m) = (Some(60_000.0), Some(18_000.0));
        }
        review.weeks[1].days_in_block = 4;
        let figure = drawn(&review);
        let parts: Vec<_> = bars(&figure).iter().map(|bar| (bar.ink, bar.y)).collect();
        let longest = (Ink::LongRun, (0.0, 18_000.0));
        let rest = (Ink::Volume, (18_000.0, 60_000.0));
        assert_eq!(parts, [longest, rest, longest, rest]);
        assert!(bars(&figure)[2].opacity < bars(&figure)[0].opacity);
        assert_eq!(texts(&figure), ["30 %"]);
        let ticks = &figure.panels.last().unwrap().y.ticks;
        assert_eq!((ticks[1].at, ticks[1].label.as_str()), (20_000.0, "20"));
        assert!(figure.description.starts_with("2 weeks of 60 km to 60 km."));
        assert!(figure.legend.iter().any(|key| key.text.contains("paler")));
    }

    #[test]
    fn races_spikes_and_easier_weeks_are_marked() {
        let mut review = review(6);
        assert_eq!(drawn(&review).panels.len(), 1);
        review.weeks[5].moving_s /= 2.0;
        review.sessions[12].kind = SessionKind::Race;
        review.findings = vec![Finding {
            id: "single_run_spike".to_owned(),
            tone: Tone::Look,
            text: String::new(),
            numbers: Vec::new(),
            sessions: vec![review.sessions[6].id.clone()],
            grade: Grade::WellSupported,
            source: String::new(),
            weight: 1.0,
        }];
        let figure = drawn(&review);
        let [lanes, _] = &figure.panels[..] else {
            panic!("no marks");
        };
        let labels: Vec<&str> = lanes.y.ticks.iter().map(|t| t.label.as_str()).collect();
        assert_eq!(labels, ["race", "spike", "easier"]);
        let at = |shape: &Shape| match shape {
            Shape::Dot { at, filled, .. } => (at.0, at.1, *filled),
            other => panic!("{other:?}"),
        };
        let marks: Vec<_> = lanes.shapes.iter().map(at).collect();
        assert_eq!(
            marks,
            [(2.0, 2.5, true), (1.0, 1.5, false), (5.0, 0.5, true)]
        );
        // No spike is marked when the finding says that there was none.
        review.findings[0].tone = Tone::Good;
        assert_eq!(drawn(&review).panels[0].y.ticks.len(), 2);
    }

    #[test]
    fn time_is_drawn_where_distance_is_missing() {
        let mut review = review(4);
        assert_eq!(drawn(&review).panels[0].label, "km");
        assert_eq!(review.totals.runs, 20);
        review.totals.measured_runs = 19;
        review.weeks[0].distance_m = None;
        let figure = drawn(&review);
        assert_eq!(figure.panels[0].label, "km (of 19 of 20 runs)");
        assert!(
            !figure.description.contains(" 0 km"),
            "{}",
            figure.description
        );
        review.totals.measured_runs = 18;
        let figure = drawn(&review);
        let label = "hours (distance only of 18 of 20 runs)";
        assert_eq!(figure.panels[0].label, label);
        let difference_s = bars(&figure)[1].y.1 - review.weeks[0].moving_s;
        assert!(difference_s.abs() < 1e-9);
    }

    #[test]
    fn the_marks_are_the_same_in_both_units() {
        let review = review(12);
        for width in [Width::Wide, Width::Narrow] {
            let [metric, imperial] = [UnitSystem::Metric, UnitSystem::Imperial]
                .map(|units| figure(&review, units, width).unwrap());
            let shapes = |figure: &Figure| -> Vec<Vec<Shape>> {
                figure.panels.iter().map(|p| p.shapes.clone()).collect()
            };
            assert_eq!(shapes(&metric), shapes(&imperial));
            assert_eq!(metric.x, imperial.x);
            assert_eq!(imperial.panels[0].label, "mi");
            assert_ne!(metric.panels[0].y.ticks, imperial.panels[0].y.ticks);
        }
    }

    #[test]
    fn one_giant_week_is_cut_and_named() {
        let mut review = review(6);
        review.weeks[2].distance_m = Some(400_000.0);
        let figure = drawn(&review);
        let panel = &figure.panels[0];
        assert!(panel.y.high < 150_000.0);
        assert_eq!(panel.label, "km, 2026-W12 cut: 400 km");
    }

    #[test]
    fn any_number_of_weeks_is_drawn_in_both_widths() {
        for weeks in [1, 12, 60, 600] {
            let mut review = review(1);
            review.weeks = vec![review.weeks[0].clone(); weeks];
            for width in [Width::Wide, Width::Narrow] {
                let figure = figure(&review, UnitSystem::Metric, width).unwrap();
                assert!(figure.x.ticks.len() <= width.pick(12, 5));
                assert!(!bars(&figure).is_empty());
            }
        }
    }

    #[test]
    fn without_running_there_is_no_chart() {
        assert_eq!(svg(&Review::default(), UnitSystem::Metric), "");
        let mut review = review(1);
        for week in &mut review.weeks {
            (week.distance_m, week.moving_s) = (Some(0.0), 0.0);
        }
        assert_eq!(svg(&review, UnitSystem::Metric), "");
    }
}
