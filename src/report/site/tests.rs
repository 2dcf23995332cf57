//! What is true of every file of a site.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod many_years;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::classification::OwnZones;
use crate::classification::Session;
use crate::classification::ZoneSums;
use crate::report::html::Account;
use crate::report::html::FileLine;
use crate::report::html::FileStatus;
use crate::report::made_up;
use crate::report::site::Page;
use crate::report::site::Site;
use crate::report::site::pages;
use crate::review::ReviewOptions;
use crate::review::review;
use crate::settings::WeekStart;
use crate::settings::ZonesOf;
use crate::units::UnitSystem;

fn line(path: &str, status: FileStatus, reason: Option<&str>) -> FileLine {
    FileLine {
        path: path.to_owned(),
        status,
        reason: reason.map(str::to_owned),
    }
}

fn account(files: &[FileLine]) -> Account {
    Account {
        recognised: Vec::new(),
        files: files.to_vec(),
    }
}

fn own_zones(name: &str) -> Vec<OwnZones> {
    let zones = ZonesOf::ALL.map(|of| OwnZones {
        of,
        limits: vec![3.0],
        names: vec![name.to_owned(), "other".to_owned()],
        seconds: vec![600.0, 300.0],
        lacking: None,
    });
    zones.to_vec()
}

fn site(name: &str) -> Vec<Page> {
    let mut sessions = made_up::season(3);
    let (mut session, streams) = made_up::intervals();
    let head = &mut session.head;
    head.name = Some(name.to_owned());
    head.source.path = name.to_owned();
    head.source.device = Some(name.to_owned());
    head.source.member = Some(name.to_owned());
    head.sub_sport = Some(name.to_owned());
    session.note = Some(name.to_owned());
    session.tags = vec![name.to_owned()];
    session.sets[0].name = name.to_owned();
    session.segments[0].name = Some(name.to_owned());
    session.evidence[0].text = name.to_owned();
    session.warnings[0].text = name.to_owned();
    session.summary.power_w = Some(250.0);
    session.own_zones = own_zones(name);
    session.summary.power_source = Some(name.to_owned());
    sessions[0] = session;
    for session in &mut sessions {
        session.head.athlete = Some(name.to_owned());
    }
    let mut review = made_up::review(&sessions);
    review.athlete = Some(name.to_owned());
    review.weeks[0].own_zones = ZoneSums::of(sessions.iter().flat_map(|one| &one.own_zones));
    review.findings[0].text = name.to_owned();
    review.sessions[0].title = name.to_owned();
    let files = [
        line(name, FileStatus::Failed, Some(name)),
        line("b.fit", FileStatus::Ok, None),
    ];
    let streams = [(0, streams)].into_iter().collect();
    pages(
        &sessions,
        &streams,
        &[review],
        &account(&files),
        UnitSystem::Metric,
    )
}

/// Returns the names of all elements (of their ends with a "/") and attributes in order, as a
/// browser finds them: values are quoted, and outside of them each "<" begins a tag.
fn skeleton(page: &Page) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = page.content.as_str();
    while let Some((_, tag)) = rest.split_once('<') {
        let end = tag.find([' ', '>', '\n']).unwrap();
        names.push(tag[..end].trim_end_matches('/').to_owned());
        rest = &tag[end..];
        while let Some(begin) = rest.find(|letter: char| !letter.is_whitespace()) {
            rest = &rest[begin..];
            if rest.starts_with(['>', '/']) {
                break;
            }
            let end = rest.find(['=', ' ', '>']).unwrap();
            names.push(rest[..end].to_owned());
            rest = &rest[end..];
            if let Some(value) = rest.strip_prefix("=\"") {
                rest = value.split_once('"').unwrap().1;
            }
        }
        if rest.starts_with('/') {
            names.push("/".to_owned());
        }
        if tag.starts_with("script") || tag.starts_with("style") {
            // What is inside is no markup: it ends where the element does.
            let end = rest.find("</s").unwrap();
            rest = &rest[end..];
        }
    }
    names
}

fn drawn(pages: &[Page]) -> impl Iterator<Item = &Page> {
    pages.iter().filter(|page| !page.path.contains("data/"))
}

#[test]
fn no_name_adds_an_element_or_an_attribute() {
    let benign = site("Morning run");
    let hostile = [
        "<script>alert(1)</script>",
        "\"><svg onload=alert(1)>",
        "' onmouseover='alert(1)",
        "${7*7}",
        "--><img src=x>",
        "]]></style><b>",
        "&lt;i&gt;",
        "\u{1b}[31m\u{202e}nur\u{0}",
    ];
    for name in hostile {
        let pages = site(name);
        assert_eq!(pages.len(), benign.len());
        for (page, twin) in drawn(&pages).zip(drawn(&benign)) {
            assert_eq!(skeleton(page), skeleton(twin), "{name:?} in {}", page.path);
            let hidden = |letter: char| letter.is_control() && letter != '\n';
            assert!(!page.content.contains(hidden), "{name:?} in {}", page.path);
            assert!(!page.content.contains('\u{202e}'), "{name:?}");
        }
    }
}

#[test]
fn nothing_is_loaded_and_only_the_own_script_runs() {
    for page in drawn(&site("Morning run")) {
        let elsewhere = page.content.matches("://").count();
        let name_of_svg = page.content.matches("http://www.w3.org/2000/svg").count();
        assert_eq!(elsewhere, name_of_svg, "{}", page.path);
        let names: BTreeSet<String> = skeleton(page).into_iter().collect();
        for name in ["iframe", "object", "form", "src"] {
            assert!(!names.contains(name), "{name} in {}", page.path);
        }
        let own = page.path.ends_with(".html");
        assert_eq!(names.contains("script"), own, "{}", page.path);
        assert!(!own || page.content.contains("default-src 'none'"));
        assert!(!names.iter().any(|name| name.starts_with("on")));
    }
}

#[test]
fn every_link_leads_to_a_file_of_the_site() {
    all_links_lead_somewhere(&site("Morning run"));
}

#[test]
fn weeks_that_begin_with_sunday_have_pages_of_their_own() {
    let sessions = made_up::season(3);
    let options = ReviewOptions {
        week_starts: WeekStart::Sunday,
        ..ReviewOptions::default()
    };
    let review = review(&sessions, &options);
    let names: Vec<String> = review.weeks.iter().map(|week| week.name.clone()).collect();
    let pages = pages(
        &sessions,
        &BTreeMap::new(),
        &[review],
        &Account::default(),
        UnitSystem::Metric,
    );
    all_links_lead_somewhere(&pages);
    let weeks = pages.iter().filter(|page| page.path.starts_with("weeks/"));
    let paths: Vec<&str> = weeks.map(|page| page.path.as_str()).collect();
    let expected: Vec<String> = names
        .iter()
        .map(|name| format!("weeks/{name}.html"))
        .collect();
    assert_eq!(paths, expected);
    let first = &pages[0].content;
    let strip = first.split("<table class=\"strip\">").nth(1).unwrap();
    let day = |name: &str| strip.find(&format!(">{name}<")).unwrap();
    assert!(day("Sun") < day("Mon") && day("Fri") < day("Sat"));
    assert!(first.contains(&format!("href=\"weeks/{}.html\"", names[0])));
    let runs = pages.iter().filter(|page| page.path.starts_with("runs/"));
    for run in runs {
        assert!(
            run.content.contains("href=\"../weeks/2026-"),
            "{}",
            run.path
        );
    }
}

fn all_links_lead_somewhere(pages: &[Page]) {
    let contents: BTreeMap<&str, &str> = pages
        .iter()
        .map(|page| (page.path.as_str(), page.content.as_str()))
        .collect();
    assert_eq!(contents.len(), pages.len());
    for page in pages {
        for link in page.content.split(" href=\"").skip(1) {
            let href = link.split('"').next().unwrap();
            if href.starts_with("data:,") || href.starts_with('#') {
                continue;
            }
            let target = from(&page.path, href);
            let (path, place) = target.split_once('#').unwrap_or((&target, ""));
            let content = contents.get(path);
            let is_there =
                |content: &&str| place.is_empty() || content.contains(&format!(" id=\"{place}\""));
            assert!(content.is_some_and(is_there), "{href} in {}", page.path);
        }
    }
}

#[test]
fn a_page_is_made_anew_when_the_workout_before_it_was_corrected() {
    let (mut session, _) = made_up::intervals();
    let mut sessions = vec![session.clone()];
    session.head.day = session.head.day.map(|day| day + chrono::Days::new(7));
    session.head.source.path = "later.fit".to_owned();
    sessions.push(session);
    let key = |sessions: &[Session]| {
        let reviews = [made_up::review(sessions)];
        Site::new(sessions, &reviews, UnitSystem::Metric).run_key(1)
    };
    let before = key(&sessions);
    let works = sessions[0].segments.iter_mut().filter(|s| s.kind.is_work());
    works.for_each(|work| work.speed_m_s = work.speed_m_s.map(|speed| 1.02 * speed));
    assert_ne!(key(&sessions), before);
}

/// Returns the place to which a link of a page leads.
fn from(page: &str, href: &str) -> String {
    let mut place: Vec<&str> = page.split('/').collect();
    place.pop();
    for step in href.split('/') {
        if step == ".." {
            place.pop().unwrap();
        } else {
            place.push(step);
        }
    }
    place.join("/")
}

#[test]
fn elements_of_charts_end_in_order() {
    let pages = site("Morning run");
    let elements = ["svg", "title", "desc", "style", "text"];
    for chart in pages.iter().filter(|page| page.path.ends_with(".svg")) {
        let mut open = Vec::new();
        for name in skeleton(chart) {
            match name.strip_prefix('/') {
                Some(end) if elements.contains(&end) => {
                    assert_eq!(open.pop().as_deref(), Some(end), "{}", chart.path);
                }
                None if elements.contains(&name.as_str()) => open.push(name),
                _ => {}
            }
        }
        assert!(open.is_empty(), "{}", chart.path);
    }
}

#[test]
fn an_empty_site_says_so() {
    let files = [line("a.fit", FileStatus::Failed, Some("empty file"))];
    let pages = pages(
        &[],
        &BTreeMap::new(),
        &[],
        &account(&files),
        UnitSystem::Metric,
    );
    assert_eq!(pages.len(), 2);
    assert!(pages[0].content.contains("No activity was read"));
    assert!(pages[0].content.contains("empty file"));
}
