//! Texts of a stranger → pages, charts, tables, lines of a terminal: a text stays a text.
//!
//! A run is made once and drawn with plain texts; what elements and attributes that gives is all there may be
//! with any others.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use hardeasy::classification::Session;
use hardeasy::export::csv;
use hardeasy::export::gpx;
use hardeasy::export::tables::Source;
use hardeasy::export::tables::Table;
use hardeasy::export::tables::stream_rows;
use hardeasy::export::tcx;
use hardeasy::ingest;
use hardeasy::ingest::Format;
use hardeasy::ingest::Strictness;
use hardeasy::pipeline::FileLine;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::Status;
use hardeasy::pipeline::read_runs;
use hardeasy::report::html;
use hardeasy::report::site::Page;
use hardeasy::report::site::Site;
use hardeasy::report::text;
use hardeasy::review::Review;
use hardeasy::review::ReviewOptions;
use hardeasy::review::review;
use hardeasy::streams;
use hardeasy::streams::Streams;
use hardeasy::units::UnitSystem;
use serde_json::Value;
use serde_json::json;

use super::grammar;
use super::grammar::Choices;
use super::markup;
use super::markup::Vocabulary;

/// What stands between the texts of an input.
const BETWEEN: char = '\u{1f}';
/// Starts of a cell that a spreadsheet takes for a formula.
const FORMULAS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// Texts of every length that are nothing but texts, and one that is empty once cleaned.
const PLAIN: [&str; 6] = [
    "plain",
    "a",
    "",
    "some words that say where it was, and with whom, and how it felt after all that rain in the night before",
    "K\u{fc}stenlauf, 100 % \u{1f3c3}",
    "one\u{1f}two\u{1f}three\u{1f}",
];
/// What is drawn, by the first byte of an input.
const KINDS: [fn(&Drawn) -> Vec<Page>; 5] = [run, index, tables, terminal, tracks];

/// A run, the document into whose fields texts are put, and the places of these fields.
struct Base {
    document: Value,
    fields: Vec<String>,
    streams: Streams,
}

static BASE: LazyLock<Base> = LazyLock::new(|| {
    let choices = [8, 1, 3, 0, 20, 90, 20, 90, 20, 90, 20];
    let file = grammar::sound(&mut Choices::new(&choices));
    let activities = ingest::read(&file, Format::Fit, Strictness::Lenient).unwrap();
    let read = read_runs(vec![Input::Bytes(file)], &Options::default(), &|_, _| {});
    let session = read.unwrap().sessions.remove(0);
    let mut document = serde_json::to_value(session).unwrap();
    // Fields that this run leaves empty.
    for field in [
        "name",
        "note",
        "athlete",
        "sub_sport",
        "description",
        "private_note",
        "gear",
    ] {
        document[field] = json!("plain");
    }
    document["source"]["member"] = json!("plain");
    document["tags"] = json!(["plain"]);
    document["warnings"] = json!([{"code": "plain", "text": "plain", "place": "plain"}]);
    let mut fields = Vec::new();
    texts(&document, String::new(), &mut fields);
    let is_free = |field: &String| {
        let mut other = document.clone();
        *other.pointer_mut(field).unwrap() = json!("any text at all");
        // A document with another hash than of hexadecimal digits is refused.
        let is_checked = ["/schema", "/source/sha256"].contains(&field.as_str());
        !is_checked && serde_json::from_value::<Session>(other).is_ok()
    };
    fields.retain(is_free);
    assert!(fields.len() > 15, "{fields:?}");
    Base {
        document,
        fields,
        streams: streams::resample(&activities[0]),
    }
});

/// What pages of plain texts hold, by what is drawn and the ending of the file.
static KNOWN: LazyLock<BTreeMap<(usize, String), Vocabulary>> = LazyLock::new(|| {
    let mut known = BTreeMap::new();
    for (kind, draw) in KINDS.iter().enumerate() {
        for plain in PLAIN {
            for page in draw(&Drawn::new(plain)) {
                let found = vocabulary(&page);
                let all: &mut Vocabulary = known.entry((kind, ending(&page))).or_default();
                all.extend(found);
            }
        }
    }
    known
});

/// Collects the places of all texts in a document, as JSON pointers.
fn texts(value: &Value, place: String, out: &mut Vec<String>) {
    match value {
        Value::String(_) => out.push(place),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, item)| texts(item, format!("{place}/{index}"), out));
        }
        Value::Object(fields) => {
            let fields = fields.iter();
            fields.for_each(|(name, field)| texts(field, format!("{place}/{name}"), out));
        }
        _ => {}
    }
}

/// A season of one run in which every free field holds a text of the input.
struct Drawn {
    sessions: Vec<Session>,
    reviews: Vec<Review>,
    account: Vec<FileLine>,
    files: html::Account,
}

impl Drawn {
    fn new(text: &str) -> Self {
        let base = &*BASE;
        let mut parts = text.split(BETWEEN).cycle();
        let mut next = || parts.next().unwrap_or_default().to_owned();
        let mut document = base.document.clone();
        for field in &base.fields {
            *document.pointer_mut(field).unwrap() = json!(next());
        }
        let sessions: Vec<Session> = vec![serde_json::from_value(document).unwrap()];
        let mut review = review(&sessions, &ReviewOptions::default());
        review.athlete.clone_from(&sessions[0].head.athlete);
        let line = FileLine {
            member: Some(next()),
            ..FileLine::new(&next(), Some(&next()), Status::Failed, next())
        };
        let file = |status| html::FileLine {
            path: line.name(),
            status,
            reason: line.reason.clone(),
        };
        let files = html::Account {
            recognised: vec![next()],
            files: html::FileStatus::ALL.map(file).into(),
        };
        Self {
            sessions,
            reviews: vec![review],
            account: vec![line],
            files,
        }
    }

    fn site(&self) -> Site<'_> {
        Site::new(&self.sessions, &self.reviews, UnitSystem::Metric)
    }
}

fn page(path: &str, content: String) -> Page {
    Page {
        path: path.to_owned(),
        content,
    }
}

fn run(drawn: &Drawn) -> Vec<Page> {
    drawn.site().run(0, Some(&BASE.streams))
}

fn index(drawn: &Drawn) -> Vec<Page> {
    drawn.site().index(&drawn.files)
}

fn tables(drawn: &Drawn) -> Vec<Page> {
    let source = Source {
        sessions: &drawn.sessions,
        reviews: &drawn.reviews,
        references: &[],
        account: &drawn.account,
    };
    let written = Table::ALL.into_iter().map(|table| {
        let mut out = Vec::new();
        csv::write(table, &source, &mut out).unwrap();
        let rows = stream_rows(table, &drawn.sessions[0], &BASE.streams);
        csv::write_rows(rows, &mut out).unwrap();
        page(
            &format!("{}.csv", table.name()),
            String::from_utf8(out).unwrap(),
        )
    });
    written.collect()
}

fn terminal(drawn: &Drawn) -> Vec<Page> {
    let units = UnitSystem::Imperial;
    let session = &drawn.sessions[0];
    let review = &drawn.reviews[0];
    vec![
        page(
            "run.txt",
            text::session_text(session, Some(&BASE.streams), units, 80),
        ),
        page("runs.txt", text::runs_table(&drawn.sessions, units, 60)),
        page("review.txt", text::review_text(review, units)),
        page("review.md", text::review_markdown(review, units)),
    ]
}

fn tracks(drawn: &Drawn) -> Vec<Page> {
    let session = &drawn.sessions[0];
    let document = tcx::document(session, &BASE.streams).unwrap();
    let tracks = gpx::tracks(session, &BASE.streams).unwrap();
    vec![
        page("run.tcx", document.unwrap_or_default()),
        page("run.gpx", tracks),
    ]
}

fn ending(page: &Page) -> String {
    let ending = page.path.rsplit('.').next();
    ending.unwrap_or_default().to_owned()
}

/// Returns what a file holds besides texts; panics where a text has become something else.
fn vocabulary(page: &Page) -> Vocabulary {
    let content = &page.content;
    match ending(page).as_str() {
        "html" | "svg" | "gpx" | "tcx" => markup::vocabulary(content),
        "md" => {
            let mut drawn = String::new();
            pulldown_cmark::html::push_html(&mut drawn, pulldown_cmark::Parser::new(content));
            markup::vocabulary(&drawn)
        }
        "csv" => {
            check_table(content);
            Vocabulary::new()
        }
        "json" => {
            assert!(serde_json::from_str::<Value>(content).is_ok(), "{content}");
            assert!(!content.contains(steers), "{content:?}");
            Vocabulary::new()
        }
        _ => {
            let plain = without_colours(content);
            assert!(!plain.contains(steers), "{plain:?}");
            Vocabulary::new()
        }
    }
}

/// Returns whether a character acts on a terminal or turns the direction of a text.
fn steers(letter: char) -> bool {
    let turns = matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (letter.is_control() && letter != '\n')
}

fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit() && c != ';');
        let end = end.unwrap_or(part.len());
        assert!(part[end..].starts_with('m'), "no colour: {part:?}");
        plain += &part[end + 1..];
    }
    plain
}

/// Every row has the cells of the header, and none of them is a formula.
fn check_table(content: &str) {
    let mut reader = ::csv::Reader::from_reader(content.as_bytes());
    for row in reader.records() {
        for cell in &row.unwrap() {
            let is_number = cell.parse::<f64>().is_ok();
            assert!(is_number || !cell.starts_with(FORMULAS), "{cell:?}");
            assert!(!cell.contains(steers), "{cell:?}");
        }
    }
}

/// A first byte says what is drawn, then come texts.
pub fn render(data: &[u8]) {
    let Some((kind, texts)) = data.split_first() else {
        return;
    };
    let kind = usize::from(*kind) % KINDS.len();
    let drawn = Drawn::new(&String::from_utf8_lossy(texts));
    for page in KINDS[kind](&drawn) {
        let known = &KNOWN[&(kind, ending(&page))];
        let found = vocabulary(&page);
        let new: Vec<&String> = found.difference(known).collect();
        assert!(new.is_empty(), "{}: {new:?}", page.path);
    }
}
