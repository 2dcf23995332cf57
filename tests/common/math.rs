//! Elementary functions from the four operations alone, so that the fixtures are the same bytes on
//! every platform, whatever its mathematics library.

use std::f64::consts::LN_2;
use std::f64::consts::PI;

/// Terms of the power series: beyond 22 nothing changes for the reduced arguments used here.
const TERMS: u32 = 22;

/// Returns e to the power `x`.
pub fn exp(x: f64) -> f64 {
    let halvings = (x / LN_2).round();
    let rest = x - halvings * LN_2;
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..TERMS {
        term *= rest / f64::from(n);
        sum += term;
    }
    sum * 2f64.powi(halvings as i32)
}

/// Returns the natural logarithm of a positive `x`, by Halley's iteration on [`exp`].
pub fn ln(x: f64) -> f64 {
    let mut y = 0.0;
    for _ in 0..40 {
        let e = exp(y);
        y += 2.0 * (x - e) / (x + e);
    }
    y
}

/// Returns `base` to the power `exponent`, for a positive base.
pub fn pow(base: f64, exponent: f64) -> f64 {
    exp(exponent * ln(base))
}

/// Returns the sine of an angle in radians.
pub fn sin(x: f64) -> f64 {
    let turned = (x + PI).rem_euclid(2.0 * PI) - PI;
    let (mut term, mut sum) = (turned, turned);
    for n in 1..TERMS {
        let k = f64::from(2 * n);
        term *= -turned * turned / (k * (k + 1.0));
        sum += term;
    }
    sum
}

/// Returns the cosine of an angle in radians.
pub fn cos(x: f64) -> f64 {
    sin(x + PI / 2.0)
}
