//! The search for change points against exhaustive search.

use hardeasy::segmentation::changepoint::optimal_partition;

/// Differences below this come from the order of additions.
const ROUNDING: f64 = 1e-9;

fn cost(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean).powi(2)).sum()
}

fn objective(values: &[f64], ends: &[usize], penalty: f64) -> f64 {
    let mut start = 0;
    let mut total = -penalty;
    for end in ends {
        total += penalty + cost(&values[start..*end]);
        start = *end;
    }
    total
}

/// Returns the least objective over all partitions into stretches of at least the least length.
fn exhaustive(values: &[f64], penalty: f64, least_length: usize) -> f64 {
    let mut best = vec![f64::INFINITY; values.len() + 1];
    best[0] = -penalty;
    for end in least_length..=values.len() {
        for start in 0..=end - least_length {
            best[end] = best[end].min(best[start] + penalty + cost(&values[start..end]));
        }
    }
    best[values.len()]
}

/// Returns the least objective by trying every subset of edges: what the other search is checked by.
fn every_subset(values: &[f64], penalty: f64, least_length: usize) -> f64 {
    let inner = values.len() - 1;
    (0..1_u32 << inner)
        .filter_map(|subset| {
            let mut ends: Vec<usize> = (1..=inner)
                .filter(|edge| subset >> (edge - 1) & 1 == 1)
                .collect();
            ends.push(values.len());
            let long_enough = ends
                .iter()
                .zip(std::iter::once(&0).chain(&ends))
                .all(|(end, start)| end - start >= least_length);
            long_enough.then(|| objective(values, &ends, penalty))
        })
        .fold(f64::INFINITY, f64::min)
}

fn signals(alphabet: &'static [f64], length: usize) -> impl Iterator<Item = Vec<f64>> {
    (0..alphabet.len().pow(u32::try_from(length).unwrap_or(0))).map(move |mut code| {
        (0..length)
            .map(|_| {
                let letter = alphabet[code % alphabet.len()];
                code /= alphabet.len();
                letter
            })
            .collect()
    })
}

fn check(values: &[f64], penalty: f64, least_length: usize, optimum: f64) {
    let ends = optimal_partition(values, penalty, least_length);
    let mut start = 0;
    for end in &ends {
        assert!(
            end - start >= least_length,
            "{values:?} {penalty} {least_length}: {ends:?}"
        );
        start = *end;
    }
    assert_eq!(ends.last(), Some(&values.len()));
    let found = objective(values, &ends, penalty);
    assert!(
        (found - optimum).abs() < ROUNDING,
        "{values:?} penalty {penalty} least length {least_length}: {ends:?} costs {found}, best {optimum}"
    );
}

#[test]
fn two_letters_up_to_twelve_samples_are_cut_best() {
    for length in 1..=12 {
        for values in signals(&[0.0, 1.0], length) {
            for least_length in 1..=length.min(6) {
                for penalty in [0.0, 0.1, 0.35, 1.0] {
                    check(
                        &values,
                        penalty,
                        least_length,
                        exhaustive(&values, penalty, least_length),
                    );
                }
            }
        }
    }
}

#[test]
fn three_letters_up_to_nine_samples_are_cut_best() {
    for length in 1..=9 {
        for values in signals(&[0.0, 1.0, 3.0], length) {
            for least_length in 1..=length.min(4) {
                for penalty in [0.2, 0.7] {
                    check(
                        &values,
                        penalty,
                        least_length,
                        exhaustive(&values, penalty, least_length),
                    );
                }
            }
        }
    }
}

#[test]
fn the_recursion_used_for_comparison_agrees_with_every_subset() {
    for length in 1..=10 {
        for values in signals(&[0.0, 1.0], length) {
            for least_length in 1..=length.min(3) {
                let one = exhaustive(&values, 0.3, least_length);
                let other = every_subset(&values, 0.3, least_length);
                assert!((one - other).abs() < ROUNDING, "{values:?}: {one} {other}");
            }
        }
    }
}
