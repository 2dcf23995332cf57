//! Recorded quantities on the grid.

use crate::channel::Channel;

use super::timeline::Timeline;

/// One record of one quantity.
#[derive(Clone, Copy, Debug)]
struct Sample {
    time_s: f64,
    value: f64,
}

impl Timeline {
    /// Returns a recorded quantity at the middle of each cell, linear between records that are
    /// close enough and absent elsewhere.
    pub(super) fn sample(&self, times_s: &[f64], column: &Channel) -> Channel {
        self.sample_at(times_s, column, 0.5)
    }

    /// Returns a recorded quantity `offset_s` after the start of each cell, linear between records
    /// that are close enough and absent elsewhere. A channel never recorded stays empty of values.
    pub(super) fn sample_at(&self, times_s: &[f64], column: &Channel, offset_s: f64) -> Channel {
        self.each_cell(times_s, column, offset_s, |a, b, time_s| {
            a.value + (b.value - a.value) * (time_s - a.time_s) / (b.time_s - a.time_s)
        })
    }

    /// Returns the value of the record nearest to the middle of each cell.
    pub(super) fn sample_nearest(&self, times_s: &[f64], column: &Channel) -> Channel {
        self.each_cell(times_s, column, 0.5, |a, b, time_s| {
            if time_s - a.time_s < b.time_s - time_s {
                a.value
            } else {
                b.value
            }
        })
    }

    /// Returns what `join` makes of the records before and after a moment of each cell.
    fn each_cell(
        &self,
        times_s: &[f64],
        column: &Channel,
        offset_s: f64,
        join: impl Fn(Sample, Sample, f64) -> f64,
    ) -> Channel {
        if !column.has_values() {
            return Channel::absent(self.cells());
        }
        let mut known = times_s
            .iter()
            .zip(column.iter())
            .filter_map(|(&time_s, value)| value.map(|value| Sample { time_s, value }));
        let mut before: Option<Sample> = None;
        let mut after = known.next();
        (0..self.cells())
            .map(|cell| {
                let time_s = cell as f64 + offset_s;
                while let Some(next) = after.filter(|next| next.time_s <= time_s) {
                    before = Some(next);
                    after = known.next();
                }
                match (before, after) {
                    (Some(a), Some(b)) if b.time_s - a.time_s <= self.longest_step_s => {
                        Some(join(a, b, time_s))
                    }
                    _ => self.near(before, after, time_s),
                }
            })
            .collect()
    }

    /// Returns the value of a record that is as near as records usually are.
    fn near(&self, before: Option<Sample>, after: Option<Sample>, time_s: f64) -> Option<f64> {
        let is_near = |sample: &Sample| (sample.time_s - time_s).abs() <= self.sampling_s.max(1.0);
        let found = before.filter(is_near).or(after.filter(is_near));
        found.map(|sample| sample.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_linear_within_steps_and_absent_in_gaps() {
        let times_s = [0.0, 1.0, 2.0, 6.0, 60.0, 61.0];
        let values: Channel = [10.0, 20.0, 30.0, 70.0, 100.0, 110.0].into_iter().collect();
        let timeline = Timeline::new(&times_s, &[]);
        let sampled = timeline.sample(&times_s, &values);
        assert_eq!(sampled.get(0), Some(15.0));
        assert_eq!(sampled.get(4), Some(55.0));
        assert_eq!(sampled.get(30), None);
        assert_eq!(sampled.get(60), Some(105.0));
        assert_eq!(
            timeline.sample_nearest(&times_s, &values).get(4),
            Some(70.0)
        );
    }
}
