//! The files of one athlete: the page of the reference values, a page for each week, the charts and
//! the document of the block.

use std::collections::BTreeMap;
use std::ops::Range;

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
use crate::report::html::RunRow;
use crate::report::html::WeekPage;
use crate::report::html::YearPage;
use crate::report::site::document::document;
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

/// Place and content of a file.
type File = (String, String);

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
        let weeks = self.weeks.iter();
        let week = weeks
            .filter(|one| Some(one.week.monday) == first)
            .map(|one| Link {
                href: format!("../{}", week_path(one)),
                text: format!("Week {}", one.week.name),
            });
        week.chain(self.links("../")).collect()
    }

    /// Returns the page of the athlete, the charts and the document of the block.
    pub(super) fn files(&self, sessions: &[Session], units: UnitSystem) -> Vec<File> {
        let review = self.review;
        let own: Vec<&Session> = sessions[self.runs.clone()].iter().collect();
        let days = self.days();
        let chart = |part: &str, content: String| (format!("charts/block-{part}.svg"), content);
        let files = vec![
            chart("days", strip_chart::svg(review)),
            chart("weeks", distribution::weeks_svg(review)),
            chart("volume", volume_chart::svg(review, units)),
            chart("load", load_chart::svg(review)),
            chart("calendar", calendar::svg(&days, review.week_starts)),
            chart("workouts", comparable_chart::svg(review, units)),
            chart(
                "best-efforts",
                best_effort_curve::block_svg(review, &own, units),
            ),
            (
                "charts/athlete.svg".to_owned(),
                athlete_chart::svg(&self.past.references, units),
            ),
            ("data/review-block.json".to_owned(), document(review)),
            (
                ATHLETE.to_owned(),
                html::athlete_page(&AthletePage {
                    review,
                    references: &self.past.references,
                    sessions: own,
                    days,
                    units,
                }),
            ),
        ];
        self.in_folder(files)
    }

    fn in_folder(&self, files: Vec<File>) -> Vec<File> {
        let files = files.into_iter();
        let placed = files.map(|(path, content)| (format!("{}{path}", self.folder), content));
        placed.collect()
    }

    /// Returns the pages of weeks, years and earlier blocks; the places of the runs are relative to a
    /// page in a sub-folder.
    pub(super) fn pages(&self, rows: &[RunRow<'_>], units: UnitSystem) -> Vec<File> {
        let mut pages = self.week_pages(rows, units);
        pages.extend(self.year_pages(rows, units));
        pages.extend(self.block_pages(rows, units));
        self.in_folder(pages)
    }

    fn year_pages(&self, rows: &[RunRow<'_>], units: UnitSystem) -> Vec<File> {
        let years = self.years();
        let days = self.days();
        let pages = years.iter().enumerate().map(|(index, year)| {
            let of_year =
                |row: &&RunRow<'_>| row.session.head.day.is_some_and(|day| day.year() == *year);
            let neighbour = |other: Option<usize>| {
                let other = years.get(other?)?;
                Some(Link {
                    href: format!("{other}.html"),
                    text: other.to_string(),
                })
            };
            let weeks = self.weeks.iter().filter(|week| {
                let mut active = week.days.iter().filter(|(_, kind)| *kind != DayKind::Rest);
                active.any(|(day, _)| day.year() == *year)
            });
            let page = html::year_page(&YearPage {
                year: *year,
                week_starts: self.review.week_starts,
                athlete: self.review.athlete.as_deref(),
                runs: rows.iter().filter(of_year).cloned().collect(),
                days: days
                    .iter()
                    .filter(|(day, _)| day.year() == *year)
                    .map(|(day, kind)| (*day, *kind))
                    .collect(),
                weeks: weeks
                    .map(|week| (&week.week, format!("../{}", week_path(week))))
                    .collect(),
                units,
                links: self.links("../"),
                previous: neighbour(index.checked_sub(1)),
                next: neighbour(Some(index + 1)),
            });
            (year_path(*year), page)
        });
        pages.collect()
    }

    fn block_pages(&self, rows: &[RunRow<'_>], units: UnitSystem) -> Vec<File> {
        let blocks = &self.past.earlier;
        let latest = Link {
            href: "../index.html#block".to_owned(),
            text: "the block of the first page".to_owned(),
        };
        let pages = blocks.iter().enumerate().filter_map(|(index, block)| {
            let neighbour = |other: Option<usize>| block_link(blocks.get(other?)?, "../");
            let page = html::block_page(&BlockPage {
                review: block,
                runs: rows.to_vec(),
                week_hrefs: self.week_hrefs("../"),
                units,
                links: self.links("../"),
                previous: neighbour(Some(index + 1)),
                next: neighbour(index.checked_sub(1)).or_else(|| Some(latest.clone())),
            });
            Some((block_path(block)?, page))
        });
        pages.collect()
    }

    /// Returns the page of each week.
    fn week_pages(&self, rows: &[RunRow<'_>], units: UnitSystem) -> Vec<File> {
        let sums: Vec<&Week> = self.weeks.iter().map(|week| &week.week).collect();
        let pages = self.weeks.iter().enumerate().map(|(index, week)| {
            let near = index.saturating_sub(usual_week::MOST_WEEKS);
            let runs = week
                .sessions
                .iter()
                .filter_map(|run| rows.get(*run).cloned());
            let runs: Vec<RunRow<'_>> = runs.collect();
            let neighbour = |other: Option<usize>| {
                let other = self.weeks.get(other?)?;
                Some(Link {
                    href: format!("../{}", week_path(other)),
                    text: other.week.name.clone(),
                })
            };
            let page = html::week_page(&WeekPage {
                week: &week.week,
                athlete: self.review.athlete.as_deref(),
                usual: usual_week::usual_week(&sums[near..=index]),
                days: week.days,
                findings: self.findings_on(&runs),
                runs,
                units,
                links: self.links("../"),
                previous: neighbour(index.checked_sub(1)),
                next: neighbour(Some(index + 1)),
            });
            (week_path(week), page)
        });
        pages.collect()
    }

    /// Returns the findings of the block that name one of some runs.
    fn findings_on(&self, runs: &[RunRow<'_>]) -> Vec<&Finding> {
        let names_one = |finding: &&Finding| {
            let mut named = finding.sessions.iter();
            named.any(|id| runs.iter().any(|row| row.id == *id))
        };
        self.review.findings.iter().filter(names_one).collect()
    }

    /// Returns what each day with an activity was.
    fn days(&self) -> BTreeMap<NaiveDate, DayKind> {
        let days = self.weeks.iter().flat_map(|week| week.days);
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

fn block_link(block: &Review, root: &str) -> Option<Link> {
    let (from, to) = block.from.zip(block.to)?;
    Some(Link {
        href: format!("{root}{}", block_path(block)?),
        text: format!("{} – {}", from.format("%-d %b %Y"), to.format("%-d %b %Y")),
    })
}
