//! Which files a site has, under which names, and what is in them.

use std::collections::BTreeMap;

use crate::classification::Session;
use crate::report::charts::of_run::RunCharts;
use crate::report::content::periods;
use crate::report::content::race::Race;
use crate::report::html;
use crate::report::html::Account;
use crate::report::html::AthleteLink;
use crate::report::html::FrontPage;
use crate::report::html::Link;
use crate::report::html::OverviewPage;
use crate::report::html::RunPage;
use crate::report::html::RunRow;
use crate::report::privacy::Privacy;
use crate::report::site::athlete::Athlete;
use crate::report::site::athlete::Past;
use crate::report::site::draft::Draft;
use crate::report::site::page::Page;
use crate::report::site::rows::Rows;
use crate::report::site::run_part::RunPart;
use crate::report::site::slug::Slugs;
use crate::review::Review;
use crate::review::session_id;
use crate::streams::Streams;
use crate::units::UnitSystem;

/// The first page of all.
pub(super) const FIRST: &str = "index.html";
/// The page about the method.
const METHOD: &str = "method.html";

/// A site in the making.
#[derive(Clone, Debug)]
pub struct Site<'a> {
    sessions: &'a [Session],
    units: UnitSystem,
    /// Whether courses are drawn, and what is left out of them and of all that goes with them.
    map: Option<&'a Privacy>,
    /// Whether charts are files, too.
    has_charts: bool,
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
        // The pages beside the folders of athletes.
        for page in [FIRST, METHOD] {
            slugs.name(page);
        }
        let athletes = reviews.iter().map(|review| {
            let folder = match &review.athlete {
                Some(athlete) => format!("{}/", slugs.name(athlete)),
                None => String::new(),
            };
            Athlete::new(review, folder, sessions)
        });
        Self {
            sessions,
            units,
            map: None,
            has_charts: true,
            names,
            athletes: athletes.collect(),
        }
    }

    /// Draws the course of each run as far as may be shown of it. The sessions of the site are those that
    /// [`Privacy::of`] left.
    #[must_use]
    pub fn with_map(self, privacy: &'a Privacy) -> Self {
        Self {
            map: Some(privacy),
            ..self
        }
    }

    /// Whether each chart is a file of its own, too, beside the page that draws it.
    #[must_use]
    pub fn with_charts(self, has_charts: bool) -> Self {
        Self { has_charts, ..self }
    }

    /// Shows what else is known of the athletes: one entry for each review, in their order.
    #[must_use]
    pub fn with_past(mut self, past: Vec<Past>) -> Self {
        for (athlete, past) in self.athletes.iter_mut().zip(past) {
            athlete.past = past;
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
        let parts = self.parts();
        parts.map(|part| self.path(part, index)).collect()
    }

    /// Returns the files that a session may have.
    fn parts(&self) -> impl Iterator<Item = RunPart> {
        let parts = RunPart::ALL.into_iter();
        parts.filter(|part| self.has_charts || !part.is_chart())
    }

    /// Returns the place of the page of a session.
    ///
    /// # Panics
    /// If there is no session with this index.
    #[must_use]
    pub fn run_page_path(&self, index: usize) -> String {
        self.path(RunPart::Page, index)
    }

    /// Returns the place of a file of a session.
    fn path(&self, part: RunPart, index: usize) -> String {
        let folder = self
            .athlete_of(index)
            .map_or("", |athlete| athlete.folder());
        format!("{folder}{}", part.path(&self.names[index]))
    }

    fn athlete_of(&self, index: usize) -> Option<&Athlete<'a>> {
        let mut athletes = self.athletes.iter();
        athletes.find(|athlete| athlete.runs.contains(&index))
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
            same_workout,
            best_before,
            records_m,
        } = self.run_page(index, None);
        // Of finite numbers and text only, which always serialise.
        let document = serde_json::to_string(session).unwrap_or_default();
        let has_charts = self.has_charts;
        // Of the workouts before, all that the page shows of them.
        let same: Vec<_> = same_workout
            .iter()
            .map(|row| {
                let reps = row.session.main_reps().into_iter();
                let shown: Vec<_> = reps
                    .map(|rep| (rep.speed_m_s, rep.heart_rate_bpm))
                    .collect();
                (
                    row.id.as_str(),
                    row.href.as_str(),
                    row.session.head.day,
                    shown,
                )
            })
            .collect();
        let best = best_before.map(|(time_s, row)| (time_s, row.href));
        let hidden = self.map.map(|privacy| privacy.key(index));
        format!(
            "{has_charts} {units:?} {map_trim_m:?} {hidden:?} {links:?} {previous:?} {next:?} {data_href:?} {same:?} {best:?} {records_m:?} {document}"
        )
    }

    /// Returns the files of one session: its page, its charts, its document.
    ///
    /// # Panics
    /// If there is no session with this index.
    #[must_use]
    pub fn run(&self, index: usize, streams: Option<&Streams>) -> Vec<Page> {
        let shown = streams.zip(self.map);
        let shown = shown.map(|(streams, privacy)| privacy.streams(index, streams));
        let streams = shown.as_deref().or(streams);
        let page = self.run_page(index, streams);
        let charts = RunCharts::new(page.session, streams);
        let parts = self.parts().map(|part| Page {
            path: self.path(part, index),
            content: part.content(&page, &charts),
        });
        parts.filter(|page| !page.content.is_empty()).collect()
    }

    fn run_page<'p>(&'p self, index: usize, streams: Option<&'p Streams>) -> RunPage<'p> {
        let athlete = self.athlete_of(index);
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
            map_trim_m: self.map.map(Privacy::trim_m),
            links: athlete.map_or_else(Vec::new, |athlete| athlete.links_of_day(session.head.day)),
            records_m: athlete.map_or_else(Vec::new, |athlete| athlete.records_of(index)),
            best_before: athlete.and_then(|athlete| self.best_before(athlete, index)),
            same_workout: athlete.map_or_else(Vec::new, |a| self.same_workout(a, index)),
            previous: neighbour(index.checked_sub(1)),
            next: neighbour(index.checked_add(1)),
            data_href: (!self.map.is_some_and(|privacy| privacy.hides(index)))
                .then(|| format!("../{}", RunPart::Document.path(&self.names[index]))),
        }
    }

    /// Returns the last workouts of the same structure before a session, the newest first.
    fn same_workout(&self, athlete: &Athlete<'_>, index: usize) -> Vec<RunRow<'a>> {
        /// So many are shown: what fits on a phone.
        const MOST: usize = 5;
        let earlier = athlete.same_before(self.sessions, index).into_iter();
        earlier
            .take(MOST)
            .map(|other| self.sibling(other))
            .collect()
    }

    /// Returns the fastest time over the distance of a race before it, and the run in which it was run.
    fn best_before(&self, athlete: &Athlete<'_>, index: usize) -> Option<(f64, RunRow<'a>)> {
        /// Distances nearer than this are the same.
        const SAME_M: f64 = 1.0;
        let race = Race::of(&self.sessions[index])?;
        let before = &self.sessions[athlete.runs.start..index];
        let records = periods::records(before).into_iter();
        let mut same = records.filter(|one| (one.distance_m - race.distance_m).abs() < SAME_M);
        let record = same.next()?;
        let other = athlete.runs.start + record.session;
        Some((record.time_s, self.sibling(other)))
    }

    /// Returns a run for the page of another.
    fn sibling(&self, index: usize) -> RunRow<'a> {
        RunRow {
            session: &self.sessions[index],
            id: session_id(&self.sessions[index]),
            href: format!("{}.html", self.names[index]),
        }
    }

    /// Returns the first page, the pages of years, blocks, weeks and athletes, and the charts and
    /// documents of the blocks.
    #[must_use]
    pub fn index(&self, files: &Account) -> Vec<Page> {
        self.drafts(files).iter().filter_map(Draft::page).collect()
    }

    /// Returns the same pages before they are made.
    pub(super) fn drafts<'s>(&'s self, files: &'s Account) -> Vec<Draft<'s>> {
        let units = self.units;
        let method = || Draft::new(METHOD, move || html::method_page(units));
        let mut drafts = match &self.athletes[..] {
            [] => vec![
                Draft::new(FIRST, move || html::empty_page(files, units)),
                method(),
            ],
            [only] if only.folder().is_empty() => Vec::new(),
            several => vec![
                Draft::new(FIRST, move || self.overview(several, files)),
                method(),
            ],
        };
        for athlete in &self.athletes {
            let folder = athlete.folder();
            let front = Draft::new(FIRST, move || self.front(athlete, files));
            drafts.push(front.within(folder));
            drafts.push(method().within(folder));
            drafts.extend(athlete.files(self.sessions, units, self.has_charts));
            drafts.extend(athlete.pages(self.rows(), units));
        }
        drafts
    }

    /// Returns the first page of an athlete; that of the only one accounts for the files.
    fn front(&self, athlete: &Athlete<'_>, files: &Account) -> String {
        let is_alone = athlete.folder().is_empty();
        let rows = self.rows().of(athlete.runs.clone(), "");
        html::front_page(&FrontPage {
            files: is_alone.then(|| files.clone()),
            ..athlete.front(rows, self.units)
        })
    }

    /// Returns the page that shows the athletes side by side.
    fn overview(&self, athletes: &[Athlete<'_>], files: &Account) -> String {
        let of_athlete = |athlete: &Athlete<'_>| &self.sessions[athlete.runs.clone()];
        let rows = athletes.iter().map(|athlete| AthleteLink {
            review: athlete.review(),
            sessions: of_athlete(athlete),
            href: format!("{}{FIRST}", athlete.folder()),
        });
        html::overview_page(&OverviewPage {
            athletes: rows.collect(),
            files: files.clone(),
            units: self.units,
        })
    }

    fn rows(&self) -> Rows<'_, 'a> {
        Rows {
            sessions: self.sessions,
            names: &self.names,
        }
    }
}

/// Returns all files of a site at once, for those who have all streams, by session index.
#[must_use]
pub fn pages(
    sessions: &[Session],
    streams: &BTreeMap<usize, Streams>,
    reviews: &[Review],
    files: &Account,
    units: UnitSystem,
) -> Vec<Page> {
    let site = Site::new(sessions, reviews, units);
    let mut pages = site.index(files);
    pages.extend((0..sessions.len()).flat_map(|index| site.run(index, streams.get(&index))));
    pages
}
