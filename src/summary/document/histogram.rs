//! Time spent at each effort speed, heart rate and power.

use serde::Deserialize;
use serde::Serialize;

/// Time spent at each effort speed, heart rate and power within one segment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentHistograms {
    /// Effort speed smoothed over 15 s inside the segment, bins of [`EFFORT_BIN_M_S`].
    pub effort: Histogram,
    /// Heart rate of [`HEART_RATE_LAG_S`] later, bins of [`HEART_RATE_BIN_BPM`].
    pub heart_rate: Histogram,
    /// Power while moving, smoothed in the same way, bins of [`POWER_BIN_W`]; empty without power.
    #[serde(default, skip_serializing_if = "Histogram::is_empty")]
    pub power: Histogram,
}

/// Width of the bins of effort speed.
///
/// # Units
/// Metres per second. A fortieth of a usual critical speed halves to about 1 % by interpolation.
pub const EFFORT_BIN_M_S: f64 = 0.1;
/// Width of the bins of heart rate.
///
/// # Units
/// Beats per minute.
pub const HEART_RATE_BIN_BPM: f64 = 2.0;
/// Width of the bins of power.
///
/// # Units
/// Watts. About a thirtieth of what a runner holds for an hour.
pub const POWER_BIN_W: f64 = 10.0;
/// Heart rate is late: each second is rated by the heart rate of this much later.
///
/// # Units
/// Seconds (whole). Measured on 15 real runs: 63 % of a change is reached after 25–75 s when it
/// rises; a part of that is not lag but slowness, which no shift removes.
pub const HEART_RATE_LAG_S: usize = 30;

/// Seconds per bin, from the first bin that is not empty to the last.
///
/// In a document it is one list, since a run has two of these per segment: the index of the first
/// bin, then the seconds of each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "Vec<u32>", into = "Vec<u32>")]
pub struct Histogram {
    /// The index of the first bin; bin `k` covers `[k, k + 1)` bin widths.
    pub first: u32,
    /// Seconds in each bin.
    pub seconds: Vec<u32>,
}

impl From<Histogram> for Vec<u32> {
    fn from(histogram: Histogram) -> Self {
        let first = (!histogram.seconds.is_empty()).then_some(histogram.first);
        first.into_iter().chain(histogram.seconds).collect()
    }
}

impl From<Vec<u32>> for Histogram {
    fn from(list: Vec<u32>) -> Self {
        let mut list = list.into_iter();
        let first = list.next().unwrap_or_default();
        Self {
            first,
            seconds: list.collect(),
        }
    }
}

impl Histogram {
    /// Returns lower edge, upper edge and seconds of each bin, for bins of a width.
    pub fn bins(&self, width: f64) -> impl Iterator<Item = (f64, f64, f64)> + '_ {
        (self.first..)
            .zip(&self.seconds)
            .map(move |(bin, seconds)| {
                let low = f64::from(bin) * width;
                (low, low + width, f64::from(*seconds))
            })
    }

    /// Returns whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.seconds.is_empty()
    }

    /// Returns the seconds in all bins.
    #[must_use]
    pub fn total_s(&self) -> f64 {
        self.seconds.iter().copied().map(f64::from).sum()
    }
}
