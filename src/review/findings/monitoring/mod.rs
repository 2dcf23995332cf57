//! Idea 8: watch recovery.

mod exertion;
mod signs;

use crate::review::Finding;
use crate::review::findings::context::Context;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    [exertion::findings, signs::findings]
        .iter()
        .flat_map(|part| part(context))
        .collect()
}
