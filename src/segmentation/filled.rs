//! Segments filled in: their numbers with what they rest on, how sure those between efforts are, and what
//! is told of the run as a whole.

use crate::segmentation::Segment;
use crate::segmentation::away;
use crate::segmentation::evidence;
use crate::segmentation::labels::Stretch;
use crate::segmentation::measure::measured;
use crate::segmentation::measure::time;
use crate::segmentation::signals::Signals;
use crate::segmentation::signals::WANDER_BLOCK_S;
use crate::segmentation::signals::wander;
use crate::statistics::median_of;
use crate::streams::SpeedSource;
use crate::streams::Streams;
use crate::thresholds::STANDING_M_S;
use crate::units::round;
use crate::vocabulary::RestsOn;
use crate::vocabulary::SegmentKind;

/// Returns a segment that is no effort, with its reason.
pub(crate) fn rest(streams: &Streams, signals: &Signals, stretch: &Stretch) -> Segment {
    let mut segment = based(streams, signals, stretch);
    segment.evidence = match away::why(streams, stretch) {
        Some(why) => vec![why],
        None => evidence::of_rest(&segment),
    };
    segment
}

/// Returns a segment with its numbers and what they rest on; the last one ends with the run.
pub(crate) fn based(streams: &Streams, signals: &Signals, stretch: &Stretch) -> Segment {
    let mut segment = measured(streams, signals, stretch);
    segment.end_s = time(stretch.end.at_s);
    if (stretch.end.at_s - streams.elapsed_s).abs() < f64::EPSILON {
        segment.end_s = streams.elapsed_s;
    }
    segment.sources = sources(streams);
    segment
}

fn sources(streams: &Streams) -> Vec<RestsOn> {
    match streams.speed_source {
        SpeedSource::Distance => vec![RestsOn::Distance],
        SpeedSource::Device => vec![RestsOn::DeviceSpeed],
        SpeedSource::Position => vec![RestsOn::Position],
        SpeedSource::None => Vec::new(),
    }
}

/// Gives segments that are no bouts the confidence of the bouts that make them what they are; in a
/// run without bouts, the confidence that none was missed; `missed` is the greatest probability of
/// one.
pub(crate) fn calm_confidence(segments: &mut [Segment], missed: f64) {
    let efforts: Vec<Option<f64>> = segments
        .iter()
        .map(|segment| segment.kind.is_work().then_some(segment.confidence))
        .collect();
    for (index, segment) in segments.iter_mut().enumerate() {
        if segment.kind.is_work() {
            continue;
        }
        let before = efforts[..index].iter().rev().flatten().next();
        let after = efforts[index + 1..].iter().flatten().next();
        let sure = match (before, after) {
            (Some(one), Some(other)) => one.min(*other),
            (Some(one), None) | (None, Some(one)) => *one,
            (None, None) => 1.0 - missed,
        };
        segment.confidence = round(sure, 3);
    }
}

/// Returns the spread of 30 s means of what is moved outside efforts, as a fraction of their median.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "moments of a run are small and not negative"
)]
pub(crate) fn own_wander(signals: &Signals, segments: &[Segment]) -> Option<f64> {
    let mut means = Vec::new();
    for segment in segments.iter().filter(|segment| !segment.kind.is_work()) {
        let (mut start, end) = (segment.start_s as usize, segment.end_s as usize);
        while start + WANDER_BLOCK_S <= end {
            means.push(signals.mean_speed(start..start + WANDER_BLOCK_S));
            start += WANDER_BLOCK_S;
        }
    }
    means.retain(|mean| *mean >= STANDING_M_S);
    (!means.is_empty()).then(|| round(wander(&mut means), 4))
}

/// Returns the median grade-adjusted speed of easy running, by segment, in metres per second: recoveries
/// are run as slow as one likes, and are no base.
pub(crate) fn base_speed(segments: &[Segment]) -> Option<f64> {
    let easy = |kind: SegmentKind| {
        matches!(
            kind,
            SegmentKind::WarmUp | SegmentKind::Steady | SegmentKind::CoolDown
        )
    };
    let mut speeds: Vec<f64> = segments
        .iter()
        .filter(|segment| easy(segment.kind))
        .filter_map(|segment| segment.effort_speed_m_s)
        .collect();
    median_of(&mut speeds).map(|speed| round(speed, 3))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "the values are exact")]

    use super::*;
    use crate::segmentation::edges::Boundary;
    use crate::segmentation::exact;
    use crate::segmentation::exact::segment;
    use crate::vocabulary::SegmentKind::*;

    #[test]
    fn the_last_segment_ends_with_the_run_to_its_last_digit() {
        let mut streams = exact::streams(&[3.0; 101]);
        streams.elapsed_s = 100.67;
        let end = |end_s| {
            let stretch = Stretch {
                kind: Steady,
                start: Boundary::exact(0.0),
                end: Boundary::exact(end_s),
                bout: None,
            };
            based(&streams, &Signals::new(&streams), &stretch).end_s
        };
        assert_eq!((end(100.67), end(50.67)), (100.67, 50.7));
    }

    #[test]
    fn what_lies_between_efforts_is_as_sure_as_the_less_sure_of_them() {
        let mut segments = vec![
            segment(WarmUp, 0.0, 600.0, 2.5),
            segment(Work, 600.0, 700.0, 4.0),
            segment(Recovery, 700.0, 800.0, 2.0),
            segment(Work, 800.0, 900.0, 4.0),
            segment(CoolDown, 900.0, 1200.0, 2.5),
        ];
        (segments[1].confidence, segments[3].confidence) = (0.8, 0.6);
        calm_confidence(&mut segments, 0.3);
        let sure: Vec<f64> = segments.iter().map(|one| one.confidence).collect();
        assert_eq!(sure, [0.8, 0.8, 0.6, 0.6, 0.6]);
        let mut even = vec![segment(Steady, 0.0, 600.0, 2.5)];
        calm_confidence(&mut even, 0.3);
        assert_eq!(even[0].confidence, 0.7);
    }

    #[test]
    fn wander_is_that_of_the_running_outside_efforts() {
        // Half-minutes of 2.4, 2.5, 2.6 and, in an effort, 4 m/s; one that is stood.
        let parts = [
            (30, 2.4),
            (30, 2.5),
            (30, 2.6),
            (60, 4.0),
            (30, 0.0),
            (20, 3.5),
        ];
        let signals = Signals::new(&exact::streams(&exact::speeds(&parts)));
        let segments = [
            segment(Steady, 0.0, 90.0, 2.5),
            segment(Work, 90.0, 150.0, 4.0),
            segment(Stop, 150.0, 180.0, 0.0),
            segment(CoolDown, 180.0, 200.0, 3.5),
        ];
        let spread = crate::statistics::SD_PER_MAD * 0.1 / 2.5;
        assert_eq!(own_wander(&signals, &segments), Some(round(spread, 4)));
        assert_eq!(own_wander(&signals, &segments[1..]), None);
    }

    #[test]
    fn the_base_is_the_middle_of_easy_segments() {
        let segments = [
            segment(WarmUp, 0.0, 600.0, 2.5),
            segment(Work, 600.0, 700.0, 4.0),
            segment(Recovery, 700.0, 800.0, 2.0),
            segment(Steady, 800.0, 900.0, 2.9),
            segment(CoolDown, 900.0, 1200.0, 2.7),
        ];
        assert_eq!(base_speed(&segments), Some(2.7));
        assert_eq!(base_speed(&segments[1..3]), None);
    }
}
