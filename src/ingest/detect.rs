//! Tells by content what some bytes are; a file name never decides.

mod foreign;

use crate::ingest::Format;
use crate::ingest::xml;
use crate::ingest::xml::document::Document;
use crate::ingest::xml::document::Step;

/// What some bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// An export that [`crate::ingest::read`] takes.
    Export(Format),
    /// gzip.
    Gzip,
    /// A zip archive.
    Zip,
    /// Session documents that hardeasy wrote earlier, one per line.
    Sessions,
    /// Nothing at all.
    Empty,
    /// Something else, named for the message: "a web page", "an AppleDouble file".
    Other(&'static str),
    /// What an operating system leaves beside files, named for the message; skipped whatever its
    /// name claims.
    System(&'static str),
}

/// What Apple Health writes beside its export: the same measurements for doctors, as large.
pub const CLINICAL_DOCUMENT: &str = "a clinical document, without workouts";

/// How much of a text is looked at, in bytes. Exports name their root in the first 2 kB.
const TEXT_WINDOW_BYTES: usize = 64 * 1024;
/// Where a FIT header says that it is one, in bytes from the start.
const FIT_MARK: std::ops::Range<usize> = 8..12;
/// Sizes of FIT headers that are written in practice; a damaged mark is believed only after these.
const FIT_HEADER_SIZES: [u8; 2] = [12, 14];
/// How many of the four characters of a damaged FIT mark must be right.
const FIT_MARK_MATCHES: usize = 3;
/// How a session document begins, white space aside.
const SESSION_START: &str = "{\"schema\":\"hardeasy.session/";

/// Beginnings that tell a kind of content.
const BEGINNINGS: [(&[u8], Content); 24] = [
    (b"\x1f\x8b", Content::Gzip),
    (b"PK\x03\x04", Content::Zip),
    (b"PK\x05\x06", Content::Zip),
    (b"PK\x07\x08", Content::Zip),
    (
        b"\x00\x05\x16\x07",
        Content::System("an AppleDouble file (macOS metadata)"),
    ),
    (
        b"\x00\x05\x16\x00",
        Content::System("an AppleSingle file (macOS metadata)"),
    ),
    (
        b"\x00\x00\x00\x01Bud1",
        Content::System("a folder view of macOS (.DS_Store)"),
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Content::Other("a compound document of Windows"),
    ),
    (b"%PDF", Content::Other("a PDF document")),
    (b"\x89PNG", Content::Other("a PNG image")),
    (b"\xff\xd8\xff", Content::Other("a JPEG image")),
    (b"GIF8", Content::Other("a GIF image")),
    (b"SQLite format 3\0", Content::Other("an SQLite database")),
    (b"7z\xbc\xaf\x27\x1c", Content::Other("a 7-Zip archive")),
    (b"Rar!", Content::Other("a RAR archive")),
    (b"\xfd7zXZ\0", Content::Other("an xz archive")),
    (b"BZh", Content::Other("a bzip2 archive")),
    (b"\x28\xb5\x2f\xfd", Content::Other("a Zstandard archive")),
    (b"\x80\x02", Content::Other("a Python pickle")),
    (b"\x80\x03", Content::Other("a Python pickle")),
    (b"\x80\x04", Content::Other("a Python pickle")),
    (b"\x80\x05", Content::Other("a Python pickle")),
    (b"\x7fELF", Content::Other("a program")),
    (b"MZ", Content::Other("a program")),
];

/// What the root element of an XML document says, by its local name in lower case.
const ROOTS: [(&str, Content); 11] = [
    ("gpx", Content::Export(Format::Gpx)),
    ("trainingcenterdatabase", Content::Export(Format::Tcx)),
    ("healthdata", Content::Export(Format::AppleHealth)),
    ("clinicaldocument", Content::Other(CLINICAL_DOCUMENT)),
    ("html", Content::Other("a web page")),
    ("head", Content::Other("a web page")),
    ("body", Content::Other("a web page")),
    ("kml", Content::Other("a KML file")),
    ("svg", Content::Other("an SVG image")),
    ("plist", Content::Other("a property list")),
    ("error", Content::Other("an error answer of a server")),
];

/// Returns what some bytes are.
#[must_use]
pub fn detect(bytes: &[u8]) -> Content {
    if bytes.is_empty() {
        return Content::Empty;
    }
    if is_fit(bytes) {
        return Content::Export(Format::Fit);
    }
    let known = BEGINNINGS
        .iter()
        .find(|(start, _)| bytes.starts_with(start));
    match known {
        Some((_, content)) => content.clone(),
        None => detect_text(&bytes[..bytes.len().min(TEXT_WINDOW_BYTES)]),
    }
}

/// A header may have a wrong size or a damaged mark, but not both.
fn is_fit(bytes: &[u8]) -> bool {
    let Some(mark) = bytes.get(FIT_MARK) else {
        return false;
    };
    let matches = mark
        .iter()
        .zip(b".FIT")
        .filter(|(found, mark)| found == mark);
    match matches.count() {
        4 => true,
        FIT_MARK_MATCHES => FIT_HEADER_SIZES.contains(&bytes[0]),
        _ => false,
    }
}

fn detect_text(bytes: &[u8]) -> Content {
    let decoded = xml::encoding::decode(bytes);
    let text = decoded
        .text
        .trim_start_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
    match text.chars().next() {
        Some('<') => detect_markup(text),
        Some('{' | '[') if starts_session(text) => Content::Sessions,
        Some('{' | '[') => Content::Other(foreign::json(text).unwrap_or("a JSON document")),
        Some(_) if is_readable(text) => {
            Content::Other(foreign::text(text).unwrap_or("a text file"))
        }
        None => Content::Other("white space or zero bytes"),
        _ => Content::Other("unknown content"),
    }
}

fn starts_session(text: &str) -> bool {
    let dense: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(SESSION_START.len())
        .collect();
    dense == SESSION_START
}

/// Finds the root element.
fn detect_markup(text: &str) -> Content {
    if text
        .get(..14)
        .is_some_and(|start| start.eq_ignore_ascii_case("<!doctype html"))
    {
        return Content::Other("a web page");
    }
    let mut document = Document::new(text);
    match document.step() {
        Ok(Step::Open(root)) => {
            let name = root.name.to_lowercase();
            let known = ROOTS.iter().find(|(root, _)| *root == name);
            known.map_or(Content::Other("an XML document"), |(_, content)| {
                content.clone()
            })
        }
        _ => Content::Other("the beginning of an XML document"),
    }
}

/// Returns whether a text is meant for reading: no control characters but white space.
fn is_readable(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || !(c.is_control() || c == '\u{fffd}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        let gpx =
            "<?xml version=\"1.0\"?>\n<!-- made by x -->\n<!DOCTYPE gpx>\n<g:gpx xmlns:g=\"x\"/>";
        let utf16: Vec<u8> = gpx.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let tcx = "          <?xml version=\"1.0\"?><TrainingCenterDatabase>";
        let session = " {\"schema\": \"hardeasy.session/1\",\"kind\":\"easy\"}\n";
        let cases: [(&[u8], Content); 25] = [
            (b"", Content::Empty),
            (
                b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT",
                Content::Export(Format::Fit),
            ),
            (
                b"\xff\x10\x00\x00\x00\x00\x00\x00.FIT",
                Content::Export(Format::Fit),
            ),
            (
                b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIX",
                Content::Export(Format::Fit),
            ),
            (
                b"\xff\x10\x00\x00\x00\x00\x00\x00.FIX",
                Content::Other("unknown content"),
            ),
            (b"\x0e", Content::Other("unknown content")),
            (b"\x1f\x8b\x08\x00", Content::Gzip),
            (b"PK\x03\x04 .. ", Content::Zip),
            (gpx.as_bytes(), Content::Export(Format::Gpx)),
            (&utf16, Content::Export(Format::Gpx)),
            (tcx.as_bytes(), Content::Export(Format::Tcx)),
            (session.as_bytes(), Content::Sessions),
            (b"{\"schema\":\"x\"}", Content::Other("a JSON document")),
            (
                b"\xef\xbb\xbf<!DOCTYPE html><p>",
                Content::Other("a web page"),
            ),
            (b"<HTML lang=en><p>", Content::Other("a web page")),
            (b"<kml/>", Content::Other("a KML file")),
            (b"<TCX/>", Content::Other("an XML document")),
            (b"\x80\x04\x95", Content::Other("a Python pickle")),
            (
                b"\x00\x05\x16\x07\x00\x02",
                Content::System("an AppleDouble file (macOS metadata)"),
            ),
            (
                b"\x00\x00\x00\x01Bud1\x00",
                Content::System("a folder view of macOS (.DS_Store)"),
            ),
            (b"%PDF-1.7", Content::Other("a PDF document")),
            (b"\x89PNG\r\n", Content::Other("a PNG image")),
            (b"date,km\n2026-05-01,10\n", Content::Other("a text file")),
            (
                b"\x00\x00\x00\x00",
                Content::Other("white space or zero bytes"),
            ),
            (b"\x01\x02\x03", Content::Other("unknown content")),
        ];
        for (bytes, content) in cases {
            assert_eq!(detect(bytes), content, "{bytes:?}");
        }
    }
}
