//! The part of a session document that one file determines.

mod details;
mod head;
mod histogram;
mod measures;
mod quality;
mod reading;
mod run;
mod source;
mod watch;

pub use details::RunDetails;
pub use details::SUMMARY_VERSION;
pub use head::DayFrom;
pub use head::RunHead;
pub use histogram::EFFORT_BIN_M_S;
pub use histogram::HEART_RATE_BIN_BPM;
pub use histogram::HEART_RATE_LAG_S;
pub use histogram::Histogram;
pub use histogram::POWER_BIN_W;
pub use histogram::SegmentHistograms;
pub use measures::BestEffort;
pub use measures::Drift;
pub use measures::Durability;
pub use measures::MeanMax;
pub use measures::Pacing;
pub use measures::RepeatedGround;
pub use measures::SteadyBlock;
pub use measures::Turns;
pub use measures::Wander;
pub use quality::DataQuality;
pub use reading::Reading;
pub use run::RunSummary;
pub use source::Source;
pub use watch::Difference;
pub use watch::Total;
pub use watch::Watch;
