//! The common time axis: elapsed clock, timer clock, pauses and gaps.

use crate::channel::Channel;
use crate::ingest::Pause;

use super::ledger::Kind;
use super::ledger::Ledger;
use super::odometer::Odometer;

/// The longest grid, in seconds (48 h): beyond it memory would grow with the damage of a file.
const LONGEST_GRID_S: f64 = 48.0 * 3600.0;
/// A step of the clock longer than this is not one activity any more, in seconds (24 h).
const LONGEST_STEP_S: f64 = 24.0 * 3600.0;
/// Steps between records up to this are smart recording, in seconds: watches leave out up to about
/// 10 s (measured), and 15 s is the convention of `science.md` 1.4 A.
const SMART_RECORDING_S: f64 = 15.0;
/// A recording whose usual long step (its 90 % quantile) is `s` may step by this times `s`.
const USUAL_STEPS: f64 = 3.0;
/// The quantile of steps that is its usual long step.
const USUAL_STEP_QUANTILE: f64 = 0.9;
/// A gap in which the runner moves slower than this is a pause, in metres per second: slower than
/// any walking, faster than satellite drift at rest.
const HARDLY_MOVING_M_S: f64 = 0.6;
/// The speed that is taken for the moving part of a gap when the run shows none, in metres per
/// second.
const FALLBACK_SPEED_M_S: f64 = 2.5;

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
}

impl Timeline {
    /// Returns the clocks of records at strictly increasing times, with the pauses of the file.
    pub(super) fn new(times_s: &[f64], pauses: &[Pause]) -> Self {
        let mut steps: Vec<f64> = times_s.windows(2).map(|pair| pair[1] - pair[0]).collect();
        steps.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let rank = floor_index(share * steps.len().saturating_sub(1) as f64);
            steps.get(rank).copied()
        };
        let usual_s = at(USUAL_STEP_QUANTILE).unwrap_or(1.0);
        let mut timeline = Self {
            elapsed_s: times_s.last().copied().unwrap_or(0.0).max(0.0),
            sampling_s: at(0.5).unwrap_or(1.0),
            longest_step_s: SMART_RECORDING_S.max(USUAL_STEPS * usual_s),
            ..Self::default()
        };
        timeline.set_pauses(pauses.to_vec());
        timeline
    }

    /// Takes gaps in which the runner hardly moved as pauses.
    ///
    /// The little distance in such a gap was run before the watch stopped and after it started, half
    /// each, at the run's usual speed; the pause is what remains between.
    pub(super) fn infer_pauses(
        &mut self,
        times_s: &[f64],
        odometer: &Odometer,
        ledger: &mut Ledger,
    ) {
        let usual_m_s = odometer.usual_speed_m_s().unwrap_or(FALLBACK_SPEED_M_S);
        let mut found = Vec::new();
        for pair in times_s.windows(2) {
            let (start_s, end_s) = (pair[0], pair[1]);
            let running_s = self.timer_at(end_s) - self.timer_at(start_s);
            let Some(moved_m) = odometer.between_m(start_s, end_s) else {
                continue;
            };
            if running_s <= self.longest_step_s || moved_m >= HARDLY_MOVING_M_S * running_s {
                continue;
            }
            let margin_s = moved_m / usual_m_s / 2.0;
            if start_s + margin_s < end_s - margin_s {
                ledger.note(Kind::InferredPause, start_s + margin_s, end_s - margin_s);
                found.push(Pause {
                    start_s: start_s + margin_s,
                    end_s: end_s - margin_s,
                });
            }
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

    /// Returns the cells that are paused for more than half of their time.
    pub(super) fn paused(&self) -> Vec<bool> {
        let mut mask = vec![false; self.cells()];
        for pause in &self.pauses {
            let (first, last) = (floor_index(pause.start_s), floor_index(pause.end_s.ceil()));
            let end = last.min(mask.len());
            for (cell, paused) in mask.iter_mut().enumerate().take(end).skip(first) {
                let whole_s = self.edge_s(cell + 1) - self.edge_s(cell);
                *paused = self.running_s(cell) < whole_s / 2.0;
            }
        }
        mask
    }

    /// Returns the cells within steps that are longer than the sampling explains, pauses aside.
    pub(super) fn gaps(&self, times_s: &[f64], paused: &[bool]) -> Vec<bool> {
        let mut mask = vec![false; paused.len()];
        for pair in times_s
            .windows(2)
            .filter(|pair| self.is_gap(pair[0], pair[1]))
        {
            for cell in self.cells_within(pair[0], pair[1]) {
                mask[cell] = !paused[cell];
            }
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

    /// Returns a recorded quantity at the middle of each cell, linear between records that are
    /// close enough and absent elsewhere.
    pub(super) fn sample(&self, times_s: &[f64], column: &Channel) -> Channel {
        self.sample_at(times_s, column, 0.5)
    }

    /// Returns a recorded quantity `offset_s` after the start of each cell, linear between records
    /// that are close enough and absent elsewhere. A channel never recorded stays empty of values.
    pub(super) fn sample_at(&self, times_s: &[f64], column: &Channel, offset_s: f64) -> Channel {
        let mut known = times_s
            .iter()
            .zip(column.iter())
            .filter_map(|(time_s, value)| Some((*time_s, value?)));
        let mut before: Option<(f64, f64)> = None;
        let mut after = known.next();
        (0..self.cells())
            .map(|cell| {
                let time_s = cell as f64 + offset_s;
                while let Some(next) = after.filter(|(next_s, _)| *next_s <= time_s) {
                    before = Some(next);
                    after = known.next();
                }
                self.between(before, after, time_s)
            })
            .collect()
    }

    /// Returns the value between two records at a time, absent where neither is near enough.
    fn between(
        &self,
        before: Option<(f64, f64)>,
        after: Option<(f64, f64)>,
        time_s: f64,
    ) -> Option<f64> {
        let near = |(known_s, _): &(f64, f64)| (known_s - time_s).abs() <= self.sampling_s.max(1.0);
        match (before, after) {
            (Some((a_s, a)), Some((b_s, b))) if b_s - a_s <= self.longest_step_s => {
                Some(a + (b - a) * (time_s - a_s) / (b_s - a_s))
            }
            (before, after) => before
                .filter(near)
                .or(after.filter(near))
                .map(|(_, value)| value),
        }
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
pub(super) fn usable_records(times_s: &[f64], ledger: &mut Ledger) -> usize {
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
        ledger.note(kind, *start_s, *end_s);
    }
    used
}

/// Returns a non-negative number cut to a whole number, for use as an index.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the conversion saturates, and the grid is at most 48 h"
)]
pub(super) fn floor_index(value: f64) -> usize {
    value as usize
}
