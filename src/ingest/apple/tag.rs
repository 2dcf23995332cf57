//! The start tags of the export.

use std::borrow::Cow;

use quick_xml::events::BytesStart;

/// The attributes of a start tag as they are written, in order.
///
/// A few million tags are read for their attributes, so it is done in one walk over the bytes. The oldest exports have attributes with spaces in their names; what they
/// become is no attribute of ours.
pub(super) fn attributes<'a>(tag: &'a BytesStart<'_>) -> Attributes<'a> {
    let name = tag.name();
    Attributes {
        rest: tag.get(name.as_ref().len()..).unwrap_or_default(),
    }
}

/// What is left of a tag.
pub(super) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let equals = self.rest.bytes().position(|byte| byte == b'=')?;
        let (key, rest) = self.rest.split_at(equals);
        let rest = rest[1..].trim_ascii_start();
        let quote = rest
            .bytes()
            .next()
            .filter(|byte| matches!(byte, b'"' | b'\''));
        let from = usize::from(quote.is_some());
        let length = memchr::memchr(quote.unwrap_or(b' '), &rest.as_bytes()[from..]);
        let end = match (length, quote) {
            (Some(length), _) => from + length,
            (None, Some(_)) => return None,
            (None, None) => rest.len(),
        };
        self.rest = rest.get(end + 1..).unwrap_or_default();
        Some((key.trim_ascii(), &rest[from..end]))
    }
}

/// Returns a text without references; one with unknown references as it is written.
pub(super) fn plain(raw: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(raw).unwrap_or(Cow::Borrowed(raw))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_however_they_are_quoted() {
        let tag = BytesStart::from_content(
            "Record type=\"a=b\"  unit = 'x \"y' odd name=\"1\" bare=2 last=\"é\"",
            6,
        );
        let found: Vec<_> = attributes(&tag).collect();
        let expected = [
            ("type", "a=b"),
            ("unit", "x \"y"),
            ("odd name", "1"),
            ("bare", "2"),
            ("last", "é"),
        ];
        assert_eq!(found, expected);
        for odd in [
            "Record",
            "Record a",
            "Record a=",
            "Record a=\"",
            "Record =\"\"",
            "Record é='é",
        ] {
            let tag = BytesStart::from_content(odd, 6);
            assert!(attributes(&tag).count() <= 1, "{odd}");
        }
    }
}
