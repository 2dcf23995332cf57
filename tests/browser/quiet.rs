//! Pages open from disk and ask for nothing, say nothing on the console, and lead somewhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use crate::browser::Browser;
use crate::page::Key;
use crate::page::Page;
use crate::page::View;
use crate::site::MIXED;
use crate::site::SEASON;
use crate::site::Site;
use crate::site::assert_none;
use crate::site::empty_folder;

/// Presses of the Tab key on each page: past its head and towards its content.
const TABS: usize = 5;
/// The address that each link leads to.
const LINKS: &str = "[...document.querySelectorAll('a[href], area[href]')].map(link =>
    new URL(link.getAttribute('href') ?? link.href.baseVal, document.baseURI).href)";
/// What a page loads by an element, whether or not the browser asks for it.
const LOADED: &str = "[...document.querySelectorAll('link, script[src], img, iframe, object, embed, \
    source, video, audio, use, image')].map(part => part.getAttribute('href') ?? part.getAttribute('src') \
    ?? part.getAttribute('data') ?? '').filter(name => !/^(data:|#)/.test(name))";
const REPEATED_IDS: &str = "[...document.querySelectorAll('[id]')].map(part => part.id)
    .filter((id, index, all) => all.indexOf(id) !== index)";
/// References from one element of a page to another that lead nowhere.
const BROKEN_REFERENCES: &str =
    "['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'list']
    .flatMap(name => [...document.querySelectorAll(`[${name}]`)]
        .flatMap(part => part.getAttribute(name).split(/\\s+/))
        .filter(id => id && !document.getElementById(id))
        .map(id => `${name}=${id}`))";

/// Goes through a site; returns how many pages it has seen.
fn check(browser: &'static Browser, site: &Site) -> usize {
    let mut complaints = Vec::new();
    let mut links = BTreeMap::new();
    let mut page = Page::new(browser, View::LAPTOP);
    let files = site.a_page_of_each_sort();
    for file in &files {
        page.go(file);
        page.hover("main");
        for _ in 0..TABS {
            page.press(Key::TAB);
        }
        let mut found = page.complaints();
        for (what, script) in [
            ("loads", LOADED),
            ("has twice the id", REPEATED_IDS),
            ("has no element for", BROKEN_REFERENCES),
        ] {
            let parts = page.strings(script).into_iter();
            found.extend(parts.map(|part| format!("{what} {part}")));
        }
        complaints.extend(
            found
                .iter()
                .map(|what| format!("{}: {what}", file.display())),
        );
        for link in page.strings(LINKS) {
            links.entry(link).or_insert_with(|| file.clone());
        }
    }
    complaints.extend(broken_links(&site.folder, &links));
    assert_none(&complaints);
    files.len()
}

/// Returns the links that lead to no file of the site, or to no place in it.
fn broken_links(folder: &Path, links: &BTreeMap<String, PathBuf>) -> Vec<String> {
    let broken = links.iter().filter(|(link, _)| !is_whole(folder, link));
    broken
        .map(|(link, page)| format!("{}: no {link}", page.display()))
        .collect()
}

fn is_whole(folder: &Path, link: &str) -> bool {
    if link.starts_with("data:") {
        return true;
    }
    let root = crate::page::address(folder) + "/";
    let (address, place) = link.split_once('#').unwrap_or((link, ""));
    let Some(path) = address.strip_prefix(&root) else {
        return false;
    };
    let file = folder.join(path.split('?').next().unwrap());
    file.is_file() && (place.is_empty() || has_place(&file, place))
}

fn has_place(file: &Path, place: &str) -> bool {
    let text = fs::read_to_string(file).unwrap();
    text.contains(&format!(" id=\"{place}\""))
}

#[test]
fn the_pages_of_a_season_ask_for_nothing_and_lead_somewhere() {
    let Some(browser) = Browser::for_test("pages of a season") else {
        return;
    };
    assert!(check(browser, &SEASON) > 5);
}

#[test]
fn the_pages_of_every_kind_of_run_ask_for_nothing_and_lead_somewhere() {
    let Some(browser) = Browser::for_test("pages of every kind of run") else {
        return;
    };
    assert!(check(browser, &MIXED) > 12);
}

#[test]
fn what_a_page_must_not_do_is_noticed() {
    let Some(browser) = Browser::for_test("what a page must not do") else {
        return;
    };
    let folder = empty_folder("loud");
    let file = folder.join("loud.html");
    let policy = "<meta http-equiv='Content-Security-Policy' content=\"img-src 'none'\">";
    let faults = [
        ("<img src='other.png'>", "Network.requestWillBeSent"),
        ("<script>console.warn('so')</script>", "consoleAPICalled"),
        ("<script>throw Error('so')</script>", "exceptionThrown"),
        ("<script>alert(1)</script>", "javascriptDialogOpening"),
    ];
    for (fault, told) in faults {
        fs::write(&file, format!("<!DOCTYPE html><title>x</title>{fault}")).unwrap();
        let complaints = Page::open(browser, &file, View::PHONE).complaints();
        assert!(
            complaints.iter().any(|what| what.contains(told)),
            "{complaints:?}"
        );
    }
    fs::write(
        &file,
        format!("<!DOCTYPE html>{policy}<img src='other.png'>"),
    )
    .unwrap();
    let complaints = Page::open(browser, &file, View::PHONE).complaints();
    let is_told = |what: &String| {
        what.contains("ontentSecurityPolicy") || what.contains("Content Security Policy")
    };
    assert!(complaints.iter().any(is_told), "{complaints:?}");
}
