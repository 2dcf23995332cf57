//! Counts an activity once that was exported twice.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::num::NonZeroUsize;

use super::FileLine;
use super::Status;
use crate::ingest::Format;
use crate::ingest::OWN_CREATOR;
use crate::streams::HeartRateQuality;
use crate::summary::PackedRun;
use crate::summary::RunHead;

/// Starts of the same activity differ by at most this: apps cut the first seconds differently.
///
/// # Units
/// Seconds.
const START_TOLERANCE_S: i64 = 60;
/// Durations and distances of the same activity differ by at most this share.
const SIZE_TOLERANCE: f64 = 0.02;
/// Workouts of one time have at least this share of the time of both together in common: two watches are
/// seldom started and stopped within a minute of one another. Chosen.
const BESIDE_SHARE: f64 = 0.8;

/// An activity is compared with so many that started just before it: more than nobody has, but tables can be
/// made up.
const MOST_NEAR: usize = 500;

/// How the reason begins for which an activity is left out that is counted already.
pub const TWIN: &str = "the same activity as";

/// Leaves out activities that are in `runs` in a richer form; their lines of the account become
/// *skipped* and name the one that was kept.
///
/// Two runs are the same when their bytes are, or when start, duration and distance agree and the
/// sport is not different.
pub(super) fn leave_out(mut runs: Vec<PackedRun>, account: &mut [FileLine]) -> Vec<PackedRun> {
    runs.sort_by(|a, b| order(&a.head).cmp(&order(&b.head)));
    let mut account = Lines::of(account);
    let mut kept: Vec<PackedRun> = Vec::new();
    for run in runs {
        let twin = twin(&kept, &run.head);
        match twin {
            None => kept.push(run),
            Some(index) if is_by_another_device(&kept[index].head, &run.head) => {
                keep_both(&mut kept, index, run);
            }
            Some(index) if richness(&run) > richness(&kept[index]) => {
                let poorer = std::mem::replace(&mut kept[index], run);
                account.skip(&poorer.head, &kept[index].head);
            }
            Some(index) => account.skip(&run.head, &kept[index].head),
        }
    }
    kept
}

/// Returns whether two recordings of one activity come straight from two devices, so that neither
/// is a copy of the other.
fn is_by_another_device(a: &RunHead, b: &RunHead) -> bool {
    let from_device = |run: &RunHead| run.source.format == Some(Format::Fit) && !is_own_copy(run);
    from_device(a) && from_device(b) && a.source.device != b.source.device
}

/// Returns whether a file is what `export` made of a recording: never more than that one, whatever is in it.
fn is_own_copy(run: &RunHead) -> bool {
    let device = run.source.device.as_deref().unwrap_or_default();
    device.split(' ').any(|word| word == OWN_CREATOR)
}

/// Keeps both recordings; the poorer is marked so that it is not counted.
fn keep_both(kept: &mut Vec<PackedRun>, index: usize, mut run: PackedRun) {
    let (richer, poorer) = if richness(&run) > richness(&kept[index]) {
        (&run, &mut kept[index])
    } else {
        (&kept[index], &mut run)
    };
    poorer.second_recording_of = Some(richer.head.source.name());
    kept.push(run);
}

/// Returns the index of the run in `kept` that is the same activity; `kept` is in order of start, so
/// only its last few can be.
fn twin(kept: &[PackedRun], run: &RunHead) -> Option<usize> {
    let starts_near = |other: &RunHead| match (other.start_time, run.start_time) {
        (Some(a), Some(b)) => (b - a).num_seconds().abs() <= 2 * START_TOLERANCE_S,
        (None, None) => true,
        _ => false,
    };
    let near = kept
        .iter()
        .enumerate()
        .rev()
        .take(MOST_NEAR)
        .take_while(|(_, other)| starts_near(&other.head));
    near.filter(|(_, other)| is_same(&other.head, run))
        .map(|(index, _)| index)
        .next()
}

fn order(head: &RunHead) -> (Option<chrono::DateTime<chrono::Utc>>, &str, &Option<String>) {
    (head.start_time, &head.source.path, &head.source.member)
}

/// Returns whether two runs are the same activity.
pub(super) fn is_same(a: &RunHead, b: &RunHead) -> bool {
    // The only activity of a file is its first.
    let number = |run: &RunHead| run.source.number.map_or(1, NonZeroUsize::get);
    if a.source.sha256 == b.source.sha256 {
        // The lines of a table are known by what they say: an earlier export has it on another line.
        return a.remarks.without_recording || number(a) == number(b);
    }
    let (Some(start_a), Some(start_b)) = (a.start_time, b.start_time) else {
        return false;
    };
    if is_beside(a, b) {
        return a.sport == b.sport;
    }
    (start_a - start_b).num_seconds().abs() <= START_TOLERANCE_S
        && near(a.elapsed_s, b.elapsed_s)
        && a.distance_m
            .zip(b.distance_m)
            .is_none_or(|(a, b)| near(a, b))
        && a.sport == b.sport
}

/// Returns whether two workouts of Apple Health were recorded at the same time: phone and watch, or the watch
/// and an app on it, each by its own count.
fn is_beside(a: &RunHead, b: &RunHead) -> bool {
    let of_health = |run: &RunHead| run.source.format == Some(Format::AppleHealth);
    let (Some(start_a), Some(start_b)) = (a.start_time, b.start_time) else {
        return false;
    };
    let later_s = (start_b - start_a).num_seconds() as f64;
    let (end_a_s, end_b_s) = (a.elapsed_s, later_s + b.elapsed_s);
    let both_s = end_a_s.min(end_b_s) - later_s.max(0.0);
    let whole_s = end_a_s.max(end_b_s) - later_s.min(0.0);
    of_health(a) && of_health(b) && both_s >= BESIDE_SHARE * whole_s && whole_s > 0.0
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= SIZE_TOLERANCE * a.max(b)
}

/// Orders the forms of one activity: what was recorded before what this program made of it, whole ones, then heart
/// rate, then power and cadence, then laps, then format.
fn richness(run: &PackedRun) -> impl Ord + use<> {
    let heart_rate = match run.heart_rate {
        HeartRateQuality::Valid => 3,
        HeartRateQuality::Partial => 2,
        HeartRateQuality::Invalid => 1,
        HeartRateQuality::None => 0,
    };
    let format = match run.head.source.format {
        Some(Format::Fit) => 2,
        Some(Format::Tcx) => 1,
        _ => 0,
    };
    (
        !is_own_copy(&run.head),
        run.is_whole,
        heart_rate,
        run.has_power,
        run.laps.min(2),
        format,
        Reverse(run.head.source.path.clone()),
    )
}

/// The lines of an account, found by path and member however many there are.
struct Lines<'a> {
    lines: &'a mut [FileLine],
    places: HashMap<(String, String), Vec<usize>>,
}

impl<'a> Lines<'a> {
    fn of(lines: &'a mut [FileLine]) -> Self {
        let mut places: HashMap<(String, String), Vec<usize>> = HashMap::new();
        for (place, line) in lines.iter().enumerate() {
            let member = line.member.clone().unwrap_or_default();
            let of_name = places.entry((line.path.clone(), member)).or_default();
            of_name.push(place);
        }
        Self { lines, places }
    }

    /// Says of the poorer of two recordings of one activity that the other is counted.
    fn skip(&mut self, poorer: &RunHead, richer: &RunHead) {
        let source = &poorer.source;
        let member = source.member.as_deref().unwrap_or_default();
        // One of several activities of a file bears its number behind the name of the file.
        let file = member.rsplit_once('#').filter(|_| source.number.is_some());
        let names = [Some(member), file.map(|(name, _)| name)];
        let places = names.into_iter().flatten().flat_map(|name| {
            let name = (source.path.clone(), name.to_owned());
            self.places.get(&name).into_iter().flatten().copied()
        });
        let place = places
            .filter(|place| self.lines[*place].activities > 0)
            .min();
        let Some(line) = place.map(|place| &mut self.lines[place]) else {
            return;
        };
        let other = richer.source.name();
        line.activities -= 1;
        if line.activities == 0 {
            line.status = Status::Skipped;
        }
        line.reason = Some(format!("{TWIN} {other}, counted once"));
    }
}
