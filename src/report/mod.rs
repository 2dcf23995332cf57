//! *Session | Review → text*
//!
//! Draws and writes what was found: terminal text, Markdown, JSON, SVG charts, HTML pages. Every
//! function returns a string; nothing here touches files or the terminal.

pub mod aggregates;
mod bests;
mod clean;
pub mod facts;
mod known;
mod planned;
pub mod text;

pub mod ink;

pub mod figure;

mod markup;

mod legend;

pub mod chart;

pub mod ticks;

mod week_axis;

mod trace;

mod free_place;

pub mod timeline;

pub mod readings;

pub mod distribution;

pub mod zones;

pub mod repetitions;

pub mod best_effort_curve;

pub mod drift_plot;

pub mod load_chart;

pub mod volume_chart;

pub mod comparable_chart;

mod estimates;

pub mod athlete_chart;

pub mod strip;

pub mod strip_chart;

pub mod calendar;

pub mod map;

pub mod html;

mod diary;

pub mod slug;

pub mod site;

#[cfg(test)]
mod sample;

pub use clean::clean_json;
pub use clean::clean_text;
