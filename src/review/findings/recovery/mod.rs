//! Idea 5: what became of the recovery slots, in either of two views.

mod around;
mod audit;
mod tired_legs;

use crate::review::Finding;
use crate::review::findings::context::Context;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = audit::findings(context);
    findings.extend(around::before_key_sessions(context));
    findings.extend(around::days_after(context));
    findings
}
