//! *Session | Review → facts*
//!
//! What pages and texts say alike, so that it is said once.

pub mod aggregates;

pub(in crate::report) mod bests;

pub mod gear;

pub mod compare;

pub mod earlier_blocks;

pub mod facts;

pub(in crate::report) mod partial_sums;

pub(in crate::report) mod planned;

pub mod strip;

pub mod command;

pub mod race;

pub mod reasons;

mod reps;

pub mod splits;

pub mod athletes;

pub mod periods;

pub mod usual_week;

pub mod verdict;

pub mod zones;
