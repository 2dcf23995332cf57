//! Heart-rate drift: how much dearer the same effort became, only where that means anything.

use crate::ingest::Sport;
use crate::segmentation::Segment;
use crate::statistics::mean;
use crate::streams::Streams;
use crate::summary::Drift;
use crate::summary::cells::Cells;
use crate::summary::cells::number;
use crate::summary::steady::variation;
use crate::vocabulary::SegmentKind;

/// The start of the run is left out: heart rate is still rising.
///
/// # Units
/// Seconds. Convention: 10–15 min are usual.
const SETTLING_S: usize = 600;
/// The least steady running after the start.
///
/// # Units
/// Seconds. Convention.
const LEAST_STEADY_S: f64 = 2400.0;
/// The greatest variation of 5-minute means.
///
/// # Units
/// Ratio. Chosen so that changes of pace are not taken for drift.
const MOST_VARIATION: f64 = 0.05;
/// The length of those means.
///
/// # Units
/// Seconds.
const VARIATION_BLOCK_S: usize = 300;
/// The greatest share of standing.
///
/// # Units
/// Ratio. Chosen so that rests are not taken for drift.
const MOST_STANDING: f64 = 0.02;
/// The least share of valid heart rate.
///
/// # Units
/// Ratio. Convention.
const LEAST_HEART_RATE: f64 = 0.95;

/// Returns the drift, or why there is none.
///
/// Steps: leave out the first 10 minutes; mean effort speed and mean heart rate of the two halves
/// of the moving time; efficiency EF = speed / heart rate; drift = (EF₁ − EF₂) / EF₁ · 100.
///
/// # Units
/// Percent; positive when heart rate rose against speed.
///
/// # References
/// Friel's decoupling, as computed by GoldenCheetah; a coaching rule. What a run must fulfil to
/// have a drift is this program's own.
pub(super) fn drift(cells: &Cells<'_>, sport: Sport, segments: &[Segment]) -> Drift {
    match measured(cells, sport, segments) {
        Ok(percent) => Drift {
            pa_hr_pct: Some(percent),
            reason: None,
        },
        Err(reason) => Drift {
            pa_hr_pct: None,
            reason: Some(reason),
        },
    }
}

/// One half of the running from which a drift is measured.
#[derive(Clone, Debug, PartialEq)]
pub struct DriftHalf {
    /// Mean effort speed.
    pub effort_speed_m_s: f64,
    /// Mean heart rate.
    pub heart_rate_bpm: f64,
    /// The same two over equal stretches of moving time, in order.
    pub means: Vec<(f64, f64)>,
}

/// Returns both halves of the running from which the drift of a run is measured, with means over
/// stretches of `stretch_s`; whether the run has a drift at all, [`Drift`] says.
///
/// # Units
/// Seconds moving.
#[must_use]
pub fn drift_halves(streams: &Streams, stretch_s: usize) -> Option<[DriftHalf; 2]> {
    let cells = Cells::new(streams, &[]);
    let steady = steady(&cells);
    let half = |members: &[usize]| {
        let (effort_speed_m_s, heart_rate_bpm) = means(&cells, members)?;
        let stretches = members.chunks_exact(stretch_s.max(1));
        Some(DriftHalf {
            effort_speed_m_s,
            heart_rate_bpm,
            means: stretches.filter_map(|one| means(&cells, one)).collect(),
        })
    };
    let (first, second) = steady.split_at(steady.len() / 2);
    Some([half(first)?, half(second)?])
}

fn measured(cells: &Cells<'_>, sport: Sport, segments: &[Segment]) -> Result<f64, String> {
    if sport != Sport::Running {
        return Err("not a run".to_owned());
    }
    if !cells.streams.heart_rate_bpm.has_values() {
        return Err("no heart rate".to_owned());
    }
    if segments.iter().any(|s| s.kind == SegmentKind::Progression) {
        return Err("not steady: the run gets steadily faster".to_owned());
    }
    let efforts = segments
        .iter()
        .filter(|s| s.executed && s.kind.is_work() && s.kind != SegmentKind::Stride)
        .count();
    if efforts > 1 {
        return Err(format!("not steady: {efforts} efforts"));
    }
    if efforts == 1 {
        return Err("not steady: one effort among easier running".to_owned());
    }
    let steady = steady(cells);
    gates(cells, &steady)?;
    percent(cells, &steady).ok_or_else(|| "no speed".to_owned())
}

/// Returns the seconds from which a drift is measured.
fn steady(cells: &Cells<'_>) -> Vec<usize> {
    (SETTLING_S..cells.len())
        .filter(|&i| cells.moving_effort(i).is_some())
        .collect()
}

fn gates(cells: &Cells<'_>, steady: &[usize]) -> Result<(), String> {
    let duration = number(steady.len());
    if duration < LEAST_STEADY_S {
        return Err(format!(
            "too short: {:.0} min after the first {:.0}, {:.0} needed",
            (duration / 60.0).floor(),
            number(SETTLING_S) / 60.0,
            LEAST_STEADY_S / 60.0
        ));
    }
    let timer = (SETTLING_S..cells.len()).count();
    let standing = 1.0 - duration / number(timer);
    if standing > MOST_STANDING {
        return Err(format!(
            "stops and gaps take {:.1} % of the time, at most {:.0} % allowed",
            standing * 100.0,
            MOST_STANDING * 100.0
        ));
    }
    let with_heart_rate = steady
        .iter()
        .filter(|&&i| cells.streams.heart_rate_bpm.get(i).is_some())
        .count();
    let valid = number(with_heart_rate) / duration;
    if valid < LEAST_HEART_RATE {
        return Err(format!(
            "heart rate is valid for {:.0} % of the time, {:.0} % needed",
            valid * 100.0,
            LEAST_HEART_RATE * 100.0
        ));
    }
    let efforts: Vec<f64> = steady
        .iter()
        .filter_map(|&i| cells.moving_effort(i))
        .collect();
    let varies = variation(&efforts, VARIATION_BLOCK_S).unwrap_or(0.0);
    if varies > MOST_VARIATION {
        return Err(format!(
            "not steady: 5-minute means vary by {:.1} %, at most {:.0} % allowed",
            varies * 100.0,
            MOST_VARIATION * 100.0
        ));
    }
    Ok(())
}

fn percent(cells: &Cells<'_>, steady: &[usize]) -> Option<f64> {
    let (first, second) = steady.split_at(steady.len() / 2);
    let efficiency = |half| means(cells, half).map(|(speed, beats)| speed / beats);
    let (before, after) = (efficiency(first)?, efficiency(second)?);
    Some((before - after) / before * 100.0)
}

/// Returns mean effort speed and mean heart rate.
fn means(cells: &Cells<'_>, members: &[usize]) -> Option<(f64, f64)> {
    let speeds: Vec<f64> = members
        .iter()
        .filter_map(|&i| cells.moving_effort(i))
        .collect();
    let beats: Vec<f64> = members
        .iter()
        .filter_map(|&i| cells.streams.heart_rate_bpm.get(i))
        .collect();
    Some((mean(&speeds)?, mean(&beats)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_halves_are_those_of_the_drift() {
        // Ten minutes to settle, then twice 20 minutes at 3 m/s: 140 beats, then 147.
        let beats = [vec![100.0; 600], vec![140.0; 1200], vec![147.0; 1200]].concat();
        let streams = Streams {
            elapsed_s: 3000.0,
            effort_speed_m_s: vec![3.0; 3000].into_iter().collect(),
            speed_m_s: vec![3.0; 3000].into_iter().collect(),
            speed_source: crate::streams::SpeedSource::Distance,
            heart_rate_bpm: beats.into_iter().collect(),
            paused: vec![false; 3000],
            gap: vec![false; 3000],
            suspect: vec![false; 3000],
            ..Streams::default()
        };
        let [first, second] = drift_halves(&streams, 60).expect("both halves");
        assert_eq!((first.effort_speed_m_s, first.heart_rate_bpm), (3.0, 140.0));
        assert_eq!(first.means, vec![(3.0, 140.0); 20]);
        assert_eq!(second.means, vec![(3.0, 147.0); 20]);
        // (3 / 140 − 3 / 147) / (3 / 140) = 1 − 140 / 147.
        let drift = drift(&Cells::new(&streams, &[]), Sport::Running, &[]);
        let percent = drift.pa_hr_pct.expect("a drift");
        assert!((percent - (1.0 - 140.0 / 147.0) * 100.0).abs() < 1e-9);
    }
}
