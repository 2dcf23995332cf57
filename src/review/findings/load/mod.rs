//! Idea 7: load with intention.

mod comeback;
mod fall;
mod focus;
mod growth;
mod long_run;
mod phases;
mod spike;
mod taper;
mod weeks;

use crate::review::Finding;
use crate::review::findings::context::Context;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    [
        fall::findings,
        comeback::findings,
        growth::findings,
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
