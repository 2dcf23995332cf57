//! Idea 7: load with intention.

mod focus;
mod long_run;
mod phases;
mod spike;
mod taper;
mod weeks;

use crate::review::Finding;
use crate::review::findings::context::Context;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    [
        weeks::findings,
        spike::findings,
        long_run::findings,
        focus::findings,
        phases::findings,
        taper::findings,
    ]
    .iter()
    .flat_map(|part| part(context))
    .collect()
}
