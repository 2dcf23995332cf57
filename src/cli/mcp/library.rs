//! What the paths hold, read once and again when something has changed.

use std::path::Path;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use chrono::NaiveDate;

use super::arguments::AthleteName;
use super::arguments::Day;
use super::arguments::Order;
use super::arguments::SessionId;
use super::problem::Problem;
use super::problem::cut;
use super::problem::shown;
use crate::classification::Session;
use crate::cli::args::Common;
use crate::cli::args::Inputs;
use crate::cli::read;
use crate::pipeline;
use crate::pipeline::Athlete;
use crate::pipeline::Glance;
use crate::pipeline::Options;
use crate::pipeline::Outcome;
use crate::pipeline::content_hash;
use crate::review::session_id;

/// So many names are told where one was expected.
const MOST_NAMES: usize = 10;
/// Characters of such a name.
const MOST_NAME_LENGTH: usize = 40;

/// The paths that a client may ask about, and what was found there.
#[derive(Debug)]
pub(super) struct Library {
    common: Common,
    inputs: Inputs,
    options: Options,
    held: Mutex<Option<Arc<Reading>>>,
}

/// What was read at some time.
#[derive(Debug)]
pub(super) struct Reading {
    /// How results are told.
    pub(super) common: Common,
    /// All that was read.
    pub(super) outcome: Outcome,
    /// Tells this reading from one of other files.
    pub(super) stamp: String,
    glance: Glance,
}

/// Which activities are meant.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Choice<'a> {
    /// One activity.
    pub(super) session: Option<&'a SessionId>,
    /// Those of an athlete.
    pub(super) athlete: Option<&'a AthleteName>,
    /// Those of this day and later.
    pub(super) from: Option<&'a Day>,
    /// Those of this day and earlier.
    pub(super) to: Option<&'a Day>,
    /// In which order.
    pub(super) order: Order,
}

impl Library {
    /// Returns the library of some paths. Nothing is read yet.
    pub(super) fn new(common: &Common, inputs: &Inputs) -> Self {
        Self {
            common: common.clone(),
            inputs: inputs.clone(),
            options: read::options(common, inputs),
            held: Mutex::new(None),
        }
    }

    /// Returns what the paths hold now: what was read before, unless a file came, went or was written since.
    ///
    /// # Errors
    /// When settings cannot be understood, and when there is no activity.
    pub(super) fn reading(&self) -> Result<Arc<Reading>, Problem> {
        // What a reading that failed has left is a reading of before, or none.
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let glance = pipeline::glance(&self.inputs.paths, &self.options);
        if let Some(reading) = held.as_ref().filter(|reading| reading.glance == glance) {
            return Ok(Arc::clone(reading));
        }
        *held = None;
        let outcome = read::read_with(&self.common, &self.inputs, &self.options)
            .map_err(|error| self.problem(&format!("{error:#}")))?;
        if outcome.sessions.is_empty() {
            return Err(Problem::new(
                "no activity was found; expected FIT, GPX or TCX exports, packed or not, below the given paths",
            ));
        }
        let reading = Arc::new(Reading {
            common: self.common.clone(),
            outcome,
            stamp: content_hash(format!("{glance:?}").as_bytes()),
            glance,
        });
        *held = Some(Arc::clone(&reading));
        Ok(reading)
    }

    /// Returns what went wrong while reading, without the folders in which the paths lie.
    fn problem(&self, text: &str) -> Problem {
        let settings = self.options.settings_folder.iter();
        let places = self.inputs.paths.iter().chain(settings);
        let parents = places.filter_map(|path| path.parent());
        let mut parents: Vec<&Path> = parents.filter(|path| path.file_name().is_some()).collect();
        parents.sort_by_key(|path| std::cmp::Reverse(path.as_os_str().len()));
        let without = parents.iter().fold(text.to_owned(), |text, parent| {
            text.replace(
                &format!("{}{}", parent.display(), std::path::MAIN_SEPARATOR),
                "",
            )
        });
        Problem::new(without)
    }
}

impl Reading {
    /// Returns the athlete of a name, or the only one.
    ///
    /// # Errors
    /// When there is none of the name, or several and none was named.
    pub(super) fn athlete(&self, name: Option<&AthleteName>) -> Result<&Athlete, Problem> {
        let athletes = &self.outcome.athletes;
        let found = match (name, athletes.as_slice()) {
            (None, [only]) => Some(only),
            (None, _) => None,
            (Some(AthleteName(name)), _) => {
                let mut athletes = athletes.iter();
                athletes.find(|athlete| athlete.name.as_deref() == Some(name))
            }
        };
        found.ok_or_else(|| {
            let found = name.map_or("no athlete".to_owned(), |name| shown(&name.0));
            let names = self.names();
            let next = if names.is_empty() {
                "here is one athlete without a name: leave athlete out".to_owned()
            } else {
                format!("give athlete as one of {}", several(&names))
            };
            Problem::new(format!(
                "expected the name of an athlete, found {found}; {next}"
            ))
        })
    }

    /// Returns the names of the athletes; none where there is one without a name.
    pub(super) fn names(&self) -> Vec<&str> {
        let athletes = self.outcome.athletes.iter();
        athletes
            .filter_map(|athlete| athlete.name.as_deref())
            .collect()
    }

    /// Returns the place of an activity among all.
    ///
    /// # Errors
    /// When there is none of the identifier, or several.
    pub(super) fn place(
        &self,
        SessionId(id): &SessionId,
        athlete: Option<&AthleteName>,
    ) -> Result<usize, Problem> {
        let range = match athlete {
            Some(_) => self.athlete(athlete)?.sessions.clone(),
            None => 0..self.outcome.sessions.len(),
        };
        let all = range.len();
        let own: Vec<usize> = range
            .filter(|place| session_id(&self.outcome.sessions[*place]) == *id)
            .collect();
        match own.as_slice() {
            [only] => Ok(*only),
            [] => Err(Problem::new(format!(
                "expected the id of one of {all} activities, found {}; list_sessions names them",
                shown(id)
            ))),
            [_, ..] => {
                let sessions = own.iter().map(|place| &self.outcome.sessions[*place]);
                let names: Vec<&str> = sessions
                    .filter_map(|session| session.head.athlete.as_deref())
                    .collect();
                Err(Problem::new(format!(
                    "expected one activity, found {} with the id {}; give athlete as one of {}",
                    own.len(),
                    shown(id),
                    several(&names)
                )))
            }
        }
    }

    /// Returns the activities that are meant, in order of start; those without a date come last, in either
    /// order.
    ///
    /// # Errors
    /// When there is no such activity or athlete, and when the last day lies before the first.
    pub(super) fn chosen(&self, choice: &Choice<'_>) -> Result<Vec<&Session>, Problem> {
        let (from, to) = days(choice.from, choice.to)?;
        let range = match (choice.session, choice.athlete) {
            (Some(id), athlete) => {
                let place = self.place(id, athlete)?;
                place..place + 1
            }
            (None, Some(_)) => self.athlete(choice.athlete)?.sessions.clone(),
            (None, None) => 0..self.outcome.sessions.len(),
        };
        let is_asked = from.is_some() || to.is_some();
        let is_in = |session: &&Session| match session.head.day {
            Some(day) => from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to),
            None => !is_asked,
        };
        let mut chosen: Vec<&Session> = self.outcome.sessions[range].iter().filter(is_in).collect();
        // The order of before decides among equals.
        chosen.sort_by(|a, b| {
            let (a, b) = (when(a), when(b));
            match (choice.order, a.is_some() && b.is_some()) {
                (Order::Newest, true) => b.cmp(&a),
                (Order::Oldest, true) => a.cmp(&b),
                (_, false) => b.is_some().cmp(&a.is_some()),
            }
        });
        Ok(chosen)
    }
}

/// Returns when an activity was: its local day, then its start.
fn when(session: &Session) -> Option<(NaiveDate, Option<chrono::DateTime<chrono::Utc>>)> {
    Some((session.head.day?, session.head.start_time))
}

/// Returns the days from and to which something is asked.
///
/// # Errors
/// When the last day lies before the first.
pub(super) fn days(
    from: Option<&Day>,
    to: Option<&Day>,
) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Problem> {
    let (from, to) = (from.and_then(Day::date), to.and_then(Day::date));
    if let (Some(first), Some(last)) = (from, to)
        && last < first
    {
        return Err(Problem::new(format!(
            "expected a day to on or after from, {first}, found {last}; swap them"
        )));
    }
    Ok((from, to))
}

/// Returns some names, the first few of many.
fn several(names: &[&str]) -> String {
    let told: Vec<String> = names
        .iter()
        .take(MOST_NAMES)
        .map(|name| cut(name, MOST_NAME_LENGTH))
        .collect();
    let more = names.len() - told.len();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!("{}{more}", told.join(", "))
}
