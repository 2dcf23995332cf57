//! *Session | Review → facts*
//!
//! What pages and texts say alike, so that it is said once.

pub mod aggregates;

pub(in crate::report) mod bests;

pub mod facts;

pub(in crate::report) mod partial_sums;

pub(in crate::report) mod planned;

pub mod strip;
