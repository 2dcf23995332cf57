//! Random numbers that depend on the seed alone.

use super::math;

/// The SplitMix64 generator (Steele, Lea, Flood 2014): small, and good enough to make up runs.
#[derive(Clone, Debug)]
pub struct Rng {
    state: u64,
}

impl Rng {
    /// Returns a generator for a seed.
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x6861_7264_6561_7379,
        }
    }

    /// Returns an independent generator for one purpose, so that switching one fault on does not
    /// change what the others do.
    pub fn stream(&self, purpose: u64) -> Self {
        let mut mixed = Self {
            state: self.state ^ purpose.wrapping_mul(0xd1b5_4a32_d192_ed03),
        };
        Self::new(mixed.next())
    }

    /// Returns 64 random bits.
    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number in 0..1.
    pub fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Returns a number in `low..high`.
    pub fn range(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Returns a whole number in `low..=high`.
    pub fn whole(&mut self, low: u32, high: u32) -> u32 {
        low + (self.next() % u64::from(high - low + 1)) as u32
    }

    /// Returns true with a probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// Returns one of the items.
    pub fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[(self.next() % items.len() as u64) as usize].clone()
    }

    /// Returns a standard normal number, as the sum of twelve uniform ones (so within ±6).
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    /// Returns a log-normal number of the given median and standard deviation of its logarithm.
    pub fn lognormal(&mut self, median: f64, log_sd: f64) -> f64 {
        median * math::exp(log_sd * self.normal())
    }
}

/// An Ornstein–Uhlenbeck process sampled each second: noise that forgets over a time constant.
#[derive(Clone, Debug)]
pub struct Ou {
    value: f64,
    sd: f64,
    decay: f64,
}

impl Ou {
    /// Returns a process in its stationary state.
    pub fn new(sd: f64, time_constant_s: f64, rng: &mut Rng) -> Self {
        Self {
            value: sd * rng.normal(),
            sd,
            decay: math::exp(-1.0 / time_constant_s),
        }
    }

    /// Advances by one second and returns the new value.
    pub fn next(&mut self, rng: &mut Rng) -> f64 {
        let kick = self.sd * (1.0 - self.decay * self.decay).sqrt();
        self.value = self.decay * self.value + kick * rng.normal();
        self.value
    }
}
