//! The cells of the grid: where a time falls, and which marked ones follow each other.

/// Returns a non-negative number cut to a whole number, for use as an index.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the conversion saturates, and the grid is at most 48 h"
)]
pub(super) fn floor_index(value: f64) -> usize {
    value as usize
}

/// Returns the half-open runs of true cells.
pub(super) fn runs(mask: &[bool]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (cell, marked) in mask.iter().chain(&[false]).enumerate() {
        match (marked, start) {
            (true, None) => start = Some(cell),
            (false, Some(first)) => {
                found.push((first, cell));
                start = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_a_mask_are_half_open() {
        assert_eq!(runs(&[true, false, true, true]), [(0, 1), (2, 4)]);
        assert_eq!(runs(&[]), []);
    }
}
