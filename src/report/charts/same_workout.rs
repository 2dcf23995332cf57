//! The repetitions of a workout beside those of the same workout before: a line a session.

use crate::classification::Session;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Key;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Tick;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::ticks;
use crate::units::UnitSystem;

/// Height of the panel.
const HEIGHT_PX: u32 = 120;
/// Marked paces, at most.
const MOST_TICKS: usize = 4;
/// Radius of the mark of a repetition.
const DOT_PX: u32 = 3;
/// Thickness of the line of this session.
const LINE_PX: u32 = 2;
/// Room above the fastest and below the slowest repetition, as a share of its speed.
const ROOM: f64 = 0.02;

/// Returns what is drawn; absent without a workout before, and without speeds.
#[must_use]
pub fn figure(
    session: &Session,
    before: &[&Session],
    units: UnitSystem,
    width: Width,
) -> Option<Figure> {
    let own = speeds(session);
    let others: Vec<Vec<f64>> = before.iter().map(|other| speeds(other)).collect();
    let most = others.iter().map(Vec::len).max()?.max(own.len());
    let all = || own.iter().chain(others.iter().flatten()).copied();
    let slowest = all().reduce(f64::min)? * (1.0 - ROOM);
    let fastest = all().reduce(f64::max)? * (1.0 + ROOM);
    let mut shapes: Vec<Shape> = Vec::new();
    for other in others.iter().rev() {
        shapes.push(line(other, Ink::Earlier, 1));
    }
    shapes.push(line(&own, Ink::Pace, LINE_PX));
    shapes.extend(own.iter().enumerate().map(|(index, speed)| Shape::Dot {
        at: (place(index), *speed),
        radius_px: DOT_PX,
        ink: Ink::Pace,
        filled: true,
    }));
    Some(Figure {
        title: "The repetitions beside those of the same workout before".to_owned(),
        description: format!(
            "Pace of each repetition of this session and of {}.",
            crate::units::plural(before.len(), "session before")
        ),
        width,
        x: Axis {
            low: 0.5,
            high: place(most) - 0.5,
            ticks: (0..most)
                .map(|rep| Tick::new(place(rep), (rep + 1).to_string()))
                .collect(),
        },
        panels: vec![Panel {
            label: format!("pace of each rep (min{})", units.pace_unit()),
            height_px: HEIGHT_PX,
            y: Axis {
                low: slowest,
                high: fastest,
                ticks: ticks::pace(slowest, fastest, units, MOST_TICKS),
            },
            shapes,
        }],
        legend: vec![
            Key::line(Ink::Pace, LINE_PX, "this session"),
            Key::line(Ink::Earlier, 1, "the sessions before"),
        ],
    })
}

/// Returns the repetitions of two runs that are compared; absent without speeds.
#[must_use]
pub fn pair_figure([a, b]: [&Session; 2], units: UnitSystem, width: Width) -> Option<Figure> {
    if speeds(a).is_empty() || speeds(b).is_empty() {
        return None;
    }
    Some(Figure {
        title: "The repetitions of A and B".to_owned(),
        description: "Pace of each repetition of the main sets of A and B.".to_owned(),
        legend: vec![
            Key::line(Ink::Earlier, 1, "A"),
            Key::line(Ink::Pace, LINE_PX, "B"),
        ],
        ..figure(b, &[a], units, width)?
    })
}

fn place(index: usize) -> f64 {
    ticks::as_f64(index) + 1.0
}

fn speeds(session: &Session) -> Vec<f64> {
    session
        .main_reps()
        .iter()
        .filter_map(|rep| rep.speed_m_s)
        .collect()
}

fn line(speeds: &[f64], ink: Ink, width_px: u32) -> Shape {
    let points = speeds.iter().enumerate();
    Shape::Line {
        points: points
            .map(|(index, speed)| (place(index), *speed))
            .collect(),
        ink,
        width_px,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;
    use crate::report::made_up;

    #[test]
    fn each_session_is_a_line_and_each_own_repetition_a_dot() {
        let (session, _) = made_up::intervals();
        let before = [&session, &session];
        let figure = figure(&session, &before, UnitSystem::Metric, Width::Wide).unwrap();
        let shapes = &figure.panels[0].shapes;
        let lines = shapes
            .iter()
            .filter(|shape| matches!(shape, Shape::Line { .. }));
        assert_eq!(lines.count(), 3);
        let dots = shapes
            .iter()
            .filter(|shape| matches!(shape, Shape::Dot { .. }));
        assert_eq!(dots.count(), session.main_reps().len());
        assert_eq!(figure.x.ticks.len(), session.main_reps().len());
    }

    #[test]
    fn a_pair_needs_repetitions_in_both() {
        let (session, _) = made_up::intervals();
        let mut without = session.clone();
        without.sets.clear();
        let figure = |pair| pair_figure(pair, UnitSystem::Metric, Width::Wide);
        let keys = figure([&session, &session]).map(|figure| figure.legend.len());
        assert_eq!(keys, Some(2));
        assert_eq!(figure([&session, &without]), None);
        assert_eq!(figure([&without, &session]), None);
    }

    #[test]
    fn without_a_workout_before_nothing_is_drawn() {
        let (session, _) = made_up::intervals();
        assert_eq!(
            super::figure(&session, &[], UnitSystem::Metric, Width::Wide),
            None
        );
    }
}
