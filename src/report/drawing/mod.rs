//! *Figure → SVG*
//!
//! What charts have in common: figures of panels and marks, the palette, ticks, letters, and how
//! all of it is drawn. What a chart shows is told in [`crate::report::charts`].

mod digits;

pub mod ink;

pub mod figure;

pub mod letters;

pub mod layout;

pub mod ticks;

mod path;

mod look;

mod svg;

pub(in crate::report) mod frame;

mod legend;

pub mod chart;

pub mod screens;

pub(in crate::report) mod trace;

pub(in crate::report) mod near_median;

pub(in crate::report) mod free_place;
