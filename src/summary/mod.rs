//! *Activity, Streams, Segmentation → RunSummary*
//!
//! Keeps of a run all that later stages need, in a few kilobytes, so that streams can be dropped
//! and a stored document can stand for the file. See [`summarise`].

mod best_efforts;
mod cells;
mod document;
mod drift;
mod durability;
mod ground;
mod head;
mod histograms;
mod left_out;
mod local_time;
mod mean_max;
mod origin;
mod pacing;
mod packed;
mod readings;
mod rounding;
mod sport;
mod steady;
mod turns;
mod watch;

pub use best_efforts::usual_distance;
pub use document::BestEffort;
pub use document::DataQuality;
pub use document::DayFrom;
pub use document::Difference;
pub use document::Drift;
pub use document::Durability;
pub use document::EFFORT_BIN_M_S;
pub use document::HEART_RATE_BIN_BPM;
pub use document::HEART_RATE_LAG_S;
pub use document::Histogram;
pub use document::MeanMax;
pub use document::POWER_BIN_W;
pub use document::Pacing;
pub use document::Reading;
pub use document::RepeatedGround;
pub use document::RunDetails;
pub use document::RunHead;
pub use document::RunSummary;
pub use document::SUMMARY_VERSION;
pub use document::SegmentHistograms;
pub use document::Source;
pub use document::SteadyBlock;
pub use document::Total;
pub use document::Turns;
pub use document::Wander;
pub use document::Watch;
pub use drift::DriftHalf;
pub use drift::drift_halves;
pub use head::climb_by_cell;
pub use origin::Origin;
pub use packed::Known;
pub use packed::PackedRun;
pub use sport::sport;

use crate::ingest::Activity;
use crate::ingest::Sport;
use crate::or_default::OrDefault;
use crate::segmentation::Segmentation;
use crate::streams::Streams;
use crate::summary::cells::Cells;

/// Returns the summary of one run (or of another activity, which then has no segments).
#[must_use]
pub fn summarise(
    activity: &Activity,
    streams: &Streams,
    segmentation: Segmentation,
    origin: Origin,
) -> RunSummary {
    let sport = sport::sport(activity, streams);
    let segmentation = if sport == Sport::Running {
        segmentation
    } else {
        Segmentation::default()
    };
    let timer_s = head::timer(activity, streams);
    let mut cells = Cells::new(streams, &[]);
    let mut readings: Vec<Reading> = std::iter::once(&segmentation)
        .chain(&segmentation.others)
        .enumerate()
        .map(|(place, cut)| {
            cells.cut(&cut.segments);
            readings::reading(&cells, sport, cut, (place, timer_s))
        })
        .collect();
    let first = readings.remove(0);
    cells.cut(&first.segments);
    let mut head = head::head(activity, &cells, sport, first.moving_s, origin);
    head.watch = watch::watch(activity, streams, &head).map(Box::new);
    let of_watch = head.watch.iter().flat_map(|watch| watch.warnings(&head));
    let warnings = left_out::warnings(activity, streams).into_iter();
    let refused = left_out::refused_distance(head.changes.distance_m, streams);
    let warnings = warnings.chain(refused).chain(of_watch).collect();
    let mut run = RunSummary {
        head: Box::new(head),
        best_efforts: running(sport, || best_efforts::best_efforts(streams)),
        drift: OrDefault::default(),
        durability: OrDefault::default(),
        data_quality: data_quality(streams),
        perceived_exertion: activity.perceived_exertion,
        feel: activity.feel,
        details: details(activity, &cells, &segmentation, sport).into(),
        segments: Vec::new(),
        sets: Vec::new(),
        laps: segmentation.laps.into(),
        warnings,
    };
    rounding::round_run(&mut run);
    run.details.readings = readings;
    run.take(first);
    run
}

/// Returns a list that only runs have.
fn running<T>(sport: Sport, list: impl FnOnce() -> Vec<T>) -> Vec<T> {
    if sport == Sport::Running {
        list()
    } else {
        Vec::new()
    }
}

/// Returns what does not depend on where the run is cut.
fn details(
    activity: &Activity,
    cells: &Cells<'_>,
    segmentation: &Segmentation,
    sport: Sport,
) -> RunDetails {
    let streams = cells.streams;
    let is_run = sport == Sport::Running;
    let walking = turns::walking(cells);
    RunDetails {
        version: SUMMARY_VERSION,
        mean_max: running(sport, || mean_max::mean_max(cells)),
        heart_rate_max_20min_bpm: mean_max::heart_rate_max_20min(streams),
        heart_rate_max_10s_bpm: mean_max::heart_rate_max_10s(streams),
        heart_rate_min_30s_bpm: mean_max::heart_rate_min_30s(streams),
        pacing: if is_run {
            pacing::pacing(cells)
        } else {
            Pacing::default()
        },
        candidates: segmentation.candidates.clone(),
        walk_share: if is_run {
            turns::walk_share(cells, &walking)
        } else {
            0.0
        },
        turns: is_run.then(|| turns::turns(cells, &walking)).flatten(),
        power_w: cells.mean_while_moving(&streams.power_w),
        power_source: activity.power_source.clone(),
        temperature_c: streams.temperature_c.mean(0..streams.len()),
        athlete: activity.athlete.clone(),
        cannot_tell: segmentation.cannot_tell.clone(),
        second_recording_of: None,
        perceived_exertion: activity.perceived_exertion,
        mean_heart_rate_bpm: streams
            .heart_rate_bpm
            .mean(0..streams.len())
            .or(activity.totals.mean_heart_rate_bpm),
        ..RunDetails::default()
    }
}

fn data_quality(streams: &Streams) -> DataQuality {
    let timer = (0..streams.len()).filter(|&i| !streams.paused[i]).count();
    let sound = (0..streams.len())
        .filter(|&i| !streams.paused[i] && !streams.gap[i])
        .count();
    DataQuality {
        coverage: if timer == 0 {
            0.0
        } else {
            cells::number(sound) / cells::number(timer)
        },
        speed: streams.speed_source,
        heart_rate: streams.heart_rate_quality,
        altitude: streams.grade_quality,
        sampling_s: streams.sampling_s,
        repairs: streams.repairs.clone(),
    }
}

#[cfg(test)]
mod tests;
