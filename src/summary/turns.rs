//! Running and walking in turn.

use crate::channel::Sums;
use crate::statistics::mean;
use crate::statistics::median;
use crate::statistics::median_deviation;
use crate::streams::SpeedSource;
use crate::summary::Turns;
use crate::summary::cells::Cells;
use crate::summary::cells::number;
use crate::thresholds::WALKING_M_S;

/// A cadence of this or more is running, however slow.
///
/// # Units
/// Steps per minute. Convention: walkers stay below about 125.
const RUNNING_CADENCE_SPM: f64 = 140.0;
/// Width of the centred mean by which walking is told from running.
///
/// # Units
/// Cells (seconds) on either side.
const HALF_WINDOW: usize = 7;
/// A walk between two bouts of running takes at least this.
///
/// # Units
/// Seconds. Chosen: run/walk programmes begin with walks of half a minute, and the mean over which
/// walking is told takes some seconds from either end.
const LEAST_WALK_S: usize = 20;
/// A bout of running between walks takes at least this.
///
/// # Units
/// Seconds. Chosen, as above: shorter is a step over a puddle.
const LEAST_RUN_S: usize = 20;

/// Returns whether each cell is walked.
pub(super) fn walking(cells: &Cells<'_>) -> Vec<bool> {
    let streams = cells.streams;
    if streams.speed_source == SpeedSource::None {
        return vec![false; cells.len()];
    }
    let speed = Sums::from_samples((0..cells.len()).map(|i| streams.speed_m_s.get(i)));
    let is_slow = |i: usize| {
        let around = i.saturating_sub(HALF_WINDOW)..i + HALF_WINDOW + 1;
        speed.mean(around).is_some_and(|speed| speed < WALKING_M_S)
    };
    (0..cells.len())
        .map(|i| {
            let cadence = streams.cadence_spm.get(i);
            let steps = cadence.is_none_or(|cadence| cadence < RUNNING_CADENCE_SPM);
            cells.moving[i] && steps && is_slow(i)
        })
        .collect()
}

/// Returns the share of the moving time that is spent walking.
pub(super) fn walk_share(cells: &Cells<'_>, walking: &[bool]) -> f64 {
    let walked = number(walking.iter().filter(|walks| **walks).count());
    let moving = cells.moving_s();
    if moving > 0.0 { walked / moving } else { 0.0 }
}

/// Returns the bouts of running between walks; nothing where nobody walks between two of them.
pub(super) fn turns(cells: &Cells<'_>, walking: &[bool]) -> Option<Turns> {
    let bouts = bouts(cells, walking);
    if bouts.len() < 2 {
        return None;
    }
    let lengths: Vec<f64> = bouts.iter().map(|bout| number(bout.len())).collect();
    let speeds: Vec<f64> = bouts
        .iter()
        .filter_map(|bout| {
            let speeds = bout.iter().filter_map(|&cell| cells.effort(cell));
            mean(speeds)
        })
        .collect();
    Some(Turns {
        count: bouts.len(),
        median_s: median(&lengths)?,
        speed_m_s: median(&speeds)?,
        spread: spread(&lengths[1..lengths.len() - 1]),
    })
}

/// Returns how much some lengths differ from their middle one, as a share of it.
fn spread(lengths: &[f64]) -> Option<f64> {
    let middle = median(lengths).filter(|_| lengths.len() >= 2)?;
    Some(median_deviation(lengths)? / middle)
}

/// Returns the cells of running of each bout; standing belongs to what is around it.
fn bouts(cells: &Cells<'_>, walking: &[bool]) -> Vec<Vec<usize>> {
    let mut bouts: Vec<Vec<usize>> = vec![Vec::new()];
    let mut walked = 0;
    for cell in (0..cells.len()).filter(|&cell| cells.moving[cell]) {
        if walking[cell] {
            walked += 1;
            continue;
        }
        if walked >= LEAST_WALK_S {
            bouts.push(Vec::new());
        }
        walked = 0;
        bouts
            .last_mut()
            .into_iter()
            .for_each(|bout| bout.push(cell));
    }
    bouts.retain(|bout| bout.len() >= LEAST_RUN_S);
    bouts
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::streams::Streams;

    fn found(speeds: &[f64]) -> (f64, Option<Turns>) {
        let streams = Streams {
            elapsed_s: number(speeds.len()),
            speed_m_s: speeds.iter().copied().collect(),
            effort_speed_m_s: speeds.iter().copied().collect(),
            speed_source: SpeedSource::Device,
            paused: vec![false; speeds.len()],
            gap: vec![false; speeds.len()],
            suspect: vec![false; speeds.len()],
            ..Streams::default()
        };
        let cells = Cells::new(&streams, &[]);
        let walking = walking(&cells);
        (walk_share(&cells, &walking), turns(&cells, &walking))
    }

    #[test]
    fn four_minutes_of_running_and_one_of_walking_are_told_as_that() {
        let turn = [vec![2.6; 240], vec![1.4; 60]].concat();
        let (share, turns) = found(&turn.repeat(6));
        let turns = turns.unwrap();
        assert_eq!(turns.count, 6);
        assert!((turns.median_s - 240.0).abs() <= 6.0, "{turns:?}");
        assert!((turns.speed_m_s - 2.6).abs() < 0.05, "{turns:?}");
        assert!((share - 0.2).abs() < 0.02, "{share}");
    }

    #[test]
    fn walks_at_the_ends_and_lights_make_no_turns() {
        let walk_to_and_fro = [vec![1.4; 300], vec![2.8; 1800], vec![1.4; 300]].concat();
        assert_eq!(found(&walk_to_and_fro).1, None);
        let lights = [vec![2.8; 600], vec![0.0; 60]].concat().repeat(4);
        assert_eq!(found(&lights).1, None);
    }
}
