//! The reference values of an athlete over time: a panel for each, on one axis of time.
//!
//! A line that is known, assumed or given looks different: solid, grey and dashed, thick. The
//! interval around it is a band.

use chrono::NaiveDate;

use crate::history::DatedReferences;
use crate::history::Reference;
use crate::history::ReferenceKind;
use crate::history::ReferenceUnit;
use crate::history::References;
use crate::report::charts::reference_lines::Estimate;
use crate::report::charts::reference_lines::Stretch;
use crate::report::charts::reference_lines::Trust;
use crate::report::charts::reference_lines::newest;
use crate::report::charts::reference_lines::stretches;
use crate::report::drawing::chart;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Key;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Sizes;
use crate::report::drawing::figure::Tick;
use crate::report::drawing::figure::Width;
use crate::report::drawing::frame;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::ticks;
use crate::units::UnitSystem;

/// The title of the chart, by which it is known again.
pub const TITLE: &str = "Reference values of the athlete over time";
/// Height of a panel on a laptop and on a phone.
const HEIGHT_PX: Sizes<u32> = Sizes {
    wide: 92,
    narrow: 80,
};
/// Thickness of lines.
const LINE_PX: u32 = 2;
/// Thickness of lines that the user gave.
const GIVEN_LINE_PX: u32 = 4;
/// Space between the values and the ends of the axis, as a share of their span.
const AXIS_MARGIN: f64 = 0.1;
/// An interval may reach so far beyond all values, as a share of their span; wider ones, as of the
/// first weeks, are cut there, else they would flatten all the rest.
const BAND_BEYOND: f64 = 0.6;

/// Returns the chart as an SVG file, with its legend; empty when no value was ever known.
#[must_use]
pub fn svg(days: &[DatedReferences], units: UnitSystem) -> String {
    figure(days, units, Width::Wide).map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns what is drawn; absent when no value was ever known.
#[must_use]
pub fn figure(days: &[DatedReferences], units: UnitSystem, width: Width) -> Option<Figure> {
    let (first, last) = (days.first()?.day, days.last()?.day);
    let x = ticks::month_axis(first, last, width);
    let panels: Vec<Panel> = References::KINDS
        .iter()
        .filter_map(|kind| panel(kind, days, &x, units, width))
        .collect();
    if panels.is_empty() {
        return None;
    }
    Some(Figure {
        title: TITLE.to_owned(),
        description: description(first, days.last()?, units),
        width,
        x,
        panels,
        legend: legend(),
    })
}

fn legend() -> Vec<Key> {
    vec![
        Key::line(Ink::Pace, LINE_PX, "known"),
        Key::line(Ink::Reference, LINE_PX, "low confidence, or a lower bound"),
        Key::line(Ink::Pace, GIVEN_LINE_PX, "given by the user"),
        Key::pale_block(Ink::Pace, frame::BAND_OPACITY, "90 % interval"),
    ]
}

/// Returns the newest values in words.
fn description(first: NaiveDate, newest: &DatedReferences, units: UnitSystem) -> String {
    let told = newest.references.iter().map(|(kind, reference)| {
        let Some(known) = reference else {
            return format!("{}: not known", kind.name);
        };
        let value = kind.unit.show(known.value, units);
        format!("{}: {value} ({})", kind.name, remark(known))
    });
    let told: Vec<String> = told.collect();
    let format = "%-d %b %Y";
    format!(
        "From {} to {}. The newest values: {}.",
        first.format(format),
        newest.day.format(format),
        told.join("; ")
    )
}

/// Returns the panel of one value; absent when it was never known.
fn panel(
    kind: &ReferenceKind,
    days: &[DatedReferences],
    x: &Axis,
    units: UnitSystem,
    width: Width,
) -> Option<Panel> {
    let stretches = stretches(kind, days);
    let y = value_axis(kind.unit, &stretches, units)?;
    let ink = ink(kind.unit);
    let guides = x.guides((y.low, y.high));
    let bands = stretches.iter().map(|stretch| Shape::Band {
        points: stretch
            .points
            .iter()
            .map(|e| (e.x, e.low, e.high))
            .collect(),
        ink: stretch_ink(stretch.trust, ink),
    });
    let lines = stretches.iter().map(|stretch| Shape::Line {
        points: stretch.points.iter().map(|e| (e.x, e.value)).collect(),
        ink: stretch_ink(stretch.trust, ink),
        width_px: match stretch.trust {
            Trust::Given => GIVEN_LINE_PX,
            Trust::Known | Trust::Unsure => LINE_PX,
        },
    });
    let end = newest(kind, days).map(|(dated, reference)| Shape::End {
        at: reference.value,
        text: kind.unit.show(reference.value, units),
        remark: if days.last().is_some_and(|last| last.day == dated.day) {
            remark(reference)
        } else {
            // Not known any more: say when it was.
            dated.day.format("%b %Y").to_string()
        },
        ink,
    });
    Some(Panel {
        label: format!("{} ({})", kind.name, unit_word(kind.unit, units)),
        height_px: HEIGHT_PX.on(width),
        shapes: guides.chain(bands).chain(lines).chain(end).collect(),
        y,
    })
}

/// Returns the axis that the values need, and of their intervals what is not too far away.
fn value_axis(unit: ReferenceUnit, stretches: &[Stretch], units: UnitSystem) -> Option<Axis> {
    let points = || stretches.iter().flat_map(|stretch| &stretch.points);
    let least = |number: fn(&Estimate) -> f64| points().map(number).min_by(f64::total_cmp);
    let greatest = |number: fn(&Estimate) -> f64| points().map(number).max_by(f64::total_cmp);
    let (low, high) = (least(|e| e.value)?, greatest(|e| e.value)?);
    let span = (high - low).max(least_span(unit));
    let (low_band, high_band) = (least(|e| e.low)?, greatest(|e| e.high)?);
    let low = low.min(low_band.max(low - span * BAND_BEYOND));
    let high = high.max(high_band.min(high + span * BAND_BEYOND));
    let missing = (least_span(unit) - (high - low)).max(0.0) / 2.0;
    let margin = (high - low) * AXIS_MARGIN;
    let (low, high) = ((low - missing - margin).max(0.0), high + missing + margin);
    Some(Axis {
        low,
        high,
        ticks: value_ticks(unit, low, high, units),
    })
}

/// Returns the least span of values that a panel shows, in their unit, so that a small change looks small.
fn least_span(unit: ReferenceUnit) -> f64 {
    match unit {
        ReferenceUnit::MetresPerSecond => 0.4,
        ReferenceUnit::BeatsPerMinute => 12.0,
        ReferenceUnit::Watts => 30.0,
        ReferenceUnit::Ratio => 0.02,
    }
}

/// Returns ticks in the unit that is shown.
fn value_ticks(unit: ReferenceUnit, low: f64, high: f64, units: UnitSystem) -> Vec<Tick> {
    /// Most ticks of a panel.
    const MOST: usize = 4;
    /// One percent.
    const PERCENT: f64 = 0.01;
    match unit {
        ReferenceUnit::MetresPerSecond => ticks::pace(low, high, units, MOST),
        ReferenceUnit::BeatsPerMinute | ReferenceUnit::Watts => ticks::round(low, high, MOST),
        ReferenceUnit::Ratio => ticks::in_unit(PERCENT, low, high, MOST),
    }
}

fn unit_word(unit: ReferenceUnit, units: UnitSystem) -> String {
    match unit {
        ReferenceUnit::MetresPerSecond => format!("min{}", units.pace_unit()),
        ReferenceUnit::BeatsPerMinute => "bpm".to_owned(),
        ReferenceUnit::Watts => "W".to_owned(),
        ReferenceUnit::Ratio => "%".to_owned(),
    }
}

fn ink(unit: ReferenceUnit) -> Ink {
    match unit {
        ReferenceUnit::MetresPerSecond => Ink::Pace,
        ReferenceUnit::BeatsPerMinute => Ink::HeartRate,
        ReferenceUnit::Watts | ReferenceUnit::Ratio => Ink::Power,
    }
}

/// Returns the ink of a stretch: what is not known looks like the reference lines of a run.
fn stretch_ink(trust: Trust, ink: Ink) -> Ink {
    match trust {
        Trust::Given | Trust::Known => ink,
        Trust::Unsure => Ink::Reference,
    }
}

/// Returns how far to trust a value, in a word.
fn remark(reference: &Reference) -> String {
    if reference.is_given() {
        "given".to_owned()
    } else {
        reference.confidence.word().to_owned()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use chrono::Days;

    use super::*;
    use crate::history::Confidence;
    use crate::report::made_up;
    use crate::report::made_up::end;

    /// Returns weeks of values that rise and fall; some are missing, given, assumed.
    fn weeks(count: u32) -> Vec<DatedReferences> {
        let first = made_up::first_day();
        let weeks = (0..count).map(|week| DatedReferences {
            day: first + Days::new(u64::from(week) * 7),
            references: references(week),
        });
        weeks.collect()
    }

    fn references(week: u32) -> References {
        let wave = (f64::from(week) / 8.0).sin();
        let reference = |value: f64, width: f64, confidence: Confidence| {
            Some(Reference {
                value,
                low: value - width,
                high: value + width,
                source: "12 runs".to_owned(),
                date: None,
                confidence,
            })
        };
        let given = Reference {
            source: "given by you from 2026-01-01 on".to_owned(),
            ..reference(4.1, 0.0, Confidence::High).unwrap()
        };
        References {
            easy_speed_m_s: reference(2.9 + 0.2 * wave, 0.1, Confidence::High)
                .filter(|_| !(10..14).contains(&week)),
            critical_speed_m_s: if week > 20 {
                Some(given)
            } else {
                reference(3.9, 0.2, Confidence::LowerBound)
            },
            critical_power_w: None,
            pace_wander: None,
            threshold_heart_rate_bpm: reference(170.0 + wave, 4.0, Confidence::Fair),
            maximum_heart_rate_bpm: reference(188.0, 16.0, Confidence::Low),
            resting_heart_rate_bpm: None,
        }
    }

    /// Returns all numbers of a figure.
    fn numbers(figure: &Figure) -> Vec<f64> {
        let mut all = vec![figure.x.low, figure.x.high];
        for panel in &figure.panels {
            all.extend([panel.y.low, panel.y.high]);
            all.extend(panel.y.ticks.iter().map(|tick| tick.at));
            for shape in &panel.shapes {
                match shape {
                    Shape::Line { points, .. } => {
                        all.extend(points.iter().flat_map(|p| [p.0, p.1]))
                    }
                    Shape::Band { points, .. } => {
                        all.extend(points.iter().flat_map(|p| [p.0, p.1, p.2]));
                    }
                    Shape::End { at, .. } => all.push(*at),
                    other => panic!("{other:?}"),
                }
            }
        }
        all
    }

    fn lines(panel: &Panel) -> Vec<(Ink, u32, usize)> {
        let line = |shape: &Shape| match shape {
            Shape::Line {
                points,
                ink,
                width_px,
            } if *ink != Ink::Grid => Some((*ink, *width_px, points.len())),
            _ => None,
        };
        panel.shapes.iter().filter_map(line).collect()
    }

    #[test]
    fn any_length_of_past_is_drawn_with_a_label_for_each_value() {
        for count in [1, 2, 5, 30, 520] {
            for width in [Width::Wide, Width::Narrow] {
                let figure = figure(&weeks(count), UnitSystem::Metric, width).unwrap();
                assert_eq!(figure.panels.len(), 4);
                assert!(numbers(&figure).iter().all(|number| number.is_finite()));
                assert!(!figure.x.ticks.is_empty(), "{count} weeks without a month");
                assert!(figure.x.ticks.len() <= width.pick(10, 4), "{count} weeks");
                for panel in &figure.panels {
                    assert!(!end(panel).0.is_empty());
                    assert!(!panel.y.ticks.is_empty(), "{}", panel.label);
                    assert!(panel.y.ticks.len() <= 5, "{}", panel.label);
                }
            }
        }
    }

    #[test]
    fn trust_and_gaps_can_be_seen() {
        let figure = figure(&weeks(30), UnitSystem::Metric, Width::Wide).unwrap();
        let [easy, critical, ..] = &figure.panels[..] else {
            panic!("panels are missing");
        };
        assert_eq!(easy.label, "habitual easy pace (min/km)");
        assert_eq!(lines(easy), [(Ink::Pace, 2, 10), (Ink::Pace, 2, 16)]);
        // Week 21 belongs to both lines, so that they meet.
        assert_eq!(
            lines(critical),
            [(Ink::Reference, 2, 22), (Ink::Pace, 4, 9)]
        );
        assert_eq!(end(critical), ("4:04/km", "given"));
        assert_eq!(end(&figure.panels[3]), ("188 bpm", "low"));
        assert!(figure.description.contains("resting heart rate: not known"));
        assert!(
            figure
                .description
                .starts_with("From 2 Mar 2026 to 21 Sep 2026. ")
        );
    }

    #[test]
    fn a_value_that_is_no_longer_known_says_when_it_was() {
        let mut days = weeks(9);
        for dated in &mut days[6..] {
            dated.references.threshold_heart_rate_bpm = None;
        }
        let figure = figure(&days, UnitSystem::Imperial, Width::Wide).unwrap();
        assert_eq!(end(&figure.panels[2]), ("171 bpm", "Apr 2026"));
        assert_eq!(end(&figure.panels[1]).0, "6:53/mi");
    }

    #[test]
    fn a_wide_interval_does_not_flatten_the_line() {
        let mut days = weeks(30);
        let easy = days[0].references.easy_speed_m_s.as_mut().unwrap();
        (easy.low, easy.high) = (0.1, 30.0);
        let figure = figure(&days, UnitSystem::Metric, Width::Wide).unwrap();
        let y = &figure.panels[0].y;
        assert!(y.low > 2.0 && y.high < 3.8, "{} {}", y.low, y.high);
    }

    #[test]
    fn what_is_no_number_is_a_gap_and_nothing_is_no_chart() {
        let mut days = weeks(3);
        let easy = days[1].references.easy_speed_m_s.as_mut().unwrap();
        easy.low = f64::NAN;
        let drawn = figure(&days, UnitSystem::Metric, Width::Wide).unwrap();
        assert!(numbers(&drawn).iter().all(|number| number.is_finite()));
        assert_eq!(lines(&drawn.panels[0]).len(), 2);
        assert_eq!(svg(&[], UnitSystem::Metric), "");
        assert_eq!(svg(&[DatedReferences::default()], UnitSystem::Metric), "");
    }

    #[test]
    fn the_file_explains_itself() {
        let svg = svg(&weeks(30), UnitSystem::Metric);
        assert!(svg.contains("<title>Reference values of the athlete over time</title>"));
        assert!(svg.contains("low confidence, or a lower bound") && svg.contains("90 % interval"));
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
    }
}
