//! Means, medians and spreads, each with one convention.

use std::borrow::Borrow;

/// A median absolute deviation times this is the standard deviation of normal noise: 1 / Φ⁻¹(¾).
///
/// # References
/// Rousseeuw & Croux 1993, J. Am. Stat. Assoc. 88:1273.
pub(crate) const SD_PER_MAD: f64 = 1.4826;

/// Returns the mean of some values, absent of none.
pub(crate) fn mean(values: impl IntoIterator<Item = impl Borrow<f64>>) -> Option<f64> {
    let add =
        |(sum, count): (f64, f64), value: _| (sum + *Borrow::<f64>::borrow(&value), count + 1.0);
    let (sum, count) = values.into_iter().fold((0.0, 0.0), add);
    (count > 0.0).then(|| sum / count)
}

/// Returns the median of some values, absent of none: of an even number, the middle between the two in the
/// middle.
pub(crate) fn median(values: impl IntoIterator<Item = impl Borrow<f64>>) -> Option<f64> {
    let values = values.into_iter();
    let mut keys: Vec<i64> = values.map(|value| key(*value.borrow())).collect();
    if keys.is_empty() {
        return None;
    }
    let (middle, is_even) = (keys.len() / 2, keys.len().is_multiple_of(2));
    let (lower, upper, _) = keys.select_nth_unstable(middle);
    let below = lower.iter().max().filter(|_| is_even);
    Some(match below {
        Some(below) => f64::midpoint(of_key(*below), of_key(*upper)),
        None => of_key(*upper),
    })
}

/// Returns a whole number in the place of a number: they are in the order of [`f64::total_cmp`], and
/// compared in half the time.
fn key(value: f64) -> i64 {
    turned(value.to_bits().cast_signed())
}

fn of_key(key: i64) -> f64 {
    f64::from_bits(turned(key).cast_unsigned())
}

/// Turns all bits but the sign of what is negative: of those numbers more is less.
fn turned(bits: i64) -> i64 {
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

/// Returns the same of values at hand, which are reordered.
pub(crate) fn median_of(values: &mut [f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let (middle, is_even) = (values.len() / 2, values.len().is_multiple_of(2));
    let (lower, upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let below = lower.iter().copied().max_by(f64::total_cmp);
    Some(match below.filter(|_| is_even) {
        Some(below) => f64::midpoint(below, *upper),
        None => *upper,
    })
}

/// Returns the value of the nearest rank to a share of the way from the least to the greatest, absent of
/// none; the values are reordered.
pub(crate) fn quantile(values: &mut [f64], share: f64) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let rank = rank(values.len(), share);
    let (_, value, _) = values.select_nth_unstable_by(rank, f64::total_cmp);
    Some(*value)
}

/// Returns the same of values in order of size.
pub(crate) fn quantile_of_sorted(values: &[f64], share: f64) -> Option<f64> {
    values.get(rank(values.len(), share)).copied()
}

/// Returns the same of values that nobody else asks for.
pub(crate) fn quantile_among(values: impl Iterator<Item = f64>, share: f64) -> Option<f64> {
    let mut keys: Vec<i64> = values.map(key).collect();
    if keys.is_empty() {
        return None;
    }
    let rank = rank(keys.len(), share);
    let (_, value, _) = keys.select_nth_unstable(rank);
    Some(of_key(*value))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the product lies between 0 and the length"
)]
fn rank(length: usize, share: f64) -> usize {
    (length.saturating_sub(1) as f64 * share.clamp(0.0, 1.0)).round() as usize
}

/// Returns the coefficient of variation of some values: their standard deviation over their mean, absent
/// where that is not above 0.
pub(crate) fn variation(values: &[f64]) -> Option<f64> {
    let middle = mean(values).filter(|mean| *mean > 0.0)?;
    let variance = mean(values.iter().map(|value| (value - middle).powi(2)))?;
    Some(variance.sqrt() / middle)
}

/// Returns the median distance of some values from their median, absent of none.
pub(crate) fn median_deviation(values: &[f64]) -> Option<f64> {
    let middle = median(values)?;
    median(values.iter().map(|value| (value - middle).abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_lie_in_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median([4.0, 1.0]), Some(2.5));
        assert_eq!(median([0.0; 0]), None);
    }

    #[test]
    fn quantiles_are_values_themselves() {
        let mut values = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!(quantile(&mut values, 0.0), Some(1.0));
        assert_eq!(quantile(&mut values, 0.74), Some(4.0));
        assert_eq!(quantile(&mut values, 1.0), Some(5.0));
        assert_eq!(quantile(&mut [], 0.5), None);
    }

    #[test]
    fn spreads_by_hand() {
        // Mean 4, standard deviation 1; median 10, distances 2 1 0 1 30.
        assert_eq!(variation(&[3.0, 5.0]), Some(0.25));
        assert_eq!(variation(&[-1.0, 1.0]), None);
        assert_eq!(median_deviation(&[8.0, 9.0, 10.0, 11.0, 40.0]), Some(1.0));
    }
}
