//! A column of numbers in which any sample may be absent.

use std::ops::Range;

/// One quantity, one value per sample, any of which may be absent.
///
/// Invariant: a present value is finite. Whatever is not finite becomes absent on the way in, so
/// that no later stage has to ask. A channel of length zero is a quantity that was never recorded.
///
/// The unit is in the name of the field that holds the channel.
#[derive(Clone, Debug, Default)]
pub struct Channel {
    /// Absent samples are NaN, which never leaves this type.
    values: Vec<f64>,
}

impl Channel {
    /// Returns a channel of `length` absent samples.
    #[must_use]
    pub fn absent(length: usize) -> Self {
        Self {
            values: vec![f64::NAN; length],
        }
    }

    /// Returns the number of samples, absent ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Returns whether the channel has no samples at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns whether any sample is present.
    #[must_use]
    pub fn has_values(&self) -> bool {
        self.values.iter().any(|value| !value.is_nan())
    }

    /// Returns the number of present samples.
    #[must_use]
    pub fn count(&self) -> usize {
        self.values.iter().filter(|value| !value.is_nan()).count()
    }

    /// Returns the sample at `index`, absent also beyond the end.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<f64> {
        self.values
            .get(index)
            .copied()
            .filter(|value| !value.is_nan())
    }

    /// Replaces the sample at `index`; a value that is not finite becomes absent.
    ///
    /// # Panics
    /// If `index` is beyond the end.
    pub fn set(&mut self, index: usize, value: Option<f64>) {
        self.values[index] = clean(value);
    }

    /// Appends a sample; a value that is not finite becomes absent.
    pub fn push(&mut self, value: Option<f64>) {
        self.values.push(clean(value));
    }

    /// Returns all samples in order, absent ones as NaN: for loops over whole channels.
    pub(crate) fn or_nan(&self) -> &[f64] {
        &self.values
    }

    /// Returns all samples in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Option<f64>> + ExactSizeIterator + '_ {
        self.values
            .iter()
            .map(|value| (!value.is_nan()).then_some(*value))
    }

    /// Returns the present samples of a half-open range, which is cut to the channel.
    pub fn present(&self, range: Range<usize>) -> impl Iterator<Item = f64> + '_ {
        let end = range.end.min(self.values.len());
        let start = range.start.min(end);
        self.values[start..end]
            .iter()
            .copied()
            .filter(|value| !value.is_nan())
    }

    /// Returns the mean of the present samples of a half-open range.
    #[must_use]
    pub fn mean(&self, range: Range<usize>) -> Option<f64> {
        let (sum, count) = self
            .present(range)
            .fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
        (count > 0.0).then(|| sum / count)
    }

    /// Returns the largest present sample of a half-open range.
    #[must_use]
    pub fn max(&self, range: Range<usize>) -> Option<f64> {
        self.present(range).max_by(f64::total_cmp)
    }

    /// Returns the channel with each present sample replaced.
    #[must_use]
    pub fn map(&self, change: impl Fn(f64) -> f64) -> Self {
        self.iter().map(|value| value.map(&change)).collect()
    }
}

/// Sums of a channel up to each edge, so that means over any range cost nothing.
#[derive(Clone, Debug)]
pub(crate) struct Sums {
    total: Vec<f64>,
    /// The present samples up to each edge; empty where none is absent.
    count: Vec<u32>,
}

impl Default for Sums {
    fn default() -> Self {
        Self::of_all(std::iter::empty())
    }
}

impl Sums {
    /// Adds up the present samples of a channel.
    pub(crate) fn of(channel: &Channel) -> Self {
        Self::from_samples(channel.iter())
    }

    /// Adds up the present ones of some samples.
    pub(crate) fn from_samples(samples: impl Iterator<Item = Option<f64>>) -> Self {
        let edges = samples.size_hint().0 + 1;
        let mut sums = Self {
            total: Vec::with_capacity(edges),
            count: Vec::with_capacity(edges),
        };
        let (mut total, mut count) = (0.0, 0);
        sums.total.push(total);
        sums.count.push(count);
        for sample in samples {
            total += sample.unwrap_or(0.0);
            count += u32::from(sample.is_some());
            sums.total.push(total);
            sums.count.push(count);
        }
        sums
    }

    /// Adds up samples none of which is absent.
    pub(crate) fn of_all(samples: impl Iterator<Item = f64>) -> Self {
        let mut total = Vec::with_capacity(samples.size_hint().0 + 1);
        let mut sum = 0.0;
        total.push(sum);
        total.extend(samples.map(|sample| {
            sum += sample;
            sum
        }));
        Self {
            total,
            count: Vec::new(),
        }
    }

    /// Returns the sums over all ranges of a length, from the first to the last.
    pub(crate) fn windows(&self, length: usize) -> impl Iterator<Item = f64> + '_ {
        let ends = self.total.iter().skip(length);
        ends.zip(&self.total).map(|(end, start)| end - start)
    }

    /// Returns the sum over a range, which is cut to the channel.
    pub(crate) fn sum(&self, range: Range<usize>) -> f64 {
        let (start, end) = self.cut(range);
        self.total[end] - self.total[start]
    }

    /// Returns the number of present samples in a range.
    pub(crate) fn count(&self, range: Range<usize>) -> f64 {
        let (start, end) = self.cut(range);
        self.present(start, end)
    }

    /// Returns the mean over a range, absent where nothing is present.
    pub(crate) fn mean(&self, range: Range<usize>) -> Option<f64> {
        let (start, end) = self.cut(range);
        let count = self.present(start, end);
        (count > 0.0).then(|| (self.total[end] - self.total[start]) / count)
    }

    /// Returns where a stretch begins that ends at `end` and holds so many present samples; the start of
    /// the channel where there are fewer.
    pub(crate) fn back(&self, end: usize, present: usize) -> usize {
        let end = end.min(self.total.len() - 1);
        if self.count.is_empty() {
            return end.saturating_sub(present);
        }
        let least = (self.count[end] as usize).saturating_sub(present);
        let passed = self.count[..=end].partition_point(|count| (*count as usize) <= least);
        passed.saturating_sub(1)
    }

    /// Returns where a stretch ends that begins at `start` and holds so many present samples; the end of
    /// the channel where there are fewer.
    pub(crate) fn forward(&self, start: usize, present: usize) -> usize {
        let start = start.min(self.total.len() - 1);
        if self.count.is_empty() {
            return (start + present).min(self.total.len() - 1);
        }
        let most = self.count[start] as usize + present;
        let passed = self.count.partition_point(|count| (*count as usize) < most);
        passed.min(self.total.len() - 1)
    }

    fn present(&self, start: usize, end: usize) -> f64 {
        if self.count.is_empty() {
            (end - start) as f64
        } else {
            f64::from(self.count[end] - self.count[start])
        }
    }

    fn cut(&self, range: Range<usize>) -> (usize, usize) {
        let length = self.total.len().saturating_sub(1);
        let end = range.end.min(length);
        (range.start.min(end), end)
    }
}

fn clean(value: Option<f64>) -> f64 {
    value.filter(|value| value.is_finite()).unwrap_or(f64::NAN)
}

/// Two channels are equal when the same samples are absent and the others are equal.
impl PartialEq for Channel {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl FromIterator<Option<f64>> for Channel {
    fn from_iter<I: IntoIterator<Item = Option<f64>>>(values: I) -> Self {
        Self {
            values: values.into_iter().map(clean).collect(),
        }
    }
}

impl FromIterator<f64> for Channel {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        values.into_iter().map(Some).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finite_is_absent() {
        let channel: Channel = [1.0, f64::NAN, f64::INFINITY, 3.0].into_iter().collect();
        assert_eq!(
            channel.iter().collect::<Vec<_>>(),
            [Some(1.0), None, None, Some(3.0)]
        );
        assert_eq!(channel.mean(0..99), Some(2.0));
        assert_eq!(channel.mean(1..3), None);
        assert_eq!(channel.get(7), None);
    }
}
