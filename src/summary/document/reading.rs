//! One of the ways to read a run.

use serde::Deserialize;
use serde::Serialize;

use crate::segmentation::Segment;
use crate::segmentation::Set;

use super::histogram::SegmentHistograms;
use super::measures::Drift;
use super::measures::Durability;
use super::measures::RepeatedGround;
use super::measures::SteadyBlock;
use super::measures::Wander;

/// One way to read a run: a choice of efforts among its candidates, and all that follows from it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reading {
    /// Its place among all readings of the run; the first is what the run alone suggests.
    pub place: usize,
    /// Which candidates are efforts.
    pub efforts: Vec<usize>,
    /// See [`crate::summary::RunHead::moving_s`].
    pub moving_s: f64,
    /// See [`crate::summary::RunSummary::segments`].
    pub segments: Vec<Segment>,
    /// See [`crate::summary::RunSummary::sets`].
    pub sets: Vec<Set>,
    /// See [`crate::segmentation::LapReport::agreement`].
    pub agreement: Option<f64>,
    /// See [`crate::segmentation::LapReport::disagreements`].
    pub disagreements: Vec<String>,
    /// See [`crate::summary::RunSummary::drift`].
    pub drift: Drift,
    /// See [`crate::summary::RunSummary::durability`].
    pub durability: Durability,
    /// See [`crate::summary::RunDetails::steady_blocks`].
    pub steady_blocks: Vec<SteadyBlock>,
    /// See [`crate::summary::RunDetails::histograms`].
    pub histograms: Vec<SegmentHistograms>,
    /// See [`crate::summary::RunDetails::wander`].
    pub wander: Wander,
    /// See [`crate::summary::RunDetails::warm_up_rise_pct`].
    pub warm_up_rise_pct: Option<f64>,
    /// See [`crate::summary::RunDetails::base_speed_m_s`].
    pub base_speed_m_s: Option<f64>,
    /// See [`crate::summary::RunDetails::ground`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<RepeatedGround>,
}
