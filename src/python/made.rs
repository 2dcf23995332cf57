//! Reads and judges what Python asks for, as the program does.

use std::env;
use std::path::PathBuf;

use hardeasy::classification::history_of;
use hardeasy::export::Table as Name;
use hardeasy::export::arrow;
use hardeasy::export::tables::Source;
use hardeasy::export::tables::stream_rows;
use hardeasy::history::DatedReferences;
use hardeasy::history::Sampling;
use hardeasy::pipeline;
use hardeasy::pipeline::FileLine;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::Outcome;
use hardeasy::pipeline::Status;
use hardeasy::review;
use hardeasy::review::Review;
use hardeasy::review::ReviewOptions;
use hardeasy::segmentation::LapPolicy;

use crate::arrow_table::Table;

/// What is to be read, and how.
pub(crate) struct Asked {
    paths: Vec<PathBuf>,
    /// Whether one file is judged without the runs beside it.
    alone: bool,
    options: Options,
}

impl Asked {
    pub(crate) fn new(paths: Vec<PathBuf>, alone: bool, laps: &str) -> Result<Self, String> {
        let laps = match laps {
            "auto" => LapPolicy::Auto,
            "ignore" => LapPolicy::Ignore,
            other => {
                return Err(format!(
                    "expected laps=\"auto\" or \"ignore\", found {other:?}"
                ));
            }
        };
        let options = Options {
            laps,
            settings_folder: pipeline::settings_folder(|name| env::var_os(name)),
            ..Options::default()
        };
        Ok(Self {
            paths,
            alone,
            options,
        })
    }
}

/// What was read.
pub(crate) struct Batch(Outcome);

impl Batch {
    /// Reads and judges; one file with the runs beside it, unless it is to be alone.
    pub(crate) fn read(asked: &Asked) -> Result<Self, String> {
        let read = match &asked.paths[..] {
            [only] if !asked.alone && only.is_file() => {
                let read = pipeline::read_beside(only, &asked.options, &|_, _| ());
                read.map(|(outcome, _)| outcome)
            }
            paths => {
                let inputs = paths.iter().cloned().map(Input::Path).collect();
                pipeline::read_runs(inputs, &asked.options, &|_, _| ())
            }
        };
        read.map(Self).map_err(|problem| problem.to_string())
    }

    /// Refuses a batch without an activity.
    pub(crate) fn refuse_nothing(&self) -> Result<(), String> {
        refuse_nothing(self.0.sessions.is_empty(), &self.0.account)
    }

    /// Returns what became of each input.
    pub(crate) fn account(&self) -> Vec<FileLine> {
        self.0.account.clone()
    }

    /// Returns a table of all that was read.
    pub(crate) fn table(&self, name: Name) -> Result<Table, String> {
        let reviews = self.reviews(name);
        let references = self.references(name);
        let source = Source {
            sessions: &self.0.sessions,
            reviews: &reviews,
            references: &references,
            account: &self.0.account,
        };
        let rows = arrow::batch(name, source.rows(name));
        let mut batches = vec![rows.map_err(|error| error.to_string())?];
        if name.needs_streams() {
            let made = pipeline::visit_streams(&self.0, &|_, session, streams| {
                streams.map(|streams| arrow::batch(name, stream_rows(name, session, streams)))
            });
            let made = made.into_iter().flatten().collect::<Result<Vec<_>, _>>();
            batches = made.map_err(|error| error.to_string())?;
        }
        Ok(Table::new(name, batches, self.account()))
    }

    /// Returns the review of the last weeks.
    pub(crate) fn review(&self, weeks: Option<u16>) -> Review {
        let athlete = self.0.athletes.first().cloned().unwrap_or_default();
        let options = ReviewOptions {
            weeks: weeks.map(u32::from),
            ..ReviewOptions::default()
        };
        let options = options.with_settings(&athlete.settings);
        review::review(self.0.sessions_of(&athlete), &options)
    }

    /// Returns the review of each athlete's whole past, where a table is made of it.
    fn reviews(&self, name: Name) -> Vec<Review> {
        if !name.needs_reviews() {
            return Vec::new();
        }
        let athletes = self.0.athletes.iter().map(|athlete| {
            let sessions = self.0.sessions_of(athlete);
            let options = ReviewOptions {
                from: sessions.iter().filter_map(|session| session.head.day).min(),
                ..ReviewOptions::default()
            };
            let options = options.with_settings(&athlete.settings);
            review::review(sessions, &options)
        });
        athletes.collect()
    }

    /// Returns the reference values of each athlete, week by week, where a table is made of them.
    fn references(&self, name: Name) -> Vec<(Option<String>, Vec<DatedReferences>)> {
        if name != Name::References {
            return Vec::new();
        }
        let athletes = self.0.athletes.iter().map(|athlete| {
            let history = history_of(&athlete.settings, self.0.sessions_of(athlete));
            (athlete.name.clone(), history.over_time(Sampling::Weeks))
        });
        athletes.collect()
    }
}

/// Refuses inputs that hold no activity, with what became of the first that failed or else was left out.
pub(crate) fn refuse_nothing(is_nothing: bool, account: &[FileLine]) -> Result<(), String> {
    if !is_nothing {
        return Ok(());
    }
    let of = |status| account.iter().find(|line| line.status == status);
    let line = of(Status::Failed).or_else(|| of(Status::Skipped));
    Err(match line {
        Some(line) => told(line),
        None => "no activity was found; expected FIT, GPX or TCX exports, packed or not".to_owned(),
    })
}

/// Returns what could not be read, or only in part, where the rest was.
pub(crate) fn losses(account: &[FileLine]) -> Option<String> {
    let is_lost = |line: &&FileLine| matches!(line.status, Status::Failed | Status::Partial);
    let lost: Vec<&FileLine> = account.iter().filter(is_lost).collect();
    let first = told(lost.first()?);
    Some(match lost.len() - 1 {
        0 => first,
        more => format!("{first}; and {more} more, in the account of the table"),
    })
}

/// Returns what became of an input.
fn told(line: &FileLine) -> String {
    let own = line.warnings.iter().find(|warning| warning.loses_data());
    let reason = line
        .reason
        .as_deref()
        .or(own.map(|warning| warning.text.as_str()));
    let reason = reason.unwrap_or(line.status.word());
    format!("{}: {reason}", line.name())
}
