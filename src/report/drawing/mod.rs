//! *Figure → SVG*
//!
//! What charts have in common: figures of panels and marks, the palette, ticks, letters, and how
//! all of it is drawn. What a chart shows is told in [`crate::report::charts`].

pub mod ink;

pub mod figure;

pub mod letters;

pub mod layout;

pub mod ticks;

mod path;

mod svg;

pub(in crate::report) mod frame;

mod legend;

pub mod chart;

pub(in crate::report) mod trace;

pub(in crate::report) mod free_place;
