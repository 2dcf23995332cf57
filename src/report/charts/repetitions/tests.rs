//! Charts of repetitions on made-up sets.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::*;
use crate::report::made_up;
use crate::segmentation::Set;
use crate::vocabulary::SegmentKind;

/// Returns a session of sets with the given speeds, each repetition 200 s long, heart rate 170 at
/// its end and 140 after its recovery.
fn session(sets: &[Vec<f64>]) -> Session {
    let (mut session, _) = made_up::intervals();
    (session.segments, session.sets) = (Vec::new(), Vec::new());
    for (index, speeds) in sets.iter().enumerate() {
        for (place, speed) in speeds.iter().enumerate() {
            let mut work = made_up::segment(SegmentKind::Work, 0.0, 200.0, *speed);
            (work.set, work.rep) = (Some(index + 1), Some(place + 1));
            let mut jog = made_up::segment(SegmentKind::Recovery, 200.0, 290.0, 2.4);
            jog.heart_rate_end_bpm = Some(140.0);
            session.segments.extend([work, jog]);
        }
        session.sets.push(Set {
            name: format!("{} × 800 m", speeds.len()),
            reps: speeds.len(),
            recovery: None,
            recovery_s: None,
            first_to_last_pct: None,
            work_to_recovery: None,
            fade_pct: None,
            spread_pct: None,
            heart_rate_drop_bpm: None,
        });
    }
    session
}

fn drawn(sets: &[Vec<f64>], width: Width) -> Figure {
    figure(&session(sets), UnitSystem::Metric, width).unwrap()
}

fn tops(figure: &Figure) -> Vec<f64> {
    let top = |shape: &Shape| match shape {
        Shape::Bar(bar) => Some(bar.y.1),
        _ => None,
    };
    figure.panels[1].shapes.iter().filter_map(top).collect()
}

fn texts(panel: &Panel) -> Vec<&str> {
    let text = |shape: &'_ Shape| matches!(shape, Shape::Text { .. });
    let texts = panel.shapes.iter().filter(|shape| text(shape));
    texts
        .map(|shape| match shape {
            Shape::Text { text, .. } => text.as_str(),
            _ => "",
        })
        .collect()
}

#[test]
fn a_set_by_hand() {
    let figure = drawn(&[vec![4.0, 4.2, 4.1]], Width::Wide);
    assert_eq!(tops(&figure), [4.0, 4.2, 4.1]);
    // The span is at least 6 % of 4.2: 0.252, and the bars begin so far below 4.0.
    assert!((figure.panels[1].y.low - 3.748).abs() < 1e-9);
    assert_eq!(
        figure.panels[1].label,
        "grade-adjusted pace (min/km), bars from 4:27"
    );
    assert_eq!(texts(&figure.panels[0]), ["3 x 800 m, mean 4:04"]);
    assert_eq!(texts(&figure.panels[1]), ["4:10", "3:58", "4:04"]);
    assert_eq!(
        texts(&figure.panels[2]),
        ["170", "170", "170", "-30", "-30", "-30"]
    );
    assert_eq!(
        figure.description,
        "3 x 800 m: mean 4:04/km, fastest 3:58/km, slowest 4:10/km, heart rate falls by 30 bpm. \
         The bars begin at 4:27/km; a dashed line is the mean of a set."
    );
}

#[test]
fn one_odd_repetition_does_not_flatten_the_rest() {
    let even = drawn(&[vec![4.0, 4.05, 4.1, 4.05]], Width::Wide);
    let odd = drawn(&[vec![4.0, 4.05, 4.1, 4.05, 9.0, 1.0]], Width::Wide);
    let (even, odd) = (&even.panels[1].y, &odd.panels[1].y);
    assert_eq!((even.low, even.high), (odd.low, odd.high));
}

#[test]
fn any_number_of_repetitions_is_drawn_without_letters_upon_letters() {
    for count in 2..=60_usize {
        let wave = |place: usize| 4.0 + 0.1 * ticks::as_f64(place % 7);
        let one: Vec<f64> = (0..count).map(wave).collect();
        let two = vec![one.clone(), vec![3.2; count.div_ceil(3)]];
        for sets in [vec![one], two] {
            for width in [Width::Wide, Width::Narrow] {
                let figure = drawn(&sets, width);
                assert_eq!(made_up::colliding(&figure), [], "{count}");
                let unit_px = layout::plot_width_px(width) / figure.x.high;
                assert!(ticks::are_apart(&figure.x.ticks, unit_px), "{count}");
                assert!(!figure.x.ticks.is_empty());
                assert!(!texts(&figure.panels[1]).is_empty(), "{count}");
            }
        }
    }
}

#[test]
fn the_marks_are_the_same_in_both_systems_of_units() {
    for width in [Width::Wide, Width::Narrow] {
        let session = session(&[vec![2.2, 2.3, 2.25], vec![4.0; 9]]);
        let [metric, imperial] = SYSTEMS.map(|units| figure(&session, units, width).unwrap());
        assert_eq!(made_up::marks(&metric), made_up::marks(&imperial));
        assert_ne!(texts(&metric.panels[1]), texts(&imperial.panels[1]));
    }
}

#[test]
fn heart_rate_is_silent_about_short_efforts_and_where_it_is_not_sound() {
    let mut session = session(&[vec![4.0, 4.1]]);
    let panels = |session: &Session| {
        let figure = figure(session, UnitSystem::Metric, Width::Wide);
        figure.unwrap().panels.len()
    };
    assert_eq!(panels(&session), 3);
    session.data_quality.heart_rate = HeartRateQuality::Invalid;
    assert_eq!(panels(&session), 2);
    session.data_quality.heart_rate = HeartRateQuality::Valid;
    for segment in &mut session.segments {
        segment.end_s = segment.start_s + 74.0;
    }
    assert_eq!(panels(&session), 2);
}

#[test]
fn efforts_of_no_set_have_no_mean() {
    let mut session = session(&[vec![4.0, 4.1, 3.9]]);
    for segment in &mut session.segments {
        segment.set = None;
    }
    session.sets.clear();
    let figure = figure(&session, UnitSystem::Metric, Width::Wide).unwrap();
    assert_eq!(texts(&figure.panels[0]), ["3 efforts"]);
    let is_line = |shape: &&Shape| matches!(shape, Shape::Line { .. });
    assert_eq!(figure.panels[1].shapes.iter().filter(is_line).count(), 0);
}

#[test]
fn without_two_repetitions_there_is_no_chart() {
    assert_eq!(svg(&Session::default(), UnitSystem::Metric), "");
    assert_eq!(svg(&session(&[vec![4.0]]), UnitSystem::Metric), "");
}
