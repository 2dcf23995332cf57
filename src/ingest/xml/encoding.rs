//! Brings the bytes of an XML document into UTF-8.
//!
//! The parser is only ever given UTF-8: left to itself it reads UTF-16 as no points at all and
//! stops at the first Latin-1 byte.

use std::borrow::Cow;

use encoding_rs::Encoding;
use encoding_rs::UTF_8;
use encoding_rs::UTF_16BE;
use encoding_rs::UTF_16LE;
use encoding_rs::WINDOWS_1252;

use crate::ingest::Warning;
use crate::ingest::WarningCode;

/// How far into the document a declaration is looked for, in bytes; some exporters put spaces or a
/// long line before it.
const DECLARATION_WINDOW_BYTES: usize = 1024;

/// A document as text.
#[derive(Debug)]
pub(in crate::ingest) struct Decoded<'a> {
    /// The text, without byte order mark.
    pub(in crate::ingest) text: Cow<'a, str>,
    /// The name of the encoding that was used.
    pub(in crate::ingest) encoding: &'static str,
    /// What had to be guessed.
    pub(in crate::ingest) warning: Option<Warning>,
}

/// Decodes a document: by its byte order mark, else by the pattern of UTF-16, else by the declared
/// label, else as UTF-8, else as whatever loses least.
///
/// A declaration that the bytes contradict is not believed: text that is valid UTF-8 beyond ASCII
/// is UTF-8, and text without zero bytes is not UTF-16.
pub(in crate::ingest) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[length..]);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return with(encoding, bytes);
    }
    match declared(bytes) {
        Some(encoding) if needs_escapes(encoding) => with(encoding, bytes),
        Some(encoding)
            if is_single_or_multi_byte(encoding) && std::str::from_utf8(bytes).is_err() =>
        {
            with(encoding, bytes)
        }
        _ => undeclared(bytes),
    }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let warning = had_errors.then(|| {
        guessed(format!(
            "some bytes are not valid {}; they are shown as \u{fffd}",
            encoding.name()
        ))
    });
    Decoded {
        text,
        encoding: encoding.name(),
        warning,
    }
}

/// Decodes text without a credible label. Bytes that are not UTF-8 are taken for windows-1252,
/// unless other characters of the text are UTF-8 beyond ASCII: then only those bytes are bad.
fn undeclared(bytes: &[u8]) -> Decoded<'_> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: Cow::Borrowed(text),
            encoding: UTF_8.name(),
            warning: None,
        };
    }
    if bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii()) {
        return with(UTF_8, bytes);
    }
    Decoded {
        warning: Some(guessed(
            "the text is not UTF-8 and names no other encoding; read as windows-1252".to_owned(),
        )),
        ..with(WINDOWS_1252, bytes)
    }
}

fn guessed(text: String) -> Warning {
    Warning::new(WarningCode::XmlEncoding, text)
}

/// Tells UTF-16 without a byte order mark by its first character, which is ASCII in any XML.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0, first, ..] if is_first(*first) => Some(UTF_16BE),
        [first, 0, ..] if is_first(*first) => Some(UTF_16LE),
        _ => None,
    }
}

fn is_first(byte: u8) -> bool {
    byte == b'<' || byte.is_ascii_whitespace()
}

/// Finds the encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let window = &bytes[..bytes.len().min(DECLARATION_WINDOW_BYTES)];
    let declaration = after(window, b"<?xml")?;
    let end = declaration.iter().position(|byte| *byte == b'>');
    let value = after(
        &declaration[..end.unwrap_or(declaration.len())],
        b"encoding",
    )?;
    let value = value
        .trim_ascii_start()
        .strip_prefix(b"=")?
        .trim_ascii_start();
    let (quote, value) = value.split_first()?;
    let end = value.iter().position(|byte| byte == quote)?;
    Encoding::for_label(&value[..end])
}

fn after<'a>(bytes: &'a [u8], needle: &[u8]) -> Option<&'a [u8]> {
    let start = bytes
        .windows(needle.len())
        .position(|window| window == needle)?;
    Some(&bytes[start + needle.len()..])
}

/// Returns whether valid UTF-8 says nothing against this encoding: all its bytes are ASCII.
fn needs_escapes(encoding: &'static Encoding) -> bool {
    encoding == encoding_rs::ISO_2022_JP
}

/// Returns whether text in this encoding can be what a document without zero bytes is written in.
fn is_single_or_multi_byte(encoding: &'static Encoding) -> bool {
    encoding != UTF_8 && encoding != UTF_16LE && encoding != UTF_16BE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, swap: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if swap {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "<?xml version=\"1.0\"?><gpx>Åre</gpx>";
        let with_mark = format!("\u{feff}{text}");
        let documents = [
            text.as_bytes().to_vec(),
            with_mark.as_bytes().to_vec(),
            utf16(text, false),
            utf16(text, true),
            utf16(&with_mark, false),
            utf16(&with_mark, true),
        ];
        for document in documents {
            let decoded = decode(&document);
            assert_eq!(decoded.text, text);
            assert_eq!(decoded.warning, None);
        }
    }

    #[test]
    fn a_declared_label_is_used_unless_the_bytes_contradict_it() {
        let latin = b"   <?xml version='1.0' encoding = 'ISO-8859-1' ?><n>\xc5re</n>";
        assert!(decode(latin).text.ends_with("<n>Åre</n>"));
        let lying = "<?xml version='1.0' encoding='latin1'?><n>Åre</n>".as_bytes();
        assert!(decode(lying).text.ends_with("<n>Åre</n>"));
        let lying = "<?xml version='1.0' encoding='UTF-16'?><n>Åre</n>".as_bytes();
        assert!(decode(lying).text.ends_with("<n>Åre</n>"));
        let cyrillic = b"<?xml version='1.0' encoding='windows-1251'?><n>\xc1\xe5\xe3</n>";
        assert!(decode(cyrillic).text.ends_with("<n>Бег</n>"));
        assert_eq!(decode(cyrillic).warning, None);
    }

    #[test]
    fn what_is_not_utf_8_is_guessed_and_said() {
        let latin = decode(b"<n>\xc5re</n>");
        assert_eq!(latin.text, "<n>Åre</n>");
        assert_eq!(
            latin.warning.map(|w| w.code),
            Some("W-xml-encoding".to_owned())
        );
        let mixed = decode(b"<n>\xc3\x85re \xff</n>");
        assert_eq!(mixed.text, "<n>Åre \u{fffd}</n>");
        assert!(mixed.warning.is_some());
    }
}
