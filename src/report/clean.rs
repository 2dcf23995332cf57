//! Text from files made harmless for a terminal and a page.

/// Characters that turn the direction of text, or hide in it.
const BIDI_AND_INVISIBLE: [char; 19] = [
    '\u{061C}', '\u{200B}', '\u{200E}', '\u{200F}', '\u{2028}', '\u{2029}', '\u{202A}', '\u{202B}',
    '\u{202C}', '\u{202D}', '\u{202E}', '\u{2060}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
    '\u{FEFF}', '\u{FFFE}', '\u{FFFF}',
];

/// Returns a text from a file without control characters and marks of text direction.
///
/// Names and paths come from strangers: an escape sequence in one could redraw the terminal, a
/// direction mark could make a path look like another. Line ends and tabs become spaces.
#[must_use]
pub fn clean_text(text: &str) -> String {
    text.chars()
        .filter_map(|character| match character {
            '\n' | '\r' | '\t' => Some(' '),
            c if c.is_control() || BIDI_AND_INVISIBLE.contains(&c) => None,
            c => Some(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_direction_characters_go() {
        assert_eq!(clean_text("\u{1b}[2Jrun\u{202E}gpx.\u{7}"), "[2Jrungpx.");
        assert_eq!(clean_text("two\nlines\u{9b}31m"), "two lines31m");
        assert_eq!(clean_text("Läufe/東京 6×1000.fit"), "Läufe/東京 6×1000.fit");
    }
}
