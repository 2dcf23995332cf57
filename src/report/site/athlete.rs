//! The files of one athlete: the page of the reference values, a page for each week, the charts and
//! the document of the block.

use std::collections::BTreeMap;
use std::ops::Range;

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
use crate::report::html;
use crate::report::html::AthletePage;
use crate::report::html::AthletePart;
use crate::report::html::Link;
use crate::report::html::RunRow;
use crate::report::html::WeekPage;
use crate::report::site::document::document;
use crate::report::site::training_log;
use crate::report::site::training_log::LogWeek;
use crate::review::DayKind;
use crate::review::Finding;
use crate::review::Review;
use crate::review::monday;
use crate::units::UnitSystem;

/// Place and content of a file.
type File = (String, String);

/// One athlete of the site.
#[derive(Clone, Debug)]
pub(super) struct Athlete<'a> {
    review: &'a Review,
    /// The reference values over time; none where they were not given.
    pub(super) references: Vec<DatedReferences>,
    /// The name of the athlete's files.
    name: String,
    /// The athlete's sessions by index, in order of start.
    pub(super) runs: Range<usize>,
    /// The weeks with activities; indices of sessions are counted from the first of the athlete.
    weeks: Vec<LogWeek>,
}

impl<'a> Athlete<'a> {
    /// Finds what belongs to the athlete of a review.
    pub(super) fn new(review: &'a Review, name: String, sessions: &[Session]) -> Self {
        let is_own = |session: &Session| session.head.athlete == review.athlete;
        let first = sessions.iter().position(is_own).unwrap_or(0);
        let count = sessions[first..]
            .iter()
            .take_while(|one| is_own(one))
            .count();
        let runs = first..first + count;
        Self {
            review,
            references: Vec::new(),
            name,
            weeks: training_log::training_log(&sessions[runs.clone()]),
            runs,
        }
    }

    /// Returns the athlete's part of the first page.
    pub(super) fn part<'p>(&'p self, runs: Vec<RunRow<'p>>) -> AthletePart<'p> {
        let weeks = self.weeks.iter();
        AthletePart {
            review: self.review,
            runs,
            week_hrefs: weeks.map(|w| (w.week.monday, self.week_path(w))).collect(),
            athlete_href: self.page_path(),
        }
    }

    /// Returns the links of the bar of a page in a sub-folder: to the athlete, and to the week of a
    /// day.
    pub(super) fn links_of(&self, day: Option<NaiveDate>) -> Vec<Link> {
        let monday = day.map(monday);
        let weeks = self.weeks.iter();
        let week = weeks
            .filter(|one| Some(one.week.monday) == monday)
            .map(|one| Link {
                href: format!("../{}", self.week_path(one)),
                text: format!("Week {}", one.week.name),
            });
        let page = Link {
            href: format!("../{}", self.page_path()),
            text: "Athlete".to_owned(),
        };
        week.chain([page]).collect()
    }

    /// Returns the page of the athlete, the charts and the document of the block.
    pub(super) fn files(&self, sessions: &[Session], units: UnitSystem) -> Vec<File> {
        let (review, name) = (self.review, &self.name);
        let own: Vec<&Session> = sessions[self.runs.clone()].iter().collect();
        let days = self.days();
        let chart = |part: &str, content: String| (format!("charts/{name}-{part}.svg"), content);
        vec![
            chart("days", strip_chart::svg(review)),
            chart("weeks", distribution::weeks_svg(review)),
            chart("volume", volume_chart::svg(review, units)),
            chart("load", load_chart::svg(review)),
            chart("calendar", calendar::svg(&days)),
            chart("workouts", comparable_chart::svg(review, units)),
            chart(
                "best-efforts",
                best_effort_curve::block_svg(review, &own, units),
            ),
            (
                format!("charts/{}.svg", self.stem()),
                athlete_chart::svg(&self.references, units),
            ),
            (format!("data/review-{name}.json"), document(review)),
            (
                self.page_path(),
                html::athlete_page(&AthletePage {
                    review,
                    references: &self.references,
                    sessions: own,
                    days,
                    units,
                }),
            ),
        ]
    }

    /// Returns the page of each week.
    pub(super) fn weeks(&self, rows: &[RunRow<'_>], units: UnitSystem) -> Vec<File> {
        let pages = self.weeks.iter().enumerate().map(|(index, week)| {
            let runs = week
                .sessions
                .iter()
                .filter_map(|run| rows.get(*run).cloned());
            let runs: Vec<RunRow<'_>> = runs.collect();
            let neighbour = |other: Option<usize>| {
                let other = self.weeks.get(other?)?;
                Some(Link {
                    href: format!("../{}", self.week_path(other)),
                    text: other.week.name.clone(),
                })
            };
            let page = html::week_page(&WeekPage {
                week: &week.week,
                athlete: self.review.athlete.as_deref(),
                days: week.days,
                findings: self.findings_on(&runs),
                runs,
                units,
                links: self.links_of(None),
                previous: neighbour(index.checked_sub(1)),
                next: neighbour(Some(index + 1)),
            });
            (self.week_path(week), page)
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

    /// Returns the name of the athlete's own page and chart.
    fn stem(&self) -> String {
        match self.review.athlete {
            Some(_) => format!("{}-athlete", self.name),
            None => "athlete".to_owned(),
        }
    }

    fn page_path(&self) -> String {
        format!("{}.html", self.stem())
    }

    fn week_path(&self, week: &LogWeek) -> String {
        match self.review.athlete {
            Some(_) => format!("weeks/{}-{}.html", self.name, week.week.name),
            None => format!("weeks/{}.html", week.week.name),
        }
    }
}
