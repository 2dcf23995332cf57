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
    let mut end = 0;
    // Most masks mark nothing, which is told at once.
    while mask[end..].contains(&true) {
        let Some(skipped) = mask[end..].iter().position(|marked| *marked) else {
            break;
        };
        let start = end + skipped;
        let length = mask[start..].iter().position(|marked| !marked);
        end = length.map_or(mask.len(), |length| start + length);
        found.push((start, end));
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
