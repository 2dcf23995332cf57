//! Texts of strangers stay texts: in the browser, in the terminal, in tables and in messages.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::browser::Browser;
use crate::common::program::hardeasy;
use crate::hostile_runs;
use crate::layout;
use crate::page::Page;
use crate::page::View;
use crate::site::Site;
use crate::site::assert_none;
use crate::site::empty_folder;
use crate::site::files;

/// The hostile runs.
static RUNS: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = empty_folder("hostile");
    hostile_runs::write(&folder);
    folder
});
/// Their site, with an athlete for each text.
static SITE: LazyLock<Site> = LazyLock::new(|| {
    let arguments = [
        RUNS.as_os_str().to_owned(),
        "--athletes".into(),
        "--map".into(),
    ];
    Site::of("hostile", &arguments)
});
/// Goes with the mouse over everything, then tells what a text has become that is more than a text.
const TAKEN_IN: &str = "(() => {
    const parts = [...document.querySelectorAll('*')];
    for (const kind of ['mouseover', 'mouseenter', 'focus', 'click'])
        for (const part of parts) if (kind !== 'click' || !part.closest('a, summary, button, label'))
            part.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true}));
    const found = window.__hit ? ['something ran'] : [];
    for (const part of parts) {
        if (part.matches('[data-hit], img, iframe, object, embed, form, base, foreignObject'))
            found.push(`an element ${part.localName}`);
        for (const {name, value} of part.attributes) {
            if (/^on/i.test(name)) found.push(`an attribute ${name}`);
            if (/href|src|action/.test(name) && /^\\s*(javascript|vbscript|https?):/i.test(value))
                found.push(`an address ${value}`);
        }
    }
    return found; })()";
/// What is to be read somewhere on the pages: the proof that the texts came so far.
const TO_BE_READ: [&str; 6] = [
    "<script data-hit>window.__hit=1;alert(1)</script>",
    "\"><svg data-hit onload=window.__hit=1>",
    "${7*7}{{7*7}}",
    "</script></style></title><img data-hit",
    "javascript:window.__hit=1",
    "anur[31mred31m",
];

#[test]
fn nothing_of_a_hostile_text_becomes_part_of_a_page() {
    let Some(browser) = Browser::for_test("hostile texts") else {
        return;
    };
    let (mut complaints, mut read) = (Vec::new(), BTreeSet::new());
    let mut page = Page::new(browser, View::PHONE);
    let pages = files(&SITE.folder, "html");
    let charts = SITE.charts();
    assert!(pages.len() > 2 * hostile_runs::TEXTS.len(), "{pages:?}");
    for file in pages.iter().chain(&charts) {
        page.go(file);
        let mut found = page.strings(TAKEN_IN);
        found.extend(page.complaints());
        let text = page.evaluate("document.documentElement.textContent");
        let text = text.as_str().unwrap();
        found.extend(steering(text).map(|part| format!("steers the display by {part:?}")));
        read.extend(TO_BE_READ.into_iter().filter(|part| text.contains(part)));
        complaints.extend(
            found
                .iter()
                .map(|what| format!("{}: {what}", file.display())),
        );
    }
    assert_none(&complaints);
    assert_eq!(read.len(), TO_BE_READ.len(), "only {read:?} were read");
}

#[test]
fn hostile_texts_do_not_break_the_layout() {
    if let Some(browser) = Browser::for_test("layout of hostile texts") {
        layout::check(browser, &SITE);
    }
}

#[test]
fn no_output_steers_the_display() {
    let first = files(&RUNS, "fit").into_iter().next().unwrap();
    let everything = RUNS.as_os_str().to_owned();
    let commands = [
        "show",
        "show --athletes",
        "review",
        "review --athletes",
        "review --format markdown",
        "review --athletes --format markdown",
        "review --format json",
        "export --format ndjson",
        "export --format json",
        "export --format csv",
        "export --format csv --table segments",
        "export --format csv --table laps",
        "athlete",
        "athlete --format json",
        "athlete --format svg",
    ];
    let mut outputs: Vec<(String, Vec<u8>)> = Vec::new();
    for (input, command) in commands
        .map(|command| (&everything, command))
        .into_iter()
        .chain([(&first.into_os_string(), "export --format gpx")])
    {
        let mut arguments: Vec<OsString> = command.split(' ').map(OsString::from).collect();
        arguments.push(input.clone());
        let output = hardeasy(&arguments);
        assert!(!output.stdout.is_empty(), "{command} says nothing");
        outputs.push((command.to_owned(), output.stdout));
        outputs.push((format!("{command}, standard error"), output.stderr));
    }
    for run in files(&RUNS, "fit") {
        for command in ["inspect", "show"] {
            let output = hardeasy(&[OsStr::new(command), run.as_os_str()]);
            outputs.push((format!("{command} {run:?}"), output.stdout));
            outputs.push((format!("{command} {run:?}, standard error"), output.stderr));
        }
    }
    for ending in ["html", "svg", "json"] {
        let written = files(&SITE.folder, ending).into_iter();
        outputs.extend(written.map(|file| (file.display().to_string(), fs::read(file).unwrap())));
    }
    let complaints = outputs.iter().filter_map(|(name, bytes)| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let found: BTreeSet<char> = steering(&text).collect();
        (!found.is_empty()).then(|| format!("{name}: {found:?}"))
    });
    assert_none(&complaints.collect::<Vec<_>>());
}

#[test]
fn hostile_texts_are_plain_in_markdown() {
    for arguments in [&["--athletes"][..], &[]] {
        let mut all: Vec<OsString> = vec!["review".into(), "--format".into(), "markdown".into()];
        all.extend(arguments.iter().map(OsString::from));
        all.push(RUNS.as_os_str().to_owned());
        let text = String::from_utf8(hardeasy(&all).stdout).unwrap();
        let marks: Vec<&str> = text.lines().filter(|line| has_marks(line)).collect();
        assert!(marks.is_empty(), "{marks:#?}");
    }
}

#[test]
fn a_hostile_text_that_is_not_escaped_is_noticed() {
    let Some(browser) = Browser::for_test("texts that are not escaped") else {
        return;
    };
    let file = empty_folder("unescaped").join("unescaped.html");
    let link = "<a href='javascript:window.__hit=1'>x</a>";
    let texts = hostile_runs::TEXTS.into_iter();
    let elements = texts.filter(|text| text.contains("data-hit")).chain([link]);
    for text in elements {
        fs::write(&file, format!("<!DOCTYPE html><title>x</title><p>{text}")).unwrap();
        let mut page = Page::open(browser, &file, View::PHONE);
        assert!(!page.strings(TAKEN_IN).is_empty(), "{text}");
    }
}

/// Returns the characters that would act on a terminal or turn the direction of a text.
fn steering(text: &str) -> impl Iterator<Item = char> {
    let turns = |letter| matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let steers = move |letter: &char| turns(*letter) || (letter.is_control() && *letter != '\n');
    text.chars().filter(steers)
}

/// Returns whether a line of Markdown has a link, an element or an address of its own: what is
/// behind a backslash or within backquotes is plain.
fn has_marks(line: &str) -> bool {
    let (mut plain, mut is_code, mut letters) = (String::new(), false, line.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if !is_code => drop(letters.next()),
            '`' => is_code = !is_code,
            letter if !is_code => plain.push(letter),
            _ => {}
        }
    }
    is_code || plain.contains(['<', '[', ']']) || plain.contains("://")
}
