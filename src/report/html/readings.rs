//! The numbers under the crosshair of a run's chart, for the script of its page.

use maud::Render;
use serde::Serialize;

use crate::channel::Channel;
use crate::classification::Session;
use crate::report::charts::timeline;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ticks;
use crate::report::drawing::trace;
use crate::report::drawing::trace::Along;
use crate::streams::Streams;

/// Values along a run, one for each span of seconds that the chart can tell apart. Names are short
/// since they stand in every page; numbers are whole, absent ones null.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(super) struct Readings {
    /// The length of a span, in seconds: the first begins at 0.
    pub step: usize,
    /// The end of the last span, in seconds: it is shorter than the others.
    pub end: f64,
    /// The way until there, in metres.
    pub d: Vec<Option<i64>>,
    /// Speed in centimetres per second.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub speed: Vec<Option<i64>>,
    /// Flat-equivalent speed in centimetres per second, where it says something else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub effort: Vec<Option<i64>>,
    /// Heart rate in beats per minute.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub heart: Vec<Option<i64>>,
    /// Cadence in steps per minute.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Option<i64>>,
    /// Power in watts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub power: Vec<Option<i64>>,
    /// Altitude in metres.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub height: Vec<Option<i64>>,
    /// Start and end of each segment, on the clock in seconds and on the way in metres, in the
    /// order of the table.
    pub segments: Vec<(f64, f64, Option<i64>, Option<i64>)>,
}

/// Returns the readings as a JSON object.
#[must_use]
pub(super) fn json(session: &Session, streams: &Streams) -> Json {
    // Whole numbers only, which always serialise.
    Json(serde_json::to_string(&readings(session, streams)).unwrap_or_default())
}

/// Readings as they stand in a page: numbers and fixed keys only, so that nothing in it could end the element.
#[derive(Clone, Debug)]
pub(super) struct Json(String);

impl Render for Json {
    fn render_to(&self, page: &mut String) {
        page.push_str(&self.0);
    }
}

/// Returns the values along a run.
#[must_use]
pub(super) fn readings(session: &Session, streams: &Streams) -> Readings {
    /// Centimetres in a metre.
    const CENTIMETRES: f64 = 100.0;
    let along = Along::Distance(&streams.distance_m);
    let values = |channel: &Channel, factor: f64| means(channel, streams, factor);
    let effort = if timeline::shows_effort(streams) {
        values(&streams.effort_speed_m_s, CENTIMETRES)
    } else {
        Vec::new()
    };
    let height = if streams.grade_quality.is_used() {
        values(&streams.altitude_m, 1.0)
    } else {
        Vec::new()
    };
    Readings {
        step: trace::span_cells(streams.len(), Width::Wide),
        end: streams.elapsed_s,
        d: middles(streams)
            .map(|time_s| along.of_time(time_s).map(whole))
            .collect(),
        speed: values(&streams.speed_m_s, CENTIMETRES),
        effort,
        heart: values(&streams.heart_rate_bpm, 1.0),
        steps: values(&streams.cadence_spm, 1.0),
        power: values(&streams.power_w, 1.0),
        height,
        segments: session
            .segments
            .iter()
            .map(|segment| {
                let way = |time_s| along.of_time(time_s).map(whole);
                let (start_s, end_s) = (segment.start_s, segment.end_s);
                (start_s, end_s, way(start_s), way(end_s))
            })
            .collect(),
    }
}

/// Returns the middle of each span, in seconds.
fn middles(streams: &Streams) -> impl Iterator<Item = f64> {
    let spans = trace::spans(streams.len(), Width::Wide);
    spans.map(|(start, end)| f64::midpoint(ticks::as_f64(start), ticks::as_f64(end)))
}

/// Returns the mean of a channel over each span; nothing where it was never recorded.
fn means(channel: &Channel, streams: &Streams, factor: f64) -> Vec<Option<i64>> {
    if !channel.has_values() {
        return Vec::new();
    }
    trace::spans(streams.len(), Width::Wide)
        .map(|(start, end)| channel.mean(start..end).map(|mean| whole(mean * factor)))
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "seconds, metres and beats of one run"
)]
fn whole(value: f64) -> i64 {
    value.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::made_up;

    #[test]
    fn every_list_is_as_long_as_the_clock_and_only_what_was_recorded_is_there() {
        let (session, mut streams) = made_up::intervals();
        streams.power_w = Channel::default();
        streams.heart_rate_bpm = Channel::default();
        let readings = readings(&session, &streams);
        let length = readings.d.len();
        assert!(length > 120 && length <= 240, "{length}");
        assert_eq!(readings.speed.len(), length);
        assert_eq!(length, streams.len().div_ceil(readings.step));
        assert!(readings.heart.is_empty() && readings.power.is_empty());
        assert_eq!(readings.segments.len(), session.segments.len());
        assert!(!json(&session, &streams).0.contains("heart"));
    }
}
