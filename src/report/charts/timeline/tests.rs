//! Charts of made-up runs over time.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::*;
use crate::channel::Channel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::ink::Ink;
use crate::report::made_up;
use crate::report::made_up::bars;
use crate::segmentation::Candidate;

fn drawn(width: Width) -> Figure {
    let (session, streams) = made_up::intervals();
    over_time(&session, &streams, width)
}

fn over_time(session: &Session, streams: &Streams, width: Width) -> Figure {
    let traces = Traces::new(&Sources::new(streams), Along::Time, width);
    figure(session, streams, &traces, UnitSystem::Metric).unwrap()
}

#[test]
fn the_strip_shows_all_segments_and_the_panels_shade_efforts() {
    let figure = drawn(Width::Wide);
    let labels: Vec<&str> = figure.panels.iter().map(|p| p.label.as_str()).collect();
    assert_eq!(
        labels,
        ["", "pace (min/km)", "heart rate (bpm)", "altitude (m)"]
    );
    let strip = bars(&figure.panels[0]);
    assert_eq!(strip.len(), 14);
    assert!(strip.contains(&(Ink::Around, 0.0, 900.0)));
    assert!(strip.contains(&(Ink::Hard, 900.0, 1130.0)));
    let ground = |shape: &Shape| match shape {
        Shape::Ground { x, ink, .. } => Some((*ink, x.0, x.1)),
        _ => None,
    };
    let shaded: Vec<_> = figure.panels[0].shapes.iter().filter_map(ground).collect();
    assert_eq!(shaded.len(), 8);
    assert_eq!(shaded[0], (Ink::Hard, 900.0, 1130.0));
    assert_eq!(shaded[7], (Ink::Possible, 300.0, 340.0));
}

#[test]
fn lines_have_no_more_points_than_pixels() {
    for (width, most) in [(Width::Wide, 240), (Width::Narrow, 110)] {
        for panel in drawn(width).panels {
            for shape in panel.shapes {
                if let Shape::Line { points, .. } = shape {
                    assert!(points.len() <= most && points.len() > most / 3);
                }
            }
        }
    }
}

#[test]
fn lines_break_where_the_timer_stood() {
    let (session, mut streams) = made_up::intervals();
    streams.paused[1000..1100].fill(true);
    let figure = over_time(&session, &streams, Width::Wide);
    let lines = figure.panels[1]
        .shapes
        .iter()
        .filter(|shape| matches!(shape, Shape::Line { .. }));
    assert_eq!(lines.count(), 2);
}

#[test]
fn what_was_not_recorded_has_no_panel() {
    let (session, mut streams) = made_up::intervals();
    streams.heart_rate_bpm = Channel::default();
    streams.grade_quality = crate::streams::GradeQuality::Noisy;
    let drawn = over_time(&session, &streams, Width::Wide);
    assert_eq!(drawn.panels.len(), 2);
    let nothing = Streams::default();
    assert_eq!(svg(&session, &nothing, UnitSystem::Metric, Along::Time), "");
}

#[test]
fn possible_efforts_lie_apart_from_each_other_and_from_efforts() {
    let (mut session, _) = made_up::intervals();
    let one = session.summary.candidates[0].clone();
    let at = |start_s, end_s, probability, kept| Candidate {
        start_s,
        end_s,
        probability,
        kept,
        ..one.clone()
    };
    session.summary.candidates = vec![
        at(100.0, 200.0, 0.4, false),
        at(150.0, 260.0, 0.6, false),
        at(260.0, 300.0, 0.4, false),
        at(400.0, 500.0, 0.1, false),
        at(600.0, 700.0, 0.9, true),
        at(890.0, 1000.0, 0.5, false),
    ];
    assert_eq!(possible_efforts(&session), [(150.0, 260.0), (260.0, 300.0)]);
}
