//! *RunSummaries by date → References*
//!
//! Learns the athlete from the runs themselves: habitual easy speed, critical speed, heart rates,
//! each with a date, an interval and a source. See [`History`].

mod corroborated;
mod critical_power;
mod critical_speed;
mod easy_speed;
mod efforts;
mod estimates;
mod expectation;
mod field_tests;
mod habits;
mod heart_rate;
mod heart_rate_line;
mod known_days;
mod mornings;
mod numbers;
mod over_time;
mod pace_wander;
mod past;
mod past_session;
mod prior;
mod references;
mod threshold;

pub use critical_speed::CRITICAL_SPEED_PER_EASY_SPEED;
pub use critical_speed::assumed as assumed_critical_speed;
pub use efforts::MODELLED_S;
pub(crate) use efforts::TYPICAL_D_PRIME_M;
pub use efforts::modelled_best;
pub use expectation::Expectation;
pub use heart_rate::maximum_by_age;
pub use heart_rate::set_in_device as maximum_set_in_device;
pub use known_days::known_days;
pub use over_time::DatedReferences;
pub use over_time::Sampling;
pub use past::History;
pub use past_session::PastSession;
pub use references::Confidence;
pub use references::Reference;
pub use references::ReferenceKind;
pub use references::ReferenceUnit;
pub use references::References;
pub(crate) use references::Z90;
pub use threshold::THRESHOLD_OF_CRITICAL_SPEED;
pub use threshold::set_in_device as threshold_set_in_device;
