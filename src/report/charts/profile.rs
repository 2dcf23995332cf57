//! A run at a glance: its segments as bars, as wide as they lasted and as high as they were fast.

use crate::classification::Session;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Bar;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink;
use crate::segmentation::Segment;

/// Height of the fastest segment.
const HEIGHT_PX: u32 = 56;
/// The height of a segment in which nobody moved, as a share of the highest.
const LEAST_HEIGHT: f64 = 0.06;
/// The ground of the bars, as a share of the fastest: what differs between running and running shall be
/// seen.
const GROUND: f64 = 0.35;

/// Returns what is drawn; absent without segments that have a speed.
#[must_use]
pub fn figure(session: &Session, width: Width) -> Option<Figure> {
    let segments = &session.segments;
    let end_s = segments.last()?.end_s;
    let speeds = segments.iter().filter_map(|segment| segment.speed_m_s);
    let fastest = speeds.fold(0.0, f64::max);
    if fastest <= 0.0 || end_s <= 0.0 {
        return None;
    }
    let bar = |segment: &Segment| {
        let share = segment.speed_m_s.unwrap_or(0.0) / fastest;
        let height = ((share - GROUND) / (1.0 - GROUND)).max(LEAST_HEIGHT);
        let x = (segment.start_s, segment.end_s);
        Shape::Bar(Bar::solid(x, (0.0, height), ink::segment_ink(segment.kind)))
    };
    Some(Figure {
        title: "The run at a glance".to_owned(),
        description: format!(
            "{} in order of time, each as high as it was fast.",
            crate::units::plural(segments.len(), "segment")
        ),
        width,
        x: Axis::plain(0.0, end_s),
        panels: vec![Panel {
            label: String::new(),
            height_px: HEIGHT_PX,
            y: Axis::plain(0.0, 1.0),
            shapes: segments.iter().map(bar).collect(),
        }],
        legend: Vec::new(),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;
    use crate::report::made_up;

    #[test]
    fn efforts_stand_out_and_stops_are_seen() {
        let (session, _) = made_up::intervals();
        let figure = figure(&session, Width::Wide).unwrap();
        let heights: Vec<f64> = figure.panels[0]
            .shapes
            .iter()
            .map(|shape| match shape {
                Shape::Bar(bar) => bar.y.1,
                _ => panic!("only bars are drawn"),
            })
            .collect();
        assert_eq!(heights.len(), session.segments.len());
        for (segment, height) in session.segments.iter().zip(&heights) {
            assert!(*height > 0.0);
            assert_eq!(segment.kind.is_work(), *height > 0.9, "{segment:?}");
        }
    }

    #[test]
    fn without_a_speed_nothing_is_drawn() {
        let (mut session, _) = made_up::intervals();
        for segment in &mut session.segments {
            segment.speed_m_s = None;
        }
        assert_eq!(figure(&session, Width::Wide), None);
    }
}
