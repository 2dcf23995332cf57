//! Text from files made harmless for a terminal and a page.

use std::borrow::Cow;

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
            c if is_steering(c) => None,
            c => Some(c),
        })
        .collect()
}

/// Returns a JSON document in which such characters are written as escapes, so that it can be looked
/// at in a terminal and is read back as it was. They occur in its strings alone.
#[must_use]
pub fn clean_json(document: String) -> String {
    if is_clean(&document) {
        return document;
    }
    let mut escaped = String::with_capacity(document.len());
    for character in document.chars() {
        if is_no_line(character) {
            // All of them have four digits at most.
            escaped.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// Returns lines of text without all else that [`clean_text`] takes out; most hold nothing of it.
#[must_use]
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    text.replace(is_no_line, "").into()
}

/// Returns the same with the escape sequences of colours and of weight (SGR), which this program writes itself.
#[must_use]
pub fn clean_screen(text: &str) -> Cow<'_, str> {
    /// How an escape sequence with numbers begins.
    const BEGIN: &str = "\u{1b}[";
    if !text.contains(BEGIN) {
        return clean_lines(text);
    }
    let mut parts = text.split(BEGIN);
    let mut clean = clean_lines(parts.next().unwrap_or_default()).into_owned();
    for part in parts {
        let is_number = |c: char| c.is_ascii_digit() || c == ';';
        let rest = part.trim_start_matches(is_number);
        let numbers = &part[..part.len() - rest.len()];
        match rest.strip_prefix('m') {
            Some(rest) => {
                clean.extend([BEGIN, numbers, "m"]);
                clean.push_str(&clean_lines(rest));
            }
            None => clean.push_str(&clean_lines(part)),
        }
    }
    clean.into()
}

/// Returns whether lines hold nothing that steers. Most are plain ASCII, which is told byte by byte.
fn is_clean(lines: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b'\n' | b' '..=b'~');
    lines.bytes().all(is_plain) || !lines.contains(is_no_line)
}

fn is_no_line(character: char) -> bool {
    is_steering(character) && character != '\n'
}

fn is_steering(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control();
    }
    character.is_control() || BIDI_AND_INVISIBLE.contains(&character)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn control_and_direction_characters_go() {
        assert_eq!(clean_text("\u{1b}[2Jrun\u{202E}gpx.\u{7}"), "[2Jrungpx.");
        assert_eq!(clean_text("two\nlines\u{9b}31m"), "two lines31m");
        assert_eq!(clean_text("Läufe/東京 6×1000.fit"), "Läufe/東京 6×1000.fit");
    }

    #[test]
    fn of_what_steers_a_terminal_colours_alone_pass_and_only_where_they_may() {
        let painted = "\u{1b}[1;38;5;161mhard\u{1b}[0m\n";
        assert_eq!(clean_screen(painted), painted);
        assert_eq!(clean_lines(painted), "[1;38;5;161mhard[0m\n");
        for (text, clean) in [
            ("\u{1b}[2Jrun", "2Jrun"),
            ("\u{1b}]0;title\u{7}run", "]0;titlerun"),
            ("\u{1b}[31\u{1b}[mrun", "31\u{1b}[mrun"),
            ("a\u{202E}b\u{9b}c\rd\u{1b}", "abcd"),
            ("plain\n", "plain\n"),
        ] {
            assert_eq!(clean_screen(text), clean, "{text:?}");
        }
    }

    #[test]
    fn a_document_holds_no_such_character_and_reads_back_the_same() {
        let text = "\u{1b}[2Jrun\u{202E}\u{9b}\u{7f}\u{FEFF}é東\n\"\\";
        let document = serde_json::to_string_pretty(&[text]).unwrap();
        let clean = clean_json(document);
        assert!(!clean.contains(|c| is_steering(c) && c != '\n'));
        assert!(clean.contains("\\u202e\\u009b\\u007f\\ufeffé東"), "{clean}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&clean).unwrap(), [text]);
    }
}
