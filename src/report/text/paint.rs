//! The colours of the terminal, and the letters and numbers that say the same without colour.

use anstyle::Ansi256Color;
use anstyle::Style;

use crate::report::drawing::ink::Ink;
use crate::report::drawing::ink::segment_ink;
use crate::vocabulary::SegmentKind;

/// Crimson, as near to [`Ink::Hard`] as the 256 colours of terminals come. All colours here are of
/// middling lightness: their contrast is at least 3 to 1 on black and on white, as a terminal does
/// not say which it is.
const HARD: u8 = 161;
/// Dark yellow, for [`Ink::Middle`].
const MIDDLE: u8 = 136;
/// Blue, for [`Ink::Easy`].
const EASY: u8 = 33;
/// Purple, for [`Ink::Stride`].
const STRIDE: u8 = 98;
/// Cyan, for [`Ink::Recovery`].
const RECOVERY: u8 = 30;
/// Greyish blue, for [`Ink::Around`].
const AROUND: u8 = 67;
/// Grey, for stops and for what is of less weight.
const GREY: u8 = 243;

/// Less important text: axes, reasons.
pub(super) const FAINT: Style = of(GREY);
/// Important text.
pub(super) const STRONG: Style = Style::new().bold();

/// Returns the colour of a kind of segment, the same in meaning as that of the charts.
pub(super) fn segment_style(kind: SegmentKind) -> Style {
    match segment_ink(kind) {
        Ink::Hard => of(HARD),
        Ink::Middle => of(MIDDLE),
        Ink::Easy => of(EASY),
        Ink::Stride => of(STRIDE),
        Ink::Recovery => of(RECOVERY),
        Ink::Around => of(AROUND),
        _ => of(GREY),
    }
}

/// Returns the style of the letters of a kind of segment: efforts are bold.
pub(super) fn letter_style(kind: SegmentKind) -> Style {
    let style = segment_style(kind);
    if kind.is_work() { style.bold() } else { style }
}

/// Returns the letter of a kind of segment that bears no number.
pub(super) fn letter(kind: SegmentKind) -> char {
    use SegmentKind::*;
    match kind {
        WarmUp => 'w',
        Steady => 's',
        Work => 'W',
        Tempo => 'T',
        Hill => 'H',
        Stride => 'S',
        Progression => 'P',
        Recovery => 'r',
        Rest => 'o',
        Stop => 'x',
        CoolDown => 'c',
    }
}

/// Returns a text with the escape sequences of a style around it.
pub(super) fn painted(text: &str, style: Style) -> String {
    if text.is_empty() || style.is_plain() {
        return text.to_owned();
    }
    format!("{style}{text}{style:#}")
}

/// Returns characters with the escape sequences of their styles, blanks at the end left out.
pub(super) fn painted_cells(cells: &[(char, Style)]) -> String {
    let end = cells.iter().rposition(|(character, _)| *character != ' ');
    let cells = &cells[..end.map_or(0, |last| last + 1)];
    let runs = cells.chunk_by(|one, other| one.1 == other.1);
    runs.map(|run| {
        let text: String = run.iter().map(|(character, _)| *character).collect();
        painted(&text, run[0].1)
    })
    .collect()
}

const fn of(color: u8) -> Style {
    Style::new().fg_color(Some(anstyle::Color::Ansi256(Ansi256Color(color))))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Returns the relative luminance (WCAG 2) of one of the 256 colours, as terminals define them.
    fn luminance(color: u8) -> f64 {
        let channels = match color {
            16..232 => [36, 6, 1].map(|place| match (color - 16) / place % 6 {
                0 => 0,
                step => 55 + 40 * step,
            }),
            _ => [8 + 10 * (color - 232); 3],
        };
        let linear =
            channels.map(|channel| ((f64::from(channel) / 255.0 + 0.055) / 1.055).powf(2.4));
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    #[test]
    fn colours_can_be_read_on_black_and_on_white() {
        let colors = [HARD, MIDDLE, EASY, STRIDE, RECOVERY, AROUND, GREY];
        for color in colors {
            let luminance = luminance(color);
            let (on_white, on_black) = (1.05 / (luminance + 0.05), (luminance + 0.05) / 0.05);
            assert!(
                on_white >= 3.0 && on_black >= 3.0,
                "{color}: {on_white} {on_black}"
            );
        }
        assert_eq!(BTreeSet::from(colors).len(), colors.len());
    }

    #[test]
    fn letters_are_told_apart() {
        let letters: BTreeSet<char> = SegmentKind::ALL.map(letter).into();
        assert_eq!(letters.len(), SegmentKind::ALL.len());
    }
}
