//! Heart-rate drift of a steady run: heart rate against effort speed, the first half and the second.

use crate::classification::Session;
use crate::report::drawing::chart;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Sizes;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::layout;
use crate::report::drawing::letters;
use crate::report::drawing::near_median::near_median;
use crate::report::drawing::ticks;
use crate::streams::Streams;
use crate::summary::DriftHalf;
use crate::summary::drift_halves;
use crate::units::MetresPerSecond;
use crate::units::UnitSystem;

/// A dot is the mean of so much running.
///
/// # Units
/// Seconds moving.
const DOT_S: usize = 60;
/// The same in longer runs: else the dots would lie upon each other.
///
/// # Units
/// Seconds moving.
const LONG_DOT_S: usize = 300;
/// Runs from this duration on are longer.
///
/// # Units
/// Seconds.
const LONG_S: usize = 7200;
/// Dots farther from the median do not set the axes: a spike would flatten all the rest.
///
/// # Units
/// Ratio, of speeds and of heart rates. Chosen: five minutes of a steady run vary by a twentieth.
const FAR_OFF: f64 = 0.15;
/// The least span of speeds, so that even running looks even.
///
/// # Units
/// Metres per second.
const LEAST_SPAN_M_S: f64 = 0.4;
/// The least span of heart rates.
///
/// # Units
/// Beats per minute.
const LEAST_SPAN_BPM: f64 = 16.0;
/// Space around the dots, as a share of their span.
const MARGIN: f64 = 0.12;
/// Height of the chart on a laptop and on a phone.
const HEIGHT_PX: Sizes<u32> = Sizes {
    wide: 260,
    narrow: 220,
};
/// Radius of a dot.
const DOT_PX: u32 = 3;
/// Radius of the mean of a half.
const MEAN_PX: u32 = 7;
/// Height of the row that says which dots are which half.
const LEGEND_PX: u32 = 18;
/// Radius of its dots.
const LEGEND_DOT_PX: u32 = 5;

/// Returns the chart of a run for a laptop as an SVG file; empty when it has no drift.
#[must_use]
pub fn svg(session: &Session, streams: &Streams, units: UnitSystem) -> String {
    figure(session, streams, units, Width::Wide)
        .map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns what is drawn; absent when the run has a reason in place of a drift.
#[must_use]
pub fn figure(
    session: &Session,
    streams: &Streams,
    units: UnitSystem,
    width: Width,
) -> Option<Figure> {
    let percent = session.drift.pa_hr_pct?;
    let stretch_s = if streams.len() < LONG_S {
        DOT_S
    } else {
        LONG_DOT_S
    };
    let halves = drift_halves(streams, stretch_s)?;
    let axis = |value: fn(&(f64, f64)) -> f64, least: f64| {
        let dots = halves.iter().flat_map(|half| &half.means).map(value);
        let (low, high) = near_median(dots, FAR_OFF)?;
        let margin = ((least - (high - low)) / 2.0).max((high - low) * MARGIN);
        Some((low - margin, high + margin))
    };
    let (slow, fast) = axis(|(speed, _)| *speed, LEAST_SPAN_M_S)?;
    let (low, high) = axis(|(_, beats)| *beats, LEAST_SPAN_BPM)?;
    let x = Axis {
        low: slow,
        high: fast,
        ticks: ticks::pace_across(slow, fast, units, width.pick(9, 5)),
    };
    let y = Axis {
        low,
        high,
        ticks: ticks::round(low, high, 5),
    };
    let mut shapes = vec![as_before(&halves[0], &x, &y)];
    shapes.extend(dots(&halves));
    shapes.extend(means(&halves));
    let label = format!(
        "heart rate (bpm) by grade-adjusted pace (min{})",
        units.pace_unit()
    );
    Some(Figure {
        title: "Heart rate against grade-adjusted pace".to_owned(),
        description: description(&halves, percent, units),
        width,
        // The first panel says what the dots are, beside their means.
        legend: Vec::new(),
        panels: vec![
            legend(percent, &x, width),
            Panel {
                label,
                height_px: HEIGHT_PX.on(width),
                y,
                shapes,
            },
        ],
        x,
    })
}

/// Returns the heart rates that would have cost as many beats for each metre as the first half.
fn as_before(first: &DriftHalf, x: &Axis, y: &Axis) -> Shape {
    let beats = first.heart_rate_bpm / first.effort_speed_m_s;
    // Only as far as it stays within the panel.
    let (low, high) = (x.low.max(y.low / beats), x.high.min(y.high / beats));
    Shape::Line {
        points: vec![(low, low * beats), (high, high * beats)],
        ink: Ink::Reference,
        width_px: 2,
    }
}

/// Returns the ink of a half and whether its dots are full.
fn form(half: usize) -> (Ink, bool) {
    if half == 0 {
        (Ink::Pace, false)
    } else {
        (Ink::HeartRate, true)
    }
}

fn dots(halves: &[DriftHalf; 2]) -> Vec<Shape> {
    let dots = halves
        .iter()
        .enumerate()
        .flat_map(|(number, half)| half.means.iter().map(move |at| dot(number, *at, DOT_PX)));
    dots.collect()
}

fn dot(half: usize, at: (f64, f64), radius_px: u32) -> Shape {
    let (ink, filled) = form(half);
    Shape::Dot {
        at,
        radius_px,
        ink,
        filled,
    }
}

/// Returns the mean of each half on a ground of its own.
fn means(halves: &[DriftHalf; 2]) -> Vec<Shape> {
    let means = halves.iter().enumerate().flat_map(|(number, half)| {
        let at = middle(half);
        let ground = Shape::Dot {
            at,
            radius_px: MEAN_PX + 2,
            ink: Ink::Ground,
            filled: true,
        };
        [ground, dot(number, at, MEAN_PX)]
    });
    means.collect()
}

fn middle(half: &DriftHalf) -> (f64, f64) {
    (half.effort_speed_m_s, half.heart_rate_bpm)
}

/// Returns the row that says which dots are which half, and the drift.
fn legend(percent: f64, x: &Axis, width: Width) -> Panel {
    /// From the left end to the first dot, from a dot to its words, from words to the next dot.
    const SPACES_PX: [f64; 3] = [10.0, 12.0, 20.0];
    let words = [
        width.pick("first half", "1st half").to_owned(),
        format!(
            "{}: drift {percent:+.1} %",
            width.pick("second half", "2nd half")
        ),
    ];
    let unit_px = layout::plot_width_px(width) / (x.high - x.low);
    let place = |px: f64| (x.low + px / unit_px, 0.5);
    let mut left_px = SPACES_PX[0];
    let mut shapes = Vec::new();
    for (half, text) in words.into_iter().enumerate() {
        let width_px = letters::text_width_px(&text);
        let middle_px = left_px + SPACES_PX[1] + width_px / 2.0;
        shapes.push(dot(half, place(left_px), LEGEND_DOT_PX));
        shapes.push(Shape::Text {
            at: place(middle_px),
            text,
            ink: Ink::Label,
        });
        left_px = middle_px + width_px / 2.0 + SPACES_PX[2];
    }
    Panel {
        label: String::new(),
        height_px: LEGEND_PX,
        y: Axis::plain(0.0, 1.0),
        shapes,
    }
}

fn description(halves: &[DriftHalf; 2], percent: f64, units: UnitSystem) -> String {
    let [first, second] = halves.each_ref().map(|half| {
        let pace = MetresPerSecond(half.effort_speed_m_s).show_pace(units);
        format!("{:.0} bpm at {pace}", half.heart_rate_bpm)
    });
    format!(
        "Drift {percent:+.1} %: first half {first} (hollow), second half {second} (full). On the \
         dashed line a heartbeat buys as much as in the first half."
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::report::made_up;

    /// Returns a steady run of an hour: 140 beats, then 147 from minute 35 on.
    fn steady() -> (Session, Streams) {
        let (mut session, mut streams) = made_up::intervals();
        session.drift.pa_hr_pct = Some(4.8);
        session.drift.reason = None;
        let seconds = 3600;
        let beats = |second| if second < 2100 { 140.0 } else { 147.0 };
        streams.heart_rate_bpm = (0..seconds).map(beats).collect();
        streams.speed_m_s = vec![3.0; seconds].into_iter().collect();
        streams.effort_speed_m_s = vec![3.0; seconds].into_iter().collect();
        streams.distance_m = crate::channel::Channel::default();
        streams.paused = vec![false; seconds];
        streams.gap = vec![false; seconds];
        streams.suspect = vec![false; seconds];
        (session, streams)
    }

    fn of_half(figure: &Figure, full: bool) -> Vec<(f64, f64)> {
        let dot = |shape: &Shape| match shape {
            Shape::Dot {
                at, filled, ink, ..
            } if *filled == full && *ink != Ink::Ground => Some(*at),
            _ => None,
        };
        figure.panels[1].shapes.iter().filter_map(dot).collect()
    }

    #[test]
    fn the_halves_are_told_apart_and_the_drift_is_written() {
        let (session, streams) = steady();
        let figure = figure(&session, &streams, UnitSystem::Metric, Width::Wide).unwrap();
        // 25 minutes each, and the mean.
        assert_eq!(of_half(&figure, false), [(3.0, 140.0); 26]);
        assert_eq!(of_half(&figure, true), [(3.0, 147.0); 26]);
        let texts: Vec<&Shape> = figure.panels[0].shapes.iter().collect();
        assert!(format!("{texts:?}").contains("second half: drift +4.8 %"));
        assert_eq!(
            figure.description,
            "Drift +4.8 %: first half 140 bpm at 5:33/km (hollow), second half 147 bpm at 5:33/km \
             (full). On the dashed line a heartbeat buys as much as in the first half."
        );
    }

    #[test]
    fn a_spike_does_not_flatten_the_rest() {
        let (session, mut streams) = steady();
        let axes = |streams: &Streams| {
            let figure = figure(&session, streams, UnitSystem::Metric, Width::Wide).unwrap();
            let y = figure.panels[1].y.clone();
            (figure.x.low, figure.x.high, y.low, y.high)
        };
        let plain = axes(&streams);
        let spiked = |second| {
            if (700..760).contains(&second) {
                230.0
            } else {
                140.0
            }
        };
        streams.heart_rate_bpm = (0..3600).map(spiked).collect();
        let (_, _, low, high) = axes(&streams);
        assert!(high - low < 20.0, "{low} {high}");
        assert!((plain.1 - plain.0 - 0.4).abs() < 1e-9);
    }

    #[test]
    fn the_marks_are_the_same_in_both_systems_and_no_letters_collide() {
        let (session, streams) = steady();
        for width in [Width::Wide, Width::Narrow] {
            let of = |units| figure(&session, &streams, units, width).unwrap();
            let (metric, imperial) = (of(UnitSystem::Metric), of(UnitSystem::Imperial));
            assert_eq!(made_up::marks(&metric), made_up::marks(&imperial));
            assert_eq!(made_up::colliding(&metric), []);
            assert_ne!(metric.x.ticks, imperial.x.ticks);
        }
    }

    #[test]
    fn without_a_drift_there_is_no_chart() {
        let (session, streams) = made_up::intervals();
        assert_eq!(svg(&session, &streams, UnitSystem::Metric), "");
        let (session, _) = steady();
        assert_eq!(svg(&session, &Streams::default(), UnitSystem::Metric), "");
    }
}
