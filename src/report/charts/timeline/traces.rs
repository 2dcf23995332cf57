//! The channels of a run as lines, along time or the way.

use crate::report::drawing::figure::Width;
use crate::report::drawing::trace;
use crate::report::drawing::trace::Stretch;
use crate::streams::Streams;

/// Flat-equivalent pace is drawn where it differs so much from pace on the mean: less is the
/// thickness of the line.
///
/// # Units
/// Ratio.
const LEAST_EFFORT_DIFFERENCE: f64 = 0.015;

/// What the horizontal axis counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// The elapsed clock: stops have a width.
    Time,
    /// The way: stops have none.
    Distance,
}

/// The channels of a run as marks of a chart, which are the same in all units.
#[derive(Clone, Debug)]
pub struct Traces {
    pub(super) along: Along,
    pub(super) width: Width,
    pub(super) speed: Vec<Stretch>,
    /// Empty where flat-equivalent pace says nothing that pace does not.
    pub(super) effort: Vec<Stretch>,
    pub(super) heart_rate: Vec<Stretch>,
    pub(super) power: Vec<Stretch>,
    /// Empty where there is power, which takes its place.
    pub(super) cadence: Vec<Stretch>,
    /// Empty where altitude is not sound.
    pub(super) altitude: Vec<Stretch>,
}

impl Traces {
    /// Returns the marks of a run.
    #[must_use]
    pub fn new(streams: &Streams, along: Along, width: Width) -> Self {
        let axis = along.axis(streams);
        // What was recorded is drawn behind the smoothed lines once: a page must stay small.
        let has_raw = width == Width::Wide && along == Along::Time;
        let marks = |channel| trace::stretches(channel, &streams.paused, axis, width, has_raw);
        let only = |is_shown: bool, channel| match is_shown {
            true => marks(channel),
            false => Vec::new(),
        };
        let power = marks(&streams.power_w);
        Self {
            along,
            width,
            speed: marks(&streams.speed_m_s),
            effort: only(shows_effort(streams), &streams.effort_speed_m_s),
            heart_rate: marks(&streams.heart_rate_bpm),
            cadence: only(power.is_empty(), &streams.cadence_spm),
            power,
            altitude: only(streams.grade_quality.is_used(), &streams.altitude_m),
        }
    }
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
