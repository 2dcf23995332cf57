//! Durability: what became of speed and heart rate in the last third of a long run.

use crate::ingest::Sport;
use crate::segmentation::Segment;
use crate::statistics::mean;
use crate::summary::Durability;
use crate::summary::cells::Cells;
use crate::summary::cells::number;
use crate::vocabulary::SegmentKind;

/// The start of the run is left out: heart rate is still rising.
///
/// # Units
/// Seconds. Convention: 10–15 min are usual.
const SETTLING_S: usize = 600;
/// The least running after the start.
///
/// # Units
/// Seconds moving. Chosen: thirds of a quarter of an hour, an hour in all with the start.
const LEAST_S: f64 = 3000.0;
/// The least share of valid heart rate.
///
/// # Units
/// Ratio. Convention.
const LEAST_HEART_RATE: f64 = 0.95;

/// Returns the last third of a run against the one before it, or why there is nothing to compare.
///
/// Steps: leave out the first 10 minutes; mean effort speed v and mean heart rate h of the second
/// and the last third of the remaining moving time; change of v in percent, change of h in beats,
/// change of v / h in percent.
///
/// # References
/// The idea is that of Smyth 2022, Sports Med 52:2283, and Maunder 2021, Sports Med: efficiency
/// late against early in a long run. That source compares with kilometres 5–10 of a marathon; the
/// thirds, and what a run must fulfil, are this program's own. Heat raises heart rate too.
pub(super) fn durability(cells: &Cells<'_>, sport: Sport, segments: &[Segment]) -> Durability {
    measured(cells, sport, segments).unwrap_or_else(|reason| Durability {
        reason: Some(reason),
        ..Durability::default()
    })
}

fn measured(cells: &Cells<'_>, sport: Sport, segments: &[Segment]) -> Result<Durability, String> {
    if sport != Sport::Running {
        return Err("not a run".to_owned());
    }
    let is_effort = |s: &&Segment| s.executed && s.kind.is_work() && s.kind != SegmentKind::Stride;
    if segments.iter().any(|segment| is_effort(&segment)) {
        return Err("not even: there are efforts in it".to_owned());
    }
    let moving: Vec<usize> = (SETTLING_S..cells.len())
        .filter(|&i| cells.moving_effort(i).is_some())
        .collect();
    let duration_s = number(moving.len());
    if duration_s < LEAST_S {
        return Err(format!(
            "too short: {:.0} min after the first {:.0}, {:.0} needed",
            (duration_s / 60.0).floor(),
            number(SETTLING_S) / 60.0,
            LEAST_S / 60.0
        ));
    }
    let (second, last) = (moving.len() / 3, moving.len() * 2 / 3);
    let (before, after) = (&moving[second..last], &moving[last..]);
    let speeds = of(before, |i| cells.moving_effort(i)).zip(of(after, |i| cells.moving_effort(i)));
    let (speed_before, speed_after) = speeds.ok_or("no speed")?;
    let speed = speed_after / speed_before - 1.0;
    let heart_rate = |part: &[usize]| {
        let beats = |i: usize| cells.streams.heart_rate_bpm.get(i);
        let valid = part.iter().filter(|&&i| beats(i).is_some()).count();
        of(part, beats).filter(|_| number(valid) >= LEAST_HEART_RATE * number(part.len()))
    };
    let rates = heart_rate(before).zip(heart_rate(after));
    Ok(Durability {
        effort_speed_change_pct: Some(speed * 100.0),
        heart_rate_change_bpm: rates.map(|(before, after)| after - before),
        efficiency_change_pct: rates
            .map(|(before, after)| ((1.0 + speed) * before / after - 1.0) * 100.0),
        reason: rates
            .is_none()
            .then(|| "heart rate is not valid for long enough".to_owned()),
    })
}

fn of(part: &[usize], value: impl Fn(usize) -> Option<f64>) -> Option<f64> {
    let values: Vec<f64> = part.iter().filter_map(|&i| value(i)).collect();
    mean(&values)
}
