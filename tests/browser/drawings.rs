//! Charts that stand alone, and the letters in all charts.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::browser::Browser;
use crate::page::Page;
use crate::page::View;
use crate::site::MIXED;
use crate::site::SEASON;
use crate::site::Site;
use crate::site::assert_none;
use crate::site::empty_folder;

/// Letters that reach over the edge of their chart.
const OUTSIDE: &str = "[...document.querySelectorAll('svg')].flatMap(chart => {
    const edge = chart.getBoundingClientRect();
    return [...chart.querySelectorAll('text')].filter(part => {
        const box = part.getBoundingClientRect();
        return box.width > 0 && (box.left < edge.left - 1 || box.right > edge.right + 1
            || box.top < edge.top - 1 || box.bottom > edge.bottom + 1);
    }).map(part => part.textContent); })";
/// Letters that lie on others by more than two pixels each way.
const OVERLAPPING: &str = "[...document.querySelectorAll('svg')].flatMap(chart => {
    const parts = [...chart.querySelectorAll('text')].filter(part => part.textContent.trim());
    const boxes = parts.map(part => part.getBoundingClientRect());
    return parts.flatMap((part, index) => parts.slice(index + 1).filter((_, next) => {
        const [one, other] = [boxes[index], boxes[index + 1 + next]];
        return Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
            && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2;
    }).map(other => `${part.textContent} / ${other.textContent}`)); })";

/// Returns what is wrong with a chart as XML: it is to be well-formed and to tell what it shows.
fn faults(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let mut reader = Reader::from_str(&text);
    let mut open: Vec<String> = Vec::new();
    let (mut told, mut roots) = (Vec::new(), 0);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                roots += usize::from(open.is_empty());
                open.push(element.name().as_ref().to_owned());
            }
            Ok(Event::Text(words)) if open.len() == 2 && !words.is_empty() => {
                told.extend(open.last().cloned());
            }
            Ok(Event::End(_)) => drop(open.pop()),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return vec![format!("byte {}: {error}", reader.error_position())],
        }
    }
    let missing = ["title", "desc"].map(str::to_owned).into_iter();
    let missing = missing.filter(|name| !told.contains(name));
    let mut faults: Vec<String> = missing.map(|name| format!("no {name}")).collect();
    if roots != 1 || !open.is_empty() {
        faults.push(format!("{roots} roots, {} elements left open", open.len()));
    }
    faults
}

/// Returns the charts of the block and those of one run of each kind.
fn charts_of_each_sort(site: &Site) -> Vec<PathBuf> {
    let stem = |page: &PathBuf| page.file_stem().unwrap().to_str().unwrap().to_owned();
    let shown: Vec<String> = site.a_page_of_each_sort().iter().map(stem).collect();
    let runs = site.runs();
    let others = runs.keys().map(stem).filter(|name| !shown.contains(name));
    let others: Vec<String> = others.collect();
    let mut charts = site.charts();
    charts.retain(|chart| {
        let name = stem(chart);
        !others.iter().any(|other| name.starts_with(other))
    });
    charts
}

#[test]
fn every_chart_is_well_formed_and_says_what_it_shows() {
    for site in [&*SEASON, &*MIXED] {
        let charts = site.charts();
        assert!(charts.len() > 20);
        let complaints = charts.iter().flat_map(|chart| {
            let faults = faults(chart).into_iter();
            faults.map(move |fault| format!("{}: {fault}", chart.display()))
        });
        assert_none(&complaints.collect::<Vec<_>>());
    }
}

#[test]
fn a_chart_opens_alone_with_all_its_letters() {
    let Some(browser) = Browser::for_test("charts that stand alone") else {
        return;
    };
    let mut complaints = Vec::new();
    let mut page = Page::new(browser, View::light(1000, 1400));
    for chart in [&*SEASON, &*MIXED]
        .into_iter()
        .flat_map(charts_of_each_sort)
    {
        page.go(&chart);
        let mut found = page.complaints();
        let letters = page.strings(OUTSIDE).into_iter();
        found.extend(letters.map(|text| format!("{text:?} is outside")));
        complaints.extend(
            found
                .iter()
                .map(|what| format!("{}: {what}", chart.display())),
        );
    }
    assert_none(&complaints);
}

#[test]
fn the_letters_in_charts_are_whole_and_apart() {
    let Some(browser) = Browser::for_test("letters in charts") else {
        return;
    };
    let mut complaints = Vec::new();
    let mut page = Page::new(browser, View::LAPTOP);
    for file in [&*SEASON, &*MIXED]
        .into_iter()
        .flat_map(Site::a_page_of_each_sort)
    {
        page.go(&file);
        for view in [View::LAPTOP, View::PHONE] {
            page.look(view);
            let place = format!("{} at {} px", file.display(), view.width);
            for (what, script) in [("is outside", OUTSIDE), ("overlap", OVERLAPPING)] {
                let found = page.strings(script).into_iter();
                complaints.extend(found.map(|text| format!("{place}: {text} {what}")));
            }
        }
    }
    assert_none(&complaints);
}

#[test]
fn letters_outside_and_upon_others_are_noticed() {
    let Some(browser) = Browser::for_test("letters outside") else {
        return;
    };
    let file = empty_folder("misdrawn").join("misdrawn.svg");
    let chart = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 99 30'><title>t</title>\
        <text x='80' y='20'>outside</text><text x='9' y='20'>one</text><text x='12' y='20'>two</text></svg>";
    fs::write(&file, chart).unwrap();
    assert_eq!(faults(&file), ["no desc"]);
    let mut page = Page::open(browser, &file, View::PHONE);
    assert_eq!(page.strings(OUTSIDE), ["outside"]);
    assert_eq!(page.strings(OVERLAPPING), ["one / two"]);
}
