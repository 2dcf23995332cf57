//! Reads what was written as HTML or SVG, strictly, and tells which elements and attributes it holds.

use std::collections::BTreeSet;

/// Elements of HTML that have no end tag.
const VOID: [&str; 8] = ["br", "col", "hr", "img", "input", "link", "meta", "wbr"];
/// Elements of HTML whose content is no markup.
const RAW: [&str; 2] = ["script", "style"];
/// Attributes that hold an address.
const ADDRESSES: [&str; 4] = ["href", "src", "action", "xlink:href"];

/// The address of the empty picture beside a page's title, which keeps browsers from asking for one.
const NOTHING: &str = "data:,";

/// The elements and attributes of a document: an attribute with its element before it, and what scripts and
/// style sheets say.
pub type Vocabulary = BTreeSet<String>;

/// Returns what a document holds.
///
/// # Panics
/// If it is not well-formed, leads to somewhere else than the site, or holds what no page of ours does.
pub fn vocabulary(document: &str) -> Vocabulary {
    let mut reader = Reader {
        text: document,
        at: 0,
        open: Vec::new(),
        found: Vocabulary::new(),
    };
    while reader.step() {}
    assert!(reader.open.is_empty(), "not closed: {:?}", reader.open);
    reader.found
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    open: Vec<&'a str>,
    found: Vocabulary,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn fail(&self, what: &str) -> ! {
        let near: String = self.rest().chars().take(80).collect();
        panic!("{what} at byte {}: {near:?}", self.at);
    }

    /// Returns what precedes a mark, and goes behind it.
    fn until(&mut self, mark: &str) -> &'a str {
        let rest = self.rest();
        let Some(end) = rest.find(mark) else {
            self.fail(&format!("no {mark:?}"));
        };
        self.at += end + mark.len();
        &rest[..end]
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_');
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        self.at += end;
        if end == 0 {
            self.fail("no name");
        }
        &rest[..end]
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(mark) = rest.find('<') else {
            self.text_part(rest);
            return false;
        };
        self.text_part(&rest[..mark]);
        self.at += mark;
        if self.rest().starts_with("<!") || self.rest().starts_with("<?") {
            let told = self.until(">");
            self.found.insert(told.to_ascii_lowercase());
        } else if self.rest().starts_with("</") {
            self.at += 2;
            let name = self.word();
            self.skip_space();
            if self.open.pop() != Some(name) || !self.until(">").is_empty() {
                self.fail(&format!("wrong end tag {name}"));
            }
        } else {
            self.element();
        }
        true
    }

    /// An ampersand is the start of a reference; no control character is in a text.
    fn text_part(&mut self, text: &str) {
        for (place, _) in text.match_indices('&') {
            let name = text[place + 1..].split(';').next().unwrap_or_default();
            let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
            if name.is_empty() || name.len() > 8 || !is_name {
                self.fail(&format!("a bare ampersand in {text:?}"));
            }
        }
        if text.contains(|c: char| c.is_control() && c != '\n') {
            self.fail(&format!("a control character in {text:?}"));
        }
    }

    fn element(&mut self) {
        self.at += 1;
        let name = self.word();
        self.found.insert(name.to_owned());
        let mut own = BTreeSet::new();
        loop {
            self.skip_space();
            if self.rest().starts_with("/>") {
                self.at += 2;
                return;
            }
            if self.rest().starts_with('>') {
                self.at += 1;
                break;
            }
            let attribute = self.attribute(name);
            if !own.insert(attribute) {
                self.fail(&format!("{attribute} twice"));
            }
        }
        if RAW.contains(&name) {
            let said = self.until(&format!("</{name}>"));
            self.found.insert(format!("{name}: {said}"));
        } else if !VOID.contains(&name) {
            self.open.push(name);
        }
    }

    fn attribute(&mut self, element: &str) -> &'a str {
        let name = self.word();
        self.found.insert(format!("{element} {name}"));
        if !self.rest().starts_with('=') {
            return name;
        }
        self.at += 1;
        let quote = match self.rest().chars().next() {
            Some('"') => "\"",
            Some('\'') => "'",
            _ => self.fail("a value without quotes"),
        };
        self.at += 1;
        let value = self.until(quote);
        if value.contains('<') {
            self.fail(&format!("a tag within {value:?}"));
        }
        self.text_part(value);
        let scheme = value.split(['/', '?', '#']).next().unwrap_or_default();
        let leads_away = scheme.contains([':', '&']) && value != NOTHING;
        if ADDRESSES.contains(&name) && leads_away {
            self.fail(&format!("{name} leads to {value:?}"));
        }
        name
    }
}
