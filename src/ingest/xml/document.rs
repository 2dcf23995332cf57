//! Walks an XML document tag by tag, counting depth itself.
//!
//! The parser does not mind a document that ends with open elements, nor one that closes what it
//! never opened. Exports do both, so this reader keeps the list of open elements: it closes for the
//! document what the document forgot, and knows at the end whether something is missing.
//!
//! Namespaces are ignored: only local names count, since real files use every prefix, declared or
//! not. Entities that the document defines are never expanded; their text is kept as written.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::BytesEnd;
use quick_xml::events::BytesRef;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;

use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Place;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::xml::values::is_hidden;
use crate::units::plural;

/// Deepest nesting that is read, in elements. Real exports stay under 12.
pub(in crate::ingest) const MAX_DEPTH: usize = 256;
/// Longest text or tag that is read, in bytes. Real exports stay under 10 kB.
pub(in crate::ingest) const MAX_TEXT_BYTES: usize = 1 << 20;

/// Most tags without a partner before the reader gives up: each costs a search among the open ones.
pub(in crate::ingest) const MAX_MISMATCHED: usize = 100_000;

/// One step through a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ingest) enum Step<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// The innermost open element ends; its own text is in [`Document::text`].
    Close(&'a str),
    /// Nothing follows.
    End,
}

/// The start tag of an element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ingest) struct Element<'a> {
    /// The local name.
    pub(in crate::ingest) name: &'a str,
    /// The tag between the brackets.
    tag: &'a str,
    /// The length of the name in the tag, with its prefix.
    name_length: usize,
}

impl<'a> Element<'a> {
    fn new(tag: &'a str) -> Self {
        let name_length = tag
            .find(|c: char| c.is_ascii_whitespace() || c == '/')
            .unwrap_or(tag.len());
        Self {
            name: local(&tag[..name_length]),
            tag,
            name_length,
        }
    }

    /// Returns the prefix of the name, empty when there is none.
    pub(in crate::ingest) fn prefix(&self) -> &'a str {
        let length = self.name_length.saturating_sub(self.name.len() + 1);
        &self.tag[..length]
    }

    /// Returns the value of an attribute, by its local name in any case.
    pub(in crate::ingest) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut attributes = Attributes::html(self.tag, self.name_length);
        // Checking for repeated names costs the square of their number.
        attributes.with_checks(false);
        attributes
            .flatten()
            .find(|attribute| local(attribute.key.as_ref()).eq_ignore_ascii_case(name))
            .map(|attribute| attribute.value)
    }
}

/// A document on the way from its first to its last tag.
pub(in crate::ingest) struct Document<'a> {
    source: &'a str,
    reader: Reader<&'a [u8]>,
    /// The local names of the open elements, outermost first.
    open: Vec<&'a str>,
    /// How many of the open elements are to be closed before anything more is read.
    closing: usize,
    text: String,
    roots: usize,
    mismatched: usize,
    cut: Option<String>,
    last_fault: u64,
}

impl<'a> Document<'a> {
    /// Opens a document, which may have white space before its beginning.
    pub(in crate::ingest) fn new(source: &'a str) -> Self {
        let source =
            source.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
        let mut reader = Reader::from_str(source);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Self {
            source,
            reader,
            open: Vec::new(),
            closing: 0,
            text: String::new(),
            roots: 0,
            mismatched: 0,
            cut: None,
            last_fault: 0,
        }
    }

    /// Takes the next step.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] at nesting over [`MAX_DEPTH`], at a text over [`MAX_TEXT_BYTES`], and
    /// when more than [`MAX_MISMATCHED`] tags do not match.
    pub(in crate::ingest) fn step(&mut self) -> Result<Step<'a>, Error> {
        self.text.clear();
        loop {
            if self.closing > 0 {
                self.closing -= 1;
                if let Some(name) = self.open.pop() {
                    return Ok(Step::Close(name));
                }
            }
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => return self.open_element(&tag, false),
                Ok(Event::Empty(tag)) => return self.open_element(&tag, true),
                Ok(Event::End(tag)) => self.close_element(&tag)?,
                Ok(Event::Text(text)) => self.add_text(&text)?,
                Ok(Event::CData(text)) => self.add_text(&text)?,
                Ok(Event::GeneralRef(reference)) => self.add_reference(&reference)?,
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
                Ok(Event::Eof) => return Ok(self.end()),
                Err(error) => {
                    if let Some(end) = self.fault(&error) {
                        return Ok(end);
                    }
                }
            }
        }
    }

    /// Returns the text directly before the last step's tag, references resolved.
    pub(in crate::ingest) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the name of the innermost element that is still open.
    pub(in crate::ingest) fn parent(&self) -> &'a str {
        self.open.last().copied().unwrap_or_default()
    }

    /// Returns where the reader is.
    pub(in crate::ingest) fn place(&self) -> Place {
        let end = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let read = &self.source.as_bytes()[..end.min(self.source.len())];
        let breaks = read.iter().filter(|byte| **byte == b'\n').count();
        Place::Line(u32::try_from(breaks).unwrap_or(u32::MAX).saturating_add(1))
    }

    /// Returns why the document is known to be incomplete, once [`Step::End`] was reached.
    pub(in crate::ingest) fn cut(&self) -> Option<&str> {
        self.cut.as_deref()
    }

    /// Returns what is odd about the document as XML, apart from its being incomplete.
    pub(in crate::ingest) fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.mismatched > 0 {
            warnings.push(Warning::new(
                WarningCode::XmlMismatched,
                format!(
                    "{} mended: the elements were closed where that makes sense",
                    plural(self.mismatched, "faulty or unmatched tag")
                ),
            ));
        }
        if self.roots > 1 {
            warnings.push(Warning::new(
                WarningCode::XmlConcatenated,
                format!(
                    "the file holds {} documents one after the other; all were read",
                    self.roots
                ),
            ));
        }
        warnings
    }

    fn open_element(&mut self, tag: &BytesStart<'_>, is_empty: bool) -> Result<Step<'a>, Error> {
        self.check_length(tag.len())?;
        if self.open.len() >= MAX_DEPTH {
            return Err(self.limit(
                format!("{MAX_DEPTH} nested elements"),
                format!("a deeper <{}>", shortened(local(tag.name().as_ref()))),
            ));
        }
        let element = Element::new(self.tag_source(tag.len(), is_empty));
        if self.open.is_empty() {
            self.roots += 1;
        }
        self.open.push(element.name);
        self.closing = usize::from(is_empty);
        Ok(Step::Open(element))
    }

    /// Returns the tag that was just read as a part of the source, which lives longer than it.
    fn tag_source(&self, length: usize, is_empty: bool) -> &'a str {
        let end = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let end = end.saturating_sub(1 + usize::from(is_empty));
        self.source
            .get(end.saturating_sub(length)..end)
            .unwrap_or_default()
    }

    /// Closes the innermost element of that name and all within it; ignores an end without a start.
    fn close_element(&mut self, tag: &BytesEnd<'_>) -> Result<(), Error> {
        let name = tag.name();
        let name = local(name.as_ref());
        let depth = self.open.iter().rev().position(|open| *open == name);
        if depth != Some(0) {
            self.mismatched += 1;
        }
        if self.mismatched > MAX_MISMATCHED {
            let limit = format!("{MAX_MISMATCHED} mismatched tags");
            return Err(self.limit(limit, "more".to_owned()));
        }
        self.closing = depth.map_or(0, |depth| depth + 1);
        Ok(())
    }

    fn add_text(&mut self, text: &str) -> Result<(), Error> {
        self.check_length(self.text.len() + text.len())?;
        self.text.push_str(text);
        Ok(())
    }

    fn add_reference(&mut self, reference: &BytesRef<'_>) -> Result<(), Error> {
        let name: &str = reference;
        let character = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => reference.resolve_char_ref().ok().flatten(),
        };
        match character {
            Some(character) => self.add_text(character.encode_utf8(&mut [0; 4])),
            None => self.add_text(&format!("&{name};")),
        }
    }

    fn check_length(&self, length: usize) -> Result<(), Error> {
        if length <= MAX_TEXT_BYTES {
            return Ok(());
        }
        Err(self.limit(
            format!("{MAX_TEXT_BYTES} bytes in one text or tag"),
            format!("{length}"),
        ))
    }

    fn limit(&self, limit: String, found: String) -> Error {
        Error {
            place: self.place(),
            kind: ErrorKind::Limit {
                limit,
                found,
                next: "this is not what a watch writes; export the activity again".to_owned(),
            },
        }
    }

    fn end(&mut self) -> Step<'a> {
        if self.cut.is_none()
            && let Some(name) = self.open.last()
        {
            self.cut = Some(format!("it ends inside <{}>", shortened(name)));
        }
        Step::End
    }

    /// Notes a fault; one that is not at the end of the input and lets the reader go on is passed.
    fn fault(&mut self, error: &quick_xml::Error) -> Option<Step<'a>> {
        let position = self.reader.buffer_position();
        let is_passable = matches!(error, quick_xml::Error::IllFormed(_));
        if is_passable && position > self.last_fault {
            self.last_fault = position;
            self.mismatched += 1;
            return None;
        }
        self.cut = Some(match error {
            quick_xml::Error::Syntax(_) => "it ends inside a tag".to_owned(),
            error => visible(&error.to_string()),
        });
        Some(Step::End)
    }
}

/// Longest name that a message repeats, in characters.
const MAX_NAME_CHARACTERS: usize = 40;

/// Returns a name as a message repeats it: it is whatever stands in the file.
fn shortened(name: &str) -> String {
    let name: String = name.chars().take(MAX_NAME_CHARACTERS).collect();
    visible(&name)
}

/// Returns a text without what would steer a display.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !is_hidden(*c)).collect()
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at a surprise")]

    use super::*;

    /// Walks a document and writes down what was seen.
    fn walk(source: &str) -> (String, Option<String>) {
        let mut document = Document::new(source);
        let mut seen = String::new();
        loop {
            match document.step().unwrap() {
                Step::Open(element) => seen.push_str(&format!("<{}>", element.name)),
                Step::Close(name) => seen.push_str(&format!("{}</{name}>", document.text())),
                Step::End => return (seen, document.cut().map(str::to_owned)),
            }
        }
    }

    #[test]
    fn text_arrives_whole() {
        let (seen, cut) =
            walk("  <a><n>Tom &amp; &#74;erry<!-- x --> &ntilde; <![CDATA[<3]]> & more</n></a>\n");
        assert_eq!(seen, "<a><n>Tom & Jerry &ntilde; <3 & more</n></a>");
        assert_eq!(cut, None);
    }

    #[test]
    fn only_local_names_count() {
        let (seen, _) = walk("<x:a><y:b z:c='1'/></x:a>");
        assert_eq!(seen, "<a><b></b></a>");
        let mut document = Document::new("<a:b c:lat='1.5' lon=2 x=\"\"/>");
        let Step::Open(element) = document.step().unwrap() else {
            panic!("no element")
        };
        assert_eq!(element.attribute("lat").as_deref(), Some("1.5"));
        assert_eq!(element.attribute("LON").as_deref(), Some("2"));
        assert_eq!(element.attribute("x").as_deref(), Some(""));
        assert_eq!(element.attribute("y"), None);
    }

    #[test]
    fn what_the_document_forgot_to_close_is_closed() {
        assert_eq!(walk("<a><b><c>1</b></x></a>").0, "<a><b><c>1</c></b></a>");
        let mut document = Document::new("<a><b></a><d></d>");
        while document.step().unwrap() != Step::End {}
        let codes: Vec<_> = document.warnings().into_iter().map(|w| w.code).collect();
        assert_eq!(codes, ["W-xml-mismatched", "W-xml-concatenated"]);
        assert_eq!(document.cut(), None);
    }

    #[test]
    fn every_cut_is_noticed() {
        let source = "<a x='1'><b>text &amp; more</b><c/><!-- no --></a>";
        for end in 1..source.len() {
            assert!(walk(&source[..end]).1.is_some(), "{}", &source[..end]);
        }
        assert_eq!(walk(source).1, None);
    }

    #[test]
    fn a_name_in_a_message_steers_no_display() {
        let cut = walk("<a\u{1b}[2J\u{202e}>").1.unwrap();
        assert_eq!(cut, "it ends inside <a[2J>");
    }

    #[test]
    fn limits_are_named_with_the_line() {
        let deep = "<a>\n".repeat(1_000_000);
        let mut document = Document::new(&deep);
        let error = loop {
            match document.step() {
                Ok(Step::End) => panic!("no limit"),
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        assert_eq!(
            error.to_string(),
            "line 257: expected at most 256 nested elements, found a deeper <a>; this is not what a watch writes; export the activity again"
        );
        let long = format!("<a>{}</a>", "x".repeat(MAX_TEXT_BYTES + 1));
        let mut document = Document::new(&long);
        document.step().unwrap();
        assert!(document.step().is_err());
        let stray = "<a>".repeat(200) + &"</b>".repeat(MAX_MISMATCHED + 1);
        let mut document = Document::new(&stray);
        let steps = std::iter::from_fn(|| Some(document.step()));
        assert_eq!(steps.take_while(Result::is_ok).count(), 200);
        let wide = format!("<a {}/>", "b='c' ".repeat(MAX_TEXT_BYTES / 6 + 1));
        assert!(Document::new(&wide).step().is_err());
    }
}
