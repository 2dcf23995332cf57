//! Work, recovery and all other running of a session, each summed up apart: a mean over both would
//! be a pace that nobody ran.

use std::collections::BTreeSet;

use crate::segmentation::Segment;
use crate::vocabulary::SegmentKind;

/// What segments of one sort come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Aggregate {
    /// The sort, as in "Work".
    pub name: &'static str,
    /// How many segments.
    pub count: usize,
    /// Their time, standing included, in seconds.
    pub elapsed_s: f64,
    /// Their time without standing, in seconds.
    pub moving_s: f64,
    /// Their distance, in metres; absent unless it is known of all.
    pub distance_m: Option<f64>,
    /// Mean heart rate by time of those of which it is known, in beats per minute; absent where
    /// that is less than half of their time.
    pub heart_rate_bpm: Option<f64>,
}

/// The share of the time of which the heart rate has to be known for a mean.
const LEAST_KNOWN_SHARE: f64 = 0.5;

/// Returns the sums of a session with efforts; none for other sessions.
#[must_use]
pub fn aggregates(segments: &[Segment]) -> Vec<Aggregate> {
    let is_work = |segment: &Segment| segment.kind.is_work();
    if !segments.iter().any(is_work) {
        return Vec::new();
    }
    let is_recovery =
        |segment: &Segment| matches!(segment.kind, SegmentKind::Recovery | SegmentKind::Rest);
    let (work, others): (Vec<&Segment>, Vec<&Segment>) =
        segments.iter().partition(|segment| is_work(segment));
    let (recovery, rest): (Vec<&Segment>, Vec<&Segment>) =
        others.into_iter().partition(|segment| is_recovery(segment));
    let sorts = [
        ("All work", work),
        ("All recovery", recovery),
        ("All else", rest),
    ];
    sorts
        .into_iter()
        .filter_map(|(name, segments)| aggregate(name, &segments))
        .collect()
}

fn aggregate(name: &'static str, segments: &[&Segment]) -> Option<Aggregate> {
    if segments.is_empty() {
        return None;
    }
    let elapsed_s: f64 = segments.iter().map(|segment| segment.elapsed_s()).sum();
    let beats = segments
        .iter()
        .filter_map(|segment| Some((segment.heart_rate_bpm?, segment.elapsed_s())));
    let (beats, known_s) = beats.fold((0.0, 0.0), |(beats, known_s), (rate, time_s)| {
        (beats + rate * time_s, known_s + time_s)
    });
    Some(Aggregate {
        name,
        count: segments.len(),
        elapsed_s,
        moving_s: segments.iter().map(|segment| segment.moving_s).sum(),
        distance_m: segments.iter().map(|segment| segment.distance_m).sum(),
        heart_rate_bpm: (known_s > 0.0 && known_s >= LEAST_KNOWN_SHARE * elapsed_s)
            .then(|| beats / known_s),
    })
}

/// Returns the mean over moving time of those segments of which a value is known.
pub(in crate::report) fn mean_by_time<'a>(
    segments: impl IntoIterator<Item = &'a Segment>,
    value: impl Fn(&Segment) -> Option<f64>,
) -> Option<f64> {
    let known = segments
        .into_iter()
        .filter_map(|one| Some((value(one)?, one.moving_s)));
    let (sum, all_s) = known.fold((0.0, 0.0), |(sum, all_s), (value, moving_s)| {
        (sum + value * moving_s, all_s + moving_s)
    });
    (all_s > 0.0).then(|| sum / all_s)
}

/// The mean of a further quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Further {
    /// Its name with the unit.
    pub name: String,
    /// Over the moving time of the run.
    pub run: f64,
    /// Over that of its efforts, where there are any.
    pub efforts: Option<f64>,
}

/// Returns the means of all further quantities, by name.
#[must_use]
pub fn further(segments: &[Segment]) -> Vec<Further> {
    let names: BTreeSet<&String> = segments.iter().flat_map(|one| one.further.keys()).collect();
    let mean = |name: &str, is_wanted: &dyn Fn(&Segment) -> bool| {
        let parts = segments.iter().filter(|one| is_wanted(one));
        let (sum, moving_s) = parts
            .filter_map(|one| Some((one.further.get(name)?, one.moving_s)))
            .fold((0.0, 0.0), |(sum, all_s), (value, moving_s)| {
                (sum + value * moving_s, all_s + moving_s)
            });
        (moving_s > 0.0).then(|| sum / moving_s)
    };
    let rows = names.into_iter().filter_map(|name| {
        Some(Further {
            name: name.clone(),
            run: mean(name, &|_| true)?,
            efforts: mean(name, &|one| one.kind.is_work()),
        })
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::made_up;

    fn segment(kind: SegmentKind, elapsed_s: f64, distance_m: f64, heart: Option<f64>) -> Segment {
        Segment {
            distance_m: Some(distance_m),
            heart_rate_bpm: heart,
            ..made_up::segment(kind, 0.0, elapsed_s, distance_m / elapsed_s)
        }
    }

    #[test]
    fn work_and_recovery_are_not_mixed() {
        let segments = [
            segment(SegmentKind::WarmUp, 600.0, 1800.0, None),
            segment(SegmentKind::Work, 240.0, 1000.0, Some(170.0)),
            segment(SegmentKind::Rest, 60.0, 0.0, Some(150.0)),
            segment(SegmentKind::Work, 260.0, 1000.0, Some(176.0)),
            segment(SegmentKind::Recovery, 120.0, 300.0, Some(140.0)),
        ];
        let sums = aggregates(&segments);
        let shown: Vec<(&str, usize, f64)> = sums
            .iter()
            .map(|sum| (sum.name, sum.count, sum.elapsed_s))
            .collect();
        let expected = [
            ("All work", 2, 500.0),
            ("All recovery", 2, 180.0),
            ("All else", 1, 600.0),
        ];
        assert_eq!(shown, expected);
        assert_eq!(sums[0].distance_m, Some(2000.0));
        // (170 · 240 + 176 · 260) / 500
        assert!(
            sums[0]
                .heart_rate_bpm
                .is_some_and(|bpm| (bpm - 173.12).abs() < 1e-9)
        );
        assert_eq!(sums[2].heart_rate_bpm, None);
        assert_eq!(aggregates(&segments[..1]), []);
    }
}
