//! The channels of a run as lines, along time or the way.

use crate::report::drawing::figure::Width;
use crate::report::drawing::trace;
use crate::report::drawing::trace::Source;
use crate::report::drawing::trace::Stretch;
use crate::streams::Streams;

/// Flat-equivalent pace is drawn where it differs so much from pace on the mean: less is the
/// thickness of the line.
///
/// # Units
/// Ratio.
const LEAST_EFFORT_DIFFERENCE: f64 = 0.015;

/// The least span of the axes, so that even running looks even.
const LEAST_SPAN_BPM: f64 = 30.0;
/// See [`LEAST_SPAN_BPM`].
const LEAST_SPAN_W: f64 = 60.0;
/// See [`LEAST_SPAN_BPM`].
const LEAST_SPAN_SPM: f64 = 20.0;
/// Flatter courses have no altitude panel worth its room.
///
/// # Units
/// Metres.
const LEAST_SPAN_ALTITUDE_M: f64 = 12.0;

/// What the horizontal axis counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// The elapsed clock: stops have a width.
    Time,
    /// The way: stops have none.
    Distance,
}

/// The channels of a run that are drawn, with what their lines are made from.
pub struct Sources<'a> {
    streams: &'a Streams,
    speed: Source<'a>,
    /// Absent where flat-equivalent pace says nothing that pace does not.
    effort: Option<Source<'a>>,
    heart_rate: Source<'a>,
    power: Source<'a>,
    cadence: Source<'a>,
    /// Absent where altitude is not sound.
    altitude: Option<Source<'a>>,
}

impl<'a> Sources<'a> {
    /// Returns the channels of a run.
    #[must_use]
    pub fn new(streams: &'a Streams) -> Self {
        let source = |channel| Source::new(channel, &streams.paused);
        let has_altitude = streams.grade_quality.is_used();
        Self {
            streams,
            speed: source(&streams.speed_m_s),
            effort: shows_effort(streams).then(|| source(&streams.effort_speed_m_s)),
            heart_rate: source(&streams.heart_rate_bpm),
            power: source(&streams.power_w),
            cadence: source(&streams.cadence_spm),
            altitude: has_altitude.then(|| source(&streams.altitude_m)),
        }
    }
}

/// The lines of a channel, and the ends of the axis that they need.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    pub(super) stretches: Vec<Stretch>,
    pub(super) ends: Option<(f64, f64)>,
}

/// The channels of a run as marks of a chart, which are the same in all units.
#[derive(Clone, Debug)]
pub struct Traces {
    pub(super) along: Along,
    pub(super) width: Width,
    pub(super) speed: Lines,
    /// Empty where flat-equivalent pace says nothing that pace does not; on the axis of pace.
    pub(super) effort: Vec<Stretch>,
    pub(super) heart_rate: Lines,
    pub(super) power: Lines,
    /// Empty where there is power, which takes its place.
    pub(super) cadence: Lines,
    /// Empty where altitude is not sound; without ends where the ground is flat.
    pub(super) altitude: Lines,
}

impl Traces {
    /// Returns the marks of a run.
    #[must_use]
    pub fn new(sources: &Sources<'_>, along: Along, width: Width) -> Self {
        let axis = along.axis(sources.streams);
        // What was recorded is drawn behind the smoothed lines once: a page must stay small.
        let has_raw = width == Width::Wide && along == Along::Time;
        let marks = |source| trace::stretches(source, axis, width, has_raw);
        let lines = |source, low_share, least_span| {
            let stretches = marks(source);
            let ends = trace::range(trace::values(&stretches), low_share, least_span);
            Lines { stretches, ends }
        };
        let speed = marks(&sources.speed);
        let power = lines(&sources.power, trace::SLOW_SHARE, LEAST_SPAN_W);
        let altitude = sources.altitude.as_ref().map_or_else(Vec::new, marks);
        Self {
            along,
            width,
            speed: Lines {
                ends: trace::pace_range(&speed),
                stretches: speed,
            },
            effort: sources.effort.as_ref().map_or_else(Vec::new, marks),
            heart_rate: lines(&sources.heart_rate, trace::OUTSIDE_SHARE, LEAST_SPAN_BPM),
            cadence: match power.stretches.is_empty() {
                true => lines(&sources.cadence, trace::SLOW_SHARE, LEAST_SPAN_SPM),
                false => Lines::default(),
            },
            power,
            altitude: Lines {
                ends: altitude_ends(&altitude),
                stretches: altitude,
            },
        }
    }
}

/// Returns the ends of an axis of altitude; absent on flat ground.
fn altitude_ends(stretches: &[Stretch]) -> Option<(f64, f64)> {
    let ends = trace::ends(trace::values(stretches), trace::OUTSIDE_SHARE)?;
    (ends.1 - ends.0 >= LEAST_SPAN_ALTITUDE_M).then(|| trace::widened(ends, LEAST_SPAN_ALTITUDE_M))
}

impl Along {
    /// Returns the axis of a run.
    pub(super) fn axis(self, streams: &Streams) -> trace::Along<'_> {
        match self {
            Along::Time => trace::Along::Time,
            Along::Distance => trace::Along::Distance(&streams.distance_m),
        }
    }
}

/// Returns whether the line of flat-equivalent pace says something that pace does not.
#[must_use]
pub fn shows_effort(streams: &Streams) -> bool {
    if !streams.grade_quality.is_used() {
        return false;
    }
    let pairs = streams
        .speed_m_s
        .iter()
        .zip(streams.effort_speed_m_s.iter());
    let (difference, speed) = pairs
        .filter_map(|(speed, effort)| speed.zip(effort))
        .fold((0.0, 0.0), |(difference, sum), (speed, effort)| {
            (difference + (effort - speed).abs(), sum + speed)
        });
    difference > LEAST_EFFORT_DIFFERENCE * speed
}
