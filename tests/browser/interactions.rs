//! What the script of the pages does: values under the pointer and the arrow keys, segments that
//! light up, units and axes that switch, a list that is searched, sorted and filtered.

use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use crate::browser::Browser;
use crate::page::Key;
use crate::page::Page;
use crate::page::View;
use crate::site::SEASON;
use crate::site::assert_none;
use crate::site::empty_folder;

/// A run of repetitions of the bundled season.
const INTERVALS: &str = "2026-04-28.fit.gz";
/// What the line above the chart says.
const READOUT: &str = "document.querySelector('.readout').textContent";
/// How many rows of the list of runs can be seen.
const SHOWN: &str =
    "[...document.querySelectorAll('.list tbody tr')].filter(row => row.offsetParent).length";

/// What the pages remember is shared by all of them: one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn intervals(test: &str) -> Option<Page> {
    let browser = Browser::for_test(test)?;
    let run = SEASON.run_from(INTERVALS);
    Some(Page::open(browser, &run, View::LAPTOP))
}

fn index(test: &str, view: View) -> Option<Page> {
    let browser = Browser::for_test(test)?;
    Some(Page::open(browser, &SEASON.index(), view))
}

fn text(page: &mut Page, script: &str) -> String {
    page.evaluate(script)
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn count(page: &mut Page, script: &str) -> u64 {
    page.evaluate(script).as_u64().unwrap()
}

#[test]
fn the_pointer_reads_values_and_lights_the_segment_in_chart_and_table() {
    let _alone = alone();
    let Some(mut page) = intervals("pointer") else {
        return;
    };
    page.hover("#timeline .by-time .wide svg");
    let readout = text(&mut page, READOUT);
    for part in ["km", "/km", "bpm", "spm"] {
        assert!(readout.contains(part), "{readout}");
    }
    let lit = text(
        &mut page,
        "document.querySelector('.segments tr.lit summary').textContent",
    );
    assert!(readout.ends_with(lit.trim()), "{readout} / {lit}");
    let visible = "document.querySelectorAll('.by-time .wide [visibility=visible]').length";
    assert_eq!(count(&mut page, visible), 2, "a crosshair and a segment");
    page.hover("h1");
    assert_eq!(count(&mut page, visible), 0);
    assert_none(&page.complaints());
}

#[test]
fn a_row_of_the_table_lights_its_segment_in_the_chart() {
    let _alone = alone();
    let Some(mut page) = intervals("row") else {
        return;
    };
    page.hover(".segments tr.effort td");
    let width = "Number(document.querySelector('.by-time .wide rect.lit[visibility=visible]').getAttribute('width'))";
    // A repetition of some four minutes in an hour, on a chart of about 1800 units.
    let width = page.evaluate(width).as_f64().unwrap();
    assert!((60.0..200.0).contains(&width), "{width}");
    assert_none(&page.complaints());
}

#[test]
fn the_arrow_keys_read_the_chart() {
    let _alone = alone();
    let Some(mut page) = intervals("arrow keys") else {
        return;
    };
    page.evaluate("document.querySelector('#timeline .by-time .chart').focus()");
    page.press(Key::RIGHT);
    let first = text(&mut page, READOUT);
    assert!(first.starts_with("0:0"), "{first}");
    page.press(Key::END);
    let last = text(&mut page, READOUT);
    assert!(last.contains("Cool-down"), "{last}");
    page.press(Key::HOME);
    assert_eq!(text(&mut page, READOUT), first);
    page.press(Key::ESCAPE);
    assert!(text(&mut page, READOUT).starts_with("Point at"));
    assert_none(&page.complaints());
}

#[test]
fn the_whole_page_can_be_walked_with_the_tab_key() {
    let _alone = alone();
    let Some(mut page) = intervals("tab key") else {
        return;
    };
    let mut reached = Vec::new();
    for _ in 0..40 {
        page.press(Key::TAB);
        reached.push(text(
            &mut page,
            "(at => at.className + ' ' + at.tagName + ' ' + (at.name || ''))(document.activeElement)",
        ));
    }
    for wanted in [
        "home A",
        "INPUT units",
        "INPUT along",
        "chart DIV",
        "SUMMARY",
    ] {
        assert!(
            reached.iter().any(|at| at.contains(wanted)),
            "{wanted}: {reached:?}"
        );
    }
}

/// All text that is seen, letters of charts among it, a piece a line.
const VISIBLE: &str = "(() => {
    const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    const pieces = [];
    while (walk.nextNode()) {
        const piece = walk.currentNode;
        if (piece.parentElement.getClientRects().length > 0) pieces.push(piece.textContent);
    }
    return pieces.join('\\n');
})()";

#[test]
fn units_switch_everywhere_and_are_remembered() {
    let _alone = alone();
    let Some(mut page) = intervals("units") else {
        return;
    };
    let seen = "document.querySelector('main').innerText";
    page.evaluate("localStorage.clear()");
    let whole = text(&mut page, seen);
    assert!(whole.contains("0/km"), "{whole}");
    page.click("input[name=units][value=mi] + span");
    page.wait_until("document.querySelector('input[value=mi]').checked");
    let whole = text(&mut page, VISIBLE);
    let labels =
        "[...document.querySelectorAll('main [aria-label]')].map(e => e.ariaLabel).join('\\n')";
    let labels = text(&mut page, labels);
    assert!(whole.contains("/mi"), "{whole}");
    let metric_alone = |line: &&str| line.contains("/km") && !line.contains("/mi");
    assert_eq!(whole.lines().find(metric_alone), None);
    assert_eq!(labels.lines().find(metric_alone), None);
    let ticks = text(
        &mut page,
        "[...document.querySelectorAll('.by-time .wide text')].filter(e => e.getClientRects().length).map(e => e.textContent).join()",
    );
    assert!(
        ticks.contains("pace (min/mi)") && !ticks.contains("min/km"),
        "{ticks}"
    );
    page.hover("#timeline .by-time .wide svg");
    assert!(text(&mut page, READOUT).contains("/mi"));
    page.go(&SEASON.index());
    assert!(
        text(&mut page, seen).contains("/mi"),
        "forgotten on the next page"
    );
    page.evaluate("localStorage.clear()");
    assert_none(&page.complaints());
}

#[test]
fn the_axis_switches_between_time_and_distance() {
    let _alone = alone();
    let Some(mut page) = intervals("axis") else {
        return;
    };
    let shown = "document.querySelector('.by-distance').offsetParent !== null";
    assert_eq!(page.evaluate(shown), false);
    page.click("input[name=along][value=distance] + span");
    page.wait_until(shown);
    assert_eq!(
        page.evaluate("document.querySelector('.by-time').offsetParent === null"),
        true
    );
    page.hover("#timeline .by-distance .wide svg");
    assert!(text(&mut page, READOUT).contains("km"));
    page.evaluate("localStorage.clear()");
    assert_none(&page.complaints());
}

#[test]
fn the_list_is_searched_filtered_and_sorted() {
    let _alone = alone();
    let Some(mut page) = index("list", View::LAPTOP) else {
        return;
    };
    let all = count(&mut page, SHOWN);
    page.click(".search input");
    page.type_text("1000 m");
    page.wait_until(&format!("{SHOWN} < {all}"));
    let found = count(&mut page, SHOWN);
    assert!(found > 0 && found < 15, "{found}");
    page.evaluate("document.querySelector('.search input').select()");
    page.type_text("5x1000");
    page.wait_until(&format!("{SHOWN} < {found}"));
    assert!(count(&mut page, SHOWN) > 0);
    page.evaluate("document.querySelector('.search input').select()");
    page.type_text("1000 m");
    page.wait_until(&format!("{SHOWN} === {found}"));
    assert_eq!(
        text(
            &mut page,
            "document.querySelector('.tools output').textContent"
        ),
        format!("{found} of {all} shown")
    );
    page.evaluate("const input = document.querySelector('.search input'); input.value = ''; input.dispatchEvent(new Event('input')); 0");
    page.click(".filter input[value=tempo] + span");
    page.wait_until(&format!("{SHOWN} < {all}"));
    let kinds = "[...new Set([...document.querySelectorAll('.list tbody tr')].filter(row => row.offsetParent).map(row => row.className))].join()";
    assert_eq!(text(&mut page, kinds), "k-tempo");
    page.click(".filter input[value=all] + span");
    let distances = "[...document.querySelectorAll('.list tbody tr')].map(row => parseFloat(row.cells[3].textContent)).filter(Number.isFinite)";
    for (sign, order) in [("<=", "descending"), (">=", "ascending")] {
        page.click(".list thead th:nth-child(4) button");
        let sorted =
            format!("{distances}.every((value, i, all) => i === 0 || value {sign} all[i - 1])");
        assert_eq!(page.evaluate(&sorted), true, "{order}");
        let sort =
            "document.querySelector('.list thead th:nth-child(4)').getAttribute('aria-sort')";
        assert_eq!(text(&mut page, sort), order);
    }
    assert_none(&page.complaints());
}

#[test]
fn the_list_works_on_a_phone() {
    let _alone = alone();
    let Some(mut page) = index("list on a phone", View::PHONE) else {
        return;
    };
    page.click(".list thead th:nth-child(3) button");
    let times = "[...document.querySelectorAll('.list tbody tr')].map(row => row.cells[2].textContent.split(':').reduce((sum, part) => sum * 60 + Number(part), 0))";
    let sorted = format!("{times}.every((value, i, all) => i === 0 || value <= all[i - 1])");
    assert_eq!(page.evaluate(&sorted), true);
    assert_none(&page.complaints());
}

#[test]
fn all_can_be_read_without_the_script() {
    let _alone = alone();
    let Some(browser) = Browser::for_test("no script") else {
        return;
    };
    let whole = std::fs::read_to_string(SEASON.run_from(INTERVALS)).unwrap();
    let script = whole.rfind("<script>").unwrap();
    let file = empty_folder("no-script").join("run.html");
    std::fs::write(&file, &whole[..script]).unwrap();
    let mut page = Page::open(browser, &file, View::LAPTOP);
    let shown =
        |selector: &str| format!("document.querySelector('{selector}').offsetParent !== null");
    assert_eq!(page.evaluate(&shown(".by-time .wide")), true);
    assert_eq!(
        page.evaluate("document.querySelector('.readout') === null"),
        true
    );
    page.click("input[name=along][value=distance] + span");
    page.wait_until(&shown(".by-distance"));
    assert_eq!(page.evaluate(&shown(".by-time")), false);
}
