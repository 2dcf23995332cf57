//! What libFuzzer calls: the checks of `tests/invariants/`.

#[allow(dead_code, reason = "the checks use a part")]
#[path = "../../common/fit_encoder.rs"]
mod fit_encoder;
#[path = "../../invariants/mod.rs"]
pub mod invariants;

/// Where the checks look for what the tests share.
mod common {
    pub(crate) use super::fit_encoder;
}
