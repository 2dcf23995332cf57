//! The usual names of repetitions and recoveries: "1000 m", "3 min", "90 s".
//!
//! A name never moves a boundary. What was programmed has its programmed name; else it is the nearest
//! usual distance or time, whichever is nearer for what the edges leave open; else the time, rounded as
//! a runner would say it. A list of usual values is used because repetitions are planned in them, and
//! because 1,012 m are the 1,000 m of a watch.

use crate::segmentation::Segment;
use crate::statistics::median_of;

/// Usual distances.
///
/// # Units
/// Metres. Coaching convention: laps of a track, halves of them, kilometres, the mile.
const DISTANCES_M: [f64; 20] = [
    50.0, 80.0, 100.0, 150.0, 200.0, 300.0, 400.0, 500.0, 600.0, 800.0, 1000.0, 1200.0, 1500.0,
    1600.0, 1609.344, 2000.0, 3000.0, 4000.0, 5000.0, 10_000.0,
];
/// How near a distance has to be for its name, beside what the edges leave open.
///
/// # Units
/// Ratio. Chosen: watches measure distance to 1–2 %, up to several per cent in towns and forests
/// (Gilgen-Ammann 2020, JMIR mHealth 8:e17118).
const DISTANCE_NEAR: f64 = 0.04;
/// Usual times.
///
/// # Units
/// Seconds. Coaching convention: those of programmes, and whole minutes up to ten.
const TIMES_S: [f64; 21] = [
    10.0, 15.0, 20.0, 30.0, 40.0, 45.0, 60.0, 75.0, 90.0, 120.0, 150.0, 180.0, 240.0, 300.0, 360.0,
    420.0, 480.0, 540.0, 600.0, 900.0, 1200.0,
];
/// How near a time has to be for its name, beside what the edges leave open.
///
/// # Units
/// Ratio. Chosen: less than for distances, as clocks are exact.
const TIME_NEAR: f64 = 0.03;
/// Edges are uncertain by about this, whatever the length.
///
/// # Units
/// Seconds. Chosen: the error to be expected of an edge on good distance, 0.6–2 s.
pub(super) const EDGE_S: f64 = 1.5;
/// A name is never farther off than this, however short the time.
///
/// # Units
/// Ratio. Chosen: it matters below 7 s only, which are no repetitions.
const MOST_ALLOWED: f64 = 0.25;
/// Longer times are meant in whole minutes.
///
/// # Units
/// Seconds. Convention: 45:01 is 45 min.
const WHOLE_MINUTES_S: f64 = 600.0;
/// Other times from a minute on are told to this many seconds.
///
/// # Units
/// Seconds. Convention: who runs 3:39 did not plan it.
const ROUND_TO_S: f64 = 5.0;
/// Repetitions bear the name of the length planned for them within this fraction of it.
///
/// # Units
/// Ratio. Chosen: a lap key pressed late; a step cut short by more was another repetition.
const PLAN_NEAR: f64 = 0.05;

/// Returns the name of the repetitions of a group, given by indices of segments, by its median distance
/// or time: one name for all, as one of them cut by a light does not rename a set.
pub(super) fn rep_name(segments: &[Segment], group: &[usize]) -> Option<String> {
    let mut times: Vec<f64> = group
        .iter()
        .map(|index| segments[*index].elapsed_s())
        .collect();
    let mut distances: Vec<f64> = group
        .iter()
        .filter_map(|index| segments[*index].distance_m)
        .collect();
    let time = median_of(&mut times)?;
    if let Some(name) = planned_name(segments, group) {
        return Some(name);
    }
    let by_time = nearest(
        time,
        &TIMES_S,
        (TIME_NEAR + EDGE_S / time).min(MOST_ALLOWED),
    );
    let speed = median_of(&mut distances).map(|distance| (distance, distance / time));
    let by_distance = speed.and_then(|(distance, speed)| {
        nearest(
            distance,
            &DISTANCES_M,
            DISTANCE_NEAR + EDGE_S * speed / distance,
        )
    });
    match (by_time, by_distance) {
        (Some(time), Some(distance)) if time.1 <= distance.1 => Some(time_name(time.0)),
        (_, Some(distance)) => Some(distance_name(distance.0)),
        (Some(time), None) => Some(time_name(time.0)),
        (None, None) => Some(time_name(time)),
    }
}

/// Returns the name of repetitions by the length that a workout asked for, where they have it.
fn planned_name(segments: &[Segment], group: &[usize]) -> Option<String> {
    let planned = segments[*group.first()?].planned.as_ref()?;
    let is_near = |run: f64, asked: f64| (run / asked - 1.0).abs() <= PLAN_NEAR;
    let is_run = |index: &usize| {
        let segment = &segments[*index];
        let same = segment.planned.as_ref().is_some_and(|other| {
            (other.duration_s, other.distance_m) == (planned.duration_s, planned.distance_m)
        });
        let in_time = planned
            .duration_s
            .map(|asked| is_near(segment.elapsed_s(), asked));
        let in_distance = planned
            .distance_m
            .map(|asked| segment.distance_m.is_some_and(|run| is_near(run, asked)));
        same && in_time.or(in_distance) == Some(true)
    };
    let name = planned.duration_s.map(time_name);
    let name = name.or(planned.distance_m.map(distance_name));
    name.filter(|_| group.iter().all(is_run))
}

/// Returns the nearest usual value and how far it is as a share of what is allowed.
fn nearest(value: f64, usual: &[f64], allowed: f64) -> Option<(f64, f64)> {
    usual
        .iter()
        .map(|usual| (*usual, (value / usual - 1.0).abs() / allowed))
        .min_by(|one, other| one.1.total_cmp(&other.1))
        .filter(|(_, distance)| *distance <= 1.0)
}

fn distance_name(distance_m: f64) -> String {
    if (distance_m - crate::units::METRES_PER_MILE).abs() < 1.0 {
        "1 mile".to_owned()
    } else {
        format!("{distance_m:.0} m")
    }
}

/// Returns a time as runners say it: "90 s", "3 min", "3:40 min".
pub(super) fn time_name(seconds: f64) -> String {
    let whole = meant(seconds);
    let (minutes, rest) = ((whole / 60.0).floor(), whole % 60.0);
    if whole < 120.0 && (whole - 60.0).abs() > 0.5 {
        format!("{whole:.0} s")
    } else if rest < 0.5 {
        format!("{minutes:.0} min")
    } else {
        format!("{minutes:.0}:{rest:02.0} min")
    }
}

/// Returns the time that was meant by one that was run: a usual one, or a round one.
fn meant(seconds: f64) -> f64 {
    let allowed = (TIME_NEAR + EDGE_S / seconds).min(MOST_ALLOWED);
    if let Some((usual, _)) = nearest(seconds, &TIMES_S, allowed) {
        return usual;
    }
    let to = |step: f64| (seconds / step).round() * step;
    if seconds >= WHOLE_MINUTES_S {
        to(60.0)
    } else if seconds >= 60.0 {
        to(ROUND_TO_S)
    } else {
        to(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::Planned;
    use crate::segmentation::exact;
    use crate::vocabulary::SegmentKind;

    /// The name of a set of repetitions of so many seconds and metres.
    fn name(parts: &[(f64, f64)]) -> Option<String> {
        let segments: Vec<Segment> = parts
            .iter()
            .map(|(time_s, metres)| {
                exact::segment(SegmentKind::Work, 0.0, *time_s, metres / time_s)
            })
            .collect();
        rep_name(&segments, &(0..segments.len()).collect::<Vec<_>>())
    }

    #[test]
    fn a_set_is_named_by_the_usual_length_that_is_nearest() {
        assert_eq!(name(&[(221.5, 1012.0)]).as_deref(), Some("1000 m"));
        // Exactly three minutes, and 900 m are no usual distance.
        assert_eq!(name(&[(180.0, 900.0)]).as_deref(), Some("3 min"));
        // Within 0.03 and 1.5 s of three minutes; 700 m are far from 600 and 800.
        assert_eq!(name(&[(185.0, 700.0)]).as_deref(), Some("3 min"));
        // 182 s are nearer to three minutes than 830 m are to 800, for what they may be off.
        assert_eq!(name(&[(182.0, 830.0)]).as_deref(), Some("3 min"));
        // Both are near; the distance is nearer for what it may be off.
        assert_eq!(name(&[(92.0, 400.0)]).as_deref(), Some("400 m"));
        assert_eq!(name(&[(330.0, 1609.0)]).as_deref(), Some("1 mile"));
        // Neither: the time as a runner would say it.
        assert_eq!(name(&[(219.0, 700.0)]).as_deref(), Some("3:40 min"));
        // One that a light cut does not rename the set.
        assert_eq!(
            name(&[(221.5, 1012.0), (222.0, 1010.0), (130.0, 590.0)]).as_deref(),
            Some("1000 m")
        );
        assert_eq!(name(&[]), None);
    }

    #[test]
    fn the_edges_leave_more_open_of_a_short_repetition() {
        // 8 % of 108 m, of which 1.5 s at 6 m/s are nine metres; of 1,080 m it is too much.
        assert_eq!(name(&[(18.0, 108.0)]).as_deref(), Some("100 m"));
        assert_eq!(name(&[(195.0, 1080.0)]).as_deref(), Some("3:15 min"));
    }

    #[test]
    fn what_was_planned_and_run_names_the_set() {
        let planned = |time_s: f64, metres: f64, asked: Planned| Segment {
            planned: Some(asked),
            ..exact::segment(SegmentKind::Work, 0.0, time_s, metres / time_s)
        };
        let asked = |duration_s, distance_m| Planned {
            duration_s,
            distance_m,
            ..Planned::default()
        };
        let name =
            |segments: &[Segment]| rep_name(segments, &(0..segments.len()).collect::<Vec<_>>());
        let by_time = |time_s| planned(time_s, 1000.0, asked(Some(215.0), None));
        assert_eq!(
            name(&[by_time(215.0), by_time(225.0)]).as_deref(),
            Some("3:35 min")
        );
        // More than a twentieth off is another repetition.
        assert_eq!(
            name(&[by_time(215.0), by_time(227.0)]).as_deref(),
            Some("1000 m")
        );
        let by_distance = |metres| planned(215.0, metres, asked(None, Some(970.0)));
        assert_eq!(name(&[by_distance(1010.0)]).as_deref(), Some("970 m"));
        let other = planned(215.0, 1000.0, asked(Some(210.0), None));
        assert_eq!(name(&[by_time(215.0), other]).as_deref(), Some("1000 m"));
    }

    #[test]
    fn times_are_told_as_runners_say_them() {
        for (seconds, told) in [
            (19.2, "20 s"),
            (23.4, "23 s"),
            (60.0, "1 min"),
            (75.4, "75 s"),
            (90.0, "90 s"),
            (107.0, "105 s"),
            (121.0, "2 min"),
            (133.0, "2:15 min"),
            (2701.0, "45 min"),
            (2750.0, "46 min"),
        ] {
            assert_eq!(time_name(seconds), told, "{seconds}");
        }
    }
}
