//! The letters of charts: how large they are, about how wide, and where they stand.

use crate::clean::clean_text;

/// Size of all letters.
pub(in crate::report) const LETTERS_PX: f64 = 12.0;
/// Distance between two lines of letters.
pub(super) const LINE_PX: f64 = 15.0;
/// Half the height of capitals and figures, as a share of their size: so far below its middle a
/// line of letters stands.
pub(in crate::report) const MIDDLE_SHARE: f64 = 0.35;
/// The height of the tallest letters, as a share of their size.
pub(super) const ABOVE_SHARE: f64 = 0.75;
/// How far letters reach below the line on which they stand, with a little space, as a share of their
/// size.
pub(super) const BELOW_SHARE: f64 = 0.35;

/// Returns about how wide some letters are.
///
/// # Units
/// Pixels. An estimate: which face a viewer has is not known.
#[must_use]
pub fn text_width_px(text: &str) -> f64 {
    /// Mean width of a letter of a sans-serif face as a share of its size.
    const LETTER_SHARE: f64 = 0.58;
    text.chars().map(|_| LETTERS_PX * LETTER_SHARE).sum()
}

/// Returns a text in the letters that charts are written in: harmless, and ASCII, as every face has
/// them. A letter that has no like in ASCII becomes "?".
#[must_use]
pub fn ascii(text: &str) -> String {
    let letter = |letter: char| match letter {
        '×' => 'x',
        '–' => '-',
        letter if letter.is_ascii() => letter,
        _ => '?',
    };
    clean_text(text).chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_in_ascii() {
        assert_eq!(ascii("6 × 1000 m – \u{1b}é\u{202e}\t"), "6 x 1000 m - ? ");
    }
}
