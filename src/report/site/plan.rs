//! Which files a site has, under which names, and what is in them.

use std::collections::BTreeMap;

use crate::classification::Session;
use crate::history::DatedReferences;
use crate::report::html;
use crate::report::html::FileLine;
use crate::report::html::IndexPage;
use crate::report::html::Link;
use crate::report::html::RunPage;
use crate::report::html::RunRow;
use crate::report::site::athlete::Athlete;
use crate::report::site::document::document;
use crate::report::site::page::Page;
use crate::report::site::run_part::RunPart;
use crate::report::site::slug::Slugs;
use crate::review::Review;
use crate::review::session_id;
use crate::streams::Streams;
use crate::units::UnitSystem;

/// A site in the making.
#[derive(Clone, Debug)]
pub struct Site<'a> {
    sessions: &'a [Session],
    units: UnitSystem,
    /// Whether courses are drawn, and how much of the way is left out at each end, in metres.
    map_trim_m: Option<f64>,
    /// The name of each session's files, in the order of the sessions.
    names: Vec<String>,
    /// In the order of the reviews.
    athletes: Vec<Athlete<'a>>,
}

impl<'a> Site<'a> {
    /// Plans a site: sessions of all athletes, each athlete's together and in order of start, and
    /// one review for each athlete. A session belongs to the review that names the same athlete.
    #[must_use]
    pub fn new(sessions: &'a [Session], reviews: &'a [Review], units: UnitSystem) -> Self {
        let mut slugs = Slugs::default();
        let names = sessions
            .iter()
            .map(|session| slugs.name(&session_id(session)))
            .collect();
        let mut slugs = Slugs::default();
        let athletes = reviews.iter().map(|review| {
            let name = slugs.name(review.athlete.as_deref().unwrap_or("block"));
            Athlete::new(review, name, sessions)
        });
        Self {
            sessions,
            units,
            map_trim_m: None,
            names,
            athletes: athletes.collect(),
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
    pub fn with_references(mut self, references: Vec<Vec<DatedReferences>>) -> Self {
        for (athlete, references) in self.athletes.iter_mut().zip(references) {
            athlete.references = references;
        }
        self
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
        let mut athletes = self.athletes.iter();
        let athlete = athletes.find(|athlete| athlete.runs.contains(&index));
        let neighbour = |other: Option<usize>| {
            let other = other.filter(|other| athlete.is_some_and(|a| a.runs.contains(other)))?;
            let day = self.sessions[other].head.day;
            Some(Link {
                href: format!("{}.html", self.names[other]),
                text: day.map_or_else(
                    || "undated".to_owned(),
                    |day| day.format("%-d %b").to_string(),
                ),
            })
        };
        let session = &self.sessions[index];
        RunPage {
            session,
            streams,
            units: self.units,
            map_trim_m: self.map_trim_m,
            links: athlete.map_or_else(Vec::new, |athlete| athlete.links_of(session.head.day)),
            previous: neighbour(index.checked_sub(1)),
            next: neighbour(index.checked_add(1)),
            data_href: Some(format!("../{}", RunPart::Document.path(&self.names[index]))),
        }
    }

    /// Returns the first page, the pages of weeks and athletes, and the charts and documents of the
    /// blocks.
    #[must_use]
    pub fn index(&self, files: &[FileLine]) -> Vec<Page> {
        let athletes = self.athletes.iter();
        let parts = athletes.map(|athlete| athlete.part(self.rows(athlete, "")));
        let first = html::index_page(&IndexPage {
            athletes: parts.collect(),
            files: files.to_vec(),
            units: self.units,
        });
        let mut pages = vec![
            ("index.html".to_owned(), first),
            ("method.html".to_owned(), html::method_page(self.units)),
        ];
        for athlete in &self.athletes {
            pages.extend(athlete.files(self.sessions, self.units));
            pages.extend(athlete.weeks(&self.rows(athlete, "../"), self.units));
        }
        pages
            .into_iter()
            .filter(|(_, content)| !content.is_empty())
            .map(|(path, content)| Page { path, content })
            .collect()
    }

    /// Returns the runs of an athlete for pages from which `root` leads to the folder of the site.
    fn rows(&self, athlete: &Athlete<'_>, root: &str) -> Vec<RunRow<'a>> {
        let row = |index: usize| RunRow {
            session: &self.sessions[index],
            id: session_id(&self.sessions[index]),
            href: format!("{root}{}", RunPart::Page.path(&self.names[index])),
        };
        athlete.runs.clone().map(row).collect()
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
