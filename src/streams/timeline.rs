//! The common time axis: elapsed clock, timer clock, pauses and gaps.

use crate::ingest::Pause;
use crate::statistics::median_of;

use super::cells::floor_index;
use super::repair_log::Kind;
use super::repair_log::Repairs;

/// The longest grid, in seconds (48 h): beyond it memory would grow with the damage of a file.
const LONGEST_GRID_S: f64 = 48.0 * 3600.0;
/// A step of the clock longer than this is not one activity any more, in seconds (24 h).
const LONGEST_STEP_S: f64 = 24.0 * 3600.0;
/// Steps between records up to this are smart recording, in seconds: watches leave out up to about
/// 10 s (measured), and 15 s leaves room.
const SMART_RECORDING_S: f64 = 15.0;
/// A recording whose usual long step (its 90 % quantile) is `s` may step by this times `s`.
const USUAL_STEPS: f64 = 3.0;
/// But what lies between records further apart than this is not known, in seconds. Chosen: the
/// sparsest recordings of runs write every minute or two.
const LONGEST_KNOWN_S: f64 = 360.0;
/// Speeds of records this far apart say little of what lies between, in seconds.
const SPARSE_S: f64 = 4.0;
/// The quantile of steps that is its usual long step.
const USUAL_STEP_QUANTILE: f64 = 0.9;
/// The clocks of one activity.
#[derive(Clone, Debug, Default)]
pub(super) struct Timeline {
    /// The time of the last record that is used.
    pub(super) elapsed_s: f64,
    /// The median step between records.
    pub(super) sampling_s: f64,
    /// The longest step that the sampling explains; anything longer is a gap.
    pub(super) longest_step_s: f64,
    /// Pauses in order, without overlap, within the elapsed time.
    pauses: Vec<Pause>,
    /// The paused time before each pause.
    paused_before_s: Vec<f64>,
    /// Stretches that were taken as pauses although the device says that its timer ran.
    standing: Vec<Pause>,
}

impl Timeline {
    /// Returns the clocks of records at strictly increasing times, with the pauses of the file.
    pub(super) fn new(times_s: &[f64], pauses: &[Pause]) -> Self {
        let mut steps: Vec<f64> = times_s.windows(2).map(|pair| pair[1] - pair[0]).collect();
        steps.sort_by(f64::total_cmp);
        // Of few steps the rank below, not the nearest: a single long one is a gap, and not usual.
        let rank = floor_index(USUAL_STEP_QUANTILE * steps.len().saturating_sub(1) as f64);
        let usual_s = steps.get(rank).copied().unwrap_or(1.0);
        let mut timeline = Self {
            elapsed_s: times_s.last().copied().unwrap_or(0.0).max(0.0),
            sampling_s: median_of(&mut steps).unwrap_or(1.0),
            longest_step_s: SMART_RECORDING_S.max((USUAL_STEPS * usual_s).min(LONGEST_KNOWN_S)),
            ..Self::default()
        };
        timeline.set_pauses(pauses.to_vec());
        timeline
    }

    /// Adds pauses that the file does not say; as standing where the device says that its timer ran.
    pub(super) fn add_pauses(&mut self, mut found: Vec<Pause>, is_standing: bool) {
        if is_standing {
            self.standing.clone_from(&found);
        }
        if !found.is_empty() {
            found.extend(self.pauses.iter().copied());
            self.set_pauses(found);
        }
    }

    /// Returns the number of cells that cover the elapsed time.
    pub(super) fn cells(&self) -> usize {
        floor_index(self.elapsed_s.ceil())
    }

    /// Returns the time of an edge of a cell: whole seconds, the last one the end itself.
    pub(super) fn edge_s(&self, edge: usize) -> f64 {
        (edge as f64).min(self.elapsed_s)
    }

    /// Returns the timer clock, which stands in pauses, at a time of the elapsed clock.
    pub(super) fn timer_at(&self, time_s: f64) -> f64 {
        if self.pauses.is_empty() {
            return time_s;
        }
        let next = self.pauses.partition_point(|pause| pause.start_s < time_s);
        let Some(last) = next.checked_sub(1) else {
            return time_s;
        };
        let inside_s = self.pauses[last].end_s.min(time_s) - self.pauses[last].start_s;
        time_s - self.paused_before_s[last] - inside_s
    }

    /// Returns how much of a cell the timer was running, in seconds, at most 1.
    pub(super) fn running_s(&self, cell: usize) -> f64 {
        self.timer_at(self.edge_s(cell + 1)) - self.timer_at(self.edge_s(cell))
    }

    /// Returns the cells in which the clock stands for more than half of their time, pauses and
    /// standing alike.
    pub(super) fn still(&self) -> Vec<bool> {
        let mut mask = vec![false; self.cells()];
        for pause in &self.pauses {
            let (first, last) = (floor_index(pause.start_s), floor_index(pause.end_s.ceil()));
            let end = last.min(mask.len());
            for (cell, still) in mask.iter_mut().enumerate().take(end).skip(first) {
                let whole_s = self.edge_s(cell + 1) - self.edge_s(cell);
                *still = self.running_s(cell) < whole_s / 2.0;
            }
        }
        mask
    }

    /// Returns the cells of [`Timeline::still`] less those in which the device's timer ran.
    pub(super) fn paused(&self, still: &[bool]) -> Vec<bool> {
        let mut mask = still.to_vec();
        for standing in &self.standing {
            let (first, last) = (
                floor_index(standing.start_s),
                floor_index(standing.end_s.ceil()),
            );
            let end = last.min(mask.len());
            mask[first.min(end)..end].fill(false);
        }
        mask
    }

    /// Returns the cells within steps that are longer than the sampling explains, pauses aside.
    pub(super) fn gaps(&self, times_s: &[f64], still: &[bool]) -> Vec<bool> {
        let mut mask = vec![false; still.len()];
        for pair in times_s
            .windows(2)
            .filter(|pair| self.is_gap(pair[0], pair[1]))
        {
            for cell in self.cells_within(pair[0], pair[1]) {
                mask[cell] = !still[cell];
            }
        }
        mask
    }

    /// Returns the cells between records that are further apart than a second or two.
    pub(super) fn sparse(&self, times_s: &[f64]) -> Vec<bool> {
        let mut mask = vec![false; self.cells()];
        let far = |pair: &&[f64]| pair[1] - pair[0] >= SPARSE_S;
        for pair in times_s.windows(2).filter(far) {
            mask[self.cells_within(pair[0], pair[1])].fill(true);
        }
        mask
    }

    /// Returns whether the timer ran for longer than the sampling explains.
    pub(super) fn is_gap(&self, start_s: f64, end_s: f64) -> bool {
        self.timer_at(end_s) - self.timer_at(start_s) > self.longest_step_s
    }

    /// Returns the cells that lie wholly between two times.
    pub(super) fn cells_within(&self, start_s: f64, end_s: f64) -> std::ops::Range<usize> {
        let end = if end_s >= self.elapsed_s {
            self.cells()
        } else {
            floor_index(end_s)
        };
        floor_index(start_s.ceil()).min(end)..end
    }

    /// Sorts and clips pauses, joins those that touch, and counts the time before each.
    fn set_pauses(&mut self, mut pauses: Vec<Pause>) {
        pauses.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
        self.pauses.clear();
        for pause in pauses {
            let start_s = pause.start_s.clamp(0.0, self.elapsed_s);
            let end_s = pause.end_s.clamp(0.0, self.elapsed_s);
            match self.pauses.last_mut() {
                Some(last) if start_s <= last.end_s => last.end_s = last.end_s.max(end_s),
                _ if end_s > start_s => self.pauses.push(Pause { start_s, end_s }),
                _ => {}
            }
        }
        let mut total_s = 0.0;
        self.paused_before_s.clear();
        for pause in &self.pauses {
            self.paused_before_s.push(total_s);
            total_s += pause.end_s - pause.start_s;
        }
    }
}

/// Returns how many records are used: all up to the first jump of the clock by more than a day, and
/// none beyond 48 h, so that a damaged time cannot ask for unbounded memory.
pub(super) fn usable_records(times_s: &[f64], repairs: &mut Repairs) -> usize {
    let jump = times_s
        .windows(2)
        .position(|pair| pair[1] - pair[0] > LONGEST_STEP_S)
        .map_or(times_s.len(), |index| index + 1);
    let end = times_s.partition_point(|time_s| *time_s <= LONGEST_GRID_S);
    let used = jump.min(end);
    if let (Some(start_s), Some(end_s)) = (times_s.get(used), times_s.last())
        && used > 0
    {
        let kind = if jump <= end {
            Kind::ClockJump
        } else {
            Kind::TooLong
        };
        repairs.note(kind, *start_s, *end_s);
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(start_s: f64, end_s: f64) -> Pause {
        Pause { start_s, end_s }
    }

    #[test]
    fn the_timer_stands_in_pauses() {
        let timeline = Timeline::new(&[0.0, 100.0], &[pause(60.0, 90.0), pause(10.0, 20.5)]);
        let clock: Vec<f64> = [5.0, 10.0, 15.0, 20.5, 30.0, 75.0, 100.0]
            .into_iter()
            .map(|time_s| timeline.timer_at(time_s))
            .collect();
        assert_eq!(clock, [5.0, 10.0, 10.0, 10.0, 19.5, 49.5, 59.5]);
        // Cell 20 is paused for exactly half of its second: not more than half.
        let still = timeline.still();
        assert_eq!(
            (still[9], still[10], still[19], still[20]),
            (false, true, true, false)
        );
    }

    #[test]
    fn a_gap_is_longer_than_the_sampling_explains() {
        // Steps of 8 s are smart recording, 40 s are not: cells 17 to 55 lie within.
        let times_s = [0.0, 8.0, 16.5, 56.0, 60.0];
        let timeline = Timeline::new(&times_s, &[]);
        let gaps = timeline.gaps(&times_s, &timeline.still());
        let cells: Vec<usize> = (0..60).filter(|cell| gaps[*cell]).collect();
        assert_eq!(cells, (17..56).collect::<Vec<_>>());
        // A recording every 60 s has no gaps at all.
        let slow: Vec<f64> = (0..10).map(|index| f64::from(index) * 60.0).collect();
        let timeline = Timeline::new(&slow, &[]);
        assert!(!timeline.gaps(&slow, &timeline.still()).contains(&true));
    }

    #[test]
    fn a_clock_that_jumps_by_days_does_not_grow_the_grid() {
        let mut repairs = Repairs::default();
        let month_s = 35.0 * 86_400.0;
        assert_eq!(usable_records(&[0.0, 1.0, 2.0, month_s], &mut repairs), 3);
        assert_eq!(
            usable_records(&[0.0, 80_000.0, 160_000.0, 240_000.0], &mut repairs),
            3
        );
        let told = repairs.close().repairs;
        assert_eq!(told.len(), 2);
        assert_eq!(usable_records(&[], &mut Repairs::default()), 0);
    }
}
