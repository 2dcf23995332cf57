//! Text: encodings, marks that are none of XML, files that are something else than their name says.

use super::Case;
use super::broken;
use super::case;
use super::gpx::whole;
use crate::common::fixture_broken;
use crate::common::packing::zip;

pub(super) fn cases() -> Vec<Case> {
    let mut all = encodings();
    all.extend(marks());
    all.extend(other_content());
    all
}

/// Returns a text in UTF-16.
fn utf16(text: &str, is_big: bool, has_mark: bool) -> Vec<u8> {
    let mark = has_mark.then_some('\u{feff}');
    let letters = mark.into_iter().chain(text.chars());
    let units: Vec<u16> = letters.collect::<String>().encode_utf16().collect();
    let bytes = |unit: &u16| match is_big {
        true => unit.to_be_bytes(),
        false => unit.to_le_bytes(),
    };
    units.iter().flat_map(bytes).collect()
}

fn encodings() -> Vec<Case> {
    let text = whole();
    let named = text.replace("Short run", "K\u{fc}stenlauf");
    let latin: Vec<u8> = named
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).expect("Latin-1"))
        .collect();
    let lying = named.replace("UTF-8", "ISO-8859-1");
    let mut one_bad = named.clone().into_bytes();
    let letter = one_bad
        .iter()
        .position(|byte| *byte == 0xc3)
        .expect("a letter");
    one_bad[letter] = b'u';
    vec![
        case(
            "56a",
            "a byte order mark",
            ("mark.gpx", format!("\u{feff}{text}")),
            "ok 1/361",
            "",
        ),
        case(
            "56b",
            "UTF-16, least significant byte first, with a mark",
            ("le.gpx", utf16(&text, false, true)),
            "ok 1/361",
            "",
        ),
        case(
            "56c",
            "UTF-16, most significant byte first, with a mark",
            ("be.gpx", utf16(&text, true, true)),
            "ok 1/361",
            "",
        ),
        case(
            "56d",
            "UTF-16, least significant byte first, without a mark",
            ("le.gpx", utf16(&text, false, false)),
            "ok 1/361",
            "",
        ),
        case(
            "56e",
            "UTF-16, most significant byte first, without a mark",
            ("be.gpx", utf16(&text, true, false)),
            "ok 1/361",
            "",
        ),
        case(
            "56f",
            "Latin-1 that says so",
            broken("latin-1.gpx"),
            "ok 1/73",
            "",
        ),
        case(
            "56g",
            "Latin-1 that says that it is UTF-8",
            ("latin.gpx", latin),
            "warned 1/361 W-xml-encoding",
            "",
        ),
        case(
            "56h",
            "UTF-8 that says that it is Latin-1",
            ("lie.gpx", lying),
            "ok 1/361",
            "",
        ),
        case(
            "56i",
            "UTF-8 with one bad byte in the name",
            ("bad.gpx", one_bad),
            "warned 1/361 W-xml-encoding",
            "",
        ),
        case(
            "57a",
            "ten spaces and a line before the declaration",
            ("spaces.gpx", format!("          \n{text}")),
            "ok 1/361",
            "",
        ),
    ]
}

fn marks() -> Vec<Case> {
    let text = whole();
    let named = |name: &str| text.replace("Short run", name);
    let comment = text.replacen("<ele>", "<ele><!-- about -->", 5);
    vec![
        case(
            "58a",
            "a bare ampersand in the name",
            ("and.gpx", named("Mum & Dad")),
            "ok 1/361",
            "",
        ),
        case(
            "58b",
            "an entity of HTML",
            ("entity.gpx", named("Espa&ntilde;a")),
            "ok 1/361",
            "",
        ),
        case(
            "58c",
            "a control character in the name",
            ("control.gpx", named("a\u{1}b")),
            "ok 1/361",
            "",
        ),
        case(
            "58d",
            "text and CDATA in the name",
            ("cdata.gpx", named("Run <![CDATA[<home>]]> late")),
            "ok 1/361",
            "",
        ),
        case(
            "58e",
            "a comment within a number",
            ("comment.gpx", comment),
            "ok 1/361",
            "",
        ),
    ]
}

fn other_content() -> Vec<Case> {
    let archive = zip(&[("run.fit", &fixture_broken::sound())]);
    vec![
        case(
            "61a",
            "a web page under the name of an export",
            broken("web-page.gpx"),
            "failed",
            "a web page",
        ),
        case(
            "61b",
            "JSON under the name of an export",
            ("run.gpx", "{\"error\": \"not found\"}"),
            "failed",
            "",
        ),
        case(
            "61c",
            "a zip archive under the name of an export",
            ("run.fit", archive),
            "ok 1/361",
            "",
        ),
        case(
            "61d",
            "a Python pickle under the name of an export",
            ("run.fit", b"\x80\x04\x95\x10\0\0\0"),
            "failed",
            "Python pickle",
        ),
        case(
            "61e",
            "a FIT file under the name of GPX",
            broken("name-lies.gpx"),
            "ok 1/361",
            "",
        ),
        case(
            "61f",
            "a picture under the name of an export",
            ("run.tcx", b"\x89PNG\r\n\x1a\n"),
            "failed",
            "PNG image",
        ),
        case(
            "61g",
            "a KML file under the name of GPX",
            ("run.gpx", "<?xml version=\"1.0\"?><kml><Document/></kml>"),
            "failed",
            "KML",
        ),
        case("61h", "notes", ("notes.txt", "new shoes"), "skipped", ""),
        case(
            "61i",
            "what an online drive leaves for a file that was not downloaded",
            (".run.fit.icloud", b"bplist00"),
            "failed",
            "download",
        ),
    ]
}
