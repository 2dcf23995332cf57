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
