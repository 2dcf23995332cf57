//! The choice of bouts: the candidates without overlap whose weights add up to the most.

use std::ops::Range;

/// Returns the indices of the best choice in order of start (weighted interval scheduling).
///
/// Candidates of weight 0 or less are never chosen. Of equal choices, the one found first wins.
pub(crate) fn best_choice(ranges: &[Range<usize>], weights: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..ranges.len())
        .filter(|index| weights[*index] > 0.0)
        .collect();
    order.sort_by_key(|index| (ranges[*index].end, ranges[*index].start));
    let mut best = vec![0.0; order.len() + 1];
    let mut before = Vec::with_capacity(order.len());
    for (place, index) in order.iter().enumerate() {
        let free =
            order[..place].partition_point(|other| ranges[*other].end <= ranges[*index].start);
        before.push(free);
        best[place + 1] = f64::max(best[place], best[free] + weights[*index]);
    }
    let mut chosen = Vec::new();
    let mut place = order.len();
    while place > 0 {
        let index = order[place - 1];
        if best[before[place - 1]] + weights[index] > best[place - 1] {
            chosen.push(index);
            place = before[place - 1];
        } else {
            place -= 1;
        }
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choice_is_the_best_of_all() {
        let mut state = 3_u64;
        let mut draw = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % below
        };
        for _ in 0..300 {
            let ranges: Vec<Range<usize>> = (0..9)
                .map(|_| {
                    let start = usize::try_from(draw(20)).unwrap_or(0);
                    start..start + 1 + usize::try_from(draw(8)).unwrap_or(0)
                })
                .collect();
            let weights: Vec<f64> = (0..9).map(|_| draw(40) as f64 / 10.0 - 1.0).collect();
            let total = |chosen: &[usize]| chosen.iter().map(|index| weights[*index]).sum::<f64>();
            let mut best: f64 = 0.0;
            for subset in 0..1_u32 << 9 {
                let chosen: Vec<usize> = (0..9).filter(|index| subset >> index & 1 == 1).collect();
                let apart = chosen.iter().enumerate().all(|(place, one)| {
                    chosen[..place].iter().all(|other| {
                        ranges[*one].end <= ranges[*other].start
                            || ranges[*other].end <= ranges[*one].start
                    })
                });
                if apart {
                    best = best.max(total(&chosen));
                }
            }
            let chosen = best_choice(&ranges, &weights);
            assert!((total(&chosen) - best).abs() < 1e-9);
            assert!(
                chosen
                    .windows(2)
                    .all(|pair| ranges[pair[0]].end <= ranges[pair[1]].start)
            );
        }
    }
}
