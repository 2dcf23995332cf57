//! Best efforts: how fast over how long, of one run or of a block, against what critical speed lets
//! expect.
//!
//! Speed is effort speed, standing counts, and time is on a logarithmic axis. Dots are the fastest
//! times over usual distances, as the watch measured them.

mod curves;

use std::collections::BTreeMap;

use chrono::Days;
use chrono::NaiveDate;

use crate::classification::Session;
use crate::report::drawing::chart;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ticks;
use crate::report::drawing::trace;
use crate::review::COMPARED_DAYS;
use crate::review::Review;
use crate::units::UnitSystem;

use crate::report::charts::best_effort_curve::curves::Curves;
use crate::report::charts::best_effort_curve::curves::Effort;
use crate::report::charts::best_effort_curve::curves::LEAST_S;

/// Returns the chart of one run for a laptop as an SVG file; empty when it has no best efforts.
#[must_use]
pub fn run_svg(session: &Session, units: UnitSystem) -> String {
    run_figure(session, units, Width::Wide)
        .map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns the chart of a block for a laptop as an SVG file; empty when it has no best efforts.
///
/// The sessions are those of [`block_figure`].
#[must_use]
pub fn block_svg(review: &Review, sessions: &[&Session], units: UnitSystem) -> String {
    block_figure(review, sessions, units, Width::Wide)
        .map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns the best efforts of a run against the reference values of its day; absent when it has
/// none.
#[must_use]
pub fn run_figure(session: &Session, units: UnitSystem, width: Width) -> Option<Figure> {
    let efforts = session.best_efforts.iter().map(|effort| Effort {
        distance_m: effort.distance_m,
        time_s: effort.time_s,
        continuous: effort.continuous,
    });
    let curves = Curves {
        title: "Best efforts of the run",
        best: envelope([session].into_iter()),
        earlier: Vec::new(),
        efforts: efforts.collect(),
        critical_speed: session.references.critical_speed_m_s.as_ref(),
    };
    curves.figure(units, width)
}

/// Returns the best efforts of a block against the year before it and the reference values of its
/// last run; absent when it has none.
///
/// `sessions` are all sessions of the athlete, in order of start, those before the block included.
#[must_use]
pub fn block_figure(
    review: &Review,
    sessions: &[&Session],
    units: UnitSystem,
    width: Width,
) -> Option<Figure> {
    let (from, to) = (review.from?, review.to?);
    let since = from
        .checked_sub_days(Days::new(COMPARED_DAYS))
        .unwrap_or(from);
    let runs = |first: NaiveDate, last: NaiveDate| {
        let counted = sessions
            .iter()
            .copied()
            .filter(|session| !session.excluded && session.kind.is_run());
        counted.filter(move |session| {
            let day = session.head.day;
            day.is_some_and(|day| (first..=last).contains(&day))
        })
    };
    let efforts = review.best_efforts.iter().map(|best| Effort {
        distance_m: best.distance_m,
        time_s: best.time_s,
        continuous: true,
    });
    let curves = Curves {
        title: "Best efforts of the block",
        best: envelope(runs(from, to)),
        earlier: from
            .pred_opt()
            .map_or_else(Vec::new, |eve| envelope(runs(since, eve))),
        efforts: efforts.collect(),
        critical_speed: runs(from, to)
            .filter_map(|session| session.references.critical_speed_m_s.as_ref())
            .next_back(),
    };
    curves.figure(units, width)
}

/// Returns the greatest speed over each duration of some runs, shortest duration first.
fn envelope<'a>(sessions: impl Iterator<Item = &'a Session>) -> Vec<(f64, f64)> {
    let mut best: BTreeMap<usize, f64> = BTreeMap::new();
    let points = sessions.flat_map(|session| &session.summary.mean_max);
    for point in points.filter(|point| point.duration_s >= LEAST_S) {
        let speed = best.entry(trace::whole(point.duration_s)).or_default();
        *speed = speed.max(point.speed_m_s);
    }
    best.into_iter()
        .map(|(duration_s, speed)| (ticks::as_f64(duration_s), speed))
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::history::modelled_best;
    use crate::report::charts::best_effort_curve::curves::MODEL_POINTS;
    use crate::report::drawing::figure::Shape;
    use crate::report::drawing::ink::Ink;
    use crate::report::made_up;
    use crate::review::BlockBest;
    use crate::summary::MeanMax;

    fn curve(points: &[(f64, f64)]) -> Vec<MeanMax> {
        let point = |(duration_s, speed_m_s): &(f64, f64)| MeanMax::exact(*duration_s, *speed_m_s);
        points.iter().map(point).collect()
    }

    fn session(points: &[(f64, f64)]) -> Session {
        let (mut session, _) = made_up::intervals();
        session.summary.mean_max = curve(points);
        session
    }

    const POINTS: [(f64, f64); 5] = [
        (20.0, 7.0),
        (60.0, 4.9),
        (300.0, 4.2),
        (1200.0, 3.6),
        (1800.0, 3.5),
    ];

    fn lines(figure: &Figure, wanted: Ink) -> Vec<Vec<(f64, f64)>> {
        let line = |shape: &Shape| match shape {
            Shape::Line { points, ink, .. } if *ink == wanted => Some(points.clone()),
            _ => None,
        };
        figure.panels[0].shapes.iter().filter_map(line).collect()
    }

    fn dots(figure: &Figure) -> Vec<(f64, bool)> {
        let dot = |shape: &Shape| match shape {
            Shape::Dot { at, filled, .. } => Some((at.1, *filled)),
            _ => None,
        };
        figure.panels[0].shapes.iter().filter_map(dot).collect()
    }

    #[test]
    fn a_run_stands_against_its_modelled_best() {
        let figure = run_figure(&session(&POINTS), UnitSystem::Metric, Width::Wide).unwrap();
        let own = &lines(&figure, Ink::Pace)[0];
        assert_eq!(own.len(), 4, "20 s are too short to show");
        assert!((own[3].0 - 1800f64.log10()).abs() < 1e-9);
        let model = &lines(&figure, Ink::Reference)[0];
        let (first, last) = (model[0], model[MODEL_POINTS - 1]);
        // Critical speed is 4.1, D' 180 m: 4.1 + 180 / 120 at 2 min; the axis ends at 30 min.
        assert!((first.1 - 5.6).abs() < 1e-9, "{first:?}");
        assert!((last.0 - 1800f64.log10()).abs() < 1e-9);
        assert!((last.1 - modelled_best(4.1, 1800.0)).abs() < 1e-9);
        let labels: Vec<&str> = figure
            .x
            .ticks
            .iter()
            .map(|tick| tick.label.as_str())
            .collect();
        assert_eq!(labels, ["1", "2", "5", "10", "20 min"]);
        assert!(figure.description.contains("3 best efforts, 90 days"));
        assert!(
            figure
                .description
                .contains("90 % interval 4:10/km to 3:58/km")
        );
    }

    #[test]
    fn efforts_over_rests_are_hollow() {
        let figure = run_figure(&session(&POINTS), UnitSystem::Metric, Width::Wide).unwrap();
        assert_eq!(
            dots(&figure),
            [(1000.0 / 229.1, true), (1609.344 / 431.0, false)]
        );
        assert!(figure.description.contains("put together over rests"));
    }

    #[test]
    fn a_leap_of_the_position_does_not_flatten_the_curve() {
        let axis = |first: f64| {
            let mut points = POINTS;
            points[1].1 = first;
            let drawn = run_figure(&session(&points), UnitSystem::Metric, Width::Wide);
            let figure = drawn.unwrap();
            (figure.panels[0].y.low, figure.panels[0].y.high)
        };
        assert_eq!(axis(4.9), axis(40.0));
    }

    #[test]
    fn the_marks_are_the_same_in_both_systems_and_no_letters_collide() {
        for width in [Width::Wide, Width::Narrow] {
            let session = session(&POINTS);
            let of = |units| run_figure(&session, units, width).unwrap();
            let (metric, imperial) = (of(UnitSystem::Metric), of(UnitSystem::Imperial));
            assert_eq!(made_up::marks(&metric), made_up::marks(&imperial));
            assert_eq!(made_up::colliding(&metric), []);
            assert_eq!(made_up::colliding(&imperial), []);
        }
    }

    #[test]
    fn a_block_is_the_best_of_its_runs_beside_the_year_before() {
        let day = |days: u64| made_up::first_day() + Days::new(days);
        let on = |days: u64, speed: f64| {
            let mut session = session(&[(60.0, speed), (600.0, speed - 1.0)]);
            session.head.day = Some(day(days));
            session
        };
        let (before, first, last) = (on(0, 4.5), on(30, 4.75), on(40, 4.25));
        let mut excluded = on(35, 9.0);
        excluded.excluded = true;
        let review = Review {
            from: Some(day(28)),
            to: Some(day(41)),
            best_efforts: vec![BlockBest {
                distance_m: 1000.0,
                time_s: 240.0,
                ..BlockBest::default()
            }],
            ..Review::default()
        };
        let sessions = [&before, &first, &excluded, &last];
        let drawn = block_figure(&review, &sessions, UnitSystem::Metric, Width::Wide);
        let figure = drawn.unwrap();
        let speeds = |ink| -> Vec<f64> {
            let points = lines(&figure, ink).concat();
            points.iter().map(|(_, speed)| *speed).collect()
        };
        assert_eq!(speeds(Ink::Pace), [4.75, 3.75]);
        assert_eq!(speeds(Ink::Earlier), [4.5, 3.5]);
        assert_eq!(dots(&figure), [(1000.0 / 240.0, true)]);
    }

    #[test]
    fn without_best_efforts_there_is_no_chart() {
        assert_eq!(run_svg(&Session::default(), UnitSystem::Metric), "");
        assert_eq!(block_svg(&Review::default(), &[], UnitSystem::Metric), "");
    }
}
