//! What is assumed of critical speed apart from efforts.

use chrono::NaiveDate;

use crate::history::Confidence;
use crate::history::Reference;
use crate::history::Z90;

/// Critical speed as a multiple of habitual easy speed, where nothing better is known: easy running
/// is mostly done at 0.70–0.82 of it.
///
/// # Units
/// Ratio. Convention: the middle of that range.
pub const CRITICAL_SPEED_PER_EASY_SPEED: f64 = 1.0 / 0.77;
/// Half-width of the 90 % interval of that assumption.
///
/// # Units
/// Ratio. Convention: it spans the range.
const ASSUMED_HALF_WIDTH: f64 = 0.12;

/// What is assumed of critical speed apart from efforts, in log metres per second.
#[derive(Clone, Debug)]
pub(in crate::history) struct Assumption {
    pub(in crate::history) log_speed: f64,
    pub(in crate::history) sd: f64,
    pub(in crate::history) source: String,
    pub(in crate::history) date: Option<NaiveDate>,
}

impl Assumption {
    /// Returns what habitual easy speed lets assume.
    pub(in crate::history) fn of_easy(easy: &Reference) -> Self {
        Self {
            log_speed: (easy.value * CRITICAL_SPEED_PER_EASY_SPEED).ln(),
            sd: ASSUMED_HALF_WIDTH / Z90,
            source: "easy speed / 0.77".to_owned(),
            date: easy.date,
        }
    }

    /// Returns both assumptions weighted by the inverse of their variances.
    pub(in crate::history) fn and(self, other: Option<Self>) -> Self {
        let Some(other) = other else {
            return self;
        };
        let (a, b) = (self.sd.powi(-2), other.sd.powi(-2));
        Self {
            log_speed: (a * self.log_speed + b * other.log_speed) / (a + b),
            sd: (a + b).powf(-0.5),
            source: format!("{} and {}", self.source, other.source),
            date: self.date.max(other.date),
        }
    }

    pub(super) fn reference(&self) -> Reference {
        let at = |z: f64| (self.log_speed + z * self.sd).exp();
        Reference {
            value: at(0.0),
            low: at(-Z90),
            high: at(Z90),
            source: format!("assumed: {}", self.source),
            date: self.date,
            confidence: Confidence::Low,
        }
    }
}

/// Returns critical speed as assumed from habitual easy speed.
#[must_use]
pub fn assumed(easy: &Reference) -> Reference {
    Assumption::of_easy(easy).reference()
}
