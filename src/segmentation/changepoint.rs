//! Exact optimal partitioning of a signal into stretches of constant mean.
//!
//! Minimises the sum of squared distances to the means of the stretches plus a penalty per change,
//! over all partitions whose stretches have at least a given length. The search is dynamic
//! programming over the last change with functional pruning: a last change is forgotten once there
//! is no mean for which it is the best. A last change enters the comparison only when its stretch
//! has reached the least length; from then on all changes in the comparison grow by the same
//! samples, so that pruning never loses the optimum.
//!
//! # References
//! Maidstone, Hocking, Rigaill, Fearnhead 2017, Statistics and Computing 27:519 (functional pruning
//! without a least length).

/// A range of means for which one last change is the best.
#[derive(Clone, Copy, Debug)]
struct Piece {
    low: f64,
    high: f64,
    change: usize,
}

/// Sums up to each edge, the mean taken out so that squares stay small.
struct Sums {
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Sums {
    fn new(values: &[f64]) -> Self {
        let centre = values.iter().sum::<f64>() / values.len().max(1) as f64;
        let mut sums = Self {
            first: vec![0.0],
            second: vec![0.0],
        };
        let (mut first, mut second) = (0.0, 0.0);
        for value in values {
            let value = value - centre;
            first += value;
            second += value * value;
            sums.first.push(first);
            sums.second.push(second);
        }
        sums
    }

    /// Returns the sum of squared distances to the mean of a stretch.
    fn cost(&self, start: usize, end: usize) -> f64 {
        let first = self.first[end] - self.first[start];
        let second = self.second[end] - self.second[start];
        (second - first * first / (end - start) as f64).max(0.0)
    }
}

/// Returns the ends of the stretches of the best partition; the last is the length of the signal.
///
/// A signal shorter than twice the least length is one stretch. An empty signal has none.
///
/// # Units
/// The penalty is in squared units of the signal, the length in samples.
///
/// # References
/// See the module.
#[must_use]
pub fn optimal_partition(values: &[f64], penalty: f64, least_length: usize) -> Vec<usize> {
    let least_length = least_length.max(1);
    if values.is_empty() {
        return Vec::new();
    }
    if values.len() < 2 * least_length {
        return vec![values.len()];
    }
    ends(&last_changes(values, penalty, least_length))
}

/// Returns, for each length of prefix, the last change of its best partition.
fn last_changes(values: &[f64], penalty: f64, least_length: usize) -> Vec<usize> {
    let sums = Sums::new(values);
    let mut best = vec![f64::INFINITY; values.len() + 1];
    let mut last = vec![0; values.len() + 1];
    best[0] = -penalty;
    let mut pieces = vec![widest_piece(values)];
    let mut merged = Vec::new();
    for end in least_length..=values.len() {
        let entering = end - least_length;
        if entering > 0 && best[entering].is_finite() {
            enter(&pieces, entering, &best, &sums, &mut merged);
            std::mem::swap(&mut pieces, &mut merged);
        }
        for piece in &pieces {
            let cost = best[piece.change] + penalty + sums.cost(piece.change, end);
            if cost < best[end] {
                best[end] = cost;
                last[end] = piece.change;
            }
        }
    }
    last
}

/// Returns the range of all means, wide enough not to touch any.
fn widest_piece(values: &[f64]) -> Piece {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let reach = 1.0 + high - low;
    Piece {
        low: -reach,
        high: reach,
        change: 0,
    }
}

/// Gives the entering change all means for which it beats the changes that hold them.
fn enter(pieces: &[Piece], entering: usize, best: &[f64], sums: &Sums, merged: &mut Vec<Piece>) {
    merged.clear();
    for piece in pieces {
        let (low, high) = kept_range(piece.change, entering, best, sums);
        let (low, high) = (low.max(piece.low), high.min(piece.high));
        if low >= high {
            append(
                merged,
                Piece {
                    change: entering,
                    ..*piece
                },
            );
            continue;
        }
        append(
            merged,
            Piece {
                low: piece.low,
                high: low,
                change: entering,
            },
        );
        append(
            merged,
            Piece {
                low,
                high,
                change: piece.change,
            },
        );
        append(
            merged,
            Piece {
                low: high,
                high: piece.high,
                change: entering,
            },
        );
    }
}

/// Returns the means for which an older change is at least as good as the entering one: the
/// difference of their costs is a parabola that opens upwards.
fn kept_range(older: usize, entering: usize, best: &[f64], sums: &Sums) -> (f64, f64) {
    let samples = (entering - older) as f64;
    let first = sums.first[entering] - sums.first[older];
    let second = sums.second[entering] - sums.second[older];
    let constant = best[older] - best[entering] + second;
    let mean = first / samples;
    let square = mean * mean - constant / samples;
    if square < 0.0 {
        return (f64::INFINITY, f64::NEG_INFINITY);
    }
    let half = square.sqrt();
    (mean - half, mean + half)
}

fn append(pieces: &mut Vec<Piece>, piece: Piece) {
    if piece.low >= piece.high {
        return;
    }
    match pieces.last_mut() {
        Some(before) if before.change == piece.change => before.high = piece.high,
        _ => pieces.push(piece),
    }
}

fn ends(last: &[usize]) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut end = last.len() - 1;
    while end > 0 {
        ends.push(end);
        end = last[end];
    }
    ends.reverse();
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_length_does_not_cost_the_optimum() {
        // The textbook pruning answers [2, 5] here.
        assert_eq!(optimal_partition(&[0.0, 1.0, 0.0, 0.0, 1.0], 0.1, 2), [5]);
    }

    #[test]
    fn short_and_constant_signals_are_one_stretch() {
        assert!(optimal_partition(&[], 1.0, 3).is_empty());
        assert_eq!(optimal_partition(&[1.0, 9.0], 0.0, 6), [2]);
        assert_eq!(optimal_partition(&[2.0; 50], 0.5, 6), [50]);
    }

    #[test]
    fn a_step_is_found_where_it_is() {
        let step: Vec<f64> = (0..40)
            .map(|index| if index < 17 { 2.5 } else { 4.0 })
            .collect();
        assert_eq!(optimal_partition(&step, 1.0, 6), [17, 40]);
    }
}
