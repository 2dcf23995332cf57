//! Pages fit their window, from a small phone to a laptop.

use std::collections::BTreeMap;
use std::fs;

use crate::browser::Browser;
use crate::page::Page;
use crate::page::View;
use crate::site::MIXED;
use crate::site::SEASON;
use crate::site::Site;
use crate::site::assert_none;
use crate::site::empty_folder;

/// Widths of windows, in CSS pixels: the smallest phone, the usual small one, a tablet, a laptop.
const WIDTHS: [u32; 4] = [320, 360, 768, 1280];
/// Functions that the scripts below share.
const COMMON: &str = "
    const isSeen = part => part.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true});
    const isHiddenOnPurpose = part => part.closest('.hidden, [aria-hidden=true]') !== null
        || getComputedStyle(part).opacity === '0';
    const told = part => `<${part.localName} class='${part.getAttribute('class') ?? ''}'> `
        + part.textContent.trim().replace(/\\s+/g, ' ').replace(/\\d+/g, '…').slice(0, 60);
    const ownText = part => [...part.childNodes].some(node => node.nodeType === 3 && node.data.trim());
";
/// Text that reaches over the edge of the window, unless it can be scrolled to.
const BEYOND: &str = "
    const scrolls = part => { for (let at = part; at; at = at.parentElement)
        if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX)) return true; return false; };
    return [...document.body.querySelectorAll('*')]
        .filter(part => ownText(part) && isSeen(part) && !isHiddenOnPurpose(part) && !scrolls(part))
        .filter(part => { const box = part.getBoundingClientRect();
            return box.width > 0 && (box.left < -0.5 || box.right > innerWidth + 0.5); }).map(told);
";
/// Text that its own box cuts off.
const CUT_OFF: &str = "
    return [...document.body.querySelectorAll('*:not(svg *)')]
        .filter(part => ownText(part) && isSeen(part) && !isHiddenOnPurpose(part))
        .filter(part => getComputedStyle(part).display !== 'inline')
        .filter(part => ['hidden', 'clip'].includes(getComputedStyle(part).overflowX))
        .filter(part => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1)
        .map(told);
";
/// Windows up to this width are touched, wider ones have a mouse.
const TOUCHED_WIDTH: u32 = 719;
/// What is to be touched and is smaller than 24 pixels; links within a line of text are as they are.
const TOO_SMALL: &str = "
    return [...document.querySelectorAll('a[href], button, summary, select, input, label, [tabindex=\"0\"]')]
        .filter(part => isSeen(part) && !isHiddenOnPurpose(part) && !part.closest('svg'))
        .filter(part => getComputedStyle(part).display !== 'inline')
        .filter(part => { const box = part.getBoundingClientRect();
            return box.width > 0 && (box.width < 23.5 || box.height < 23.5); }).map(told);
";

/// Returns what does not fit on a page.
fn misfits(page: &mut Page, width: u32) -> Vec<String> {
    let mut found = Vec::new();
    let content = page.evaluate("document.documentElement.scrollWidth");
    if content.as_u64().unwrap() > u64::from(width) {
        found.push(format!("is {content} px wide"));
    }
    let questions = [
        ("reaches out", BEYOND),
        ("is cut off", CUT_OFF),
        ("is small to touch", TOO_SMALL),
    ];
    let asked = if width > TOUCHED_WIDTH { 2 } else { 3 };
    for (what, script) in questions.into_iter().take(asked) {
        let parts = page.strings(&format!("(() => {{ {COMMON} {script} }})()"));
        found.extend(parts.iter().map(|part| format!("{what}: {part}")));
    }
    found
}

/// Returns what does not fit on any page of a site, at any width, all that folds open unfolded.
pub fn check(browser: &'static Browser, site: &Site) {
    // The same misfit on many pages is one complaint.
    let mut places = BTreeMap::new();
    let mut page = Page::new(browser, View::LAPTOP);
    for file in site.a_page_of_each_sort() {
        page.go(&file);
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)");
        for width in WIDTHS {
            page.look(View::light(width, 800));
            let found = misfits(&mut page, width);
            let place = format!("{} at {width} px", file.display());
            for what in found {
                let entry = places.entry(what).or_insert_with(|| (place.clone(), 0));
                entry.1 += 1;
            }
        }
    }
    let told = places.iter();
    let told = told.map(|(what, (place, count))| format!("{what} ({count} times, as {place})"));
    assert_none(&told.collect::<Vec<_>>());
}

#[test]
fn the_pages_of_a_season_fit_every_window() {
    if let Some(browser) = Browser::for_test("layout of a season") {
        check(browser, &SEASON);
    }
}

#[test]
fn the_pages_of_every_kind_of_run_fit_every_window() {
    if let Some(browser) = Browser::for_test("layout of every kind of run") {
        check(browser, &MIXED);
    }
}

#[test]
fn what_does_not_fit_is_noticed() {
    let Some(browser) = Browser::for_test("what does not fit") else {
        return;
    };
    let file = empty_folder("unfit").join("unfit.html");
    let faults = [
        ("<div style='width:400px'>wide</div>", "is 408 px wide"),
        (
            "<p style='margin-left:-20px'>far left</p>",
            "reaches out: <p",
        ),
        (
            "<p style='width:20px;overflow:hidden;white-space:nowrap'>cut in two</p>",
            "is cut off: <p",
        ),
        (
            "<button style='height:12px'>ok</button>",
            "is small to touch: <button",
        ),
    ];
    for (fault, told) in faults {
        fs::write(&file, format!("<!DOCTYPE html><title>x</title>{fault}")).unwrap();
        let found = misfits(&mut Page::open(browser, &file, View::PHONE), 360);
        assert!(found.iter().any(|what| what.starts_with(told)), "{found:?}");
    }
}
