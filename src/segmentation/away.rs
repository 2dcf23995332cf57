//! What was not run is a stop of its own, wherever it lies: rides, lifts, what the runner marked as one.
//!
//! Which seconds those are is settled with the streams, before anything is searched for. It is cut out
//! of the finished stretches here, at the end, so that a ride between two repetitions leaves both of
//! them and a recovery on either side, and nothing that was found has to know of it.

use crate::segmentation::Evidence;
use crate::segmentation::edges::Boundary;
use crate::segmentation::labels::Stretch;
use crate::streams::Away;
use crate::streams::Marked;
use crate::streams::Streams;
use crate::vocabulary::SegmentKind;

/// What is left beside a stretch that was not run belongs to it when it is shorter.
///
/// # Units
/// Seconds. Chosen: speeding up and slowing down.
const LEAST_LEFT_S: f64 = 3.0;

/// Returns what marks say of whether stretches were run: kind, start and end on the elapsed clock, in
/// seconds.
#[must_use]
pub fn said_by(marks: impl Iterator<Item = (SegmentKind, f64, f64)>) -> Marked {
    let mut said = Marked::default();
    for (kind, start_s, end_s) in marks {
        let spans = if kind == SegmentKind::Stop {
            &mut said.stood
        } else {
            &mut said.ran
        };
        spans.push((start_s, end_s));
    }
    said
}

/// Returns stretches with those that were not run cut out as stops; in order and without holes, as they
/// came.
pub(crate) fn cut(away: &[Away], stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut all = stretches;
    for one in away {
        all = all
            .into_iter()
            .flat_map(|stretch| around(one, stretch))
            .collect();
        join_stops(&mut all, one);
    }
    all
}

/// Joins the parts of one stop, and a stand right before or after it.
fn join_stops(all: &mut Vec<Stretch>, away: &Away) {
    let touches = |end_s: f64| {
        (away.start as f64 - LEAST_LEFT_S..=away.end as f64 + LEAST_LEFT_S).contains(&end_s)
    };
    all.dedup_by(|next, last| {
        let both = [&*next, &*last]
            .iter()
            .all(|one| one.kind == SegmentKind::Stop);
        let is_one = both && touches(last.end.at_s);
        if is_one {
            last.end = next.end;
        }
        is_one
    });
}

/// Returns a stretch in up to three parts: before, in and after what was not run.
fn around(away: &Away, stretch: Stretch) -> Vec<Stretch> {
    let (start_s, end_s) = (stretch.start.at_s, stretch.end.at_s);
    let from_s = (away.start as f64).max(start_s);
    let to_s = (away.end as f64).min(end_s);
    if to_s - from_s < LEAST_LEFT_S {
        return vec![stretch];
    }
    let from = boundary(from_s, stretch.start, from_s - start_s);
    let to = boundary(to_s, stretch.end, end_s - to_s);
    let part = |kind, start, end, bout| Stretch {
        kind,
        start,
        end,
        bout,
    };
    let stop = part(SegmentKind::Stop, from, to, None);
    let before = part(stretch.kind, stretch.start, from, stretch.bout);
    let after = part(stretch.kind, to, stretch.end, stretch.bout);
    [before, stop, after]
        .into_iter()
        .filter(|part| part.end.at_s > part.start.at_s)
        .collect()
}

/// Returns where a stop begins or ends: with its surroundings when little of them is left.
fn boundary(at_s: f64, own: Boundary, left_s: f64) -> Boundary {
    if left_s < LEAST_LEFT_S {
        own
    } else {
        Boundary::exact(at_s)
    }
}

/// Returns why a stretch is a stop, when it was not run.
pub(crate) fn why(streams: &Streams, stretch: &Stretch) -> Option<Evidence> {
    let mut away = streams.away.iter();
    let own = away.find(|away| {
        (away.start as f64) < stretch.end.at_s - LEAST_LEFT_S
            && away.end as f64 > stretch.start.at_s + LEAST_LEFT_S
    })?;
    (stretch.kind == SegmentKind::Stop).then(|| Evidence {
        text: own.why.clone(),
        value: None,
        unit: None,
        contribution: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(kind: SegmentKind, start_s: f64, end_s: f64) -> Stretch {
        Stretch {
            kind,
            start: Boundary::exact(start_s),
            end: Boundary::exact(end_s),
            bout: None,
        }
    }

    #[test]
    fn a_ride_is_cut_out_of_what_lies_around_it() {
        let away = Away {
            start: 100,
            end: 200,
            is_marked: false,
            why: "not running: 9.6 m/s without steps".to_owned(),
        };
        let run = vec![
            stretch(SegmentKind::Steady, 0.0, 150.0),
            stretch(SegmentKind::CoolDown, 150.0, 201.0),
        ];
        let told: Vec<_> = cut(&[away], run)
            .iter()
            .map(|one| (one.kind, one.start.at_s, one.end.at_s))
            .collect();
        assert_eq!(
            told,
            [
                (SegmentKind::Steady, 0.0, 100.0),
                (SegmentKind::Stop, 100.0, 201.0),
            ]
        );
    }

    fn ride(start: usize, end: usize) -> Away {
        Away {
            start,
            end,
            is_marked: false,
            why: "not running".to_owned(),
        }
    }

    fn told(away: &[Away], run: Vec<Stretch>) -> Vec<(SegmentKind, f64, f64)> {
        let cut = cut(away, run);
        cut.iter()
            .map(|one| (one.kind, one.start.at_s, one.end.at_s))
            .collect()
    }

    #[test]
    fn a_ride_inside_a_stretch_leaves_what_is_long_enough_on_both_sides() {
        use SegmentKind::*;
        let whole = || vec![stretch(Steady, 0.0, 1000.0)];
        let parts = [
            (Steady, 0.0, 300.0),
            (Stop, 300.0, 500.0),
            (Steady, 500.0, 1000.0),
        ];
        assert_eq!(told(&[ride(300, 500)], whole()), parts);
        let least = 3;
        // A rest of less goes with the ride.
        let parts = [(Stop, 0.0, 500.0), (Steady, 500.0, 1000.0)];
        assert_eq!(told(&[ride(least - 1, 500)], whole()), parts);
        assert_eq!(told(&[ride(least, 500)], whole()).len(), 3);
        let parts = [(Steady, 0.0, 300.0), (Stop, 300.0, 1000.0)];
        assert_eq!(told(&[ride(300, 1001 - least)], whole()), parts);
        assert_eq!(told(&[ride(300, 1000 - least)], whole()).len(), 3);
        // So short a ride is none.
        assert_eq!(
            told(&[ride(300, 299 + least)], whole()),
            [(Steady, 0.0, 1000.0)]
        );
    }

    #[test]
    fn stops_beside_a_ride_are_one_with_it_and_others_are_not() {
        use SegmentKind::*;
        let run = || {
            vec![
                stretch(Steady, 0.0, 300.0),
                stretch(Stop, 300.0, 400.0),
                stretch(Steady, 400.0, 600.0),
                stretch(Stop, 600.0, 700.0),
                stretch(Stop, 700.0, 800.0),
                stretch(Steady, 800.0, 1000.0),
            ]
        };
        let joined = [
            (Steady, 0.0, 300.0),
            (Stop, 300.0, 600.0),
            (Stop, 600.0, 700.0),
            (Stop, 700.0, 800.0),
            (Steady, 800.0, 1000.0),
        ];
        // Those at the ends of a ride are one with it, those further off are left.
        let found = told(&[ride(400, 600)], run());
        assert_eq!(found[0], joined[0]);
        assert_eq!((found[1].1, found.last()), (300.0, joined.last()));
        assert!(found[1].2 >= 700.0, "{found:?}");
        assert_eq!(told(&[ride(850, 950)], run()).len(), 8);
    }

    #[test]
    fn a_stop_says_why_where_it_was_a_ride() {
        let mut streams = crate::segmentation::exact::streams(&[3.0; 1000]);
        streams.away = vec![ride(300, 500)];
        let says = |kind, start_s, end_s| why(&streams, &stretch(kind, start_s, end_s)).is_some();
        assert!(says(SegmentKind::Stop, 300.0, 500.0) && says(SegmentKind::Stop, 200.0, 350.0));
        assert!(!says(SegmentKind::Steady, 300.0, 500.0));
        assert!(!says(SegmentKind::Stop, 500.0, 600.0) && !says(SegmentKind::Stop, 200.0, 300.0));
        // They have to share more than what is left over.
        assert!(!says(SegmentKind::Stop, 200.0, 300.0 + LEAST_LEFT_S));
        assert!(says(SegmentKind::Stop, 200.0, 300.5 + LEAST_LEFT_S));
        assert!(!says(SegmentKind::Stop, 500.0 - LEAST_LEFT_S, 600.0));
        assert!(says(SegmentKind::Stop, 499.5 - LEAST_LEFT_S, 600.0));
    }
}
