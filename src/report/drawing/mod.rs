//! *Figure → SVG*
//!
//! What charts have in common: figures of panels and marks, the palette, ticks, letters, and how
//! all of it is drawn. What a chart shows is told in [`crate::report::charts`].

pub mod ink;

pub mod figure;

mod markup;

mod legend;

pub mod chart;

pub mod ticks;

pub(in crate::report) mod trace;

pub(in crate::report) mod free_place;
