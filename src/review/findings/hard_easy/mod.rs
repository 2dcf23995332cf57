//! Idea 4: hard days hard, easy days easy.

mod middle_zone;
mod other_sport;
mod spacing;
mod strength;

use crate::review::Finding;
use crate::review::findings::context::Context;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    [
        middle_zone::findings,
        spacing::findings,
        strength::findings,
        other_sport::findings,
    ]
    .iter()
    .flat_map(|part| part(context))
    .collect()
}
