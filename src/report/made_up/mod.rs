//! Made-up runs and seasons for the tests of this module, and what they ask of figures.

mod figures;
mod runs;
mod season;

pub(in crate::report) use figures::bars;
pub(in crate::report) use figures::colliding;
pub(in crate::report) use figures::end;
pub(in crate::report) use figures::marks;
pub(in crate::report) use runs::first_day;
pub(in crate::report) use runs::intervals;
pub(in crate::report) use runs::plain_session;
pub(in crate::report) use runs::segment;
pub(in crate::report) use season::review;
pub(in crate::report) use season::season;
