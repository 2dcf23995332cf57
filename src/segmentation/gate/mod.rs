//! The gate: candidate → probability that it is an effort.
//!
//! Three stages of small boosted trees. The first looks at each candidate by itself; the best choice
//! without overlap by its probabilities is what the second looks at, and what that chooses the third.
//! The log-odds of a candidate are a sum over trees, and each tree adds what its splits add on the way
//! to a leaf, so that every feature has its own additive contribution.
//!
//! What is kept is decided by run: the candidates above the clearest gap between what may be an effort
//! and what is not. In one run all efforts are plain to see; in another they are all faint, and still
//! nothing else in it comes near them.
//!
//! Why fitted: rules of the kind "faster than average by so much" fire on ordinary runs, whose fastest
//! minute is 1.19 of their median speed (median of 33 runs). A logistic regression over 18 features
//! came first: on made-up runs with the wander of real ones it brought the share of right rep counts
//! from 0.68 to 0.86, and easy runs with false intervals from 36 % to 4 %. Trees follow, as contrast
//! means another thing for each length and each kind of run. They are small, three splits deep, so that
//! each feature's part can be told.
//!
//! What each part added, measured on 85 real runs of 13 athletes, each judged by a gate fitted without
//! theirs (runs with the right rep count, F1 at an intersection over union of a half): the first stage
//! 0.47, 0.77; the second 0.64, 0.82; the third 0.68, 0.82; the limit at the clearest gap 0.71, 0.82.
//! Since then, with running as the base of contrast and 110 runs of 17 athletes: 0.73, 0.86. Refits
//! that differ in little but their training copies move the first figure by several hundredths.
//!
//! Tried instead of "the likeliest cut first": the choice without overlap that has the largest sum of
//! log-odds (weighted interval scheduling). It prefers two halves of a tempo block, each likely, to the
//! whole, which is likelier. Tried instead of the gap: one limit for all runs, which is the figure
//! before.

mod by_itself;
mod choose;
mod chosen;
pub(crate) mod feature;
pub mod habits;
mod in_view;
mod judge;
mod likeness;
mod model;
mod own;
mod rarity;
mod rhythm;
mod running;
mod similar_reps;
pub(crate) mod table;
mod trees;
mod weights;

pub use choose::USUAL_LEAST;
pub(crate) use choose::choose_above;
pub(crate) use choose::choose_sure;
pub(crate) use judge::Measured;
pub use judge::SURVIVES;
pub(crate) use judge::Verdict;
pub(crate) use judge::bounded;
pub(crate) use judge::judge;
pub(crate) use judge::ranges;
pub(crate) use likeness::SPEED_FLOOR_M_S;
pub(crate) use likeness::ln_ratio;
pub use model::Calibration;
pub use model::Gate;
pub use trees::Model;
pub use trees::NO_SPLIT;
pub use trees::SPLITS;
pub use trees::Tree;
pub use trees::VALUES;
pub use trees::logit;
pub use trees::probability;
pub(crate) use weights::GATE;

#[cfg(test)]
mod tests;
