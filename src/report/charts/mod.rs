//! *Session | Review → figure*
//!
//! A file a chart: which panels, marks and ticks show what was found.

pub mod timeline;

pub mod zones;

pub mod profile;

pub mod same_workout;

pub mod repetitions;

pub mod best_effort_curve;

pub mod drift_plot;

pub mod map;

pub mod of_run;

pub(in crate::report) mod week_axis;

pub mod distribution;

pub mod load_chart;

mod week_lanes;

pub mod volume_chart;

pub mod strip_chart;

pub mod calendar;

pub mod comparable_chart;

pub(in crate::report) mod reference_lines;

pub mod athlete_chart;
