//! The self-contained site: which files it has and what is in them.
//!
//! Streams are not kept for all runs, so the pages of a run are made one at a time and in any
//! order; the names are given out beforehand.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::classification::Session;
use crate::history::DatedReferences;
use crate::report::athlete_chart;
use crate::report::clean_json;
use crate::report::distribution;
use crate::report::html;
use crate::report::html::AthletePage;
use crate::report::html::AthletePart;
use crate::report::html::FileLine;
use crate::report::html::IndexPage;
use crate::report::html::Link;
use crate::report::html::RunPage;
use crate::report::html::RunRow;
use crate::report::load_chart;
use crate::report::map;
use crate::report::slug::Slugs;
use crate::report::timeline;
use crate::review::Review;
use crate::review::session_id;
use crate::streams::Streams;
use crate::units::UnitSystem;

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its place in the folder of the site, with `/`.
    pub path: String,
    /// Its content.
    pub content: String,
}

/// A site in the making.
#[derive(Clone, Debug)]
pub struct Site<'a> {
    sessions: &'a [Session],
    reviews: &'a [Review],
    units: UnitSystem,
    /// The reference values over time of each athlete, in the order of the reviews; none where they
    /// were not given.
    references: Vec<Vec<DatedReferences>>,
    /// Whether courses are drawn, and how much of the way is left out at each end, in metres.
    map_trim_m: Option<f64>,
    /// The name of each session's files, in the order of the sessions.
    names: Vec<String>,
    /// The name of each athlete's charts, in the order of the reviews.
    athlete_names: Vec<String>,
    /// The sessions of each review by index, in order of start.
    by_athlete: Vec<Vec<usize>>,
}

impl<'a> Site<'a> {
    /// Plans a site: sessions of all athletes, each athlete's in order of start, and one review for
    /// each athlete. A session belongs to the review that names the same athlete.
    #[must_use]
    pub fn new(sessions: &'a [Session], reviews: &'a [Review], units: UnitSystem) -> Self {
        let mut slugs = Slugs::default();
        let names = sessions
            .iter()
            .map(|session| slugs.name(&session_id(session)))
            .collect();
        let mut athlete_slugs = Slugs::default();
        let athlete_names = reviews
            .iter()
            .map(|review| athlete_slugs.name(review.athlete.as_deref().unwrap_or("block")))
            .collect();
        let belongs = |review: &Review| {
            let of = move |index: &usize| sessions[*index].head.athlete == review.athlete;
            (0..sessions.len()).filter(of).collect()
        };
        Self {
            sessions,
            reviews,
            units,
            references: vec![Vec::new(); reviews.len()],
            map_trim_m: None,
            names,
            athlete_names,
            by_athlete: reviews.iter().map(belongs).collect(),
        }
    }

    /// Draws the course of each run, less `trim_m` metres of the way at its start and its end.
    #[must_use]
    pub fn with_map(self, trim_m: f64) -> Self {
        Self {
            map_trim_m: Some(trim_m),
            ..self
        }
    }

    /// Shows the reference values over time: one list for each review, in their order.
    #[must_use]
    pub fn with_references(self, references: Vec<Vec<DatedReferences>>) -> Self {
        let missing = self.reviews.iter().skip(references.len());
        let missing: Vec<_> = missing.map(|_| Vec::new()).collect();
        Self {
            references: references.into_iter().chain(missing).collect(),
            ..self
        }
    }

    /// Returns the name that all files of a session share.
    ///
    /// # Panics
    /// If there is no session with this index.
    #[must_use]
    pub fn run_name(&self, index: usize) -> &str {
        &self.names[index]
    }

    /// Returns the places of all files that a session may have.
    ///
    /// # Panics
    /// If there is no session with this index.
    #[must_use]
    pub fn run_paths(&self, index: usize) -> Vec<String> {
        let parts = RunPart::ALL.iter();
        parts.map(|part| part.path(&self.names[index])).collect()
    }

    /// Returns all that the files of a session are made from, but for its streams, which follow
    /// from the content whose hash is in it: equal keys, equal files.
    ///
    /// # Panics
    /// If there is no session with this index.
    #[must_use]
    pub fn run_key(&self, index: usize) -> String {
        let RunPage {
            session,
            streams: _,
            units,
            map_trim_m,
            links,
            previous,
            next,
            data_href,
        } = self.run_page(index, None);
        let document = document(session);
        format!("{units:?} {map_trim_m:?} {links:?} {previous:?} {next:?} {data_href:?} {document}")
    }

    /// Returns the files of one session: its page, its charts, its document.
    ///
    /// # Panics
    /// If there is no session with this index.
    #[must_use]
    pub fn run(&self, index: usize, streams: Option<&Streams>) -> Vec<Page> {
        let page = self.run_page(index, streams);
        let parts = RunPart::ALL.iter().map(|part| Page {
            path: part.path(&self.names[index]),
            content: part.content(&page),
        });
        parts.filter(|page| !page.content.is_empty()).collect()
    }

    fn run_page<'p>(&'p self, index: usize, streams: Option<&'p Streams>) -> RunPage<'p> {
        RunPage {
            session: &self.sessions[index],
            streams,
            units: self.units,
            map_trim_m: self.map_trim_m,
            links: Vec::new(),
            previous: self.neighbour(index, -1),
            next: self.neighbour(index, 1),
            data_href: Some(format!("../{}", RunPart::Document.path(&self.names[index]))),
        }
    }

    /// Returns the first page and the charts and documents of the blocks.
    #[must_use]
    pub fn index(&self, files: &[FileLine]) -> Vec<Page> {
        let page = html::index_page(&IndexPage {
            athletes: self.athletes(),
            files: files.to_vec(),
            units: self.units,
        });
        let mut pages = vec![
            ("index.html".to_owned(), page),
            ("method.html".to_owned(), html::method_page(self.units)),
        ];
        let athletes = self.reviews.iter().zip(&self.references);
        for ((review, references), name) in athletes.zip(&self.athlete_names) {
            let document = document(review);
            pages.push((
                format!("charts/{name}-weeks.svg"),
                distribution::weeks_svg(review),
            ));
            pages.push((format!("charts/{name}-load.svg"), load_chart::svg(review)));
            let stem = athlete_stem(review, name);
            let page = html::athlete_page(&AthletePage {
                review,
                references,
                units: self.units,
            });
            pages.push((format!("{stem}.html"), page));
            let chart = athlete_chart::svg(references, self.units);
            pages.push((format!("charts/{stem}.svg"), chart));
            pages.push((format!("data/review-{name}.json"), document));
        }
        pages
            .into_iter()
            .filter(|(_, content)| !content.is_empty())
            .map(|(path, content)| Page { path, content })
            .collect()
    }

    fn athletes(&self) -> Vec<AthletePart<'_>> {
        let parts = self.reviews.iter().zip(&self.athlete_names);
        parts
            .zip(&self.by_athlete)
            .map(|((review, name), indices)| AthletePart {
                review,
                runs: indices.iter().map(|index| self.row(*index)).collect(),
                week_hrefs: BTreeMap::new(),
                athlete_href: format!("{}.html", athlete_stem(review, name)),
            })
            .collect()
    }

    fn row(&self, index: usize) -> RunRow<'_> {
        RunRow {
            session: &self.sessions[index],
            id: session_id(&self.sessions[index]),
            href: format!("runs/{}.html", self.names[index]),
        }
    }

    /// Returns the link to the same athlete's session before or after.
    fn neighbour(&self, index: usize, step: isize) -> Option<Link> {
        let own = self.by_athlete.iter().find_map(|indices| {
            let place = indices.iter().position(|other| *other == index)?;
            indices.get(place.checked_add_signed(step)?).copied()
        })?;
        let day = self.sessions[own].head.day;
        Some(Link {
            href: format!("{}.html", self.names[own]),
            text: day.map_or_else(
                || "undated".to_owned(),
                |day| day.format("%-d %b").to_string(),
            ),
        })
    }
}

/// One of the files of a run.
#[derive(Clone, Copy, Debug)]
enum RunPart {
    /// The page.
    Page,
    /// The chart over time.
    Timeline,
    /// The time in zones.
    Effort,
    /// The course on the ground, where it was asked for.
    Course,
    /// The session document.
    Document,
}

impl RunPart {
    const ALL: [RunPart; 5] = [
        RunPart::Page,
        RunPart::Timeline,
        RunPart::Effort,
        RunPart::Course,
        RunPart::Document,
    ];

    fn path(self, name: &str) -> String {
        match self {
            RunPart::Page => format!("runs/{name}.html"),
            RunPart::Timeline => format!("charts/{name}-timeline.svg"),
            RunPart::Effort => format!("charts/{name}-effort.svg"),
            RunPart::Course => format!("charts/{name}-course.svg"),
            RunPart::Document => format!("data/{name}.json"),
        }
    }

    /// Returns the content, empty where the run has none.
    fn content(self, page: &RunPage<'_>) -> String {
        let streams = page.streams;
        match self {
            RunPart::Page => html::run_page(page),
            RunPart::Timeline => streams.map_or_else(String::new, |streams| {
                timeline::svg(page.session, streams, page.units)
            }),
            RunPart::Effort => distribution::session_svg(page.session),
            RunPart::Course => streams
                .zip(page.map_trim_m)
                .map_or_else(String::new, |(streams, trim_m)| {
                    map::svg(page.session, streams, trim_m, page.units)
                }),
            RunPart::Document => document(page.session),
        }
    }
}

/// Returns a document as JSON: of finite numbers and text only, which always serialise.
fn document(of: &impl Serialize) -> String {
    clean_json(serde_json::to_string_pretty(of).unwrap_or_default()) + "\n"
}

/// Returns the name of an athlete's own page and chart.
fn athlete_stem(review: &Review, name: &str) -> String {
    match review.athlete {
        Some(_) => format!("{name}-athlete"),
        None => "athlete".to_owned(),
    }
}

/// Returns all files of a site at once, for those who have all streams, by session index.
#[must_use]
pub fn pages(
    sessions: &[Session],
    streams: &BTreeMap<usize, Streams>,
    reviews: &[Review],
    files: &[FileLine],
    units: UnitSystem,
) -> Vec<Page> {
    let site = Site::new(sessions, reviews, units);
    let mut pages = site.index(files);
    pages.extend((0..sessions.len()).flat_map(|index| site.run(index, streams.get(&index))));
    pages
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::collections::BTreeSet;

    use super::*;
    use crate::report::html::FileStatus;
    use crate::report::sample;

    fn line(path: &str, status: FileStatus, reason: Option<&str>) -> FileLine {
        FileLine {
            path: path.to_owned(),
            status,
            reason: reason.map(str::to_owned),
        }
    }

    fn site(name: &str) -> Vec<Page> {
        let mut sessions = sample::season(3);
        let (mut session, streams) = sample::intervals();
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
        session.summary.power_source = Some(name.to_owned());
        sessions[0] = session;
        for session in &mut sessions {
            session.head.athlete = Some(name.to_owned());
        }
        let mut review = sample::review(&sessions);
        review.athlete = Some(name.to_owned());
        review.findings[0].text = name.to_owned();
        review.sessions[0].title = name.to_owned();
        let files = [
            line(name, FileStatus::Failed, Some(name)),
            line("b.fit", FileStatus::Ok, None),
        ];
        let streams = [(0, streams)].into_iter().collect();
        pages(&sessions, &streams, &[review], &files, UnitSystem::Metric)
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
        pages.iter().filter(|page| !page.path.starts_with("data/"))
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
        let pages = site("Morning run");
        let paths: BTreeSet<&str> = pages.iter().map(|page| page.path.as_str()).collect();
        assert_eq!(paths.len(), pages.len());
        for page in &pages {
            for link in page.content.split(" href=\"").skip(1) {
                let href = link.split('"').next().unwrap();
                if href.starts_with("data:,") || href.starts_with('#') {
                    continue;
                }
                let folder = page.path.rsplit_once('/').map(|(folder, _)| folder);
                let target = match (href.strip_prefix("../"), folder) {
                    (Some(up), _) => up.to_owned(),
                    (None, Some(folder)) => format!("{folder}/{href}"),
                    (None, None) => href.to_owned(),
                };
                assert!(paths.contains(target.as_str()), "{href} in {}", page.path);
            }
        }
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
        let pages = pages(&[], &BTreeMap::new(), &[], &files, UnitSystem::Metric);
        assert_eq!(pages.len(), 2);
        assert!(pages[0].content.contains("No activity was read"));
        assert!(pages[0].content.contains("empty file"));
    }
}
