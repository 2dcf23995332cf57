//! The search in blocks, which is the fast one.
//!
//! A change cannot be the last one before an end nearer than the least length. So the ends of a block
//! of that length depend on no change inside the block, and are decided together:
//!
//! 1. Of the changes before the block, which are the best for some mean (the envelope), those are
//!    chosen whose stretch may have its mean in their range at any of the ends. A bound for all ends at
//!    once leaves some two of a dozen.
//! 2. Each of them, and each newer change that no range is known of yet, is offered to every end it can
//!    reach. All of that are sums, products and one division, for neighbouring ends side by side.
//! 3. The envelope grows by the whole block at once, as all costs in it grow by the same parabola, and
//!    the newer changes enter it. One that is nowhere better than the envelope or than the newest is left
//!    out at once.
//!
//! Cost: with some fifteen ranges, as usual, half of the instructions of the search sample by sample;
//! which of equally good partitions it finds is left to rounding.

use crate::segmentation::changepoint::envelope::Envelope;
use crate::segmentation::changepoint::sums::Sums;

/// The ends that are decided together, where no stretch may be shorter.
///
/// # Units
/// Samples: three pairs, as the processor adds two numbers at once.
const BLOCK: usize = 6;

/// The best partition of each prefix.
pub(super) struct Found {
    /// Its cost, infinite where a prefix is too short for any.
    pub(super) best: Vec<f64>,
    /// Its last change; 0 where it has none.
    pub(super) last: Vec<usize>,
}

/// Returns the best partition of each prefix. The whole is never shorter than two least lengths here.
pub(super) fn search(sums: &Sums, penalty: f64, least_length: usize) -> Found {
    if least_length < BLOCK {
        search_by::<1>(sums, penalty, least_length)
    } else {
        search_by::<BLOCK>(sums, penalty, least_length)
    }
}

/// The same with blocks of a length: no stretch may be shorter.
fn search_by<const N: usize>(sums: &Sums, penalty: f64, least_length: usize) -> Found {
    let whole = sums.samples();
    let mut best = vec![f64::INFINITY; whole + 1];
    let mut last = vec![0; whole + 1];
    best[0] = -penalty;
    best[least_length] = sums.cost(0, least_length);
    let mut envelope = Envelope::of_the_start(sums, -penalty);
    let mut entered = 0;
    while entered + least_length < whole {
        let decided = entered + least_length;
        let mut ends = Ends::<N>::after(decided, sums);
        for at in envelope.choose(decided, sums, &ends.first) {
            ends.offer(0, *at, decided, best[*at] + penalty, sums);
        }
        for (place, at) in (entered + 1..=entered + N).enumerate() {
            // The first ends are too near to it.
            ends.offer(place, at, decided, best[at] + penalty, sums);
        }
        for (place, end) in (decided + 1..=whole).take(N).enumerate() {
            (best[end], last[end]) = (ends.least[place], ends.change[place]);
        }
        entered += N;
        if entered + least_length < whole {
            envelope.grow_and_enter(N, entered, &best, sums);
        }
    }
    Found { best, last }
}

/// Some ends in a row: the sums up to each, the least cost found so far, and its last change.
struct Ends<const N: usize> {
    first: [f64; N],
    second: [f64; N],
    least: [f64; N],
    change: [usize; N],
    /// How far each is from the first of them.
    later: [f64; N],
}

impl<const N: usize> Ends<N> {
    /// Returns the ends after another one. Those beyond the signal repeat its end, and are not asked for.
    fn after(decided: usize, sums: &Sums) -> Self {
        let end = |place: usize| (decided + 1 + place).min(sums.samples());
        Self {
            first: std::array::from_fn(|place| sums.first[end(place)]),
            second: std::array::from_fn(|place| sums.second[end(place)]),
            least: [f64::INFINITY; N],
            change: [0; N],
            later: std::array::from_fn(|place| place as f64),
        }
    }

    /// Offers the ends from one on a last change; what lies before its stretch costs `before`.
    #[inline]
    fn offer(&mut self, from: usize, at: usize, decided: usize, before: f64, sums: &Sums) {
        let samples = (decided + 1 - at) as f64;
        for place in from..N {
            let first = self.first[place] - sums.first[at];
            let second = self.second[place] - sums.second[at];
            let own = (second - first * first / (samples + self.later[place])).max(0.0);
            let cost = before + own;
            let is_less = cost < self.least[place];
            self.least[place] = if is_less { cost } else { self.least[place] };
            self.change[place] = if is_less { at } else { self.change[place] };
        }
    }
}
