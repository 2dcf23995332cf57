//! *one file + the folder in which it lies → its sessions, judged with the runs beside it*

use std::path::Path;
use std::path::PathBuf;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::TimeDelta;
use chrono::Utc;

use super::Input;
use super::Options;
use super::Outcome;
use super::SettingsProblem;
use super::duplicates;
use super::gather::Gathered;
use super::gather::gather;
use crate::classification::Session;
use crate::classification::judge_packed;
use crate::ingest::AthleteSettings;
use crate::ingest::Sport;
use crate::summary::Known;
use crate::summary::PackedRun;

/// How the names of exports end. Files with other names are not even opened: beside an export may lie
/// anything.
const EXPORT_ENDINGS: [&str; 7] = [
    ".fit", ".fit.gz", ".gpx", ".gpx.gz", ".tcx", ".tcx.gz", ".zip",
];
/// Two recordings that share less are no contradiction: a watch may be started late.
///
/// # Units
/// Seconds.
const LEAST_SHARED_S: f64 = 60.0;
/// Two recordings of one activity by two devices share at least this share of the shorter one.
const TWO_DEVICES_SHARED: f64 = 0.8;
/// The mean speeds of such two differ by at most this share: what two devices measure differs by some
/// percent.
const TWO_DEVICES_SPEED: f64 = 0.05;
/// One contradiction in so many runs is a fault of a clock, not another athlete. Two athletes who each
/// run every other day and mostly at the same hour meet more often.
const RUNS_PER_FAULT: usize = 100;
/// Values that devices hold of the athlete are compared within so many days: over a season they change.
///
/// # Units
/// Days.
const SAME_SEASON_DAYS: i64 = 30;
/// Values that go to and fro at least once in so many runs are two athletes' or two devices'; a new watch
/// that is set right after some runs changes more seldom.
const RUNS_PER_CHANGE: usize = 20;
/// Nobody's body mass changes by more than this share within that time.
const LARGEST_MASS_CHANGE: f64 = 0.15;
/// Settings of one athlete on two devices differ by at most this: the formula that devices start from
/// is off by as much.
///
/// # Units
/// Beats per minute.
const LARGEST_MAXIMUM_CHANGE_BPM: f64 = 25.0;

/// What became of the runs beside a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// There is none that says anything of the file.
    Nothing,
    /// They were its history.
    Used {
        /// How many runs.
        runs: usize,
        /// The day of the first.
        since: NaiveDate,
    },
    /// They look like those of several athletes and were left out; the text says why.
    SeveralAthletes(String),
}

/// Reads one file and judges it with the runs of the folder in which it lies, not of those below.
///
/// The outcome is of the file alone: its sessions, its account. Of an archive of several exports, a
/// stored document or a file that cannot be read the runs beside it are not read. `progress` is as for
/// [`super::read_runs`], over the files beside it.
///
/// # Errors
/// [`SettingsProblem`] when settings or corrections cannot be understood.
pub fn read_beside(
    file: &Path,
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<(Outcome, Beside), SettingsProblem> {
    let asked = gather(vec![Input::Path(file.to_path_buf())], options, &|_, _| {})?;
    let own = asked.runs.get(&None).cloned().unwrap_or_default();
    let others = if is_one_export(&asked, &own) {
        exports_beside(file)
    } else {
        Vec::new()
    };
    let said = asked.said_of(&None);
    let mut outcome = asked.judged(options);
    if others.is_empty() {
        return Ok((outcome, Beside::Nothing));
    }
    let inputs = others.into_iter().map(Input::Path).collect();
    let as_they_say = Options {
        sport: None,
        ..options.clone()
    };
    let mut found = gather(inputs, &as_they_say, progress)?;
    let mut runs = found.runs.remove(&None).unwrap_or_default();
    runs.retain(|run| {
        !own.iter()
            .any(|own| duplicates::is_same(&own.head, &run.head))
    });
    let mut runs = duplicates::leave_out(runs, &mut found.account);
    runs.extend(own.iter().cloned());
    if let Some(why) = several_athletes(&runs, &own) {
        return Ok((outcome, Beside::SeveralAthletes(why)));
    }
    let judged = judge_packed(
        runs,
        &said.settings,
        &said.corrections,
        options.hindsight,
        options.keep,
    );
    let is_own = |session: &Session| {
        let sha256 = &session.head.source.sha256;
        outcome.locations.contains_key(sha256)
    };
    let (own, others): (Vec<Session>, Vec<Session>) = judged.into_iter().partition(is_own);
    let beside = used(&own, &others, options.hindsight);
    outcome.sessions = own;
    Ok((outcome, beside))
}

/// Returns whether a file held activities and is neither an archive of several exports nor stored documents.
fn is_one_export(asked: &Gathered, runs: &[PackedRun]) -> bool {
    let is_export = |run: &PackedRun| asked.locations.contains_key(&run.head.source.sha256);
    let one_line = asked.account.len() == 1;
    one_line && asked.locations.len() == 1 && !runs.is_empty() && runs.iter().all(is_export)
}

/// Returns the other exports in the folder of a file, in order of name.
fn exports_beside(file: &Path) -> Vec<PathBuf> {
    let folder = file.parent().filter(|path| !path.as_os_str().is_empty());
    let Ok(entries) = std::fs::read_dir(folder.unwrap_or(Path::new("."))) else {
        return Vec::new();
    };
    let is_file = |entry: &std::fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_file());
    let mut paths: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| is_file(entry) && Some(entry.file_name().as_os_str()) != file.file_name())
        .map(|entry| entry.path())
        .filter(|path| is_named_like_export(path))
        .collect();
    paths.sort();
    paths
}

fn is_named_like_export(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_ascii_lowercase();
    EXPORT_ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Returns how many of the runs beside it a file was judged with.
fn used(own: &[Session], others: &[Session], hindsight: bool) -> Beside {
    let last = own
        .iter()
        .filter_map(|session| session.head.start_time)
        .max();
    let counts = |session: &&Session| {
        let is_known = hindsight || session.head.start_time < last;
        is_known && session.kind.is_run() && !session.excluded
    };
    let days = others.iter().filter(counts);
    let days: Vec<NaiveDate> = days.filter_map(|session| session.head.day).collect();
    match days.iter().min() {
        Some(since) if last.is_some() => Beside::Used {
            runs: days.len(),
            since: *since,
        },
        _ => Beside::Nothing,
    }
}

/// Returns why runs, of which some are asked for, cannot all be of one athlete, if that is so.
fn several_athletes(runs: &[PackedRun], asked: &[PackedRun]) -> Option<String> {
    let is_run = |run: &&PackedRun| run.head.sport == Sport::Running;
    let mut dated: Vec<(DateTime<Utc>, &Known)> = runs
        .iter()
        .filter(is_run)
        .filter_map(|run| Some((run.head.start_time?, &**run)))
        .collect();
    dated.sort_by(|a, b| (a.0, &a.1.head.source.path).cmp(&(b.0, &b.1.head.source.path)));
    at_the_same_time(&dated).or_else(|| other_body(&dated, asked))
}

fn at_the_same_time(dated: &[(DateTime<Utc>, &Known)]) -> Option<String> {
    let mut met = Vec::new();
    for (index, (start, run)) in dated.iter().enumerate() {
        let end = end(*start, run);
        let later = dated[index + 1..].iter();
        let meeting = later.take_while(|(other, _)| *other < end);
        met.extend(
            meeting
                .filter(|(other_start, other)| {
                    let shared = end.min(self::end(*other_start, other)) - *other_start;
                    contradict(run, other, shared)
                })
                .map(|(_, other)| (*run, *other)),
        );
    }
    let (one, other) = met.first()?;
    (met.len() * RUNS_PER_FAULT >= dated.len()).then(|| {
        let (one, other) = (one.head.source.name(), other.head.source.name());
        format!("{one} and {other} were recorded at the same time")
    })
}

fn end(start: DateTime<Utc>, run: &Known) -> DateTime<Utc> {
    let elapsed = std::time::Duration::try_from_secs_f64(run.head.elapsed_s).unwrap_or_default();
    let elapsed = TimeDelta::from_std(elapsed).unwrap_or_default();
    start.checked_add_signed(elapsed).unwrap_or(start)
}

/// Returns whether nobody could have run two runs that share some time: they are no two recordings of
/// one activity.
fn contradict(one: &Known, other: &Known, shared: TimeDelta) -> bool {
    let shared_s = shared.as_seconds_f64();
    let same_file = one.head.source.sha256 == other.head.source.sha256;
    if same_file || shared_s < LEAST_SHARED_S || duplicates::is_same(&one.head, &other.head) {
        return false;
    }
    let shorter_s = one.head.elapsed_s.min(other.head.elapsed_s);
    let speed = |run: &Known| Some(run.head.distance_m? / run.head.moving_s.max(1.0));
    let alike = speed(one)
        .zip(speed(other))
        .is_none_or(|(one, other)| (one - other).abs() <= TWO_DEVICES_SPEED * one.max(other));
    !(alike && shared_s >= TWO_DEVICES_SHARED * shorter_s)
}

/// A value that a device held of the athlete.
struct Held {
    start: DateTime<Utc>,
    value: f64,
    file: String,
    /// Whether it is that of the file asked for.
    is_asked: bool,
}

/// Returns why the bodies that devices believe in cannot be one.
fn other_body(dated: &[(DateTime<Utc>, &Known)], asked: &[PackedRun]) -> Option<String> {
    let held = |of: &dyn Fn(&AthleteSettings) -> Option<f64>| -> Vec<Held> {
        let runs = dated.iter();
        let held = runs.filter_map(|(start, run)| {
            let sha256 = &run.head.source.sha256;
            Some(Held {
                start: *start,
                value: of(&run.athlete)?,
                file: run.head.source.name(),
                is_asked: asked.iter().any(|own| own.head.source.sha256 == *sha256),
            })
        });
        held.collect()
    };
    let masses = held(&|body| body.weight_kg);
    let of_mass = two_bodies(&masses, |a, b| {
        (a - b).abs() / a.max(b) > LARGEST_MASS_CHANGE
    });
    let maxima = held(&|body| body.maximum_heart_rate_bpm);
    let of_maximum = two_bodies(&maxima, |a, b| (a - b).abs() > LARGEST_MAXIMUM_CHANGE_BPM);
    let told = |what: &str, (one, other): (&Held, &Held)| {
        let (a, b) = (&one.file, &other.file);
        format!("{a} says {what} {:.0}, {b} {:.0}", one.value, other.value)
    };
    of_mass
        .map(|pair| told("a body mass in kg of", pair))
        .or_else(|| of_maximum.map(|pair| told("a maximum heart rate of", pair)))
}

/// Returns two neighbours in time that cannot be one athlete: where values go to and fro, or where the
/// file asked for is one of them. Once is a setting put right.
fn two_bodies(held: &[Held], differ: impl Fn(f64, f64) -> bool) -> Option<(&Held, &Held)> {
    let season = TimeDelta::days(SAME_SEASON_DAYS);
    let pairs = held.windows(2).map(|pair| (&pair[0], &pair[1]));
    let is_change = |(one, other): &(&Held, &Held)| {
        other.start - one.start <= season && differ(one.value, other.value)
    };
    let changes: Vec<(&Held, &Held)> = pairs.filter(is_change).collect();
    let alternate = changes.len() > 1 && changes.len() * RUNS_PER_CHANGE >= held.len();
    let counts = |(one, other): &(&Held, &Held)| alternate || one.is_asked || other.is_asked;
    changes.into_iter().find(counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::RunSummary;

    fn run(name: &str, start_s: i64, minutes: f64, speed_m_s: f64) -> PackedRun {
        let mut run = RunSummary::default();
        run.head.source.path = name.to_owned();
        run.head.source.sha256 = name.to_owned();
        run.head.sport = Sport::Running;
        run.head.start_time = DateTime::from_timestamp(1_700_000_000 + start_s, 0);
        run.head.elapsed_s = minutes * 60.0;
        run.head.moving_s = run.head.elapsed_s;
        run.head.distance_m = Some(run.head.elapsed_s * speed_m_s);
        run.into()
    }

    #[test]
    fn nobody_runs_twice_at_a_time() {
        let one = run("a", 0, 60.0, 3.0);
        assert_eq!(
            several_athletes(&[one.clone(), run("b", 3700, 60.0, 3.0)], &[]),
            None
        );
        let why = several_athletes(&[one.clone(), run("b", 600, 60.0, 3.4)], &[]);
        assert!(why.is_some_and(|why| why.contains("a and b")));
        // The watch and the telephone, started and stopped some minutes apart.
        assert_eq!(
            several_athletes(&[one.clone(), run("b", 300, 62.0, 3.05)], &[]),
            None
        );
        assert_eq!(
            several_athletes(&[one, run("b", 3570, 60.0, 3.4)], &[]),
            None
        );
    }

    #[test]
    fn one_wrong_clock_in_years_is_no_other_athlete() {
        let days = 0..150;
        let mut runs: Vec<PackedRun> = days
            .map(|day| run(&format!("{day}"), 86_400 * day, 60.0, 3.0))
            .collect();
        runs.push(run("wrong", 600, 60.0, 3.4));
        assert_eq!(several_athletes(&runs, &[]), None);
        let few = [&runs[..40], &runs[150..]].concat();
        assert!(several_athletes(&few, &[]).is_some());
    }

    #[test]
    fn a_setting_put_right_is_no_other_athlete() {
        let runs = |kilograms: &[f64]| -> Vec<PackedRun> {
            let weighing = |(day, kilograms): (i64, &f64)| {
                let mut run = run(&format!("{day}"), 86_400 * day, 60.0, 3.0);
                run.athlete.weight_kg = Some(*kilograms);
                run
            };
            (0..).zip(kilograms).map(weighing).collect()
        };
        let is_one = |runs: &[PackedRun], asked: usize| {
            several_athletes(runs, &runs[asked..=asked]).is_none()
        };
        assert!(is_one(&runs(&[64.0, 66.0, 65.0]), 2));
        let put_right = runs(&[75.0, 75.0, 58.0, 58.0]);
        assert!(is_one(&put_right, 3));
        assert!(!is_one(&put_right, 2));
        assert!(!is_one(&runs(&[58.0, 75.0, 58.0, 58.0]), 3));
    }
}
