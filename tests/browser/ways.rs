//! The ways of a reader through a site: from the first page to any week, from a verdict to its correction,
//! from the table of athletes to one of them.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use crate::browser::Browser;
use crate::page::Page;
use crate::page::View;
use crate::site::SEASON;
use crate::site::Site;
use crate::site::empty_folder;
use crate::site::fixtures;

/// Returns the file to which the first link that can be seen leads, of those that match.
fn follow(page: &mut Page, file: &Path, selector: &str) -> PathBuf {
    let script = format!(
        "[...document.querySelectorAll('{selector}')].find(link => link.checkVisibility())?.getAttribute('href') ?? ''"
    );
    let href = page.evaluate(&script).as_str().unwrap().to_owned();
    assert!(!href.is_empty(), "{}: no {selector}", file.display());
    let to = file.parent().unwrap().join(href);
    page.go(&to);
    to
}

#[test]
fn a_run_of_any_week_is_three_clicks_away() {
    let Some(browser) = Browser::for_test("ways") else {
        return;
    };
    let index = SEASON.index();
    let mut page = Page::open(browser, &index, View::LAPTOP);
    let year = follow(&mut page, &index, "a[href^=\"years/\"]");
    let week = follow(
        &mut page,
        &year,
        "tbody tr:last-child a[href^=\"../weeks/\"]",
    );
    let run = follow(&mut page, &week, "a[href^=\"../runs/\"]");
    assert!(run.is_file());
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn the_first_page_begins_with_the_latest_run_and_says_how_long_ago_it_was() {
    let Some(browser) = Browser::for_test("today") else {
        return;
    };
    let mut page = Page::open(browser, &SEASON.index(), View::LAPTOP);
    let first = "document.querySelector('main section:nth-of-type(2)').className";
    assert_eq!(page.evaluate(first), "today");
    let ago = page.evaluate("document.querySelector('.today time').textContent");
    let ago = ago.as_str().unwrap();
    assert!(
        ["today", "ago", "in "]
            .iter()
            .any(|word| ago.contains(word)),
        "{ago}"
    );
    // What is written holds no such number: the same input gives the same page on any day.
    let written = fs::read_to_string(SEASON.index()).unwrap();
    assert!(written.contains("data-ago></time>"));
}

#[test]
fn the_command_that_corrects_a_run_follows_the_chosen_kind() {
    let Some(browser) = Browser::for_test("wrong") else {
        return;
    };
    let run = SEASON.run_from("2026-04-28.fit.gz");
    let mut page = Page::open(browser, &run, View::PHONE);
    page.evaluate("document.querySelector('.wrong').open = true");
    let command = "document.querySelector('.wrong code:has(b)').textContent";
    let choose = "(() => { const select = document.querySelector('.wrong select');
        select.value = 'progression'; select.dispatchEvent(new Event('change')); })()";
    page.evaluate(choose);
    assert_eq!(
        page.evaluate(command),
        "hardeasy correct '2026-04/2026-04-28.fit.gz' --kind progression"
    );
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_coach_sorts_the_athletes_and_goes_to_one() {
    let Some(browser) = Browser::for_test("coach") else {
        return;
    };
    let club = empty_folder("club");
    for (athlete, month) in [("ann", "season/2026-03"), ("bob", "season/2026-04")] {
        fs::create_dir(club.join(athlete)).unwrap();
        for entry in fs::read_dir(fixtures(month)).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, club.join(athlete).join(path.file_name().unwrap())).unwrap();
        }
    }
    let site = Site::of("club", &[club.into(), "--athletes".into()]);
    let mut page = Page::open(browser, &site.index(), View::LAPTOP);
    let names =
        "[...document.querySelectorAll('.sortable tbody th')].map(cell => cell.textContent)";
    let before = page.strings(names);
    page.click(".sortable thead th:first-child button");
    let mut sorted = page.strings(names);
    assert_eq!(before.len(), 2);
    if sorted[0] == "bob" {
        page.click(".sortable thead th:first-child button");
        sorted = page.strings(names);
    }
    assert_eq!(sorted, ["ann", "bob"]);
    let own = follow(&mut page, &site.index(), ".sortable tbody a");
    assert!(own.ends_with("ann/index.html"), "{}", own.display());
    let all = follow(&mut page, &own, "header a[href=\"../index.html\"]");
    assert_eq!(
        all.canonicalize().unwrap(),
        site.index().canonicalize().unwrap()
    );
    assert_eq!(page.complaints(), [""; 0]);
}
