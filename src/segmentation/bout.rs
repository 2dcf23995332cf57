//! A bout: an effort with its edges, before it has a name. And where two of them, or two spans, meet.

use std::ops::Range;

use crate::segmentation::edges::Boundary;

/// Two bouts agree from this intersection over union on.
///
/// # Units
/// Ratio. Convention of the field's scores.
pub(crate) const AGREE: f64 = 0.5;

/// One bout that was kept or programmed.
#[derive(Clone, Debug)]
pub(crate) struct Bout {
    /// Its start.
    pub(crate) start: Boundary,
    /// Its end.
    pub(crate) end: Boundary,
    /// The probability that it is an effort, calibrated.
    pub(crate) probability: f64,
    /// The candidate that it comes from, among all of the run; none where only a lap says it.
    pub(crate) candidate: Option<usize>,
    /// False for a programmed step without contrast.
    pub(crate) executed: bool,
    /// Whether a lap fixed it.
    pub(crate) from_lap: bool,
    /// Whether it is a run that gets steadily faster.
    pub(crate) is_progression: bool,
}

impl Bout {
    /// Returns its length in seconds of the elapsed clock.
    pub(crate) fn length_s(&self) -> f64 {
        self.end.at_s - self.start.at_s
    }
}

/// Returns a bout that was found, for tests.
#[cfg(test)]
pub(crate) fn made_up(start_s: f64, end_s: f64) -> Bout {
    Bout {
        start: Boundary::exact(start_s),
        end: Boundary::exact(end_s),
        probability: 0.9,
        candidate: None,
        executed: true,
        from_lap: false,
        is_progression: false,
    }
}

/// Returns the seconds between two moments of the elapsed clock, each rounded; empty where the second is
/// not later.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "moments of a run are small and not negative"
)]
pub(crate) fn seconds(start_s: f64, end_s: f64) -> Range<usize> {
    let start = start_s.max(0.0).round() as usize;
    start..(end_s.max(0.0).round() as usize).max(start)
}

/// Returns start and end, in seconds of the elapsed clock.
pub(crate) fn span(bout: &Bout) -> (f64, f64) {
    (bout.start.at_s, bout.end.at_s)
}

/// Returns intersection over union of two spans, as a ratio; 0 for empty ones. For spans that lie apart
/// the union counts the gap, which changes nothing, as they have nothing in common.
pub(crate) fn overlap(one: (f64, f64), other: (f64, f64)) -> f64 {
    let common = (one.1.min(other.1) - one.0.max(other.0)).max(0.0);
    let union = one.1.max(other.1) - one.0.min(other.0);
    if union > 0.0 { common / union } else { 0.0 }
}
