//! The files of one athlete: the page of the reference values, a page for each week, the charts and
//! the document of the block.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::Datelike;
use chrono::NaiveDate;

use crate::classification::Session;
use crate::history::DatedReferences;
use crate::report::charts::athlete_chart;
use crate::report::charts::best_effort_curve;
use crate::report::charts::calendar;
use crate::report::charts::comparable_chart;
use crate::report::charts::distribution;
use crate::report::charts::load_chart;
use crate::report::charts::strip_chart;
use crate::report::charts::volume_chart;
use crate::report::content::periods;
use crate::report::content::periods::Record;
use crate::report::content::usual_week;
use crate::report::html;
use crate::report::html::AthletePage;
use crate::report::html::BlockPage;
use crate::report::html::FrontPage;
use crate::report::html::Link;
use crate::report::html::ListPage;
use crate::report::html::RunRow;
use crate::report::html::WeekPage;
use crate::report::html::YearPage;
use crate::report::site::document::document;
use crate::report::site::draft::Draft;
use crate::report::site::lists;
use crate::report::site::lists::ActivityList;
use crate::report::site::rows::Rows;
use crate::report::site::training_log;
use crate::report::site::training_log::LogWeek;
use crate::review::DayKind;
use crate::review::Finding;
use crate::review::Review;
use crate::review::Week;
use crate::review::known_days;
use crate::review::structure;
use crate::settings::Race;
use crate::units::UnitSystem;

/// What is known of an athlete beside the sessions and the review of the latest block.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// The reference values over time, oldest first.
    pub references: Vec<DatedReferences>,
    /// The blocks before the latest one, the newest first.
    pub earlier: Vec<Review>,
    /// The races of the settings, past and to come.
    pub races: Vec<Race>,
}

/// One athlete of the site.
#[derive(Clone, Debug)]
pub(super) struct Athlete<'a> {
    review: &'a Review,
    pub(super) past: Past,
    /// The athlete's folder within the site, with a slash at its end; empty where the site is of one
    /// athlete.
    folder: String,
    /// The athlete's sessions by index, in order of start.
    pub(super) runs: Range<usize>,
    /// The weeks with activities; indices of sessions are counted from the first of the athlete.
    weeks: Vec<LogWeek>,
    /// The fastest times of all; sessions are counted from the first of the athlete.
    records: Vec<Record>,
    /// The sessions of each structure by index, in order of start.
    structures: BTreeMap<String, Vec<usize>>,
    /// The lists of activities, the newest first; sessions are counted from the first of the athlete.
    lists: Vec<ActivityList>,
}

impl<'a> Athlete<'a> {
    /// Finds what belongs to the athlete of a review.
    pub(super) fn new(review: &'a Review, folder: String, sessions: &[Session]) -> Self {
        let is_own = |session: &Session| session.head.athlete == review.athlete;
        let first = sessions.iter().position(is_own).unwrap_or(0);
        let count = sessions[first..]
            .iter()
            .take_while(|one| is_own(one))
            .count();
        let runs = first..first + count;
        let mut structures: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for run in runs.clone().filter(|run| !sessions[*run].excluded) {
            if let Some(structure) = structure(&sessions[run]) {
                structures.entry(structure).or_default().push(run);
            }
        }
        let mut weeks = training_log::training_log(&sessions[runs.clone()], review.week_starts);
        // A date that cannot be right makes no week and no year.
        let known = known_days(&sessions[runs.clone()]);
        weeks.retain(|week| {
            known.is_none_or(|(first, last)| week.days[0].0 <= last && first <= week.days[6].0)
        });
        Self {
            review,
            past: Past::default(),
            folder,
            weeks,
            records: periods::records(&sessions[runs.clone()]),
            lists: lists::lists(&sessions[runs.clone()]),
            runs,
            structures,
        }
    }

    /// Returns the athlete's folder within the site, with a slash at its end.
    pub(super) fn folder(&self) -> &str {
        &self.folder
    }

    pub(super) fn review(&self) -> &'a Review {
        self.review
    }

    /// Returns the distances, in metres, over which a session is the fastest of all.
    pub(super) fn records_of(&self, run: usize) -> Vec<f64> {
        let records = self.records.iter();
        let own = records.filter(|record| self.runs.start + record.session == run);
        own.map(|record| record.distance_m).collect()
    }

    /// Returns the sessions of the same structure before one, the newest first.
    pub(super) fn same_before(&self, sessions: &[Session], run: usize) -> Vec<usize> {
        let structure = structure(&sessions[run]);
        let all = structure.and_then(|structure| self.structures.get(&structure));
        let before = all
            .into_iter()
            .flatten()
            .rev()
            .filter(|other| **other < run);
        before.copied().collect()
    }

    /// Returns what the athlete's first page is made from, but for the account of files.
    pub(super) fn front<'p>(&'p self, runs: Vec<RunRow<'p>>, units: UnitSystem) -> FrontPage<'p> {
        let years = self.years().into_iter();
        FrontPage {
            review: self.review,
            runs,
            most_listed: match self.lists.is_empty() {
                true => lists::MOST_ON_FIRST,
                false => lists::NEWEST_ON_FIRST,
            },
            lists: self.lists.iter().map(|list| list_link(list, "")).collect(),
            weeks: self.weeks.iter().map(|week| &week.week).collect(),
            references: &self.past.references,
            next_race: self.next_race(),
            week_hrefs: self.week_hrefs(""),
            year_hrefs: years.map(|year| (year, year_path(year))).collect(),
            blocks: self
                .past
                .earlier
                .iter()
                .filter_map(|block| block_link(block, ""))
                .collect(),
            links: self.links(""),
            files: None,
            units,
        }
    }

    /// Returns the first race of the settings after the latest activity.
    fn next_race(&self) -> Option<&Race> {
        let latest = self.weeks.last()?;
        let active = latest
            .days
            .iter()
            .filter(|(_, kind)| *kind != DayKind::Rest);
        let day = active.map(|(day, _)| *day).max()?;
        let coming = self.past.races.iter().filter(|race| race.day > day);
        coming.min_by_key(|race| race.day)
    }

    fn week_hrefs(&self, root: &str) -> BTreeMap<NaiveDate, String> {
        let weeks = self.weeks.iter();
        let href = |week: &LogWeek| format!("{root}{}", week_path(week));
        weeks.map(|week| (week.week.monday, href(week))).collect()
    }

    /// Returns the years with an activity, the oldest first.
    fn years(&self) -> Vec<i32> {
        let days = self.weeks.iter().flat_map(|week| week.days);
        let active = days.filter(|(_, kind)| *kind != DayKind::Rest);
        let mut years: Vec<i32> = active.map(|(day, _)| day.year()).collect();
        years.dedup();
        years
    }

    /// Returns the links of the bar of a page from which `root` leads to the athlete's folder.
    fn links(&self, root: &str) -> Vec<Link> {
        let own = Link {
            href: format!("{root}{ATHLETE}"),
            text: "Athlete".to_owned(),
        };
        let all = (!self.folder.is_empty()).then(|| Link {
            href: format!("{root}../index.html"),
            text: "All athletes".to_owned(),
        });
        [own].into_iter().chain(all).collect()
    }

    /// Returns the links of the bar of a page in a sub-folder, with one to the week of a day.
    pub(super) fn links_of_day(&self, day: Option<NaiveDate>) -> Vec<Link> {
        let first = day.map(|day| self.review.week_starts.first_day(day));
        let place = first.and_then(|first| {
            let weeks = &self.weeks;
            weeks
                .binary_search_by_key(&first, |one| one.week.monday)
                .ok()
        });
        let week = place.map(|place| &self.weeks[place]);
        let week = week.into_iter().map(|one| Link {
            href: format!("../{}", week_path(one)),
            text: format!("Week {}", one.week.name),
        });
        week.chain(self.links("../")).collect()
    }

    /// Returns the page of the athlete, the charts and the document of the block.
    pub(super) fn files<'s>(
        &'s self,
        sessions: &'s [Session],
        units: UnitSystem,
        has_charts: bool,
    ) -> Vec<Draft<'s>> {
        let review = self.review;
        let own = || -> Vec<&Session> { sessions[self.runs.clone()].iter().collect() };
        let chart = |part: &str, make: Box<dyn Fn() -> String + Send + Sync + 's>| {
            Draft::new(format!("charts/block-{part}.svg"), make)
        };
        let calendar = || calendar::svg(&self.days(None), review.week_starts);
        let best_efforts = move || best_effort_curve::block_svg(review, &own(), units);
        let mut files = vec![
            chart("days", Box::new(|| strip_chart::svg(review))),
            chart("weeks", Box::new(|| distribution::weeks_svg(review))),
            chart("volume", Box::new(move || volume_chart::svg(review, units))),
            chart("load", Box::new(|| load_chart::svg(review))),
            chart("calendar", Box::new(calendar)),
            chart(
                "workouts",
                Box::new(move || comparable_chart::svg(review, units)),
            ),
            chart("best-efforts", Box::new(best_efforts)),
            Draft::new("charts/athlete.svg", move || {
                athlete_chart::svg(&self.past.references, units)
            }),
            Draft::new("data/review-block.json", || document(review)),
            Draft::new(ATHLETE, move || {
                html::athlete_page(&AthletePage {
                    review,
                    references: &self.past.references,
                    sessions: own(),
                    days: self.days(None),
                    units,
                })
            }),
        ];
        files.retain(|file| has_charts || !file.path.starts_with("charts/"));
        self.in_folder(files)
    }

    fn in_folder<'s>(&self, files: Vec<Draft<'s>>) -> Vec<Draft<'s>> {
        let files = files.into_iter();
        files.map(|file| file.within(&self.folder)).collect()
    }

    /// Returns the pages of weeks, years, earlier blocks and lists.
    pub(super) fn pages<'s>(&'s self, rows: Rows<'s, 's>, units: UnitSystem) -> Vec<Draft<'s>> {
        let weeks = (0..self.weeks.len()).map(|index| {
            let make = move || self.week_page(index, rows, units);
            Draft::new(week_path(&self.weeks[index]), make)
        });
        let mut pages: Vec<Draft<'_>> = weeks.collect();
        let years: Arc<[i32]> = self.years().into();
        pages.extend((0..years.len()).map(|index| {
            let years = Arc::clone(&years);
            let path = year_path(years[index]);
            Draft::new(path, move || self.year_page(&years, index, rows, units))
        }));
        let blocks = self.past.earlier.iter().enumerate();
        pages.extend(blocks.filter_map(|(index, block)| {
            let make = move || self.block_page(index, rows, units);
            Some(Draft::new(block_path(block)?, make))
        }));
        pages.extend((0..self.lists.len()).map(|index| {
            let make = move || self.list_page(index, rows, units);
            Draft::new(self.lists[index].path.clone(), make)
        }));
        self.in_folder(pages)
    }

    /// Returns some sessions, counted from the first of the athlete, for a page in a sub-folder.
    fn rows<'r>(&self, rows: Rows<'_, 'r>, own: &[usize]) -> Vec<RunRow<'r>> {
        rows.of(own.iter().map(|own| self.runs.start + own), "../")
    }

    fn year_page(
        &self,
        years: &[i32],
        index: usize,
        rows: Rows<'_, '_>,
        units: UnitSystem,
    ) -> String {
        let year = years[index];
        let is_of_year = |day: NaiveDate| day.year() == year;
        let neighbour = |other: Option<usize>| {
            let other = years.get(other?)?;
            Some(Link {
                href: format!("{other}.html"),
                text: other.to_string(),
            })
        };
        let weeks = self.weeks.iter().filter(|week| {
            let mut active = week.days.iter().filter(|(_, kind)| *kind != DayKind::Rest);
            active.any(|(day, _)| is_of_year(*day))
        });
        let runs = self.runs.clone();
        let runs = runs.filter(|run| rows.sessions[*run].head.day.is_some_and(is_of_year));
        html::year_page(&YearPage {
            year,
            week_starts: self.review.week_starts,
            athlete: self.review.athlete.as_deref(),
            runs: rows.of(runs, "../"),
            days: self.days(Some(year)),
            weeks: weeks
                .map(|week| (&week.week, format!("../{}", week_path(week))))
                .collect(),
            units,
            links: self.links("../"),
            previous: neighbour(index.checked_sub(1)),
            next: neighbour(Some(index + 1)),
        })
    }

    fn block_page(&self, index: usize, rows: Rows<'_, '_>, units: UnitSystem) -> String {
        let blocks = &self.past.earlier;
        let latest = Link {
            href: "../index.html#block".to_owned(),
            text: "the block of the first page".to_owned(),
        };
        let neighbour = |other: Option<usize>| block_link(blocks.get(other?)?, "../");
        html::block_page(&BlockPage {
            review: &blocks[index],
            runs: &rows.of(self.runs.clone(), "../"),
            week_hrefs: self.week_hrefs("../"),
            units,
            links: self.links("../"),
            previous: neighbour(Some(index + 1)),
            next: neighbour(index.checked_sub(1)).or_else(|| Some(latest.clone())),
        })
    }

    fn list_page(&self, index: usize, rows: Rows<'_, '_>, units: UnitSystem) -> String {
        let list = &self.lists[index];
        let neighbour = |other: Option<usize>| Some(list_link(self.lists.get(other?)?, "../"));
        html::list_page(&ListPage {
            name: &list.name,
            athlete: self.review.athlete.as_deref(),
            runs: self.rows(rows, &list.sessions),
            units,
            links: self.links("../"),
            previous: neighbour(Some(index + 1)),
            next: neighbour(index.checked_sub(1)),
        })
    }

    fn week_page(&self, index: usize, rows: Rows<'_, '_>, units: UnitSystem) -> String {
        let week = &self.weeks[index];
        let near = index.saturating_sub(usual_week::MOST_WEEKS);
        let near = self.weeks[near..=index].iter();
        let sums: Vec<&Week> = near.map(|week| &week.week).collect();
        let runs = self.rows(rows, &week.sessions);
        let neighbour = |other: Option<usize>| {
            let other = self.weeks.get(other?)?;
            Some(Link {
                href: format!("../{}", week_path(other)),
                text: other.week.name.clone(),
            })
        };
        html::week_page(&WeekPage {
            week: &week.week,
            athlete: self.review.athlete.as_deref(),
            usual: usual_week::usual_week(&sums),
            days: week.days,
            findings: self.findings_on(&runs),
            runs,
            units,
            links: self.links("../"),
            previous: neighbour(index.checked_sub(1)),
            next: neighbour(Some(index + 1)),
        })
    }

    /// Returns the findings of the block that name one of some runs.
    fn findings_on(&self, runs: &[RunRow<'_>]) -> Vec<&Finding> {
        let names_one = |finding: &&Finding| {
            let mut named = finding.sessions.iter();
            named.any(|id| runs.iter().any(|row| row.id == *id))
        };
        self.review.findings.iter().filter(names_one).collect()
    }

    /// Returns what each day with an activity was, of a year or of all.
    fn days(&self, year: Option<i32>) -> BTreeMap<NaiveDate, DayKind> {
        let days = self.weeks.iter().flat_map(|week| week.days);
        let days = days.filter(|(day, _)| year.is_none_or(|year| day.year() == year));
        days.filter(|(_, kind)| *kind != DayKind::Rest).collect()
    }
}

/// The athlete's own page.
const ATHLETE: &str = "athlete.html";

fn week_path(week: &LogWeek) -> String {
    format!("weeks/{}.html", week.week.name)
}

fn year_path(year: i32) -> String {
    format!("years/{year}.html")
}

/// Returns the place of the page of a block; absent without days.
fn block_path(block: &Review) -> Option<String> {
    Some(format!("blocks/{}.html", block.from?))
}

fn list_link(list: &ActivityList, root: &str) -> Link {
    Link {
        href: format!("{root}{}", list.path),
        text: list.name.clone(),
    }
}

fn block_link(block: &Review, root: &str) -> Option<Link> {
    let (from, to) = block.from.zip(block.to)?;
    Some(Link {
        href: format!("{root}{}", block_path(block)?),
        text: format!("{} – {}", from.format("%-d %b %Y"), to.format("%-d %b %Y")),
    })
}
