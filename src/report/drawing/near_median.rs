//! The extent of values of which a few are odd.

/// Returns the lowest and the highest of the values that lie within a share of their median: a few
/// odd ones do not count.
pub(in crate::report) fn near_median(
    values: impl Iterator<Item = f64>,
    share: f64,
) -> Option<(f64, f64)> {
    let mut sorted: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let median = *sorted.get(sorted.len() / 2)?;
    let near = |value: &f64| (value - median).abs() <= median.abs() * share;
    let low = *sorted.iter().find(|value| near(value))?;
    let high = *sorted.iter().rfind(|value| near(value))?;
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_values_do_not_count_among_those_near_the_median() {
        let values = [4.0, 4.1, 4.2, 9.0, 0.2, f64::NAN];
        assert_eq!(near_median(values.into_iter(), 0.1), Some((4.0, 4.2)));
        assert_eq!(near_median([3.0].into_iter(), 0.0), Some((3.0, 3.0)));
        assert_eq!(near_median(std::iter::empty(), 0.1), None);
    }
}
